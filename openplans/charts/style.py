"""How every chart looks: sizes and colours.

Comes in: nothing. Goes out: constants. Apart, because templates/assets/openplans.css repeats the colours, and
has those of the dark theme (`VARIABLES` ties the two together), and a test measures how well readers tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Size:
    """A width for which charts are drawn. `width`: of the chart, in the units in which a letter is FONT_SIZE high;
    `plot`: the height of a plot of lines; `more`: how much higher it is for each label but one that stands at an
    earlier year than the last, among the lines; `shown`: the pixels of a picture of it, margins included."""

    name: Literal["wide", "narrow"]
    width: int
    plot: int
    more: int
    shown: int


NARROW = Size("narrow", 320, 150, 34, 340)
"""As wide as the column of a small phone, where its letters keep their size."""

WIDE = Size("wide", 600, 190, 0, 720)
"""As wide as a column of text on a desk, or a newspaper's picture
over two columns; its letters are a sixth larger there."""

SIZES: dict[str, Size] = {each.name: each for each in (WIDE, NARROW)}

SMALL = 84
"""The height of a plot of lines that shows one region alone."""

FONT_SIZE = 12
"""Pixels. The narrowest column that holds a chart, 294 pixels on a phone 360 wide, scales it to 11."""

LINES = ("#1438c8", "#e0480c", "#1f9d72", "#a0608e", "#5a3400", "#2a8fe6")
"""A colour for each region. Told apart by readers with protanopia and deuteranopia too: the test says how far."""

INK, QUIET, RULE, PAGE = "#17252a", "#55656b", "#dde5e7", "#ffffff"
"""Labels, and the line of the region of reference (the province, or what is above the others; which region has which
colour, `Chart.colours` says); axes and their words; grid; what shines through a hollow mark."""

VARIABLES = {
    **{colour: f"--op-line-{number}" for number, colour in enumerate(LINES, start=1)},
    INK: "--op-ink",
    QUIET: "--op-quiet",
    RULE: "--op-rule",
    PAGE: "--op-page",
}
"""The variable of the stylesheets that stands for each colour: light or dark as the page is."""

GAP = 14
"""Pixels from a label to the next one below it."""
