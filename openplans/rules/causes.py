"""One mistake, one message: what is wrong only because something else is, is folded into its cause.

Comes in: every Problem, and the rows they are about. Goes out: the causes, each with the addresses that follow from it.
A deleted unit breaks every row that uses it, a changed id every row that leads to it, a sorted column every quote. The
data says which: rows are tied by the keys of the contract. Apart, so that a check need not know of any other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import PurePosixPath

from openplans.packages.link import World
from openplans.packages.read import Package, Row, Table
from openplans.problems import Problem, rules
from openplans.rules.references import REGISTRY_KEYS
from openplans.schema import contract, vocabulary

Key = tuple[str, str, str]
"""(folder of the package, table, id): a row by what leads to it."""

Tag = tuple[str, str]
"""What a problem is the cause of besides its row, and where: ("sorted", file), ("head", folder)."""

MANY_OF_A_FORM = 3
"""From how many cells of a column on a mistake of form is one of the column: a program did it, not a slip."""

MANY = 10
"""The same for mistakes of meaning, which people make one by one."""

_OF_WHOLE_ROWS = {"foreign-id", "duplicate-key", "duplicate-row"}
"""The rules that pasting rows breaks, once for each."""

WHOLE_ROW = 3
"""From how many cells of a row on a mistake of form is one of the row: it is shifted, or no data at all."""

_FIRST_CONTENT_RULE = "foreign-id"
"""In rules.toml: what stands before it is about the form of files and cells."""

_MISSING = {"broken-reference", *(f"unknown-{name}" for name in ("theme", "concept", "unit", "organization", "region"))}
"""The rules of a value that leads to no row."""

_RANKS: tuple[set[str], ...] = (
    {
        "source-changed",
        "unknown-region",
        "foreign-id",
        "unit-factor",
        "concept-unit-differs",
        "organization-id-differs",
        "effective-differs",
        "plan-region-differs",
    },
    {"text-not-verbatim"},
    {"id-missing"},
    {*_MISSING, "missing-theme"},
    {"unknown-organization-name"},
    {"too-deep", "restates-chain"},
)
"""What comes first in time behind the form: the text, then keys; quotes and all else come behind."""

_ORGANIZATION_RULES = {
    "unknown-organization-name",
    "organization-differs",
    "organization-elsewhere",
    "unit-not-accounted",
}
"""What cannot be judged where the plan's region, or one above it, is unknown."""

_OF_PERIODS = {"period-outside-plan", "period-not-in-source", "period-start-differs", "year-not-explained"}
"""What is judged by the plan's own period."""

_UNACCOUNTED = {"figure-not-accounted", "promise-not-accounted", "task-missing"}
"""What is said of a clause where the row that accounted for it is gone."""

_COMPARING = {
    "restates-later", "restates-another", "restatement-unlinked", "restatement-conflict", "hedge-passed-over",
    "figure-twice", "replaces-elsewhere", "source-twice",
}  # fmt: skip
"""The rules that hold a row against another, which their facts name: what is wrong with that one comes first."""

_LAST = {*_COMPARING, "accepted-needless"}

_OTHER_ROW = ("first", "other", "replaced")
"""The facts that name it."""

_TABLE_OF_COLUMN = {each.column: each.to_table for each in vocabulary.references() if each.to_table in REGISTRY_KEYS}
"""The table of the registry that a column leads to."""


@dataclass
class _Ties:
    """How a problem is tied to rows: the row itself, those it leads to, those that lead to it, the one it is held
    against, the one it misses."""

    own: set[Key] = field(default_factory=set)
    to: set[Key] = field(default_factory=set)
    of: set[Key] = field(default_factory=set)
    against: set[Key] = field(default_factory=set)
    missing: Key | None = None


@dataclass
class _Known:
    """The causes found so far, by all that ties others to them."""

    rows: dict[tuple[str, int], Problem] = field(default_factory=dict)
    keys: dict[Key, Problem] = field(default_factory=dict)
    lost: dict[tuple[str, str], Problem] = field(default_factory=dict)
    missing: dict[Key, Problem] = field(default_factory=dict)
    contained: dict[Key, Problem] = field(default_factory=dict)
    said: dict[Tag, Problem] = field(default_factory=dict)
    astray: frozenset[tuple[str, int]] = frozenset()
    """The rows that are wrong as a whole."""


