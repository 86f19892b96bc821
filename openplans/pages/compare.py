"""Side by side: a matrix of concepts and regions.

Up to MOST regions stand in one matrix at /compare/. Beyond that no screen could show it and the empty cells would outgrow
the data, so each group of siblings (the counties of one city) has a matrix of its own beside the regions above them,
and /compare/ lists the groups. A region's targets are then written once, those of a superior once for each group.
"""

from __future__ import annotations

from collections.abc import Iterator

from openplans import routes
from openplans.downloads import flat
from openplans.facts import matrix
from openplans.facts.records import Region, Target
from openplans.pages.common import Shared
from openplans.pages.contexts import Compare, CompareConcept, CompareEntry, CompareTheme, RegionGroup
from openplans.pages.data import offered
from openplans.pages.page import Page
from openplans.text.i18n import LANGUAGES

MOST = 16
"""How many regions stand in one matrix: more than any city of the province has counties, with city and province beside them."""


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
    themes = [
        CompareTheme(theme=theme, concepts=[_concept(shared, row) for row in rows])
        for theme, rows in matrix.matrix(facts.registry, facts.cells, codes).items()
    ]
    entries = [
        entry for theme in themes for concept in theme["concepts"] for cell in concept["cells"] for entry in cell
    ]
    return Compare(
        region=region,
        groups=[],
        regions=[facts.registry.regions[code] for code in codes],
        themes=themes,
        years=sorted({year for entry in entries for year in entry["target"].years}),
        tables={
            language: [offered(shared.downloads.flat[name, language]) for name in (flat.COMPARISON, flat.TARGETS)]
            for language in LANGUAGES
        },
    )


def _concept(shared: Shared, row: matrix.MatrixRow) -> CompareConcept:
    return CompareConcept(concept=row.concept, cells=[[_entry(shared, entry) for entry in cell] for cell in row.cells])


def _entry(shared: Shared, entry: matrix.Entry) -> CompareEntry:
    """A target with `number`, its value in the concept's unit ("" where it is printed so)."""
    number = "" if _printed_so(entry.target) else f"{entry.target.converted}"
    return CompareEntry(
        target=entry.target,
        verdict=shared.facts.verdicts[entry.target.target_id],
        number=number,
        relation=entry.relation,
        reference=entry.reference,
        reference_page=shared.facts.indicator_page(entry.reference) if entry.reference else "",
        again=list(entry.again),
    )


def _printed_so(target: Target) -> bool:
    """Whether a target's value needs no conversion, or has none."""
    assert target.concept
    return target.unit in ("", target.concept.unit) or target.converted is None or target.value_max is not None
