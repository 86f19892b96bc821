"""The queries at hand, and search in Chinese: each finds what it promises in the real plans."""

from __future__ import annotations

import csv
import html
import json
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from openplans.database import examples, queries
from openplans.paths import HOUSE
from tests.conftest import facts_of
from tests.server.http import asked, get

SEARCHES = list(csv.DictReader((Path(__file__).parent / "searches.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def real_queries() -> dict[str, queries.Query]:
    """The queries with the examples that the real plans give."""
    return {each.name: each for each in examples.filled(facts_of(HOUSE))}


@pytest.mark.parametrize("name", [each.name for each in queries.queries()])
def test_every_query_answers_on_both_projects(
    server: str, real_server: str, real_queries: dict[str, queries.Query], name: str
) -> None:
    query = real_queries[name]
    for address, parameters in ((server, dict.fromkeys(query.parameters, "")), (real_server, query.example)):
        asking = urlencode({**parameters, "_shape": "array"})
        rows = json.loads(get(f"{address}/db/openplans/{query.name}.json?{asking}"))
        assert isinstance(rows, list)
        page = get(f"{address}/db/openplans/{query.name}?{urlencode(parameters)}")
        assert query.title_zh in page and query.description_zh in page.replace("&#34;", '"')
    assert rows, "the example answers on the real data"


def test_a_query_without_what_it_needs_asks_for_it(real_server: str) -> None:
    page = get(f"{real_server}/db/openplans/unit_leads?unit=")
    assert "填好上面的“单位”再运行" in page
    [example] = re.findall(r'<p class="empty">.*?href="([^"]+)"', page)
    assert "没有符合" not in get(f"{real_server}{html.unescape(example)}")
    assert "没有符合条件的行" in get(f"{real_server}/db/openplans/unit_leads?unit=nobody")
    assert "不低于 <small>ge</small>" in get(f"{real_server}/db/openplans/due_in_year?year=2027&region=330411"), (
        "codes in words"
    )


@pytest.mark.parametrize("search", SEARCHES, ids=lambda each: f"{each['table']} {each['query']}")
def test_a_search_has_its_row_among_the_first_ten(real_server: str, search: dict[str, str]) -> None:
    asking = urlencode({"_search": search["query"], "_shape": "array", "_size": 10})
    rows = json.loads(get(f"{real_server}/db/openplans/{search['table']}.json?{asking}"))
    assert search["row"] in [next(iter(row.values())) for row in rows]
    assert [row["relevance"] for row in rows] == sorted(row["relevance"] for row in rows)


def test_a_search_is_in_the_box_of_the_page_and_goes_on_with_filters_and_pages(real_server: str) -> None:
    page = get(f"{real_server}/db/openplans/targets?_search={quote('收入')}")
    assert 'name="_search" value="收入"' in page and "按相关度" in page
    asking = urlencode({"_search": "收入", "region_code": "330326", "_shape": "array"})
    rows = json.loads(get(f"{real_server}/db/openplans/targets.json?{asking}"))
    assert rows and {row["region"] for row in rows} == {"平阳县"}
    first = json.loads(
        get(f"{real_server}/db/openplans/search_targets.json?{urlencode({'_search': '收入', '_size': 5})}")
    )
    second = json.loads(get(first["next_url"]))
    assert not {row[0] for row in first["rows"]} & {row[0] for row in second["rows"]}


@pytest.mark.parametrize(
    ("typed", "row"),
    [("450.11", "o0101"), ("平阳 87.10", "o0193"), ("平阳 GDP", "o0191"), ("2024年10月 PM2.5", "o0197")],
)
def test_an_actual_figure_is_found_and_leads_to_its_source(real_server: str, typed: str, row: str) -> None:
    asking = urlencode({"_search": typed, "_shape": "array"})
    found = json.loads(get(f"{real_server}/db/openplans/observations.json?{asking}"))
    [figure] = [each for each in found if each["observation_id"] == row]
    assert figure["url"].startswith("http") and figure["page"].endswith(f"#{row}")
    assert "没有一字不差的" not in get(f"{real_server}/db/openplans/observations?{asking}")
    everything = json.loads(get(f"{real_server}/db/openplans/search.json?{urlencode({'q': typed, '_shape': 'array'})}"))
    assert row in [each["编号"] for each in everything[:10]]


def test_what_a_figure_has_word_for_word_hides_no_promise(real_server: str) -> None:
    """The number itself is another thing: another number is not near."""
    asked = [
        f"{real_server}/db/openplans/search.json?{urlencode({'q': typed, '_shape': 'array'})}"
        for typed in ("南麂岛", "450.11")
    ]
    kinds = [[each["种类"] for each in json.loads(get(address))] for address in asked]
    assert kinds[0][0] == "实际值" and "条文" in kinds[0] and kinds[1] == ["实际值"]


def test_a_search_with_an_order_stays_in_the_table(real_server: str) -> None:
    asking = urlencode({"_search": "养老", "_sort": "target_id", "_shape": "array"})
    rows = json.loads(get(f"{real_server}/db/openplans/targets.json?{asking}"))
    assert len(rows) > 5 and "relevance" not in rows[0]
    assert [row["target_id"] for row in rows] == sorted(row["target_id"] for row in rows)


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("独居老人", "330000-zhejiang-2025-t027"),
        ("平阳 独居老人", "330326-pingyang-2025-t069"),
        ("残疾人补贴", "330326-pingyang-2025-t079"),
        ("grain ouput", "330182-jiande-2023-t048"),
        ("kindergarden", "330182-jiande-2023-t032"),
        ("我们村的路什么时候修好", "330305-dongtou-2023-t123"),
        ("成镇化率", "330326-pingyang-2025-t002"),
    ],
)
def test_what_nothing_has_word_for_word_finds_what_is_near(real_server: str, typed: str, row: str) -> None:
    asking = urlencode({"_search": typed, "_shape": "array", "_size": 20})
    assert row in [each["target_id"] for each in json.loads(get(f"{real_server}/db/openplans/targets.json?{asking}"))]
    assert "没有一字不差的" in get(f"{real_server}/db/openplans/targets?{urlencode({'_search': typed})}")
    everything = json.loads(get(f"{real_server}/db/openplans/search.json?{urlencode({'q': typed, '_shape': 'array'})}"))
    assert row in [each["编号"] for each in everything]
    assert {each["只是相近"] for each in everything} == {"是"}
    assert json.loads(get(f"{real_server}/db/openplans/search_targets.json?{urlencode({'_search': typed})}"))["near"]


def test_what_another_table_has_word_for_word_hides_no_row_that_is_near(real_server: str) -> None:
    """A task and a clause have 生活垃圾分类 in two places, no target has; two plans promise 垃圾分类."""
    asking = urlencode({"_search": "生活垃圾分类"})
    found = json.loads(get(f"{real_server}/db/openplans/search_targets.json?{asking}&_shape=objects"))
    assert {"330182-jiande-2023-t057", "330411-xiuzhou-2023-t116"} <= {row["target_id"] for row in found["rows"]}
    assert found["near"] is True
    assert json.loads(get(f"{real_server}/db/openplans/search_tasks.json?{asking}"))["near"] is False


def test_what_stands_somewhere_word_for_word_is_all_that_is_found(real_server: str) -> None:
    page = get(f"{real_server}/db/openplans/targets?{urlencode({'_search': '快递'})}")
    assert "没有一字不差的" not in page and "快递服务行政村覆盖率" in page
    rows = json.loads(get(f"{real_server}/db/openplans/search.json?{urlencode({'q': '快递', '_shape': 'array'})}"))
    assert {each["只是相近"] for each in rows} == {""}
    answer = json.loads(get(f"{real_server}/db/openplans/search_targets.json?{urlencode({'_search': '快递'})}"))
    assert answer["near"] is False
    assert "near" not in json.loads(get(f"{real_server}/db/openplans/search_targets.json"))


def test_to_look_for_what_is_near_takes_no_longer_than_a_query_may(real_server: str) -> None:
    sql = "select sum(length(escape_fts(a.text || b.text))) from clauses a, clauses b"
    status, _, told = asked(real_server, f"/db/openplans.json?{urlencode({'sql': sql})}")
    assert status == 400 and "查询用时太长，已经停止" in json.loads(told)["error"]


def test_a_number_and_nothing_are_texts_to_a_search(real_server: str) -> None:
    sql = "select escape_fts(12) as twelve, escape_fts(null) as empty"
    [row] = json.loads(get(f"{real_server}/db/openplans.json?{urlencode({'sql': sql, '_shape': 'array'})}"))
    assert row == {"twelve": '"12"', "empty": '""'}


@pytest.mark.parametrize("typed", ['"', "*", "AND", "养老 OR", "-", "没有的词", "'; drop table targets; --"])
def test_whatever_is_typed_is_a_search(real_server: str, typed: str) -> None:
    assert isinstance(
        json.loads(get(f"{real_server}/db/openplans/targets.json?{urlencode({'_search': typed, '_shape': 'array'})}")),
        list,
    )
