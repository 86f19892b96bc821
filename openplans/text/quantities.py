"""Numbers, units, comparators and periods as plans write them.

Comes in: Chinese text and the registry's units. Goes out: the figures in it, with
value, magnitude, unit and the comparator their words give. Knows no tables, no
files. Apart, because every check of a figure against its sentence rests on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import cn2an

CELL = "\u3000"
"""What parts the cells of a table row: an ideographic space."""

MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_CHINESE = re.compile(rf"翻[一两]?番|[{_NUMERAL}]+")
_TIME_WORDS = ("年", "个月", "月", "日", "小时", "次", "岁", "批次", "周年")
"""What a Chinese numeral may count besides the registry's units, so that 三年 is a figure and 一体化 is not."""

_WORDS = {
    "全覆盖": (100, "%"),
    "全部": (100, "%"),
    "一半": (50, "%"),
    "半数": (50, "%"),
    "零增长": (0, "%"),
    "清零": (0, ""),
    "翻一番": (100, "%"),
    "翻两番": (300, "%"),
}
"""Words that state a value: (value, unit). Doubling is a growth of 100 %."""

_BREAK = re.compile(r"[,,;;。、::()()\u3000]")
_BEFORE = (  # the word nearest the figure decides; a longer word that holds a shorter one stands first
    (
        "ge",
        (
            "不低于",
            "不少于",
            "不小于",
            "不下于",
            "至少",
            "达到",
            "提高到",
            "提高至",
            "提升到",
            "提升至",
            "增加到",
            "增至",
            "达",
        ),
    ),
    ("le", ("不超过", "不高于", "不大于", "控制在", "缩小到", "缩小至", "下降到", "下降至", "降到", "降至", "压减到")),
    ("gt", ("超过", "突破", "高于", "大于", "多于", "优于", "超")),
    ("lt", ("低于", "小于", "少于")),
    ("approx", ("大约", "约", "近")),
)
_NO_COMPARATOR = ("达标", "通达", "到达", "超声", "附近", "邻近")
"""Words in which a comparator's character means something else."""
_AFTER = (("ge", ("以上", "及以上")), ("le", ("以下", "以内", "之内")), ("approx", ("左右", "上下")))


@dataclass(frozen=True)
class Figure:
    """A number in a text: characters `start` to `end`, unit included where one follows.

    `value` is the number as printed without its magnitude ("4.5万人次": 4.5), `magnitude`
    the factor of 十百千万亿 behind it (10000), `unit` the registry's unit that follows
    ("万人次"; "" where none does).
    """

    start: int
    end: int
    text: str
    value: Decimal
    magnitude: int
    unit: str

    def states(self, value: Decimal, unit: str) -> bool:
        """Whether the figure says `value` of `unit`; a bare figure may have its unit elsewhere (a table's header)."""
        if self.unit in _TIME_WORDS and self.unit != unit:  # 2025年 states no 2025 of anything else
            return False
        if self.value * self.magnitude == value * magnitude(unit):
            return True
        return self.magnitude == 1 and self.value == value

    @property
    def is_time(self) -> bool:
        """Whether the figure is a date or a span of time: 2025年, 三年."""
        return self.unit in _TIME_WORDS


def magnitude(unit: str) -> int:
    """The factor that a unit's name begins with: 10000 for 万亩, 1 for 亩."""
    return MAGNITUDES.get(unit[:1], 1) if len(unit) > 1 else 1


@lru_cache(maxsize=4096)
def figures(text: str, units: tuple[str, ...]) -> tuple[Figure, ...]:
    """Every Arabic number, and every Chinese numeral that counts something, in order of appearance.

    Kept for the texts seen last, since each row of a clause asks again.
    """
    unit = _unit_pattern(units)
    found = [_arabic(match, text, unit) for match in _ARABIC.finditer(text)]
    taken = {place for each in found for place in range(each.start, each.end)}
    for match in _CHINESE.finditer(text):
        if match.start() not in taken:
            found.extend(_chinese(match, text, unit))
    return tuple(sorted(found, key=lambda each: each.start))


