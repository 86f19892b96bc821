"""The list of plans, and the pages of each: overview, targets, tasks, projects, units, text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from openplans.downloads import catalog
from openplans.facts import calendar, highlights, joins
from openplans.facts.joins import Joined
from openplans.packages.read import Package
from openplans.pages import data
from openplans.pages.common import Shared, cards
from openplans.pages.contexts import Choices, Plan, Plans, Projects, Targets, Tasks, Text, Units
from openplans.pages.page import Page

LEADERS_SHOWN = 10
"""How many units a plan's overview lists."""

MARK_PAGES = {"target": "targets", "baseline": "targets", "project": "projects"}
"""The list that a mark in the document leads to."""


def pages(shared: Shared) -> Iterator[Page]:
    """The list of plans, then the pages of every plan in order of their ids."""
    yield Page("plans", "plans", Plans(plans=list(shared.summaries.values())))
    for plan in shared.world.project.plans:
        yield from _plan_pages(shared, plan)


def _plan_pages(shared: Shared, plan: Package) -> Iterator[Page]:
    """The six pages of one plan."""
    world, summary = shared.world, shared.summaries[plan.id]
    targets, units, notes = joins.targets(world, plan), joins.units(world, plan), joins.notes(plan)
    path = f"plans/{plan.id}"
    updates = joins.updates(plan)
    yield Page(path, "plan", _overview(shared, plan, targets, units, notes, updates))
    reported: defaultdict[tuple[str, str], list[Joined]] = defaultdict(list)
    for update in updates:
        if update["of"]:
            reported[update["of"]["page"], update["of"]["anchor"]].append(update)
    baselines = [{**row, "anchor": joins.anchor(plan, row["baseline_id"])} for row in plan["baselines"]]
    rows = [
        {
            **row,
            "first": row is theme["targets"][0],
            "years": [str(year) for year in calendar.years(row)],
            "updates": reported["targets", row["anchor"]],
        }
        for theme in joins.by_theme(world, targets)
        for row in theme["targets"]
    ]
    yield Page(
        f"{path}/targets", "targets", Targets(plan=summary, targets=rows, choices=_choices(rows), baselines=baselines)
    )
    tasks = [
        {**row, "updates": reported["tasks", row["anchor"]]} for row in _in_order(joins.tasks(world, plan, targets))
    ]
    yield Page(f"{path}/tasks", "tasks", Tasks(plan=summary, tasks=tasks, choices=_choices(tasks)))
    projects = [{**row, "anchor": joins.anchor(plan, row["project_id"])} for row in plan["projects"]]
    yield Page(f"{path}/projects", "projects", Projects(plan=summary, projects=projects))
    yield Page(f"{path}/units", "units", Units(plan=summary, units=units))
    yield Page(f"{path}/text", "text", _text(plan, summary, notes))


def _in_order(tree: list[Joined], above: Joined | None = None) -> Iterator[Joined]:
    """The tasks of a tree one by one, each behind the one it is part of."""
    for task in tree:
        ends = {task["period_end"][:4], *(str(year) for target in task["targets"] for year in calendar.years(target))}
        depth = above["depth"] + 1 if above else 0
        row = {**task, "above": above, "depth": depth, "years": sorted(ends - {""})}
        yield row
        yield from _in_order(task["children"], row)


def _choices(rows: list[Joined]) -> Choices:
    """What a list of targets or tasks can be filtered by."""
    themes = {row["theme"]["theme_id"]: row["theme"] for row in rows}
    units = {each["org_id"]: each["organization"] for row in rows for each in row["answers"]}
    return Choices(
        themes=sorted(themes.values(), key=lambda theme: theme["order"]),
        years=sorted({year for row in rows for year in row["years"]}),
        units=sorted(units.values(), key=lambda unit: unit["name_zh"]),
        comparators=sorted({row["comparator"] for row in rows if "comparator" in row}),
    )


def _overview(
    shared: Shared,
    plan: Package,
    targets: list[Joined],
    units: list[Joined],
    notes: list[Joined],
    updates: list[Joined],
) -> Plan:
    years = sorted({int(row["period_end"][:4]) for row in targets})
    themes = []
    for theme in joins.by_theme(shared.world, targets):
        by_year = Counter(int(row["period_end"][:4]) for row in theme["targets"])
        themes.append({**theme, "by_year": [by_year[year] for year in years], "total": len(theme["targets"])})
    years_of: defaultdict[str, set[int]] = defaultdict(set)
    for target in targets:
        years_of[target["concept_id"]].add(int(target["period_end"][:4]))
    return Plan(
        plan=shared.summaries[plan.id],
        goals=[row for row in targets if not row["task_id"]],
        charts=cards(
            shared, [each for each in shared.world.concepts if each in shared.figures and len(years_of[each]) > 1]
        ),
        years=years,
        themes=themes,
        leaders=units[:LEADERS_SHOWN],
        unranked=any(unit["tasks"]["listed"] for unit in units),
        attachments=list(plan["attachments"]),
        updates=updates,
        notes=joins.by_kind(notes),
        lists=shared.downloads.lists[plan.id],
        downloads=data.collected(shared.downloads.packages[plan.id]),
        dataset=catalog.schema_org(shared.downloads.packages[plan.id], shared.downloads.site),
    )


def _text(plan: Package, summary: dict[str, Any], notes: list[Joined]) -> Text:
    clauses = highlights.document(plan)
    years = {joins.anchor(plan, row["target_id"]): row["period_end"][:4] for row in plan["targets"]}
    blocks = []
    for is_table, run in groupby(clauses, key=lambda clause: clause["kind"] == "table_row"):
        rows, columns = list(run), 0
        if is_table:
            columns = max(len(row["cells"]) for row in rows)
            rows = [{**row, **_table_row(row, columns, years)} for row in rows]
        blocks.append({"kind": "table" if is_table else "text", "clauses": rows, "columns": columns})
    beside: defaultdict[str, list[Joined]] = defaultdict(list)
    for note in notes:
        for clause_id in dict.fromkeys((note["clause_id"], note["other_clause_id"])):
            beside[clause_id].append(note)
    outline = [clause for clause in clauses if clause["kind"] in ("title", "heading", "annex")]
    by_clause = {clause["clause_id"]: beside.get(clause["clause_id"], []) for clause in clauses}
    return Text(plan=summary, outline=outline, blocks=blocks, notes=by_clause, pages=MARK_PAGES)


def _table_row(row: Joined, columns: int, years: dict[str, str]) -> dict[str, Any]:
    """How the cells of a row stand in a table of `columns`: `spans`, and how many are `lost` behind the first one.

    The received text has no empty and no merged cells. One cell that states the targets of several years was merged over
    their columns; a row of one cell is a heading. What is missing besides is left blank behind the first cell.
    """
    if len(row["cells"]) == 1:
        return {"spans": [columns], "lost": 0}
    spans = [max(1, len({years[each] for each in highlights.ids(cell) if each in years})) for cell in row["cells"]]
    return {"spans": spans, "lost": max(0, columns - sum(spans))}
