"""Where the plans contradict themselves: one page with every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openplans import routes
from openplans.downloads import flat
from openplans.facts.findings import NOTE_KINDS
from openplans.pages.common import Shared
from openplans.pages.contexts import FindingGroup, Findings, PlanCounts
from openplans.pages.data import offered
from openplans.pages.page import LANGUAGES, Page


def pages(shared: Shared) -> Iterator[Page]:
    """The findings of all plans."""
    found = shared.facts.findings
    counts = Counter((each.plan_id, each.kind) for each in found)
    kinds = [kind for kind in NOTE_KINDS if any(each.kind == kind for each in found)]
    context = Findings(
        total=len(found),
        plans=[
            PlanCounts(plan=plan, counts=[counts[plan_id, kind] for kind in kinds])
            for plan_id, plan in shared.facts.plan.items()
        ],
        groups=[FindingGroup(kind=kind, findings=[each for each in found if each.kind == kind]) for kind in kinds],
        by_id=dict(shared.facts.plan),
        downloads={each: offered(shared.downloads.flat[flat.FINDINGS, each]) for each in LANGUAGES},
    )
    yield Page(routes.FINDINGS, "findings", context)
