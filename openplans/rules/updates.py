"""Can a report of progress be placed: does it speak of something, of a time that has come, in a unit that fits?

Comes in: the updates of a plan. Goes out: Hits. What the schema
has judged already (a key that leads nowhere) is not said twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from openplans.packages import dataset
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once
from openplans.rules.quotes import squeezed
from openplans.rules.sources import years_titled
from openplans.rules.themes import pairs
from openplans.rules.wording import task_of
from openplans.text import comparators
from openplans.text.quantities import Figure, figures, spoken

SAID = ("task_id", "target_id", "project_id", "date", "status", "statement", "source_url")
"""What makes an update the same as another."""


def update_of_nothing(world: World, plan: Package) -> Iterator[Hit]:
    """An update names a task, a target or a project."""
    for row in plan["updates"]:
        if not (row["task_id"] or row["target_id"] or row["project_id"]):
            yield at(plan.tables["updates"], row, "task_id", id=row["update_id"])


def update_in_future(world: World, plan: Package) -> Iterator[Hit]:
    """No update is of a day after the date of the data, nor from a source of a later year."""
    last = _today(world)
    for row in plan["updates"] if last else ():
        if str(row["date"] or "") > last:
            yield at(plan.tables["updates"], row, "date", value=row["date"], updated=last)
        elif (year := str(max(years_titled({"title": row["source_title"]}), default=""))) > last:
            yield at(plan.tables["updates"], row, "source_title", value=year, updated=last)


def update_before_plan(world: World, plan: Package) -> Iterator[Hit]:
    """No update is of a day before the plan was issued, nor before it begins."""
    begun = min(str(plan.descriptor.get(each) or "9999") for each in ("issued", "effective_start"))
    for row in plan["updates"]:
        if row["date"] and str(row["date"]) < begun:
            yield at(plan.tables["updates"], row, "date", value=row["date"], begun=begun)


def update_twice(world: World, plan: Package) -> Iterator[Hit]:
    """No two updates say one thing of the same rows on the same day, from the same page, nor give two figures of it."""
    said: dict[tuple[str, ...], str] = {}
    for row in plan["updates"]:
        names = [name for name in SAID if row["value"] is None or name not in ("status", "statement")]
        first = said.setdefault(tuple(str(row[name]) for name in names), row["update_id"])
        if first != row["update_id"]:
            yield at(plan.tables["updates"], row, "update_id", id=row["update_id"], first=first)


def update_apart(world: World, plan: Package) -> Iterator[Hit]:
    """The task, the target and the project that an update names belong together: all are of one task, or of one above
    or below it, by where their sentences stand. What is said twice belongs where either row stands; what the document
    puts below no task, anywhere.
    """
    targets, projects = plan.by_id("targets"), plan.by_id("projects")
    for row in plan["updates"]:
        target, project = targets.get(row["target_id"]), projects.get(row["project_id"])
        named = {
            "task_id": {row["task_id"]},
            "target_id": {task_of(plan, each) for each in plan["targets"] if target and _said_first(each, target)},
            "project_id": {task_of(plan, project)} if project else set(),
        }
        places = [(column, tasks) for column, tasks in named.items() if tasks - {""} and "" not in tasks]
        for (column, tasks), (other, others) in combinations(places, 2):
            if not any(_below(plan, a, b) or _below(plan, b, a) for a in tasks for b in others):
                first, second = _placed(row[column], tasks), _placed(row[other], others)
                yield at(plan.tables["updates"], row, other, id=row["update_id"], first=first, other=second)


def _placed(named: str, tasks: set[str]) -> str:
    """An id with the tasks that it belongs to, where it is none itself."""
    return named if named in tasks else f"{named} ({', '.join(sorted(tasks))})"


def _said_first(one: Row, other: Row) -> bool:
    """Whether two targets are rows of one promise."""
    return bool((one["restates"] or one["target_id"]) == (other["restates"] or other["target_id"]))


def _below(plan: Package, task_id: str, above: str) -> bool:
    """Whether a task is another, or one of its children."""
    tasks, seen = plan.by_id("tasks"), set[str]()
    while task_id and task_id not in seen and task_id != above:
        seen.add(task_id)
        task_id = tasks[task_id]["parent_id"] if task_id in tasks else ""
    return task_id == above


def today(world: World, plan: Package) -> str:
    """The date of the data, that of its newest package."""
    last = _today(world)
    return last if plan["updates"] else ""


@once
def _today(world: World) -> str:
    return dataset.updated(world)


def update_value(world: World, plan: Package) -> Iterator[Hit]:
    """Value and unit stand together, unless it is of a target without a unit, and that of the update is of its
    dimension."""
    targets = plan.by_id("targets")
    for row in plan["updates"]:
        target = targets.get(row["target_id"])
        unit, expected = world.units.get(row["unit"]), world.units.get(target["unit"]) if target else None
        alone = bool(row["unit"]) and row["value"] is None
        bare = row["value"] is not None and not row["unit"] and (expected is not None or target is None)
        if alone or bare or (unit and expected and unit["dimension"] != expected["dimension"]):
            facts = {"id": row["update_id"], "unit": row["unit"], "expected": expected["unit"] if expected else "-"}
            yield at(plan.tables["updates"], row, "unit", **facts)


_UNDER_WAY = re.compile("开工|动工|启动|正在|推进|建设中")
_OVER = re.compile(
    "完成|建成|竣工|投用|投运|投产|使用|启用|开通|通车|通水|通航|交付|验收|创成|达到|达标|实现|结束|落成|突破|全部"
)
_NOT_YET = re.compile("未(?!来)|尚|待|拟|计划|将|准备|筹备|前期")
_DROPPED = re.compile("取消|终止|中止|停|不再|调出|调整|退出|撤|放弃|搁置|移出|另行|未获|不予|剔除|核减|改为")
"""Words of a statement: that something is under way, is over, has yet to begin, was given up."""


def update_status_unsaid(world: World, plan: Package) -> Iterator[Hit]:
    """What is called done is not said to be under way only, nor is what has not started; what was dropped is said to
    be."""
    for row in plan["updates"]:
        said = row["statement"]
        begun = _UNDER_WAY.search(said)
        open_yet = row["status"] == "done" and row["value"] is None and begun and not _OVER.search(said)
        moved = begun or row["value"] or _OVER.search(said)
        under_way = row["status"] == "not_started" and moved and not _NOT_YET.search(said)
        goes_on = row["status"] == "dropped" and moved and not _DROPPED.search(said)
        if open_yet or under_way or goes_on:
            facts = {"id": row["update_id"], "status": row["status"], "statement": said}
            yield at(plan.tables["updates"], row, "status", **facts)


def update_of_another(world: World, plan: Package) -> Iterator[Hit]:
    """A report on a target, or on a project, has words of it, where it has many of another, or another's whole name."""
    for row in plan["updates"]:
        for called in _CALLED:
            table, column, name = called
            own = plan.by_id(table).get(row[column])
            meant = _rather(plan, called, own, row["statement"]) if own else None
            if own and meant:
                facts = {"id": row["update_id"], "indicator": own[name], "meant": meant[column]}
                yield at(plan.tables["updates"], row, column, **facts, words=meant[name])


