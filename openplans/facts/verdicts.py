"""The verdict on a promise: reached or not, on course or behind, open, not published, or why nothing can be said.

Comes in: the facts of the plans, the published figures, the registry, and the date of the data. Goes out: a Verdict per
target, with all that it was worked out of, so that its sum can be printed. No words and no clock; a figure is compared as
it is printed, and never computed from others. docs/verdicts.md tells the rules.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from openplans.facts import restatements
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Baseline, Observation, Target
from openplans.facts.registry import Registry
from openplans.text.period import Period

Word = Literal["reached", "not-reached", "behind", "on-course", "open", "not-published", "cannot-be-said"]
WORDS: tuple[Word, ...] = ("reached", "not-reached", "behind", "on-course", "open", "not-published", "cannot-be-said")
"""In the order in which pages count them."""

Reason = Literal["", "text", "scope", "period", "definition", "growth", "bound", "direction"]
"""Why it cannot be said: the promise has no number; what is recorded is of another scope, of an unlike period (a month, a
single year of a sum), of what cannot be converted, a growth over an unnamed base; a bound (超 80) settles nothing; a bare number is not met exactly, and nothing tells whether
more or less is better."""

Rule = Literal[
    "no-number", "figure-of-period", "own-step", "straight-line", "keep-level",
    "too-little", "no-figure", "only-unlike", "bound-open", "newest-year",
]  # fmt: skip
RULES: tuple[Rule, ...] = (
    "figure-of-period", "own-step", "straight-line", "keep-level", "newest-year",
    "too-little", "no-figure", "only-unlike", "bound-open", "no-number",
)  # fmt: skip

UP, DOWN, EVEN = 1, -1, 0
"""More is better; less is better; neither is known to be."""

_DIRECTION = {"ge": UP, "gt": UP, "le": DOWN, "lt": DOWN, "higher": UP, "lower": DOWN}
_KEEP = ("稳定", "保持", "维持", "控制在", "巩固")
"""How documents promise to keep a level, rather than to come to it."""


@dataclass(frozen=True, slots=True)
class Figure:
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
    word: Word
    reason: Reason
    figure: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What can be said of a promise as of a day, by which `rule`, and the sum.

    `figure`: the one that it was judged by, `newest`: the newest comparable one, judged by or not. `baseline`, `expected`
    (in the unit of the promise) and `step` (the plan's own target for the figure's year): what `figure` was held against.
    `restated`: the other rows of the promise; `contradicts`: rows that promise another value of the same thing and time.
    """

    target: Target
    word: Word
    rule: Rule
    as_of: date
    due: date
    overdue: bool
    value: Decimal | None = None
    unit: str = ""
    reason: Reason = ""
    figure: Figure | None = None
    baseline: Figure | None = None
    expected: Decimal | None = None
    step: Target | None = None
    newest: Figure | None = None
    unlike: tuple[Unlike, ...] = ()
    years: tuple[YearVerdict, ...] = ()
    restated: tuple[Target, ...] = ()
    contradicts: tuple[Target, ...] = ()

    @property
    def about(self) -> bool:
        """Whether the promise or the figure is one of 约 or 左右: taken as printed."""
        return bool(self.figure) and "approx" in (self.figure.bound, self.target.comparator)  # type: ignore[union-attr]

    @property
    def preliminary(self) -> bool:
        """Whether a final figure may still change it."""
        return bool(self.figure) and self.figure.state == "preliminary"  # type: ignore[union-attr]

    @property
    def published(self) -> bool:
        """Whether there is a comparable figure for its period: of a yearly promise, for its newest year due."""
        return self.word in ("reached", "not-reached") or (self.word == "cannot-be-said" and self.rule == "bound-open")


