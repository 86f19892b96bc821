"""What is due when: the dated targets, tasks and projects of a plan in one shape, and the years in which each is due.

Comes in: a valid World. Goes out: promises, in the order in which they fall due. No words, and no clock.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from openplans.facts import joins, restatements
from openplans.facts.joins import Joined
from openplans.packages.link import World
from openplans.packages.read import Package, Row

KINDS = {"target": "targets", "project": "projects", "task": "tasks"}
"""What can be due, and the list of its plan that it stands in."""


def promises(world: World, plan: Package) -> list[Joined]:
    """The dated rows of a plan, first due first, then by theme; what the document says twice stands together.

    Each has its own columns and `kind`, `list`, `id`, `name`, `anchor`, `passage` (the anchor of its place in the document), `quote`
    ("" for a task), `theme`, `answers`, `plan_id`, `region`, `day`, `years` and `repeats`.
    """
    place = {"plan_id": plan.id, "region": world.regions[plan.descriptor["region_code"]]}
    found = [
        {**row, **place, "list": KINDS[row["kind"]], "day": last_day(row["period_end"]), "years": years(row)}
        for row in (*_targets(world, plan), *_works(world, plan))
        if row["period_end"]
    ]
    return restatements.together(sorted(found, key=lambda row: (row["day"], row["theme"]["order"])))


def by_year(rows: Iterable[Joined]) -> dict[int, list[Joined]]:
    """The promises due in each year, earliest year first; what is due every year stands in each."""
    found: defaultdict[int, list[Joined]] = defaultdict(list)
    for row in rows:
        for year in row["years"]:
            found[year].append(row)
    return dict(sorted(found.items()))


def years(row: Row) -> list[int]:
    """The years in which a promise is due: every year of its period where it holds each year anew, otherwise the last."""
    end = int(row["period_end"][:4])
    yearly = row.get("period_basis") == "annual"
    return list(range(int(row["period_start"][:4]) if yearly else end, end + 1))


def last_day(period: str) -> date:
    """The day by which a period (YYYY, YYYY-MM or YYYY-MM-DD) is over."""
    year, month, day = (*map(int, period.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _targets(world: World, plan: Package) -> Iterator[Joined]:
    for row in joins.targets(world, plan):
        yield {**row, "kind": "target", "id": row["target_id"], "name": row["indicator"], "passage": row["anchor"]}


def _works(world: World, plan: Package) -> Iterator[Joined]:
    """Projects and tasks."""
    answers, tasks = joins.responsibilities(world, plan), plan.by_id("tasks")
    for row in plan["projects"]:
        task, anchor = tasks.get(row["task_id"]), joins.anchor(plan, row["project_id"])
        theme = task["theme_id"] if task else joins.OVERALL_THEME
        beside = {"theme": world.themes[theme], "answers": answers.get(row["task_id"], [])}
        yield {**row, **beside, "kind": "project", "id": row["project_id"], "anchor": anchor, "passage": anchor}
    for row in plan["tasks"]:
        task_id = row["task_id"]
        beside = {
            "theme": world.themes[row["theme_id"]],
            "answers": answers.get(task_id, []),
            "name": row["title"],
            "quote": "",
        }
        places = {"anchor": joins.anchor(plan, task_id), "passage": joins.anchor(plan, row["clause_id"])}
        yield {**row, **beside, **places, "kind": "task", "id": task_id}