def _rather(plan: Package, called: tuple[str, str, str], own: Row, statement: str) -> Row | None:
    """The row that a statement is rather about than its own; None where it is about that."""
    said, words, (table, key, name) = pairs(statement), words_of_rows(plan), called
    best = max(plan[table], key=lambda each: len(said & words[each[key]]))
    theirs, ours = (len(said & words[each[key]]) for each in (best, own))
    whole = len(best[name]) >= WORDS and best[name] in statement and ours * 2 < len(words[own[key]])
    return best if whole or (not ours and theirs >= WORDS) else None


_CALLED = (("targets", "target_id", "indicator"), ("projects", "project_id", "name"))
"""The tables whose rows a report may be about, with the columns of their ids and of what they are called."""

WORDS = 4
"""Pairs of letters that a statement has of a target's indicator, to be about that one rather; letters of a name."""


@once
def words_of_rows(plan: Package) -> dict[str, frozenset[str]]:
    """The pairs of letters of what the targets and the projects of a plan are called, by their ids."""
    return {row[key]: pairs(row[name]) for table, key, name in _CALLED for row in plan[table]}


def update_late_early(world: World, plan: Package) -> Iterator[Hit]:
    """Late is what was due: no report calls a promise so before its time."""
    for row in plan["updates"]:
        promised = plan.by_id("targets").get(row["target_id"]) or plan.by_id("projects").get(row["project_id"])
        due = str(promised["period_end"] or "") if promised else ""
        if row["status"] == "late" and row["date"] and due and str(row["date"]) < due:
            yield at(plan.tables["updates"], row, "status", id=row["update_id"], date=row["date"], due=due)


