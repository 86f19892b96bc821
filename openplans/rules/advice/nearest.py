"""What is registered that is most like what a cell says: a unit, a concept, a theme, a region, a spelling.

Comes in: a Problem and the World. Goes out: the nearest names, and how the document spells what is meant.
"""

from __future__ import annotations

import re

from openplans.packages.link import World
from openplans.packages.read import Row
from openplans.problems import Problem
from openplans.rules.cell_to_mend import package_of, row_of
from openplans.rules.lead import passages
from openplans.rules.quotes import squeezed
from openplans.rules.renamed import as_whole
from openplans.text import quantities
from openplans.text.likeness import difference, looks, nearest

Advice = tuple[str, str]
"""A sentence in Chinese and in English."""

NONE: Advice = ("", "")

MOST_OFFERED = 3
"""Ids of one name that are told."""


def offered(value: str, names: dict[str, str]) -> Advice:
    """The nearest of some ids, each with its name; the difference where one looks the same."""
    by_name = {name: key for key, name in names.items()}
    keys = tuple(key for key in names if looks(key) == looks(value))
    keys = keys or tuple(key for key in names if sorted(key) == sorted(value))  # two letters exchanged: c061 for c016
    keys = keys or nearest(value, names)
    keys = keys or tuple(by_name[name] for name in nearest(value, by_name))
    if value in by_name:
        keys = tuple(key for key, name in names.items() if name == value)[:MOST_OFFERED]
    if not keys:
        return NONE
    keys = tuple(sorted(keys, key=lambda key: not key.startswith(value)))  # 亿 is the beginning of 亿元
    zh, en = difference(value, keys[0])
    shown = [f"{key}（{names[key]}）" if names[key] not in ("", key) else key for key in keys]
    return f"最接近的是：{'、'.join(shown)}。{zh}", f"The nearest: {', '.join(keys)}. {en}".strip()


def registered(problem: Problem, world: World) -> Advice:
    """The nearest registered ids to what a cell leads to, with their names; none where an id of the registry is what
    is wrong, which is told at that.
    """
    rows = world.project.registry.tables.get(problem.facts["registry"])
    if rows and problem.line and problem.file == rows.file:
        return NONE
    names = {row[rows.columns[0]]: row.get("name_zh", "") for row in rows.rows} if rows else {}
    if problem.rule == "unknown-region" and (code := as_whole(problem.facts["value"])) in names:
        return f"这里应写成“{code}”，build.py fmt 会改好。", f"Here it is “{code}”; build.py fmt mends it."
    return offered(problem.facts["value"], names)


def nearest_subject(problem: Problem, world: World) -> Advice:
    """The nearest subject that other concepts have."""
    subjects = {row["subject"] for row in world.concepts.values()} - {"", problem.facts["value"]}
    return offered(problem.facts["value"], dict.fromkeys(subjects, ""))


def nearest_term(problem: Problem, world: World) -> Advice:
    """The name of a plan that is most like a term that none has."""
    cells = (("targets", "indicator"), ("targets", "scope"), ("projects", "name"))
    said = {row[column] for plan in world.project.plans for name, column in cells for row in plan.tables[name].rows}
    return offered(problem.facts["term"], dict.fromkeys(said - world.terms.keys(), ""))


def no_concept(problem: Problem, world: World) -> Advice:
    """That no concept is nearer to an indicator that its own has no word of."""
    if problem.facts["nearer"] != "-":
        return NONE
    return "没有更相近的概念：多半应留空。", "No concept is nearer: it should probably be empty."


def second_theme(problem: Problem, world: World) -> Advice:
    """The theme that words speak of nearly as much."""
    if not (second := problem.facts["second"]):
        return NONE
    return f"也可能是 {second}（{world.themes[second]['name_zh']}）。", f"It may be {second}, too."


def full_name(problem: Problem, world: World) -> Advice:
    """The full name of a region as a plan of its own prints it, or as an alias has it."""
    row, short = row_of(problem, world), problem.facts["name"]
    full = [f"{short}{word}" for word in problem.facts["words"].split("、")]
    code = row["region_code"] if row else ""
    texts = [plan.source for plan in world.project.plans if plan.descriptor.get("region_code") == code]
    aliases = {
        each["alias"] for each in world.project.registry["aliases"] if (each["kind"], each["id"]) == ("region", code)
    }
    found = [name for name in full if name in aliases or any(name in text for text in texts)]
    if not found:
        return NONE
    return f"它的全称是“{found[0]}”。", f"Its full name is “{found[0]}”."


def _aliased(problem: Problem, world: World) -> Advice:
    rows = world.project.registry.tables.get(f"{problem.facts['kind']}s")
    names = {row[rows.columns[0]]: row.get("name_zh", "") for row in rows.rows} if rows else {}
    return offered(problem.facts["id"], names)


