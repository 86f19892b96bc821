"""The derived tables: facts that the pages work out of the rows, for those who query.

Comes in: a valid World. Goes out: the tables of derived.toml as resources, and their rows. Worked out by the functions of
`derive`, once, so that a page and a query never disagree.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from openplans.facts import comparison, joins
from openplans.facts import series as derived_series
from openplans.facts.joins import Joined
from openplans.packages import dataset
from openplans.packages.link import World
from openplans.packages.read import Package

Records = list[dict[str, Any]]


@cache
def resources() -> tuple[dict[str, Any], ...]:
    """The derived tables as resources, in the order of derived.toml."""
    declared = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(_resource(table) for table in declared["table"])


def records(world: World) -> Iterator[tuple[str, Records]]:
    """(table, its rows) in the order of `resources`."""
    plans = world.project.plans
    targets = {plan.id: joins.targets(world, plan) for plan in plans}
    yield "target_facts", [_target(world, plan, row) for plan in plans for row in targets[plan.id]]
    yield "task_facts", [row for plan in plans for row in _tasks(world, plan)]
    yield "comparisons", list(_comparisons(world))


def dictionary() -> Iterator[dict[str, str]]:
    """The rows of the data dictionary for these tables."""
    return dataset.dictionary(resources())


def _resource(table: dict[str, Any]) -> dict[str, Any]:
    fields, keys = [], []
    for field in table["fields"]:
        words = {name: value for name, value in field.items() if name not in ("to", "there", "codes")}
        constraints = {"enum": field["codes"]} if "codes" in field else {}
        fields.append({**words, "constraints": constraints})
        if "to" in field:
            there = {"resource": field["to"], "fields": [field.get("there", field["name"])]}
            keys.append({"fields": [field["name"]], "reference": there})
    head = {name: value for name, value in table.items() if name not in ("key", "fields")}
    return {**head, "schema": {"fields": fields, "primaryKey": [table["key"]], "foreignKeys": keys}}


def _target(world: World, plan: Package, row: Joined) -> dict[str, Any]:
    number = derived_series.converted(world, row) if row["concept"] else math.nan
    known = not math.isnan(number)
    return {
        "target_id": row["target_id"],
        "region_code": plan.descriptor["region_code"],
        "theme_id": row["theme"]["theme_id"],
        "year": int(row["period_end"][:4]),
        "converted": number if known else None,
        "converted_unit": row["concept"]["unit"] if known else None,
        **_answers(row["answers"]),
    }


def _tasks(world: World, plan: Package) -> Iterator[dict[str, Any]]:
    answers = joins.responsibilities(world, plan)
    counts: dict[str, int] = {}
    for target in plan["targets"]:
        counts[target["task_id"]] = counts.get(target["task_id"], 0) + 1
    for row in plan["tasks"]:
        units = answers.get(row["task_id"], [])
        yield {
            "task_id": row["task_id"],
            "region_code": plan.descriptor["region_code"],
            **_answers(units),
            "unit_count": len(units),
            "target_count": counts.get(row["task_id"], 0),
        }


def _answers(units: list[Joined]) -> dict[str, str]:
    """The names of the units that lead, and of all others."""
    lead = [unit["organization"]["name_zh"] for unit in units if unit["role"] == "lead"]
    others = [unit["organization"]["name_zh"] for unit in units if unit["role"] != "lead"]
    return {"lead": "、".join(lead), "responsible": "、".join(others)}


def _comparisons(world: World) -> Iterator[dict[str, Any]]:
    found = comparison.comparisons(world, derived_series.series(world))
    for target_id, row in sorted(found.items()):
        reference = row["reference"]["target_id"] if row["reference"] else None
        yield {
            "target_id": target_id,
            "relation": row["relation"],
            "obstacle": row["obstacle"],
            "reference_id": reference,
        }
