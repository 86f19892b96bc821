"""What each organization answers for, over all plans.

Comes in: a valid World. Goes out: a dossier an organization that some plan names,
and the counts of each. One pass over each table. Apart from `joins`, which stays within one plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from openplans.facts import joins
from openplans.facts.joins import ROLES, Joined, anchor, unit_path
from openplans.packages.link import World
from openplans.packages.read import Package

PARTNERS_SHOWN = 8
"""How many of those an organization shares most tasks with are told."""


def dossiers(world: World) -> list[Joined]:
    """Every organization that answers for a task, by region and then those that lead most.

    Each is its row with `region`, `path`, `plans` (each plan's id as `plan_id`, `names` in the document and `duties`),
    `counts` (of tasks by role), `due` (targets by year), `target_count` and `partners` (`organization`, `count` of shared tasks).
    """
    plans: defaultdict[str, list[Joined]] = defaultdict(list)
    partners: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for plan in world.project.plans:
        for org_id, duties in _duties(world, plan).items():
            names = sorted({duty["name_in_source"] for duty in duties})
            plans[org_id].append({"plan_id": plan.id, "names": names, "duties": duties})
        for unit, others in _shared(plan).items():
            partners[unit].update(others)
    found = [_dossier(world, org_id, parts, partners[org_id]) for org_id, parts in plans.items()]
    return sorted(
        found, key=lambda unit: (unit["region_code"], -unit["counts"]["lead"], -unit["total"], unit["org_id"])
    )


def _duties(world: World, plan: Package) -> dict[str, list[Joined]]:
    """Per organization its tasks in the document's order, those it leads first: each with its `role`, `above`, `theme` and `targets`."""
    tasks = plan.by_id("tasks")
    place = {task_id: number for number, task_id in enumerate(tasks)}
    by_task: defaultdict[str, list[Joined]] = defaultdict(list)
    for target in joins.targets(world, plan):
        by_task[target["task_id"]].append(target)
    found: defaultdict[str, list[Joined]] = defaultdict(list)
    for row in sorted(plan["responsibilities"], key=lambda each: (ROLES.index(each["role"]), place[each["task_id"]])):
        task = tasks[row["task_id"]]
        found[row["org_id"]].append(
            {
                **task,
                "role": row["role"],
                "name_in_source": row["name_in_source"],
                "anchor": anchor(plan, task["task_id"]),
                "clause": anchor(plan, task["clause_id"]),
                "above": tasks.get(task["parent_id"]),
                "theme": world.themes[task["theme_id"]],
                "targets": by_task[task["task_id"]],
            }
        )
    return dict(found)


def _shared(plan: Package) -> dict[str, Counter[str]]:
    """Per organization, how many tasks it shares with each other one."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for row in plan["responsibilities"]:
        members[row["task_id"]].append(row["org_id"])
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for units in members.values():
        for unit in units:
            shared[unit].update(other for other in units if other != unit)
    return dict(shared)


def _dossier(world: World, org_id: str, parts: list[Joined], partners: Counter[str]) -> Joined:
    duties = [{**duty, "plan_id": part["plan_id"]} for part in parts for duty in part["duties"]]
    counts = Counter(duty["role"] for duty in duties)
    most = sorted(partners.items(), key=lambda pair: (-pair[1], pair[0]))[:PARTNERS_SHOWN]
    due = _due(duties)
    return {
        **world.organizations[org_id],
        "region": world.regions[world.organizations[org_id]["region_code"]],
        "path": unit_path(org_id),
        "plans": parts,
        "counts": {role: counts[role] for role in ROLES},
        "total": len(duties),
        "due": due,
        "target_count": sum(len(year["targets"]) for year in due),
        "partners": [
            {"organization": world.organizations[other], "path": unit_path(other), "count": count}
            for other, count in most
        ],
    }


def _due(duties: list[Joined]) -> list[Joined]:
    """The targets of some tasks by the year in which they are due: each `year` with its `targets`, which know their `role`."""
    years: defaultdict[str, list[Joined]] = defaultdict(list)
    for duty in duties:
        for target in duty["targets"]:
            years[target["period_end"][:4]].append({**target, "role": duty["role"], "plan_id": duty["plan_id"]})
    return [{"year": year, "targets": years[year]} for year in sorted(years)]
