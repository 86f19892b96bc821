"""The list of indicators, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openplans import routes
from openplans.downloads import catalog
from openplans.downloads.files import File
from openplans.facts import chart_points, series
from openplans.facts.records import Concept, Target
from openplans.pages.common import Shared
from openplans.pages.contexts import ConceptRegions, Indicator, IndicatorRow, Indicators, IndicatorTheme
from openplans.pages.data import offered
from openplans.pages.page import Page
from openplans.text import i18n
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES


def pages(shared: Shared) -> Iterator[Page]:
    """The list of indicators, and one page for each concept that some plan promises or of which there is an actual figure."""
    facts = shared.facts
    shown = [each for each in facts.registry.concepts.values() if facts.shows(each.concept_id)]
    themes = [
        IndicatorTheme(
            theme=theme, concepts=[_listed(shared, each) for each in shown if each.theme_id == theme.theme_id]
        )
        for theme in facts.registry.in_order({each.theme_id for each in shown})
    ]
    yield Page(
        routes.INDICATORS,
        "indicators",
        Indicators(themes=themes, files={each: [shared.downloads.described["", each]] for each in LANGUAGES}),
    )
    frames = dict(iter(facts.series.groupby("concept_id", sort=True)))
    for concept in sorted(shown, key=lambda each: each.concept_id):
        frame = frames.get(concept.concept_id)
        uneven = frame is not None and chart_points.uneven(concept, series.lines(frame))
        yield Page(routes.indicator(concept.concept_id), "indicator", _indicator(shared, concept, uneven))


def _listed(shared: Shared, concept: Concept) -> ConceptRegions:
    regions = {
        target.region.region_code: target.region for target in shared.facts.by_concept.get(concept.concept_id, ())
    }
    return ConceptRegions(concept=concept, regions=[regions[code] for code in sorted(regions)])


def _indicator(shared: Shared, concept: Concept, uneven: bool) -> Indicator:
    facts, concept_id = shared.facts, concept.concept_id
    targets = facts.by_concept.get(concept_id, ())
    return Indicator(
        concept=concept,
        theme=facts.registry.themes[concept.theme_id],
        chart=shared.figures.get(concept_id),
        uneven=uneven,
        rows=[_row(shared, target) for target in targets],
        plans=shared.plans(target.plan_id for target in targets),
        observations=list(facts.observed.get(concept_id, ())),
        downloads={each: offered(shared.downloads.indicators[concept_id, each]) for each in LANGUAGES}
        if targets
        else {},
        files={each: _files(shared, concept_id, each) for each in LANGUAGES},
        dataset={each: _dataset(shared, concept, each) for each in LANGUAGES},
    )


def _files(shared: Shared, concept_id: str, language: Language) -> list[File]:
    """What a machine takes of an indicator."""
    offer = shared.downloads.indicators.get((concept_id, language))
    return [shared.downloads.described[concept_id, language], *([offer.files["csv"]] if offer else [])]


def _dataset(shared: Shared, concept: Concept, language: Language) -> dict[str, Any]:
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


def _row(shared: Shared, target: Target) -> IndicatorRow:
    number = None if target.converted is None else f"{target.converted}"
    compared, verdict = shared.facts.comparisons.get(target.target_id), shared.facts.verdicts[target.target_id]
    return IndicatorRow(
        target=target,
        conflict=shared.facts.contradiction(target),
        number=number,
        compared=compared,
        verdict=verdict,
    )
