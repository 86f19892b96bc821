"""A period knows its days, its like and its order, and refuses what is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from openplans.text.period import BadPeriod, Period, year_of

KINDS = {"year": 4, "half": 7, "quarter": 7, "month": 7, "ytd": 7, "date": 10}


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2025", "year", "2025-01-01", "2025-12-31"),
        ("2025-06", "half", "2025-01-01", "2025-06-30"),
        ("2025-12", "half", "2025-07-01", "2025-12-31"),
        ("2025-09", "quarter", "2025-07-01", "2025-09-30"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2025-11", "ytd", "2025-01-01", "2025-11-30"),
        ("2025-01", "ytd", "2025-01-01", "2025-01-31"),
        ("2025-06-30", "date", "2025-06-30", "2025-06-30"),
        ("2025-06", "date", "2025-06-01", "2025-06-30"),
        ("2023/2025", "span", "2023-01-01", "2025-12-31"),
        ("2023-07/2025-06", "span", "2023-07-01", "2025-06-30"),
        ("2023-07-15/2025-06-15", "span", "2023-07-15", "2025-06-15"),
    ],
)
def test_a_text_means_days_by_its_kind(text: str, kind: str, start: str, end: str) -> None:
    period = Period.parse(text, kind)
    assert (period.start.isoformat(), period.end.isoformat(), period.kind, str(period)) == (start, end, kind, text)


@pytest.mark.parametrize(
    ("text", "kind"), [("2025", "year"), ("2025-06", "month"), ("2025-06-30", "date"), ("2023/2025", "span")]
)
def test_without_a_kind_a_text_means_what_it_writes(text: str, kind: str) -> None:
    assert Period.parse(text) == Period.parse(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2025-02-31", "date"),
        ("2023-02-29", ""),
        ("2025-00", "ytd"),
        ("2025-00", "month"),
        ("2025-00", "quarter"),
        ("2025-00", ""),
        ("2025-13", "month"),
        ("2025-06-00", ""),
        ("0000", "year"),
        ("0000-01", "ytd"),
        ("2025-05", "half"),
        ("2025-10", "quarter"),
        ("2025-12", "ytd"),
        ("2025-06", "year"),
        ("2025", "month"),
        ("2025", "half"),
        ("2025", "date"),
        ("2025-06-30", "month"),
        ("2025", "span"),
        ("2025/2025", "span"),
        ("2025-01/2025-06", "span"),
        ("2025/2023", "span"),
        ("2023/", "span"),
        ("2023/2025", "year"),
        ("2023/2024/2025", "span"),
        ("2025", "decade"),
        ("", ""),
        ("25", ""),
        ("2025-6", ""),
        ("２０２５", ""),
        ("2025 ", ""),
        ("2025\n", ""),
        ("2025-06-30T", ""),
        ("20250630", ""),
    ],
)
def test_what_is_no_period_of_its_kind_is_refused(text: str, kind: str) -> None:
    with pytest.raises(BadPeriod):
        Period.parse(text, kind)


def test_a_span_goes_from_the_first_day_of_one_to_the_last_of_the_other() -> None:
    span = Period.span("2023", "2027-06")
    assert (span.start, span.end, span.kind) == (date(2023, 1, 1), date(2027, 6, 30), "span")
    assert list(span.years) == [2023, 2024, 2025, 2026, 2027] and str(span) == "2023/2027-06"
    assert Period.span("2025", "2025") == Period.parse("2025")
    with pytest.raises(BadPeriod):
        Period.span("2027", "2023")


def test_a_period_contains_what_lies_wholly_inside_it() -> None:
    year, half = Period.parse("2025"), Period.parse("2025-06", "half")
    assert year.contains(half) and year.contains(year) and not half.contains(year)
    assert half.contains(date(2025, 6, 30)) and not half.contains(date(2025, 7, 1))
    assert not half.contains(Period.parse("2025-07"))
    assert not Period.parse("2025-07").contains(half)


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        (("2020", "year"), ("2025", "year"), True),
        (("2023-06", "half"), ("2025-06", "ytd"), True),  # one thing by two names
        (("2023-06", "half"), ("2023-12", "half"), False),
        (("2020-11", "month"), ("2020-11", "ytd"), False),
        (("2020-11", "month"), ("2025-03", "month"), False),  # a November is no March
        (("2023-06-12", "date"), ("2025-12-31", "date"), True),
        (("2025-12-31", "date"), ("2025", "year"), False),
        (("2025", "year"), ("2025-06", "half"), False),
    ],
)
def test_only_the_same_part_of_a_year_is_like(one: tuple[str, str], other: tuple[str, str], like: bool) -> None:
    assert Period.parse(*one).is_like(Period.parse(*other)) is like
    assert Period.parse(*other).is_like(Period.parse(*one)) is like


def test_a_span_of_years_is_not_like_a_year() -> None:
    assert not Period.span("2023", "2027").is_like(Period.parse("2025"))


def test_periods_are_in_order_of_their_ends_and_can_be_keys() -> None:
    texts = [("2025", "year"), ("2025-11", "ytd"), ("2025-11", "month"), ("2024", "year"), ("2025-12-31", "date")]
    ordered = sorted(Period.parse(*each) for each in texts)
    assert [(str(each), each.kind) for each in ordered] == [
        ("2024", "year"), ("2025-11", "ytd"), ("2025-11", "month"), ("2025", "year"), ("2025-12-31", "date"),
    ]  # fmt: skip
    assert len({*ordered, Period.parse("2024")}) == 5 and ordered[0] <= ordered[0] < ordered[1]


@given(some.dates(), some.sampled_from(sorted(KINDS)))
def test_every_day_has_at_most_one_period_a_kind_and_it_gives_its_text_back(day: date, kind: str) -> None:
    text = day.isoformat()[: KINDS[kind]]
    try:
        period = Period.parse(text, kind)
    except BadPeriod:
        assert kind in ("half", "quarter", "ytd")
        return
    assert Period.parse(str(period), period.kind) == period
    assert period.contains(day) and period.contains(period) and period.is_like(period)
    assert day.year in period.years and len(period.years) == 1


@pytest.mark.parametrize(("text", "year"), [("2025", "2025"), ("2025-06-30", "2025"), ("2025-q4", "2025"), ("", "")])
def test_a_text_begins_with_its_year(text: str, year: str) -> None:
    assert year_of(text) == year


def test_what_begins_with_no_year_has_none() -> None:
    assert [year_of(each) for each in (None, "十四五", "06-2025")] == ["", "", ""]
