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
from collections.abc import Callable, Container
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import IO, Any

import jsonschema

from openplans.drafting import store
from openplans.drafting.store import Draft
from openplans.packages import cells
from openplans.packages.link import World
from openplans.packages.quoted import occurrences, stating
from openplans.packages.read import Package, Row
from openplans.packages.write import cell_text
from openplans.problems import problem
from openplans.rules import indicators, wording
from openplans.rules.hits import PlanCheck
from openplans.schema.shapes import Field

PROPOSED = ("targets", "baselines", "projects", "references", "notes")
"""The tables that a program may propose for; tasks and units follow the document's own numbers and lists."""

RULE = "program"
"""The rule of all that programs propose."""

_CELL = {"type": ["string", "number", "null"]}


def _columns(table: str) -> dict[str, Field]:
    """The columns that a program fills: no id, and no `accepted`, since a person alone sets a rule aside."""
    _, *others = store.fields(table).items()
    return {name: field for name, field in others if name != "accepted"}


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
                    **dict.fromkeys(_columns(table), _CELL),
                    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                },
            },
        }
        for table in PROPOSED
    },
}
"""What a program writes: rows by table, without ids."""

_RESTS_ON: dict[str, Callable[[World, Package], Container[str]]] = {
    "concept_id": lambda world, plan: world.concepts,
    "near_concept_id": lambda world, plan: world.concepts,
    "theme_id": lambda world, plan: world.themes,
    "task_id": lambda world, plan: plan.by_id("tasks"),
    "restates": lambda world, plan: plan.by_id("targets"),
    "other_clause_id": lambda world, plan: plan.by_id("clauses"),
}
"""Where the row is found that a column names."""

_MISSHAPEN = {
    "additionalProperties": "有不认识的列",
    "required": "缺少 clause_id 或 quote",
    "minimum": "confidence 不在 0 到 1 之间",
    "maximum": "confidence 不在 0 到 1 之间",
}
"""What is wrong with the form of a row, by the keyword of JSON Schema that it breaks."""

PATIENCE = 600
"""Seconds that a program may take; a language model reads ten thousand characters in a few minutes."""

MOST = 32 << 20
"""Bytes that an answer may have: more than a thousand times what a long plan needs."""

_LARGEST = 18
"""Digits before the point that a value may have, and places behind it; no plan promises more."""

