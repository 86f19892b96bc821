"""A figure or a word with what is known of it -> a proposed row of targets or baselines, with its unit and period.

Comes in: what sentences and rows of tables say. Goes out: the rows, in the order of the document. Apart from both, so
that a value, a unit and a period are written in one way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from openplans.drafting.proposing import naming, scaling
from openplans.drafting.proposing.reading import Dated, Reading
from openplans.drafting.proposing.tasks import Works
from openplans.packages.read import Row
from openplans.rules.periods import KEPT, REACHED
from openplans.text.folding import folded
from openplans.text.period import ANNUAL_MEAN
from openplans.text.quantities import Figure

EACH = re.compile("(?<!每[人生户亩名床])每年|年均|逐年|每个?年度|年年|年增[长速幅]")
_OFTEN = re.compile("每(?:半年|个?季度?|个?月|周|学期)")
_SINCE_WHEN = re.compile("[较比]|累计|翻|基础上")
"""Before a growth that is no rate of one year: 较2020年增长."""
_RATIO = re.compile("倍差|收入比|比值|之比|[值量额数]比$|比例[为达]?$")
_WIDE = "（）：，；"
_EMPTY = dict.fromkeys(
    ("restates", "concept_id", "near_concept_id", "theme_id", "scope", "commitment", "quote", "note", "accepted"), ""
)
"""What a proposed target leaves open until something is known of it."""


@dataclass
class Rows:
    """The rows; `passed` are the figures that promise nothing: (clause, figure, reason, rule)."""

    reading: Reading
    works: Works
    targets: list[Row] = field(default_factory=list)
    baselines: list[Row] = field(default_factory=list)
    passed: list[tuple[Row, Figure, str, str]] = field(default_factory=list)

    def as_printed(self, row: Row) -> str:
        """A name with the marks that the document prints; names are found in folded text, and may leave out words."""
        clause = self.reading.by_id[row["clause_id"]]
        name = str(row["indicator"])
        for place in filter(None, (clause, self.reading.head_row(clause))):
            said = name if name in folded(place["text"]) else name.removesuffix("覆盖率")
            at = folded(place["text"]).find(said)
            if at >= 0:
                printed = place["text"][at : at + len(said)]
                marks = (one if one in _WIDE else other for one, other in zip(printed, said, strict=True))
                return "".join(marks) + name[len(said) :]
        only_wide = (mark for mark in _WIDE if mark in clause["text"] and folded(mark) not in clause["text"])
        return name.translate({ord(folded(mark)): mark for mark in only_wide})

    def pass_all(self, clause: Row, rule: str) -> None:
        for figure in self.reading.figures(clause):
            self.passed.append((clause, figure, "date" if figure.is_time else "name", rule))

    def baseline(
        self, clause: Row, name: str, year: str, value: Decimal, unit: str, quote: str, sure: float, note: str = ""
    ) -> None:
        self.baselines.append(
            Row(
                baseline_id=f"draft-b{len(self.baselines) + 1:03}",
                clause_id=clause["clause_id"],
                indicator=naming.of_all(name),
                concept_id="",
                period=year,
                value=value,
                unit=unit,
                note=note,
                accepted="",
                quote=quote,
                confidence=f"{sure:.2f}",
                rule="from-what-to-what" if sure < 0.9 else "column-of-the-past",
            )
        )

    def unit(self, figure: Figure, name: str) -> str:
        if figure.unit == "番":
            return "%"
        if figure.unit:
            return naming.per(scaling.unit(figure), name)
        return "比值" if _RATIO.search(name) or figure.kind == "ratio" else ""

    def row(self, clause: Row, figure: Figure, name: str, unit: str, measure: str, dated: Dated, before: str) -> Row:
        basis, start, end = self.period(measure, dated, name + before)  # 年均 in the name says it too
        if measure == "count" and unit.endswith("/年"):
            basis, start = "annual", min(self.reading.start, end)
        basis, start, end = self.within((basis, start, end), dated)
        upper = None
        if figure.value_max is not None:
            upper = figure.value_max * scaling.left(figure)
        undated = not dated.printed and self.reading.start != self.reading.end
        return self.proposed(
            clause,
            figure.start,
            indicator=naming.of_all(name),
            measure=measure,
            comparator=figure.comparator,
            value=scaling.value(figure),
            value_max=upper,
            unit=unit,
            period=(basis, start, end),
            note=f"原文未写年份，按方案期末{end}年记" if undated else dated.note,
        )

    def proposed(self, clause: Row, place: int, *, period: tuple[str, str, str], **cells: object) -> Row:
        """A proposed row of targets, printed at a place of its clause; cells that are not given stay empty."""
        basis, start, end = period
        return Row(
            target_id=f"draft-t{len(self.targets) + 1:03}",
            clause_id=clause["clause_id"],
            task_id=self.works.task_at(self.reading, clause, place),
            period_basis=basis,
            period_start=start,
            period_end=end,
            **{**_EMPTY, **cells},
        )

    def within(self, period: tuple[str, str, str], dated: Dated) -> tuple[str, str, str]:
        """A period cut to the months of a date."""
        basis, start, end = period
        if dated.months[1] and basis not in ("annual", "average"):
            end = f"{dated.year}-{dated.months[1]}"
            start = f"{dated.year}-{dated.months[0]}" if dated.months[0] and basis != "by" else start
        return basis, start, end

    def period(self, measure: str, dated: Dated, said: str) -> tuple[str, str, str]:
        """(basis, start, end): a state by a year; what is done from the plan's start, or in the year that is named;
        what is kept without a date in each year.
        """
        first = self.reading.start if self.reading.start <= dated.year else dated.year
        if ANNUAL_MEAN.search(said):
            return "average", first, dated.year
        if (
            EACH.search(said)
            or (_OFTEN.search(said) and measure == "count")
            or (KEPT.search(said) and measure != "count" and not (dated.printed or REACHED.search(said)))
        ):
            return "annual", first, dated.year
        if measure == "count":
            return "in", first if dated.until else dated.year, dated.year
        if measure == "growth" and self.reading.start == self.reading.end:
            return "in", first, dated.year
        if measure == "growth" and dated.printed and not dated.until and not _SINCE_WHEN.search(said):
            return "in", dated.year, dated.year
        return "by", "", dated.year
