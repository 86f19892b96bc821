"""A promise as a reader counts it: one line with its yearly steps, each with all the places that state it.

Comes in: the targets of a plan. Goes out: Promises, in the order of the document. Apart from `restatements`, which
knows only what is written down (`restates`): that 20 % in 2023, 60 % in 2025 and 100 % in 2027 are one line is worked
out here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from openplans.facts import restatements
from openplans.facts.records import ROLES, Place, Responsibility, Target


@dataclass(frozen=True, slots=True)
class Step:
    """What is promised for one time: the rows that `said` it, the first statement first."""

    said: tuple[Target, ...]

    @property
    def target(self) -> Target:
        """The row that states it first."""
        return self.said[0]


@dataclass(frozen=True, slots=True)
class NamedOrganizations:
    """The units that answer for a promise, as one place of the document names them; `indicator`: what it says there,
    where that is the same thing at other times."""

    place: Place
    responsibilities: tuple[Responsibility, ...]
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A line: `steps` in the order of their years. What is said of the whole line is said of its last step."""

    steps: tuple[Step, ...]

    @property
    def target(self) -> Target:
        """The row that states the last step first: by it the line is called."""
        return self.steps[-1].target

    @property
    def rows(self) -> tuple[Target, ...]:
        """Every row that states a step of it."""
        return tuple(row for step in self.steps for row in step.said)

    @property
    def others(self) -> tuple[Target, ...]:
        """The rows besides the one that it is called by."""
        return tuple(row for row in self.rows if row is not self.target)

    @property
    def otherwise(self) -> tuple[Target, ...]:
        """The rows that state its last step with another number, each number once: there the document contradicts
        itself."""
        numbers = {row.converted: row for row in reversed(self.steps[-1].said) if row.converted is not None}
        own = self.target.converted
        return tuple(row for number, row in numbers.items() if own is not None and number != own)

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which a step of it is due."""
        return tuple(sorted({year for row in self.rows for year in row.years}))

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the document states it."""
        return tuple(dict.fromkeys(row.place.short for row in self.rows))

    @property
    def named(self) -> tuple[NamedOrganizations, ...]:
        """The places that name its units, each list of units once, in the order of the document; where none does, those
        that name them for the same thing at other times."""
        rows = sorted(self.rows, key=lambda each: each.target_id)
        here = [NamedOrganizations(row.place.short, row.responsibilities) for row in rows if row.responsibilities]
        akin = [
            NamedOrganizations(one.place, one.responsibilities, one.indicator) for row in rows for one in row.kindred
        ]
        found: dict[tuple[tuple[str, str], ...], NamedOrganizations] = {}
        for named in here or akin:
            found.setdefault(tuple((each.org_id, each.role) for each in named.responsibilities), named)
        return tuple(found.values())

    @property
    def silent(self) -> tuple[Place, ...]:
        """The places that state it and name no unit."""
        return tuple(dict.fromkeys(row.place.short for row in self.rows if not row.responsibilities))

    @property
    def roles(self) -> dict[str, str]:
        """The role of each unit that answers for it, by org_id: the weightiest that any place gives it."""
        found: dict[str, str] = {}
        for each in (organization for named in self.named for organization in named.responsibilities):
            found[each.org_id] = min(found.get(each.org_id, each.role), each.role, key=ROLES.index)
        return found


def promises(targets: Iterable[Target]) -> list[Promise]:
    """The promises of one plan, in the order in which it makes them."""
    steps = [Step(tuple(said)) for said in restatements.promises(targets)]
    return [promise for line in _lines(steps) for promise in _promises(line)]


def _lines(steps: Iterable[Step]) -> list[list[Step]]:
    """The steps of each line. An annex may call a thing otherwise than the body: what it says there of earlier years is
    of the line whose last step it states again."""
    lines: dict[Hashable, list[Step]] = {}
    for step in steps:
        joined = {id(line): line for line in map(lines.get, _keys([step])) if line}.values()
        whole = [*chain.from_iterable(joined), step]
        lines.update(dict.fromkeys(_keys(whole), whole))
    return list({id(line): line for line in lines.values()}.values())


def _keys(steps: Iterable[Step]) -> list[Hashable]:
    return [_line(row) for step in steps for row in step.said]


def _line(target: Target) -> Hashable:
    """What the steps of one line have in common: what is measured, of what, how, and over how long."""
    return target.concept_id or target.indicator, target.scope, target.measure, target.period_basis, target.span


def _promises(steps: list[Step]) -> list[Promise]:
    """One line where each step is of a year of its own; two numbers of one year are steps of nobody knows which line,
    unless they go by different names."""
    if len({step.target.year for step in steps}) == len(steps):
        return [Promise(tuple(sorted(steps, key=lambda step: step.target.year)))]
    named: defaultdict[Hashable, list[Step]] = defaultdict(list)
    for step in steps:
        named[_line(step.target)].append(step)
    if len(named) == 1:
        return [Promise((step,)) for step in steps]
    return [promise for line in named.values() for promise in _promises(line)]


def coming(found: Iterable[Promise], as_of: date) -> tuple[int, int] | None:
    """The next year, as of a day, in which steps of some promises
    are due, and how many promises; None where none is."""
    years = Counter(year for promise in found for year in promise.years if year >= as_of.year)
    return min(years.items()) if years else None
