"""Parts of a year as documents name them (三季度末, 上半年, 6月底前, 前三季度) -> their first and last months.

Comes in: folded text. Goes out: months as two digits. Apart, because the head of a column, a deadline and a sentence
name them alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PART = re.compile(
    "(?P<half>[上下])半年|前(?P<upto>[二三23])个?季度|(?<![0-9])1 ?[-—~至] ?(?P<to>[0-9]{1,2}) ?月"
    "|(?<![每个])第?(?P<quarter>[一二三四1-4])季度"
)
"""A part of more than a month."""
_MONTH = re.compile(
    "(?<![0-9.])(?P<month>1[0-2]|0?[1-9]) ?月(?![份底]?(?:[0-9]{1,2} ?日)?(?:起|至|[—~-]|以来|[之以]?后))"
    "(?:[0-9]{1,2} ?日)?(?:[底末初]|[上中下]旬)?"
)
_WHOLE = re.compile(
    "(?<!半)年[底末内](?!未)|全年|今年|年度(?!投资|计划|任务|目标|预算|建设)|20[0-9]{2} ?年(?! ?[0-9]{1,2} ?月|[—~至-])"
)
"""What names no part of a year, and ends what was said of one before."""
_EDGE = re.compile("[底末](?:之?前)?|之?前")
_EVERY = re.compile("每年?(?:的)?$")

_COUNTED = re.compile(
    "[0-9]+[个项条座处家件所][^,;。0-9]{2,20}?(?:[0-9]{1,2}月[底末中]?|[上下]半年|第?[一二三四]季度[底末]?)"
)
_DONE = re.compile("(?:之?前|以前)?(?:全部|全面)?(?:完工|竣工|建成|投用|投产|开工|完成)(?=[,;。]|$)")
"""5个续建项目6月底|前完工: by when those are done, and nothing else of the sentence."""

_Named = tuple[re.Match[str], str, str]
"""Where a part of a year is named, with its first and last month, which are "" where they cannot be."""


@dataclass(frozen=True)
class Months:
    """The part of a year named at a place: its first and its last month, and whether it only says by when (月底前)."""

    first: str
    last: str
    until: bool
    end: int


def of_head(head: str) -> tuple[str, str]:
    """The first and the last month of the part of a year that a head names; nothing where it names none."""
    found = _PART.search(head)
    return _of_part(found) if found else ("", "")


def due(when: str) -> str:
    """The month by which a text says that something is to be done; "" where it names none, or the year's end."""
    named = _last(_named(when, 0, len(when)))
    return named[2] if named and named[2] != "12" else ""


def governing(text: str, begin: int, place: int) -> Months | None:
    """The part of a year that governs a place of a sentence: the last that is named before it, unless a whole year is
    named behind that.
    """
    named = _last(
        each
        for each in _named(text, begin, place)
        if each[2] and not _EVERY.search(text[: each[0].start()][-3:]) and not _is_of_its_part(text, each[0], place)
    )
    if not named:
        return None
    found, first, last = named
    if any(each.start() > found.start() for each in _WHOLE.finditer(text, begin, place)):
        return None
    until = bool(_EDGE.match(text, found.end())) or found.group()[-1:] in ("底", "末")
    if until and last == "12":
        return None
    return Months("" if until else first, last, until, found.end())


def of_those_counted(text: str, place: int) -> Months | None:
    """The part of a year by which those are done that a figure counts, behind it: 5个续建项目6月底前完工."""
    found = _COUNTED.match(text, place)
    return governing(text, place, found.end()) if found and _DONE.match(text, found.end()) else None


def _is_of_its_part(text: str, month: re.Match[str], place: int) -> bool:
    """Whether a month only says by when those are done that its own part counts, and a place is in another part."""
    done = _DONE.match(text, month.end())
    begin = max(text.rfind(mark, 0, month.start()) for mark in ",;。") + 1
    counted = _COUNTED.search(text, begin, month.end())
    return done is not None and done.end() < place and counted is not None and counted.end() == month.end()


def _named(text: str, begin: int, end: int) -> Iterator[_Named]:
    """The parts of a year that a text names."""
    for found in _PART.finditer(text, begin, end):
        yield found, *_of_part(found)
    for found in _MONTH.finditer(text, begin, end):
        month = f"{int(found['month']):02}"
        yield found, month, month


def _last(named: Iterable[_Named]) -> _Named | None:
    return max(named, key=lambda each: each[0].start(), default=None)


def _of_part(found: re.Match[str]) -> tuple[str, str]:
    if found["half"]:
        return ("01", "06") if found["half"] == "上" else ("07", "12")
    if found["upto"] or found["to"]:
        last = 3 * _number(found["upto"]) if found["upto"] else int(found["to"])
        return ("01", f"{last:02}") if 1 < last <= 12 else ("", "")
    quarter = _number(found["quarter"])
    return f"{3 * quarter - 2:02}", f"{3 * quarter:02}"


def _number(digit: str) -> int:
    """One to four, in either script."""
    return "一二三四".find(digit) + 1 or int(digit)
