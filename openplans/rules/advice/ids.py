"""Which id is meant: the next that is free, that of another table or plan, the first of a chain.

Comes in: a Problem and the World. Goes out: the id, in a sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace

from openplans.packages.link import World
from openplans.packages.read import Package, Row, Table
from openplans.problems import Problem
from openplans.problems import problem as made
from openplans.rules import history
from openplans.rules.advice.nearest import NONE, Advice, offered
from openplans.rules.cell_to_mend import elsewhere, package_of, row_of, table_of
from openplans.rules.document import task_above
from openplans.rules.keys import led_to
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
    if package and (stopped := _retired(package, problem.facts["value"])):
        return stopped
    if package and (clause := _printing(problem, world, package)):
        return f"这一行的文字在条款 {clause}：多半是它。", f"The words of the row stand in {clause}: probably that."
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


def _retired(package: Package, value: str) -> Advice | None:
    """That the row was retired, with its successor."""
    rows = package.tables["retired"].rows if "retired" in package.tables else []
    row = next((each for each in rows if each["id"] == value), None)
    if row is None:
        return None
    now = row["successor"]
    zh, en = (f"后继是 {now}", f"{now} has its place") if now else ("没有后继", "none has its place")
    return f"它已停用（{row['reason']}），{zh}。", f"It was retired, {en}."


_PRINTED = {"clause_id": ("quote", "title"), "other_clause_id": ("other_quote",)}
"""What of a row stands in the clause that a column leads to."""


def _printing(problem: Problem, world: World, package: Package) -> str:
    """The one clause that prints what the row of a problem has of it; "" where none does, or several."""
    row = row_of(problem, world) or Row()
    said = next((row[each] for each in _PRINTED.get(problem.field, ()) if row.get(each)), "")
    return elsewhere(said, package) if said else ""


def left_out(problem: Problem, world: World) -> Advice:
    """That a cell of the row is missing, so that what should be here stands a cell to the left; else the next id."""
    row, table, package = row_of(problem, world), table_of(problem, world), package_of(problem, world)
    column = table.columns.index(problem.field) if table and problem.field in table.columns else 0
    if not row or not table or not package or not column:  # the own id
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


def id_meant(problem: Problem, world: World) -> str:
    """The id that the row of a wrong one must have: the one between those of its neighbours, the one that a plan lacks
    of a row that was retired, the one that rows lead to and that the registry lacks; "" where nobody knows.
    """
    package, table = package_of(problem, world), table_of(problem, world)
    if not package or not table or problem.field != table.columns[0] or not problem.line:
        return ""
    if package.kind == "registry":
        lacking = led_to(world, table.name) - {row[problem.field] for row in table.rows}
    elif table.name == "retired":
        lacking = {hit.facts["id"] for hit in history.id_missing(world, package)}
    else:
        retired = package.tables["retired"].rows if "retired" in package.tables else []
        taken = {row[problem.field] for row in table.rows} | {row["id"] for row in retired}
        lacking = _between(table, problem.line) - taken
    return lacking.pop() if len(lacking) == 1 else ""


def missing(problem: Problem, world: World) -> Advice:
    """The one id that a plan lacks where a row is said to be retired that is there: it is that one."""
    meant = id_meant(problem, world)
    return (f"缺的编号是 {meant}：多半是它。", f"The id that is missing is {meant}: probably that.") if meant else NONE


def first_of_two(problem: Problem, world: World) -> Problem:
    """An id that two rows have, at the first of them where that one's own is missing and the other's is not."""
    if problem.rule != "duplicate-key" or id_meant(problem, world):
        return problem
    facts = {**problem.facts, "first": problem.line}
    first = int(problem.facts["first"])
    told = made(problem.rule, problem.file, first, problem.column, problem.field, **facts)
    if not id_meant(told, world):
        return problem
    return replace(problem, line=first, zh=told.zh, en=told.en, details=told.details)


_NUMBERED = re.compile("(.*?)([0-9]+)")


def _between(table: Table, line: int) -> set[str]:
    """The id that the rows above and below leave for the one between them, where one is missing there."""
    place = next(number for number, row in enumerate(table.rows) if row.line == line)
    around = [row[table.columns[0]] for row in (*table.rows[max(0, place - 1) : place], *table.rows[place + 1 :][:1])]
    if not place and around and (found := _NUMBERED.fullmatch(around[0])):
        around.insert(0, f"{found[1]}{0:0{len(found[2])}}")  # the first one is behind none
    above, below = (_NUMBERED.fullmatch(each) for each in around) if len(around) == 2 else (None, None)
    if not above or not below or above[1] != below[1] or int(above[2]) + 2 != int(below[2]):
        return set()
    return {f"{above[1]}{int(above[2]) + 1:0{len(above[2])}}"}


def next_id(problem: Problem, world: World) -> Advice:
    """The id that a row must have; else the next that no row has, where its own id is what is wrong."""
    package = package_of(problem, world)
    table = table_of(problem, world)
    if (meant := missing(problem, world)) is not NONE:
        return meant
    if not package or not table or problem.field != table.columns[0] or package.kind == "registry":
        return NONE
    if table.name == "retired":
        return "这里写的是被停用的那一行的编号。", "Here stands the id of the row that was retired."
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


def succeeding(problem: Problem, world: World) -> Advice:
    """The row that has the words of which a reason says that it takes them over."""
    meant = problem.facts["meant"]
    return (f"理由里引的那句话在 {meant}。", f"The words of the reason are in {meant}.") if meant else NONE


def above(problem: Problem, world: World) -> Advice:
    """The task above one whose parent stands behind it, by the clauses."""
    package = package_of(problem, world)
    if not package or "tasks" not in package.tables or problem.facts["id"] not in package.by_id("tasks"):
        return NONE
    meant = task_above(package, problem.facts["id"])
    if not meant:
        return "照条款的层次，它没有上级：清空这一格。", "By the clauses it is part of none: empty the cell."
    return f"照条款的层次应为 {meant}。", f"By the clauses it is {meant}."


def around(problem: Problem, world: World) -> Advice:
    """What the rows above and below one have in its column, where they agree and it does not."""
    table = table_of(problem, world)
    own, rows = row_of(problem, world), table.rows if table else []
    beside = {row[problem.field] for row in rows if abs(row.line - problem.line) == 1} if own else set[str]()
    if not own or problem.field not in _IN_ORDER or len(beside) != 1 or own[problem.field] in beside:
        return NONE
    [value] = beside
    return f"上下两行都是 {value}：多半是它。", f"The rows above and below have {value}: probably that."


_IN_ORDER = ("region_code", "concept_id")
"""The columns by which actual figures are in order."""


def first_stated(problem: Problem, world: World) -> Advice:
    """The row that states a promise first, at the end of a chain of restatements."""
    package = package_of(problem, world)
    targets = package.by_id("targets") if package else {}
    seen = [str(problem.facts["first"])]
    while (row := targets.get(seen[-1])) and row["restates"] and row["restates"] not in seen:
        seen.append(row["restates"])
    if row and row["restates"] and problem.facts["id"] in seen:
        first = next(key for key in targets if key in seen)
        return f"指成了一圈：{first} 排在最前，清空它的 restates。", f"They lead in a ring: empty restates of {first}."
    if not row or row["restates"]:
        return NONE
    return f"这一串最先的一行是 {seen[-1]}。", f"The first row of this chain is {seen[-1]}."
