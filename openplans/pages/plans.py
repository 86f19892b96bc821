"""The list of plans, and the pages of each: overview, targets, tasks, projects, units, text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypedDict

from openplans import routes
from openplans.downloads import catalog
from openplans.downloads.files import File
from openplans.facts import progress
from openplans.facts.derived import PlanOrganization
from openplans.facts.findings import NOTE_KINDS
from openplans.facts.plan import PlanFacts
from openplans.facts.progress import Tally
from openplans.facts.promises import Promise, coming
from openplans.facts.records import Attachment, Baseline, NamedProject, Note, Plan, Target, Task, Update
from openplans.facts.registry_records import Organization, Region, Theme
from openplans.facts.verdicts import WORDS
from openplans.pages import data, document
from openplans.pages.common import (
    CHARTS_SHOWN,
    Conflicts,
    Json,
    PromiseRow,
    RegionPart,
    RetiredRow,
    Shared,
    Subscriptions,
    Upkeeps,
    Verdicts,
    WarnedRows,
)
from openplans.pages.concept_charts import ConceptChart
from openplans.pages.data import Collected
from openplans.pages.page import Page

LEADERS_SHOWN = 10
"""How many units a plan's overview lists."""

Reported = dict[tuple[str, str], list[Update]]
"""Updates by the list and the anchor of the row that they speak of."""


class Plans(TypedDict):
    """The list of plans, of all or of one `region`; or, where they are too many for one list, the `parts`."""

    region: Region | None
    plans: list[Plan]
    parts: list[RegionPart]


class ThemeYears(TypedDict):
    """How many promises a theme has, and how many steps of them are due `by_year`, in the order of the page's years."""

    theme: Theme
    by_year: list[int]
    total: int


class NoteGroup(TypedDict):
    """The notes of one kind."""

    kind: str
    notes: list[Note]


class PlanOverview(TypedDict):
    """A plan's overview; `goals`: what belongs to no task; `coming`: the next year in which something is due, and how
    much; `paths`: what else is promised step by step and has no chart among `charts`, for its lines are too many."""

    plan: Plan
    goals: list[PromiseRow]
    coming: tuple[int, int] | None
    charts: list[ConceptChart]
    paths: list[PromiseRow]
    years: list[int]
    themes: list[ThemeYears]
    leaders: list[PlanOrganization]
    unranked: bool
    attachments: list[Attachment]
    updates: list[Update]
    notes: list[NoteGroup]
    retired: list[RetiredRow]
    lists: File
    told: Subscriptions
    warned: WarnedRows
    downloads: Collected
    dataset: Json


class Choices(TypedDict):
    """What the rows of a list can be filtered by: the themes, years, organizations, comparators and verdicts that occur
    in it."""

    themes: list[Theme]
    years: list[str]
    organizations: list[Organization]
    comparators: list[str]
    verdicts: list[str]


class Targets(TypedDict):
    """What a plan promises, by theme, and its baselines."""

    plan: Plan
    themes: list[tuple[Theme, list[PromiseRow]]]
    choices: Choices
    baselines: list[Baseline]
    upkeep: Upkeeps
    retired: list[RetiredRow]


class TaskRow(TypedDict):
    """A task with what was published of its progress."""

    task: Task
    updates: list[Update]


class Tasks(TypedDict):
    """A plan's tasks in the document's order, and the verdicts on their targets and `conflicts` between them."""

    plan: Plan
    tasks: list[TaskRow]
    choices: Choices
    verdicts: Verdicts
    conflicts: Conflicts
    upkeep: Upkeeps
    retired: list[RetiredRow]


class ProjectRow(TypedDict):
    """A named work with what was published of its progress."""

    project: NamedProject
    updates: list[Update]


class Projects(TypedDict):
    """A plan's named works."""

    plan: Plan
    projects: list[ProjectRow]
    upkeep: Upkeeps
    retired: list[RetiredRow]


class Responsibilities(TypedDict):
    """A plan's responsible organizations; `tallies`: the promises that
    each answers for, by org_id, counted by verdict in `order`."""

    plan: Plan
    organizations: list[PlanOrganization]
    tallies: Mapping[str, Tally]
    order: list[str]


