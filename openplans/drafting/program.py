"""Another mind proposes, only proof decides: a program that reads the clauses as JSON and writes proposals as JSON.

Comes in: a plan and a command. Goes out: the proposals that the rules let pass, marked with their origin, and why the others
were not taken. The form of both documents is in docs/new-plan.md and in `SCHEMA`. Nothing here needs such a program.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from decimal import Decimal, InvalidOperation
from typing import Any

import jsonschema

from openplans.drafting import store
from openplans.drafting.store import Draft
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.provenance import occurrences
from openplans.rules.quantities import stating
from openplans.schema import contract

PROPOSED = ("targets", "baselines", "projects", "references", "notes")
"""The tables that a program may propose for; tasks and units follow the document's own numbers and lists."""

_CELL = {"type": ["string", "number", "null"]}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        table: {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["clause_id", "quote"],
                "additionalProperties": False,
                "properties": {
                    **dict.fromkeys(list(contract.fields(contract.tables("plan")[table]))[1:], _CELL),
                    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                },
            },
        }
        for table in PROPOSED
    },
}
"""What a program writes: rows by table, without ids."""

_PATIENCE = 600
"""Seconds that a program may take; a language model reads ten thousand characters in a few minutes."""


class Failed(Exception):
    """The program gave no proposals."""


def question(world: World, plan: Package) -> dict[str, Any]:
    """What a program is given: the clauses, the columns of the tables, the registry's words."""
    return {
        "plan": {name: plan.descriptor[name] for name in ("plan_id", "title_zh", "effective_start", "effective_end")},
        "clauses": [dict(row) for row in plan["clauses"]],
        "units": list(world.units),
        "concepts": [
            {name: row[name] for name in ("concept_id", "name_zh", "unit", "definition_zh")}
            for row in world.concepts.values()
        ],
        "tables": {table: list(contract.fields(contract.tables("plan")[table]).values()) for table in PROPOSED},
        "answer": SCHEMA,
    }


def proposals(world: World, plan: Package, command: str) -> tuple[Draft, list[tuple[str, str]]]:
    """The proposals of a program that pass, and what was wrong with the others."""
    answer = _asked(command, json.dumps(question(world, plan), ensure_ascii=False))
    draft: Draft = {table: [] for table in PROPOSED}
    refused = []
    origin = shlex.split(command)[0].rsplit("/", 1)[-1]
    for table in PROPOSED:
        for number, said in enumerate(answer.get(table, ()), 1):
            row = _row(table, said, f"draft-x{len(draft[table]) + 1:03}", origin)
            wrong = _wrong(world, plan, table, row)
            if wrong:
                refused.append((f"{table} 第 {number} 条：{wrong[0]}", f"{table} {number}: {wrong[1]}"))
            else:
                draft[table].append(row)
    return draft, refused


def _asked(command: str, text: str) -> dict[str, Any]:
    try:
        done = subprocess.run(
            shlex.split(command), input=text, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise Failed(f"程序没有运行成 the program did not run: {error}") from error
    if done.returncode:
        raise Failed(
            f"程序以 {done.returncode} 结束 the program ended with {done.returncode}: {done.stderr.strip()[-400:]}"
        )
    try:
        answer = json.loads(done.stdout)
        jsonschema.validate(answer, SCHEMA)
    except (json.JSONDecodeError, jsonschema.ValidationError) as error:
        raise Failed(
            f"程序的回答不合格式 the answer is not of the form of docs/new-plan.md: {str(error).splitlines()[0]}"
        ) from error
    return dict(answer)


def _row(table: str, said: dict[str, Any], row_id: str, origin: str) -> Row:
    """A program's row, typed as the table's."""
    first, *others = store.fields(table).values()
    row = Row({first["name"]: row_id})
    for field in others:
        value = said.get(field["name"])
        if field["type"] == "number":
            row[field["name"]] = _number(value)
        else:
            row[field["name"]] = "" if value is None else str(value)
    row.update(confidence=f"{said.get('confidence', 0.5):.2f}", rule="program", origin=origin)
    return row


def _number(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None


def _wrong(world: World, plan: Package, table: str, row: Row) -> tuple[str, str] | None:
    """Why a row can't be proposed: the quote is not in its clause once, its value not in the quote, a unit or code unknown."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    if clause is None:
        return f"没有条款 {row['clause_id']}", f"there is no clause {row['clause_id']}"
    if len(occurrences(clause["text"], row["quote"])) != 1:
        return f"引文“{row['quote'][:20]}”在条款里不是恰好一处", "its quote is not found in the clause exactly once"
    if row.get("value") is not None and stating(world, plan, row, "value") is None:
        return f"引文里没有 {row['value']}{row['unit']}", f"the quote does not state {row['value']}{row['unit']}"
    if row.get("unit") and row["unit"] not in world.units:
        return f"没有登记单位“{row['unit']}”", f"the unit {row['unit']} is not registered"
    for name, field in store.fields(table).items():
        allowed = field.get("constraints", {}).get("enum")
        if allowed and row[name] not in (*allowed, *(() if field["constraints"].get("required") else ("",))):
            return f"{name} 不能是“{row[name]}”", f"{name} can't be {row[name]!r}"
        if field.get("constraints", {}).get("required") and row[name] in ("", None):
            return f"缺少 {name}", f"{name} is missing"
    return None
