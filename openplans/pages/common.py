"""What several families of pages draw on: summaries of the plans, the charts, the data's version.

Comes in: a valid World, the downloads, the series of all concepts. Goes out: Shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from openplans import charts
from openplans.contexts import Chart
from openplans.derive import series as derived_series
from openplans.downloads import Downloads
from openplans.link import World
from openplans.paths import Paths
from openplans.read import Package

CHARTS_SHOWN = 6
"""How many small charts the home page and a plan's page show."""


@dataclass(frozen=True)
class Shared:
    """What several pages draw on: the series of all concepts, the charts by concept, the plans' summaries by id."""

    world: World
    downloads: Downloads
    series: pd.DataFrame
    charts: dict[str, Markup]
    summaries: dict[str, dict[str, Any]]


def shared(world: World, downloads: Downloads, drawings: dict[str, Markup], series: pd.DataFrame) -> Shared:
    """Everything that the pages draw on."""
    return Shared(world, downloads, series, drawings, {plan.id: _summary(world, plan) for plan in world.project.plans})


def updated(world: World) -> str:
    """The date of the newest package (YYYY-MM-DD): the only date that a build knows."""
    return max(package.descriptor["updated"] for package in world.project.packages)


def data_version(world: World) -> str:
    """The version of the registry, which is that of the data as a whole."""
    return world.project.registry.descriptor["version"]


def _summary(world: World, plan: Package) -> dict[str, Any]:
    """What every page of a plan says of it."""
    facts = plan.descriptor
    start, end = facts["effective_start"][:4], facts["effective_end"][:4]
    counts = {name: len(plan[name]) for name in ("targets", "tasks", "projects", "updates", "notes")}
    return {
        "id": plan.id,
        **{name: facts[name] for name in ("title_zh", "title_en")},
        "region": world.regions[facts["region_code"]],
        "years": (start, end),
        "counts": {**counts, "units": len({row["org_id"] for row in plan["responsibilities"]})},
        "sources": [source["title"] for source in facts["sources"]],
        **{name: facts.get(name, "") for name in ("issuer", "issued", "published", "doc_number", "source_url")},
    }


def charts_of(
    world: World, series: pd.DataFrame, paths: Paths, each: Callable[[list[str]], Iterable[str]] = iter
) -> dict[str, Markup]:
    """The chart of every concept that has two values or more, by concept. `each` is told of every chart drawn."""
    planned = {plan.descriptor["region_code"] for plan in world.project.plans}
    names = {code: row["name_zh"] for code, row in sorted(world.regions.items()) if code in planned}
    frames = {
        concept_id: frame
        for concept_id, frame in derived_series.lines(series).groupby("concept_id", sort=True)
        if len(frame) > 1 and not uneven(world, concept_id, frame)
    }
    drawings = charts.draw(
        [_goal_path(world, concept_id, frame, names) for concept_id, frame in frames.items()], paths.chart_cache
    )
    return {
        concept_id: _figure(world, concept_id, frames[concept_id], next(drawings)) for concept_id in each(list(frames))
    }


def _goal_path(world: World, concept_id: str, frame: pd.DataFrame, names: dict[str, str]) -> charts.GoalPath:
    """The chart of a concept: totals begin at 0, percentages end at 100, and what is counted within a period is not joined."""
    concept = world.concepts[concept_id]
    total = concept["nature"] == "total"
    shown = frame.assign(label=[charts.SIGNS[row.comparator] + f"{row.converted:g}" for row in frame.itertuples()])
    ceiling = 100.0 if concept["unit"] == "%" else None
    return charts.GoalPath(shown, names, ceiling, from_zero=total, joined=not (total and bool(frame.span.max())))


def uneven(world: World, concept_id: str, frame: pd.DataFrame) -> bool:
    """Whether the targets of a total are counted over unlike times; a rate is a rate over any time."""
    return world.concepts[concept_id]["nature"] == "total" and derived_series.spans_differ(frame)


def _figure(world: World, concept_id: str, points: pd.DataFrame, drawing: str) -> Markup:
    """A drawing as the page's element, told in words for those who hear it."""
    concept = world.concepts[concept_id]
    spoken = "；".join(
        f"{world.regions[row.region_code]['name_zh']} {row.year} 年 {row.converted:g} {concept['unit']}"
        for row in points.itertuples()
    )
    return Markup(charts.accessible(drawing, f"{concept['name_zh']}：各地目标", spoken))


def cards(shared: Shared, concept_ids: list[str]) -> list[Chart]:
    return [Chart(concept=shared.world.concepts[each], svg=shared.charts[each]) for each in concept_ids[:CHARTS_SHOWN]]
