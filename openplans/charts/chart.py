"""Points of one concept -> a chart: what it shows, in which form and colours.

Comes in: points as facts/chart_points.py gives them. Goes out: a Chart. Several years give lines, one year gives rows,
many regions the spread of their values (lines.py, rows.py, spread.py); vega_lite.py makes the specification. Names
stand in it as `slot`s, to be filled in by language: a chart is drawn once. Its title is no part of it:
templates/files/sentence.j2 makes it of the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from openplans.charts import layout
from openplans.charts.style import INK, LINES, QUIET, SMALL, Size
from openplans.facts.chart_points import equal
from openplans.schema import vocabulary

if TYPE_CHECKING:
    import altair as alt

SIGNS = vocabulary.signs()
"""How a label shows a comparator."""

Form = Literal["equal", "rows", "lines", "spread"]

DRAWN = [
    "region_code",
    "year",
    "kind",
    "converted",
    "converted_max",
    "comparator",
    "main",
    "basis",
    "printed",
    "quote",
    "link",
]
"""The columns of points that a chart depends on."""

MANY = 30
"""How many regions are drawn one by one; of more it is drawn how their values spread."""

FOCUS = "focus == '' || focus == datum.region_code"
"""The expression that is true of what is not dimmed: the interactive version sets `focus` to the region pointed at."""


_SLOT = re.compile("\ue000([^\ue001]*)\ue001")


@dataclass(frozen=True)
class Chart:
    """The targets and reached values of one concept.

    `points`: columns DRAWN, ordered. `names`: region_code -> its name in each language, for every region with a plan,
    so that each keeps its colour from chart to chart where it can; `reference`: the region that the others belong to,
    whether drawn or not, "" where there is none. `unit`: in each language. `ceiling`: a value that cannot be exceeded
    (100 %). `from_zero`: the axis begins at 0, as totals ask. `joined`: whether lines join the targets; counts of
    single years are not joined. `reached`: the word before an actual figure, in each language; `average`: the word
    behind a yearly average; `comma`: what stands between names; `period`: over what time the values are counted, ()
    where each is of its year; `ends`: lowest, median and highest in words, in each language. `left_out`: how many
    actual figures are not drawn, by reason; `apart`: the regions of another level whose totals are not.
    """

    points: pd.DataFrame
    names: dict[str, tuple[str, ...]]
    unit: tuple[str, ...]
    reference: str = ""
    ceiling: float | None = None
    from_zero: bool = False
    joined: bool = True
    reached: tuple[str, ...] = ()
    average: tuple[str, ...] = ()
    comma: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    ends: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    apart: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """All that a drawing of this chart depends on, besides this package and the tool that draws.

        Of the regions those that are drawn: another region's plan leaves it as it is, unless colours move on.
        """
        rows = self.points[DRAWN].to_json(orient="values", double_precision=15)
        names = {code: self.names[code] for code in self.regions}
        facts = (
            names,
            self.colours,
            self.unit,
            self.reference,
            self.ceiling,
            self.from_zero,
            self.joined,
            self.words,
        )
        return f"{rows}\n{json.dumps(facts)}"

    @cached_property
    def regions(self) -> list[str]:
        """The regions drawn, that of reference first."""
        return sorted(set(self.points.region_code), key=lambda code: (code != self.reference, code))

    @cached_property
    def years(self) -> list[int]:
        return sorted({int(year) for year in self.points.year})

    @cached_property
    def form(self) -> Form:
        """How it is drawn: values that are all equal need no drawing
        but a sentence, those of one year stand in rows."""
        if equal(self.points):
            return "equal"
        if len(self.regions) > MANY:
            return "spread"
        return "rows" if len(self.years) == 1 else "lines"

    @cached_property
    def compared(self) -> pd.DataFrame:
        """Of many regions the points whose spread is drawn: those of all but the region of reference, also both values
        of a plan that contradicts itself."""
        return self.points[self.points.region_code != self.reference]

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The points that have a mark of their own: of many regions the lowest and the highest of each year, and those
        of the region of reference."""
        if self.form != "spread":
            return self.points
        ordered = self.compared.sort_values(["converted", "region_code"]).groupby(["year", "kind"])
        own = self.points[self.points.region_code == self.reference]
        found = self.points.index.isin({*ordered.head(1).index, *ordered.tail(1).index, *own.index})
        return self.points[found]

    @property
    def alone(self) -> bool:
        """Whether it shows one region only."""
        return len(self.regions) == 1

    def height(self, size: Size) -> int:
        """The height of a plot of lines: where many labels stand among them, there is more room."""
        return SMALL if self.alone else size.plot + size.more * max(self._ending_among - 1, 0)

    @cached_property
    def _ending_among(self) -> int:
        """How many lines end, with their label, before the last year."""
        ends = self.points.groupby(["region_code", "kind"]).year.max()
        return int((ends < self.years[-1]).sum())

    @cached_property
    def ticks(self) -> list[float]:
        """The ticks of the axis of values."""
        values = [float(value) for value in self.points.converted]
        return layout.ticks(values, self.ceiling, self.from_zero)

    @cached_property
    def doubled(self) -> bool:
        """Whether a plan states two values for one year, which a bar joins."""
        goals = self.points[self.points.kind == "target"]
        return self.form == "lines" and bool(goals.duplicated(["region_code", "year"]).any())

    @property
    def truncated(self) -> bool:
        """Whether the axis of values begins elsewhere than at 0."""
        return self.ticks[0] > 0

    @cached_property
    def _others(self) -> list[str]:
        """The regions drawn besides that of reference."""
        return [code for code in self.regions if code != self.reference]

    @property
    def told_apart(self) -> bool:
        """Whether each region has a colour of its own."""
        return len(self._others) <= len(LINES)

    @cached_property
    def colours(self) -> dict[str, str]:
        """A colour for each region: INK for that of reference (the province), its own of LINES for each other; where
        there are more than colours, all others are QUIET."""
        if not self.told_apart:
            return {code: INK if code == self.reference else QUIET for code in self.regions}
        own = {code: number for number, code in enumerate(code for code in self.names if code != self.reference)}
        free, found = list(LINES), {self.reference: INK} if self.reference else {}
        for code in self._others:
            wanted = LINES[own[code] % len(LINES)]
            found[code] = wanted if wanted in free else free[0]
            free.remove(found[code])
        return found

    def width(self, text: str, region_code: str) -> float:
        """The pixels that a text of a region takes in the language that makes it widest."""
        texts = (filled(text, names) for names in self._by_language)
        return max(layout.width(each, bold=region_code == self.reference) for each in texts)

    @cached_property
    def _by_language(self) -> list[dict[str, str]]:
        named = {**self.names, **self.words}
        return [dict(zip(named, each, strict=True)) for each in zip(*named.values(), strict=True)]

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        """The words that stand in it besides names, in each language, by their slot."""
        every = {"reached": self.reached, "average": self.average, "comma": self.comma, "period": self.period}
        return {"unit": self.unit, **{slot: words for slot, words in every.items() if words}, **self.ends}

    @property
    def heading(self) -> str:
        """What the axis of values measures: the unit and, where it matters, the time over which it is counted."""
        of = slot("period") if self.period else str(self.years[0]) if self.form == "rows" else ""
        return f"{slot('unit')} · {of}" if of else slot("unit")


