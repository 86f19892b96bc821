"""Where the texts and the axes of a drawn chart are: its SVG is read, nothing is measured from a font.

Comes in: what stands inside an SVG element. Goes out: boxes, and the texts that stand where they may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

from openplans.charts import layout
from openplans.charts.style import QUIET

_SHIFT = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")

ABOVE, BELOW = 9.5, 1.5
"""How far letters of 12 pixels reach above and below their baseline."""


class Box(NamedTuple):
    """A text, or a line of an axis (`text` is ""), and the pixels that it takes."""

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
    """Every text, and every line of an axis with its ticks."""
    return list(_inside(ElementTree.fromstring(f"<g>{body}</g>"), 0, 0))


def faults(body: str, width: float) -> list[str]:
    """The texts that cover another, a tick or an axis, or leave the chart."""
    found = boxes(body)
    covered = [
        f"{one.text} covers {other.text or 'an axis'}"
        for one, other in combinations(found, 2)
        if one.covers(other) and (one.text or other.text)
    ]
    return covered + [f"{each.text} leaves the chart" for each in found if each.left < -0.5 or each.right > width + 0.5]


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
    for each in element:
        yield from _inside(each, x, y)
