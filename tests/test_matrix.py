"""Concepts beside regions: the matrix of the tiny project, and which regions stand side by side."""

from __future__ import annotations

from dataclasses import replace

from openplans.facts import matrix
from openplans.facts.matrix import Entry
from openplans.facts.model import Facts
from openplans.facts.records import Region
from openplans.facts.registry import Registry
from openplans.pages.common import Shared
from openplans.pages.compare import matrix_pages


def said(entry: Entry) -> str:
    again = "".join(f" = {each.anchor}" for each in entry.again)
    return f"{entry.target.anchor}{again} {entry.relation or '-'}"


def test_a_cell_has_what_the_region_promises_and_how_it_stands(tiny_facts: Facts) -> None:
    themes = matrix.matrix(tiny_facts.registry, tiny_facts.cells, ["990000", "990101"])
    shown = {
        row.concept.concept_id: [[said(entry) for entry in cell] for cell in row.cells]
        for rows in themes.values()
        for row in rows
    }
    assert shown == {
        "income-ratio": [["t001 -"], ["t001 more"]],
        "village-coverage": [["t002 -", "t003 -"], ["t012 -", "t004 more", "t013 less"]],
        "village-income": [[], ["t003 -"]],
        "farms-total": [[], ["t008 -", "t010 -"]],
    }
    assert {theme.theme_id: [sum(map(bool, row.cells)) for row in rows] for theme, rows in themes.items()} == {
        "goals": [2],
        "villages": [2, 1, 1],
    }


def test_what_a_document_says_twice_is_one_entry(tiny_facts: Facts) -> None:
    [income] = tiny_facts.by_concept["village-income"]
    twice = [income, replace(income, target_id="990101-tiny-2023-t099", anchor="t099", restates=income.target_id)]
    [entry] = matrix.cells(twice, {})["village-income"]["990101"]
    assert said(entry) == "t003 = t099 -"


def registry_of(facts: Facts, regions: dict[str, str]) -> Registry:
    """A registry of these regions ({code: parent})."""
    rows = {
        code: Region(region_code=code, name_zh=code, name_en=code, level="county", parent_code=parent)
        for code, parent in regions.items()
    }
    return replace(facts.registry, regions=rows)


REGIONS = {"33": "", "331": "33", "3311": "331", "3312": "331", "332": "33", "3321": "332"}


def test_few_regions_stand_in_one_matrix(tiny_facts: Facts) -> None:
    registry = registry_of(tiny_facts, REGIONS)
    assert matrix.side_by_side(["3321", "33", "3311"], registry, 3) == {"": ["33", "3311", "3321"]}


def test_many_regions_stand_beside_their_siblings_and_those_above(tiny_facts: Facts) -> None:
    registry = registry_of(tiny_facts, REGIONS)
    assert matrix.side_by_side(["33", "331", "3311", "3312", "3321"], registry, 4) == {
        "33": ["33", "331"],
        "331": ["33", "331", "3311", "3312"],
        "332": ["33", "3321"],
    }


def test_a_region_with_nothing_below_it_stands_alone(tiny_facts: Facts) -> None:
    registry = registry_of(tiny_facts, {**REGIONS, "34": ""})
    assert matrix.side_by_side(["34", "3311", "3312"], registry, 1) == {"331": ["3311", "3312"], "34": ["34"]}


def test_too_many_regions_have_a_page_a_group(drawn_from: Shared) -> None:
    whole = {page.path: page.context for page in matrix_pages(drawn_from, 2)}
    assert list(whole) == ["compare"] and len(whole["compare"]["regions"]) == 2
    split = {page.path: page.context for page in matrix_pages(drawn_from, 1)}
    assert list(split) == ["compare", "compare/990000"]
    assert split["compare"]["themes"] == [] and len(split["compare"]["groups"]) == 1
    assert split["compare/990000"]["themes"] == whole["compare"]["themes"]


def test_a_value_in_another_unit_is_converted(drawn_from: Shared) -> None:
    [page] = matrix_pages(drawn_from, 2)
    numbers = {
        entry["target"].target_id: entry["number"]
        for theme in page.context["themes"]
        for concept in theme["concepts"]
        for cell in concept["cells"]
        for entry in cell
        if entry["number"]
    }
    assert numbers == {"990101-tiny-2023-t003": "5"}, "50000 万元 are 5 亿元; all else is printed in its concept's unit"