def printed_unit(problem: Problem, world: World) -> Advice:
    """The unit that the quote prints behind the value; else the nearest registered ones."""
    row = row_of(problem, world)
    printed = quantities.figures(row.get("quote", ""), world.unit_names) if row else ()
    units = {each.unit for each in printed if row and each.value == row.get("value")} & set(world.units)
    if len(units) == 1:
        [unit] = units
        return f"引文里这个数的单位是“{unit}”。", f"The unit of this figure in the quote is “{unit}”."
    return registered(problem, world)


def _named(problem: Problem, world: World) -> Advice:
    chain = world.region_chain(problem.facts["region"])
    known = {
        name: next(iter(sorted(world.names[code, name]))) for code in chain for name in world.names_of.get(code, ())
    }
    return offered(problem.facts["name"], known)


def without_blanks(problem: Problem, world: World) -> Advice:
    """The name of a region that its plan prints without the blanks that were put into it."""
    name = squeezed(problem.facts["value"])
    plan = next((each for each in world.project.plans if each.id == problem.facts["where"]), None)
    if not plan or name == problem.facts["value"] or name not in plan.source:
        return NONE
    return f"文件里写的是“{name}”，中间没有空格。", f"The document has “{name}”, without blanks."


def spelling(problem: Problem, world: World) -> Advice:
    """The name of a region as its plan prints it, or the spellings that are registered of a unit."""
    row = row_of(problem, world) or Row()
    names = _spellings(world, row.get("org_id"))
    if not names:
        return without_blanks(problem, world)
    shown = "、".join(names[:MOST_OFFERED])
    return f"那里它写作“{shown}”。", f"There it is written “{shown}”."


_BETWEEN_UNITS = re.compile(r"[、,，;；/\s]+")


def spelt(problem: Problem, world: World) -> Advice:
    """How the document spells the unit that a row names, where it has another of its registered names; that a cell
    names several.
    """
    known = {name for code in world.region_chain(problem.facts["region"]) for name in world.names_of.get(code, ())}
    parts = [part for part in _BETWEEN_UNITS.split(problem.facts["name"]) if part]
    if len(parts) > 1 and known.issuperset(parts):
        return (
            f"这一格写了 {len(parts)} 个单位：拆成 {len(parts)} 行，每行一个，名次接着排。",
            f"The cell names {len(parts)} units: make it as many rows.",
        )
    if printed := _name_printed(problem, world):
        return (
            f"文件这里写的是“{printed}”，照写就行，不必登记。",
            f"The document has “{printed}” here: write that, and register nothing.",
        )
    return _named(problem, world)


def misnamed(problem: Problem, world: World) -> Advice:
    """How the document spells the organization of a row, where the name is what is wrong."""
    printed = _name_printed(problem, world) if problem.field == "name_in_source" else ""
    if not printed or printed == problem.facts["name"]:
        return NONE
    return (
        f"这个名称在本任务里另有一行，org_id 没有写重：多半是名称写错了，文件这里写的是“{printed}”。",
        f"Another row of the task has this name, and none has the id: the document has “{printed}” here.",
    )


def _name_printed(problem: Problem, world: World) -> str:
    """The longest registered name of a row's organization that the document has for its task; "" where it has none."""
    row, package = row_of(problem, world), package_of(problem, world)
    task = package.by_id("tasks").get(row["task_id"]) if row and package and "task_id" in row else None
    if not row or not package or not task:
        return ""
    text = "".join(passages(package, task["task_id"]))
    names = sorted(_spellings(world, row["org_id"]), key=len, reverse=True)
    return next((each for each in names if squeezed(each) in text), "")


def _spellings(world: World, org_id: str | None) -> list[str]:
    """The registered names of an organization."""
    return [each["name"] for each in world.project.registry["organization_names"] if each["org_id"] == org_id]


def of_another_kind(problem: Problem, world: World) -> Advice:
    """The kind of thing that has the id of an alias, where it is another; the alias itself; else the nearest ids."""
    kinds = {
        "concept": world.concepts,
        "organization": world.organizations,
        "theme": world.themes,
        "region": world.regions,
    }
    if kind := next((name for name, there in kinds.items() if problem.facts["id"] in there), ""):
        return f"有这个编号的是 {kind}：把 kind 改为 {kind}。", f"The id is one of a {kind}: make that the kind."
    if problem.field == "kind":
        return "计划的原文里有这个词：把 kind 改为 word。", "It is a word of a plan: make the kind word."
    if problem.facts["alias"] in kinds.get(problem.facts["kind"], ()):
        return "id 和 alias 两格填反了，换过来。", "id and alias were exchanged: exchange them again."
    return _aliased(problem, world)
