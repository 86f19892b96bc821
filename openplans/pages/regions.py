"""The residents' way in: a page for each place with a plan. What it promises, what was reached, what falls due, who leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from openplans import routes
from openplans.facts.progress import promises, tally
from openplans.facts.records import Due
from openplans.facts.verdicts import WORDS
from openplans.pages import calendar
from openplans.pages.common import Shared
from openplans.pages.contexts import Region, RegionLink, Regions
from openplans.pages.page import Page
from openplans.pages.progress import SETTLED

LEADERS_SHOWN = 12
FIGURES_SHOWN = 12
DUE_SHOWN = 40
"""How many units, newest figures and rows that fall due a page shows; each list leads to the whole."""

YEAR = timedelta(days=366)


def pages(shared: Shared) -> Iterator[Page]:
    """The list of places, then each."""
    registry = shared.facts.registry
    codes = sorted({plan.region.region_code for plan in shared.facts.plan.values()})
    yield Page(routes.REGIONS, "regions", Regions(regions=[_link(shared, code) for code in codes]))
    for code in codes:
        yield Page(routes.region(registry.regions[code].region_code), "region", _region(shared, code, codes))


def _link(shared: Shared, code: str) -> RegionLink:
    plans = [each.plan for each in shared.facts.plans if each.plan.region.region_code == code]
    targets = [target for each in shared.facts.plans if each.plan in plans for target in each.targets]
    counted = tally(promises(shared.facts.verdicts[target.target_id] for target in targets))
    return RegionLink(region=shared.facts.registry.regions[code], plans=plans, tally=counted)


def _region(shared: Shared, code: str, codes: list[str]) -> Region:
    facts, link = shared.facts, _link(shared, code)
    own = [each for each in facts.plans if each.plan in link["plans"]]
    found = promises(facts.verdicts[target.target_id] for plan in own for target in plan.targets)
    coming = _coming([row for plan in own for row in plan.due], facts.as_of)
    figures = [each for each in facts.observations if each.region.region_code == code and not each.replaced_by]
    shown = sorted(figures, key=lambda each: each.time, reverse=True)[:FIGURES_SHOWN]
    above = facts.registry.region_chain(code)[1:]
    beside = [each for each in codes if each != code and set(facts.registry.region_chain(each)[1:]) & set(above)]
    return Region(
        region=link["region"],
        plans=link["plans"],
        tally=link["tally"],
        order=list(WORDS),
        listed={word: [each for each in found if each.word == word] for word in SETTLED},
        due=[calendar.row(shared, each) for each in coming[:DUE_SHOWN]],
        due_count=len(coming),
        leaders=[each for each in facts.organizations if each.region.region_code == code][:LEADERS_SHOWN],
        unit_count=sum(each.region.region_code == code for each in facts.organizations),
        figures=shown,
        figure_count=len(figures),
        concepts=shared.concepts(shown),
        targets=shared.targets(shown),
        above=[_link(shared, each) for each in above if each in codes],
        beside=[_link(shared, each) for each in beside],
    )


def _coming(rows: list[Due], as_of: date) -> list[Due]:
    """What falls due from the day of the data within a year, first due first."""
    found = [(day, row) for row in rows if not row.repeats for day in row.days if as_of <= day <= as_of + YEAR]
    return [row for _, row in sorted(found, key=lambda each: each[0])]
