"""A workbook or a second CSV that was put beside the tables -> the tables with what it says.

Comes in: an .xlsx, .ods, .xls or .csv, and the tables as they are. Goes out: per table Mended, or why nothing was
taken. A sheet that has every column of a table takes its place; one with some columns and the ids, as the site's own
lists have, changes the rows it names. Numbers that mean the same stay as they were written.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from openplans.mending.cells import NotMended, mended, narrow
from openplans.mending.tables import Mended, Surroundings, decoded, in_form
from openplans.packages import workbooks
from openplans.packages.header import titles
from openplans.packages.workbooks import NoWorkbook
from openplans.packages.write import records_text
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Field, Resource

SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls", ".csv")

_COPY = re.compile(r"(?:[ _-]*(?:\(\d+\)|（\d+）|副本|复制|copy|new|新|修改后?|v?\d+|excel|\.excel))+$", re.IGNORECASE)
"""What programs and people put behind the name of a copy."""

FLAT = {
    "targets_named": (
        "targets",
        (
            "target_id",
            "restates",
            "indicator",
            "concept_id",
            "scope",
            "measure",
            "comparator",
            "value",
            "value_max",
            "unit",
            "period_start",
            "period_end",
            "commitment",
            "quote",
            "note",
        ),
    ),
    "responsibilities_named": ("responsibilities", ("task_id", "org_id", "name_in_source", "role", "rank")),
    "tasks_named": ("tasks", ("task_id", "number", "task", "theme_id", "period_start", "period_end")),
    "projects_named": ("projects", ("project_id", "project", "stage", "period_end", "quote")),
}
"""The site's own lists: the table whose rows they show, and the columns that are its own, not derived."""

_CALLED = {("tasks_named", "task"): "title", ("projects_named", "project"): "name"}
"""Columns of the lists that their table calls otherwise."""

_FOOT = re.compile(
    r"[合总小共][ \u3000]*计|填[表报](?:人|单位|日期|时间|说明)|制表|审[核批]|(?:单位)?负责人|联系(?:人|电话)"
    r"|(?:备[ \u3000]*)?注[:：]|说明[:：]"
)
"""How a row below a table begins that is none of it."""

_CODE = "_code"
"""What a list calls the column of the codes behind that of their words."""

_PLAN = ("plan_id", "计划编号")
"""The column that tells of which plan a row is, in files of all plans."""

SheetRows = tuple[str, list[list[str]], workbooks.Sheet]
"""A sheet: its name, its rows as text, and itself."""

Tables = Mapping[str, Resource]
PrimaryKey = tuple[str, ...]


@dataclass(frozen=True)
class TakenSheet:
    """What a sheet became: the table it belongs to, and its text with what was done; of one of the site's lists the
    columns that were taken, the others being derived; the beginnings of the rows at its foot that are none.
    """

    table: str
    result: Mended
    columns: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()


_SIGNED = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ?%")
"""A figure with the sign that a program shows."""


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
            return [(_stem(path.name), list(csv.reader(io.StringIO(text), delimiter=mark)), _TEXT)]
        except csv.Error as error:
            raise NoWorkbook(str(error)) from error
    return [(each.name, _cells(each), each) for each in workbooks.sheets(path)]


def _lost(sheet: workbooks.Sheet, start: int) -> Iterator[tuple[str, str]]:
    """What stands in a sheet below its head, and would go with its file: cells without a value that can be read, and
    comments. Those on the head are the site's own, which say what a column means."""
    if places := [workbooks.address(*each) for each in sheet.unread if each[0] > start]:
        yield (
            f"{sheet.name} 有 {len(places)} 格是没有算出的公式或错误值（{_few(places)}）：在 Excel 里打开、存一次，"
            "或改写成数",
            f"{len(places)} cells of {sheet.name} are formulas without a value or errors: write the values",
        )
    said = [f"{workbooks.address(*each)} “{text}”" for each, text in sheet.comments.items() if each[0] > start]
    if said:
        yield (
            f"{sheet.name} 有 {len(said)} 条批注，读不进表（{_few(said)}）：要紧的写进格子，再删去批注",
            f"{len(said)} comments of {sheet.name} have no place in a table: write them in cells, or remove them",
        )


def _few(places: list[str]) -> str:
    """The first of some places, and whether there are more."""
    return "、".join(places[:MOST_REMOVED]) + ("……" if len(places) > MOST_REMOVED else "")


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


