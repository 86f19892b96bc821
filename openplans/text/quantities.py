"""Figures as plans write them: value, unit, comparator, range, and the name each belongs to.

Comes in: Chinese text and the registry's units. Goes out: the figures in it, in order. Knows no tables and no files.
Apart, because every check of a figure against its sentence rests on it. This is the module that others import; those
behind it, in the order in which a figure is read: `named_numbers` (what is none), `figure_parser` (what may be one, and
in what form), `numerals` (its digits), `units` (万, 亿, 多, the unit), `comparators` (the words around it), `lists`
(several).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from openplans.text import comparators, lists
from openplans.text.figure import Figure
from openplans.text.figure_parser import Parser
from openplans.text.folding import CELL, folded
from openplans.text.named_numbers import name_spans
from openplans.text.numerals import CHINESE, chinese
from openplans.text.spacing import Tight, tight
from openplans.text.units import magnitude, units_of

__all__ = ["CELL", "Figure", "figures", "magnitude", "names", "spoken", "within"]

HALF = 50
"""The one value in words that has a side on both ends: 超过半数, 一半以上, 不到一半."""

_SAID = {
    "全覆盖": (100, "%"),
    "全部": (100, "%"),
    "一半": (HALF, "%"),
    "半数": (HALF, "%"),
    "零增长": (0, "%"),
    "清零": (0, ""),
    "翻番": (100, "%"),
    "翻了一番": (100, "%"),
    "翻一番": (100, "%"),
    "翻两番": (300, "%"),
}
"""Words that state a value: (value, unit). Doubling is a growth of 100 %."""

ENTITLED = "[应愿能宜][\u4e00-\u9fff]尽[\u4e00-\u9fff]"
"""What is promised to everyone entitled to it, or willing: 应保尽保, 愿改尽改."""
NONE = ("零发生", "零事故", "零伤亡", "零新增", "零投诉", "零欠薪", "零流失", "零辍学")
"""Ways to say that there shall be none."""
_SAID |= dict.fromkeys(NONE, (0, ""))

_SAID_WORDS = re.compile("|".join(_SAID))
NEARLY = re.compile("基本(?:(?:完成|实现|达到|做到)[^,;。0-9]{0,30})?$")
"""What stands before a value that is nearly so; elsewhere 基本 is part of names."""
CLEARED = "清零(?!行动|机制|制度|管理|专项|攻坚|工程)"
"""What promises that nothing is left, and is no name of how that is done."""
_NUMERALS = re.compile(f"翻[一二两三四]?番|{CHINESE}")


@lru_cache(maxsize=4096)
def figures(text: str, units: tuple[str, ...]) -> tuple[Figure, ...]:
    """Every Arabic number that is no name, and every Chinese numeral that counts something, in order of appearance.

    Kept for the texts seen last, since each row of a clause asks again.
    """
    close = tight(text)
    plain = folded(close.text)
    found = lists.joined(plain, Parser(close.text, plain, units_of(units)).read())
    return tuple(found if close.text == text else (_as_printed(close, each) for each in found))


def _as_printed(close: Tight, figure: Figure) -> Figure:
    """A figure of a text without blanks, where the printed one has it."""
    start, end = close.span(figure.start, figure.end)
    return replace(figure, start=start, end=end, text=close.printed[start:end])


def names(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text has names, ordinals, list numbers and sayings that hold a numeral, which `figures` leaves out."""
    close = tight(text)
    return tuple(close.span(start, end) for start, end in name_spans(folded(close.text)))


@lru_cache(maxsize=4096)
def spoken(text: str) -> tuple[Figure, ...]:
    """The values that a text states in words only: 全覆盖 (100 %), 清零
    (0), and Chinese numerals with nothing to count (十万农创客)."""
    plain = folded(text)
    found: list[Figure] = []
    for match in _SAID_WORDS.finditer(plain):
        value, unit = _SAID[match.group()]
        said = "approx" if NEARLY.search(plain, 0, match.start()) else "eq"
        if match.group().startswith("翻"):
            said = comparators.behind(plain, match.end(), False) or said
        elif value == HALF:
            bound = comparators.behind(plain, match.end(), False)
            said = bound or comparators.before(plain, match.start(), 0, "%", True) or said
        found.append(Figure(*match.span(), match.group(), Decimal(value), 1, unit, "word", said))
    for match in _NUMERALS.finditer(plain):
        start, end = match.span()
        if (number := chinese(match.group())) is not None:
            said = comparators.behind(plain, end, False) or comparators.before(plain, start, 0, "", True)
            found.append(Figure(start, end, text[start:end], number, 1, "", "count", said or "eq"))
    return tuple(sorted(found, key=lambda each: each.start))


def within(period: str, start: str, end: str) -> bool:
    """Whether a period (year, year-month or date) lies inside two dates, compared at the coarser precision. One that is
    not told ("") does."""
    return start[: len(period)] <= period <= end[: len(period)]
