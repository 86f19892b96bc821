"""Two states of the data side by side: which rows came, went or changed, and in which cells.

Comes in: two Projects. Goes out: Changes, plain data by table and key, in the order of the tables; no words. Apart,
because the words of a difference, the size of a release and the pages of changes all read the same list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from openplans.packages.read import Package, Project, Row
from openplans.schema import contract

ChangeKind = Literal["added", "removed", "changed"]

DESCRIPTOR = "datapackage"
"""The table name under which a descriptor's properties are compared."""
PLAN = "plan"
"""The table name of a plan as a whole."""
RELEASES = "releases"
"""The table that tells readers of changes."""
_OF_RELEASE = ("resources", "version", "updated", "source_sha256", "source_length")
"""Properties of a descriptor that follow from others and are no change of their own."""


@dataclass(frozen=True)
class CellChange:
    """A cell of a row that changed: its column, what stood there, what stands there. None is empty."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """A row that came, went or changed. `package` is its folder's name, `key` the cells of its primary key, in order.

    `row` is the row as it is, or as it was where it is gone; `cells` what changed in it, empty where it came or went.
    """

    package: str
    kind_of_package: contract.PackageKind
    table: str
    key: tuple[str, ...]
    kind: ChangeKind
    row: Row
    cells: tuple[CellChange, ...] = ()
    line: int = 0

    @property
    def id(self) -> str:
        """The key as one text."""
        return " ".join(self.key)


def compare(old: Project, new: Project) -> list[Change]:
    """Every Change from `old` to `new`: the registry's first, then the observations', then the plans' by id.

    A plan that came or went is one Change, not one for each of its rows.
    """
    before, after = ({each.folder.name: each for each in project.packages} for project in (old, new))
    shared = ["registry", "observations"]
    names = [*shared, *sorted((before.keys() | after.keys()) - set(shared))]
    return [change for name in names for change in _packages(name, before.get(name), after.get(name))]


def of_data(changes: list[Change]) -> list[Change]:
    """The changes of the data itself: what releases tell of them is none."""
    return [each for each in changes if each.table != RELEASES]


def _packages(name: str, old: Package | None, new: Package | None) -> Iterator[Change]:
    if old is None or new is None:
        there = new or old
        if there is not None and (there.descriptor or there.tables):
            yield Change(name, there.kind, PLAN, (name,), "removed" if new is None else "added", _head(there))
        return
    yield from _descriptors(name, old, new)
    for table in contract.tables(new.kind):
        if table in new.tables or table in old.tables:
            yield from _tables(name, table, old, new)


def _descriptors(name: str, old: Package, new: Package) -> Iterator[Change]:
    before, after = _head(old), _head(new)
    cells = _cells(before, after)
    if cells and old.descriptor and new.descriptor:
        yield Change(name, new.kind, DESCRIPTOR, (name,), "changed", after, cells)


def _head(package: Package) -> Row:
    """A descriptor's own properties as a row; what is a list or an object is its JSON."""
    found = {key: value for key, value in package.descriptor.items() if key not in _OF_RELEASE}
    return Row(
        {
            key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for key, value in found.items()
        }
    )


def _tables(name: str, table: str, old: Package, new: Package) -> Iterator[Change]:
    """The changes of a table by key: in the order of the new rows, those that are gone last."""
    key = contract.tables(new.kind)[table]["schema"]["primaryKey"]
    before, after = (_by_key(package, table, key) for package in (old, new))
    for each, row in after.items():
        was = before.get(each)
        if was is None:
            yield Change(name, new.kind, table, each, "added", row, line=row.line)
        elif cells := _cells(was, row):
            yield Change(name, new.kind, table, each, "changed", row, cells, row.line)
    for each, row in before.items():
        if each not in after:
            yield Change(name, new.kind, table, each, "removed", row)


def _by_key(package: Package, table: str, key: list[str]) -> dict[tuple[str, ...], Row]:
    rows = package.tables[table].rows if table in package.tables else []
    return {tuple(str(row.get(column, "")) for column in key): row for row in rows}


def _cells(old: Row, new: Row) -> tuple[CellChange, ...]:
    """The cells that differ; a column that one side does not have is empty there."""
    columns = list(dict.fromkeys([*new, *old]))
    pairs = [(column, old.get(column), new.get(column)) for column in columns]
    return tuple(CellChange(column, was, now) for column, was, now in pairs if _filled(was) != _filled(now))


def _filled(cell: Any) -> Any:
    """A cell, None where it is empty: 0 is a value."""
    return None if cell == "" else cell
