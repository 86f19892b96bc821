"""One mistake, one message: what is wrong only because something else is, is folded into its cause.

Comes in: every Problem, and the rows they are about. Goes out: the causes, each with the addresses that follow from it.
A deleted unit breaks every row that uses it, a changed id every row that leads to it, a sorted column every quote. The
data says which: rows are tied by the keys of the contract. Apart, so that a check need not know of any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import PurePosixPath

from openplans.packages.link import World
from openplans.packages.read import Package, Row, Table
from openplans.problems import Problem, rules
from openplans.rules.references import REGISTRY_KEYS
from openplans.schema import contract

Key = tuple[str, str, str]
"""(folder of the package, table, id): a row by what leads to it."""

MANY_OF_A_FORM = 3
"""From how many cells of a column on a mistake of form is one of the column: a program did it, not a slip."""

MANY = 10
"""The same for mistakes of meaning, which people make one by one."""

_FIRST_CONTENT_RULE = "foreign-id"
"""In rules.toml: what stands before it is about the form of files and cells."""

_MISSING = {"broken-reference", *(f"unknown-{name}" for name in ("theme", "concept", "unit", "organization", "region"))}
"""The rules of a value that leads to no row."""

_ORGANIZATION_RULES = {
    "unknown-organization-name",
    "organization-differs",
    "organization-elsewhere",
    "unit-not-accounted",
}
"""What cannot be judged where the plan's region, or one above it, is unknown."""

_TABLE_OF_COLUMN = {column: name for name, (column, _) in REGISTRY_KEYS.items()}


@dataclass
class _Ties:
    """How a problem is tied to rows: the row itself, those it leads to, those that lead to it, the one it misses."""

    own: set[Key] = field(default_factory=set)
    to: set[Key] = field(default_factory=set)
    of: set[Key] = field(default_factory=set)
    missing: Key | None = None


@dataclass
class _Known:
    """The causes found so far, by all that ties others to them."""

    rows: dict[tuple[str, int], Problem] = field(default_factory=dict)
    keys: dict[Key, Problem] = field(default_factory=dict)
    lost: dict[tuple[str, str], Problem] = field(default_factory=dict)
    missing: dict[Key, Problem] = field(default_factory=dict)
    contained: dict[Key, Problem] = field(default_factory=dict)
    sources: dict[str, Problem] = field(default_factory=dict)
    texts: dict[str, Problem] = field(default_factory=dict)
    renamed: dict[str, Problem] = field(default_factory=dict)
    changed: dict[str, Problem] = field(default_factory=dict)
    deep: dict[str, Problem] = field(default_factory=dict)


def gathered(problems: list[Problem], world: World) -> list[Problem]:
    """The causes among the problems, each with what follows from it."""
    graph = _Graph(world)
    known = _Known()
    causes: dict[Problem, list[Problem]] = {}
    for each in sorted(problems, key=lambda each: (_rank(each), each.rule == "missing-file", each)):
        ties = graph.ties(each)
        cause = _cause(each, ties, known)
        if cause is None:
            causes[each] = []
        else:
            causes[cause].append(each)
        _remember(each, ties, cause or each, known, graph)
    return [_told(cause, following, graph) for cause, following in _alike(causes).items()]


def _rank(problem: Problem) -> int:
    """What comes first in time: form, then the text, then keys, then quotes, then all else."""
    if problem.rule in _forms():
        return 0
    if problem.rule in ("source-changed", "unknown-region", "foreign-id"):
        return 1
    if problem.rule == "text-not-verbatim":
        return 2
    if problem.rule in _MISSING or problem.rule == "missing-theme":
        return 3
    if problem.rule == "unknown-organization-name":
        return 4
    if problem.rule.startswith("quote-") or problem.rule in ("too-deep", "restates-chain"):
        return 5
    return 7 if problem.rule == "accepted-needless" else 6


@cache
def _forms() -> frozenset[str]:
    """The rules about the form of files and cells."""
    codes = list(rules())
    return frozenset(codes[: codes.index(_FIRST_CONTENT_RULE)]) - _MISSING


def _cause(each: Problem, ties: _Ties, known: _Known) -> Problem | None:
    """The known cause from which a problem follows; None where it is one itself."""
    folder = str(PurePosixPath(each.file).parent)
    if ties.missing:
        if ties.missing in known.missing:
            return known.missing[ties.missing]
        if ties.missing[:2] in known.lost and _rank(each) > 0:
            return known.lost[ties.missing[:2]]
        if ties.missing[1] == "clauses" and folder in known.texts:  # a clause that was removed
            return known.texts[folder]
    of_row = known.rows.get((each.file, each.line)) if each.line else None
    if of_row and _rank(each) and (of_row.rule, of_row.field) != (each.rule, each.field):  # two numbers: two mistakes
        return of_row
    if each.rule == "id-missing" and each.file in known.changed:  # the id stands there, as another
        return known.changed[each.file]
    if each.rule == "id-missing" and each.field == "clause_id" and folder in known.texts:  # its text is missing, too
        return known.texts[folder]
    if each.rule.endswith("-parent-differs") and each.file in known.deep:
        return known.deep[each.file]
    if each.rule == "accepted-needless":  # what it sets aside is said no more where its row is in doubt
        return next((known.contained[key] for key in sorted(ties.own) if key in known.contained), None)
    if each.rule == "missing-file" and each.file in known.renamed:
        return known.renamed[each.file]
    if each.rule in ("text-not-verbatim", "source-changed") and folder in known.sources:
        return known.sources[folder]
    if _rank(each) < 3:
        return None
    for key in sorted(ties.to | ties.own):
        if key in known.keys or key in known.missing:
            return known.keys.get(key) or known.missing[key]
    return next((known.contained[key] for key in sorted(ties.of) if key in known.contained), None)


