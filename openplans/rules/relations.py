"""Do actual figures that belong together agree: what is per head with what it is of, a part with the whole, a year with
those around it?

Comes in: the observations. Goes out: Hits. Apart from evidence.py, which holds a figure against its source and its
like: here several figures are one sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from statistics import median

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.evidence import year_leaps
from openplans.rules.hits import Hit, at
from openplans.rules.series import figure_in, period_of, series_of, things_measured, turned, unit_of

_QUOTIENTS = (
    ("per-capita-gdp", "gdp", "permanent-population", Decimal(1), 8),
    ("urban-rural-income-ratio", "urban-disposable-income", "rural-disposable-income", Decimal(1), 3),
    ("grain-yield", "grain-output", "grain-area", Decimal("0.5"), 3),
)
"""(a concept, the two of which it is the quotient, what the quotient of their base units is of its own: a jin is half a
kilogram; how many times it is at most that of other places and years, or they it)."""

APART = Decimal("0.03")
"""By how much of itself a quotient may differ: the population of a year is the mean of two, and figures are rounded."""

_PARTS = (
    ("primary-industry-value-added", "agriculture-gross-output"),
    ("agriculture-value-added", "agriculture-gross-output"),
    ("agriculture-gross-output", "gdp"),
    ("rural-disposable-income", "resident-disposable-income"),
    ("resident-disposable-income", "urban-disposable-income"),
    ("rural-disposable-income", "urban-disposable-income"),
    ("low-income-farm-income", "rural-disposable-income"),
    ("village-collective-operating-income", "village-collective-income"),
)
"""(a concept, one that is never less than it)."""

_EXACT = ("eq", "about")

OFF = Decimal("0.03")
"""How far a figure of a year lies from the line between the years around it, as a part of it, to be doubted."""

TWICE = 2
"""How many times one of the years around may be the other, for a line between them to say anything."""

MENDED = 5
"""How many times nearer the line it is with two digits exchanged."""

_Groups = dict[tuple[str, ...], dict[str, list[tuple[Row, Decimal]]]]
"""The figures of one place, time and scope by their concepts, each with its value in base units; what was replaced,
too: others may be reckoned from it."""


def quotient_differs(world: World, package: Package) -> Iterator[Hit]:
    """What is per head, per mu or a ratio is the quotient of the two figures that stand beside it."""
    for group in _together(world, package).values():
        for concept, upper, lower, factor, _ in _QUOTIENTS:
            sums = list(product(*(group.get(each, ()) for each in (concept, upper, lower))))
            if sums and not any(_agree([value for _, value in each], factor) for each in sums):
                figures, row, meant = _odd(sums, factor)
                facts = {"id": row["observation_id"], "value": f"{row['value']}{row['unit']}", "meant": meant}
                beside = "、".join(each["observation_id"] for each, _ in figures if each is not row)
                yield at(package.tables["observations"], row, "value", **facts, others=beside)


def rate_unlikely(world: World, package: Package) -> Iterator[Hit]:
    """Two figures whose quotient nobody gives for their place and time have one that is like those of other places and
    times: 万吨 for 亿斤 shows here."""
    groups = _together(world, package)
    for concept, upper, lower, factor, most in _QUOTIENTS:
        known = [value for group in groups.values() for _, value in group.get(concept, ())]
        for group in groups.values() if known else ():
            pairs = product(group.get(upper, ()), group.get(lower, ())) if concept not in group else ()
            for (row, value), (other, of) in pairs:
                times = value / of * factor / median(known)
                if not 1 < times * most < most * most:
                    usual = world.concepts[concept]
                    facts = {
                        "id": row["observation_id"],
                        "value": f"{row['value']}{row['unit']}",
                        "times": f"{times:.2g}",
                    }
                    facts |= {"other": other["observation_id"], "rate": usual["name_zh"]}
                    yield at(package.tables["observations"], row, _unit_or_value(world, row, times, most), **facts)


def _unit_or_value(world: World, row: Row, times: Decimal, most: int) -> str:
    """The unit, where another one of its dimension would set a figure right that is so many times off."""
    own = world.units[row["unit"]]
    alike = (each for each in world.units.values() if each["dimension"] == own["dimension"] and each is not own)
    mended = any(1 < times * most * each["factor"] / own["factor"] < most * most for each in alike if own["factor"])
    return "unit" if mended else "value"


def _together(world: World, package: Package) -> _Groups:
    groups: _Groups = defaultdict(lambda: defaultdict(list))
    for row in package["observations"]:
        unit = world.units.get(row["unit"])
        value = figure_in(world, row, unit["base_unit"]) if unit else None
        if value and row["bound"] in _EXACT:
            key = tuple(row[each] for each in ("region_code", "period", "period_kind", "scope"))
            groups[key][row["concept_id"]].append((row, value))
    return groups


def _agree(values: Sequence[Decimal], factor: Decimal) -> bool:
    whole, upper, lower = values
    return abs(upper / lower * factor / whole - 1) <= APART


_Figures = tuple[tuple[Row, Decimal], ...]


def _odd(sums: list[_Figures], factor: Decimal) -> tuple[_Figures, Row, str]:
    """Three figures that do not agree, the one of them that is wrong, and what is meant: the one that two digits
    exchanged would mend; else the quotient itself, and what the other two give.
    """
    for figures in sums:
        values = [value for _, value in figures]
        for place, (row, value) in enumerate(figures):
            for other in turned(row["value"]):
                if _agree([*values[:place], value * other / row["value"], *values[place + 1 :]], factor):
                    return figures, row, f"{other:f}"
    (row, value), (_, upper), (_, lower) = sums[0]
    return sums[0], row, f"{upper / lower * factor * row['value'] / value:.5g}"


def part_exceeds_whole(world: World, package: Package) -> Iterator[Hit]:
    """A part is no more than the whole, the income of villages no more than that of towns."""
    for group in _together(world, package).values():
        for part, whole in _PARTS:
            for (row, value), (other, most) in product(group.get(part, ()), group.get(whole, ())):
                if value > most:
                    facts = {"id": row["observation_id"], "value": f"{row['value']}{row['unit']}"}
                    facts |= {"other": other["observation_id"], "most": f"{other['value']}{other['unit']}"}
                    yield at(package.tables["observations"], row, "value", **facts)


def digits_exchanged(world: World, package: Package) -> Iterator[Hit]:
    """A figure of a year lies near the line between the years around it; it is doubted where two digits exchanged would
    bring it there."""
    targets = things_measured(world)
    leaping = {hit.row.line for hit in year_leaps(world, package) if hit.row}
    for series in series_of(world, targets, package):
        years: defaultdict[int, list[tuple[Row, Decimal]]] = defaultdict(list)
        for row, value in series if series and series[0][0]["period_kind"] == "year" else ():
            years[_year(row)].append((row, value))
        known = sorted(years)
        for before, year, behind in zip(known, known[1:], known[2:], strict=False):
            first, last = years[before][-1][1], years[behind][-1][1]
            if max(first, last) > TWICE * min(first, last):  # one of them is what is wrong
                continue
            if {years[before][-1][0].line, years[behind][-1][0].line} & leaping:
                continue
            line = first + (last - first) * (year - before) / (behind - before)
            for row, value in years[year]:
                if meant := _nearer(world, row, value, line, unit_of(world, targets, row)):
                    facts = {"id": row["observation_id"], "value": row["value"], "meant": meant}
                    yield at(package.tables["observations"], row, "value", **facts, between=f"{line:.5g}")


def _year(row: Row) -> int:
    period = period_of(row)
    return period.end.year if period else 0


def _nearer(world: World, row: Row, value: Decimal, line: Decimal, unit: str) -> str:
    """The value with two digits exchanged that lies near a line from which it is far; "" where none does."""
    off = abs(value - line)
    if not line or off <= OFF * abs(line):
        return ""
    for other in turned(row["value"]):
        instead = world.convert(other, row["unit"], unit)
        if instead is not None and abs(instead - line) * MENDED < off:
            return f"{other:f}"
    return ""
