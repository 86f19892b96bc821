"""What stands in one chart: the targets of a concept and what was reached of it, where they share an axis.

Comes in: the facts of all plans. Goes out: the Points of each concept, and how many actual figures stand in its table
only, with the reason: none vanishes silently. No words, no drawing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

import pandas as pd

from openplans import routes
from openplans.facts import series as derived
from openplans.facts.records import Baseline, Observation, Target
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Concept
from openplans.text.amounts import whole

Link = tuple[str, str]
"""The path and the fragment of the page that proves a point."""

Omission = Literal["replaced", "scope", "period", "no-plan", "level"]
"""Why an actual figure is not drawn, the first that holds: a later one replaces it; its scope is not the whole region
by the concept's definition; its period is not like the targets'; its region has no plan here; a total of another level
of region, as a province's beside those of counties."""

Reached = Baseline | Observation


class Point(NamedTuple):
    """A mark of a chart. `kind`: target or reached; `converted_max`: the upper end of a range in the concept's unit,
    else None; `main`: the line goes through it; `span`: the years over which it is counted; `basis`: that of a target's
    period, "" of an actual figure; `printed`: the value and unit as printed; `quote`: the sentence's words, or title,
    kind and date of the source."""

    region_code: str
    year: int
    kind: str
    converted: float
    converted_max: float | None
    comparator: str
    main: bool
    span: int
    basis: str
    printed: str
    quote: str
    link: Link


