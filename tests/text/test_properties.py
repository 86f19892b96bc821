"""What holds for every text, found in any document or made up."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from openplans.text.folding import folded
from openplans.text.quantities import CELL, Figure, figures, names, spoken
from tests.text.test_figures import UNITS, cases

PHRASES = [phrase for phrase, _ in cases()]
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
"""ASCII as full-width forms."""

pieces = st.one_of(
    st.sampled_from(PHRASES),
    st.text("0123456789０１２３９.．,，:：/／-—~～%％‰()（） 　+±≥≤<>＜＞", max_size=8),
    st.text(
        "一二三两十百千万亿零〇半几数多余成分之翻番点年月日第每个家户元亩至到从分别达到以上以内左右和、“”", max_size=10
    ),
    st.text(max_size=6),
)
texts = st.lists(pieces, max_size=12).map("".join)
fields = ("start", "end", "value", "magnitude", "unit", "kind", "comparator", "value_max", "role")


def read(text: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(each, field) for field in fields) for each in figures(text, UNITS)]


@given(texts, st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_a_document_cut_anywhere_is_read(text: str, start: int, end: int) -> None:
    piece = text[start : start + end]
    for figure in (*figures(piece, UNITS), *spoken(piece)):
        assert figure.comparator in {"ge", "gt", "le", "lt", "approx", "eq", "range"}
        assert figure.value.is_finite()


@given(texts)
@settings(max_examples=200, deadline=None)
def test_every_figure_lies_where_it_says_and_none_upon_another(text: str) -> None:
    last = 0
    for figure in figures(text, UNITS):
        assert text[figure.start : figure.end] == figure.text != ""
        assert last <= figure.start < figure.end <= len(text)
        last = figure.end


@given(texts)
@settings(max_examples=200, deadline=None)
def test_half_width_and_full_width_forms_are_read_alike(text: str) -> None:
    assert read(text) == read(text.translate(WIDE)) == read(folded(text))
    assert len(folded(text)) == len(text)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_every_digit_is_in_a_figure_or_in_a_name(text: str) -> None:
    """The rule that nothing is passed over rests on this."""
    spans = [(each.start, each.end) for each in figures(text, UNITS)] + list(names(text))
    covered = {place for start, end in spans for place in range(start, end)}
    assert {place.start() for place in re.finditer("[0-9]", folded(text))} <= covered


@example("0-1,0")
@given(texts)
@settings(max_examples=200, deadline=None)
def test_a_range_rises(text: str) -> None:
    for figure in figures(text, UNITS):
        assert (figure.comparator == "range") == (figure.value_max is not None)
        assert figure.value_max is None or figure.value < figure.value_max


@given(st.decimals(Decimal("0.01"), Decimal(10**6), places=2), st.sampled_from(UNITS))
def test_a_figure_states_what_it_prints(value: Decimal, unit: str) -> None:
    [figure] = [each for each in figures(f"达到{value}{unit}", UNITS) if each.start == 2]
    assert figure.states(value, unit) and figure.comparator == "ge" and figure.unit == unit


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "百千万",
        "1.",
        "1,",
        "1-",
        "1:",
        "1/",
        "第一",
        "分之",
        "“一",
        "(",
        "达到",
        "从1",
        "每",
        "、1",
        "A1",
        "1+",
        CELL + "1",
        "5个和",
        "甲、",
        "分别",
        "超",
        "一个一",
    ],
)
def test_the_time_of_reading_grows_with_the_text_only(piece: str) -> None:
    """Steps are counted, not seconds: four times the text may take no more than some six times the steps."""
    small, large = (steps(piece * count) for count in (150, 600))
    assert large < 6 * small + 1000


def steps(text: str) -> int:
    """How many lines of Python run while a text is read; a pattern that runs away shows as a test that never ends."""
    import sys

    count = 0

    def trace(frame: object, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    figures.cache_clear()
    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        figures(text, UNITS)
    finally:
        sys.settrace(before)
    return count


def test_figures_are_values() -> None:
    [figure] = figures("达到5个", UNITS)
    assert figure == Figure(2, 4, "5个", Decimal(5), 1, "个", comparator="ge")
    assert hash(figure)
