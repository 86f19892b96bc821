"""Words that stand in a text only where two others meet: 调解 in 协调解决, 村民 in 乡村民宿.

Comes in: texts of one thing. Goes out: those words, which nobody who types them means. Apart from segmentation.py,
which is for the standard library only: where words end a dictionary knows (jieba's), and only the build needs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

import rjieba

from openplans.text import segmentation

_KEPT = 100_000
"""How many texts and pairs of characters are kept cut: names and aliases stand in many rows."""


def across(texts: Iterable[str]) -> list[str]:
    """The words of two characters that the texts have only as the end of one word and the beginning of the next."""
    found = [_pairs(text) for text in texts]
    meeting = dict.fromkeys(pair for met, _ in found for pair in met)
    return [pair for pair in meeting if not any(pair in within for _, within in found)]


@lru_cache(_KEPT)
def _pairs(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words that are where two others meet in a text, and every pair of characters that stands elsewhere in it."""
    meeting: list[str] = []
    within: set[str] = set()
    for run in _runs(text):
        words = rjieba.cut(run, False)
        ends = list(accumulate(map(len, words)))
        seams = {end for end, (a, b) in zip(ends, pairwise(words), strict=False) if len(a) > 1 and len(b) > 1}
        for at, (first, second) in enumerate(pairwise(run), start=1):
            pair = first + second
            if at not in seams:
                within.add(pair)
            elif _is_word(pair):
                meeting.append(pair)
    return tuple(meeting), frozenset(within)


def _runs(text: str) -> Iterator[str]:
    """The runs of Chinese in a text, without marks."""
    for run in segmentation.runs(text):
        parted = groupby(segmentation.words(run), segmentation.is_han)
        yield from ("".join(signs) for chinese, signs in parted if chinese)


@lru_cache(_KEPT)
def _is_word(pair: str) -> bool:
    return len(rjieba.cut(pair, False)) == 1
