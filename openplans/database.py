"""The SQLite file, and the metadata that Datasette serves with it.

Comes in: a valid World. Goes out: one database of all packages, with keys, indexes
and its own data dictionary, and Datasette's metadata. The tables are those of the
contract; a plan's tables get a `plan_id`, and its descriptor becomes a row of `plans`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from openplans import contract
from openplans.link import World

NAME = "openplans"
"""What Datasette calls the database: the file's name without .db."""

LICENCE, LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"

PLAN_FIELDS = ("plan_id", "region_code", "title_zh", "title_en", "doc_number", "issuer", "issued", "published", "effective_start",
               "effective_end", "source_url", "source_sha256", "version", "updated")  # fmt: skip
"""The properties of a plan's descriptor that the table `plans` keeps, in order."""

RENAMED = {"references": "figure_references"}
"""Tables whose name is a word of SQL."""

BETWEEN_PACKAGES = {
    ("tasks", "theme_id"): ("themes", "theme_id"),
    ("responsibilities", "org_id"): ("organizations", "org_id"),
    ("targets", "concept_id"): ("concepts", "concept_id"),
    ("targets", "unit"): ("units", "unit"),
    ("baselines", "concept_id"): ("concepts", "concept_id"),
    ("baselines", "unit"): ("units", "unit"),
    ("observations", "region_code"): ("regions", "region_code"),
    ("observations", "concept_id"): ("concepts", "concept_id"),
    ("observations", "unit"): ("units", "unit"),
    ("plans", "region_code"): ("regions", "region_code"),
}
"""Foreign keys that a data package cannot state, because they leave it."""

LABELS = {
    "regions": "name_zh",
    "organizations": "name_zh",
    "themes": "name_zh",
    "concepts": "name_zh",
    "plans": "title_zh",
    "tasks": "title",
    "clauses": "text",
    "targets": "indicator",
}
"""The column by which Datasette names a row that a foreign key leads to."""

FACETS = {
    "targets": ["plan_id", "comparator", "period_end"],
    "tasks": ["plan_id", "theme_id"],
    "responsibilities": ["plan_id", "role"],
    "clauses": ["plan_id", "kind"],
    "notes": ["plan_id", "kind"],
    "figure_references": ["plan_id", "reason"],
    "organizations": ["region_code", "kind"],
}

_SQL_TYPES = {"integer": "INTEGER", "number": "REAL"}

DICTIONARY = {
    "name": "data_dictionary",
    "title": "数据字典",
    "title_en": "Data dictionary",
    "description": "每张表和每一列的含义",
    "description_en": "What every table and column means",
}
_DICTIONARY_FIELDS = {
    "table_name": ("表", "Table"),
    "column_name": ("列；空为表本身", "Column; empty for the table itself"),
    "title_zh": ("名称", "Title (Chinese)"),
    "title_en": ("英文名称", "Title (English)"),
    "description_zh": ("说明", "Description (Chinese)"),
    "description_en": ("英文说明", "Description (English)"),
}


def write(world: World, path: Path) -> int:
    """Write the database anew and return its number of rows. Same packages, same bytes (for one version of SQLite)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA page_size = 4096")
        with connection:
            for resource in _resources():
                connection.executescript(_create(resource))
            rows = sum(_insert(connection, name, records) for name, records in _records(world))
            rows += _insert(connection, DICTIONARY["name"], list(_dictionary()))
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise ValueError(f"foreign keys that lead nowhere: {broken[:3]}")
        connection.execute("VACUUM")
    finally:
        connection.close()
    return rows


def metadata(world: World) -> dict[str, Any]:
    """Datasette's metadata: titles, licence, source, labels, facets and the meaning of every column."""
    tables = {}
    for resource in _resources():
        name = resource["name"]
        tables[name] = {
            "title": f"{resource['title']} {resource['title_en']}",
            "description": f"{resource.get('description', '')} {resource.get('description_en', '')}".strip(),
            "columns": {
                each["name"]: f"{each['title']}。{each.get('description', '')}".strip()
                for each in resource["schema"]["fields"]
            },
            "facets": FACETS.get(name, []),
            "size": 50,
        }
        if name in LABELS:
            tables[name]["label_column"] = LABELS[name]
    return {
        "title": "Open Plans 政府计划开放数据",
        "description": "省、市、县计划的目标、任务、项目和责任清单；每个数都有原文引句。",
        "license": LICENCE,
        "license_url": LICENCE_URL,
        "source": "各计划的公开文件:" + "、".join(plan.descriptor["title_zh"] for plan in world.project.plans),
        "databases": {
            NAME: {"title": "全部计划 All plans", "description": "每张表的含义见 data_dictionary。", "tables": tables}
        },
    }


