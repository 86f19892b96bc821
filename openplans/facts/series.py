"""The targets of one concept over regions and years, in the concept's unit.

Comes in: the targets of all plans. Goes out: one data frame for all concepts, and its groups. A row is a target by its
id; what it says besides stands in its record.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from openplans.facts.records import Target

COLUMNS = (
    "concept_id",
    "plan_id",
    "region_code",
    "target_id",
    "scope",
    "year",
    "span",
    "converted",
    "nature",
    "better",
)
"""`year`: the year of period_end; `span`: how many years the value is counted over (0: a state at the end);
`converted`: value in the concept's unit as float, NaN where there is no value or no conversion; `nature`, `better`:
those of the concept."""


def series(targets: Iterable[Target]) -> pd.DataFrame:
    """Every target that has a concept: columns COLUMNS, ordered by concept, region, scope, year and id."""
    records = [
        (
            target.concept_id,
            target.plan_id,
            target.region.region_code,
            target.target_id,
            target.scope,
            target.year,
            target.span,
            float("nan") if target.converted is None else float(target.converted),
            target.concept.nature,
            target.concept.better,
        )
        for target in targets
        if target.concept
    ]
    frame = pd.DataFrame.from_records(records, columns=list(COLUMNS)).astype(
        {"year": int, "span": int, "converted": float}
    )
    return frame.sort_values(["concept_id", "region_code", "scope", "year", "target_id"], ignore_index=True)


def spans_differ(frame: pd.DataFrame) -> bool:
    """Whether targets of one concept are counted over unlike
    times (20 in five years, 3 every year): they share no axis."""
    return bool(frame.dropna(subset=["converted"])["span"].nunique() > 1)


def lines(frame: pd.DataFrame) -> pd.DataFrame:
    """The points of a chart, of targets that hold for the whole
    region: every value that differs, once a region and year.

    `main`: a line may go through it. Where a plan states two values for one year, it goes through neither.
    """
    points = frame[frame.scope == ""].dropna(subset=["converted"])
    points = points.drop_duplicates(["concept_id", "region_code", "year", "converted"], keep="last", ignore_index=True)
    return points.assign(main=~points.duplicated(["concept_id", "region_code", "year"], keep=False))
