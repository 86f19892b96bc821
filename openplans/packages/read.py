"""datapackages/ -> typed rows that know their line; the only reader of CSV.

Comes in: the folders of the packages. Goes out: a Project of Packages of Tables
of rows, and a Problem for each file that cannot be read as what it should be.
What a cell means is not looked at here. Apart, so that later modules never meet
a byte, a quote character or an encoding.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from openplans.paths import Paths
from openplans.problems import Problem, problem
from openplans.schema import contract

SOURCE = "source.txt"

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet program takes for the beginning of a formula."""

_VERBATIM = {"text"}
"""Columns that give the document letter by letter, whatever it begins with; the files for Excel guard them."""


class Row(dict[str, Any]):
    """A row by field name: str ("" where empty), int or Decimal (None where empty). `line` is its line in the file."""

    line: int = 0


@dataclass
class Table:
    """One CSV file: its columns in order and its rows in order. `file` is its path as messages show it."""

    name: str
    file: str
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)


@dataclass
class Package:
    """One data package. `broken` names the tables that could not be read; they are not in `tables`."""

    kind: contract.Kind
    folder: Path
    file: str
    descriptor: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    source: str = ""
    _by_id: dict[str, dict[str, Row]] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The plan's id, or the name of the package; the folder's name where the descriptor gives none."""
        return str(self.descriptor.get("plan_id") or self.descriptor.get("name") or self.folder.name)

    @property
    def sound(self) -> bool:
        """Whether every table could be read, so that rules on its contents make sense."""
        return bool(self.descriptor) and not self.broken

    @property
    def bare(self) -> Package:
        """The same for another machine: without the place where it is, and without what is made on demand."""
        return replace(self, folder=Path(self.folder.name), _by_id={})

    def __getitem__(self, table: str) -> list[Row]:
        """The rows of a table; KeyError where it is broken."""
        return self.tables[table].rows

    def by_id(self, table: str) -> dict[str, Row]:
        """The rows of a table by its first column, which is its id. Made once."""
        if table not in self._by_id:
            key = self.tables[table].columns[0]
            self._by_id[table] = {row[key]: row for row in self[table]}
        return self._by_id[table]


class UnknownPlan(Exception):
    """A plan was asked for that is not there."""


@dataclass
class Project:
    """All packages below one root, or some of its plans."""

    paths: Paths
    registry: Package
    observations: Package
    plans: list[Package]

    @property
    def packages(self) -> list[Package]:
        return [self.registry, self.observations, *self.plans]


def read_project(paths: Paths, only: tuple[str, ...] = ()) -> tuple[Project, list[Problem]]:
    """Read every package; `only` keeps the plans of these folder names (UnknownPlan for one that is not there)."""
    folders = sorted(each for each in paths.plans.glob("*") if each.is_dir())
    for name in only:
        if name not in {each.name for each in folders}:
            raise UnknownPlan(name)
    problems: list[Problem] = [] if folders else [problem("no-plans", paths.shown(paths.plans))]
    chosen = [each for each in folders if not only or each.name in only]
    packages = [_read_package(each, paths, problems) for each in (paths.registry, paths.observations, *chosen)]
    return Project(paths, packages[0], packages[1], packages[2:]), problems


def _read_package(folder: Path, paths: Paths, problems: list[Problem]) -> Package:
    kind = contract.kind_of(folder, paths)
    file = folder / "datapackage.json"
    package = Package(kind, folder, paths.shown(file))
    text = _read_text(file, package.file, "missing-descriptor", problems)
    package.descriptor = _parse_descriptor(text, package.file, problems) if text else {}
    if kind == "plan":
        package.source = _read_text(folder / SOURCE, paths.shown(folder / SOURCE), "missing-file", problems)
        if not package.source:
            package.broken.add("source")
    for name, resource in contract.tables(kind).items():
        table = _read_table(folder / resource["path"], resource, paths, problems)
        if table:
            package.tables[name] = table
        else:
            package.broken.add(name)
    return package


def _parse_descriptor(text: str, file: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        descriptor = json.loads(text)
    except json.JSONDecodeError as error:
        problems.append(problem("not-json", file, error.lineno, error.colno, detail=error.msg))
        return {}
    if not isinstance(descriptor, dict) or not descriptor:
        problems.append(problem("not-json", file, 1, 1, detail="no object with properties"))
        return {}
    return descriptor


def _read_text(path: Path, shown: str, missing: str, problems: list[Problem]) -> str:
    """The text of a file; "" after a Problem where it is missing, of zero bytes or no UTF-8."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        problems.append(problem(missing, shown))
        return ""
    except OSError as error:
        problems.append(problem("unreadable-file", shown, detail=error.strerror or str(error)))
        return ""
    if not data:
        problems.append(problem("empty-file", shown))
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        problems.append(problem("not-utf8", shown, before.count(b"\n") + 1, column, byte=f"0x{data[error.start]:02X}"))
        return ""


