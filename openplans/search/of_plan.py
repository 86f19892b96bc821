"""Records of what one plan has: itself, its targets, tasks, projects, notes and clauses.

Comes in: the facts of a plan. Goes out: Records in the order of its tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from openplans import routes
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Plan, Target
from openplans.facts.registry import Registry
from openplans.facts.verdicts import Verdict
from openplans.search.record import NO_LINE, Record
from openplans.search.shared import scope_of
from openplans.text.period import year_of


def itself(plan: Plan) -> Record:
    """The plan: its title, who issued it, its number and years."""
    return Record(
        kind="plan",
        url=routes.in_folder(routes.plan(plan.id)),
        name=plan.title_zh,
        text=plan.issuer,
        names=(plan.title_en,),
        also=(plan.doc_number, *plan.years, plan.region.region_code),
        id=plan.id,
        shown={"name_en": plan.title_en},
    )


def targets(
    plan: PlanFacts, registry: Registry, macros: dict[str, Any], verdicts: Mapping[str, Verdict]
) -> Iterator[Record]:
    """The targets, in the words of the flat tables (`macros`). What the document says in several places is found once,
    by the words of all; each yearly step of a promise for itself, with what is promised for the other years."""
    lines = {step.target.target_id: each for each in plan.promises for step in each.steps if len(each.steps) > 1}
    for target, *others in _statements(plan):
        line, scope = lines.get(target.target_id), scope_of(target.scope, registry)
        zh, en = (str(says.amount(target)).strip() for says in macros.values())
        yield Record(
            kind="target",
            url=_row_url(plan.plan, "targets", target.anchor),
            name=target.indicator,
            text=_cells(target.quote),
            names=(
                *dict.fromkeys(each.indicator for each in others if each.indicator != target.indicator),
                *registry.called("concept", target.concept_id),
            ),
            also=(
                *dict.fromkeys(_cells(each.quote) for each in others),
                *(target.name_en, target.concept.name_zh if target.concept else "", *map(str, target.years)),
                *scope.values(),
                *(str(says.word(verdicts[target.target_id])) for says in macros.values()),
                *dict.fromkeys((zh, en)),
            ),
            id=target.target_id,
            ids=tuple(each.target_id for each in others),
            theme_id=target.theme.theme_id,
            line=(line.target.target_id, target.year) if line else NO_LINE,
            shown={
                **{f"steps{ending}": says.other_steps(line, target).strip() for ending, says in macros.items() if line},
                **{f"when{ending}": says.period(target).strip() for ending, says in macros.items()},
                **{
                    f"verdict{ending}": says.beside(verdicts[target.target_id]).strip()
                    for ending, says in macros.items()
                },
                "amount": zh,
                "amount_en": en if en != zh else "",
                "name_en": target.name_en,
                **scope,
            },
        )


def _statements(plan: PlanFacts) -> list[list[Target]]:
    """The rows of a plan, those together that say one value of one promise for one time, the first statement first."""
    said: dict[tuple[object, ...], list[Target]] = {}
    for step in (step for promise in plan.promises for step in promise.steps):
        for row in step.said:
            printed = (row.value, row.value_max, row.unit)
            value = printed if row.converted is None else (row.converted, row.converted_max)
            said.setdefault((step.target.target_id, *value), []).append(row)
    return sorted(said.values(), key=lambda rows: rows[0].target_id)


def tasks(plan: PlanFacts, registry: Registry) -> Iterator[Record]:
    """The tasks, with the units that answer for them."""
    for task in plan.tasks:
        organizations = dict.fromkeys(each.organization for each in task.responsibilities)
        yield Record(
            kind="task",
            url=_row_url(plan.plan, "tasks", task.anchor),
            name=task.title,
            text="、".join(dict.fromkeys(each.name_in_source for each in task.responsibilities)),
            also=tuple(
                name
                for organization in organizations
                for name in (organization.name_zh, *registry.called("organization", organization.org_id))
            ),
            id=task.task_id,
            theme_id=task.theme.theme_id,
        )


def projects(plan: PlanFacts) -> Iterator[Record]:
    """The projects that the plan lists."""
    for project in plan.projects:
        yield Record(
            kind="project",
            url=_row_url(plan.plan, "projects", project.anchor),
            name=project.name,
            text=_cells(project.quote),
            id=project.project_id,
            theme_id=project.theme.theme_id if project.theme else "",
            shown={"when": year_of(project.period_end)},
        )


def notes(plan: PlanFacts, page: str) -> Iterator[Record]:
    """The notes: nameless, their comment stands above the words that it is about."""
    for note in plan.notes:
        yield Record(
            kind="note",
            url=routes.in_folder(page, note.note_id),
            text=_cells(note.quote),
            also=(note.comment_zh, note.comment_en, note.other_quote),
            id=note.note_id,
            shown={"heading": note.comment_zh, "heading_en": note.comment_en},
        )


def clauses(plan: PlanFacts) -> Iterator[Record]:
    """The document clause by clause: headings have a name, all else stands under the heading above it."""
    by_id = {clause.clause_id: clause for clause in plan.clauses}
    for clause in plan.clauses:
        text, above = _cells(clause.text), by_id.get(clause.parent_id)
        heads = clause.kind in ("title", "heading", "annex")
        yield Record(
            kind="clause",
            url=_row_url(plan.plan, "text", clause.anchor),
            name=text if heads else "",
            text="" if heads else text,
            id=clause.clause_id,
            shown={} if heads or not above else {"heading": above.text},
        )


def _row_url(plan: Plan, page: str, anchor: str) -> str:
    return routes.in_folder(routes.plan(plan.id, page), anchor)


def _cells(text: str) -> str:
    """A row of a table, its cells told apart."""
    return text.replace("\u3000", " ｜ ")
