"""Numbers of a Chinese text and of its translation."""

from __future__ import annotations

import pytest

from openplans.text.both import amount_unsaid


@pytest.mark.parametrize(
    ("chinese", "english", "around", "unsaid"),
    [
        ("10万人", "100 thousand people", "", ""),
        ("10万人", "10 thousand people", "", "10 thousand"),
        ("10万人", "1 million people", "100万人", ""),
        ("每万名老年人", "per 10 thousand elderly people", "", ""),
        ("不写数", "10 thousand", "千村示范、万村整治", "10 thousand"),
        ("2、3万亩", "20 thousand and 30 thousand mu", "", ""),
        ("百万新农人", "1 million new farmers", "", ""),
        ("100万人 十万农创客", "10 thousand", "", "10 thousand"),
        ("3个，10亿元级", "3 of the 1-billion-yuan class", "", ""),
        ("3个，10亿元级", "3 of the 10-billion-yuan class", "", "10 billion"),
        ("688亿元", "68.8 billion yuan, 5 more", "", ""),
    ],
)
def test_an_amount_in_thousands_or_more_is_in_both_texts(chinese: str, english: str, around: str, unsaid: str) -> None:
    assert amount_unsaid(chinese, english, around) == unsaid
