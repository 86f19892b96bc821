"""How far the promises have come: of those due how many have a published figure, what was reached, what to look at."""

from __future__ import annotations

from collections.abc import Iterator

from openplans import routes
from openplans.facts.progress import GROUPS, distinct
from openplans.facts.verdicts import WORDS
from openplans.pages.common import Shared
from openplans.pages.contexts import Progress, UnitProgress
from openplans.pages.page import Page

SETTLED = ("reached", "not-reached", "behind", "on-course")
"""The verdicts whose promises the page lists one by one."""

UNITS_SHOWN = 30
"""How many units the page lists, those with most that is due first; the whole is in the data."""


def pages(shared: Shared) -> Iterator[Page]:
    """The one page."""
    facts = shared.facts
    found = distinct(facts.verdicts.values())
    units = sorted(
        (UnitProgress(unit=dossier, docket=facts.dockets[dossier.organization.org_id])
         for dossier in facts.organizations if dossier.organization.org_id in facts.dockets),
        key=lambda each: (-each["docket"].tally.due, each["docket"].org_id),
    )  # fmt: skip
    context = Progress(
        plans=facts.progress,
        total=sum(each.tally.total for each in facts.progress),
        due=sum(each.tally.due for each in facts.progress),
        published=sum(each.tally.published for each in facts.progress),
        verdicts=len(found),
        listed={word: [each for each in found if each.word == word] for word in SETTLED},
        order=list(WORDS),
        alerts=facts.alerts,
        units=[each for each in units if each["docket"].tally.due][:UNITS_SHOWN],
        groups=list(GROUPS),
    )
    yield Page(routes.PROGRESS, "progress", context)
