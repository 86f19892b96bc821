"""The rows of a plan with the rows they lead to, as lists and pages show them.

Comes in: a valid World. Goes out: new dicts, each the row's own columns and beside
them the joined rows. One pass over each table.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.schema import contract
from openplans.text.period import Period

Joined = dict[str, Any]

ROLES = ("lead", "co", "listed")
"""Roles in the order in which lists show them."""

OVERALL_THEME = "goals"
"""The theme of targets that belong to no task and no concept: the plan's overall goals."""

OTHER_MARK = "-other"
"""What the anchor of a note's second quote has behind the note's own."""


COMPARATORS = {"eq": "eq", "about": "approx", "more": "gt", "at_least": "ge", "less": "lt", "at_most": "le"}
"""The comparator of a target that says the same as the bound of an actual figure."""


def anchor(plan: Package, row_id: str) -> str:
    """The part of a row's id behind its plan's id ("t001"): short, and as permanent as the id."""
    return row_id.removeprefix(f"{plan.id}-")


def unit_path(org_id: str) -> str:
    """The address of an organization's page: units/, its region, and the rest of its id."""
    return f"units/{org_id.replace('-', '/', 1)}"


def targets(world: World, plan: Package) -> list[Joined]:
    """Each target with `anchor`, `clause` (anchor of its clause), `task`, `concept`, `name_en`, `theme` and `answers` (its task's units).

    One thing has one theme: its concept's, whatever task a plan puts it under; without a concept the task's.
    """
    answers = responsibilities(world, plan)
    tasks = plan.by_id("tasks")
    joined = []
    for row in plan["targets"]:
        task, concept = tasks.get(row["task_id"]), world.concepts.get(row["concept_id"])
        theme = concept["theme_id"] if concept else task["theme_id"] if task else OVERALL_THEME
        joined.append(
            {
                **row,
                "anchor": anchor(plan, row["target_id"]),
                "clause": anchor(plan, row["clause_id"]),
                "task": {**task, "anchor": anchor(plan, task["task_id"])} if task else None,
                "concept": concept,
                "name_en": concept["name_en"] if concept else world.terms.get(row["indicator"], ""),
                "theme": world.themes[theme],
                "answers": answers.get(row["task_id"], []),
            }
        )
    return joined


def responsibilities(world: World, plan: Package) -> dict[str, list[Joined]]:
    """Per task its responsible units in the document's order, each with its `organization` and the `path` of that one's page."""
    found: defaultdict[str, list[Joined]] = defaultdict(list)
    for row in sorted(plan["responsibilities"], key=lambda each: (each["task_id"], each["rank"])):
        unit = {"organization": world.organizations[row["org_id"]], "path": unit_path(row["org_id"])}
        found[row["task_id"]].append({**row, **unit})
    return dict(found)


def tasks(world: World, plan: Package, targets_: list[Joined]) -> list[Joined]:
    """The plan's top tasks in document order, each with `answers`, `targets`, `theme` and its `children` likewise."""
    answers = responsibilities(world, plan)
    by_task: defaultdict[str, list[Joined]] = defaultdict(list)
    for target in targets_:
        by_task[target["task_id"]].append(target)
    nodes = {row["task_id"]: _task(world, plan, row, answers, by_task) for row in plan["tasks"]}
    for node in nodes.values():
        if node["parent_id"]:
            nodes[node["parent_id"]]["children"].append(node)
    return [node for node in nodes.values() if not node["parent_id"]]


def units(world: World, plan: Package) -> list[Joined]:
    """The plan's responsible units, those that lead most first: each with its `path`, `tasks` by role, `names` in the document and counts."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in plan["responsibilities"]:
        rows[row["org_id"]].append(row)
    all_tasks = plan.by_id("tasks")
    joined = []
    for org_id, answers in rows.items():
        by_role: dict[str, list[Joined]] = {role: [] for role in ROLES}
        for row in answers:
            task = all_tasks[row["task_id"]]
            by_role[row["role"]].append({**task, "anchor": anchor(plan, task["task_id"])})
        names = sorted({row["name_in_source"] for row in answers})
        joined.append(
            {
                **world.organizations[org_id],
                "path": unit_path(org_id),
                "tasks": by_role,
                "names": names,
                "count": len(answers),
            }
        )
    return sorted(joined, key=lambda unit: (-len(unit["tasks"]["lead"]), -unit["count"], unit["org_id"]))


def updates(plan: Package) -> list[Joined]:
    """What has been published on the plan's progress, newest first: each row with its `anchor` and what it is `of` (`page`, `anchor`, `name`), or None."""
    targets_, tasks_ = plan.by_id("targets"), plan.by_id("tasks")
    found = []
    for row in sorted(plan["updates"], key=lambda each: each["date"], reverse=True):
        of = None
        if row["target_id"]:
            of = {
                "page": "targets",
                "anchor": anchor(plan, row["target_id"]),
                "name": targets_[row["target_id"]]["indicator"],
            }
        elif row["task_id"]:
            of = {"page": "tasks", "anchor": anchor(plan, row["task_id"]), "name": tasks_[row["task_id"]]["title"]}
        found.append({**row, "anchor": anchor(plan, row["update_id"]), "of": of})
    return found


