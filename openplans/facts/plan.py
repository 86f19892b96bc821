"""The facts of one plan: every row joined once with all that it leads to.

Comes in: a plan's package and the part of the registry that it uses, both checked. Goes out: PlanFacts. Pure and
picklable: the same package and registry give the same facts, on any core or machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from openplans.facts import calendar, findings, highlights, restatements
from openplans.facts.derived import Due, Finding, PlanOrganization
from openplans.facts.highlights import HighlightedClause
from openplans.facts.places import OTHER_QUOTE, anchor, place
from openplans.facts.promises import Promise, promises
from openplans.facts.records import (
    ROLES,
    Attachment,
    Baseline,
    Counts,
    ListedRow,
    NamedProject,
    Note,
    Plan,
    Responsibility,
    Retired,
    Statement,
    Target,
    Task,
    TaskHead,
    Update,
)
from openplans.facts.registry import Registry, typed
from openplans.packages.link import theme_of
from openplans.packages.quoted import stating
from openplans.packages.read import Package, Row
from openplans.text.comparators import keeps, kept
from openplans.text.period import Period

OrganizationsByTask = dict[str, tuple[Responsibility, ...]]
"""By task_id, in the document's order."""


@dataclass(frozen=True)
class PlanFacts:
    """All that is known of a plan. Rows stand in the order of their tables; `organizations` by how much they lead,
    `due` by when, `updates` newest first. `promises`: what the plan promises, each promise once with its steps and all
    its places."""

    plan: Plan
    targets: tuple[Target, ...]
    promises: tuple[Promise, ...]
    tasks: tuple[Task, ...]
    projects: tuple[NamedProject, ...]
    baselines: tuple[Baseline, ...]
    updates: tuple[Update, ...]
    notes: tuple[Note, ...]
    attachments: tuple[Attachment, ...]
    retired: tuple[Retired, ...]
    clauses: tuple[HighlightedClause, ...]
    responsibilities: tuple[Responsibility, ...]
    organizations: tuple[PlanOrganization, ...]
    findings: tuple[Finding, ...]
    due: tuple[Due, ...]

    @cached_property
    def newest(self) -> dict[str, Update]:
        """The newest report of progress of each row that one speaks of, by its id."""
        found: dict[str, Update] = {}
        for update in self.updates:
            for each in update.of:
                found.setdefault(each.id, update)
        return found


def plan_facts(package: Package, registry: Registry) -> PlanFacts:
    """The facts of a plan."""
    shared = _responsibilities(package, registry)
    heads = {row["task_id"]: _head(package, row) for row in package["tasks"]}
    targets = _stated(tuple(_target(package, row, registry, heads, shared) for row in package["targets"]))
    tasks = _tasks(package, registry, heads, shared, targets)
    projects = tuple(_project(package, row, registry, shared) for row in package["projects"])
    promised = tuple(promises(targets))
    plan = _plan(package, registry, len(promised))
    return PlanFacts(
        plan=plan,
        targets=targets,
        promises=promised,
        tasks=tasks,
        projects=projects,
        baselines=tuple(_baseline(package, row, registry) for row in package["baselines"]),
        updates=_updates(package),
        notes=tuple(_note(package, row) for row in package["notes"]),
        attachments=tuple(typed(Attachment, row) for row in package["attachments"]),
        retired=tuple(typed(Retired, row, anchor=anchor(package, row["id"])) for row in package["retired"]),
        clauses=tuple(highlights.document(package)),
        responsibilities=tuple(each for rows in shared.values() for each in rows),
        organizations=_organizations(package, registry, heads),
        findings=tuple(findings.findings(package, targets, registry)),
        due=tuple(calendar.due(plan.region, targets, projects, tasks, registry)),
    )


def _plan(package: Package, registry: Registry, promised: int) -> Plan:
    facts = package.descriptor
    counted = {name: len(package[name]) for name in ("targets", "tasks", "projects", "notes")}
    return Plan(
        id=package.id,
        region=registry.regions[facts["region_code"]],
        **{name: facts[name] for name in ("title_zh", "title_en", "issuer", "issued")},
        **{name: facts.get(name, "") for name in ("published", "doc_number", "source_url")},
        effective_start=facts["effective_start"],
        effective_end=facts["effective_end"],
        sources=tuple(source["title"] for source in facts["sources"]),
        left_out=tuple(facts["boilerplate"]),
        counts=Counts(
            promises=promised, **counted, organizations=len({row["org_id"] for row in package["responsibilities"]})
        ),
    )


def _responsibilities(package: Package, registry: Registry) -> OrganizationsByTask:
    found: defaultdict[str, list[Responsibility]] = defaultdict(list)
    for row in sorted(package["responsibilities"], key=lambda each: (each["task_id"], each["rank"])):
        organization = registry.organizations[row["org_id"]]
        found[row["task_id"]].append(typed(Responsibility, row, organization=organization))
    return {task_id: tuple(rows) for task_id, rows in found.items()}


def _head(package: Package, row: Row) -> TaskHead:
    return typed(TaskHead, row, anchor=anchor(package, row["task_id"]))


