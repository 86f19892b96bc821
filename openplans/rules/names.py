"""Do the names of the registry belong to their rows, and their rows to each other?

Comes in: the World. Goes out: rows of the registry whose names, definitions or aliases are those of others, English
names in small letters, an order with gaps, a subject of one concept. Apart from registry.py, which judges a row by
itself: here it is held against its like.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.themes import concept_theme_differs
from openplans.text.folding import folded

Words = Callable[[str], set[str]]

_SMALL = re.compile("[a-z]")
_CAPITALS = ("regions", "organizations", "themes", "concepts")
"""The tables whose English names stand alone, as titles do; a term or a unit stands in a sentence."""

_MARKS = re.compile(r"[^\w%]|_")
_WORD = re.compile("[a-z]{3,}")
_STEM = 5
"""Letters by which two words are one: village, villages."""

_LITTLE = {"the", "and", "for", "per"}


def pairs(text: str) -> set[str]:
    """The pairs of letters of a Chinese text."""
    letters = _MARKS.sub("", folded(text))
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


def words(text: str) -> set[str]:
    """The words of an English text, or of an id, by their stems."""
    return {word[:_STEM] for word in _WORD.findall(text.lower())} - _LITTLE


def small_letter(world: World) -> Iterator[tuple[Package, Hit]]:
    """English names that stand alone begin with a capital; of terms those of indicators, works and issuers."""
    registry = world.project.registry
    titles = _titles(world)
    cells = [(name, "name_en", row) for name in _CAPITALS for row in registry[name]]
    cells += [("terms", "term_en", row) for row in registry["terms"] if row["term"] in titles]
    for name, column, row in cells:
        if _SMALL.match(row[column]):
            meant = row[column][:1].upper() + row[column][1:]
            yield registry, at(registry.tables[name], row, column, value=row[column], meant=meant)


def _titles(world: World) -> set[str]:
    """What terms are of that stands alone, and is no scope of anything, which stands in brackets."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for plan in world.project.plans:
        said["title"].add(str(plan.descriptor.get("issuer")))
        for table, column in (("targets", "indicator"), ("projects", "name"), ("targets", "scope")):
            rows = plan.tables[table].rows if table in plan.tables else []
            said["scope" if column == "scope" else "title"].update(row[column] for row in rows)
    return said["title"] - said["scope"]


