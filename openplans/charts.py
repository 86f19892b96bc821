"""Derived rows -> Altair charts, and their static SVG.

Comes in: the points of one concept. Goes out: an SVG that stands inside a page,
follows the page's light or dark colours and needs no script. Apart, because
drawing is slow (about 80 ms a chart) and so kept by content between builds.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import vl_convert
from altair.utils.schemapi import debug_mode

WIDTH, HEIGHT = 190, 150
"""Pixels of the plot. With its padding the chart is as wide as a phone's column, where its letters
keep their size; elsewhere it is scaled up."""

PADDING = {"left": 52, "top": 30, "right": 92, "bottom": 26}
"""Pixels around the plot. Fixed, and room enough for every label: nothing in the layout is
measured from text, so the bytes do not depend on the fonts of the machine that draws."""

FONT = "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9")
"""Okabe and Ito's palette, told apart by colour-blind readers. Pages replace them by their own variables."""

SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "", "approx": "≈", "range": "", "relative": ""}
"""How a label shows a comparator."""

LABEL_GAP = 13
"""Pixels between two labels, one above the other."""

_COLUMNS = ["region_code", "year", "converted", "label", "main"]

NARROW = 0.5
"""Where the least value is more than this part of the greatest, the axis need not begin at 0: lines, not bars, are drawn."""


@dataclass(frozen=True)
class GoalPath:
    """Target values over the years, a line a region.

    One region has its values at the points; several have name and last value at the end of each line.
    `points`: columns region_code, year, converted, label (the value as shown), main (the line goes through it).
    `names`: region_code -> what to call it, for every region with a plan, so that each keeps its colour in all charts.
    `ceiling`: a value that cannot be exceeded (100 %), where the axis ends. `from_zero`: the axis begins at 0, as
    totals ask. `joined`: whether a line joins the points; counts of single years are not joined.
    """

    points: pd.DataFrame
    names: dict[str, str]
    ceiling: float | None = None
    from_zero: bool = False
    joined: bool = True

    @property
    def key(self) -> str:
        """What the drawing depends on, hashed: the values, the names, this module and the tool that draws."""
        shown = self.points[_COLUMNS].to_json(orient="values")
        parts = (shown, json.dumps(self.names), str((self.ceiling, self.from_zero, self.joined)), _version())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def specification(self) -> str:
        """The chart as Vega-Lite."""
        domain = _domain(
            float(self.points.converted.min()), float(self.points.converted.max()), self.ceiling, self.from_zero
        )
        values = self._values(domain).to_dict("records")
        with debug_mode(False):  # checking every part against the schema costs more than drawing
            chart = alt.LayerChart(
                data=alt.InlineData(values=values), layer=self._layers(domain), width=WIDTH, height=HEIGHT, **_style()
            )
            return json.dumps(chart.to_dict(validate=False), sort_keys=True, ensure_ascii=False)

    def _values(self, domain: list[float]) -> pd.DataFrame:
        """The points with their labels: above each where there is one region, else at the end of its line."""
        data = self.points[_COLUMNS].sort_values(["region_code", "year", "main"]).reset_index(drop=True)
        several = data.region_code.nunique() > 1
        last = ~data.duplicated("region_code", keep="last") & several
        data["line"] = [self.names[code] for code in data.region_code]
        data["above"] = "" if several else data.label
        data["end"] = (data.line + " " + data.label).where(last, "")
        gap = (domain[1] - domain[0]) * LABEL_GAP / HEIGHT
        data["end_at"] = _spread(data.converted.where(last), data.year, gap).fillna(domain[0])
        return data

    def _layers(self, domain: list[float]) -> list[alt.Chart]:
        """Line, points and labels."""
        years = sorted({int(year) for year in self.points.year})
        whole = {"tickMinStep": 1} if (self.points.converted % 1 == 0).all() else {}
        ticks = alt.Axis(values=years, format="d", title=None, grid=False)
        x = alt.X("year:Q", scale=alt.Scale(domain=_years(years)), axis=ticks)
        y = alt.Y("converted:Q", scale=alt.Scale(domain=domain), axis=alt.Axis(title=None, tickCount=4, **whole))
        scale = alt.Scale(domain=list(self.names.values()), range=list(COLOURS))
        place = {"x": x, "y": y, "color": alt.Color("line:N", scale=scale, legend=None)}
        end = {**place, "y": alt.Y("end_at:Q", scale=alt.Scale(domain=domain))}
        line = alt.Chart().mark_line(strokeDash=[4, 3], strokeWidth=1.5).transform_filter("datum.main").encode(**place)
        return [
            *([line] if self.joined else []),
            alt.Chart().mark_point(size=60, filled=False, strokeWidth=2, fill="white").encode(**place),
            alt.Chart().mark_text(dy=-11, fontSize=12, fontWeight=600).encode(**place, text="above:N"),
            alt.Chart().mark_text(align="left", dx=9, fontSize=12).encode(**end, text="end:N"),
        ]


