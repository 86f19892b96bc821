"""Is there a wrong character in a Chinese name? No dictionary says so, but the documents and the registry do.

Comes in: the World. Goes out: characters of the registry's names and definitions that stand beside their neighbours
nowhere else, where another of the same sound often does: 空汽质量 for 空气质量. Apart from spelling.py, whose words are
of letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.rules.hits import Hit, at, once

_COLUMNS = {
    "themes": ("name_zh",), "concepts": ("name_zh", "definition_zh"), "organizations": ("name_zh",),
    "regions": ("name_zh",),
}  # fmt: skip
"""What is judged; aliases are everyday words, and terms are held against the documents by another rule."""

_WHOLE = {("themes", "name_zh"), ("concepts", "name_zh")}
"""The names that are not shortened, as those of bureaus are."""

_HEARD = {**_COLUMNS, "aliases": ("alias",), "terms": ("term",)}
"""What is learnt from, beside the documents."""

_HAN = re.compile("[\u4e00-\u9fff]+")

OFTEN = 2
"""How often the other character has to stand there."""

_LITTLE = "之的和与及或等在为是总"
"""Words of one letter, which stand beside any other."""

_MAY_LACK = "总年的新各省市县区级大小全累净均性化型类等与和及或"
"""Characters without which a name is another way to say the same, and not misspelt."""

SOUNDS = 9
"""How near each other in GB 2312 two characters of one sound stand: its first 3,755 are in the order of pinyin. What an
input method offers for one sound is what people mistype."""

_FIRST, _LAST, _ROW = 0xB0A1, 0xD7F9, 94
"""The first level of GB 2312, in rows of so many."""


def character_misspelt(world: World) -> Iterator[tuple[Package, Hit]]:
    """No character stands where another of its sound does everywhere else."""
    registry, known = world.project.registry, _Known(_all_heard(world))
    for name, columns in _COLUMNS.items():
        for row in registry[name]:
            for column in columns:
                for word, meant in known.slips(row[column], lost=(name, column) in _WHOLE):
                    yield registry, at(registry.tables[name], row, column, word=word, meant=meant)


@once
def names_heard(world: World) -> str:
    """The names and aliases of the registry, a line each."""
    registry = world.project.registry
    return "\n".join(row[each] for name, columns in _HEARD.items() for row in registry[name] for each in columns)


def _all_heard(world: World) -> str:
    """The texts of all documents, and these."""
    plans = (each for each in world.project.plans if "clauses" in each.tables)
    return "\n".join([*(row["text"] for plan in plans for row in plan["clauses"]), names_heard(world)])


class _Known:
    """All that is heard, one text: it is asked of few places, and to look is faster than to count all of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rare: dict[tuple[str, int], bool] = {}

    def stands_nowhere_else(self, pair: str, own: int) -> bool:
        """Whether two characters stand beside each other no more often than so many times."""
        if (pair, own) not in self.rare:
            place = -1
            for _ in range(own + 1):
                if (place := self.text.find(pair, place + 1)) < 0:
                    break
            self.rare[pair, own] = place < 0
        return self.rare[pair, own]

    def slips(self, text: str, lost: bool) -> Iterator[tuple[str, str]]:
        """(some characters, the ones that are meant) of a text that was taken in; with `lost`, where one lacks, or is
        there twice, too.
        """
        own = Counter(pair for part in _HAN.findall(text) for pair in map("".join, pairwise(part)))
        for part in _HAN.findall(text):
            for place in range(1, len(part) - 1):
                beside = part[place - 1 : place + 1], part[place : place + 2]
                if part[place] not in _LITTLE and all(self.stands_nowhere_else(pair, own[pair]) for pair in beside):
                    yield from self._meant(part, place)

        for part in _HAN.findall(text):
            for place in range(1, len(part) - 1) if lost else ():
                yield from self._lost(part, place, own)
            for place in range(1, len(part) - 2):
                yield from self._exchanged(part, place, own)

    def _lost(self, part: str, place: int, own: Counter[str]) -> Iterator[tuple[str, str]]:
        """(three characters, the ones that are meant) where one is lost between two, or there twice."""
        pair, three = part[place - 1 : place + 1], part[place - 1 : place + 2]
        if not self.stands_nowhere_else(pair, own[pair]):
            return
        if pair[0] == pair[1] and self.text.count(three[1:]) > own[three[1:]]:
            yield three, three[1:]
        elif pair[0] != pair[1]:
            for lost, count in self._in_the_gap(f"{three[0]}?{three[1:]}", 1).items():
                if count > OFTEN and _HAN.match(lost) and lost not in _MAY_LACK:
                    yield three, three[0] + lost + three[1:]
                    return

    def _exchanged(self, part: str, place: int, own: Counter[str]) -> Iterator[tuple[str, str]]:
        """(four characters, the ones that are meant) where two have changed places."""
        four = part[place - 1 : place + 3]
        turned = four[0] + four[2] + four[1] + four[3]
        beside = [four[at : at + 2] for at in range(3)]
        alone = turned != four and all(self.stands_nowhere_else(pair, own[pair]) for pair in beside)
        if alone and min(self.text.count(turned[:3]), self.text.count(turned[1:])) >= OFTEN:
            yield four, turned

    def _in_the_gap(self, three: str, place: int) -> Counter[str]:
        """Which characters stand in the place of one of three, and how often."""
        left, right = three[:place], three[place + 1 :]
        sought = max((left, right), key=len) if place != 1 else min((left, right), key=self.text.count)
        behind = len(sought) if sought == left else -1  # where the gap is from what is sought on
        found: Counter[str] = Counter()
        at = self.text.find(sought)
        while at >= 0:
            gap = at + behind
            if gap >= len(left) and self.text[gap - len(left) : gap] == left and self.text.startswith(right, gap + 1):
                found[self.text[gap : gap + 1]] += 1
            at = self.text.find(sought, at + 1)
        return found

    def _meant(self, part: str, place: int) -> Iterator[tuple[str, str]]:
        """(three characters, the ones that are meant) where a letter is in a wrong place, once."""
        for start in range(max(0, place - 2), min(place, len(part) - 3) + 1):
            three = part[start : start + 3]
            for other, count in self._in_the_gap(three, place - start).items():
                if other != part[place] and count >= OFTEN and sound_alike(part[place], other):
                    yield three, three[: place - start] + other + three[place - start + 1 :]
                    return


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters stand near each other in the order of their sounds."""
    places = [_place(each) for each in (one, other)]
    return None not in places and abs(places[0] - places[1]) <= SOUNDS  # type: ignore[operator]


def _place(letter: str) -> int | None:
    """The place of a character in the first level of GB 2312; None where it is not in it."""
    try:
        code = int.from_bytes(letter.encode("gb2312"))
    except UnicodeEncodeError:
        return None
    return (code >> 8) * _ROW + (code & 0xFF) if _FIRST <= code <= _LAST else None
