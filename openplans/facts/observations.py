"""The published actual figures as records: each with its source, its time and what it is measured in; and who looked
for them when.

Comes in: the package of observations, the facts of the plans, the registry. Goes out: Observation and FigureSearch
records. Apart from the model, because a figure can belong to a concept or to one target, and its unit follows from
that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from openplans.facts.plan import PlanFacts
from openplans.facts.records import FigureSearch, Observation, Source, Target
from openplans.facts.registry import Registry, typed
from openplans.packages.read import Package, Row
from openplans.text.period import Period

COMPARATORS = {"eq": "eq", "about": "approx", "more": "gt", "at_least": "ge", "less": "lt", "at_most": "le"}
"""The comparator of a target that says the same as the bound of an actual figure."""


def observations(package: Package, plans: Iterable[PlanFacts], registry: Registry) -> tuple[Observation, ...]:
    """The figures of regions that have a plan, then the others, by region and time."""
    plans = tuple(plans)
    targets = {target.target_id: target for plan in plans for target in plan.targets}
    sources = {key: _source(row) for key, row in package.by_id("sources").items()}
    replaced = {row["replaces"]: row["observation_id"] for row in package["observations"]}
    planned = {plan.plan.region.region_code for plan in plans}
    found = [
        typed(
            Observation,
            row,
            region=registry.regions[row["region_code"]],
            source=sources[row["source_id"]],
            time=Period.parse(row["period"], row["period_kind"]),
            comparator=COMPARATORS[row["bound"]],
            converted=_converted(row, targets.get(row["target_id"]), registry),
            replaced_by=replaced.get(row["observation_id"], ""),
            reference=row["region_code"] not in planned,
            value_max=None,
        )
        for row in package["observations"]
    ]
    return tuple(
        sorted(found, key=lambda each: (each.reference, each.region.region_code, each.time, each.observation_id))
    )


def searches(package: Package, registry: Registry) -> tuple[FigureSearch, ...]:
    """The searches for figures, the first one first."""
    found = (
        FigureSearch(
            search_id=row["search_id"],
            region=registry.regions[row["region_code"]],
            time=Period.parse(row["period"]),
            looked_on=date.fromisoformat(row["looked_on"]),
        )
        for row in package["searches"]
    )
    return tuple(sorted(found, key=lambda each: (each.looked_on, each.search_id)))


def _source(row: Row) -> Source:
    return typed(Source, row, published=date.fromisoformat(row["published"]) if row["published"] else None)


def _converted(row: Row, target: Target | None, registry: Registry) -> Decimal | None:
    """The value in the unit of its concept, or of the target that it is of."""
    unit = registry.concepts[row["concept_id"]].unit if row["concept_id"] else target.unit if target else ""
    return registry.in_unit(row["value"], row["unit"], unit)
