"""Asks nothing twice that has one answer as long as Datasette runs: the database does not change, and there are no accounts.

Comes in: a Datasette that begins. Goes out: the same, with what it asks for again and again remembered. For one page Datasette
looks up columns, keys and definitions a dozen times, each in another thread, checks nine permissions, each time with a copy
of all metadata, and takes its own address apart for each link; that was more than half of the time of a page. And whoever
sorts a list or turns its pages changes neither its length nor what its facets count.
"""

from __future__ import annotations

import gc
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Results
from datasette.utils.asgi import Request

SCHEMA = (
    "table_exists",
    "table_columns",
    "table_column_details",
    "primary_keys",
    "fts_table",
    "foreign_keys_for_table",
    "get_all_foreign_keys",
    "get_table_definition",
    "get_view_definition",
    "hidden_table_names",
    "label_column_for_table",
    "table_names",
    "view_names",
)
"""What a Database says of its schema."""

ANSWERS = 1_000
"""How many answers to one kind of question are remembered; those asked for longest ago go first."""

CELLS, BYTES = 100, 5_000
"""How large a question and an answer to a query may be that are remembered: counts and facets are, pages of rows are not."""

FLEETING = re.compile(r"random|now|current_|julianday|unixepoch|(?:date|time)\s*\(", re.IGNORECASE)
"""What a query asks of chance and the clock has another answer each time."""

Asked = Callable[..., Awaitable[Any]]


class Fixed(dict):
    """Metadata that nobody changes: a copy of it is itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Fixed:
        return self


@hookimpl
def startup(datasette: Datasette) -> None:
    """Remember from now on."""
    datasette._metadata_local = Fixed(datasette._metadata_local)
    datasette.permission_allowed = remembered(datasette.permission_allowed)
    datasette.absolute_url = _absolute(datasette)
    for database in datasette.databases.values():
        if not database.is_mutable:
            for name in SCHEMA:
                setattr(database, name, remembered(getattr(database, name)))
            database.execute = remembered(database.execute, _lasting)
    gc.freeze()  # what is loaded by now stays: to look it through again and again was a seventh of the time of a page
    gc.set_threshold(20_000, 20, 20)


def remembered(ask: Asked, worth: Callable[[Any, Any], bool] = lambda answer, *asked: True) -> Asked:
    """The same question, asked once for each set of arguments, if the answer is `worth` remembering (answer, first argument)."""
    known: OrderedDict[Hashable, Any] = OrderedDict()

    async def answer(*arguments: Any, **named: Any) -> Any:
        key = _hashable((arguments, named))
        if key in known:
            known.move_to_end(key)
            return known[key]
        found = await ask(*arguments, **named)
        if len(repr(key).encode()) <= BYTES and worth(found, arguments[0] if arguments else None):
            known[key] = found
            if len(known) > ANSWERS:
                known.popitem(last=False)
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
    return sum(len(str(cell).encode()) for row in results.rows for cell in row) <= BYTES


def _absolute(datasette: Datasette) -> Callable[[Request, str], str]:
    """`datasette.absolute_url`, quicker where the path begins at the root of our host, as those of links do."""
    whole = datasette.absolute_url

    def absolute_url(request: Request, path: str) -> str:
        if not path.startswith("/") or path.startswith("//"):
            return whole(request, path)
        scheme = "https" if datasette.setting("force_https_urls") else request.scheme
        return f"{scheme}://{request.host}{path}"

    return absolute_url
