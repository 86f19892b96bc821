"""Where the texts, axes, marks and lines of a drawn chart are: its SVG is read, nothing is measured from a font.

Comes in: what stands inside an SVG element. Goes out: boxes, and the texts that stand where they may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple
from xml.etree import ElementTree

from openplans.charts import layout
from openplans.charts.style import QUIET

_SHIFT = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
_LINE = re.compile(r"^M[-\d.]+,[-\d.]+(?:L[-\d.]+,[-\d.]+)+$")
_NUMBER = re.compile(r"-?[\d.]+")

ABOVE, BELOW = 9.5, 1.5
"""How far letters of 12 pixels reach above and below their baseline."""


MARK, LINE = "a mark", "a line"


class Box(NamedTuple):
    """A text, a line of an axis (`text` is ""), a MARK or a piece of a LINE, and the pixels that it takes."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Whether two have a pixel in common."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.5 and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5


def boxes(body: str) -> list[Box]:
    """Every text, every line of an axis with its ticks, every mark and every line between marks, piece by piece."""
    return list(_inside(ElementTree.fromstring(f"<g>{body}</g>"), 0, 0))


def faults(body: str, width: float) -> list[str]:
    """The texts that cover another, a tick, an axis, a mark or the line between two, or leave the chart."""
    found = [each for each in boxes(body) if each.text not in (MARK, LINE)]
    covered = [
        f"{one.text} covers {other.text or 'an axis'}"
        for one, other in combinations(found, 2)
        if one.covers(other) and (one.text or other.text)
    ]
    drawn = [each for each in boxes(body) if each.text in (MARK, LINE)]
    over = dict.fromkeys(
        f"{one.text} covers {other.text}" for one in found for other in drawn if one.text and one.covers(other)
    )
    leaving = [f"{each.text} leaves the chart" for each in found if each.left < -0.5 or each.right > width + 0.5]
    return [*covered, *over, *leaving]


def _inside(element: ElementTree.Element, x: float, y: float) -> Iterator[Box]:
    if shift := _SHIFT.search(element.get("transform", "")):
        x, y = x + float(shift[1]), y + float(shift[2])
    if element.tag == "text" and element.text:
        wide = layout.width(element.text, bold=element.get("font-weight") in ("700", "bold"))
        left = x - {"middle": 0.5, "end": 1}.get(element.get("text-anchor", ""), 0) * wide
        yield Box(element.text, left, y - ABOVE, left + wide, y + BELOW)
    if element.tag == "line" and element.get("stroke") == QUIET:
        ends = (x + float(element.get("x2", 0)), y + float(element.get("y2", 0)))
        yield Box("", min(x, ends[0]) - 0.5, min(y, ends[1]) - 0.5, max(x, ends[0]) + 0.5, max(y, ends[1]) + 0.5)
    if element.tag == "path" and element.get("stroke"):
        yield from _path(element.get("d", ""), x, y, float(element.get("stroke-width", 1)) / 2)
    for each in element:
        yield from _inside(each, x, y)


def _path(shape: str, x: float, y: float, half: float) -> Iterator[Box]:
    """A line in pieces, or the box of a mark; `half`: of the stroke."""
    numbers = [float(each) for each in _NUMBER.findall(shape)]
    spots = list(zip(numbers[::2], numbers[1::2], strict=False))
    if _LINE.match(shape):
        for one, other in pairwise(spots):
            for piece in layout.along(x + one[0], y + one[1], x + other[0], y + other[1]):
                yield Box(LINE, piece.x - half, piece.y - half, piece.x + half, piece.y + half)
    elif len(spots) > 1:
        reach = max(abs(spots[0][0]), abs(spots[0][1]))
        yield Box(MARK, x - reach - half, y - reach - half, x + reach + half, y + reach + half)
