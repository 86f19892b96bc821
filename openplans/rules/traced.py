"""Where a change comes in: a problem is told at the cell that was changed, with what stood there before.

Comes in: the problems of the data as it is, and the Changes since a base, which was sound. Goes out: the same problems,
each at the changed cell of its row, or at the only thing that changed at all; those that come to one cell are one.
Apart from `causes`, which ties problems by the data alone: here the past is known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Any

from openplans.packages.diff import DESCRIPTOR, CellChange, Change, of_data
from openplans.packages.read import Project, Table
from openplans.problems import Problem

FEW = 3
"""Changed rows: of more, which one a problem elsewhere comes from is not to be told from a list. And cells of a column
that were changed alike, or one below the other: so many are one act."""

MOST_PAIRED = 50
"""Rows of a table that came, or went: with more of them, a table was made anew, and no key was mistyped."""

SHOWN = 60
"""Letters of what stood in a cell before."""

_PLACE = {"added": ("加了", "added"), "removed": ("删去了", "removed"), "changed": ("改了", "changed")}
"""What was done to a row, in both languages."""


@dataclass(frozen=True, order=True)
class _Place:
    """A cell that changed, or the id of a row that went, where it stood: what it was, and what it is."""

    file: str
    line: int
    column: int
    field: str
    old: str
    new: str | None = attribute(compare=False)

    @property
    def row(self) -> tuple[str, int]:
        return self.file, self.line


@dataclass(frozen=True)
class _Past:
    """What changed: the rows, their cells by file and line, the rows that came by file; `act`: all the cells, where
    they were changed in one act.
    """

    rows: list[Change]
    cells: dict[tuple[str, int], list[_Place]]
    added: dict[str, list[Change]]
    act: list[_Place]

    @property
    def of_one_column(self) -> bool:
        """Whether nothing changed but cells of one column."""
        places = [place for of_row in self.cells.values() for place in of_row]
        return len(places) == len(self.rows) and len({(each.file, each.field) for each in places}) == 1


def traced(problems: list[Problem], changes: list[Change], project: Project) -> list[Problem]:
    """The problems by the cells that were changed, in order; what comes of one act, such as a column filled down, is
    one.
    """
    past = _past(changes, project)
    moved = {(each.file, each.field): each for each in problems if each.rule == "column-moved"}
    places = {each: _place(each, past) for each in problems}
    first = min(filter(None, places.values()), default=None) if past.of_one_column else None
    told = defaultdict[object, list[tuple[bool, Problem]]](list)
    for each, found in places.items():
        place = found or first
        there = place or each
        column = moved.get((there.file, there.field))
        said = each if each is column else _moved(each, place) if place else _beside(each, past)
        elsewhere = place is not None and not _is_at(each, place)
        told[column or (0 if past.act else there)].append((elsewhere, said))
    return sorted(_one(of_place, past.act) for of_place in told.values())


def _past(changes: list[Change], project: Project) -> _Past:
    rows = list(_mistyped(of_data(changes)))
    cells, added = defaultdict[tuple[str, int], list[_Place]](list), defaultdict[str, list[Change]](list)
    for change in rows:
        for place in _places(change, project):
            cells[place.row].append(place)
        if change.kind == "added" and (table := _table(change, project)):
            added[table.file].append(change)
    places = [place for of_row in cells.values() for place in of_row]
    return _Past(rows, cells, added, places if len(places) == len(rows) and _of_one_act(places) else [])


def _of_one_act(places: list[_Place]) -> bool:
    """Whether one cell changed, or one row went; or whether two cells of a column were exchanged, or several lie
    together, or hold one thing now, as if they were dragged, filled down or replaced.
    """
    columns, lines = {(each.file, each.field) for each in places}, [each.line for each in places]
    many = len(places) >= FEW and None not in {each.new for each in places}
    together = many and max(lines) - min(lines) < len(places) + FEW
    filled = many and len({each.new for each in places}) == 1
    exchanged = len(places) == 2 and [each.new for each in places] == [each.old for each in reversed(places)]
    return len(columns) == 1 and (len(places) == 1 or together or filled or exchanged)


def _mistyped(changes: list[Change]) -> Iterator[Change]:
    """The changes; a row that went and one that came with all its cells but one in a table are a row that changed."""
    groups = defaultdict[tuple[str, str], list[Change]](list)
    for each in changes:
        groups[each.package, each.table].append(each)
    for group in groups.values():
        gone = [each for each in group if each.kind == "removed"]
        come = [each for each in group if each.kind == "added"]
        few = max(len(gone), len(come)) <= MOST_PAIRED
        pairs = {id(one): other for one in come for other in gone if few and len(_apart(one, other)) == 1}
        paired = {id(other) for other in pairs.values()}
        for each in group:
            if id(each) in pairs:
                yield replace(each, kind="changed", cells=_apart(each, pairs[id(each)]))
            elif id(each) not in paired:
                yield each


def _apart(new: Change, old: Change) -> tuple[CellChange, ...]:
    """The cells in which two rows differ."""
    return tuple(
        CellChange(name, old.row.get(name), cell) for name, cell in new.row.items() if old.row.get(name) != cell
    )


def _places(change: Change, project: Project) -> Iterator[_Place]:
    """The cells of a row that changed, where they stand; of a row that went, its id where it stood. Of a key that two
    rows have, which row changed is not known.
    """
    table = _table(change, project)
    if change.kind == "removed" and table:
        yield _Place(table.file, change.row.line, 1, table.columns[0], change.id, None)
    elif change.kind == "changed" and change.table == DESCRIPTOR:
        package = next(each for each in project.packages if each.folder.name == change.package)
        for cell in change.cells:
            yield _Place(package.file, package.line_of(cell.column), 0, cell.column, _shown(cell.old), _shown(cell.new))
    elif change.kind == "changed" and table and not _twice(change, table):
        for cell in change.cells:
            column = table.columns.index(cell.column) + 1
            yield _Place(table.file, change.line, column, cell.column, _shown(cell.old), _shown(cell.new))


def _table(change: Change, project: Project) -> Table | None:
    tables = (each.tables for each in project.packages if each.folder.name == change.package)
    return next(tables, {}).get(change.table)


def _twice(change: Change, table: Table) -> bool:
    """Whether two rows of a table have the key of a changed one."""
    names = table.columns[: len(change.key)]
    return Counter(tuple(str(row[name]) for name in names) for row in table.rows)[change.key] > 1


def _shown(old: Any) -> str:
    text = "" if old is None else str(old)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"


def _place(each: Problem, past: _Past) -> _Place | None:
    """The changed cell that a problem comes from: its own; the one of its row; of a file of which nothing changed, that
    of the first row that follows; else the first of the act that is all that was done. None where nobody knows.
    """
    for row in ((each.file, each.line), *_rows_that_follow(each, past)):
        places = past.cells.get(row, [])
        if own := next((place for place in places if place.field == each.field), None):
            return own
        if len(places) == 1:
            return places[0]
    return past.act[0] if past.act else None


def _rows_that_follow(each: Problem, past: _Past) -> Iterator[tuple[str, int]]:
    if each.file not in {file for file, _ in past.cells}:
        for address in each.follows[:1]:
            file, line, _ = address.rsplit(":", 2)
            yield file, int(line)


def _is_at(each: Problem, place: _Place) -> bool:
    """Whether a problem is told of the very cell."""
    return (each.file, each.line, each.field) == (place.file, place.line, place.field)


def _moved(each: Problem, place: _Place) -> Problem:
    """A problem at the cell that was changed, with what stood there."""
    stood = (f"原来是“{place.old}”", f"it was “{place.old}”") if place.old else ("原来是空的", "it was empty")
    if place.new is None:
        advice = (
            f"这次删去了第 {place.line} 行（{place.old}）：先恢复它。",
            f"The row {place.old} was removed: bring it back.",
        )
    elif _is_at(each, place):
        advice = f"这一格改过，{stood[0]}。", f"The cell was changed: {stood[1]}."
    else:
        advice = f"改过的是这一格（{place.field}），{stood[0]}。", f"This cell ({place.field}) was changed: {stood[1]}."
        if (each.file, each.line) != place.row:  # its own mend is of another row
            zh, en = f"{advice[0]}改得没错的：{each.hint_zh}", f"{advice[1]} Where that is right: {each.hint_en}"
            each, advice = replace(each, hint_zh=zh, hint_en=en), ("", "")
    follows = [each.address, *each.follows] if (each.file, each.line) != place.row else each.follows
    others = tuple(address for address in follows if address.rpartition(":")[0] != f"{place.file}:{place.line}")
    where = {"file": place.file, "line": place.line, "column": place.column, "field": place.field}
    told = each.advised(*advice) if advice[0] else each
    return replace(told, **where, follows=others)  # type: ignore[arg-type]


def _one(said: list[tuple[bool, Problem]], act: list[_Place]) -> Problem:
    """Of the problems of one cell, or of one act, that a column was moved, or else the gravest, those that were said of
    that very cell before those told `elsewhere`, the first, with the places of the others; it is as grave as they are.
    """
    grave = {each: (each.rule != "column-moved", each.severity != "error", elsewhere) for elsewhere, each in said}
    problems = [each for _, each in said]
    first, *others = sorted(problems, key=lambda each: (grave[each], each))
    places = dict.fromkeys(address for each in others for address in (each.address, *each.follows))
    places = dict.fromkeys((*first.follows, *(each for each in places if each != first.address)))
    told = replace(first, follows=tuple(places), severity=min(each.severity for each in problems))  # "error" before
    if len(act) < FEW or first.rule == "column-moved":
        return told
    lines = [each.line for each in act]
    return told.advised(
        f"这一列一次改了 {len(act)} 格（第 {min(lines)} 到 {max(lines)} 行）：多半是拖动填充或查找替换，一起改回。",
        f"{len(act)} cells of the column were changed alike (lines {min(lines)} to {max(lines)}): probably filled down "
        "or replaced; bring all back.",
    )


def _beside(each: Problem, past: _Past) -> Problem:
    """A problem of a row that nobody changed: at the new row that skipped an id, or with the few rows that changed."""
    gone = {row.id for row in past.rows if row.kind == "removed"}
    row = next(iter(past.added.get(each.file, [])), None) if each.rule == "id-missing" else None
    if row and each.facts["id"] < row.id and each.facts["id"] not in gone:
        zh = f"新加的 {row.id} 跳了号：改为 {each.facts['id']}。"
        return replace(each.advised(zh, f"The new {row.id} skips ids: take {each.facts['id']}."), line=row.line)
    if taken := _taken_anew(each, past):
        file, new = taken
        told = each.advised("新加的这一行占了停用的编号：取没有用过的号。", "This new row took it: give it a free one.")
        follows = (each.address, *each.follows)
        return replace(told, file=file, line=new.line, column=1, field=next(iter(new.row)), follows=follows)
    if not 0 < len(past.rows) <= FEW or any(row.kind == "added" and row.line == each.line for row in past.rows):
        return each
    zh = "、".join(f"{_PLACE[row.kind][0]} {_called(row)}" for row in past.rows)
    en = ", ".join(f"{_PLACE[row.kind][1]} {_called(row)}" for row in past.rows)
    return each.advised(f"这次{zh}：先看那里。", f"This change {en}: look there first.")


def _taken_anew(each: Problem, past: _Past) -> tuple[str, Change] | None:
    """The file of a new row that has an id which was retired, and the row."""
    rows = ((file, row) for file, rows in past.added.items() for row in rows)
    if each.rule != "retired-still-there":
        return None
    return next(((file, row) for file, row in rows if row.id == each.facts["id"] and file != each.file), None)


def _called(row: Change) -> str:
    """The table and the id of a row, with its line and the columns that changed."""
    columns = f" ({', '.join(cell.column for cell in row.cells)})" if row.cells else ""
    return f"{row.table}{f':{row.line}' if row.line else ''} {row.id}{columns}"
