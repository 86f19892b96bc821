"""The flat tables for people, in Chinese and in English.

Comes in: the facts. Goes out: PublishedTables whose rows have a word and its code side by side (`role`, `role_code`),
and whose columns are called by their Chinese titles, or by their English names. The words stand in the schemas and in
templates/files/flat.j2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from openplans import routes
from openplans.downloads.table import Origin, PublishedTable, Value, of_resource
from openplans.facts.comparison import Comparison
from openplans.facts.derived import Due, Finding, Side
from openplans.facts.dockets import Group, due_day
from openplans.facts.model import Facts
from openplans.facts.organizations import Dossier, DuePromise, Duty
from openplans.facts.plan import PlanFacts
from openplans.facts.promises import Promise
from openplans.facts.records import Baseline, NamedProject, Observation, Plan, Responsibility, Target, Task, Update
from openplans.facts.verdicts import Comparable, Verdict
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Field
from openplans.text import i18n
from openplans.text.amounts import Language
from openplans.text.period import days

LANGUAGES: dict[Language, str] = {"zh": "", "en": ".en"}
"""The languages of a flat table, and what its file is called by besides its name."""

NAMES = TARGETS, COMPARISONS, TASKS, PROJECTS, RESPONSIBILITIES, FINDINGS, DOCKET, ORGANIZATION_PROMISES = (
    "targets_named",
    "comparisons_named",
    "tasks_named",
    "projects_named",
    "responsibilities_named",
    "findings",
    "docket",
    "unit-promises",
)
"""The flat tables, as openplans/schema/flat.json describes them; what the database has as a view is called as there."""

PAPER = {
    ORGANIZATION_PROMISES: (
        "organization", "role", "item", "promised", "due", "actual", "actual_period", "verdict", "quote",
    ),
    DOCKET: ("organization", "group", "item", "promised", "due", "actual", "actual_period", "verdict_sum", "state"),
}  # fmt: skip
"""What of a unit's tables is printed: no codes, ids and links, which would leave letters of a millimetre on an upright
A4, nor what the sum of a verdict says too."""

Flat = dict[str, Value]
"""A row of a flat table by the schema's field names."""


@dataclass(frozen=True)
class Speaker:
    """One language: `name` picks a record's name in it, `words`
    puts records into words. And what every row says of its plan."""

    name: Callable[..., str]
    words: Any
    site: str
    version: str
    plans: Mapping[str, Plan]
    verdicts: Mapping[str, Verdict]
    sources: dict[str, Flat] = field(default_factory=dict)
    """What `source` has told."""
    promises: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What `promise` has told."""
    told: dict[tuple[str, object], str] = field(default_factory=dict)
    """What `word` has told."""

    def word(self, macro: str, code: object) -> str:
        """What a macro of the words says of a code: asked once, since a macro takes longer than the rest of a row."""
        known = self.told.get((macro, code))
        if known is None:
            known = self.told[macro, code] = str(getattr(self.words, macro)(code))
        return known

    def coded(self, column: str, table: str, name: str, code: str) -> Flat:
        """A column with the word for a code of a column `name` of a package's `table`, and the code beside it."""
        known = vocabulary.codes(table, name)
        return {column: self.name(known[code]) if code else "", f"{column}_code": code}

    def names(self, responsibilities: Iterable[Responsibility], leading: bool) -> str:
        """The units that lead, or all the others, in one cell."""
        found = (self.name(each.organization) for each in responsibilities if (each.role == "lead") == leading)
        return self.word("listed", tuple(found))

    def source(self, plan_id: str) -> Flat:
        """The plan that a row is from."""
        if plan_id not in self.sources:
            self.sources[plan_id] = self._source(self.plans[plan_id])
        return self.sources[plan_id]

    def _source(self, plan: Plan) -> Flat:
        return {
            "region": self.name(plan.region),
            "region_code": plan.region.region_code,
            **self.coded("region_level", "regions", "level", plan.region.level),
            "plan": self.name(plan, "title"),
            "plan_id": plan.id,
            "issued": plan.issued,
            "version": self.version,
        }

    def promise(self, promise: Promise) -> tuple[str, str]:
        """A promise step by step, and its places: told once, however many units answer for it."""
        if promise.target.target_id not in self.promises:
            told = str(self.words.steps(promise)), str(self.words.listed_places(promise.places))
            self.promises[promise.target.target_id] = told
        return self.promises[promise.target.target_id]


