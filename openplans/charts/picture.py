"""SVG -> PNG, in letters of our own: the same bytes on every machine, whatever fonts it has.

Comes in: a chart as an SVG file. Goes out: the bytes of a PNG of few colours. Apart, because it needs the fonts of
`fonts/` (fonts/README.md) and costs more than all the rest of a chart.
"""

from __future__ import annotations

import io
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path

import vl_convert
from PIL import Image

from openplans.build.store import digest, of_folders

FONTS = Path(__file__).parent / "fonts"

FAMILY = "Open Plans Sans"

SCALE = 5 / 3
"""Pixels of a picture for each of the SVG: a wide one has 1200, which is what networks show of a shared page."""

_FAMILY = re.compile('font-family="[^"]*"')

COLOURS = 24
"""Charts have ten colours; the others are the edges of letters. 64 make a file half as large again."""


def png(svg: str) -> bytes:
    """A picture of an SVG. Its own fonts are replaced by ours."""
    _register()
    drawn = vl_convert.svg_to_png(_FAMILY.sub(f'font-family="{FAMILY}"', svg, count=1), scale=SCALE)
    few = (
        Image.open(io.BytesIO(drawn))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    )
    packed = io.BytesIO()
    few.save(packed, "PNG", compress_level=6)  # level 9 takes seven times as long for a tenth of the bytes
    return packed.getvalue()


def key(svg: str) -> str:
    """What identifies the picture of an SVG: it, the fonts, and what draws."""
    return digest(svg, _tools())


@cache
def _register() -> None:
    vl_convert.register_font_directory(str(FONTS))


@cache
def _tools() -> str:
    return f"{version('vl-convert-python')} {version('pillow')} {of_folders(FONTS)} {Path(__file__).read_bytes()!r}"
