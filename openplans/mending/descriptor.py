"""The bytes of a datapackage.json, whoever saved them -> the descriptor as the contract's writer writes it.

Comes in: bytes and the kind of the package. Goes out: Mended. Marks of full width that stand where JSON has its own are
mended, a comma behind the last item too; what a text says is not touched.
"""

from __future__ import annotations

import json

from openplans.mending.tables import Mended, decoded
from openplans.packages.files import NotStrict, parse_json
from openplans.schema import contract

_MARKS = {
    "，": ",",
    "：": ":",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "\u3000": " ",
    "\u00a0": " ",
}
_QUOTES = {'"': '"', "“": "”", "”": "“", "＂": "＂"}
"""How a text may begin, and how it then ends besides by a plain quote."""


def mended_descriptor(data: bytes, kind: contract.PackageKind) -> Mended:
    """A descriptor in its one form, with the contract's resources."""
    result = Mended()
    text = decoded(data, result)
    if text is None:
        return result
    try:
        descriptor = parse_json(text)
    except json.JSONDecodeError:
        descriptor = _repaired(text, result)
    except NotStrict as error:
        return result.refuse(error.zh, error.en)
    if not isinstance(descriptor, dict) or not descriptor:
        return result.refuse(
            "不是有效的 JSON，引号、逗号或括号配不上", "it is no valid JSON: quotes, commas or brackets do not match"
        )
    resources = list(contract.resources(kind))
    if descriptor.get("resources") != resources:
        descriptor["resources"] = resources
        result.done.append(("表结构(resources)改为约定的", "its resources are the contract's"))
    result.text = contract.descriptor_text(descriptor)
    if result.text != text and not result.done:
        result.done.append(("缩进和换行按约定", "indented as agreed"))
    return result


def _repaired(text: str, result: Mended) -> object:
    """The value of JSON in whose structure stand marks of full width, or a comma too many."""
    try:
        value = parse_json(_plain_marks(text))
    except (json.JSONDecodeError, NotStrict):
        return None
    result.done.append(("全角标点和多余的逗号改正", "marks of full width and surplus commas are mended"))
    return value


def _plain_marks(text: str) -> str:
    """A text of JSON with ASCII marks outside of its strings, and no comma behind the last item. Strings may stand in
    Chinese quotes."""
    kept: list[str] = []
    end = ""
    letters = iter(text)
    for letter in letters:
        if end:
            if letter == "\\":
                kept.append(letter + next(letters, ""))
            elif letter in (end, '"') and (end != '"' or letter == '"'):
                kept.append('"')
                end = ""
            else:
                kept.append(letter)
        elif letter in _QUOTES:
            kept.append('"')
            end = _QUOTES[letter]
        else:
            mark = _MARKS.get(letter, letter)
            if mark in "}]":
                _drop_last_comma(kept)
            kept.append(mark)
    return "".join(kept)


def _drop_last_comma(kept: list[str]) -> None:
    """Take away the comma that ends what is kept so far, but for blanks."""
    last = next((place for place in range(len(kept) - 1, -1, -1) if not kept[place].isspace()), 0)
    if kept[last:][:1] == [","]:
        del kept[last]
