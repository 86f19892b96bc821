"""A total order for pages of rows, so that paging neither loses nor repeats one.

Comes in: a request for a table or view. Goes out: its order, noted for database.py. Datasette orders the first page
by the column alone and the later ones by column and key, and pages of a view by offset in whatever order ties come:
rows that are equal in the column then move from page to page. No hook of Datasette's reaches the ORDER BY, so it is
completed in the SQL.
"""

from __future__ import annotations

from contextlib import suppress

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils import escape_sqlite
from datasette.utils.asgi import Request

from openplans.server.plugins.current import Order, current

UNORDERED = ("search", "relevance")
"""Columns of a ranked view that are its index, not its rows."""


@hookimpl
async def filters_from_request(request: Request, database: str, table: str, datasette: Datasette) -> None:
    """Note the order of a table or view. A filter it is not; but this hook knows the table, before the rows are asked
    for."""
    if asked := current.get():
        asked.order = await _order(request, database, table, datasette)


async def _order(request: Request, database: str, table: str, datasette: Datasette) -> Order | None:
    """The order that Datasette is about to write, and the columns that decide between ties."""
    words = datasette.table_metadata(database, table)
    up, down = request.args.get("_sort"), request.args.get("_sort_desc")
    if not up and not down:
        up, down = words.get("sort"), words.get("sort_desc")
    source = datasette.get_database(database)
    keys = await source.primary_keys(table)
    if not keys and await source.table_exists(table):
        keys = ["rowid"]
    view = not keys
    if view:
        keys = [words["ranked"]] if words.get("ranked") else await of_view(source, table, words.get("sort"))
    if keys == [up or down] or (not view and not up and not down):
        return None  # nothing ties: by a key, which Datasette writes
    by = f"order by {escape_sqlite(down)} desc" if down else f"order by {escape_sqlite(up)}" if up else ""
    return Order(by, ", ".join(map(escape_sqlite, keys)))


async def of_view(source: Database, view: str, sort: str | None) -> list[str]:
    """The columns that tell the rows of a view apart: the one that it is sorted by, where no two rows have the same in
    it, else all. To sort by all, SQLite has to make every row; by one that the table below has an index for, those of
    the page only."""
    if sort and sort not in UNORDERED:
        name, of = escape_sqlite(sort), escape_sqlite(view)
        with suppress(QueryInterrupted):  # a view too long to be looked through is ordered by all
            found = await source.execute(f"select count(*) = count(distinct {name}) from {of}")
            if found.single_value():
                return [sort]
    return [name for name in await source.table_columns(view) if name not in UNORDERED]


def completed(sql: str, order: Order) -> str:
    """The SQL of a page with its ties decided. That of a later page of a table is complete."""
    head, found, tail = sql.rpartition(" limit ")
    if not found or not head.startswith("select "):
        return sql
    if order.by and head.endswith(f" {order.by}"):
        return f"{head}, {order.ties} limit {tail}"
    return sql if order.by else f"{head} order by {order.ties} limit {tail}"
