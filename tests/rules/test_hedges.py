"""The hedge of a promise, in its quote and in its row: each branch by a sentence and a row or two."""

from __future__ import annotations

import pytest

from openplans.rules import hedges as rules
from tests.rules.made import Rows, clause, facts, plan, said


@pytest.mark.parametrize(
    ("text", "quote", "word", "cut", "unmarked"),
    [
        ("力争新建农庄5家", "力争新建农庄5家", "力争", [], []),
        ("力争新建农庄5家", "力争新建农庄5家", "", [], ["力争"]),
        ("力争新建农庄5家", "新建农庄5家", "", ["力争"], []),
        ("力争新建农场2家、农庄5家", "农庄5家", "", ["力争"], []),  # of every member of a list
        ("力争新建农场2家,农庄5家", "农庄5家", "", [], []),
        ("力争,农庄5家,力争农场", "农庄5家", "", [], []),
        ("农庄5家", "农庄5家", "", [], []),
        ("力争努力新建农庄5家", "新建农庄5家", "", ["努力"], []),  # the nearest
        ("力争努力新建农庄5家", "力争努力新建农庄5家", "", [], ["力争"]),  # the first
        ("力争农庄5家,力争农庄5家", "力争农庄5家", "", [], []),  # twice there: another rule's
    ],
)
def test_a_quote_holds_its_hedge_and_its_row_says_it(
    text: str, quote: str, word: str, cut: list[str], unmarked: list[str]
) -> None:
    made = plan(
        clauses=[clause(text)], targets=[{"quote": quote, "commitment": word}, {"quote": "x", "clause_id": "c9"}]
    )
    assert facts(rules.hedge_cut_off, made, "word") == cut
    assert facts(rules.hedge_unmarked, made, "word") == unmarked


def test_around_a_cut_is_its_part_up_to_the_end_of_the_quote() -> None:
    made = plan(clauses=[clause("整治,力争新建农庄5家,验收")], targets=[{"quote": "新建农庄5家"}])
    assert facts(rules.hedge_cut_off, made, "around") == ["力争新建农庄5家"]


@pytest.mark.parametrize(
    ("text", "commitment", "over"),
    [
        ("力争农场2家,农庄5家", "力争", ["力争"]),
        ("力争农场2家、农庄5家", "力争", ["力争"]),
        ("力争农场2家。农庄5家", "力争", []),
        ("力争农场2家,和农庄5家", "力争", ["力争"]),
        ("力争农场2家,整治后农庄5家", "力争", []),
        ("力争农场2家,农庄5家", "", []),
        ("力争农场2家,农庄5家", "基本", []),  # which speaks of its own part only
    ],
)
def test_what_follows_a_hedged_promise_has_its_hedge(text: str, commitment: str, over: list[str]) -> None:
    rows: Rows = [{"quote": "力争农场2家", "commitment": commitment}, {"quote": "农庄5家"}]
    assert facts(rules.hedge_passed_over, plan(clauses=[clause(text)], targets=rows), "word") == over
    rows[1]["commitment"] = "努力"
    assert said(rules.hedge_passed_over, plan(clauses=[clause(text)], targets=rows)) == []


def test_a_hedge_reaches_from_promise_to_promise_by_the_row_that_has_it() -> None:
    rows: Rows = [
        {"quote": "力争农场2家", "commitment": "力争"},
        {"quote": "农庄5家", "commitment": "力争"},
        {"quote": "桥3座"},
    ]
    made = plan(clauses=[clause("力争农场2家,农庄5家,桥3座")], targets=rows)
    assert facts(rules.hedge_passed_over, made, "first") == ["t2"]


def test_a_commitment_is_a_word_of_its_quote() -> None:
    made = plan(
        targets=[{"quote": "力争农庄5家", "commitment": "力争"}, {"quote": "农庄5家", "commitment": "力争"}, {}]
    )
    assert said(rules.commitment_not_in_quote, made) == [("t2", "commitment")]
