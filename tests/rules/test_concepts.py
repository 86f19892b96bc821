"""The concept of a row: the dimension of its unit, and the nearest by its words."""

from __future__ import annotations

from typing import Any

import pytest

from openplans.rules.concepts import (
    concept_differs,
    concept_dimension,
    nearer,
    usual_concepts,
)
from tests.rules.made import NAME, facts, plan, said, world


def concept(name: str, own: str = "", unit: str = "个", definition: str = "") -> dict[str, Any]:
    return {"concept_id": own or name, "name_zh": name, "unit": unit, "definition_zh": definition}


CONCEPTS = [
    concept("农庄数量"),
    concept("农场数量"),
    concept("农庄覆盖率", unit="%"),
    concept("农庄增速", unit="%"),
    concept("农庄累计数"),
    concept("新增农庄数"),
    concept("农庄收入", unit="亿元"),
]


@pytest.mark.parametrize(
    ("indicator", "own", "unit", "measure", "expected"),
    [
        ("农庄数量", "农庄数量", "个", "level", None),
        ("农庄数量", "农场数量", "个", "level", "农庄数量"),
        ("农庄数量", "", "个", "level", None),  # a row without one is only held against those alike
        ("农庄数量", "农庄收入", "个", "level", None),  # another dimension is another rule's
        ("农庄数量", "农庄收入", "", "level", "农庄数量"),  # a bare count has no dimension
        ("农庄数量", "没有这个", "个", "level", None),
        ("桥梁", "农庄数量", "个", "level", ""),  # no word in common with any: none is nearer
        ("农庄累计数", "农庄数量", "个", "cumulative", "农庄累计数"),
        ("农庄累计数", "农庄累计数", "个", "count", "农庄数量"),  # a stock is never counted within a time
        ("新增农庄数", "新增农庄数", "个", "count", None),
        ("新增农庄数", "新增农庄数", "个", "level", "农庄数量"),
        ("农庄增速", "农庄增速", "%", "growth", None),
        ("农庄覆盖率", "农庄覆盖率", "%", "growth", "农庄增速"),  # of a growth only a concept that is one
        ("农庄覆盖率", "农庄覆盖率", "%", "share", None),
    ],
)
def test_of_the_concepts_of_its_unit_and_kind_a_row_has_the_nearest(
    indicator: str, own: str, unit: str, measure: str, expected: str | None
) -> None:
    row = {"indicator": indicator, "concept_id": own, "unit": unit, "measure": measure}
    made = plan(targets=[row])
    assert nearer(world(made, concepts=CONCEPTS), made["targets"][0]) == expected


def test_a_concept_of_an_unknown_unit_may_be_the_nearest() -> None:
    made = plan(targets=[{"indicator": "农庄数量", "concept_id": "农场数量", "unit": "个", "measure": "level"}])
    concepts = [concept("农场数量"), concept("农庄数量", unit="没有")]
    assert nearer(world(made, concepts=concepts), made["targets"][0]) == "农庄数量"


def test_a_scope_counts_among_the_words() -> None:
    concepts = [concept("数量"), concept("沿海农庄数量")]
    made = plan(
        targets=[{"indicator": "农庄数量", "scope": "沿海", "concept_id": "数量", "unit": "个", "measure": "level"}]
    )
    assert nearer(world(made, concepts=concepts), made["targets"][0]) == "沿海农庄数量"


def test_rare_words_say_more_than_common_ones() -> None:
    """数量 is in three names and 农庄 in one: 农庄收益 is nearer to what is called 农庄数量 than 桥梁数量 is."""
    concepts = [concept("桥梁数量"), concept("道路数量"), concept("河流数量"), concept("农庄收益")]
    made = plan(targets=[{"indicator": "农庄数量", "concept_id": "桥梁数量", "unit": "个", "measure": "level"}])
    assert nearer(world(made, concepts=concepts), made["targets"][0]) == "农庄收益"


def test_rows_about_one_thing_have_the_concept_that_most_of_them_have() -> None:
    row = {"indicator": "农庄", "unit": "个", "measure": "level"}
    most = [{**row, "concept_id": "农庄数量"}] * 2
    one, other = (
        plan(targets=[*most, row]),
        plan({"name": "990101-other-2023"}, targets=[{**row, "concept_id": "农场数量"}]),
    )
    around = world(one, other, concepts=CONCEPTS)
    assert facts(concept_differs, one, "nearer", around) == ["农庄数量"]
    assert facts(concept_differs, other, "nearer", around) == ["农庄数量"]
    assert usual_concepts(around, other) == [(("农庄", "", "level", "个"), "农庄数量")]
    none = plan(targets=[row, row, {**row, "concept_id": "农庄数量"}])
    assert facts(concept_differs, none, "nearer", world(none, concepts=CONCEPTS)) == ["-"]
    alone = plan(targets=[row])
    assert usual_concepts(world(alone, concepts=CONCEPTS), alone) == []
    assert facts(concept_differs, alone, "nearer", world(alone, concepts=CONCEPTS)) == []


def test_an_actual_figure_of_a_plan_has_the_nearest_concept_too() -> None:
    made = plan(baselines=[{"indicator": "农庄数量", "concept_id": "农场数量", "unit": "个"}])
    assert said(concept_differs, made, world(made, concepts=CONCEPTS)) == [("b1", "concept_id")]
    assert NAME in made.file


@pytest.mark.parametrize(
    ("concept", "unit", "wrong"),
    [("income-ratio", "比值", False), ("village-coverage", "家", True), ("village-coverage", "", False),
     ("x", "家", False), ("", "家", False), ("village-coverage", "没有", False), ("village-income", "万元", False)],
)  # fmt: skip
def test_a_concept_is_in_units_of_its_kind(concept: str, unit: str, wrong: bool) -> None:
    own = {"concept_id": concept, "unit": unit}
    made = plan(targets=[own], baselines=[own])
    assert said(concept_dimension, made) == [("t1", "concept_id"), ("b1", "concept_id")] * wrong


def test_a_concept_of_an_unknown_unit_measures_anything() -> None:
    made = plan(targets=[{"concept_id": "a", "unit": "家"}])
    assert said(concept_dimension, made, world(made, concepts=[{"concept_id": "a", "unit": "没有"}])) == []
