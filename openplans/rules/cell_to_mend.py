"""The cell at which a problem is to be mended, where a rule found it at another: the id of a clause and not the quote
that stands in another one, the unit and not the value.

Comes in: a Problem and the World. Goes out: the Problem at its cell. Apart from `advice`, which says how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from openplans.packages.link import World
from openplans.packages.read import SOURCE, Package, Row, Table
from openplans.problems import Problem
from openplans.problems import problem as made
from openplans.text import quantities
from openplans.text.likeness import looks


def at_its_cell(problem: Problem, world: World) -> Problem:
    """A problem of a value that is one of its unit, as one of its unit; of its quote, at the quote."""
    return _to_quote(_to_unit(problem, world), world) if problem.rule == "value-not-in-quote" else problem


def moved(problem: Problem, world: World) -> Problem:
    """A cause at the cell that is to be mended."""
    return _MOVED.get(problem.rule, _not_moved)(problem, world)


def row_of(problem: Problem, world: World) -> Row | None:
    """The row that a problem is about."""
    table = table_of(problem, world)
    return next((each for each in table.rows if each.line == problem.line), None) if table else None


def table_of(problem: Problem, world: World) -> Table | None:
    """The table that a problem is in."""
    package = package_of(problem, world)
    return next((each for each in package.tables.values() if each.file == problem.file), None) if package else None


def package_of(problem: Problem, world: World) -> Package | None:
    """The package that a problem's file is in."""
    folder = problem.file.rpartition("/")[0]
    return next((each for each in world.project.packages if each.file.rpartition("/")[0] == folder), None)


def each_others(row: Row, clause: Row, package: Package) -> bool:
    """Whether each of a note's two quotes is in the clause of the other."""
    other = package.by_id("clauses").get(row["other_clause_id"])
    return bool(other) and row["other_quote"] in clause["text"] and row["quote"] in str(other["text"] if other else "")


def elsewhere(quote: str, package: Package, problem: Problem | None = None) -> str:
    """The one other clause that has a quote; of several the one whose figures lack a row, by what follows from the
    problem; "" where there is none.
    """
    found = [row for row in package["clauses"] if quote in row["text"]]
    follows = problem.follows if problem and len(found) > 1 else ()
    lines = {each.rsplit(":", 2)[1] for each in follows if each.startswith(package.tables["clauses"].file)}
    found = [row for row in found if str(row.line) in lines] or found
    return str(found[0]["clause_id"]) if len(found) == 1 else ""


def _to_clause(problem: Problem, world: World) -> Problem:
    """A quote that is in another clause: the cell to mend is that of the clause, unless the row is of this one."""
    package = package_of(problem, world)
    column = f":{problem.column}"
    if any(each.startswith(f"{problem.file}:") and each.endswith(column) for each in problem.follows):
        return problem  # other quotes of the table are wrong, too
    found = elsewhere(problem.facts["quote"], package, problem) if package else ""
    row, clause = row_of(problem, world), package and package.by_id("clauses").get(problem.facts["clause"])
    exchanged = bool(package and row and clause and row.get("other_quote") and each_others(row, clause, package))
    table = table_of(problem, world)
    if not package or not table or not found or exchanged or named_in_clause(problem, package, world):
        return problem
    if row and found in (row.get("other_clause_id"), row["clause_id"]):
        return problem  # it is the other place's words
    name = problem.field.replace("quote", "clause_id")
    return replace(problem, column=table.columns.index(name) + 1, field=name)


def _title_to_clause(problem: Problem, world: World) -> Problem:
    """The title of a task or an attachment that is printed in one other clause: the cell to mend is that of the
    clause."""
    package, table = package_of(problem, world), table_of(problem, world)
    found = _titled(problem.facts["title"], package) if package and problem.field == "title" else ""
    clause = package.by_id("clauses").get(problem.facts["clause"]) if package else None
    if not table or not found or not clause or problem.facts["title"] in clause["text"]:
        return problem
    column = table.columns.index("clause_id") + 1
    return replace(problem, column=column, field="clause_id").advised(
        f"这个名称印在条款 {found}：多半是条款编号写错了。",
        f"It is printed in clause {found}: the id of the clause is probably wrong.",
    )


def _titled(title: str, package: Package) -> str:
    """The one clause that prints a title; "" where none does, or several."""
    found = [row["clause_id"] for row in package["clauses"] if title and title in row["text"]]
    return found[0] if len(found) == 1 else ""


