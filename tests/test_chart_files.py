"""What stands beside the pages for each chart, in both languages."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from openplans.charts import broken
from openplans.charts.style import VARIABLES
from openplans.paths import Paths

LANGUAGES = {"zh": ("", ""), "en": ("en/", ".en")}


def read(paths: Paths, name: str) -> str:
    return (paths.output / name).read_text(encoding="utf-8")


def test_every_chart_has_its_files(built: Paths) -> None:
    concepts = ("farms-total", "income-ratio", "village-coverage", "village-income")
    endings = (".en.svg", ".en.vg.json", ".en.vl.json", ".svg", ".vg.json", ".vl.json")
    assert sorted(each.name for each in (built.output / "data/charts").iterdir()) == sorted(
        f"{concept}{ending}" for concept in concepts for ending in endings
    )


@pytest.mark.parametrize(("language", "said"), [
    ("zh", ["和美乡村覆盖率", "%", "空心圆是目标值。实心菱形是实际值。", "来源：Open Plans 计划公开，数据版本 1.0.0，CC BY 4.0"]),
    ("en", ["Village coverage", "percent", "Hollow circles are targets. Filled diamonds are actual figures. ",
            "Source: Open Plans, data version 1.0.0, CC BY 4.0"]),
])  # fmt: skip
def test_a_picture_says_what_it_shows_and_where_it_is_from(built: Paths, language: str, said: list[str]) -> None:
    svg = read(built, f"data/charts/village-coverage{LANGUAGES[language][1]}.svg")
    texts = [each.text for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert [each for each in texts if each in said] == said
    assert not re.search(r"var\(|style=|class=|<script|href", svg)
    assert set(re.findall(r"#[0-9a-f]{3,6}", svg)) <= set(VARIABLES)


def test_a_specification_is_whole(built: Paths) -> None:
    spec = json.loads(read(built, "data/charts/village-coverage.en.vl.json"))
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    [targets] = [each for each in spec["layer"] if each.get("name") == "targets"]
    rows = targets["data"].get("values") or spec["datasets"][targets["data"]["name"]]
    assert [(row["region"], row["year"], row["converted"], row["printed"]) for row in rows] == [
        ("Example Province", 2025, 85, "≥85%"), ("Example Province", 2027, 95, "95%"), ("Example County", 2023, 50, "50%"), ("Example County", 2025, 90, "≥90%"), ("Example County", 2025, 80, "80%"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_embedded_page_stands_alone_and_leads_to_the_indicator(built: Paths, language: str) -> None:
    folder, _ = LANGUAGES[language]
    page = read(built, f"{folder}embed/village-coverage/index.html")
    root = "../../../" if folder else "../../"
    assert f'href="{root}{folder}indicators/village-coverage/index.html" target="_blank" rel="noopener"' in page
    assert f'href="{root}assets/openplans.css"' in page and '<meta name="robots" content="noindex">' in page
    assert (
        re.findall("<script[^>]*>", page) == [f'<script src="{root}assets/theme.js">'] and "default-src 'none'" in page
    )
    assert len(page.encode()) < 20_000


def test_a_long_title_is_broken_between_words_or_characters() -> None:
    assert broken("和美乡村覆盖率") == ["和美乡村覆盖率"]
    assert broken("省级及以上产业园区工业增加值占县域工业增加值比重") == [
        "省级及以上产业园区工业增加值占县域工业增加",
        "值比重",
    ]
    assert broken("Share of villages whose collective earns 1 million yuan or more") == [
        "Share of villages whose collective",
        "earns 1 million yuan or more",
    ]
