"""Where the plans contradict themselves: one page with every finding;
where they are many, one that counts them, and a page per plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TypedDict

from openplans import routes
from openplans.downloads import flat
from openplans.facts import findings
from openplans.facts.derived import Finding
from openplans.facts.findings import NOTE_KINDS
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Plan
from openplans.facts.registry_records import Region
from openplans.pages.common import RegionPart, Shared, Upkeeps
from openplans.pages.data import Offered, offered
from openplans.pages.page import Page
from openplans.pages.warned import Warned
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES


class PlanCounts(TypedDict):
    """How many findings of each kind a plan has, in the order of the page's groups."""

    plan: Plan
    counts: list[int]


class FindingGroup(TypedDict):
    """The findings of one kind; none where they stand on the pages of their plans."""

    kind: str
    count: int
    findings: list[Finding]


class WarnedRow(TypedDict):
    """A warning of the check, of which `plan`, and page and fragment of its row; None where it has no such place."""

    warning: Warned
    plan: Plan | None
    place: tuple[str, str] | None


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
    upkeep: Upkeeps
    warnings: list[WarnedRow]
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
    shared: Shared, of: Sequence[PlanFacts], plan: Plan | None, warnings: list[WarnedRow], region: Region | None = None
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
        upkeep={} if apart else {row: at for each in plans for row, at in shared.upkeep(each.id, "notes").items()},
        warnings=warnings,
        downloads={each: offered(shared.downloads.flat[flat.FINDINGS, each]) for each in LANGUAGES},
    )


def _group(kind: str, found: list[Finding], shown: bool) -> FindingGroup:
    own = [each for each in found if each.kind == kind]
    return FindingGroup(kind=kind, count=len(own), findings=own if shown else [])


def _by_plan(shared: Shared) -> defaultdict[str, list[WarnedRow]]:
    """The warnings by the plan that they are about; "": those that are about none."""
    found: defaultdict[str, list[WarnedRow]] = defaultdict(list)
    for each in shared.warned:
        plan = shared.facts.plan.get(each["plan_id"])
        found[each["plan_id"]].append(WarnedRow(warning=each, plan=plan, place=shared.place(each["id"])))
    return found
