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
from typing import Any

import vl_convert

from openplans.artifacts.builder import Builder, Made
from openplans.artifacts.store import digest, of_folders
from openplans.charts.chart import Chart, filled
from openplans.charts.style import FONT_SIZE, NARROW, PAGE, SIZES, VARIABLES, Size

_NEEDLESS = re.compile(
    r' (?:class|role|aria-[a-z]+|pointer-events|font-family|stroke-miterlimit|font-size="12px"|opacity="1")'
    r'(?:="[^"]*")?'
)
_EMPTY = re.compile(
    r'<path d="" display="none"/>|<path d="M0,0h[\d.]+v[\d.]+h[-\d.]+Z"/>|<text[^>]*></text>|<g></g>|<g [^>]*></g>'
)
_TEXT = re.compile(r"<text[^>]*>[^<]*</text>")
_HALO = re.compile(rf'<text[^>]* stroke="{PAGE}"[^>]*>[^<]*</text>')
_SPOT = re.compile(r'transform="[^"]*"|text-anchor="[^"]*"|>[^<]*<')
_RIM = f'stroke="{PAGE}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
_TAG = re.compile(r"<[^>]+>")
_LONG = re.compile(r"-?\d+\.\d{3,}")


@dataclass(frozen=True)
class Drawing:
    """A chart drawn for a size. `body`: what stands inside the SVG element, "" where the chart is only a sentence;
    `height`: its height; `vega` and `vega_lite`: the specifications as JSON. Names are still slots in all of them."""

    body: str = ""
    height: float = 0
    vega: str = ""
    vega_lite: str = ""

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


def draw(chart: Chart, size: Size = NARROW) -> Drawing:
    """Draw a chart for a size."""
    if chart.form == "equal":
        return Drawing()
    from openplans.charts import vega_lite  # Altair takes a second to import, and most builds draw nothing anew

    specification = vega_lite.specification(chart, size)
    vega = vl_convert.vegalite_to_vega(specification)
    body, height = _cleaned(vl_convert.vega_to_svg(vega))
    return Drawing(body=body, height=height, vega=_json(_live(vega)), vega_lite=_json(specification))


def drawings(charts: Iterable[Chart], builder: Builder) -> Iterator[dict[str, Drawing]]:
    """The drawings of each chart by the name of their size, in order; what was drawn before is not drawn again. The
    work begins at once."""
    made = builder.made(_drawn, ((digest(chart.identity, _version()), chart) for chart in charts))
    return (
        {name: Drawing(**json.loads(builder.store.read(files[f"{name}.json"]))) for name in SIZES} for files in made
    )


def _drawn(chart: Chart) -> Made:
    return {f"{name}.json": json.dumps(asdict(draw(chart, size))).encode() for name, size in SIZES.items()}


def _cleaned(svg: str) -> tuple[str, float]:
    """What stands inside Vega's SVG element, less all that shows nothing; and its height."""
    found = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)
    if found is None:
        raise ValueError(f"an SVG without a viewBox: {svg[:80]}")
    height = float(found[1])
    body = _once(_NEEDLESS.sub("", svg[svg.index(">") + 1 : svg.rindex("</svg>")]))
    body = _TAG.sub(lambda tag: _LONG.sub(lambda long: f"{float(long[0]):.2f}".rstrip("0").rstrip("."), tag[0]), body)
    while (shorter := _EMPTY.sub("", body)) != body:
        body = shorter
    return f'<g font-size="{FONT_SIZE}">{body}</g>', height


def _once(body: str) -> str:
    """The body with each text once: its halo, which Vega draws as a text of its own, becomes the text's rim
    (paint-order), so that who copies or searches the page meets a label once."""
    halos = {_spot(text) for text in _HALO.findall(body)}
    return _TEXT.sub(lambda text: _rimmed(text[0], halos), _HALO.sub("", body))


def _rimmed(text: str, halos: set[tuple[str, ...]]) -> str:
    return text.replace("<text", f"<text {_RIM}", 1) if _spot(text) in halos else text


def _spot(text: str) -> tuple[str, ...]:
    """Where a text stands, and what it says."""
    return tuple(_SPOT.findall(text))


def _live(vega: dict[str, Any]) -> dict[str, Any]:
    """The same for Vega in the browser: no halos, and labels with a rim, which the stylesheet paints first."""
    found = [mark for mark in vega["marks"] if not mark["name"].startswith("halo")]
    for mark in found:
        if mark["name"].startswith("label"):
            mark["encode"]["update"].update(
                stroke={"value": PAGE}, strokeWidth={"value": 3}, strokeJoin={"value": "round"}
            )
    return {**vega, "marks": found}


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