def pages(shared: Shared) -> Iterator[Page]:
    """The list of plans or, where they are too many, of regions and a list for each; then the pages of every plan in
    order of their ids."""
    facts, parts = shared.facts, shared.parts
    yield Page(routes.PLANS, "plans", Plans(region=None, plans=[] if parts else list(facts.plan.values()), parts=parts))
    for code, own in facts.parts.items():
        listed = Plans(region=facts.registry.regions[code], plans=[each.plan for each in own], parts=[])
        yield Page(routes.plans(code), "plans", listed)
    for plan in facts.plans:
        yield from plan_pages(shared, plan)


def plan_pages(shared: Shared, facts: PlanFacts) -> Iterator[Page]:
    """The six pages of one plan."""
    plan, reported = facts.plan, _reported(facts.updates)
    yield Page(routes.plan(plan.id), "plan", _overview(shared, facts))
    themes = _by_theme(shared, facts)
    figures = [each for _, rows in themes for row in rows for each in row["figures"]]
    targets = Targets(
        plan=plan,
        themes=themes,
        choices=_choices(shared, facts.targets),
        baselines=list(facts.baselines),
        upkeep={**shared.upkeep(plan.id, "targets", "baselines"), **shared.upkeep_of(figures)},
        retired=_retired(shared, facts, "targets"),
    )
    yield Page(routes.plan(plan.id, "targets"), "targets", targets)
    rows = [TaskRow(task=task, updates=reported["tasks", task.anchor]) for task in facts.tasks]
    verdicts = shared.verdicts(facts.targets)
    tasks = Tasks(
        plan=plan,
        tasks=rows,
        choices=_choices(shared, facts.tasks),
        verdicts=verdicts,
        conflicts=shared.conflicts(facts.targets),
        upkeep=shared.upkeep(plan.id, "tasks"),
        retired=_retired(shared, facts, "tasks"),
    )
    yield Page(routes.plan(plan.id, "tasks"), "tasks", tasks)
    yield Page(
        routes.plan(plan.id, "projects"),
        "projects",
        Projects(
            plan=plan,
            projects=[ProjectRow(project=each, updates=reported["projects", each.anchor]) for each in facts.projects],
            upkeep=shared.upkeep(plan.id, "projects"),
            retired=_retired(shared, facts, "projects"),
        ),
    )
    tallies = progress.by_organization(facts, shared.facts.verdicts)
    answering = Responsibilities(plan=plan, organizations=list(facts.organizations), tallies=tallies, order=list(WORDS))
    yield Page(routes.plan(plan.id, "units"), "responsibilities", answering)
    yield Page(routes.plan(plan.id, "text"), "text", _text(shared, facts, verdicts))


def _retired(shared: Shared, facts: PlanFacts, page: str) -> list[RetiredRow]:
    """The rows that stood on a page of the plan once; what had none of its own is told of on the overview."""
    return [
        RetiredRow(
            retired=each,
            successor=shared.place(each.successor),
            changes=shared.telling.get(each.id, [""])[0],
            warned=shared.warned_among([each.id]).get(each.id, []),
        )
        for each in facts.retired
        if routes.ROWS.get(each.anchor[:1], "") == page
    ]


def _reported(updates: Iterable[Update]) -> Reported:
    reported: Reported = defaultdict(list)
    for update in updates:
        for each in update.of:
            reported[each.page, each.anchor].append(update)
    return reported


def _by_theme(shared: Shared, facts: PlanFacts) -> list[tuple[Theme, list[PromiseRow]]]:
    """What a plan promises, theme by theme."""
    found: defaultdict[Theme, list[PromiseRow]] = defaultdict(list)
    for promise in facts.promises:
        found[promise.target.theme].append(shared.row(promise))
    return sorted(found.items(), key=lambda pair: pair[0].order)


