"""The list of organizations, and a page for each that some plan names: what it answers for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TypedDict

from openplans import routes
from openplans.downloads.files import File
from openplans.facts.dockets import Docket
from openplans.facts.organizations import Dossier, DuePromise, Duty
from openplans.facts.promises import coming
from openplans.facts.records import ROLES, Plan, Target, Task
from openplans.facts.registry_records import Region, Theme
from openplans.pages.common import Conflicts, PromiseRow, Shared, Subscriptions, Verdicts, WarnedRows
from openplans.pages.page import Page

LONGEST = 350
"""How many organizations one list holds: about 150 KB. Where there are more, each region has a list of its own."""


class RegionOrganizations(TypedDict):
    """A region with the organizations that plans name."""

    region: Region
    organizations: list[Dossier]


class Organizations(TypedDict):
    """The organizations that plans name, of all regions or of one; `kinds` of organizations that occur; `apart`: each
    region has a list of its own."""

    total: int
    region: Region | None
    apart: bool
    regions: list[RegionOrganizations]
    kinds: list[str]


class Owed(TypedDict):
    """What an organization answers for, and how: a promise (`row`) or a task that promises no figure."""

    role: str
    row: PromiseRow | None
    task: Task | None


class PlanDuty(TypedDict):
    """What an organization answers for in a plan, and how that spells its name; `listed`: as one list to print."""

    plan: Plan
    names: list[str]
    duties: list[Duty]
    listed: list[Owed]


class OrganizationPage(TypedDict):
    """What one organization answers for. `due`: its promises by year; `coming`: the next year in which some are due,
    and how many; `list_file`: promises and tasks as one list; `themes`, `years` and `roles` are what the tasks can be
    filtered by."""

    dossier: Dossier
    plans: list[PlanDuty]
    themes: list[Theme]
    years: list[str]
    roles: list[str]
    due: dict[str, list[Owed]]
    coming: tuple[int, int] | None
    list_file: File
    verdicts: Verdicts
    conflicts: Conflicts
    docket: Docket | None
    told: Subscriptions
    warned: WarnedRows


def pages(shared: Shared) -> Iterator[Page]:
    """The list, then the pages of the organizations in its order."""
    found = shared.facts.organizations
    yield from list_pages(shared, found)
    for dossier in found:
        yield Page(dossier.organization.path, "organization", _organization(shared, dossier))


def list_pages(shared: Shared, found: list[Dossier], longest: int = LONGEST) -> Iterator[Page]:
    """The list of all or, where they are too many, of the regions, and a list for each."""
    regions = [
        RegionOrganizations(region=shared.facts.registry.regions[code], organizations=list(own))
        for code, own in groupby(found, key=lambda dossier: dossier.region.region_code)
    ]
    apart = len(found) > longest
    yield Page(routes.ORGANIZATIONS, "organizations", _list(regions, None, apart))
    for each in regions if apart else []:
        own = _list([each], each["region"], apart=False)
        yield Page(routes.organizations(each["region"].region_code), "organizations", own)


def _list(regions: list[RegionOrganizations], region: Region | None, apart: bool) -> Organizations:
    dossiers = [dossier for each in regions for dossier in each["organizations"]]
    kinds = sorted({each.organization.kind for each in dossiers})
    return Organizations(total=len(dossiers), region=region, apart=apart, regions=regions, kinds=kinds)


def _owed(shared: Shared, each: DuePromise | Duty) -> Owed:
    if isinstance(each, Duty):
        return Owed(role=each.role, row=None, task=each.task)
    return Owed(role=each.role, row=shared.row(each.promise), task=None)


def _organization(shared: Shared, dossier: Dossier) -> OrganizationPage:
    duties, docket = dossier.duties, shared.facts.dockets.get(dossier.organization.org_id)
    rows = [each.row for each in (docket.rows if docket else ())]
    targets = [target for duty in duties for target in duty.task.targets]
    targets += [row for row in rows if isinstance(row, Target)]
    return OrganizationPage(
        dossier=dossier,
        plans=[
            PlanDuty(
                plan=shared.facts.plan[part.plan_id],
                names=part.names,
                duties=part.duties,
                listed=[_owed(shared, each) for each in dossier.listed(part)],
            )
            for part in dossier.plans
        ],
        themes=shared.facts.registry.in_order({duty.task.theme.theme_id for duty in duties}),
        years=sorted({year for duty in duties for year in duty.years}),
        roles=[role for role in ROLES if dossier.counts[role]],
        due={year: [_owed(shared, each) for each in rows] for year, rows in dossier.due.items()},
        coming=coming((each.promise for rows in dossier.due.values() for each in rows), shared.facts.as_of),
        list_file=shared.downloads.promises[dossier.organization.org_id],
        verdicts=shared.verdicts(targets),
        conflicts=shared.conflicts(targets),
        told=shared.told(dossier.organization.path),
        warned=shared.warned_among([dossier.organization.org_id]),
        docket=docket,
    )
