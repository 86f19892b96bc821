"""How much a query may take: SQLite's own limits, its memory, and the bytes of an answer.

Comes in: the rows that a cursor gives. Goes out: the same, or TooLarge as soon as they are too many bytes for an answer
in any format. Apart from authorizer.py, which sets them on each connection and says what SQL may touch.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from json.encoder import encode_basestring_ascii
from typing import Any
from weakref import ref

from markupsafe import escape

from openplans.server.plugins.current import current

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 20_000,  # bytes of a cell; ours are below 3,000
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 10_000,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 1_500,  # Datasette asks for the labels of 1,000 rows at once
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""What one statement may take, beside the time that settings.json gives it. SQLite looks at the clock between steps
only, and one step of a function over long text (instr, trim) has no end in sight: so text is short."""

HEAP = 256_000_000
"""Bytes that SQLite may take in the whole process: sorting everything fails before the machine does."""

ANSWER = 10_000_000
"""Bytes of the largest answer: twenty times our longest page of 1,000 rows. Counted here while rows are fetched, in
responses.py while a body is sent."""

ROW, CELL, SHOWN_CELL, BINARY = 100, 20, 150, 60
"""What a row, a cell, a cell of a page and a binary cell cost beside their content: Python's objects, markup and the
time that it takes (60,000 cells are two seconds), the object that JSON has for bytes."""

SHOWN = 400
"""Letters of a cell that a page shows (settings.json, truncate_cells_html)."""


class TooLarge(sqlite3.DatabaseError):
    """An answer of more than ANSWER bytes. A DatabaseError, which Datasette shows beside the SQL, to be mended."""


class Counting:
    """A row factory that counts the bytes of what a cursor fetches, and raises TooLarge beyond ANSWER; for a CSV it
    prints bytes."""

    def __init__(self, make: Callable[[sqlite3.Cursor, tuple[Any, ...]], Any]) -> None:
        self.make = make
        self.cursor: Callable[[], sqlite3.Cursor | None] = lambda: None
        self.size = self.names = 0
        self.csv = False

    def __call__(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> Any:
        if self.cursor() is not cursor:
            self.cursor, self.size = ref(cursor), 0  # a weak one: a cursor that is kept keeps its statement open
            # Objects in JSON and labels in HTML repeat the name of the column in each row.
            asked = current.get()
            cell = SHOWN_CELL if asked and not asked.ending else CELL
            self.csv = bool(asked and asked.ending == "csv")
            self.names = ROW + sum(cell + size(each[0]) for each in cursor.description)
        self.size += self.names + sum(map(size, row))
        if self.size > ANSWER:
            raise TooLarge("answer too large")
        return self.make(cursor, tuple(map(_printed, row)) if self.csv else row)


def _printed(cell: Any) -> Any:
    """A cell for CSV: bytes as hexadecimal digits, in the place of a link that repeats the query and leads nowhere."""
    return cell.hex().upper() if isinstance(cell, bytes) else cell


def size(cell: Any) -> int:
    """The bytes that a cell takes in the format in which it takes most: JSON (escapes), or HTML (its first letters)."""
    if isinstance(cell, str):
        return max(len(encode_basestring_ascii(cell)), len(escape(cell[:SHOWN])))
    if isinstance(cell, bytes):  # JSON has those that are UTF-8 as text
        return max(2 * len(cell), size(cell.decode(errors="ignore"))) + BINARY
    return 8
