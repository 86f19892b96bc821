"""The model in the middle: what is known, joined once, as frozen records.

Comes in: a checked World. Goes out: Facts, the facts of each plan and what needs all of them. Whatever is shown,
downloaded, searched or queried is read from here. Each of them is made when it is first asked for, and once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from openplans import routes
from openplans.facts import (
    answers,
    bulletins,
    calendar,
    cases,
    chart_points,
    comparison,
    dockets,
    findings,
    observations,
    organizations,
    progress,
    themes,
)
from openplans.facts import series as all_series
from openplans.facts.answers import Answer
from openplans.facts.bulletins import Bulletin
from openplans.facts.chart_points import Points
from openplans.facts.comparison import Comparison
from openplans.facts.derived import Due, Finding
from openplans.facts.dockets import Docket
from openplans.facts.organizations import Dossier
from openplans.facts.plan import PlanFacts, plan_facts
from openplans.facts.progress import Alert, PlanProgress
from openplans.facts.promises import Promise
from openplans.facts.records import Baseline, FigureSearch, Observation, Plan, Target, Update
from openplans.facts.registry import Registry, part_for, registry_of
from openplans.facts.themes import ThemeFacts
from openplans.facts.verdicts import Case, Verdict
from openplans.packages import dataset
from openplans.packages.link import OVERALL_THEME, World
from openplans.packages.read import Package

MOST_OF_A_CONCEPT = 80
"""How many targets of a concept stand on its page, 300 KB of
HTML; beyond, each city and province has a page for them."""


MOST_PLANS = 100
"""How many plans one list holds; beyond, each province, or each city of a crowded one, has a list of its own."""


@dataclass(frozen=True)
class Facts:
    """Everything that is known. `packages`: the packages as they are, registry and observations first, for those who
    give them away whole; `version` and `updated` (YYYY-MM-DD) are those of all data."""

    registry: Registry
    plans: tuple[PlanFacts, ...]
    observations: tuple[Observation, ...]
    searches: tuple[FigureSearch, ...]
    packages: tuple[Package, ...]
    version: str
    updated: str

    @cached_property
    def plan(self) -> Mapping[str, Plan]:
        """The plans by id."""
        return {each.plan.id: each.plan for each in self.plans}

    @cached_property
    def parts(self) -> Mapping[str, list[PlanFacts]]:
        """The plans of each region that has a list of its own, by its code; none where one list holds all plans."""
        if len(self.plans) <= MOST_PLANS:
            return {}
        crowded = self.registry.crowded((each.plan.region.region_code for each in self.plans), MOST_PLANS)
        found: dict[str, list[PlanFacts]] = {}
        for each in self.plans:
            found.setdefault(self.registry.listed_in(each.plan.region.region_code, crowded), []).append(each)
        return dict(sorted(found.items()))

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """The targets of all plans by id, in the order of plans and ids."""
        return {target.target_id: target for plan in self.plans for target in plan.targets}

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """The promises of all plans, each once, in the order of plans."""
        return tuple(promise for plan in self.plans for promise in plan.promises)

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """By concept_id, what the plans say of each concept that some plan promises."""
        return answers.answers(self.plans, self.registry)

    @property
    def as_of(self) -> date:
        """The date of the data."""
        return date.fromisoformat(self.updated)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """What the verdict on each promise rests on, one for each value that it states."""
        return tuple(cases.cases(self.plans, self.observations, self.registry, self.as_of, self.searches))

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """By target_id, in the order of the targets, what can be said of each promise as of the date of the data."""
        found = {each.target.target_id: each for case in self.cases for each in case.verdicts()}
        return {target_id: found[target_id] for target_id in self.targets}

    @cached_property
    def updates(self) -> Mapping[str, Update]:
        """The newest report of progress of each row that one speaks of, by its id."""
        return {row_id: update for plan in self.plans for row_id, update in plan.newest.items()}

    @cached_property
    def progress(self) -> list[PlanProgress]:
        """The promises of each plan, counted."""
        return progress.by_plan(self.plans, self.verdicts)

    @cached_property
    def alerts(self) -> list[Alert]:
        """The early warnings."""
        return progress.alerts(self.verdicts.values(), self.as_of)

    @cached_property
    def dockets(self) -> Mapping[str, Docket]:
        """What each unit has to answer for, by org_id."""
        return dockets.dockets(self.plans, self.verdicts, self.as_of)

    @cached_property
    def bulletins(self) -> list[Bulletin]:
        """What was published, fell due or changed its verdict, by month, the newest first."""
        starts = {plan.id: date.fromisoformat(plan.effective_start) for plan in self.plan.values()}
        changed = [found for case in self.cases for found in bulletins.changes([case], starts[case.target.plan_id])]
        return bulletins.bulletins(self.plans, self.observations, changed, self.as_of)

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

    def indicator_page(self, target: Target) -> str:
        """The page that has a target among those of its concept:
        the concept's or, where these are many, that of its part."""
        many = len(self.by_concept.get(target.concept_id, ())) > MOST_OF_A_CONCEPT
        part = self.registry.part(target.region.region_code) if many else ""
        return routes.indicator(target.concept_id, part)

    def figure_at(self, row: Observation) -> tuple[str, str]:
        """The page and the fragment where an actual figure stands
        with its source: among those of its concept, or at its target."""
        if row.concept_id:
            return routes.indicator(row.concept_id), row.observation_id
        return routes.plan(self.targets[row.target_id].plan_id, "targets"), row.observation_id

    @cached_property
    def comparisons(self) -> Mapping[str, Comparison]:
        """By target_id, how it stands to the target of the region above."""
        return comparison.comparisons(self.series, self.targets, self.registry)

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
        return len(self.findings) > findings.MOST or bool(self.parts)

    def contradiction(self, target: Target) -> tuple[str, str] | None:
        """The page and the fragment of the finding that shows a
        target beside what contradicts it; None where nothing does."""
        found = self.conflicts.get(target.target_id)
        page = routes.findings(target.plan_id if self.findings_apart else "")
        return (page, found[0].id) if found else None

    @cached_property
    def due(self) -> Mapping[int, list[Due]]:
        """What is due in each year."""
        return calendar.by_year(each for plan in self.plans for each in plan.due)

    @cached_property
    def observed(self) -> Mapping[str, list[Observation]]:
        """The published actual figures by concept_id (target_id,
        where there is no concept), as `observations` has them."""
        found: dict[str, list[Observation]] = {}
        for each in self.observations:
            found.setdefault(each.concept_id or each.target_id, []).append(each)
        return found

    def shows(self, concept_id: str) -> bool:
        """Whether a concept has a page: some plan promises it, or there is an actual figure of it."""
        return concept_id in self.by_concept or concept_id in self.observed

    @cached_property
    def chart_points(self) -> Mapping[str, Points]:
        """The points of each concept's chart, and the actual figures that are not among them."""
        baselines = [row for plan in self.plans for row in plan.baselines if row.concept_id]
        known: list[Baseline | Observation] = [*(each for each in self.observations if each.concept_id), *baselines]
        planned = frozenset(plan.region.region_code for plan in self.plan.values())
        return chart_points.points(self.series, self.targets, known, planned, self.registry)


def facts(world: World, of_plan: Callable[[Package, Registry], PlanFacts] = plan_facts) -> Facts:
    """The facts of a world; `of_plan` gives those of a plan, of its package and its part of the registry."""
    registry, project = registry_of(world), world.project
    plans = tuple(of_plan(plan, part_for(registry, plan, OVERALL_THEME)) for plan in project.plans)
    return Facts(
        registry=registry,
        plans=plans,
        observations=observations.observations(project.observations, plans, registry),
        searches=observations.searches(project.observations, registry),
        packages=tuple(project.packages),
        version=dataset.version(world),
        updated=dataset.updated(world),
    )
