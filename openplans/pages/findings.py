"""Where the plans contradict themselves: one page with every finding;
where they are many, one that counts them, and a page per plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import cast

from openplans import routes
from openplans.downloads import flat
from openplans.facts import findings
from openplans.facts.findings import NOTE_KINDS
from openplans.facts.places import anchor
from openplans.facts.records import Finding, Plan
from openplans.pages.common import Shared
from openplans.pages.contexts import FindingGroup, Findings, PlanCounts, Warned
from openplans.pages.data import offered
from openplans.pages.page import Page
from openplans.problems import Problem
from openplans.text.i18n import LANGUAGES

PAGES = {"targets": "targets", "tasks": "tasks", "projects": "projects", "clauses": "text"}
"""The tables whose rows stand on a page of their plan, by the page."""


def pages(shared: Shared) -> Iterator[Page]:
    """The findings of all plans, and those of each where one page does not hold them."""
    facts = shared.facts
    plans = list(facts.plan.values())
    warnings = [_warned(each, shared) for each in shared.warnings]
    yield Page(routes.FINDINGS, "findings", _findings(shared, facts.findings, plans, None, warnings))
    if facts.findings_apart:
        for plan in facts.plans:
            if plan.findings:
                own = findings.by_weight(plan.findings)
                yield Page(
                    routes.findings(plan.plan.id), "findings", _findings(shared, own, [plan.plan], plan.plan, [])
                )


def _findings(
    shared: Shared, found: list[Finding], plans: list[Plan], plan: Plan | None, warnings: list[Warned]
) -> Findings:
    """The context of these findings, those of all plans or of one."""
    apart = shared.facts.findings_apart and plan is None
    counts = Counter((each.plan_id, each.kind) for each in found)
    kinds = [kind for kind in NOTE_KINDS if any(each.kind == kind for each in found)]
    return Findings(
        plan=plan,
        apart=apart,
        total=len(found),
        plans=[PlanCounts(plan=each, counts=[counts[each.id, kind] for kind in kinds]) for each in plans],
        groups=[_group(kind, found, shown=not apart) for kind in kinds],
        by_id={each.id: each for each in plans},
        origins={} if apart else {row: at for each in plans for row, at in shared.origins(each.id, "notes").items()},
        warnings=warnings,
        downloads={each: offered(shared.downloads.flat[flat.FINDINGS, each]) for each in LANGUAGES},
    )


def _group(kind: str, found: list[Finding], shown: bool) -> FindingGroup:
    own = [each for each in found if each.kind == kind]
    return FindingGroup(kind=kind, count=len(own), findings=own if shown else [])


def _warned(problem: Problem, shared: Shared) -> Warned:
    """A warning with the row it is about and, where that has one, its place on a page."""
    for package in shared.facts.packages:
        for table in (each for each in package.tables.values() if each.file == problem.file):
            if row := next((each for each in table.rows if each.line == problem.line), None):
                row_id = row[table.columns[0]]
                on_page = package.kind == "plan" and table.name in PAGES
                page = routes.plan(package.id, PAGES[table.name]) if on_page else ""
                at = anchor(package, row_id) if on_page else ""
                return _as_printed(problem, row_id, shared.facts.plan.get(package.id), page, at)
    return _as_printed(problem, problem.file)


def _as_printed(problem: Problem, row_id: str, plan: Plan | None = None, page: str = "", anchor: str = "") -> Warned:
    words = {"rule": problem.rule, "zh": problem.zh, "en": problem.en}
    return cast(Warned, {**words, "id": row_id, "plan": plan, "page": page, "anchor": anchor})