@dataclass(frozen=True)
class Case:
    """All that the verdict on one promise rests on. `like` is in the order of time; `steps`: other targets of the same thing
    by the end of their periods; `replacing`: the figure that replaced another, by the other's id; `restated` and
    `contradicts` as a Verdict has them."""

    target: Target
    start: date
    like: tuple[Figure, ...]
    unlike: tuple[Unlike, ...]
    steps: Mapping[date, Target]
    as_of: date
    unit: str
    comparator: str
    replacing: Mapping[str, Observation]
    restated: tuple[Target, ...]
    contradicts: tuple[Target, ...]

    def verdict(self) -> Verdict:
        """The verdict on it, from the figures that none replaces."""
        standing = tuple(each for each in self.like if each.id not in self.replacing)
        found = _judged(replace(self, like=standing))
        return replace(found, restated=self.restated, contradicts=self.contradicts)

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
        )

    @cached_property
    def period(self) -> Period:
        """The promise's time: its end, where it is a state; else from its start to its end."""
        if self.target.period_basis == "by" or not self.target.period_start:
            return Period.parse(self.target.period_end)
        return Period.span(self.target.period_start, self.target.period_end)

    @property
    def value(self) -> Decimal:
        """The figure that is promised: of a range the end that is to be reached."""
        low, high = _values(self.target)
        assert low is not None  # a promise without a number is settled before it is asked for
        return high if high is not None and self.direction == DOWN else low

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
        counted = target.measure in ("count", "cumulative") or (target.value, target.unit) == (100, "%")
        return UP if counted and not target.concept else EVEN

    @property
    def over(self) -> bool:
        """Whether its time is over on the day of the data."""
        return self.period.end < self.as_of

    def meets(self, figure: Figure) -> bool | None:
        """Whether a figure is what was promised; None where its bound settles nothing, or no better side is known."""
        if self.direction == EVEN:
            low, high = _values(self.target)
            assert low is not None
            within = low <= figure.value <= (low if high is None else high)
            return True if within and figure.bound in ("eq", "approx") else None
        return meets(figure, self.value, self.direction, strict=self.comparator in ("gt", "lt"))


def meets(figure: Figure, value: Decimal | Fraction, direction: int, *, strict: bool = False) -> bool | None:
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


def verdicts(
    plans: Iterable[PlanFacts], observations: Iterable[Observation], registry: Registry, as_of: date
) -> dict[str, Verdict]:
    """The verdict on every target, by target_id, in the order of plans and rows."""
    found = {case.target.target_id: case.verdict() for case in cases(plans, observations, registry, as_of)}
    return {target.target_id: found[target.target_id] for plan in plans for target in plan.targets}


def cases(
    plans: Iterable[PlanFacts], observations: Iterable[Observation], registry: Registry, as_of: date
) -> Iterator[Case]:
    """What the verdict on each target rests on, promise by promise."""
    known = _by_thing(observations)
    for plan in plans:
        yield from _of_plan(plan, known, registry, as_of)


def changes(cases: Iterable[Case], first: date) -> Iterator[tuple[date, Verdict, Word]]:
    """What became of each promise: the last day of a month by which its verdict is another than at the end of the month
    before, that verdict, and the word before it. From the month of `first` to the last that is over; figures are known
    from the day on which their source was published, so those without such a day change nothing."""
    for case in cases:
        before: Word | None = None
        for day in _turning_points(case, first):
            seen = case.on(day).verdict()
            if before and seen.word != before:
                yield day, seen, before
            before = seen.word


def _turning_points(case: Case, first: date) -> list[date]:
    """The ends of months by which a verdict can have become another: of the first one, and of each in which a figure was
    published, or a time had just ended."""
    ends = (
        [date(year, 12, 31) for year in case.period.years]
        if case.target.period_basis == "annual"
        else [case.period.end]
    )
    days = [each.published for each in case.like if each.published]
    days += [
        each.row.source.published
        for each in case.unlike
        if isinstance(each.row, Observation) and each.row.source.published
    ]
    days += [end + timedelta(days=1) for end in ends]
    months = {_end_of_month(max(day, first)) for day in (first, *days)}
    return sorted(month for month in months if month < case.as_of)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _of_plan(
    plan: PlanFacts, known: Mapping[str, list[Observation]], registry: Registry, as_of: date
) -> Iterator[Case]:
    steps = _steps(plan.targets)
    baselines: defaultdict[str, list[Baseline]] = defaultdict(list)
    for row in plan.baselines:
        baselines[row.concept_id or row.indicator].append(row)
    things: defaultdict[str, list[str]] = defaultdict(list)
    for target in plan.targets:
        things[_thing(target)].append(target.target_id)
    for promise in restatements.promises(plan.targets):
        for target in promise:
            thing = _thing(target)
            rows = [*baselines[target.concept_id or target.indicator]]
            published = (
                known.get(thing, [])
                if target.concept_id
                else [row for each in things[thing] for row in known.get(each, [])]
            )
            like, unlike = _sorted(target, [*rows, *published], registry)
            same = [each for each in promise if _values(each) == _values(target)]
            case = Case(
                target, _start(target, plan.plan.effective_start), like, unlike,
                _own_steps(steps[_thing(target), target.scope, target.measure], target),
                as_of, _unit(target), _comparator(same, target), _replacing(published),
                restated=tuple(each for each in same if each is not target),
                contradicts=tuple(each for each in promise if _values(each) != _values(target)),
            )  # fmt: skip
            yield case


