"""A chart of one year: a row for each region, the highest value first, and the value of the region of reference through
all rows. Dots, not bars: where they stand is the value, so that their axis need not begin at 0.

Comes in: a Chart. Goes out: its Plot.
"""

from __future__ import annotations

import altair as alt

from openplans.charts import marks
from openplans.charts.chart import Chart, Plot, called, label, slot
from openplans.charts.marks import Datum, Encodings
from openplans.charts.style import INK, RULE, Size

ROW = 30
"""Pixels of a row."""


def plot(chart: Chart, size: Size) -> Plot:
    """The chart's layers: guides from the names to the dots, dots and values."""
    records = [
        marks.record(each, at=each["converted"], height=slot(each["region_code"]))
        for each in chart.points.sort_values(["converted", "region_code"], ascending=[False, True]).to_dict("records")
    ]
    marks.nest(records, "region_code", "converted")
    left = max(chart.width(slot(code), code) for code in chart.regions) + 10
    ends = _ends(records)
    right = max(chart.width(each["text"], each["region_code"]) for each in ends) + 14
    place = _place(chart, records, size.width - left - right)
    guides = marks.layer(ends, "region_code", "at", "height").mark_rule(color=RULE)
    layers = [
        guides.encode(**place, x2=alt.value(0)),
        *_level(chart, records, place),
        *marks.points(chart, records, place),
        *marks.labels(chart, ends, place, "left", dx=10),
        *([marks.axis_break(across=True)] if chart.truncated else []),
        marks.heading(left, chart.heading),
    ]
    return Plot.of(size, ROW * len(chart.regions), left, right, layers)


def _place(chart: Chart, records: list[Datum], width: float) -> Encodings:
    """The scales and axes of values and regions."""
    order = list(dict.fromkeys(each["region"] for each in records))
    bold = {"condition": {"test": _is_nth(order, slot(chart.reference)), "value": 700}, "value": 400}
    names = alt.Axis(domain=False, ticks=False, labelPadding=10, labelColor=INK, labelFontWeight=bold)
    return {
        "x": marks.across(chart, width),
        "y": alt.Y("height:N", sort=None, scale=alt.Scale(domain=order), axis=names),
    }


def _is_nth(order: list[str], name: str) -> str:
    """The expression that is true of this name's label on the axis. By its place (Vega counts from 0 to 1), because a
    name is data: in an expression it would have to be quoted by the rules of JavaScript, once it is known, in each
    language."""
    return f"round(datum.index * {max(1, len(order) - 1)}) == {order.index(name)}" if name in order else "false"


def _ends(records: list[Datum]) -> list[Datum]:
    """The highest value of each row, with the texts of all."""
    rows: dict[str, Datum] = {}
    for record in records:
        end = rows.setdefault(record["region_code"], {**record, "texts": []})
        end["texts"].append(called(record, label(record)))
    return [{**end, "text": " / ".join(end["texts"])} for end in rows.values()]


def _level(chart: Chart, records: list[Datum], place: Encodings) -> list[alt.Chart]:
    """A line at the value of the region of reference."""
    own = [each for each in records if each["region_code"] == chart.reference]
    if not own:
        return []
    return [marks.layer(own[:1], "at").mark_rule(strokeDash=[4, 3], color=INK).encode(x=place["x"])]