def _read_table(path: Path, resource: dict[str, Any], paths: Paths, problems: list[Problem]) -> Table | None:
    """The table in `path`; None after Problems where its form is wrong."""
    found = len(problems)
    shown = paths.shown(path)
    text = _read_text(path, shown, "missing-file", problems)
    if not text or _spreadsheet_marks(text, shown, problems):
        return None
    records = list(_records(text, shown, problems))
    if len(problems) == found:
        problems.extend(_header_problems(records[0][1], resource, shown))
    if len(problems) == found:
        problems.extend(_record_problems(records, shown))
    return _typed(records, resource, shown, problems) if len(problems) == found else None


def _spreadsheet_marks(text: str, shown: str, problems: list[Problem]) -> bool:
    """Whether the file carries what spreadsheet programs add: a byte order mark, carriage returns."""
    if text.startswith("\ufeff"):
        problems.append(problem("byte-order-mark", shown, 1, 1))
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(problem("carriage-return", shown, line))
    return text.startswith("\ufeff") or "\r" in text


def _records(text: str, shown: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """(line on which the record begins, its cells)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(problem("not-csv", shown, line, detail=str(error)))


def _header_problems(header: list[str], resource: dict[str, Any], shown: str) -> Iterator[Problem]:
    names = list(contract.fields(resource))
    missing = [name for name in names if name not in header]
    for name in missing:
        yield problem("missing-column", shown, 1, 0, field=name, expected=",".join(names))
    for column, name in enumerate(header, 1):
        if name not in names or name in header[: column - 1]:
            yield problem("unknown-column", shown, 1, column, field=name, expected=",".join(names))
    if sorted(header) == sorted(names) and header != names:
        yield problem("column-order", shown, 1, 1, expected=",".join(names))


def _record_problems(records: list[tuple[int, list[str]]], shown: str) -> Iterator[Problem]:
    header = records[0][1]
    for line, cells in records[1:]:
        if not any(cells):
            yield problem("blank-row", shown, line)
        elif len(cells) != len(header):
            yield problem("wrong-row-length", shown, line, 1, found=len(cells), expected=len(header))
        for column, cell in enumerate(cells[: len(header)], 1):
            if "\n" in cell:
                yield problem("line-break-in-cell", shown, line, column, field=header[column - 1])
            elif found := _CONTROL.search(cell):
                yield problem(
                    "control-character",
                    shown,
                    line,
                    column,
                    field=header[column - 1],
                    character=f"U+{ord(found.group()):04X}",
                )
            elif header[column - 1] not in _VERBATIM and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
                yield problem("formula-cell", shown, line, column, field=header[column - 1], value=cell[:20])


def _typed(
    records: list[tuple[int, list[str]]], resource: dict[str, Any], shown: str, problems: list[Problem]
) -> Table:
    fields = list(contract.fields(resource).values())
    table = Table(resource["name"], shown, tuple(records[0][1]))
    for line, cells in records[1:]:
        row = Row()
        row.line = line
        for column, (meant, cell) in enumerate(zip(fields, cells, strict=True), 1):
            row[meant["name"]] = value = _CASTS.get(meant["type"], str)(cell)
            if value is None and cell:
                facts = {"value": cell, "type": meant["type"]}
                problems.append(problem("wrong-type", shown, line, column, meant["name"], **facts))
        table.rows.append(row)
    return table


def _integer(cell: str) -> int | None:
    return int(cell) if re.fullmatch(r"-?[0-9]{1,9}", cell) else None


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if _NUMBER.fullmatch(cell) else None


_CASTS = {"integer": _integer, "number": _number}
