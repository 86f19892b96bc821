"""The residents' way in: a page for each place with a plan. What
it promises, what was reached, what falls due, who leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict, TypeVar

from openplans import routes
from openplans.facts.derived import Due
from openplans.facts.organizations import Dossier
from openplans.facts.plan import PlanFacts
from openplans.facts.progress import Tally, distinct, tally
from openplans.facts.records import Observation, Plan, Target
from openplans.facts.registry_records import Concept, Region, Theme
from openplans.facts.verdicts import WORDS, Verdict
from openplans.pages import calendar
from openplans.pages.calendar import DueRow
from openplans.pages.common import RegionPart, Shared, WarnedRows
from openplans.pages.page import Page
from openplans.pages.progress import SETTLED

T = TypeVar("T")

DUE_SHOWN = 40
"""How many rows that fall due a page shows; the calendar has them all."""

YEAR = timedelta(days=366)


class RegionLink(TypedDict):
    """A place with its plans and its promises, counted."""

    region: Region
    plans: list[Plan]
    tally: Tally


class Regions(TypedDict):
    """The places that have a plan, all or those in one `region`; or, where they are too many, the `parts`."""

    region: Region | None
    regions: list[RegionLink]
    parts: list[RegionPart]


class PlanThemes(TypedDict):
    """A plan, and how many promises it makes on each theme."""

    plan: Plan
    themes: list[tuple[Theme, int]]


class RegionPage(TypedDict):
    """A place: its promises counted by theme and `listed` by verdict, what falls `due` within a year, the newest of its
    `figures` of each thing, the `organizations`, those that lead most first, the places `above` and `beside` it;
    `concepts` and `targets` that the figures are of, by id."""

    region: Region
    plans: list[PlanThemes]
    tally: Tally
    order: list[str]
    listed: dict[str, list[Verdict]]
    due: list[DueRow]
    due_count: int
    organizations: list[Dossier]
    figures: list[Observation]
    concepts: Mapping[str, Concept]
    targets: Mapping[str, Target]
    warned: WarnedRows
    above: list[RegionLink]
    beside: list[RegionLink]


def pages(shared: Shared) -> Iterator[Page]:
    """The list of places, then each."""
    own = plans_of(shared)
    links = links_of(shared, own)
    organizations = _by_region(shared.facts.organizations, lambda each: each.region)
    figures = _by_region(shared.facts.observations, lambda each: each.region)
    below = _below(shared, own)
    yield from list_pages(shared, links)
    for code in links:
        here = Here(code, own[code], organizations[code], figures[code])
        yield Page(routes.region(code), "region", _region(shared, here, links, below))


def plans_of(shared: Shared) -> defaultdict[str, list[PlanFacts]]:
    """The plans of each place, by its code."""
    return _by_region(shared.facts.plans, lambda each: each.plan.region)


def links_of(shared: Shared, plans: Mapping[str, list[PlanFacts]]) -> dict[str, RegionLink]:
    """The places that have a plan, by code."""
    return {code: _link(shared, code, own) for code, own in sorted(plans.items())}


def list_pages(shared: Shared, links: Mapping[str, RegionLink]) -> Iterator[Page]:
    """The list of places or, where the plans are too many, of regions and a list for each."""
    regions = shared.facts.registry.regions
    places = {
        code: [links[each] for each in dict.fromkeys(row.plan.region.region_code for row in own)]
        for code, own in shared.facts.parts.items()
    }
    parts = [RegionPart(region=regions[code], count=len(own)) for code, own in places.items()]
    yield Page(
        routes.REGIONS, "regions", Regions(region=None, regions=[] if parts else list(links.values()), parts=parts)
    )
    for code, own in places.items():
        yield Page(routes.places(code), "regions", Regions(region=regions[code], regions=own, parts=[]))


def _by_region(rows: Iterable[T], region: Callable[[T], Region]) -> defaultdict[str, list[T]]:
    """Rows by region_code: looked through once, not once for each region."""
    found: defaultdict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[region(row).region_code].append(row)
    return found


def _link(shared: Shared, code: str, own: list[PlanFacts]) -> RegionLink:
    counted = tally((promise for each in own for promise in each.promises), shared.facts.verdicts)
    return RegionLink(region=shared.facts.registry.regions[code], plans=[each.plan for each in own], tally=counted)


@dataclass(frozen=True)
class Here:
    """What a place has of its own: its plans, the organizations and the actual figures."""

    code: str
    plans: list[PlanFacts]
    organizations: list[Dossier]
    figures: list[Observation]


def _below(shared: Shared, codes: Iterable[str]) -> Mapping[str, list[str]]:
    """The places with a plan below each that is below none."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(codes):
        chain = shared.facts.registry.region_chain(code)
        if len(chain) > 1:
            found[chain[-1]].append(code)
    return found


def _region(shared: Shared, here: Here, links: Mapping[str, RegionLink], below: Mapping[str, list[str]]) -> RegionPage:
    """The page of a place with what it has, and the places above and beside it."""
    facts, link = shared.facts, links[here.code]
    found = distinct(facts.verdicts[target.target_id] for plan in here.plans for target in plan.targets)
    coming = _coming([row for plan in here.plans for row in plan.due], facts.as_of)
    figures = _newest(here.figures)
    above = facts.registry.region_chain(here.code)[1:]
    beside = [each for each in below[above[-1]] if each != here.code] if above else []
    return RegionPage(
        region=link["region"],
        plans=[PlanThemes(plan=each.plan, themes=_themes(each)) for each in here.plans],
        tally=link["tally"],
        order=list(WORDS),
        listed={word: [each for each in found if each.word == word] for word in SETTLED},
        due=[calendar.row(shared, each) for each in coming[:DUE_SHOWN]],
        due_count=len(coming),
        organizations=here.organizations,
        figures=figures,
        concepts=shared.concepts(figures),
        targets=shared.targets(figures),
        warned=shared.warned_among([here.code]),
        above=[links[each] for each in above if each in links],
        beside=[links[each] for each in beside],
    )


def _themes(facts: PlanFacts) -> list[tuple[Theme, int]]:
    """The themes of a plan's promises, each with how many there are."""
    counted = Counter(promise.target.theme for promise in facts.promises)
    return sorted(counted.items(), key=lambda pair: pair[0].order)


def _newest(figures: list[Observation]) -> list[Observation]:
    """The newest figure of each thing, a month's beside a year's; the newest first."""
    newest: dict[tuple[str, ...], Observation] = {}
    for each in sorted(figures, key=lambda each: each.time, reverse=True):
        if not each.replaced_by:
            newest.setdefault((each.concept_id, each.target_id, each.scope, each.period_kind), each)
    return list(newest.values())


def _coming(rows: list[Due], as_of: date) -> list[Due]:
    """What falls due from the day of the data within a year, first due first."""
    found = [(day, row) for row in rows if not row.repeats for day in row.days if as_of <= day <= as_of + YEAR]
    return [row for _, row in sorted(found, key=lambda each: each[0])]
