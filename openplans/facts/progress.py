"""How far the promises have come: counts, warnings, what each unit has to answer for, and what changed in which month.

Comes in: the facts of the plans, their verdicts, the published figures, the date of the data. Goes out: Progress, Docket and
Bulletin records. A promise is counted once, with all its places; one that contradicts itself, once for each value. No
composite, no rank, and no words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from openplans.facts.plan import PlanFacts
from openplans.facts.records import Due, Observation, Plan, Target, Theme, Update
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
    """An early warning (预警)."""

    kind: Warning
    verdict: Verdict


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


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that became another by the end of a month."""

    verdict: Verdict
    before: Word


@dataclass(slots=True)
class Bulletin:
    """What happened in a month or, for the study of a quarter, in three: figures and reports `published`, what fell `due`,
    verdicts that `changed`. `key`: 2025-12 or 2025-q4."""

    key: str
    figures: list[Observation] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


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


def alerts(verdicts: Iterable[Verdict], as_of: date) -> list[Alert]:
    """The early warnings, first due first: what is due within twelve months and behind, or without any figure of its own time."""
    year_on = as_of.replace(year=as_of.year + 1, day=28 if (as_of.month, as_of.day) == (2, 29) else as_of.day)
    found = []
    for each in promises(verdicts):
        if not each.overdue and as_of <= each.due <= year_on:
            if each.word == "behind":
                found.append(Alert("behind", each))
            elif each.word == "open" and not each.newest:
                found.append(Alert("silent", each))
    return sorted(found, key=lambda each: (each.kind, each.verdict.due, each.verdict.target.target_id))


def dockets(plans: Iterable[PlanFacts], verdicts: Mapping[str, Verdict], as_of: date) -> dict[str, Docket]:
    """What each unit has to answer for, by org_id: what it leads or, where the document does not say who leads, is listed for."""
    groups: defaultdict[str, defaultdict[Group, list[Due]]] = defaultdict(lambda: defaultdict(list))
    targets: defaultdict[str, list[Target]] = defaultdict(list)
    for plan in plans:
        for row in plan.due:
            for org_id in _answering(row):
                if isinstance(row.row, Target):
                    targets[org_id].append(row.row)
                for group in [] if row.repeats else _groups(row, verdicts.get(row.id), plan.newest.get(row.id), as_of):
                    groups[org_id][group].append(row)
    return {
        org_id: Docket(
            org_id,
            {group: groups[org_id][group] for group in GROUPS},
            tally(promises(_of(targets[org_id], verdicts))),
        )
        for org_id in sorted({*groups, *targets})
    }


def bulletins(
    plans: tuple[PlanFacts, ...],
    observations: Iterable[Observation],
    changes: Iterable[tuple[date, Change]],
    as_of: date,
) -> list[Bulletin]:
    """The months in which something was published, fell due or changed its verdict, the newest first, from the first plan's start."""
    found: dict[str, Bulletin] = {}
    first = min((plan.plan.effective_start for plan in plans), default="")

    def of(day: date) -> Bulletin:
        key = f"{day:%Y-%m}"
        return found.setdefault(key, Bulletin(key))

    for row in observations:
        if row.source.published and not row.reference:
            of(row.source.published).figures.append(row)
    for plan in plans:
        for update in plan.updates:
            of(update.date).updates.append(update)
        for due in plan.due:
            for day in due.days:
                if day < as_of and not due.repeats:
                    of(day).due.append(due)
    for day, change in changes:
        of(day).changes.append(change)
    return [found[key] for key in sorted(found, reverse=True) if key >= first[:7]]


def quarters(months: Iterable[Bulletin]) -> list[Bulletin]:
    """The same by quarter, the newest first."""
    found: dict[str, Bulletin] = {}
    for month in months:
        year, number = month.key.split("-")
        key = f"{year}-q{(int(number) + 2) // 3}"
        quarter = found.setdefault(key, Bulletin(key))
        for name in ("figures", "updates", "due", "changes"):
            getattr(quarter, name)[:0] = getattr(month, name)
    return list(found.values())


def by_theme(bulletin: Bulletin, themes: Iterable[Theme], concepts: Mapping[str, Theme]) -> dict[Theme, Bulletin]:
    """A bulletin by theme; `concepts`: the theme of each concept. A figure without a concept, and a report, stand with none."""
    found = {theme: Bulletin(bulletin.key) for theme in themes}
    for row in bulletin.figures:
        if row.concept_id in concepts:
            found[concepts[row.concept_id]].figures.append(row)
    for due in bulletin.due:
        found[due.theme].due.append(due)
    for change in bulletin.changes:
        found[change.verdict.target.theme].changes.append(change)
    return {theme: each for theme, each in found.items() if each.figures or each.due or each.changes}


def _of(targets: Iterable[Target], verdicts: Mapping[str, Verdict]) -> list[Verdict]:
    return [verdicts[target.target_id] for target in targets]


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
