"""Quotes of a clause: found in it once, with the hedge that governs them.

Apart, because a hedge reaches from one promise of a list to the next, so the promises of a clause are quoted in order.
"""

from __future__ import annotations

from openplans.rules.hedges import JOINS
from openplans.rules.quotes import is_repeated
from openplans.schema import contract
from openplans.text.folding import CELL
from openplans.text.hedges import OWN_PART_ONLY, hedges, part_start

WORDS = tuple(contract.fields(contract.tables("plan")["targets"])["commitment"]["constraints"]["enum"])


class Quoting:
    """The quotes of one clause, in order."""

    def __init__(self, text: str = "") -> None:
        self.begin(text)

    def begin(self, text: str) -> None:
        """Turn to a clause."""
        self.text = text
        self._last: tuple[int, int, str] = (0, -1, "")

    def hedged(self, start: int, end: int) -> tuple[int, str]:
        """Where a quote has to begin so that it holds its hedge, and the hedge ("" where nothing hedges)."""
        found = hedges(self.text, WORDS, part_start(self.text, start), end)
        if found:
            place, word = found[0][0], found[-1][1]
            own = min(start, place)
        elif self._last[2] and len(self.text[:start].rstrip(JOINS)) == self._last[1]:
            own, word = self._last[0], self._last[2]
        else:
            own, word = start, ""
        self._last = (own, end, word if word not in OWN_PART_ONLY else "")
        return own, word

    def quote(self, start: int, end: int) -> str:
        """The piece from `start` to `end`, longer to the left, and then to the right, until it is found once."""
        floor = self.text.rfind(CELL, 0, start) + 1
        while start > floor and self.text[start:end].strip() != self.text[start:end]:
            start += 1
        begin, stop = start, end
        while is_repeated(self.text, self.text[begin:stop]) and (begin > 0 or stop < len(self.text)):
            begin, stop = (begin - 1, stop) if begin > 0 else (begin, stop + 1)
        return self.text[begin:stop]
