"""Does every key lead somewhere, and to one thing only, and do rows stand in their order?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from openplans.packages.link import OVERALL_THEME, World
from openplans.packages.read import Package, Row, Table
from openplans.rules.hits import Hit, at
from openplans.rules.lead import rank_differs
from openplans.schema import contract, vocabulary

DEEPEST = 20
"""How many rows may stand above one another, the row itself among them; documents have five or six."""

_WITH_IDS = ("targets", "baselines", "projects", "references", "notes", "attachments")
"""The tables in which two rows that differ in their ids alone are one; of updates, another rule says so."""

REGISTRY_TABLES = ("themes", "concepts", "units", "organizations", "regions")
"""The registry's tables whose rows are named elsewhere; where, the schema says (refersTo)."""


def unknown_theme(world: World, package: Package) -> Iterator[Hit]:
    """Every theme is in the registry."""
    return _unknown("themes", world.themes, package)


def unknown_concept(world: World, package: Package) -> Iterator[Hit]:
    """Every concept is in the registry, one that a target is only near to, too."""
    return _unknown("concepts", world.concepts, package)


def near_beside_concept(world: World, plan: Package) -> Iterator[Hit]:
    """A target that has a concept is not near one."""
    for row in plan["targets"]:
        if row["concept_id"] and row["near_concept_id"]:
            facts = {"id": row["target_id"], "concept": row["concept_id"], "near": row["near_concept_id"]}
            yield at(plan.tables["targets"], row, "near_concept_id", **facts)


def unknown_unit(world: World, package: Package) -> Iterator[Hit]:
    """Every unit of measure is in the registry."""
    return _unknown("units", world.units, package)


def unknown_organization(world: World, package: Package) -> Iterator[Hit]:
    """Every organization id is in the registry."""
    return _unknown("organizations", world.organizations, package)


def unknown_region(world: World, package: Package) -> Iterator[Hit]:
    """Every region is in the registry, the plan's own too."""
    code = package.descriptor.get("region_code")
    if code is not None and code not in world.regions:
        yield at(None, column="region_code", value=code, registry="regions")
    yield from _unknown("regions", world.regions, package)


def unknown_organization_name(world: World, plan: Package) -> Iterator[Hit]:
    """Every spelling of a unit is listed for the plan's region or one above it."""
    table, region = plan.tables["responsibilities"], plan.descriptor["region_code"]
    for row in table.rows:
        if not world.organizations_named(region, row["name_in_source"]):
            yield at(table, row, "name_in_source", name=row["name_in_source"], region=region)


def organization_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The organization of a row is the one its printed name means; with a task of which a name stands twice, and no
    organization does, the names are wrong."""
    table, region = plan.tables["responsibilities"], plan.descriptor["region_code"]
    named, twice = (
        {task for (task, _), count in _counted(table, column).items() if count > 1}
        for column in ("name_in_source", "org_id")
    )
    for row in table.rows:
        meant = world.organizations_named(region, row["name_in_source"])
        if meant and row["org_id"] in world.organizations and row["org_id"] not in meant:
            facts = {"org": row["org_id"], "name": row["name_in_source"], "meant": ", ".join(sorted(meant))}
            misnamed = row["task_id"] in named - twice
            yield at(table, row, "name_in_source" if misnamed else "org_id", **facts)


def _counted(table: Table, column: str) -> Counter[tuple[str, str]]:
    """How often each cell of a column of responsibilities stands with a task."""
    return Counter((row["task_id"], row[column]) for row in table.rows)


def organization_elsewhere(world: World, plan: Package) -> Iterator[Hit]:
    """An organization answers for plans of its own region or of one below it."""
    table, chain = plan.tables["responsibilities"], world.region_chain(plan.descriptor["region_code"])
    for row in table.rows:
        organization = world.organizations.get(row["org_id"])
        if organization and organization["region_code"] not in chain:
            facts = {"org": row["org_id"], "region": organization["region_code"], "chain": ", ".join(chain)}
            yield at(table, row, "org_id", **facts)


def foreign_id(world: World, plan: Package) -> Iterator[Hit]:
    """The ids of a plan's rows begin with the plan's id, which keeps them unique among all plans. A wrong plan_id is
    folder_differs' to say."""
    own = (f"{plan.descriptor['plan_id']}-", f"{plan.folder.name}-")
    for table in plan.tables.values():
        key = table.columns[0]
        if table.name != "responsibilities":
            for row in table.rows:
                if not row[key].startswith(own):
                    yield at(table, row, key, id=row[key], plan=plan.descriptor["plan_id"])


