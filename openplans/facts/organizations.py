"""What each organization answers for, over all plans.

Comes in: the facts of all plans. Goes out: a dossier per organization that some plan names, and the counts of each. One
pass over each table. Apart from `plan`, which stays within one plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from openplans.facts.plan import PlanFacts
from openplans.facts.promises import Promise
from openplans.facts.records import ROLES, Task
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Organization, Region
from openplans.text.period import year_of

PARTNERS_SHOWN = 8
"""How many of those an organization shares most tasks with are told."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A task that an organization answers for."""

    role: str
    name_in_source: str
    task: Task

    @property
    def years(self) -> list[str]:
        """The years that its task or the targets of it end in."""
        ends = [self.task.period_end, *(target.period_end for target in self.task.targets)]
        return sorted({year_of(end) for end in ends if end})


@dataclass(frozen=True, slots=True)
class PlanDuties:
    """What an organization answers for in one plan, and how that plan spells its name."""

    plan_id: str
    names: list[str]
    duties: list[Duty]


@dataclass(frozen=True, slots=True)
class DuePromise:
    """A promise that an organization answers for at any place that states it, with its weightiest role there."""

    promise: Promise
    role: str


@dataclass(frozen=True, slots=True)
class Partner:
    """An organization with which another shares `count` tasks."""

    organization: Organization
    count: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """An organization with its duties by plan, `counts` of tasks by role, the promises `due` by the year of their last
    step, and its partners."""

    organization: Organization
    region: Region
    plans: list[PlanDuties]
    counts: dict[str, int]
    due: dict[str, list[DuePromise]]
    partners: list[Partner]

    @property
    def duties(self) -> list[Duty]:
        """The duties of all plans."""
        return [duty for part in self.plans for duty in part.duties]

    def listed(self, part: PlanDuties) -> list[DuePromise | Duty]:
        """What it answers for in a plan as one list: each promise once, then the tasks that promise no figure."""
        own = [each for rows in self.due.values() for each in rows if each.promise.target.plan_id == part.plan_id]
        promised = sorted(own, key=lambda each: (ROLES.index(each.role), each.promise.target.target_id))
        return [*promised, *(duty for duty in part.duties if not duty.task.targets)]

    @property
    def promise_count(self) -> int:
        """How many promises it answers for."""
        return sum(map(len, self.due.values()))


def dossiers(plans: Iterable[PlanFacts], registry: Registry) -> list[Dossier]:
    """Every organization that answers for a task, by region and then those that lead most."""
    parts: defaultdict[str, list[PlanDuties]] = defaultdict(list)
    partners: defaultdict[str, Counter[str]] = defaultdict(Counter)
    due: defaultdict[str, list[DuePromise]] = defaultdict(list)
    for plan in plans:
        for promise in plan.promises:
            for org_id, role in promise.roles.items():
                due[org_id].append(DuePromise(promise, role))
        for org_id, duties in _duties(plan).items():
            names = sorted({duty.name_in_source for duty in duties})
            parts[org_id].append(PlanDuties(plan.plan.id, names, duties))
        for org_id, others in _shared(plan).items():
            partners[org_id].update(others)
    found = [_dossier(registry, org_id, own, due[org_id], partners[org_id]) for org_id, own in parts.items()]
    return sorted(found, key=_rank)


def _rank(dossier: Dossier) -> tuple[str, int, int, str]:
    organization = dossier.organization
    return organization.region_code, -dossier.counts["lead"], -len(dossier.duties), organization.org_id


def _duties(plan: PlanFacts) -> dict[str, list[Duty]]:
    """Per organization its tasks in the document's order, those it leads first."""
    tasks = {task.task_id: task for task in plan.tasks}
    place = {task_id: number for number, task_id in enumerate(tasks)}
    found: defaultdict[str, list[Duty]] = defaultdict(list)
    for row in sorted(plan.responsibilities, key=lambda each: (ROLES.index(each.role), place[each.task_id])):
        found[row.org_id].append(Duty(row.role, row.name_in_source, tasks[row.task_id]))
    return dict(found)


def _shared(plan: PlanFacts) -> dict[str, Counter[str]]:
    """Per organization, how many tasks it shares with each other one."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for row in plan.responsibilities:
        members[row.task_id].append(row.org_id)
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for org_ids in members.values():
        for org_id in org_ids:
            shared[org_id].update(other for other in org_ids if other != org_id)
    return dict(shared)


def _dossier(
    registry: Registry, org_id: str, parts: list[PlanDuties], due: list[DuePromise], partners: Counter[str]
) -> Dossier:
    duties = [duty for part in parts for duty in part.duties]
    counts = Counter(duty.role for duty in duties)
    most = sorted(partners.items(), key=lambda pair: (-pair[1], pair[0]))[:PARTNERS_SHOWN]
    organization = registry.organizations[org_id]
    return Dossier(
        organization=organization,
        region=registry.regions[organization.region_code],
        plans=parts,
        counts={role: counts[role] for role in ROLES},
        due=_by_year(due),
        partners=[Partner(registry.organizations[other], count) for other, count in most],
    )


def _by_year(due: list[DuePromise]) -> dict[str, list[DuePromise]]:
    """Promises by the year in which their last step is due, those that are led first."""
    years: defaultdict[str, list[DuePromise]] = defaultdict(list)
    for each in sorted(due, key=lambda each: ROLES.index(each.role)):
        years[str(each.promise.target.year)].append(each)
    return dict(sorted(years.items()))
