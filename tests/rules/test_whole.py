"""A text that was cut off is told by its end."""

from __future__ import annotations

import pytest

from openplans.rules import whole as rules
from tests.rules.made import of_registry, plan, said, world


@pytest.mark.parametrize(
    ("column", "text", "cut"),
    [
        ("comment_zh", "正文为90%，附件为80%。", False),
        ("comment_zh", "正文为90%，附件为", True),
        ("comment_zh", "原文作“经济经开区”。", False),
        ("comment_zh", "原文作“经济经开", True),
        ("comment_zh", "只剩右括号“)”和“(”。", False),  # a bracket that is quoted
        ("comment_zh", "用字不同（推测）。", False),
        ("comment_zh", "用字不同（推测。", True),
        ("comment_en", "The annex has no row 2.", False),
        ("comment_en", "The annex has no row", True),
        ("comment_en", "It says “model village.”", False),
    ],
)
def test_a_comment_ends_with_its_full_stop(column: str, text: str, cut: bool) -> None:
    assert said(rules.cut_off, plan(notes=[{column: text}])) == [("n1", column)] * cut


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("Share of villages with a museum", False),
        ("Share of villages with", True),
        ("People looked after", False),
        ("Share of the", True),
        ("Museums, libraries and", True),
        ("Museums built by villages of commis", True),
        ("Museums built by commission", False),  # it stands elsewhere as well
        ("Commis", False),  # may be a name
    ],
)
def test_an_english_name_ends_with_a_word(name: str, cut: bool) -> None:
    rows = [{"term": "甲", "term_en": name}, {"term": "乙", "term_en": "Commission of commissioners"}]
    found = [each for each in of_registry(rules.registry_cut_off, world(terms=rows)) if each[0] == "甲"]
    assert found == [("甲", "term_en")] * cut