def named_in_clause(problem: Problem, package: Package, world: World) -> bool:
    """Whether what a row is about is printed in its own clause and not in the one that it quotes."""
    row, clauses = row_of(problem, world), package.by_id("clauses")
    own, quoted = clauses.get(problem.facts["clause"]), clauses.get(elsewhere(problem.facts["quote"], package))
    name = row.get("indicator") or row.get("name") if row else ""
    return bool(name and own and quoted and name in own["text"] and name not in quoted["text"])


def _to_unit(problem: Problem, world: World) -> Problem:
    """A value that the quote prints, with another unit: the cell to mend is that of the unit."""
    table, row = table_of(problem, world), row_of(problem, world)
    if not table or not row:
        return problem
    printed = quantities.figures(row["quote"], world.unit_names)
    stated = [each for each in printed if each.value == row[problem.field] and not each.is_time]
    scales = [each.text.lstrip("0123456789.,") for each in stated if not each.unit and each.magnitude > 1]  # 688亿
    units = [each.unit for each in stated if each.unit in world.units] or scales
    if not units or row["unit"] in units:
        return problem
    facts = {"unit": row["unit"], "printed": units[0], "quote": row["quote"]}
    return made("unit-differs", problem.file, problem.line, table.columns.index("unit") + 1, "unit", **facts)


def _to_quote(problem: Problem, world: World) -> Problem:
    """A value that the clause prints, beside the very quote of another row: the quote was copied from there."""
    table, row, package = table_of(problem, world), row_of(problem, world), package_of(problem, world)
    clause = package.by_id("clauses").get(row["clause_id"]) if package and row else None
    if problem.rule != "value-not-in-quote" or not table or not row or not clause:
        return problem
    others = [each for each in table.rows if each is not row and each["quote"] == row["quote"]]
    printed = quantities.figures(clause["text"], world.unit_names) if others else ()
    if not any(each.value == row["value"] and row["unit"] in ("", each.unit) for each in printed):
        return problem
    other = others[0][table.columns[0]]
    return replace(problem, field="quote", column=table.columns.index("quote") + 1).advised(
        f"这段引文是 {other} 的：多半是从那里抄来的，换成写着这个数的一句。",
        f"It is the quote of {other}, from where it was probably copied: quote the words with this figure.",
    )


def _organization_to_task(problem: Problem, world: World) -> Problem:
    """A unit that stands in the list of another task, which lacks it: the cell to mend is that of the task."""
    package, table, row = package_of(problem, world), table_of(problem, world), row_of(problem, world)
    if not package or not table or not row:
        return problem
    file = package.tables["clauses"].file
    lines = {each.rsplit(":", 2)[1] for each in problem.follows if each.startswith(f"{file}:")}
    lists = [each for each in package["clauses"] if str(each.line) in lines and row["name_in_source"] in each["text"]]
    clauses = {each[name] for each in lists for name in ("clause_id", "parent_id")}
    meant = [each["task_id"] for each in package["tasks"] if each["clause_id"] in clauses]
    if len(meant) != 1:
        return problem
    return replace(problem, field="task_id", column=table.columns.index("task_id") + 1).advised(
        f"任务 {meant[0]} 的名单里有它，却没有它的一行：多半任务编号写错了。",
        f"Task {meant[0]} lists it, and has no row of it: the id of the task is probably wrong.",
    )


def _to_source(problem: Problem, world: World) -> Problem:
    """A document that is not as received: the file to mend, unless the plan is new, is the document."""
    return replace(problem, file=f"{problem.file.rpartition('/')[0]}/{SOURCE}", line=1, column=0)


def _to_spelling(problem: Problem, world: World) -> Problem:
    """A spelling that nobody registered, as one of the registered one that looks the same and is what was changed."""
    if problem.line:
        return problem  # another row's
    table, name = world.project.registry.tables["organization_names"], problem.facts["name"]
    chain = world.region_chain(problem.facts["region"])
    for row in table.rows:
        if row["region_code"] in chain and row["name"] != name and looks(row["name"]) == looks(name):
            return replace(problem, line=row.line, column=table.columns.index("name") + 1, field="name")
    return problem


def _not_moved(problem: Problem, world: World) -> Problem:
    return problem


_MOVED: dict[str, Callable[[Problem, World], Problem]] = {
    "unknown-organization-name": _to_spelling,
    "quote-not-in-clause": _to_clause,
    "source-changed": _to_source,
    **dict.fromkeys(("task-title-not-in-clause", "attachment-differs"), _title_to_clause),
    "name-not-in-source": _organization_to_task,
}
