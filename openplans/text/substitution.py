"""Which words of a text became which others in a copy of a piece of it.

Comes in: the copy and the text. Goes out: the one pair (words of the text, words of the copy). Apart, because both are
plain texts: a find-and-replace leaves the same pair in each cell.
"""

from __future__ import annotations

from difflib import SequenceMatcher

_AROUND = 8
"""Letters: how much longer than the copy the piece of the text may be, on each side."""


def substitution(copy: str, text: str) -> tuple[str, str] | None:
    """What was put for what, where it is the same wherever they differ; of an opening and a closing mark both. None
    where they differ in several ways.
    """
    block = SequenceMatcher(None, text, copy, autojunk=False).find_longest_match()
    start = max(0, block.a - block.b - _AROUND)
    piece = text[start : block.a + len(copy) - block.b + _AROUND]
    steps = SequenceMatcher(None, piece, copy, autojunk=False).get_opcodes()
    while steps and steps[0][0] == "delete":  # what stands before the piece
        steps.pop(0)
    while steps and steps[-1][0] == "delete":
        steps.pop()
    for end, (kind, a, b, c, d) in ((0, steps[0]), (-1, steps[-1])) if steps else ():
        if kind == "replace" and b - a > d - c:  # what stands before the piece, or behind it, is no part of it
            steps[end] = (kind, b - (d - c), b, c, d) if end == 0 else (kind, a, a + (d - c), c, d)
    found = list(dict.fromkeys((piece[a:b], copy[c:d]) for kind, a, b, c, d in steps if kind != "equal"))
    if len(found) == 2 and not any(each.isalnum() or len(each) != 1 for pair in found for each in pair):
        [(one, one_now), (other, other_now)] = sorted(found)
        return one + other, one_now + other_now
    return found[0] if len(found) == 1 else None
