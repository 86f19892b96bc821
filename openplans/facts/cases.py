"""What the verdict on each promise rests on: the figures that can be compared with it, and those that cannot.

Comes in: the facts of the plans, the published figures, the registry, and the date of the data. Goes out: a Case for
each value that a promise states, with all the rows that state it. Apart from the verdicts, because which figure is like
which promise is one question, and how they compare another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openplans.facts import restatements
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Baseline, FigureSearch, Observation, Target
from openplans.facts.registry import Registry
from openplans.facts.verdicts import Aim, Case, Comparable, Reason, Unlike, Verdict, settled
from openplans.text.comparators import WAYS
from openplans.text.period import Period

Actual = Observation | Baseline
"""An actual figure, published or reported by the plan itself."""

_WITH_NUMBER = {"higher": "ge", "lower": "le"}
"""The comparator to which the number itself belongs, by the way that it leaves open."""


def verdicts(
    plans: Iterable[PlanFacts], observations: Iterable[Observation], registry: Registry, as_of: date
) -> dict[str, Verdict]:
    """The verdict on every target, by target_id, promise by promise."""
    found = (each for case in cases(plans, observations, registry, as_of) for each in case.verdicts())
    return {each.target.target_id: each for each in found}


def cases(
    plans: Iterable[PlanFacts],
    observations: Iterable[Observation],
    registry: Registry,
    as_of: date,
    searches: Iterable[FigureSearch] = (),
) -> Iterator[Case]:
    """What the verdict on each promise rests on; one for each value that a promise states."""
    published = _by_thing(observations)
    searched: defaultdict[str, list[FigureSearch]] = defaultdict(list)
    for search in searches:
        searched[search.region.region_code].append(search)
    for plan in plans:
        known = _Known.of(plan, published, tuple(searched[plan.plan.region.region_code]))
        for promise in restatements.promises(plan.targets):
            for same in restatements.alike(promise, registry):
                yield _case(same, promise, known, registry, as_of)


@dataclass(frozen=True)
class _Known:
    """What is known of the things that a plan promises: its other targets and the actual figures, by thing, and when
    figures of its region were looked for."""

    plan: PlanFacts
    targets: Mapping[str, list[Target]]
    baselines: Mapping[str, list[Baseline]]
    published: Mapping[str, list[Observation]]
    searches: tuple[FigureSearch, ...]

    @classmethod
    def of(
        cls, plan: PlanFacts, published: Mapping[str, list[Observation]], searches: tuple[FigureSearch, ...]
    ) -> _Known:
        targets: defaultdict[str, list[Target]] = defaultdict(list)
        for target in plan.targets:
            targets[_thing(target)].append(target)
        baselines: defaultdict[str, list[Baseline]] = defaultdict(list)
        for row in plan.baselines:
            baselines[row.concept_id or row.indicator].append(row)
        return cls(plan, targets, baselines, published, searches)

    def stated(self, promise: Iterable[Target]) -> list[Target]:
        """All that the plan promises of what a promise is about, whatever its rows call it."""
        return [each for thing in dict.fromkeys(map(_thing, promise)) for each in self.targets[thing]]

    def figures(self, promise: Iterable[Target]) -> list[Actual]:
        """The actual figures of what a promise is about, whichever of its rows they were recorded for."""
        rows = list(promise)
        things = dict.fromkeys(map(_thing, rows))
        ids = [each.target_id for each in self.stated(rows)]
        own = dict.fromkeys(each.concept_id or each.indicator for each in rows)
        reported = [row for key in own for row in self.baselines.get(key, ())]
        return [*reported, *(row for key in (*things, *ids) for row in self.published.get(key, ()))]


def _case(same: list[Target], promise: list[Target], known: _Known, registry: Registry, as_of: date) -> Case:
    """The case of the rows that say one thing. It is judged by
    the first that has a concept, which knows what is better."""
    target = next((each for each in same if each.concept), same[0])
    unit = target.concept.unit if target.concept else target.unit
    figures = [row for row in known.figures(promise) if isinstance(row, Baseline) or row.region == target.region]
    aim = _aim(target, unit, registry, _comparator(target, same, promise))
    like, unlike = _sorted(aim, unit, figures, registry)
    return Case(
        aim=aim,
        start=Period.parse(target.period_start or known.plan.plan.effective_start).start,
        like=like,
        unlike=unlike,
        steps=_steps(known.stated(promise), target, unit, registry),
        as_of=as_of,
        unit=unit,
        replacing={row.replaces: row for row in figures if isinstance(row, Observation) and row.replaces},
        restated=tuple(each for each in same if each is not target),
        contradicts=tuple(each for each in promise if each not in same),
        searches=known.searches,
    )


def _aim(target: Target, unit: str, registry: Registry, comparator: str = "") -> Aim:
    """What a row asks for, in a unit."""
    low, high = (
        None if value is None else registry.in_unit(value, target.unit, unit)
        for value in (target.value, target.value_max)
    )
    return Aim(target, low, high, comparator or target.comparator)


def _comparator(target: Target, same: Iterable[Target], promise: Iterable[Target]) -> str:
    """How a number is meant: a bare one that its promise has elsewhere with a comparator is meant so; and where that
    stands at another number only, as far as which way is better."""
    exact = next((each.comparator for each in same if each.comparator in WAYS), "")
    if exact or target.comparator not in ("eq", "approx"):
        return exact or target.comparator
    return next((_WITH_NUMBER[WAYS[each.comparator]] for each in promise if each.comparator in WAYS), target.comparator)


def _steps(rows: Iterable[Target], target: Target, unit: str, registry: Registry) -> dict[date, Aim]:
    """The states that a plan promises on the way to one, by their
    day. Of two for one day, the one beside the target counts."""
    if target.period_basis != "by":
        return {}
    own = (target.scope, target.measure, target.period_basis)
    alike = [each for each in rows if (each.scope, each.measure, each.period_basis) == own]
    ordered = sorted(alike, key=lambda each: each.clause_id == target.clause_id)
    found = {each.time.end: _aim(each, unit, registry) for each in ordered}
    return {day: aim for day, aim in found.items() if day < target.time.end and aim.low is not None}


def _sorted(
    aim: Aim, unit: str, rows: Iterable[Actual], registry: Registry
) -> tuple[tuple[Comparable, ...], tuple[Unlike, ...]]:
    """The figures of a promise's thing that can be compared with it, and those that cannot."""
    like, unlike = [], []
    for row in rows:
        value = registry.in_unit(row.value, row.unit, unit)
        if reason := _unlike(aim, row, value):
            if not (isinstance(row, Observation) and row.replaced_by):
                unlike.append(Unlike(row, reason))
        elif value is not None:
            like.append(Comparable(row, value))
    ordered = sorted(like, key=lambda each: (each.time, *settled(each)))
    return tuple(ordered), tuple(sorted(unlike, key=lambda each: each.row.time))


