"""A workbook that lies beside the tables or came back as a form -> its sheets, each cell as its program keeps it.

Comes in: an .xlsx, .xlsm or .ods, told by what it is and not by its name. Goes out: Sheets, or NoWorkbook. It is
read in a process of its own (confined.py), for a sheet takes the memory of the rectangle that its outermost cells span,
and everything that calamine gives and raises is here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from openplans.confined import Overrun, confined
from openplans.packages.cell_formats import CellFormats, Corner, cell_formats
from openplans.packages.files import other_kind

LARGEST = 50_000_000
"""A workbook beyond this many bytes is not opened."""

MOST = 3_000_000
"""Cells of a sheet, empty ones between others too: our longest list has 20,000, and what was filled down to the last
row of a sheet (1,048,576) is no list."""

CellValue = str | int | float | bool | date | datetime | time | timedelta
"""What a cell can hold."""

LETTERS = 50_000_000
"""Letters of all cells of a sheet, which unpack a thousandfold: our longest list has a million."""

SheetParts = tuple[str, list[list[CellValue]], list[tuple[Corner, Corner]], CellFormats]
"""A sheet as it comes from the process."""

OLD = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a file begins that Excel 97 to 2003 or WPS (.xls, .et) wrote (OLE 2)."""

_OLD_WORKBOOK = (
    "是旧版的 Excel 文件（.xls、.et），里面的百分数、公式和批注读不出来：在 Excel 或 WPS 里另存为 .xlsx",
    "it is a workbook of Excel 97 to 2003, of which per cents, formulas and comments cannot be told: save it as .xlsx",
)
"""Why it is not taken, although calamine reads it: 81% came as 0.81, a formula without its value as nothing."""

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream of an old container in which Office keeps a workbook that has a password."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows, the first and last cell (row and column from 0) of what is merged in it, the cells that are
    shown as per cents (1.05 as 105%), those of which no value can be read (a formula that no program has reckoned, an
    error), and what is said in comments.
    """

    name: str
    rows: list[list[CellValue]]
    merged: list[tuple[Corner, Corner]]
    percents: list[Corner] = field(default_factory=list)
    unread: list[Corner] = field(default_factory=list)
    comments: dict[Corner, str] = field(default_factory=dict)


class NoWorkbook(Exception):
    """The file could not be read as a workbook; `zh` says what it is instead, where that is known."""

    def __init__(self, en: str, zh: str = "") -> None:
        super().__init__(en)
        self.zh = zh


def address(row: int, column: int) -> str:
    """A cell, counted from 0, as spreadsheets call it: H12."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def sheets(path: Path) -> list[Sheet]:
    """The sheets of a file, with the empty rows and columns before the first cell that is filled. NoWorkbook."""
    return [
        Sheet(name, rows, merged, own.percents, own.unread, own.comments)
        for name, rows, merged, own in _told(path, "all")
    ]


def show_percents(sheet: Sheet) -> None:
    """Have the cells of per cents say what is seen: 1.05 is shown as 105%."""
    for row, column in sheet.percents:
        cells = sheet.rows[row] if row < len(sheet.rows) else []
        value = cells[column] if column < len(cells) else ""
        if isinstance(value, int | float):
            cells[column] = f"{(Decimal(f'{value:.15g}') * 100).normalize():f}%"


def names(path: Path) -> list[str]:
    """What the sheets of a file are called. NoWorkbook."""
    return [name for name, *_ in _told(path, "names")]


def _told(path: Path, what: str) -> list[SheetParts]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise NoWorkbook(f"it has more than {LARGEST:,} bytes")
        found, wrong = confined(__name__, "read", data, what)
    except Overrun as error:
        raise NoWorkbook(f"a sheet of it takes more memory or time than a table of {MOST:,} cells") from error
    except OSError as error:
        raise NoWorkbook(str(error)) from error
    if wrong:
        raise NoWorkbook(*reversed(_instead(path.name, data) or ("", wrong)))
    if data.startswith(OLD):
        raise NoWorkbook(*reversed(_OLD_WORKBOOK))
    return list(found)


def _instead(name: str, data: bytes) -> tuple[str, str] | None:
    """What a file is that is no workbook: in Chinese, in English."""
    if name.startswith("~$"):
        own = name.removeprefix("~$")
        return f"是“{own}”打开时留下的锁文件，表是“{own}”", f"it is what Excel leaves while {own} is open"
    if not data:
        return "是空的，一个字节也没有", "it is empty"
    if ENCRYPTED in data or (data.startswith(b"PK") and b"encryption-data" in _manifest(data)):
        return "加了密码，读不出来：在 Excel 或 WPS 里去掉打开密码", "it has a password: take it off"
    if data.startswith(b"PK") and not is_zipfile(io.BytesIO(data)):
        return "不完整，没有传完或没有存完", "it is cut off"
    if kind := other_kind(data):
        return f"是{kind[0]}，不是表格", f"it is {kind[1]}, no workbook"
    return None if b"\0" in data else ("是文本或 CSV，不是工作簿", "it is text or CSV, no workbook")


def _manifest(data: bytes) -> bytes:
    """What an .ods says of its parts; nothing of any other file."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return archive.read("META-INF/manifest.xml")
    except (BadZipFile, KeyError):
        return b""


def read(data: bytes, what: str) -> tuple[list[SheetParts], str]:
    """Of the process: the SheetParts of each sheet, and why they could not be read."""
    from lxml.etree import XMLSyntaxError
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if what == "names":
            return [(name, [], [], CellFormats()) for name in book.sheet_names], ""
        found: list[SheetParts] = []
        marked = cell_formats(data)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            row, column = sheet.end or (0, 0)
            if (row + 1) * (column + 1) > MOST:
                return [], f"sheet {name} has more than {MOST:,} cells"
            rows = sheet.to_python(skip_empty_area=False)
            if sum(len(cell) for row in rows for cell in row if isinstance(cell, str)) > LETTERS:
                return [], f"sheet {name} has more than {LETTERS:,} letters"
            own = marked.get(name, CellFormats())
            merged = sheet.merged_cell_ranges or own.merged
            found.append((name, [list(row) for row in rows], merged, own))
    except (CalamineError, KeyError, ValueError, BadZipFile, XMLSyntaxError) as error:
        return [], str(error)
    return found, ""
