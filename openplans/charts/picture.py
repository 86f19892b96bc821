"""SVG -> PNG, in letters of our own: the same bytes on every machine, whatever fonts it has.

Comes in: a chart as an SVG file. Goes out: the bytes of a PNG of few colours. Apart, because a picture is kept by what
it shows, however often the page beside it changes.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pypdfium2
import vl_convert
from PIL import Image

from openplans.artifacts.store import digest, of_folders
from openplans.charts import outlines, style

SCALE = 5 / 3
"""Pixels of a picture for each of the SVG: a wide one has 1200, which is what networks show of a shared page."""

STEPS = 4
"""Shades of each colour of the charts towards the page, for the edges of letters and lines. Colours that Pillow chooses
by itself (24 by its octree) left the pale lines of the grid out of every tenth picture."""


def png(svg: str) -> bytes:
    """A picture of an SVG. Its own fonts are replaced by ours."""
    few = _drawn(outlines.outlined(svg)).quantize(palette=_palette(), dither=Image.Dither.NONE)
    packed = io.BytesIO()
    few.save(packed, "PNG", compress_level=4)  # level 6 takes half as long again for a twentieth of the bytes
    return packed.getvalue()


def _drawn(svg: str) -> Image.Image:
    """What an SVG shows. By way of PDF: vl-convert's own PNG would be packed at once and unpacked again, which takes
    longer than drawing."""
    with pypdfium2.PdfDocument(vl_convert.svg_to_pdf(svg)) as document:
        seen = document[0].render(scale=SCALE, may_draw_forms=False, prefer_bgrx=True, rev_byteorder=True)
        picture: Image.Image = seen.to_pil()
        return picture.convert("RGB")


@cache
def _palette() -> Image.Image:
    """An image that has the colours of all charts, in their shades."""
    few, page = Image.new("P", (1, 1)), Image.new("RGB", (1, 1), style.PAGE)
    colours = [Image.new("RGB", (1, 1), each) for each in style.VARIABLES]
    shades = {Image.blend(page, each, step / STEPS).tobytes() for each in colours for step in range(1, STEPS + 1)}
    few.putpalette(b"".join(sorted(shades)))
    return few


def key(svg: str) -> str:
    """What identifies the picture of an SVG: it, the fonts, and what draws."""
    return digest(svg, _tools())


@cache
def _tools() -> str:
    made_with = (version(each) for each in ("vl-convert-python", "pypdfium2", "pillow", "fonttools"))
    own = (Path(module).read_bytes() for module in (__file__, outlines.__file__, style.__file__))
    return digest(*made_with, of_folders(outlines.FONTS), *own)
