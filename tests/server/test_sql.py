"""SQL that visitors send: what is allowed answers, what is not ends with words in every format, and nobody else
notices."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from openplans import pipeline
from openplans.paths import Paths
from openplans.server.plugins import authorizer
from tests.conftest import TINY, Silent
from tests.server.http import asked, eventually, free_port, get, in_both_languages, query, running

LONG = "replace('" + "x" * 90 + "', 'x', '" + "a" * 100 + "')"
"""9,000 letters."""
NUMBERS = "with recursive c (x) as (select 1 union all select x + 1 from c) "

REFUSED = {
    "insert": "insert into themes values ('x', 'x', 'x', 1)",
    "delete": "delete from targets",
    "drop": "drop table targets",
    "create": "create table x (y)",
    "attach": "attach database '/tmp/x.db' as x",
    "vacuum into": "vacuum into '/tmp/x.db'",
    "pragma": "pragma journal_mode = wal",
    "writable schema": "pragma writable_schema = 1",
    "two statements": "select 1; delete from targets",
    "write in a with": "with x as (select 1) delete from targets",
    "load_extension": "select load_extension('/tmp/x.so')",
    "readfile": "select readfile('/etc/passwd')",
    "writefile": "select writefile('/tmp/x', 'y')",
    "edit": "select edit('x', 'vi')",
    "fts write": "insert into targets_fts (targets_fts) values ('rebuild')",
    "fts3_tokenizer reads a pointer": "select hex(fts3_tokenizer('simple'))",
    "fts3_tokenizer writes a pointer": "select fts3_tokenizer('simple', x'4141414141414141')",
    "fts3_tokenizer in capitals and quotes": "select \"FTS3_Tokenizer\"('simple')",
    "fts3_tokenizer in a condition": "select 1 from themes where fts3_tokenizer('simple') is not null",
    "fts3tokenize": "select token from fts3tokenize where input = 'a b'",
    "fts3tokenize without a column": "select 1 from fts3tokenize",
    "fts3tokenize in capitals": "select count(*) from FTS3TOKENIZE",
    "fts3tokenize in a subquery": "select (select count(token) from fts3tokenize where input = 'a')",
    "fts4aux": "select * from fts4aux",
    "fts5vocab": "select * from fts5vocab('targets_fts', 'row')",
    "dbstat": "select * from dbstat",
    "statements": "select sql from sqlite_stmt",
    "path of the file": "select file from pragma_database_list",
    "path of the file, main": "select * from main.pragma_database_list()",
    "path of the file, a condition": "select exists (select 1 from pragma_database_list where file like '/%')",
    "how it was built": "select * from pragma_compile_options",
    "functions": "select name from pragma_function_list",
    "log": "select sqlite_log(1, 'x')",
    "rtree": "select rtreenode(2, x'0000')",
    "pointer of fts5": "select fts5(?)",
    "the path, as a pragma": "pragma database_list",
    "a pragma by its function": "select * from pragma_module_list",
    "a heap without a limit": "select * from pragma_hard_heap_limit(0)",
    "fts4aux of a table": "select * from fts4aux('targets_fts')",
    "matchinfo": "select matchinfo(targets_fts) from targets_fts",
    "a command to the index": "select optimize(targets_fts) from targets_fts",
    "version": "select sqlite_version()",
    "build options": "select sqlite_compileoption_get(1)",
    "big text by a star": "select printf('%.*c', 900000000, 'x')",
    "text that doubles": (
        "with recursive c (x, j) as (select 1, 'aaaaaaaa' union all select x + 1, j || j from c where x < 100) "
        "select length(j) from c"
    ),
    "JSON that grows": (
        "with recursive c (x, j) as (select 1, '[1]' union all select x + 1, json_array(j, j, j) from c where x < 99) "
        "select length(j) from c"
    ),
    "hex of hex": f"select hex(hex(hex({LONG})))",
    "deep JSON": f"select json(replace({LONG}, 'a', '['))",
    "search of many brackets": f"select 1 from search_targets where search match '{'(' * 300}a{')' * 300}'",
    "a temporary view": "create temp view x as select 1",
    "explained write": "explain query plan delete from targets",
    "returned write": "update themes set name_zh = 'x' returning *",
    "a null character": "select 'a\0b'",
    "nothing": ";",
    "zeroblob": "select zeroblob(1000000000)",
    "randomblob": "select randomblob(100000000)",
    "big text": "select printf('%.900000000c', 'x')",
    "format": "select format('%.100c', 'a')",
    "endless": f"{NUMBERS}select count(*) from c",
    "cross join": (
        "select count(*) from clauses a, clauses b, clauses c, clauses d, clauses e, clauses f, clauses g, clauses h"
    ),
    "big sort": f"{NUMBERS}select x, {LONG} || x from c order by 2",
    "big group": f"{NUMBERS}select group_concat(x) from c",
    "big JSON": f"{NUMBERS}select json_group_array(x) from c",
    "big set": f"{NUMBERS}select x from c union select x from c",
    "big frame": f"{NUMBERS}select sum(x) over (order by x rows 100000 preceding) from c",
    "JSON times JSON": (
        f"with j (t) as (select '[{'1,' * 1500}1]') "
        "select count(*) from j, json_tree(t) a, json_tree(t) b, json_tree(t) c"
    ),
    "long text": f"select {LONG} || {LONG} || {LONG}",
    "long text by replace": f"select replace({LONG}, 'a', 'aaaa')",
    "slow function": (
        f"with t (a, b) as (select {LONG}, replace({LONG}, 'a', 'b') || 'a'), c (x) as (select 1 union all "
        f"select x + 1 from c) select sum(length(trim(a || x, b))) from t, c"
    ),
    "slow search": f"{NUMBERS}select sum(instr({LONG}, substr({LONG}, 1, 4000) || x)) from c",
    "slow pattern": f"{NUMBERS}select count(*) from c where x || {LONG} like '%a%a%a%a%a%a%ab'",
    "snippet of a column that is not there": (
        "select snippet(targets_fts, 99, 'a', 'b', 'c', -1) from targets_fts where targets_fts match '年'"
    ),
    "deep expression": "select " + "(" * 300 + "1" + ")" * 300,
    "long compound": " union all ".join(["select 1"] * 200),
    "long pattern": "select 'x' like '" + "%a" * 500 + "'",
    "many columns": "select " + ",".join(["1"] * 300),
    "no such column": "select nought from targets",
    "not sql": "养老",
}
"""Nothing that a visitor may do, or more than he may take."""

SLOW = {
    "big JSON",
    "big set",
    "big frame",
    "JSON times JSON",
    "endless",
    "cross join",
    "big sort",
    "slow function",
    "slow search",
    "slow pattern",
}
"""Those whose second is up, or whose memory: one format is enough for them."""

ALLOWED = {
    "search": "select region, indicator from search_targets where search match '\"村\"' order by relevance limit 3",
    "full-text index": (
        "select rowid, rank, bm25(targets_fts) from targets_fts where targets_fts match '\"村\"' order by rank"
    ),
    "what is typed": "select count(*) from search_targets where search match escape_fts('村庄')",
    "highlight": (
        "select highlight(targets_fts, 0, '<', '>'), snippet(targets_fts, 0, '<', '>', '…', 8) from targets_fts limit 1"
    ),
    "aggregates": (
        "select plan_id, count(*), sum(value), avg(value), min(value), max(value), total(value), "
        "group_concat(unit) from targets group by 1"
    ),
    "windows": (
        "select target_id, row_number() over w, rank() over w, lag(value) over w, sum(value) over w from "
        "targets window w as (partition by plan_id order by value)"
    ),
    "filter": "select count(*) filter (where value > 1) from targets",
    "JSON": (
        "select json_extract('{\"a\": [1]}', '$.a[0]'), '[1]' -> 0, '[1]' ->> 0, json_group_array(theme_id), "
        "json_object('a', 1) from themes"
    ),
    "table-valued JSON": "select key, value from json_each('[1, 2]') union all select 1, count(*) from json_tree('{}')",
    "dates": "select date('2025-01-31', '+1 month'), strftime('%Y', 'now'), julianday('2025-01-01'), current_date",
    "text": (
        "select upper(trim('  a ')), substr('abc', 2, 1), instr('abc', 'c'), replace('a', 'a', 'b'), 'a' "
        "like 'A', 'a' glob '*', quote('x'), hex('a'), char(20013)"
    ),
    "numbers": (
        "select round(1.234, 2), abs(-1), ifnull(null, 1), coalesce(null, 2), nullif(1, 1), iif(1, 2, 3), "
        "typeof(1), random() is not null"
    ),
    "recursion": "with recursive c (x) as (select 1 union all select x + 1 from c where x < 5) select x from c",
    "a name like a refused one": "with pragma_database_list (x) as (select 1) select x from pragma_database_list",
    "the schema": "select name, sql from sqlite_master",
    "columns": "select name, type from pragma_table_info('targets')",
    "how many columns": "select count(*) from pragma_table_info('targets')",
    "the schema by its newer name": "select name from sqlite_schema limit 1",
    "keys": "select * from pragma_foreign_key_list('targets'), pragma_index_list('targets') limit 1",
    "the plan of a query": "explain query plan select * from targets where plan_id = 'x'",
    "parameters": "select * from targets where plan_id = :plan",
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A plain Datasette on the folder that `make database` writes, with nothing of the repository."""
    root = tmp_path_factory.mktemp("plain")
    paths = Paths.of(Path(shutil.copytree(TINY, root / "tiny")))
    pipeline.make_database(paths, Silent())
    folder, port = Path(shutil.copytree(paths.datasette, root / "datasette")), free_port()
    command = [sys.executable, "-m", "datasette", "serve", folder, "--port", str(port), "--setting", "base_url", "/db/"]
    with running(command, port, cwd=root) as address:
        assert eventually(lambda: get(f"{address}/db/openplans/themes.json"))
        yield address


