"""Does a county promise more, as much or less than its province?

Comes in: the targets of all plans in the order of the series. Goes out: for each target of a region below another
region with a plan, how it stands to that region's target, or why that cannot be said. Values are compared in the
concept's unit, for the same year only.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from openplans.facts.records import Target
from openplans.facts.registry import Registry

Relation = Literal["more", "same", "less", "higher", "lower"]
"""more, same, less: by the direction of the concept. A concept without direction gives higher or lower."""

Obstacle = Literal["no-number", "part-only", "total", "no-reference", "other-year", "reference-no-number"]
"""Why two targets cannot be compared, the first reason that holds. A total
grows with the region: a county's says nothing beside a province's."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a target stands to the `reference` of the region above; one of `relation` and `obstacle` is None."""

    relation: Relation | None
    obstacle: Obstacle | None
    reference: Target | None


def comparisons(targets: Iterable[Target], registry: Registry) -> dict[str, Comparison]:
    """By target_id, for each target of a region that has a superior."""
    of_concept: defaultdict[str, list[Target]] = defaultdict(list)
    for target in targets:
        of_concept[target.concept_id].append(target)
    found: dict[str, Comparison] = {}
    for rows in of_concept.values():
        references = _references(rows)
        for row in rows:
            above = registry.region_chain(row.region.region_code)[1:]
            nearest = next((code for code in above if code in references), "")
            if above:
                found[row.target_id] = _compared(row, references.get(nearest, {}))
    return found


def _references(rows: list[Target]) -> dict[str, dict[int, Target]]:
    """Per region and year its target for the whole region; where there are several, one with a number, the last."""
    references: dict[str, dict[int, Target]] = {}
    for row in sorted(rows, key=lambda each: each.converted is not None):
        if not row.scope:
            references.setdefault(row.region.region_code, {})[row.year] = row
    return references


def _compared(row: Target, references: Mapping[int, Target]) -> Comparison:
    reference = references.get(row.year)
    if obstacle := _obstacle(row, references, reference):
        return Comparison(None, obstacle, None)
    assert row.converted is not None and reference is not None and reference.converted is not None and row.concept
    return Comparison(_relation(float(row.converted), float(reference.converted), row.concept.better), None, reference)


def _obstacle(row: Target, references: Mapping[int, Target], reference: Target | None) -> Obstacle | None:
    """The first reason why a target cannot be compared; None where it can."""
    if row.converted is None:
        return "no-number"
    if row.scope:
        return "part-only"
    if not references:
        return "no-reference"
    if row.concept and row.concept.nature == "total":
        return "total"
    if reference is None:
        return "other-year"
    return "reference-no-number" if reference.converted is None else None


def _relation(value: float, reference: float, better: str) -> Relation:
    if math.isclose(value, reference, rel_tol=1e-9):
        return "same"
    if better == "neutral":
        return "higher" if value > reference else "lower"
    return "more" if (value > reference) == (better == "higher") else "less"