def _resources() -> list[dict[str, Any]]:
    """Every table of the database as a resource: the contract's, `plans`, and the dictionary."""
    found = [*contract.tables("registry").values(), *contract.tables("observations").values(), _plans()]
    for resource in contract.tables("plan").values():
        schema = resource["schema"]
        plan_id = {
            "name": "plan_id",
            "type": "string",
            "title": "计划",
            "title_en": "Plan",
            "constraints": {"required": True},
        }
        keys = [
            *schema.get("foreignKeys", []),
            {"fields": ["plan_id"], "reference": {"resource": "plans", "fields": ["plan_id"]}},
        ]
        fields = [schema["fields"][0], plan_id, *schema["fields"][1:]]
        found.append(
            {**resource, "name": _table(resource["name"]), "schema": {**schema, "fields": fields, "foreignKeys": keys}}
        )
    fields = [
        {"name": name, "type": "string", "title": zh, "title_en": en} for name, (zh, en) in _DICTIONARY_FIELDS.items()
    ]
    return [*found, {**DICTIONARY, "schema": {"fields": fields, "primaryKey": ["table_name", "column_name"]}}]


def _plans() -> dict[str, Any]:
    properties = contract.descriptor_schema("plan")["properties"]
    fields = [
        {
            "name": name,
            "type": "string",
            "title": properties[name].get("title", name),
            "title_en": properties[name].get("description", name),
        }
        for name in PLAN_FIELDS
    ]
    return {
        "name": "plans", "title": "计划", "title_en": "Plans", "description": "每个计划的说明", "description_en": "What each plan is",
        "schema": {"fields": fields, "primaryKey": ["plan_id"]},
    }  # fmt: skip


def _create(resource: dict[str, Any]) -> str:
    """CREATE TABLE with its keys, the meaning of each column as a comment, and an index for each foreign key."""
    name, schema = resource["name"], resource["schema"]
    lines = []
    for field in schema["fields"]:
        required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
        lines.append(
            (
                f'"{field["name"]}" {_SQL_TYPES.get(field["type"], "TEXT")}{required}',
                f"{field['title']} / {field['title_en']}",
            )
        )
    lines.append((f"PRIMARY KEY ({_columns(schema['primaryKey'])})", ""))
    keys = list(_foreign_keys(resource))
    lines.extend((f'FOREIGN KEY ("{column}") REFERENCES "{table}" ("{key}")', "") for column, table, key in keys)
    body = "\n".join(
        f"  {sql}{',' if number < len(lines) else ''}{f'  -- {words}' if words else ''}"
        for number, (sql, words) in enumerate(lines, 1)
    )
    indexes = "".join(f'\nCREATE INDEX "{name}_{column}" ON "{name}" ("{column}");' for column, _, _ in keys)
    return f'CREATE TABLE "{name}" (\n{body}\n);{indexes}'


def _foreign_keys(resource: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(column, table, column there): those of the schema, then those between packages."""
    name = resource["name"]
    for key in resource["schema"].get("foreignKeys", []):
        reference = key["reference"]
        yield key["fields"][0], _table(reference["resource"]) or name, reference["fields"][0]
    for (table, column), (target, target_column) in BETWEEN_PACKAGES.items():
        if table == name:
            yield column, target, target_column


def _records(world: World) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(table, its rows) in the order in which foreign keys allow them."""
    project = world.project
    for package in (project.registry, project.observations):
        for table in package.tables.values():
            yield table.name, list(table.rows)
    yield "plans", [{name: plan.descriptor.get(name, "") for name in PLAN_FIELDS} for plan in project.plans]
    for name in contract.tables("plan"):
        yield _table(name), [{**row, "plan_id": plan.id} for plan in project.plans for row in plan[name]]


def _dictionary() -> Iterator[dict[str, str]]:
    for resource in _resources():
        for column, words in [("", resource), *((each["name"], each) for each in resource["schema"]["fields"])]:
            yield {
                "table_name": resource["name"], "column_name": column, "title_zh": words["title"], "title_en": words["title_en"],
                "description_zh": words.get("description", ""), "description_en": words.get("description_en", ""),
            }  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, records: list[dict[str, Any]]) -> int:
    """Insert the rows; what is empty is NULL, so that a foreign key may be left empty."""
    if records:
        marks = ", ".join("?" for _ in records[0])
        values = ([_value(cell) for cell in record.values()] for record in records)
        connection.executemany(f'INSERT INTO "{table}" ({_columns(list(records[0]))}) VALUES ({marks})', values)
    return len(records)


def _value(cell: Any) -> str | int | float | None:
    if cell == "" and isinstance(cell, str):
        return None
    return float(cell) if isinstance(cell, Decimal) else cell


def _columns(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _table(name: str) -> str:
    return RENAMED.get(name, name)
