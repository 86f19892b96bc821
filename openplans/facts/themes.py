"""What all plans promise on one theme.

Comes in: a valid World. Goes out: a theme a row, with the targets of its concepts,
its other targets and its tasks. A concept stands whole in its own theme, also where a plan promises it under a task of
another: that is where a reader looks for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from openplans.facts import joins
from openplans.facts.joins import Joined
from openplans.packages.link import World


def themes(world: World) -> list[Joined]:
    """The themes that have targets or tasks, in the registry's order.

    Each is its row with `concepts` (`concept` and its `targets`, those of most regions first), `others` (targets by plan),
    `tasks` (by plan, each with its `answers` and `target_count`) and `counts` (of concepts, targets, tasks, plans).
    """
    by_concept: defaultdict[str, list[Joined]] = defaultdict(list)
    others: defaultdict[str, list[Joined]] = defaultdict(list)
    for plan in world.project.plans:
        region = world.regions[plan.descriptor["region_code"]]
        for target in joins.targets(world, plan):
            row = {**target, "plan_id": plan.id, "region": region}
            if row["concept"] and row["concept"]["theme_id"] == row["theme"]["theme_id"]:
                by_concept[row["concept_id"]].append(row)
            else:
                others[row["theme"]["theme_id"]].append(row)
    tasks = _tasks(world)
    ordered = sorted(world.themes.values(), key=lambda theme: theme["order"])
    found = [
        _theme(
            theme, _concepts(world, theme["theme_id"], by_concept), others[theme["theme_id"]], tasks[theme["theme_id"]]
        )
        for theme in ordered
    ]
    return [theme for theme in found if theme["counts"]["targets"] or theme["counts"]["tasks"]]


def _theme(theme: Joined, concepts: list[Joined], others: list[Joined], tasks: list[Joined]) -> Joined:
    promised = [row for each in concepts for row in each["targets"]] + others
    counts = {
        "concepts": len(concepts),
        "targets": len(promised),
        "tasks": len(tasks),
        "plans": len({row["plan_id"] for row in [*promised, *tasks]}),
    }
    return {**theme, "concepts": concepts, "others": _by_plan(others), "tasks": _by_plan(tasks), "counts": counts}


def _concepts(world: World, theme_id: str, by_concept: Mapping[str, list[Joined]]) -> list[Joined]:
    """The concepts of a theme that are promised, those of most regions first, then in the registry's order."""
    found = [
        {"concept": concept, "targets": sorted(rows, key=lambda row: (row["region"]["region_code"], row["period_end"]))}
        for concept in world.concepts.values()
        if concept["theme_id"] == theme_id and (rows := by_concept.get(concept["concept_id"]))
    ]
    return sorted(found, key=lambda each: -len({row["plan_id"] for row in each["targets"]}))


def _tasks(world: World) -> dict[str, list[Joined]]:
    """Per theme the tasks of all plans in the documents' order."""
    found: defaultdict[str, list[Joined]] = defaultdict(list)
    for plan in world.project.plans:
        answers = joins.responsibilities(world, plan)
        counts = Counter(target["task_id"] for target in plan["targets"])
        for row in plan["tasks"]:
            beside: dict[str, Any] = {
                "plan_id": plan.id,
                "anchor": joins.anchor(plan, row["task_id"]),
                "answers": answers.get(row["task_id"], []),
                "target_count": counts[row["task_id"]],
            }
            found[row["theme_id"]].append({**row, **beside})
    return found


def _by_plan(rows: list[Joined]) -> list[Joined]:
    """Rows that stand in the plans' order, parted by plan: each `plan_id` with its `rows`."""
    groups: dict[str, list[Joined]] = {}
    for row in rows:
        groups.setdefault(row["plan_id"], []).append(row)
    return [{"plan_id": plan_id, "rows": group} for plan_id, group in groups.items()]
