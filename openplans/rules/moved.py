"""Was a column moved by itself since a base: a row down or up, sorted, filled down over others?

Comes in: the project as it was and as it is. Goes out: the first cell of each such column. Apart from history.py, which
holds rows against rows: here no row came or went, and yet many have what was another's. A document can't tell that
of a column of words that it doesn't print, such as English names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from openplans.packages.read import Package, Project, Table
from openplans.rules.hits import Hit, at

FEW = 3
"""Different cells that were moved: of fewer, or of a column of two codes, chance makes as many."""

MANY = 10
"""Cells of a column that were sorted, filled over, or are a code of two: people change fewer one by one."""

_WHAT = {
    "down": ("下移了一行", "is a row too low"),
    "up": ("上移了一行", "is a row too high"),
    "filled": ("被一格拖下来填满", "was filled down from one cell"),
    "sorted": ("被单独排过序", "was sorted by itself"),
}
"""What was done to a column, in both languages."""

_Cells = Sequence[str]


def column_moved(old: Project, new: Project) -> Iterator[tuple[Package, Hit]]:
    """The columns of which many cells have what stood in other rows, where these are the same rows in the same order;
    each at the first cell that changed.
    """
    before = {each.folder.name: each for each in old.packages}
    for package in new.packages:
        for name, table in package.tables.items():
            was = before[package.folder.name].tables.get(name) if package.folder.name in before else None
            if was and was.columns == table.columns and len(was.rows) == len(table.rows):
                yield from ((package, hit) for hit in _moved(was, table))


def _moved(old: Table, new: Table) -> Iterator[Hit]:
    columns = {name: (_cells(old, name), _cells(new, name)) for name in new.columns}
    changed = {name: pair for name, pair in columns.items() if pair[0] != pair[1]}
    if len(changed) > 1 and (new.columns[0] in changed or _same_rows(changed)):  # the rows were moved, as they are
        return
    for name, (was, now) in changed.items():
        places = [place for place, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1]]
        if how := _how(was, now, places):
            first, last = (new.rows[places[at_]].line for at_ in (0, -1))
            facts = {"what": _WHAT[how][0], "what_en": _WHAT[how][1], "last": last, "count": len(places)}
            yield at(new, new.rows[places[0]], name, **facts, first=first, was=was[places[0]][:30])


def _cells(table: Table, column: str) -> list[str]:
    return [str(row[column]) for row in table.rows]


def _same_rows(columns: dict[str, tuple[list[str], list[str]]]) -> bool:
    """Whether what changed of the rows is only their order."""
    was, now = zip(*columns.values(), strict=True)
    return sorted(zip(*was, strict=True)) == sorted(zip(*now, strict=True))


def _how(was: _Cells, now: _Cells, places: list[int]) -> str:
    """What was done to a column whose cells differ in these places; "" where each was changed for itself."""
    first, last = places[0], places[-1]
    if len(places) < FEW or (len({was[place] for place in places}) < FEW and len(places) < MANY):
        return ""
    if list(now[first + 1 : last + 1]) == list(was[first:last]):
        return "down"
    if list(now[first:last]) == list(was[first + 1 : last + 1]):
        return "up"
    if len(places) < MANY:
        return ""
    if len({*now[first : last + 1]}) == 1 and len({was[place] for place in places}) >= FEW:
        return "filled"
    ordered = sum(one <= other for one, other in pairwise(now)) > sum(one <= other for one, other in pairwise(was))
    return "sorted" if ordered and sorted(was) == sorted(now) else ""
