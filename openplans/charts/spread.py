"""A chart of many regions: for each year how their values spread, from the lowest by the middle half to the highest,
and where the region of reference stands. A line or a row for each of them would be a page long, and grey.

Comes in: a Chart. Goes out: its Plot.
"""

from __future__ import annotations

import statistics
from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt

from openplans.charts import layout, marks
from openplans.charts.chart import Chart, Plot, called, label, slot
from openplans.charts.marks import Datum, Encodings
from openplans.charts.style import INK, QUIET, Size

ROW = 68
"""Pixels of a row: the label of the region of reference, the bar, what the numbers are."""

BAR = 12
"""How thick the bar of the middle half is."""

BELOW = 20
"""Pixels from the middle of a bar to the middle of the text below it, and to that above it."""


def plot(chart: Chart, size: Size) -> Plot:
    """The chart's layers: from the lowest to the highest, the middle half, the marks of both ends and of the region of
    reference, and the numbers."""
    rows = [_row(group.to_dict("records")) for _, group in chart.compared.groupby(["year", "kind"])]
    records = [marks.record(each, at=each["converted"], height=_name(each)) for each in chart.shown.to_dict("records")]
    marks.nest(records, "height", "converted")
    left = max(chart.width(each["height"], "") for each in [*rows, *records]) + 10
    right = layout.width(layout.number(chart.ticks[-1])) / 2 + 4
    width = size.width - left - right
    heights = list(dict.fromkeys(each["height"] for each in sorted([*rows, *records], key=_order)))
    place = _place(chart, heights, width)
    span = marks.layer(rows, "low", "high", "height")
    half = marks.layer(rows, "lower", "upper", "height")
    layers = [
        span.mark_rule(color=QUIET, strokeWidth=1.5).encode(
            x=marks.across(chart, width, "low"), x2="high", y=place["y"]
        ),
        half.mark_rule(color=QUIET, strokeWidth=BAR, strokeOpacity=0.35).encode(
            x=marks.across(chart, width, "lower"), x2="upper", y=place["y"]
        ),
        marks.layer(rows, "median", "height")
        .mark_tick(color=INK, thickness=2.5, size=BAR + 6, orient="vertical")
        .encode(x=marks.across(chart, width, "median"), y=place["y"]),
        *marks.points(chart, records, place),
        *_numbers(chart, rows, place, width, right),
        *_reference(chart, records, place, width),
        *([marks.axis_break(across=True)] if chart.truncated else []),
        marks.heading(left, chart.heading),
    ]
    return Plot.of(size, ROW * len(heights), left, right, layers)


def _row(points: list[dict[Hashable, Any]]) -> Datum:
    """How the values of a year and kind spread."""
    ordered = sorted(points, key=lambda each: (each["converted"], each["region_code"]))
    values = [each["converted"] for each in ordered]
    lower, median, upper = statistics.quantiles(values, method="inclusive") if values[1:] else values * 3
    return {
        "year": ordered[0]["year"],
        "kind": ordered[0]["kind"],
        "height": _name(ordered[0]),
        "low": values[0],
        "lower": lower,
        "median": median,
        "upper": upper,
        "high": values[-1],
        "text": _said(ordered, median),
    }


def _said(ordered: list[dict[Hashable, Any]], median: float) -> str:
    """The numbers of a row: of one region with its name, of all that are equal once."""
    first, last = label(ordered[0]), label(ordered[-1])
    if len(ordered) == 1:
        return f"{slot(ordered[0]['region_code'])} {first}"
    if {label(each) for each in ordered} == {first}:
        return first
    said = {"lowest": first, "median": layout.number(median), "highest": last}
    return "  ".join(f"{slot(word)} {number}" for word, number in said.items())


def _name(point: Mapping[Hashable, Any]) -> str:
    """What a row is called on the axis."""
    return called(point, str(point["year"]))


def _order(row: Datum) -> tuple[int, bool]:
    return row["year"], row["kind"] == "reached"


def _place(chart: Chart, heights: list[str], width: float) -> Encodings:
    """The scales and axes of values and years."""
    names = alt.Axis(domain=False, ticks=False, labelPadding=10, labelColor=INK)
    return {
        "x": marks.across(chart, width),
        "y": alt.Y("height:N", sort=None, scale=alt.Scale(domain=heights), axis=names),
    }


def _numbers(chart: Chart, rows: list[Datum], place: Encodings, width: float, right: float) -> list[alt.Chart]:
    """Below each bar what its numbers are, begun left of the plot where they are long."""
    first, last = chart.ticks[0], chart.ticks[-1]
    beyond = [max(chart.width(each["text"], "") - width - right, 0) for each in rows]
    below = [
        {**each, "region_code": "", "at": first - over * (last - first) / width}
        for each, over in zip(rows, beyond, strict=True)
    ]
    return marks.labels(chart, below, place, "left", dy=BELOW)


def _reference(chart: Chart, records: list[Datum], place: Encodings, width: float) -> list[alt.Chart]:
    """Above each bar the region of reference with what it states, within the plot."""
    first, last = chart.ticks[0], chart.ticks[-1]
    own: dict[str, list[Datum]] = {}
    for each in records:
        if each["region_code"] == chart.reference:
            own.setdefault(each["height"], []).append(each)
    sides: dict[str, list[Datum]] = {"left": [], "center": [], "right": []}
    for stated in own.values():
        text = f"{slot(chart.reference)} {' / '.join(map(label, stated))}"
        room, across = chart.width(text, chart.reference) / 2, (stated[0]["at"] - first) * width / (last - first)
        side = "left" if across < room else "right" if across > width - room else "center"
        sides[side].append({**stated[0], "text": text})
    return [each for side, found in sides.items() for each in marks.labels(chart, found, place, side, dy=-BELOW)]
