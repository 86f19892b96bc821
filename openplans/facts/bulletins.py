"""What happened in each month: what was published, what fell due, and which verdicts became another.

Comes in: the facts of the plans, the published figures, the cases of their promises, the date of the data. Goes out:
Bulletin records, by month and by quarter. A figure is known from the day on which its source was published.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from openplans.facts.derived import Due
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Observation, Update
from openplans.facts.registry_records import Theme
from openplans.facts.verdicts import Case, Verdict, VerdictWord
from openplans.text.period import month_of


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict that became another by the end of a month."""

    verdict: Verdict
    before: VerdictWord


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What happened in a month or, for the study of a quarter, in three: figures and reports `published`, what fell
    `due`, verdicts that `changed`. `key`: 2025-12 or 2025-q4."""

    key: str
    figures: list[Observation] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    changes: list[Turn] = field(default_factory=list)


def bulletins(
    plans: tuple[PlanFacts, ...],
    observations: Iterable[Observation],
    changes: Iterable[tuple[date, Turn]],
    as_of: date,
) -> list[Bulletin]:
    """The months in which something was published, fell due or changed
    its verdict, the newest first, from the first plan's start."""
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
    return [found[key] for key in sorted(found, reverse=True) if key >= month_of(first)]


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
    """A bulletin by theme; `concepts`: the theme of each concept.
    A figure without a concept, and a report, stand with none."""
    found = {theme: Bulletin(bulletin.key) for theme in themes}
    for row in bulletin.figures:
        if row.concept_id in concepts:
            found[concepts[row.concept_id]].figures.append(row)
    for due in bulletin.due:
        found[due.theme].due.append(due)
    for change in bulletin.changes:
        found[change.verdict.target.theme].changes.append(change)
    return {theme: each for theme, each in found.items() if each.figures or each.due or each.changes}


def changes(cases: Iterable[Case], first: date) -> Iterator[tuple[date, Turn]]:
    """What became of each promise: the last day of a month by which its verdict is another than at the end of the month
    before, that verdict, and the word before it. From the month of `first` to the last that is over; figures are known
    from the day on which their source was published, so those without such a day change nothing."""
    for case in cases:
        before: VerdictWord | None = None
        for day in _turning_points(case, first):
            seen = case.on(day).verdict()
            if before and seen.word != before:
                yield day, Turn(seen, before)
            before = seen.word


def _turning_points(case: Case, first: date) -> list[date]:
    """The ends of months by which a verdict can have become another: of the first one, and of each in which a figure
    was published, or a time had just ended."""
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