def _judged(case: Case) -> Verdict:
    """The verdict on one promise, alone."""
    if case.target.comparator == "relative" or case.target.value is None:
        return _said(case, "cannot-be-said", "no-number", reason="text", value=None)
    if case.target.period_basis == "annual":
        return _yearly(case)
    return _single(case)


def _single(case: Case) -> Verdict:
    """A promise with one time: judged by the figure for it; before its end, by the way there."""
    figure = _figure_for(case, case.period)
    met = case.meets(figure) if figure else None
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
    """Not due: the newest figure against the level to be kept, the plan's own step, or the straight line from the baseline."""
    known = [each for each in case.like if each.time.end <= case.period.end]
    newest = known[-1] if known else None
    if newest and any(word in case.target.quote for word in _KEEP):
        return _course(case, "keep-level", newest, case.meets(newest))
    baseline = _newest([each for each in known if each.time.end <= case.start])
    if not newest or not baseline or newest.time.end <= case.start:
        return _silent(case)
    if step := case.steps.get(newest.time.end):
        own = replace(case, target=step, comparator=step.comparator)
        return _course(case, "own-step", newest, own.meets(newest), baseline=baseline, step=step, expected=own.value)
    if case.meets(baseline):
        return _course(case, "keep-level", newest, case.meets(newest), baseline=baseline)
    due = line(baseline, newest.time.end, case.value, case.period.end)
    direction = case.direction or (UP if case.value > baseline.value else DOWN)
    shown = _rounded(due, baseline.value, newest.value, case.value)
    return _course(case, "straight-line", newest, meets(newest, due, direction), baseline=baseline, expected=shown)


def line(baseline: Figure, at: date, value: Decimal, end: date) -> Fraction:
    """What the straight line from a baseline to `value` at `end` asks on the day `at`. A year is a year, leap or not."""
    passed = (_point(at) - _point(baseline.time.end)) / (_point(end) - _point(baseline.time.end))
    return Fraction(baseline.value) + (Fraction(value) - Fraction(baseline.value)) * passed


def _course(case: Case, rule: Rule, figure: Figure, met: bool | None, **inputs: object) -> Verdict:
    if met is None:
        return _said(case, "open", "bound-open", reason=_doubt(figure), figure=figure, **inputs)
    return _said(case, "on-course" if met else "behind", rule, figure=figure, **inputs)


def _doubt(figure: Figure) -> Reason:
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
    """A promise for every year: a verdict a year; as a whole that of the newest year due."""
    judged = {year: _of_year(case, year) for year in case.period.years}
    years = [
        YearVerdict(year=year, word=own.word, reason=own.reason, figure=own.figure) for year, own in judged.items()
    ]
    due = [own for year, own in judged.items() if date(year, 12, 31) < case.as_of]
    if not due:
        return replace(_silent(case), years=tuple(years))
    newest = due[-1]
    rule: Rule = "newest-year" if len(years) > 1 else newest.rule
    return replace(newest, target=case.target, due=case.period.end, overdue=True, rule=rule, years=tuple(years))


def _of_year(case: Case, year: int) -> Verdict:
    one = replace(case.target, period_basis="in", period_start=str(year), period_end=str(year))
    own = replace(case, target=one)
    if own.over or _figure_for(own, own.period):
        return _single(own)
    return _said(own, "open", "too-little")


def _said(case: Case, word: Word, rule: Rule, **inputs: object) -> Verdict:
    given = {"value": case.value, **inputs} if "value" not in inputs else inputs
    return Verdict(
        target=case.target, word=word, rule=rule, as_of=case.as_of, due=case.period.end, overdue=case.over, unit=case.unit,
        newest=case.like[-1] if case.like else None, unlike=case.unlike, **given,  # type: ignore[arg-type]
    )  # fmt: skip


def _figure_for(case: Case, period: Period) -> Figure | None:
    """The figure for a period: the final one, else the one published last."""
    state = case.target.period_basis == "by"
    found = [each for each in case.like if each.time.end == period.end and (state or each.time.start == period.start)]
    return max(found, key=_settled, default=None)


def _settled(figure: Figure) -> tuple[bool, date, str]:
    return figure.state == "final", figure.published or date.min, figure.id


