"""What the check found odd and let pass, told of the row that it is about.

Comes in: the warnings of the check and the packages. Goes out: Warned, in the order of the warnings. Apart, because the
page of findings lists them all and every page shows those of its own rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TypedDict

from openplans.packages.read import Package
from openplans.problems import Problem

_ABOUT = {"references": "clause_id", "organization_names": "org_id", "aliases": "id"}
"""The column that says what a row is about, where that is not its first: a number that promises nothing is shown where
it stands, another name where what it names is shown."""


class Warned(TypedDict):
    """A warning in both languages. `id`: that of its row or, where it is about no row, of its package, or the file
    where it is about none; `table`: that of the row, or ""; `plan_id`: the plan that it is about, or ""."""

    id: str
    table: str
    plan_id: str
    rule: str
    zh: str
    en: str


def warned_rows(warnings: Iterable[Problem], packages: Iterable[Package]) -> list[Warned]:
    """Each warning with what it is about."""
    by_folder = {str(PurePosixPath(each.file).parent): each for each in packages}
    return [_warned(each, by_folder.get(str(PurePosixPath(each.file).parent))) for each in warnings]


def _warned(problem: Problem, package: Package | None) -> Warned:
    row_id, table = _row(problem, package) if package else ("", "")
    about = row_id or (package.id if package else problem.file)
    plan_id = package.id if package and package.kind == "plan" else ""
    return Warned(id=about, table=table, plan_id=plan_id, rule=problem.rule, zh=problem.zh, en=problem.en)


def _row(problem: Problem, package: Package) -> tuple[str, str]:
    """The id of what the row on the line of a problem is about, and its table, or twice "";
    of who answers for a task that of the task."""
    table = next((each for each in package.tables.values() if each.file == problem.file), None)
    row = next((each for each in table.rows if each.line == problem.line), None) if table else None
    return (str(row[_ABOUT.get(table.name, table.columns[0])]), table.name) if table and row else ("", "")
