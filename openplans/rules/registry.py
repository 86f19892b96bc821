"""Does the registry say what it means: each name once, names that are in use, kinds as they are?

Comes in: the World. Goes out: rows of the registry that no key and no schema finds wrong. Apart from keys.py,
which asks whether keys lead somewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from typing import Any

from openplans.packages.link import World
from openplans.packages.read import Package, Project, Row, Table
from openplans.rules.hits import Hit, at, once
from openplans.rules.languages import HAN
from openplans.rules.names import pairs, words
from openplans.rules.regions import core, short
from openplans.rules.spelling import called_by_organizations, rests
from openplans.schema import vocabulary

_ONE_OF_EACH = (
    ("regions", "name_zh", "parent_code"), ("organizations", "name_zh", "region_code"), ("themes", "name_zh", ""),
    ("themes", "order", ""), ("concepts", "name_zh", ""), ("concepts", "name_en", ""),
    ("concepts", "definition_zh", ""), ("concepts", "definition_en", ""), ("organizations", "name_en", "region_code"),
    ("themes", "name_en", ""), ("regions", "name_en", "parent_code"),
)  # fmt: skip
"""(table, a column, the column within whose equal values no value of it stands twice; "": within the table)."""

_ONE_MEANING = ("concept", "theme", "region")
"""The kinds of things that an alias leads to one of; many a bureau is called alike, and a word may mean several."""

_KINDS = (
    ("mass", re.compile("妇联|共青团|团[市县区]委|总工会|残联|红十字会|科协|文联|工商联|侨联|社科联")),
    ("party", re.compile("纪委|[省市县区旗]委(?!员会|党校)|机关工委")),
    ("enterprise", re.compile("公司$")),
)
"""What the name of a unit tells of its kind."""

_OF_GOVERNMENT = {
    "party": re.compile("^(?!.*[党委]).*(?:局|厅|政府|政府办公室)$"),
    **dict.fromkeys(("mass", "township"), re.compile("^(?!.*(?:乡|镇|街道|供电|电力|邮政|铁路|烟草)).*(?:局|厅)$")),
}
"""The name of what is no organ of the Party; of what is neither a mass organization nor a town or of one, nor a state
enterprise that is called a bureau.
"""


def name_twice(world: World) -> Iterator[tuple[Package, Hit]]:
    """A name, or a place in an order, is one thing's only."""
    registry = world.project.registry
    for name, column, within in _ONE_OF_EACH:
        first: dict[tuple[Any, Any], Row] = {}
        for row in registry[name]:
            other = first.setdefault((row[column], row[within] if within else ""), row)
            table = registry.tables[name]
            key = table.columns[0]
            if other is not row and row[column] not in ("", None) and row[key] != other[key]:
                odd, right = (other, row) if _rather_of(table, column, row, other) else (row, other)
                yield registry, at(table, odd, column, value=row[column], first=right.line)
    for odd, right in _like_superiors(world):
        yield registry, at(registry.tables["regions"], odd, "name_en", value=odd["name_en"], first=right.line)


def _like_superiors(world: World) -> Iterator[tuple[Row, Row]]:
    """(a region, the other) of a region and its superior with one English name and two Chinese ones; the first is not
    what units are called by."""
    for row in world.regions.values():
        above = world.regions.get(row["parent_code"])
        if above and row["name_en"] == above["name_en"] and core(row) != core(above):
            own = [
                each["name_en"] for each in world.organizations.values() if each["region_code"] == row["region_code"]
            ]
            yield (above, row) if any(row["name_en"] in each for each in own) else (row, above)


def _rather_of(table: Table, column: str, row: Row, other: Row) -> bool:
    """Whether an English name has words of the id of one row, and none of another's; whether a Chinese one is that of
    one row by its definition.
    """
    if column == "name_zh" and table.name == "concepts":
        shared = [len(pairs(row[column]) & pairs(each["definition_zh"])) for each in (row, other)]
        return shared[0] > shared[1]
    name, key = words(str(row[column])) if column == "name_en" else set(), table.columns[0]
    return bool(name & words(row[key])) and not name & words(other[key])


def name_unused(world: World) -> Iterator[tuple[Package, Hit]]:
    """A region is called as its own plans call it; a unit's full name is one of its registered spellings."""
    registry = world.project.registry
    for region, plan in _regions_unused(world):
        yield registry, at(registry.tables["regions"], region, "name_zh", value=region["name_zh"], where=plan.id)
    spelt = {(row["org_id"], row["name"]) for row in registry["organization_names"]}
    known = {org for org, _ in spelt}
    for row in registry["organizations"]:
        taken = row["org_id"] not in known and world.names.get((row["region_code"], row["name_zh"]))  # another rule's
        if (row["org_id"], row["name_zh"]) not in spelt and not taken:
            where = "organization_names.csv"
            yield registry, at(registry.tables["organizations"], row, "name_zh", value=row["name_zh"], where=where)


def _regions_unused(world: World) -> Iterator[tuple[Row, Package]]:
    """Regions whose own plans do not print their name, each with such a plan."""
    for plan in world.project.plans:
        region = world.regions.get(str(plan.descriptor.get("region_code")))
        own = region and plan.folder.name.startswith(region["region_code"])
        if region and own and plan.source and region["name_zh"] not in plan.source:
            yield region, plan