@lru_cache
def _unit_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    names = sorted({*units, *_TIME_WORDS}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names)))


def _arabic(match: re.Match[str], text: str, unit: re.Pattern[str]) -> Figure:
    end = match.end()
    scale = 1
    while end < len(text) and text[end] in MAGNITUDES:
        scale *= MAGNITUDES[text[end]]
        end += 1
    whole = unit.match(text, match.end())
    rest = unit.match(text, end)
    name = whole.group() if whole else rest.group() if rest else ""
    stop = max(end, rest.end() if rest else 0, whole.end() if whole else 0)
    return Figure(match.start(), stop, text[match.start() : stop], Decimal(match.group()), scale, name)


def _chinese(match: re.Match[str], text: str, unit: re.Pattern[str]) -> list[Figure]:
    """The figure of a Chinese numeral: where a unit follows, where it ends in 亿 (千亿), or where it doubles (翻一番)."""
    word = match.group()
    if word.startswith("翻"):
        return [Figure(match.start(), match.end(), word, Decimal(2 if "两" in word else 1), 1, "番")]
    following = unit.match(text, match.end())
    if not following and not (len(word) > 1 and word.endswith("亿")):
        return []
    if unit.fullmatch(word + (following.group() if following else "")):  # 万亩 alone names a unit and counts nothing
        return []
    value = _numeral(word)
    if value is None:
        return []
    stop = following.end() if following else match.end()
    return [Figure(match.start(), stop, text[match.start() : stop], value, 1, following.group() if following else "")]


def _numeral(word: str) -> Decimal | None:
    """The value of a Chinese numeral; None for 百千万 and the like, a numeral in form and a saying in fact."""
    try:
        return Decimal(str(cn2an.cn2an("一" + word if word[0] in "百千万亿" else word, "normal")))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def spoken(text: str) -> tuple[Figure, ...]:
    """The values that a text states in words only: 全覆盖 (100 %), 清零 (0), and Chinese numerals with nothing to count (十万农创客)."""
    found = [
        Figure(match.start(), match.end(), word, Decimal(value), 1, unit)
        for word, (value, unit) in _WORDS.items()
        for match in re.finditer(word, text)
    ]
    for match in _CHINESE.finditer(text):
        value = _numeral(match.group())
        if value is not None:
            found.append(Figure(match.start(), match.end(), match.group(), value, 1, ""))
    return tuple(sorted(found, key=lambda each: each.start))


def comparator(text: str, figure: Figure) -> str:
    """The comparator that the words around a figure give: ge, gt, le, lt, approx, or eq where there is none."""
    if figure.text in _WORDS and text.endswith("基本", 0, figure.start):  # 基本全覆盖; elsewhere 基本 is part of names
        return "approx"
    after = text[figure.end : figure.end + 4].lstrip("(%)")
    for name, words in _AFTER:
        if after.startswith(words):
            return name
    breaks = [each.end() for each in _BREAK.finditer(text, 0, figure.start)]
    before = text[max(breaks[-1] if breaks else 0, figure.start - 12) : figure.start]
    best, end = "eq", -1
    for kind, known in _BEFORE:
        for word in known:
            at = before.rfind(word)
            if at >= 0 and at + len(word) > end and not _inside_longer(before, at, word):
                best, end = kind, at + len(word)
    return best


def _inside_longer(before: str, at: int, word: str) -> bool:
    """Whether the word found is part of a longer one with another sense (低于 in 不低于, 达 in 达标率)."""
    return any(
        word != other and word in other and at >= other.index(word) and before.startswith(other, at - other.index(word))
        for other in (*_NO_COMPARATOR, *(longer for _, words in _BEFORE for longer in words))
    )


def within(period: str, start: str, end: str) -> bool:
    """Whether a period (year, year-month or date) lies inside two dates, compared at the coarser precision."""
    return start[: len(period)] <= period <= end[: len(period)]
