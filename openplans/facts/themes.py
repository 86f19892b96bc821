"""What all plans promise on one theme.

Comes in: the facts of all plans. Goes out: per theme the targets of its concepts, its other targets and its tasks. A
concept stands in its own theme, also where a plan promises it under a task of another: that is where a reader looks for
it. A target with a theme of its own stands there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from openplans.facts.plan import PlanFacts
from openplans.facts.records import Concept, Target, Task, Theme
from openplans.facts.registry import Registry

Row = TypeVar("Row", Target, Task)


@dataclass(frozen=True, slots=True)
class ConceptTargets:
    """A concept with what plans promise of it, by region and time."""

    concept: Concept
    targets: list[Target]


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme with its concepts, those of most regions first; its other targets and its tasks by plan_id."""

    theme: Theme
    concepts: list[ConceptTargets]
    others: dict[str, list[Target]]
    tasks: dict[str, list[Task]]

    @property
    def targets(self) -> list[Target]:
        """Every target of the theme."""
        of_concepts = [target for each in self.concepts for target in each.targets]
        return of_concepts + [target for rows in self.others.values() for target in rows]

    def within(self, plan_ids: Collection[str]) -> ThemeFacts:
        """The same of some plans only."""
        concepts = [
            ConceptTargets(each.concept, [row for row in each.targets if row.plan_id in plan_ids])
            for each in self.concepts
        ]
        return ThemeFacts(
            self.theme,
            [each for each in concepts if each.targets],
            {plan_id: rows for plan_id, rows in self.others.items() if plan_id in plan_ids},
            {plan_id: rows for plan_id, rows in self.tasks.items() if plan_id in plan_ids},
        )

    @property
    def task_count(self) -> int:
        """How many tasks it has."""
        return sum(map(len, self.tasks.values()))

    @property
    def plan_count(self) -> int:
        """How many plans have a target or a task of it."""
        return len({target.plan_id for target in self.targets} | set(self.tasks))


def themes(plans: Iterable[PlanFacts], registry: Registry) -> list[ThemeFacts]:
    """The themes that have targets or tasks, in the registry's order."""
    by_concept: defaultdict[str, list[Target]] = defaultdict(list)
    others: defaultdict[str, list[Target]] = defaultdict(list)
    tasks: defaultdict[str, list[Task]] = defaultdict(list)
    for plan in plans:
        for target in plan.targets:
            of_concept = target.concept and target.concept.theme_id == target.theme.theme_id
            (by_concept[target.concept_id] if of_concept else others[target.theme.theme_id]).append(target)
        for task in plan.tasks:
            tasks[task.theme.theme_id].append(task)
    concepts = _concepts(registry, by_concept)
    found = [
        ThemeFacts(theme, concepts[theme_id], _by_plan(others[theme_id]), _by_plan(tasks[theme_id]))
        for theme in registry.in_order(set(registry.themes))
        for theme_id in [theme.theme_id]
    ]
    return [each for each in found if each.targets or each.tasks]


def _concepts(registry: Registry, by_concept: Mapping[str, list[Target]]) -> defaultdict[str, list[ConceptTargets]]:
    """Per theme the concepts that are promised, those of most regions first, then in the registry's order."""
    found: defaultdict[str, list[ConceptTargets]] = defaultdict(list)
    for concept in registry.concepts.values():
        if rows := by_concept.get(concept.concept_id):
            rows = sorted(rows, key=lambda row: (row.region.region_code, row.period_end))
            found[concept.theme_id].append(ConceptTargets(concept, rows))
    for group in found.values():
        group.sort(key=lambda each: -len({row.plan_id for row in each.targets}))
    return found


def _by_plan(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows by plan_id, in the plans' order."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.plan_id].append(row)
    return dict(groups)
