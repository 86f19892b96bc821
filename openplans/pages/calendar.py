"""What is due when: the years with their counts, and a page a year.

A year's page has all its promises up to LONGEST; beyond that it lists the plans, and each plan has a page of its own for
the year. So every promise is written once for each year in which it is due, and no page grows without end.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from openplans.facts import calendar
from openplans.facts.joins import Joined
from openplans.packages import dataset
from openplans.pages.common import Shared
from openplans.pages.contexts import Calendar, Group, Year
from openplans.pages.page import Page

LONGEST = 1000
"""How many promises one page holds: about 60 KB over the wire."""

UNITS_SHOWN = 3
"""How many units a row names; the rest is a count."""


def pages(shared: Shared) -> Iterator[Page]:
    """The calendar, then every year."""
    promises = [row for plan in shared.world.project.plans for row in calendar.promises(shared.world, plan)]
    years = calendar.by_year(promises)
    now = int(dataset.updated(shared.world)[:4])
    nearest = next((year for year in years if year >= now), None)
    yield Page("calendar", "calendar", _overview(shared, years, now, nearest))
    for year, rows in years.items():
        yield from year_pages(shared, year, rows, sorted(years), now)


def year_pages(
    shared: Shared, year: int, rows: list[Joined], years: list[int], now: int, longest: int = LONGEST
) -> Iterator[Page]:
    """The page of a year and, where one does not hold all its rows, one more a plan."""
    path, whole = f"calendar/{year}", len(rows) <= longest
    groups = _groups(shared, rows, "" if whole else path)
    shown = groups if whole else [{**group, "rows": []} for group in groups]
    yield Page(path, "year", _year(year, years, now, shown, rows if whole else []))
    for group in [] if whole else groups:
        plan = group["plan"]
        one = _year(year, years, now, [{**group, "path": ""}], group["rows"], plan)
        yield Page(f"{path}/{plan['id']}", "year", one)


def _overview(shared: Shared, years: dict[int, list[Joined]], now: int, nearest: int | None) -> Calendar:
    counts = {year: {plan: len(list(rows)) for plan, rows in _by_plan(found)} for year, found in years.items()}
    undated = {
        name: sum(not row["period_end"] for plan in shared.world.project.plans for row in plan[name])
        for name in ("tasks", "projects")
    }
    plans = [
        {**plan, "by_year": [counts[year].get(plan_id, 0) for year in years]}
        for plan_id, plan in shared.summaries.items()
    ]
    soon = years[nearest] if nearest else []
    return Calendar(
        years=[{"year": year, "past": year < now, "total": len(found)} for year, found in years.items()],
        plans=plans,
        undated=undated,
        nearest=nearest,
        groups=_groups(shared, soon, "") if len(soon) <= LONGEST else [],
        calendars=shared.downloads.calendars,
    )


def _year(
    year: int, years: list[int], now: int, groups: list[Group], rows: list[Joined], plan: dict[str, Any] | None = None
) -> Year:
    themes = {row["theme"]["theme_id"]: row["theme"] for row in rows}
    return Year(
        year=year,
        years=years,
        past=year < now,
        plan=plan,
        groups=groups,
        total=sum(group["count"] for group in groups),
        themes=sorted(themes.values(), key=lambda theme: theme["order"]),
        kinds=[kind for kind in calendar.KINDS if any(row["kind"] == kind for row in rows)],
    )


def _groups(shared: Shared, rows: list[Joined], path: str) -> list[Group]:
    """The rows by plan, in the order of plans; `path` is where each plan has a page of its own, "" where it has none."""
    found = []
    for plan_id, group in _by_plan(rows):
        shown = [_row(row) for row in group]
        own = f"{path}/{plan_id}" if path else ""
        found.append(Group(plan=shared.summaries[plan_id], rows=shown, count=len(shown), path=own))
    return found


def _by_plan(rows: list[Joined]) -> Iterator[tuple[str, Iterator[Joined]]]:
    return groupby(rows, key=lambda row: row["plan_id"])


def _row(row: Joined) -> Joined:
    """A promise with `shown`, the units that lead it (where none is said to lead, the first ones), and how many `others` there are."""
    leading = [each for each in row["answers"] if each["role"] == "lead"]
    shown = (leading or row["answers"])[:UNITS_SHOWN]
    return {**row, "shown": shown, "others": len(row["answers"]) - len(shown), "yearly": len(row["years"]) > 1}
