"""The figures of one thing over like periods, in one unit, and how far one lies from the others.

Comes in: the World and the observations. Goes out: rows with their values. Apart, because several rules hold a figure
against its series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import once
from openplans.text.period import BadPeriod, Period

JUMP = 7
"""From how many times the rest of its series a figure is doubted. A
slip of the point gives ten, less what the years changed: two fifths."""


def far(value: Decimal, middle: Decimal) -> bool:
    """Whether a value is some ten times another, or a tenth of it."""
    return bool(middle and value) and not Decimal(1) / JUMP < abs(value / middle) < JUMP


@once
def things_measured(world: World) -> dict[str, Row]:
    """The targets of all plans by id."""
    return {
        row["target_id"]: row for plan in world.project.plans if "targets" in plan.tables for row in plan["targets"]
    }


def unit_of(world: World, targets: dict[str, Row], row: Row) -> str:
    """The unit that a figure is compared in: its concept's, or its target's."""
    concept, target = world.concepts.get(row["concept_id"]), targets.get(row["target_id"])
    return str(concept["unit"] if concept else target["unit"] if target else "")


def figure_in(world: World, row: Row, unit: str) -> Decimal | None:
    """The value of a row in a unit; None where it has none, or one that cannot be converted."""
    return world.convert(row["value"], row["unit"], unit) if row["value"] is not None else None


def period_of(row: Mapping[str, Any]) -> Period | None:
    """The period of a row; None where it is none."""
    try:
        return Period.parse(row["period"], row["period_kind"])
    except BadPeriod:
        return None


def thing(row: Row) -> tuple[str, ...]:
    """What a figure is of, apart from its time."""
    return row["region_code"], row["concept_id"], row["target_id"], row["scope"]


def series_of(world: World, targets: dict[str, Row], package: Package) -> Iterator[list[tuple[Row, Decimal]]]:
    """The figures of one thing over like periods, each with its value in one unit."""
    things: defaultdict[tuple[str, ...], list[tuple[Row, Period]]] = defaultdict(list)
    for row in package["observations"]:
        period = period_of(row)
        if period and row["value"] is not None:
            things[thing(row)].append((row, period))
    for group in things.values():
        while group:
            first = group[0][1]
            like = [row for row, period in group if period.is_like(first)]
            group[:] = [each for each in group if not each[1].is_like(first)]
            values = ((row, figure_in(world, row, unit_of(world, targets, row))) for row in like)
            yield [(row, value) for row, value in values if value is not None]


def day(text: str) -> date | None:
    """A date cell; None where it is empty or none."""
    try:
        return Period.parse(text, "date").end
    except BadPeriod:
        return None


def turned(value: Decimal) -> Iterator[Decimal]:
    """A value with two digits that stand beside each other exchanged, as people mistype it: 653.05 of 635.05."""
    text = f"{value:f}"
    places = [place for place, each in enumerate(text) if each.isdigit()]
    for one, other in pairwise(places):
        letters = list(text)
        letters[one], letters[other] = letters[other], letters[one]
        if letters != list(text):
            yield Decimal("".join(letters))


def out_of_order(rows: Sequence[Row], number: int) -> bool:
    """Whether a figure stands where its place and concept do not belong: between two that are in order, of which it is
    not."""
    if not 0 < number < len(rows) - 1:
        return False
    before, own, behind = ((row["region_code"], row["concept_id"] or "~") for row in rows[number - 1 : number + 2])
    return before <= behind and not before <= own <= behind
