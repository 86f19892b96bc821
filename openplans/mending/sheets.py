"""A file of a spreadsheet program -> its sheets, each cell as text.

Comes in: an .xlsx, .ods, .xls or .csv. Goes out: its sheets by name, as a reader sees them, and what of them no table
has room for.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openplans.mending.tables import Mended, decoded
from openplans.packages import workbooks
from openplans.packages.workbooks import NoWorkbook

MOST_SHOWN = 3
"""How many places a message names."""

_COPY = re.compile(r"(?:[ _-]*(?:\(\d+\)|（\d+）|副本|复制|copy|new|新|修改后?|v?\d+|excel|\.excel))+$", re.IGNORECASE)
"""What programs and people put behind the name of a copy."""

SheetRows = tuple[str, list[list[str]], workbooks.Sheet]
"""A sheet: its name, its rows as text, and itself."""

_TEXT = workbooks.Sheet("", [], [])
"""What a CSV has besides its rows: nothing."""


def sheets(path: Path) -> list[SheetRows]:
    """The sheets of a file by name, each cell as text. NoWorkbook, NotMended."""
    if path.suffix.lower() == ".csv":
        result = Mended()
        text = decoded(path.read_bytes(), result)
        if text is None:
            raise NoWorkbook(result.refused[0][0])
        first = text.split("\n", 1)[0]
        mark = max(",;\t", key=first.count)
        try:
            return [(stem_of(path.name), list(csv.reader(io.StringIO(text), delimiter=mark)), _TEXT)]
        except csv.Error as error:
            raise NoWorkbook(str(error)) from error
    return [(each.name, _cells(each), each) for each in workbooks.sheets(path)]


def stem_of(name: str) -> str:
    """The name of a file without its ending and what marks it as a copy."""
    stem = name
    while "." in stem:
        stem = stem.rpartition(".")[0]
    return _COPY.sub("", stem.strip()).strip() or stem


def _cells(sheet: workbooks.Sheet) -> list[list[str]]:
    """The cells of a sheet as text, as a reader sees them: per cents with their sign, what was merged downwards in each
    of its rows.
    """
    workbooks.show_percents(sheet)
    rows = [[_text(cell) for cell in row] for row in sheet.rows]
    for (top, left), (bottom, right) in sheet.merged:
        for row in rows[top + 1 : bottom + 1] if left == right else ():
            row[left] = rows[top][left]
    return rows


def _text(cell: Any) -> str:
    """A cell of a workbook as text: a day in ISO form, a number with the digits that a program shows (15)."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return format(Decimal(format(cell, ".15g")), "f") if cell == cell else ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def left_out(sheet: workbooks.Sheet, start: int) -> Iterator[tuple[str, str]]:
    """What stands in a sheet below its head, and would go with its file: cells without a value that can be read, and
    comments. Those on the head are the site's own, which say what a column means."""
    if places := [workbooks.address(*each) for each in sheet.unread if each[0] > start]:
        yield (
            f"{sheet.name} 有 {len(places)} 格是没有算出的公式或错误值（{few(places)}）：在 Excel 里打开、存一次，"
            "或改写成数",
            f"{len(places)} cells of {sheet.name} are formulas without a value or errors: write the values",
        )
    said = [f"{workbooks.address(*each)} “{text}”" for each, text in sheet.comments.items() if each[0] > start]
    if said:
        yield (
            f"{sheet.name} 有 {len(said)} 条批注，读不进表（{few(said)}）：要紧的写进格子，再删去批注",
            f"{len(said)} comments of {sheet.name} have no place in a table: write them in cells, or remove them",
        )


def few(places: list[str]) -> str:
    """The first of some places, and whether there are more."""
    return "、".join(places[:MOST_SHOWN]) + ("……" if len(places) > MOST_SHOWN else "")
