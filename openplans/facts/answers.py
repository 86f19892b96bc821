"""What the plans say of one concept: who asks what by when, who does not, and what near thing is promised instead.

Comes in: the promises of all plans and the registry. Goes out: an Answer per concept. No words: templates/files/sentence.j2
makes of it the sentence with which a page begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from openplans.facts.plan import PlanFacts
from openplans.facts.promises import Promise
from openplans.facts.records import Concept, Region, Target
from openplans.facts.registry import Registry


@dataclass(frozen=True, slots=True)
class Ask:
    """What a region promises of a concept, those promises first that hold for the whole region."""

    region: Region
    promises: tuple[Promise, ...]

    @property
    def told(self) -> tuple[Target, ...]:
        """What one sentence tells of it: the last step of what holds for the whole region or, where nothing does, of each part."""
        whole = [each.target for each in self.promises if not each.target.scope]
        return tuple(whole or [each.target for each in self.promises])


@dataclass(frozen=True, slots=True)
class Near:
    """A region that promises nothing of a concept, and the concepts of the same subject that it does promise."""

    region: Region
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Answer:
    """A concept with what regions `asks` of it, superiors first, and the regions with a plan that are `silent` on it."""

    concept: Concept
    asks: tuple[Ask, ...]
    silent: tuple[Near, ...]

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Every promise of it, by region."""
        return tuple(each for ask in self.asks for each in ask.promises)

    @cached_property
    def groups(self) -> tuple[tuple[tuple[Region, ...], tuple[Target, ...]], ...]:
        """The regions that ask the same, side by side, each group with what they ask."""
        found: dict[tuple[tuple[object, ...], ...], list[Ask]] = {}
        for ask in self.asks:
            found.setdefault(tuple(_asked(each) for each in ask.told), []).append(ask)
        return tuple((tuple(ask.region for ask in asks), asks[0].told) for asks in found.values())

    @property
    def near(self) -> tuple[Near, ...]:
        """The silent regions that promise something near."""
        return tuple(each for each in self.silent if each.concepts)


def answers(plans: Iterable[PlanFacts], registry: Registry) -> dict[str, Answer]:
    """The answer for each concept that some plan promises, by concept_id in the registry's order."""
    regions: dict[str, Region] = {}
    found: defaultdict[str, defaultdict[str, list[Promise]]] = defaultdict(lambda: defaultdict(list))
    for plan in plans:
        code = plan.plan.region.region_code
        regions[code] = plan.plan.region
        for promise in plan.promises:
            if promise.target.concept_id:
                found[promise.target.concept_id][code].append(promise)
    promised = {code: {each for each in found if code in found[each]} for code in regions}
    return {
        concept_id: _answer(concept, found[concept_id], dict(sorted(regions.items())), promised, registry)
        for concept_id, concept in registry.concepts.items()
        if concept_id in found
    }


def _answer(
    concept: Concept,
    asked: Mapping[str, list[Promise]],
    regions: Mapping[str, Region],
    promised: Mapping[str, set[str]],
    registry: Registry,
) -> Answer:
    near = [
        each
        for each in registry.concepts.values()
        if concept.subject and each.subject == concept.subject and each is not concept
    ]
    return Answer(
        concept=concept,
        asks=tuple(
            Ask(region, tuple(sorted(asked[code], key=lambda each: each.target.scope != "")))
            for code, region in regions.items()
            if code in asked
        ),
        silent=tuple(
            Near(region, tuple(each for each in near if each.concept_id in promised[code]))
            for code, region in regions.items()
            if code not in asked
        ),
    )


def _asked(target: Target) -> tuple[object, ...]:
    """What two regions have in common that ask the same."""
    return (target.comparator, target.value, target.value_max, target.unit, target.period_basis, target.period_start,
            target.period_end, target.kept, target.commitment, target.scope, target.quote if target.value is None else "")  # fmt: skip
