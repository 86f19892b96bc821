"""One promise in several rows: each branch by two rows or three."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from openplans.rules import restatements as rules
from tests.rules.made import Rows, clause, facts, plan, said, world

OWN: dict[str, Any] = {"indicator": "农庄", "value": Decimal(5), "unit": "家", "period_end": "2025"}


def two(one: dict[str, Any] | None = None, **other: Any) -> Rows:
    return [{**OWN, **(one or {})}, {**OWN, "clause_id": "c2", **other}]


CLAUSES: Rows = [clause("新建农庄5家"), clause("农庄5家"), clause("农庄")]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (two(restates="t1"), []),
        (two(restates="t2"), ["t2"]),  # itself
        (two({"restates": "t2"}, restates="t1"), ["t1", "t2"]),
        ([*two(restates="t1"), {**OWN, "restates": "t2"}], ["t3"]),
        ([*two({"restates": "t9"}, restates="t1")], []),  # leads nowhere: the schema's
    ],
)
def test_a_row_restates_one_that_restates_none(targets: Rows, expected: list[str]) -> None:
    assert [key for key, _ in said(rules.restates_chain, plan(clauses=CLAUSES, targets=targets))] == expected


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [("c1", "c2", False), ("c2", "c1", True), ("c1", "c1", False), ("c9", "c1", False), ("c2", "c9", False)],
)
def test_the_row_that_stands_first_is_restated(one: str, other: str, wrong: bool) -> None:
    targets: Rows = [{**OWN, "clause_id": one}, {**OWN, "clause_id": other, "restates": "t1"}]
    assert said(rules.restates_later, plan(clauses=CLAUSES, targets=targets)) == [("t2", "restates")] * wrong


@pytest.mark.parametrize("name", ["concept_id", "scope", "measure", "period_basis", "period_start", "period_end"])
def test_rows_of_one_promise_have_much_in_common(name: str) -> None:
    assert facts(rules.restates_another, plan(targets=two(**{name: "x"}, restates="t1")), "columns") == [name]
    assert said(rules.restates_another, plan(targets=two(restates="t1", value=Decimal(7), comparator="ge"))) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({}, {}, True),
        ({}, {"clause_id": "c1"}, False),  # one sentence does not repeat itself
        ({}, {"scope": "沿海"}, False),
        ({}, {"measure": "level"}, False),
        ({}, {"period_end": "2027"}, False),
        ({}, {"indicator": "新建农庄数量"}, True),  # verbs and marks aside
        ({}, {"indicator": "桥梁"}, False),
        ({"period_start": "2023"}, {"period_start": "2025"}, False),
        ({"period_start": "2023"}, {}, True),
        ({}, {"period_start": "2023"}, True),
        ({"concept_id": "a"}, {"concept_id": "a", "indicator": "桥梁"}, True),
        ({"concept_id": "a"}, {"concept_id": "b"}, False),
        ({"concept_id": "a"}, {}, True),
        ({}, {"concept_id": "a"}, True),
        ({}, {"concept_id": "a", "indicator": "桥梁"}, False),
        ({"concept_id": "a"}, {"indicator": "桥梁"}, False),
        (
            {"indicator": "示范型居家养老服务照料中心"},
            {"indicator": "村级居家养老服务照料中心"},
            True,
        ),  # close, and as many
        (
            {"indicator": "示范型居家养老服务照料中心"},
            {"indicator": "村级居家养老服务照料中心", "value": Decimal(7)},
            False,
        ),
        ({"indicator": "示范居家养老服务照料中心"}, {"indicator": "居家养老服务照料中心", "value": Decimal(7)}, True),
        ({"indicator": "农创客"}, {"indicator": "农播"}, False),
    ],
)
def test_rows_that_look_alike_are_tied(one: dict[str, Any], other: dict[str, Any], alike: bool) -> None:
    made = plan(clauses=CLAUSES, targets=two(one, **other))
    assert said(rules.restatement_unlinked, made) == [("t2", "restates")] * alike


def test_a_row_that_is_tied_is_not_asked_again() -> None:
    assert said(rules.restatement_unlinked, plan(clauses=CLAUSES, targets=two(restates="t1"))) == []
    third = {**OWN, "clause_id": "c3"}
    assert facts(rules.restatement_unlinked, plan(targets=[*two(restates="t1"), third]), "first") == ["t1"]
    assert said(rules.restatement_unlinked, plan(targets=[*two(restates="t1"), {**third, "restates": "t1"}])) == []
    assert said(rules.restatement_unlinked, plan(targets=two({"restates": "t2"}))) == []
    # A row that looks like one that restates another leads to the first of all.
    named = {**third, "indicator": "桥梁"}
    made = plan(targets=[*two(restates="t1", indicator="桥梁"), named])
    assert facts(rules.restatement_unlinked, made, "first") == ["t1"]


def amount(value: str | None, unit: str = "家") -> dict[str, Any]:
    return {"value": None if value is None else Decimal(value), "unit": unit}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (amount("5"), amount("5"), True),
        (amount("5"), amount("6"), False),
        (amount("5"), amount("5", "名"), True),
        (amount("5", "亿元"), amount("50000", "万元"), True),
        (amount("50000", "万元"), amount("5", "亿元"), True),
        (amount("5", "亿元"), amount("5", "万元"), True),
        (amount("6", "亿元"), amount("5", "万元"), False),
        (amount(None), amount(None), False),
        (amount("5"), amount(None), False),
        (amount(None), amount("5"), False),
    ],
)
def test_one_number_in_other_units_is_the_same(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    made = plan(targets=[one, other])
    assert rules.same_amount(world(made), *made["targets"]) is same


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        ({"kind": "conflict", "clause_id": "c1", "other_clause_id": "c2"}, False),
        ({"kind": "conflict", "clause_id": "c2", "other_clause_id": "c1"}, False),
        ({"kind": "typo", "clause_id": "c1", "other_clause_id": "c2"}, True),
        ({"kind": "conflict", "clause_id": "c1", "other_clause_id": "c3"}, True),
    ],
)
def test_a_contradiction_has_a_note(note: dict[str, str], wrong: bool) -> None:
    made = plan(clauses=CLAUSES, targets=two(restates="t1", value=Decimal(7)), notes=[note])
    assert said(rules.restatement_conflict, made) == [("t2", "value")] * wrong
    assert said(rules.restatement_conflict, plan(targets=two(restates="t1"))) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [({}, "5家"), ({"value_max": Decimal(7)}, "5—7家"), ({"value": None}, "—"), ({"value": Decimal(0)}, "0家")],
)
def test_a_contradiction_shows_both_values(row: dict[str, Any], expected: str) -> None:
    made = plan(targets=two({"value": Decimal(9)}, restates="t1", **row))
    assert facts(rules.restatement_conflict, made, "value") == [expected]
    assert facts(rules.restatement_conflict, made, "other") == ["9家"]


def test_rows_of_one_promise_share_a_name_or_an_amount() -> None:
    other = two(restates="t1", indicator="省级中心镇", value=Decimal(3), unit="个")
    assert facts(rules.restates_another, plan(targets=other), "columns") == ["indicator"]
    for same in ({"value": Decimal(5), "unit": "家"}, {"indicator": "新建农庄"}, {"value": None}):
        assert facts(rules.restates_another, plan(targets=[other[0], {**other[1], **same}]), "columns") == []