def rows(facts: Facts, language: Language, made: Origin, site: str) -> dict[str, list[Flat]]:
    """The rows of every flat table in a language, by the table's name."""
    words = i18n.macros("flat", language, facts.registry.units, facts.registry.terms, facts.registry.publisher.own)
    speaker = Speaker(i18n.in_language(language), words, site, made.version, facts.plan, facts.verdicts)
    targets = {target_id: _target(target, speaker) for target_id, target in facts.targets.items()}
    compared = facts.comparisons
    return {
        TARGETS: [*targets.values()],
        COMPARISONS: [
            _comparison(row, compared[target_id], targets, words)
            for target_id, row in targets.items()
            if target_id in compared
        ],
        TASKS: [_task(task, plan, speaker) for plan in facts.plans for task in plan.tasks],
        PROJECTS: [_project(project, plan, speaker) for plan in facts.plans for project in plan.projects],
        RESPONSIBILITIES: [row for plan in facts.plans for row in _responsibilities(plan, speaker)],
        FINDINGS: [_finding(finding, speaker, facts.findings_apart) for finding in facts.findings],
        DOCKET: [
            _docket(each, group, facts, targets, speaker)
            for org_id in facts.dockets
            for group, found in facts.dockets[org_id].groups.items()
            for each in [(org_id, row) for row in found]
        ],
        ORGANIZATION_PROMISES: [
            _owed(each, dossier, targets, speaker)
            for dossier in facts.organizations
            for part in dossier.plans
            for each in dossier.listed(part)
        ],
    }


def table(name: str, rows: list[Flat], language: Language, made: Origin, path: str = "") -> PublishedTable:
    """A flat table; `path` is below data/ and without an ending, the table's own where it is not given."""
    resource = contract.flat()[name]
    table = of_resource(resource, rows, made, path or f"{name}{LANGUAGES[language]}")
    return table if language == "en" else _in_chinese(table)


def on_paper(name: str, rows: list[Flat], made: Origin, path: str) -> PublishedTable:
    """A table of a unit in Chinese, to be printed."""
    whole = table(name, rows, "zh", made, path)
    titles = {field["name"]: field["title"] for field in contract.flat()[name]["schema"]["fields"]}
    return replace(whole, paper=tuple(titles[each] for each in PAPER[name]))


def _in_chinese(table: PublishedTable) -> PublishedTable:
    """The table with its columns called by their titles."""
    fields: list[Field] = [{**field, "name": field["title"]} for field in table.fields]
    rows = [{field["title"]: row[field["name"]] for field in table.fields} for row in table.rows]
    return PublishedTable(
        table.path, table.title, table.title_en, table.description, table.description_en, fields, rows, table.origin
    )


_AS_THEY_ARE = (
    "target_id", "restates", "indicator", "scope", "concept_id", "value", "value_max", "converted", "converted_max",
    "period_start", "period_end", "commitment", "task_id", "quote", "note",
)  # fmt: skip
"""The columns of a target that its list has as they are."""


def _target(target: Target, speaker: Speaker) -> Flat:
    words, concept = speaker.words, target.concept
    return {
        **_place(target, speaker, "targets"),
        **{name: getattr(target, name) for name in _AS_THEY_ARE},
        "indicator_en": target.name_en,
        "theme": speaker.name(target.theme),
        "theme_id": target.theme.theme_id,
        "concept": speaker.name(concept) if concept else "",
        "unit": speaker.word("unit", target.unit),
        "converted_unit": speaker.word("unit", concept.unit) if concept and target.converted is not None else "",
        **speaker.coded("better", "concepts", "better", concept.better if concept else ""),
        **speaker.coded("measure", "targets", "measure", target.measure),
        "comparator": speaker.word("comparator", target.comparator),
        "comparator_code": target.comparator,
        "commitment_en": vocabulary.codes("targets", "commitment")[target.commitment].name_en
        if target.commitment
        else "",
        "period": words.period(target),
        **speaker.coded("period_basis", "targets", "period_basis", target.period_basis),
        **_days(target.period_start, target.period_end),
        "task": target.task.title if target.task else "",
        **_organizations(target.answering, speaker),
        **_verdict(speaker.verdicts[target.target_id], speaker),
    }


