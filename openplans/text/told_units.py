"""Sentences of the running text that say who does what -> the units in them, and whether each leads, helps or answers
for a part: 区发改局要牵头细化方案; 市发改委负责日常调度,市统计局配合; 省级资金由市教育局争取,市级资金由市财政局统筹.

Comes in: the text of a clause. Apart from `responsible`, whose lists hold nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openplans.text.bodies import is_body
from openplans.text.folding import folded
from openplans.text.roles import BRACKETS, HELPING, HELPS, LEADING, LEADS
from openplans.text.unit_names import UnitList, parsed, units

_SENTENCE = re.compile("[^。;\n]+")
_PART = re.compile("[^,]+")
_DOES = re.compile(f"(?:{LEADS})(?!单位|部门|领导)|{HELPS}|负责|统筹|落实|承担|组织(?!部)|实施|保障|争取|做好|抓好")
_BY = re.compile("^[^由]{0,14}由")
_WORK = 16
"""Letters of what a unit does: 负责日常调度."""


@dataclass(frozen=True)
class ToldUnit:
    """A unit as printed, from `start` of the text on, and its role: lead, co or listed."""

    start: int
    name: str
    role: str


@dataclass(frozen=True)
class _Doing:
    """A part of a sentence: who, does what, and whether 由 stands before."""

    units: list[tuple[int, str]]
    verb: str
    by: bool


def told(text: str) -> Iterator[ToldUnit]:
    """The units of which the sentences of a text say that they lead, or help those that do, or do each a part."""
    plain = folded(text).translate(BRACKETS)
    for sentence in _SENTENCE.finditer(plain):
        doing = [
            found for part in _PART.finditer(plain, *sentence.span()) if (found := _doing(text, plain, *part.span()))
        ]
        yield from _roles(doing)


def _doing(text: str, plain: str, start: int, end: int) -> _Doing | None:
    """Who does what by a part of a sentence; None where it does not begin with units."""
    by = _BY.search(plain[start:end])
    begin = start + (by.end() if by else 0)
    verb = _DOES.search(plain, begin, end)
    if verb is None or (by and end - verb.end() > _WORK and not LEADING.search(verb.group())):
        return None
    read = parsed(plain[begin : verb.start()])
    if not read.names or read.nameless or not all(map(is_body, read.names)):
        return None
    found = units(UnitList(begin, verb.start(), text[begin : verb.start()]))
    return _Doing([(begin + each.start, each.name) for each in found], verb.group(), bool(by))


def _roles(doing: list[_Doing]) -> Iterator[ToldUnit]:
    """The units of a sentence: those that lead; those that help them; those that answer, where others help them; where
    none does, those that answer each for a part.
    """
    leads = [LEADING.search(each.verb) for each in doing]
    helps = [HELPING.search(each.verb) for each in doing]
    helped = any(helps) and not all(helps)
    parts = sum(each.by and not lead and not helped for each, lead in zip(doing, leads, strict=True))
    for each, lead, help_ in zip(doing, leads, helps, strict=True):
        said = "lead" if lead or (helped and not help_ and not any(leads)) else "co" if helped or any(leads) else ""
        said = said or ("listed" if each.by and parts > 1 and not any(leads) else "")
        if said:
            yield from (ToldUnit(start, name, said) for start, name in each.units)
