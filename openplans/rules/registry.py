"""Does the registry say what it means: the right language in each column, each name once, and names that are in use?

Comes in: the World. Goes out: rows of the registry that no key and no schema finds wrong. Apart from references.py,
which asks whether keys lead somewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once_a_world
from openplans.rules.promises import all_read
from openplans.schema import vocabulary

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z%]")
_QUOTED = re.compile('[“"(（][^“”"()（）]*[”")）]')
"""What an English name may quote in Chinese; a unit's may hold the short name of which nobody knows the full one."""

_ONE_OF_EACH = (
    ("regions", "name_zh", "parent_code"), ("organizations", "name_zh", "region_code"), ("themes", "name_zh", ""),
    ("themes", "order", ""), ("concepts", "name_zh", ""), ("concepts", "name_en", ""),
)  # fmt: skip
"""(table, a column, the column within whose equal values no value of it stands twice; "": within the table)."""

FEWEST = 2
"""Rows: so many have to disagree with their concept's unit before the concept is what is wrong."""

GB_DIGITS = 6
"""Digits of a code of GB/T 2260, down to the county; those of a township begin with its county's."""

NATION = "100000"
"""The code of the whole country."""


def wrong_language(world: World) -> Iterator[tuple[Package, Hit]]:
    """Chinese names are in Chinese and English names in English, whichever else they quote."""
    registry = world.project.registry
    for table in registry.tables.values():
        columns = [name for name in table.columns if name.startswith("name_") or name in ("term", "term_en")]
        for row in table.rows:
            for column in columns:
                english = column.endswith("_en")
                mixed = english and table.name != "organizations" and _HAN.search(_QUOTED.sub("", row[column]))
                if row[column] and (mixed or not (_LATIN if english else _HAN).search(row[column])):
                    meant = ("英文", "English") if english else ("中文", "Chinese")
                    facts = {"value": row[column], "meant": meant[0], "meant_en": meant[1]}
                    yield registry, at(table, row, column, **facts)


def name_twice(world: World) -> Iterator[tuple[Package, Hit]]:
    """A name, or a place in an order, is one thing's only."""
    registry = world.project.registry
    for name, column, within in _ONE_OF_EACH:
        first: dict[tuple[Any, Any], Row] = {}
        for row in registry[name]:
            other = first.setdefault((row[column], row[within] if within else ""), row)
            if other is not row and row[column] not in ("", None):
                table = registry.tables[name]
                yield registry, at(table, row, column, value=row[column], first=other.line)


def name_unused(world: World) -> Iterator[tuple[Package, Hit]]:
    """A region is called as its own plans call it; a unit's full name is one of its registered spellings."""
    registry = world.project.registry
    for plan in world.project.plans:
        region = world.regions.get(str(plan.descriptor.get("region_code")))
        own = region and plan.folder.name.startswith(region["region_code"])
        if region and own and plan.source and region["name_zh"] not in plan.source:
            yield registry, at(registry.tables["regions"], region, "name_zh", value=region["name_zh"], where=plan.id)
    spelt: defaultdict[str, set[str]] = defaultdict(set)
    for row in registry["organization_names"]:
        spelt[row["org_id"]].add(row["name"])
    for row in registry["organizations"]:
        if spelt[row["org_id"]] and row["name_zh"] not in spelt[row["org_id"]]:
            where = "organization_names.csv"
            yield registry, at(registry.tables["organizations"], row, "name_zh", value=row["name_zh"], where=where)


def organization_id_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A unit's id begins with the code of its region."""
    registry = world.project.registry
    for row in registry["organizations"]:
        if row["region_code"] and row["org_id"].partition("-")[0] != row["region_code"]:
            facts = {"id": row["org_id"], "region": row["region_code"]}
            yield registry, at(registry.tables["organizations"], row, "region_code", **facts)


@once_a_world
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
    if not all_read(world):
        return
    for row in registry["concepts"]:
        units = [unit for unit in _units_of(world).get(row["concept_id"], ()) if unit in world.units]
        own = world.units.get(row["unit"])
        agree = [unit for unit in units if own and world.units[unit]["dimension"] == own["dimension"]]
        if own and len(units) >= FEWEST and not agree:
            facts = {"concept": row["concept_id"], "unit": row["unit"], "count": len(units), "printed": units[0]}
            yield registry, at(registry.tables["concepts"], row, "unit", **facts)


def level_of(code: str) -> str:
    """The level of a region by its code: six digits by GB/T 2260, more for what lies below a county (GB/T 10114)."""
    if len(code) > GB_DIGITS:
        return "township"
    if code == NATION:
        return "national"
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def region_level_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A region's level is that of its code."""
    table = world.project.registry.tables["regions"]
    for row in table.rows:
        code, level = row["region_code"], row["level"]
        if code.isdigit() and len(code) >= GB_DIGITS and level and level != level_of(code):
            meant = vocabulary.codes("regions", "level")[level_of(code)]
            facts = {"region": code, "level": level, "meant": meant.value, "label": meant.name_zh}
            yield world.project.registry, at(table, row, "level", **facts)


def region_parent_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A region with a code of GB/T 2260 belongs to the nearest registered one whose code its own begins with; above a
    province stands nothing, or the nation.
    """
    table = world.project.registry.tables["regions"]
    for row in table.rows:
        code, parent = row["region_code"], row["parent_code"]
        above = [each for each in (code[:6], f"{code[:4]}00", f"{code[:2]}0000") if each != code]
        meant = next((each for each in above if each in world.regions), "")
        if code.isdigit() and len(code) >= GB_DIGITS and parent in world.regions and meant and parent != meant:
            yield world.project.registry, at(table, row, "parent_code", region=code, parent=parent, meant=meant)
