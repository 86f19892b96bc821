"""A chart of several years: a dashed line of targets for each region, its last value and its name at the end.

Comes in: a Chart. Goes out: its Plot. Labels are laid out in pixels and put into the chart as years and values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal

import altair as alt

from openplans.charts import layout, marks
from openplans.charts.chart import Chart, Plot, called, label, slot
from openplans.charts.marks import Datum, Encodings
from openplans.charts.style import FONT_SIZE, GAP, Size

INSET = 16
"""Pixels between the axis and the first year, and between the last year and the plot's end."""

BESIDE = 4
"""Pixels from the rim of a point to the label beside it."""

SHARED = 0.4
"""The part of a chart's width that a label may take in which regions are named together; wider, each has its own."""

PASSED = 0.6
"""The same of a label that stands above a mark, and not beside it at the end: it has room on both sides."""

FOOT = 9
"""Pixels from the axis of years to the middle of the lowest label."""

STEPS = (0, 5, 10, 16, 22, 28, 36, 44, 54, 64, 76, 88)
"""How many pixels above or below its mark a label may stand."""

SIDES = ((0, 0), (0.4, 3), (-0.4, 3), (0.7, 5), (-0.7, 5), (1, 6), (-1, 6))
"""Where a label may stand across: the part of its half width by which its middle is beside its point, and how little
that is wanted, in pixels; at 1 it begins beside the mark, at -1 it ends there."""

ALIGNED: dict[float, Literal["left", "right"]] = {1: "left", -1: "right"}
"""The side on which a label begins that stands beside its mark."""

BAND = 18
"""How broad the band is around two values of one year: seen on both sides of their marks, however near these are."""

LABELLED = 7
"""How many regions are called by name; of more, only that of reference, the highest and the lowest."""


@dataclass(frozen=True)
class Frame:
    """The plot between its margins: how years and values become pixels, and back."""

    chart: Chart
    size: Size
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.size.width - self.left - self.right

    @property
    def height(self) -> float:
        return self.chart.height(self.size)

    @property
    def per_year(self) -> float:
        """The pixels of a year."""
        years = self.chart.years
        return (self.width - 2 * INSET) / max(years[-1] - years[0], 1)

    def down(self, value: float) -> float:
        """Pixels from the plot's top to a value."""
        low, high = self.chart.ticks[0], self.chart.ticks[-1]
        return self.height * (high - value) / (high - low)

    def across(self, year: float) -> float:
        """Pixels from the plot's left to a year."""
        return INSET + (year - self.chart.years[0]) * self.per_year

    def year(self, across: float) -> float:
        """The year so many pixels from the plot's left."""
        return round(self.chart.years[0] + (across - INSET) / self.per_year, 4)

    def value(self, down: float) -> float:
        """The value so many pixels below the plot's top."""
        low, high = self.chart.ticks[0], self.chart.ticks[-1]
        return round(high - down * (high - low) / self.height, 6)

    def place(self) -> Encodings:
        """The scales and axes of years and values."""
        years, ticks = self.chart.years, self.chart.ticks
        ends = [years[0] - INSET / self.per_year, years[-1] + INSET / self.per_year]
        shown = layout.thinned([year * self.per_year for year in years], 2.8 * FONT_SIZE)
        below = alt.Axis(values=[years[each] for each in shown], format="d", grid=False)
        beside = alt.Axis(values=ticks, format=",~f", domain=False, ticks=False)
        return {
            "x": alt.X("at:Q", scale=alt.Scale(domain=[round(end, 4) for end in ends]), axis=below),
            "y": alt.Y("height:Q", scale=alt.Scale(domain=[ticks[0], ticks[-1]]), axis=beside),
        }


def plot(chart: Chart, size: Size) -> Plot:
    """The chart's layers: lines, points, and the labels over them."""
    records = [marks.record(each) for each in chart.points.to_dict("records")]
    marks.nest(records, "year", "converted")
    for record in records:
        record.update(at=record["year"], height=record["converted"])
    labelled = _labelled(chart, size, records)
    left = max(layout.width(layout.number(tick)) for tick in chart.ticks) + 8
    last = [each for each in labelled if each["year"] == chart.years[-1]]
    beyond = max(marks.radius(each) for each in records if each["year"] == chart.years[-1]) + BESIDE - INSET
    widest = max((chart.width(each["text"], each["region_code"]) for each in last), default=0)
    right = max(widest + beyond + 2, 4)
    frame = Frame(chart, size, left, right)
    beside, above = _laid_out(frame, records, labelled)
    place = frame.place()
    layers = [
        *(_joined(chart, records, place) if chart.joined else []),
        *_doubled(chart, records, place),
        *_leaders(chart, [*(each for each in beside if each["height"] != each["point"]["height"]), *above], place),
        *marks.points(chart, records, place),
        *_aligned(chart, [*beside, *above], place),
        *([marks.axis_break()] if chart.truncated else []),
        marks.heading(left, chart.heading),
    ]
    return Plot.of(size, frame.height, left, right, layers)


