"""The tables of plans, cut by province: a folder each, as Hive names them (`region=330000`).

Comes in: the facts. Goes out: PublishedTables at parquet/<table>/region=<code>/<table>. DuckDB, Spark and pandas read
the folders as one table with a column `region`, and only those that a query asks for; a changed cell makes its
province's file anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from openplans.downloads.table import Origin, PublishedTable, Value, of_everything
from openplans.facts.model import Facts

FOLDER = "parquet"
"""Where they are below data/."""


def tables(facts: Facts, made: Origin) -> Iterator[PublishedTable]:
    """Each table that has a column plan_id, for each province that
    has a plan; empty ones too, so that every table is there."""
    chains = {plan_id: facts.registry.region_chain(plan.region.region_code) for plan_id, plan in facts.plan.items()}
    province = {plan_id: chain[-1] for plan_id, chain in chains.items()}
    for table in of_everything(facts, made):
        if any(field["name"] == "plan_id" for field in table.fields):
            rows = _by_province(table, province)
            for code in sorted(set(province.values())):
                yield replace(table, path=f"{FOLDER}/{table.name}/region={code}/{table.name}", rows=rows[code])


def _by_province(table: PublishedTable, province: Mapping[str, str]) -> Mapping[str, list[Mapping[str, Value]]]:
    found: defaultdict[str, list[Mapping[str, Value]]] = defaultdict(list)
    for row in table.rows:
        found[province[str(row["plan_id"])]].append(row)
    return found