def _newest(figures: list[Figure]) -> Figure | None:
    """The last of some figures in time; of one day the plan's own."""
    return max(figures, key=lambda each: (each.time.end, isinstance(each.row, Baseline), *_settled(each)), default=None)


def _sorted(
    target: Target, rows: Iterable[Observation | Baseline], registry: Registry
) -> tuple[tuple[Figure, ...], tuple[Unlike, ...]]:
    """The figures of a target's thing and region that can be compared with it, and those that cannot."""
    like, unlike = [], []
    for row in rows:
        if isinstance(row, Observation) and row.region != target.region:
            continue
        value = registry.in_unit(row.value, row.unit, _unit(target))
        if reason := _unlike(target, row, value):
            if not (isinstance(row, Observation) and row.replaced_by):
                unlike.append(Unlike(row, reason))
        elif value is not None:
            like.append(Figure(row, value))
    ordered = sorted(like, key=lambda each: (each.time, *_settled(each)))
    return tuple(ordered), tuple(sorted(unlike, key=lambda each: each.row.time))


def _unlike(target: Target, row: Observation | Baseline, value: Decimal | None) -> Reason:
    """Why a figure cannot be compared with a promise, the first that holds; "" where it can."""
    scope, of_target = (row.scope, row.target_id) if isinstance(row, Observation) else ("", "")
    if scope != target.scope:
        return "scope"
    if value is None or (target.value is not None and _values(target)[0] is None):
        return "definition"
    if target.measure == "growth" and target.period_basis == "by" and not of_target:
        return "growth"
    return "" if _fits(target, row.time) else "period"


def _fits(target: Target, time: Period) -> bool:
    """Whether a figure's period is like a promise's. A state is compared at ends of years and on days, and where a month is
    promised, at ends of months; what is counted within a time, over times of the same length."""
    if target.period_basis == "annual":
        return time.kind == "year"
    if target.period_basis == "by" or not target.period_start:
        months = Period.parse(target.period_end).kind == "month"
        return time.kind in (("year", "date", "month") if months else ("year", "date"))
    return time.kind != "date" and time.is_like(Period.span(target.period_start, target.period_end))


def _replacing(observations: Iterable[Observation]) -> dict[str, Observation]:
    """The figures that replace others, by the id of what they replace."""
    return {row.replaces: row for row in observations if row.replaces}


def _by_thing(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    """The figures by what they are of: a concept in a region, or a target."""
    found: defaultdict[str, list[Observation]] = defaultdict(list)
    for row in observations:
        found[f"{row.region.region_code}:{row.concept_id}" if row.concept_id else row.target_id].append(row)
    return dict(found)


def _thing(target: Target) -> str:
    """What a promise is about: a concept in its region; without one, what the plan calls by one name and for one scope."""
    if target.concept_id:
        return f"{target.region.region_code}:{target.concept_id}"
    return f"{target.plan_id}:{target.indicator}:{target.scope}:{target.measure}"


def _steps(targets: Iterable[Target]) -> defaultdict[tuple[str, str, str], list[Target]]:
    """The states that a plan promises of one thing, in the document's order."""
    found: defaultdict[tuple[str, str, str], list[Target]] = defaultdict(list)
    for target in targets:
        if target.period_basis == "by" and _values(target)[0] is not None:
            found[_thing(target), target.scope, target.measure].append(target)
    return found


def _own_steps(targets: list[Target], target: Target) -> dict[date, Target]:
    """The steps on the way to a target by their day. Where the document has two for one day, the one beside the target counts."""
    if target.period_basis != "by":
        return {}
    end = Period.parse(target.period_end).end
    ordered = sorted(targets, key=lambda each: each.clause_id == target.clause_id)
    found = {Period.parse(each.period_end).end: each for each in ordered}
    return {day: each for day, each in found.items() if day < end}


def _comparator(same: list[Target], target: Target) -> str:
    """The comparator of a promise: a bare number that is said elsewhere with one is meant so."""
    given = [each.comparator for each in same if each.comparator in ("ge", "gt", "le", "lt")]
    return given[0] if given else target.comparator


def _start(target: Target, plan_start: str) -> date:
    return Period.parse(target.period_start or plan_start).start


def _unit(target: Target) -> str:
    """The unit in which a promise is compared: its concept's, else its own."""
    return target.concept.unit if target.concept else target.unit


def _values(target: Target) -> tuple[Decimal | None, Decimal | None]:
    """A target's values in the unit in which it is compared."""
    if target.concept:
        return target.converted, target.converted_max
    return target.value, target.value_max


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
