"""The records of the plans and of the actual figures: what a row says, with all that it leads to.

Comes in: nothing. Goes out: frozen, typed records, each with columns of its table (as openplans/schema/*.json calls
them) and, below those, what is joined to it or worked out. Apart, because every room behind this one reads them; those
of the registry are in registry_records.py, what no row says (what is due, findings) in derived.py. A column that the
schema has is in the database and the downloads of packages; for pages and flat tables it is a field of the same name
here, which plan.py fills by its name unless it is joined.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openplans.facts.registry_records import Concept, Organization, Region, Theme
from openplans.schema.vocabulary import Code, codes
from openplans.text.period import Period, year_of

ROLES = ("lead", "co", "listed")
"""Roles in the order in which lists show them, the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows a plan has, and how many different `promises` its targets state."""

    promises: int
    targets: int
    tasks: int
    projects: int
    notes: int
    organizations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan: what its descriptor says of the document. Dates are YYYY-MM-DD, "" where unknown; `left_out`: what the
    page said that the document was on, and is in none of its clauses."""

    id: str
    region: Region
    title_zh: str
    title_en: str
    issuer: str
    issued: str
    published: str
    doc_number: str
    source_url: str
    effective_start: str
    effective_end: str
    sources: tuple[str, ...]
    left_out: tuple[str, ...]
    counts: Counts

    @property
    def years(self) -> tuple[str, str]:
        """The first and the last year of the plan's own period."""
        return year_of(self.effective_start), year_of(self.effective_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a clause stands: `part` (title, signature, body, annex), the
    annex and headings above it, its number, whether it is a table's row."""

    part: str
    annex: str
    headings: tuple[str, ...]
    number: str
    row: bool

    @property
    def short(self) -> Place:
        """The same without headings; a number only where it is that of a row."""
        number = self.number if self.row else ""
        return Place(part=self.part, annex=self.annex, headings=(), number=number, row=self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """A unit that answers for a task: lead, co, or listed where the document has no rule for who leads."""

    task_id: str
    role: str
    rank: int
    name_in_source: str
    organization: Organization

    @property
    def org_id(self) -> str:
        """Its organization's id."""
        return self.organization.org_id

    @property
    def path(self) -> str:
        """Its organization's page."""
        return self.organization.path


def leading(named: Collection[Responsibility]) -> list[str]:
    """The org_ids of the units that lead or, where none is said to lead, of all that are listed, each once."""
    leads = [each.org_id for each in named if each.role == "lead"]
    return list(dict.fromkeys(leads or [each.org_id for each in named if each.role == "listed"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHead:
    """A task by name, for what belongs to it."""

    task_id: str
    number: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Another place where the document states a promise, or promises the same thing for other times, in its words
    (`indicator`) and with the units that answer for it there."""

    anchor: str
    place: Place
    indicator: str
    responsibilities: tuple[Responsibility, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A promised figure. `anchor` and `clause` are fragments of its row and of its clause; `theme` as `link.theme_of`
    says; `figure`: where its number begins and ends in the text of its clause, None where it has none.

    `kept`: the document's word where the value is to be kept (稳定在), else ""; `keeps`: whether its words are to keep
    a level (控制在, 巩固 too). `elsewhere`: the other places that state its promise. `kindred`: where none of them
    names a unit, those that name one for the same thing at other times (4.5万人次 in all, 1万 in 2027). `converted`
    and `converted_max`: its values in the unit of its concept, None where there is none or no conversion.
    """

    target_id: str
    clause_id: str
    task_id: str
    restates: str
    indicator: str
    concept_id: str
    near_concept_id: str
    scope: str
    measure: str
    comparator: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    period_basis: str
    period_start: str
    period_end: str
    commitment: str
    quote: str
    note: str

    plan_id: str
    region: Region
    anchor: str
    clause: str
    place: Place
    figure: tuple[int, int] | None
    kept: str
    keeps: bool
    task: TaskHead | None
    concept: Concept | None
    name_en: str
    theme: Theme
    responsibilities: tuple[Responsibility, ...]
    converted: Decimal | None
    converted_max: Decimal | None
    elsewhere: tuple[Statement, ...]
    kindred: tuple[Statement, ...]

    @property
    def answering(self) -> tuple[Responsibility, ...]:
        """The units that answer for it, wherever the document names them,
        each once in its weightiest role; those named here first."""
        found: dict[str, Responsibility] = {}
        for named in (self.responsibilities, *(one.responsibilities for one in (*self.elsewhere, *self.kindred))):
            for each in named:
                known = found.setdefault(each.org_id, each)
                if ROLES.index(each.role) < ROLES.index(known.role):
                    found[each.org_id] = each
        return tuple(found.values())

    @property
    def named(self) -> tuple[Responsibility, ...]:
        """The units named for it here or, where no place names one, for the same thing at other times."""
        return self.responsibilities or tuple(each for one in self.kindred for each in one.responsibilities)

    @property
    def promise(self) -> str:
        """The id of the row that states its promise first: its own, or the one it restates."""
        return self.restates or self.target_id

    @property
    def time(self) -> Period:
        """When it is to hold: at its end, where it is a state; else from its start to its end."""
        if self.period_basis == "by" or not self.period_start:
            return Period.parse(self.period_end)
        return Period.span(self.period_start, self.period_end)

    @property
    def year(self) -> int:
        """The year in which its period ends."""
        return Period.parse(self.period_end).end.year

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which it is due: every year of its period where it holds each year anew, otherwise the last."""
        first = Period.parse(self.period_start).start.year if self.period_basis == "annual" else self.year
        return tuple(range(first, self.year + 1))

    @property
    def span(self) -> int:
        """The years over which its value is counted: 0 for a state at
        the end, 1 for every single year, else from start to end."""
        if self.period_basis == "in":
            return self.year - Period.parse(self.period_start).start.year + 1
        return 0 if self.period_basis == "by" else 1


class Answered:
    """A row that names its units itself, where a target may be answered for elsewhere: one property of each for all."""

    __slots__ = ()
    responsibilities: tuple[Responsibility, ...]

    @property
    def answering(self) -> tuple[Responsibility, ...]:
        """The units that answer for it."""
        return self.responsibilities

    @property
    def named(self) -> tuple[Responsibility, ...]:
        """The units named for it where it stands."""
        return self.responsibilities


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Answered):
    """A task, measure or row of a responsibility list. `above`: what it is
    part of; `depth`: how many are above it; `parts`: how many belong to it."""

    task_id: str
    parent_id: str
    clause_id: str
    number: str
    title: str
    period_start: str
    period_end: str

    plan_id: str
    anchor: str
    clause: str
    place: Place
    theme: Theme
    responsibilities: tuple[Responsibility, ...]
    targets: tuple[Target, ...]
    above: TaskHead | None
    depth: int
    parts: int

    @property
    def years(self) -> tuple[str, ...]:
        """The years in which it or a target of it is due."""
        ends = {year_of(self.period_end), *(str(year) for target in self.targets for year in target.years)}
        return tuple(sorted(ends - {""}))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProject(Answered):
    """A work that the plan calls by name."""

    project_id: str
    clause_id: str
    task_id: str
    name: str
    stage: str
    period_end: str
    quote: str

    plan_id: str
    anchor: str
    place: Place
    theme: Theme | None
    responsibilities: tuple[Responsibility, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """An actual figure that the plan itself reports; `converted` in the unit of its concept."""

    baseline_id: str
    clause_id: str
    indicator: str
    concept_id: str
    period: str
    value: Decimal
    unit: str
    quote: str
    note: str

    plan_id: str
    region: Region
    anchor: str
    time: Period
    converted: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """What an update speaks of: a row of a list (`page`), by its id, anchor and name."""

    id: str
    page: str
    anchor: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """A row that was removed: when (YYYY-MM-DD), why, and the id of the row that took its place, "" where none did."""

    id: str
    date: str
    reason: str
    successor: str

    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A published report of progress. `of`: the rows that it speaks of, one or more; a `value` is as printed."""

    update_id: str
    date: date
    status: str
    value: Decimal | None
    unit: str
    statement: str
    next_step: str
    source_title: str
    source_kind: str
    source_url: str

    plan_id: str
    anchor: str
    of: tuple[ListedRow, ...]

    @property
    def source_kind_name(self) -> Code:
        """What the kind of its source is called."""
        return codes("sources", "kind")[self.source_kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a careful reader found odd. `anchor` and `other_anchor` are those of the sentences that it speaks of."""

    note_id: str
    kind: str
    clause_id: str
    quote: str
    other_clause_id: str
    other_quote: str
    comment_zh: str
    comment_en: str

    anchor: str
    other_anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What the document says it encloses."""

    attachment_id: str
    title: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a published figure stands."""

    source_id: str
    kind: str
    title: str
    publisher: str
    url: str
    published: date | None

    @property
    def kind_name(self) -> Code:
        """What its kind is called."""
        return codes("sources", "kind")[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSearch:
    """That somebody looked for the figures of a region and of some years: what is not recorded was not found."""

    search_id: str
    region: Region
    time: Period
    looked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A published actual figure: of a concept or, where none
    fits, of a target. `converted` in the unit of what it is of.

    `comparator` says the same as its `bound` in the words of targets; `replaced_by`: the id of the row that replaced
    it, or ""; `reference`: its region has no plan, so that it only stands beside the others.
    """

    observation_id: str
    concept_id: str
    target_id: str
    period: str
    period_kind: str
    bound: str
    value: Decimal
    unit: str
    state: str
    replaces: str
    scope: str
    place: str
    note: str

    region: Region
    source: Source
    time: Period
    comparator: str
    converted: Decimal | None
    replaced_by: str
    reference: bool

    value_max: None = None
    """It is no range: so that what prints a target's amount prints it too."""

    @property
    def state_name(self) -> Code | None:
        """What its state is called; None where the source does not say."""
        return codes("observations", "state").get(self.state)
