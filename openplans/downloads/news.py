"""Atom feeds: what changed and what falls due, of all, of a plan, a theme or a unit.

Comes in: a Subject, the bulletins, the versions of the data. Goes out: the text of a feed, the newest first; "" where
there is nothing to tell. The words stand in templates/files/calendar.j2, for a deadline is called the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from openplans import routes
from openplans.downloads import calendar
from openplans.downloads.table import Origin
from openplans.facts.bulletins import Bulletin
from openplans.facts.calendar import last_day
from openplans.facts.deadlines import Month, Subject, deadlines
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Release
from openplans.text.feed import Entry, atom

WINDOW = timedelta(days=366)
"""How far from the date of the data a deadline or a month may be: who subscribes wants the news, not the archive."""


@dataclass(frozen=True)
class News:
    """What can be told of a subject. `months`: what each brought; `releases`: of the data; `updated`: the date of each
    plan's package, YYYY-MM-DD; `names`: what the figures of single targets are of, by target_id."""

    months: tuple[Bulletin, ...]
    releases: tuple[Release, ...]
    updated: dict[str, str]
    names: dict[str, str]
    registry: Registry
    as_of: date

    def recent(self) -> list[Month]:
        """The months that feeds still tell of."""
        return [Month(each) for each in self.months if self.as_of - last_day(each.key) <= WINDOW]

    def of(self, subject: Subject, recent: list[Month]) -> News:
        """What concerns a subject: so that its feed is made anew only where that changed."""
        told = tuple(each for each in subject.of(recent) if each.figures or each.updates or each.changes)
        return replace(self, months=told, releases=self.releases if subject.kind == "all" else ())


def written(subject: Subject, news: News, made: Origin, path: str, site: str, words: Any) -> str:
    """The feed of a subject at `path`, of the news that concern it."""
    entries = [*_due(subject, news, words, site), *_happened(subject, news, words), *_releases(news, words)]
    entries.sort(key=lambda each: (each.day, each.key), reverse=True)
    if not entries:
        return ""
    return atom(words.news(subject).strip(), path, site, made.updated, entries, made.publisher.publisher)


def _due(subject: Subject, news: News, words: Any, site: str) -> Iterator[Entry]:
    """The deadlines of a year before and a year ahead. One to come is news of the day its plan was last published; on
    its own day it is news again."""
    for each in deadlines(subject.due):
        if abs(each.day - news.as_of) <= WINDOW:
            day = each.day.isoformat() if each.day <= news.as_of else news.updated[each.plan_id]
            page = calendar.address(each, subject, site or "/").removeprefix(site or "/")
            yield Entry(
                page, words.due(each).strip(), min(day, news.as_of.isoformat()), words.rows(each).strip(),
                key=calendar.name(each, subject),
            )  # fmt: skip


def _happened(subject: Subject, news: News, words: Any) -> Iterator[Entry]:
    """What the months brought: figures, reports and verdicts."""
    for month in news.months:
        page = routes.bulletin(month.key) if subject.kind == "all" else subject.path
        last = _last_day(month, news.as_of).isoformat()
        text = words.happened(month, _named(month, news)).strip()
        key = f"{subject.path.replace('/', '-')}-{month.key}".strip("-")
        yield Entry(routes.on_site(page), words.month(subject, month).strip(), last, text, key=f"month-{key}")


def _releases(news: News, words: Any) -> Iterator[Entry]:
    """The versions of the data that changed something for readers, for those who follow all of it."""
    page = f"{routes.on_site(routes.DATA)}#versions"
    for each in news.releases:
        if told := "\n".join(row.change_zh for row in each.for_readers):
            yield Entry(page, words.version(each).strip(), each.date, told, key=f"v{each.version}")


def _last_day(month: Bulletin, as_of: date) -> date:
    """The newest day of what a month brought; a verdict changes in a month, whose end counts."""
    days = [row.source.published for row in month.figures if row.source.published]
    days += [row.date for row in month.updates]
    days += [last_day(month.key)] if month.changes else []
    newest: date = max(days)
    return min(newest, as_of)


def _named(month: Bulletin, news: News) -> dict[str, str]:
    """What each figure is of, by observation_id."""
    return {
        row.observation_id: news.registry.concepts[row.concept_id].name_zh
        if row.concept_id
        else news.names[row.target_id]
        for row in month.figures
    }
