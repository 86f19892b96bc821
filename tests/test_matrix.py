"""Concepts beside regions: the matrix of the tiny project, and which regions stand side by side."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from openplans.facts import matrix
from openplans.facts.series import series
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.pages.common import Shared
from openplans.pages.compare import matrix_pages


def said(row: Row) -> str:
    again = "".join(f" = {each['anchor']}" for each in row["again"])
    return f"{row['anchor']}{again} {row['relation'] or '-'}"


def test_a_cell_has_what_the_region_promises_and_how_it_stands(tiny_world: World) -> None:
    found = matrix.cells(tiny_world, series(tiny_world))
    themes = matrix.matrix(tiny_world, found, ["990000", "990101"])
    shown = {
        concept["concept_id"]: [[said(row) for row in cell] for cell in concept["cells"]]
        for theme in themes
        for concept in theme["concepts"]
    }
    assert shown == {
        "income-ratio": [["t001 -"], ["t001 more"]],
        "village-coverage": [["t002 -", "t003 -"], ["t012 -", "t004 more", "t013 less"]],
        "village-income": [[], ["t003 -"]],
        "farms-total": [[], ["t008 -", "t010 -"]],
    }
    assert [(theme["theme_id"], [each["count"] for each in theme["concepts"]]) for theme in themes] == [
        ("goals", [2]),
        ("villages", [2, 1, 1]),
    ]


def test_what_a_document_says_twice_is_one_entry(tiny_world: World) -> None:
    frame = series(tiny_world)
    first = "990101-tiny-2023-t003"
    twice = frame[frame.target_id == first].assign(restates=first, target_id="990101-tiny-2023-t099", anchor="t099")
    whole = pd.concat([frame, twice], ignore_index=True)
    [entry] = matrix.cells(tiny_world, whole)["village-income"]["990101"]
    assert said(entry) == "t003 = t099 -"


def world_of(world: World, regions: dict[str, str], planned: str) -> World:
    """A world of these regions ({code: parent}); a plan for each of `planned`."""
    rows = {code: {"region_code": code, "parent_code": parent} for code, parent in regions.items()}
    model = world.project.plans[0]

    def plan(code: str) -> Package:
        return replace(model, descriptor={**model.descriptor, "region_code": code})

    project = replace(world.project, plans=[plan(code) for code in planned.split()])
    return replace(world, project=project, regions=rows)


REGIONS = {"33": "", "331": "33", "3311": "331", "3312": "331", "332": "33", "3321": "332"}


def test_few_regions_stand_in_one_matrix(tiny_world: World) -> None:
    world = world_of(tiny_world, REGIONS, "3321 33 3311")
    assert matrix.side_by_side(world, 3) == {"": ["33", "3311", "3321"]}


def test_many_regions_stand_beside_their_siblings_and_those_above(tiny_world: World) -> None:
    world = world_of(tiny_world, REGIONS, "33 331 3311 3312 3321")
    assert matrix.side_by_side(world, 4) == {
        "33": ["33", "331"],
        "331": ["33", "331", "3311", "3312"],
        "332": ["33", "3321"],
    }


def test_a_region_with_nothing_below_it_stands_alone(tiny_world: World) -> None:
    world = world_of(tiny_world, {**REGIONS, "34": ""}, "34 3311 3312")
    assert matrix.side_by_side(world, 1) == {"331": ["3311", "3312"], "34": ["34"]}


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
        row["target_id"]: row["number"]
        for theme in page.context["themes"]
        for concept in theme["concepts"]
        for cell in concept["cells"]
        for row in cell
        if row["number"]
    }
    assert numbers == {"990101-tiny-2023-t003": "5"}, "50000 万元 are 5 亿元; all else is printed in its concept's unit"
