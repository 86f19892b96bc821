"""The list of indicators, and a page for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from openplans.facts import chart_points, comparison, findings, joins
from openplans.facts import series as derived_series
from openplans.facts.joins import Joined
from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.pages.common import Shared
from openplans.pages.contexts import Indicator, Indicators
from openplans.pages.data import offered
from openplans.pages.page import LANGUAGES, Page


def pages(shared: Shared) -> Iterator[Page]:
    """The list of indicators, and one page a concept that some plan promises or of which there is an actual figure."""
    world = shared.world
    groups = dict(iter(shared.series.groupby("concept_id", sort=True)))
    observed = joins.observations(world)
    compared = comparison.comparisons(world, shared.series)
    answers = _answers(world)
    plans = {plan.id: plan for plan in world.project.plans}
    by_theme: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    groups |= {each: shared.series.iloc[:0] for each in world.concepts if each in observed and each not in groups}
    for concept in (each for each in world.concepts.values() if each["concept_id"] in groups):
        by_theme[concept["theme_id"]].append({**concept, "regions": _regions(world, groups[concept["concept_id"]])})
    ordered = sorted(world.themes.values(), key=lambda each: each["order"])
    themes = [{**theme, "concepts": by_theme[theme["theme_id"]]} for theme in ordered if theme["theme_id"] in by_theme]
    yield Page("indicators", "indicators", Indicators(themes=themes))
    for concept_id, frame in groups.items():
        concept = world.concepts[concept_id]
        context = Indicator(
            concept=concept,
            theme=world.themes[concept["theme_id"]],
            chart=shared.figures.get(concept_id),
            uneven=chart_points.uneven(world, concept_id, derived_series.lines(frame)),
            rows=[
                {
                    **_row(world, row, compared),
                    "answers": answers[row["target_id"]],
                    "place": _place(plans[row["plan_id"]], row),
                }
                for row in frame.to_dict("records")
            ],
            observations=observed.get(concept_id, []),
            downloads={each: offered(shared.downloads.indicators[concept_id, each]) for each in LANGUAGES}
            if len(frame)
            else {},
        )
        yield Page(f"indicators/{concept_id}", "indicator", context)


def _answers(world: World) -> dict[str, list[Joined]]:
    """Per target the responsible units of its task."""
    found: dict[str, list[Joined]] = {}
    for plan in world.project.plans:
        by_task = joins.responsibilities(world, plan)
        found.update({row["target_id"]: by_task.get(row["task_id"], []) for row in plan["targets"]})
    return found


def _place(plan: Package, row: dict[str, Any]) -> Joined:
    """Where a target stands, in short: in the body, or in which row of an annex."""
    place = findings.place(plan, f"{plan.id}-{row['clause']}")
    return {**place, "headings": [], "number": place["number"] if place["row"] else ""}


def _row(world: World, row: dict[str, Any], compared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    number = None if pd.isna(row["converted"]) else f"{row['converted']:.10g}"
    beside = compared.get(row["target_id"])
    if beside and beside["reference"]:
        beside = {**beside, "region": world.regions[beside["reference"]["region_code"]]}
    return {**row, "region": world.regions[row["region_code"]], "number": number, "compared": beside}


def _regions(world: World, frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [world.regions[code] for code in sorted(set(frame.region_code))]
