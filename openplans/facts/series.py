"""The targets of one concept over regions and years, in the concept's unit.

Comes in: a valid World. Goes out: one data frame for all concepts, and its groups.
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from openplans.facts.joins import anchor
from openplans.packages.link import World
from openplans.packages.read import Row

COLUMNS = ("concept_id", "plan_id", "region_code", "target_id", "restates", "anchor", "clause", "indicator", "scope", "measure", "comparator", "value", "value_max",
           "unit", "period_basis", "period_start", "period_end", "year", "span", "converted", "quote")  # fmt: skip
"""`year`: the year of period_end; `span`: how many years the value is counted over (0: a state at the end); `converted`: value in the concept's unit as float, NaN where there is no value or no conversion."""


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
            "span": span(row),
            "converted": converted(world, row),
        }
        for plan in world.project.plans
        for row in plan["targets"]
        if row["concept_id"]
    ]
    frame = pd.DataFrame.from_records(records, columns=list(COLUMNS))
    return frame.sort_values(["concept_id", "region_code", "scope", "year", "target_id"], ignore_index=True)


def converted(world: World, row: Row) -> float:
    """A target's value in its concept's unit; NaN where it has none or cannot be converted."""
    found = amount(world, row, row["value"])
    return float("nan") if found is None else float(found)


def amount(world: World, row: Row, value: Decimal | None) -> Decimal | None:
    """A value of a target in the unit of the target's concept; None where there is none or it cannot be converted.

    A figure printed without a unit counts in the concept's unit where that is a base unit (个, 人, 比值): 12 farms are
    12. Where it is not (亿元), a bare figure says too little.
    """
    if value is None or not row["concept_id"]:
        return None
    concept = world.concepts[row["concept_id"]]
    base = world.units[concept["unit"]]["base_unit"]
    unit = row["unit"] or (base if base == concept["unit"] else "")
    return world.convert(value, unit, concept["unit"])


def span(row: Row) -> int:
    """The years over which a target's value is counted: 0 for a state at the end, 1 for every single year, else from start to end."""
    if row["period_basis"] == "in":
        return int(row["period_end"][:4]) - int(row["period_start"][:4]) + 1
    return 0 if row["period_basis"] == "by" else 1


def spans_differ(frame: pd.DataFrame) -> bool:
    """Whether targets of one concept are counted over unlike times (20 in five years, 3 every year): they share no axis."""
    return bool(frame.dropna(subset=["converted"])["span"].nunique() > 1)


def lines(frame: pd.DataFrame) -> pd.DataFrame:
    """The points of a chart, of targets that hold for the whole region: every value that differs, once a region and year.

    `main` is true of the last of a year (the annex, where body and annex differ): the one that a line goes through.
    """
    points = frame[frame.scope == ""].dropna(subset=["converted"])
    points = points.drop_duplicates(["concept_id", "region_code", "year", "converted"], keep="last", ignore_index=True)
    return points.assign(main=~points.duplicated(["concept_id", "region_code", "year"], keep="last"))
