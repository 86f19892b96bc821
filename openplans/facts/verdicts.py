"""The verdict on a promise: reached or not, on course or behind, open, not published, or why nothing can be said.

Comes in: a Case, all that the verdict on one promise rests on (facts/cases.py). Goes out: a Verdict for each of its
rows, with all that it was worked out of, so that its sum can be printed. No words and no clock; a figure is compared as
it is printed, and never computed from others. docs/verdicts.md tells the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from openplans.facts.records import Baseline, FigureSearch, Observation, Target
from openplans.text import comparators
from openplans.text.period import Period

VerdictWord = Literal["reached", "not-reached", "behind", "on-course", "open", "not-published", "cannot-be-said"]
WORDS: tuple[VerdictWord, ...] = (
    "reached",
    "not-reached",
    "behind",
    "on-course",
    "open",
    "not-published",
    "cannot-be-said",
)
"""In the order in which pages count them."""

Reason = Literal["", "text", "scope", "period", "definition", "growth", "bound", "direction"]
"""Why it cannot be said: the promise has no number; what is recorded is of another scope, of an unlike period (a month,
a single year of a sum), of what cannot be converted, a growth over an unnamed base; a bound (超 80) settles nothing; a
bare number is not met exactly, and nothing tells whether more or less is better."""

VerdictRule = Literal[
    "no-number", "figure-of-period", "own-step", "straight-line", "keep-level",
    "too-little", "no-figure", "only-unlike", "bound-open", "newest-year",
]  # fmt: skip

UP, DOWN, EVEN = 1, -1, 0
"""More is better; less is better; neither is known to be."""

_OF_WAYS = {"higher": UP, "lower": DOWN}
_DIRECTION = {**_OF_WAYS, **{comparator: _OF_WAYS[way] for comparator, way in comparators.WAYS.items()}}


@dataclass(frozen=True, slots=True)
class Comparable:
    """An actual figure, `row`, with its `value` in the unit of the promise."""

    row: Observation | Baseline
    value: Decimal

    @property
    def id(self) -> str:
        """The id of its row."""
        return self.row.observation_id if isinstance(self.row, Observation) else self.row.baseline_id

    @property
    def time(self) -> Period:
        """Its period; a figure of a year counts at its 31 December."""
        return self.row.time

    @property
    def bound(self) -> str:
        """Its bound as a comparator: approx where it is printed with 约, gt where with 超."""
        return self.row.comparator if isinstance(self.row, Observation) else "eq"

    @property
    def state(self) -> str:
        """preliminary, revised, final, or "" where its source does not say."""
        return self.row.state if isinstance(self.row, Observation) else ""

    @property
    def published(self) -> date | None:
        """When its source was published."""
        return self.row.source.published if isinstance(self.row, Observation) else None


@dataclass(frozen=True, slots=True)
class Unlike:
    """A figure of the same thing and region that is not compared, and why."""

    row: Observation | Baseline
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class YearVerdict:
    """The verdict on one year of a yearly promise."""

    year: int
    word: VerdictWord
    reason: Reason
    figure: Comparable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What can be said of a promise as of a day, by which `rule`, and the sum.

    `figure`: the one that it was judged by, `newest`: the newest comparable one, judged by or not. `baseline`,
    `expected` (in the unit of the promise) and `step` (the plan's own target for the figure's year): what `figure` was
    held against. `searched`: the first day since its end on which its figure was looked for. `restated`: the other rows
    of the promise; `contradicts`: rows that promise another value of the same thing and time.
    """

    target: Target
    word: VerdictWord
    rule: VerdictRule
    as_of: date
    due: date
    overdue: bool
    value: Decimal | None = None
    unit: str = ""
    reason: Reason = ""
    figure: Comparable | None = None
    baseline: Comparable | None = None
    expected: Decimal | None = None
    step: Target | None = None
    newest: Comparable | None = None
    searched: date | None = None
    unlike: tuple[Unlike, ...] = ()
    years: tuple[YearVerdict, ...] = ()
    restated: tuple[Target, ...] = ()
    contradicts: tuple[Target, ...] = ()

    @property
    def about(self) -> bool:
        """Whether the promise or the figure is one of 约 or 左右: taken as printed."""
        return bool(self.figure) and "approx" in (self.figure.bound, self.target.comparator)  # type: ignore[union-attr]

    @property
    def judged_year(self) -> int | None:
        """The newest year due of a yearly promise, where its verdict is of that one year; None where it is of all."""
        due = [each.year for each in self.years if date(each.year, 12, 31) < self.as_of]
        return due[-1] if due and self.rule == "newest-year" else None

    @property
    def spans(self) -> tuple[tuple[YearVerdict, ...], ...]:
        """The years of a yearly promise; together those that follow each other, of which one thing is said."""
        found: list[list[YearVerdict]] = []
        for each in self.years:
            last = found[-1][-1] if found else None
            if last and (last.word, last.year + 1) == (each.word, each.year) and not (last.figure or each.figure):
                found[-1].append(each)
            else:
                found.append([each])
        return tuple(map(tuple, found))

    @property
    def preliminary(self) -> bool:
        """Whether a final figure may still change it."""
        return bool(self.figure) and self.figure.state == "preliminary"  # type: ignore[union-attr]

    @property
    def published(self) -> bool:
        """Whether there is a comparable figure for its period: of a yearly promise, for its newest year due."""
        return self.word in ("reached", "not-reached") or (self.word == "cannot-be-said" and self.rule == "bound-open")


