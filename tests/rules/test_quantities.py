"""Figures of rows and of sentences: each branch by a sentence and a row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from openplans.rules import quantities as rules
from tests.rules.made import Rows, clause, facts, plan, row, said, world


@pytest.mark.parametrize(
    ("text", "own", "wrong"),
    [
        ("农庄5家", row("5"), []),
        ("农庄5家", row("6"), ["value"]),
        ("农庄5家", row("0"), ["value"]),
        ("农庄5家", row(None), []),
        ("农庄5至7家", row("5", quote="农庄5至7家", most="7"), []),
        ("农庄5至7家", row("5", quote="农庄5至7家", most="8"), ["value_max"]),
        ("农庄5家", row("6", quote="农场"), []),  # a quote that is not there: another rule's
        ("农庄5家农庄5家", row("6"), []),
        ("农庄5家,农场6家", row("6"), ["value"]),  # outside of the quote
        ("实现全覆盖", row("100", "%", "实现全覆盖"), []),
    ],
)
def test_the_value_of_a_row_is_a_figure_of_its_quote(text: str, own: dict[str, Any], wrong: list[str]) -> None:
    found = said(rules.value_not_in_quote, plan(clauses=[clause(text)], targets=[own]))
    assert [column for _, column in found] == wrong
    if own["value_max"] is None:
        bare = {name: own[name] for name in ("value", "unit", "quote")}
        reported = said(rules.value_not_in_quote, plan(clauses=[clause(text)], baselines=[bare]))
        assert [key for key, _ in reported] == ["b1"] * len(wrong)


def test_of_a_row_of_a_table_the_last_cell_counts() -> None:
    text = "农庄\u30005\u30006"
    for kind, wrong in (("table_row", True), ("paragraph", False)):
        made = plan(clauses=[clause(text, kind=kind)], targets=[row("5", "", text)])
        assert bool(said(rules.value_not_in_quote, made)) is wrong
    targets = [row("6", "", text), row("5", "", "农庄\u30005"), row("6", "", "6")]
    assert said(rules.value_not_in_quote, plan(clauses=[clause(text, kind="table_row")], targets=targets)) == []
    first = plan(clauses=[clause("5农庄", kind="table_row")], targets=[row("5", "", "5农庄")])
    assert said(rules.value_not_in_quote, first) == []


@pytest.mark.parametrize(
    ("text", "own", "wrong"),
    [
        ("农庄5家", row("5"), False),
        ("农庄5家", row("5", "个"), True),
        ("农庄5只", row("5", "个", "农庄5只"), False),  # a unit that nobody registered
        ("农庄5", row("5", "个", "农庄5"), False),
        ("农庄5至7家", row("5", "家", "农庄5至7家", most="7"), False),
        ("农庄5个至7家", row("5", "个", "农庄5个至7家", most="7"), True),  # that of the upper end
        ("农庄5家", row("6"), False),
    ],
)
def test_a_unit_that_is_printed_is_that_of_the_row(text: str, own: dict[str, Any], wrong: bool) -> None:
    made = plan(clauses=[clause(text)], targets=[own])
    assert said(rules.unit_differs, made) == [("t1", "unit")] * wrong


@pytest.mark.parametrize(
    ("comparator", "value", "most", "wrong"),
    [
        ("eq", "5", None, ""), ("eq", None, None, "value"), ("eq", "5", "7", "value_max"), ("eq", None, "7", "value"),
        ("range", "5", "7", ""), ("range", "5", None, "comparator"), ("range", None, "7", "value"),
        ("range", None, None, "value"), ("range", "7", "5", "value"), ("range", "5", "5", "value"),
        ("range", "0", "5", ""),
        ("relative", None, None, ""), ("relative", "5", None, "comparator"), ("relative", "5", "7", "value"),
        ("relative", None, "7", "value"),
    ],
)  # fmt: skip
def test_a_comparator_has_as_many_values_as_it_compares(
    comparator: str, value: str | None, most: str | None, wrong: str
) -> None:
    made = plan(targets=[row(value, most=most, comparator=comparator)])
    assert said(rules.value_and_comparator, made) == ([("t1", wrong)] if wrong else [])


@pytest.mark.parametrize(
    ("text", "rows", "left"),
    [
        ("农庄5家", {}, ["5家"]),
        ("农庄5家", {"targets": [row("5")]}, []),
        ("农庄5家", {"baselines": [{"value": Decimal(5), "unit": "家", "quote": "农庄5家"}]}, []),
        ("农庄5家", {"projects": [{"quote": "农庄5家"}]}, []),
        ("农庄5家", {"references": [{"quote": "5家"}]}, []),
        ("农庄5家", {"references": [{"quote": "农庄"}]}, ["5家"]),
        ("农庄5家", {"targets": [row("6")]}, []),  # which waits until that is mended
        ("农庄5家", {"targets": [row("5", quote="农场5家")]}, []),
        ("农庄5家", {"targets": [row(None, comparator="relative")]}, ["5家"]),
        ("农庄5家", {"targets": [row(None)]}, []),
        ("2025年农庄5家,7名", {"targets": [row("5", quote="2025年农庄5家,7名")]}, ["7名"]),  # dates are accounted for
        ("农庄5家,2025年", {"targets": [row("5")]}, ["2025年"]),  # not outside of the quote
        ("2025年农庄5家", {"targets": [row("5")]}, ["2025年"]),
        ("农庄5至7家", {"targets": [row("5", quote="农庄5至7家", most="7")]}, []),
        ("农庄5家农庄7家", {"references": [{"quote": "农庄"}]}, []),  # twice there
    ],
)
def test_every_number_is_accounted_for(text: str, rows: dict[str, Rows], left: list[str]) -> None:
    assert facts(rules.figure_not_accounted, plan(clauses=[clause(text)], **rows), "figure") == left


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [("1\u3000农庄5家", "1", ["5家"]), ("1\u3000农庄5家", "", ["1", "5家"]), ("  1\u3000农庄5家", "1", ["5家"]),
     ("农庄1家", "1", ["1家"]), ("12\u3000农庄5家", "12", ["5家"])],
)  # fmt: skip
def test_the_number_of_a_clause_promises_nothing(text: str, number: str, left: list[str]) -> None:
    assert facts(rules.figure_not_accounted, plan(clauses=[clause(text, number=number)]), "figure") == left


def test_twelve_letters_around_a_number_are_shown() -> None:
    text = "一是要加快推进各项有关工作新建农庄达到5家一体化推进各项有关工作"
    [around] = facts(rules.figure_not_accounted, plan(clauses=[clause(text)]), "around")
    at = text.index("5家")
    assert around == text[at - 12 : at + 14]
    assert facts(rules.figure_not_accounted, plan(clauses=[clause("农庄5家")]), "around") == ["农庄5家"]


def test_one_clause_that_waits_holds_up_no_other() -> None:
    made = plan(clauses=[clause("农庄5家"), clause("农场7家")], targets=[row("6")])
    assert facts(rules.figure_not_accounted, made, "figure") == ["7家"]


@pytest.mark.parametrize(
    ("text", "unit", "start"),
    [
        ("农庄5家、农场5个", "家", 2),
        ("农庄5家、农场5个", "个", 7),
        ("农庄5家、农场5家", "家", 7),
        ("农庄5家、农场5家", "名", 7),
    ],
)
def test_of_equal_figures_the_one_in_the_unit_of_the_row_or_the_last_states_it(
    text: str, unit: str, start: int
) -> None:
    made = plan(clauses=[clause(text)], targets=[row("5", unit, text)])
    figure = rules.stating(world(made), made, made["targets"][0], "value")
    assert figure and figure.start == start


def test_a_printed_number_goes_before_words() -> None:
    text = "全部村庄覆盖率100%"
    made = plan(clauses=[clause(text)], targets=[row("100", "%", text)])
    figure = rules.stating(world(made), made, made["targets"][0], "value")
    assert figure and figure.text == "100%"


@pytest.mark.parametrize(
    ("quote", "whole"),
    [
        ("2025年5月31日", []), ("2025年5月", []), ("2025年", []),
        ("2025", ["2025年5月31日"]), ("2025年5", ["2025年5月31日"]),
        ("25年5月31日", ["2025年5月31日"]), ("占80", ["占80%"]),
        ("占8", ["占80%"]), ("占80%", []), ("第3", []), ("第3条", []),
    ],
)  # fmt: skip
def test_the_quote_of_a_reference_does_not_cut_a_number(quote: str, whole: list[str]) -> None:
    made = plan(clauses=[clause("2025年5月31日,占80%。第3条")], references=[{"quote": quote}])
    assert facts(rules.quote_cut_off, made, "figure") == whole
