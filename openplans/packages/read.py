"""datapackages/ -> typed rows that know their line; with read_csv the only reader of CSV.

Comes in: the folders of the packages. Goes out: a Project of Packages of Tables
of rows, and a Problem for each file that cannot be read as what it should be.
What a cell means is not looked at here. Apart, so that later modules never meet
a byte, a quote character or an encoding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from openplans.packages import cells as cells_
from openplans.packages import garbled, judgements, read_descriptor, workbooks
from openplans.packages.files import read_text, unmerged
from openplans.packages.header import header_problem
from openplans.packages.read_csv import (
    CsvRecord,
    csv_records,
    is_garbled,
    otherwise_written,
    record_problems,
    spreadsheet_marks,
)
from openplans.paths import Paths
from openplans.problems import Problem, problem
from openplans.schema import contract
from openplans.schema.shapes import Field, Resource

SOURCE = "source.txt"
DESCRIPTOR = "datapackage.json"
DRAFT = "draft"
"""The folder of proposals in a plan, which are no part of the package."""


class Row(dict[str, Any]):
    """A row by field name: str ("" where empty), int or Decimal (None where empty). `line` is its line in the file."""

    line: int = 0


@dataclass
class Table:
    """One CSV file: its columns in order and its rows in order. `file` is its path as messages show it.

    `cells` are the rows as printed, which Frictionless judges; `digest` is that of the text and of what else says
    whether its cells are well formed.
    """

    name: str
    file: str
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list, repr=False)
    digest: str = ""


@dataclass
class Package:
    """One data package. `broken` names the tables that could not be read; they are not in `tables`."""

    kind: contract.PackageKind
    folder: Path
    file: str
    descriptor: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    source: str = ""
    lines: dict[str, int] = field(default_factory=dict, repr=False)
    _by_id: dict[str, dict[str, Row]] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The plan's id, or the name of the package; the folder's name where the descriptor gives none."""
        return str(self.descriptor.get("plan_id") or self.descriptor.get("name") or self.folder.name)

    @property
    def sound(self) -> bool:
        """Whether every table could be read, so that rules on its contents make sense."""
        return bool(self.descriptor) and not self.broken

    @cached_property
    def digest(self) -> str:
        """The hash of all that was read, where it stands included.
        Made once: nothing changes a package after reading."""
        tables = {name: [table.cells, [row.line for row in table.rows]] for name, table in self.tables.items()}
        return judgements.key(
            [self.kind, self.file, self.descriptor, self.source, sorted(self.broken), self.lines, tables]
        )

    @property
    def bare(self) -> Package:
        """The same for another machine: without the place where it is, and without what is made on demand."""
        return replace(self, folder=Path(self.folder.name), _by_id={})

    def line_of(self, name: str) -> int:
        """The line of the descriptor on which a property stands; 0 where it has none."""
        return self.lines.get(name.split("/")[0], 0)

    def __getitem__(self, table: str) -> list[Row]:
        """The rows of a table; KeyError where it is broken."""
        return self.tables[table].rows

    def by_id(self, table: str) -> dict[str, Row]:
        """The rows of a table by its first column, which is its id. Made once."""
        if table not in self._by_id:
            key = self.tables[table].columns[0]
            self._by_id[table] = {row[key]: row for row in self[table] if row[key]}
        return self._by_id[table]

    def first_of(self, table: str, column: str) -> dict[str, Row]:
        """The first row of a table for each value of a column: the task that a clause is. Made once."""
        key = f"{table}/{column}"
        if key not in self._by_id:
            self._by_id[key] = {}
            for row in self[table]:
                self._by_id[key].setdefault(row[column], row)
        return self._by_id[key]


TAKEN_ALONG = ("README.md", "CITATION.cff", "SHA256SUMS")
"""What the zip of a package holds besides it, which may stay where someone unpacked it."""


FORM_SHEET = "填报"
"""The sheet of a form that is filled in."""

_TABLES = (".csv", ".xlsx", ".xls", ".ods", ".et")
"""The endings of tables: none of them belongs beside the packages, where an upload lands that was not put into one."""


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

    @property
    def all_read(self) -> bool:
        """Whether every plan there is was asked for and could be read."""
        plans = [plan for plan in self.plans if plan.sound]
        return bool(plans) and len(plans) == sum(each.is_dir() for each in self.paths.plans.glob("*"))

    @property
    def accepted(self) -> int:
        """How many rows set a rule aside, with a reason."""
        tables = (table for package in self.packages for table in package.tables.values())
        in_descriptors = sum(len(package.descriptor.get("accepted", ())) for package in self.packages)
        return in_descriptors + sum(1 for table in tables for row in table.rows if row.get("accepted"))