def _labelled(chart: Chart, size: Size, records: list[Datum]) -> list[Datum]:
    """The records that get a label, with its `text`: all of a region that is alone, else those of each region's last
    year, with its name. What coincides is named together."""
    last = {(each["region_code"], each["kind"]): each["year"] for each in records}
    named = _named(chart, records)
    found: defaultdict[tuple[object, ...], list[Datum]] = defaultdict(list)
    passing: defaultdict[tuple[object, ...], list[Datum]] = defaultdict(list)
    for record in (each for each in records if each["region_code"] in named):
        spot = record["year"], record["converted"]
        at_end = record["year"] == last[record["region_code"], record["kind"]]
        if at_end or chart.alone:
            said = called(record, label(record)) if at_end else label(record)
            found[*spot, said, at_end].append(dict(record, said=said))
        else:
            passing[spot].append(dict(record, said=called(record, label(record))))
    return [
        each
        for (*spot, said, at_end), group in found.items()
        for each in (_together(chart, size, group, passing[*spot]) if at_end else [dict(group[0], text=said)])
    ]


def _together(chart: Chart, size: Size, group: list[Datum], passing: list[Datum]) -> list[Datum]:
    """One label that names all regions of a group, and those whose lines pass through it; where that would be too wide,
    the group alone; or else a label for each."""
    own = next((each for each in group if each["region_code"] != chart.reference), group[0])
    both = [(group + passing, PASSED)] if passing else []
    for rows, part in (*both, (group, SHARED)):
        whole = dict(own, text=_told(rows))
        if len(rows) == 1 or chart.width(whole["text"], own["region_code"]) <= part * size.width:
            return [whole]
    return [dict(each, text=_told([each])) for each in group]


