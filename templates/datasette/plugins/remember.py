"""Asks the database for its schema once, and copies the metadata never: both are the same for every request.

Comes in: a Datasette that begins. Goes out: the same, with what it asks for again and again remembered. Datasette looks
up columns, keys and definitions a dozen times a page, each in another thread, and copies all metadata at each check of a
permission; that was half of the time of a page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

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


class Fixed(dict):
    """Metadata that nobody changes: a copy of it is itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Fixed:
        return self


@hookimpl
def startup(datasette: Datasette) -> None:
    """Remember from now on."""
    datasette._metadata_local = Fixed(datasette._metadata_local)
    for database in datasette.databases.values():
        if not database.is_mutable:
            for name in SCHEMA:
                setattr(database, name, _remembered(getattr(database, name)))


def _remembered(asked: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The same question, asked once for each argument."""
    known: dict[tuple[Any, ...], Any] = {}

    async def answer(*arguments: Any) -> Any:
        if arguments not in known:
            known[arguments] = await asked(*arguments)
        return known[arguments]

    return answer
