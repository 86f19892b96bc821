"""How a problem is tied to rows: its own, those it leads to, those that lead to it.

Comes in: a linked project and a Problem. Goes out: the keys of the rows it is tied to. Apart from `causes`, which
decides by them, because these are the keys of the contract and no judgement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from openplans.packages.link import World
from openplans.packages.read import Package, Row, Table
from openplans.problems import Problem
from openplans.rules.keys import REGISTRY_TABLES
from openplans.rules.quotes import squeezed
from openplans.rules.ranks import COMPARING, MISSING
from openplans.schema import contract, vocabulary

Key = tuple[str, str, str]
"""(folder of the package, table, id): a row by what leads to it."""

_ORGANIZATION_RULES = {
    "unknown-organization-name",
    "organization-differs",
    "organization-elsewhere",
    "unit-not-accounted",
}
"""What cannot be judged where the plan's region, or one above it, is unknown."""

_OTHER_ROW = ("first", "other", "replaced")
"""The facts that name it."""

_TABLE_OF_COLUMN = {each.column: each.to_table for each in vocabulary.references() if each.to_table in REGISTRY_TABLES}
"""The table of the registry that a column leads to."""


@dataclass
class Ties:
    """How a problem is tied to rows: the row itself, those it leads to, those that lead to it, the one it is held
    against, the one it misses."""

    own: set[Key] = field(default_factory=set)
    to: set[Key] = field(default_factory=set)
    of: set[Key] = field(default_factory=set)
    against: set[Key] = field(default_factory=set)
    missing: Key | None = None


def _counted(row_id: str) -> tuple[int, str]:
    """An id in the order of its numbers: t99 before t100."""
    return len(row_id), row_id


def number_of(row_id: str) -> int:
    """The number at the end of an id."""
    return int(re.sub(r"\D", "", row_id.rpartition("-")[2]) or 0)


