"""The bulletins: a page for each month in which something
happened (月通报), and one for each quarter by theme (季研判)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from openplans import routes
from openplans.facts.bulletins import Bulletin, Turn, by_theme, quarters
from openplans.facts.calendar import last_day
from openplans.facts.derived import Due
from openplans.facts.records import Observation, Target
from openplans.facts.registry_records import Concept, Theme
from openplans.facts.verdicts import Verdict
from openplans.pages.common import Shared
from openplans.pages.page import Page, Site
from openplans.text.feed import Entry, atom

DUE_SHOWN = 60
"""How many rows that fell due a month lists; a year's page of the calendar has all."""

LISTED = 100
"""How many changes of a verdict, with a figure and without, and how many figures a page lists. The others stand in the
lists of their plans and of their indicators."""


class BulletinLink(TypedDict):
    """A month or a quarter with what happened in it."""

    key: str
    bulletin: Bulletin


class Bulletins(TypedDict):
    """The months and quarters in which something happened, the newest first."""

    months: list[BulletinLink]
    quarters: list[BulletinLink]


class BulletinPage(TypedDict):
    """What happened in a month, or in a `quarter`: then also by theme. `due`: the first of what fell due; `with_figure`
    and `without`: the first changes of a verdict that have one or not; `counts`: of these and of the figures;
    `concepts` and `targets` that the figures are of, by id; `verdicts` on the promises of the changes as of the date of
    the data."""

    key: str
    quarter: bool
    bulletin: Bulletin
    themes: list[tuple[Theme, Bulletin]]
    due: list[Due]
    with_figure: list[Turn]
    without: list[Turn]
    figures: list[Observation]
    counts: dict[str, int]
    concepts: Mapping[str, Concept]
    targets: Mapping[str, Target]
    verdicts: Mapping[str, Verdict]


def pages(shared: Shared) -> Iterator[Page]:
    """The list, then the months and the quarters, the newest first."""
    months = shared.facts.bulletins
    found = quarters(months)
    links = [BulletinLink(key=each.key, bulletin=each) for each in months]
    yield Page(
        routes.BULLETINS,
        "bulletins",
        Bulletins(months=links, quarters=[BulletinLink(key=each.key, bulletin=each) for each in found]),
    )
    for each in (*months, *found):
        yield Page(routes.bulletin(each.key), "bulletin", _bulletin(shared, each))


def files(shared: Shared, site: Site) -> Iterator[tuple[str, str]]:
    """The Atom feed of the months."""
    entries = [
        Entry(
            path=routes.on_site(routes.bulletin(each.key)),
            title=f"{each.key} 月通报",
            day=last_day(each.key).isoformat(),
            text=f"公布 {len(each.figures) + len(each.updates)}，到期 {len(each.due)}，结论变化 {len(each.changes)}",
        )
        for each in shared.facts.bulletins
    ]
    name, author = site.publisher.name or "计划公开", site.publisher.publisher
    yield routes.FEED, atom(f"{name}：月通报", routes.FEED, site.base_url, site.updated, entries, author)


def _bulletin(shared: Shared, found: Bulletin) -> BulletinPage:
    facts = shared.facts
    concepts = {key: facts.registry.themes[row.theme_id] for key, row in facts.registry.concepts.items()}
    quarter = "-q" in found.key
    told = [each for each in found.changes if each.verdict.figure]
    silent = [each for each in found.changes if not each.verdict.figure]
    return BulletinPage(
        key=found.key,
        quarter=quarter,
        bulletin=found,
        themes=[*by_theme(found, facts.registry.in_order(set(facts.registry.themes)), concepts).items()]
        if quarter
        else [],
        due=found.due[:DUE_SHOWN],
        with_figure=told[:LISTED],
        without=silent[:LISTED],
        figures=found.figures[:LISTED],
        counts={"with_figure": len(told), "without": len(silent), "figures": len(found.figures)},
        concepts=shared.concepts(found.figures[:LISTED]),
        targets=shared.targets(found.figures[:LISTED]),
        verdicts=shared.verdicts(each.verdict.target for each in (*told[:LISTED], *silent[:LISTED])),
    )
