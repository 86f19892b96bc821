"""Is the title or the publisher of a source, or the scope of a figure, a letter away from what others are called?

Comes in: the observations and the updates, with the regions. Goes out: titles, publishers, scopes and places that are,
but for years, a letter off one that stands elsewhere. Apart from characters.py, which looks for letters in the
documents: what sources are called stands in no document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.characters import sound_alike
from openplans.rules.cited import cores
from openplans.rules.hits import Hit, at
from openplans.rules.spelling import rests

_PIECES = re.compile(r"[\s()（）《》“”·;；,，:：\d]+年?")
"""What parts the names that a title or a publisher is made of; years count for nothing."""

_COLUMNS = {
    "sources": ("title", "publisher"), "updates": ("source_title",), "observations": ("scope", "place"),
}  # fmt: skip

LONG = 5
"""Letters of a name, from which on a letter more or less makes no other name of it."""


def source_misspelt(world: World, package: Package) -> Iterator[Hit]:
    """No name in the title or the publisher of a source, nor a scope or a place, is a letter away from one that stands
    in another row."""
    for name, columns in _COLUMNS.items():
        table = package.tables.get(name)
        for column in columns if table else ():
            for row, word, meant in _slips(world, table.rows if table else [], column):
                yield at(table, row, column, word=word, meant=meant)


def _slips(world: World, rows: list[Row], column: str) -> Iterator[tuple[Row, str, str]]:
    """(a row, a name in it that stands there alone, the one that is meant)."""
    holders: defaultdict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for piece in _pieces(row[column]):
            holders[piece].add(number)
    near: defaultdict[str, set[str]] = defaultdict(set)
    for piece in holders:
        for rest in rests(piece):
            near[rest].add(piece)
    for piece, numbers in holders.items():
        others = {each for rest in rests(piece) for each in near[rest]} - {piece} if len(numbers) == 1 else set()
        others = {each for each in others if len(holders[each]) > 1 or min(holders[each]) < min(numbers)
                  or _of_a_place(world, each)}  # fmt: skip
        if meant := next((each for each in sorted(others) if _slip(world, piece, each, len(holders[each]))), ""):
            yield rows[min(numbers)], piece, meant


def _pieces(text: str) -> list[str]:
    return [piece for piece in _PIECES.split(text) if len(piece) >= LONG]


def _slip(world: World, piece: str, other: str, count: int) -> bool:
    """Whether one name is a slip for another that stands so often: a letter of the same sound, one too many or too
    few, two exchanged; of places called nearly alike none is.
    """
    changed = [(one, two) for one, two in zip_longest(piece, other, fillvalue="") if one != two]
    if _of_a_place(world, piece) - _of_a_place(world, other):
        return False
    if len(piece) == len(other):
        turned = len(changed) == 2 and changed[0] == changed[1][::-1]
        return turned or (len(changed) == 1 and sound_alike(*changed[0]))
    return count > 1


def _of_a_place(world: World, name: str) -> set[str]:
    """The registered places that a name has."""
    return {place for place in cores(world).values() if place in name}
