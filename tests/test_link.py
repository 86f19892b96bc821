"""The World: keys lead to rows, names to organizations, and values from unit to unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from openplans.packages.link import link
from openplans.packages.read import Package
from tests.rules.made import TINY_PROJECT, Rows, plan, world


def units(*rows: tuple[str, str, str | None]) -> Rows:
    return [
        {"unit": unit, "dimension": kind, "factor": None if factor is None else Decimal(factor)}
        for unit, kind, factor in rows
    ]


UNITS = units(("元", "money", "1"), ("万元", "money", "10000"), ("亿元", "money", "100000000"), ("亩", "area", "1"),
              ("顷", "area", None), ("垧", "area", "0"))  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        ("5", "亿元", "万元", "50000"), ("5", "万元", "亿元", "0.0005"), ("5", "万元", "万元", "5"),
        ("5", "万元", "亩", None),
        ("5", "顷", "亩", None), ("5", "亩", "顷", None), ("5", "垧", "亩", None), ("5", "亩", "垧", None),
        ("5", "没有", "亩", None), ("5", "亩", "没有", None),
    ],
)  # fmt: skip
def test_a_value_in_another_unit(value: str, unit: str, to: str, expected: str | None) -> None:
    found = world(units=UNITS).convert(Decimal(value), unit, to)
    assert found == (None if expected is None else Decimal(expected))


def target(value: str | None, unit: str = "万元", most: str | None = None) -> dict[str, Any]:
    return {
        "value": None if value is None else Decimal(value),
        "value_max": None if most is None else Decimal(most),
        "unit": unit,
    }


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (target("5"), target("5"), False), (target("5"), target("6"), True), (target("5"), target(None), True),
        (target(None), target(None), False), (target("50000"), target("5", "亿元"), False),
        (target("5"), target("5", "亿元"), True),
        (target("5"), target("6", "亩"), False),  # which cannot be converted
        (target("5", most="7"), target("5", most="7"), False), (target("5", most="7"), target("5", most="8"), True),
        (target("5", most="7"), target("5"), True), (target("50000", most="70000"), target("5", "亿元", "7"), False),
    ],
)  # fmt: skip
def test_two_targets_differ_by_their_numbers(one: dict[str, Any], other: dict[str, Any], differ: bool) -> None:
    rows = plan(targets=[one, other])["targets"]
    around = world(units=UNITS)
    assert around.differ(*rows) is differ is around.differ(*reversed(rows))


REGIONS: Rows = [{"region_code": code, "parent_code": above} for code, above in (
    ("100000", ""), ("330000", "100000"), ("330300", "330000"), ("440000", "999999"), ("a", "b"), ("b", "a"),
)]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("330300", ["330300", "330000", "100000"]), ("100000", ["100000"]), ("440000", ["440000"]), ("999999", []),
        ("a", ["a", "b"]),
    ],
)  # fmt: skip
def test_the_regions_above_a_region(code: str, chain: list[str]) -> None:
    assert world(regions=REGIONS).region_chain(code) == chain


def test_a_name_means_what_it_means_in_the_nearest_region() -> None:
    names: Rows = [{"region_code": code, "name": name, "org_id": org} for code, name, org in (
        ("330300", "农业局", "city"), ("330000", "农业局", "province"), ("330000", "林业局", "forest"),
        ("330000", "林业局", "wood"), ("330000", "农业农村厅", "province"), ("330000", "农业厅", "province"),
    )]  # fmt: skip
    around = world(regions=REGIONS, organization_names=names)
    assert around.organizations_named("330300", "农业局") == {"city"}
    assert around.organizations_named("330000", "农业局") == {"province"}
    assert around.organizations_named("330300", "林业局") == {"forest", "wood"}
    assert (
        around.organizations_named("330300", "住建局") == frozenset() == around.organizations_named("999999", "农业局")
    )
    assert around.names_of["330000"] == ("农业农村厅", "农业厅", "农业局", "林业局")  # the longest first


def test_a_row_without_its_id_is_that_of_no_cell_that_is_empty() -> None:
    around = world(units=[{"unit": "", "dimension": "people"}, {"unit": "人", "dimension": "people"}])
    assert around.units.keys() == {"人"}


def test_a_registry_that_could_not_be_read_has_no_rows() -> None:
    broken: Package = replace(TINY_PROJECT.registry, tables={}, _by_id={})
    around = link(replace(TINY_PROJECT, registry=broken))
    assert (around.units, around.names, around.terms, around.unit_names) == ({}, {}, {}, ())
