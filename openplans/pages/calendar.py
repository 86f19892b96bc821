"""What is due when: the years with their counts, and a page for each year.

A year's page has all its rows up to LONGEST; beyond that it lists the plans, and each plan has a page of its own for
the year; where the plans themselves are too many, it lists regions, each with a list of its plans. So every row is
written once for each year in which it is due, and no page grows without end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import TypedDict

from openplans import routes
from openplans.downloads.files import File
from openplans.facts.calendar import KINDS
from openplans.facts.derived import Due, DueKind
from openplans.facts.records import Plan, Responsibility, Target, Update
from openplans.facts.registry_records import Region, Theme
from openplans.facts.verdicts import Verdict
from openplans.pages.common import RegionPart, Shared, Subscriptions
from openplans.pages.page import Page
from openplans.text.period import year_of

LONGEST = 150
"""How many rows one page holds: about 280 KB of HTML, 15 KB compressed."""

NO_PARTS: Mapping[Region, list[PlanYear]] = {}

ORGANIZATIONS_SHOWN = 3
"""How many units a row names; the rest is a count."""


class DueRow(TypedDict):
    """What is due, with the units that a list shows of it and how many `others` there are; `verdict`: of a target;
    `conflict`: page and fragment of the finding that shows what contradicts it; `report`: the newest report of it."""

    due: Due
    shown: list[Responsibility]
    others: int
    verdict: Verdict | None
    conflict: tuple[str, str] | None
    report: Update | None


class PlanYear(TypedDict):
    """The rows of one plan that are due in a year. `path`: the page that has them, where it is another one."""

    plan: Plan
    rows: list[DueRow]
    count: int
    path: str


class YearCount(TypedDict):
    """How many rows are due in a year; `past` as of the date of the data."""

    year: int
    past: bool
    total: int


class PlanYears(TypedDict):
    """How many rows of a plan are due in each of the page's years."""

    plan: Plan
    by_year: list[int]


class RegionYears(TypedDict):
    """The same of all plans in a region."""

    region: Region
    by_year: list[int]


class Calendar(TypedDict):
    """What is due when. `plans` or, where they are too many, `parts`; `groups` are those of the `nearest` year to come;
    `undated`: counts by table."""

    years: list[YearCount]
    plans: list[PlanYears]
    parts: list[RegionYears]
    undated: dict[str, int]
    nearest: int | None
    groups: list[PlanYear]
    calendars: dict[str, File]
    told: Subscriptions


class Year(TypedDict):
    """What is due in a year, of all plans, of those of one `region` or of one `plan`; where all plans are too many, the
    `parts`. `themes` and `kinds`: what the rows can be filtered by."""

    year: int
    years: list[int]
    past: bool
    region: Region | None
    parts: list[RegionPart]
    plan: Plan | None
    groups: list[PlanYear]
    total: int
    themes: list[Theme]
    kinds: list[DueKind]


def pages(shared: Shared) -> Iterator[Page]:
    """The calendar, then every year."""
    years = shared.facts.due
    now = int(year_of(shared.facts.updated))
    nearest = next((year for year in years if year >= now), None)
    yield Page(routes.CALENDAR, "calendar", _overview(shared, years, now, nearest))
    for year, rows in years.items():
        yield from year_pages(shared, year, rows, list(years), now)


def year_pages(
    shared: Shared, year: int, rows: list[Due], years: list[int], now: int, longest: int = LONGEST
) -> Iterator[Page]:
    """The page of a year and, where one does not hold all its rows, one more for each plan, and for each region where
    all plans are too many to be listed."""
    whole = len(rows) <= longest
    groups = _groups(shared, rows, None if whole else year)
    shown = groups if whole else [PlanYear(**{**group, "rows": []}) for group in groups]
    parts = {} if whole else _in_parts(shared, shown)
    of = partial(_year, shared, year, years, now)
    yield Page(routes.year(year), "year", of([] if parts else shown, rows if whole else [], parts=parts))
    for region, own in parts.items():
        yield Page(routes.year(year, region.region_code), "year", of(own, [], region=region))
    for group in [] if whole else groups:
        plan, due = group["plan"], [each["due"] for each in group["rows"]]
        alone = [PlanYear(**{**group, "path": ""})]
        yield Page(routes.year(year, plan.id), "year", of(alone, due, plan=plan))


