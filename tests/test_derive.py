"""Joins, marks and series of the tiny project."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from openplans.facts import highlights, joins
from openplans.facts.highlights import Mark, Span, nested
from openplans.facts.series import lines, series, span, spans_differ
from openplans.packages.link import World, link
from openplans.packages.read import Row, read_project
from openplans.paths import Paths


def flat(parts: list) -> str:
    return "".join(part if isinstance(part, str) else f"<{part.id}|{flat(part.parts)}>" for part in parts)


def test_spans_nest() -> None:
    spans = [Span(0, 4, "a", "target"), Span(2, 4, "b", "target")]
    assert nested("甲乙丙丁戊", spans) == [Mark("a", "target", ["甲乙", Mark("b", "target", ["丙丁"])]), "戊"]


def test_a_span_that_outlasts_another_goes_on_behind_it() -> None:
    spans = [Span(0, 3, "a", "target"), Span(2, 5, "b", "target")]
    assert flat(nested("甲乙丙丁戊", spans)) == "<a|甲乙<b|丙>><|丁戊>"


def test_two_rows_with_one_quote_have_two_anchors() -> None:
    spans = [Span(1, 3, "a", "target"), Span(1, 3, "b", "target")]
    assert flat(nested("甲乙丙", spans)) == "甲<a|<b|乙丙>>"


def test_a_note_never_splits_a_figure(tiny_world: World) -> None:
    spans = [Span(1, 4, "n", "note"), Span(2, 6, "t", "target")]
    assert flat(nested("甲乙丙丁戊己", highlights._notes_cut(spans))) == "甲<n|乙><t|<|丙丁>戊己>"


def test_in_a_table_row_the_figure_is_marked_in_its_own_cell(tiny_world: World) -> None:
    rows = highlights.document(tiny_world.project.plans[1])
    assert [flat(cell) for cell in rows[8]["cells"]] == [
        "1",
        "农庄(个)/农创客(名)",
        "<t009|<t008|1>/2>",
        "<t011|<t010|3>/4>",
        "县农业局、各镇",
    ]


def test_the_marked_document_is_the_document(tiny_world: World) -> None:
    def plain(parts: list) -> str:
        return "".join(part if isinstance(part, str) else plain(part.parts) for part in parts)

    for plan in tiny_world.project.plans:
        for clause in highlights.document(plan):
            assert "\u3000".join(plain(cell) for cell in clause["cells"]) == clause["text"]


def test_units_lead_first(tiny_world: World) -> None:
    units = joins.units(tiny_world, tiny_world.project.plans[1])
    assert [(unit["name_zh"], len(unit["tasks"]["lead"]), unit["count"]) for unit in units] == [
        ("县农业局", 1, 2), ("县住建局", 1, 2), ("省林业局", 0, 1), ("各镇", 0, 1),
    ]  # fmt: skip
    assert units[1]["names"] == ["县住建局", "县住房和城乡建设局"]


def test_tasks_form_a_tree(tiny_world: World) -> None:
    plan = tiny_world.project.plans[1]
    first, second = joins.tasks(tiny_world, plan, joins.targets(tiny_world, plan))
    assert (first["title"], len(first["targets"]), first["children"]) == ("美化村庄", 4, [])
    assert [child["title"] for child in second["children"]] == ["和美乡村覆盖率"]


def test_a_target_has_the_theme_and_the_english_name_of_its_concept(
    tiny: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("registry/concepts.csv", "rate,villages", "rate,goals")
    world = link(read_project(Paths.of(tiny))[0])
    rows = {row["target_id"][-4:]: row for row in joins.targets(world, world.project.plans[1])}
    said = {name: (row["theme"]["theme_id"], row["name_en"]) for name, row in rows.items()}
    assert said["t004"] == ("goals", "Village coverage"), "its task is of another theme"
    assert said["t008"] == ("villages", "Farms")
    assert said["t002"] == ("goals", "Growth of residents' income"), "no concept: the registry's terms have its name"
    assert said["t005"] == ("villages", ""), "no concept and no term: the task's theme and no English name"


def test_values_are_compared_in_the_unit_of_their_concept(tiny_world: World) -> None:
    frame = series(tiny_world)
    income = frame[frame.concept_id == "village-income"]
    assert list(zip(income.unit, income.value.map(str), income.converted, strict=True)) == [("万元", "50000", 5.0)]


def test_a_promise_without_a_number_has_no_converted_value(tiny_world: World, tiny) -> None:
    row = {**tiny_world.project.plans[1]["targets"][1], "concept_id": "village-coverage"}
    from openplans.facts.series import converted

    assert math.isnan(converted(tiny_world, row))


def test_a_chart_has_every_value_that_differs_and_one_a_year_for_the_line(tiny_world: World) -> None:
    points = lines(series(tiny_world))
    coverage = points[points.concept_id == "village-coverage"]
    assert list(zip(coverage.region_code, coverage.year, coverage.converted, coverage.main, strict=True)) == [
        ("990000", 2025, 85.0, True),
        ("990000", 2027, 95.0, True),
        ("990101", 2023, 50.0, True),
        ("990101", 2025, 90.0, False),
        ("990101", 2025, 80.0, True),
    ]


@pytest.mark.parametrize(
    ("basis", "start", "end", "years"),
    [
        ("by", "", "2027", 0),
        ("annual", "2023", "2027", 1),
        ("average", "2023", "2027", 1),
        ("in", "2023", "2027", 5),
        ("in", "2025", "2025", 1),
    ],
)
def test_the_years_over_which_a_value_is_counted(basis: str, start: str, end: str, years: int) -> None:
    assert span(Row(period_basis=basis, period_start=start, period_end=end)) == years


def test_values_counted_over_unlike_times_share_no_axis(tiny_world: World) -> None:
    frame = series(tiny_world)
    farms = frame[frame.concept_id == "farms-total"]
    assert not spans_differ(farms)
    assert spans_differ(farms.assign(span=[0, 5]))
