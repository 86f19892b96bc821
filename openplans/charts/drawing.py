"""Charts -> drawings: SVG without scripts or styles, and specifications, kept by content between builds.

Comes in: Charts. Goes out: Drawings. Apart, because drawing is slow (about 0.1 s a chart) and the only step that needs
vl-convert, which carries Vega.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path

import vl_convert

from openplans.build.store import digest, of_folders
from openplans.build.workshop import Made, Workshop
from openplans.charts.chart import Chart, filled
from openplans.charts.style import FONT_SIZE, VARIABLES

_FILE = "drawing.json"

_NEEDLESS = re.compile(
    r' (?:class|role|aria-[a-z]+|pointer-events|font-family|stroke-miterlimit|font-size="12px"|opacity="1")(?:="[^"]*")?'
)
_EMPTY = re.compile(
    r'<path d="" display="none"/>|<path d="M0,0h[\d.]+v[\d.]+h[-\d.]+Z"/>|<text[^>]*></text>|<g></g>|<g [^>]*></g>'
)
_TAG = re.compile(r"<[^>]+>")
_LONG = re.compile(r"-?\d+\.\d{3,}")


@dataclass(frozen=True)
class Drawing:
    """A chart drawn. `body`: what stands inside the SVG element, `height` its height (the width is style.WIDTH); `vega`
    and `vega_lite`: the specifications as JSON. Names are still slots in all of them."""

    body: str
    height: float
    vega: str
    vega_lite: str

    def svg(self, names: dict[str, str]) -> str:
        """The body for a page, whose variables colour it."""
        return _themed(filled(self.body, {slot: escape(name) for slot, name in names.items()}))

    def plain_svg(self, names: dict[str, str]) -> str:
        """The body for a file of its own, in the colours of the light theme."""
        return filled(self.body, {slot: escape(name) for slot, name in names.items()})

    def interactive(self, names: dict[str, str]) -> str:
        """The chart in Vega, coloured by the page's variables."""
        return _themed(filled(self.vega, _quoted(names)))

    def specification(self, names: dict[str, str]) -> str:
        """The chart in Vega-Lite."""
        return filled(self.vega_lite, _quoted(names))


def draw(chart: Chart) -> Drawing:
    """Draw a chart."""
    specification = chart.specification()
    vega = vl_convert.vegalite_to_vega(specification)
    body, height = _cleaned(vl_convert.vega_to_svg(vega))
    return Drawing(body=body, height=height, vega=_json(vega), vega_lite=_json(specification))


def drawings(charts: Iterable[Chart], shop: Workshop) -> Iterator[Drawing]:
    """The drawing of each chart, in order; what was drawn before is not drawn again."""
    for files in shop.made(_drawn, ((digest(chart.identity, _version()), chart) for chart in charts)):
        yield Drawing(**json.loads(shop.store.read(files[_FILE])))


def _drawn(chart: Chart) -> Made:
    return {_FILE: json.dumps(asdict(draw(chart))).encode()}


def _cleaned(svg: str) -> tuple[str, float]:
    """What stands inside Vega's SVG element, less all that shows nothing; and its height."""
    found = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)
    if found is None:
        raise ValueError(f"an SVG without a viewBox: {svg[:80]}")
    height = float(found[1])
    body = _NEEDLESS.sub("", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
    body = _TAG.sub(lambda tag: _LONG.sub(lambda long: f"{float(long[0]):.2f}".rstrip("0").rstrip("."), tag[0]), body)
    while (shorter := _EMPTY.sub("", body)) != body:
        body = shorter
    return f'<g font-size="{FONT_SIZE}">{body}</g>', height


def _themed(text: str) -> str:
    """Colours that follow the page: each one's variable, and itself where there is none."""
    for colour, variable in VARIABLES.items():
        text = text.replace(f'"{colour}"', f'"var({variable}, {colour})"')
    return text


def _quoted(names: dict[str, str]) -> dict[str, str]:
    """Names as they stand inside a JSON string."""
    return {slot: json.dumps(name, ensure_ascii=False)[1:-1] for slot, name in names.items()}


def _json(specification: object) -> str:
    return json.dumps(specification, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def _version() -> str:
    """This package and the tool that draws: when one changes, every chart is drawn anew."""
    return f"{version('vl-convert-python')} {of_folders(Path(__file__).parent)}"
