"""The words and rules by which documents say who leads."""

from __future__ import annotations

import pytest

from openplans.text.roles import first_leads_from, mark_of, said_of


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("牵头单位", "牵头"), ("配合单位", "配合"), ("第一责任单位", "第一责任"), ("责任单位", ""),
        ("牵头及配合单位", ""),         ("责任单位(标*为牵头单位)", ""), ("协作", "协作"), ("主责部门", "主责"),
    ],
)  # fmt: skip
def test_a_label_gives_a_role_where_it_names_one(words: str, said: str) -> None:
    assert said_of(words) == said


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("标注▲的为牵头单位,其他为配合单位。", "▲"), ("(标*为牵头单位)", "*"), ("打“●”的单位牵头", "●"),
        ("★为牵头单位", "★"), ("●县农业局牵头,县财政局配合", ""), ("▲为约束性指标", ""),
    ],
)  # fmt: skip
def test_a_document_says_what_marks_those_who_lead(text: str, mark: str) -> None:
    assert mark_of(["一、总体要求", text]) == mark


def test_heads_in_lines_of_their_own_say_that_the_first_leads() -> None:
    assert first_leads_from(["目标", "主要责任单位", "责任单位", "1.修桥"]) == 2
    assert first_leads_from(["目标", "牵头部门", "配合部门", "1.修桥"]) == 2
    assert first_leads_from(["目标", "责任单位", "1.修桥"]) is None
    assert first_leads_from(["主要责任单位", "目标", "责任单位"]) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("排在第一位的为牵头单位。", 0),
        ("未标明牵头单位的,由排序第一的单位负责牵头协调。", 0),
        ("(责任单位:甲局、乙局,列第一位的为牵头单位)", 1),
        ("列第一位的为牵头单位,下同", 1),
        ("(责任单位:甲局、乙局。排名首位者牵头)", 1),
        ("本方案所列责任单位,排名第一的为牵头单位,下同", 0),
        ("培育首位产业1个,由甲局牵头", None),
    ],
)
def test_the_rule_of_the_first_holds_from_a_list_on_or_for_all(text: str, place: int | None) -> None:
    assert first_leads_from(["一、总体要求", text]) == place
