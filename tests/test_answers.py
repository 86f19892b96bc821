"""What the plans say of a concept, over the tiny project: whose promise is told, and who stands side by side."""

from __future__ import annotations

from dataclasses import replace

from openplans.facts.answers import Answer, Ask, answers
from openplans.facts.model import Facts
from openplans.facts.promises import Promise
from tests.conftest import with_targets


def changed(facts: Facts, concept_id: str, **scopes: str) -> Answer:
    """The answer on a concept where rows of the county's plan hold for a part of it, by anchor."""
    province, county = facts.plans
    rows = tuple(replace(each, scope=scopes.get(each.anchor, "")) for each in county.targets)
    return answers([province, with_targets(county, rows)], facts.registry)[concept_id]


def of_another(promise: Promise) -> Promise:
    """The same of another plan."""
    steps = (
        replace(step, said=tuple(replace(row, target_id=f"other-{row.anchor}") for row in step.said))
        for step in promise.steps
    )
    return replace(promise, steps=tuple(steps))


def told(ask: Ask) -> list[str]:
    return [each.anchor for each in ask.told]


def test_what_holds_for_the_whole_region_is_told_and_stands_first(tiny_facts: Facts) -> None:
    [ask] = changed(tiny_facts, "farms-total", t008="沿海各镇").asks
    assert ([each.target.anchor for each in ask.promises], told(ask)) == (["t010", "t008"], ["t010"])


def test_where_nothing_holds_for_the_whole_region_each_part_is_told(tiny_facts: Facts) -> None:
    [ask] = changed(tiny_facts, "farms-total", t008="沿海各镇", t010="山区").asks
    assert told(ask) == ["t008", "t010"]


def test_regions_that_ask_the_same_stand_side_by_side_but_for_those_that_contradict_themselves(
    tiny_facts: Facts,
) -> None:
    province, county = (each.plan.region for each in tiny_facts.plans)
    for concept_id, apart in (("village-coverage", True), ("village-income", False)):
        [promise] = [each for each in tiny_facts.plans[1].promises if each.target.concept_id == concept_id]
        concept = tiny_facts.registry.concepts[concept_id]
        answer = Answer(concept, (Ask(province, (of_another(promise),)), Ask(county, (promise,))), ())
        assert bool(promise.otherwise) is apart
        assert [len(regions) for regions, _ in answer.groups] == ([1, 1] if apart else [2])


def test_promises_without_a_number_are_the_same_where_their_words_are(tiny_facts: Facts) -> None:
    province, county = (each.plan.region for each in tiny_facts.plans)
    [promise] = [each for each in tiny_facts.plans[1].promises if each.target.anchor == "t002"]
    for quote, groups in ((promise.target.quote, [2]), ("居民收入稳步增长", [1, 1])):
        own = replace(promise.target, quote=quote, target_id="other")
        other = replace(promise, steps=(replace(promise.steps[-1], said=(own,)),))
        concept = tiny_facts.registry.concepts["income-ratio"]
        answer = Answer(concept, (Ask(province, (other,)), Ask(county, (promise,))), ())
        assert [len(regions) for regions, _ in answer.groups] == groups
