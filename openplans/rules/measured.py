"""Is what the registry measures measured rightly: units by their factors, concepts by their unit, kind and direction?

Comes in: the World. Goes out: units that cannot be converted, concepts in a unit that their rows are not in, of another
nature than their unit has, or better in another direction than is promised. Apart from registry.py, which looks at
names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once
from openplans.text import comparators
from openplans.text.numerals import SCALES

FEWEST = 2
"""Rows: so many have to disagree with their concept's unit before the concept is what is wrong."""

_BETTER = ("higher", "lower")

_NAMED = (
    ("higher", re.compile("单产$|可支配收入$|(?:覆盖|达标|合格|治理)率$|(?<![圾废水泥])产量$|增加值$")),
    ("lower", re.compile("失业率|死亡率|倍差|(?<!离子)浓度$|收入比$")),
)
"""What is better by the end of a name."""

_OF_RATES = ("share", "ratio", "yield", "concentration", "per-thousand-people", "percentage-points", "multiple")
"""The dimensions in which nothing adds up."""

_RATE = re.compile("人均|每|率|比重|占比|比值|收入比|增速|单产|浓度|倍差")

_OF_LAW = tuple(
    tuple((name, Decimal(factor)) for name, factor in group)
    for group in (
        (("平方米", 1), ("公顷", 10**4), ("平方公里", 10**6), ("平方千米", 10**6), ("万平方米", 10**4)),
        (("亩", 1), ("公顷", 15), ("平方公里", 1500), ("平方千米", 1500)),
        (("斤", 1), ("公斤", 2), ("千克", 2), ("吨", 2000), ("万吨", 2 * 10**7)),
        (("米", 1), ("公里", 1000), ("千米", 1000)),
        (("分钟", 1), ("小时", 60), ("天", 1440)),
        (("%", 1), ("成", 10), ("‰", "0.1")),
    )
)
"""Units of the State Council's order on legal units of measurement, and the mu and jin in their customary sizes, in
proportion to each other.
"""


@once
def _units_of(world: World) -> dict[str, list[str]]:
    """The units in which the rows of each concept are."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for package in world.project.packages[1:]:
        for name in ("targets", "baselines", "observations"):
            for row in package.tables[name].rows if name in package.tables else ():
                if row["concept_id"] and row["unit"]:
                    found[row["concept_id"]].append(row["unit"])
    return found


def concept_unit_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A concept's unit measures what its rows are in: where none of several agrees, the concept is what is wrong."""
    registry = world.project.registry
    if not world.project.all_read:
        return
    for row in registry["concepts"]:
        units = [unit for unit in _units_of(world).get(row["concept_id"], ()) if unit in world.units]
        own = world.units.get(row["unit"])
        agree = [unit for unit in units if own and world.units[unit]["dimension"] == own["dimension"]]
        if own and len(units) >= FEWEST and not agree:
            facts = {"concept": row["concept_id"], "unit": row["unit"], "count": len(units), "printed": units[0]}
            yield registry, at(registry.tables["concepts"], row, "unit", **facts)


def better_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """What is better is what the promises say: no promise of at least so much where less is better; of what nobody
    promises, what its name says; it is not neutral where that of the same thing in the same unit is not.
    """
    registry = world.project.registry
    promised: defaultdict[str, set[str]] = defaultdict(set)
    for plan in world.project.plans:
        for row in plan.tables["targets"].rows if "targets" in plan.tables else ():
            promised[row["concept_id"]].add(comparators.WAYS.get(row["comparator"], ""))
    for row in registry["concepts"]:
        ways = promised[row["concept_id"]] - {""} or {way for way, name in _NAMED if name.search(row["name_zh"])}
        if row["better"] == "neutral":
            ways = {each["better"] for each in registry["concepts"] if each is not row and _of_one_thing(each, row)}
        if row["better"] in (*_BETTER, "neutral") and ways and row["better"] not in ways:
            facts = {"concept": row["concept_id"], "better": row["better"], "meant": min(ways)}
            yield registry, at(registry.tables["concepts"], row, "better", **facts)


def _of_one_thing(one: Row, other: Row) -> bool:
    """Whether two concepts are of one subject, in one unit, and end alike: 省级、区域性农事服务中心累计数."""
    same = bool(one["subject"]) and (one["subject"], one["unit"]) == (other["subject"], other["unit"])
    return same and one["name_zh"][-ALIKE:] == other["name_zh"][-ALIKE:]


ALIKE = 5
"""Letters at the end of two names, from which on they count the same of two kinds."""


def nature_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """What is measured in per cents or per head, or called a rate, is a rate; all else is a total."""
    registry = world.project.registry
    for row in registry["concepts"]:
        unit = world.units.get(row["unit"])
        rate = unit and (unit["dimension"] in _OF_RATES or _RATE.search(row["name_zh"]))
        meant = "rate" if rate else "total"
        if unit and row["nature"] in ("rate", "total") and row["nature"] != meant:
            facts = {"concept": row["concept_id"], "nature": row["nature"], "meant": meant}
            yield registry, at(registry.tables["concepts"], row, "nature", **facts)


def unit_of_law(world: World) -> Iterator[tuple[Package, Hit]]:
    """Units that the law fixes stand in its proportions: a hectare is 10,000 square metres, whatever the base unit."""
    registry = world.project.registry
    for names in _OF_LAW:
        there = [(world.units[name], factor) for name, factor in names if name in world.units]
        ratios = [row["factor"] / factor if row["factor"] else None for row, factor in there]
        usual, count = Counter(ratios).most_common(1)[0] if ratios else (None, 0)
        for (row, factor), ratio in zip(there, ratios, strict=True):
            if usual and ratio and ratio != usual and (count > 1 or row["unit"] != row["base_unit"]):
                facts = {"unit": row["unit"], "factor": row["factor"], "meant": f"{(usual * factor).normalize():f}"}
                yield registry, at(registry.tables["units"], row, "factor", **facts)


def unit_factor(world: World) -> Iterator[tuple[Package, Hit]]:
    """A unit has the dimension of its base unit, a positive factor, and a base unit's factor is 1."""
    registry = world.project.registry
    for row in registry["units"]:
        base = world.units.get(row["base_unit"])
        sound = (
            row["factor"] is not None and row["factor"] > 0 and (row["unit"] != row["base_unit"] or row["factor"] == 1)
        )
        unlike = base and (base["dimension"] != row["dimension"] or base["base_unit"] != base["unit"])
        if base and (not sound or unlike or _another_multiple(row, world)):
            other = bool(base) and base["dimension"] != row["dimension"]
            plain = world.units.get(row["unit"][1:])  # 万户 counts 户, whatever base it is given
            own = plain and row["unit"][:1] in SCALES and plain["dimension"] == row["dimension"]
            column = "factor" if not other else "base_unit" if own else "dimension"
            yield registry, at(registry.tables["units"], row, column, unit=row["unit"], base=row["base_unit"])


_MEASURE_WORD = re.compile("[个家条座处项所支宗套张幢栋间辆户人名头只口艘台件次场]")
"""Words that count one by one."""


def _another_multiple(row: Row, world: World) -> bool:
    """Whether a unit is called 万 or 亿 of another one and is not that many of it; or whether a measure word of one
    letter counts more than one, as no law has it.
    """
    if _MEASURE_WORD.fullmatch(row["unit"]):
        return bool(row["factor"] != 1)
    multiple = SCALES.get(row["unit"][:1])
    plain = world.units.get(row["unit"][1:])
    if not multiple or not plain or plain["base_unit"] != row["base_unit"] or plain["factor"] is None:
        return False
    return bool(row["factor"] != multiple * plain["factor"])
