"""Which English words are taken for misspelt ones."""

from __future__ import annotations

import pytest

from openplans.rules import spelling as rules
from tests.rules.made import Rows, facts, plan, world

TERMS = [{"term": f"农业{each}", "term_en": f"Agriculture {each}"} for each in "甲乙丙"]


TABLES = ("themes", "terms", "concepts", "organizations", "units", "releases", "aliases", "regions")


def told(**tables: Rows) -> list[str]:
    """The words that are meant where those of a registry of these rows alone are misspelt."""
    around = world(**{name: tables.get(name, []) for name in TABLES})
    return [hit.facts["meant"] for _, hit in rules.word_misspelt(around)]


def often(*words: str) -> Rows:
    """Terms that have each word as often as it takes."""
    return [{"term": each, "term_en": " ".join(words)} for each in "甲乙丙"]


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
    assert told(terms=[*TERMS, {"term": "其他", "term_en": word}]) == meant


def test_a_word_that_stands_twice_is_not_often_and_a_short_one_is_often_near_another() -> None:
    assert told(terms=[*TERMS[:2], {"term": "其他", "term_en": "agricultre"}]) == []
    assert told(terms=[*often("estates"), {"term": "丁", "term_en": "states"}]) == []


def test_who_lives_in_villages_is_no_slip() -> None:
    assert told(terms=[*often("villages"), {"term": "丁", "term_en": "villagers"}]) == []


@pytest.mark.parametrize(
    ("key", "name", "meant"),
    [
        ("education", "Education", []), ("education", "Educaton", ["Education"]),
        ("health-care", "Helth care", ["Health"]),
        ("villages", "Village life", []), ("goals", "General", []), ("health-care", "Health, caring", []),
        ("culture-sport", "Culture, sports and court", []),
        ("goods-trade", "Goods, foods and trade", []),
        ("builder-homes", "Builders and homes", []), ("builder-homes", "Builded homes", ["Builder"]),
        ("goods-woods", "Woods", []), ("goods-trade", "Foods and trade", ["Goods"]),
    ],
)  # fmt: skip
def test_a_word_of_a_name_that_is_nearly_one_of_its_id(key: str, name: str, meant: list[str]) -> None:
    assert told(themes=[{"theme_id": key, "name_en": name}]) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("hosbital", ["hospital"]), ("hospitl", []),  # of eight letters at least
        ("colllege", ["college"]), ("colege", []),
        ("blanting", ["planting"]),  # of two that are as near, the first
    ],
)  # fmt: skip
def test_a_long_word_is_misspelt_where_it_is_near_one_that_may_be_shorter(word: str, meant: list[str]) -> None:
    terms = often("slanting", "planting", "hospital", "college")
    assert told(terms=[*terms, {"term": "其他", "term_en": word}]) == meant


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("themes", "name_en"), ("concepts", "name_en"), ("concepts", "definition_en"), ("organizations", "name_en"),
        ("terms", "term_en"), ("units", "name_en"), ("releases", "change_en"),
    ],
)  # fmt: skip
def test_all_english_of_the_registry_is_looked_at(table: str, column: str) -> None:
    slip = {column: "Of agricultre"}
    own = [*TERMS, slip] if table == "terms" else [slip]
    assert told(**{"terms": TERMS, table: own}) == ["agriculture"]


@pytest.mark.parametrize(
    ("table", "key"), [("themes", "theme_id"), ("concepts", "concept_id"), ("organizations", "org_id")]
)
def test_a_name_is_held_against_its_id_in_each_table(table: str, key: str) -> None:
    assert told(**{table: [{key: "education", "name_en": "Educaton"}]}) == ["Education"]


@pytest.mark.parametrize(("language", "meant"), [("en", ["agriculture"]), ("zh", [])])
def test_english_aliases_say_a_word_too(language: str, meant: list[str]) -> None:
    terms = [*TERMS[:2], {"term": "其他", "term_en": "agricultre"}]
    assert told(terms=terms, aliases=[{"alias": "agriculture", "language": language}]) == meant


def test_the_name_of_a_region_is_known_and_needs_not_stand_often() -> None:
    themes = [{"theme_id": "x", "name_en": "Roads of Pinyang"}]
    assert told(themes=themes, regions=[{"region_code": "330326", "name_en": "Pingyang County"}]) == []
    themes = [{"theme_id": "x", "name_en": "Roads of Pingjang"}]
    assert told(themes=themes, regions=[{"region_code": "330326", "name_en": "Pingyang County"}]) == ["Pingyang"]


def test_a_note_and_a_title_are_held_against_the_registry() -> None:
    made = plan({"title_en": "Agricultral plan"}, notes=[{"comment_en": "The agricultre bureau."}])
    around = world(made, terms=[*TERMS, *({"term": each, "term_en": "agricultural"} for each in "丁戊己")])
    assert facts(rules.note_misspelt, made, "meant", around) == ["Agricultural", "agriculture"]


@pytest.mark.parametrize(
    ("often", "word", "meant"),
    [
        (5, "produt", ["product"]), (5, "Produt", ["Product"]),
        (4, "produt", []), (5, "prodoct", []), (5, "roduct", []), (5, "produc", []),
        (1, "proudct", []), (2, "proudct", ["product"]),
    ],
)  # fmt: skip
def test_of_a_short_word_only_a_lost_letter_or_two_turned_are_told(often: int, word: str, meant: list[str]) -> None:
    known = [{"term": f"产品{number}", "term_en": "product"} for number in range(often)]
    assert told(terms=[*known, {"term": "其他", "term_en": word}]) == meant