FEWEST = 2
"""Units of a region: of no more than so many nothing is told; and rows that have to agree on a unit."""

MOSTLY = Decimal("0.75")
"""The share of a region's units whose English names have its own: then all others' do."""

_OF_A_PLACE = ("township", "other")
"""The kinds of units that may be called by a place of their own."""


def name_without_region(world: World) -> Iterator[tuple[Package, Hit]]:
    """A unit's English name says of which region it is, where those of most of the region's units do."""
    registry = world.project.registry
    organizations: defaultdict[str, list[Row]] = defaultdict(list)
    for row in registry["organizations"]:
        organizations[row["region_code"]].append(row)
    for code, rows in organizations.items():
        name = str(world.regions.get(code, Row(name_en=""))["name_en"])
        without = [row for row in rows if name not in row["name_en"] and row["kind"] not in _OF_A_PLACE]
        if name and len(rows) > FEWEST and len(without) <= len(rows) * (1 - MOSTLY):
            for row in without:
                facts = {"value": row["name_en"], "region": name, "id": row["org_id"]}
                yield registry, at(registry.tables["organizations"], row, "name_en", **facts)


_OF_OFFICES = re.compile(
    "Affairs|Bureau|Cent(?:er|re)|Cit(?:y|ies)|Commission|Committee|County|Department|Development|District|Government|"
    "Office|Party|People|Rural|Town|Towns|Work"
)
"""Words that the names of many units have, wherever they are."""


def region_called_otherwise(world: World) -> Iterator[tuple[Package, Hit]]:
    """A region has the English name by which its units are called: not another, by which most of them are and no unit
    of another region is. A name of two words, or nearly that of its units, is not judged here.
    """
    table = world.project.registry.tables["regions"]
    for region, word in called_by_organizations(world):
        others = (row for row in world.organizations.values() if row["region_code"] != region["region_code"])
        apart = not rests(word) & rests(region["name_en"]) and region["name_en"].isalpha()
        apart = apart and not _OF_OFFICES.fullmatch(word)
        if apart and not any(word in row["name_en"] for row in others):
            facts = {"value": region["name_en"], "meant": word}
            yield world.project.registry, at(table, region, "name_en", **facts)


def organization_id_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A unit's id begins with the code of its region."""
    registry = world.project.registry
    for row in registry["organizations"]:
        if row["region_code"] and row["org_id"].partition("-")[0] != row["region_code"]:
            facts = {"id": row["org_id"], "region": row["region_code"]}
            yield registry, at(registry.tables["organizations"], row, "region_code", **facts)


def alias_needless(world: World) -> Iterator[tuple[Package, Hit]]:
    """An alias is another name than the one that its row has: what it is called is found anyway."""
    registry = world.project.registry
    there = {
        "concept": world.concepts,
        "organization": world.organizations,
        "theme": world.themes,
        "region": world.regions,
    }
    misnamed = {region["region_code"] for region, _ in _regions_unused(world)}
    for row in registry["aliases"]:
        meant: Mapping[str, Any] = there.get(row["kind"], {}).get(row["id"], {})
        if row["kind"] == "region" and (short(meant) or row["id"] in misnamed):
            continue  # it is the alias that is right
        english = "" if HAN.search(meant.get("name_en", "")) else meant.get("name_en", "")  # else it is no English
        if row["alias"].lower() in (meant.get("name_zh", "").lower(), english.lower()):
            yield registry, at(registry.tables["aliases"], row, "alias", alias=row["alias"], id=row["id"])


def unit_of_another(world: World) -> Iterator[tuple[Package, Hit]]:
    """A unit's English name is not that of another dimension, nor of a unit of its own that is more or less of it."""
    table = world.project.registry.tables["units"]
    dimensions = {str(row["dimension"]) for row in table.rows}
    first: dict[tuple[str, str], Row] = {}
    for row in table.rows:
        other = first.setdefault((row["dimension"], row["name_en"].lower()), row)
        called = row["name_en"].lower().replace(" ", "-")
        elsewhere = called in dimensions and called != row["dimension"]
        if row["name_en"] and (elsewhere or other["factor"] != row["factor"]):
            facts = {"value": row["name_en"], "unit": row["unit"], "other": called if elsewhere else other["unit"]}
            yield world.project.registry, at(table, row, "name_en", **facts)


def alias_clash(world: World) -> Iterator[tuple[Package, Hit]]:
    """An alias of a concept, a theme or a region leads to one of them, and is not the name of another."""
    registry = world.project.registry
    meant: dict[tuple[str, str], str] = {}
    for kind, table, names in (
        ("concept", "concepts", ("name_zh", "name_en")),
        ("theme", "themes", ("name_zh", "name_en")),
        ("region", "regions", ("name_zh",)),
    ):
        for row in registry[table]:
            meant.update({(kind, row[name].lower()): row[registry.tables[table].columns[0]] for name in names})
    for row in registry["aliases"]:
        if row["kind"] in _ONE_MEANING:
            other = meant.setdefault((row["kind"], row["alias"].lower()), row["id"])
            if other != row["id"]:
                facts = {"alias": row["alias"], "id": row["id"], "other": other}
                yield registry, at(registry.tables["aliases"], row, "alias", **facts)


