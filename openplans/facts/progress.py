"""How far the promises have come: counts, warnings, and what each unit has to answer for.

Comes in: the facts of the plans, their verdicts, the date of the data. Goes out: Progress, Alert and Docket records. A
promise is counted once, with all its places; one that contradicts itself, once for each value. No composite, no rank, and
no words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from openplans.facts.plan import PlanFacts
from openplans.facts.records import Due, Plan, Target, Update
from openplans.facts.verdicts import Verdict, Word

SOON = timedelta(days=90)
"""What is due within it stands in a unit's schedule (调度单)."""

Warning = Literal["behind", "silent"]
"""Why it is time to look: due within twelve months and behind, or due within twelve months and nothing published of it."""

Group = Literal["soon", "not-reached", "behind", "unreported"]
GROUPS: tuple[Group, ...] = ("soon", "not-reached", "behind", "unreported")
"""What a unit has to answer for: due within 90 days; due and not reached; not due and behind; due and nothing published."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Promises counted: all, those `due`, those due of which there is a comparable figure (`published`), by verdict."""

    total: int
    due: int
    published: int
    words: Mapping[Word, int]


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


@dataclass(frozen=True, slots=True)
class Docket:
    """What a unit has to answer for, by group; `led`: only what it leads, where the document says who leads. `tally`: of the
    promises that it answers for."""

    org_id: str
    groups: Mapping[Group, list[Due]]
    tally: Tally

    @property
    def rows(self) -> list[Due]:
        """Its rows, each once."""
        return list({each.id: each for group in self.groups.values() for each in group}.values())


def promises(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """One verdict for each promise, that of the row which stands first."""
    found: dict[str, Verdict] = {}
    said: set[str] = set()
    for each in verdicts:
        if each.target.target_id not in said:
            found[each.target.target_id] = each
            said |= {each.target.target_id, *(row.target_id for row in each.restated)}
    return list(found.values())


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Some promises, counted."""
    rows = list(verdicts)
    due = [each for each in rows if each.overdue]
    return Tally(len(rows), len(due), sum(each.published for each in due), Counter(each.word for each in rows))


def by_plan(plans: Iterable[PlanFacts], verdicts: Mapping[str, Verdict]) -> list[PlanProgress]:
    """The promises of each plan, counted."""
    return [PlanProgress(each.plan, tally(promises(_of(each.targets, verdicts)))) for each in plans]


def by_unit(plan: PlanFacts, verdicts: Mapping[str, Verdict]) -> dict[str, Tally]:
    """The promises of a plan that each unit answers for, counted, by org_id."""
    return {org_id: tally(promises(_of(rows, verdicts))) for org_id, rows in _answered([plan]).items()}


def alerts(verdicts: Iterable[Verdict], as_of: date) -> list[Alert]:
    """The early warnings, first due first: what is due within twelve months and behind, or without any comparable figure. Of a
    yearly promise the next year is what falls due."""
    year_on = as_of.replace(year=as_of.year + 1, day=28 if (as_of.month, as_of.day) == (2, 29) else as_of.day)
    found = []
    for each in promises(verdicts):
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


def dockets(plans: Iterable[PlanFacts], verdicts: Mapping[str, Verdict], as_of: date) -> dict[str, Docket]:
    """What each unit has to answer for, by org_id: what it leads or, where the document does not say who leads, is listed for."""
    groups: defaultdict[str, defaultdict[Group, list[Due]]] = defaultdict(lambda: defaultdict(list))
    plans = tuple(plans)
    targets = _answered(plans)
    for plan in plans:
        for row in plan.due:
            for org_id in _answering(row):
                for group in [] if row.repeats else _groups(row, verdicts.get(row.id), plan.newest.get(row.id), as_of):
                    groups[org_id][group].append(row)
    return {
        org_id: Docket(
            org_id,
            {group: groups[org_id][group] for group in GROUPS},
            tally(promises(_of(targets.get(org_id, ()), verdicts))),
        )
        for org_id in sorted({*groups, *targets})
    }


def _of(targets: Iterable[Target], verdicts: Mapping[str, Verdict]) -> list[Verdict]:
    return [verdicts[target.target_id] for target in targets]


def _answered(plans: Iterable[PlanFacts]) -> dict[str, list[Target]]:
    """The targets that each unit answers for, by org_id."""
    found: defaultdict[str, list[Target]] = defaultdict(list)
    for plan in plans:
        for row in plan.due:
            if isinstance(row.row, Target):
                for org_id in _answering(row):
                    found[org_id].append(row.row)
    return dict(found)


def _answering(row: Due) -> Iterator[str]:
    """The units that lead a row or, where none is said to lead, all that are listed."""
    leading = [each.org_id for each in row.row.responsibilities if each.role == "lead"]
    yield from dict.fromkeys(leading or [each.org_id for each in row.row.responsibilities if each.role == "listed"])


def _groups(row: Due, verdict: Verdict | None, newest: Update | None, as_of: date) -> Iterator[Group]:
    """The groups that a row of a unit belongs to on a day."""
    if any(as_of <= day <= as_of + SOON for day in row.days):
        yield "soon"
    if verdict:
        if verdict.word == "not-reached":
            yield "not-reached"
        if verdict.word == "behind":
            yield "behind"
        if verdict.word == "not-published" and not newest:
            yield "unreported"
    elif row.day < as_of and not newest:
        yield "unreported"
