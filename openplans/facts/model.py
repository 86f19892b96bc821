"""The model in the middle: what is known, joined once, as frozen records.

Comes in: a checked World. Goes out: Facts, the facts of each plan and what needs all of them. Whatever is shown,
downloaded, searched or queried is read from here. Each of them is made when it is first asked for, and once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from openplans.facts import calendar, chart_points, comparison, findings, matrix, organizations, themes
from openplans.facts import series as all_series
from openplans.facts.comparison import Comparison
from openplans.facts.matrix import Cells
from openplans.facts.organizations import Dossier
from openplans.facts.plan import OVERALL_THEME, PlanFacts, plan_facts
from openplans.facts.records import Due, Finding, Observation, Plan, Source, Target
from openplans.facts.registry import Registry, part_for, registry_of, typed
from openplans.facts.themes import ThemeFacts
from openplans.packages import dataset
from openplans.packages.link import World
from openplans.packages.read import Package


@dataclass(frozen=True)
class Facts:
    """Everything that is known. `packages`: the packages as they are, registry and observations first, for those who give
    them away whole; `version` and `updated` (YYYY-MM-DD) are those of all data."""

    registry: Registry
    plans: tuple[PlanFacts, ...]
    observations: tuple[Observation, ...]
    packages: tuple[Package, ...]
    version: str
    updated: str

    @cached_property
    def plan(self) -> Mapping[str, Plan]:
        """The plans by id."""
        return {each.plan.id: each.plan for each in self.plans}

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """The targets of all plans by id, in the order of plans and ids."""
        return {target.target_id: target for plan in self.plans for target in plan.targets}

    @cached_property
    def series(self) -> pd.DataFrame:
        """The targets that have a concept, as a frame (facts/series.py)."""
        return all_series.series(self.targets.values())

    @cached_property
    def in_series(self) -> tuple[Target, ...]:
        """The targets that have a concept, in the order of the series: by concept, region, scope and year."""
        return tuple(self.targets[target_id] for target_id in self.series.target_id)

    @cached_property
    def by_concept(self) -> Mapping[str, list[Target]]:
        """The targets of each concept that some plan promises, in the order of the series."""
        found: dict[str, list[Target]] = {}
        for target in self.in_series:
            found.setdefault(target.concept_id, []).append(target)
        return found

    @cached_property
    def comparisons(self) -> Mapping[str, Comparison]:
        """By target_id, how it stands to the target of the region above."""
        return comparison.comparisons(self.in_series, self.registry)

    @cached_property
    def cells(self) -> Cells:
        """The cells of all matrices."""
        return matrix.cells(self.in_series, self.comparisons)

    @cached_property
    def organizations(self) -> list[Dossier]:
        """What each organization answers for."""
        return organizations.dossiers(self.plans, self.registry)

    @cached_property
    def themes(self) -> list[ThemeFacts]:
        """What the plans promise on each theme."""
        return themes.themes(self.plans, self.registry)

    @cached_property
    def findings(self) -> list[Finding]:
        """Where plans contradict themselves, the weightiest kinds first."""
        return findings.by_weight(each for plan in self.plans for each in plan.findings)

    @cached_property
    def conflicts(self) -> Mapping[str, list[Finding]]:
        """The contradictions that each target is part of, by target_id."""
        return findings.of_targets(self.findings)

    @cached_property
    def findings_apart(self) -> bool:
        """Whether the findings are too many for one page, so that each plan has one of its own for them."""
        return len(self.findings) > findings.MOST

    @cached_property
    def due(self) -> Mapping[int, list[Due]]:
        """What is due in each year."""
        return calendar.by_year(each for plan in self.plans for each in plan.due)

    @cached_property
    def observed(self) -> Mapping[str, list[Observation]]:
        """The published actual figures by concept_id, by region and period."""
        found: dict[str, list[Observation]] = {}
        for each in self.observations:
            found.setdefault(each.concept_id, []).append(each)
        return found

    @cached_property
    def chart_points(self) -> Mapping[str, pd.DataFrame]:
        """The points of each concept's chart."""
        baselines = [row for plan in self.plans for row in plan.baselines if row.concept_id]
        return chart_points.points(self.series, self.targets, [*self.observations, *baselines], self.registry)


def facts(world: World) -> Facts:
    """The facts of a world."""
    registry, project = registry_of(world), world.project
    return Facts(
        registry=registry,
        plans=tuple(plan_facts(plan, part_for(registry, plan, OVERALL_THEME)) for plan in project.plans),
        observations=_observations(project.observations, registry),
        packages=tuple(project.packages),
        version=dataset.version(world),
        updated=dataset.updated(world),
    )


def _observations(package: Package, registry: Registry) -> tuple[Observation, ...]:
    """The published figures by region and period."""
    sources = {key: typed(Source, row) for key, row in package.by_id("sources").items()}
    rows = sorted(package["observations"], key=lambda row: (row["region_code"], row["period"], row["observation_id"]))
    return tuple(
        typed(
            Observation,
            row,
            region=registry.regions[row["region_code"]],
            source=sources[row["source_id"]],
            converted=registry.amount(row["value"], row["unit"], registry.concepts.get(row["concept_id"])),
        )
        for row in rows
    )
