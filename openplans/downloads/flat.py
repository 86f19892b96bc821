"""The flat tables for people, in Chinese and in English.

Comes in: the facts. Goes out: Tables whose rows have a word beside every code, and whose columns are
called by their Chinese titles, or by their English names. The words themselves stand in templates/files/flat.j2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openplans import routes
from openplans.downloads.table import Cell, Origin, Table, of_resource
from openplans.facts.comparison import Comparison
from openplans.facts.model import Facts
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Finding, Plan, Responsibility, Side, Target, Task
from openplans.schema import contract
from openplans.text import i18n
from openplans.text.amounts import Language

LANGUAGES: dict[Language, str] = {"zh": "", "en": ".en"}
"""The languages of a flat table, and what its file is called by besides its name."""

NAMES = TARGETS, COMPARISON, RESPONSIBILITIES, FINDINGS = (
    "targets-all",
    "comparison",
    "responsibilities-all",
    "findings",
)
"""The flat tables, as openplans/schema/flat.json describes them."""

Flat = dict[str, Cell]
"""A row of a flat table by the schema's field names."""


@dataclass(frozen=True)
class Speaker:
    """One language: `name` picks a record's name in it, `words` puts codes into words. And what every row says of its plan."""

    name: Callable[..., str]
    words: Any
    site: str
    version: str
    plans: Mapping[str, Plan]

    def names(self, responsibilities: Iterable[Responsibility], leading: bool) -> str:
        """The units that lead, or all the others, in one cell."""
        found = [self.name(each.organization) for each in responsibilities if (each.role == "lead") == leading]
        return str(self.words.listed(found))


def rows(facts: Facts, language: Language, made: Origin, site: str) -> dict[str, list[Flat]]:
    """The rows of every flat table in a language, by the table's name."""
    words = i18n.spoken("flat", language, facts.registry.units, facts.registry.terms)
    speaker = Speaker(i18n.in_language(language), words, site, made.version, facts.plan)
    compared = facts.comparisons
    return {
        TARGETS: [_target(target, speaker) for target in facts.targets.values()],
        COMPARISON: [
            _comparison(target, compared[target.target_id], speaker)
            for target in facts.targets.values()
            if target.target_id in compared
        ],
        RESPONSIBILITIES: [row for plan in facts.plans for row in _responsibilities(plan, speaker)],
        FINDINGS: [_finding(finding, speaker, facts.findings_apart) for finding in facts.findings],
    }


def table(name: str, rows: list[Flat], language: Language, made: Origin, path: str = "") -> Table:
    """A flat table; `path` is below data/ and without an ending, the table's own where it is not given."""
    resource = contract.flat()[name]
    table = of_resource(resource, rows, made, path or f"{name}{LANGUAGES[language]}")
    return table if language == "en" else _in_chinese(table)


def _in_chinese(table: Table) -> Table:
    """The table with its columns called by their titles."""
    fields = [{**field, "name": field["title"]} for field in table.fields]
    rows = [{field["title"]: row[field["name"]] for field in table.fields} for row in table.rows]
    return Table(
        table.path, table.title, table.title_en, table.description, table.description_en, fields, rows, table.origin
    )


def _target(target: Target, speaker: Speaker) -> Flat:
    words, concept = speaker.words, target.concept
    printed = ("target_id", "indicator", "scope", "concept_id", "value", "value_max", "converted", "converted_max")
    return {
        **_place(target, speaker, "targets"),
        **{
            name: getattr(target, name) for name in (*printed, "period_start", "period_end", "task_id", "quote", "note")
        },
        "indicator_en": target.name_en,
        "theme": speaker.name(target.theme),
        "theme_id": target.theme.theme_id,
        "concept": speaker.name(concept) if concept else "",
        "unit": words.unit(target.unit),
        "converted_unit": words.unit(concept.unit) if concept and target.converted is not None else "",
        "measure": words.measure(target),
        "comparator": words.comparator(target),
        "period": words.period(target),
        "task": target.task.title if target.task else "",
        "lead_units": speaker.names(target.responsibilities, leading=True),
        "other_units": speaker.names(target.responsibilities, leading=False),
    }


def _comparison(target: Target, compared: Comparison, speaker: Speaker) -> Flat:
    """A target with the one it is compared with, or why it is not."""
    words, reference = speaker.words, compared.reference
    above = _target(reference, speaker) if reference else {}
    beside = ("region", "target_id", "comparator", "value", "unit", "converted", "quote", "sentence_link")
    return {
        **_target(target, speaker),
        "relation": words.relation(compared.relation, reference.region) if reference else "",
        "obstacle": "" if reference else words.obstacle(compared),
        **{f"reference_{name}": above.get(name) for name in beside},
    }


def _responsibilities(plan: PlanFacts, speaker: Speaker) -> Iterator[Flat]:
    """Every unit of every task, in order of task and rank."""
    tasks = {task.task_id: task for task in plan.tasks}
    for row in plan.responsibilities:
        yield _responsibility(row, tasks[row.task_id], speaker)


def _responsibility(row: Responsibility, task: Task, speaker: Speaker) -> Flat:
    return {
        **_place(task, speaker, "tasks"),
        **{name: getattr(row, name) for name in ("org_id", "name_in_source", "rank", "task_id")},
        "targets": len(task.targets),
        "unit": speaker.name(row.organization),
        "role": speaker.words.role(row),
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
        **_source(finding.plan_id, speaker),
        "finding_id": finding.id,
        "kind": speaker.words.kind(finding),
        "comment": speaker.words.computed() if finding.computed else speaker.name(finding, "comment"),
        **sides[0],
        **{f"other_{name}": value for name, value in other.items()},
        "row_link": speaker.site + routes.on_site(page, finding.id),
    }


def _side(plan_id: str, speaker: Speaker, side: Side) -> Flat:
    link = speaker.site + routes.on_site(routes.plan(plan_id, "text"), side.anchor)
    return {"quote": side.quote, "place": speaker.words.place(side.place), "sentence_link": link}


def _place(row: Target | Task, speaker: Speaker, page: str) -> Flat:
    """Where a row is from and where it is shown."""
    sentence = row.anchor if page == "targets" else row.clause
    return {
        **_source(row.plan_id, speaker),
        "row_link": speaker.site + routes.on_site(routes.plan(row.plan_id, page), row.anchor),
        "sentence_link": speaker.site + routes.on_site(routes.plan(row.plan_id, "text"), sentence),
    }


def _source(plan_id: str, speaker: Speaker) -> Flat:
    """The plan that a row is from."""
    plan = speaker.plans[plan_id]
    return {
        "region": speaker.name(plan.region),
        "region_code": plan.region.region_code,
        "plan": speaker.name(plan, "title"),
        "plan_id": plan.id,
        "issued": plan.issued,
        "version": speaker.version,
    }
