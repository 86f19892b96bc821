"""Plans made of a few literal rows, for tests of what one rule says of them.

Comes in: rows with the columns that matter. Goes out: a Package with all its tables, a World around it, and what a
check says. Apart from the fixtures, which are whole projects: here a sentence, a row and the answer stand side by side.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from openplans.packages.link import World, link
from openplans.packages.read import Package, Row, Table, read_project
from openplans.paths import Paths
from openplans.rules.hits import PlanCheck, ProjectCheck
from openplans.schema import contract
from tests.conftest import TINY

TINY_PROJECT = read_project(Paths.of(TINY))[0]

NAME = "990101-made-2023"

HEAD = {
    "plan_id": NAME, "name": NAME, "region_code": "990101", "title": "例县方案", "title_zh": "例县方案(2023—2027年)",
    "issuer": "例县人民政府", "issued": "2023-05-01", "effective_start": "2023-01-01", "effective_end": "2027-12-31",
    "updated": "2025-03-01", "version": "1.0.0", "boilerplate": [],
}  # fmt: skip

Rows = list[dict[str, Any]]

_LETTERS = {"tasks": "k"}
_USUAL: dict[str, dict[str, Any]] = {
    "clauses": {"kind": "paragraph"},
    "targets": {"clause_id": "c1", "indicator": "农庄", "measure": "count", "comparator": "eq", "period_basis": "by"},
    "baselines": {"clause_id": "c1"}, "projects": {"clause_id": "c1"}, "tasks": {"clause_id": "c1"},
    "references": {"clause_id": "c1", "reason": "other"}, "notes": {"clause_id": "c1", "kind": "other"},
    "attachments": {"clause_id": "c1"},
}  # fmt: skip
"""What rows have unless told otherwise; besides, their ids are c1, c2, …, and clauses stand in order."""


def _table(kind: contract.PackageKind, name: str, rows: Rows) -> Table:
    fields = contract.fields(contract.tables(kind)[name])
    empty = {column: None if field["type"] in ("integer", "number") else "" for column, field in fields.items()}
    first, letter = next(iter(fields)), _LETTERS.get(name, name[0])
    found = []
    for number, row in enumerate(rows, 1):
        assert row.keys() <= fields.keys(), row.keys() - fields.keys()
        own = {} if name == "responsibilities" else {first: f"{letter}{number}"}
        order = {"order": number} if name == "clauses" else {}
        found.append(Row({**empty, **own, **order, **_USUAL.get(name, {}), **row}))
        found[-1].line = number + 1
    return Table(name, f"{name}.csv", tuple(fields), found)


def clause(text: str, above: str = "", **more: str) -> dict[str, Any]:
    """A clause, by what it says and what it stands under."""
    return {"text": text, "parent_id": above, **more}


def plan(head: dict[str, Any] | None = None, source: str = "", **tables: Rows) -> Package:
    """A plan with these rows; what is not told is empty."""
    made = {name: _table("plan", name, tables.get(name, [])) for name in contract.tables("plan")}
    own = {**HEAD, **(head or {})}
    for name, table in made.items():
        table.file = f"{own['name']}/{name}.csv"
    return Package("plan", Path(own["name"]), f"{own['name']}/datapackage.json", own, made, source=source)


def world(*plans: Package, **registry: Rows) -> World:
    """These plans with the registry of the tiny project, of which tables may be others."""
    tables = {**TINY_PROJECT.registry.tables, **{name: _table("registry", name, registry[name]) for name in registry}}
    return link(
        replace(TINY_PROJECT, plans=list(plans), registry=replace(TINY_PROJECT.registry, tables=tables, _by_id={}))
    )


def figures(sources: Rows, observations: Rows, left_out: Rows | None = None) -> Package:
    """The package of actual figures with these rows."""
    made = {
        "sources": _table("observations", "sources", sources),
        "observations": _table("observations", "observations", observations),
        "left_out": _table("observations", "left_out", left_out or []),
        "searches": _table("observations", "searches", []),
    }
    return replace(TINY_PROJECT.observations, tables=made, _by_id={})


def with_figures(around: World, package: Package) -> World:
    """A world with other actual figures."""
    return replace(around, project=replace(around.project, observations=package))


def said(check: PlanCheck, plan: Package, around: World | None = None) -> list[tuple[str, str]]:
    """(row, column) of each place at which a check finds a plan wrong."""
    return [(hit.key, hit.column) for hit in check(around or world(plan), plan)]


def facts(check: PlanCheck, plan: Package, name: str, around: World | None = None) -> list[Any]:
    """One of the facts of each place."""
    return [hit.facts[name] for hit in check(around or world(plan), plan)]


def of_registry(check: ProjectCheck, around: World) -> list[tuple[str, str]]:
    """(row, column) of each place at which a check finds a project wrong."""
    return [(hit.key, hit.column) for _, hit in check(around)]


def row(
    value: str | None, unit: str = "家", quote: str = "农庄5家", most: str | None = None, **more: Any
) -> dict[str, Any]:
    """A target of so many, as its sentence prints it."""
    numbers = {"value": None if value is None else Decimal(value), "value_max": None if most is None else Decimal(most)}
    return {**numbers, "unit": unit, "quote": quote, **more}
