"""The SQLite file that readers query, and the metadata that Datasette serves with it.

Comes in: the facts. Goes out: one database of all packages (the tables of `dataset`, the derived tables, the views
for readers, the search index, the dictionary of it all), its metadata, and the queries to start from.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from openplans.database import derived, search, tables, views
from openplans.database.metadata import metadata
from openplans.facts.model import Facts
from openplans.packages import dataset
from openplans.schema import contract

__all__ = ["metadata", "write"]


def write(facts: Facts, path: Path) -> int:
    """Write the database anew and return its number of rows. Same packages, same bytes (for one version of SQLite)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA page_size = 4096")
        with connection:
            rows = _fill(connection, facts)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise ValueError(f"foreign keys that lead nowhere: {broken[:3]}")
        connection.execute("ANALYZE")
        connection.execute("VACUUM")
    finally:
        connection.close()
    return rows


def _fill(connection: sqlite3.Connection, facts: Facts) -> int:
    """Tables, views and search index, in the order in which each builds on those before."""
    for resource in (*dataset.resources(), *contract.derived()):
        connection.executescript(tables.create(resource))
    for view in views.views():
        connection.execute(f'CREATE VIEW "{view.name}" AS {view.sql}')
    rows = sum(tables.insert(connection, name, records) for name, records in dataset.records(facts.packages))
    rows += sum(tables.insert(connection, name, records) for name, records in derived.records(facts))
    described = [*dataset.dictionary(contract.derived()), *views.dictionary()]
    rows += tables.insert(connection, dataset.DICTIONARY["name"], described)
    search.build(connection)
    return rows
