"""Two cells that have each other's content: what vanishes when they are given back is one mistake.

Comes in: every Problem, the causes among them, and what judges a package. Goes out: the problems, with those that an
exchange explains taken to one that says so. Apart from `causes`, which ties problems by the keys of the data: here
the mend is tried. No rule can see an exchange by itself: each of the two rows is wrong in a way of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, combinations_with_replacement, islice

from openplans import rules
from openplans.packages.link import World, link
from openplans.packages.read import Package, Project, Row, Table
from openplans.problems import Problem, problem
from openplans.rules.hits import Hit
from openplans.rules.quotes import swapped

MOST = 8
"""Exchanges whose undoing is judged in full, a fifth of a second each; few are likely enough to come so far."""

FEW = 4
"""Wrong rows of a table: of more, no two are likely to be the two of one exchange."""

_TELLING = ("clause_id", "quote", "name_in_source")
"""The columns by which others are judged: where they were exchanged, it is said of those. Of an alias, before its
language."""

_OF_SEVERAL = {"of-next-row", "themes-filled"}
"""The rules that say nothing of fewer rows: given one back, they are silent of the others."""

_OF_ORDER = {"ids-not-rising", "row-order"}
"""What vanishes as well where two rows were moved: their ids are their own."""

Judge = Callable[[World, Package], list[Problem]]
"""What is said of the contents of a package; of the registry, of all packages that look into it."""


@dataclass(frozen=True)
class Exchange:
    """Two rows of a table that may have each other's content in a column."""

    package: Package
    table: Table
    one: Row
    other: Row
    column: str

    def undone(self, world: World) -> tuple[World, Package]:
        """The world and the package with the two cells given back."""
        given = {id(self.one): self.other[self.column], id(self.other): self.one[self.column]}
        rows = [_with(row, self.column, given[id(row)]) if id(row) in given else row for row in self.table.rows]
        tables = {**self.package.tables, self.table.name: replace(self.table, rows=rows)}
        package, project = replace(self.package, tables=tables, _by_id={}), world.project
        packages = [package if each.folder == package.folder else each for each in project.packages]
        after = Project(project.paths, packages[0], packages[1], packages[2:])
        return (link(after) if package.kind == "registry" else replace(world, project=after)), package

    def problem(self, gone: Iterable[Problem]) -> Problem:
        """What is to be said, with the addresses of what it explains."""
        here, there = (str(row[self.column])[:30] for row in (self.one, self.other))
        places = {(each.file, each.line): each.address for each in sorted(gone, reverse=True) if each.line}
        column = self.table.columns.index(self.column) + 1
        second = {(self.table.file, self.other.line): f"{self.table.file}:{self.other.line}:{column}"}
        places.pop((self.table.file, self.one.line), None)
        follows = tuple(each for _, each in sorted({**places, **second}.items()))
        found = problem(
            "exchanged", self.table.file, self.one.line, column, self.column,
            here=here, there=there, other=self.other.line,
        )  # fmt: skip
        return replace(found, follows=follows)


def explained(
    problems: list[Problem], world: World, packages: list[Package], judge: Judge
) -> tuple[list[Problem], Problem | None]:
    """The problems without those that vanish where two cells of these packages, which can be judged, are given back,
    and what is said of the two: of all exchanges that explain several and make nothing wrong, the one that explains
    most; None where there is none.
    """
    said: dict[str, set[Problem]] = {}
    best: tuple[set[Problem], Exchange | None] = set(), None
    for each in islice(_candidates(problems, world, packages), MOST):
        if each.package.file not in said:
            said[each.package.file] = set(judge(world, each.package))
        before = said[each.package.file]
        left = {_place(after) for after in judge(*each.undone(world))}
        gone = {found for found in before if _place(found) not in left}
        beside = any(place[0] == each.table.file and place[2] == each.column for place in left)  # as of a shifted block
        rules = {found.rule for found in gone}
        sound = left <= {_place(found) for found in before} and rules - _OF_ORDER and not rules & _OF_SEVERAL
        if sound and not beside and len(gone) > len(best[0]):
            best = gone, each
    gone, exchange = best
    places = {_place(each) for each in gone}
    return [each for each in problems if _place(each) not in places], exchange.problem(gone) if exchange else None


