"""A total order for pages of rows, so that paging neither loses nor repeats one.

Comes in: a request for a table or view. Goes out: its order, noted for database.py. Datasette orders the first page
by the column alone and the later ones by column and key, and pages of a view by offset in whatever order ties come:
rows that are equal in the column then move from page to page. No hook of Datasette's reaches the ORDER BY, so it is
completed in the SQL.
"""

from __future__ import annotations

from datasette import hookimpl
from datasette.app import Datasette
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
        keys = [name for name in await source.table_columns(table) if name not in UNORDERED]
    if not view and not up and not down:
        return None  # by its key, which Datasette writes
    by = f"order by {escape_sqlite(down)} desc" if down else f"order by {escape_sqlite(up)}" if up else ""
    return Order(by, ", ".join(map(escape_sqlite, keys)))


def completed(sql: str, order: Order) -> str:
    """The SQL of a page with its ties decided. That of a later page of a table is complete."""
    head, found, tail = sql.rpartition(" limit ")
    if not found or not head.startswith("select "):
        return sql
    if order.by and head.endswith(f" {order.by}"):
        return f"{head}, {order.ties} limit {tail}"
    return sql if order.by else f"{head} order by {order.ties} limit {tail}"