@dataclass(frozen=True)
class Points:
    """The points of a concept (columns those of Point, by region, year and kind), the actual figures `left_out`,
    counted, and the regions that stand `apart`: those of another level, whose totals are not drawn."""

    frame: pd.DataFrame
    left_out: Mapping[Omission, int]
    apart: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether nothing is drawn of them but a sentence said."""
        return equal(self.frame)


def points(
    series: pd.DataFrame,
    targets: Mapping[str, Target],
    reached: Iterable[Reached],
    planned: frozenset[str],
    registry: Registry,
) -> dict[str, Points]:
    """The points of every concept that has two or more to show, by
    concept. `targets` by id; `planned`: the regions that have a plan."""
    known: defaultdict[str, list[Reached]] = defaultdict(list)
    for row in reached:
        known[row.concept_id].append(row)
    found, said = {}, _by_promise(targets.values())
    for concept_id, frame in derived.lines(series).groupby("concept_id", sort=True):
        concept = registry.concepts[str(concept_id)]
        if not uneven(concept, frame):
            stated = [
                _target(_meant(targets[target_id], said), bool(main), registry)
                for target_id, main in zip(frame.target_id, frame.main, strict=True)
            ]
            goals = _of_one_level(concept, stated, registry)
            apart = tuple(dict.fromkeys(row.region_code for row in stated if row not in goals))
            drawn, left_out = _comparable(concept, goals, known[concept.concept_id], planned, registry)
            kept = pd.DataFrame.from_records([*goals, *drawn], columns=list(Point._fields))
            if len(kept) > 1:
                order = ["region_code", "year", "kind", "main"]
                found[concept.concept_id] = Points(
                    kept.sort_values(order, kind="stable", ignore_index=True), left_out, apart
                )
    return found


def equal(frame: pd.DataFrame) -> bool:
    """Whether points are targets of one value all."""
    return frame.converted.nunique() == 1 and set(frame.kind) == {"target"}


def uneven(concept: Concept, frame: pd.DataFrame) -> bool:
    """Whether the targets of a total are counted over unlike times; a rate is a rate over any time."""
    return concept.nature == "total" and derived.spans_differ(frame)


def _by_promise(targets: Iterable[Target]) -> dict[str, list[Target]]:
    """The rows that state a promise, by its id."""
    said: defaultdict[str, list[Target]] = defaultdict(list)
    for target in targets:
        said[target.promise].append(target)
    return said


def _meant(target: Target, said: Mapping[str, list[Target]]) -> Target:
    """A target with its comparator or, where it has the bare number of a table, with that of the sentence that states
    the same: 超6亿元 in the body, 6 in the annex."""
    same = (each for each in said[target.promise] if (each.year, each.converted) == (target.year, target.converted))
    signed = next((each.comparator for each in same if each.comparator != "eq"), "eq")
    return replace(target, comparator=signed) if target.comparator == "eq" else target


def _target(target: Target, main: bool, registry: Registry) -> Point:
    most = target.converted_max if target.comparator == "range" else None
    amount = f"{target.value}" if most is None else f"{target.value}—{target.value_max}"
    return Point(
        target.region.region_code,
        target.year,
        "target",
        _float(target.converted),
        None if most is None else float(most),
        "eq" if whole(target) else target.comparator,
        main,
        target.span,
        target.period_basis,
        f"{amount}{_printed(registry, target.unit)}",
        target.quote,
        (routes.plan(target.plan_id, "text"), target.anchor),
    )


def _comparable(
    concept: Concept, goals: list[Point], reached: list[Reached], planned: frozenset[str], registry: Registry
) -> tuple[list[Point], dict[Omission, int]]:
    """The actual figures that may stand beside the targets, one per region and year on the line; the others counted."""
    total = concept.nature == "total"
    levels = {registry.regions[row.region_code].level for row in goals} if total else set()
    summed = total and any(row.span > 1 for row in goals)
    left_out: Counter[Omission] = Counter()
    drawn: dict[tuple[str, int, float], Point] = {}
    seen: set[tuple[str, int]] = set()
    for row in reached:
        if row.converted is None:
            continue
        if obstacle := _obstacle(row, summed, planned, levels):
            left_out[obstacle] += 1
            continue
        point = _reached(row, registry)
        here = (point.region_code, point.year)
        drawn.setdefault((*here, point.converted), point._replace(main=here not in seen))
        seen.add(here)
    return list(drawn.values()), dict(sorted(left_out.items()))


def _obstacle(row: Reached, summed: bool, planned: frozenset[str], levels: set[str]) -> Omission | None:
    """Targets are of whole years; a sum over several years cannot be compared with that of one year."""
    if isinstance(row, Observation) and row.replaced_by:
        return "replaced"
    if isinstance(row, Observation) and row.scope:
        return "scope"
    if row.time.kind != "year" or summed:
        return "period"
    if row.region.region_code not in planned:
        return "no-plan"
    return "level" if levels and row.region.level not in levels else None


def _reached(row: Reached, registry: Registry) -> Point:
    """The point of an actual figure, with its source; a baseline with its sentence."""
    if isinstance(row, Observation):
        published = str(row.source.published) if row.source.published else ""
        told = (row.source.title, row.source.kind_name.name_zh, published)
        quote, comparator = " · ".join(filter(None, told)), row.comparator
        link = (routes.indicator(row.concept_id), row.observation_id)
    else:
        quote, comparator, link = row.quote, "eq", (routes.plan(row.plan_id, "text"), row.anchor)
    printed = f"{row.value}{_printed(registry, row.unit)}"
    return Point(
        row.region.region_code,
        row.time.end.year,
        "reached",
        _float(row.converted),
        None,
        comparator,
        True,
        0,
        "",
        printed,
        quote,
        link,
    )


def _float(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)


def _printed(registry: Registry, unit: str) -> str:
    """A unit as documents print it: that of a ratio is none."""
    return "" if unit and registry.units[unit].dimension == "ratio" else unit


def _of_one_level(concept: Concept, rows: list[Point], registry: Registry) -> list[Point]:
    """The targets that can be compared: a province's total says nothing beside a
    county's, so of totals only one level is shown, the one with most values."""
    if concept.nature == "rate" or not rows:
        return rows
    levels = Counter(registry.regions[row.region_code].level for row in rows)
    [(level, _)] = levels.most_common(1)
    return [row for row in rows if registry.regions[row.region_code].level == level]