def _told(rows: Iterable[Datum]) -> str:
    """What is said of places, those of which the same is said together: 平阳县、洞头区 ≥60、秀洲区 60."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for each in rows:
        said[each["said"]].append(each["region"])
    return slot("comma").join(f"{slot('comma').join(names)} {words}" for words, names in said.items())


def _named(chart: Chart, records: list[Datum]) -> set[str]:
    if len(chart.regions) <= LABELLED:
        return set(chart.regions)
    ordered = sorted(records, key=lambda each: (each["converted"], each["region_code"]))
    return {chart.reference, ordered[0]["region_code"], ordered[-1]["region_code"]}


def _laid_out(frame: Frame, records: list[Datum], labelled: list[Datum]) -> tuple[list[Datum], list[Datum]]:
    """Labels beside the points of the last year, and above or below
    those of earlier ones; none covers another of its year."""
    at_end = [each for each in labelled if each["year"] == frame.chart.years[-1]]
    reach = max(marks.radius(each) for each in records if each["year"] == frame.chart.years[-1]) + BESIDE
    end = round(frame.chart.years[-1] + reach / frame.per_year, 4)
    downs = layout.spread([frame.down(each["height"]) for each in at_end], GAP, -10, frame.height - FOOT)
    beside = [
        dict(each, align="left", at=end, height=frame.value(down), point=each)
        for each, down in zip(at_end, downs, strict=True)
    ]
    return beside, _above(frame, records, [each for each in labelled if each not in at_end], beside)


def _above(frame: Frame, records: list[Datum], labelled: list[Datum], beside: list[Datum]) -> list[Datum]:
    """Labels of earlier years, where they disturb least; one that has
    no place is left out, for its value stands in the table."""
    points = [_point_box(frame, each) for each in records]
    taken = [_beside_box(frame, each) for each in beside]
    taken += [layout.Box(0, frame.height - marks.BREAK, 4, 5)] if frame.chart.truncated else []
    passed = list(_line_boxes(frame, records)) if frame.chart.joined and not frame.chart.alone else []
    spots = layout.placed([layout.ranked(_spots(frame, each), points, passed) for each in labelled], taken)
    return [_put(frame, each, spot) for each, spot in zip(labelled, spots, strict=True) if spot]


def _put(frame: Frame, label: Datum, spot: layout.Spot) -> Datum:
    """A label at its spot; `align`: on which side it begins; `led`: where the line ends that leads to it, or None."""
    led = (frame.year(spot.leader[0]), frame.value(spot.leader[1])) if spot.far else None
    across = spot.box.x + spot.box.half_width * {"left": -1, "center": 0, "right": 1}[spot.align]
    return dict(label, align=spot.align, at=frame.year(across), height=frame.value(spot.box.y), led=led, point=label)


def _point_box(frame: Frame, record: Datum) -> layout.Box:
    reach = marks.radius(record)
    return layout.Box(frame.across(record["at"]), frame.down(record["height"]), reach, reach)


def _line_boxes(frame: Frame, records: Iterable[Datum]) -> Iterator[layout.Box]:
    """Where the lines pass that _joined draws."""
    lines: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for each in records:
        if each["main"]:
            lines[each["region_code"], each["kind"]].append((frame.across(each["at"]), frame.down(each["height"])))
    for spots in lines.values():
        for (x, y), (to_x, to_y) in pairwise(sorted(spots)):
            yield from layout.along(x, y, to_x, to_y)


def _spots(frame: Frame, record: Datum) -> Iterator[layout.Spot]:
    """Where a label may stand within the chart: above its mark (the most wanted), below, or beside it."""
    half = frame.chart.width(record["text"], record["region_code"]) / 2
    most = frame.width + frame.right - half
    mark = _point_box(frame, record)
    for step, sign, (part, reluctance) in product(STEPS, (-1, 1), SIDES):
        if abs(part) == 1:
            x = mark.x + part * (half + mark.half_width + BESIDE)
            y = mark.y + sign * step
        else:
            x = max(half, min(mark.x + part * half, most))
            y = mark.y + sign * (mark.half_height + GAP / 2 + step)
        if half <= x <= most and -GAP <= y <= frame.height - FOOT:
            yield layout.Spot(
                layout.Box(x, y, half, GAP / 2), mark, step + reluctance + (sign > 0), ALIGNED.get(part, "center")
            )


def _beside_box(frame: Frame, label: Datum) -> layout.Box:
    """The place of a label that begins at its point."""
    half = frame.chart.width(label["text"], label["region_code"]) / 2
    return layout.Box(frame.across(label["at"]) + half, frame.down(label["height"]), half, GAP / 2)


def _aligned(chart: Chart, labels: list[Datum], place: Encodings) -> Iterator[alt.Chart]:
    """The labels, on the side on which they begin."""
    for align in ("left", "center", "right"):
        yield from marks.labels(chart, [each for each in labels if each["align"] == align], place, align)


def _joined(chart: Chart, records: Iterable[Datum], place: Encodings) -> list[alt.Chart]:
    """A line for each region and kind: dashed through targets, whole
    through what was reached; that of reference is the thickest."""
    lines = []
    for kind, dash in (("target", [4, 3]), ("reached", [])):
        for is_reference, stroke in ((False, 1.6), (True, 2.6)):
            through = [
                each
                for each in records
                if each["kind"] == kind and each["main"] and (each["region_code"] == chart.reference) is is_reference
            ]
            if len(through) > 1:
                line = marks.layer(through, "region_code", "at", "height").mark_line(
                    strokeDash=dash, strokeWidth=stroke
                )
                lines.append(line.encode(**place, color=marks.colour(chart), opacity=marks.DIM))
    return lines


def _doubled(chart: Chart, records: Iterable[Datum], place: Encodings) -> list[alt.Chart]:
    """A band around two values that a plan states for one year:
    it contradicts itself, and no line goes through either."""
    same: defaultdict[tuple[str, int], list[Datum]] = defaultdict(list)
    for each in records:
        if each["kind"] == "target":
            same[each["region_code"], each["year"]].append(each)
    bars = [
        {"region_code": code, "at": year, "height": min(values), "to": max(values)}
        for (code, year), values in ((key, [each["height"] for each in group]) for key, group in same.items())
        if len(values) > 1
    ]
    if not bars:
        return []
    rule = marks.layer(bars, "region_code", "at", "height", "to").mark_rule(
        strokeWidth=BAND, strokeCap="round", strokeOpacity=0.3
    )
    return [rule.encode(**place, y2="to", color=marks.colour(chart), opacity=marks.DIM)]


def _leaders(chart: Chart, labels: list[Datum], place: Encodings) -> list[alt.Chart]:
    """A thin line from a point to its label, where that had to move: to its `led`, else to where it begins."""
    moved = [
        {"region_code": each["region_code"], "at": each["point"]["at"], "height": each["point"]["height"],
         "to": to, "to_height": to_height}
        for each in labels
        if (led := each.get("led", (each["at"], each["height"]))) is not None
        for to, to_height in (led,)
    ]  # fmt: skip
    if not moved:
        return []
    rule = marks.layer(moved, "region_code", "at", "height", "to", "to_height").mark_rule(strokeWidth=1)
    return [rule.encode(**place, x2="to", y2="to_height", color=marks.colour(chart), opacity=marks.DIM)]
