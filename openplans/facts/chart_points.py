"""What stands in one chart: the targets of a concept and what was reached of it, where they share an axis.

Comes in: the facts of all plans. Goes out: a frame per concept. No words, no drawing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from openplans import routes
from openplans.facts import series as derived
from openplans.facts.records import Baseline, Concept, Observation, Target
from openplans.facts.registry import Registry

Link = tuple[str, str]
"""The path and the fragment of the page that proves a point."""


class Point(NamedTuple):
    """A mark of a chart. `kind`: target or reached; `converted_max`: the upper end of a range in the concept's unit, else
    None; `main`: the line goes through it; `printed`: the value and unit as printed; `quote`: the sentence's words, or the
    title of the source."""

    region_code: str
    year: int
    kind: str
    converted: float
    converted_max: float | None
    comparator: str
    main: bool
    span: int
    printed: str
    quote: str
    link: Link


def points(
    series: pd.DataFrame,
    targets: Mapping[str, Target],
    reached: Iterable[Baseline | Observation],
    registry: Registry,
) -> dict[str, pd.DataFrame]:
    """The points of every concept that has two or more to show, by concept, ordered by region, year and kind. `targets` by id."""
    known = _reached(reached, registry)
    found = {}
    for concept_id, frame in derived.lines(series).groupby("concept_id", sort=True):
        concept = registry.concepts[str(concept_id)]
        if not uneven(concept, frame):
            rows = [
                *(
                    _target(targets[target_id], bool(main), registry)
                    for target_id, main in zip(frame.target_id, frame.main, strict=True)
                ),
                *known.get(concept.concept_id, []),
            ]
            kept = pd.DataFrame.from_records(_of_one_level(concept, rows, registry), columns=list(Point._fields))
            if len(kept) > 1:
                order = ["region_code", "year", "kind", "main"]
                found[concept.concept_id] = kept.sort_values(order, kind="stable", ignore_index=True)
    return found


def uneven(concept: Concept, frame: pd.DataFrame) -> bool:
    """Whether the targets of a total are counted over unlike times; a rate is a rate over any time."""
    return concept.nature == "total" and derived.spans_differ(frame)


def _target(target: Target, main: bool, registry: Registry) -> Point:
    most = target.converted_max if target.comparator == "range" else None
    amount = f"{target.value}" if most is None else f"{target.value}–{target.value_max}"
    return Point(
        target.region.region_code, target.year, "target", _float(target.converted), None if most is None else float(most),
        target.comparator, main, target.span, f"{amount}{_printed(registry, target.unit)}", target.quote,
        (routes.plan(target.plan_id, "text"), target.anchor),
    )  # fmt: skip


def _reached(rows: Iterable[Baseline | Observation], registry: Registry) -> dict[str, list[Point]]:
    """What was reached, by concept: observations with their source, and what the plans themselves report (baselines)."""
    found: defaultdict[str, list[Point]] = defaultdict(list)
    for row in rows:
        if row.converted is not None:
            if isinstance(row, Observation):
                quote, link = row.source.title, (routes.indicator(row.concept_id), row.observation_id)
            else:
                quote, link = row.quote, (routes.plan(row.plan_id, "text"), row.anchor)
            printed = f"{row.value}{_printed(registry, row.unit)}"
            point = Point(row.region.region_code, int(row.period[:4]), "reached", float(row.converted), None, "eq", True, 0, printed, quote, link)  # fmt: skip
            found[row.concept_id].append(point)
    return found


def _float(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)


def _printed(registry: Registry, unit: str) -> str:
    """A unit as documents print it: that of a ratio is none."""
    return "" if unit and registry.units[unit].dimension == "ratio" else unit


def _of_one_level(concept: Concept, rows: list[Point], registry: Registry) -> list[Point]:
    """The rows that can be compared: a province's total says nothing beside a county's, so of totals only one level is shown, the one with most values."""
    if concept.nature == "rate" or not rows:
        return rows
    levels = Counter(registry.regions[row.region_code].level for row in rows)
    [(level, _)] = levels.most_common(1)
    return [row for row in rows if registry.regions[row.region_code].level == level]
