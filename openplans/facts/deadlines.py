"""What falls due on which day, and whom it concerns: all, a plan, a theme, a unit.

Comes in: the facts. Goes out: Subjects, each with all its rows and the dated ones, and the PlanDeadlines of a subject.
Calendars and feeds are both made of these; what a unit still has to answer for is in dockets.py. No words, no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from openplans import routes
from openplans.facts.bulletins import Bulletin
from openplans.facts.derived import Due
from openplans.facts.records import Target, Task, leading
from openplans.facts.registry_records import Organization, Region, Theme

if TYPE_CHECKING:
    from openplans.facts.model import Facts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlanDeadline:
    """What one plan has to have done on a day: its `rows`, each promise once, by theme."""

    plan_id: str
    region: Region
    day: date
    rows: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a calendar or a feed is for. `path`: its page; `about`: its record, None where it is all; `region`: that of
    a plan or a unit; `ids`: the rows that concern it, dated or not; `due`: the dated ones."""

    kind: Literal["all", "plan", "theme", "organization"]
    path: str
    about: Region | Theme | Organization | None
    region: Region | None
    ids: frozenset[str]
    due: tuple[Due, ...]

    def of(self, months: Iterable[Month]) -> list[Bulletin]:
        """What months brought that concerns it: figures, reports and verdicts; what fell due is told day by day."""
        promised = {
            (each.row.concept_id or each.id, each.region.region_code)
            for each in self.due
            if isinstance(each.row, Target)
        }
        return [each.of(None if self.kind == "all" else self.ids, promised) for each in months]


Promised = tuple[str, str]
"""What an actual figure is of: a concept_id or a target_id, and a region_code."""


class Month:
    """A bulletin, with its rows by what they are about: each of thousands of subjects asks for a few of them."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.bulletin = bulletin
        self._figures: defaultdict[Promised, list[int]] = defaultdict(list)
        self._updates: defaultdict[str, list[int]] = defaultdict(list)
        self._changes: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(bulletin.figures):
            self._figures[row.concept_id or row.target_id, row.region.region_code].append(number)
        for number, update in enumerate(bulletin.updates):
            for each in update.of:
                self._updates[each.id].append(number)
        for number, change in enumerate(bulletin.changes):
            self._changes[change.verdict.target.target_id].append(number)

    def of(self, ids: frozenset[str] | None, promised: set[Promised]) -> Bulletin:
        """What it brought of these rows, or of all (None), and of what is promised; without what fell due."""
        whole = self.bulletin
        if ids is None:
            return Bulletin(whole.key, whole.figures, whole.updates, [], whole.changes)
        return Bulletin(
            key=whole.key,
            figures=[whole.figures[each] for each in _places(self._figures, promised)],
            updates=[whole.updates[each] for each in _places(self._updates, ids)],
            changes=[whole.changes[each] for each in _places(self._changes, ids)],
        )


def _places(index: Mapping[T, list[int]], keys: Collection[T]) -> list[int]:
    """Where the rows of these keys stand, each once and in order; the smaller of both is looked through."""
    few = keys if len(keys) < len(index) else [key for key in index if key in keys]
    return sorted({number for key in few for number in index.get(key, ())})


def deadlines(due: Iterable[Due]) -> list[PlanDeadline]:
    """The days on which something is due, by plan: what is promised for every year, at the end of each."""
    found: defaultdict[tuple[date, str], list[Due]] = defaultdict(list)
    for each in due:
        for day in each.days:
            found[day, each.row.plan_id].append(each)
    return [
        PlanDeadline(plan_id, rows[0].region, day, tuple(_once(rows))) for (day, plan_id), rows in sorted(found.items())
    ]


def subjects(facts: Facts) -> Iterator[Subject]:
    """All, the plans, the themes and the units that have something dated; a unit has what it leads or, where the
    document does not say who leads, is listed for."""
    whole = tuple(each for plan in facts.plans for each in plan.due)
    yield Subject("all", routes.HOME, None, None, frozenset(), whole)
    for plan in facts.plans:
        region = plan.plan.region
        yield from _subject("plan", routes.plan(plan.plan.id), region, region, plan.due, _ids(plan.targets, plan.tasks))
    by_theme, by_organization = _grouped(whole)
    for found in facts.themes:
        rows = _ids(found.targets, [task for tasks in found.tasks.values() for task in tasks])
        path = routes.theme(found.theme.theme_id)
        yield from _subject("theme", path, found.theme, None, by_theme.get(found.theme.theme_id, ()), rows)
    for dossier in facts.organizations:
        rows = frozenset(duty.task.task_id for duty in dossier.duties)
        own, due = dossier.organization, by_organization.get(dossier.organization.org_id, ())
        yield from _subject("organization", own.path, own, dossier.region, due, rows)


def _subject(
    kind: Literal["plan", "theme", "organization"],
    path: str,
    about: Region | Theme | Organization,
    region: Region | None,
    due: Iterable[Due],
    ids: frozenset[str],
) -> Iterator[Subject]:
    """A subject, where something of it is dated."""
    rows = tuple(due)
    if rows:
        yield Subject(kind, path, about, region, ids | {each.id for each in rows}, rows)


def _ids(targets: Iterable[Target], tasks: Iterable[Task]) -> frozenset[str]:
    return frozenset({*(each.target_id for each in targets), *(each.task_id for each in tasks)})


def _grouped(due: Iterable[Due]) -> tuple[Mapping[str, list[Due]], Mapping[str, list[Due]]]:
    """Dated rows by theme_id and by org_id, in their order."""
    by_theme: defaultdict[str, list[Due]] = defaultdict(list)
    by_organization: defaultdict[str, list[Due]] = defaultdict(list)
    for each in due:
        by_theme[each.theme.theme_id].append(each)
        for org_id in leading(each.row.answering):
            by_organization[org_id].append(each)
    return by_theme, by_organization


def _once(rows: list[Due]) -> Iterator[Due]:
    """Each promise once, in the order of themes: by the row that says it first of those that concern the subject."""
    own: dict[str, Due] = {}
    for each in sorted(rows, key=lambda each: each.theme.order):
        own.setdefault(each.first, each)
    return iter(own.values())
