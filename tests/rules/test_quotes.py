"""Quotes, names and the text itself against the document: each branch by a clause or two."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from openplans.rules import lead
from openplans.rules import quotes as rules
from tests.rules.made import Rows, clause, facts, plan, said, world


@pytest.mark.parametrize("table", ["targets", "baselines", "projects", "references", "notes"])
@pytest.mark.parametrize(
    ("quote", "own", "missing", "several"),
    [("农庄", "c1", False, False), ("农场", "c1", True, False), ("庄", "c2", False, True), ("", "c1", False, False),
     ("农场", "c9", False, False)],
)  # fmt: skip
def test_a_quote_stands_in_its_clause_once(table: str, quote: str, own: str, missing: bool, several: bool) -> None:
    made = plan(clauses=[clause("新建农庄"), clause("农庄和山庄")], **{table: [{"quote": quote, "clause_id": own}]})
    key = table[0] + "1"
    assert said(rules.quote_not_in_clause, made) == [(key, "quote")] * missing
    assert said(rules.quote_not_unique, made) == [(key, "quote")] * several
    assert facts(rules.quote_not_unique, made, "count") == [2] * several


def test_the_other_place_of_a_note_is_quoted_too() -> None:
    pairs = [("", ""), ("农庄", "c1"), ("农庄", ""), ("", "c1"), ("农场", "c1")]
    notes: Rows = [{"other_quote": quote, "other_clause_id": own} for quote, own in pairs]
    made = plan(clauses=[clause("新建农庄")], notes=notes)
    assert said(rules.quote_missing, made) == [("n3", "other_clause_id"), ("n4", "other_quote")]
    assert said(rules.quote_not_in_clause, made) == [("n5", "other_quote")]


@pytest.mark.parametrize(
    ("text", "quote", "expected"), [("aXaXa", "aXa", [0, 2]), ("aaa", "a", [0, 1, 2]), ("b", "a", []), ("b", "", [])]
)
def test_places_of_a_quote_may_overlap(text: str, quote: str, expected: list[int]) -> None:
    assert rules.occurrences(text, quote) == expected


def test_the_source_is_as_it_was_received() -> None:
    right = {"source_sha256": hashlib.sha256("例县".encode()).hexdigest(), "source_length": 2}
    assert said(rules.source_changed, plan(right, "例县")) == []
    assert said(rules.source_changed, plan(right, "例 县")) == [
        ("source_sha256", "source_sha256")
    ]  # the first that differs
    assert said(rules.source_changed, plan({**right, "source_length": 3}, "例县")) == [
        ("source_length", "source_length")
    ]
    assert facts(rules.source_changed, plan({}, "例县"), "declared") == [""]


@pytest.mark.parametrize(
    ("source", "boilerplate", "clauses", "expected"),
    [
        ("首页 一、农庄\n二、桥 打印", ["首页", "打印"], ["一、农庄", "二、桥"], None),
        ("一、农 庄二、桥", [], ["一、农庄", "二、 桥"], None),
        ("一、农庄打印二、桥", ["打印"], ["一、农庄", "二、桥"], None),
        ("一、农庄打印首页二、桥", ["打印", "首页"], ["一、农庄", "二、桥"], None),
        ("打印一、农庄", ["打印"], ["打印一、农庄"], None),  # a clause that begins so goes before
        ("打印 打印一、农庄", ["打印"], ["打印一、农庄"], None),
        ("一、农庄打印", ["打印"], ["一、农庄"], None),
        ("一、农庄打印", [], ["一、农庄"], ("-", "", "", "打印")),
        ("一、农场", [], ["一、农庄"], ("c1", "一、农", "庄", "场")),
        ("一、农庄", [], ["一、农庄", "二、桥"], ("c2", "", "二、桥", "")),
        ("首页一、农庄", [], ["一、农庄"], ("c1", "", "一、农庄", "首页一、农庄")),
        ("一、农庄二、桥", [], ["一、农庄", "二、路", "三"], ("c2", "二、", "路", "桥")),  # one difference shifts all
        ("甲" * 12 + "乙" * 20, [], ["甲" * 12 + "丙" * 20], ("c1", "甲" * 10, "丙" * 15, "乙" * 15)),
        ("一" + "乙" * 41, [], ["一"], ("-", "", "", "乙" * 40)),
    ],
)
def test_the_clauses_are_the_source_without_its_boilerplate(
    source: str, boilerplate: list[str], clauses: list[str], expected: tuple[str, ...] | None
) -> None:
    made = plan({"boilerplate": boilerplate}, source, clauses=[clause(each) for each in clauses])
    found = [[facts(rules.text_not_verbatim, made, name) for name in ("clause", "same", "found", "expected")]]
    told: Any = [[[each] for each in expected]] if expected else [[[], [], [], []]]
    assert found == told


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ([1, 2, 3], []), ([2, 5, 9], []), ([1, 3, 2], ["c2"]), ([1, 1], ["c2"]), ([0, 1], ["c1"]), ([7, 99, 8], ["c2"]),
        ([99, 1, 2], ["c1"]), ([1, 2, 1], ["c3"]), ([1, None, 2], []), ([3, None, 2], ["c1"]),
        ([1, 5, 1, 6], ["c3"]), ([-1], ["c1"]),
    ],
)  # fmt: skip
def test_the_order_of_clauses_rises(orders: list[int | None], expected: list[str]) -> None:
    made = plan(clauses=[{"order": each} for each in orders])
    assert [key for key, _ in said(rules.clause_order, made)] == expected


def test_what_stands_around_a_wrong_order_is_shown() -> None:
    made = plan(clauses=[{"order": each} for each in (7, 99, 8)])
    assert [facts(rules.clause_order, made, name) for name in ("order", "before", "behind")] == [[99], [7], [8]]
    made = plan(clauses=[{"order": each} for each in (7, 8, 8)])
    assert [facts(rules.clause_order, made, name) for name in ("order", "before", "behind")] == [[8], [8], [""]]


def named(*names: tuple[str, str]) -> Rows:
    return [
        {"task_id": task, "org_id": name, "name_in_source": name, "role": "listed", "rank": 1} for task, name in names
    ]


CLAUSES: Rows = [
    clause("美化村庄。"),
    clause("(责任单位:县农业局、县住建局)", "c1"),
    clause("疏浚例河(责任单位:省林业局)"),
]


def test_a_unit_is_printed_in_the_clause_of_its_task_or_below() -> None:
    units = named(("k1", "县农业局"), ("k1", "省林业局"), ("k2", "省林业局"), ("k2", "县农业局"), ("k9", "各镇"))
    made = plan(clauses=CLAUSES, tasks=[{}, {"clause_id": "c3"}], responsibilities=units)
    assert facts(lead.name_not_in_source, made, "name") == ["省林业局", "县农业局"]


@pytest.mark.parametrize(
    ("units", "tasks", "left"),
    [
        ([("k1", "县农业局"), ("k1", "县住建局")], [{}], ["省林业局"]),
        ([("k1", "县农业局")], [{}], ["县住建局", "省林业局"]),
        ([("k1", "县农业局"), ("k1", "县住建局"), ("k2", "省林业局")], [{}, {"clause_id": "c3"}], []),
        ([("k1", "县农业局"), ("k1", "县住建局"), ("k1", "省林业局")], [{}], ["省林业局"]),  # of a task elsewhere
        ([("k9", "县农业局")], [{}], ["县农业局县住建局", "省林业局"]),
    ],
)
def test_every_unit_of_a_list_is_accounted_for(units: list[tuple[str, str]], tasks: Rows, left: list[str]) -> None:
    made = plan(clauses=CLAUSES, tasks=tasks, responsibilities=named(*units))
    assert facts(rules.unit_not_accounted, made, "rest") == left


def test_a_circle_of_clauses_is_walked_once() -> None:
    circle = [clause("一", "c2"), clause("(责任单位:县农业局)", "c1")]
    made = plan(clauses=circle, tasks=[{}], responsibilities=named(("k1", "县农业局")))
    assert said(rules.unit_not_accounted, made) == [] == said(lead.name_not_in_source, made)


@pytest.mark.parametrize(
    ("source", "clauses", "expected"),
    [
        ("一段话说到这里还有一半\n下一段", ["一段话说到这里", "下一段"], ["c1", "", "还有一半"]),
        (
            "一段话说到这里\n还有一段\n下一段",
            ["一段话说到这里", "下一段"],
            ["c2", "下一段", "还有一段下一段"],
        ),  # lost as a whole
        ("一段话说到这里还有一半\n下一段", ["一段话说到这里", "另一段"], ["c2", "另一段", "还有一半下一段"]),
        ("还有一半\n下一段", ["下一段"], ["c1", "下一段", "还有一半下一段"]),
    ],
)
def test_a_clause_that_was_cut_is_told_itself(source: str, clauses: list[str], expected: list[str]) -> None:
    made = plan(source=source, clauses=[clause(text) for text in clauses])
    found = [[hit.key, hit.facts["found"], hit.facts["expected"]] for hit in rules.text_not_verbatim(world(made), made)]
    assert found == [expected]