def parent_not_before(world: World, plan: Package) -> Iterator[Hit]:
    """A heading stands before what is under it, a task before its parts; so no row is above itself."""
    for name in ("clauses", "tasks"):
        yield from _late_parents(plan.tables[name], "parent_id")


def region_parent_not_before(world: World) -> Iterator[tuple[Package, Hit]]:
    """A region stands before those that belong to it."""
    registry = world.project.registry
    for hit in _late_parents(registry.tables["regions"], "parent_code"):
        yield registry, hit


def _late_parents(table: Table, column: str) -> Iterator[Hit]:
    known = {row[table.columns[0]] for row in table.rows}
    seen: set[str] = set()
    for row in table.rows:
        if row[column] in known and row[column] not in seen:
            yield at(table, row, column, id=row[table.columns[0]], parent=row[column])
        seen.add(row[table.columns[0]])


def too_deep(world: World, plan: Package) -> Iterator[Hit]:
    """Clauses and tasks are nested as documents are, so that whoever walks them comes to an end."""
    for name in ("clauses", "tasks"):
        table, depths = plan.tables[name], dict[str, int]()
        for row in table.rows:
            key = row[table.columns[0]]
            depths[key] = depths.get(row["parent_id"], 0) + 1
            if depths[key] == DEEPEST + 1:  # those below it would say the same
                yield at(table, row, "parent_id", id=key, depth=depths[key], most=DEEPEST)


def ids_rise(world: World, package: Package) -> Iterator[Hit]:
    """The actual figures and their sources stand in the order of their ids. One hit for a table."""
    for table in package.tables.values():
        column, before = table.columns[0], ""
        for row in table.rows:
            if (len(row[column]), row[column]) < (len(before), before):
                yield at(table, row, column, value=row[column], before=before)
                break
            before = row[column]


def ids_skip(world: World, package: Package) -> Iterator[Hit]:
    """The last actual figure, and the last source, have the number behind the one before: of plans `id_missing` asks
    for more. No id has more zeros than the first of its table."""
    for name, table in package.tables.items():
        if not table.rows or not (name in (*_WITH_IDS, "updates") or package.kind == "observations"):
            continue
        yield from _ids_of_another_width(table)
        column = table.columns[0]
        ids = sorted({row[column] for row in table.rows}, key=lambda each: (len(each), each))[-2:]
        before, last = ids[0], ids[-1]
        one, other = _ID.match(before), _ID.match(last)
        if package.kind != "observations" or not one or not other or one[1] != other[1]:
            continue
        if int(other[2]) > int(one[2]) + 1:
            row = next(each for each in table.rows if each[column] == last)
            meant = f"{one[1]}{int(one[2]) + 1:0{len(one[2])}d}"
            yield at(table, row, column, value=last, meant=meant)


_ID = re.compile("^(.*?)([0-9]+)$")


def _ids_of_another_width(table: Table) -> Iterator[Hit]:
    """Ids with more zeros than the first one has: n0004 behind n001."""
    column = table.columns[0]
    first = _ID.match(table.rows[0][column])
    for row in table.rows[1:]:
        own = _ID.match(row[column])
        if first and own and own[2].startswith("0") and len(own[2]) > len(first[2]):
            yield at(table, row, column, value=row[column], meant=own[1] + own[2][len(own[2]) - len(first[2]) :])


