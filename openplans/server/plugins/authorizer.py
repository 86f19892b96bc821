"""What SQL may touch: an authorizer with an allow list, defensive mode, and the limits of limits.py set.

Comes in: each connection that Datasette opens. Goes out: the same, on which a statement that is not allowed isn't even
prepared, and an answer that grows too large is refused while its rows are fetched.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from typing import Any

from datasette import hookimpl

from openplans.server.plugins.limits import HEAP, LIMITS, Counting

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
    # full-text search, Datasette's function for what is typed, and whether that is only near
    "match bm25 highlight snippet escape_fts near_fts".split()
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
