"""The list of plans, and the pages of each: overview, targets, tasks, projects, units, text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from openplans import routes
from openplans.downloads import catalog
from openplans.facts import highlights, progress
from openplans.facts.findings import NOTE_KINDS
from openplans.facts.highlights import Clause
from openplans.facts.plan import PlanFacts, targets_by_theme
from openplans.facts.records import Note, Responsibility, Target, Task, Update
from openplans.facts.verdicts import WORDS, Verdict
from openplans.pages import data
from openplans.pages.common import Shared
from openplans.pages.contexts import (
    Block,
    Choices,
    NoteGroup,
    Plan,
    Plans,
    ProjectRow,
    Projects,
    TargetRow,
    Targets,
    TaskRow,
    Tasks,
    Text,
    TextRow,
    ThemeYears,
    Units,
)
from openplans.pages.page import Page

LEADERS_SHOWN = 10
"""How many units a plan's overview lists."""

HIGHLIGHT_PAGES = {"target": "targets", "baseline": "targets", "project": "projects"}
"""The list that a highlight in the document leads to."""

Reported = dict[tuple[str, str], list[Update]]
"""Updates by the list and the anchor of the row that they speak of."""


def pages(shared: Shared) -> Iterator[Page]:
    """The list of plans, then the pages of every plan in order of their ids."""
    yield Page(routes.PLANS, "plans", Plans(plans=list(shared.facts.plan.values())))
    for plan in shared.facts.plans:
        yield from plan_pages(shared, plan)


def plan_pages(shared: Shared, facts: PlanFacts) -> Iterator[Page]:
    """The six pages of one plan."""
    plan, reported = facts.plan, _reported(facts.updates)
    yield Page(routes.plan(plan.id), "plan", _overview(shared, facts))
    targets = Targets(
        plan=plan,
        targets=list(_target_rows(shared, facts.targets, reported)),
        choices=_choices(shared, facts.targets),
        baselines=list(facts.baselines),
    )
    yield Page(routes.plan(plan.id, "targets"), "targets", targets)
    rows = [TaskRow(task=task, updates=reported["tasks", task.anchor]) for task in facts.tasks]
    verdicts = shared.verdicts(facts.targets)
    tasks = Tasks(plan=plan, tasks=rows, choices=_choices(shared, facts.tasks), verdicts=verdicts)
    yield Page(routes.plan(plan.id, "tasks"), "tasks", tasks)
    yield Page(
        routes.plan(plan.id, "projects"),
        "projects",
        Projects(
            plan=plan,
            projects=[ProjectRow(project=each, updates=reported["projects", each.anchor]) for each in facts.projects],
        ),
    )
    tallies = progress.by_unit(facts, shared.facts.verdicts)
    units = Units(plan=plan, units=list(facts.organizations), tallies=tallies, order=list(WORDS))
    yield Page(routes.plan(plan.id, "units"), "units", units)
    yield Page(routes.plan(plan.id, "text"), "text", _text(facts, verdicts))


def _reported(updates: Iterable[Update]) -> Reported:
    reported: Reported = defaultdict(list)
    for update in updates:
        for each in update.of:
            reported[each.page, each.anchor].append(update)
    return reported


def _target_rows(shared: Shared, targets: tuple[Target, ...], reported: Reported) -> Iterator[TargetRow]:
    """The targets theme by theme; `first` is true of the first of its theme."""
    for rows in targets_by_theme(targets).values():
        for number, target in enumerate(rows):
            verdict = shared.facts.verdicts[target.target_id]
            yield TargetRow(
                target=target,
                first=number == 0,
                conflict=shared.facts.contradiction(target),
                updates=reported["targets", target.anchor],
                verdict=verdict,
            )


def _answering(row: Target | Task) -> tuple[Responsibility, ...]:
    """The units that answer for a row, wherever the document names them."""
    return row.answering if isinstance(row, Target) else row.responsibilities


