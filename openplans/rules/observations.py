"""Can an actual figure be trusted: does it belong to something, was its time over, and does its source say what it is?

Comes in: the observations with their sources, and the plans whose promises they are about. Goes out: Hits. What the
schema has judged already (a period of the wrong form, a key that leads nowhere) is not said twice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from statistics import median
from typing import Any

from openplans.packages import dataset
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.cited import told_already
from openplans.rules.hits import Hit, at
from openplans.rules.series import day, far, out_of_order, period_of, series_of, thing, things_measured, unit_of
from openplans.rules.sources import before_its_address, before_its_title
from openplans.text.period import WRITTEN, BadPeriod, Period

FORM = r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?"
"""What the schema takes for a period; anything else is its own to report."""

MOST_NAMED = 3
"""Periods or sources that a message names."""

STATES = ("preliminary", "revised", "final")
"""From the least to the most settled."""

WHOLE = 100
"""What a share in per cents cannot exceed."""


def concept_or_target(world: World, package: Package) -> Iterator[Hit]:
    """A figure belongs to a concept, or to a target that has none; never to both, never to neither."""
    targets = things_measured(world)
    for row in package["observations"]:
        target = targets.get(row["target_id"])
        if bool(row["concept_id"]) == bool(row["target_id"]) or (target and target["concept_id"]):
            concept = row["concept_id"] or (target["concept_id"] if target else "")
            facts = {"id": row["observation_id"], "concept": concept or "-", "target": row["target_id"] or "-"}
            column = "target_id" if row["concept_id"] and row["target_id"] else "concept_id"
            yield at(package.tables["observations"], row, column, **facts)


def unknown_target(world: World, package: Package) -> Iterator[Hit]:
    """The target is one of a plan. Of a plan whose targets could not be read nothing can be said."""
    targets, unread = (
        things_measured(world),
        {each.folder.name for each in world.project.plans if "targets" in each.broken},
    )
    for row in package["observations"]:
        plan = row["target_id"].rpartition("-")[0]
        if targets and row["target_id"] and row["target_id"] not in targets and plan not in unread:
            yield at(package.tables["observations"], row, "target_id", value=row["target_id"])


def target_elsewhere(world: World, package: Package) -> Iterator[Hit]:
    """A figure is of the region whose promise it is about."""
    regions = {plan.id: plan.descriptor.get("region_code") for plan in world.project.plans}
    for row in package["observations"]:
        region = regions.get(row["target_id"].rpartition("-")[0])
        if region and region != row["region_code"]:
            facts = {"target": row["target_id"], "region": region, "found": row["region_code"]}
            yield at(package.tables["observations"], row, "region_code", **facts)


def observation_dimension(world: World, package: Package) -> Iterator[Hit]:
    """A figure is measured in units of its concept's dimension, or of its target's; one that is left out in those of
    the concepts that are called alike: 产值 in money.
    """
    targets, rows = things_measured(world), package["observations"]
    for number, row in enumerate(rows):
        unit, expected = world.units.get(row["unit"]), world.units.get(unit_of(world, targets, row))
        if unit and expected and unit["dimension"] != expected["dimension"]:
            facts = {"of": row["concept_id"] or row["target_id"], "unit": row["unit"], "expected": expected["unit"]}
            column = "concept_id" if row["concept_id"] and out_of_order(rows, number) else "unit"
            yield at(package.tables["observations"], row, column, **facts)
    for row in package["left_out"]:
        ending = row["indicator"][-_ENDING:]
        units = [each["unit"] for each in world.concepts.values() if each["name_zh"].endswith(ending)]
        kinds = {world.units[each]["dimension"] for each in units if each in world.units}
        unit = world.units.get(row["unit"])
        if unit and len(units) >= _ALIKE and len(kinds) == 1 and unit["dimension"] not in kinds:
            facts = {"of": row["indicator"], "unit": row["unit"], "expected": units[0]}
            yield at(package.tables["left_out"], row, "unit", **facts)


_ENDING = 2
"""Letters at the end of a name, which say what is measured."""

_ALIKE = 3
"""Concepts that have to end so."""


def figure_impossible(world: World, package: Package) -> Iterator[Hit]:
    """No count is below zero; no share is, nor above 100 per cent."""
    targets = things_measured(world)
    measures: defaultdict[str, set[str]] = defaultdict(set)
    for target in targets.values():
        measures[target["concept_id"] or target["target_id"]].add(target["measure"])
    for row in package["observations"]:
        concept, thing = world.concepts.get(row["concept_id"]), row["concept_id"] or row["target_id"]
        of, value = measures[thing], row["value"]
        share = of == {"share"} and row["unit"] == "%"
        counted = share or (concept["nature"] == "total" if concept else bool(of) and of <= {"count", "cumulative"})
        if value is not None and ((counted and value < 0) or (share and value > WHOLE)):
            yield at(package.tables["observations"], row, "value", id=row["observation_id"], value=value, of=thing)


def period_of_kind(world: World, package: Package) -> Iterator[Hit]:
    """A period is one of its kind: a half-year ends in June or December, a day is in the calendar."""
    for row in package["observations"]:
        if re.fullmatch(FORM, row["period"]) and row["period_kind"] in WRITTEN and not period_of(row):
            facts = {"period": row["period"], "kind": row["period_kind"]}
            written = _written(row["period"]) and _kind(row["period"])
            alone = written in ("year", "date")  # which are no other kind
            alone = alone or (written == "month" and row["period_kind"] in ("year", "date"))
            yield at(package.tables["observations"], row, "period_kind" if alone else "period", **facts)
    for name in ("left_out", "searches"):
        for row in package[name]:
            if re.fullmatch(FORM, row["period"]) and not _written(row["period"]):
                yield at(package.tables[name], row, "period", period=row["period"], kind=_kind(row["period"]))


def _written(period: str) -> Period | None:
    """A period without a kind; None where the calendar has it not."""
    try:
        return Period.parse(period)
    except BadPeriod:
        return None


def _kind(period: str) -> str:
    return "span" if "/" in period else {4: "year", 7: "month"}.get(len(period), "date")


def period_in_future(world: World, package: Package) -> Iterator[Hit]:
    """No figure, no source and no search is of a time after the date of the
    data; a preliminary figure may be of a year that runs."""
    today = day(dataset.updated(world))
    for row in package["observations"]:
        if _not_over(row, today):
            yield at(package.tables["observations"], row, "period", value=row["period"], updated=today)
    for name in ("left_out", "searches"):
        for row in package[name]:
            end = row["period"].rpartition("/")[2]
            if today and end > str(today)[: len(end)]:
                yield at(package.tables[name], row, "period", value=row["period"], updated=today)
    for name, column in (("sources", "published"), ("searches", "looked_on")):
        for row in package[name]:
            at_day = day(row[column])
            if at_day and today and at_day > today:
                yield at(package.tables[name], row, column, value=row[column], updated=today)


def period_after_source(world: World, package: Package) -> Iterator[Hit]:
    """A source reports of what is over on the day it is published; a preliminary figure may be of a year that runs."""
    sources = package.by_id("sources")
    for row in package["observations"]:
        source = sources.get(row["source_id"])
        published = day(source["published"]) if source else None
        if source and _not_over(row, published) and not _published_wrongly(source):
            facts = {"period": row["period"], "source": row["source_id"], "published": published}
            column = "source_id" if told_already(row, source, package) else "period"
            facts |= _beside(package, row, column)
            yield at(package.tables["observations"], row, column, **facts)
    today = str(day(dataset.updated(world)) or "")
    for row in package["left_out"]:  # of what is so at present, the month of publication is written
        source, end = sources.get(row["source_id"]), row["period"].rpartition("/")[2]
        published = day(source["published"]) if source else None
        if (
            published
            and str(published)[: len(end)] < end <= today[: len(end)]
            and _written(end)
            and not _published_wrongly(source or {})
        ):
            facts = {"period": row["period"], "source": row["source_id"], "published": published}
            facts |= {"beside": "", "beside_en": ""}
            yield at(package.tables["left_out"], row, "period", **facts)


def _beside(package: Package, row: Row, column: str) -> dict[str, str]:
    """Of which times the other figures of a figure's source are; or, where it is the source that is wrong, from which
    sources others of its place and time are.
    """
    rows = [each for each in package["observations"] if each is not row]
    if column == "source_id":
        there = [each["source_id"] for each in rows if _place_and_time(each) == _place_and_time(row)]
        zh, en = "；同一地区、同一时期的其他数取自 {}", "; other figures of its place and time are from {}"
    else:
        there = [each["period"] for each in rows if each["source_id"] == row["source_id"]]
        zh, en = "；同一来源的其他数是 {} 的", "; the other figures of this source are of {}"
    few = sorted(set(there))[:MOST_NAMED]
    return {"beside": zh.format("、".join(few)) * bool(few), "beside_en": en.format(", ".join(few)) * bool(few)}


def _place_and_time(row: Row) -> tuple[str, str, str]:
    return row["region_code"], row["period"], row["period_kind"]


def _published_wrongly(source: Mapping[str, Any]) -> bool:
    """Whether the date of a source is what is wrong, by its title or its address."""
    return before_its_title(source) or before_its_address(source)


def figure_twice(world: World, package: Package) -> Iterator[Hit]:
    """Of one thing and period one figure stands; each other is replaced by one that was published later."""
    replaced = {row["replaces"] for row in package["observations"]}
    rows, standing = package.by_id("observations"), dict[tuple[object, ...], Row]()
    for row in package["observations"]:
        key, old = _key(row), rows.get(row["replaces"])
        elsewhere = old is not None and _key(old) != key  # which is said of what it replaces
        if key and row["observation_id"] not in replaced and not elsewhere:
            first = standing.setdefault(key, row)
            if first is not row:
                odd, column = _odd_of_two(package["observations"], first, row)
                facts = {"id": odd["observation_id"], "other": (first if odd is row else row)["observation_id"]}
                yield at(package.tables["observations"], odd, column, **facts)
    yield from _left_out_twice(package)


def _odd_of_two(rows: list[Row], first: Row, later: Row) -> tuple[Row, str]:
    """Which of two figures of one thing is wrong, and where: the one that stands out of the order of places and
    concepts; the later does not say that it replaces a less settled one; else nobody knows.
    """
    for row in (later, first):
        if column := _out_of_place(rows, row):
            return row, column
    settled = _less_settled(first, later) and first["state"] != later["state"]
    return later, "replaces" if settled else "observation_id"


def _out_of_place(rows: list[Row], row: Row) -> str:
    """The column by which a figure stands out of the order of places and concepts; "" where it does not."""
    number = rows.index(row)
    if not out_of_order(rows, number):
        return ""
    beside = {rows[place]["region_code"] for place in (number - 1, number + 1)}
    return "concept_id" if row["region_code"] in beside and row["concept_id"] else "region_code"


def _left_out_twice(package: Package) -> Iterator[Hit]:
    """A figure that is left out stands once, and is not among the observations."""
    taken = {_printed(row): row["observation_id"] for row in package["observations"]}
    told: dict[tuple[object, ...], str] = {}
    for row in package["left_out"]:
        key = (row["indicator"], *_printed(row))
        other = taken.get(_printed(row)) or told.setdefault(key, row["left_out_id"])
        if other != row["left_out_id"]:
            yield at(package.tables["left_out"], row, "left_out_id", id=row["left_out_id"], other=other)


def _printed(row: Row) -> tuple[object, ...]:
    """What a source says in a figure, whatever it is of."""
    return row["region_code"], row["period"], row["value"], row["unit"], row["source_id"]


def replaces_elsewhere(world: World, package: Package) -> Iterator[Hit]:
    """What a figure replaces is another of the same thing and
    period, not more settled than itself, and not in a circle."""
    rows = package.by_id("observations")
    for row in package["observations"]:
        old = rows.get(row["replaces"])
        if old and (_key(row) != _key(old) or _less_settled(row, old) or _in_circle(row, rows)):
            facts = {"id": row["observation_id"], "replaced": row["replaces"]}
            yield at(package.tables["observations"], row, "replaces", **facts)


def ten_times_its_series(world: World, package: Package) -> Iterator[Hit]:
    """A figure is not some ten times, or a tenth of, the middle of its own series: that is mostly a slip of 万 or of
    the point; of the unit, where the figure would be right in that of another row.
    """
    targets = things_measured(world)
    for series in series_of(world, targets, package):
        whole = median(abs(value) for _, value in series) if series else Decimal(0)
        for row, value in _doubted(world, targets, package, series):
            others = [abs(each) for other, each in series if other is not row]
            middle = median(others) if others else Decimal(0)
            if far(value, middle) and (len(series) == 2 or far(value, whole)):  # of three, one cannot spoil two
                unit = unit_of(world, targets, row)
                units = dict.fromkeys([*(other["unit"] for other, _ in series), unit])
                column = "unit" if any(_would_fit(world, row, each, unit, middle) for each in units) else "value"
                newest = [each for other, each in series if other is not row][-1]
                column = "region_code" if _of_a_region_above(world, package, row, value, newest) else column
                column = _out_of_place(package["observations"], row) or column
                facts = {"id": row["observation_id"], "value": f"{row['value']}{row['unit']}", "middle": f"{middle:g}"}
                beside = " ".join(other["observation_id"] for other, _ in series if other is not row)
                yield at(package.tables["observations"], row, column, **facts, unit=unit, others=beside)


NEAR = Decimal("0.25")
"""By how much of itself a figure may differ from the series of a region above, to be one of it."""


def _of_a_region_above(world: World, package: Package, row: Row, value: Decimal, newest: Decimal) -> bool:
    """Whether a figure that is far from its series is near one of a region above its own, and no slip of the point."""
    above = world.region_chain(row["region_code"])[1:]
    alike = [each for each in package["observations"] if each["concept_id"] == row["concept_id"] != ""
             and each["region_code"] in above and each["scope"] == row["scope"]
             and each["period_kind"] == row["period_kind"]]  # fmt: skip
    unit = unit_of(world, things_measured(world), row)
    values = [world.convert(each["value"], each["unit"], unit) for each in alike if each["value"] is not None]
    slips = [newest * Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4)]
    return any(map(partial(_near, value), values)) and not any(map(partial(_near, value), slips))


def _near(value: Decimal, other: Decimal | None) -> bool:
    return bool(other) and abs(value / (other or value) - 1) < NEAR


def _doubted(
    world: World, targets: dict[str, Row], package: Package, series: list[tuple[Row, Decimal]]
) -> list[tuple[Row, Decimal]]:
    """The figures of a series that may be wrong: of two the one that stands out of order, that in another unit than the
    thing's own, or the later.
    """
    if len(series) != 2:
        return series
    if far(series[0][1], series[1][1]) and _out_of_place(package["observations"], series[0][0]):
        return series[:1]
    own = unit_of(world, targets, series[0][0])
    return [each for each in series if each[0]["unit"] != own][-1:] or series[1:]


def _would_fit(world: World, row: Row, unit: str, common: str, middle: Decimal) -> bool:
    """Whether a figure in another unit would be near the middle of its series."""
    value = world.convert(row["value"], unit, common) if unit != row["unit"] else None
    return bool(value) and not far(value or Decimal(0), middle)


def fraction_for_percent(world: World, package: Package) -> Iterator[Hit]:
    """A percentage is not the fraction that a spreadsheet program makes of it: 4.2 % is 4.2 and not 0.042."""
    for row in package["observations"]:
        value = row["value"]
        if row["unit"] == "%" and value and abs(value) < 1 and value.as_tuple().exponent <= -2:
            facts = {"id": row["observation_id"], "value": row["value"], "meant": f"{(value * 100).normalize():f}"}
            yield at(package.tables["observations"], row, "value", **facts)


def _not_over(row: Row, then: date | None) -> bool:
    """Whether a figure's period was not over on a day; of a preliminary figure, whether it had not begun."""
    period = period_of(row)
    if not period or not then:
        return False
    return (period.start if row["state"] == "preliminary" else period.end) > then


def _key(row: Row) -> tuple[object, ...] | None:
    """What a figure is of, and when: those with the same one say the same thing. None where its period is none."""
    period = period_of(row)
    return (*thing(row), period.start, period.end, period.kind == "date") if period else None


def _less_settled(row: Row, old: Row) -> bool:
    """Whether a figure is less settled than the one it replaces, where both say how settled they are."""
    both = row["state"] in STATES and old["state"] in STATES
    return both and STATES.index(row["state"]) < STATES.index(old["state"])


def _in_circle(row: Row, rows: dict[str, Row]) -> bool:
    """Whether a figure, by way of those it replaces, replaces itself."""
    seen: set[str] = set()
    at_: Row | None = row
    while at_ and at_["observation_id"] not in seen:
        seen.add(at_["observation_id"])
        at_ = rows.get(at_["replaces"])
    return at_ is row
