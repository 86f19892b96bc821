"""CSV, and CSV for Excel.

Comes in: a PublishedTable. Goes out: the bytes of a file. The plain CSV is exact: the package's own file where there
is one. The one for Excel has a byte order mark, so that Excel knows its encoding, the line ends of Windows, and an
apostrophe before text that Excel would take for a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from openplans.downloads.table import PublishedTable

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula may begin with; the last four are the full-width =, +, - and @, which Excel takes likewise."""

_SPECIAL = re.compile('[",\r\n]')
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def exact(table: PublishedTable) -> bytes:
    """UTF-8, LF, RFC 4180."""
    return table.file.read_bytes() if table.file else _written(table, "\n", text).encode()


def for_excel(table: PublishedTable) -> bytes:
    """UTF-8 with a byte order mark, CRLF, no cell a formula."""
    return BYTE_ORDER_MARK + _written(table, "\r\n", lambda value: harmless(text(value))).encode()


def text(value: Any) -> str:
    """A cell in a CSV; a number as the package has it."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def harmless(cell: str) -> str:
    """Text that a spreadsheet program does not run: an apostrophe before what may be a formula. A number stays one."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _written(table: PublishedTable, line_end: str, cell: Callable[[Any], str]) -> str:
    names = [field["name"] for field in table.fields]
    lines = [map(cell, names), *([cell(row[name]) for name in names] for row in table.rows)]
    return "".join(",".join(map(_quoted, line)) + line_end for line in lines)


def _quoted(cell: str) -> str:
    """A cell as RFC 4180 has it; Python's own writer leaves a bare carriage return unquoted."""
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell
