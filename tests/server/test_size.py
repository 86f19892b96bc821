"""The size of answers: counted while rows are fetched, refused in words in every format, and given back afterwards."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from openplans.paths import Paths
from openplans.server.plugins.limits import ANSWER, LIMITS, Counting, size
from tests.server.http import asked, get, public_server, query

ROWS = "with recursive c (x) as (select 1 union all select x + 1 from c limit 1000) "
LONG = "replace('" + "x" * 100 + "', 'x', '" + "a" * 150 + "')"
"""15,000 letters."""

LARGE = {
    "much text": f"{ROWS}select " + ", ".join(f"{LONG} as c{n}" for n in range(20)) + " from c",
    "Chinese, which JSON escapes": f"{ROWS}select "
    + ", ".join(["replace('" + "x" * 60 + "', 'x', '文文')"] * 16)
    + " from c",
    "control characters, which JSON escapes": f"{ROWS}select "
    + ", ".join([f"replace({LONG}, 'a', char(1))"] * 4)
    + " from c",
    "quotes, which HTML escapes": f"{ROWS}select "
    + ", ".join(["replace('" + "x" * 390 + "', 'x', '''')"] * 20)
    + " from c",
    "bytes, which are objects in JSON": f"{ROWS}select " + ", ".join(["x'00'"] * 150) + " from c",
    "bytes that are text, which JSON escapes": f"{ROWS}select x'{'00' * 2000}' as b from c",
    "long names, again in each row": f'{ROWS.rstrip()}, t as (select 1 as "{"n" * 3000}") select '
    + ", ".join(["t.*"] * 180)
    + " from t, c",
}


@pytest.fixture(scope="module")
def small(built: Paths) -> Iterator[str]:
    """A server of its own, whose memory is looked at."""
    with public_server(built.output) as address:
        yield address


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize(
    ("ending", "arguments"),
    [("", {}), (".json", {}), (".json", {"_shape": "array"}), (".csv", {}), (".csv", {"_stream": "on"})],
)
def test_a_large_answer_is_refused_in_words(small: str, name: str, ending: str, arguments: dict[str, str]) -> None:
    status, _, body = query(small, LARGE[name], ending, **arguments)
    told = json.loads(body)["error"] if ending == ".json" else body
    assert status == 400 and "答案太大(最多约 10 MB)" in told and "The answer is too large" in told
    assert len(body) < 100_000


def test_much_json_is_not_taken_apart(small: str) -> None:
    """Each of its empty lists is an object in memory, and all of it is done while the others wait."""
    lists = f"{ROWS}select '[' || replace('{'x' * 60}', 'x', '{'[],' * 90}') || '0]' as t from c limit 100"
    status, _, body = query(small, lists, ".json", _json="t")
    assert status == 400 and "答案太大" in json.loads(body)["error"]
    assert query(small, lists, ".json")[0] == 200
    assert query(small, lists.replace("as t from", "as much, '[1]' as t from"), ".json", _json="t")[0] == 200
    few = query(small, "select '[1, {}]' as t", ".json", _json="t", _shape="array")
    assert json.loads(few[2]) == [{"t": [1, {}]}]


def test_a_csv_of_many_rows_is_refused_and_not_cut(small: str) -> None:
    many = "with recursive c (x) as (select 1 union all select x + 1 from c limit 300000) select x from c"
    status, headers, body = query(small, many, ".csv")
    assert status == 400 and "答案太大" in body and headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "path", ["targets_named", "clauses_named", "search_targets", "responsibilities_named", "clauses"]
)
def test_the_largest_pages_of_the_real_plans_are_far_from_it(real_server: str, path: str) -> None:
    for ending in ("", ".json"):
        status, _, body = asked(real_server, f"/db/openplans/{path}{ending}?_size=max")
        assert status == 200 and len(body) < ANSWER / 2
    assert asked(real_server, f"/db/openplans/{path}.csv?_stream=on")[0] == 200


def test_no_cell_of_the_data_comes_near_the_limit(real_site: Path) -> None:
    with sqlite3.connect(f"file:{real_site / 'data/openplans.db'}?mode=ro", uri=True) as connection:
        wanted = "select name from sqlite_master where type = 'view' or sql like 'create table%'"
        names = [row[0] for row in connection.execute(wanted)]
        rows = (row for name in names for row in connection.execute(f'select * from "{name}"'))
        longest = max(len(str(cell).encode()) for row in rows for cell in row if isinstance(cell, str))
    assert longest < LIMITS[sqlite3.SQLITE_LIMIT_LENGTH] / 2


def resident(address: str) -> int:
    """The resident memory in KB of the worker that answers at an address, told by the system."""
    port = address.rpartition(":")[2]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:  # not ours, or gone
            continue
        if b"spawn_main" in command and f"PORT={port}\0".encode() in environment:
            return int((folder / "statm").read_text(encoding="utf-8").split()[1]) * 4
    raise AssertionError("no worker")


def test_memory_comes_back_after_large_answers(small: str) -> None:
    get(f"{small}/db/openplans/targets_named")
    before = resident(small)
    short = "replace('" + "x" * 10 + "', 'x', '" + "a" * 95 + "')"
    below = f"{ROWS}select " + ", ".join(f"{short} as c{n}" for n in range(9)) + " from c"
    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda n: query(small, below, ".json", n=str(n)), range(24)))
    assert all(status == 200 and len(body) > 8_000_000 for status, _, body in answers)
    get(f"{small}/db/openplans/plans.json?_n=after")
    assert resident(small) < before + 12_000, "below 12 MB more than before, of 200 MB of answers"


def test_memory_comes_back_after_large_answers_to_assistants(small: str) -> None:
    short = "replace('" + "x" * 10 + "', 'x', '" + "a" * 95 + "')"
    sql = f"{ROWS}select " + ", ".join(f"{short} as c{n}" for n in range(9)) + " from c"

    def call(sql: str) -> int:
        said = {"name": "execute_sql", "arguments": {"sql": sql}}
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": said}).encode()
        headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
        with urllib.request.urlopen(urllib.request.Request(f"{small}/db/-/mcp", body, headers)) as answer:
            return len(answer.read())

    call("select 1")
    before = resident(small)
    with ThreadPoolExecutor(8) as readers:
        assert min(readers.map(call, [sql] * 12)) > 8_000_000
    get(f"{small}/db/openplans/plans.json?_n=assistants")
    assert resident(small) < before + 12_000, "below 12 MB more than before, of 200 MB of answers"


def test_the_bytes_of_each_cursor_are_counted_by_themselves() -> None:
    connection = sqlite3.connect(":memory:")
    counting = connection.row_factory = Counting(sqlite3.Row)
    for _ in range(3):
        connection.execute("select 'abc' as name").fetchall()
    once = counting.size
    cursor = connection.execute("select 'abc' as name union all select 'abc'")
    cursor.fetchall()
    assert counting.size == 2 * once


@pytest.mark.parametrize(
    ("cell", "least"),
    [("文", 8), ("\x01", 8), ("'", 5), ("a", 3), (b"xy", 4), (b"\0", 6), (b"\xff", 2), (None, 1), (1.5, 3)],
)
def test_a_cell_counts_as_much_as_its_largest_format_takes(cell: object, least: int) -> None:
    assert size(cell) >= least