def update_of_plan(world: World, plan: Package) -> Iterator[Hit]:
    """An update's source is not the plan, which tells what is to be done."""
    title = squeezed(str(plan.descriptor.get("title_zh")))
    for row in plan["updates"]:
        if row["source_url"] and row["source_url"] == plan.descriptor.get("source_url"):
            yield at(plan.tables["updates"], row, "source_url", id=row["update_id"])
        elif row["source_title"] and squeezed(row["source_title"]) == title:
            yield at(plan.tables["updates"], row, "source_title", id=row["update_id"])


def update_value_unsaid(world: World, plan: Package) -> Iterator[Hit]:
    """The value of an update stands in its statement, which is the source's own words."""
    for row in plan["updates"]:
        if row["value"] is None or value_said(world, plan, row):
            continue
        said = _figures(world, row)
        facts = {"id": row["update_id"], "value": f"{row['value']}{row['unit']}", "statement": row["statement"]}
        of_another_unit = any(each.value == row["value"] and not each.is_time for each in said)
        converted = any(world.convert(each.value, each.unit, row["unit"]) == row["value"] for each in said)
        column = "unit" if of_another_unit or converted else "value" if said else "statement"
        yield at(plan.tables["updates"], row, column, **facts)


def value_said(world: World, plan: Package, row: Row) -> bool:
    """Whether the statement of an update has its value; where its unit is missing, in any."""
    said, target = _figures(world, row), plan.by_id("targets").get(row["target_id"])
    if not row["unit"] and (target is None or target["unit"]) and any(each.value == row["value"] for each in said):
        return True  # the unit is missing, which update_value says
    return any(_says(world, each, row) for each in said)


def _figures(world: World, row: Row) -> tuple[Figure, ...]:
    return *figures(row["statement"], world.unit_names), *spoken(row["statement"])


def _says(world: World, figure: Figure, row: Row) -> bool:
    """Whether a figure is the value of a row, as it is written; where it has a unit of its own, in that or in one of
    its size."""
    if figure.unit in world.units and row["unit"] in world.units:
        alike = world.convert(Decimal(1), figure.unit, row["unit"]) == 1
        return bool(alike and figure.value == row["value"])
    return figure.states(row["value"], row["unit"])


_SETTLED = ("in_progress", "done", "late")
"""What no task, target or project that is not begun has been before."""


def update_back(world: World, plan: Package) -> Iterator[Hit]:
    """What was begun is not said later to be not begun."""
    begun: dict[tuple[str, ...], Row] = {}
    for row in sorted(plan["updates"], key=lambda each: (str(each["date"]), each["update_id"])):
        about = (row["task_id"], row["target_id"], row["project_id"])
        if row["status"] == "not_started" and about in begun:
            facts = {"id": row["update_id"], "first": begun[about]["update_id"], "was": begun[about]["status"]}
            yield at(plan.tables["updates"], row, "status", **facts)
        elif row["status"] in _SETTLED:
            begun[about] = row


def update_short(world: World, plan: Package) -> Iterator[Hit]:
    """What is called done has come to the figure that was promised."""
    targets = plan.by_id("targets")
    for row in plan["updates"]:
        target = targets.get(row["target_id"])
        if row["status"] != "done" or not target or None in (row["value"], target["value"]):
            continue
        value = world.convert(row["value"], row["unit"], target["unit"])
        most = comparators.WAYS.get(target["comparator"]) == "lower"
        if value is not None and (value > target["value"] if most else value < target["value"]):
            facts = {"id": row["update_id"], "value": f"{row['value']}{row['unit']}", "target": row["target_id"]}
            promised = f"{target['value']}{target['unit']}"
            yield at(plan.tables["updates"], row, "status", **facts, promised=promised)
