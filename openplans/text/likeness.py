"""How like two texts are: to the eye, and as names that one may have meant for the other.

Comes in: texts. Goes out: the names nearest to one, the piece of a text that looks like it, the character that differs.
Apart from rules/advice, which makes advice of it, because what is alike is asked of texts and not of problems.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

NEAR = 75
"""How alike two names have to be, of 100, for one to be offered for the other."""

_LOOKALIKES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "—": "-",
        "–": "-",
        "－": "-",
        "―": "-",
        "〇": "0",
        "○": "0",
        "、": ",",
        "。": ".",
    }
)
"""Marks that look alike, by one of them."""


def looks(text: str) -> str:
    """A text as the eye sees it: full width as half, no blanks, no letters without a shape."""
    folded = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    return "".join(each for each in folded if not each.isspace() and unicodedata.category(each) != "Cf").casefold()


def nearest(value: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The known names most like a value, the nearest first."""
    from rapidfuzz import fuzz, process, utils

    names = sorted(set(known) - {value})
    found = process.extract(value, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=most)
    return tuple(name for name, score, _ in found if score >= NEAR)


def looking_like(quote: str, text: str) -> str:
    """The piece of a text that looks like a quote; "" where none does."""
    places = [i for i, letter in enumerate(text) if looks(letter)]
    folded = [looks(text[i]) for i in places]
    whole, wanted = "".join(folded), looks(quote)
    at = whole.find(wanted) if wanted else -1
    if at < 0 or any(len(each) != 1 for each in folded):
        return ""
    return text[places[at] : places[at + len(wanted) - 1] + 1]


def difference(one: str, other: str) -> tuple[str, str]:
    """Which character differs first in two texts that look the same; nothing where they don't."""
    if one == other or looks(one) != looks(other):
        return "", ""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    here, there = _character(one[at : at + 1]), _character(other[at : at + 1])
    if at < len(one) and not looks(one[at]):
        return f"第 {at + 1} 个字是多出来的{here[0]}。", f"Character {at + 1} is one too many: {here[1]}."
    return (
        f"第 {at + 1} 个字不同：这里是{here[0]}，那里是{there[0]}。",
        f"Character {at + 1} differs: {here[1]} here, {there[1]} there.",
    )


def _character(letter: str) -> tuple[str, str]:
    if not letter:
        return "没有字", "nothing"
    code = f"U+{ord(letter):04X}"
    shown = letter if letter.isprintable() and not letter.isspace() else "空白或看不见的字符"
    return f"“{shown}”（{code}）", f"“{letter if letter.isprintable() else ' '}” ({code})"