class Graph:
    """The rows of a project by place and key, and how they lead to each other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rows: dict[tuple[str, int], tuple[Package, Table, Row]] = {}
        self._packages = {package.file: package for package in world.project.packages}
        self._in_folder = {package.folder.name: package for package in world.project.packages}
        for package in world.project.packages:
            for table in package.tables.values():
                for row in table.rows:
                    self._rows[table.file, row.line] = package, table, row
        self._referring: dict[str, dict[Key, set[Key]]] = {}
        self._last_lines: dict[tuple[str, str], int] = {}

    def ties(self, each: Problem) -> Ties:
        """How a problem is tied to rows."""
        found = self._rows.get((each.file, each.line))
        if found is None:
            package = self._packages.get(each.file)
            return Ties(self._set_aside(each, package), missing=self._missing(each, package, None))
        package, table, row = found
        ties = Ties({self._key(package, table, row)}, set(self._leads(package, table, row)))
        ties.to |= {key for each in ties.to for key in self._leads_of(package, each)}
        if each.rule in COMPARING:
            ties.against = {(package.folder.name, table.name, str(each.facts.get(name))) for name in _OTHER_ROW}
        if each.rule == "name-twice" and (other := self._rows.get((each.file, int(each.facts["first"])))):
            ties.against = {self._key(*other)}
        if each.rule in ("ten-times-its-kin", "update-short"):  # which are held against the promise of a plan
            promise = str(each.facts["promise" if each.rule == "ten-times-its-kin" else "target"])
            ties.against = {(promise.rpartition("-")[0], "targets", promise)}
        if each.rule in _ORGANIZATION_RULES:
            chain = self.world.region_chain(package.descriptor.get("region_code", ""))
            above = {self.world.regions[code]["parent_code"] for code in chain} | {
                *chain,
                package.descriptor["region_code"],
            }
            ties.to |= {(self.registry, "regions", code) for code in above if code}
        if table.name == "clauses":
            ties.of = self._about_clause(package, row) | self._astray(package)
        elif each.rule == "rank-differs":  # the units before it may be those that lead nowhere
            ties.of = {key for key in self._astray(package) if key[1] == table.name}
        ties.missing = self._missing(each, package, table)
        return ties

    def row(self, each: Problem) -> tuple[Package, Table, Row] | None:
        """The row of a problem with its package and table; None where it has none."""
        return self._rows.get((each.file, each.line))

    def key_of(self, each: Problem) -> str:
        """The id of the row of a problem."""
        _, table, row = self._rows[each.file, each.line]
        return str(row[table.columns[0]])

    def column(self, each: Problem, name: str) -> int:
        """The place of a column in the table of a problem, from 1."""
        return self._rows[each.file, each.line][1].columns.index(name) + 1

    def quotes(self, each: Problem, other: Problem) -> bool:
        """Whether the quote of the row of a problem holds the figure of another, which is of a clause."""
        row = self._rows[each.file, each.line][2]
        return row.get("clause_id") == other.facts["clause"] and other.facts["figure"] in row.get("quote", "")

    def taken_from(self, twice: Problem, lacking: Problem) -> tuple[int, str] | None:
        """The line of the one of two equal rows of responsibilities that stands beside those of a task whose list of
        units lacks the unit of that row, and the task.
        """
        here = lacking.rule == "unit-not-accounted" and lacking.file.rpartition("/")[0] == twice.file.rpartition("/")[0]
        if twice.rule != "duplicate-row" or not here or not twice.file.endswith("/responsibilities.csv"):
            return None
        package = self._package_of(twice)
        clause = self._rows[lacking.file, lacking.line][2]
        tasks = {
            row["task_id"] for row in package["tasks"] if row["clause_id"] in (clause["clause_id"], clause["parent_id"])
        }
        of_task = {row.line: row["task_id"] for row in package["responsibilities"] if row["task_id"] in tasks}
        for line in (twice.facts["first"], twice.line):
            name = self._rows[twice.file, line][2]["name_in_source"]
            beside = of_task.get(line - 1) or of_task.get(line + 1)
            if beside and name and name in lacking.facts["rest"]:
                return line, beside
        return None

    def printing(self, each: Problem) -> list[str]:
        """The clauses of the package of a problem that print what it quotes."""
        return [row["clause_id"] for row in self._package_of(each)["clauses"] if each.facts["quote"] in row["text"]]

    def titled_elsewhere(self, each: Problem) -> bool:
        """Whether the title of the task of a problem is printed in another clause than its own."""
        clauses = self._package_of(each)["clauses"]
        return any(each.facts["title"] in row["text"] for row in clauses if row["clause_id"] != each.facts["clause"])

    def around(self, gone: Problem) -> Iterator[str]:
        """The ids of the clauses that the row of a missing id may
        have been about: from that of the id before to that behind."""
        package = self._package_of(gone)
        table = package.tables[PurePosixPath(gone.file).stem]
        if "clause_id" not in table.columns or table.name == "clauses":
            return
        clauses, key = package.by_id("clauses"), table.columns[0]
        rows = sorted((row for row in table.rows if row["clause_id"] in clauses), key=lambda row: _counted(row[key]))
        before = [row for row in rows if _counted(row[key]) < _counted(gone.facts["id"])][-1:]
        behind = [row for row in rows if _counted(row[key]) > _counted(gone.facts["id"])][:1]
        first, last = ([clauses[row["clause_id"]].line for row in each] for each in (before, behind))
        for clause in package["clauses"]:
            if (not first or clause.line >= first[0]) and (not last or clause.line <= last[0]):
                yield clause["clause_id"]

    def filled(self, each: Problem) -> int:
        """How many cells of the column of a problem hold something."""
        found = self._rows.get((each.file, each.line))
        return sum(row.get(each.field) not in ("", None) for row in found[1].rows) if found else 0

    def cell(self, each: Problem, column: str = "") -> str:
        """What stands in the cell of a problem, or in a `column` of its row; "" where it has none."""
        found = self._rows.get((each.file, each.line))
        value = found[2].get(column or each.field) if found else None
        return "" if value is None else str(value)

    def same_above(self, each: Problem) -> int:
        """The line of the first of the rows on end that have the same thing in the column of a problem as its own row,
        which is not the first itself; 0 where its row is.
        """
        found = self._rows.get((each.file, each.line))
        if not found or each.field not in found[1].columns or not found[2][each.field]:
            return 0
        rows, value = found[1].rows, found[2][each.field]
        place = first = rows.index(found[2])
        while first and rows[first - 1][each.field] == value:
            first -= 1
        return rows[first].line if first < place else 0

    def kind(self, each: Problem) -> str:
        """The kind of the clause that a problem is about."""
        return str(self._rows[each.file, each.line][2]["kind"])

    def clause_text(self, each: Problem) -> str:
        """The text of the clause that the row of a problem is held against."""
        package = self._rows[each.file, each.line][0]
        clause = package.by_id("clauses").get(str(each.facts["clause"]))
        return str(clause["text"]) if clause else ""

    def clause_of_task(self, each: Problem) -> str:
        """The clause of the task that the row of a problem is of."""
        package, _, row = self._rows[each.file, each.line]
        task = package.by_id("tasks").get(row["task_id"])
        return str(task["clause_id"]) if task else ""

    def task_of_target(self, each: Problem, target_id: str) -> str:
        """The task that a target of the plan of a problem is of."""
        row = self._package_of(each).by_id("targets").get(target_id)
        return str(row["task_id"]) if row else ""

    def terms_printed(self, each: Problem) -> list[str]:
        """The terms with an English name that the clause of a problem prints."""
        text = self.clause_text(each)
        return [term for term in self.world.terms if term in text]

    def empty_file(self, each: Problem, names: tuple[str, ...]) -> str:
        """The first of some tables in the package of a problem that has no rows."""
        found = self._rows.get((each.file, each.line))
        tables = found[0].tables if found else {}
        return next((tables[name].file for name in names if name in tables and not tables[name].rows), "")

    def last_responsible(self, each: Problem) -> int:
        """The last row of responsibilities that belongs to the clause of a problem or to one before it."""
        package = self._package_of(each)
        of_task = {row["task_id"]: self._line(package, row) for row in package["tasks"]}
        rows = (row.line for row in package["responsibilities"] if of_task.get(row["task_id"], 0) <= each.line)
        return max(rows, default=0)

    def behind_all(self, each: Problem, name: str) -> bool:
        """Whether all rows of a table are about the clause of a problem or clauses before it."""
        package = self._package_of(each)
        place = package.folder.name, name
        if place not in self._last_lines:
            self._last_lines[place] = max((self._line(package, row) for row in package[name]), default=0)
        return self._last_lines[place] <= each.line

    def unread(self, each: Problem) -> bool:
        """Whether nothing is said yet of what stands behind the clause of a problem: a plan is being read so far."""
        return self.behind_all(each, "targets") and self.behind_all(each, "references")

    def only_laid_out(self, each: Problem) -> bool:
        """Whether the plan of a problem has clauses and nothing else, as `build.py new` leaves it."""
        return all(not table.rows for name, table in self._package_of(each).tables.items() if name != "clauses")

    def renumbered(self, each: Problem) -> bool:
        """Whether the id that is missing comes before all that are there: the rows were numbered anew."""
        table = self._package_of(each).tables[PurePosixPath(each.file).stem]
        ids = [number_of(row[table.columns[0]]) for row in table.rows]
        return bool(ids) and number_of(each.facts["id"]) < min(ids)

    def place(self, each: Problem) -> int:
        """The place of a problem's table in the contract, which names first what others lead to."""
        package = self._rows[each.file, each.line][0]
        return list(contract.tables(package.kind)).index(PurePosixPath(each.file).stem)

    def about(self, each: Problem, other: Problem) -> bool:
        """Whether the row of a problem leads to, or is accounted for by, the table of another of the same package."""
        wanted = self.table(other)
        ties = self.ties(each)
        return any(key[:2] == wanted for key in ties.to | ties.of)

    def untrue(self, each: Problem) -> list[Key]:
        """The clauses of the package of a problem whose text does not stand in the document."""
        package = self._package_of(each)
        source = squeezed(package.source)
        wrong = [row["clause_id"] for row in package["clauses"] if squeezed(row["text"]) not in source]
        return [(package.folder.name, "clauses", clause_id) for clause_id in wrong]

    def front_untrue(self, each: Problem) -> bool:
        """Whether one of them is a title or a signature."""
        clauses = self._package_of(each).by_id("clauses")
        return any(clauses[key[2]]["kind"] in ("title", "signature") for key in self.untrue(each))

    def is_key(self, each: Problem) -> bool:
        """Whether a problem is in a column that other rows lead to."""
        found = self._rows.get((each.file, each.line))
        return found is not None and found[1].columns[0] == each.field

    def table(self, each: Problem) -> tuple[str, str]:
        """The package and table of a problem."""
        package, table, _ = self._rows[each.file, each.line]
        return package.folder.name, table.name

    def file(self, key: Key | None) -> str:
        """The file in which the row of a key stands, or should."""
        assert key
        package = self._in_folder[key[0]]
        return f"{PurePosixPath(package.file).parent}/{contract.tables(package.kind)[key[1]]['path']}"

    @property
    def registry(self) -> str:
        """The folder of what all plans share."""
        return self.world.project.registry.folder.name

    def _package_of(self, each: Problem) -> Package:
        """The plan in whose folder the file of a problem is."""
        return self._in_folder[each.file.split("/")[-2]]

    @staticmethod
    def _line(package: Package, row: Row) -> int:
        """The line of the clause that a row is about; 0 where it leads to none."""
        clause = package.by_id("clauses").get(row["clause_id"])
        return clause.line if clause else 0

    def _key(self, package: Package, table: Table, row: Row) -> Key:
        names = contract.tables(package.kind)[table.name]["schema"]["primaryKey"]
        return package.folder.name, table.name, "|".join(str(row[name]) for name in names)

    def _leads(self, package: Package, table: Table, row: Row) -> Iterator[Key]:
        """The keys of the rows that a row leads to."""
        for key in contract.tables(package.kind)[table.name]["schema"].get("foreignKeys", []):
            if value := row[key["fields"][0]]:
                yield package.folder.name, key["reference"]["resource"] or table.name, str(value)
        if package.kind != "registry":
            for column, name in _TABLE_OF_COLUMN.items():
                if row.get(column):
                    yield self.registry, name, row[column]

    def _leads_of(self, package: Package, key: Key) -> Iterator[Key]:
        """The keys of the rows that the task of a key leads to."""
        folder, name, value = key
        if name != "tasks" or folder != package.folder.name or name not in package.tables:
            return
        if row := package.by_id(name).get(value):
            yield from self._leads(package, package.tables[name], row)

    @staticmethod
    def _set_aside(each: Problem, package: Package | None) -> set[Key]:
        """The row that a descriptor names to set a rule aside for it, in whatever table it stands."""
        if package is None or each.rule != "accepted-needless":
            return set()
        return {(package.folder.name, name, each.facts["accepted"].split()[0]) for name in package.tables}

    def _missing(self, each: Problem, package: Package | None, table: Table | None) -> Key | None:
        """The row that a problem says is not there."""
        facts = each.facts
        if package and table and each.rule == "broken-reference":
            return package.folder.name, facts["to"], facts["value"]
        if each.rule == "name-unused" and facts["where"] == "organization_names.csv":
            return self.registry, "organization_names", facts["value"]
        if each.rule == "missing-theme":
            return self.registry, "themes", facts["value"]
        if each.rule == "unknown-organization-name":
            return self.registry, "organization_names", facts["name"]
        if each.rule == "alias-leads-nowhere" and facts["kind"] != "word":
            return self.registry, f"{facts['kind']}s", facts["id"]
        if each.rule in MISSING and "registry" in facts:
            return self.registry, facts["registry"], facts["value"]
        return None

    def _about_clause(self, package: Package, clause: Row) -> set[Key]:
        """The rows that account for what a clause says: those of it and of the clauses above it, and of their tasks."""
        clauses, folder = package.by_id("clauses"), package.folder.name
        above, at = [clause["clause_id"]], clause["parent_id"]
        while at in clauses and at not in above:
            above.append(at)
            at = clauses[at]["parent_id"]
        referring = self._referring_in(package)
        first = {key for each in above for key in referring.get((folder, "clauses", each), ()) if key[1] != "clauses"}
        return first | {other for key in first if key[1] == "tasks" for other in referring.get(key, ())}

    def _astray(self, package: Package) -> set[Key]:
        """The rows of a package that lead to a row that is not there, or nowhere though they must: nobody knows which
        clause they account for."""
        there = {self._key(package, table, row) for table in package.tables.values() for row in table.rows}
        return {
            self._key(package, table, row)
            for table in package.tables.values()
            for row in table.rows
            if self._leads_nowhere(package, table, row)
            or any(key[0] == package.folder.name and key not in there for key in self._leads(package, table, row))
        }

    @staticmethod
    def _leads_nowhere(package: Package, table: Table, row: Row) -> bool:
        """Whether a key that has to lead to another row is empty, as merged cells leave it."""
        schema = contract.tables(package.kind)[table.name]["schema"]
        must = {each["name"] for each in schema["fields"] if each.get("constraints", {}).get("required")}
        keys = {key["fields"][0] for key in schema.get("foreignKeys", [])}
        return any(not row[name] for name in must & keys)

    def _referring_in(self, package: Package) -> dict[Key, set[Key]]:
        """The rows that lead to each row of a package. Made once."""
        if package.folder.name not in self._referring:
            referring: defaultdict[Key, set[Key]] = defaultdict(set)
            for table in package.tables.values():
                for row in table.rows:
                    for key in self._leads(package, table, row):
                        referring[key].add(self._key(package, table, row))
            self._referring[package.folder.name] = dict(referring)
        return self._referring[package.folder.name]
