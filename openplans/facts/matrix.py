"""Concepts beside regions: what each promises of the same thing, and how it stands to the region above.

Comes in: a valid World and the series of all concepts. Goes out: which regions stand side by side, and the matrix of
their targets. No words. One pass over the series for any number of matrices.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from openplans.facts import calendar, comparison, restatements
from openplans.facts.joins import Joined
from openplans.packages.link import World

Cells = dict[str, dict[str, list[Joined]]]
"""The targets by concept_id and region_code."""


def side_by_side(world: World, most: int) -> dict[str, list[str]]:
    """The region_codes of each matrix by the region that they are part of: all in one ("") up to `most`, else superiors first, then siblings."""
    planned = sorted({plan.descriptor["region_code"] for plan in world.project.plans})
    if len(planned) <= most:
        return {"": planned}
    siblings: defaultdict[str, list[str]] = defaultdict(list)
    for code in planned:
        siblings[world.regions[code]["parent_code"]].append(code)
    topmost = siblings.pop("", [])
    above = {parent: [code for code in world.region_chain(parent)[::-1] if code in set(planned)] for parent in siblings}
    alone = {code: [code] for code in topmost if not any(code in codes for codes in above.values())}
    return dict(sorted({**alone, **{parent: above[parent] + codes for parent, codes in siblings.items()}}.items()))


def cells(world: World, series: pd.DataFrame) -> Cells:
    """The targets of each concept and region, those for the whole region first, then by year.

    Each row of the series with `years`, `relation` and `reference` (both None where nothing is to be said), and `again`: the rows
    that say the same elsewhere in the document.
    """
    compared = comparison.comparisons(world, series)
    found: defaultdict[str, defaultdict[str, list[Joined]]] = defaultdict(lambda: defaultdict(list))
    for row in restatements.together(series.to_dict("records")):
        if row["repeats"]:
            found[row["concept_id"]][row["region_code"]][-1]["again"].append(row)
            continue
        beside = compared.get(row["target_id"], {"relation": None, "reference": None})
        said = {name: beside[name] for name in ("relation", "reference")}
        entry = {**row, **said, "years": calendar.years(row), "again": []}
        found[row["concept_id"]][row["region_code"]].append(entry)
    return {concept_id: dict(by_region) for concept_id, by_region in found.items()}


def matrix(world: World, found: Cells, codes: list[str]) -> list[dict[str, Any]]:
    """The themes in order, each with its `concepts`: those that most of the regions promise first, with `cells` in the order of `codes`."""
    by_theme: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for concept_id, concept in world.concepts.items():
        targets = [found.get(concept_id, {}).get(code, []) for code in codes]
        if any(targets):
            by_theme[concept["theme_id"]].append({**concept, "cells": targets, "count": sum(map(bool, targets))})
    ordered = sorted(world.themes.values(), key=lambda theme: theme["order"])
    return [
        {**theme, "concepts": sorted(by_theme[theme["theme_id"]], key=lambda concept: -concept["count"])}
        for theme in ordered
        if theme["theme_id"] in by_theme
    ]
