"""All packages as one set of tables: what the database and the downloads of everything consist of.

Comes in: the contract, and a valid World. Goes out: every table as a resource (its columns, their
meaning, its keys) and its rows. A plan's tables get a `plan_id`, its descriptor becomes a row of
`plans`, and the foreign keys that no single package can state are added. Apart, because two
formats are written from it and neither should know the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Field, ForeignKey, Resource, TableSchema, Titled

PLAN_FIELDS = (
    "plan_id",
    "region_code",
    "title_zh",
    "title_en",
    "doc_number",
    "issuer",
    "issued",
    "published",
    "effective_start",
    "effective_end",
    "source_url",
    "source_sha256",
    "version",
    "updated",
)
"""The properties of a plan's descriptor that the table `plans` keeps, in order."""

RENAMED = {"references": "figure_references"}
"""Tables whose name is a word of SQL."""

_DICTIONARY_FIELDS = {
    "table_name": ("表", "Table"),
    "column_name": ("列；空为表本身", "Column; empty for the table itself"),
    "type": ("类型", "Type"),
    "allowed": ("可取的值", "Allowed values"),
    "title_zh": ("名称", "Title (Chinese)"),
    "title_en": ("英文名称", "Title (English)"),
    "description_zh": ("说明", "Description (Chinese)"),
    "description_en": ("英文说明", "Description (English)"),
}
DICTIONARY: Resource = {
    "name": "data_dictionary",
    "title": "数据字典",
    "title_en": "Data dictionary",
    "description": "每张表和每一列的含义",
    "description_en": "What every table and column means",
    "schema": {
        "fields": [
            {"name": name, "type": "string", "title": zh, "title_en": en}
            for name, (zh, en) in _DICTIONARY_FIELDS.items()
        ],
        "primaryKey": ["table_name", "column_name"],
    },
}
"""The data dictionary as a table."""


def resources() -> list[Resource]:
    """Every table as a resource: the contract's, `plans`, and the dictionary; each with all its foreign keys."""
    plan_tables = [_of_plans(resource) for resource in contract.tables("plan").values()]
    shared = [*contract.tables("registry").values(), *contract.tables("observations").values()]
    return [_with_keys(resource) for resource in (*shared, _plans(), *plan_tables, DICTIONARY)]


def records(packages: Sequence[Package]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(table, its rows) in the order in which foreign keys allow
    them. `packages`: registry and observations, then the plans."""
    plans = packages[2:]
    for package in packages[:2]:
        for table in package.tables.values():
            yield table.name, list(table.rows)
    yield "plans", [{name: plan.descriptor.get(name, "") for name in PLAN_FIELDS} for plan in plans]
    for name in contract.tables("plan"):
        yield table_name(name), [{**row, "plan_id": plan.id} for plan in plans for row in plan[name]]
    yield DICTIONARY["name"], list(dictionary(resources()))


def dictionary(tables: Iterable[Resource]) -> Iterator[dict[str, str]]:
    """The data dictionary of tables: a row for each table and each column."""
    for resource in tables:
        yield from described(resource, resource["schema"]["fields"])


def described(table: Titled, columns: Iterable[Field]) -> Iterator[dict[str, str]]:
    """The rows of the data dictionary for one table or view: itself, then its columns."""
    name = table["name"]
    yield {"table_name": name, "column_name": "", "type": "", "allowed": "", **_meaning(table)}
    for each in columns:
        allowed = " ".join(each.get("constraints", {}).get("enum", []))
        column = {"table_name": name, "column_name": each["name"], "type": each["type"], "allowed": allowed}
        yield column | _meaning(each)


def _meaning(told: Titled | Field) -> dict[str, str]:
    return {
        "title_zh": told["title"],
        "title_en": told["title_en"],
        "description_zh": told.get("description", ""),
        "description_en": told.get("description_en", ""),
    }


def table_name(name: str) -> str:
    """What a table of a plan is called among all tables."""
    return RENAMED.get(name, name)


def _of_plans(resource: Resource) -> Resource:
    """A plan's table as that of all plans: with `plan_id` behind its first column."""
    first, *others = resource["schema"]["fields"]
    plan_id: Field = {
        "name": "plan_id",
        "type": "string",
        "title": "计划",
        "title_en": "Plan",
        "constraints": {"required": True},
    }
    fields = [first, plan_id, *others]
    keys = [*resource["schema"].get("foreignKeys", []), _key("plan_id", "plans", "plan_id")]
    schema: TableSchema = {**resource["schema"], "fields": fields, "foreignKeys": keys}
    return {**resource, "name": table_name(resource["name"]), "schema": schema}


def _with_keys(resource: Resource) -> Resource:
    """A resource whose foreign keys name the tables as they are called here, those between packages included."""
    name, schema = resource["name"], resource["schema"]
    between = [
        _key(each.column, each.to_table, each.to_column) for each in vocabulary.references() if each.table == name
    ]
    keys = [*schema.get("foreignKeys", []), *between]
    return {**resource, "schema": {**schema, "foreignKeys": keys}} if keys else resource


def _key(column: str, table: str, column_there: str) -> ForeignKey:
    return {"fields": [column], "reference": {"resource": table, "fields": [column_there]}}


def _plans() -> Resource:
    properties = contract.descriptor_schema("plan")["properties"]
    fields: list[Field] = [
        {
            "name": name,
            "type": "date" if properties[name].get("format") == "date" else "string",
            "title": properties[name].get("title", name),
            "title_en": properties[name].get("description", name),
        }
        for name in PLAN_FIELDS
    ]
    return {
        "name": "plans",
        "title": "计划",
        "title_en": "Plans",
        "description": "每个计划的说明",
        "description_en": "What each plan is",
        "schema": {
            "fields": fields,
            "primaryKey": ["plan_id"],
            "foreignKeys": [_key("region_code", "regions", "region_code")],
        },
    }


def version(world: World) -> str:
    """The version of the data as a whole: the registry's, which rises with every package's."""
    return str(world.project.registry.descriptor["version"])


def updated(world: World) -> str:
    """The date of the newest package (YYYY-MM-DD)."""
    return max(str(package.descriptor.get("updated", "")) for package in world.project.packages)
