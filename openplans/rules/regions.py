"""Regions: their levels, superiors and full names, and units that have the name of another region.

Comes in: the World. Goes out: rows of the registry that differ from what codes of GB/T 2260 and names say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.schema import vocabulary

_LETTER = re.compile("[A-Za-z]")
_OTHERS = 2
"""Regions of a level that have a superior: beside so many, one without it was forgotten."""

GB_DIGITS = 6
"""Digits of a code of GB/T 2260, down to the county; those of a township begin with its county's."""

NATION = "100000"
"""The code of the whole country."""


def level_of(code: str) -> str:
    """The level of a region by its code: six digits by GB/T 2260, more for what lies below a county (GB/T 10114)."""
    if len(code) > GB_DIGITS:
        return "township"
    if code == NATION:
        return "national"
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


_REGION_WORDS = {"province": "省|市|自治区|特别行政区", "prefecture": "市|地区|自治州|盟", "county": "市|县|区|旗"}
"""How the name of a region of each level ends; below a county there is no telling."""


def region_name_short(world: World) -> Iterator[tuple[Package, Hit]]:
    """A region with a code of GB/T 2260 bears its full name: 平阳县, not 平阳."""
    table = world.project.registry.tables["regions"]
    for row in table.rows:
        if words := short(row):
            yield world.project.registry, at(table, row, "name_zh", name=row["name_zh"], words=words.replace("|", "、"))


def short(region: Mapping[str, Any]) -> str:
    """The words in one of which the name of a region should end; "" where it does, or nobody knows."""
    code, name = str(region.get("region_code", "")), str(region.get("name_zh", ""))
    words = _REGION_WORDS.get(level_of(code), "") if code.isdigit() and len(code) >= GB_DIGITS else ""
    return "" if not name or re.search(f"(?:{words})$", name) else words


_LEVELS = "省市县区镇乡"
"""The last letter of a region's name, which titles and people leave out: 浙江, 平阳."""


def core(region: Mapping[str, Any]) -> str:
    """The name of a region as titles shorten it."""
    name = str(region["name_zh"])
    return name[:-1] if len(name) > 2 and name[-1] in _LEVELS else name


_HEAD = 2
"""The letters of a name by which it is looked for."""

MOST_ORGANIZATIONS = 3
"""Units: of fewer that name another region, each is wrong itself."""


def name_of_another_region(world: World) -> Iterator[tuple[Package, Hit]]:
    """A unit's names name no region but its own and those it belongs to. Where most units of a region name one other,
    the region has that one's name."""
    registry = world.project.registry
    odd: defaultdict[tuple[str, str], list[tuple[Row, set[str]]]] = defaultdict(list)
    for column in ("name_zh", "name_en"):
        known: defaultdict[str, set[str]] = defaultdict(set)
        for code, region in world.regions.items():
            known[region[column]].add(code)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for name in filter(None, known):
            lengths[name[:_HEAD]].add(len(name))
        named_in = cache(partial(_named, known, lengths))
        for row in registry["organizations"]:
            own = {*world.region_chain(row["region_code"]), row["region_code"]}
            named = named_in(row[column])
            if named and not named & own:
                odd[row["region_code"], column].append((row, named))
    organizations = Counter(row["region_code"] for row in registry["organizations"])
    for (code, column), rows in odd.items():
        table, one = registry.tables["organizations"], rows[0][1]
        all_one = (
            len(rows) >= MOST_ORGANIZATIONS
            and len(rows) * 2 > organizations[code]
            and all(named == one for _, named in rows)
        )
        if all_one and code in world.regions:  # it is the name of the region that is another's
            table, rows = registry.tables["regions"], [(world.regions[code], one)]
        for row, named in rows:
            other = next(region["name_zh"] for code, region in world.regions.items() if code in named)
            facts = {"name": row[column], "other": other, "id": row[table.columns[0]]}
            yield registry, at(table, row, column, **facts)


def name_of_one_region(world: World) -> Iterator[tuple[Package, Hit]]:
    """A theme or a concept is of all regions: its name has none, unless its definition has it, too. A short name that
    other names have as well is a common word (新城)."""
    registry = world.project.registry
    rows = [(registry.tables[name], row) for name in ("themes", "concepts") for row in registry[name]]
    for region in world.regions.values() if rows else ():
        for column, name in (("name_zh", core(region)), ("name_en", str(region["name_en"]))):
            found = [(table, row) for table, row in rows if len(name) >= _HEAD and name in row[column]]
            if len(found) == 1 and name not in found[0][1].get(column.replace("name", "definition"), ""):
                table, row = found[0]
                yield registry, at(table, row, column, name=row[column], other=name)


def _named(known: Mapping[str, set[str]], lengths: Mapping[str, set[int]], text: str) -> set[str]:
    """What the names in a text stand for, in English as words. Its pieces are looked up, where a name begins so (its
    `lengths` by its head): to seek each name in each text would take a time that grows with the square of the plans."""
    pieces = (
        (start, start + length)
        for start in range(len(text))
        for length in lengths.get(text[start : start + _HEAD], ())
        if not _LETTER.match(text[start - 1 : start])
    )
    return {
        code
        for start, end in pieces
        if text[start:end] in known and not _LETTER.match(text[end : end + 1])
        for code in known[text[start:end]]
    }


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
    province stands nothing, or the nation. It may stand alone, unless no other of its level does.
    """
    table = world.project.registry.tables["regions"]
    below = Counter(row["level"] for row in table.rows if row["parent_code"])
    alone = Counter(row["level"] for row in table.rows if not row["parent_code"])
    for row in table.rows:
        code, parent = row["region_code"], row["parent_code"]
        above = [each for each in (code[:6], f"{code[:4]}00", f"{code[:2]}0000") if each != code]
        meant = next((each for each in above if each in world.regions), "")
        forgotten = not parent and alone[row["level"]] == 1 and below[row["level"]] >= _OTHERS
        told = forgotten or (parent in world.regions and parent != meant)
        if code.isdigit() and len(code) >= GB_DIGITS and meant and told:
            yield world.project.registry, at(table, row, "parent_code", region=code, parent=parent or "-", meant=meant)
