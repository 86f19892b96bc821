"""Charts -> drawings: SVG without scripts or styles, and specifications, kept by content between builds.

Comes in: Charts. Goes out: Drawings. Apart, because drawing is slow (about 0.1 s a chart) and the only step that needs
vl-convert, which carries Vega.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path

import vl_convert

from openplans.charts.chart import Chart, filled
from openplans.charts.style import FONT_SIZE, VARIABLES
from openplans.paths import HOUSE

MANY = 8
"""From how many charts on a process of their own, which takes a second to begin, is quicker."""

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


def draw(charts: Iterable[Chart], folder: Path) -> Iterator[Drawing]:
    """The drawing of each chart, in order, from `folder` where it was drawn before."""
    folder.mkdir(parents=True, exist_ok=True)
    for chart in charts:
        file = _file(chart, folder)
        if not file.exists():
            _draw(chart.specification(), file)
        yield Drawing(**json.loads(file.read_text(encoding="utf-8")))


@contextmanager
def drawing(charts: Sequence[Chart], folder: Path) -> Iterator[Iterator[Drawing]]:
    """What `draw` gives; where there is much to draw, on another core, while the context does other things."""
    missing = [chart for chart in charts if not _file(chart, folder).exists()]
    if len(missing) < MANY:
        yield draw(charts, folder)
        return
    # A program of its own rather than multiprocessing, which would import the whole build once more.
    command = [sys.executable, "-m", "openplans.charts", str(folder.absolute())]
    with tempfile.TemporaryFile() as told:
        pickle.dump(missing, told)
        told.seek(0)
        with subprocess.Popen(command, cwd=HOUSE, stdin=told) as process:
            try:
                yield _drawn(process, charts, folder)
            finally:
                process.kill()


def _drawn(process: subprocess.Popen[bytes], charts: Sequence[Chart], folder: Path) -> Iterator[Drawing]:
    if code := process.wait():
        raise subprocess.CalledProcessError(code, process.args)
    yield from draw(charts, folder)


def _file(chart: Chart, folder: Path) -> Path:
    """Where a drawing is kept: by all that it depends on."""
    depends = f"{chart.identity}\n{_version()}"
    return folder / f"{hashlib.sha256(depends.encode()).hexdigest()}.json"


def _draw(specification: dict[str, object], file: Path) -> None:
    """Draw into a file of its own name first, so that an interrupted build leaves no half a chart."""
    vega = vl_convert.vegalite_to_vega(specification)
    body, height = _cleaned(vl_convert.vega_to_svg(vega))
    drawing = {"body": body, "height": height, "vega": _json(vega), "vega_lite": _json(specification)}
    part = file.with_suffix(".part")
    part.write_text(json.dumps(drawing), encoding="utf-8")
    part.replace(file)


def _cleaned(svg: str) -> tuple[str, float]:
    """What stands inside Vega's SVG element, less all that shows nothing; and its height."""
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])
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
    sources = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return f"{version('vl-convert-python')} {hashlib.sha256(sources).hexdigest()}"
