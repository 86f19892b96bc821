"""Problems in print: for people, for GitHub, for programs.

Comes in: the problems of a check. Goes out: text. Whatever comes from a file is data: no letter of it ends a line,
moves a cursor or begins a command of GitHub's.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from html import escape

from openplans.problems import Problem, rules

MOST_ANNOTATIONS = 10
"""GitHub shows ten annotations of a kind for each step, and drops the rest."""

_SHOWN_LINES = 6
"""How many lines of a file are named of those that follow from a problem."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def plain(text: str) -> str:
    """A text in one line, with its control and direction characters as U+…."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found.group()):04X}>", text)


def text(problems: Sequence[Problem]) -> str:
    """Each problem: where, which rule, what and how to mend it, what follows from it, where the rule is explained."""
    return "\n".join(_told(each) for each in problems)


def _told(each: Problem) -> str:
    lines = [
        f"{plain(each.address)} {each.severity} {each.rule}",
        f"    {plain(each.zh)}",
        f"    {plain(each.en)}",
        f"    怎样改：{plain(each.hint_zh)}",
        f"    To mend: {plain(each.hint_en)}",
    ]
    if each.follows:
        zh, en = following(each)
        lines += [f"    {zh}", f"    {en}"]
    return "\n".join([*lines, f"    {each.docs}"])


def following(each: Problem) -> tuple[str, str]:
    """What follows from a problem, in both languages: how many rows, and where they are."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for address in each.follows:
        file, line, _ = address.rsplit(":", 2)
        places[plain(file.rpartition("/")[2] if file.startswith(each.file.rpartition("/")[0]) else file)].append(line)
    whole = all(lines == ["0"] for lines in places.values())
    zh = "；".join(file if lines == ["0"] else f"{file} 第 {_lines(lines, '、')} 行" for file, lines in places.items())
    en = "; ".join(file if lines == ["0"] else f"{file} lines {_lines(lines, ', ')}" for file, lines in places.items())
    count = len(each.follows)
    row = "file" if whole else "row"
    return (
        f"另有 {count} {'个文件' if whole else '行'}也是这样，或者因此出错：{zh}。",
        f"And {count} {row}{'s' if count > 1 else ''} that follow from it or are wrong alike: {en}.",
    )


def _lines(lines: list[str], comma: str) -> str:
    return comma.join(lines[:_SHOWN_LINES]) + (" …" if len(lines) > _SHOWN_LINES else "")


def github(problems: Sequence[Problem], changed: Sequence[str] = ()) -> str:
    """The most useful annotations as GitHub's workflow commands; `changed` are the files of the change."""
    chosen = useful(problems, changed)[:MOST_ANNOTATIONS]
    return "\n".join(_annotation(each) for each in chosen)


def useful(problems: Sequence[Problem], changed: Sequence[str] = ()) -> list[Problem]:
    """Problems with the most useful first: errors in files of the change, what much follows from, one of each rule."""
    seen: set[str] = set()
    first: list[tuple[bool, bool, bool, int, Problem]] = []
    for each in sorted(
        problems, key=lambda each: (each.severity != "error", each.file not in changed, -len(each.follows))
    ):
        first.append((each.severity != "error", each.file not in changed, each.rule in seen, len(first), each))
        seen.add(each.rule)
    return [each[-1] for each in sorted(first, key=lambda each: each[:-1])]


def _annotation(each: Problem) -> str:
    place = {"file": each.file, "line": max(each.line, 1), "col": max(each.column, 1), "title": each.rule}
    said = [
        f"{each.zh}{each.hint_zh}",
        f"{each.en} {each.hint_en}",
        *(following(each) if each.follows else ()),
        each.docs,
    ]
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items())
    return f"::{each.severity} {properties}::{_escaped(chr(10).join(map(plain, said)))}"


def _escaped(text: str, more: str = "") -> str:
    """A text in a workflow command: what would end it, as %XX."""
    return "".join(f"%{ord(each):02X}" if each in f"%\r\n{more}" else each for each in text)


def summary(problems: Sequence[Problem]) -> str:
    """All problems as a table in Markdown, for the summary of a workflow's run."""
    head = ["| | 位置 Place | 规则 Rule | 问题 Problem |", "|---|---|---|---|"]
    return "\n".join([*head, *(_line(each) for each in problems)]) + "\n"


def _line(each: Problem) -> str:
    mark = "❌" if each.severity == "error" else "⚠️"
    cells = [mark, each.address, each.rule, f"{each.zh}{each.hint_zh} {each.en} {each.hint_en}"]
    return (
        "| "
        + " | ".join(re.sub(r"([\\`*_{}\[\]|#@!])", r"\\\1", escape(plain(cell), quote=False)) for cell in cells)
        + " |"
    )


def as_json(problems: Sequence[Problem]) -> str:
    """All problems with their facts as one object."""
    found = [{**each.plain(), "facts": dict(each.facts), "docs": each.docs} for each in problems]
    for each in found:
        del each["details"]
    return json.dumps({"problems": found}, ensure_ascii=False, indent=2, default=str)


def junit(problems: Sequence[Problem]) -> str:
    """The problems as failed tests, one per problem; one passed test where there are none."""
    cases = [_case(each) for each in problems] or ['  <testcase classname="datapackages" name="check"/>']
    failures = sum(each.severity == "error" for each in problems)
    head = f'<testsuite name="check" tests="{len(cases)}" failures="{failures}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *cases, "</testsuite>"])


def _quoted(text: str) -> str:
    """An attribute's value; xml.sax, which does the same, loads an HTTP client first."""
    return f'"{escape(text)}"'


def _case(each: Problem) -> str:
    message = plain(f"{each.zh}{each.hint_zh} {each.en} {each.hint_en}")
    kind = "failure" if each.severity == "error" else "skipped"
    name, file = (_quoted(plain(part)) for part in (f"{each.rule} {each.line}:{each.column}", each.file))
    told = f" type={_quoted(each.rule)}" if kind == "failure" else ""
    return f"  <testcase classname={file} name={name}><{kind} message={_quoted(message)}{told}/></testcase>"


def sarif(problems: Sequence[Problem]) -> str:
    """The problems as SARIF 2.1.0, which code hosts show beside the lines."""
    used = sorted({each.rule for each in problems})
    described = [
        {"id": code, "shortDescription": {"text": rules()[code].hint_en}, "helpUri": f"docs/rules.md#{code}"}
        for code in used
    ]
    run = {
        "tool": {"driver": {"name": "openplans", "rules": described}},
        "results": [_result(each) for each in problems],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(each: Problem) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": each.file}}
    if each.line:
        place["region"] = {"startLine": each.line, "startColumn": max(each.column, 1)}
    words = plain(f"{each.zh}{each.hint_zh} {each.en} {each.hint_en}")
    return {
        "ruleId": each.rule, "level": each.severity, "message": {"text": words},
        "locations": [{"physicalLocation": place}],
    }  # fmt: skip


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": text, "github": github, "json": as_json, "junit": junit, "sarif": sarif,
}  # fmt: skip
"""How problems can be printed, by the name of the option."""


def on_github() -> bool:
    """Whether a workflow of GitHub runs this."""
    return os.environ.get("GITHUB_ACTIONS") == "true"
