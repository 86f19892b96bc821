"""Which English words are taken for misspelt ones."""

from __future__ import annotations

import pytest

from openplans.rules import spelling as rules
from tests.rules.made import Rows, facts, plan, world

TERMS = [{"term": f"农业{each}", "term_en": f"Agriculture {each}"} for each in "甲乙丙"]


def told(themes: Rows, terms: Rows) -> list[str]:
    around = world(
        themes=themes, terms=terms, concepts=[], organizations=[], units=[], releases=[], aliases=[], regions=[]
    )
    return [hit.facts["meant"] for _, hit in rules.word_misspelt(around)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("agriculture", []),
        ("agricullture", ["agriculture"]), ("agricultre", ["agriculture"]), ("argiculture", ["agriculture"]),
        ("agrikulture", ["agriculture"]), ("Agrikulture", ["Agriculture"]),
        ("agricultures", []), ("agrikultures", []),  # another form of it; two letters off
        ("horticulture", []),
        ("agrikulture agrikulture", []),  # twice is no slip
    ],
)  # fmt: skip
def test_a_word_that_stands_once_and_is_a_letter_away_from_one_that_stands_often(word: str, meant: list[str]) -> None:
    assert told([], [*TERMS, {"term": "其他", "term_en": word}]) == meant


def test_a_word_that_stands_twice_is_not_often_and_a_short_one_is_often_near_another() -> None:
    assert told([], [*TERMS[:2], {"term": "其他", "term_en": "agricultre"}]) == []
    assert (
        told([], [*({"term": each, "term_en": "estates"} for each in "甲乙丙"), {"term": "丁", "term_en": "states"}])
        == []
    )


@pytest.mark.parametrize(
    ("key", "name", "meant"),
    [
        ("education", "Education", []), ("education", "Educaton", ["Education"]),
        ("health-care", "Helth care", ["Health"]),
        ("villages", "Village life", []), ("goals", "General", []), ("health-care", "Health, caring", []),
        ("culture-sport", "Culture, sports and court", []),
    ],
)  # fmt: skip
def test_a_word_of_a_name_that_is_nearly_one_of_its_id(key: str, name: str, meant: list[str]) -> None:
    assert told([{"theme_id": key, "name_en": name}], []) == meant


def test_a_note_and_a_title_are_held_against_the_registry() -> None:
    made = plan({"title_en": "Agricultral plan"}, notes=[{"comment_en": "The agricultre bureau."}])
    around = world(made, terms=[*TERMS, *({"term": each, "term_en": "agricultural"} for each in "丁戊己")])
    assert facts(rules.note_misspelt, made, "meant", around) == ["Agricultural", "agriculture"]


@pytest.mark.parametrize(
    ("often", "word", "meant"),
    [
        (5, "produt", ["product"]), (5, "Produt", ["Product"]),
        (4, "produt", []), (5, "prodoct", []), (5, "proudct", []), (5, "roduct", []), (5, "produc", []),
    ],
)  # fmt: skip
def test_of_a_short_word_only_a_lost_letter_is_told(often: int, word: str, meant: list[str]) -> None:
    known = [{"term": f"产品{number}", "term_en": "product"} for number in range(often)]
    assert told([], [*known, {"term": "其他", "term_en": word}]) == meant
