"""Records that no row is: what is due, what a plan says against itself, a unit in a plan.

Comes in: nothing. Goes out: frozen, typed records over those of the rows (records.py). Apart, because they have no
table of a package: calendar.py, findings.py and plan.py work them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from openplans.facts.records import NamedProject, Place, Target, Task, TaskHead
from openplans.facts.registry_records import Organization, Region, Theme

DueKind = Literal["target", "project", "task"]
"""What can be due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One place that a finding speaks of; `figures`: the targets
    there, where both sides of a conflict state figures."""

    anchor: str
    quote: str
    place: Place
    figures: tuple[Target, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Where a plan disagrees with itself or looks odd: a note, or a
    contradiction that the build found (`computed`, without comments)."""

    id: str
    plan_id: str
    kind: str
    computed: bool
    comment_zh: str
    comment_en: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A dated row: its last `day`, the `years` in which it is due. `row_list` is the list of its plan that has it,
    `passage` the anchor of its place in the document; `first`: the id of the row that first says what is due then, its
    own where none does; `otherwise`: the rows that put another number to it, each number once."""

    kind: DueKind
    row: Target | NamedProject | Task
    id: str
    name: str
    quote: str
    passage: str
    theme: Theme
    region: Region
    day: date
    years: tuple[int, ...]
    first: str
    otherwise: tuple[Target, ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether the document promises the same for the same time in a row before."""
        return self.first != self.id

    @property
    def days(self) -> list[date]:
        """The days on which it is due: its last day, or of what is promised for every year the end of each."""
        return [self.day] if len(self.years) == 1 else [date(year, 12, 31) for year in self.years]

    @property
    def row_list(self) -> str:
        """The list of its plan that it stands in: targets, projects or tasks."""
        return f"{self.kind}s"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOrganization:
    """A unit in one plan: its tasks by role, and how the document spells it."""

    organization: Organization
    tasks: dict[str, tuple[TaskHead, ...]]
    names: tuple[str, ...]
    count: int