def row_twice(world: World, plan: Package) -> Iterator[Hit]:
    """No two rows differ in nothing but their ids."""
    for name, table in plan.tables.items():
        own, first = table.columns[0], dict[tuple[Any, ...], Row]()
        for row in table.rows if name in _WITH_IDS else ():
            other = first.setdefault(tuple(row[column] for column in table.columns[1:]), row)
            if other is not row and other[own] != row[own]:
                facts = {"value": other[own], "first": other.line, "columns": ", ".join(table.columns[1:])}
                yield at(table, row, own, **facts)


def row_order(world: World, plan: Package) -> Iterator[Hit]:
    """Rows stand in the order of the document: by the clause, or the task, they belong to. One hit for a table."""
    clauses = {row["clause_id"]: number for number, row in enumerate(plan["clauses"])}
    tasks = {row["task_id"]: number for number, row in enumerate(plan["tasks"])}
    for table in plan.tables.values():
        column = (
            "clause_id" if "clause_id" in table.columns[1:] else "task_id" if table.name == "responsibilities" else ""
        )
        places = clauses if column == "clause_id" else tasks
        before, last = -1, ""
        for row in table.rows if column else ():
            place = places.get(row[column], before)
            if place < before:
                yield at(table, row, column, value=row[column], before=last)
                break
            before, last = place, row[column]
        else:
            falls = [*_organizations_out_of_order(table)] if table.name == "responsibilities" else []
            if falls and not any(rank_differs(world, plan)):  # where a rank is wrong, that is what is said
                yield from falls


def _organizations_out_of_order(table: Table) -> Iterator[Hit]:
    """The first row of a task whose rank is lower than that of the row above."""
    for above, row in pairwise(table.rows):
        if above["task_id"] == row["task_id"] and (row["rank"] or 0) < (above["rank"] or 0):
            yield at(table, row, "rank", value=row["rank"], before=above["rank"])
            return


def missing_theme(world: World) -> Iterator[tuple[Package, Hit]]:
    """The theme of what belongs to no task and no concept is there."""
    registry = world.project.registry
    if OVERALL_THEME not in world.themes:
        yield registry, at(registry.tables["themes"], None, "theme_id", value=OVERALL_THEME)


def ambiguous_organization_name(world: World) -> Iterator[tuple[Package, Hit]]:
    """A spelling means one organization in one region."""
    registry = world.project.registry
    seen: set[tuple[str, str]] = set()
    for row in registry["organization_names"]:
        key = (row["region_code"], row["name"])
        if key in seen and len(world.names[key]) > 1:  # of two rows the later one was added
            meant = ", ".join(sorted(world.names[key]))
            yield (
                registry,
                at(
                    registry.tables["organization_names"],
                    row,
                    "name",
                    name=row["name"],
                    region=row["region_code"],
                    meant=meant,
                ),
            )
        seen.add(key)


def led_to(world: World, name: str) -> set[str]:
    """The ids of a table of the registry that rows of all packages, and the aliases, lead to."""
    columns = [(each.table, each.column) for each in vocabulary.references() if each.to_table == name]
    for table, resource in contract.tables("registry").items():
        keys = resource["schema"].get("foreignKeys", [])
        columns += [(table, key["fields"][0]) for key in keys if (key["reference"]["resource"] or table) == name]
    found = {
        row[column]
        for package in world.project.packages
        for table, column in columns
        for row in (package.tables[table].rows if table in package.tables else ())
    }
    found |= {row["id"] for row in world.project.registry["aliases"] if f"{row['kind']}s" == name}
    return found - {""}


def _unknown(name: str, index: Mapping[str, Any], package: Package) -> Iterator[Hit]:
    for reference in vocabulary.references():
        if reference.to_table != name or reference.table not in package.tables:
            continue
        table, column = package.tables[reference.table], reference.column
        field = contract.fields(contract.tables(package.kind)[table.name])[column]
        empty = not field.get("constraints", {}).get("required")
        otherwise = (
            ("；拿不准就留空", "; when in doubt leave it empty")
            if empty
            else ("，这一格必须填", "; the cell has to be filled")
        )
        for row in table.rows:
            if row[column] and row[column] not in index:
                facts = {"registry": name, "otherwise": otherwise[0], "otherwise_en": otherwise[1]}
                yield at(table, row, column, value=row[column], **facts)