def taken(path: Path, tables: Tables, current: Mapping[str, str], around: Surroundings) -> list[TakenSheet]:
    """What the sheets of a file make of the tables; `current` is the text of each table by name. NoWorkbook.

    A sheet that belongs to no table (a cover, a dictionary) is left out.
    """
    found: list[TakenSheet] = []
    for name, rows, sheet in sheets(path):
        start, table = _belongs(name if path.suffix.lower() != ".csv" else _stem(path.name), rows, tables)
        if table:
            records = [row for row in rows[start:] if any(cell.strip() for cell in row)]
            feet = [row for row in records[1:] if _is_foot(row)]
            records = _of_plan([row for row in records if row not in feet], path.parent.name)
            names = _columns(records[0], tables[table]) if _flat(records[0]) else []
            own = tuple(name for name in names if name and not name.endswith(_CODE))
            result = _merged(records, tables[table], current.get(table, ""), around)
            result.refused += _lost(sheet, start)
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


def _stem(name: str) -> str:
    """The name of a file without its ending and what marks it as a copy."""
    stem = name
    while "." in stem:
        stem = stem.rpartition(".")[0]
    return _COPY.sub("", stem.strip()).strip() or stem


def _text(cell: Any) -> str:
    """A cell of a workbook as text: a day in ISO form, a number with the digits that a program shows (15)."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return format(Decimal(format(cell, ".15g")), "f") if cell == cell else ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _belongs(name: str, rows: list[list[str]], tables: Tables) -> tuple[int, str]:
    """Where the header of a sheet is, and the table it belongs to; "" where it is none's."""
    named = {**{each: each for each in tables}, **{each["title"]: key for key, each in tables.items()}}
    wanted = named.get(_stem(name)) or named.get(name.strip())
    for start, row in enumerate(rows[:20]):
        if flat := _flat(row):
            return start, FLAT[flat][0] if FLAT[flat][0] in tables else ""
        fits = {key: _columns(row, each) for key, each in tables.items()}
        keyed = [key for key, names in fits.items() if set(_keys(tables[key])) <= set(names)]
        whole = [key for key in keyed if len(set(fits[key]) - {""}) == len(contract.fields(tables[key]))]
        if wanted in keyed:
            return start, wanted
        if len(whole) == 1:
            return start, whole[0]
    return 0, ""


def _flat(header: list[str]) -> str:
    """The name of the site's list whose header this is; "" where it is none. An earlier version has fewer columns: most
    of the list's own have to be there, and half of all, which the table itself never has."""
    for name, (_, columns) in FLAT.items():
        fields = contract.fields(contract.flat()[name])
        own, whole = {fields[column]["title"] for column in columns}, {field["title"] for field in fields.values()}
        if len(own & set(header)) * 10 >= 8 * len(own) and len(whole & set(header)) * 2 >= len(whole):
            return name
    return ""


def _columns(header: list[str], resource: Resource) -> list[str]:
    """The column of the table for each cell of a header; "" for what is none of it. Of a list the codes of a column are
    told apart from its words."""
    if flat := _flat(header):
        known = {field["title"]: field["name"] for field in contract.flat()[flat]["schema"]["fields"]}
        named = [known.get(cell, "") for cell in header]
        own = {*FLAT[flat][1], *(name + _CODE for name in FLAT[flat][1])}
        return [_CALLED.get((flat, name), name) if name in own else "" for name in named]
    known = {_squeezed(title): name for title, name in titles(resource).items()}
    return [known.get(_squeezed(cell), "") for cell in header]


def _squeezed(title: str) -> str:
    """The title of a column without the blanks and line breaks that make it fit its cell."""
    return "".join(title.split()).lower()


def _keys(resource: Resource) -> list[str]:
    return list(resource["schema"]["primaryKey"])


MOST_REMOVED = 3
"""How many rows a workbook may lack of the table that it goes back into. Who deletes rows deletes a few; who copies
what a filter shows, or a part, lacks many and does not know."""


