"""The targets of one concept over regions and years, in the concept's unit.

Comes in: a valid World. Goes out: one data frame for all concepts, and its groups.
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from openplans.derive.joins import anchor
from openplans.link import World
from openplans.read import Row

COLUMNS = ("concept_id", "plan_id", "region_code", "target_id", "anchor", "clause", "indicator", "scope", "comparator", "value", "value_max",
           "unit", "period_basis", "period_start", "period_end", "year", "converted", "quote")  # fmt: skip
"""`year`: the year of period_end; `converted`: value in the concept's unit as float, NaN where there is no value or no conversion."""


def series(world: World) -> pd.DataFrame:
    """Every target that has a concept: columns COLUMNS, ordered by concept, region, scope, year and id."""
    records = [
        {
            **{name: row[name] for name in COLUMNS if name in row},
            "plan_id": plan.id,
            "region_code": plan.descriptor["region_code"],
            "anchor": anchor(plan, row["target_id"]),
            "clause": anchor(plan, row["clause_id"]),
            "year": int(row["period_end"][:4]),
            "converted": converted(world, row),
        }
        for plan in world.project.plans
        for row in plan["targets"]
        if row["concept_id"]
    ]
    frame = pd.DataFrame.from_records(records, columns=list(COLUMNS))
    return frame.sort_values(["concept_id", "region_code", "scope", "year", "target_id"], ignore_index=True)


def converted(world: World, row: Row) -> float:
    """A target's value in its concept's unit; NaN where it has none or cannot be converted.

    A figure printed without a unit is a bare count or ratio: it counts in the concept's base unit.
    """
    concept = world.concepts[row["concept_id"]]
    unit = row["unit"] or world.units[concept["unit"]]["base_unit"]
    amount: Decimal | None = None if row["value"] is None else world.convert(row["value"], unit, concept["unit"])
    return float("nan") if amount is None else float(amount)


def lines(frame: pd.DataFrame) -> pd.DataFrame:
    """The points of a chart: one value a region and year, of targets that hold for the whole region.

    Where body and annex print the same goal twice, the annex (the later row) is drawn; both are in the table below.
    """
    points = frame[frame.scope == ""].dropna(subset=["converted"])
    return points.drop_duplicates(["concept_id", "region_code", "year"], keep="last", ignore_index=True)
