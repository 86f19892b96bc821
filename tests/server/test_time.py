"""The time of a query is what it computes itself: a busy machine ends nobody's query early, and none runs for ever."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from openplans.server.plugins import database

COUNTING = "with recursive c (x) as (select 1 union all select x + 1 from c{}) select count(*) from c"


def waiting() -> int:
    """What waits for another thread to compute."""
    other = threading.Thread(target=sum, args=(range(2_000_000),))
    other.start()
    other.join()
    return 1


def test_an_endless_query_is_ended() -> None:
    connection = sqlite3.connect(":memory:")
    with database.limited(connection, 20), pytest.raises(sqlite3.OperationalError, match="interrupted"):
        connection.execute(COUNTING.format("")).fetchall()
    assert connection.execute(COUNTING.format(" limit 500000")).fetchall(), "and the next one has no limit"


def test_the_time_that_others_compute_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAITING", 10_000)
    connection = sqlite3.connect(":memory:")
    connection.create_function("waiting", 0, waiting)
    sql = COUNTING.format(" limit 2000").replace("count(*)", "sum(case when x % 100 = 0 then waiting() end)")
    with database.limited(connection, 100):
        assert connection.execute(sql).fetchone() == (20,)


def test_a_query_that_waits_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever computes nothing, but takes the turn of others, has no time without end."""
    monkeypatch.setattr(database, "WAITING", 0)
    connection = sqlite3.connect(":memory:")
    with database.limited(connection, 100_000), pytest.raises(sqlite3.OperationalError, match="interrupted"):
        connection.execute(COUNTING.format("")).fetchall()
