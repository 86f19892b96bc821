"""Side by side: a matrix of concepts and regions.

Up to MOST regions stand in one matrix at /compare/. Beyond that no screen could show it and the empty cells would
outgrow the data, so each group of siblings (the counties of one city) has a matrix of its own beside the regions above
them, and /compare/ lists the groups. A region's targets are then written once, those of a superior once for each group.
A matrix that would be too long for a page is cut by theme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from openplans import routes
from openplans.downloads import flat
from openplans.facts import matrix
from openplans.facts.promises import Promise
from openplans.facts.registry_records import Concept, Region, Theme
from openplans.pages.common import PromiseRow, Shared
from openplans.pages.data import Offered, offered
from openplans.pages.page import Page
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES

MOST = 16
"""How many regions stand in one matrix: more than any city of
the province has counties, with city and province beside them."""

MOST_STATEMENTS = 400
"""How many statements stand in one matrix, 270 KB of HTML; beyond, each theme has one of its own."""

RowsByTheme = Mapping[Theme, list[matrix.MatrixRow]]
"""The rows of a matrix by theme."""


class CompareConcept(TypedDict):
    """A row of the matrix: `cells` in the order of the regions."""

    concept: Concept
    theme: Theme
    cells: list[list[PromiseRow]]


class RegionGroup(TypedDict):
    """The regions that share a matrix, which is called by the `region` above them."""

    region: Region
    regions: list[Region]


class ThemePart(TypedDict):
    """A theme whose matrix is a page of its own: how many `concepts` it has, and how many that two regions share."""

    theme: Theme
    shared: int
    concepts: int


class Compare(TypedDict):
    """A matrix of concepts and `regions`, of all or of those below one `region`, of all themes or one `theme`; or,
    where they are too many for one, the `groups` of regions or the `parts` by theme.

    `shared`: the concepts that two of the regions or more promise; `single`: those of one, by theme; `themes`: of all
    of them; `tables`: by language, to take away.
    """

    region: Region | None
    theme: Theme | None
    groups: list[RegionGroup]
    parts: list[ThemePart]
    regions: list[Region]
    shared: list[CompareConcept]
    single: list[tuple[Theme, list[CompareConcept]]]
    themes: list[Theme]
    years: list[int]
    tables: dict[Language, list[Offered]]


def pages(shared: Shared) -> Iterator[Page]:
    """The matrix of all regions or, where they are too many, a list of groups and a matrix for each."""
    yield from matrix_pages(shared, MOST, MOST_STATEMENTS)


def matrix_pages(shared: Shared, most: int, most_statements: int = MOST_STATEMENTS) -> Iterator[Page]:
    """The pages with matrices of up to `most` regions and `most_statements` where the data allows it."""
    registry = shared.facts.registry
    planned = [plan.region.region_code for plan in shared.facts.plan.values()]
    groups = matrix.side_by_side(planned, registry, most)
    if "" not in groups:
        listed = [
            RegionGroup(region=registry.regions[code], regions=[registry.regions[each] for each in codes])
            for code, codes in groups.items()
        ]
        nothing = _matrix(shared, {}, [], None)
        yield Page(routes.COMPARE, "compare", Compare(**{**nothing, "groups": listed}))
    for code, codes in groups.items():
        yield from _of_group(shared, codes, registry.regions.get(code), most_statements)


def _of_group(shared: Shared, codes: list[str], region: Region | None, most: int) -> Iterator[Page]:
    """The matrix of some regions or, where it would be too long, a list of its themes and a matrix for each."""
    found = matrix.matrix(shared.facts.registry, shared.facts.answers, codes)
    code = region.region_code if region else ""
    if sum(len(promise.rows) for promise in _promises(found)) <= most:
        yield Page(routes.compare(code), "compare", _matrix(shared, found, codes, region))
        return
    parts = [
        ThemePart(theme=theme, shared=sum(row.spread > 1 for row in rows), concepts=len(rows))
        for theme, rows in found.items()
    ]
    nothing = _matrix(shared, {}, codes, region)
    yield Page(routes.compare(code), "compare", Compare(**{**nothing, "parts": parts}))
    for theme, rows in found.items():
        whole = _matrix(shared, {theme: rows}, codes, region)
        yield Page(routes.compare(code, theme.theme_id), "compare", Compare(**{**whole, "theme": theme}))


def _promises(found: RowsByTheme) -> Iterator[Promise]:
    return (promise for rows in found.values() for row in rows for cell in row.cells for promise in cell)


def _matrix(shared: Shared, found: RowsByTheme, codes: list[str], region: Region | None) -> Compare:
    facts = shared.facts
    single = {theme: [_concept(shared, theme, row) for row in rows if row.spread == 1] for theme, rows in found.items()}
    return Compare(
        region=region,
        theme=None,
        groups=[],
        parts=[],
        regions=[facts.registry.regions[code] for code in codes],
        shared=[_concept(shared, theme, row) for theme, rows in found.items() for row in rows if row.spread > 1],
        single=[(theme, rows) for theme, rows in single.items() if rows],
        themes=list(found),
        years=sorted({year for promise in _promises(found) for year in promise.years}),
        tables={
            language: [offered(shared.downloads.flat[name, language]) for name in (flat.COMPARISONS, flat.TARGETS)]
            for language in LANGUAGES
        },
    )


def _concept(shared: Shared, theme: Theme, row: matrix.MatrixRow) -> CompareConcept:
    cells = [[shared.row(promise) for promise in cell] for cell in row.cells]
    return CompareConcept(concept=row.concept, theme=theme, cells=cells)