def _unlike(aim: Aim, row: Actual, value: Decimal | None) -> Reason:
    """Why a figure cannot be compared with a promise, the first that holds; "" where it can."""
    target = aim.target
    scope, of_target = (row.scope, row.target_id) if isinstance(row, Observation) else ("", "")
    if scope != target.scope:
        return "scope"
    if value is None or (target.value is not None and aim.low is None):
        return "definition"
    if target.measure == "growth" and target.period_basis == "by" and not of_target:
        return "growth"
    return "" if _fits(target, row.time) else "period"


def _fits(target: Target, time: Period) -> bool:
    """Whether a figure's period is like a promise's. A state is compared at ends of years and on days, and where a
    month is promised, at ends of months; what is counted within a time, over times of the same length, or, where that
    is several years, from its beginning on: a sum so far."""
    if target.period_basis == "annual":
        return time.kind == "year"
    if target.period_basis == "by" or not target.period_start:
        months = Period.parse(target.period_end).kind == "month"
        return time.kind in (("year", "date", "month") if months else ("year", "date"))
    own = target.time
    if own.kind == "span":
        return time.kind == "span" and time.start == own.start and time.end <= own.end
    return time.kind != "date" and time.is_like(own)


def _by_thing(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    """The figures by what they are of: a concept in a region, or a target."""
    found: defaultdict[str, list[Observation]] = defaultdict(list)
    for row in observations:
        found[f"{row.region.region_code}:{row.concept_id}" if row.concept_id else row.target_id].append(row)
    return dict(found)


def _thing(target: Target) -> str:
    """What a promise is about: a concept in its region; without
    one, what the plan calls by one name and for one scope."""
    if target.concept_id:
        return f"{target.region.region_code}:{target.concept_id}"
    return f"{target.plan_id}:{target.indicator}:{target.scope}:{target.measure}"
