"""The list of indicators, and a page for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypedDict

from openplans import routes
from openplans.downloads import catalog
from openplans.downloads.files import File
from openplans.facts import chart_points, series
from openplans.facts.answers import Answer
from openplans.facts.promises import Promise
from openplans.facts.records import Observation, Plan
from openplans.facts.registry_records import Concept, Region, Theme
from openplans.pages.common import Conflicts, PromiseRow, Shared, Upkeeps, Verdicts, WarnedRows
from openplans.pages.concept_charts import ConceptChart
from openplans.pages.data import Offered, offered
from openplans.pages.page import Page
from openplans.text import i18n
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES

MOST_LISTED = 12
"""How many regions are listed one by one below a concept; beyond, those that ask the same are one line."""

STEPS_LISTED = 2
"""How many promises of a region a line tells."""


class ConceptAsked(TypedDict):
    """A concept with what regions ask of it, None where none does, and the `verdicts` on it and `conflicts` in it, none
    where the regions are more than MOST_LISTED; `figures`: how many actual figures there are of it."""

    concept: Concept
    theme: Theme
    answer: Answer | None
    verdicts: Verdicts
    conflicts: Conflicts
    figures: int


class Indicators(TypedDict):
    """The concepts that some plan promises or of which there is an actual figure: those that two regions or more
    promise (`shared`), those of one region and those of none, by theme. `regions` and `themes`: what they can be
    filtered by, no regions where these have lists of their own; `files`: their index, by language; `most`, `steps`:
    MOST_LISTED, STEPS_LISTED."""

    shared: list[ConceptAsked]
    single: list[tuple[Theme, list[ConceptAsked]]]
    regions: list[Region]
    themes: list[Theme]
    files: dict[Language, list[File]]
    most: int
    steps: int


class Indicator(TypedDict):
    """One concept over all regions, or in one `part`; `apart`: the parts with pages of their own. `answer`: what the
    plans say of it, None where none promises it; `downloads`: its targets as a table, by language; none where no plan
    promises it; `plans` by id; `upkeep` of the actual figures; `files` for machines and `dataset`, what search engines
    are told, by language."""

    concept: Concept
    part: Region | None
    apart: list[Region]
    theme: Theme
    answer: Answer | None
    chart: ConceptChart | None
    uneven: bool
    rows: list[PromiseRow]
    plans: dict[str, Plan]
    observations: list[Observation]
    upkeep: Upkeeps
    warned: WarnedRows
    downloads: dict[Language, Offered]
    files: dict[Language, list[File]]
    dataset: dict[Language, dict[str, object]]


def pages(shared: Shared) -> Iterator[Page]:
    """The list of indicators, and one page for each concept that
    some plan promises or of which there is an actual figure."""
    facts = shared.facts
    shown = [each for each in facts.registry.concepts.values() if facts.shows(each.concept_id)]
    yield Page(routes.INDICATORS, "indicators", _list(shared, shown))
    frames = dict(iter(facts.series.groupby("concept_id", sort=True)))
    for concept in sorted(shown, key=lambda each: each.concept_id):
        frame = frames.get(concept.concept_id)
        uneven = frame is not None and chart_points.uneven(concept, series.lines(frame))
        yield from concept_pages(shared, concept, uneven)


def concept_pages(shared: Shared, concept: Concept, uneven: bool) -> Iterator[Page]:
    """The page of a concept and, where one does not hold its promises, one more for each city and province."""
    answer = shared.facts.answers.get(concept.concept_id)
    own: defaultdict[str, list[Promise]] = defaultdict(list)
    for promise in answer.promises if answer else ():
        own[shared.facts.indicator_page(promise.target)].append(promise)
    whole = routes.indicator(concept.concept_id)
    parts = {path: shared.facts.registry.regions[path.rpartition("/")[2]] for path in sorted(own) if path != whole}
    yield Page(whole, "indicator", _indicator(shared, concept, uneven, own.get(whole, []), list(parts.values())))
    for path, region in parts.items():
        yield Page(path, "indicator", _indicator(shared, concept, uneven, own[path], [], region))


def _list(shared: Shared, shown: list[Concept]) -> Indicators:
    """The list: first what two regions or more promise, by theme, those of most regions first."""
    registry = shared.facts.registry
    asked = [_asked(shared, each) for each in shown]
    asked.sort(key=lambda each: (each["theme"].order, -_spread(each)))
    single: defaultdict[Theme, list[ConceptAsked]] = defaultdict(list)
    for each in asked:
        if _spread(each) < 2:
            single[each["theme"]].append(each)
    regions = {} if shared.parts else {plan.region.region_code: plan.region for plan in shared.facts.plan.values()}
    return Indicators(
        shared=[each for each in asked if _spread(each) > 1],
        single=[*single.items()],
        regions=[regions[code] for code in sorted(regions)],
        themes=registry.in_order({each.theme_id for each in shown}),
        files={each: [shared.downloads.described["", each]] for each in LANGUAGES},
        most=MOST_LISTED,
        steps=STEPS_LISTED,
    )


def _asked(shared: Shared, concept: Concept) -> ConceptAsked:
    facts = shared.facts
    answer = facts.answers.get(concept.concept_id)
    asks = answer.asks if answer and len(answer.asks) <= MOST_LISTED else ()
    told = [target for ask in asks for target in ask.told[:STEPS_LISTED]]
    return ConceptAsked(
        concept=concept,
        theme=facts.registry.themes[concept.theme_id],
        answer=answer,
        verdicts=shared.verdicts(told),
        conflicts=shared.conflicts(told),
        figures=len(facts.observed.get(concept.concept_id, ())),
    )


def _spread(each: ConceptAsked) -> int:
    """How many regions promise a concept."""
    return len(each["answer"].asks) if each["answer"] else 0


def _indicator(
    shared: Shared,
    concept: Concept,
    uneven: bool,
    promises: list[Promise],
    apart: list[Region],
    part: Region | None = None,
) -> Indicator:
    """A page with these promises: of all, or of one `part`; `apart`: the parts that have pages of their own."""
    facts, concept_id = shared.facts, concept.concept_id
    observed = [] if part else list(facts.observed.get(concept_id, ()))
    return Indicator(
        concept=concept,
        part=part,
        apart=apart,
        answer=None if part else facts.answers.get(concept_id),
        theme=facts.registry.themes[concept.theme_id],
        chart=None if part else shared.charts.get(concept_id),
        uneven=uneven,
        rows=[shared.row(each) for each in promises],
        plans=shared.plans(each.target.plan_id for each in promises),
        observations=observed,
        upkeep=shared.upkeep_of(observed),
        warned=shared.warned_among([concept_id]),
        downloads={each: offered(shared.downloads.indicators[concept_id, each]) for each in LANGUAGES}
        if promises or apart
        else {},
        files={each: _files(shared, concept_id, each) for each in LANGUAGES},
        dataset={each: _dataset(shared, concept, each) for each in LANGUAGES},
    )


def _files(shared: Shared, concept_id: str, language: Language) -> list[File]:
    """What a machine takes of an indicator."""
    offer = shared.downloads.indicators.get((concept_id, language))
    return [shared.downloads.described[concept_id, language], *([offer.files["csv"]] if offer else [])]


def _dataset(shared: Shared, concept: Concept, language: Language) -> dict[str, object]:
    """What search engines are told of it."""
    named, site = i18n.in_language(language), shared.downloads.site
    page = Page(routes.indicator(concept.concept_id), "indicator", None, language)
    return catalog.of_indicator(
        shared.downloads.everything.origin,
        (named(concept), named(concept, "definition")),
        _files(shared, concept.concept_id, language),
        page.address_in(language),
        language,
        site,
    )
