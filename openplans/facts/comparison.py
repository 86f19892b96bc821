"""Does a county promise more, as much or less than its province?

Comes in: the series of all plans (facts/series.py). Goes out: for each target of a region below another region, how it
stands to the target of the nearest region above that has the concept, or why that cannot be said. Values are compared
in the concept's unit, for the same year only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from openplans.facts.records import Target
from openplans.facts.registry import Registry

Relation = Literal["more", "same", "less", "higher", "lower"]
"""more, same, less: by the direction of the concept. A concept without direction gives higher or lower."""

Obstacle = Literal["no-number", "part-only", "no-reference", "total", "other-year", "reference-no-number"]
"""Why two targets cannot be compared, the first reason that holds. A total
grows with the region: a county's says nothing beside a province's."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a target stands to the `reference` of the region above; one of `relation` and `obstacle` is None."""

    relation: Relation | None
    obstacle: Obstacle | None
    reference: Target | None


_ALIKE = 1e-9
"""By how much, of themselves, two values may differ that are the same: what conversion costs."""

_PROMISED = ["concept_id", "region_code"]
"""What is promised, and where."""


def comparisons(series: pd.DataFrame, targets: Mapping[str, Target], registry: Registry) -> dict[str, Comparison]:
    """By target_id, for each target of the series of a region that has a superior. `targets`: by id."""
    references = _references(series)
    below = series[series.region_code.isin([code for code, each in registry.regions.items() if each.parent_code])]
    rows = below.merge(_nearest(below, references, registry), "left", _PROMISED)
    rows = rows.merge(references, "left", ["concept_id", "above", "year"])
    said = zip(rows.target_id, _obstacles(rows), _relations(rows), rows.reference, strict=True)
    return {
        target_id: Comparison(None, obstacle, None) if obstacle else Comparison(relation, None, targets[reference])
        for target_id, obstacle, relation, reference in said
    }


def _references(series: pd.DataFrame) -> pd.DataFrame:
    """The target for the whole region of each concept, region (`above`) and year, its id as `reference`, its value as
    `wanted`; where there are several, one with a number, the last."""
    whole = series[series.scope == ""].sort_values("converted", key=pd.notna, kind="stable")
    last = whole.drop_duplicates([*_PROMISED, "year"], keep="last")[[*_PROMISED, "year", "target_id", "converted"]]
    return last.set_axis(["concept_id", "above", "year", "reference", "wanted"], axis="columns")


def _nearest(below: pd.DataFrame, references: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """For each concept and region the nearest region `above` that has a reference."""
    chains = ((code, registry.region_chain(code)[1:]) for code in below.region_code.unique())
    steps = pd.DataFrame.from_records(
        [(code, above, step) for code, chain in chains for step, above in enumerate(chain)],
        columns=["region_code", "above", "step"],
    )
    there = references[["concept_id", "above"]].drop_duplicates()
    found = below[_PROMISED].drop_duplicates().merge(steps, on="region_code").merge(there, on=["concept_id", "above"])
    return found.sort_values("step", kind="stable").drop_duplicates(_PROMISED)[[*_PROMISED, "above"]]


def _obstacles(rows: pd.DataFrame) -> list[Obstacle | Literal[""]]:
    """The first reason why each target cannot be compared; "" where it can."""
    holds: list[tuple[pd.Series[bool], Obstacle]] = [
        (rows.converted.isna(), "no-number"),
        (rows.scope != "", "part-only"),
        (rows.above.isna(), "no-reference"),
        (rows.nature == "total", "total"),
        (rows.reference.isna(), "other-year"),
        (rows.wanted.isna(), "reference-no-number"),
    ]
    return list(pd.Series("", rows.index).case_when(holds))


def _relations(rows: pd.DataFrame) -> list[Relation]:
    """How each value stands to that of its reference, by the direction of the concept."""
    over = rows.converted > rows.wanted
    undirected = rows.better == "neutral"
    holds: list[tuple[pd.Series[bool], Relation]] = [
        ((rows.converted - rows.wanted).abs() <= _ALIKE * rows.wanted.abs(), "same"),
        (undirected & over, "higher"),
        (undirected, "lower"),
        (over == (rows.better == "higher"), "more"),
    ]
    return list(pd.Series("less", rows.index).case_when(holds))
