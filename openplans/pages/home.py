"""The home page: what this is, where to start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from openplans import routes
from openplans.downloads import catalog
from openplans.facts.records import Counts
from openplans.pages.common import Shared
from openplans.pages.contexts import Home
from openplans.pages.page import Page
from openplans.text.i18n import LANGUAGES

CHANGES_SHOWN = 3
"""How many versions of the data the home page tells of."""


def pages(shared: Shared) -> Iterator[Page]:
    """The home page."""
    facts = shared.facts
    plans = list(facts.plan.values())
    total = {each.name: sum(getattr(plan.counts, each.name) for plan in plans) for each in fields(Counts)}
    spread = facts.series.groupby("concept_id")["region_code"].nunique()
    order = {concept_id: place for place, concept_id in enumerate(facts.registry.concepts)}
    context = Home(
        counts={"plans": len(plans), **total},
        plans=plans,
        charts=shared.cards(sorted(shared.figures, key=lambda each: (-int(spread[each]), order[each]))),
        indicator_count=len(spread),
        changes=shared.downloads.versions[:CHANGES_SHOWN],
        targets={each: shared.downloads.flat["targets-all", each].files["xlsx"] for each in LANGUAGES},
        archive=shared.downloads.everything.whole["zip"],
        dataset=catalog.schema_org(shared.downloads.everything, shared.downloads.site),
    )
    yield Page(routes.HOME, "home", context)
