"""What several families of pages draw on: summaries of the plans, the charts, the data's version.

Comes in: a valid World, the downloads, the series of all concepts. Goes out: Shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openplans.downloads import Downloads
from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.pages.contexts import Figure
from openplans.problems import Problem

CHARTS_SHOWN = 6
"""How many small charts the home page and a plan's page show."""


@dataclass(frozen=True)
class Shared:
    """What several pages draw on: the series of all concepts, the figures by concept, the plans' summaries by id."""

    world: World
    downloads: Downloads
    series: pd.DataFrame
    figures: dict[str, Figure]
    summaries: dict[str, dict[str, Any]]
    warnings: tuple[Problem, ...] = ()


def shared(
    world: World,
    downloads: Downloads,
    figures: dict[str, Figure],
    series: pd.DataFrame,
    warnings: Sequence[Problem] = (),
) -> Shared:
    """Everything that the pages draw on; `warnings` are what the check found odd and let pass."""
    summaries = {plan.id: _summary(world, plan) for plan in world.project.plans}
    return Shared(world, downloads, series, figures, summaries, tuple(warnings))


def _summary(world: World, plan: Package) -> dict[str, Any]:
    """What every page of a plan says of it."""
    facts = plan.descriptor
    start, end = facts["effective_start"][:4], facts["effective_end"][:4]
    counts = {name: len(plan[name]) for name in ("targets", "tasks", "projects", "notes")}
    return {
        "id": plan.id,
        **{name: facts[name] for name in ("title_zh", "title_en")},
        "region": world.regions[facts["region_code"]],
        "years": (start, end),
        "counts": {**counts, "units": len({row["org_id"] for row in plan["responsibilities"]})},
        "sources": [source["title"] for source in facts["sources"]],
        **{name: facts.get(name, "") for name in ("issuer", "issued", "published", "doc_number", "source_url")},
    }


def cards(shared: Shared, concept_ids: list[str]) -> list[Figure]:
    """The first figures of these concepts."""
    return [shared.figures[each] for each in concept_ids[:CHARTS_SHOWN]]