def read_project(paths: Paths, only: tuple[str, ...] = ()) -> tuple[Project, list[Problem]]:
    """Read every package; `only` keeps the plans of these folder names (UnknownPlan for one that is not there)."""
    problems: list[Problem] = []
    folders = _plan_folders(paths, problems)
    for name in only:
        if name not in {each.name for each in folders}:
            raise UnknownPlan(name)
    if not folders:
        problems.append(problem("no-plans", paths.shown(paths.plans)))
    chosen = [each for each in folders if not only or each.name in only]
    packages = [_read_package(each, paths, problems) for each in (paths.registry, paths.observations, *chosen)]
    _leave_out(packages[1], {each.name for each in folders} - {each.name for each in chosen})
    return Project(paths, packages[0], packages[1], packages[2:]), problems


def remember(package: Package, paths: Paths) -> None:
    """Keep which tables of a package were read without a fault: their cells are not looked at again while they stay as
    they are. Apart from reading, which writes nothing: a base of a comparison is a folder of others."""
    sound, key = sorted(table.digest for table in package.tables.values()), _sound_key(package.folder)
    if judgements.load(paths, *key) != sound:
        judgements.store(paths, *key, sound)


def _sound_key(folder: Path) -> tuple[str, str]:
    return f"{folder.name}.read", judgements.code()


def read_registry(paths: Paths) -> tuple[Project, list[Problem]]:
    """Read the registry and no plan, for work whose memory must not grow with the plans."""
    problems: list[Problem] = []
    packages = [_read_package(each, paths, problems) for each in (paths.registry, paths.observations)]
    return Project(paths, packages[0], packages[1], []), problems


def _plan_folders(paths: Paths, problems: list[Problem]) -> list[Path]:
    """The folders of the plans. Whatever else lies about among the packages is a Problem."""
    known = {paths.registry.name, paths.observations.name, paths.plans.name}
    strays = [each for each in _entries(paths.datapackages) if each.name not in known]
    strays += [each for each in _entries(paths.root) if each.suffix.lower() in _TABLES]
    folders = []
    for each in _entries(paths.plans):
        if each.is_symlink():
            problems.append(problem("link", paths.shown(each)))
        elif each.is_dir() and _holds_a_package(each):
            folders.append(each)
        elif inner := _nested(each):
            problems.append(problem("nested-folder", paths.shown(each), name=each.name, inner=inner.name))
        else:
            strays.append(each)
    problems.extend(_stray(each, paths) for each in strays)
    return folders


def _entries(folder: Path) -> list[Path]:
    """What a folder holds, in order; files that begin with a dot are the system's own."""
    found = (each for each in folder.iterdir() if not each.name.startswith(".")) if folder.is_dir() else ()
    return sorted(found, key=attrgetter("name"))


def _beside(folder: Path, own: set[str], paths: Paths) -> Iterator[Problem]:
    """The Problems of what lies in a package and is none of its files; a missing file under another name is said so."""
    missing = [name for name in own - {DRAFT} if not (folder / name).exists()]
    for each in _entries(folder):
        if each.name not in own and each.name not in TAKEN_ALONG:
            meant = get_close_matches(each.name.lower(), missing, n=1, cutoff=0.8) or _a_document(each, missing)
            if meant:
                yield problem("renamed-file", paths.shown(each), name=each.name, meant=meant[0])
            else:
                yield _stray(each, paths)


def _a_document(file: Path, missing: list[str]) -> list[str]:
    """The document of a plan, where it is missing and a file is a text, whatever that is called."""
    return [SOURCE] if SOURCE in missing and file.suffix.lower() == Path(SOURCE).suffix else []


def _holds_a_package(folder: Path) -> bool:
    names = {DESCRIPTOR, *(each["path"] for each in contract.resources("plan"))}
    return any(each.name in names for each in folder.iterdir())


def _nested(folder: Path) -> Path | None:
    """The folder in a folder that holds the package, where the folder itself does not."""
    return next((each for each in _entries(folder) if each.is_dir() and _holds_a_package(each)), None)


def _stray(path: Path, paths: Paths) -> Problem:
    """The Problem of a file or folder that nobody reads; of a form, that it waits to be taken."""
    if _is_form(path):
        return problem("form-not-taken", paths.shown(path), name=path.name)
    what = ("文件夹", "folder") if path.is_dir() else ("文件", "file")
    return problem("stray-file", paths.shown(path), name=path.name, what=what[0], what_en=what[1])


