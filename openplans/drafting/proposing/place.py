"""A figure where it stands in its clause, with the words around it, as the tests of what it is ask for them.

Apart from `reasons` and `support`, which both judge places.
"""

from __future__ import annotations

from dataclasses import dataclass

from openplans.text.quantities import Figure


@dataclass(frozen=True)
class FigurePlace:
    """A figure where it stands: the words before and behind it in its part of the sentence (`until` the next mark), the
    sentence before it, and the figures that follow in its part.
    """

    figure: Figure
    text: str
    before: str
    after: str
    until: str
    sentence: str
    counted: tuple[Figure, ...]

    @property
    def later(self) -> list[Figure]:
        end = self.figure.end
        return [each for each in self.counted if end <= each.start < end + len(self.until)]

    @property
    def in_words(self) -> bool:
        """Whether a number is printed in Chinese: 三个方面."""
        return self.figure.kind in ("count", "word") and not any(each.isdigit() for each in self.figure.text)
