"""Does an alias lead to the thing that people mean by it?

Comes in: the World. Goes out: aliases that have nothing of the thing they lead to, and much of another. Apart from
names.py, because what an alias has is asked of names and of the other aliases together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.names import alike, pairs, words
from openplans.rules.regions import core

NEARER = 0.5
"""How much of an alias and of another's name is one, for it to be that one's where it has nothing of its own's."""

SEVERAL = 3
"""Names of others that an alias is a part of, for it to be none of a thing whose name it has nothing of."""

SAME_OFFICE = 0.6
"""How much of the ids of two units of two regions is one where they are the same office: human-resources and
human-resources-social-security, but not power-supply and supply-marketing."""

_NAMES = {"concept": ("concepts", "concept_id"), "organization": ("organizations", "org_id"),
          "theme": ("themes", "theme_id")}  # fmt: skip

_Texts = dict[tuple[str, str, str], Counter[str]]
"""How often something has a piece of a text, by kind, id and language: pairs of letters, or words."""


def alias_of_another(world: World) -> Iterator[tuple[Package, Hit]]:
    """An alias has something of the thing it leads to, where it has much of another: half of another's name, or of what
    the row above or below leads to; the same office of other regions, the short name of another region.
    """
    table, told = world.project.registry.tables["aliases"], set[int]()
    for row, meant in chain(_of_names(world), _of_rows_beside(world), _of_offices(world), _of_regions(world)):
        if row.line not in told:
            told.add(row.line)
            facts = {"alias": row["alias"], "id": row["id"], "meant": meant}
            yield world.project.registry, at(table, row, "id", **facts)


def _of_names(world: World) -> Iterator[tuple[Row, str]]:
    """Aliases that have nothing of their concept's name, and are half the name of another, or a part of several's."""
    names = {key: pairs(row["name_zh"]) for key, row in world.concepts.items()}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in names.items():
        for pair in name:
            holders[pair].append(key)
    for row in world.project.registry["aliases"]:
        own, alias = names.get(row["id"]), pairs(row["alias"])
        if row["kind"] != "concept" or own is None or own & alias:
            continue
        near = {key for pair in alias for key in holders.get(pair, ())}
        share, nearest = max(((alike(names[key], alias), key) for key in near), default=(0, ""))
        several = sum(alias <= names[key] for key in near) >= SEVERAL
        if NEARER <= share < 1 or (several and share < 1):  # its name itself is another rule's
            yield row, nearest


def _of_rows_beside(world: World) -> Iterator[tuple[Row, str]]:
    """Aliases that have nothing of their thing's names and other aliases, and most of what the next row's has: the ids
    of some rows slid by one.
    """
    rows, texts = world.project.registry["aliases"], _texts(world)
    for number, row in enumerate(rows):
        alias = _pieces(row["alias"], row["language"])
        own = texts.get((row["kind"], row["id"], row["language"]), Counter())
        said = any(own[each] > 1 for each in alias)  # once is the row itself
        if row["kind"] not in _NAMES or len(alias) < 2 or said:
            continue
        for other in rows[max(0, number - 1) : number + 2]:
            like = texts.get((row["kind"], other["id"], row["language"]), Counter())
            another = other["kind"] == row["kind"] != "organization" and other["id"] != row["id"]
            if another and len(alias & like.keys()) > NEARER * len(alias):
                yield row, other["id"]


def _texts(world: World) -> _Texts:
    """What the names and the aliases of each thing are made of; names count twice, so that they are never alone."""
    registry, found = world.project.registry, defaultdict[tuple[str, str, str], Counter[str]](Counter)
    for kind, (table, key) in _NAMES.items():
        for row in registry[table]:
            found[kind, row[key], "zh"].update([*pairs(row["name_zh"])] * 2)
            found[kind, row[key], "en"].update([*words(row["name_en"]), *words(row[key])] * 2)
    for row in registry["aliases"]:
        found[row["kind"], row["id"], row["language"]].update(_pieces(row["alias"], row["language"]))
    return found


def _pieces(text: str, language: str) -> set[str]:
    return words(text) if language == "en" else pairs(text)


def _of_offices(world: World) -> Iterator[tuple[Row, str]]:
    """Aliases that other regions have for an office that the unit is not, and its own region has."""
    rows = [row for row in world.project.registry["aliases"] if row["kind"] == "organization"]
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        holders[row["alias"].lower()].add(row["id"])
    of_region: defaultdict[str, list[str]] = defaultdict(list)
    for key in world.organizations:
        of_region[key.partition("-")[0]].append(key)
    for row in rows:
        own = world.organizations.get(row["id"])
        region = row["id"].partition("-")[0]
        others = [each for each in holders[row["alias"].lower()] if not each.startswith(region)]
        if own is None or not others or any(_office(each) & _office(row["id"]) for each in others):
            continue
        units = (each for each in of_region[region] if each != row["id"])
        if meant := next((each for each in units if _is_office(each, others)), ""):
            yield row, meant


def _is_office(unit: str, others: list[str]) -> bool:
    return any(alike(_office(unit), _office(each)) >= SAME_OFFICE for each in others)


def _office(unit: str) -> set[str]:
    """The words of a unit's id that say which office it is."""
    return words(unit.partition("-")[2])


def _of_regions(world: World) -> Iterator[tuple[Row, str]]:
    """Aliases of a region that are the short name of another."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, region in world.regions.items():
        codes[core(region)].add(code)
    for row in world.project.registry["aliases"]:
        others = codes.get(row["alias"], set())
        if row["kind"] == "region" and row["id"] in world.regions and others and row["id"] not in others:
            yield row, min(others)
