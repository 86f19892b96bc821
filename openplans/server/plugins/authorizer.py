"""What SQL may touch and take: an authorizer with an allow list, defensive mode, SQLite's own limits, a limit of bytes.

Comes in: each connection that Datasette opens. Goes out: the same, on which a statement that is not allowed isn't even
prepared, and an answer that grows too large is refused while its rows are fetched.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from json.encoder import encode_basestring_ascii
from typing import Any
from weakref import ref

from datasette import hookimpl
from markupsafe import escape

from openplans.server.plugins.current import current

FUNCTIONS = frozenset(
    # scalar
    "-> ->> abs char coalesce concat concat_ws glob hex if ifnull iif instr "  # noqa: SIM905  quotes around each would hide them
    "length like likelihood likely lower ltrim max min "
    "nullif octet_length quote random replace round rtrim sign soundex substr substring trim typeof unhex unicode "
    "unlikely upper "
    # dates
    "current_date current_time current_timestamp date datetime julianday strftime time timediff unixepoch "
    # aggregates and windows
    "avg count group_concat median percentile percentile_cont percentile_disc string_agg sum total "
    "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number "
    # mathematics
    "acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power "
    "radians sin sinh sqrt tan tanh trunc "
    # JSON
    "json json_array json_array_length json_error_position json_extract json_group_array json_group_object json_insert "
    "json_object json_patch json_pretty json_quote json_remove json_replace json_set json_type json_valid "
    # full-text search, and Datasette's function for what is typed
    "match bm25 highlight snippet escape_fts".split()
)
"""What a query may call. Not here, among others: fts3_tokenizer (reads and writes function pointers), load_extension,
printf and format (a width of 900 million is one step that no time limit ends), zeroblob and randomblob (bytes from
nothing)."""

TABLE_VALUED = frozenset(
    [
        "json_each",
        "json_tree",
        "pragma_table_info",
        "pragma_table_xinfo",
        "pragma_foreign_key_list",
        "pragma_index_list",
        "pragma_index_info",
        "pragma_index_xinfo",
    ]
)
"""Table-valued functions that a query may read. Not pragma_database_list: it tells where the file is."""

PRAGMAS = frozenset(
    [
        "table_info",
        "table_xinfo",
        "foreign_key_list",
        "index_list",
        "index_info",
        "index_xinfo",
        "schema_version",
        "data_version",
        "database_list",
    ]
)
"""What Datasette asks, and the functions above. PRAGMA itself isn't SQL that a visitor can send, so none reads
database_list."""

SCHEMA_TABLES = frozenset(["sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"])

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
"""Bytes of the largest answer: twenty times our longest page of 1,000 rows."""

ROW, CELL, SHOWN_CELL, BINARY = 100, 20, 150, 60
"""What a row, a cell, a cell of a page and a binary cell cost beside their content: Python's objects, markup and the
time that it takes (60,000 cells are two seconds), the object that JSON has for bytes."""

SHOWN = 400
"""Letters of a cell that a page shows (settings.json, truncate_cells_html)."""


class TooLarge(sqlite3.DatabaseError):
    """An answer of more than ANSWER bytes. A DatabaseError, which Datasette shows beside the SQL, to be mended."""


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Limit a connection to the data. `_internal` is Datasette's own, and closed to visitors."""
    if database == "_internal":
        return
    for limit, value in LIMITS.items():
        conn.setlimit(limit, value)
    for name, trim in (("trim", str.strip), ("ltrim", str.lstrip), ("rtrim", str.rstrip)):
        conn.create_function(name, 2, _trimming(trim), deterministic=True)
    conn.execute("PRAGMA temp_store = MEMORY")
    conn.execute(f"PRAGMA hard_heap_limit = {HEAP}")
    conn.execute("PRAGMA query_only = ON")
    if sys.version_info >= (3, 12):
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, False)
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, False)
    conn.row_factory = Counting(conn.row_factory or sqlite3.Row)
    conn.set_authorizer(_authorizer(conn))


def _trimming(trim: Callable[[str, str], str]) -> Callable[[Any, Any], str | None]:
    """SQLite's own takes the square of the length, and does not look at the clock."""

    def trimmed(text: Any, letters: Any) -> str | None:
        return None if text is None or letters is None else trim(_text(text), _text(letters))

    return trimmed


def _text(value: Any) -> str:
    """A value as text; bytes are read as SQLite reads them."""
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _authorizer(conn: sqlite3.Connection) -> Callable[..., int]:
    """The callback that SQLite asks for each thing a statement does while it is prepared."""
    tables = SCHEMA_TABLES | TABLE_VALUED | {row[0].lower() for row in conn.execute("SELECT name FROM sqlite_master")}
    modules = {row[0].lower() for row in conn.execute("PRAGMA module_list")} - TABLE_VALUED

    def allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        name = (first or "").lower()
        if action == sqlite3.SQLITE_READ and not second:
            # No column of it is read, so it may be the name of a WITH: refused if it is that of a virtual table.
            fine = name not in modules and (not name.startswith("pragma_") or name in TABLE_VALUED)
        elif action == sqlite3.SQLITE_READ:
            fine = name in tables
        elif action == sqlite3.SQLITE_FUNCTION:
            fine = (second or "").lower() in FUNCTIONS
        elif action == sqlite3.SQLITE_PRAGMA:
            fine = name in PRAGMAS
        elif action == sqlite3.SQLITE_UPDATE:
            fine = (
                name == "sqlite_master"
            )  # asked when a virtual table declares its columns; the file itself is read-only
        else:
            fine = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE)
        return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY

    return allowed


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
