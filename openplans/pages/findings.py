"""Where the plans contradict themselves: one page with every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openplans.downloads import flat
from openplans.facts import findings
from openplans.facts.joins import NOTE_KINDS
from openplans.pages.common import Shared
from openplans.pages.contexts import Findings
from openplans.pages.data import offered
from openplans.pages.page import LANGUAGES, Page


def pages(shared: Shared) -> Iterator[Page]:
    """The findings of all plans."""
    found = [{**row, "plan": shared.summaries[row["plan_id"]]} for row in findings.findings(shared.world)]
    counts = Counter((row["plan_id"], row["kind"]) for row in found)
    kinds = [kind for kind in NOTE_KINDS if any(row["kind"] == kind for row in found)]
    groups = [{"kind": kind, "findings": [row for row in found if row["kind"] == kind]} for kind in kinds]
    plans = [
        {"plan": plan, "counts": [counts[plan_id, kind] for kind in kinds]}
        for plan_id, plan in shared.summaries.items()
    ]
    downloads = {each: offered(shared.downloads.flat[flat.FINDINGS, each]) for each in LANGUAGES}
    context = Findings(total=len(found), plans=plans, groups=groups, downloads=downloads)
    yield Page("findings", "findings", context)