@dataclass(frozen=True, slots=True)
class Aim:
    """What one row asks for: `low` and, of a range, `high`, in the unit in which its promise is compared (None: no
    number, or one that cannot be converted), by `comparator`."""

    target: Target
    low: Decimal | None
    high: Decimal | None
    comparator: str

    @property
    def value(self) -> Decimal:
        """The figure that is promised: of a range the end that is to be reached."""
        assert self.low is not None  # a promise without a number is settled before it is asked for
        return self.high if self.high is not None and self.direction == DOWN else self.low

    @property
    def direction(self) -> int:
        """Which way is better: by the comparator, else by the concept, else by what cannot be otherwise.

        Nothing is less than none and no share more than all; who does more of what is counted has done it.
        """
        target = self.target
        if known := _DIRECTION.get(self.comparator) or _DIRECTION.get(target.concept.better if target.concept else ""):
            return known
        if target.value == 0:
            return DOWN
        counted = target.measure in ("count", "cumulative") or (target.value, target.unit) == (Decimal(100), "%")
        return UP if counted and not target.concept else EVEN

    def meets(self, figure: Comparable) -> bool | None:
        """Whether a figure is what was promised; None where its bound settles nothing, or no better side is known."""
        if self.direction == EVEN:
            assert self.low is not None
            within = self.low <= figure.value <= (self.low if self.high is None else self.high)
            return True if within and figure.bound in ("eq", "approx") else None
        return meets(figure, self.value, self.direction, strict=self.comparator in ("gt", "lt"))


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that the verdict on one promise rests on: what it asks
    for (`aim`) and from when on (`start`), in which `unit`.

    `like` is in the order of time; `steps`: the plan's other aims of the same thing by the end of their periods;
    `replacing`: the figure that replaced another, by the other's id; `searches`: those for figures of its region, in
    the order of time; `restated`: the rows that say the same again; `contradicts`: those that promise it otherwise.
    """

    aim: Aim
    start: date
    like: tuple[Comparable, ...]
    unlike: tuple[Unlike, ...]
    steps: Mapping[date, Aim]
    as_of: date
    unit: str
    replacing: Mapping[str, Observation]
    restated: tuple[Target, ...]
    contradicts: tuple[Target, ...]
    searches: tuple[FigureSearch, ...] = ()

    @property
    def target(self) -> Target:
        """The row by which it is judged."""
        return self.aim.target

    def verdict(self) -> Verdict:
        """The verdict on it, from the figures that none replaces."""
        standing = tuple(each for each in self.like if each.id not in self.replacing)
        found = _judged(replace(self, like=standing))
        return replace(found, restated=self.restated, contradicts=self.contradicts)

    def verdicts(self) -> Iterator[Verdict]:
        """The verdict on each of its rows: all share the one."""
        found = self.verdict()
        rows = (self.target, *self.restated)
        for row in rows:
            yield replace(found, target=row, restated=tuple(each for each in rows if each is not row))

    def on(self, day: date) -> Case:
        """The same as of a day: with the figures whose source was published by then."""

        def known(row: Observation | Baseline) -> bool:
            return isinstance(row, Baseline) or bool(row.source.published and row.source.published <= day)

        return replace(
            self,
            as_of=day,
            like=tuple(each for each in self.like if known(each.row)),
            unlike=tuple(each for each in self.unlike if known(each.row)),
            replacing={key: row for key, row in self.replacing.items() if known(row)},
            searches=tuple(each for each in self.searches if each.looked_on <= day),
        )

    @cached_property
    def period(self) -> Period:
        """The promise's time: its end, where it is a state; else from its start to its end."""
        return self.target.time

    @property
    def over(self) -> bool:
        """Whether its time is over on the day of the data."""
        return self.period.end < self.as_of

    @property
    def searched(self) -> date | None:
        """The first day since its end on which a figure for it was looked for; None: nobody is known to have."""
        end = self.period.end
        days = (each.looked_on for each in self.searches if each.looked_on > end and each.time.contains(end))
        return next(days, None)

    @property
    def keeps(self) -> bool:
        """Whether its words are to keep a level."""
        return any(row.keeps for row in (self.target, *self.restated))


