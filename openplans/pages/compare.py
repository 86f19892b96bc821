"""Side by side: a matrix of concepts and regions.

Up to MOST regions stand in one matrix at /compare/. Beyond that no screen could show it and the empty cells would
outgrow the data, so each group of siblings (the counties of one city) has a matrix of its own beside the regions above
them, and /compare/ lists the groups. A region's targets are then written once, those of a superior once for each group.
"""

from __future__ import annotations

from collections.abc import Iterator

from openplans import routes
from openplans.downloads import flat
from openplans.facts import matrix
from openplans.facts.records import Region, Theme
from openplans.pages.common import Shared
from openplans.pages.contexts import Compare, CompareConcept, RegionGroup
from openplans.pages.data import offered
from openplans.pages.page import Page
from openplans.text.i18n import LANGUAGES

MOST = 16
"""How many regions stand in one matrix: more than any city of
the province has counties, with city and province beside them."""


def pages(shared: Shared) -> Iterator[Page]:
    """The matrix of all regions or, where they are too many, a list of groups and a matrix for each."""
    yield from matrix_pages(shared, MOST)


def matrix_pages(shared: Shared, most: int) -> Iterator[Page]:
    """The pages with matrices of up to `most` regions where the data allows it."""
    registry = shared.facts.registry
    planned = [plan.region.region_code for plan in shared.facts.plan.values()]
    groups = matrix.side_by_side(planned, registry, most)
    if "" in groups:
        yield Page(routes.COMPARE, "compare", _matrix(shared, groups[""], None))
        return
    listed = [
        RegionGroup(region=registry.regions[code], regions=[registry.regions[each] for each in codes])
        for code, codes in groups.items()
    ]
    nothing = _matrix(shared, [], None)
    yield Page(routes.COMPARE, "compare", Compare(**{**nothing, "groups": listed}))
    for code, codes in groups.items():
        yield Page(routes.compare(code), "compare", _matrix(shared, codes, registry.regions[code]))


def _matrix(shared: Shared, codes: list[str], region: Region | None) -> Compare:
    facts = shared.facts
    found = matrix.matrix(facts.registry, facts.answers, codes)
    promises = [promise for rows in found.values() for row in rows for cell in row.cells for promise in cell]
    single = {theme: [_concept(shared, theme, row) for row in rows if row.spread == 1] for theme, rows in found.items()}
    return Compare(
        region=region,
        groups=[],
        regions=[facts.registry.regions[code] for code in codes],
        shared=[_concept(shared, theme, row) for theme, rows in found.items() for row in rows if row.spread > 1],
        single={theme: rows for theme, rows in single.items() if rows},
        themes=list(found),
        years=sorted({year for promise in promises for year in promise.years}),
        tables={
            language: [offered(shared.downloads.flat[name, language]) for name in (flat.COMPARISONS, flat.TARGETS)]
            for language in LANGUAGES
        },
    )


def _concept(shared: Shared, theme: Theme, row: matrix.MatrixRow) -> CompareConcept:
    cells = [[shared.row(promise) for promise in cell] for cell in row.cells]
    return CompareConcept(concept=row.concept, theme=theme, cells=cells)