@pytest.mark.parametrize("name", REFUSED)
def test_a_query_that_is_refused_ends_with_words_in_every_format(server: str, name: str) -> None:
    for ending in (".csv",) if name in SLOW else ("", ".json", ".csv"):
        status, headers, body = query(server, REFUSED[name], ending)
        assert status == 400 and in_both_languages(body), (ending, status, body)
        assert "Traceback" not in body and "object at 0x" not in body
        if ending == ".json":
            assert json.loads(body)["ok"] is False
        if ending == ".csv":
            assert headers["content-type"].startswith("text/plain") and len(body.splitlines()) >= 2
    assert json.loads(query(server, "select 1 as one", ".json", _shape="array")[2]) == [{"one": 1}]


@pytest.mark.parametrize("name", sorted(REFUSED.keys() - SLOW))
def test_a_plain_datasette_refuses_the_same(plain: str, name: str) -> None:
    status, _, body = query(plain, REFUSED[name], ".csv")
    assert status == 400 and in_both_languages(body), body


@pytest.mark.parametrize("name", ALLOWED)
def test_what_ordinary_queries_use_is_allowed(server: str, plain: str, name: str) -> None:
    for address in (server, plain):
        status, _, body = query(address, ALLOWED[name], ".csv")
        assert status == 200 and len(body.splitlines()) > (name != "parameters"), body


