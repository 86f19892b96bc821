"""Is an English word misspelt? No dictionary says so, but the other English of the project does.

Comes in: the World. Goes out: words of the registry, of a plan's notes and of its title that stand there once and are a
letter away from one that stands there often, or from a word of the row's own id. Apart from names.py, which asks
whether a name belongs to its row.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once

_COLUMNS = {
    "themes": ("name_en",), "concepts": ("name_en", "definition_en"), "organizations": ("name_en",),
    "terms": ("term_en",), "units": ("name_en",), "releases": ("change_en",),
}  # fmt: skip
"""The English of the registry; aliases are other spellings by design, and regions are names."""

_WORD = re.compile("[A-Za-z]{4,}")

LONG = 8
"""Letters: shorter words are often a letter away from another (state, estate)."""
OFTEN = 3

SHORT = 6
"""Letters: of words from here on a letter may be missing, which makes few of them another word (produt, villge)."""
VERY_OFTEN = 5

_THRICE = re.compile(r"([a-z])\1\1+")
"""No English word has a letter three times on end."""

_ENDING = re.compile("(?:s|es|ees|d|ed|r|er|ing|y|ies|al|ly|e|ion)$")


def word_misspelt(world: World) -> Iterator[tuple[Package, Hit]]:
    """No word of the registry is a letter away from one that is meant."""
    registry = world.project.registry
    often = _Often(_registry_words(world))
    for name, columns in _COLUMNS.items():
        table = registry.tables[name]
        for row in table.rows:
            for column in columns:
                found = dict(
                    [*often.misspelt(row[column]), *_unlike_id(row[column], row[table.columns[0]], often.count)]
                )
                for word, meant in found.items():
                    if meant not in _names_of_others(world, row):
                        yield registry, at(table, row, column, word=word, meant=_alike(meant, word))

    for region, meant in _unlike_organizations(world):
        yield registry, at(registry.tables["regions"], region, "name_en", word=region["name_en"], meant=meant)


def _unlike_organizations(world: World) -> Iterator[tuple[Row, str]]:
    """Regions by whose name none of their units is called, but most by one that is nearly it: Pinyang, Pingyang."""
    for region, word in called_by_organizations(world):
        if rests(word) & rests(region["name_en"]):
            yield region, word


def called_by_organizations(world: World) -> Iterator[tuple[Row, str]]:
    """Regions by whose name none of their units is called, each with a word by which most of them are."""
    organizations: defaultdict[str, list[str]] = defaultdict(list)
    for organization in world.organizations.values():
        organizations[organization["region_code"]].append(organization["name_en"])
    for code, region in world.regions.items():
        name, called = region["name_en"], organizations[code]
        count = Counter(word for each in called for word in set(_WORD.findall(each)))
        if len(called) >= OFTEN and not count[name]:
            yield from ((region, word) for word in count if word != name and count[word] * 2 > len(called))


def _names_of_others(world: World, row: Row) -> set[str]:
    """The words of the names of regions that a unit is not of: Xincheng of one county is no slip for Jincheng."""
    own = world.region_chain(row.get("region_code", ""))
    return set(_counted(region["name_en"] for code, region in world.regions.items() if own and code not in own))


def note_misspelt(world: World, plan: Package) -> Iterator[Hit]:
    """No word of a note's comment or of a plan's English title is a letter away from one that is meant."""
    title = str(plan.descriptor.get("title_en", ""))
    often = _Often(_registry_words(world) + _counted([title, *(row["comment_en"] for row in plan["notes"])]))
    for word, meant in often.misspelt(title):
        yield at(None, column="title_en", word=word, meant=_alike(meant, word))
    for row in plan["notes"]:
        for word, meant in often.misspelt(row["comment_en"]):
            yield at(plan.tables["notes"], row, "comment_en", word=word, meant=_alike(meant, word))


def _alike(meant: str, word: str) -> str:
    """A word with a capital where another has one."""
    return meant.capitalize() if word[0].isupper() else meant


class _Often:
    """The words that stand often in some texts, by what is left of them where a letter is lost: two words with one
    letter lost, added, put for another or exchanged with its neighbour have a rest in common (symmetric deletion).
    """

    def __init__(self, count: Counter[str]) -> None:
        self.count = count
        self.rests: defaultdict[str, list[str]] = defaultdict(list)
        for word in (word for word, number in count.items() if number >= OFTEN and len(word) >= LONG - 1):
            for rest in rests(word):
                self.rests[rest].append(word)

    def misspelt(self, text: str) -> Iterator[tuple[str, str]]:
        """(word, the one that is meant) of the words of a text that stand nowhere else."""
        for word in _WORD.findall(text):
            low = word.lower()
            if _THRICE.search(low):
                yield word, _THRICE.sub(r"\1\1", low)
            elif len(low) >= SHORT and self.count[low] == 1:
                near = self._near(low) if len(low) >= LONG else self._lacking(low) | self._turned(low)
                if meant := min((each for each in near if not _inflected(low, each)), default=""):
                    yield word, meant

    def _turned(self, word: str) -> set[str]:
        """The words that stand more than once and are the one given but for two letters side by side, which makes no
        other word of one: length of lenght."""
        turned = {word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1)}
        return {each for each in turned - {word} if self.count[each] > 1}

    def _near(self, word: str) -> set[str]:
        return {each for rest in rests(word) for each in self.rests.get(rest, ())}

    def _lacking(self, word: str) -> set[str]:
        """The words that stand very often and lost a letter within to be the one given: product of produt."""
        longer = (each for each in self.rests.get(word, ()) if len(each) > len(word) and self.count[each] >= VERY_OFTEN)
        return {each for each in longer if (each[0], each[-1]) == (word[0], word[-1])}


def rests(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _unlike_id(name: str, key: str, count: Counter[str]) -> Iterator[tuple[str, str]]:
    """The words of a name that are nearly one of the id's, which the name has not, and no other form of it: what seems
    one (forestery) stands elsewhere, too."""
    words = {word.lower(): word for word in _WORD.findall(name)}
    for meant in (each for each in _WORD.findall(key) if each not in words):
        for word, written in words.items():
            form = _inflected(word, meant) and (count[word] > 1 or word.startswith(meant) or meant.startswith(word))
            if word not in key and rests(word) & rests(meant) and not form:
                yield written, meant


def _inflected(one: str, other: str) -> bool:
    """Whether two words are forms of one: village, villages."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or _stem(one) == _stem(other)


def _stem(word: str) -> str:
    """A word without its ending, and that before it: villag of villages and of villagers."""
    return _ENDING.sub("", _ENDING.sub("", word))


@once
def _registry_words(world: World) -> Counter[str]:
    """How often the English of the registry has a word."""
    registry = world.project.registry
    texts = (row[column] for name, columns in _COLUMNS.items() for row in registry[name] for column in columns)
    aliases = (row["alias"] for row in registry["aliases"] if row["language"] == "en")
    regions = _counted(row["name_en"] for row in registry["regions"])
    return _counted(chain(texts, aliases)) + Counter(dict.fromkeys(regions, OFTEN))


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(_WORD.findall("\n".join(texts).lower()))