def _target(
    package: Package, row: Row, registry: Registry, heads: dict[str, TaskHead], shared: OrganizationsByTask
) -> Target:
    concept = registry.concepts.get(row["concept_id"])
    task = package.by_id("tasks").get(row["task_id"])
    figure = stating(registry, package, row, "value")
    before = _before(package, row, figure.start) if figure else ""
    return typed(
        Target,
        row,
        plan_id=package.id,
        region=registry.regions[package.descriptor["region_code"]],
        anchor=anchor(package, row["target_id"]),
        clause=anchor(package, row["clause_id"]),
        place=place(package, row["clause_id"]),
        figure=(figure.start, figure.end) if figure else None,
        kept=kept(before),
        keeps=keeps(before),
        elsewhere=(),
        kindred=(),
        task=heads.get(row["task_id"]),
        concept=concept,
        name_en=concept.name_en if concept else registry.terms.get(row["indicator"], ""),
        theme=registry.themes[
            theme_of(row["theme_id"], concept.theme_id if concept else "", task["theme_id"] if task else "")
        ],
        responsibilities=shared.get(row["task_id"], ()),
        converted=registry.amount(row["value"], row["unit"], concept),
        converted_max=registry.amount(row["value_max"], row["unit"], concept),
    )


def _before(package: Package, row: Row, position: int) -> str:
    """A quote up to its number."""
    text = package.by_id("clauses")[row["clause_id"]]["text"]
    return str(text[text.index(row["quote"]) : position])


def _stated(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """The targets, each with the other places of the document that state its promise."""
    found, naming = {}, restatements.by_thing(target for target in targets if target.responsibilities)
    for promise in restatements.promises(targets):
        named = any(row.responsibilities for row in promise)
        kindred = () if named else tuple(map(_statement, restatements.kindred(promise, naming)))
        for target in promise:
            others = tuple(_statement(each) for each in promise if each is not target)
            found[target.target_id] = replace(target, elsewhere=others, kindred=kindred)
    return tuple(found[target.target_id] for target in targets)


def _statement(target: Target) -> Statement:
    place = target.place.short
    return Statement(
        anchor=target.anchor, place=place, indicator=target.indicator, responsibilities=target.responsibilities
    )


def _tasks(
    package: Package,
    registry: Registry,
    heads: dict[str, TaskHead],
    shared: OrganizationsByTask,
    targets: tuple[Target, ...],
) -> tuple[Task, ...]:
    """The tasks, each behind the one that it is part of: a walk through the tree, depth first."""
    of_task: defaultdict[str, list[Target]] = defaultdict(list)
    for target in targets:
        of_task[target.task_id].append(target)
    below: defaultdict[str, list[Row]] = defaultdict(list)
    for row in package["tasks"]:
        below[row["parent_id"]].append(row)
    found: list[Task] = []
    waiting = [(row, 0) for row in reversed(below[""])]
    while waiting:
        row, depth = waiting.pop()
        task_id = row["task_id"]
        joined = {
            "plan_id": package.id,
            "anchor": heads[task_id].anchor,
            "clause": anchor(package, row["clause_id"]),
            "place": place(package, row["clause_id"]),
            "theme": registry.themes[row["theme_id"]],
            "responsibilities": shared.get(task_id, ()),
            "targets": tuple(of_task[task_id]),
            "above": heads.get(row["parent_id"]),
        }
        found.append(typed(Task, row, depth=depth, parts=len(below[task_id]), **joined))
        waiting.extend((each, depth + 1) for each in reversed(below[task_id]))
    return tuple(found)


def _project(package: Package, row: Row, registry: Registry, shared: OrganizationsByTask) -> NamedProject:
    task = package.by_id("tasks").get(row["task_id"])
    return typed(
        NamedProject,
        row,
        plan_id=package.id,
        anchor=anchor(package, row["project_id"]),
        place=place(package, row["clause_id"]),
        theme=registry.themes[task["theme_id"]] if task else None,
        responsibilities=shared.get(row["task_id"], ()),
    )


def _baseline(package: Package, row: Row, registry: Registry) -> Baseline:
    return typed(
        Baseline,
        row,
        plan_id=package.id,
        region=registry.regions[package.descriptor["region_code"]],
        anchor=anchor(package, row["baseline_id"]),
        time=Period.parse(row["period"]),
        converted=registry.amount(row["value"], row["unit"], registry.concepts.get(row["concept_id"])),
    )


def _updates(package: Package) -> tuple[Update, ...]:
    rows = sorted(package["updates"], key=lambda each: each["date"], reverse=True)
    return tuple(
        typed(
            Update,
            row,
            date=date.fromisoformat(row["date"]),
            plan_id=package.id,
            anchor=anchor(package, row["update_id"]),
            of=tuple(_subjects(package, row)),
        )
        for row in rows
    )


def _subjects(package: Package, row: Row) -> Iterator[ListedRow]:
    """The rows that an update names."""
    for table, key, name in (
        ("targets", "target_id", "indicator"),
        ("projects", "project_id", "name"),
        ("tasks", "task_id", "title"),
    ):
        if row[key]:
            named = package.by_id(table)[row[key]][name]
            yield ListedRow(id=row[key], page=table, anchor=anchor(package, row[key]), name=named)


def _note(package: Package, row: Row) -> Note:
    own = anchor(package, row["note_id"])
    return typed(Note, row, anchor=own, other_anchor=own + OTHER_QUOTE)


def _organizations(package: Package, registry: Registry, heads: dict[str, TaskHead]) -> tuple[PlanOrganization, ...]:
    """The plan's responsible units, those that lead most first."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in package["responsibilities"]:
        rows[row["org_id"]].append(row)
    found = [
        PlanOrganization(
            organization=registry.organizations[org_id],
            tasks={role: tuple(heads[row["task_id"]] for row in own if row["role"] == role) for role in ROLES},
            names=tuple(sorted({row["name_in_source"] for row in own})),
            count=len(own),
        )
        for org_id, own in rows.items()
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.tasks["lead"]), -each.count, each.organization.org_id)))
