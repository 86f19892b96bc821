"""Words that stand in a text only where two others meet: 调解 in 协调解决, 村民 in 乡村民宿.

Comes in: texts of one thing. Goes out: those words, which nobody who types them means. Apart from segmentation.py,
which is for the standard library only: where words end a dictionary knows (jieba's), and only the build needs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, pairwise

import rjieba

from openplans.text import segmentation

_KNOWN = 100_000
"""How many runs of Chinese and pairs of characters are kept cut: names and aliases stand in many rows."""


def across(texts: Iterable[str]) -> list[str]:
    """The words of two characters that the texts have only as the end of one word and the beginning of the next."""
    meeting: dict[str, None] = {}
    within: set[str] = set()
    for run in _runs(texts):
        words = _words(run)
        seams = {a[-1] + b[0] for a, b in pairwise(words) if len(a) > 1 and len(b) > 1}
        meeting.update(dict.fromkeys(pair for pair in sorted(seams) if _words(pair) == (pair,)))
        within.update(a + b for word in words for a, b in pairwise(word))
        within.update({a[-1] + b[0] for a, b in pairwise(words)} - seams)
    return [pair for pair in meeting if pair not in within]


def _runs(texts: Iterable[str]) -> Iterator[str]:
    """The runs of Chinese in texts, without marks."""
    for run in (run for text in texts for run in segmentation.runs(text)):
        parted = groupby(segmentation.words(run), segmentation.is_han)
        yield from ("".join(signs) for chinese, signs in parted if chinese)


@lru_cache(_KNOWN)
def _words(run: str) -> tuple[str, ...]:
    return tuple(rjieba.cut(run, False))
