"""Do a Chinese and an English text speak of the same numbers?

Comes in: a text in both languages. Goes out: whether a number of one is in the other, and the digits that it prints.
Apart from `quantities`, which reads the figures of documents: here 10亿 and 1 billion, or 1-billion-yuan, are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from math import prod

from openplans.text.folding import folded
from openplans.text.numerals import CHINESE, SCALES, arabic, chinese

_CHINESE = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?) ?([十百千万亿]*)")
_ENGLISH = re.compile(
    r"(?<![A-Za-z0-9.])([0-9][0-9,]*(?:\.[0-9]+)?)(?:[ -](hundred|thousand|million|billion|trillion))?(?![A-Za-z])"
)
_PRINTED = re.compile(r"(?<![0-9:])[0-9][0-9,]*(?:\.[0-9]+)?(?!:?[0-9]*:)")
"""A number, but no time of day."""
_NUMERAL = re.compile(CHINESE)
_IN_WORDS = re.compile(f"(?<![0-9.])(?<![0-9] )(?:{CHINESE})")
"""每万名 and 百万, and not the 万 of 10万."""
_LONG = re.compile(f"(?<![0-9.])(?<![0-9] )(?![千万亿](?![十百千万亿]))(?:{CHINESE})")
"""百万, and no 万 alone either, as in 千村示范、万村整治."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_WORDS = {"": 1, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def one_number(chinese: str, english: str) -> bool:
    """Whether one number at least of an English text is in the Chinese one; also where one of them has none."""
    there: set[Decimal] = set()
    for digits, scales in _CHINESE.findall(folded(chinese)):
        value = arabic(digits.rstrip(","))
        there |= {value, value * prod(SCALES[each] for each in scales)}
    said = {arabic(digits.rstrip(",")) * _WORDS[word] for digits, word in _ENGLISH.findall(english)}
    return not there or not said or bool(there & said)


def amount_unsaid(original: str, english: str, around: str = "") -> str:
    """The first amount of an English text in thousands, millions or more that neither the Chinese one has nor what
    stands `around` it: 10万 is 100 thousand and not 10 thousand; "" where there is none.
    """
    there = {*_amounts(original, _IN_WORDS), *_amounts(around, _LONG)}
    for number, word in _ENGLISH.findall(english):
        if _WORDS[word] >= _LARGE and arabic(number.rstrip(",")) * _WORDS[word] not in there:
            return f"{number} {word}"
    return ""


def _amounts(text: str, numeral: re.Pattern[str]) -> Iterator[Decimal | None]:
    """The amounts that a Chinese text prints; of 2、3万亩, the 2 has the scale of the 3."""
    printed = _CHINESE.findall(folded(text))
    scales = {prod(SCALES[each] for each in said) for _, said in printed}
    for number, said in printed:
        own = {prod(SCALES[each] for each in said)} if said else {1, *scales}
        yield from (arabic(number.rstrip(",")) * scale for scale in own)
    yield from (chinese(each) for each in numeral.findall(folded(text)))


_LARGE = 1000


def digits(text: str) -> dict[str, str]:
    """The numbers of two digits or more that a text prints, by their digits alone, which no scale changes: 688亿 and
    68.8 billion are 688.
    """
    printed = (each.rstrip(",") for each in _PRINTED.findall(folded(text)))
    return {key: each for each in printed if len(key := _alone(each.replace(",", ""))) > 1}


def digits_in_words(text: str) -> set[str]:
    """Those of the numbers that a text writes in Chinese: 十六 is 16."""
    values = (chinese(each) for each in _NUMERAL.findall(folded(text)))
    return {_alone(f"{value:f}") for value in values if value is not None}


def _alone(number: str) -> str:
    return number.replace(".", "").strip("0")


def mantissas(text: str) -> Counter[str]:
    """How often a text prints each number, by its digits alone; without years, which one language may tell of twice."""
    printed = (each.rstrip(",").replace(",", "") for each in _PRINTED.findall(folded(text)))
    return Counter(_alone(each) or "0" for each in printed if not _YEAR.fullmatch(each))


def other_numbers(chinese: str, english: str) -> tuple[str, str] | None:
    """A number of each text that the other has not, where both have such a one: one of the two is a slip."""
    here, there = mantissas(chinese), mantissas(english)
    left, right = here - there, there - here
    return (min(left), min(right)) if left and right else None
