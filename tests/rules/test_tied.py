"""Columns of the registry belong together, row for row."""

from __future__ import annotations

import pytest

from openplans.rules import tied as rules
from tests.rules.made import Rows, of_registry, world


def concept(key: str, zh: str = "", en: str = "", **more: str) -> dict[str, str]:
    return {"concept_id": key, "name_zh": zh, "name_en": en, **more}


ROADS, WATER = ("rural-roads", "Rural roads built"), ("tap-water", "Homes with tap water")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([concept(ROADS[0], en=ROADS[1]), concept(WATER[0], en=WATER[1])], []),
        ([concept(ROADS[0], en=WATER[1]), concept(WATER[0], en=ROADS[1])], [(ROADS[0], "name_en")]),
        # of three, the two that have each other's
        (
            [concept(ROADS[0], en=WATER[1]), concept("village-libraries", en="Village libraries"),
             concept(WATER[0], en=ROADS[1])],
            [(ROADS[0], "name_en")],
        ),
        # the one has words of the other's, the other has its own
        ([concept(ROADS[0], en="Tap water of roads"), concept(WATER[0], en="Tap water, roads")], []),
        # as many words of its own as of the other's
        ([concept("rural-roads", en="Rural water"), concept("rural-lakes", en="Rural homes")], []),
        # an inflected word is the same word
        ([concept("policies", en="Tap water"), concept("tap-water", en="The policy")], [("policies", "name_en")]),
        # each has one of the two words of its own
        ([concept("rural-roads", en="Rural homes"), concept("rural-homes", en="Rural roads and homes")], []),
        ([concept("rural-roads", en="Rural homes"), concept("rural-homes", en="Rural roads")],
         [("rural-roads", "name_en")]),
        # an inflected word is the same word; the, and, for, per are none
        ([concept("the-villages-for", en="Village and per"), concept("village-per-and", en="The for villages")], []),
        ([concept("of-per-and-cars", en="The bikes for"), concept("for-the-bikes", en="Cars per and of")],
         [("of-per-and-cars", "name_en")]),
        ([concept("", en=""), concept("", en="")], []),
    ],
)  # fmt: skip
def test_two_english_names_are_exchanged_where_each_suits_the_others_id(
    rows: Rows, told: list[tuple[str, str]]
) -> None:
    assert of_registry(rules.exchanged, world(concepts=rows)) == told


@pytest.mark.parametrize(
    ("column", "one", "other", "defined"),
    [
        ("zh", "农村公路", "自来水", ("新建的公路里程", "用上自来水的农户")),
        ("en", "Rural roads", "Tap water", ("The length of new roads", "Homes that have tap water")),
    ],
)
def test_two_definitions_are_exchanged_where_each_says_the_others_name(
    column: str, one: str, other: str, defined: tuple[str, str]
) -> None:
    def rows(first: str, second: str) -> Rows:
        named = ((one, first), (other, second))
        return [{"concept_id": "x", f"name_{column}": name, f"definition_{column}": said} for name, said in named]

    assert of_registry(rules.exchanged, world(concepts=rows(*defined))) == []
    told = of_registry(rules.exchanged, world(concepts=rows(*defined[::-1])))
    assert told == [("x", f"definition_{column}")]


def test_a_pair_of_rows_is_told_once_though_two_columns_tie_it() -> None:
    rows = [
        concept("rural-roads", en="Tap water", definition_en="The length of rural roads"),
        concept("tap-water", en="Rural roads", definition_en="Homes with tap water"),
    ]
    assert of_registry(rules.exchanged, world(concepts=rows)) == [("rural-roads", "name_en")]


def test_of_several_rows_that_suit_one_the_nearest_is_told_first() -> None:
    others = [concept(f"libraries-{at}", en="Libraries") for at in "abcdef"]
    suits = concept("rural-roads", en="Tap water")
    rows = [concept("tap-water", en="Rural roads"), suits, *others, suits]
    assert [hit.facts["other"] for _, hit in rules.exchanged(world(concepts=rows))] == [3, 10]


def test_units_are_exchanged_within_their_region_only() -> None:
    def rows(region: str) -> Rows:
        return [
            {"org_id": "330326-education", "region_code": "330326", "name_en": "Pingyang Water Bureau"},
            {"org_id": "330326-water", "region_code": region, "name_en": "Pingyang Education Bureau"},
        ]

    assert of_registry(rules.exchanged, world(organizations=rows("330326"))) == [("330326-education", "name_en")]
    assert of_registry(rules.exchanged, world(organizations=rows("330300"))) == []


@pytest.mark.parametrize("little", ["the", "and", "for", "per"])
def test_little_words_tie_nothing(little: str) -> None:
    rows = [concept(f"{little}-roads", en="Water"), concept("water", en=f"{little} lakes")]
    assert of_registry(rules.exchanged, world(concepts=rows)) == []


def test_themes_are_exchanged_too() -> None:
    rows = [{"theme_id": "grain", "name_en": "Rural roads"}, {"theme_id": "roads", "name_en": "Grain"}]
    assert of_registry(rules.exchanged, world(themes=rows)) == [("grain", "name_en")]


def test_what_was_exchanged_is_told_shortened() -> None:
    long = "Tap water of each and every home"
    rows = [concept(ROADS[0], en=long), concept(WATER[0], en="Rural roads of each and every one")]
    [(_, hit)] = rules.exchanged(world(concepts=rows))
    assert hit.facts == {"here": long[:30], "there": "Rural roads of each and every one"[:30], "other": 3}
