"""The blanks that a document sets between Chinese and numbers for looks: 到 2025 年下降 14 %.

Comes in: text as printed. Goes out: the text without them, and where each of its letters stands in the printed one, so
that what is found in one is quoted from the other. Apart, because whoever reads a number meets them, and no pattern
should have to allow for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openplans.text.folding import folded

_HAN = "\u4e00-\u9fff"
_FOR_LOOKS = re.compile(
    rf"(?<=[{_HAN}、,;:。(“”≥≤<>≈]) (?=[0-9])(?<!年 (?=(?:19|20)[0-9]{{2}}))"
    rf"|(?<=[0-9%‰]) (?=[{_HAN}%‰、,;。)”/])"
    rf"|(?<=[{_HAN}]) (?=/)|(?<=/) (?=[{_HAN}])"
)
"""One blank; two part the columns of a table that was copied as text, and one between two years or two numbers may."""


@dataclass(frozen=True)
class Tight:
    """A text without blanks for looks: `places` are where its letters stand in the printed one."""

    text: str
    printed: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the text stands in the printed one."""
        return (self.places[start], self.places[end - 1] + 1) if start < end else (self.places[start],) * 2

    def as_printed(self, piece: str) -> str:
        """A piece of the text as it is printed; the piece itself where the text does not hold it."""
        start = self.text.find(piece)
        if not piece or start < 0:
            return piece
        begin, end = self.span(start, start + len(piece))
        return self.printed[begin:end]


def tight(text: str) -> Tight:
    """A text without the blanks that only part Chinese from numbers."""
    plain = folded(text)
    dropped = {found.start() for found in _FOR_LOOKS.finditer(plain)} if " " in plain else set()
    kept = tuple(place for place in range(len(text)) if place not in dropped)
    return Tight("".join(text[place] for place in kept), text, (*kept, len(text)))
