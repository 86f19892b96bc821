"""What all plans promise on one theme.

Comes in: the facts of all plans. Goes out: per theme the promises of its concepts, its other promises and its tasks. A
concept stands in its own theme, also where a plan promises it under a task of another: that is where a reader looks for
it. A promise with a theme of its own stands there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openplans.facts.plan import PlanFacts
from openplans.facts.promises import Promise
from openplans.facts.records import Target, Task
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Concept, Region, Theme


@dataclass(frozen=True, slots=True)
class ConceptPromises:
    """A concept with what plans promise of it, by region and time."""

    concept: Concept
    promises: list[Promise]

    @property
    def regions(self) -> list[Region]:
        """The regions that promise it."""
        return list({each.target.region.region_code: each.target.region for each in self.promises}.values())


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme with its concepts, those of most regions first; its other promises and its tasks by plan_id."""

    theme: Theme
    concepts: list[ConceptPromises]
    others: dict[str, list[Promise]]
    tasks: dict[str, list[Task]]

    @property
    def promises(self) -> list[Promise]:
        """Every promise of the theme."""
        of_concepts = [promise for each in self.concepts for promise in each.promises]
        return of_concepts + [promise for rows in self.others.values() for promise in rows]

    @property
    def targets(self) -> list[Target]:
        """Every row that states one of them."""
        return [row for promise in self.promises for row in promise.rows]

    @property
    def shared(self) -> list[ConceptPromises]:
        """The concepts that two regions or more promise."""
        return [each for each in self.concepts if len(each.regions) > 1]

    def split(self, part_of: Mapping[str, str]) -> dict[str, ThemeFacts]:
        """The same by parts; `part_of`: the part of each plan, by plan_id. In the order of the parts' names."""
        promises: defaultdict[str, list[ConceptPromises]] = defaultdict(list)
        for each in self.concepts:
            own: defaultdict[str, list[Promise]] = defaultdict(list)
            for row in each.promises:
                own[part_of[row.target.plan_id]].append(row)
            for part, rows in own.items():
                promises[part].append(ConceptPromises(each.concept, rows))
        others: defaultdict[str, dict[str, list[Promise]]] = defaultdict(dict)
        tasks: defaultdict[str, dict[str, list[Task]]] = defaultdict(dict)
        for plan_id, rows in self.others.items():
            others[part_of[plan_id]][plan_id] = rows
        for plan_id, found in self.tasks.items():
            tasks[part_of[plan_id]][plan_id] = found
        parts = sorted({*promises, *others, *tasks})
        return {part: ThemeFacts(self.theme, promises[part], others[part], tasks[part]) for part in parts}

    @property
    def empty(self) -> ThemeFacts:
        """The theme without any of its rows."""
        return ThemeFacts(self.theme, [], {}, {})

    @property
    def task_count(self) -> int:
        """How many tasks it has."""
        return sum(map(len, self.tasks.values()))

    @property
    def plan_ids(self) -> set[str]:
        """The plans that have a promise or a task of it."""
        return {promise.target.plan_id for promise in self.promises} | set(self.tasks)

    @property
    def plan_count(self) -> int:
        """How many they are."""
        return len(self.plan_ids)


def themes(plans: Iterable[PlanFacts], registry: Registry) -> list[ThemeFacts]:
    """The themes that have promises or tasks, in the registry's order."""
    by_concept: defaultdict[str, list[Promise]] = defaultdict(list)
    others: defaultdict[str, dict[str, list[Promise]]] = defaultdict(dict)
    tasks: defaultdict[str, dict[str, list[Task]]] = defaultdict(dict)
    for plan in plans:
        for promise in plan.promises:
            target = promise.target
            if target.concept and target.concept.theme_id == target.theme.theme_id:
                by_concept[target.concept_id].append(promise)
            else:
                others[target.theme.theme_id].setdefault(plan.plan.id, []).append(promise)
        for task in plan.tasks:
            tasks[task.theme.theme_id].setdefault(plan.plan.id, []).append(task)
    concepts = _concepts(registry, by_concept)
    found = [
        ThemeFacts(theme, concepts[theme_id], others[theme_id], tasks[theme_id])
        for theme in registry.in_order(set(registry.themes))
        for theme_id in [theme.theme_id]
    ]
    return [each for each in found if each.concepts or each.others or each.tasks]


def _concepts(registry: Registry, by_concept: Mapping[str, list[Promise]]) -> defaultdict[str, list[ConceptPromises]]:
    """Per theme the concepts that are promised, those of most regions first, then in the registry's order."""
    found: defaultdict[str, list[ConceptPromises]] = defaultdict(list)
    for concept in registry.concepts.values():
        if rows := by_concept.get(concept.concept_id):
            rows = sorted(rows, key=lambda row: (row.target.region.region_code, row.target.period_end))
            found[concept.theme_id].append(ConceptPromises(concept, rows))
    for group in found.values():
        group.sort(key=lambda each: -len(each.regions))
    return found
