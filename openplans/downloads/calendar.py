"""Calendars to subscribe to: what is due when, as iCalendar files (RFC 5545).

Comes in: Due records of `facts.calendar`. Goes out: the bytes of an .ics file, the same for the same data: its only moment
is the date of the data. The words stand in templates/files/calendar.j2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event
from icalendar.enums import TRANSP

from openplans import routes
from openplans.downloads.table import Origin
from openplans.facts.records import Due, Region
from openplans.facts.registry import Registry
from openplans.text import i18n

MAKER = "-//Open Plans//ZH"

REFRESHED = timedelta(days=7)
"""How often a subscriber may look for news: plans are issued a few times a year."""


@dataclass(frozen=True)
class Part:
    """What is due in a plan, and where that comes from."""

    due: tuple[Due, ...]
    made: Origin


def written(parts: Iterable[Part], region: Region | None, made: Origin, site: str, registry: Registry) -> bytes:
    """The calendar of a plan, or of all (no region), as a file."""
    spoken = words(registry)
    found = [event for part in parts for event in events(part.due, part.made, site, spoken)]
    return ics(found, spoken.name(region), made)


def words(registry: Registry) -> Any:
    """The macros that put what is due into words."""
    return i18n.spoken("calendar", i18n.SOURCE, registry.units, registry.terms)


def events(due: Iterable[Due], made: Origin, site: str, spoken: Any) -> list[Event]:
    """One event for each row, on the last day of its period; what is due every year comes again every year. `site`: its address, or ""."""
    stamp = datetime.fromisoformat(made.updated).replace(tzinfo=UTC)
    return [_event(row, stamp, site, spoken) for row in due]


def ics(found: list[Event], name: str, made: Origin) -> bytes:
    """A calendar of events as a file."""
    whole = Calendar.new(
        prodid=MAKER, method="PUBLISH", uid=f"{made.name}@openplans", name=name, refresh_interval=REFRESHED,
        last_modified=datetime.fromisoformat(made.updated).replace(tzinfo=UTC), subcomponents=found,
    )  # fmt: skip
    whole.add("X-WR-CALNAME", name)  # what phones show; NAME is newer than most of them
    return bytes(whole.to_ical())


def _event(due: Due, stamp: datetime, site: str, spoken: Any) -> Event:
    link = site + routes.on_site(routes.plan(due.row.plan_id, due.row_list), due.row.anchor) if site else ""
    event = Event.new(
        uid=f"{due.id}@openplans", stamp=stamp, start=due.day, end=due.day + timedelta(days=1), transparency=TRANSP.TRANSPARENT,
        summary=spoken.summary(due).strip(), description=spoken.description(due, link).strip(), url=link or None,
    )  # fmt: skip
    if len(due.years) > 1:
        first = due.years[0]
        event.start, event.end = date(first, 12, 31), date(first + 1, 1, 1)
        event.add("RRULE", {"FREQ": "YEARLY", "COUNT": len(due.years)})
    return event