def _is_form(path: Path) -> bool:
    """Whether a file is a form as `build.py form` writes it: by its sheet, for people rename files."""
    if path.suffix.lower() not in (".xlsx", ".ods"):
        return False
    try:
        return FORM_SHEET in workbooks.names(path)
    except workbooks.NoWorkbook:
        return False


def _leave_out(observations: Package, plans: set[str]) -> None:
    """Take the figures out that are about targets of plans left out: their keys would lead nowhere."""
    if "observations" in observations.tables:
        table = observations.tables["observations"]
        table.rows = [row for row in table.rows if row["target_id"].rpartition("-")[0] not in plans]


def _read_package(folder: Path, paths: Paths, problems: list[Problem]) -> Package:
    kind = contract.kind_of(folder, paths)
    file = folder / DESCRIPTOR
    package = Package(kind, folder, paths.shown(file))
    if folder.is_symlink():
        problems.append(problem("link", paths.shown(folder)))
        return package
    own = {DESCRIPTOR, *(each["path"] for each in contract.resources(kind))}
    problems.extend(_beside(folder, {*own, DRAFT} if kind == "plan" else own, paths))
    text = read_text(file, package.file, "missing-descriptor", problems)
    package.descriptor = read_descriptor.parsed(text, package.file, problems) if text else {}
    package.lines = read_descriptor.lines(package.descriptor, text)
    if kind == "plan":
        package.source = read_text(folder / SOURCE, paths.shown(folder / SOURCE), "missing-file", problems)
        if not package.source:
            package.broken.add("source")
    spared = cells_.spared(package.source)
    sound = frozenset(judgements.load(paths, *_sound_key(folder)) or ())
    for name, resource in contract.tables(kind).items():
        table = _read_table(folder / resource["path"], resource, paths, problems, spared, sound)
        if table:
            package.tables[name] = table
        else:
            package.broken.add(name)
    return package


def _read_table(
    path: Path, resource: Resource, paths: Paths, problems: list[Problem], spared: frozenset[str], sound: frozenset[str]
) -> Table | None:
    """The table in `path`; None after Problems where its form is wrong. `sound`: the digests of tables whose form was
    right when they were read before."""
    shown = paths.shown(path)
    text = read_text(path, shown, "missing-file", problems)
    digest = judgements.key([text, sorted(spared)])
    found = len(problems)
    maybe_garbled = digest not in sound and garbled.possible(text)
    if not text or spreadsheet_marks(text, shown, problems) or (maybe_garbled and is_garbled(text, shown, problems)):
        return None
    if wrong := unmerged(text, shown):
        problems.append(wrong)
        return None
    records = list(csv_records(text, shown, problems))
    if len(problems) == found and (wrong := header_problem(records[0][1], resource, shown)):
        problems.append(wrong)
    if len(problems) == found and digest not in sound:
        problems.extend(record_problems(records, resource, shown, spared, maybe_garbled))
    if len(problems) > found:
        return None
    problems.extend(otherwise_written(text, shown))
    return _typed(records, resource, shown, digest, problems)


def _typed(records: list[CsvRecord], resource: Resource, shown: str, digest: str, problems: list[Problem]) -> Table:
    """The table with each cell as a value of its column's type, and a problem for each that is none."""
    fields = contract.fields(resource)
    table = Table(resource["name"], shown, tuple(records[0][1]), cells=[row for _, row in records[1:]], digest=digest)
    for line, row_cells in records[1:]:
        row = Row(zip(fields, row_cells, strict=True))
        row.line = line
        table.rows.append(row)
    for column, (name, meant) in enumerate(fields.items(), 1):
        if not cells_.is_typed(meant):
            continue
        values = {cell: _value(cell, meant) for cell in {row[name] for row in table.rows}}
        for row in table.rows:
            row[name], wrong = values[row[name]]
            if wrong:
                rule, facts = wrong
                problems.append(problem(rule, shown, row.line, column, name, **facts))
    return table


def _value(cell: str, meant: Field) -> tuple[Any, cells_.Fault | None]:
    """The value of a cell, and the rule that it breaks, with the facts, where it is none of its type."""
    wrong: cells_.Fault | None = None
    if cells_.ill_formed(cell, meant):
        wrong = "wrong-type", {"value": cell, "type": meant["type"], "meant": TYPES[meant["type"]]}
    elif cells_.no_day(cell, meant):
        wrong = "no-such-day", {"value": cell, "first": cells_.YEARS[0], "last": cells_.YEARS[1]}
    return cells_.value(cell, meant), wrong


TYPES = {"integer": "整数", "number": "数", "date": "日期"}
"""The types of the contract in Chinese."""
