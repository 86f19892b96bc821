"""The descriptor of a package, and on which line each of its properties stands.

Comes in: the text of a datapackage.json. Goes out: its properties, or a Problem that tells what keeps it from being
one.
"""

from __future__ import annotations

import json
import re
from typing import Any

from openplans.packages.files import NotStrict, parse_json, unmerged
from openplans.problems import Problem, problem


def parsed(text: str, file: str, problems: list[Problem]) -> dict[str, Any]:
    if wrong := unmerged(text, file):
        problems.append(wrong)
        return {}
    try:
        descriptor = parse_json(text)
    except json.JSONDecodeError as error:
        zh, en = _json_error(error)
        problems.append(problem("not-json", file, error.lineno, error.colno, detail=zh, detail_en=en))
        return {}
    except NotStrict as error:
        problems.append(problem("not-json", file, detail=error.zh, detail_en=error.en))
        return {}
    if not isinstance(descriptor, dict) or not descriptor:
        facts = {"detail": "里面没有各项说明", "detail_en": "it holds no properties"}
        problems.append(problem("not-json", file, 1, 1, **facts))
        return {}
    return descriptor


def _json_error(error: json.JSONDecodeError) -> tuple[str, str]:
    """What keeps a text from being JSON, in both languages. Marks of full width look like those of JSON."""
    character = error.doc[error.pos : error.pos + 1]
    if character in "，：“”‘’｛｝［］；" and character:
        return f"“{character}”是全角的，要用半角", f"“{character}” is a full-width mark; JSON has the ASCII one"
    if character in "/#" and character:
        return "不能写注释（// 或 #）", "JSON has no comments (// or #)"
    if character == "'":
        return "要用双引号，不用单引号", "names and texts stand in double quotes, not single ones"
    if character in "}]" and character:
        return "最后一项后面多了逗号，或缺了一项", "a comma stands after the last item, or an item is missing"
    return {
        "Expecting ',' delimiter": ("这里缺少逗号", "a comma is missing here"),
        "Expecting ':' delimiter": ("这里缺少冒号", "a colon is missing here"),
        "Expecting value": ("这里缺少一个值", "a value is missing here"),
        "Extra data": ("结束之后还有别的内容", "something stands behind its end"),
    }.get(error.msg, ("引号、括号或转义写得不对", f"quotes, brackets or escapes are wrong ({error.msg})"))


def lines(descriptor: dict[str, Any], text: str) -> dict[str, int]:
    """The line of each property of a descriptor."""
    return {name: 1 + text[: at.start()].count("\n") for name in descriptor if (at := _property(name, text))}


def _property(name: str, text: str) -> re.Match[str] | None:
    """Where a property of the descriptor itself stands, as the contract's writer indents it."""
    return re.search(rf'(?m)^(?:\{{|  |\t)?"{re.escape(name)}"\s*:', text)
