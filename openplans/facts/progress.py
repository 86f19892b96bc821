"""How far the promises have come: counts and warnings. What each unit has to answer for: dockets.py.

Comes in: the facts of the plans, their verdicts, the date of the data. Goes out: PlanProgress, Tally and Alert records.
A promise is counted once, with all its steps and places, as on every other page; the verdicts on it are as many as the
values that it states. No composite, no rank, and no words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from openplans.facts.plan import PlanFacts
from openplans.facts.promises import Promise, Step
from openplans.facts.records import Plan, leading
from openplans.facts.verdicts import Verdict, VerdictWord

Warning = Literal["behind", "silent"]
"""Why it is time to look: due within twelve months and behind,
or due within twelve months and nothing published of it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Promises counted: all, those of which something is `due`, those with a comparable figure for what fell due last
    (`published`). `words`: the verdicts on them, one for each value and time that they state."""

    total: int
    due: int
    published: int
    words: Mapping[VerdictWord, int]

    @property
    def verdicts(self) -> int:
        """How many verdicts there are."""
        return sum(self.words.values())


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """The promises of a plan, counted."""

    plan: Plan
    tally: Tally


@dataclass(frozen=True, slots=True)
class Alert:
    """An early warning (预警): why, of which promise, and the day on which it is `due`, or its next year is."""

    kind: Warning
    verdict: Verdict
    due: date


def distinct(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """One verdict for each value and time that a promise states, that of the row which stands first."""
    found: dict[str, Verdict] = {}
    said: set[str] = set()
    for each in verdicts:
        if each.target.target_id not in said:
            found[each.target.target_id] = each
            said |= {each.target.target_id, *(row.target_id for row in each.restated)}
    return list(found.values())


def tally(promises: Iterable[Promise], verdicts: Mapping[str, Verdict]) -> Tally:
    """Some promises, counted."""
    rows = list(promises)
    due = [last for each in rows if (last := _due_last(each, verdicts))]
    words = Counter(each.word for each in distinct(verdicts[row.target_id] for one in rows for row in one.rows))
    return Tally(len(rows), len(due), sum(any(each.published for each in last) for last in due), words)


def added(tallies: Iterable[Tally]) -> Tally:
    """The tallies of different promises together."""
    rows = list(tallies)
    words: Counter[VerdictWord] = Counter()
    for each in rows:
        words.update(each.words)
    return Tally(
        sum(each.total for each in rows), sum(each.due for each in rows), sum(each.published for each in rows), words
    )


def _due_last(promise: Promise, verdicts: Mapping[str, Verdict]) -> list[Verdict]:
    """The verdicts on what of a promise fell due last: more than one where the document says two things."""
    due = [each for row in promise.rows if (each := verdicts[row.target_id]).overdue]
    last = max((each.due for each in due), default=None)
    return [each for each in due if each.due == last]


def by_plan(plans: Iterable[PlanFacts], verdicts: Mapping[str, Verdict]) -> list[PlanProgress]:
    """The promises of each plan, counted."""
    return [PlanProgress(each.plan, tally(each.promises, verdicts)) for each in plans]


def by_organization(plan: PlanFacts, verdicts: Mapping[str, Verdict]) -> dict[str, Tally]:
    """The promises of a plan that each unit answers for, counted, by org_id."""
    return {org_id: tally(rows, verdicts) for org_id, rows in answered([plan]).items()}


def alerts(verdicts: Iterable[Verdict], as_of: date) -> list[Alert]:
    """The early warnings, first due first: what is due within twelve months and behind, or without any comparable
    figure. Of a yearly promise the next year is what falls due."""
    year_on = as_of.replace(year=as_of.year + 1, day=28 if (as_of.month, as_of.day) == (2, 29) else as_of.day)
    found = []
    for each in distinct(verdicts):
        due = next((day for day in _days(each) if day >= as_of), None)
        if due and due <= year_on:
            if each.word == "behind":
                found.append(Alert("behind", each, due))
            elif each.word in ("open", "not-published") and not each.newest:
                found.append(Alert("silent", each, due))
    return sorted(found, key=lambda each: (each.kind, each.due, each.verdict.target.target_id))


def _days(verdict: Verdict) -> list[date]:
    """The days on which a promise falls due."""
    return [date(each.year, 12, 31) for each in verdict.years] or [verdict.due]


def answered(plans: Iterable[PlanFacts]) -> dict[str, list[Promise]]:
    """The promises that each unit answers for, by org_id, with
    the steps for which some place of the document names it."""
    found: defaultdict[str, list[Promise]] = defaultdict(list)
    for plan in plans:
        for promise in plan.promises:
            steps: defaultdict[str, dict[int, Step]] = defaultdict(dict)
            for number, step in enumerate(promise.steps):
                for org_id in (each for row in step.said for each in leading(row.named)):
                    steps[org_id][number] = step
            for org_id, own in steps.items():
                found[org_id].append(Promise(tuple(own.values())))
    return dict(found)
