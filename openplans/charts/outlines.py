"""Texts of an SVG -> outlines in letters of our own, as a printer asks for them.

Comes in: a chart as an SVG file. Goes out: the same, each text as one path along its letters (fonts/README.md). Apart,
because what draws a picture opens the file of a font anew for each letter of a text, two thirds of all its time, and
takes a font of the machine for what ours lack: so a picture has the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from lxml import etree

FONTS = Path(__file__).parent / "fonts"

_SVG = "{http://www.w3.org/2000/svg}"
EM = 1000
"""Units of our fonts to the size of a text, as in every font with cubic outlines (CFF)."""

_COMMANDS = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "qCurveTo": "q", "closePath": "z", "endPath": ""}
"""What a pen of fontTools is told -> the command of an SVG path."""

_BOLD = 600
"""What CSS calls semi-bold: from here on the bold font is the nearer one."""


@dataclass(frozen=True)
class Letter:
    """A character of a font. `path`: its shape as an SVG path, told from where it stands (relative commands);
    `advance`: how far the next one stands from it. Both count in EM units to the size of a text."""

    path: str
    advance: float


@dataclass(frozen=True)
class TextOutline:
    """A text as one path. `scale`: how much of the SVG's units one of the font's is; `start`: where it begins, in the
    SVG's units; `path`: its letters, in the font's units."""

    scale: float
    start: float
    path: str


def outlined(svg: str) -> str:
    """The SVG with its texts as outlines; one with a character that the fonts lack stays a text."""
    root = etree.fromstring(svg.encode())
    for text in list(root.iter(f"{_SVG}text")):
        weight = "Bold" if int(text.get("font-weight", "400")) >= _BOLD else "Regular"
        letters = [found for each in text.text or "" if (found := letter(weight, each))]
        if len(letters) == len(text.text or ""):
            text.getparent().replace(text, _drawn(text, _line(text, letters)))
    return str(etree.tostring(root, encoding="unicode"))


@cache
def letter(weight: str, character: str) -> Letter | None:
    """A character in the font of a weight, "Regular" or "Bold"; None where the font lacks it."""
    font = _font(weight)
    glyph = font.getBestCmap().get(ord(character))
    if glyph is None:
        return None
    glyphs, pen = font.getGlyphSet(), RecordingPen()
    glyphs[glyph].draw(pen)
    return Letter(_relative(pen.value), glyphs[glyph].width)


def _relative(drawn: Iterable[tuple[str, tuple[tuple[float, float], ...]]]) -> str:
    """What a pen drew as an SVG path of relative commands, so that a letter's is the same wherever it stands."""
    path, here, start = [], (0, 0), (0, 0)
    for command, points in drawn:
        steps = [(round(x) - here[0], round(y) - here[1]) for x, y in points]
        path.append(_COMMANDS[command] + " ".join(f"{x} {y}" for x, y in steps))
        here = (here[0] + steps[-1][0], here[1] + steps[-1][1]) if steps else start
        start = here if command == "moveTo" else start
    return "".join(path)


@cache
def _font(weight: str) -> TTFont:
    return TTFont(FONTS / f"OpenPlansSans-{weight}.otf", lazy=True)


def _line(text: etree._Element, letters: Sequence[Letter]) -> TextOutline:
    *starts, width = accumulate((each.advance for each in letters), initial=0.0)
    scale = _size(text) / EM
    shift = {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
    path = "".join(f"M{at:.0f} 0{each.path}" for each, at in zip(letters, starts, strict=True))
    return TextOutline(scale, float(text.get("x", "0")) - shift * scale, path)


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
        etree.SubElement(drawn, f"{_SVG}path", paint, transform=place, d=line.path)
    return drawn


def _taken(text: etree._Element, *names: str) -> dict[str, str]:
    """Those of the attributes that the text has."""
    return {name: text.get(name) for name in names if text.get(name)}
