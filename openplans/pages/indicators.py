"""The list of indicators, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator

from openplans import routes
from openplans.facts import chart_points, series
from openplans.facts.records import Concept, Target
from openplans.pages.common import Shared
from openplans.pages.contexts import ConceptRegions, Indicator, IndicatorRow, Indicators, IndicatorTheme
from openplans.pages.data import offered
from openplans.pages.page import Page
from openplans.text.i18n import LANGUAGES


def pages(shared: Shared) -> Iterator[Page]:
    """The list of indicators, and one page for each concept that some plan promises."""
    facts = shared.facts
    promised = [concept for concept in facts.registry.concepts.values() if concept.concept_id in facts.by_concept]
    themes = [
        IndicatorTheme(
            theme=theme,
            concepts=[_listed(shared, each) for each in promised if each.theme_id == theme.theme_id],
        )
        for theme in facts.registry.in_order({each.theme_id for each in promised})
    ]
    yield Page(routes.INDICATORS, "indicators", Indicators(themes=themes))
    for concept_id, frame in facts.series.groupby("concept_id", sort=True):
        concept = facts.registry.concepts[str(concept_id)]
        uneven = chart_points.uneven(concept, series.lines(frame))
        yield Page(routes.indicator(concept.concept_id), "indicator", _indicator(shared, concept, uneven))


def _listed(shared: Shared, concept: Concept) -> ConceptRegions:
    regions = {target.region.region_code: target.region for target in shared.facts.by_concept[concept.concept_id]}
    return ConceptRegions(concept=concept, regions=[regions[code] for code in sorted(regions)])


def _indicator(shared: Shared, concept: Concept, uneven: bool) -> Indicator:
    facts, concept_id = shared.facts, concept.concept_id
    return Indicator(
        concept=concept,
        theme=facts.registry.themes[concept.theme_id],
        chart=shared.figures.get(concept_id),
        uneven=uneven,
        rows=[_row(shared, target) for target in facts.by_concept[concept_id]],
        observations=list(facts.observed.get(concept_id, ())),
        downloads={each: offered(shared.downloads.indicators[concept_id, each]) for each in LANGUAGES},
    )


def _row(shared: Shared, target: Target) -> IndicatorRow:
    number = None if target.converted is None else f"{target.converted}"
    return IndicatorRow(target=target, number=number, compared=shared.facts.comparisons.get(target.target_id))
