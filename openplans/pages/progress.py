"""How far the promises have come: of those due how many have a published figure, what was reached, what to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from openplans import routes
from openplans.facts.dockets import GROUPS, Docket
from openplans.facts.organizations import Dossier
from openplans.facts.progress import Alert, PlanProgress, Tally, added, distinct
from openplans.facts.registry_records import Region
from openplans.facts.verdicts import WORDS, Verdict
from openplans.pages.common import Shared
from openplans.pages.page import Page

SETTLED = ("reached", "not-reached", "behind", "on-course")
"""The verdicts whose promises the page lists one by one."""

LISTED = 100
"""How many promises a page lists of each verdict, and how many warnings, first due first; the others stand in the
lists of their plans, which can be filtered by verdict."""

ORGANIZATIONS_SHOWN = 30
"""How many organizations the page lists, those with most that is due first; the whole is in the data."""


class RegionTally(TypedDict):
    """The promises of all plans in a region, counted."""

    region: Region
    tally: Tally


class OrganizationProgress(TypedDict):
    """An organization and what it has to answer for."""

    dossier: Dossier
    docket: Docket


class Progress(TypedDict):
    """How far the promises of all plans, or of those of one `region`, have come. `plans` or, where they are too many,
    `parts`; `total`, those `due`, those due with a `published` figure, the `verdicts` on what they state; `listed`: the
    first of these by their word; `order`: of the words; `counts`: of "alerts" and of verdicts by their word."""

    region: Region | None
    parts: list[RegionTally]
    plans: list[PlanProgress]
    total: int
    due: int
    published: int
    verdicts: int
    listed: dict[str, list[Verdict]]
    order: list[str]
    alerts: list[Alert]
    counts: dict[str, int]
    organizations: list[OrganizationProgress]
    groups: list[str]


def pages(shared: Shared) -> Iterator[Page]:
    """The page of all plans and, where these are too many for one list, one for each region."""
    facts = shared.facts
    by_plan = {each.plan.id: each for each in facts.progress}
    of_region = {
        facts.registry.regions[code]: [by_plan[each.plan.id] for each in own] for code, own in facts.parts.items()
    }
    parts = [RegionTally(region=region, tally=added(each.tally for each in own)) for region, own in of_region.items()]
    verdicts = distinct(facts.verdicts.values())
    yield Page(routes.PROGRESS, "progress", _progress(shared, verdicts, facts.progress, None, parts))
    for region, own in of_region.items():
        yield Page(routes.progress(region.region_code), "progress", _progress(shared, verdicts, own, region, []))


def _progress(
    shared: Shared,
    verdicts: list[Verdict],
    plans: list[PlanProgress],
    region: Region | None,
    parts: list[RegionTally],
) -> Progress:
    """The promises of these plans, counted, and the first of those that are settled or have a warning."""
    facts, total = shared.facts, added(each.tally for each in plans)
    own = {each.plan.id for each in plans}
    found = [each for each in verdicts if each.target.plan_id in own]
    listed = {word: [each for each in found if each.word == word] for word in SETTLED}
    alerts = [each for each in facts.alerts if each.verdict.target.plan_id in own]
    dossiers = (each for each in facts.organizations if own & {part.plan_id for part in each.plans})
    dockets = ((each, facts.dockets.get(each.organization.org_id)) for each in dossiers)
    owing = [OrganizationProgress(dossier=each, docket=own) for each, own in dockets if own and own.tally.due]
    return Progress(
        region=region,
        parts=parts,
        plans=[] if parts else plans,
        total=total.total,
        due=total.due,
        published=total.published,
        verdicts=total.verdicts,
        listed={word: rows[:LISTED] for word, rows in listed.items()},
        order=list(WORDS),
        alerts=alerts[:LISTED],
        counts={"alerts": len(alerts), **{word: len(rows) for word, rows in listed.items()}},
        organizations=sorted(owing, key=lambda each: (-each["docket"].tally.due, each["docket"].org_id))[
            :ORGANIZATIONS_SHOWN
        ],
        groups=list(GROUPS),
    )
