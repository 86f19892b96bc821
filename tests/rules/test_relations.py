"""Actual figures that belong together agree."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from openplans.rules import relations as rules
from openplans.rules.evidence import growth_differs
from openplans.rules.series import turned
from tests.rules.made import figures, said, world

UNITS = [
    {"unit": unit, "dimension": dimension, "base_unit": base, "factor": Decimal(factor)}
    for unit, dimension, base, factor in (
        ("元", "money", "元", 1), ("亿元", "money", "元", 10**8), ("人", "people", "人", 1),
        ("万人", "people", "人", 10**4), ("%", "share", "%", 1),
    )
]  # fmt: skip
NAMES = {
    "gdp": "地区生产总值", "gdp-growth": "地区生产总值增速", "permanent-population": "常住人口",
    "per-capita-gdp": "人均地区生产总值", "urban-disposable-income": "城镇居民收入",
    "rural-disposable-income": "农村居民收入",
}  # fmt: skip
CONCEPTS = [{"concept_id": key, "name_zh": name, "unit": UNIT} for (key, name), UNIT in zip(
    NAMES.items(), ("亿元", "%", "万人", "元", "元", "元"), strict=True)]  # fmt: skip


def figure(concept: str, value: str, year: str = "2024", **more: Any) -> dict[str, Any]:
    unit = next(each["unit"] for each in CONCEPTS if each["concept_id"] == concept)
    usual = {"region_code": "330326", "period": year, "period_kind": "year", "bound": "eq", "unit": unit}
    return {**usual, "concept_id": concept, "value": Decimal(value), **more}


def told(check: Any, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    return said(check, figures([], list(rows)), world(units=UNITS, concepts=CONCEPTS))


GDP, PEOPLE = figure("gdp", "777.46"), figure("permanent-population", "87.74")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([GDP, PEOPLE, figure("per-capita-gdp", "88954")], []),
        ([GDP, PEOPLE, figure("per-capita-gdp", "75000")], ["o3"]),
        ([figure("gdp", "774.76"), PEOPLE, figure("per-capita-gdp", "88954")], []),  # within 3 per cent
        ([figure("gdp", "911.11"), PEOPLE, figure("per-capita-gdp", "88954")], ["o3"]),
        ([GDP, figure("permanent-population", "78.74"), figure("per-capita-gdp", "88954")], ["o2"]),  # digits
        ([GDP, PEOPLE, figure("per-capita-gdp", "75000", "2023")], []),  # of another year
        ([GDP, PEOPLE, figure("per-capita-gdp", "75000", scope="小口径")], []),
        ([GDP, PEOPLE, figure("per-capita-gdp", "75000", bound="more")], []),
        ([figure("gdp", "700"), GDP, PEOPLE, figure("per-capita-gdp", "88954")], []),  # of the one or the other
    ],
)
def test_what_is_per_head_is_the_quotient_of_two_others(rows: list[dict[str, Any]], expected: list[str]) -> None:
    assert told(rules.quotient_differs, *rows) == [(each, "value") for each in expected]


@pytest.mark.parametrize(
    ("of_others", "own", "expected"),
    [
        ("88954", figure("gdp", "777.46"), []),
        ("88954", figure("gdp", "77.746"), [("o2", "value")]),
        ("88954", figure("gdp", "777.46", unit="元"), [("o2", "unit")]),
        ("0", figure("gdp", "777.46"), []),
    ],
)
def test_a_quotient_that_nobody_gives_is_like_that_of_other_years(of_others: str, own: Any, expected: Any) -> None:
    assert told(rules.rate_unlikely, figure("per-capita-gdp", of_others, "2023"), own, PEOPLE) == expected


@pytest.mark.parametrize(("rural", "expected"), [("35869", []), ("62049", []), ("62050", [("o1", "value")])])
def test_a_part_is_no_more_than_the_whole(rural: str, expected: list[tuple[str, str]]) -> None:
    rows = figure("rural-disposable-income", rural), figure("urban-disposable-income", "62049")
    assert told(rules.part_exceeds_whole, *rows) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("66.27", []),
        ("62.67", ["o2"]),
        ("60.00", []),  # it may have fallen: no two digits exchanged explain it
        ("76.26", ["o2"]),  # 67.26 is much nearer
    ],
)
def test_a_figure_of_a_year_is_near_the_line_between_the_years_around_it(value: str, expected: list[str]) -> None:
    rows = [figure("permanent-population", each, year) for each, year in (("65.77", "2022"), (value, "2023"))]
    found = told(rules.digits_exchanged, *rows, figure("permanent-population", "66.70", "2024"))
    assert found == [(each, "value") for each in expected]


@pytest.mark.parametrize("growth", ["1.6", "-6.1"])
def test_of_a_growth_with_a_slip_less_is_enough(growth: str) -> None:
    rows = figure("gdp", "711.81", "2023"), GDP, figure("gdp-growth", growth)
    assert told(growth_differs, *rows) == [("o3", "value")]
    assert told(growth_differs, *rows[:2], figure("gdp-growth", "1.5")) == []  # 9.2 in prices of the year


def test_two_digits_beside_each_other_are_exchanged_over_the_point_too() -> None:
    assert [str(each) for each in turned(Decimal("12.3"))] == ["21.3", "13.2"]
    assert [*turned(Decimal("77"))] == []