NOTE_KINDS = ("conflict", "missing", "numbering", "naming", "date", "typo", "other")
"""Kinds of notes in the order of their weight for a reader."""


def notes(plan: Package) -> list[Joined]:
    """The plan's notes, each with the anchors of its clause and of the sentences it speaks of (`anchor`, `other_anchor`)."""
    return [
        {
            **row,
            "anchor": anchor(plan, row["note_id"]),
            "clause": anchor(plan, row["clause_id"]),
            "other_anchor": anchor(plan, row["note_id"]) + OTHER_MARK,
        }
        for row in plan["notes"]
    ]


def by_kind(notes_: list[Joined]) -> list[Joined]:
    """The kinds that have notes, the weightiest first: each `kind` with its `notes`."""
    groups = [{"kind": kind, "notes": [row for row in notes_ if row["kind"] == kind]} for kind in NOTE_KINDS]
    return [group for group in groups if group["notes"]]


def observations(world: World) -> dict[str, list[Joined]]:
    """Per concept, or target where there is no concept, what was actually achieved: those of regions with a plan first, then by region and period.

    Each row has its `region`, its `source`, its `time` (a Period), the `comparator` that says the same as its bound, what its
    codes are called (`kind_name`, `state_name`, the source's `kind_name`), the id of the row that replaced it (`replaced_by`,
    or "") and whether it is only for `reference`, its region having no plan.
    """
    package = world.project.observations
    replaced = {row["replaces"]: row["observation_id"] for row in package["observations"]}
    planned = {plan.descriptor["region_code"] for plan in world.project.plans}
    joined = [_observation(world, row) for row in package["observations"]]
    found: defaultdict[str, list[Joined]] = defaultdict(list)
    for row in sorted(joined, key=lambda each: (each["region_code"] not in planned, each["region_code"], each["time"])):
        beside = {
            "reference": row["region_code"] not in planned,
            "replaced_by": replaced.get(row["observation_id"], ""),
        }
        found[row["concept_id"] or row["target_id"]].append({**row, **beside})
    return dict(found)


def _observation(world: World, row: Row) -> Joined:
    source = world.project.observations.by_id("sources")[row["source_id"]]
    return {
        **row,
        "region": world.regions[row["region_code"]],
        "source": {**source, "kind_name": contract.words("observations", "sources", "kind")[source["kind"]]},
        "time": Period.parse(row["period"], row["period_kind"]),
        "comparator": COMPARATORS[row["bound"]],
        "value_max": None,
        "kind_name": contract.words("observations", "observations", "period_kind")[row["period_kind"]],
        "state_name": contract.words("observations", "observations", "state").get(row["state"]),
    }


def by_theme(world: World, targets_: list[Joined]) -> list[Joined]:
    """The themes that have targets, in the registry's order, each with its `targets`."""
    groups: defaultdict[str, list[Joined]] = defaultdict(list)
    for target in targets_:
        groups[target["theme"]["theme_id"]].append(target)
    ordered = sorted(world.themes.values(), key=lambda theme: theme["order"])
    return [{**theme, "targets": groups[theme["theme_id"]]} for theme in ordered if theme["theme_id"] in groups]


def _task(
    world: World, plan: Package, row: Row, answers: dict[str, list[Joined]], by_task: dict[str, list[Joined]]
) -> Joined:
    return {
        **row,
        "anchor": anchor(plan, row["task_id"]),
        "clause": anchor(plan, row["clause_id"]),
        "theme": world.themes[row["theme_id"]],
        "answers": answers.get(row["task_id"], []),
        "targets": by_task.get(row["task_id"], []),
        "children": [],
    }