def meets(figure: Comparable, value: Decimal | Fraction, direction: int, *, strict: bool = False) -> bool | None:
    """Whether a figure is at `value` or on its better side; None where its bound settles nothing.

    超 80 settles a ≥ 80 from below, and nothing against a ≤; 约 is taken as printed.
    """
    own = Fraction(figure.value)
    ahead = (own - Fraction(value)) * direction
    if figure.bound in ("eq", "approx"):
        return ahead > 0 if strict else ahead >= 0
    if _DIRECTION[figure.bound] != direction:
        return None
    beyond = figure.bound in ("gt", "lt")  # the true figure is more than the printed one
    return True if ahead > 0 or (ahead == 0 and (beyond or not strict)) else None


def _judged(case: Case) -> Verdict:
    """The verdict on one promise, alone."""
    yearly = case.target.period_basis == "annual"
    if case.target.value is None:
        told = _said(case, "cannot-be-said", "no-number", reason="text")
        return replace(told, overdue=bool(_years_due(case))) if yearly else told
    if yearly:
        return _yearly(case)
    return _single(case)


def _single(case: Case) -> Verdict:
    """A promise with one time: judged by the figure for it; before its end, by the way there."""
    figure = _figure_for(case, case.period) or _sum_so_far(case)
    met = case.aim.meets(figure) if figure else None
    if met:
        return _said(case, "reached", "figure-of-period", figure=figure)
    if not case.over:
        return _on_the_way(case)
    if not figure:
        return _silent(case)
    if met is None:
        return _said(case, "cannot-be-said", "bound-open", reason=_doubt(figure), figure=figure)
    return _said(case, "not-reached", "figure-of-period", figure=figure)


def _on_the_way(case: Case) -> Verdict:
    """Not due: the newest figure against the level to be kept, the
    plan's own step, or the straight line from the baseline."""
    known = [each for each in case.like if each.time.end <= case.period.end]
    newest = known[-1] if known else None
    if newest and case.keeps and newest.time.kind != "span":
        return _course(case, "keep-level", newest, case.aim.meets(newest))
    baseline = _newest([each for each in known if each.time.end <= case.start])
    if not newest or not baseline or newest.time.end <= case.start:
        return _silent(case)
    if step := case.steps.get(newest.time.end):
        met = step.meets(newest)
        return _course(case, "own-step", newest, met, baseline=baseline, step=step.target, expected=step.value)
    if case.aim.meets(baseline):
        return _course(case, "keep-level", newest, case.aim.meets(newest), baseline=baseline)
    due = line(baseline, newest.time.end, case.aim.value, case.period.end)
    direction = case.aim.direction or (UP if case.aim.value > baseline.value else DOWN)
    shown = _rounded(due, baseline.value, newest.value, case.aim.value)
    return _course(case, "straight-line", newest, meets(newest, due, direction), baseline=baseline, expected=shown)


def line(baseline: Comparable, at: date, value: Decimal, end: date) -> Fraction:
    """What the straight line from a baseline to `value` at `end`
    asks on the day `at`. A year is a year, leap or not."""
    passed = (_point(at) - _point(baseline.time.end)) / (_point(end) - _point(baseline.time.end))
    return Fraction(baseline.value) + (Fraction(value) - Fraction(baseline.value)) * passed


