"""Is a text whole? A program that takes no more than so many letters, or a paste that failed, cuts it off at its end.

Comes in: the World and a package. Goes out: sentences without their full stop, brackets and quotation marks that
nothing closes, English that ends within a word or on one that leads to another. Apart from languages.py, which asks
whose language a text is in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once

_SENTENCES = {"notes": ("comment_zh", "comment_en"), "releases": ("change_zh", "change_en")}
"""The columns of whole sentences, each with its full stop."""

_TEXTS = {
    **_SENTENCES,
    "terms": ("term", "term_en"), "concepts": ("name_zh", "name_en", "definition_zh", "definition_en"),
    "organizations": ("name_zh", "name_en"), "themes": ("name_zh", "name_en"), "units": ("name_en",),
    "targets": ("note",), "baselines": ("note",), "retired": ("reason",), "updates": ("statement",),
    "observations": ("place", "note"), "sources": ("title", "publisher"), "left_out": ("reason",),
    "searches": ("note",),
}  # fmt: skip
"""The columns that people write in words of their own, or in those of a title."""

_ENGLISH = {"term_en", "name_en", "definition_en"}
"""Columns of English without a full stop, which tell by their last word whether they end."""

_FULL_STOP = re.compile('[。！？.!?][”」』")）]*$')
_QUOTED = re.compile("“[^“”]*”|「[^「」]*」")
"""What is quoted may be a bracket alone."""

_PAIRS = ("“”", "()", "（）", "《》", "〈〉", "[]", "【】", "〔〕")

_LEADING = re.compile(r"(?i)(?:[,;:]|\b(?:a|an|the|of|to|and|or|by|with|from|at|as|per|that|which|than))$")
"""How no English text ends."""

_WORD = re.compile("[a-z]+")
_LAST_WORD = re.compile("[A-Za-z]{6,}$")

_ENDING = re.compile("(?:s|es|ees|d|ed|r|er|ers|ing|y|ies|al|ly|e|ion|ions)?")
"""What makes another form of a word, and no other word of it."""

_GOES_ON = re.compile("(?:所占|[和与及或、，])$")
"""How no definition ends."""

_DIGIT_BEHIND = re.compile("[\u4e00-\u9fff][0-9]+$")

_OF_A_SHARE = re.compile("比|率|占|份额|百分")
"""What the definition of a share says of it, at its end."""


def cut_off(world: World, package: Package) -> Iterator[Hit]:
    """Sentences, names, definitions and notes are whole."""
    for name, columns in _TEXTS.items():
        for row in package.tables[name].rows if name in package.tables else ():
            for column in columns:
                if row[column] and (why := _why(world, name, column, row)):
                    facts = {"end": row[column][-12:], "why": why[0], "why_en": why[1]}
                    yield at(package.tables[name], row, column, **facts)


def registry_cut_off(world: World) -> Iterator[tuple[Package, Hit]]:
    """So are those of the registry."""
    yield from ((world.project.registry, hit) for hit in cut_off(world, world.project.registry))


def _why(world: World, table: str, column: str, row: Row) -> tuple[str, str] | None:
    """Why a text is not whole, in both languages; None where it may be."""
    text = row[column].rstrip()
    if opened := next((pair for pair in _PAIRS if _open(text, pair)), ""):
        return f"“{opened[0]}”没有“{opened[1]}”", f"{opened[0]} without {opened[1]}"
    if column in _SENTENCES.get(table, ()) and not _FULL_STOP.search(text):
        return "句末没有句号", "a sentence without its full stop"
    if column in _ENGLISH and _LEADING.search(text):
        return "末一个词后面还有话", "its last word leads to another"
    if column in _ENGLISH and (word := _fragment(world, text)):
        return f"末一个词像是“{word}”的一半", f"its last word looks like half of {word}"
    if column == "definition_zh" and _DIGIT_BEHIND.search(text):
        return "末尾的数后面还有话，或者多了它", "a digit at its end that leads to more, or is too many"
    if column == "definition_zh" and _GOES_ON.search(text):
        return "末一个字后面还有话", "its last letter leads to another"
    if column == "definition_zh" and row["unit"] == "%" and not _OF_A_SHARE.search(text):
        return "单位是 %，却没有说是什么的比重", "in per cents, and of what it is a share is not said"
    return None


def _open(text: str, pair: str) -> bool:
    """Whether a bracket or quotation mark opens that nothing closes."""
    said = text if pair == "“”" else _QUOTED.sub("", text)
    return said.count(pair[0]) > said.count(pair[1])


def _fragment(world: World, text: str) -> str:
    """The word whose beginning ends a text, and is no word that stands anywhere else; "" where it is one."""
    last = _LAST_WORD.search(text) if text.count(" ") >= 2 else None  # a word may be a name
    word, count = (last[0].lower() if last else ""), _words(world)
    if not word or count[word] > 1:
        return ""
    longer = (each for each in count if each.startswith(word) and not _ENDING.fullmatch(each[len(word) :]))
    return min(longer, default="")


@once
def _words(world: World) -> Counter[str]:
    """How often the English of the registry has a word."""
    registry = world.project.registry
    texts = (row[column] for name, columns in _TEXTS.items() if name in registry.tables
             for row in registry[name] for column in columns if column.endswith("_en"))  # fmt: skip
    return Counter(_WORD.findall("\n".join(texts).lower()))
