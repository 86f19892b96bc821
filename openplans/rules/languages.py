"""Is each column of the registry in its language, and does a translation say what stands beside it?

Comes in: the World. Goes out: rows of the registry with words of the other language, or with another number or scale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.rules.hits import Hit, at
from openplans.text import traditional
from openplans.text.both import amount_unsaid, one_number
from openplans.text.numerals import SCALES

_SENTENCE = re.compile("[A-Za-z]{2,} [A-Za-z]{2,}|^[a-z]{4,}$")
"""Words of another language, which no sign like PM2.5 or GDP is, nor an id."""

HAN = re.compile("[\u3400-\u9fff]")

_LATIN = re.compile("[A-Za-z%]")

_QUOTED = re.compile('[“"(（][^“”"()（）]*[”")）]')
"""What an English name may quote in Chinese; a unit's may hold the short name of which nobody knows the full one."""

_PROSE = ("definition_en", "change_en")
"""English columns that may explain Chinese words."""

_TRANSLATED = (
    ("terms", "term", "term_en"), ("concepts", "definition_zh", "definition_en"), ("releases", "change_zh", "change_en")
)  # fmt: skip
"""(table, a column, the same in English)."""

_WORD_OF_ENGLISH = re.compile("[a-z]{4,}")
"""What no sign in a Chinese text is: signs have capitals or digits (PM2.5, GDP, 5G)."""

_WIDE_MARK = re.compile("[A-Za-z0-9] ?[，。；：、（）！？]|[，。；：、（）！？] ?[A-Za-z]|[0-9]—[0-9]")
"""A Chinese mark beside an English word, or its dash between two numbers."""

_SCALE = re.compile("thousand|million|billion|trillion")


def wrong_language(world: World) -> Iterator[tuple[Package, Hit]]:
    """Chinese names and definitions are in Chinese and English ones in English, whichever else they quote; so are the
    titles of descriptors.
    """
    registry = world.project.registry
    for table in registry.tables.values():
        columns = [name for name in table.columns if name.startswith(("name_", "definition_", "change_", "term"))]
        for row in table.rows:
            for column in columns:
                if meant := _other_language(row[column], column, table.name):
                    facts = {"value": row[column], "meant": meant[0], "meant_en": meant[1]}
                    yield registry, at(table, row, column, **facts)
    for package in world.project.packages:
        title = package.descriptor.get("title_en")
        if isinstance(title, str) and (meant := _other_language(title, "title_en")):
            yield package, at(None, column="title_en", value=title[:40], meant=meant[0], meant_en=meant[1])
    for row in registry["aliases"]:
        han = HAN.search(row["alias"])
        if (row["language"] == "en" and han) or (
            row["language"] == "zh" and not han and _SENTENCE.search(row["alias"])
        ):
            meant = ("英文", "English") if han else ("中文", "Chinese")
            facts = {"value": row["alias"], "meant": meant[0], "meant_en": meant[1]}
            yield registry, at(registry.tables["aliases"], row, "language", **facts)
        elif row["language"] == "zh" and han and (meant := _not_plain(row["alias"])):
            facts = {"value": row["alias"], "meant": meant[0], "meant_en": meant[1]}
            yield registry, at(registry.tables["aliases"], row, "alias", **facts)


def _not_plain(alias: str) -> tuple[str, str] | None:
    """What a Chinese alias should be in and is not; search reads 農民 as 农民 anyway."""
    if _WORD_OF_ENGLISH.search(alias):
        return "中文", "Chinese"
    return ("简体中文", "simplified Chinese") if _is_traditional(alias) else None


def _is_traditional(text: str) -> bool:
    """Whether a text has a character that is written otherwise in simplified Chinese."""
    return not _traditional().isdisjoint(text)


@cache
def _traditional() -> frozenset[str]:
    """The characters that have a simplified form of their own."""
    return frozenset(traditional.forms())


def _other_language(text: str, column: str, table: str = "") -> tuple[str, str] | None:
    """The language that a text is not in though its column is, in both languages; None where it is."""
    if not column.endswith("_en"):
        if text and not HAN.search(text):
            return "中文", "Chinese"
        quoted = column == "term" or table == "releases"  # a document's words stay as printed, a release may name some
        return None if quoted or not _is_traditional(text) else ("简体中文", "simplified Chinese")
    han = HAN.findall("" if table == "organizations" else _QUOTED.sub("", text))
    most = len(_LATIN.findall(text)) if column in _PROSE else 0
    if text and (len(han) > most or not _LATIN.search(text)):
        return "英文", "English"
    return ("用英文标点的英文", "English with its own marks") if _WIDE_MARK.search(text) else None


def translation_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """An English term or definition has a number of the Chinese one, where both have any, and no amount that it has
    not: 10亿 is 1 billion."""
    registry = world.project.registry
    for name, chinese, english in _TRANSLATED:
        for row in registry[name]:
            unsaid = amount_unsaid(row[chinese], row[english])
            if unsaid or not one_number(row[chinese], row[english]):
                facts = {"english": unsaid or row[english][:40], "chinese": row[chinese][:40]}
                yield registry, at(registry.tables[name], row, english, **facts)
    yield from _organizations_misnamed(world)


_KILO = ("千克", "千米", "千瓦", "千伏", "千帕", "千卡", "百帕")
"""Units whose first letter is a prefix of their own: kg, kW."""


def _organizations_misnamed(world: World) -> Iterator[tuple[Package, Hit]]:
    """The English of 万亩 says ten thousand, that of 亩 does not."""
    registry = world.project.registry
    for row in registry["units"]:
        if (
            "/" not in row["unit"]
            and not row["unit"].startswith(_KILO)
            and (row["unit"][:1] in SCALES) != bool(_SCALE.search(row["name_en"]))
        ):
            facts = {"english": row["name_en"], "chinese": row["unit"]}
            yield registry, at(registry.tables["units"], row, "name_en", **facts)
