"""What the names of the registry say of each other: each branch by a row or two."""

from __future__ import annotations

import pytest

from openplans.rules import names as rules
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


@pytest.mark.parametrize(("table", "name", "told"), [
    ("themes", "roads", True), ("themes", "Roads", False), ("concepts", "roads", True), ("regions", "jiande", True),
    ("organizations", "bureau of x", True), ("themes", "3D", False), ("terms", "coast", False),
])  # fmt: skip
def test_names_that_stand_alone_begin_with_a_capital(table: str, name: str, told: bool) -> None:
    column = "term_en" if table == "terms" else "name_en"
    found = [hit.facts["meant"] for _, hit in rules.small_letter(world(**{table: [{column: name}]}))]
    assert found == [name[0].upper() + name[1:]] * told


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([1, 2, 3], []),
        ([3, 1, 2], []),
        ([1, 2, 4], [("t3", 3)]),
        ([0, 2, 3], [("t1", 1)]),
        ([1, 9, 8], [("t2", 2), ("t3", 3)]),
        ([9, 2, 1, 8], [("t1", 3), ("t4", 4)]),
        ([1, 1, 3], []),  # of two in one place another rule speaks
        ([1, None, 2], []),  # and of none at all the schema
        ([1, 7, 7], [("t2", 2), ("t3", 3)]),
        ([2, 3, 4, 5, 6, 7, 9, 10, 11], [("t8", 1), ("t9", 8)]),
    ],
)
def test_the_order_of_themes_has_no_gap(places: list[int | None], told: list[tuple[str, int]]) -> None:
    found = rules.order_gaps(world(themes=[{"order": place} for place in places]))
    assert [(hit.row["theme_id"], hit.facts["meant"]) for _, hit in found if hit.row] == told


@pytest.mark.parametrize(
    ("subjects", "told"),
    [
        (["income", "income", ""], []),
        (["income", "", ""], ["c1"]),
        (["income", "incomes", ""], ["c2"]),  # of two that are nearly one, the later is the slip
        (["income", "forests", "income"], ["c2"]),
        (["income", "forests", ""], ["c1", "c2"]),
    ],
)
def test_a_subject_is_shared(subjects: list[str], told: list[str]) -> None:
    rows = [{"subject": each} for each in subjects]
    assert [key for key, _ in of_registry(rules.subject_alone, world(concepts=rows))] == told


def test_the_subject_whose_words_its_concept_has_is_not_the_slip() -> None:
    rows = [
        {"concept_id": "rural-sewage", "subject": "rural-sewge"},
        {"concept_id": "sewage-rural", "subject": "rural-sewage"},
    ]
    assert of_registry(rules.subject_alone, world(concepts=rows)) == [("rural-sewage", "subject")]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("a", "x", "sewage"), ("b", "x", "sewage"), ("c", "y", "sewage")], ["c"]),
        ([("gdp", "x", "sewage"), ("sewage", "y", "sewage")], ["gdp"]),
        ([("sewage", "x", "sewage"), ("sewage-rate", "y", "sewage")], []),  # nobody knows which
        ([("a", "x", ""), ("b", "y", "")], []),
    ],
)
def test_a_subject_is_of_one_theme(rows: list[tuple[str, str, str]], told: list[str]) -> None:
    concepts = [dict(zip(("concept_id", "theme_id", "subject"), each, strict=True)) for each in rows]
    assert [key for key, _ in of_registry(rules.subject_differs, world(concepts=concepts))] == told


def test_terms_of_one_english_name_have_a_word_in_common() -> None:
    def told(*terms: tuple[str, str]) -> list[str]:
        rows = [{"term": term, "term_en": english} for term, english in terms]
        return [key for key, _ in of_registry(rules.term_of_another, world(terms=rows))]

    assert told(("中心镇", "Towns"), ("培育中心镇", "towns")) == []
    assert told(("中心镇", "Towns"), ("道路", "towns"), ("桥梁", "Towns")) == ["道路", "桥梁"]
    assert told(("中心镇", ""), ("道路", "")) == []


@pytest.mark.parametrize(
    ("alias", "kind", "key", "told"),
    [
        ("城乡收入比", "concept", "roads", True),
        ("公路里程", "concept", "roads", False),  # it has something of its own
        ("城乡", "concept", "roads", True),  # half of the name
        ("收入", "concept", "roads", True),  # just half of both
        ("城乡差", "concept", "roads", False),  # two fifths of both
        ("城乡收入", "concept", "roads", False),  # which is another's name, as another rule says
        ("城乡收入比", "theme", "roads", False),
        ("城乡收入比", "concept", "nowhere", False),
        ("比", "concept", "roads", False),
        ("自来水", "concept", "roads", False),
    ],
)
def test_an_alias_is_not_that_of_another_concept(alias: str, kind: str, key: str, told: bool) -> None:
    concepts = [concept("roads", "公路"), concept("income", "城乡收入")]
    rows = [{"kind": kind, "id": key, "alias": alias}]
    if alias == "城乡":
        concepts[1]["name_zh"] = "城乡收"
    found = [hit.facts["meant"] for _, hit in rules.alias_of_another(world(concepts=concepts, aliases=rows))]
    assert found == ["income"] * told


def test_every_alias_is_looked_at() -> None:
    concepts = [concept("roads", "公路"), concept("income", "城乡收入")]
    rows = [
        {"kind": "theme", "id": "roads", "alias": "公路"},
        {"kind": "concept", "id": "roads", "alias": "城乡收入比"},
    ]
    assert len([*rules.alias_of_another(world(concepts=concepts, aliases=rows))]) == 1
