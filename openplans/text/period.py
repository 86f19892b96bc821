"""A stretch of time as a value: what a period's text and kind mean.

Comes in: the text of a cell (2025, 2025-06, 2025-06-30, 2023/2025) and its kind. Goes out: a Period with its first and
last day, which can be compared, ordered and asked what it contains. Apart, because a half-year, a month and "January to
June" are written alike and mean different stretches, and nobody should tell them apart by cutting strings.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering
from typing import Literal, cast

PeriodKind = Literal["year", "half", "quarter", "month", "ytd", "date", "span"]
"""`ytd`: from January to the month, which is not December: that is the year. `date`: the state on a day or, where the
source names only the month (截至2024年9月), at that month's end. `span`: a stretch over several years, as from the
start of a plan to its end."""

WRITTEN = {
    "year": ("year",),
    "half": ("month",),
    "quarter": ("month",),
    "month": ("month",),
    "ytd": ("month",),
    "date": ("date", "month"),
    "span": ("span",),
}
"""Whether a kind is written by its year, its last month, its day, or by where it begins and ends (ISO 8601)."""

_FORMS = {4: "year", 7: "month", 10: "date"}
"""The same by the length of a text."""

_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}

_TEXT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


FIVE_YEARS = {f"十{digit}五": (2006 + 5 * place, 2010 + 5 * place) for place, digit in enumerate("一二三四五六七")}
"""The first and the last year of each national five-year plan, as documents call it: 十四五 is 2021 to 2025."""

ANNUAL_MEAN = re.compile("年(?:均|平均)(?!浓度|气温|降水|降雨|径流)")
"""What is said of the mean of several years; a mean concentration or temperature is one year's own."""


class BadPeriod(ValueError):
    """A text that is no period of its kind: 2025-02-31, the year 0000, a half-year that ends in May."""


@total_ordering
@dataclass(frozen=True)
class Period:
    """From the day `start` to the day `end`, both inside. Ordered
    by end, then by start: what is over first comes first."""

    start: date
    end: date
    kind: PeriodKind

    @classmethod
    @lru_cache(maxsize=4096)  # a thousand plans have some hundred periods
    def parse(cls, text: str, kind: str = "") -> Period:
        """The period that `text` means as one of `kind`; without a
        kind, the year, month, day or years that it writes. BadPeriod."""
        if text.count("/") == 1 and kind in ("span", ""):
            return cls.several(*text.split("/"))
        match, written = _TEXT.fullmatch(text), _FORMS.get(len(text), "")
        kind = kind or written
        if not match or written not in WRITTEN.get(kind, ()):
            raise BadPeriod(f"{text} ({kind})")
        try:
            start, end = _days(
                "month" if (kind, written) == ("date", "month") else kind, *(int(each or 0) for each in match.groups())
            )
        except ValueError as error:
            raise BadPeriod(f"{text} ({kind})") from error
        return cls(start, end, cast(PeriodKind, kind))

    @classmethod
    @lru_cache(maxsize=4096)
    def span(cls, start: str, end: str) -> Period:
        """From the first day of one text's period to the last of
        another's; the period itself where they are the same. BadPeriod."""
        first, last = cls.parse(start), cls.parse(end)
        if last.end < first.start:
            raise BadPeriod(f"{start} > {end}")
        return first if first == last else cls(first.start, last.end, "span")

    @classmethod
    def several(cls, start: str, end: str) -> Period:
        """The same of texts that lie in two years; BadPeriod where they do not."""
        found = cls.span(start, end)
        if len(found.years) == 1:
            raise BadPeriod(f"{start}/{end}")
        return found

    @property
    def years(self) -> range:
        """The calendar years that it touches."""
        return range(self.start.year, self.end.year + 1)

    def contains(self, other: Period | date) -> bool:
        """Whether all of another period, or a day, lies inside this one."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    def is_like(self, other: Period) -> bool:
        """Whether both are the same part of their years, or both a day: a first half is like any January to June."""
        if "date" in (self.kind, other.kind):
            return self.kind == other.kind
        return self._months == other._months

    @property
    def _months(self) -> tuple[int, int, int]:
        """Its first and its last month, and how many years it touches."""
        return self.start.month, self.end.month, len(self.years)

    def __str__(self) -> str:
        """As its cell has it."""
        if self.kind == "span":
            return f"{_first(self.start)}/{_last(self.end)}"
        written = "date" if self.start == self.end else "year" if self.kind == "year" else "month"
        return self.end.isoformat()[: {"year": 4, "month": 7, "date": 10}[written]]

    def __lt__(self, other: Period) -> bool:
        return (self.end, self.start, self.kind) < (other.end, other.start, other.kind)


def year_of(text: object) -> str:
    """The year that a period's or a day's text (2025-06) begins with, as it is written; "" where it has none."""
    return year if (year := str(text)[:4]).isdecimal() else ""


def month_of(text: str) -> str:
    """The month of a day's text, as it is written: 2025-06 of 2025-06-30."""
    return text[:7]


def days(start: str, end: str) -> tuple[date | None, date | None]:
    """The first day of one text's period and the last of another's; None where there is no text. BadPeriod."""
    return Period.parse(start).start if start else None, Period.parse(end).end if end else None


def _first(day: date) -> str:
    """The shortest text whose period begins on a day."""
    return day.isoformat()[: 10 if day.day > 1 else 7 if day.month > 1 else 4]


def _last(day: date) -> str:
    """The shortest text whose period ends on a day."""
    month_ends = day.day == monthrange(day.year, day.month)[1]
    return day.isoformat()[: 10 if not month_ends else 7 if day.month < 12 else 4]


def _days(kind: str, year: int, month: int, day: int) -> tuple[date, date]:
    """The first and last day; ValueError where there is no such day, or no period of this kind ends in that month."""
    if kind == "date":
        return date(year, month, day), date(year, month, day)
    last = date(year, month or 12, 1) if kind == "year" else date(year, month, 1)
    months = _MONTHS.get(kind, last.month)
    if last.month % months or (kind == "ytd" and last.month == 12):
        raise ValueError(kind)
    return last.replace(month=last.month - months + 1), last.replace(day=monthrange(year, last.month)[1])
