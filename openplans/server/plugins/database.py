"""The database as it is served: immutable, so that nothing is asked twice; ordered in full; its errors in words.

Comes in: a Datasette that begins. Goes out: the same with a Database of ours. For one page Datasette looks up
columns, keys and definitions a dozen times, each in another thread, checks nine permissions, each time with a copy of
all metadata, and takes its own address apart for each link; that was more than half of the time of a page. And
whoever sorts a list or turns its pages changes neither its length nor what its facets count. So answers are memoized
(LRU).
"""

from __future__ import annotations

import asyncio
import gc
import re
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any

import datasette.database as datasettes
from cachetools import LRUCache
from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database, Results
from datasette.utils.asgi import Request

from openplans.server.plugins.current import Current, current
from openplans.server.plugins.errors import words
from openplans.server.plugins.ordering import completed
from openplans.server.plugins.responses import AsgiApp, Receive, Scope, Send

ANSWERS = 1_000
"""How many answers to one kind of question are remembered; the least recently used go first."""

CELLS, BYTES = 100, 5_000
"""The most cells and bytes of an answer that is remembered: counts and facets are, pages of rows are not."""

FLEETING = re.compile(r"random|now|current_|julianday|unixepoch|(?:date|time|timediff)\s*\(", re.IGNORECASE)
"""What a query asks of chance and the clock has another answer each time."""

WAITING = 10
"""The limit by the clock, as a multiple of the limit of computing time: other queries compute meanwhile."""

STEPS = 1_000
"""Instructions of SQLite's virtual machine between two looks at the clock: about 0.1 ms."""

Asked = Callable[..., Awaitable[Any]]


@contextmanager
def limited(connection: sqlite3.Connection, milliseconds: int) -> Iterator[None]:
    """End a query whose time is up: its own of the processor, so that a busy machine doesn't end those of others."""
    computed = time.thread_time() + milliseconds / 1000
    passed = time.monotonic() + WAITING * milliseconds / 1000

    def up() -> bool:
        return time.thread_time() >= computed or time.monotonic() >= passed

    connection.set_progress_handler(up, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, STEPS)


datasettes.sqlite_timelimit = limited
"""In the place of Datasette's, which looks at the clock on the wall."""


class Fixed(dict[str, Any]):
    """Metadata that nobody changes: a copy of it is itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Fixed:
        return self


@hookimpl
def startup(datasette: Datasette) -> None:
    """Put ours in the place of Datasette's databases, and remember what has one answer."""
    datasette._metadata_local = Fixed(datasette._metadata_local)
    datasette.permission_allowed = memoized(datasette.permission_allowed)
    datasette.absolute_url = _absolute(datasette)
    for name, database in list(datasette.databases.items()):
        if not database.is_mutable and not isinstance(database, ImmutableDatabase):
            datasette.remove_database(name)
            datasette.add_database(ImmutableDatabase(database), name=name, route=database.route)
    # What is loaded by now stays: to look it through again and again was a seventh of the time of a page. But for a
    # Datasette that was replaced by this one.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[AsgiApp], AsgiApp]:
    """Give threads and files back at the end: `make serve` has another Datasette after each build."""

    def wrap(app: AsgiApp) -> AsgiApp:
        async def ending(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await app(scope, receive, send)
            finally:
                if scope["type"] == "lifespan":
                    if datasette.executor:
                        await asyncio.to_thread(datasette.executor.shutdown)
                    for database in datasette.databases.values():
                        if database.is_mutable:  # _internal: its thread for writing ends with what it is given to do
                            await database.execute_write_fn(sys.exit, block=False)
                        database.close()

        return ending

    return wrap


class ImmutableDatabase(Database):
    """A database that nobody changes: `execute` as ordering.py and limits.py want it, and all else asked once."""

    SCHEMA = (
        "table_columns",
        "table_column_details",
        "primary_keys",
        "fts_table",
        "foreign_keys_for_table",
        "get_all_foreign_keys",
        "hidden_table_names",
        "label_column_for_table",
    )
    """What Datasette asks of the schema otherwise than by `execute`, again for each page."""

    def __init__(self, served: Database) -> None:
        super().__init__(served.ds, path=served.path, is_mutable=False)
        self.cached_hash, self._cached_table_counts = served.cached_hash, served._cached_table_counts
        self.served = served
        # All at once: when a thread begins, another site may be in the place of this one.
        threads = max(1, served.ds.setting("num_sql_threads"))
        self.opened: list[sqlite3.Connection] = [Database.connect(self) for _ in range(threads)]
        self._ask = memoized(super().execute, _lasting)
        for name in self.SCHEMA:
            setattr(self, name, memoized(getattr(self, name)))

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """One of those that stand open, for a thread of Datasette's."""
        connection: sqlite3.Connection = self.opened.pop() if self.opened else super().connect(write)
        return connection

    def close(self) -> None:
        """Close them all; a connection that isn't closed stays for ever, for it and its functions hold one another."""
        super().close()
        self.served.close()

    async def execute(self, sql: str, params: Any = None, truncate: bool = False, **options: Any) -> Results:
        """The rows; a page of them in a total order. A CSV is whole: it has no place to say that it was cut."""
        asked = current.get() or Current()
        if truncate and asked.order:
            sql = completed(sql, asked.order)
        try:
            found = await self._ask(
                sql, params, truncate and asked.ending != "csv", **{**options, "log_sql_errors": False}
            )
        except Exception as error:
            asked.failed = error
            if isinstance(error, (sqlite3.DatabaseError, sqlite3.Warning)):
                kind = type(error) if isinstance(error, sqlite3.DatabaseError) else sqlite3.DatabaseError
                asked.failed = kind(words(error))
                raise asked.failed from error
            raise
        asked.failed = None
        return found

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """`fn` in a thread for queries, with the current request, which counting asks for its format."""
        context = copy_context()
        return await super().execute_fn(lambda connection: context.run(fn, connection))


def memoized(ask: Asked, worth: Callable[[Any, Any], bool] = lambda answer, *asked: True) -> Asked:
    """The same question, asked once for each set of arguments, if the answer is `worth` remembering (answer, first
    argument)."""
    known: LRUCache[Hashable, Any] = LRUCache(ANSWERS)

    async def answer(*arguments: Any, **named: Any) -> Any:
        key = _hashable((arguments, named))
        if key in known:
            return known[key]
        found = await ask(*arguments, **named)
        if len(repr(key).encode(errors="replace")) <= BYTES and worth(found, arguments[0] if arguments else None):
            known[key] = found
        return found

    return answer


def _hashable(value: Any) -> Hashable:
    """A value to look another up by: the parameters of a query are a list or a dict."""
    if isinstance(value, dict):
        return tuple((name, _hashable(each)) for name, each in value.items())
    return tuple(map(_hashable, value)) if isinstance(value, (list, tuple)) else value


def _lasting(results: Results, sql: str) -> bool:
    """Whether an answer to a query takes little room, and stays true."""
    if FLEETING.search(sql) or len(results.rows) * len(results.description or ()) > CELLS:
        return False
    return sum(len(str(cell).encode(errors="replace")) for row in results.rows for cell in row) <= BYTES


def _absolute(datasette: Datasette) -> Callable[[Request, str], str]:
    """`datasette.absolute_url`, quicker where the path begins at the root of our host, as those of links do."""
    whole = datasette.absolute_url

    def absolute_url(request: Request, path: str) -> str:
        if not path.startswith("/") or path.startswith("//"):
            return str(whole(request, path))
        scheme = "https" if datasette.setting("force_https_urls") else request.scheme
        return f"{scheme}://{request.host}{path}"

    return absolute_url
