"""Actual figures as the joined rows give them, what their rules let pass, and what a build of some plans leaves out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from openplans.facts.model import Facts
from openplans.facts.observations import COMPARATORS
from openplans.packages.read import read_project
from openplans.paths import Paths
from openplans.schema import vocabulary
from tests.conftest import facts_of, judge

Edit = Callable[[str, str, str], None]


def test_a_figure_comes_with_its_period_its_source_and_what_its_codes_are_called(tiny_facts: Facts) -> None:
    [final, preliminary, *_] = tiny_facts.observed["village-coverage"]
    assert final.state_name and (final.observation_id, final.replaced_by, final.state_name.name_en) == (
        "o0001",
        "",
        "Final",
    )
    assert (preliminary.observation_id, preliminary.replaced_by) == ("o0002", "o0001")
    assert final.time.end == date(2023, 12, 31)
    assert (final.source.kind_name.name_zh, final.source.kind_name.name_en) == ("政府网站", "Official")


def test_figures_stand_by_region_and_then_by_the_end_of_their_period(tiny_facts: Facts) -> None:
    rows = tiny_facts.observed["village-coverage"]
    assert [(row.period_kind, row.period, row.comparator) for row in rows] == [
        ("year", "2023", "eq"),
        ("year", "2023", "eq"),
        ("half", "2024-06", "approx"),
        ("date", "2024-11-01", "ge"),
        ("ytd", "2024-11", "eq"),
    ]
    assert [row.region.region_code for row in tiny_facts.observed["village-income"]] == ["990000", "990101"]


def test_a_figure_without_a_concept_belongs_to_its_target(tiny_facts: Facts) -> None:
    [row] = [each for each in tiny_facts.observations if each.target_id == "990101-tiny-2023-t009"]
    assert row.observation_id == "o0007" and row.concept_id == ""


def test_regions_without_a_plan_come_last_and_are_for_reference(tiny: Path, edit: Edit) -> None:
    edit("regions.csv", "990101,例县", "990200,邻市,Next City,prefecture,990000\n990101,例县")
    edit("observations.csv", "o0004,990101", "o0004,990200")
    rows = facts_of(tiny).observed["village-coverage"]
    assert [(row.observation_id, row.reference) for row in rows][-2:] == [("o0005", False), ("o0004", True)]


def test_of_plans_left_out_no_figure_is_kept(tiny: Path) -> None:
    project, problems = read_project(Paths.of(tiny), ("990000-wide-2025",))
    assert problems == [] and "o0007" not in project.observations.by_id("observations")
    whole, _ = read_project(Paths.of(tiny), ("990101-tiny-2023",))
    assert "o0007" in whole.observations.by_id("observations")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "2023,year,eq,44,%,preliminary,,,s002",
            "2024,year,eq,44,%,preliminary,,,s002",
        ),  # an estimate of a year that runs
        ("2024-06,half,about,60", "2024-06,ytd,about,60"),
        ("2024,year,more,4.5,亿元", "2024,year,more,45000,万元"),  # another unit of the same dimension
        ("2024,year,eq,900,亿元", "2024,year,eq,0,亿元"),
        ("o0008,990000", "o0008,990101"),  # its series has 4.5: two hundred times are doubted, see below
    ],
)
def test_what_is_right_has_no_error(tiny: Path, edit: Edit, old: str, new: str) -> None:
    if "preliminary" in old:
        edit("observations.csv", "final,o0002", "final,")
    edit("observations.csv", old, new)
    if new == "o0008,990101":
        edit("observations.csv", "2024,year,eq,900,亿元", "2023,year,eq,900,亿元")
    assert [each for each in judge(tiny) if each.severity == "error"] == []


def test_a_jump_is_a_warning_with_the_middle_of_its_series(tiny: Path) -> None:
    path = tiny / "datapackages/observations/observations.csv"
    row = "{},990101,village-coverage,,{},year,eq,{},%,,,内陆各镇,s003,,\n"
    rows = [("o0011", 2020, 40), ("o0012", 2021, 42), ("o0013", 2022, 4.3), ("o0014", 2023, 44)]
    path.write_text(path.read_text(encoding="utf-8") + "".join(row.format(*each) for each in rows), encoding="utf-8")
    [found] = judge(tiny)
    assert (found.severity, found.rule, found.line) == ("warning", "ten-times-its-series", 14)
    assert "4.3%" in found.zh and "42 %" in found.zh


def test_zero_and_unlike_periods_are_no_jump(tiny: Path) -> None:
    """Eleven months are not measured by one, nor is a figure that was nought."""
    path = tiny / "datapackages/observations/observations.csv"
    row = "{},990101,village-income,,{},{},eq,{},亿元,,,内陆各镇,s003,,\n"
    rows = [
        ("o0011", "2023-01", "month", 1),
        ("o0012", "2023-11", "ytd", 11),
        ("o0013", "2022", "year", 0),
        ("o0014", "2023", "year", 12),
    ]
    path.write_text(path.read_text(encoding="utf-8") + "".join(row.format(*each) for each in rows), encoding="utf-8")
    assert judge(tiny) == []


def test_every_bound_has_the_comparator_that_says_the_same() -> None:
    assert set(COMPARATORS) == set(vocabulary.codes("observations", "bound"))