def _merged(records: list[list[str]], resource: Resource, current: str, around: Surroundings) -> Mended:
    """A table with what a sheet says of it."""
    result = Mended()
    names = list(contract.fields(resource))
    old = list(csv.reader(io.StringIO(current)))[1:] if current else []
    known = {tuple(row[names.index(key)] for key in _keys(resource)): row for row in old}
    columns, flat = _columns(records[0], resource), bool(_flat(records[0]))
    strange = [cell for cell, name in zip(records[0], columns, strict=True) if cell.strip() and not name]
    if strange and not flat:
        shown = "、".join(strange[:3])
        return result.refuse(f"有不认识的列：{shown}", f"it has columns that are not known: {shown}")
    own = [place for place, name in enumerate(columns) if name]
    rows = [[columns[place] for place in own]]
    rows += [[row[place] if place < len(row) else "" for place in own] for row in records[1:]]
    _without_signs(rows, resource)
    if flat:
        rows = _coded(rows, known, resource, result)
    keyed: dict[PrimaryKey, list[str]] = {}
    for row in in_form(rows, resource, around, result)[1:]:
        cells = dict(zip(rows[0], row, strict=True))
        key = tuple(cells[name] for name in _keys(resource))
        if key in keyed:
            result.refuse(f"“{key[0]}”有两行", f"“{key[0]}” has two rows")
        keyed[key] = _kept(cells, known.get(key), names, resource, result)
    return _finished(keyed, known, set(rows[0]) == set(names), resource, result)


def _without_signs(rows: list[list[str]], resource: Resource) -> None:
    """Where the unit of a row is %, its figures are written without the sign that a program shows: 105% is 105."""
    fields, header = contract.fields(resource), rows[0]
    figures = [place for place, name in enumerate(header) if name in fields and fields[name]["type"] == "number"]
    if "unit" not in header:
        return
    for row in (each for each in rows[1:] if narrow(each[header.index("unit")]).strip() == "%"):
        for place in figures:
            if signed := _SIGNED.fullmatch(narrow(row[place]).strip()):
                row[place] = signed[1]


def _coded(
    rows: list[list[str]], known: Mapping[PrimaryKey, list[str]], resource: Resource, result: Mended
) -> list[list[str]]:
    """The rows of one of the site's lists with codes for words, and without the columns of codes: a code that was
    changed counts, or else the word. The rows that were there say which word is which code.
    """
    fields, header = contract.fields(resource), rows[0]
    names, own = list(fields), [place for place, name in enumerate(header) if not name.endswith(_CODE)]
    keys = [header.index(key) for key in _keys(resource)]
    listed = {header[place]: place for place in own if "enum" in fields[header[place]].get("constraints", {})}
    before = {id(row): known.get(tuple(row[place] for place in keys)) for row in rows[1:]}
    coded = [[header[place] for place in own]]
    words = {name: _words(rows[1:], place, names.index(name), before, fields[name]) for name, place in listed.items()}
    for row in rows[1:]:
        new, was = list(row), before[id(row)]
        for name, place in listed.items():
            new[place] = words[name].get(row[place], row[place])
            code = row[header.index(name + _CODE)] if name + _CODE in header else ""
            old = was[names.index(name)] if was else ""
            if code and code != old and new[place] in (old, code):
                new[place] = code
            elif code and code != old:
                result.refuse(f"{name}：“{row[place]}”与代码“{code}”不同", f"{name}: “{row[place]}” is not “{code}”")
        coded.append([new[place] for place in own])
    return coded


def _words(
    rows: list[list[str]], place: int, column: int, before: Mapping[int, list[str] | None], field: Field
) -> dict[str, str]:
    """The code that each word of a list's column stands for: the code of the rows that have the word, unless those rows
    mostly have another, or it has no likeness to that of the code, for then the word is what somebody changed.
    """
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if was := before[id(row)]:
            said[was[column]][row[place]] += 1
    own = {value: code.name_zh for value, code in vocabulary.of_field(field).items()}
    usual = [(code, *words.most_common(1)[0]) for code, words in said.items()]
    return {
        word: code
        for code, word, count in usual
        if own.get(code, "") in word or (count > 1 and word not in own.values())
    }


