"""Another mind proposes, only proof decides: a program that reads the clauses as JSON and writes proposals as JSON.

Comes in: a plan and a command. Goes out: the proposals that the rules let pass, marked with their origin, and why the
others were not taken. The form of both documents is in docs/new-plan.md and in `SCHEMA`. Nothing here needs such a
program.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import tempfile
import threading
from decimal import Decimal, InvalidOperation
from typing import Any

import jsonschema

from openplans.drafting import store
from openplans.drafting.store import Draft
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.quantities import stating
from openplans.rules.quotes import occurrences
from openplans.schema import contract

PROPOSED = ("targets", "baselines", "projects", "references", "notes")
"""The tables that a program may propose for; tasks and units follow the document's own numbers and lists."""

_CELL = {"type": ["string", "number", "null"]}
SCHEMA: dict[str, object] = {
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

PATIENCE = 600
"""Seconds that a program may take; a language model reads ten thousand characters in a few minutes."""

MOST = 32 << 20
"""Bytes that an answer may have: more than a thousand times what a long plan needs."""

_LARGEST = 18
"""Digits before the point that a value may have, and places behind it; no plan promises more."""

_UNPRINTED = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What no cell of a table holds: control characters, line breaks, halves of characters."""


class Failed(Exception):
    """The program gave no proposals."""


def question(world: World, plan: Package) -> dict[str, object]:
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
            wrong = _unread(table, said) or _wrong(world, plan, table, row)
            if wrong:
                refused.append((f"{table} 第 {number} 条：{wrong[0]}", f"{table} {number}: {wrong[1]}"))
            else:
                draft[table].append(row)
    return draft, refused


def _asked(command: str, text: str) -> dict[str, list[dict[str, object]]]:
    """What a program answers, judged by the schema."""
    said = _run(command, text.encode())
    try:
        answer = json.loads(said, parse_constant=_refused_constant)
        jsonschema.validate(answer, SCHEMA)
    except (ValueError, RecursionError, jsonschema.ValidationError) as error:
        raise Failed(
            f"程序的回答不合格式 the answer is not of the form of docs/new-plan.md: "
            f"{(str(error) or 'too deep').splitlines()[0][:300]}"
        ) from error
    return dict(answer)


def _run(command: str, given: bytes) -> bytes:
    """Standard output of a program; Failed where it does not start, crashes, says too much or takes too long.

    Input and errors go through files, so that a program that reads or writes late blocks nobody (pipe deadlock).
    """
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as errors:
        asked.write(given)
        asked.seek(0)
        try:
            words = shlex.split(command)
            if not words:
                raise ValueError("no command")
            process = subprocess.Popen(
                words, stdin=asked, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
            )
        except (OSError, ValueError) as error:
            raise Failed(f"程序没有运行成 the program did not run: {error}") from error
        late = threading.Event()

        def stop() -> None:
            late.set()
            _end(process)

        timer = threading.Timer(PATIENCE, stop)
        timer.start()
        try:
            assert process.stdout
            said = process.stdout.read(MOST + 1)
            if len(said) > MOST:
                raise Failed(f"程序的回答超过 {MOST >> 20} MB the answer is longer than {MOST >> 20} MB")
            process.wait()
        finally:
            timer.cancel()
            _end(process)
            process.wait()
        if late.is_set():
            raise Failed(f"程序超过 {PATIENCE} 秒没有答完 the program did not finish in {PATIENCE} seconds")
        if process.returncode:
            errors.seek(0)
            told = errors.read()[-400:].decode("utf-8", "replace").strip()
            raise Failed(f"程序以 {process.returncode} 结束 the program ended with {process.returncode}: {told}")
        return said


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _refused_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _row(table: str, said: dict[str, object], row_id: str, origin: str) -> Row:
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
        number = None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None
    small = number is not None and number.is_finite() and -_LARGEST < number.adjusted() < _LARGEST
    return number if small or number == 0 else None


def _unread(table: str, said: dict[str, object]) -> tuple[str, str] | None:
    """A cell of numbers that holds none, or one that no plan could mean."""
    for name, field in store.fields(table).items():
        if field["type"] == "number" and said.get(name) not in (None, "") and _number(said[name]) is None:
            return f"{name} 不是数：{str(said[name])[:20]}", f"{name} is no number: {str(said[name])[:20]}"
    return None


def _wrong(world: World, plan: Package, table: str, row: Row) -> tuple[str, str] | None:
    """Why a row can't be proposed: the quote is not in its clause once, its value not in the quote, a unit or code
    unknown.
    """
    if any(_UNPRINTED.search(each) for each in row.values() if isinstance(each, str)):
        return "有换行或控制字符", "it holds a line break or a control character"
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
