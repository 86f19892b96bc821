"""The marks that all forms share: hollow circles for targets,
filled diamonds with a rim of ink for what was reached, labels.

Comes in: a Chart, records, and where they stand (Altair's x and y). Goes out: layers of Altair.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from openplans.charts import layout
from openplans.charts.chart import FOCUS, SIGNS, Chart, called, slot
from openplans.charts.style import INK, PAGE

Datum = dict[str, Any]
Encodings = dict[str, Any]

TOLD = ("region", "region_code", "year", "kind", "converted", "printed", "quote", "link")
"""What the interactive version tells of a point."""


def record(point: Mapping[Hashable, Any], **more: Any) -> Datum:
    """A point with its region's name as a slot, and what is printed with its comparator's sign."""
    return {
        **{str(name): value for name, value in point.items()},
        "region": slot(point["region_code"]),
        "printed": called(point, SIGNS[point["comparator"]] + point["printed"]),
        **more,
    }


AREAS = {"target": (62, 180, 350, 560), "reached": (95, 230, 420, 660)}
"""The area of a mark in square pixels, by how many coincide with it inside it."""


def nest(records: Iterable[Datum], *columns: str) -> None:
    """Set the `area` of each mark: marks that agree in these
    columns coincide, and each stands around the one before."""
    same: defaultdict[tuple[Any, ...], list[Datum]] = defaultdict(list)
    for each in records:
        same[tuple(each[name] for name in columns)].append(each)
    for group in same.values():
        for number, each in enumerate(sorted(group, key=lambda each: each["kind"] != "reached")):
            areas = AREAS[each["kind"]]
            each["area"] = areas[min(number, len(areas) - 1)]


def radius(record: Datum) -> float:
    """Pixels from the middle of a mark to its rim; a diamond reaches as far as a circle of its area and a quarter."""
    return math.sqrt(record["area"] / math.pi) * (1.25 if record["kind"] == "reached" else 1) + 1


DIM = alt.OpacityValue(0.15, condition={"test": FOCUS, "value": 1})
"""What is of another region than the one pointed at."""


def _opacity(chart: Chart) -> alt.OpacityValue:
    """That of marks and labels: where the marks of a spread are those of its ends, none belongs to another."""
    return alt.OpacityValue(1) if chart.form == "spread" else DIM


def layer(records: Iterable[Datum], *columns: str) -> alt.Chart:
    """A layer of its own data: these columns of the records. A tuple, because Altair copies lists again and again."""
    return alt.Chart(alt.InlineData(values=tuple({name: each[name] for name in columns} for each in records)))


def colour(chart: Chart) -> alt.Color:
    scale = alt.Scale(domain=list(chart.colours), range=list(chart.colours.values()))
    return alt.Color("region_code:N", scale=scale, legend=None)


def points(chart: Chart, records: Sequence[Datum], place: Encodings) -> list[alt.Chart]:
    """A mark for each record, told apart by shape, filling and rim; `place` uses the records' `at` and `height`."""
    ordered = sorted(records, key=lambda each: -each["area"])  # the larger lies below
    targets = [each for each in ordered if each["kind"] == "target"]
    reached = [each for each in ordered if each["kind"] == "reached"]
    area = alt.Size("area:Q", scale=None, legend=None)
    shown = {**place, "color": colour(chart), "opacity": _opacity(chart), "size": area}
    hollow = layer(targets, *TOLD, "at", "height", "area").mark_point(filled=False, strokeWidth=2, fill=PAGE)
    filled = layer(reached, *TOLD, "at", "height", "area").mark_point(
        filled=True, shape="diamond", stroke=INK, strokeWidth=1.2
    )
    return [
        *([hollow.encode(**shown).properties(name="targets")] if targets else []),
        *([filled.encode(**shown).properties(name="reached")] if reached else []),
    ]


def labels(
    chart: Chart, records: Sequence[Datum], place: Encodings, align: str, dx: int = 0, dy: int = 0
) -> list[alt.Chart]:
    """The records' `text`, `dx` pixels to the right and `dy` down; in bold for the region of reference."""
    own = [each for each in records if each["region_code"] == chart.reference]
    others = [each for each in records if each["region_code"] != chart.reference]
    beside = {"align": align, "dx": dx, **({"dy": dy} if dy else {})}
    shown = {**place, "opacity": _opacity(chart)}
    return [*_texts(others, shown, **beside), *_texts(own, shown, **beside, fontWeight=700)]


def across(chart: Chart, width: float, column: str = "at") -> alt.X:
    """The axis of values that lies, `width` pixels long, for a column of records."""
    first, last = chart.ticks[0], chart.ticks[-1]
    per_value = width / (last - first)
    shown = layout.thinned([tick * per_value for tick in chart.ticks], layout.width(layout.number(last)) + 8)
    axis = alt.Axis(values=[chart.ticks[each] for each in shown], format=",~f", ticks=False, labelPadding=8)
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[first, last]), axis=axis)


def heading(left: float, text: str) -> alt.Chart:
    """The unit, above the axis."""
    words = alt.Chart(alt.InlineData(values=[{"text": text}]))
    drawn: alt.Chart = words.mark_text(align="left", x=-left, y=-28, color=INK).encode(text="text:N")
    return drawn


BREAK = 8
"""Pixels from the foot of an axis to the sign that it does not begin at 0."""


def axis_break(across: bool = False) -> alt.Chart:
    """The sign that an axis does not begin at 0: a zigzag on its foot; `across`: of an axis that lies."""
    zigzag = alt.Chart(alt.InlineData(values=[{}]))
    offset: dict[str, Any] = {"xOffset": BREAK} if across else {"yOffset": -BREAK}
    shape = "M-3,0L-1.5,-2L1.5,2L3,0" if across else "M0,-3L-2,-1.5L2,1.5L0,3"
    drawn: alt.Chart = zigzag.mark_point(
        x=0, y="height", size=16, shape=shape, stroke=INK, fill=PAGE, strokeWidth=1.2, filled=False, **offset
    )
    return drawn


def _texts(records: Sequence[Datum], place: Encodings, **style: Any) -> list[alt.Chart]:
    """Texts on a halo of the page's colour, which keeps them legible where a line passes behind them. Vega has no
    paint-order, so the halo is a layer of its own; drawing.py makes one text of the two."""
    if not records:
        return []
    base = layer(records, "region_code", "at", "height", "text")
    shown = {**place, "text": alt.Text("text:N")}
    name = f"{style['align']}{style.get('fontWeight', '')}"
    halo = base.mark_text(stroke=PAGE, strokeWidth=3, strokeJoin="round", color=PAGE, **style).encode(**shown)
    label = base.mark_text(color=INK, **style).encode(**shown)
    return [halo.properties(name=f"halo-{name}"), label.properties(name=f"label-{name}")]