def _choices(shared: Shared, rows: Sequence[Target] | Sequence[Task]) -> Choices:
    """What a list of targets or tasks can be filtered by."""
    units = {each.org_id: each.organization for row in rows for each in _answering(row)}
    return Choices(
        themes=shared.facts.registry.in_order({row.theme.theme_id for row in rows}),
        years=sorted({str(year) for row in rows for year in row.years}),
        units=sorted(units.values(), key=lambda unit: unit.name_zh),
        comparators=sorted({row.comparator for row in rows if isinstance(row, Target)}),
    )


def _overview(shared: Shared, facts: PlanFacts) -> Plan:
    years = sorted({target.year for target in facts.targets})
    themes = []
    for theme, targets in targets_by_theme(facts.targets).items():
        by_year = Counter(target.year for target in targets)
        themes.append(ThemeYears(theme=theme, by_year=[by_year[year] for year in years], total=len(targets)))
    years_of: defaultdict[str, set[int]] = defaultdict(set)
    for target in facts.targets:
        years_of[target.concept_id].add(target.year)
    goals = [target for target in facts.targets if not target.task_id]
    package = shared.downloads.packages[facts.plan.id]
    goals = [target for target in facts.targets if not target.task_id]
    return Plan(
        plan=facts.plan,
        goals=goals,
        verdicts=shared.verdicts(goals),
        charts=shared.cards(each for each in shared.facts.registry.concepts if len(years_of[each]) > 1),
        years=years,
        themes=themes,
        leaders=list(facts.organizations[:LEADERS_SHOWN]),
        unranked=any(unit.tasks["listed"] for unit in facts.organizations),
        attachments=list(facts.attachments),
        updates=list(facts.updates),
        notes=_by_kind(facts.notes),
        told=shared.told(routes.plan(facts.plan.id)),
        lists=shared.downloads.lists[facts.plan.id],
        downloads=data.collected(package),
        dataset=catalog.schema_org(package, shared.downloads.site),
    )


def _by_kind(notes: tuple[Note, ...]) -> list[NoteGroup]:
    """The kinds that have notes, the weightiest first."""
    groups = [NoteGroup(kind=kind, notes=[note for note in notes if note.kind == kind]) for kind in NOTE_KINDS]
    return [group for group in groups if group["notes"]]


def _text(facts: PlanFacts, verdicts: Mapping[str, Verdict]) -> Text:
    years = {target.anchor: target.period_end[:4] for target in facts.targets}
    blocks = []
    for is_table, run in groupby(facts.clauses, key=lambda clause: clause.kind == "table_row"):
        clauses = list(run)
        columns = max(len(clause.cells) for clause in clauses) if is_table else 0
        rows = [_table_row(clause, columns, years) if is_table else TextRow(clause=clause) for clause in clauses]
        blocks.append(Block(kind="table" if is_table else "text", rows=rows, columns=columns))
    beside: dict[str, list[Note]] = {clause.clause_id: [] for clause in facts.clauses}
    for note in facts.notes:
        for clause_id in dict.fromkeys(each for each in (note.clause_id, note.other_clause_id) if each):
            beside[clause_id].append(note)
    outline = [clause for clause in facts.clauses if clause.kind in ("title", "heading", "annex")]
    said = {each.target.anchor: each for each in verdicts.values()}
    return Text(plan=facts.plan, outline=outline, blocks=blocks, notes=beside, pages=HIGHLIGHT_PAGES, verdicts=said)


def _table_row(clause: Clause, columns: int, years: dict[str, str]) -> TextRow:
    """How the cells of a row stand in a table of `columns`: `spans`, and how many are `lost` behind the first one.

    The received text has no empty and no merged cells. One cell that states the targets of several years was merged over
    their columns; a row of one cell is a heading. What is missing besides is left blank behind the first cell.
    """
    if len(clause.cells) == 1:
        return TextRow(clause=clause, spans=[columns], lost=0)
    spans = [max(1, len({years[each] for each in highlights.ids(cell) if each in years})) for cell in clause.cells]
    return TextRow(clause=clause, spans=spans, lost=max(0, columns - sum(spans)))
