"""Do a Chinese and an English text speak of the same numbers?

Comes in: a text in both languages. Goes out: whether a number of one is in the other. Apart from `quantities`, which
reads the figures of documents: here 10亿 and 1 billion, or 1-billion-yuan, are one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import prod

from openplans.text.folding import folded
from openplans.text.numerals import SCALES, arabic

_CHINESE = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?) ?([十百千万亿]*)")
_ENGLISH = re.compile(
    r"(?<![A-Za-z0-9.])([0-9][0-9,]*(?:\.[0-9]+)?)(?:[ -](hundred|thousand|million|billion|trillion))?(?![A-Za-z])"
)
_WORDS = {"": 1, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def one_number(chinese: str, english: str) -> bool:
    """Whether one number at least of an English text is in the Chinese one; also where one of them has none."""
    there: set[Decimal] = set()
    for digits, scales in _CHINESE.findall(folded(chinese)):
        value = arabic(digits.rstrip(","))
        there |= {value, value * prod(SCALES[each] for each in scales)}
    said = {arabic(digits.rstrip(",")) * _WORDS[word] for digits, word in _ENGLISH.findall(english)}
    return not there or not said or bool(there & said)