def _choices(shared: Shared, rows: Sequence[Target] | Sequence[Task]) -> Choices:
    """What a list of targets or tasks can be filtered by."""
    organizations = {each.org_id: each.organization for row in rows for each in row.answering}
    verdicts = {shared.facts.verdicts[row.target_id].word for row in rows if isinstance(row, Target)}
    return Choices(
        themes=shared.facts.registry.in_order({row.theme.theme_id for row in rows}),
        years=sorted({str(year) for row in rows for year in row.years}),
        organizations=sorted(organizations.values(), key=lambda each: each.name_zh),
        comparators=sorted({row.comparator for row in rows if isinstance(row, Target)}),
        verdicts=[word for word in WORDS if word in verdicts],
    )


def _overview(shared: Shared, facts: PlanFacts) -> PlanOverview:
    years = sorted({step.target.year for promise in facts.promises for step in promise.steps})
    charts, paths = _paths(shared, facts)
    package = shared.downloads.packages[facts.plan.id]
    return PlanOverview(
        plan=facts.plan,
        goals=[shared.row(promise) for promise in facts.promises if not promise.target.task_id],
        coming=coming(facts.promises, shared.facts.as_of),
        charts=charts,
        paths=paths,
        years=years,
        themes=_by_year(facts, years),
        leaders=list(facts.organizations[:LEADERS_SHOWN]),
        unranked=any(each.tasks["listed"] for each in facts.organizations),
        attachments=list(facts.attachments),
        updates=list(facts.updates),
        notes=_by_kind(facts.notes),
        retired=_retired(shared, facts, ""),
        told=shared.told(routes.plan(facts.plan.id)),
        warned=shared.warned_among(_shown(facts)),
        lists=shared.downloads.lists[facts.plan.id],
        downloads=data.collected(package),
        dataset=catalog.schema_org(package, shared.downloads.site),
    )


def _text(shared: Shared, facts: PlanFacts, verdicts: Verdicts) -> document.Text:
    warned = shared.warned_among(each.clause_id for each in facts.clauses)
    return document.text(facts, verdicts, _retired(shared, facts, "text"), warned)


def _shown(facts: PlanFacts) -> Iterator[str]:
    """The ids of what has its place on the overview: the plan and the rows of tables that have no page."""
    yield facts.plan.id
    yield from (each.update_id for each in facts.updates)
    yield from (each.attachment_id for each in facts.attachments)
    yield from (each.note_id for each in facts.notes)


def _paths(shared: Shared, facts: PlanFacts) -> tuple[list[ConceptChart], list[PromiseRow]]:
    """What the plan promises year by year: the charts in which its line can be told from the others; of the concepts
    whose chart has more lines than colours, the first promises of tasks, step by step."""
    years_of: defaultdict[str, set[int]] = defaultdict(set)
    for target in facts.targets:
        years_of[target.concept_id].add(target.year)
    stepped = [each for each in shared.facts.registry.concepts if len(years_of[each]) > 1 and each in shared.charts]
    told_apart = [each for each in stepped if shared.charts[each]["told_apart"]]
    crowded = {*stepped} - {*told_apart}
    of_tasks = [each for each in facts.promises if each.target.task_id]
    listed = [each for each in of_tasks if len(each.steps) > 1 and each.target.concept_id in crowded]
    return shared.cards(told_apart), [shared.row(each) for each in listed[:CHARTS_SHOWN]]


def _by_year(facts: PlanFacts, years: list[int]) -> list[ThemeYears]:
    """How many promises of each theme there are, and how many steps of them in each year."""
    groups: defaultdict[Theme, list[Promise]] = defaultdict(list)
    for promise in facts.promises:
        groups[promise.target.theme].append(promise)
    found = []
    for theme, promises in sorted(groups.items(), key=lambda pair: pair[0].order):
        counts = Counter(step.target.year for promise in promises for step in promise.steps)
        found.append(ThemeYears(theme=theme, by_year=[counts[year] for year in years], total=len(promises)))
    return found


def _by_kind(notes: tuple[Note, ...]) -> list[NoteGroup]:
    """The kinds that have notes, the weightiest first."""
    groups = [NoteGroup(kind=kind, notes=[note for note in notes if note.kind == kind]) for kind in NOTE_KINDS]
    return [group for group in groups if group["notes"]]