_NAMED = {
    "regions": ("name_zh",), "organizations": ("name_zh", "name_en"),
    "themes": ("name_zh", "name_en"), "concepts": ("name_zh", "name_en"), "units": ("unit",),
    "aliases": ("alias",),
}  # fmt: skip
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|\s{2,}|(?<=(?<![A-Za-z'’.])[b-hj-z]) (?=[a-z])")


def blank_within(world: World) -> Iterator[tuple[Package, Hit]]:
    """No name has a blank between two Chinese letters, nor two blanks, nor one within an English word (f inance): who
    looks for it would not find it."""
    registry = world.project.registry
    for name, columns in _NAMED.items():
        for row in registry[name]:
            for column in columns:
                if found := _GAP.search(row[column]):
                    meant = _GAP.sub("" if found[0] == " " else " ", row[column])
                    yield registry, at(registry.tables[name], row, column, value=row[column], meant=meant)


_UNIT_BEHIND = re.compile(r"[(（]([^()（）]+)[)）]$")


def name_with_unit(world: World) -> Iterator[tuple[Package, Hit]]:
    """A concept's name is without its unit, which has a column of its own."""
    table = world.project.registry.tables["concepts"]
    for row in table.rows:
        for column in ("name_zh", "name_en"):
            behind = _UNIT_BEHIND.search(row[column])
            named = {row["unit"], str(world.units.get(row["unit"], Row(name_en="")).get("name_en"))} | {*world.units}
            if behind and behind[1] in named:
                facts = {"value": row[column], "unit": behind[1], "meant": row[column][: behind.start()].rstrip()}
                yield world.project.registry, at(table, row, column, **facts)


SAME_TERM = 0.55
"""How much of two terms of one English name is one; where it is less, one has the other's."""


def term_of_another(world: World) -> Iterator[tuple[Package, Hit]]:
    """Two terms of one English name are nearly one in Chinese, too: a name filled down is that of another row."""
    table = world.project.registry.tables["terms"]
    first: dict[str, Row] = {}
    for row in table.rows:
        other = first.setdefault(row["term_en"].lower(), row)
        like = alike(pairs(row["term"]), pairs(other["term"]))
        if other is not row and row["term_en"] and like < SAME_TERM:
            yield world.project.registry, at(table, row, "term_en", value=row["term_en"], first=other.line)


def subject_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """Concepts of one subject are of one theme; of two that are not, the one whose id has none of its words is odd.
    A theme that words say is wrong is told as that."""
    doubted = {hit.row["subject"] for _, hit in concept_theme_differs(world) if hit.row}
    table = world.project.registry.tables["concepts"]
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        groups[row["subject"]].append(row)
    for subject, rows in groups.items():
        themes = Counter(row["theme_id"] for row in rows)
        if not subject or len(themes) == 1 or subject in doubted:
            continue
        most = max(themes.values())
        odd = [row for row in rows if themes[row["theme_id"]] < most] or [
            row for row in rows if not words(row["concept_id"]) & words(subject)
        ]
        for row in odd[:1]:
            others = "、".join(each["concept_id"] for each in rows if each["theme_id"] != row["theme_id"])
            yield world.project.registry, at(table, row, "subject", value=subject, id=row["concept_id"], others=others)


def order_gaps(world: World) -> Iterator[tuple[Package, Hit]]:
    """The places in the order of themes count from 1, without a gap; that two have one place, another rule says."""
    table = world.project.registry.tables["themes"]
    missing = sorted({*range(1, len(table.rows) + 1)} - {row["order"] for row in table.rows})
    beyond = [row for row in table.rows if row["order"] is not None and not 1 <= row["order"] <= len(table.rows)]
    for row, meant in zip(beyond, missing, strict=False):
        yield world.project.registry, at(table, row, "order", value=row["order"], meant=meant)


FEWEST = 3
"""Aliases of a theme, from which on one at least has something of its name."""


def theme_unlike_aliases(world: World) -> Iterator[tuple[Package, Hit]]:
    """A theme has something of its own other names, where it has something of another theme's."""
    registry = world.project.registry
    said: defaultdict[str, set[str]] = defaultdict(set)
    count = Counter(row["id"] for row in registry["aliases"] if (row["kind"], row["language"]) == ("theme", "zh"))
    for row in registry["aliases"]:
        if row["kind"] == "theme" and row["language"] == "zh":
            said[row["id"]] |= pairs(row["alias"])
    for row in registry["themes"]:
        own, name = said[row["theme_id"]], pairs(row["name_zh"])
        other = next((key for key, words in said.items() if key != row["theme_id"] and words & name), "")
        exchanged = bool(other) and bool(own & pairs(world.themes.get(other, Row(name_zh=""))["name_zh"]))
        if count[row["theme_id"]] >= FEWEST and other and not own & name and not exchanged:
            facts = {"value": row["name_zh"], "id": row["theme_id"], "other": other}
            yield registry, at(registry.tables["themes"], row, "name_zh", **facts)


ALIKE = 0.7
"""How much of two concepts' names is one, for them to be on one thing."""


def subject_missing(world: World) -> Iterator[tuple[Package, Hit]]:
    """A concept that is called nearly like one with a subject has that, too."""
    table = world.project.registry.tables["concepts"]
    with_one = [(row, pairs(row["name_zh"])) for row in table.rows if row["subject"]]
    for row in (each for each in table.rows if not each["subject"]):
        own = pairs(row["name_zh"])
        like = ((alike(own, name), other["subject"], other["concept_id"]) for other, name in with_one)
        near, subject, other = max(like, default=(0.0, "", ""))
        if near > ALIKE:
            yield world.project.registry, at(table, row, "subject", id=row["concept_id"], meant=subject, other=other)


def alike(one: set[str], other: set[str]) -> float:
    """How much of two sets is in both (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def subject_alone(world: World) -> Iterator[tuple[Package, Hit]]:
    """A subject is one of two concepts at least: it says which are near each other."""
    table = world.project.registry.tables["concepts"]
    count = Counter(row["subject"] for row in table.rows)
    alone = [row for row in table.rows if row["subject"] and count[row["subject"]] == 1]
    alone.sort(key=lambda row: not words(row["subject"]) <= words(row["concept_id"]))  # the misspelt one last
    for number, row in enumerate(alone, 1):
        if not get_close_matches(row["subject"], [each["subject"] for each in alone[number:]]):  # of two, the later
            yield world.project.registry, at(table, row, "subject", value=row["subject"], id=row["concept_id"])
