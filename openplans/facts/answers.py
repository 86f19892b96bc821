"""What the plans say of one concept: who asks what by when, who does not, and what near thing is promised instead.

Comes in: the promises of all plans and the registry. Goes out: an Answer per concept. No words:
templates/files/sentence.j2 makes of it the sentence with which a page begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from openplans.facts.plan import PlanFacts
from openplans.facts.promises import Promise
from openplans.facts.records import Target
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Concept, Region


@dataclass(frozen=True, slots=True)
class Ask:
    """What a region promises of a concept, those promises first that hold for the whole region."""

    region: Region
    promises: tuple[Promise, ...]

    @property
    def told(self) -> tuple[Target, ...]:
        """What one sentence tells of it: the last step of what holds
        for the whole region or, where nothing does, of each part."""
        whole = [each.target for each in self.promises if not each.target.scope]
        return tuple(whole or [each.target for each in self.promises])


@dataclass(frozen=True, slots=True)
class Near:
    """A region that promises nothing of a concept, and what it promises near it: concepts of the same subject, and
    promises without a concept that are `near` it or one of these."""

    region: Region
    concepts: tuple[Concept, ...]
    promises: tuple[Promise, ...]

    def __bool__(self) -> bool:
        return bool(self.concepts or self.promises)


@dataclass(frozen=True)
class Answer:
    """A concept with what regions `asks` of it, superiors first,
    and the regions with a plan that are `silent` on it."""

    concept: Concept
    asks: tuple[Ask, ...]
    silent: tuple[Near, ...]

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Every promise of it, by region."""
        return tuple(each for ask in self.asks for each in ask.promises)

    @cached_property
    def otherwise(self) -> dict[str, tuple[Target, ...]]:
        """What contradicts a promise in its own document, by the target_id of the row that it is called by."""
        return {each.target.target_id: each.otherwise for each in self.promises if each.otherwise}

    @cached_property
    def groups(self) -> tuple[tuple[tuple[Region, ...], tuple[Target, ...]], ...]:
        """The regions that ask the same, side by side, each group with what they ask; who contradicts itself stands
        alone."""
        found: dict[tuple[tuple[object, ...], ...], list[Ask]] = {}
        for ask in self.asks:
            key = tuple((*_asked(each), each.target_id in self.otherwise and each.target_id) for each in ask.told)
            found.setdefault(key, []).append(ask)
        return tuple((tuple(ask.region for ask in asks), asks[0].told) for asks in found.values())

    @property
    def near(self) -> tuple[Near, ...]:
        """The silent regions that promise something near."""
        return tuple(filter(None, self.silent))

    @property
    def without(self) -> tuple[Region, ...]:
        """The silent regions that do not."""
        return tuple(each.region for each in self.silent if not each)


def answers(plans: Iterable[PlanFacts], registry: Registry) -> dict[str, Answer]:
    """The answer for each concept that some plan promises, by concept_id in the registry's order."""
    found = {plan.plan.region: _Promised() for plan in sorted(plans, key=lambda each: each.plan.region.region_code)}
    for plan in plans:
        for promise in plan.promises:
            found[plan.plan.region].add(promise)
    promised = {concept_id for each in found.values() for concept_id in each.of}
    return {name: _answer(concept, found, registry) for name, concept in registry.concepts.items() if name in promised}


@dataclass(frozen=True, slots=True)
class _Promised:
    """What a region promises, by concept: `of` it, and `near` it without a concept of its own."""

    of: defaultdict[str, list[Promise]] = field(default_factory=lambda: defaultdict(list))
    near: defaultdict[str, list[Promise]] = field(default_factory=lambda: defaultdict(list))

    def add(self, promise: Promise) -> None:
        """Put a promise where it belongs."""
        if promise.target.concept_id:
            self.of[promise.target.concept_id].append(promise)
        elif promise.target.near_concept_id:
            self.near[promise.target.near_concept_id].append(promise)


def _answer(concept: Concept, promised: Mapping[Region, _Promised], registry: Registry) -> Answer:
    alike = [
        each
        for each in registry.concepts.values()
        if each is concept or (concept.subject and each.subject == concept.subject)
    ]
    return Answer(
        concept=concept,
        asks=tuple(
            Ask(region, tuple(sorted(each.of[concept.concept_id], key=lambda row: row.target.scope != "")))
            for region, each in promised.items()
            if concept.concept_id in each.of
        ),
        silent=tuple(
            Near(
                region,
                tuple(other for other in alike if other.concept_id in each.of),
                tuple(row for other in alike for row in each.near.get(other.concept_id, ())),
            )
            for region, each in promised.items()
            if concept.concept_id not in each.of
        ),
    )


def _asked(target: Target) -> tuple[object, ...]:
    """What two regions have in common that ask the same."""
    return (
        target.comparator,
        target.value,
        target.value_max,
        target.unit,
        target.period_basis,
        target.period_start,
        target.period_end,
        target.kept,
        target.commitment,
        target.scope,
        target.quote if target.value is None else "",
    )
