"""The numbers by which documents cut themselves: 第一章, 第一节, 一、, （一）, 行动一:, 1., （1）, ①.

Comes in: folded text. Goes out: the number at a place, its level and its value. Apart, because the cutting of clauses
and the reading of tasks both ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openplans.text.numerals import chinese

_CN = "[一二三四五六七八九十百]{1,4}"
_FORMS = (
    re.compile(rf"(?P<number>第(?P<n>{_CN})(?:[章篇编]|部分?))(?P<mark>[ \u3000:、]?)"),
    re.compile(rf"(?P<number>第(?P<n>{_CN})节)(?P<mark>[ \u3000:、]?)"),
    re.compile(rf"(?P<number>(?P<n>{_CN}))(?P<mark>、)"),
    re.compile(rf"(?P<number>\( ?(?P<n>{_CN}) ?\))(?P<mark>[、.]?)"),
    re.compile(r"(?P<number>(?P<n>[0-9]{1,2}))(?P<mark>[.、](?![0-9](?!(?<=[12])[0-9]{3} ?年)))"),
    re.compile(r"(?P<number>\( ?(?P<n>[0-9]{1,2}) ?\))(?P<mark>[、.]?)"),
    re.compile(r"(?P<number>(?P<n>[\u2460-\u2473]))(?P<mark>[、.]?)"),
)
"""The levels from the highest to the lowest."""

_WORDS = "(?:任务|行动|工程|专项|举措|措施|事项)"
_WORDED = (
    re.compile(rf"(?P<number>[\[(【〔]{_WORDS} ?(?P<n>[0-9]{{1,2}}|{_CN})[\])】〕])(?P<mark>[:. ]?)"),
    re.compile(rf"(?P<number>第(?P<n>[0-9]{{1,2}}|{_CN})[项条])(?P<mark>[:、 \u3000])"),
    re.compile(rf"(?P<number>{_WORDS}(?P<n>[0-9]{{1,2}}|{_CN}))(?P<mark>[:. \u3000](?![0-9]))"),
)
"""Numbers with a word: 行动一:, (任务1), 第1项. They stand where (一) does."""

NOTE = re.compile(
    r"[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+ ?\S"
    r"|(?:[0-9]{1,2}[.、)]?|[\u2460-\u2473*])? ?(?:指(?!导|标|数|挥|定|派|引)|(?:备?注|说明) ?[0-9]? ?:)"
)
"""How a note at the foot of a page or of a table begins, which explains a word: 1.指按国家标准评定的…, ¹ 指独居老人,
注:[]内为五年累计数."""

CHAPTER, SECTION, FIRST, SECOND, THIRD, FOURTH, FIFTH = range(7)


@dataclass(frozen=True)
class Number:
    """A number that a clause bears: as printed ("(一)"), its level and value, and where the text behind it begins."""

    printed: str
    level: int
    value: int
    end: int


def number_at(text: str, place: int = 0) -> Number | None:
    """The number that begins at a place of a folded text."""
    for level, form in enumerate(_FORMS):
        if found := form.match(text, place):
            return Number(found["number"], level, _value(found["n"]), found.end())
    worded = next((found for form in _WORDED if (found := form.match(text, place))), None)
    return Number(worded["number"], SECOND, _value(worded["n"]), worded.end()) if worded else None


def _value(printed: str) -> int:
    if printed.isdigit() and printed.isascii():
        return int(printed)
    if "\u2460" <= printed <= "\u2473":
        return ord(printed) - 0x245F
    return int(chinese(printed) or 0)
