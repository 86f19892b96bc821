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
from difflib import get_close_matches
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from openplans.packages import cells as cells_
from openplans.packages import garbled, judgements, workbooks
from openplans.packages.files import NotStrict, parse_json, read_text, unmerged
from openplans.packages.header import header_problem
from openplans.paths import Paths
from openplans.problems import Problem, problem
from openplans.schema import contract
from openplans.schema.shapes import Field, Resource

SOURCE = "source.txt"
DESCRIPTOR = "datapackage.json"
DRAFT = "draft"
"""The folder of proposals in a plan, which are no part of the package."""

Record = tuple[int, list[str]]
"""The line on which a row of a CSV begins, and its cells."""

_CSV_ERRORS = (
    ("unexpected end", "双引号没有配对，一直到文件末尾", "a double quote is never closed"),
    ("expected after", "引号后面应当是逗号或行末", "behind a closing quote stands something other than a comma"),
    ("field larger", "有一格太长", "a cell is too long"),
)
_OTHER_CSV_ERROR = ("", "格式不对", "its form is wrong")

_PARTING = (("，", "全角逗号", "full-width commas"), (";", "分号", "semicolons"), ("\t", "制表符", "tabs"))
"""What parts the cells of a row where it should be a comma."""

_BROKEN_OFF = ("一行断成了两行：删去行末的换行，与下一行接起来", "a row is broken in two: join it with the next one")


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

    kind: contract.Kind
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
            meant = get_close_matches(each.name, missing, n=1, cutoff=0.8) or _a_document(each, missing)
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
    package.descriptor = _parse_descriptor(text, package.file, problems) if text else {}
    package.lines = {
        name: 1 + text[: at.start()].count("\n") for name in package.descriptor if (at := _property(name, text))
    }
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


def _property(name: str, text: str) -> re.Match[str] | None:
    """Where a property of the descriptor itself stands, as the contract's writer indents it."""
    return re.search(rf'(?m)^(?:\{{|  |\t)?"{re.escape(name)}"\s*:', text)


def _parse_descriptor(text: str, file: str, problems: list[Problem]) -> dict[str, Any]:
    if wrong := unmerged(text, file):
        problems.append(wrong)
        return {}
    try:
        descriptor = parse_json(text)
    except json.JSONDecodeError as error:
        zh, en = _json_error(error)
        problems.append(problem("not-json", file, error.lineno, error.colno, detail=zh, detail_en=en))
        return {}
    except NotStrict as error:
        problems.append(problem("not-json", file, detail=error.zh, detail_en=error.en))
        return {}
    if not isinstance(descriptor, dict) or not descriptor:
        facts = {"detail": "里面没有各项说明", "detail_en": "it holds no properties"}
        problems.append(problem("not-json", file, 1, 1, **facts))
        return {}
    return descriptor


def _json_error(error: json.JSONDecodeError) -> tuple[str, str]:
    """What keeps a text from being JSON, in both languages. Marks of full width look like those of JSON."""
    character = error.doc[error.pos : error.pos + 1]
    if character in "，：“”‘’｛｝［］；" and character:
        return f"“{character}”是全角的，要用半角", f"“{character}” is a full-width mark; JSON has the ASCII one"
    if character in "/#" and character:
        return "不能写注释（// 或 #）", "JSON has no comments (// or #)"
    if character == "'":
        return "要用双引号，不用单引号", "names and texts stand in double quotes, not single ones"
    if character in "}]" and character:
        return "最后一项后面多了逗号，或缺了一项", "a comma stands after the last item, or an item is missing"
    return {
        "Expecting ',' delimiter": ("这里缺少逗号", "a comma is missing here"),
        "Expecting ':' delimiter": ("这里缺少冒号", "a colon is missing here"),
        "Expecting value": ("这里缺少一个值", "a value is missing here"),
        "Extra data": ("结束之后还有别的内容", "something stands behind its end"),
    }.get(error.msg, ("引号、括号或转义写得不对", f"quotes, brackets or escapes are wrong ({error.msg})"))


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
    if not text or _spreadsheet_marks(text, shown, problems) or (maybe_garbled and _is_garbled(text, shown, problems)):
        return None
    if wrong := unmerged(text, shown):
        problems.append(wrong)
        return None
    records = list(_records(text, shown, problems))
    if len(problems) == found and (wrong := header_problem(records[0][1], resource, shown)):
        problems.append(wrong)
    if len(problems) == found and digest not in sound:
        problems.extend(_record_problems(records, resource, shown, spared, maybe_garbled))
    if len(problems) > found:
        return None
    problems.extend(_otherwise_written(text, shown))
    return _typed(records, resource, shown, digest, problems)


def _otherwise_written(text: str, shown: str) -> Iterator[Problem]:
    """What is wrong with a file whose cells are right: a comparison would show more than what changed."""
    if not text.endswith("\n"):
        yield problem("no-line-end", shown, text.count("\n") + 1)
    if text.startswith('"'):  # a program quotes all names of columns, or none
        yield problem("needless-quotes", shown, 1, 1)


def _spreadsheet_marks(text: str, shown: str, problems: list[Problem]) -> bool:
    """Whether the file carries what spreadsheet programs add: a byte order mark, carriage returns."""
    if text.startswith("\ufeff"):
        problems.append(problem("byte-order-mark", shown, 1, 1))
    elif "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(problem("carriage-return", shown, line))
    return text.startswith("\ufeff") or "\r" in text


