"""Where things stand in a chart: plain arithmetic on pixels and values.

Comes in: numbers and texts. Goes out: numbers. Apart, because nothing here is measured from a font: a text's width is
estimated by its letters, so a chart's bytes are the same on every machine.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openplans.charts.style import FONT_SIZE

FAR = 0.5
"""Where the least value is more than this part of the greatest, an axis of rates need not begin at 0."""

LEAST = 1 / 3
"""An axis that does not begin at 0 reaches over this part of
the greatest value at least: 1.48 beside 1.54 is no cliff."""

NEAR = 0.9
"""From this part of the ceiling on, what matters of a share is
how far it is from there: 99.98 and 99.99 are told apart."""

TICKS = 4
"""How many steps an axis has, about."""

STRETCH = 4
"""Pixels of a line that stand for each other when a label looks for its place."""


_NARROW, _SLIM, _BROAD = frozenset(" .,:;'|iIjl"), frozenset("()[]-/frtJ"), frozenset("mwMW%≥≤>≈+")
"""Letters that are narrower than others, and wider ones."""


def width(text: str, bold: bool = False) -> float:
    """About how many pixels a text takes, in the widest of the usual fonts (DejaVu Sans): a Chinese character is as
    wide as high."""
    return FONT_SIZE * sum(_part(each, bold) for each in text)


def _part(letter: str, bold: bool) -> float:
    """How wide a letter is, as a part of its height."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1
    if letter in _NARROW:
        return 0.4 if bold else 0.34
    if letter in _SLIM:
        return 0.5 if bold else 0.42
    if letter in _BROAD:
        return 1.02 if bold else 0.95
    if letter.isupper():
        return 0.8 if bold else 0.72
    return 0.7 if bold else 0.63


def broken(text: str, room: float, scale: float = 1, bold: bool = False) -> list[str]:
    """A text broken into lines that fit in `room` in letters `scale` times as large: between words, or between Chinese
    characters, but no line begins with a sign that ends a phrase, nor ends with one that opens it."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width(lines[-1] + piece.rstrip(), bold) * scale > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def number(value: float) -> str:
    """A value as charts print it: 15,000; 99.98."""
    return f"{value:,.10g}"


_PIECE = re.compile(
    r"[（《“「〔]*(?:[^\s/\u2018-\u201d\u2e80-\uffef]+/*\s*|/+|[\u2e80-\uffef\u2018-\u201d])[，。；：、）》”」〕！？]*\s*|\s"
)
"""What is never broken: a word, a part of an address, or a Chinese character, with the signs that belong to it."""


def ticks(values: Sequence[float], ceiling: float | None = None, from_zero: bool = False) -> list[float]:
    """The ticks of an axis, from its first to its last value; it begins at 0 unless the values are far from it and may.

    `ceiling`: the value that cannot be exceeded (100 %): the axis ends there where the values come near. Whole values
    have whole ticks.
    """
    low, high = min(values), max(values)
    end = ceiling if ceiling is not None and ceiling * FAR <= high <= ceiling else max(high, 0.0)
    near = ceiling is not None and ceiling * NEAR <= low <= high <= ceiling
    if from_zero or low <= max(high, 0) * FAR:
        start = min(low, 0.0)
    elif near and low < end:
        start = end - 2 * (end - low)
    else:
        start = max(min(low - (high - low) / 2, end - high * LEAST), 0.0)
    step = _step((end - start) / TICKS or 1.0, whole=all(value % 1 == 0 for value in values))
    first, last = math.floor(start / step + 1e-9), math.ceil(end / step - 1e-9)
    return [round(each * step, 10) for each in range(first, max(last, first + 1) + 1)]


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places moved as little as it takes for none to be nearer than `gap` to another, between `low` and `high`."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = [min(max(places[index], low), high) for index in order]
    for at in range(1, len(moved)):
        moved[at] = max(moved[at], moved[at - 1] + gap)
    limit = high
    for at in reversed(range(len(moved))):
        moved[at] = min(moved[at], limit)
        limit = moved[at] - gap
    found = dict(zip(order, moved, strict=True))
    return [found[index] for index in range(len(places))]


@dataclass(frozen=True)
class Box:
    """A piece of a chart in pixels: its middle, and how far it reaches from there."""

    x: float
    y: float
    half_width: float
    half_height: float

    def covers(self, other: Box) -> bool:
        """Whether the two have a pixel in common."""
        beside = abs(self.x - other.x) < self.half_width + other.half_width
        return beside and abs(self.y - other.y) < self.half_height + other.half_height


def first_free(wanted: Sequence[Box], taken: Sequence[Box], points: Sequence[Box], lines: Sequence[Box]) -> Box | None:
    """The first of the boxes wanted that covers no taken one, nor a point, nor a line; where there is none, a line may
    pass behind it, then a point."""
    legible = [each for each in wanted if not any(each.covers(other) for other in taken)]
    free = [each for each in legible if not any(each.covers(other) for other in points)]
    clear = [each for each in free if not any(each.covers(other) for other in lines)]
    return next(iter(clear or free or legible), None)


def along(x: float, y: float, to_x: float, to_y: float) -> Iterator[Box]:
    """The boxes that a straight line from one point to another passes through, a few pixels each."""
    steps = max(1, math.ceil(max(abs(to_x - x), abs(to_y - y)) / STRETCH))
    for step in range(steps + 1):
        part = step / steps
        yield Box(x + (to_x - x) * part, y + (to_y - y) * part, 1, 1)


def thinned(places: Sequence[float], gap: float) -> list[int]:
    """Which of ascending places keep their label, so that none
    stands nearer than `gap` to the next; first and last do."""
    kept = [0]
    for index in range(1, len(places) - 1):
        if places[index] - places[kept[-1]] >= gap and places[-1] - places[index] >= gap:
            kept.append(index)
    return kept if len(places) == 1 else [*kept, len(places) - 1]


def _step(rough: float, whole: bool) -> float:
    """The round number at or above a rough step: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(rough, 1.0) if whole else rough))
    steps = [each * power for each in (1, 2, 2.5, 5, 10) if not whole or each * power % 1 == 0]
    return next(each for each in steps if each >= rough * 0.999999)
