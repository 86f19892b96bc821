"""What single lines of the server decide, each by an answer over HTTP: words, links, limits, headers."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from typing import Any
from urllib.parse import quote, urljoin

import pytest

from openplans.server.plugins.errors import ARGUMENTS, FACETS
from openplans.server.plugins.limits import LIMITS
from tests.server.http import asked, get, in_both_languages, query


def told(address: str, path: str) -> str:
    """The words of a refusal, as a page or as text."""
    status, _, body = asked(address, path)
    assert 400 <= status < 500, path
    return html.unescape(body)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/db/openplans/data_dictionary.xlsx", "/data/dictionary.xlsx"),
        ("/db/openplans/targets_named.parquet", "/data/targets_named.parquet"),
        ("/db/openplans/targets_named.xml", "/data/targets_named.xlsx"),
        ("/db/openplans/targets.parquet", "/data/all/targets.parquet"),
        ("/db/openplans/targets.xml", "/data/all/targets.xlsx"),
        ("/db/openplans/targets.json/", "/data/all/targets.json"),
        ("/db/openplans/nought.xlsx", "/data/"),
        ("/db/openplans.zip", "/data/all.zip"),
        ("/db/openplans.parquet.zip", "/data/all.parquet.zip"),
        ("/db/openplans.xml", "/data/all.xlsx"),
        ("/db/openplans.csv", "/data/all.xlsx"),
    ],
)
def test_an_ending_that_there_is_not_leads_to_the_file_that_is_meant(server: str, path: str, file: str) -> None:
    said = told(server, path)
    assert f"文件在 {file}" in said and f"the file is at {file}" in said
    assert asked(server, file, "HEAD")[0] == 200


def test_an_error_says_where_one_is_and_leads_on(server: str) -> None:
    status, headers, page = asked(server, "/db/openplans/nought")
    assert status == 404 and "text/html" in headers["content-type"]
    assert "没有这张表。" in page and 'href="/"' in page and 'href="/db/openplans"' in page
    status, headers, body = asked(server, "/db/openplans/nought.json")
    assert status == json.loads(body)["status"] == 404 and json.loads(body)["error"].startswith("没有这张表。\n")
    status, headers, body = asked(server, "/db/openplans/nought.csv")
    assert status == 404 and "text/plain" in headers["content-type"] and in_both_languages(body)
    assert asked(server, f"/db/static/{'a' * 300}.css")[0] == 404


@pytest.mark.parametrize(
    ("sql", "most"),
    [
        ("select {}", "SQLITE_LIMIT_COLUMN"),
        ("select 1 {}", "SQLITE_LIMIT_COMPOUND_SELECT"),
        ("select {}1", "SQLITE_LIMIT_EXPR_DEPTH"),
        ("select 'x' like '{}'", "SQLITE_LIMIT_LIKE_PATTERN_LENGTH"),
    ],
)
def test_a_limit_is_where_it_is_said_to_be(server: str, sql: str, most: str) -> None:
    number = LIMITS[getattr(sqlite3, most)]
    one = {"SQLITE_LIMIT_COLUMN": "1,", "SQLITE_LIMIT_COMPOUND_SELECT": "union all select 1 "}.get(most, "1+")
    one = "a" if most.endswith("PATTERN_LENGTH") else one

    def status(times: int) -> int:
        return query(server, sql.format(one * times).removesuffix(","), ".json")[0]

    assert status(number - 3) == 200 and status(number + 3) == 400 and number < 1_000


def test_cells_of_a_page(server: str) -> None:
    numbers = "0.1+0.2 as a, 2.0 as b, 12345.678 as c"
    texts = "'<b>' as d, x'00ff' as e, '一　二' as f, 'https://x.example/' as g, '村' as h"
    sql = f"select {numbers}, {texts}"
    cells = re.findall("<td[^>]*>(.*?)</td>", query(server, sql)[2])
    link = '<a href="https://x.example/">https://x.example/</a>'
    assert cells == ["0.3", "2", "12345.678", "&lt;b&gt;", "（二进制，2 字节）", "一 ｜ 二", link, "村"]


def test_ids_lead_to_the_site_and_only_where_there_is_a_page(server: str) -> None:
    def links(path: str) -> set[str]:
        return set(re.findall('<a class="op-site" href="([^"]*)"', get(f"{server}{path}")))

    sql = (
        "select 'villages' as theme_id, 'income-ratio' as concept_id, '990101-agriculture' as org_id, '村' as theme_id"
    )
    assert links(f"/db/openplans?sql={quote(sql)}") == {
        "/themes/villages/index.html", "/indicators/income-ratio/index.html"
    }  # fmt: skip
    titled = (
        "select 'income-ratio' as 概念编号, '990101-agriculture' as 单位编号"  # as the site's own queries call them
    )
    assert links(f"/db/openplans?sql={quote(titled)}") == {
        "/indicators/income-ratio/index.html", "/units/990101/agriculture/index.html"
    }  # fmt: skip
    assert "/units/990101/agriculture/index.html" in links("/db/openplans/responsibilities_named")
    assert not links("/db/openplans/organizations")  # which has units without a task


def test_the_heads_of_a_table_keep_all_but_the_order(server: str) -> None:
    page = html.unescape(get(f"{server}/db/openplans/targets?_size=2&unit=%25&_sort_desc=period_end"))
    heads = re.findall('<th [^>]*><a href="([^"]*)"', page)
    begun = "/db/openplans/targets?_size=2&unit=%25&"
    assert heads[0] == f"{begun}_sort=target_id" and len(heads) > 10
    assert all(re.fullmatch("_sort(_desc)?=[a-z_]+", each.removeprefix(begun)) for each in heads)
    assert f"{begun}_sort_desc=period_end" not in heads  # the other way round, where it is the order
    later = re.search('href="([^"]*_next=[^"]*)"', page)
    assert later
    begun_again = re.findall('<th [^>]*><a href="([^"]*)"', html.unescape(get(urljoin(server, later[1]))))
    assert begun_again == heads  # another order begins on its first page


def test_a_search_with_an_order_or_a_mode_of_its_own_stays_with_the_table(server: str) -> None:
    for wish, there in (("", 302), ("&_sort=unit", 200), ("&_sort_desc=unit", 200), ("&_searchmode=raw", 200)):
        assert asked(server, f"/db/openplans/targets.json?_search={quote('村')}{wish}")[0] == there, wish
    assert asked(server, "/db/openplans/targets.json?_search=%20")[0] == 200


def test_json_says_whether_what_was_found_is_only_near(server: str) -> None:
    whole, near = (
        json.loads(asked(server, f"/db/openplans/search_targets.json?_search={quote(word)}")[2])
        for word in ("和美乡村", "和美乡村覆盖面")
    )
    assert whole["near"] is False and near["near"] is True and near["rows"]
    assert "matches" in whole["human_description_en"] and "is near" in near["human_description_en"]
    assert "near" not in json.loads(asked(server, "/db/openplans/targets.json?_size=1")[2])


def test_what_filters_name_is_there(server: str) -> None:
    assert len(json.loads(asked(server, "/db/openplans/responsibilities.json?rowid=1&_shape=array")[2])) == 1
    for wrong in ("nought=1", "unit__nought=1", "unit__=1"):
        said = told(server, f"/db/openplans/targets.json?{wrong}")
        assert in_both_languages(said) and wrong.removesuffix("=1") in said
    assert in_both_languages(told(server, "/db/openplans/targets.json?_shape=nought"))
    assert in_both_languages(told(server, "/db/openplans/targets_named.json?_shape=object"))


@pytest.mark.parametrize(
    ("path", "status", "chinese"),
    [
        ("targets.json?_size=many", 400, "_size 要写正整数：一页几行。"),
        ("targets.json?_size=1000000", 400, "_size 最多写 1000。"),
        ("targets.json?_sort=nought", 400, "不能按“nought”排序：没有这一列，或这一列不能排序。"),
        ("targets.json?_sort=value&_sort_desc=value", 400, "_sort 和 _sort_desc 只能写一个。"),
        ("targets.json?_col=nought", 400, "_col 写的列里没有这些：nought。"),
        ("targets.json?_nocol=nought", 400, "_nocol 写的列里没有这些：nought。"),
        ("targets.csv?_stream=on&_next=1", 400, "整张表的 CSV(_stream)不分页，不能写 _next。"),
        ("nought.json", 404, "没有这张表。"),
        ("targets/nought.json", 404, "没有这一行。"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_in_chinese_too(server: str, path: str, status: int, chinese: str) -> None:
    found, _, body = asked(server, f"/db/openplans/{path}")
    said = body if ".csv" in path else json.loads(body)["error"]
    assert (found, said.split("\n")[0]) == (status, chinese) and in_both_languages(said)


@pytest.mark.parametrize("shape", ["arrays", "objects", "array"])
def test_a_column_of_the_same_name_hides_none(server: str, shape: str) -> None:
    sql = quote("select 1 as a, 2 as b, 3 as a, '[4]' as a_2, '[5]' as a_2")
    answer = json.loads(asked(server, f"/db/openplans.json?sql={sql}&_shape={shape}&_json=a_2")[2])
    if shape == "arrays":
        assert (answer["columns"], answer["rows"]) == (["a", "b", "a", "a_2", "a_2"], [[1, 2, 3, [4], [5]]])
    else:
        [row] = answer if shape == "array" else answer["rows"]
        assert row == {"a": 1, "b": 2, "a_3": 3, "a_2": [4], "a_2_2": "[5]"}


def strictly(body: str) -> Any:
    """JSON as every other language than Python reads it."""
    return json.loads(body, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("NaN", "NaN"),
        ("[-Infinity]", "[-Infinity]"),
        ("[1e999, -1e999, 0.5]", [None, None, 0.5]),
        ('"[1]"', "[1]"),
        ("{", "{"),
        ('{"a": null}', {"a": None}),
    ],
)
def test_what_is_taken_apart_is_json_as_others_read_it(server: str, cell: str, said: object) -> None:
    for more in ({}, {"_json_infinity": "1"}):
        sql = f"select '{cell}' as a, '{cell}' as b, x'5b5d' as c"
        [row] = strictly(query(server, sql, ".json", _json="a", _shape="array", **more)[2])
        assert (row["a"], row["b"]) == (said, cell)


@pytest.mark.parametrize("values", ["[NaN]", "[Infinity, 1]", "[1e400]"])
def test_numbers_that_json_has_not_are_not_repeated_to_who_filters_by_them(server: str, values: str) -> None:
    status, _, body = asked(server, f"/db/openplans/targets.json?value__in={quote(values)}")
    assert status == 200 and None in strictly(body)["query"]["params"].values()


def test_a_search_too_long_to_be_a_value_and_text_that_is_none_are_told_as_such(server: str) -> None:
    words = quote(" 老人" * 700)
    status, _, body = asked(server, f"/db/openplans/search_targets.json?_search={words}")
    assert status == 400 and "一个值超过" in json.loads(body)["error"]
    for function in ("trim(cast(x'ff61' as text), 'a')", "escape_fts(char(0xd800))"):
        status, _, body = query(server, f"select {function}", ".csv")
        assert status == 400 and "不是 UTF-8" in body and in_both_languages(body)


def test_what_json_takes_apart_is_short(server: str) -> None:
    numbers = "with recursive c(x) as (select 1 union all select x + 1 from c limit {})"
    sql = f"{numbers} select '[\"{'a' * 900}\"]' as a from c"
    assert query(server, sql.format(300), ".json", _json="a")[0] == 200
    status, _, body = query(server, sql.format(900), ".json", _json="a")
    assert status == 400 and in_both_languages(body)


def test_a_cell_costs_more_on_a_page_than_in_json_and_is_bytes_there(server: str) -> None:
    numbers = "with recursive c(x) as (select 1 union all select x + 1 from c limit 1000)"
    sql = f"{numbers} select {', '.join(f'1 as c{number}' for number in range(80))} from c"
    assert query(server, sql)[0] == 400 and query(server, sql, ".json")[0] == 200
    assert "$base64" in query(server, "select x'00ff' as b", ".json")[2]
    assert query(server, "select x'00ff' as b", ".csv")[2].split() == ["b", "00FF"]


def test_scripts_of_others_may_ask_only_below_data(server: str) -> None:
    status, headers, _ = asked(server, "/data/all/targets.csv", "OPTIONS")
    assert status == 204 and headers["access-control-max-age"] == "86400"
    assert {"Range", "If-Range", "If-None-Match"} <= set(headers["access-control-allow-headers"].split(", "))
    assert asked(server, "/index.html", "OPTIONS")[0] == 405


def test_what_gzip_makes_no_smaller_is_sent_as_it_is(server: str) -> None:
    for path in ("/data/openplans.db", "/data/all.xlsx", "/data/all.zip", "/data/targets_named.parquet"):
        _, headers, _ = asked(server, path, Accept_Encoding="gzip")
        assert "content-encoding" not in headers and headers["accept-ranges"] == "bytes", path
        assert headers["content-type"] != "text/html; charset=utf-8"
    assert asked(server, "/data/all/targets.csv", Accept_Encoding="gzip")[1]["content-encoding"] == "gzip"
    assert asked(server, "/db/openplans/targets", Accept_Encoding="gzip")[1]["content-encoding"] == "gzip"


def test_an_answer_that_was_had_is_not_sent_again(server: str) -> None:
    for _ in range(3):
        etag = asked(server, "/data/openplans.db", "HEAD")[1]["etag"]
        assert asked(server, "/data/openplans.db", If_None_Match=etag)[::2] == (304, "")


def test_so_many_arguments_and_facets_and_no_more(server: str) -> None:
    def status(name: str, times: int) -> int:
        columns = ["unit", "measure", "comparator", "plan_id", "clause_id", "task_id"]
        given = "&".join(f"{name}={columns[number % len(columns)]}" for number in range(times))
        return asked(server, f"/db/openplans/targets.json?{given}&_size=1")[0]

    assert status("_col", ARGUMENTS - 1) == status("_facet", FACETS) == 200
    assert status("_col", ARGUMENTS) == status("_facet", FACETS + 1) == 400 and ARGUMENTS < 100 and FACETS < 10