def test_every_function_of_sqlite_is_allowed_or_refused_by_name() -> None:
    """No function that reaches files, pointers, other connections or that makes bytes from nothing."""
    assert not authorizer.FUNCTIONS & {
        *(
            "fts3_tokenizer",
            "load_extension",
            "readfile",
            "writefile",
            "edit",
            "printf",
            "format",
            "zeroblob",
            "randomblob",
        ),
        *("fts5", "matchinfo", "offsets", "optimize", "rtreecheck", "rtreenode", "rtreedepth", "sqlite_log", "subtype"),
    }


def test_a_query_that_takes_too_long_is_told_so_in_the_same_words_everywhere(server: str) -> None:
    for ending in ("", ".json", ".csv"):
        status, _, body = query(server, REFUSED["endless"], ending, n=ending)
        told = json.loads(body)["error"] if ending == ".json" else body
        assert status == 400 and "查询用时太长，已经停止" in told and "SQL Interrupted: a query may run" in told


def test_a_statement_that_is_no_query_is_told_what_is(server: str) -> None:
    told = query(server, "select * from pragma_module_list", ".csv")[2]
    assert "能用的函数：pragma_foreign_key_list" in told and "pragma_database_list" not in told
    assert "语句要以 SELECT 或 WITH 开头" in query(server, "drop table targets", ".csv")[2]


