"""Which id is meant: the next that is free, that of another table or plan, the first of a chain.

Comes in: a Problem and the World. Goes out: the id, in a sentence.
"""

from __future__ import annotations

import re

from openplans.packages.link import World
from openplans.packages.read import Package, Table
from openplans.problems import Problem
from openplans.rules.advice.nearest import NONE, Advice, offered
from openplans.rules.cell_to_mend import package_of, row_of, table_of
from openplans.schema import contract

_MAY_BE_EMPTY = ("updates", "baselines", "projects", "attachments")
"""The tables that may have no row yet, from which the letter of their ids could be told."""


def referred(problem: Problem, world: World) -> Advice:
    """Whose id it is that leads nowhere: that of another plan, of another table; else the nearest ids."""
    package = package_of(problem, world)
    for plan in world.project.plans:
        if (
            plan is not package
            and problem.facts["to"] in plan.tables
            and problem.facts["value"] in plan.by_id(problem.facts["to"])
        ):
            return (
                f"这是 {plan.id} 的编号：这一行若是说它的，移到那份计划的表里，编号也照那里取。",
                f"It is an id of {plan.id}: where the row is about that, it belongs into the table of that plan.",
            )
    if package and (there := _of_another_table(package, problem.facts["value"])):
        return (
            f"这是 {there}.csv 的编号：写到指向那张表的一列里。",
            f"It is an id of {there}.csv: it belongs into the column that leads there.",
        )
    rows = package.tables.get(problem.facts["to"]) if package else None
    called = ("title", "name_zh", "indicator", "name")
    names = {row[rows.columns[0]]: next(filter(None, map(row.get, called)), "") for row in rows.rows} if rows else {}
    short = problem.facts["value"].isascii()  # an id, else what a row is called
    return offered(problem.facts["value"], {key: name[:12] if short else name for key, name in names.items() if key})


def left_out(problem: Problem, world: World) -> Advice:
    """That a cell of the row is missing, so that what should be here stands a cell to the left; else the next id."""
    row, table, package = row_of(problem, world), table_of(problem, world), package_of(problem, world)
    column = table.columns.index(problem.field) if table and problem.field in table.columns else 0
    if not row or not table or not package or not column:
        return next_id(problem, world)
    field = contract.fields(contract.tables(package.kind)[table.name])[problem.field]
    registry = world.project.registry.tables.get(field.get("refersTo", {}).get("resource", ""))
    keys = {each[registry.columns[0]] for each in registry.rows} if registry else set[str]()
    codes = {each["value"] for each in field.get("categories", ())}
    before = table.columns[column - 1]
    if row[before] not in keys | codes:
        return next_id(problem, world)
    return (
        f"这一格的内容写在了左边一格（{before}）：这一行多半少了一格，后面的各格都左移了，补上少的那一格。",
        f"What belongs here stands in {before}: a cell of the row is missing, and the others moved to the left.",
    )


def _of_another_table(package: Package, value: str) -> str:
    """The table of a package that has a row of an id; "" where none has."""
    own = (name for name in contract.LETTERS if name in package.tables)
    return next((name for name in own if value in package.by_id(name)), "")


def next_id(problem: Problem, world: World) -> Advice:
    """The next id that no row has, where the own id of a row is what is wrong."""
    package = package_of(problem, world)
    table = table_of(problem, world)
    if not package or not table or problem.field != table.columns[0] or package.kind == "registry":
        return NONE
    form = re.compile(f"({re.escape(package.id)}-[a-z])([0-9]+)" if package.kind == "plan" else "([a-z])([0-9]+)")
    ids = [str(row[problem.field]) for row in table.rows if row.line != problem.line]
    start = next((found[1] for each in ids if (found := form.fullmatch(each))), _start(package, table))
    retired = package.tables["retired"].rows if "retired" in package.tables else []
    taken = [
        found[2]
        for each in (*ids, *(row["id"] for row in retired))
        if (found := form.fullmatch(each)) and found[1] == start
    ]
    free = f"{start}{max(map(int, taken), default=0) + 1:0{len(taken[0]) if taken else 3}}"
    return (f"没有用过的下一个编号是 {free}。", f"The next free id is {free}.") if start else NONE


def _start(package: Package, table: Table) -> str:
    """How the ids begin of a table of a plan that has no row yet; "" where nobody knows."""
    return f"{package.id}-{contract.LETTERS[table.name]}" if table.name in _MAY_BE_EMPTY else ""


def copied(problem: Problem, world: World) -> Advice:
    """That a folder is a copy of the plan whose id it has."""
    if problem.facts["value"] not in {plan.folder.name for plan in world.project.plans}:
        return NONE
    return (
        f"{problem.facts['value']} 这个文件夹也在：若是它的副本，就整个删去。",
        f"There is a folder {problem.facts['value']}, too: where this one is a copy of it, remove it.",
    )


def first_stated(problem: Problem, world: World) -> Advice:
    """The row that states a promise first, at the end of a chain of restatements."""
    package = package_of(problem, world)
    targets = package.by_id("targets") if package else {}
    seen = [str(problem.facts["first"])]
    while (row := targets.get(seen[-1])) and row["restates"] and row["restates"] not in seen:
        seen.append(row["restates"])
    if not row or row["restates"] or seen[-1] == problem.facts["id"]:
        return NONE
    return f"这一串最先的一行是 {seen[-1]}。", f"The first row of this chain is {seen[-1]}."