def draw(charts: Iterable[GoalPath], folder: Path) -> Iterator[str]:
    """The SVG of each chart, in order, from `folder` where it was drawn before.

    Drawing runs in a thread of its own, while the next specification is being made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    charts = list(charts)
    with ThreadPoolExecutor(max_workers=1) as pool:
        files = [folder / f"{chart.key}.svg" for chart in charts]
        waiting = [
            None if file.exists() else pool.submit(_draw, chart.specification(), file)
            for chart, file in zip(charts, files, strict=True)
        ]
        for file, drawing in zip(files, waiting, strict=True):
            if drawing:
                drawing.result()
            yield file.read_text(encoding="utf-8")


def accessible(drawing: str, title: str, description: str) -> str:
    """The drawing as an element of a page: title and description for screen readers; its size by its viewBox, its colours by the page's variables."""
    drawing = re.sub(
        r'^<svg [^>]*?viewBox="([^"]+)"[^>]*>',
        r'<svg class="op-chart" role="img" viewBox="\1" xmlns="http://www.w3.org/2000/svg">',
        drawing,
    )
    head, body = drawing.split(">", 1)
    for number, colour in enumerate(COLOURS):
        body = body.replace(f'"{colour}"', f'"var(--op-line-{number + 1}, {colour})"')
    for colour, name in (("#888", "axis"), ("#555", "label"), ("#ddd", "grid"), ("white", "page")):
        body = body.replace(f'"{colour}"', f'"var(--op-chart-{name}, {colour})"')
    return f"{head}><title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>{body}"


def _draw(specification: str, file: Path) -> None:
    """Draw into a file of its own name first, so that an interrupted build leaves no half a chart."""
    part = file.with_suffix(".part")
    part.write_text(vl_convert.vegalite_to_svg(specification), encoding="utf-8")
    part.replace(file)


@cache
def _version() -> str:
    """This module and the tool that draws: when one changes, every chart is drawn anew."""
    return f"{vl_convert.__version__} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}"


def _spread(values: pd.Series, years: pd.Series, gap: float) -> pd.Series:
    """The heights of labels that belong to values of the same year, moved up until none is nearer than `gap` to the next."""
    placed = values.copy()
    for _, group in values.dropna().groupby(years):
        before = float("-inf")
        for index, value in group.sort_values(kind="stable").items():
            before = placed[index] = max(float(value), before + gap)
    return placed


def _domain(low: float, high: float, ceiling: float | None, from_zero: bool) -> list[float]:
    room = (high - low) * 0.25 or abs(high) * 0.1 or 1.0
    top = high + room if ceiling is None or high > ceiling else min(high + room, ceiling)
    return [low - room, top] if low > high * NARROW and not from_zero else [min(0.0, low), top]


def _years(years: list[int]) -> list[float]:
    return [years[0] - 0.4, years[-1] + 0.4]


def _style() -> dict[str, Any]:
    axis = alt.AxisConfig(
        labelOverlap=False,
        labelLimit=0,
        labelFontSize=12,
        domainColor="#888",
        tickColor="#888",
        labelColor="#555",
        gridColor="#ddd",
    )
    config = alt.Config(font=FONT, background="transparent", aria=False, axis=axis, view=alt.ViewConfig(stroke=None))
    return {"padding": PADDING, "autosize": alt.AutoSizeParams(type="none"), "config": config}
