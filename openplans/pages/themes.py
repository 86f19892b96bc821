"""The list of themes, and a page for each: the targets and tasks of all plans.

A theme's page has all its rows up to LONGEST; beyond that it lists the regions, provinces or their cities, and each of
them has a page of its own for the theme, which lists the places in it where its rows are too many as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict

from openplans import routes
from openplans.facts.records import Plan, Task
from openplans.facts.registry_records import Concept, Region
from openplans.facts.themes import ThemeFacts
from openplans.pages.common import PromiseRow, Shared, Subscriptions, WarnedRows
from openplans.pages.concept_charts import ConceptChart
from openplans.pages.page import Page

LONGEST = 130
"""How many targets and tasks one page holds: up to 280 KB."""


class Themes(TypedDict):
    """The themes that have targets or tasks."""

    themes: list[ThemeFacts]


class ThemeRows(TypedDict):
    """What is promised on a theme: of each concept, and by plan_id what has none."""

    concepts: list[tuple[Concept, list[PromiseRow]]]
    others: dict[str, list[PromiseRow]]


class ThemePage(TypedDict):
    """One theme over all plans or those of one region (`part`); `plans` by id; `apart`: the regions that have a page of
    their own for it, where one does not hold its `rows` and `tasks`; `silent`: the regions whose plans say nothing of
    it."""

    found: ThemeFacts
    rows: ThemeRows
    tasks: dict[str, list[Task]]
    silent: list[Region]
    told: Subscriptions
    warned: WarnedRows
    part: Region | None
    apart: list[Region]
    charts: list[ConceptChart]
    plans: dict[str, Plan]


def pages(shared: Shared) -> Iterator[Page]:
    """The list, then the themes that have anything to show in the registry's order."""
    found = shared.facts.themes
    yield Page(routes.THEMES, "themes", Themes(themes=found))
    for each in found:
        yield from theme_pages(shared, each)


def theme_pages(shared: Shared, found: ThemeFacts, longest: int = LONGEST) -> Iterator[Page]:
    """The page of a theme; where one does not hold its rows, one more for each region; and where that does not hold
    them either, one for each place in it."""
    path, regions = routes.theme(found.theme.theme_id), shared.facts.registry.regions
    if _length(found) <= longest:
        yield Page(path, "theme", _theme(shared, found, found))
        return
    registry, plans = shared.facts.registry, shared.facts.plan
    parts = found.split({key: registry.part(plan.region.region_code) for key, plan in plans.items()})
    yield Page(path, "theme", _theme(shared, found, found.empty, apart=[regions[code] for code in parts]))
    for code, part in parts.items():
        places = part.split({key: plans[key].region.region_code for key in part.plan_ids})
        whole = _length(part) <= longest or len(places) == 1
        below = {} if whole else {place: own for place, own in places.items() if place != code}
        shown = part if whole else places.get(code, part.empty)
        context = _theme(shared, part, shown, regions[code], [regions[each] for each in below])
        yield Page(routes.theme(found.theme.theme_id, code), "theme", context)
        for place, own in below.items():
            context = _theme(shared, own, own, regions[place])
            yield Page(routes.theme(found.theme.theme_id, place), "theme", context)


def _length(found: ThemeFacts) -> int:
    return len(found.promises) + found.task_count


def _theme(
    shared: Shared,
    found: ThemeFacts,
    shown: ThemeFacts,
    region: Region | None = None,
    apart: Sequence[Region] = (),
) -> ThemePage:
    """A page about all that is `found`, with the rows that are `shown`; `apart`: regions that have pages for theirs."""
    charts = [] if region else shared.cards(each.concept.concept_id for each in found.concepts)
    speaking = found.plan_ids
    silent = {plan.region.region_code: plan.region for plan in shared.facts.plan.values() if plan.id not in speaking}
    rows = ThemeRows(
        concepts=[(each.concept, [shared.row(one) for one in each.promises]) for each in shown.concepts],
        others={plan_id: [shared.row(one) for one in promises] for plan_id, promises in shown.others.items()},
    )
    return ThemePage(
        found=found,
        told=shared.told(routes.theme(found.theme.theme_id)),
        warned=shared.warned_among([found.theme.theme_id]),
        rows=rows,
        tasks=shown.tasks,
        silent=list(silent.values()) if region is None else [],
        charts=charts,
        plans=shared.plans(shown.plan_ids),
        part=region,
        apart=list(apart),
    )