def _finished(
    keyed: dict[PrimaryKey, list[str]],
    known: Mapping[PrimaryKey, list[str]],
    whole: bool,
    resource: Resource,
    result: Mended,
) -> Mended:
    """The table of the rows as they are now, with what became of them in words."""
    names = list(contract.fields(resource))
    added, gone = [key for key in keyed if key not in known], [key for key in known if key not in keyed]
    changed = sum(1 for key, row in keyed.items() if key in known and known[key] != row)
    if added and not whole:
        shown = "、".join(key[0] for key in added[:3])
        result.refuse(
            f"表里没有这些编号，列又不全，不能新增：{shown}",
            f"these ids are not in the table, and not all columns are there: {shown}",
        )
    lost = gone if whole else []
    named = "、".join("/".join(key) for key in lost[:MOST_REMOVED])
    if len(lost) > MOST_REMOVED:
        result.refuse(
            f"比现有的表少 {len(lost)} 行（{named}……）：可能是筛选过，或只复制了一部分。"
            "请用完整的表；真要删去这么多行，在 CSV 里删",
            f"it lacks {len(lost)} rows of the table ({named} …): it may be a filtered or partial copy. "
            "Bring the whole table; if so many rows are to go, remove them in the CSV",
        )
    _tell_emptied(keyed, known, resource, result)
    rows = list(keyed.values()) if whole else [keyed.get(key, row) for key, row in known.items()]
    if changed or added or lost:
        removed = f"（{named}）" if lost else ""
        result.done.append(
            (
                f"改 {changed} 行，增 {len(added)} 行，删 {len(lost)} 行{removed}",
                f"{changed} rows changed, {len(added)} added, {len(lost)} removed{removed}",
            )
        )
    result.text = records_text([names, *rows])
    return result


def _tell_emptied(
    keyed: Mapping[PrimaryKey, list[str]], known: Mapping[PrimaryKey, list[str]], resource: Resource, result: Mended
) -> None:
    """Say which cells were filled and are empty now; those that must not be are refused. Cells merged sideways read as
    empty ones."""
    fields = contract.fields(resource)
    emptied = [
        (f"{'/'.join(key)} {name}", fields[name].get("constraints", {}).get("required", False))
        for key, row in keyed.items()
        for name, new, old in zip(fields, row, known.get(key, row), strict=True)
        if old and not new
    ]
    for kind in (True, False):
        found = [place for place, required in emptied if required == kind]
        if not found:
            continue
        shown = _few(found)
        said = (
            f"{len(found)} 格原来有内容，现在空了：{shown}",
            f"{len(found)} cells had something in them and are empty now: {shown}",
        )
        (result.refused if kind else result.done).append(said)


def _kept(
    cells: dict[str, str], before: list[str] | None, names: list[str], resource: Resource, result: Mended
) -> list[str]:
    """A row of the table from a row of a sheet: what means the same stays as it was written."""
    fields, old = contract.fields(resource), dict(zip(names, before or [""] * len(names), strict=True))
    row = []
    for name in names:
        new = cells.get(name, old[name])
        if before is not None and new != old[name] and _same(new, old[name], fields[name]):
            new = old[name]
        elif why := _damaged(new, old[name], fields[name], {**old, **cells}):
            zh, en = why
            result.refuse(f"{name}“{new[:20]}”：{zh}", f"{name} “{new[:20]}”: {en}")
        row.append(new)
    return row


def _same(new: str, old: str, field: Field) -> bool:
    """Whether two cells mean the same: a number with other zeros, a text with other blanks around it."""
    if field["type"] in ("number", "integer"):
        try:
            return Decimal(new) == Decimal(old)
        except InvalidOperation:
            return False
    try:
        return mended(old, field) == new
    except NotMended:
        return False


def _damaged(new: str, old: str, field: Field, row: Mapping[str, str]) -> tuple[str, str] | None:
    """What a spreadsheet program did to a cell that was right before, or that cannot be right."""
    if field["type"] == "number" and row.get("unit") == "%" and re.fullmatch(r"0?\.[0-9]+|1", new):
        if old and _hundredfold(new, old):
            return f"百分数变成了小数，原来是 {old}", f"a percentage became a fraction; it was {old}"
        if not old and new not in row.get("quote", ""):
            return "单位是 %，数却小于 1：写成 50，不写 0.5", "the unit is % and the number below 1: write 50, not 0.5"
    if field["type"] == "string" and new.isdecimal() and old != new and old.lstrip("0") == new and old:
        return f"前面的零被去掉了，原来是 {old}", f"its leading zeros were cut; it was {old}"
    if field["name"] == "number" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", new):
        return "编号被改成了日期", "the number became a date"
    return None


def _hundredfold(new: str, old: str) -> bool:
    try:
        return Decimal(new) * 100 == Decimal(old)
    except InvalidOperation:
        return False
