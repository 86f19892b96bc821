"""Does a county promise more, as much or less than its province?

Comes in: the series of all concepts. Goes out: for each target of a region below
another region with a plan, how it stands to that region's target, or why that
cannot be said. Values are compared in the concept's unit, for the same year only.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import pandas as pd

from openplans.packages.link import World
from openplans.packages.read import Row

Relation = Literal["more", "same", "less", "higher", "lower"]
"""more, same, less: by the direction of the concept. A concept without direction gives higher or lower."""

Obstacle = Literal["no-number", "part-only", "total", "no-reference", "other-year", "reference-no-number"]
"""Why two targets cannot be compared, the first reason that holds. A total grows with the region: a county's says nothing beside a province's."""


def comparisons(world: World, series: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Per target_id of a region with a superior: `relation`, `obstacle` (one of the two is None), `reference` (the row compared with)."""
    found: dict[str, dict[str, Any]] = {}
    for concept_id, frame in series.groupby("concept_id", sort=True):
        rows = frame.to_dict("records")
        references = _references(rows)
        for row in rows:
            above = world.region_chain(row["region_code"])[1:]
            nearest = next((code for code in above if code in references), None)
            if above:
                found[row["target_id"]] = _compared(row, references.get(nearest, {}), world.concepts[concept_id])
    return found


def _references(rows: list[dict[str, Any]]) -> dict[str, dict[int, dict[str, Any]]]:
    """Per region and year its target for the whole region; where there are several, one with a number, the last."""
    references: dict[str, dict[int, dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda each: not math.isnan(each["converted"])):
        if not row["scope"]:
            references.setdefault(row["region_code"], {})[row["year"]] = row
    return references


def _compared(row: dict[str, Any], references: dict[int, dict[str, Any]], concept: Row) -> dict[str, Any]:
    reference = references.get(row["year"])
    obstacle: Obstacle | None = None
    if math.isnan(row["converted"]):
        obstacle = "no-number"
    elif row["scope"]:
        obstacle = "part-only"
    elif not references:
        obstacle = "no-reference"
    elif concept["nature"] == "total":
        obstacle = "total"
    elif reference is None:
        obstacle = "other-year"
    elif math.isnan(reference["converted"]):
        obstacle = "reference-no-number"
    relation = (
        None
        if obstacle or reference is None
        else _relation(row["converted"], reference["converted"], concept["better"])
    )
    return {"relation": relation, "obstacle": obstacle, "reference": None if obstacle else reference}


def _relation(value: float, reference: float, better: str) -> Relation:
    if math.isclose(value, reference, rel_tol=1e-9):
        return "same"
    if better == "neutral":
        return "higher" if value > reference else "lower"
    return "more" if (value > reference) == (better == "higher") else "less"
