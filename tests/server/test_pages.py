"""Datasette's pages: Chinese, without script, with words for codes and links to the site."""

from __future__ import annotations

import html
import json
import re
import urllib.request
from urllib.parse import urljoin, urlsplit

import pytest

from openplans.database import views
from openplans.paths import HOUSE, Paths
from tests.server.http import get


def test_a_table_has_title_licence_source_and_the_meaning_of_its_columns(server: str) -> None:
    page = get(f"{server}/db/openplans/targets")
    assert "目标清单" in page and "CC BY 4.0" in page and "2 份计划的公开文件" in page
    assert "一字不改" in page, "the description of the column quote"


@pytest.mark.parametrize(
    "page", ["", "/targets", "/targets_named", "/targets/990101-tiny-2023-t001", "/unit_leads?unit=x", "?sql=select+1"]
)
def test_a_page_is_in_chinese_without_script_or_foreign_host(server: str, page: str) -> None:
    text = get(f"{server}/db/openplans{page}")
    assert '<html lang="zh-CN">' in text and "<script" not in text and "style=" not in text
    assert not re.search(r'(src|<link[^>]*href)="https?://(?!127\.0\.0\.1)', text)
    for word in (
        "Search:",
        "Apply",
        "This data as",
        "Run SQL",
        "Powered by",
        "View and edit",
        "rows where",
        "Custom SQL",
    ):
        assert word not in text, word


def test_a_row_leads_to_its_place_on_the_site(server: str) -> None:
    page = get(f"{server}/db/openplans/targets/990101-tiny-2023-t001")
    assert 'href="/plans/990101-tiny-2023/targets/index.html#t001"' in page
    view = get(f"{server}/db/openplans/targets_named")
    [sentence] = set(re.findall(r'href="(/plans/[^"]+/text/index.html#t001)"', view)) - {
        "/plans/990000-wide-2025/text/index.html#t001"
    }
    assert 'id="t001"' in get(server + urlsplit(sentence).path)


def test_every_link_of_a_page_leads_somewhere(server: str) -> None:
    paths = [
        "/db/",
        "/db/openplans",
        "/db/openplans/targets_named?_size=2",
        "/db/openplans/tasks?_where=1",
        "/db/openplans/due_in_year?year=2027",
        "/db/openplans/targets/990101-tiny-2023-t001",
        "/db/openplans/responsibilities_named",
        "/db/openplans/organizations_named",
        "/db/openplans/findings",
        "/db/openplans/unit_across_plans?unit=",
    ]
    for path in paths:
        for link in set(re.findall(r'href="([^"#]+)', get(server + path))):
            address = html.unescape(link)
            if not address.startswith(("https://creativecommons", "https://datasette")):
                assert get(urljoin(server + path, address)) is not None if not address.endswith(".db") else True, (
                    path,
                    address,
                )


def test_codes_are_shown_as_words_and_keys_by_the_name_of_what_they_lead_to(server: str) -> None:
    page = get(f"{server}/db/openplans/responsibilities")
    assert "未分主次 <small>listed</small>" in page
    assert re.search(r"/openplans/organizations/[\w~-]+\">县住建局</a>", page)


def test_text_of_the_data_is_escaped(server: str) -> None:
    for page in ("/targets_named", "/targets", "/due_in_year?year=2027", "/targets/990000-wide-2025-t003"):
        text = get(f"{server}/db/openplans{page}")
        assert "&lt;script&gt;" in text and "<script>" not in text


def test_the_colours_are_those_of_the_site() -> None:
    site = (HOUSE / "templates/assets/openplans.css").read_text(encoding="utf-8")
    ours = (HOUSE / "templates/datasette/static/datasette.css").read_text(encoding="utf-8")
    colours = re.findall(r"--[\w-]+: [^;]+;", ours)
    assert len(colours) > 8
    for line in colours:
        assert line in site, line


def test_datasette_answers_in_json(server: str) -> None:
    [row] = json.loads(get(f"{server}/db/openplans/targets.json?target_id=990101-tiny-2023-t003&_shape=array"))
    assert (row["value"], row["unit"], row["quote"]) == (50000.0, "万元", "2025年突破50000万元")


def test_the_database_can_be_downloaded(server: str, built: Paths) -> None:
    with urllib.request.urlopen(f"{server}/db/openplans.db") as answer:
        assert answer.read() == (built.output / "data/openplans.db").read_bytes()


def test_every_table_and_view_answers(server: str) -> None:
    tables = json.loads(get(f"{server}/db/openplans.json"))
    names = [each["name"] for each in tables["tables"] if not each["hidden"]] + [
        each["name"] for each in tables["views"]
    ]
    assert {view.name for view in views.views()} <= set(names) and "targets" in names
    for name in names:
        assert "columns" in json.loads(get(f"{server}/db/openplans/{name}.json?_size=1")), name
        assert "<table" in get(f"{server}/db/openplans/{name}") or "没有符合条件的行" in get(
            f"{server}/db/openplans/{name}"
        )
