"""Where the plans contradict themselves: one page with every finding;
where they are many, one that counts them, and a page per plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TypedDict, cast

from openplans import routes
from openplans.downloads import flat
from openplans.facts import findings
from openplans.facts.derived import Finding
from openplans.facts.findings import NOTE_KINDS
from openplans.facts.places import anchor
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Plan
from openplans.facts.registry_records import Region
from openplans.packages.read import Package, Table
from openplans.pages.common import Origins, RegionPart, Shared
from openplans.pages.data import Offered, offered
from openplans.pages.page import Page
from openplans.problems import Problem
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES

PAGES = {"targets": "targets", "tasks": "tasks", "projects": "projects", "clauses": "text"}
"""The tables whose rows stand on a page of their plan, by the page."""


class PlanCounts(TypedDict):
    """How many findings of each kind a plan has, in the order of the page's groups."""

    plan: Plan
    counts: list[int]


class FindingGroup(TypedDict):
    """The findings of one kind; none where they stand on the pages of their plans."""

    kind: str
    count: int
    findings: list[Finding]


class Warned(TypedDict):
    """A warning of the check with the row it is about and, where that is on a page of a `plan`, its place."""

    rule: str
    zh: str
    en: str
    id: str
    plan: Plan | None
    page: str
    anchor: str


class Findings(TypedDict):
    """Where the plans contradict themselves; `by_id`: the plans; `warnings`: what the check found odd
    and let pass. `plan`: where the page is of one; `apart`: each plan has a page of its own for them. `region`: where
    it counts those of the plans of one; `parts`: those regions, where all plans are too many."""

    region: Region | None
    parts: list[RegionPart]
    plan: Plan | None
    apart: bool
    total: int
    plans: list[PlanCounts]
    groups: list[FindingGroup]
    by_id: dict[str, Plan]
    origins: Origins
    warnings: list[Warned]
    downloads: dict[Language, Offered]


def pages(shared: Shared) -> Iterator[Page]:
    """The findings of all plans, and those of each where one page does not hold them."""
    facts, warned = shared.facts, _by_plan(shared)
    whole = [each for rows in ([warned[""]] if facts.findings_apart else warned.values()) for each in rows]
    yield Page(routes.FINDINGS, "findings", _findings(shared, facts.plans, None, whole))
    for code, own in facts.parts.items():
        counted = _findings(shared, own, None, [], facts.registry.regions[code])
        yield Page(routes.findings(code), "findings", counted)
    for each in facts.plans if facts.findings_apart else ():
        if each.findings or warned[each.plan.id]:
            one = _findings(shared, [each], each.plan, warned[each.plan.id])
            yield Page(routes.findings(each.plan.id), "findings", one)


def _findings(
    shared: Shared, of: Sequence[PlanFacts], plan: Plan | None, warnings: list[Warned], region: Region | None = None
) -> Findings:
    """The context of the findings of these plans: all of them, those of one region, or one."""
    plans = [each.plan for each in of]
    found = findings.by_weight(finding for each in of for finding in each.findings)
    apart = shared.facts.findings_apart and plan is None
    counts = Counter((each.plan_id, each.kind) for each in found)
    kinds = [kind for kind in NOTE_KINDS if any(each.kind == kind for each in found)]
    return Findings(
        region=region,
        parts=[] if plan or region else shared.parts,
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


def _by_plan(shared: Shared) -> defaultdict[str, list[Warned]]:
    """The warnings by the plan that they are about; "": those that are about none."""
    tables = {table.file: (package, table) for package in shared.facts.packages for table in package.tables.values()}
    found: defaultdict[str, list[Warned]] = defaultdict(list)
    for each in shared.warnings:
        told = _warned(each, *tables[each.file], shared) if each.file in tables else _as_printed(each, each.file)
        found[told["plan"].id if told["plan"] else ""].append(told)
    return found


def _warned(problem: Problem, package: Package, table: Table, shared: Shared) -> Warned:
    """A warning with the row it is about and, where that has one, its place on a page."""
    row = next((each for each in table.rows if each.line == problem.line), None)
    if row is None:
        return _as_printed(problem, problem.file)
    row_id = row[table.columns[0]]
    on_page = package.kind == "plan" and table.name in PAGES
    page = routes.plan(package.id, PAGES[table.name]) if on_page else ""
    at = anchor(package, row_id) if on_page else ""
    return _as_printed(problem, row_id, shared.facts.plan.get(package.id), page, at)


def _as_printed(problem: Problem, row_id: str, plan: Plan | None = None, page: str = "", anchor: str = "") -> Warned:
    words = {"rule": problem.rule, "zh": problem.zh, "en": problem.en}
    return cast(Warned, {**words, "id": row_id, "plan": plan, "page": page, "anchor": anchor})