def gathered(problems: list[Problem], world: World) -> list[Problem]:
    """The causes among the problems, each with what follows from it."""
    graph = _Graph(world)
    known = _Known(astray=_astray(problems))
    causes: dict[Problem, list[Problem]] = {}
    for each in sorted(problems, key=lambda each: (_rank(each), each.rule == "missing-file", each)):
        ties = graph.ties(each)
        cause = _cause(each, ties, known)
        if cause is None:
            causes[each] = []
        else:
            causes[cause].append(each)
        _remember(each, ties, cause or each, known, graph)
    merged = _columnwise(_dragged(_alike(_of_other_units(causes))), graph)
    return [_told(cause, following, graph) for cause, following in merged.items()]


def unsaid(since: list[Problem], problems: list[Problem]) -> list[Problem]:
    """What is wrong with the way from a base, less what the problems of the data as it is say already: of the same row,
    of the same id, or of the ids of that file.
    """
    rows = {(each.file, each.line) for each in problems if each.line}
    ids = {each.facts.get("id") for each in problems}
    of_ids = (
        each
        for each in problems
        if each.rule in ("duplicate-key", "foreign-id", "text-not-verbatim") or not _rank(each)
    )
    keys = {each.file for each in of_ids if each.field in (_own_id(each.file), "text")}
    plans = {each.facts.get("value") for each in problems if each.rule == "folder-differs"}
    plans |= {each.facts["name"] for each in problems if each.rule == "nested-folder"}
    new = [
        each
        for each in since
        if (each.file, each.line) not in rows
        and not (each.rule == "row-removed" and (each.facts["id"] in ids or each.file in keys))
        and not (each.rule == "plan-removed" and each.facts["plan"] in plans)
    ]
    merged = _alike({each: [] for each in new}).items()
    return [replace(first, follows=tuple(each.address for each in others)) for first, others in merged]


def _own_id(file: str) -> str:
    """The column of a plan's table that holds a row's own id."""
    table = contract.tables("plan").get(PurePosixPath(file).stem)
    return table["schema"]["primaryKey"][0] if table else ""


def _astray(problems: list[Problem]) -> frozenset[tuple[str, int]]:
    """The rows with so many cells of wrong form that the row is what is wrong."""
    cells = {(each.file, each.line, each.field) for each in problems if each.line and each.field and not _rank(each)}
    rows = Counter((file, line) for file, line, _ in cells if not file.endswith(".json"))
    return frozenset(row for row, count in rows.items() if count >= WHOLE_ROW)


def _rank(problem: Problem) -> int:
    """What comes first in time: form, then the text, then keys, then quotes, then all else."""
    if problem.rule in _forms():
        return 0
    for rank, codes in enumerate(_RANKS, 1):
        if problem.rule in codes:
            return rank
    behind = (problem.rule.startswith("quote-"), problem.rule == "row-order", problem.rule not in _LAST, True)
    return len(_RANKS) + (5 if problem.rule in ("accepted-needless", "source-unused") else 1 + behind.index(True))


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
        if ties.missing[1] == "clauses" and ("text", folder) in known.said:  # a clause that was removed
            return known.said["text", folder]
    of_row = known.rows.get((each.file, each.line)) if each.line else None
    if of_row and (each.file, each.line) in known.astray:
        return of_row
    if of_row and _rank(each) and (of_row.rule, of_row.field) != (each.rule, each.field):  # two numbers: two mistakes
        return of_row
    if found := next((known.said[tag] for tag in _may_follow(each, ties) if tag in known.said), None):
        return found
    if each.rule == "accepted-needless":  # what it sets aside is said no more where its row is in doubt
        return next((known.contained[key] for key in sorted(ties.own) if key in known.contained), None)
    if _rank(each) < 3:
        return None
    if each.rule == "rank-differs" and (key := next((key for key in sorted(ties.to) if key in known.contained), None)):
        return known.contained[key]  # a unit of the task's list is missing
    for key in sorted(ties.to | ties.own):
        if key in known.keys or key in known.missing:
            return known.keys.get(key) or known.missing[key]
    return next((known.contained[key] for key in sorted(ties.of | ties.against) if key in known.contained), None)


def _may_follow(each: Problem, ties: _Ties) -> Iterator[Tag]:
    """What a problem may follow from by its rule; the nearest cause first."""
    rule, file, folder = each.rule, each.file, str(PurePosixPath(each.file).parent)
    if rule == "id-missing":
        yield "changed", file  # the id stands there, as another
        if each.field == "clause_id":
            yield "text", folder  # its text is missing, too
    elif rule.endswith("-parent-differs"):
        yield "deep", file
    elif rule == "row-order":
        yield "displaced", f"{file}:{each.line - 1}"  # the row before it names a clause further down
        yield "displaced", f"{file}:{each.line}"
    elif rule in _COMPARING or rule == "accepted-needless":
        yield "sorted", file  # they hold a row against those before it
    elif rule == "missing-file":
        yield "renamed", file
    elif rule in ("text-not-verbatim", "source-changed"):
        yield "source", folder
    elif rule in _OF_PERIODS:
        yield "effective", folder
    elif rule in ("unknown-target", "target-elsewhere"):
        plan = each.facts["value" if rule == "unknown-target" else "target"].rpartition("-")[0]
        yield "nested", plan
        yield "head", plan
    elif rule == "ten-times-its-series":
        yield "factor", ""  # the figures are right, their unit is not
    elif rule in ("observation-dimension", "concept-dimension"):
        yield "factor", ""
    elif rule in _UNACCOUNTED:
        yield from (("gone", key[2]) for key in ties.own)