def _is_garbled(text: str, shown: str, problems: list[Problem]) -> bool:
    """Whether most of a file is mojibake; one Problem tells the cause, at the first garbled line."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if not line.isascii()]
    hits = [(number, line, was) for number, line in lines if (was := garbled.original(line)) is not None]
    if len(hits) < 2 or len(hits) * 2 < len(lines):
        return False
    number, line, was = hits[0]
    piece = next((each for each in line.split(",") if garbled.original(each) not in (None, each)), line)
    facts = {"value": piece[:20], "original": (garbled.original(piece) or was)[:20]}
    problems.append(problem("garbled", shown, number, 0, count=len(hits), **facts))
    return True


def csv_error(error: csv.Error) -> tuple[str, str]:
    """What Python's reader found wrong with a CSV, in both languages."""
    return next((each[1:] for each in _CSV_ERRORS if each[0] in str(error)), _OTHER_CSV_ERROR[1:])


def _records(text: str, shown: str, problems: list[Problem]) -> Iterator[Record]:
    """The rows of a CSV, the header among them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        zh, en = csv_error(error)
        problems.append(problem("not-csv", shown, line, detail=zh, detail_en=en))


def _record_problems(
    records: list[Record], resource: Resource, shown: str, spared: frozenset[str], maybe_garbled: bool
) -> Iterator[Problem]:
    fields = list(contract.fields(resource).values())
    halves = _halves([row for _, row in records], len(fields))
    whole: list[Record] = []
    for number, (line, row) in enumerate(records[1:], 1):
        if number - 1 in halves:
            continue
        if not any(row) or not any(cell.strip() for cell in row):
            yield problem("blank-row", shown, line)
        elif row == records[0][1]:
            yield problem("header-again", shown, line)
        elif len(row) != len(fields):
            yield _wrong_length(row, len(fields), shown, line, number in halves)
        else:
            whole.append((line, row))
    for place, meant in enumerate(fields):
        cells = {row[place] for _, row in whole}  # most cells of a column say what others say
        wrong = {each: found for each in cells if (found := cells_.wrong(each, meant, spared, maybe_garbled))}
        for line, row in whole if wrong else ():
            if row[place] in wrong:
                rule, facts = wrong[row[place]]
                yield problem(rule, shown, line, place + 1, meant["name"], **facts)


def _halves(rows: list[list[str]], expected: int) -> set[int]:
    """The numbers of the rows that are a first half, broken off within a cell, the next row being the second."""
    broken: set[int] = set()
    for number in range(1, len(rows) - 1):
        one, other = len(rows[number]), len(rows[number + 1])
        if max(one, other) < expected and one + other == expected + 1 and number - 1 not in broken:
            broken.add(number)
    return broken


def _wrong_length(row: list[str], expected: int, shown: str, line: int, half: bool) -> Problem:
    """The Problem of a row with too many cells or too few, with the likely cause; `half`: the next row is its rest."""
    zh, en = _BROKEN_OFF if half else _why_wrong_length(row, expected)
    return problem("wrong-row-length", shown, line, 1, found=len(row), expected=expected, cause=zh, cause_en=en)


def _why_wrong_length(row: list[str], expected: int) -> tuple[str, str]:
    if (table := _of_another_table(row)) and len(row) != expected:
        return f"这是 {table}.csv 的一行，移到那里", f"it is a row of {table}.csv: move it there"
    if len(row) < expected:
        for mark, zh, en in _PARTING:
            if sum(cell.count(mark) for cell in row) + len(row) >= expected:
                return (
                    f"这一行的格子用{zh}隔开了，改成半角逗号",
                    f"the cells of this row are parted by {en}: use commas",
                )
        if len(row) == 1:
            return (
                "这一行只有一段话，不是数据：删去整行，要说的写进 note 或 notes.csv",
                "this row is a remark, not data: remove it, and put what it says into a note or into notes.csv",
            )
    elif _are_two(row, expected):
        return "两行连成了一行：在第二行的编号前换行", "two rows stand on one line: break it before the second one's id"
    elif not any(row[expected:]):
        return "行末多了逗号，删去", "remove the commas at the end of the row"
    return (
        "格里的文字若含半角逗号，要用双引号括起来；空格子的逗号不能省",
        "put text with a comma in it in double quotes; keep the commas of empty cells",
    )


def _of_another_table(row: list[str]) -> str:
    """The table of a plan that a row is one of by its id and its number of cells; "" for none."""
    letter = found[1] if (found := _ROW_ID.fullmatch(row[0])) else ""
    table = next((name for name, of_table in contract.LETTERS.items() if of_table == letter), "")
    return table if table and len(row) == len(contract.fields(contract.tables("plan")[table])) else ""


_ROW_ID = re.compile("[0-9].*-([a-z])[0-9]+")


def _are_two(row: list[str], expected: int) -> bool:
    """Whether a row is two, the line break between them lost: the second begins with an id as the first does."""
    kind = row[0].rstrip("0123456789")
    begins = kind in row[expected - 1] or row[expected].startswith(kind)
    return len(row) in (2 * expected - 1, 2 * expected) and len(kind) > 1 and begins


def _typed(records: list[Record], resource: Resource, shown: str, digest: str, problems: list[Problem]) -> Table:
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


def _value(cell: str, meant: Field) -> tuple[Any, cells_.Found | None]:
    """The value of a cell, and the rule that it breaks, with the facts, where it is none of its type."""
    wrong: cells_.Found | None = None
    if cells_.ill_formed(cell, meant):
        wrong = "wrong-type", {"value": cell, "type": meant["type"], "meant": TYPES[meant["type"]]}
    elif cells_.no_day(cell, meant):
        wrong = "no-such-day", {"value": cell, "first": cells_.YEARS[0], "last": cells_.YEARS[1]}
    return cells_.value(cell, meant), wrong


TYPES = {"integer": "整数", "number": "数", "date": "日期"}
"""The types of the contract in Chinese."""