@dataclass(frozen=True)
class Plot:
    """The layers of a chart and the size of the plot between the paddings."""

    width: float
    height: float
    padding: dict[str, float]
    layers: list[alt.Chart]

    @classmethod
    def of(cls, size: Size, height: float, left: float, right: float, layers: list[alt.Chart]) -> Plot:
        """A plot as wide as `left` and `right` leave it. Above there
        is room for the unit and a label, below for the axis."""
        padding = {"left": left, "top": 40, "right": right, "bottom": 24}
        return cls(size.width - left - right, height, padding, layers)


def slot(name: str) -> str:
    """The place of a name that depends on the language, marked by characters that no text has (a private use area)."""
    return f"\ue000{name}\ue001"


def filled(text: str, names: dict[str, str]) -> str:
    """The text with names in its slots, in one pass: a country has thousands of names. A slot without a name stays."""
    return _SLOT.sub(lambda found: names.get(found[1], found[0]), text)


def called(row: Mapping[Any, Any], text: str) -> str:
    """A text that tells of a point: before an actual figure stands the word that it is one."""
    return f"{slot('reached')} {text}" if row["kind"] == "reached" else text


def label(row: Mapping[Any, Any]) -> str:
    """A value with its comparator: ≥60; 5—8."""
    most = "" if pd.isna(row["converted_max"]) else f"—{layout.number(row['converted_max'])}"
    average = f" {slot('average')}" if row["basis"] == "average" else ""
    return f"{SIGNS[row['comparator']]}{layout.number(row['converted'])}{most}{average}"
