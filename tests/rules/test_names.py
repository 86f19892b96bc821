"""What the names of the registry say of each other: each branch by a row or two."""

from __future__ import annotations

import pytest

from openplans.rules import names as rules
from tests.rules.made import of_registry, world


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