def _brings(each: Problem, graph: _Graph) -> Iterator[Tag]:
    """What others may follow from, of a problem."""
    rule, file, folder = each.rule, each.file, str(PurePosixPath(each.file).parent)
    if rule == "row-order":
        yield "sorted", file
    elif rule == "quote-not-in-clause" and each.field == "clause_id":
        yield "displaced", f"{file}:{each.line}"
    elif rule == "id-missing":
        yield from (("gone", clause_id) for clause_id in graph.around(each))
    elif rule == "nested-folder":
        yield "nested", each.facts["name"]
    elif rule == "unit-factor":
        yield "factor", ""
    elif rule == "too-deep":
        yield "deep", file
    elif rule == "renamed-file":
        yield "renamed", f"{folder}/{each.facts['meant']}"
    elif rule == "source-changed":
        yield "source", folder
    elif rule == "text-not-verbatim":
        yield "text", folder
    elif rule == "effective-differs":
        yield "effective", folder
    elif rule in ("plan-region-differs", "bad-descriptor"):
        yield "head", PurePosixPath(folder).name


def _remember(each: Problem, ties: _Ties, cause: Problem, known: _Known, graph: _Graph) -> None:
    """Let others be tied to a problem; what follows from it has its cause."""
    folder = str(PurePosixPath(each.file).parent)
    known.rows.setdefault((each.file, each.line), cause)
    if ties.missing:
        known.missing.setdefault(ties.missing, cause)
    for tag in _brings(each, graph):
        known.said.setdefault(tag, cause)
    if each.rule == "id-missing":
        known.missing.setdefault((PurePosixPath(folder).name, PurePosixPath(each.file).stem, each.facts["id"]), cause)
    of_registry = any(key[0] == graph.registry for key in ties.own)
    whole = ("duplicate-key", "text-not-verbatim", "unit-factor", "concept-unit-differs", "organization-id-differs")
    if each.rule in whole or (of_registry and not _rank(each)):
        known.keys.update(dict.fromkeys(ties.own, cause))
    if (_rank(each) == 0 or each.rule == "foreign-id") and graph.is_key(each):
        known.lost.setdefault(graph.table(each), cause)
        known.said.setdefault(("changed", each.file), cause)
    known.contained.update(dict.fromkeys(ties.own, cause))


def _of_other_units(causes: dict[Problem, list[Problem]]) -> dict[Problem, list[Problem]]:
    """Causes with a unit that stands twice taken to the row that names another than the document does."""
    wrong = {(each.file, each.line): each for each in causes if each.rule == "organization-differs"}
    merged = {each: list(following) for each, following in causes.items()}
    for each in causes if wrong else ():
        lines = (each.line, each.facts.get("first")) if each.rule == "duplicate-row" else ()
        cause = next((found for line in lines if (found := wrong.get((each.file, int(line or 0))))), None)
        if cause is not None:
            merged[cause] += [each, *merged.pop(each)]
    return merged


def _dragged(causes: dict[Problem, list[Problem]]) -> dict[Problem, list[Problem]]:
    """Causes with those that say the same of one column in rows that follow each other taken together: a cell was
    dragged down over them.
    """
    merged: dict[Problem, list[Problem]] = {}
    run: list[Problem] = []
    for each in [*sorted(causes, key=lambda each: (each.file, each.field, each.rule, each.line)), None]:
        last = run[-1] if run else None
        if last and each and _same_below(last, each):
            run.append(each)
            continue
        if len(run) >= MANY_OF_A_FORM:
            merged[run[0]] = [*causes[run[0]], *(one for other in run[1:] for one in (other, *causes[other]))]
        else:
            merged.update({one: causes[one] for one in run})
        run = [each] if each else []
    return merged


def _same_below(one: Problem, other: Problem) -> bool:
    place = (one.file, one.field, one.rule, one.line + 1, one.details)
    return bool(other.details) and place == (other.file, other.field, other.rule, other.line, other.details)


