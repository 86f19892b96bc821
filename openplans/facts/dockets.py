"""What each unit has to answer for (调度单, 督办清单): what it leads and is due soon, missed, behind or unreported.

Comes in: the facts of the plans, their verdicts, the date of the data. Goes out: Dockets by org_id. No words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from openplans.facts.derived import Due
from openplans.facts.plan import PlanFacts
from openplans.facts.progress import Tally, answered, tally
from openplans.facts.promises import Promise
from openplans.facts.records import Update, leading
from openplans.facts.verdicts import Verdict

SOON = timedelta(days=90)
"""What is due within it stands in a unit's schedule (调度单)."""

Group = Literal["soon", "not-reached", "behind", "unreported"]
GROUPS: tuple[Group, ...] = ("soon", "not-reached", "behind", "unreported")
"""What a unit has to answer for: due within 90 days; due and
not reached; not due and behind; due and nothing published."""


@dataclass(frozen=True)
class Docket:
    """What a unit has to answer for, by group: only what it leads, where the document says who leads. `tally`: of the
    `promises` that it answers for, with the steps for which some place of the document names it."""

    org_id: str
    groups: Mapping[Group, list[Due]]
    promises: tuple[Promise, ...]
    tally: Tally

    @property
    def rows(self) -> list[Due]:
        """Its rows, each once."""
        return list({each.id: each for group in self.groups.values() for each in group}.values())

    @cached_property
    def lines(self) -> dict[Group, list[list[Due]]]:
        """The groups as a reader counts them: the steps of one promise are one line, first due first."""
        promise = {row.target_id: each.target.target_id for each in self.promises for row in each.rows}
        return {group: _lines(rows, promise) for group, rows in self.groups.items()}


def dockets(plans: Iterable[PlanFacts], verdicts: Mapping[str, Verdict], as_of: date) -> dict[str, Docket]:
    """What each unit has to answer for, by org_id: what it leads or, where the document does not say who leads, is
    listed for. A promise is there once, at the first place that names the unit."""
    groups: defaultdict[str, defaultdict[Group, dict[str, Due]]] = defaultdict(lambda: defaultdict(dict))
    plans = tuple(plans)
    promised = answered(plans)
    for plan in plans:
        for row in plan.due:
            for group in _groups(row, verdicts.get(row.id), plan.newest.get(row.id), as_of):
                for org_id in leading(row.row.named):
                    groups[org_id][group].setdefault(row.first, row)
    return {
        org_id: Docket(
            org_id,
            {group: list(groups[org_id][group].values()) for group in GROUPS},
            tuple(promised.get(org_id, ())),
            tally(promised.get(org_id, ()), verdicts),
        )
        for org_id in sorted({*groups, *promised})
    }


def due_day(row: Due, group: Group, as_of: date) -> date:
    """The day for which a row stands in a group: of what is promised for every year, the end of the year that is meant,
    the next where it is due soon, the newest that is over where it was missed or nothing is published."""
    if group == "soon":
        return min((day for day in row.days if day >= as_of), default=row.day)
    if group == "behind":
        return row.day
    return max((day for day in row.days if day < as_of), default=row.day)


def _lines(rows: Iterable[Due], promise: Mapping[str, str]) -> list[list[Due]]:
    """Rows of one promise together, by the id of the row that its promise is called by."""
    found: defaultdict[str, list[Due]] = defaultdict(list)
    for each in rows:
        found[promise.get(each.id, each.id)].append(each)
    return [sorted(line, key=lambda each: each.day) for line in found.values()]


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
