"""XLSX: a cover, the tables, and what their columns mean.

Comes in: PublishedTables, and the cover's lines. Goes out: the bytes of a workbook. Text is written as text, numbers
as numbers and days as days, by the schema's types, so no cell can become a formula and no code loses its leading
zero.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from openplans.downloads.table import Origin, PublishedTable, Value, plain
from openplans.schema.shapes import Field

CoverLine = tuple[str, str]
"""A line of the cover: what is said, and what of it."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NARROW, _WIDE = 8, 60
"""Widths of columns, in characters; longer text is wrapped."""

_PAPER = 24
"""The widest column of a sheet that is printed upright: nine of them leave letters of two millimetres."""

_LINE, _HIGHEST = 15, 409
"""Points: the height of a line of 11 points, and the most that Excel allows for a row."""

_LOOKED_AT = 200
"""How many rows decide on a column's width: enough to see what is usual in it."""

_CELL = 32_767
"""The longest text that a cell of Excel holds; a longer one is cut, and ends with an ellipsis."""

_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 links; beyond this number they are written as text."""

_DICTIONARY = ("table", "column", "type", "title", "title_en", "description", "description_en", "allowed")


def workbook(
    tables: Sequence[PublishedTable], made: Origin, cover: Sequence[CoverLine], sheets: tuple[str, str]
) -> bytes:
    """A workbook of a cover, a sheet for each table and the dictionary; `sheets`: how first and last are called. One
    that is made to be printed has no dictionary, which was half of it: the heads of its columns say what they mean."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties(
            {
                "title": f"{made.title} / {made.title_en}",
                "author": made.publisher.publisher,
                "keywords": made.name,
                "comments": made.address,
                "category": made.licence["title"],
                "created": datetime.fromisoformat(made.updated),
            }
        )
        book.set_custom_property("version", made.version)
        styles = {
            "head": book.add_format(_HEAD),
            "wrap": book.add_format(_WRAP),
            "top": book.add_format({"valign": "top"}),
            "day": book.add_format(_DAY),
        }
        _cover(book.add_worksheet(sheets[0]), cover, styles)
        for table in tables:
            _table(book.add_worksheet(table.name), table, styles)
        if not all(table.paper for table in tables):
            _table(book.add_worksheet(sheets[1]), _dictionary(tables, made), styles)
    return file.getvalue()


_HEAD = {"bold": True, "bg_color": "#E6EDF5", "bottom": 1, "valign": "top"}
_WRAP = {"text_wrap": True, "valign": "top"}
_DAY = {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}


def _cover(sheet: Worksheet, lines: Sequence[CoverLine], styles: dict[str, Format]) -> None:
    sheet.hide_gridlines(2)
    _printed(sheet, upright=True)
    sheet.set_column(0, 0, 22, styles["top"])
    sheet.set_column(1, 1, 90, styles["wrap"])
    for number, (label, said) in enumerate(lines):
        sheet.write_string(number, 0, label)
        if said.startswith(("https://", "http://")):
            sheet.write_url(number, 1, said)
        else:
            sheet.write_string(number, 1, said)


def _table(sheet: Worksheet, table: PublishedTable, styles: dict[str, Format]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _printed(sheet, upright=bool(table.paper))
    widest = _PAPER if table.paper else _WIDE
    for column, field in enumerate(table.fields):
        width = _width(table, field)
        folded = {"level": 1, "hidden": True} if table.paper and field["name"] not in table.paper else None
        sheet.set_column(column, column, min(width, widest), styles["wrap" if width > widest else "top"], folded)
        sheet.write_string(0, column, field["name"], styles["head"])
        if help_text := _help(field):
            sheet.write_comment(0, column, help_text, {"x_scale": 2, "author": ""})
        _cells(sheet, column, field, table, styles["day"])
    _heights(sheet, table, widest)
    sheet.autofilter(0, 0, len(table.rows), len(table.fields) - 1)


def _heights(sheet: Worksheet, table: PublishedTable, widest: int) -> None:
    """As high as the longest cell that is shown needs: Excel sees to it when it opens the file, but LibreOffice shows
    and prints the first line only."""
    shown = [field["name"] for field in table.fields if not table.paper or field["name"] in table.paper]
    for number, row in enumerate(table.rows, 1):
        lines = max((_lines(cell, widest) for name in shown if isinstance(cell := row[name], str)), default=1)
        if lines > 1:
            sheet.set_row(number, min(lines * _LINE, _HIGHEST))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of a width: one column is left, for a Chinese character is not cut."""
    if 2 * len(text) <= width - 2 and "\n" not in text:  # most are short, and to count letters takes long
        return 1
    return sum(max(1, -(-_characters(line) // (width - 2))) for line in text.splitlines())


def _characters(text: str) -> int:
    """How many characters wide a text is; a Chinese character counts for two."""
    return len(text.encode("gb18030", "replace"))


def _printed(sheet: Worksheet, upright: bool) -> None:
    """On paper: A4, as wide as a page, with its number; across where many columns are printed."""
    sheet.set_paper(9)
    if not upright:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&A  &P / &N")


def _cells(sheet: Worksheet, column: int, field: Field, table: PublishedTable, day: Format) -> None:
    """The cells of one column, each by its type; what is empty is not written. A day is one that Excel can sort, filter
    by month and reckon with."""
    linked = field.get("format") == "uri" and len(table.rows) < _LINKS // 2
    for number, row in enumerate(table.rows, 1):
        cell = plain(row[field["name"]], field["type"])
        if cell is not None and field["type"] == "date":
            sheet.write_datetime(number, column, date.fromisoformat(str(cell)), day)
        elif isinstance(cell, str):
            if linked and cell.startswith(("https://", "http://")):
                sheet.write_url(number, column, cell)
            else:
                sheet.write_string(number, column, cell if len(cell) <= _CELL else f"{cell[: _CELL - 1]}…")
        elif cell is not None:
            sheet.write_number(number, column, cell)


def _width(table: PublishedTable, field: Field) -> int:
    """How many characters wide the column's usual cell is."""
    shown = (str(row[field["name"]]) for row in table.rows[:_LOOKED_AT])
    return max(_NARROW, len(field["name"]) + 4, *(_characters(cell) + 2 for cell in shown), _NARROW)


def _help(field: Mapping[str, Any]) -> str:
    """The comment on a column's head: its title and meaning in both languages."""
    pairs = (("title", "title_en"), ("description", "description_en"))
    return "\n".join(" / ".join(filter(None, (field.get(zh), field.get(en)))) for zh, en in pairs).strip()


def _dictionary(tables: Sequence[PublishedTable], made: Origin) -> PublishedTable:
    """The columns of the tables as a table."""
    rows: list[Mapping[str, Value]] = [
        {
            **{name: str(field.get(name, "")) for name in _DICTIONARY},
            "table": table.name,
            "column": field["name"],
            "allowed": " ".join(field.get("constraints", {}).get("enum", [])),
        }
        for table in tables
        for field in table.fields
    ]
    fields: list[Field] = [{"name": name, "type": "string", "title": name, "title_en": name} for name in _DICTIONARY]
    return PublishedTable("dictionary", "", "", "", "", fields, rows, made)