def _alike(causes: dict[Problem, list[Problem]]) -> dict[Problem, list[Problem]]:
    """Causes with those of a rule in one column taken together where they are many."""
    groups: defaultdict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for each in causes:
        whole = not each.line or each.rule in ("byte-order-mark", "carriage-return")
        place = (each.rule, "") if whole else (each.file, each.field)
        groups[each.rule, *place].append(each)
    merged: dict[Problem, list[Problem]] = {}
    for group in groups.values():
        most = MANY_OF_A_FORM if group[0].rule in _forms() | _OF_WHOLE_ROWS else MANY
        first, *others = sorted(group)
        if len(group) > most and group[0].rule not in ("bad-descriptor", "stray-file"):
            merged[first] = [*causes[first], *others, *(each for other in others for each in causes[other])]
        else:
            merged.update({each: causes[each] for each in group})
    return merged


def _columnwise(causes: dict[Problem, list[Problem]], graph: _Graph) -> dict[Problem, list[Problem]]:
    """Causes with all that is said of a table in which the
    quotes of most rows are wrong: the column is out of place."""
    shifted = {
        each.file: each
        for each, following in causes.items()
        if each.rule == "quote-not-in-clause" and len(following) * 2 > graph.height(each) > MANY
    }
    merged = {each: list(following) for each, following in causes.items()}
    for each in causes:
        if each.file in shifted and each is not shifted[each.file] and _rank(each) > _rank(shifted[each.file]):
            merged[shifted[each.file]] += [each, *merged.pop(each)]
    return merged


def _told(cause: Problem, following: list[Problem], graph: _Graph) -> Problem:
    """A cause with the addresses of what follows from it, one for each row; moved to where a missing row should be."""
    places: dict[tuple[str, int], str] = {}
    for each in sorted(following, key=lambda each: (each.file, each.line, _rank(each), each)):
        places.setdefault((each.file, each.line), each.address)
    if cause.rule in ("renamed-file", "source-changed"):
        places = {place: each for place, each in places.items() if place[1]}
    places.pop((cause.file, cause.line), None)
    wrong = {
        each.field for each in (cause, *following) if (each.file, each.line, _rank(each)) == (cause.file, cause.line, 0)
    }
    if cause.line and len(wrong) >= WHOLE_ROW:
        cause = cause.advised(
            f"这一行有 {len(wrong)} 格不对：多半整行错了位，或者不是数据（合计、说明），那就删去整行。",
            f"{len(wrong)} cells of this row are wrong: it is shifted, or it is no data (a sum, a remark) and goes.",
        )
    if cause.rule == "quote-not-in-clause" and len(places) * 2 > graph.height(cause) > MANY:
        cause = cause.advised(
            "多数行都这样：这一列多半被单独排过序，或者错开了一行，恢复整列。",
            "Most rows are so: the column was probably sorted by itself or is a row off: bring it back as a whole.",
        )
    ties = graph.ties(cause)
    same = [each for each in following if ties.missing and graph.ties(each).missing == ties.missing]
    if len(same) < 2:
        return replace(cause, follows=tuple(places.values()))
    moved = cause.advised(
        f"这一行多半被删去或改过，先恢复它；用到它的第一处是 {cause.address}。",
        f"Its row was probably removed or changed: bring it back; the first that uses it is {cause.address}.",
    )
    return replace(moved, file=graph.file(ties.missing), line=0, column=0, follows=(cause.address, *places.values()))


def _counted(row_id: str) -> tuple[int, str]:
    """An id in the order of its numbers: t99 before t100."""
    return len(row_id), row_id


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
        if each.rule in _COMPARING:
            ties.against = {(package.folder.name, table.name, str(each.facts.get(name))) for name in _OTHER_ROW}
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

    def around(self, gone: Problem) -> Iterator[str]:
        """The ids of the clauses that the row of a missing id may
        have been about: from that of the id before to that behind."""
        package = next(each for each in self.world.project.packages if each.folder.name == gone.file.split("/")[-2])
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

    def height(self, each: Problem) -> int:
        """How many rows the table of a problem has."""
        return len(self._rows[each.file, each.line][1].rows) if (each.file, each.line) in self._rows else 0

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
    def registry(self) -> str:
        """The folder of what all plans share."""
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
        if each.rule == "missing-theme":
            return self.registry, "themes", facts["value"]
        if each.rule == "unknown-organization-name":
            return self.registry, "organization_names", facts["name"]
        if each.rule == "alias-leads-nowhere" and facts["kind"] != "word":
            return self.registry, f"{facts['kind']}s", facts["id"]
        if each.rule in _MISSING and "registry" in facts:
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