def alias_leads_nowhere(world: World) -> Iterator[tuple[Package, Hit]]:
    """An alias leads to a row of the registry, or to a word that a plan prints, which no number alone is."""
    registry = world.project.registry
    there = {
        "concept": world.concepts, "organization": world.organizations, "theme": world.themes, "region": world.regions
    }  # fmt: skip
    words = {row["id"] for row in registry["aliases"] if row["kind"] not in there}
    unprinted = words - _printed(words, world.project) if world.project.all_read else set()
    unprinted |= {each for each in words if not _LETTER.search(each)}
    for row in registry["aliases"]:
        if row["id"] not in there[row["kind"]] if row["kind"] in there else row["id"] in unprinted:
            facts = {"alias": row["alias"], "kind": row["kind"], "id": row["id"]}
            other = row["kind"] in there and row["id"] != row["alias"]
            word = other and row["id"] in _printed({row["id"]}, world.project)
            column = "kind" if word or any(row["id"] in ids for ids in there.values()) else "id"
            yield registry, at(registry.tables["aliases"], row, column, **facts)


_LETTER = re.compile(r"[^\W\d_]")


def name_region_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A spelling is of the region of its unit, or of one below it. Where plans of that region have the unit by that
    name, or the unit's id begins with that region's code, it is the unit that another rule doubts."""
    registry, used = world.project.registry, _organizations_named(world)
    for row in registry["organization_names"]:
        code, organization = row["region_code"], world.organizations.get(row["org_id"])
        elsewhere = (
            organization and code in world.regions and organization["region_code"] not in world.region_chain(code)
        )
        doubted = row["org_id"].startswith(f"{code}-") or row["org_id"] in used[code, row["name"]]
        if organization and elsewhere and not doubted:
            facts = {"name": row["name"], "region": code, "org": row["org_id"], "meant": organization["region_code"]}
            yield registry, at(registry.tables["organization_names"], row, "region_code", **facts)


def name_elsewhere(world: World) -> Iterator[tuple[Package, Hit]]:
    """The full name of a unit is a spelling of that unit, and of no other of its region; another spelling is one of the
    unit that all rows of plans, where they are several, have it for."""
    registry = world.project.registry
    own = {(row["region_code"], row["name_zh"]): row["org_id"] for row in registry["organizations"]}
    used = _organizations_named(world)
    for row in registry["organization_names"]:
        place = row["region_code"], row["name"]
        meant = own.get(place) or _one_for_all(world, row, used[place])
        several = len(world.names[row["region_code"], row["name"]]) > 1  # which is another rule's
        if meant != row["org_id"] and row["org_id"] in world.organizations and not several:
            facts = {"name": row["name"], "org": row["org_id"], "meant": meant}
            yield registry, at(registry.tables["organization_names"], row, "org_id", **facts)


@once
def _organizations_named(world: World) -> defaultdict[tuple[str, str], list[str]]:
    """The units that rows of plans have a name for, by the plan's region and the name."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for plan in world.project.plans:
        for row in plan.tables["responsibilities"].rows if "responsibilities" in plan.tables else ():
            found[str(plan.descriptor.get("region_code")), row["name_in_source"]].append(row["org_id"])
    return found


def _one_for_all(world: World, row: Row, organizations: list[str]) -> str:
    """The unit that several rows all have for a spelling, where it is called more like that; else its own."""
    like = {
        each: len(set(row["name"]) & set(own["name_zh"])) / len(set(row["name"]) | set(own["name_zh"]))
        for each in (row["org_id"], *organizations[:1])
        if (own := world.organizations.get(each))
    }
    agreed = len(organizations) >= FEWEST and len(set(organizations)) == 1
    return str(max(like, key=lambda each: like[each]) if agreed and len(like) > 1 else row["org_id"])


def organization_kind_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A unit is of the kind that its name tells, where it tells one."""
    registry = world.project.registry
    for row in registry["organizations"]:
        meant = next((kind for kind, name in _KINDS if name.search(row["name_zh"])), row["kind"])
        if meant == row["kind"] and meant in _OF_GOVERNMENT and _OF_GOVERNMENT[meant].search(row["name_zh"]):
            meant = "government"
        if row["kind"] in vocabulary.codes("organizations", "kind") and row["kind"] != meant:
            label = vocabulary.codes("organizations", "kind")[meant].name_zh
            facts = {"name": row["name_zh"], "kind": row["kind"], "meant": meant, "label": label}
            yield registry, at(registry.tables["organizations"], row, "kind", **facts)


def _printed(words: Set[str], project: Project) -> set[str]:
    """Those of the words that a plan prints. What one plan prints is not sought in the next."""
    found: set[str] = set()
    for plan in project.plans:
        text = "\n".join(row["text"] for row in plan["clauses"])
        found |= {word for word in words - found if word in text}
    return found
