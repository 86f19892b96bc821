"""A plan on the desk -> what the page shows: clauses with every number marked, proposals, progress, problems.

Comes in: a Desk. Goes out: plain data for JSON. Apart, so that the server knows nothing of rules and the page
nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable

from openplans import rules
from openplans.drafting import store
from openplans.drafting.deciding import Desk
from openplans.packages.link import link
from openplans.packages.read import Package, Row
from openplans.packages.write import cell_text
from openplans.problems import Problem
from openplans.rules.quantities import ACCOUNTED, accounted, own_number
from openplans.schema import contract, vocabulary
from openplans.text import quantities

DESCRIBED = ("title_en", "issuer", "issued", "doc_number", "effective_start", "effective_end", "source_url")
"""What a person may say of the plan as a whole."""


def state(desk: Desk) -> dict[str, object]:
    """Everything the page shows."""
    return {
        "revision": desk.revision,
        "plan": desk.plan.descriptor["plan_id"],
        "title": desk.plan.descriptor["title_zh"],
        "described": _described(desk),
        "clauses": _clauses(desk),
        "proposals": _proposals(desk),
        "rows": {table: len(desk.plan[table]) for table in store.TABLES},
        "tables": {table: _columns(table) for table in (*store.REGISTRY, *store.TABLES)},
        "reasons": [
            {"value": code.value, "zh": code.name_zh, "en": code.name_en} for code in _codes("references", "reason")
        ],
        "decided": len({each["number"] for each in desk.decided if each["action"] != "with"}),
    }


def _described(desk: Desk) -> list[dict[str, object]]:
    known = contract.descriptor_schema("plan")
    return [
        {
            "name": name,
            "zh": known["properties"][name].get("title", name),
            "value": desk.plan.descriptor.get(name, ""),
            "required": name in known["required"],
        }
        for name in DESCRIBED
    ]


def _clauses(desk: Desk) -> list[dict[str, object]]:
    done = _places(desk.plan, desk, {table: desk.plan[table] for table in ACCOUNTED})
    proposed = _places(desk.plan, desk, {table: desk.draft[table] for table in ACCOUNTED})
    found = []
    for clause in desk.plan["clauses"]:
        own = own_number(clause)
        marks = [
            {
                "start": each.start,
                "end": each.end,
                "text": clause["text"][each.start : each.end],
                "state": _state(clause["clause_id"], each.start, done, proposed),
            }
            for each in quantities.figures(clause["text"], desk.world.unit_names)
            if each.start >= own
        ]
        found.append({"id": clause["clause_id"], "kind": clause["kind"], "text": clause["text"], "marks": marks})
    return found


def _places(plan: Package, desk: Desk, tables: dict[str, list[Row]]) -> dict[str, set[int]]:
    """Where the figures begin that some rows account for, by clause."""
    found: dict[str, set[int]] = {}
    for table, rows in tables.items():
        for row in rows:
            found.setdefault(row["clause_id"], set()).update(accounted(desk.world, plan, table, row) or ())
    return found


def _state(clause: str, start: int, done: dict[str, set[int]], proposed: dict[str, set[int]]) -> str:
    if start in done.get(clause, ()):
        return "accounted"
    return "proposed" if start in proposed.get(clause, ()) else "open"


def _proposals(desk: Desk) -> list[dict[str, object]]:
    """The proposals in the order of the document; what belongs to the registry stands first."""
    order = {row["clause_id"]: row["order"] for row in desk.plan["clauses"]}
    texts = {row["clause_id"]: row["text"] for row in desk.plan["clauses"]}
    tasks = {row["task_id"]: row["clause_id"] for row in [*desk.plan["tasks"], *desk.draft["tasks"]]}
    organizations = {row["org_id"] for row in desk.draft["organizations"]}
    found = []
    for table in (*store.REGISTRY, *store.TABLES):
        for row in desk.draft[table]:
            if table == "organization_names" and row["org_id"] in organizations:
                continue  # comes with its organization
            clause = row.get("clause_id") or tasks.get(row.get("task_id", ""), "")
            place = texts.get(clause, "").find(row.get("quote") or row.get("name_in_source") or row.get("title") or "")
            cells = {name: cell_text(row[name]) for name in store.fields(table)}
            found.append(
                {
                    "table": table,
                    "id": store.key(table, row),
                    "clause": clause,
                    "place": place,
                    "cells": cells,
                    "confidence": float(row["confidence"] or 0),
                    "rule": row["rule"],
                    "origin": row["origin"],
                }
            )
    tables = {table: number for number, table in enumerate((*store.REGISTRY, *store.TABLES))}
    return sorted(found, key=lambda each: (order.get(each["clause"], 0), each["place"], tables[each["table"]]))


def _columns(table: str) -> dict[str, object]:
    kind: contract.PackageKind = "registry" if table in store.REGISTRY else "plan"
    resource = contract.tables(kind)[table]
    columns = [
        {
            "name": name,
            "zh": field["title"],
            "en": field["title_en"],
            "type": field["type"],
            "required": bool(field.get("constraints", {}).get("required")),
            "codes": [{"value": code.value, "zh": code.name_zh} for code in vocabulary.of_field(field).values()],
        }
        for name, field in store.fields(table).items()
    ]
    return {"zh": resource["title"], "en": resource["title_en"], "columns": columns}


def _codes(table: str, column: str) -> Iterable[vocabulary.Code]:
    return vocabulary.codes(table, column).values()


def problems(found: list[Problem]) -> list[dict[str, object]]:
    """Problems in words."""
    return [
        {
            "file": each.file.rsplit("/", 1)[-1],
            "line": each.line,
            "column": each.field,
            "rule": each.rule,
            "level": each.severity,
            "zh": each.zh,
            "en": each.en,
            "fix_zh": each.hint_zh,
            "fix_en": each.hint_en,
            "clause": each.facts.get("clause", "") if isinstance(each.facts.get("clause", ""), str) else "",
        }
        for each in found
    ]


def of_row(desk: Desk, table: str, row_id: str) -> list[dict[str, object]]:
    """What the rules say of one row of a desk that is not saved: the row as it is being typed."""
    if table not in store.TABLES:
        return []
    world, plan = link(desk.world.project), desk.plan
    row = next((each for each in plan[table] if store.key(table, each) == row_id), None)
    said = []
    for code, check in {**rules.PLAN_CHECKS, **rules.KEY_CHECKS}.items():
        for hit in check(world, plan):
            if row is not None and hit.row is row:
                said.append(hit.problem(code, plan))
    return problems(said)