def _place(each: Problem) -> tuple[object, ...]:
    return each.file, each.line, each.field, each.rule


def _with(row: Row, column: str, value: object) -> Row:
    changed = Row({**row, column: value})
    changed.line = row.line
    return changed


def _candidates(problems: list[Problem], world: World, packages: list[Package]) -> Iterator[Exchange]:
    """Texts and ids that stand in each other's place; then cells of two rows of which something is said each, where
    that is said no more when they are given back.
    """
    folders = {each.file.rpartition("/")[0] for each in problems}
    for package in packages:
        if package.file.rpartition("/")[0] in folders:
            if package.kind == "plan" and (two := swapped(package)):
                yield Exchange(package, package.tables["clauses"], two[0], two[1], "text")
            yield from _ids(package)
            yield from _cells(package, problems, world)


def _ids(package: Package) -> Iterator[Exchange]:
    """The ids of a table that rise in more places once two of them are given back."""
    for table in package.tables.values():
        ids = [row[table.columns[0]] for row in table.rows]
        falls = [at for at in range(len(ids) - 1) if ids[at] > ids[at + 1]]
        if len(falls) > FEW or len(set(ids)) < len(ids):
            continue
        for first, last in ((one, other + 1) for one, other in combinations_with_replacement(falls, 2)):
            given = [*ids]
            given[first], given[last] = ids[last], ids[first]
            around = given[max(0, first - 1) : last + 2]
            if around == sorted(around):
                yield Exchange(package, table, table.rows[first], table.rows[last], table.columns[0])


def _cells(package: Package, problems: list[Problem], world: World) -> Iterator[Exchange]:
    """The cells of two rows of a table, each of which is wrong, that are right in each other's place."""
    for table in package.tables.values():
        lines: defaultdict[int, list[Problem]] = defaultdict(list)
        for each in problems:
            if each.file == table.file:
                lines[each.line].append(each)
        rows = {row.line: row for row in table.rows if row.line in lines}
        for one, other in combinations(rows, 2) if len(rows) <= FEW else ():
            said = [*lines[one], *lines[other]]
            for column in dict.fromkeys(("alias", *(each.field for each in said), table.columns[0], *_TELLING)):
                exchange = Exchange(package, table, rows[one], rows[other], column)
                if column in table.columns and _differ(exchange) and not _still_said(exchange, said, world):
                    yield exchange


def _differ(exchange: Exchange) -> bool:
    one, other = exchange.one[exchange.column], exchange.other[exchange.column]
    return one != other and one not in ("", None) and other not in ("", None)


def _still_said(exchange: Exchange, said: list[Problem], world: World) -> bool:
    """Whether the rules by which two rows are wrong find them so still."""
    codes = {each.rule for each in said}
    if not codes <= _OF_PACKAGE.keys() | rules.PROJECT_CHECKS.keys():
        return True  # the schema says so, or the reader
    world, package = exchange.undone(world)
    lines = {exchange.one.line, exchange.other.line}
    return any(
        hit.table and hit.table.name == exchange.table.name and hit.row and hit.row.line in lines
        for hit in _hits(codes, world, package)
    )


_OF_PACKAGE = {**rules.PLAN_CHECKS, **rules.OBSERVATION_CHECKS, **rules.KEY_CHECKS}


def _hits(codes: set[str], world: World, package: Package) -> Iterable[Hit]:
    """Where a package breaks those of some rules that it is asked for."""
    if package.kind == "registry":
        return (hit for code in codes & rules.PROJECT_CHECKS.keys() for _, hit in rules.PROJECT_CHECKS[code](world))
    return (hit for code in codes & _OF_PACKAGE.keys() for hit in _OF_PACKAGE[code](world, package))