def test_what_is_trimmed_of_nothing_or_by_nothing_is_nothing(server: str) -> None:
    told = query(server, "select trim(null, 'x') a, trim('x', null) b, trim('xax', 'x') c", ".json", _shape="array")[2]
    assert json.loads(told) == [{"a": None, "b": None, "c": "a"}]


def test_trimmed_bytes_are_text(server: str) -> None:
    _, _, body = query(server, "select trim(x'616261', 'a') as b, trim(x'ff', 'a') as n, trim(12, 1) as i", ".csv")
    assert body.splitlines() == ["b,n,i", "b,\ufffd,2"]


def test_an_error_in_a_page_stands_beside_the_sql(server: str) -> None:
    page = query(server, "select nought from targets")[2]
    assert "没有列 nought" in page and ">select nought from targets</textarea>" in page


@pytest.mark.parametrize(
    "path",
    [
        "/db/openplans/nought.csv",
        "/db/openplans/targets.csv?_sort=nought",
        "/db/openplans/targets.csv?_size=-1",
        "/db/openplans/targets.csv?_search=(((&_searchmode=raw",
        "/db/openplans/targets.csv?_where=nought",
        "/db/openplans/targets.csv?_stream=on&_where=fts3_tokenizer(1)",
        "/db/openplans/targets.csv?_stream=on&_next=x",
        "/db/openplans/targets.csv?_timelimit=abc",
        "/db/openplans/targets_named.csv?_next=abc",
        "/db/openplans.csv?sql=select+1&_timelimit=abc",
        "/db/openplans.csv?sql=drop+table+targets",
    ],
)
def test_a_csv_that_goes_wrong_is_an_error(server: str, path: str) -> None:
    status, headers, body = asked(server, path)
    assert status == (404 if "nought.csv" in path else 400)
    assert headers["content-type"].startswith("text/plain") and len(body.splitlines()) == 2 and in_both_languages(body)


def test_the_csv_of_a_query_is_whole(server: str) -> None:
    numbers = "with recursive c (x) as (select 1 union all select x + 1 from c where x < 2500) select x from c"
    for arguments in ({}, {"_stream": "on"}):
        _, headers, body = query(server, numbers, ".csv", **arguments)
        assert [row[0] for row in csv.reader(io.StringIO(body))] == ["x", *map(str, range(1, 2501))]
        assert headers["content-length"] == str(len(body.encode()))
    assert json.loads(query(server, numbers, ".json")[2])["truncated"] is True, "and JSON says that it is cut"


def test_a_csv_is_never_a_page(server: str) -> None:
    for path in ("/db/openplans/themes.csv", "/db/openplans.csv?sql=select+1"):
        plain = asked(server, path)
        traced = asked(server, f"{path}{'&' if '?' in path else '?'}_trace=1")
        assert traced[1]["content-type"] == plain[1]["content-type"] == "text/plain; charset=utf-8"
        assert traced[2] == plain[2]


def test_bytes_are_printed_in_a_csv(server: str) -> None:
    assert query(server, "select x'00ff' as b, 1 as n", ".csv")[2].splitlines() == ["b,n", "00FF,1"]


def test_others_are_answered_while_bad_queries_run(server: str) -> None:
    bad = [threading.Thread(target=query, args=(server, REFUSED["endless"], ".json"), kwargs={"n": n}) for n in "ab"]
    for each in bad:  # two of three SQL threads
        each.start()
    assert "村庄" in json.loads(get(f"{server}/db/openplans/themes.json?_shape=array&_n=bad"))[1]["name_zh"]
    for each in bad:
        each.join()


def test_the_data_is_what_it_was(server: str, built: Paths) -> None:
    with_writes = urlencode({"sql": "select count(*) as n from targets"})
    [row] = json.loads(get(f"{server}/db/openplans.json?{with_writes}&_shape=array"))
    assert row["n"] == len((built.output / "data/all/targets.csv").read_text(encoding="utf-8").splitlines()) - 1