def _remember(each: Problem, ties: _Ties, cause: Problem, known: _Known, graph: _Graph) -> None:
    """Let others be tied to a problem; what follows from it has its cause."""
    folder = str(PurePosixPath(each.file).parent)
    known.rows.setdefault((each.file, each.line), cause)
    if ties.missing:
        known.missing.setdefault(ties.missing, cause)
    if each.rule in ("duplicate-key", "text-not-verbatim"):
        known.keys.update(dict.fromkeys(ties.own, cause))
    if (_rank(each) == 0 or each.rule == "foreign-id") and graph.is_key(each):
        known.lost.setdefault(graph.table(each), cause)
        known.changed.setdefault(each.file, cause)
    if each.rule == "too-deep":
        known.deep.setdefault(each.file, cause)
    known.contained.update(dict.fromkeys(ties.own, cause))
    if each.rule == "renamed-file":
        known.renamed[f"{folder}/{each.facts['meant']}"] = cause
    if each.rule == "source-changed":
        known.sources.setdefault(folder, cause)
    if each.rule == "text-not-verbatim":
        known.texts.setdefault(folder, cause)


def _alike(causes: dict[Problem, list[Problem]]) -> dict[Problem, list[Problem]]:
    """Causes with those of a rule in one column taken together where they are many."""
    groups: defaultdict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for each in causes:
        whole = not each.line or each.rule in ("byte-order-mark", "carriage-return")
        place = (each.rule, "") if whole else (each.file, each.field)
        groups[each.rule, *place].append(each)
    merged: dict[Problem, list[Problem]] = {}
    for group in groups.values():
        most = MANY_OF_A_FORM if group[0].rule in _forms() else MANY
        first, *others = sorted(group)
        if len(group) > most and group[0].rule not in ("bad-descriptor", "stray-file"):
            merged[first] = [*causes[first], *others, *(each for other in others for each in causes[other])]
        else:
            merged.update({each: causes[each] for each in group})
    return merged


def _told(cause: Problem, following: list[Problem], graph: _Graph) -> Problem:
    """A cause with the addresses of what follows from it, one for each row; moved to where a missing row should be."""
    places: dict[tuple[str, int], str] = {}
    for each in sorted(following, key=lambda each: (each.file, each.line, _rank(each), each)):
        places.setdefault((each.file, each.line), each.address)
    if cause.rule in ("renamed-file", "source-changed"):
        places = {place: each for place, each in places.items() if place[1]}
    places.pop((cause.file, cause.line), None)
    ties = graph.ties(cause)
    same = [each for each in following if ties.missing and graph.ties(each).missing == ties.missing]
    if len(same) < 2:
        return replace(cause, follows=tuple(places.values()))
    moved = cause.advised(
        f"这一行多半被删去或改过，先恢复它；用到它的第一处是 {cause.address}。",
        f"Its row was probably removed or changed: bring it back; the first that uses it is {cause.address}.",
    )
    return replace(moved, file=graph.file(ties.missing), line=0, column=0, follows=(cause.address, *places.values()))


class _Graph:
    """The rows of a project by place and key, and how they lead to each other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rows: dict[tuple[str, int], tuple[Package, Table, Row]] = {}
        self._packages = {package.file: package for package in world.project.packages}
        for package in world.project.packages:
            for table in package.tables.values():
                for row in table.rows:
                    self._rows[table.file, row.line] = package, table, row
        self._referring: dict[str, dict[Key, set[Key]]] = {}

    def ties(self, each: Problem) -> _Ties:
        """How a problem is tied to rows."""
        found = self._rows.get((each.file, each.line))
        if found is None:
            package = self._packages.get(each.file)
            return _Ties(self._set_aside(each, package), missing=self._missing(each, package, None))
        package, table, row = found
        ties = _Ties({self._key(package, table, row)}, set(self._leads(package, table, row)))
        ties.to |= {key for each in ties.to for key in self._leads_of(package, each)}
        if each.rule in _ORGANIZATION_RULES:
            chain = self.world.region_chain(package.descriptor.get("region_code", ""))
            above = {self.world.regions[code]["parent_code"] for code in chain} | {
                *chain,
                package.descriptor["region_code"],
            }
            ties.to |= {(self._registry, "regions", code) for code in above if code}
        if table.name == "clauses":
            ties.of = self._about_clause(package, row) | self._astray(package)
        ties.missing = self._missing(each, package, table)
        return ties

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
        package = next(each for each in self.world.project.packages if each.folder.name == key[0])
        return f"{PurePosixPath(package.file).parent}/{contract.tables(package.kind)[key[1]]['path']}"

    @property
    def _registry(self) -> str:
        return self.world.project.registry.folder.name

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
                    yield self._registry, name, row[column]

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
        if each.rule == "missing-theme":
            return self._registry, "themes", facts["value"]
        if each.rule == "unknown-organization-name":
            return self._registry, "organization_names", facts["name"]
        if each.rule == "alias-leads-nowhere" and facts["kind"] != "word":
            return self._registry, f"{facts['kind']}s", facts["id"]
        if each.rule in _MISSING and "registry" in facts:
            return self._registry, facts["registry"], facts["value"]
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
        """The rows of a package that lead to a row that is not there: nobody knows which clause they account for."""
        there = {self._key(package, table, row) for table in package.tables.values() for row in table.rows}
        return {
            self._key(package, table, row)
            for table in package.tables.values()
            for row in table.rows
            for key in self._leads(package, table, row)
            if key[0] == package.folder.name and key not in there
        }

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
