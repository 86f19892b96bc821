"""The SQLite file, and the metadata that Datasette serves with it.

Comes in: a valid World. Goes out: one database of all packages (the tables of
`combined`), with keys, indexes and its own data dictionary, and Datasette's metadata.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from openplans import combined
from openplans.link import World

NAME = "openplans"
"""What Datasette calls the database: the file's name without .db."""

LICENCE, LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"

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


def write(world: World, path: Path) -> int:
    """Write the database anew and return its number of rows. Same packages, same bytes (for one version of SQLite)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA page_size = 4096")
        with connection:
            for resource in combined.resources():
                connection.executescript(_create(resource))
            rows = sum(_insert(connection, name, records) for name, records in combined.records(world))
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
    for resource in combined.resources():
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
    """(column, table, column there)."""
    name = resource["name"]
    for key in resource["schema"].get("foreignKeys", []):
        reference = key["reference"]
        yield key["fields"][0], reference["resource"] or name, reference["fields"][0]


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
