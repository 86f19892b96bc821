"""What can be subscribed to: the calendar and the feed of all, of a plan, a theme, an organization.

Comes in: the facts. Goes out: for each subject its calendar and, where there is anything to tell, its feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from openplans import routes
from openplans.artifacts.builder import Builder
from openplans.downloads import calendar
from openplans.downloads import news as news_feeds
from openplans.downloads.files import File, Job, Shelf, put_all
from openplans.downloads.keys import Keys
from openplans.downloads.news import News
from openplans.downloads.table import Origin
from openplans.facts.deadlines import Subject, subjects
from openplans.facts.model import Facts
from openplans.schema import contract


def put(
    shelf: Shelf, facts: Facts, whole: Origin, site: str, told: News, keys: Keys, builder: Builder | None
) -> Iterator[tuple[str, list[File]]]:
    """The calendar and the feed of all, of plans, themes and units, by the path of the page they belong to."""
    registry = replace(facts.registry, regions={}, organizations={}, spellings={}, themes={}, aliases={}, releases=())
    told = replace(told, registry=registry)
    found, recent = list(subjects(facts)), told.recent()
    jobs = []
    for subject in found:
        given: dict[str, Any] = {"subject": subject, "news": told.of(subject, recent), "made": whole, "site": site}
        jobs.append(Job(keys.of("told", given), partial(_tell, **given)))
    return zip((each.path for each in found), put_all(shelf, jobs, builder), strict=True)


def by_path(files: Iterable[tuple[str, list[File]]]) -> tuple[dict[str, File], dict[str, File]]:
    """The calendars, and the feeds."""
    both = dict(files)
    feeds = {path: each[1] for path, each in both.items() if len(each) > 1}
    return {path: each[0] for path, each in both.items()}, feeds


def _tell(shelf: Shelf, subject: Subject, news: News, made: Origin, site: str) -> list[File]:
    """The calendar of a subject and, where there is anything to tell, its feed."""
    place = f"{subject.path}/" if subject.path else ""
    feed_path = routes.download(f"{place}news", "atom.xml")

    def ics() -> bytes:
        return calendar.written(
            subject, made, calendar.CalendarSetting(site, news.updated, calendar.words(news.registry))
        )

    def feed() -> bytes:
        return news_feeds.written(subject, news, made, feed_path, site, calendar.words(news.registry)).encode()

    files = [shelf.put(f"{place}calendar", "ics", ics, made, contract.file_titles("calendar"))]
    if feed_path in shelf.kept or (not shelf.kept and feed()):
        files.append(shelf.put(f"{place}news", "atom.xml", feed, made, contract.file_titles("news")))
    return files


def news(facts: Facts, origins: dict[str, Origin]) -> News:
    """All that feeds can tell of: each of them takes what concerns its subject."""
    return News(
        months=tuple(facts.bulletins),
        releases=facts.registry.releases,
        registry=facts.registry,
        as_of=facts.as_of,
        updated={plan_id: made.updated for plan_id, made in origins.items()},
        names={row.target_id: facts.targets[row.target_id].indicator for row in facts.observations if row.target_id},
    )