def _verdict(verdict: Verdict, speaker: Speaker) -> Flat:
    """The newest actual figure of a target and the verdict on it, with its sum."""
    words, newest, figure = speaker.words, verdict.figure or verdict.newest, verdict.figure
    return {
        "actual": words.actual(newest, verdict.unit) if newest else "",
        "actual_value": newest.value if newest else None,
        "actual_unit": speaker.word("unit", verdict.unit) if newest else "",
        "actual_period": words.when(newest) if newest else "",
        "verdict": words.said(verdict),
        "verdict_code": verdict.word,
        "verdict_rule": verdict.rule,
        "verdict_sum": words.sum(verdict),
        **_figure_source(figure, speaker),
    }


def _figure_source(figure: Comparable | None, speaker: Speaker) -> Flat:
    if figure and isinstance(figure.row, Observation):
        return {"verdict_source": figure.row.source.title, "verdict_source_link": figure.row.source.url}
    if figure and isinstance(figure.row, Baseline):
        link = speaker.site + routes.on_site(routes.plan(figure.row.plan_id, "text"), figure.row.anchor)
        return {"verdict_source": figure.row.quote, "verdict_source_link": link}
    return {"verdict_source": "", "verdict_source_link": ""}


def _comparison(row: Flat, compared: Comparison, targets: Mapping[str, Flat], words: Any) -> Flat:
    """The row of a target with that of the one it is compared with, or why it is not."""
    reference = compared.reference
    above = targets[reference.target_id] if reference else {}
    beside = (
        "region",
        "target_id",
        "comparator",
        "comparator_code",
        "value",
        "unit",
        "converted",
        "quote",
        "sentence_link",
    )
    return {
        **row,
        "relation": words.relation(compared.relation, reference.region) if reference else "",
        "relation_code": compared.relation or "",
        "obstacle": "" if reference else words.obstacle(compared),
        "obstacle_code": compared.obstacle or "",
        **{f"reference_{name}": above.get(name) for name in beside},
    }


def _task(task: Task, plan: PlanFacts, speaker: Speaker) -> Flat:
    return {
        **_place(task, speaker, "tasks"),
        **{name: getattr(task, name) for name in ("task_id", "number", "period_start", "period_end")},
        "task": task.title,
        "parent": task.above.title if task.above else "",
        "theme": speaker.name(task.theme),
        "theme_id": task.theme.theme_id,
        "targets": len(task.targets),
        **_days(task.period_start, task.period_end),
        **_organizations(task.responsibilities, speaker),
        **_state(plan.newest.get(task.task_id), speaker),
    }


def _project(project: NamedProject, plan: PlanFacts, speaker: Speaker) -> Flat:
    return {
        **_place(project, speaker, "projects"),
        **{name: getattr(project, name) for name in ("project_id", "period_end", "task_id", "quote")},
        "project": project.name,
        **speaker.coded("stage", "projects", "stage", project.stage),
        **_days("", project.period_end),
        **_organizations(project.responsibilities, speaker),
        **_state(plan.newest.get(project.project_id), speaker),
    }


def _docket(each: tuple[str, Due], group: Group, facts: Facts, targets: Mapping[str, Flat], speaker: Speaker) -> Flat:
    """A row of what a unit has to answer for; `targets` are the rows of all."""
    (org_id, due), row = each, each[1].row
    verdict = targets[due.id] if due.kind == "target" else {}
    return {
        **speaker.source(row.plan_id),
        "organization": speaker.name(facts.registry.organizations[org_id]),
        "org_id": org_id,
        "group": speaker.word("group", group),
        "group_code": group,
        "kind": speaker.word("list", due.kind),
        "kind_code": due.kind,
        "row_id": due.id,
        "item": due.name,
        "promised": str(speaker.words.promised(row)) if isinstance(row, Target) else "",
        "due": due_day(due, group, facts.as_of),
        **_judged(verdict),
        **_state(facts.updates.get(due.id), speaker),
        "row_link": speaker.site + routes.on_site(routes.plan(row.plan_id, due.row_list), row.anchor),
    }


_JUDGED = ("actual", "actual_period", "verdict", "verdict_code", "verdict_sum")
"""What the lists of a unit say of how far a target has come."""


def _judged(target: Flat) -> Flat:
    """The newest actual figure and the verdict, of the row of a target; empty where there is none."""
    return {name: target.get(name, "") for name in _JUDGED}


