"""Is a letter, a word or a mark written twice?

Comes in: the World and a package. Goes out: texts with a Chinese letter twice where once is what stands elsewhere, an
English word twice, a mark twice. Apart from characters.py, which looks for a wrong letter: here one is too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.rules.characters import names_heard
from openplans.rules.hits import Hit, at

_COLUMNS = {
    "targets": ("indicator", "scope", "note"), "baselines": ("indicator", "note"), "projects": ("name",),
    "notes": ("comment_zh", "comment_en"), "retired": ("reason",), "updates": ("statement", "next_step"),
    "observations": ("place", "note", "scope"), "left_out": ("indicator", "reason"), "sources": ("title", "publisher"),
    "organizations": ("name_zh", "name_en"), "themes": ("name_zh", "name_en"), "terms": ("term_en",),
    "concepts": ("name_zh", "name_en", "definition_zh", "definition_en"), "aliases": ("alias",),
    "releases": ("change_zh", "change_en"), "units": ("name_en",), "searches": ("note",),
}  # fmt: skip
"""The columns in which people write; what they copy of the document is held against that."""

_TWICE = re.compile(r"([\u4e00-\u9fff])\1")
_WORD_TWICE = re.compile(r"\b([A-Za-z]{2,}) \1\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s，,。;；]")
"""What may stand between the two halves of a text that was pasted twice."""
_LEAST = 6
"""Letters of such a half."""
SHOWN = 60
"""Letters of it that are told."""
_MARK_TWICE = re.compile(r"([，。、；：！？])\1|([,;])\2")


def written_twice(world: World, package: Package) -> Iterator[Hit]:
    """No letter, word or mark is written twice by mistake."""
    clauses = package.tables["clauses"].rows if "clauses" in package.tables else []
    heard = "\n".join([names_heard(world), *(row["text"] for row in clauses)])
    for name, columns in _COLUMNS.items():
        for row in package.tables[name].rows if name in package.tables else ():
            for column in columns:
                if found := _twice(row[column], heard):
                    yield at(package.tables[name], row, column, words=found[0], meant=found[1])


def registry_written_twice(world: World) -> Iterator[tuple[Package, Hit]]:
    """None is in the registry."""
    yield from ((world.project.registry, hit) for hit in written_twice(world, world.project.registry))


def _pasted_twice(text: str) -> str:
    """The half of a text that is one twice, with a mark between them or none; "" of another. A regular expression would
    try every length, which takes the square of a long cell."""
    half, mark = divmod(len(text), 2)
    halves = half >= _LEAST and text[:half] == text[half + mark :]
    return text[:half] if halves and (not mark or _BETWEEN.match(text, half)) else ""


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"


def _twice(text: str, heard: str) -> tuple[str, str] | None:
    """What is written twice, with what is meant; of a Chinese letter only where the documents have it once there, and
    nowhere twice: 天天 is a word, and 建设设施 are two.
    """
    if half := _pasted_twice(text):
        return _shown(text), _shown(half)
    if marked := _MARK_TWICE.search(text) or _WORD_TWICE.search(text):
        return marked[0], marked[1] or marked[2]
    for found in _TWICE.finditer(text):
        start, end = max(0, found.start() - 1), found.end() + 1
        around, meant = text[start:end], text[start : found.start() + 1] + text[found.end() : end]
        if len(meant) > 2 and found[0] not in heard and meant in heard:
            return around, meant
    return None
