"""What is due when: the years with their counts, and a page a year.

A year's page has all its rows up to LONGEST; beyond that it lists the plans, and each plan has a page of its own for
the year. So every row is written once for each year in which it is due, and no page grows without end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from openplans import routes
from openplans.facts.calendar import KINDS
from openplans.facts.records import Due, Plan, Target
from openplans.pages.common import Shared
from openplans.pages.contexts import Calendar, DueRow, Group, PlanYears, Year, YearCount
from openplans.pages.page import Page

LONGEST = 350
"""How many rows one page holds: about 300 KB of HTML, 25 over the wire."""

UNITS_SHOWN = 3
"""How many units a row names; the rest is a count."""


def pages(shared: Shared) -> Iterator[Page]:
    """The calendar, then every year."""
    years = shared.facts.due
    now = int(shared.facts.updated[:4])
    nearest = next((year for year in years if year >= now), None)
    yield Page(routes.CALENDAR, "calendar", _overview(shared, years, now, nearest))
    for year, rows in years.items():
        yield from year_pages(shared, year, rows, list(years), now)


def year_pages(
    shared: Shared, year: int, rows: list[Due], years: list[int], now: int, longest: int = LONGEST
) -> Iterator[Page]:
    """The page of a year and, where one does not hold all its rows, one more for each plan."""
    whole = len(rows) <= longest
    groups = _groups(shared, rows, None if whole else year)
    shown = groups if whole else [Group(**{**group, "rows": []}) for group in groups]
    yield Page(routes.year(year), "year", _year(shared, year, years, now, shown, rows if whole else []))
    for group in [] if whole else groups:
        plan = group["plan"]
        own = [each["due"] for each in group["rows"]]
        one = _year(shared, year, years, now, [Group(**{**group, "path": ""})], own, plan)
        yield Page(routes.year(year, plan.id), "year", one)


def _overview(shared: Shared, years: Mapping[int, list[Due]], now: int, nearest: int | None) -> Calendar:
    counts = {year: {plan: len(list(rows)) for plan, rows in _by_plan(found)} for year, found in years.items()}
    facts = shared.facts
    soon = years[nearest] if nearest else []
    return Calendar(
        years=[YearCount(year=year, past=year < now, total=len(found)) for year, found in years.items()],
        plans=[
            PlanYears(plan=plan, by_year=[counts[year].get(plan_id, 0) for year in years])
            for plan_id, plan in facts.plan.items()
        ],
        undated={
            "tasks": sum(not task.period_end for plan in facts.plans for task in plan.tasks),
            "projects": sum(not project.period_end for plan in facts.plans for project in plan.projects),
        },
        nearest=nearest,
        groups=_groups(shared, soon, None) if len(soon) <= LONGEST else [],
        calendars=shared.downloads.calendars,
        told=shared.told(routes.HOME),
    )


def _year(
    shared: Shared,
    year: int,
    years: list[int],
    now: int,
    groups: list[Group],
    rows: list[Due],
    plan: Plan | None = None,
) -> Year:
    return Year(
        year=year,
        years=years,
        past=year < now,
        plan=plan,
        groups=groups,
        total=sum(group["count"] for group in groups),
        themes=shared.facts.registry.in_order({row.theme.theme_id for row in rows}),
        kinds=[kind for kind in KINDS if any(row.kind == kind for row in rows)],
    )


def _groups(shared: Shared, rows: list[Due], year: int | None) -> list[Group]:
    """The rows by plan, in the order of plans; `year` is given where each plan has a page of its own for it."""
    found = []
    for plan_id, group in _by_plan(rows):
        shown = [row(shared, each) for each in group]
        own = routes.year(year, plan_id) if year else ""
        found.append(Group(plan=shared.facts.plan[plan_id], rows=shown, count=len(shown), path=own))
    return found


def _by_plan(rows: list[Due]) -> Iterator[tuple[str, Iterator[Due]]]:
    return groupby(rows, key=lambda due: due.row.plan_id)


def row(shared: Shared, due: Due) -> DueRow:
    """A row with `shown`, the units that lead it (where none is said
    to lead, the first ones), and how many `others` there are."""
    answering = due.row.answering if isinstance(due.row, Target) else due.row.responsibilities
    leading = [each for each in answering if each.role == "lead"]
    shown = (leading or list(answering))[:UNITS_SHOWN]
    verdict = shared.facts.verdicts.get(due.id)
    return DueRow(
        due=due,
        shown=shown,
        others=len(answering) - len(shown),
        verdict=verdict,
        report=shared.facts.updates.get(due.id),
    )
