"""A workbook or a second CSV that was put beside the tables -> the tables with what it says.

Comes in: an .xlsx, .ods, .xls or .csv, and the tables as they are. Goes out: per table Mended, or why nothing was
taken. A sheet that has every column of a table takes its place; one with some columns and the ids, as the site's own
lists have, changes the rows it names. Numbers that mean the same stay as they were written. `sheets` reads the file,
`columns` says to which table a sheet belongs, `merge` brings its rows into that table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openplans.mending.columns import CODE, Tables, belongs, columns_of, flat_list
from openplans.mending.merge import merged
from openplans.mending.sheets import left_out, sheets, stem_of
from openplans.mending.tables import Mended, Surroundings

SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls", ".csv")

_FOOT = re.compile(
    r"[合总小共][ \u3000]*计|填[表报](?:人|单位|日期|时间|说明)|制表|审[核批]|(?:单位)?负责人|联系(?:人|电话)"
    r"|(?:备[ \u3000]*)?注[:：]|说明[:：]"
)
"""How a row below a table begins that is none of it."""

_PLAN = ("plan_id", "计划编号")
"""The column that tells of which plan a row is, in files of all plans."""


@dataclass(frozen=True)
class TakenSheet:
    """What a sheet became: the table it belongs to, and its text with what was done; of one of the site's lists the
    columns that were taken, the others being derived; the beginnings of the rows at its foot that are none.
    """

    table: str
    result: Mended
    columns: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()


def taken(path: Path, tables: Tables, current: Mapping[str, str], around: Surroundings) -> list[TakenSheet]:
    """What the sheets of a file make of the tables; `current` is the text of each table by name. NoWorkbook.

    A sheet that belongs to no table (a cover, a dictionary) is left out.
    """
    found: list[TakenSheet] = []
    for name, rows, sheet in sheets(path):
        start, table = belongs(name if path.suffix.lower() != ".csv" else stem_of(path.name), rows, tables)
        if table:
            records = [row for row in rows[start:] if any(cell.strip() for cell in row)]
            feet = [row for row in records[1:] if _is_foot(row)]
            records = _of_plan([row for row in records if row not in feet], path.parent.name)
            names = columns_of(records[0], tables[table]) if flat_list(records[0]) else []
            own = tuple(name for name in names if name and not name.endswith(CODE))
            result = merged(records, tables[table], current.get(table, ""), around)
            result.refused += left_out(sheet, start)
            if any((each.table, each.columns) == (table, own) and each.result.text != result.text for each in found):
                result.refuse(
                    f"有两个工作表是{tables[table]['title']}，内容不同（{name}）：留一个",
                    f"two of its sheets are the table {table} and differ ({name}): keep one",
                )
            found.append(TakenSheet(table, result, own, tuple(map(_first, feet))))
    return found


def _is_foot(row: list[str]) -> bool:
    """Whether a row is no row of the table, but its sum or what was written below it."""
    return _FOOT.match(_first(row)) is not None


def _first(row: list[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


def _of_plan(records: list[list[str]], plan: str) -> list[list[str]]:
    """Of a file of all plans the rows of one, without the column that tells of which each is."""
    place = next((number for number, cell in enumerate(records[0]) if cell.strip() in _PLAN), -1)
    if place < 0:
        return records
    own = [row for row in records[1:] if row[place : place + 1] == [plan]]
    return [[*row[:place], *row[place + 1 :]] for row in [records[0], *own]]
