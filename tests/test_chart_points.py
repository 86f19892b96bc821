"""What stands in a chart: targets and reached values of one concept, where they share an axis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from openplans.facts.chart_points import Point, Points, points
from openplans.facts.model import Facts
from openplans.facts.records import Observation
from tests.conftest import facts_of
from tests.test_verdicts import figure


def drawn(facts: Facts, concept_id: str) -> Points:
    nothing = Points(pd.DataFrame(columns=list(Point._fields)), {})
    return facts.chart_points.get(concept_id, nothing)


def shown(facts: Facts, concept_id: str) -> list[tuple[object, ...]]:
    frame = drawn(facts, concept_id).frame
    return list(frame[["region_code", "year", "kind", "comparator", "converted"]].itertuples(index=False, name=None))


COVERAGE = [
    ("990000", 2025, "target", "ge", 85),
    ("990000", 2027, "target", "eq", 95),
    ("990101", 2023, "reached", "eq", 45),
    ("990101", 2023, "target", "eq", 50),
    ("990101", 2025, "target", "ge", 90),
    ("990101", 2025, "target", "eq", 80),
]


def test_actual_figures_of_whole_years_stand_beside_the_targets_and_the_others_are_counted(tiny_facts: Facts) -> None:
    """Left out: the preliminary figure that a final one replaced,
    one of a part, one of half a year and one of eleven months."""
    assert shown(tiny_facts, "village-coverage") == COVERAGE
    assert drawn(tiny_facts, "village-coverage").left_out == {"period": 2, "replaced": 1, "scope": 1}


def test_what_a_plan_reports_is_reached_in_the_concepts_unit_and_a_bound_is_shown(tiny_facts: Facts) -> None:
    assert shown(tiny_facts, "village-income") == [
        ("990101", 2022, "reached", "eq", 3),
        ("990101", 2024, "reached", "gt", 4.5),
        ("990101", 2025, "target", "gt", 5),
    ]


def test_a_total_of_the_province_is_not_drawn_beside_those_of_counties_nor_does_it_vanish(tiny_facts: Facts) -> None:
    assert drawn(tiny_facts, "village-income").left_out == {"level": 1}


def test_a_target_of_another_level_that_is_not_drawn_is_named(
    edit: Callable[[str, str, str], None], tiny: Path
) -> None:
    edit(
        "plans/990000-wide-2025/targets.csv",
        ",village-coverage,,,,share,eq,95,,%,",
        ",village-income,,,,level,eq,95,,亿元,",
    )
    found = drawn(facts_of(tiny), "village-income")
    assert (set(found.frame.region_code), found.apart) == ({"990000"}, ("990101",))


def test_the_bare_number_of_a_table_is_meant_as_the_sentence_that_says_it_too(
    edit: Callable[[str, str, str], None], tiny: Path
) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "share,eq,80,", "share,eq,90,")
    assert [row for row in shown(facts_of(tiny), "village-coverage") if row[:2] == ("990101", 2025)] == [
        ("990101", 2025, "target", "ge", 90)
    ]


def test_regions_without_a_plan_are_for_reference(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(
        "regions.csv",
        "990101,例县,Example County,county,990000",
        "990101,例县,Example County,county,990000\n990102,邻县,Next County,county,990000",
    )
    edit("observations.csv", "o0001,990101", "o0001,990102")
    assert [row for row in shown(facts_of(tiny), "village-coverage") if row[2] == "reached"] == []
    assert drawn(facts_of(tiny), "village-coverage").left_out["no-plan"] == 1


def test_of_two_figures_of_one_year_one_is_on_the_line(tiny: Path) -> None:
    """The plan reports 3 for 2022, the bureau 3.2; where both say 3 it is one point."""
    line = "o0009,990101,village-income,,2022,year,eq,{},亿元,,,,s001,,\n"
    path = tiny / "datapackages/observations/observations.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + line.format("3.2"), encoding="utf-8")
    frame = drawn(facts_of(tiny), "village-income").frame
    assert [(row.converted, row.main) for row in frame.itertuples() if row.year == 2022] == [(3, False), (3.2, True)]
    path.write_text(whole + line.format("3"), encoding="utf-8")
    frame = drawn(facts_of(tiny), "village-income").frame
    assert [(row.converted, row.main) for row in frame.itertuples() if row.year == 2022] == [(3, True)]


def test_a_figure_of_one_year_is_not_drawn_beside_a_sum_of_several(tiny: Path) -> None:
    path = tiny / "datapackages/plans/990101-tiny-2023/targets.csv"
    own = ",level,gt,50000,,万元,by,,2025,"
    [line] = [each for each in path.read_text(encoding="utf-8").splitlines() if own in each]
    three = line.replace(own, ",level,gt,50000,,万元,in,2023,2025,")
    later = line.replace(own, ",level,gt,60000,,万元,in,2025,2027,").replace("t003", "t014")
    text = path.read_text(encoding="utf-8").replace(line, f"{three}\n{later}")
    path.write_text(text, encoding="utf-8")
    found = drawn(facts_of(tiny), "village-income")
    assert set(found.frame.kind) == {"target"} and found.left_out == {"period": 3}


def test_a_point_leads_to_what_proves_it(tiny_facts: Facts) -> None:
    frame = drawn(tiny_facts, "village-coverage").frame
    told = {row.kind: (row.printed, row.quote, row.link) for row in frame.itertuples() if row.year == 2023}
    assert told == {
        "reached": ("45%", "例县统计公报 · 政府网站 · 2024-03-01", ("indicators/village-coverage", "o0001")),
        "target": ("50%", "和美乡村覆盖率(%)　50", ("plans/990101-tiny-2023/text", "t012")),
    }
    ratio = drawn(tiny_facts, "income-ratio").frame
    assert {row.quote for row in ratio.itertuples() if row.year == 2024} == {"例县经济形势 · 转载页"}, "of no known day"


def test_the_total_of_a_province_is_not_drawn_beside_those_of_counties(
    tiny: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit(
        "concepts.csv",
        "income-ratio,城乡居民收入比,Urban-rural income ratio,比值,lower,rate",
        "income-ratio,城乡居民收入比,Urban-rural income ratio,比值,lower,total",
    )
    assert shown(facts_of(tiny), "income-ratio") == []
    edit(
        "concepts.csv",
        "village-coverage,和美乡村覆盖率,Village coverage,%,higher,rate",
        "village-coverage,和美乡村覆盖率,Village coverage,%,higher,total",
    )
    assert {row[0] for row in shown(facts_of(tiny), "village-coverage")} == {"990101"}


def test_the_whole_of_a_share_has_no_sign(tiny_facts: Facts) -> None:
    """达到100% cannot be outdone: the chart says 100, as the lists do; 90%以上 keeps its sign."""
    full = Decimal(100)
    targets = {
        key: replace(each, value=full, converted=full) if key.endswith("2023-t004") else each
        for key, each in tiny_facts.targets.items()
    }
    made = points(tiny_facts.series, targets, [], frozenset({"990101"}), tiny_facts.registry)
    told = made["village-coverage"].frame[["year", "comparator", "converted"]].itertuples(index=False, name=None)
    assert [each for each in told if each[2] == 100] == [(2025, "eq", 100)]


def beside(facts: Facts, concept_id: str, *rows: Observation, planned: str = "990101 990000") -> Points:
    """The points of a concept with these actual figures alone."""
    found = points(facts.series, facts.targets, rows, frozenset(planned.split()), facts.registry)
    return found[concept_id]


def actual(value: str, period: str = "2024", kind: str = "year", **more: object) -> Observation:
    fields = {"converted": Decimal(value), "concept_id": "village-coverage", **more}
    return figure(value, period, kind, **fields)


@pytest.mark.parametrize(
    ("row", "obstacle"),
    [
        (actual("70"), None),
        (actual("70", replaced_by="o9"), "replaced"),
        (actual("70", scope="沿海", replaced_by="o9"), "replaced"),
        (actual("70", scope="沿海"), "scope"),
        (actual("70", "2024-06", "half", scope="沿海"), "scope"),
        (actual("70", "2024-06", "half"), "period"),
        (actual("70", "2024-12-31", "date"), "period"),
    ],
)
def test_a_figure_is_drawn_or_the_first_reason_why_not_is_counted(
    tiny_facts: Facts, row: Observation, obstacle: str | None
) -> None:
    found = beside(tiny_facts, "village-coverage", row, row)
    assert dict(found.left_out) == ({obstacle: 2} if obstacle else {})
    assert list(found.frame.kind).count("reached") == (not obstacle)


def test_a_region_has_to_have_a_plan_and_a_figure_to_be_in_the_unit(tiny_facts: Facts) -> None:
    assert beside(tiny_facts, "village-coverage", actual("70"), planned="990000").left_out == {"no-plan": 1}
    found = beside(tiny_facts, "village-coverage", actual("70", converted=None), actual("71"))
    assert found.left_out == {} and list(found.frame.kind).count("reached") == 1


def test_a_rate_of_another_level_is_drawn_and_a_total_is_not(tiny_facts: Facts) -> None:
    above = {"region": tiny_facts.registry.regions["990000"]}
    assert beside(tiny_facts, "village-coverage", actual("70", **above)).left_out == {}
    income = {"concept_id": "village-income", "unit": "亿元"}
    found = beside(tiny_facts, "village-income", actual("7", **income), actual("70", **income, **above))
    assert found.left_out == {"level": 1} and found.apart == ()


def test_of_figures_of_one_place_and_year_the_first_is_on_the_line(tiny_facts: Facts) -> None:
    frame = beside(tiny_facts, "village-coverage", actual("70"), actual("71"), actual("70"), actual("72", "2023")).frame
    reached = frame[frame.kind == "reached"]
    assert list(reached[["year", "converted", "main"]].itertuples(index=False, name=None)) == [
        (2023, 72, True), (2024, 71, False), (2024, 70, True),
    ]  # fmt: skip
    assert set(reached.span) == {0} and set(reached.basis) == {""} and list(reached.converted_max) == [None] * 3


def test_targets_of_one_value_alone_are_equal(tiny_facts: Facts) -> None:
    same = {key: replace(each, converted=Decimal(80)) for key, each in tiny_facts.targets.items()}
    planned = frozenset({"990101"})
    [alone, one, other] = (
        points(tiny_facts.series, targets, rows, planned, tiny_facts.registry)["village-coverage"]
        for targets, rows in ((same, []), (same, [actual("80")]), (tiny_facts.targets, []))
    )
    assert (alone.equal, one.equal, other.equal) == (True, False, False)


def test_a_range_has_an_upper_end_and_prints_both(tiny_facts: Facts) -> None:
    upper = {"comparator": "range", "value_max": Decimal(90), "converted_max": Decimal(90)}
    ranged = {
        key: replace(each, **upper) if key.endswith("2023-t004") else each for key, each in tiny_facts.targets.items()
    }  # type: ignore[arg-type]
    found = points(tiny_facts.series, ranged, [], frozenset(), tiny_facts.registry)["village-coverage"].frame
    told = [(row.printed, row.converted_max) for row in found.itertuples() if row.comparator == "range"]
    assert told == [("90—90%", 90)]
    assert set(found[found.comparator != "range"].converted_max.isna()) == {True}


def test_a_ratio_is_printed_without_a_unit(tiny_facts: Facts) -> None:
    assert {row.printed for row in drawn(tiny_facts, "income-ratio").frame.itertuples() if row.kind == "target"} == {
        "1.8",
        "1.6",
    }
