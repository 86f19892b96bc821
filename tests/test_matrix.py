"""Concepts beside regions: the matrix of the tiny project, and which regions stand side by side."""

from __future__ import annotations

from dataclasses import replace

from openplans.facts import matrix
from openplans.facts.model import Facts
from openplans.facts.promises import Promise
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Region
from openplans.pages.common import Shared
from openplans.pages.compare import matrix_pages


def said(promise: Promise) -> str:
    return " → ".join(" = ".join(row.anchor for row in step.said) for step in promise.steps)


def test_a_cell_has_what_the_region_promises(tiny_facts: Facts) -> None:
    themes = matrix.matrix(tiny_facts.registry, tiny_facts.answers, ["990000", "990101"])
    shown = {
        row.concept.concept_id: [[said(promise) for promise in cell] for cell in row.cells]
        for rows in themes.values()
        for row in rows
    }
    assert shown == {
        "income-ratio": [["t001"], ["t001"]],
        "village-coverage": [["t002 → t003"], ["t012 → t004 = t013"]],
        "village-income": [[], ["t003"]],
        "farms-total": [[], ["t008 → t010"]],
    }
    assert {theme.theme_id: [row.spread for row in rows] for theme, rows in themes.items()} == {
        "goals": [2],
        "villages": [2, 1, 1],
    }


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


def test_who_stands_above_others_does_not_stand_alone_and_the_groups_are_in_order(tiny_facts: Facts) -> None:
    """Also where nobody stands right below it; the topmost one that has nobody below it comes in its place."""
    registry = registry_of(tiny_facts, {**REGIONS, "20": "", "34": ""})
    found = matrix.side_by_side(["34", "33", "3321", "3312", "20"], registry, 4)
    assert list(found.items()) == [
        ("20", ["20"]),
        ("331", ["33", "3312"]),
        ("332", ["33", "3321"]),
        ("34", ["34"]),
    ]


def test_a_region_with_nothing_below_it_stands_alone(tiny_facts: Facts) -> None:
    registry = registry_of(tiny_facts, {**REGIONS, "34": ""})
    assert matrix.side_by_side(["34", "3311", "3312"], registry, 1) == {"331": ["3311", "3312"], "34": ["34"]}


def test_too_many_regions_have_a_page_a_group(drawn_from: Shared) -> None:
    whole = {page.path: page.context for page in matrix_pages(drawn_from, 2)}
    assert list(whole) == ["compare"] and len(whole["compare"]["regions"]) == 2
    split = {page.path: page.context for page in matrix_pages(drawn_from, 1)}
    assert list(split) == ["compare", "compare/990000"]
    assert split["compare"]["themes"] == [] and len(split["compare"]["groups"]) == 1
    assert split["compare/990000"]["shared"] == whole["compare"]["shared"]


def test_a_matrix_that_is_too_long_is_cut_by_theme(drawn_from: Shared) -> None:
    [whole] = (page.context for page in matrix_pages(drawn_from, 2))
    cut = {page.path: page.context for page in matrix_pages(drawn_from, 2, 0)}
    assert list(cut) == ["compare", "compare/goals", "compare/villages"]
    assert [(each["theme"].theme_id, each["shared"], each["concepts"]) for each in cut["compare"]["parts"]] == [
        ("goals", 1, 1),
        ("villages", 1, 3),
    ]
    parts = [cut["compare/goals"], cut["compare/villages"]]
    assert [row for each in parts for row in each["shared"]] == whole["shared"]
    assert [pair for each in parts for pair in each["single"]] == whole["single"]
    groups = {page.path for page in matrix_pages(drawn_from, 1, 0)}
    assert groups == {"compare", "compare/990000", "compare/990000/goals", "compare/990000/villages"}


def test_what_several_regions_promise_comes_first(drawn_from: Shared) -> None:
    [page] = matrix_pages(drawn_from, 2)
    assert [row["concept"].concept_id for row in page.context["shared"]] == ["income-ratio", "village-coverage"]
    assert [row["concept"].concept_id for _, rows in page.context["single"] for row in rows] == [
        "village-income",
        "farms-total",
    ]


def test_a_value_in_another_unit_is_converted(drawn_from: Shared) -> None:
    [page] = matrix_pages(drawn_from, 2)
    rows = [*page.context["shared"], *(row for _, rows in page.context["single"] for row in rows)]
    steps = [step for row in rows for cell in row["cells"] for each in cell for step in each["steps"]]
    numbers = {step["target"].target_id: step["number"] for step in steps if step["number"] is not None}
    assert numbers == {"990101-tiny-2023-t003": 5}, "50000 万元 are 5 亿元; all else is printed in its concept's unit"