def _owed(each: DuePromise | Duty, dossier: Dossier, targets: Mapping[str, Flat], speaker: Speaker) -> Flat:
    """A promise or a task that a unit answers for, a promise with the verdict on its last step; `targets` are the rows
    of all."""
    promise = each.promise if isinstance(each, DuePromise) else None
    row = each.promise.target if isinstance(each, DuePromise) else each.task
    kind = "target" if promise else "task"
    promised, places = speaker.promise(promise) if promise else ("", "")
    return {
        **_place(row, speaker, "targets" if promise else "tasks"),
        "organization": speaker.name(dossier.organization),
        "org_id": dossier.organization.org_id,
        "role": speaker.word("role", each.role),
        "role_code": each.role,
        "kind": speaker.word("list", kind),
        "kind_code": kind,
        "row_id": row.target_id if isinstance(row, Target) else row.task_id,
        "item": row.indicator if isinstance(row, Target) else row.title,
        "promised": promised,
        "due": row.period_end,
        **_judged(targets[row.target_id] if isinstance(row, Target) else {}),
        "quote": row.quote if isinstance(row, Target) else "",
        "places": places,
    }


def _organizations(responsibilities: Iterable[Responsibility], speaker: Speaker) -> Flat:
    rows = tuple(responsibilities)
    return {
        "lead": speaker.names(rows, leading=True),
        "responsible": speaker.names(rows, leading=False),
    }


def _state(update: Update | None, speaker: Speaker) -> Flat:
    """The state of a row by its newest report."""
    return {
        "state": speaker.word("state", update.status if update else ""),
        "state_code": update.status if update else "",
        "state_date": update.date.isoformat() if update else "",
        "state_link": update.source_url if update else "",
    }


def _days(start: str, end: str) -> Flat:
    """The first and the last day of a period, to reckon with."""
    first, last = days(start, end)
    return {"period_first_day": first, "period_last_day": last}


def _responsibilities(plan: PlanFacts, speaker: Speaker) -> Iterator[Flat]:
    """Every unit of every task, in order of task and rank."""
    tasks = {task.task_id: task for task in plan.tasks}
    for row in plan.responsibilities:
        yield {
            **_responsibility(row, tasks[row.task_id], speaker),
            **_state(plan.newest.get(row.task_id), speaker),
        }


def _responsibility(row: Responsibility, task: Task, speaker: Speaker) -> Flat:
    return {
        **_place(task, speaker, "tasks"),
        **{name: getattr(row, name) for name in ("org_id", "name_in_source", "rank", "task_id")},
        "targets": len(task.targets),
        "organization": speaker.name(row.organization),
        "role": speaker.word("role", row.role),
        "role_code": row.role,
        "theme": speaker.name(task.theme),
        "theme_id": task.theme.theme_id,
        "task": task.title,
        "number": task.number,
        "parent": task.above.title if task.above else "",
    }


def _finding(finding: Finding, speaker: Speaker, apart: bool) -> Flat:
    """A finding with its first side and, where there are two, the other; `apart`: each plan has a page for its own."""
    page = routes.findings(finding.plan_id if apart else "")
    sides = [_side(finding.plan_id, speaker, side) for side in finding.sides]
    other = sides[1] if len(sides) > 1 else dict.fromkeys(sides[0], "")
    return {
        **speaker.source(finding.plan_id),
        "finding_id": finding.id,
        **speaker.coded("kind", "notes", "kind", finding.kind),
        "comment": speaker.words.computed() if finding.computed else speaker.name(finding, "comment"),
        **sides[0],
        **{f"other_{name}": value for name, value in other.items()},
        "row_link": speaker.site + routes.on_site(page, finding.id),
    }


def _side(plan_id: str, speaker: Speaker, side: Side) -> Flat:
    link = speaker.site + routes.on_site(routes.plan(plan_id, "text"), side.anchor)
    return {"quote": side.quote, "place": speaker.words.place(side.place), "sentence_link": link}


def _place(row: Target | Task | NamedProject, speaker: Speaker, page: str) -> Flat:
    """Where a row is from and where it is shown."""
    sentence = row.clause if isinstance(row, Task) else row.anchor
    return {
        **speaker.source(row.plan_id),
        "row_link": speaker.site + routes.on_site(routes.plan(row.plan_id, page), row.anchor),
        "sentence_link": speaker.site + routes.on_site(routes.plan(row.plan_id, "text"), sentence),
    }


def grouped(rows: list[Flat], column: str) -> dict[str, list[Flat]]:
    """The rows of a flat table by what stands in a column."""
    groups: defaultdict[str, list[Flat]] = defaultdict(list)
    for row in rows:
        groups[str(row[column])].append(row)
    return dict(groups)
