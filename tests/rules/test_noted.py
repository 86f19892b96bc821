"""A figure agrees with its own note, and with what its place quotes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from openplans.rules import noted as rules
from tests.rules.made import Rows, figures, said

USUAL = {"region_code": "330326", "concept_id": "gdp", "period": "2023", "period_kind": "year", "bound": "eq"}


def told(check: Any, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    made: Rows = [{**USUAL, "value": Decimal("6.1"), "unit": "%", "source_id": "s1", **row} for row in rows]
    return said(check, figures([], made))


@pytest.mark.parametrize(
    ("state", "note", "wrong"),
    [
        ("", "初步核算数", True),
        ("preliminary", "转载页;初步核算数", False),
        ("final", "年初公布数(初步)", True),
        ("revised", "预计数,年末发布会", True),
        ("", "快报数", True),
        ("preliminary", "最终核实数,与公报初步数6355.28亿元不同", True),
        ("revised", "普查后修订数,与初步数82553亿元不同", False),
        ("", "公报数", False),
        ("preliminary", "初步核算数;2024年公报修订为85620亿元", False),
    ],
)
def test_the_state_is_the_one_that_the_note_tells_of(state: str, note: str, wrong: bool) -> None:
    found = told(rules.note_differs, {"state": state, "note": note})
    assert [column for _, column in found if column == "state"] == ["state"] * wrong


@pytest.mark.parametrize(
    ("scope", "note", "wrong"),
    [
        ("", "小口径", True),
        ("小口径", "初步测算;小口径", False),
        ("市区", "不含洞头区;转载页", True),
        ("市区(不含洞头区)", "不含洞头区", False),
        ("", "含义见公报说明的第二条", False),  # no words of a scope
    ],
)
def test_what_a_figure_leaves_out_stands_in_its_scope(scope: str, note: str, wrong: bool) -> None:
    found = told(rules.note_differs, {"scope": scope, "note": note}, {"scope": "小口径"})
    assert [each for each in found if each == ("o1", "scope")] == [("o1", "scope")] * wrong


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("依次为3.9%、6.1%",), []),
        (("依次为3.9%、1.6%",), [("o1", "place")]),
        (("依次为3.9%、1.6%", "依次为3.9%、1.6%"), [("o1", "value"), ("o2", "value")]),
        (("表格行",), []),
    ],
)
def test_one_of_the_per_cents_of_a_place_is_the_figure(
    places: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    rows = [{"place": place, "period": f"202{number}"} for number, place in enumerate(places)]
    assert told(rules.note_differs, *rows) == expected


@pytest.mark.parametrize(
    ("kind", "note", "wrong"),
    [
        ("month", "1-11月累计;转载页", True),
        ("ytd", "1-11月累计", False),
        ("ytd", "11月累计", False),
        ("month", "当月值", False),
        ("ytd", "转载页;当月值", True),
        ("year", "上半年累计", True),
    ],
)
def test_the_kind_of_a_period_is_the_one_that_the_note_tells_of(kind: str, note: str, wrong: bool) -> None:
    found = told(rules.period_kind_differs, {"period_kind": kind, "note": note})
    assert found == [("o1", "period_kind")] * wrong
