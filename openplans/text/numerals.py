"""Numerals as documents print them: 1,200 and 12.5, 一百二十 and 十二点五.

Comes in: folded text. Goes out: patterns that find a numeral, and its value. Knows no units and no comparators.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
"""What multiplies a numeral when it stands behind it: 3亿, 1.2万."""

CHINESE_DIGITS = "零〇一二两三四五六七八九"
DIGITS_OF_A_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
"""二〇二七 digit by digit."""

_PARTED = r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,6}(?![0-9])|[1-9][0-9]{0,2}(?:[ ][0-9]{3}){1,6}(?=[%\u4e00-\u9fff])"
"""Thousands parted by commas, or by blanks where a unit follows at once: 1,200, 10 000亩."""
ARABIC = rf"(?:{_PARTED}|[0-9]{{1,24}})(?:\.[0-9]{{1,12}})?"
CHINESE = rf"[{CHINESE_DIGITS}{''.join(SCALES)}]{{1,24}}(?:点[{CHINESE_DIGITS}]{{1,8}})?"

_ORDER = "一二三四五六七八九"
_LETTERS = {*CHINESE_DIGITS, *SCALES, "点"}


def arabic(printed: str) -> Decimal:
    """The value of an Arabic numeral, with or without a comma or a blank at its thousands."""
    return Decimal(printed.replace(",", "").replace(" ", ""))


@lru_cache(maxsize=4096)
def chinese(printed: str) -> Decimal | None:
    """The value of a Chinese numeral; None for a numeral in form that is a saying in fact (百千万), or vague (三五).

    百, 千, 万 and 亿 without a digit before them count one: 百名 is 100.
    """
    if len(printed) > 1 and len(printed) != 4 and not set(printed) & {*SCALES, "点"}:
        return None  # digits without a place: a year has four (二〇二五), 三五 is "a few"
    if set(printed) - _LETTERS:
        return None  # 翻一番
    if (plain := _plain(printed)) is not None:
        return Decimal(plain)
    import cn2an  # takes longer than to read a plan, and few plans print what needs it

    try:
        return Decimal(str(cn2an.cn2an("一" + printed if printed[0] in "百千万亿" else printed, "normal")))
    except (ValueError, LookupError):  # cn2an looks some odd sequences up in vain (亿〇)
        return None


def _plain(printed: str) -> int | None:
    """The value of a numeral below a hundred, or of letters that multiply (十万): nearly all that documents print."""
    first, second = printed[:1], printed[1:]
    if first in SCALES and (not second or (second in ("万", "亿") and SCALES[first] < SCALES[second])):
        return scale(printed)
    if len(printed) == 1:
        return _ORDER.find(printed.replace("两", "二")) + 1  # 零 and 〇 are none of them
    tens, ten, ones = printed.rpartition("十")
    if tens in ("", *_ORDER) and ones in ("", *_ORDER) and printed:
        return int(f"{_ORDER.find(tens) + 1 if tens else int(bool(ten))}{_ORDER.find(ones) + 1 if ones else 0}")
    return None


def neighbours(printed: str) -> tuple[int, int] | None:
    """The two digits of 两三 (个), which names no number but a span: (2, 3)."""
    digits = printed.replace("两", "二")
    at = _ORDER.find(digits)
    return (at + 1, at + 2) if len(digits) == 2 and at >= 0 else None


def scale(letters: str) -> int:
    """The factor of the letters behind a numeral: 10 000 for 万, 100 000 for 十万, 10**12 for 万亿."""
    factor = 1
    for letter in letters:
        factor *= SCALES[letter]
    return factor
