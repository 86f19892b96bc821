"""What the plugins cache and memoize, how much of it, and how they complete an order."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.database import Results

from openplans.database.views import views
from openplans.schema import contract
from openplans.server.plugins import database, formats, responses
from openplans.server.plugins.current import Order
from openplans.server.plugins.limits import TooLarge
from openplans.server.plugins.ordering import completed, of_view
from openplans.server.plugins.redirects import below
from openplans.server.plugins.responses import Whole


def test_what_is_cached_stays_within_its_limit() -> None:
    cache = responses.cache()
    for number in range(responses.KEPT // responses.BESIDE):
        address = (b"http", b"x", b"/db/openplans/targets.json", b"_n=%d" % number)
        for _ in range(2):  # as when two ask at once
            cache[address] = Whole(address, 200, [], b"x" * (number % 5_000))
    assert 0 < cache.currsize == sum(each.taken for each in cache.values()) <= responses.KEPT
    assert cache.get((b"http", b"x", b"/db/openplans/targets.json", b"_n=0")) is None, "the oldest went"


def test_a_csv_that_grows_too_large_is_stopped_while_it_comes() -> None:
    async def nowhere(*_: object) -> None:
        raise AssertionError("nothing of it is sent")

    scope = {"path": "/openplans/t.csv", "method": "GET", "headers": [], "raw_path": b"", "query_string": b""}
    answer = responses.HeldAnswer(scope, b"", nowhere, nowhere)

    async def megabytes(number: int) -> None:
        await answer.send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(number):
            await answer.send({"type": "http.response.body", "body": bytes(1_000_000), "more_body": True})

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        apart.submit(asyncio.run, megabytes(10)).result()
        with pytest.raises(TooLarge):
            apart.submit(asyncio.run, megabytes(1)).result()
    assert answer.body == b""


def test_a_question_is_asked_once_and_few_small_answers_are_remembered() -> None:
    questions: list[object] = []

    async def ask(question: object, _parameters: object = None) -> object:
        questions.append(question)
        return question

    async def all_asked() -> None:
        answer = database.memoized(ask, worth=lambda found, asked: found != "large")
        for each in ("small", "small", "large", "large"):
            assert await answer(each, {"a": [1]}) == each
        assert await answer("small", {"a": [2]}) == "small", "other parameters, another question"
        for number in range(database.ANSWERS):
            await answer(number)
        await answer("small", {"a": [1]})

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        apart.submit(asyncio.run, all_asked()).result()
    assert [each for each in questions if isinstance(each, str)] == ["small", "large", "large", "small", "small"]


def test_pages_of_rows_are_not_remembered_and_counts_are() -> None:
    described = (("value",), ("count",))
    sql = "select value, count(*) from (select * from targets) group by value"
    assert database._lasting(Results([("a", 1)] * 20, False, described), sql)
    assert not database._lasting(Results([("a", 1)] * 60, False, described), sql)
    assert not database._lasting(Results([("文" * 2_000, 1)], False, described), sql), "bytes count, not letters"
    for fleeting in ("random()", "date('now')", "strftime('%s', 'now')", "CURRENT_DATE", "unixepoch()"):
        assert not database._lasting(Results([("a", 1)], False, described), f"select {fleeting}"), fleeting


def test_the_order_of_a_page_is_completed_and_other_sql_is_left() -> None:
    order = Order("order by region", "target_id")
    assert completed("select a from t order by region limit 21", order).endswith("region, target_id limit 21")
    later = "select a from t where x order by region, target_id limit 21"
    assert completed(later, order) == later
    assert completed("select count(*) from t", order) == "select count(*) from t"
    unsorted = Order("", "a, b")
    assert (
        completed("select a from v limit 21 offset 20", unsorted) == "select a from v order by a, b limit 21 offset 20"
    )


@pytest.mark.parametrize(("sort", "apart"), [("id", 1), ("twice", 3), ("empty", 3), (None, 3)])
def test_rows_of_a_view_are_told_apart_by_its_id_where_it_has_one(tmp_path: Path, sort: str | None, apart: int) -> None:
    file = tmp_path / "some.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("""CREATE TABLE t (id PRIMARY KEY, twice, empty);
          INSERT INTO t VALUES (1, 'x', 1), (2, 'x', NULL);
          CREATE VIEW v AS SELECT * FROM t""")
    served = Datasette(immutables=[str(file)]).get_database("some")
    with ThreadPoolExecutor(1) as other:  # a browser's loop may run in this thread
        found = other.submit(asyncio.run, of_view(served, "v", sort)).result()
    assert found == ["id", "twice", "empty"][:apart]


def test_a_location_is_brought_below_the_base_once() -> None:
    assert below("/db/", b"Location", b"/openplans") == b"/db/openplans"
    assert below("/db/", b"location", b"//evil.example") == b"/db/evil.example"
    for kept in (b"/db/openplans", b"search_targets?_search=x", b"https://example.org/"):
        assert below("/db/", b"location", kept) == kept
    assert below("/", b"location", b"/openplans") == b"/openplans" and below("/db/", b"link", b"/x") == b"/x"


def test_every_view_that_is_a_flat_table_leads_to_its_files() -> None:
    shown = {each.name for each in views()} & contract.flat().keys()
    assert formats.FLAT.keys() == shown | {"data_dictionary", "findings"}
