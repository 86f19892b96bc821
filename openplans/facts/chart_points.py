"""What stands in one chart: the targets of a concept and what was reached of it, where they share an axis.

Comes in: a valid World and the series. Goes out: the Points of each concept, and how many actual figures stand in its
table only, with the reason: none vanishes silently. No words, no drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from openplans.facts import series as derived
from openplans.facts.joins import anchor, observations
from openplans.packages.link import World
from openplans.text.period import Period

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
the value and unit as printed; `quote`: the sentence's words, or title, kind and date of the source; `link`: path and fragment of the page that proves it."""

Obstacle = Literal["replaced", "scope", "period", "no-plan", "level"]
"""Why an actual figure is not drawn, the first that holds: a later one replaces it; its scope is not the whole region by
the concept's definition; its period is not like the targets'; its region has no plan here; a total of another level of
region, as a province's beside those of counties."""

Point = dict[str, Any]


@dataclass(frozen=True)
class Points:
    """The points of a concept (columns COLUMNS, by region, year and kind) and the actual figures `left_out`, counted."""

    frame: pd.DataFrame
    left_out: dict[Obstacle, int]


def points(world: World, series: pd.DataFrame) -> dict[str, Points]:
    """The points of every concept that has two or more to show, by concept."""
    targets = dict(iter(derived.lines(series).groupby("concept_id", sort=True)))
    reached = _reached(world)
    found = {}
    for concept_id, frame in targets.items():
        if not uneven(world, concept_id, frame):
            goals = _of_one_level(world, concept_id, _targets(world, frame))
            drawn, left_out = _comparable(world, concept_id, goals, reached.get(concept_id, []))
            kept = pd.DataFrame.from_records([*goals, *drawn], columns=list(COLUMNS))
            if len(kept) > 1:
                ordered = kept.sort_values(["region_code", "year", "kind", "main"], kind="stable", ignore_index=True)
                found[concept_id] = Points(ordered, left_out)
    return found


def uneven(world: World, concept_id: str, frame: pd.DataFrame) -> bool:
    """Whether the targets of a total are counted over unlike times; a rate is a rate over any time."""
    return world.concepts[concept_id]["nature"] == "total" and derived.spans_differ(frame)


def _targets(world: World, frame: pd.DataFrame) -> list[Point]:
    found = []
    for row in frame.to_dict("records"):
        most = derived.converted(world, {**row, "value": row["value_max"]}) if row["comparator"] == "range" else None
        amount = f"{row['value']}" if most is None else f"{row['value']}–{row['value_max']}"
        printed = f"{amount}{_printed(world, row['unit'])}"
        link = (f"plans/{row['plan_id']}/text", row["anchor"])
        found.append({**row, "kind": "target", "converted_max": most, "printed": printed, "link": link})
    return found


def _reached(world: World) -> dict[str, list[Point]]:
    """What was reached, by concept: observations, then what the plans themselves report (baselines).

    Besides COLUMNS each has its `period`, its `scope` and whether it is `replaced`.
    """
    found: dict[str, list[Point]] = {}
    for row, more in (*_observed(world), *_reported(world)):
        value = derived.converted(world, row)
        if not pd.isna(value):
            shown = {
                **{"year": more["period"].end.year, "kind": "reached", "converted": value, "converted_max": None},
                **{"main": True, "span": 0, "printed": f"{row['value']}{_printed(world, row['unit'])}", **more},
            }
            found.setdefault(row["concept_id"], []).append(shown)
    return found


def _observed(world: World) -> Iterator[tuple[Point, Point]]:
    for row in (row for rows in observations(world).values() for row in rows):
        source = row["source"]
        told = (source["title"], source["kind_name"]["name_zh"], source["published"])
        yield (
            row,
            {
                **{name: row[name] for name in ("region_code", "scope", "comparator")},
                "period": row["time"],
                "quote": " · ".join(filter(None, told)),
                "link": (f"indicators/{row['concept_id']}", row["observation_id"]),
                "replaced": bool(row["replaced_by"]),
            },
        )


def _reported(world: World) -> Iterator[tuple[Point, Point]]:
    for plan in world.project.plans:
        for row in plan["baselines"]:
            if row["concept_id"]:
                place = {"region_code": plan.descriptor["region_code"], "scope": "", "comparator": "eq"}
                link = (f"plans/{plan.id}/text", anchor(plan, row["baseline_id"]))
                period = Period.parse(row["period"])
                yield row, {**place, "period": period, "quote": row["quote"], "link": link, "replaced": False}


def _comparable(
    world: World, concept_id: str, goals: list[Point], reached: list[Point]
) -> tuple[list[Point], dict[Obstacle, int]]:
    """The actual figures that may stand beside the targets, one a region and year on the line; the others counted."""
    total = world.concepts[concept_id]["nature"] == "total"
    levels = {_level(world, row) for row in goals} if total else set()
    summed = total and any(row["span"] > 1 for row in goals)
    planned = {plan.descriptor["region_code"] for plan in world.project.plans}
    left_out: Counter[Obstacle] = Counter()
    drawn: dict[tuple[str, int, float], Point] = {}
    seen: set[tuple[str, int]] = set()
    for row in reached:
        if obstacle := _obstacle(row, summed, planned, levels, _level(world, row)):
            left_out[obstacle] += 1
            continue
        here = (row["region_code"], row["year"])
        drawn.setdefault((*here, row["converted"]), {**row, "main": here not in seen})
        seen.add(here)
    return list(drawn.values()), dict(sorted(left_out.items()))


def _obstacle(row: Point, summed: bool, planned: set[str], levels: set[str], level: str) -> Obstacle | None:
    """Targets are of whole years; a sum over several years is like no single one."""
    if row["replaced"]:
        return "replaced"
    if row["scope"]:
        return "scope"
    if row["period"].kind != "year" or summed:
        return "period"
    if row["region_code"] not in planned:
        return "no-plan"
    return "level" if levels and level not in levels else None


def _printed(world: World, unit: str) -> str:
    """A unit as documents print it: that of a ratio is none."""
    return "" if unit and world.units[unit]["dimension"] == "ratio" else unit


def _level(world: World, row: Point) -> str:
    return str(world.regions[row["region_code"]]["level"])


def _of_one_level(world: World, concept_id: str, rows: list[Point]) -> list[Point]:
    """The targets that can be compared: a province's total says nothing beside a county's, so of totals only one level is shown, the one with most values."""
    if world.concepts[concept_id]["nature"] == "rate" or not rows:
        return rows
    [(level, _)] = Counter(_level(world, row) for row in rows).most_common(1)
    return [row for row in rows if _level(world, row) == level]
