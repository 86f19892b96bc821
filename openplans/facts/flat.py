"""One row for people: codes, names and what a row leads to, side by side.

Comes in: a valid World. Goes out: a row a target, a comparison, a unit in a task and a finding, each with the rows that it
leads to (region, plan, theme, concept, task, organizations); the words for them are put by `downloads.flat`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal

from openplans.facts import comparison, joins, series
from openplans.facts import findings as found
from openplans.facts.joins import Joined
from openplans.packages.link import World
from openplans.packages.read import Package

_DIGITS = Context(prec=10)
"""A converted value has as many digits as the pages show; a division may not end."""


def targets(world: World) -> Iterator[Joined]:
    """Every target in order of plan and id: `joins.targets`, with `region`, `plan`, `converted` and `converted_max` (Decimal or None)."""
    for plan in world.project.plans:
        for row in joins.targets(world, plan):
            amounts = [_rounded(series.amount(world, row, row[name])) for name in ("value", "value_max")]
            yield {**row, **_place(world, plan), "converted": amounts[0], "converted_max": amounts[1]}


def comparisons(world: World, targets: Iterable[Joined]) -> Iterator[Joined]:
    """Those of `targets` that `derive.comparison` speaks of, with `relation`, `obstacle` and `reference`, a row like it or None."""
    found = comparison.comparisons(world, series.series(world))
    rows = {row["target_id"]: row for row in targets}
    for target_id, row in rows.items():
        if compared := found.get(target_id):
            reference = compared["reference"]
            yield {**row, **compared, "reference": rows[reference["target_id"]] if reference else None}


def responsibilities(world: World) -> Iterator[Joined]:
    """Every unit of every task, in order of plan, task and rank: the row with `organization`, `task`, `parent`, `theme` and `targets`, a count."""
    for plan in world.project.plans:
        tasks = plan.by_id("tasks")
        counts = Counter(row["task_id"] for row in plan["targets"])
        for task_id, rows in joins.responsibilities(world, plan).items():
            task = tasks[task_id]
            beside = {
                "anchor": joins.anchor(plan, task_id), "clause": joins.anchor(plan, task["clause_id"]), "task": task,
                "parent": tasks.get(task["parent_id"]), "theme": world.themes[task["theme_id"]], "targets": counts[task_id],
            }  # fmt: skip
            yield from ({**row, **_place(world, plan), **beside} for row in rows)


def findings(world: World) -> Iterator[Joined]:
    """Every finding: `derive.findings`, with `region` and `plan`."""
    plans = {plan.id: plan for plan in world.project.plans}
    for row in found.findings(world):
        yield {**row, **_place(world, plans[row["plan_id"]])}


def _place(world: World, plan: Package) -> Joined:
    return {"plan": plan, "region": world.regions[plan.descriptor["region_code"]]}


def _rounded(amount: Decimal | None) -> Decimal | None:
    """An amount without needless digits; 5E+2 is 500."""
    return None if amount is None else Decimal(f"{_DIGITS.plus(amount).normalize():f}")
