"""The home page: what this is, where to start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openplans.downloads import catalog
from openplans.pages.common import Shared, cards
from openplans.pages.contexts import Home
from openplans.pages.page import LANGUAGES, Page

CHANGES_SHOWN = 3
"""How many versions of the data the home page tells of."""


def pages(shared: Shared) -> Iterator[Page]:
    """The home page."""
    total: Counter[str] = Counter()
    for summary in shared.summaries.values():
        total.update(summary["counts"])
    spread = shared.series.groupby("concept_id")["region_code"].nunique()
    order = {concept_id: place for place, concept_id in enumerate(shared.world.concepts)}
    shown = sorted(shared.figures, key=lambda each: (-int(spread[each]), order[each]))
    context = Home(
        counts={"plans": len(shared.summaries), **total},
        plans=list(shared.summaries.values()),
        charts=cards(shared, shown),
        indicator_count=len(spread),
        changes=shared.downloads.versions[:CHANGES_SHOWN],
        targets={each: shared.downloads.flat["targets-all", each].files["xlsx"] for each in LANGUAGES},
        archive=shared.downloads.everything.whole["zip"],
        dataset=catalog.schema_org(shared.downloads.everything, shared.downloads.site),
    )
    yield Page("", "home", context)
