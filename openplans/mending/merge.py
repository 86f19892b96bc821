"""The rows of a sheet and a table as it is -> the table with what the sheet says.

Comes in: rows of text under a head, and the table's text. Goes out: Mended. What means the same stays as it was
written; what a spreadsheet program damaged is refused, and so is what would take rows away unseen.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from openplans.mending.cells import NotMended, mended, narrow
from openplans.mending.columns import CODE, columns_of, flat_list, keys_of
from openplans.mending.sheets import few
from openplans.mending.tables import Mended, Surroundings, in_form
from openplans.packages.write import records_text
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Field, Resource

PrimaryKey = tuple[str, ...]

_SIGNED = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ?%")
"""A figure with the sign that a program shows."""

MOST_REMOVED = 3
"""How many rows a workbook may lack of the table that it goes back into. Who deletes rows deletes a few; who copies
what a filter shows, or a part, lacks many and does not know."""


def merged(records: list[list[str]], resource: Resource, current: str, around: Surroundings) -> Mended:
    """A table with what a sheet says of it."""
    result = Mended()
    names = list(contract.fields(resource))
    old = list(csv.reader(io.StringIO(current)))[1:] if current else []
    known = {tuple(row[names.index(key)] for key in keys_of(resource)): row for row in old}
    columns, flat = columns_of(records[0], resource), bool(flat_list(records[0]))
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
        key = tuple(cells[name] for name in keys_of(resource))
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
    names, own = list(fields), [place for place, name in enumerate(header) if not name.endswith(CODE)]
    keys = [header.index(key) for key in keys_of(resource)]
    listed = {header[place]: place for place in own if "enum" in fields[header[place]].get("constraints", {})}
    before = {id(row): known.get(tuple(row[place] for place in keys)) for row in rows[1:]}
    coded = [[header[place] for place in own]]
    words = {name: _words(rows[1:], place, names.index(name), before, fields[name]) for name, place in listed.items()}
    for row in rows[1:]:
        new, was = list(row), before[id(row)]
        for name, place in listed.items():
            new[place] = words[name].get(row[place], row[place])
            code = row[header.index(name + CODE)] if name + CODE in header else ""
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
        shown = few(found)
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
