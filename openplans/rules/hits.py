"""What a check yields: a place in the data and the facts, without words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from openplans.packages.link import World
from openplans.packages.read import Package, Row, Table
from openplans.problems import Problem, problem


@dataclass(frozen=True)
class Hit:
    """A rule is broken in `column` of `row` of `table`; without a table, in the package's descriptor, or in the `line`
    of a `file` beside the packages.
    """

    table: Table | None
    row: Row | None = None
    column: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 0

    @property
    def key(self) -> str:
        """What the place is called in the descriptor's `accepted`: the row's id (of responsibilities, task and unit)
        or the property.
        """
        if self.table is None or self.row is None:
            return self.column
        return " ".join(
            self.row[each] for each in self.table.columns[: 2 if self.table.name == "responsibilities" else 1]
        )

    def problem(self, code: str, package: Package) -> Problem:
        """The Problem of the rule `code` at this place."""
        if self.file:
            return problem(code, self.file, self.line, field=self.column, **self.facts)
        if self.table is None:
            return problem(code, package.file, package.line_of(self.column), field=self.column, **self.facts)
        line = self.row.line if self.row else 1
        number = self.table.columns.index(self.column) + 1 if self.column else 0
        return problem(code, self.table.file, line, number, field=self.column, **self.facts)


PlanCheck = Callable[[World, Package], Iterator[Hit]]
ProjectCheck = Callable[[World], Iterator[tuple[Package, Hit]]]


def at(table: Table | None, row: Row | None = None, column: str = "", **facts: Any) -> Hit:
    """Shorthand for a Hit with its facts as keywords."""
    return Hit(table, row, column, facts)


A = TypeVar("A")
T = TypeVar("T")


def once(make: Callable[[A], T]) -> Callable[[A], T]:
    """A function of a world, or of the clauses of a plan, that several rules or plans ask for: the answer for the last
    one is kept, so that many cost no more each.
    """
    kept: list[tuple[A, T]] = []

    @wraps(make)
    def remembered(of: A) -> T:
        if not kept or kept[0][0] is not of:
            kept[:] = [(of, make(of))]
        return kept[0][1]

    return remembered
