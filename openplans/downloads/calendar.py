"""Calendars to subscribe to: what is due when, as iCalendar files (RFC 5545, RFC 7986).

Comes in: a Subject of `facts.deadlines`. Goes out: the bytes of an .ics file, the same for the same data: its only
moment is the date of the data. The words stand in templates/files/calendar.j2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event, vDuration
from icalendar.enums import TRANSP

from openplans import routes
from openplans.downloads.table import Origin
from openplans.facts.deadlines import PlanDeadline, Subject, deadlines
from openplans.facts.registry import Registry
from openplans.text import i18n

MAKER = "-//Open Plans//ZH"

REFRESHED = timedelta(days=7)
"""How often a subscriber may look for news: plans are issued a few times a year."""

AHEAD = timedelta(days=30)
"""How long before its day a deadline is called to mind: what a year's end asks for is not done in its last week."""


@dataclass(frozen=True)
class CalendarSetting:
    """What all events of a calendar share: `site`, its address or ""; `updated` by plan_id (YYYY-MM-DD); the words."""

    site: str
    updated: dict[str, str]
    words: Any


def written(subject: Subject, made: Origin, setting: CalendarSetting) -> bytes:
    """The calendar of a subject as a file."""
    found = [event(each, subject, setting) for each in deadlines(subject.due)]
    return ics(found, f"{subject.path or made.name}@openplans", setting.words.name(subject), made)


_macros: list[tuple[Registry, Any]] = []


def words(registry: Registry) -> Any:
    """The macros that put what is due into words; those of the last registry are kept, for to compile them takes longer
    than to write a calendar with them."""
    if not _macros or _macros[0][0] != registry:
        made = i18n.macros("calendar", i18n.SOURCE, registry.units, registry.terms, registry.publisher.own)
        _macros[:] = [(registry, made)]
    return _macros[0][1]


def event(deadline: PlanDeadline, subject: Subject, setting: CalendarSetting) -> Event:
    """One event for all that a plan has due on a day, with the list in it, and a reminder of what is still to come."""
    updated = date.fromisoformat(setting.updated[deadline.plan_id])
    stamp = datetime.combine(updated, datetime.min.time(), UTC)
    link = address(deadline, subject, setting.site)
    title = setting.words.summary(deadline).strip()
    return Event.new(
        uid=f"{name(deadline, subject)}@openplans",
        stamp=stamp,
        start=deadline.day,
        end=deadline.day + timedelta(days=1),
        transparency=TRANSP.TRANSPARENT,
        summary=title,
        description=setting.words.description(deadline, link).strip(),
        url=link or None,
        subcomponents=[reminder(title)] if deadline.day > updated else None,
    )


def reminder(title: str) -> Alarm:
    """An alarm AHEAD of its event."""
    return Alarm.new_display(title, -AHEAD)


def name(deadline: PlanDeadline, subject: Subject) -> str:
    """What identifies a deadline, for good: its plan, its day and,
    where it is a part of what the plan has due, whose part."""
    part = f"{subject.path.replace('/', '-')}-" if subject.kind in ("theme", "organization") else ""
    return f"{part}{deadline.plan_id}-{deadline.day}"


def address(deadline: PlanDeadline, subject: Subject, site: str) -> str:
    """The page that lists what a subject has due on a day, "" where the site's address is not known."""
    if not site:
        return ""
    if subject.kind in ("theme", "organization"):
        return site + routes.on_site(subject.path)
    return site + routes.on_site(routes.year(deadline.day.year), deadline.plan_id)


def ics(found: Iterable[Event], uid: str, title: str, made: Origin) -> bytes:
    """A calendar of events as a file. How often to look for news is said twice: Outlook reads X-PUBLISHED-TTL only."""
    whole = Calendar.new(
        prodid=MAKER, method="PUBLISH", uid=uid, name=title, subcomponents=found,
        last_modified=datetime.fromisoformat(made.updated).replace(tzinfo=UTC),
    )  # fmt: skip
    whole.add("REFRESH-INTERVAL", vDuration(REFRESHED), {"VALUE": "DURATION"})
    whole.add("X-PUBLISHED-TTL", vDuration(REFRESHED))
    return bytes(whole.to_ical())
