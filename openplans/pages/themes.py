"""The list of themes, and a page for each: the targets and tasks of all plans.

A theme's page has all its rows up to LONGEST; beyond that it lists the regions, provinces or their cities, and each of
them has a page of its own for the theme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from openplans import routes
from openplans.facts.records import Region
from openplans.facts.themes import ThemeFacts
from openplans.pages.common import Shared
from openplans.pages.contexts import Theme, Themes
from openplans.pages.page import Page

LONGEST = 350
"""How many targets and tasks one page holds: about 250 KB."""


def pages(shared: Shared) -> Iterator[Page]:
    """The list, then the themes that have anything to show in the registry's order."""
    found = shared.facts.themes
    yield Page(routes.THEMES, "themes", Themes(themes=found))
    for each in found:
        yield from theme_pages(shared, each)


def theme_pages(shared: Shared, found: ThemeFacts, longest: int = LONGEST) -> Iterator[Page]:
    """The page of a theme and, where one does not hold its rows, one more for each region."""
    theme_id = found.theme.theme_id
    if len(found.targets) + found.task_count <= longest:
        yield Page(routes.theme(theme_id), "theme", _theme(shared, found))
        return
    parts = {code: found.within(plan_ids) for code, plan_ids in _regions(shared).items()}
    regions = {code: shared.facts.registry.regions[code] for code, part in parts.items() if part.targets or part.tasks}
    yield Page(routes.theme(theme_id), "theme", _theme(shared, found, apart=list(regions.values())))
    for code, region in regions.items():
        yield Page(routes.theme(theme_id, code), "theme", _theme(shared, parts[code], region))


def _regions(shared: Shared) -> dict[str, set[str]]:
    """The plan_ids below each region: a city with its counties, or a province by itself."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for plan in shared.facts.plan.values():
        found[shared.facts.registry.region_chain(plan.region.region_code)[-2:][0]].add(plan.id)
    return dict(sorted(found.items()))


def _theme(shared: Shared, found: ThemeFacts, region: Region | None = None, apart: list[Region] | None = None) -> Theme:
    charts = [] if region else shared.cards(each.concept.concept_id for each in found.concepts)
    counts = {"plans": found.plan_count, "targets": len(found.targets), "tasks": found.task_count}
    shown = found.within(()) if apart else found
    targets = shown.targets
    return Theme(
        found=shown,
        told=shared.told(routes.theme(found.theme.theme_id)),
        counts=counts,
        charts=charts,
        plans=shared.plans({*(target.plan_id for target in targets), *shown.tasks}),
        part=region,
        apart=apart or [],
        verdicts=shared.verdicts(targets),
    )
