"""Where things stand in a chart: plain arithmetic on pixels and values.

Comes in: numbers and texts. Goes out: numbers. Apart, because nothing here is measured from a font: a text's width is
estimated by its letters, so a chart's bytes are the same on every machine.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, permutations
from typing import Literal

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
    wide as high. By `fsum`, for since Python 3.12 `sum` rounds otherwise, and a chart would be another there."""
    return FONT_SIZE * math.fsum(_part(each, bold) for each in text)


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
    return [line.rstrip().replace("\xa0", " ") for line in lines]


def number(value: float) -> str:
    """A value as charts print it: 15,000; 99.98."""
    return f"{value:,.10g}"


_LETTER = r"(?:\xa0|[^\s/\u2018-\u201d\u2e80-\uffef])"
_PIECE = re.compile(
    rf"[（《“「〔(]*(?:{_LETTER}*[\d%][a-zA-Z]?[\u4e00-\u9fff]|{_LETTER}+/*|/+|[\u2e80-\uffef\u2018-\u201d])"
    r"[，。；：、）》”」〕！？),]*[^\S\xa0]*|\s"
)
"""What is never broken: a word, a part of an address, a number with the Chinese character behind it (2027年, 5个), or a
Chinese character, with the signs that belong to it. A blank that does not break (U+00A0) is a letter of its word."""


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


@dataclass(frozen=True)
class Spot:
    """A place that a label may take: its box, the point it belongs to, what it costs, in pixels of distance, and the
    side on which it begins, where its text is shorter than the box."""

    box: Box
    point: Box
    cost: float
    align: Literal["left", "center", "right"] = "center"

    @property
    def leader(self) -> tuple[float, float]:
        """The point of the box that is nearest to the mark: a line from there leads to the label."""
        box = self.box
        across = min(max(self.point.x, box.x - box.half_width), box.x + box.half_width)
        return across, min(max(self.point.y, box.y - box.half_height), box.y + box.half_height)

    @property
    def far(self) -> bool:
        """Whether it stands so far from its point that a line has to lead there."""
        across, down = self.leader
        return math.hypot(across - self.point.x, down - self.point.y) > self.point.half_height + NEARBY

    @cached_property
    def room(self) -> list[Box]:
        """What it takes: its box, and the line that leads to it."""
        return [self.box, *(along(self.point.x, self.point.y, *self.leader) if self.far else ())]

    def free(self, taken: Iterable[Box]) -> bool:
        """Whether it covers no taken box."""
        return not any(one.covers(other) for other in taken for one in self.room)


NEARBY = 10
"""Pixels from the rim of a mark to a label that is seen to be its own."""

LINE, MARK, OTHERS = 15, 400, 60
"""What it costs, in pixels of distance, that a label covers a piece of a line (see STRETCH), that it covers a mark, and
that it stands nearer to another mark than to its own."""

ORDERS = 120
"""In how many orders labels are tried: all, up to five labels."""

NOWHERE = 1000
"""What it costs that a label finds no place at all."""


def ranked(spots: Iterable[Spot], points: Sequence[Box], lines: Sequence[Box]) -> list[Spot]:
    """The spots with what they take from the legibility of marks and lines, the cheapest first."""
    priced = (replace(each, cost=each.cost + _disturbance(each, points, lines)) for each in spots)
    return sorted(priced, key=lambda each: each.cost)


def placed(labels: Sequence[Sequence[Spot]], taken: Sequence[Box]) -> list[Spot | None]:
    """A spot for each label, of its ranked ones, so that none covers another or a taken box and all together cost
    least; None where there is none. Each takes the cheapest that those before it leave free, in many orders."""
    open_spots = [[each for each in spots if each.free(taken)] for spots in labels]
    tried = (_in_order(open_spots, order) for order in islice(permutations(range(len(labels))), ORDERS))
    return min(tried, key=lambda found: math.fsum(each.cost if each else NOWHERE for each in found))


def _in_order(labels: Sequence[Sequence[Spot]], order: Iterable[int]) -> list[Spot | None]:
    found: list[Spot | None] = [None] * len(labels)
    for index in order:
        others = [box for each in found if each for box in each.room]
        found[index] = next((each for each in labels[index] if each.free(others)), None)
    return found


def _disturbance(spot: Spot, points: Sequence[Box], lines: Sequence[Box]) -> float:
    """What a spot costs because it, or the line that leads to it,
    covers marks and lines, or is nearer to another mark."""
    others = [each for each in points if (each.x, each.y) != (spot.point.x, spot.point.y)]
    covered = LINE * sum(spot.box.covers(each) for each in lines) + MARK * sum(spot.box.covers(each) for each in points)
    if spot.far:
        return covered + MARK * sum(any(piece.covers(each) for piece in spot.room) for each in others)
    return covered + OTHERS * any(_distance(spot.box, each) < _distance(spot.box, spot.point) for each in others)


def _distance(box: Box, point: Box) -> float:
    """From the rim of a box to the middle of a mark."""
    across = max(abs(box.x - point.x) - box.half_width, 0)
    return math.hypot(across, max(abs(box.y - point.y) - box.half_height, 0))


def along(x: float, y: float, to_x: float, to_y: float) -> Iterator[Box]:
    """The boxes that a straight line from one point to another passes through, a few pixels each."""
    steps = max(1, math.ceil(max(abs(to_x - x), abs(to_y - y)) / STRETCH))
    for step in range(steps + 1):
        part = step / steps
        yield Box(x + (to_x - x) * part, y + (to_y - y) * part, 2, 2)


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