_PROOFS: dict[str, dict[str, PlanCheck]] = {
    "targets": {"comparator-differs": wording.comparator_differs},
    "projects": {
        "words-not-in-clause": indicators.words_not_in_clause,
        "project-name-differs": indicators.project_name_differs,
    },
}
"""The rules of the check that a row of a program has to pass besides, since they read nothing but its own sentence."""
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no cell of a table holds, and no message: control characters, line breaks, halves of characters."""


class Failed(store.Refused):
    """The program gave no proposals, and why, in both languages."""


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
        "tables": {table: [next(iter(store.fields(table).values())), *_columns(table).values()] for table in PROPOSED},
        "answer": SCHEMA,
    }


def proposals(world: World, plan: Package, command: str) -> tuple[Draft, list[tuple[str, str]]]:
    """The proposals of a program that pass, and what was wrong with the others."""
    answer = _asked(command, json.dumps(question(world, plan), ensure_ascii=False))
    draft: Draft = {table: [] for table in PROPOSED}
    refused = []
    for table in PROPOSED:
        form = jsonschema.Draft202012Validator(SCHEMA["properties"][table]["items"])
        for number, said in enumerate(answer.get(table, ()), 1):
            wrong = _misshapen(form, said) or _unread(table, said)
            row = Row() if wrong else _row(table, said, origin(command))
            if wrong := wrong or _wrong(world, plan, table, row):
                refused.append((f"{table} 第 {number} 条：{wrong[0]}", f"{table} {number}: {wrong[1]}"))
            else:
                draft[table].append(row)
    return draft, refused


def _asked(command: str, text: str) -> dict[str, list[Any]]:
    """What a program answers: lists of rows by table. The rows are judged one by one."""
    said = _run(command, text.encode())
    try:
        answer = json.loads(said, parse_constant=_refused_constant)
    except UnicodeDecodeError:
        raise Failed("程序的回答不是 UTF-8 编码", "the program's answer is not in UTF-8") from None
    except (ValueError, RecursionError) as error:
        told = _printed(str(error))
        raise Failed(f"程序的回答不是一份 JSON：{told}", f"the program's answer is no JSON: {told}") from None
    if not isinstance(answer, dict) or not all(isinstance(rows, list) for rows in answer.values()):
        raise Failed("程序的回答要是“表名：行的数组”", "the program's answer has to be lists of rows by table")
    if unknown := [_printed(table) for table in answer if table not in PROPOSED]:
        names = "、".join(PROPOSED)
        raise Failed(f"不能为 {unknown[0]} 提议，只能为 {names}", f"no rows can be proposed for {unknown[0]}")
    return answer


def _printed(said: str) -> str:
    """What a program has said, as a message may show it."""
    return _UNPRINTED.sub(" ", said)[:300].strip()


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
            raise Failed(f"程序没有运行成：{error}", f"the program did not run: {error}") from error
        said = _heard(process)
        if code := process.returncode:
            told = f"{code}: {_last_words(errors)}".rstrip(": ")
            raise Failed(f"程序没有正常结束：{told}", f"the program ended with {told}")
        return said


def _heard(process: subprocess.Popen[bytes]) -> bytes:
    """What a program says until it ends, which it has then, by itself or because it was ended."""
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
            raise Failed(f"程序的回答超过 {MOST >> 20} MB", f"the answer is longer than {MOST >> 20} MB")
        process.wait()
    finally:
        timer.cancel()
        _end(process)
        process.wait()
    if late.is_set():
        raise Failed(f"程序超过 {PATIENCE} 秒没有答完", f"the program did not finish in {PATIENCE} seconds")
    return said


def _last_words(errors: IO[bytes]) -> str:
    """The end of what a program wrote to standard error."""
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - 400))
    return _printed(errors.read().decode("utf-8", "replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _refused_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def origin(command: str) -> str:
    """What a program is called in its proposals."""
    return command and shlex.split(command)[0].rsplit("/", 1)[-1]


def _row(table: str, said: dict[str, object], origin: str) -> Row:
    """A program's row, typed as the table's; its id is given among those of others."""
    first, *others = store.fields(table).values()
    row = Row({first["name"]: ""})
    for field in others:
        value = said.get(field["name"])
        if field["type"] == "number":
            row[field["name"]] = _number(value)
        else:
            row[field["name"]] = "" if value is None else str(value)
    row.update(confidence=f"{said.get('confidence', 0.5):.2f}", rule=RULE, origin=origin)
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


def _misshapen(form: jsonschema.Draft202012Validator, said: object) -> tuple[str, str] | None:
    """What is wrong with the form of a row."""
    error = next(form.iter_errors(said), None)
    if error is None:
        return None
    where = f"{error.path[-1]} " if error.path else ""
    return _MISSHAPEN.get(error.validator, f"{where}写的不是文字或数"), _printed(f"{where}{error.message}")


def _wrong(world: World, plan: Package, table: str, row: Row) -> tuple[str, str] | None:
    """Why a row can't be proposed: the quote is not in its clause once, its value not in the quote, a unit unknown, or
    a cell that its column can't hold.
    """
    if any(_UNPRINTED.search(each) for each in row.values() if isinstance(each, str)):
        return "有换行或控制字符", "it holds a line break or a control character"
    clause = plan.by_id("clauses").get(row["clause_id"])
    if clause is None:
        return f"没有条款 {row['clause_id'][:80]}", f"there is no clause {row['clause_id'][:80]}"
    if len(occurrences(clause["text"], row["quote"])) != 1:
        return f"引文“{row['quote'][:20]}”在条款里不是恰好一处", "its quote is not found in the clause exactly once"
    if row.get("value") is not None and stating(world, plan, row, "value") is None:
        return f"引文里没有 {row['value']}{row['unit']}", f"the quote does not state {row['value']}{row['unit']}"
    if row.get("unit") and row["unit"] not in world.units:
        return f"没有登记单位“{row['unit'][:80]}”", f"the unit {row['unit'][:80]} is not registered"
    cells_wrong = (_wrong_cell(world, plan, field, row[name]) for name, field in _columns(table).items())
    return next(filter(None, cells_wrong), None) or _disproved(world, plan, table, row)


def _disproved(world: World, plan: Package, table: str, row: Row) -> tuple[str, str] | None:
    """What the check would say of a row whose words are not those of its clause, were it the only one of its table."""
    alone = replace(plan, tables={**plan.tables, table: replace(plan.tables[table], rows=[row])}, _by_id={})
    for code, rule in _PROOFS.get(table, {}).items():
        if hit := next(rule(world, alone), None):
            return hit.problem(code, plan).phrase
    return None


def _wrong_cell(world: World, plan: Package, field: Field, cell: Any) -> tuple[str, str] | None:
    """Why a column can't hold a cell: it is empty, none of its codes, of another form, or the id of no row."""
    name, limits, text = field["name"], field.get("constraints", {}), cell_text(cell)
    if not text:
        return (f"缺少 {name}", f"{name} is missing") if limits.get("required") else None
    if broken := cells.wrong(text, field):
        return problem(broken[0], "", field=name, **broken[1]).phrase
    known = limits.get("enum") or _RESTS_ON.get(name, lambda *_: (text,))(world, plan)
    form = re.fullmatch(limits.get("pattern", ".*"), text)
    if form is None or text not in known or cells.no_day(text, field):
        return f"{name} 不能是“{text[:20]}”", f"{name} can't be {text[:20]!r}"
    return None