def _in_parts(shared: Shared, groups: list[PlanYear]) -> dict[Region, list[PlanYear]]:
    """The groups by the region whose list has their plan; nothing where one list holds all plans."""
    by_plan = {group["plan"].id: group for group in groups}
    found = {}
    for code, plans in shared.facts.parts.items():
        if own := [by_plan[each.plan.id] for each in plans if each.plan.id in by_plan]:
            found[shared.facts.registry.regions[code]] = own
    return found


def _overview(shared: Shared, years: Mapping[int, list[Due]], now: int, nearest: int | None) -> Calendar:
    counts = {year: {plan: len(list(rows)) for plan, rows in _by_plan(found)} for year, found in years.items()}
    facts = shared.facts
    soon = years[nearest] if nearest else []
    plans = [
        PlanYears(plan=plan, by_year=[counts[year].get(plan_id, 0) for year in years])
        for plan_id, plan in facts.plan.items()
    ]
    return Calendar(
        years=[YearCount(year=year, past=year < now, total=len(found)) for year, found in years.items()],
        plans=[] if facts.parts else plans,
        parts=_summed(shared, plans),
        undated={
            "tasks": sum(not task.period_end for plan in facts.plans for task in plan.tasks),
            "projects": sum(not project.period_end for plan in facts.plans for project in plan.projects),
        },
        nearest=nearest,
        groups=_groups(shared, soon, None) if len(soon) <= LONGEST else [],
        calendars=shared.downloads.calendars,
        told=shared.told(routes.HOME),
    )


def _summed(shared: Shared, plans: list[PlanYears]) -> list[RegionYears]:
    """The counts of all plans in each region that has a list of its own."""
    by_plan = {each["plan"].id: each["by_year"] for each in plans}
    return [
        RegionYears(
            region=shared.facts.registry.regions[code],
            by_year=[sum(column) for column in zip(*(by_plan[each.plan.id] for each in own), strict=True)],
        )
        for code, own in shared.facts.parts.items()
    ]


def _year(
    shared: Shared,
    year: int,
    years: list[int],
    now: int,
    groups: list[PlanYear],
    rows: list[Due],
    parts: Mapping[Region, list[PlanYear]] = NO_PARTS,
    region: Region | None = None,
    plan: Plan | None = None,
) -> Year:
    """A page of a year: the groups it lists, whose `rows` it shows, or the regions (`parts`) whose pages list them."""
    elsewhere = {each: sum(group["count"] for group in own) for each, own in parts.items()}
    return Year(
        year=year,
        years=years,
        past=year < now,
        region=region,
        parts=[RegionPart(region=each, count=count) for each, count in elsewhere.items()],
        plan=plan,
        groups=groups,
        total=sum(elsewhere.values()) + sum(group["count"] for group in groups),
        themes=shared.facts.registry.in_order({row.theme.theme_id for row in rows}),
        kinds=[kind for kind in KINDS if any(row.kind == kind for row in rows)],
    )


def _groups(shared: Shared, rows: list[Due], year: int | None) -> list[PlanYear]:
    """The rows by plan, in the order of plans; `year` is given where each plan has a page of its own for it."""
    found = []
    for plan_id, group in _by_plan(rows):
        shown = [row(shared, each) for each in group]
        own = routes.year(year, plan_id) if year else ""
        found.append(PlanYear(plan=shared.facts.plan[plan_id], rows=shown, count=len(shown), path=own))
    return found


def _by_plan(rows: list[Due]) -> Iterator[tuple[str, Iterator[Due]]]:
    return groupby(rows, key=lambda due: due.row.plan_id)


def row(shared: Shared, due: Due) -> DueRow:
    """A row with `shown`, the units that lead it (where none is said
    to lead, the first ones), and how many `others` there are."""
    answering = due.row.answering
    leading = [each for each in answering if each.role == "lead"]
    shown = (leading or list(answering))[:ORGANIZATIONS_SHOWN]
    verdict = shared.facts.verdicts.get(due.id)
    return DueRow(
        due=due,
        shown=shown,
        others=len(answering) - len(shown),
        verdict=verdict,
        conflict=shared.facts.contradiction(due.row) if isinstance(due.row, Target) else None,
        report=shared.facts.updates.get(due.id),
    )
