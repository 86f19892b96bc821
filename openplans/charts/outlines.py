"""Texts of an SVG -> outlines in letters of our own, as a printer asks for them.

Comes in: a chart as an SVG file. Goes out: the same, each text as the shapes of its letters (fonts/README.md). Apart,
because what draws a picture opens the file of a font anew for each letter of a text, two thirds of all its time, and
takes a font of the machine for what ours lack: so a picture has the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from lxml import etree

FONTS = Path(__file__).parent / "fonts"

_SVG = "{http://www.w3.org/2000/svg}"
EM = 1000
"""Units of our fonts to the size of a text, as in every font with cubic outlines (CFF)."""

_BOLD = 600
"""What CSS calls semi-bold: from here on the bold font is the nearer one."""


@dataclass(frozen=True)
class Letter:
    """A character of a font. `name`: its id in the picture; `path`: its shape as an SVG path; `advance`: how far the
    next one stands from it. Both count in EM units to the size of a text."""

    name: str
    path: str
    advance: float


@dataclass(frozen=True)
class TextOutline:
    """A text as letters. `scale`: how much of the SVG's units one of the font's is; `start`: where it begins, in the
    SVG's units; `letters`: the names of its letters, and how far each stands from there, in the font's units."""

    scale: float
    start: float
    letters: tuple[tuple[str, float], ...]


def outlined(svg: str) -> str:
    """The SVG with its texts as outlines; one with a character that the fonts lack stays a text."""
    root = etree.fromstring(svg.encode())
    shapes: dict[str, str] = {}
    for text in list(root.iter(f"{_SVG}text")):
        weight = "Bold" if int(text.get("font-weight", "400")) >= _BOLD else "Regular"
        letters = [found for each in text.text or "" if (found := letter(weight, each))]
        if len(letters) == len(text.text or ""):
            text.getparent().replace(text, _drawn(text, _line(text, letters)))
            shapes.update((each.name, each.path) for each in letters)
    definitions = etree.SubElement(root, f"{_SVG}defs")
    for name, path in shapes.items():
        etree.SubElement(definitions, f"{_SVG}path", id=name, d=path)
    return str(etree.tostring(root, encoding="unicode"))


@cache
def letter(weight: str, character: str) -> Letter | None:
    """A character in the font of a weight, "Regular" or "Bold"; None where the font lacks it."""
    font = _font(weight)
    glyph = font.getBestCmap().get(ord(character))
    if glyph is None:
        return None
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
    glyphs[glyph].draw(pen)
    return Letter(f"{weight}{ord(character):x}", pen.getCommands(), glyphs[glyph].width)


@cache
def _font(weight: str) -> TTFont:
    return TTFont(FONTS / f"OpenPlansSans-{weight}.otf", lazy=True)


def _line(text: etree._Element, letters: Sequence[Letter]) -> TextOutline:
    *starts, width = accumulate((each.advance for each in letters), initial=0.0)
    scale = _size(text) / EM
    shift = {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
    placed = zip((each.name for each in letters), starts, strict=True)
    return TextOutline(scale, float(text.get("x", "0")) - shift * scale, tuple(placed))


def _size(text: etree._Element) -> float:
    """The size of a text: its own, or that of what it stands in."""
    sizes = (element.get("font-size") for element in (text, *text.iterancestors()))
    return float(next(size for size in sizes if size))


def _drawn(text: etree._Element, line: TextOutline) -> etree._Element:
    """What stands for a text: its rim first, where it has one, so that no letter's rim lies over its neighbour."""
    drawn = etree.Element(f"{_SVG}g", _taken(text, "transform"))
    drawn.tail = text.tail
    layers = [_taken(text, "fill", "fill-opacity", "opacity")]
    if text.get("stroke"):
        width = float(text.get("stroke-width", "1")) / line.scale
        layers.insert(0, _taken(text, "stroke", "stroke-linejoin") | {"stroke-width": f"{width:.0f}"})
    place = f"translate({line.start:.3f},{text.get('y', '0')}) scale({line.scale:.6f},-{line.scale:.6f})"
    for paint in layers:
        letters = etree.SubElement(drawn, f"{_SVG}g", paint, transform=place)
        for name, at in line.letters:
            etree.SubElement(letters, f"{_SVG}use", href=f"#{name}", x=f"{at:.0f}")
    return drawn


def _taken(text: etree._Element, *names: str) -> dict[str, str]:
    """Those of the attributes that the text has."""
    return {name: text.get(name) for name in names if text.get(name)}
