"""Side by side: a matrix of concepts and regions.

Up to MOST regions stand in one matrix at /compare/. Beyond that no screen could show it and the empty cells would outgrow
the data, so each group of siblings (the counties of one city) has a matrix of its own beside the regions above them,
and /compare/ lists the groups. A region's targets are then written once, those of a superior once a group.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from openplans.downloads import flat
from openplans.facts import matrix
from openplans.facts.joins import Joined
from openplans.facts.matrix import Cells
from openplans.packages.link import World
from openplans.pages.common import Shared
from openplans.pages.contexts import Compare
from openplans.pages.data import offered
from openplans.pages.page import LANGUAGES, Page

MOST = 16
"""How many regions stand in one matrix: more than any city of the province has counties, with city and province beside them."""


def pages(shared: Shared) -> Iterator[Page]:
    """The matrix of all regions or, where they are too many, a list of groups and a matrix for each."""
    yield from matrix_pages(shared, MOST)


def matrix_pages(shared: Shared, most: int) -> Iterator[Page]:
    """The pages with matrices of up to `most` regions where the data allows it."""
    world, groups = shared.world, matrix.side_by_side(shared.world, most)
    found = matrix.cells(world, shared.series)
    if "" in groups:
        yield Page("compare", "compare", _matrix(shared, found, groups[""], None))
        return
    listed = [
        {"region": world.regions[code], "regions": [world.regions[each] for each in codes]}
        for code, codes in groups.items()
    ]
    nothing = _matrix(shared, found, [], None)
    yield Page("compare", "compare", Compare(**{**nothing, "groups": listed}))
    for code, codes in groups.items():
        yield Page(f"compare/{code}", "compare", _matrix(shared, found, codes, world.regions[code]))


def _matrix(shared: Shared, found: Cells, codes: list[str], region: dict[str, Any] | None) -> Compare:
    world = shared.world
    themes = [
        {**theme, "concepts": [{**concept, "cells": _cells(world, concept)} for concept in theme["concepts"]]}
        for theme in matrix.matrix(world, found, codes)
    ]
    concepts = [concept for theme in themes for concept in theme["concepts"]]
    years = {year for concept in concepts for cell in concept["cells"] for row in cell for year in row["years"]}
    return Compare(
        region=region,
        groups=[],
        regions=[world.regions[code] for code in codes],
        themes=themes,
        years=sorted(years),
        tables={
            language: [offered(shared.downloads.flat[name, language]) for name in (flat.COMPARISON, flat.TARGETS)]
            for language in LANGUAGES
        },
    )


def _cells(world: World, concept: dict[str, Any]) -> list[list[Joined]]:
    return [[_entry(world, row, concept) for row in cell] for cell in concept["cells"]]


def _entry(world: World, row: Joined, concept: dict[str, Any]) -> Joined:
    """A target with `number`, its value in the concept's unit ("" where it is printed so), and the region `above` that it is compared with."""
    same = row["unit"] in ("", concept["unit"]) or math.isnan(row["converted"]) or row["value_max"] is not None
    number = "" if same else f"{row['converted']:.10g}"
    reference = row["reference"]
    return {**row, "number": number, "above": world.regions[reference["region_code"]] if reference else None}
