"""What changed in the data: the months, and each with its changes in words. No page where no history is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TypedDict

from openplans import routes
from openplans.facts.records import Plan
from openplans.packages.history import DayOfChanges, ToldChange
from openplans.pages.common import Shared
from openplans.pages.months import MonthPage, counted
from openplans.pages.page import Page

FIRST_SHOWN = 5
"""How many changes of a month the list of months tells."""

_AS_ANCHOR = re.compile(r"[a-z0-9-]+")
"""The keys that can be fragments: ids, not words."""


class ChangedRow(TypedDict):
    """A change in words. `anchor`: the fragment of its row, "" where that has one above; `place`: page and fragment
    of the row as it is, None where it is gone or has none; `earlier`: the page that tells of the change before."""

    entry: ToldChange
    anchor: str
    place: tuple[str, str] | None
    earlier: str


class ChangesOfPackage(TypedDict):
    """What a day changed in a package; `plan` where it is one that is there."""

    package: str
    plan: Plan | None
    rows: list[ChangedRow]


class ChangedDay(TypedDict):
    """What a day changed, by package; `counts` by kind; `release`: the version that has it, "" where none does yet."""

    day: str
    release: str
    counts: dict[str, int]
    packages: list[ChangesOfPackage]


class ChangedMonth(TypedDict):
    """What a month changed: the page `number` of those at `paths`."""

    month: str
    number: int
    paths: list[str]
    days: list[ChangedDay]


class MonthOfChanges(TypedDict):
    """A month in short: how many changes by kind, its releases, and the first `rows` of its `total`."""

    month: str
    path: str
    releases: list[str]
    counts: dict[str, int]
    rows: list[ChangedRow]
    total: int


class Changes(TypedDict):
    """The months that changed the data, the newest first."""

    months: list[MonthOfChanges]


def pages(shared: Shared) -> Iterator[Page]:
    """The list of months, then the pages of each."""
    if not shared.months:
        return
    whole = [(month, list(parts)) for month, parts in groupby(shared.months, key=lambda each: each.month)]
    yield Page(routes.CHANGES, "changes", Changes(months=[_month(shared, parts) for _, parts in whole]))
    for _, parts in whole:
        for part in parts:
            yield Page(part.path, "month", _part(shared, part, [each.path for each in parts]))


def _month(shared: Shared, parts: list[MonthPage]) -> MonthOfChanges:
    days = [told for part in parts for told in part.days]
    entries = [entry for told in days for entry in told.entries]
    return MonthOfChanges(
        month=parts[0].month,
        path=parts[0].path,
        releases=list(dict.fromkeys(each.day.release for each in days if each.day.release)),
        counts=counted(entries),
        rows=[_row(shared, each, parts[0].path, set()) for each in entries[:FIRST_SHOWN]],
        total=len(entries),
    )


def _part(shared: Shared, part: MonthPage, paths: list[str]) -> ChangedMonth:
    taken: set[str] = set()
    days = [_day(shared, told, part.path, taken) for told in part.days]
    return ChangedMonth(month=part.month, number=part.number, paths=paths, days=days)


def _day(shared: Shared, told: DayOfChanges, path: str, taken: set[str]) -> ChangedDay:
    groups = [
        ChangesOfPackage(
            package=package,
            plan=shared.facts.plan.get(package),
            rows=[_row(shared, each, path, taken) for each in entries],
        )
        for package, entries in groupby(told.entries, key=lambda each: each.package)
    ]
    return ChangedDay(day=told.day.day, release=told.day.release, counts=counted(told.entries), packages=groups)


def _row(shared: Shared, entry: ToldChange, path: str, taken: set[str]) -> ChangedRow:
    """A change as it stands on the page at `path`; the first of a row there has its id for an anchor."""
    anchor = entry.row if entry.row not in taken and _AS_ANCHOR.fullmatch(entry.row) else ""
    taken.add(entry.row)
    telling = shared.telling[entry.row]
    earlier = telling[telling.index(path) + 1 :]
    return ChangedRow(entry=entry, anchor=anchor, place=shared.place(entry.row), earlier=earlier[0] if earlier else "")
