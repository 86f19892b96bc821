"""Cuts text so that the full-text index of any SQLite (FTS5, no extension) finds Chinese.

Comes in: text as written, or words as typed. Goes out: the same with every Chinese character a word of its own, and an
FTS5 query for it. FTS5 takes a run of Chinese for one word and finds no part of it; cut, a phrase finds every substring:
養老 as well as 养老服务, two characters being enough. Standard library only: Datasette's plugin carries a copy.
"""

from __future__ import annotations

import re
import unicodedata

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters that are written without spaces: ideographs, radicals, 〇 and 々."""

_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_HAN_ONLY = re.compile(rf"[{_HAN}]")
_UNBROKEN = re.compile(rf"[{_HAN}]{{4,12}}")
"""A run typed without blanks that may hold two words: 平阳养老."""


def is_han(word: str) -> bool:
    """Whether a word is a Chinese character."""
    return bool(_HAN_ONLY.fullmatch(word))


def words(text: str) -> list[str]:
    """The words of a text: each Chinese character, and each run of letters or digits, whole and in lower case.

    Full-width forms count as the plain ones (NFKC): "ＡＩ养老33.5万亩" gives ai 养 老 33 5 万 亩.
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def cut(text: str) -> str:
    """Text for the index: its words with one blank between."""
    return " ".join(words(text))


def query(typed: str) -> str:
    """The FTS5 query for what a person types: every piece between blanks has to be there, as it is typed.

    平阳 养老 -> "平 阳" AND "养 老". Letters find words that begin so: urban -> "urban" *. A longer run of Chinese is
    also found in two pieces: 平阳养老 -> "平 阳 养 老" OR ("平 阳" AND "养 老"). Nothing in it is an operator; a
    query without any word finds nothing.
    """
    pieces = [_piece(piece) for piece in unicodedata.normalize("NFKC", typed).split()]
    return " AND ".join(piece for piece in pieces if piece) or '""'


def _piece(piece: str) -> str:
    whole = _phrase(piece)
    if not _UNBROKEN.fullmatch(piece):
        return whole
    halves = (f"({_phrase(piece[:at])} AND {_phrase(piece[at:])})" for at in range(2, len(piece) - 1))
    return f"({' OR '.join([whole, *halves])})"


def _phrase(piece: str) -> str:
    found = words(piece)
    if not found:
        return ""
    begun = found[-1].isascii() and found[-1].isalpha()
    return f'"{" ".join(found)}"{" *" if begun else ""}'
