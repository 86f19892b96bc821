"""How Chinese is cut for the site's search: a text -> the tokens that Pagefind indexes it by.

Comes in: a text, or the name and value of a filter. Goes out: tokens. In the browser templates/assets/cut.js cuts what
is typed in the same way, and a test holds the two equal. Apart from text/segmentation.py, which cuts words for SQLite:
Pagefind knows no phrases, so that pairs of characters stand for them.
"""

from __future__ import annotations

from itertools import chain, pairwise

from openplans.text import segmentation

MARK = segmentation.MARK
"""It sets the tokens of filters apart from words, and ends a run of Chinese."""


def tokens(text: str) -> list[str]:
    """What a text is indexed by: words and numbers whole, Chinese in overlapping pairs of characters.

    Any two characters that stand side by side are found, whatever a dictionary takes for a word: 养老床 gives 养老
    老床 床ǁ. The last one is marked, so that a single character is found as the beginning of a token everywhere.
    """
    found = (pairwise([*segmentation.words(run), ""]) for run in segmentation.runs(text))
    return [_token(word, after) for word, after in chain.from_iterable(found)]


def tag(name: str, value: str) -> str:
    """The token that a filter looks for: ǁkindǁtargetǁ."""
    return MARK.join(["", name, "".join(filter(str.isalnum, value)), ""])


def _token(word: str, after: str) -> str:
    if not segmentation.is_han(word):
        return word
    return word + after if segmentation.is_han(after) else word + MARK
