"""Do the releases stand in their order, and is the newest one told?

Comes in: the World. Goes out: rows of releases.csv that do not follow from the row above them, and a version of the
registry that the table does not have. A project without releases tells of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openplans.packages import cells
from openplans.packages.cells import DATE
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.packages.versions import numbers
from openplans.rules.descriptors import updated_too_late
from openplans.rules.hits import Hit, at
from openplans.schema import contract
from openplans.schema.shapes import Column

_VERSION = contract.fields(contract.tables("registry")["releases"])["version"]["constraints"]["pattern"]


def release_order(world: World) -> Iterator[tuple[Package, Hit]]:
    """Releases go from the newest to the oldest, by version and by date; what one changed is counted from 1. The first
    row that does not follow is told, or the one above it where the others say that it is out of line: those below may
    be wrong because of it.
    """
    registry = world.project.registry
    rows = registry["releases"]
    for place, (above, row) in enumerate(zip([None, *rows], rows, strict=False)):
        if not (_whole(row) and (above is None or _whole(above)) and (column := _amiss(above, row))):
            continue
        beside, side = above, ("上一行", "the row above")
        newest = {"version": registry.descriptor.get("version"), "date": registry.descriptor.get("updated")}
        around = [*(rows[place - 2 : place - 1] if place > 1 else [newest]), *rows[place + 1 : place + 2]]
        if above and (odd := _odd_above(above, row, column, around)):
            column, row, beside, side = odd, above, row, ("下一行", "the row below")
        facts = {"value": str(row[column]), "other": str(beside[column]) if beside else "-"}
        yield registry, at(registry.tables["releases"], row, column, **facts, side=side[0], side_en=side[1])
        return


def _odd_above(above: Row, row: Row, column: str, around: Sequence[Mapping[str, Any]]) -> str:
    """The column by which the upper of two rows is the one out of line, or "": with the lower row's version or date it
    would be followed by that, and the rows around, or the data's own version, have these and not its own.
    """
    if column == "number":  # that of the lower row is right where the version above it is wrong
        column = "version"
    mended = {**above, column: row[column]}
    if mended == above or _amiss(mended, row):
        return ""
    known = [(other["version"], other["date"]) for other in around]
    upper, lower = ((each["version"], each["date"]) in known for each in (above, row))
    return column if lower and not upper else ""


def _whole(row: Row) -> bool:
    """Whether its cells are what they have to be; where they are not, the schema says so."""
    whole = bool(DATE.fullmatch(row["date"])) and bool(re.fullmatch(_VERSION, row["version"]))
    return whole and row["number"] is not None


def _amiss(above: Mapping[str, Any] | None, row: Row) -> str:
    """The column by which a row does not follow from the one above it, or ""."""
    if above is None:
        amiss = {"number": row["number"] != 1}
    elif row["version"] == above["version"]:
        amiss = {"number": row["number"] != above["number"] + 1, "date": row["date"] != above["date"]}
    else:
        newer = numbers(row["version"]) > numbers(above["version"])
        amiss = {"version": newer, "number": row["number"] != 1, "date": row["date"] > above["date"]}
    return next((column for column, wrong in amiss.items() if wrong), "")


def release_twice(world: World) -> Iterator[tuple[Package, Hit]]:
    """What a release changed is told once: no text of a row is that of another."""
    registry = world.project.registry
    first: dict[tuple[str, str], Row] = {}
    for row in registry["releases"]:
        for column in ("change_zh", "change_en"):
            other = first.setdefault((column, row[column]), row)
            if row[column] and other is not row:
                yield registry, at(registry.tables["releases"], row, column, first=other.line, text=row[column][:30])


_NAME_OF_MACHINES = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z_-]+\.(?:csv|json|txt)\b", re.ASCII)
"""A column or a file, by its name."""


def audience_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """What names columns and files is told to those who use the data, and not to readers."""
    registry = world.project.registry
    for row in registry["releases"]:
        named = _NAME_OF_MACHINES.search(row["change_zh"]) if row["audience"] == "readers" else None
        if named:
            yield registry, at(registry.tables["releases"], row, "audience", named=named[0])


def release_untold(world: World) -> Iterator[tuple[Package, Hit]]:
    """The newest release is that of the registry, whose version is the version of the whole. Where the order of the
    releases is wrong, or a cell of the first, nobody knows which is the newest."""
    registry = world.project.registry
    rows, version = registry["releases"], registry.descriptor["version"]
    if rows and _whole(rows[0]) and rows[0]["version"] != version and not any(release_order(world)):
        yield registry, at(None, column="version", value=version, newest=rows[0]["version"])


def release_date_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """The newest release is of the day on which the registry has its version, and no package is newer: what changed
    since is not released. A date of another year altogether is told by `updated_too_late`.
    """
    registry = world.project.registry
    rows = registry["releases"]
    if not rows or not _whole(rows[0]) or any(release_order(world)) or any(updated_too_late(world)):
        return
    newest, own = rows[0]["date"], _updated(registry)
    if own and own < newest and rows[0]["version"] == registry.descriptor["version"]:
        told = [row["date"] for row in rows if row["version"] == rows[0]["version"]]
        facts = {"updated": own, "newest": newest}
        if len(told) > 1 and set(told) == {newest}:  # several rows agree
            yield registry, at(None, column="updated", **facts)
        else:
            yield registry, at(registry.tables["releases"], rows[0], "date", **facts)
    for package in world.project.packages:
        if newest < _updated(package):
            yield package, at(None, column="updated", updated=_updated(package), newest=newest)


def _updated(package: Package) -> str:
    """The date of a package; "" where it is none, which the schema says."""
    day, field = package.descriptor.get("updated"), Column(name="updated", type="date")
    return "" if not isinstance(day, str) or cells.ill_formed(day, field) or cells.no_day(day, field) else day
