"""What stands in one chart: the targets of a concept and what was reached of it, where they share an axis.

Comes in: a valid World and the series. Goes out: a frame a concept. No words, no drawing.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from openplans.facts import series as derived
from openplans.facts.joins import anchor
from openplans.packages.link import World

COLUMNS = (
    "region_code",
    "year",
    "kind",
    "converted",
    "converted_max",
    "comparator",
    "main",
    "span",
    "printed",
    "quote",
    "link",
)
"""`kind`: target or reached; `converted_max`: the upper end of a range, in the concept's unit, else None; `main`: the line goes through it; `printed`:
the value and unit as printed; `quote`: the sentence's words, or the title of the source; `link`: path and fragment of the page that proves it."""


def points(world: World, series: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The points of every concept that has two or more to show, by concept, ordered by region, year and kind."""
    targets = dict(iter(derived.lines(series).groupby("concept_id", sort=True)))
    reached = _reached(world)
    found = {}
    for concept_id, frame in targets.items():
        if not uneven(world, concept_id, frame):
            rows = [*_targets(world, frame), *reached.get(concept_id, [])]
            kept = pd.DataFrame.from_records(_of_one_level(world, concept_id, rows), columns=list(COLUMNS))
            if len(kept) > 1:
                found[concept_id] = kept.sort_values(
                    ["region_code", "year", "kind", "main"], kind="stable", ignore_index=True
                )
    return found


def uneven(world: World, concept_id: str, frame: pd.DataFrame) -> bool:
    """Whether the targets of a total are counted over unlike times; a rate is a rate over any time."""
    return world.concepts[concept_id]["nature"] == "total" and derived.spans_differ(frame)


def _targets(world: World, frame: pd.DataFrame) -> list[dict[str, Any]]:
    found = []
    for row in frame.to_dict("records"):
        most = derived.converted(world, {**row, "value": row["value_max"]}) if row["comparator"] == "range" else None
        amount = f"{row['value']}" if most is None else f"{row['value']}–{row['value_max']}"
        printed = f"{amount}{_printed(world, row['unit'])}"
        link = (f"plans/{row['plan_id']}/text", row["anchor"])
        found.append({**row, "kind": "target", "converted_max": most, "printed": printed, "link": link})
    return found


def _reached(world: World) -> dict[str, list[dict[str, Any]]]:
    """What was reached, by concept: observations with their source, and what the plans themselves report (baselines)."""
    found: dict[str, list[dict[str, Any]]] = {}
    sources = world.project.observations.by_id("sources")
    reported = [
        (
            row,
            row["region_code"],
            sources[row["source_id"]]["title"],
            (f"indicators/{row['concept_id']}", row["observation_id"]),
        )
        for row in world.project.observations["observations"]
    ]
    reported += [
        (row, plan.descriptor["region_code"], row["quote"], (f"plans/{plan.id}/text", anchor(plan, row["baseline_id"])))
        for plan in world.project.plans
        for row in plan["baselines"]
        if row["concept_id"]
    ]
    for row, region_code, quote, link in reported:
        value = derived.converted(world, row)
        if not pd.isna(value):
            shown = {"region_code": region_code, "year": int(row["period"][:4]), "kind": "reached", "converted": value, "converted_max": None,
                     "comparator": "eq", "main": True, "span": 0, "printed": f"{row['value']}{_printed(world, row['unit'])}", "quote": quote, "link": link}  # fmt: skip
            found.setdefault(row["concept_id"], []).append(shown)
    return found


def _printed(world: World, unit: str) -> str:
    """A unit as documents print it: that of a ratio is none."""
    return "" if unit and world.units[unit]["dimension"] == "ratio" else unit


def _of_one_level(world: World, concept_id: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that can be compared: a province's total says nothing beside a county's, so of totals only one level is shown, the one with most values."""
    if world.concepts[concept_id]["nature"] == "rate" or not rows:
        return rows
    levels = Counter(world.regions[row["region_code"]]["level"] for row in rows)
    [(level, _)] = levels.most_common(1)
    return [row for row in rows if world.regions[row["region_code"]]["level"] == level]
