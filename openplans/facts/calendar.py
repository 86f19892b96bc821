"""What is due when: the dated targets, tasks and projects of a plan, and the years in which each is due.

Comes in: records of a plan. Goes out: Due records, in the order in which they fall due. No words, and no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from openplans.facts import restatements
from openplans.facts.derived import Due, DueKind
from openplans.facts.records import NamedProject, Target, Task
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Region, Theme
from openplans.packages.link import OVERALL_THEME
from openplans.text.period import Period

KINDS: tuple[DueKind, ...] = ("target", "project", "task")
"""What can be due, in the order in which pages offer it."""


def due(
    region: Region,
    targets: Iterable[Target],
    projects: Iterable[NamedProject],
    tasks: Iterable[Task],
    registry: Registry,
) -> Iterator[Due]:
    """The dated rows of a plan, first due first, then by theme; what the document says twice stands together, also
    where it says it differently.
    """
    rows: list[Target | NamedProject | Task] = [*targets, *projects, *tasks]
    overall = registry.themes[OVERALL_THEME]  # that of a project which belongs to no task
    dated = {_id(row): _due(row, region, overall) for row in rows if row.period_end}
    ordered = sorted(dated.values(), key=lambda each: (each.day, each.theme.order))
    said: defaultdict[Hashable, list[list[Target | NamedProject | Task]]] = defaultdict(list)
    for alike in restatements.grouped((each.row for each in ordered), registry):
        said[_asked(dated[_id(alike[0])])].append(alike)
    for places in said.values():
        for alike in places:
            others = [each[0] for each in places if each is not alike]
            otherwise = tuple(each for each in others if isinstance(each, Target) and each.value is not None)
            for row in alike:
                yield replace(dated[_id(row)], first=_id(places[0][0]), otherwise=otherwise)


def by_year(rows: Iterable[Due]) -> dict[int, list[Due]]:
    """What is due in each year, earliest year first, each promise once; what is due every year stands in each.

    Works and tasks of one name stay, because each place has units of its own; a promise knows those of all its places.
    """
    found: defaultdict[int, list[Due]] = defaultdict(list)
    for row in rows:
        for year in () if row.repeats and row.kind == "target" else row.years:
            found[year].append(row)
    return dict(sorted(found.items()))


def last_day(period: str) -> date:
    """The day by which a period (YYYY, YYYY-MM or YYYY-MM-DD) is over."""
    return Period.parse(period).end


def _due(row: Target | NamedProject | Task, region: Region, overall: Theme) -> Due:
    day = last_day(row.period_end)
    if isinstance(row, Target):
        return Due(kind="target", row=row, id=row.target_id, name=row.indicator, quote=row.quote, passage=row.anchor,
                   theme=row.theme, region=region, day=day, years=row.years, first=row.target_id)  # fmt: skip
    if isinstance(row, NamedProject):
        return Due(
            kind="project",
            row=row,
            id=row.project_id,
            name=row.name,
            quote=row.quote,
            passage=row.anchor,
            theme=row.theme or overall,
            region=region,
            day=day,
            years=(day.year,),
            first=row.project_id,
        )
    return Due(kind="task", row=row, id=row.task_id, name=row.title, quote="", passage=row.clause,
               theme=row.theme, region=region, day=day, years=(day.year,), first=row.task_id)  # fmt: skip


def _asked(due: Due) -> Hashable:
    """What one promise asks for by one time, whichever number its places put to it."""
    return (due.row.promise, due.row.scope, due.years) if isinstance(due.row, Target) else due.id


def _id(row: Target | NamedProject | Task) -> str:
    if isinstance(row, Target):
        return row.target_id
    return row.project_id if isinstance(row, NamedProject) else row.task_id
