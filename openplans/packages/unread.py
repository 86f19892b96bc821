"""What of a project could not be read, so that a comparison misses it: files whole, and tables in part.

Comes in: a Project. Goes out: paths, in the order of the packages. Apart from read.py, which goes on without them and
says what is wrong: whoever compares has to know what he did not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openplans.packages.read import DESCRIPTOR, Package, Project, Table
from openplans.schema import contract


def unread(project: Project) -> Iterator[Path]:
    """The files that cannot be read: their rows count as gone."""
    for package in project.packages:
        tables = contract.tables(package.kind)
        missing = [tables[name]["path"] for name in sorted(tables.keys() - package.tables.keys())]
        files = [*([] if package.descriptor else [DESCRIPTOR]), *missing]
        yield from (path for path in (package.folder / each for each in files) if path.exists())


def half_read(project: Project) -> Iterator[Path]:
    """The tables with cells that are none of their column, which are taken for empty, with columns that cannot be read
    or an id twice, of which only one row counts."""
    for package in project.packages:
        tables = contract.tables(package.kind)
        for name, table in package.tables.items():
            if _lost(table) or _repeated(table, tables[name]["schema"]["primaryKey"]) or _broken(package, table):
                yield package.folder / tables[name]["path"]


def _lost(table: Table) -> bool:
    """Whether a cell that is filled was taken for empty."""
    return any(
        cell and row[column] is None
        for row, cells in zip(table.rows, table.cells, strict=False)
        for column, cell in zip(table.columns, cells, strict=False)
    )


def _repeated(table: Table, keys: list[str]) -> bool:
    ids = [tuple(row[key] for key in keys) for row in table.rows]
    return len(ids) != len(set(ids))


def _broken(package: Package, table: Table) -> bool:
    return bool(table.rows) and table.name in package.broken