def _course(case: Case, rule: VerdictRule, figure: Comparable, met: bool | None, **inputs: object) -> Verdict:
    if met is None:
        return _said(case, "open", "bound-open", reason=_doubt(figure), figure=figure, **inputs)
    return _said(case, "on-course" if met else "behind", rule, figure=figure, **inputs)


def _doubt(figure: Comparable) -> Reason:
    """Why a figure settles nothing: its bound, or, where it has none, that no better side is known."""
    return "direction" if figure.bound in ("eq", "approx") else "bound"


def _silent(case: Case) -> Verdict:
    """Nothing to judge by: all that is recorded is unlike; or it is due and none is published; or it is too early."""
    if case.unlike and not case.like:
        return _said(case, "cannot-be-said", "only-unlike", reason=case.unlike[-1].reason)
    if case.over:
        return _said(case, "not-published", "no-figure")
    return _said(case, "open", "too-little")


def _yearly(case: Case) -> Verdict:
    """A promise for every year: one verdict for each; as a whole that of the newest year due."""
    judged = {year: _of_year(case, year) for year in case.period.years}
    years = [
        YearVerdict(year=year, word=own.word, reason=own.reason, figure=own.figure) for year, own in judged.items()
    ]
    due = _years_due(case)
    if not due:
        return replace(_silent(case), years=tuple(years))
    newest = judged[due[-1]]
    rule: VerdictRule = "newest-year" if len(years) > 1 else newest.rule
    return replace(newest, target=case.target, due=case.period.end, overdue=True, rule=rule, years=tuple(years))


def _years_due(case: Case) -> list[int]:
    """The years of a yearly promise that are over."""
    return [year for year in case.period.years if date(year, 12, 31) < case.as_of]


def _of_year(case: Case, year: int) -> Verdict:
    one = replace(case.target, period_basis="in", period_start=str(year), period_end=str(year))
    own = replace(case, aim=replace(case.aim, target=one))
    if own.over or _figure_for(own, own.period):
        return _single(own)
    return _said(own, "open", "too-little")


def _said(case: Case, word: VerdictWord, rule: VerdictRule, **inputs: object) -> Verdict:
    return Verdict(
        target=case.target,
        word=word,
        rule=rule,
        as_of=case.as_of,
        due=case.period.end,
        overdue=case.over,
        unit=case.unit,
        newest=case.like[-1] if case.like else None,
        searched=case.searched,
        unlike=case.unlike,
        value=None if case.aim.low is None else case.aim.value,
        **inputs,  # type: ignore[arg-type]
    )


def _figure_for(case: Case, period: Period) -> Comparable | None:
    """The figure for a period: the final one, else the one published last."""
    state = case.target.period_basis == "by"
    found = [each for each in case.like if each.time.end == period.end and (state or each.time.start == period.start)]
    return max(found, key=settled, default=None)


def _sum_so_far(case: Case) -> Comparable | None:
    """The newest figure from the beginning of a promise's years on, where what is counted has come to the whole
    already: it can only grow."""
    counted = case.target.measure in ("count", "cumulative") and case.aim.direction == UP
    newest = case.like[-1] if case.like else None
    return newest if counted and newest and newest.time.kind == "span" and case.aim.meets(newest) else None


def settled(figure: Comparable) -> tuple[bool, date, str]:
    """The order of figures for one time: the final one is last, else the one published last."""
    return figure.state == "final", figure.published or date.min, figure.id


def _newest(figures: list[Comparable]) -> Comparable | None:
    """The last of some figures in time; of one day the plan's own."""
    return max(figures, key=lambda each: (each.time.end, isinstance(each.row, Baseline), *settled(each)), default=None)


def _point(day: date) -> Fraction:
    """A day on the axis of years: 31 December 2022 is at 2023, whatever the year's length."""
    first = date(day.year, 1, 1)
    length = (date(day.year + 1, 1, 1) - first).days
    return day.year + Fraction((day - first).days + 1, length)


def _rounded(value: Fraction, *beside: Decimal) -> Decimal:
    """A value with two more decimals than those that it stands beside, without needless zeros."""
    places = 2 + max(max(0, -int(each.as_tuple().exponent)) for each in beside)
    shown = Decimal(round(value * 10**places)).scaleb(-places)
    return Decimal(f"{shown.normalize():f}")
