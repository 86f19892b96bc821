"""The numbers by which documents cut themselves (第一章, 第一节, 一、, (一), 行动一:, 1., (1), 1.1, ①), and the marks
that stand for one (——, ◆, 一是).

Comes in: folded text. Goes out: the number at a place, its level and its value. Apart, because the cutting of clauses
and the reading of tasks both ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openplans.text.numerals import chinese

CHAPTER, SECTION, FIRST, SECOND, THIRD, FOURTH, FIFTH = range(7)
"""The levels from the highest to the lowest."""

_CN = "[一二三四五六七八九十百]{1,4}"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PART = (
    r"(?P<mark>[、.]?)(?= *[\u4e00-\u9fff“《])"
    "(?! ?(?:[万亿千百个倍公米吨元件户人亩平座套家名次年月日以左至到]|多[万亿千百个]))"
)
"""Behind the number of a part stands what is to be done (1.1 改造…), behind a decimal what it counts (1.5万亩)."""
_FORMS = (
    (CHAPTER, re.compile(rf"(?P<number>第(?P<n>{_CN})(?:[章篇编类]|部分?))(?P<mark>[ \u3000:、]?)")),
    (SECTION, re.compile(rf"(?P<number>第(?P<n>{_CN})节)(?P<mark>[ \u3000:、]?)")),
    (FIRST, re.compile(rf"(?P<number>(?P<n>{_CN}|[{_STEMS}]))(?P<mark>、)")),
    (FIRST, re.compile(r"(?P<number>(?P<n>[A-H]))(?P<mark>[.、 \u3000])(?= *[\u4e00-\u9fff])")),
    (SECOND, re.compile(rf"(?P<number>\( ?(?P<n>{_CN}) ?\))(?P<mark>[、.]?)")),
    (THIRD, re.compile(r"(?P<number>(?P<n>[0-9]{1,2}))(?P<mark>[.、](?![0-9](?!(?<=[12])[0-9]{3} ?年)))")),
    (
        THIRD,
        re.compile(
            r"(?P<number>[A-H](?P<n>[0-9]{1,2}))(?P<mark>[.、 \u3000]?)(?= *(?![级类纸版型股座栋区馆])[\u4e00-\u9fff])"
        ),
    ),
    (FOURTH, re.compile(r"(?P<number>\(? ?(?P<n>[0-9]{1,2}) ?\))(?P<mark>[、.]?)")),
    (FOURTH, re.compile(rf"(?P<number>[0-9]{{1,2}}\.(?P<n>[0-9]{{1,2}})){_PART}")),
    (FIFTH, re.compile(r"(?P<number>(?P<n>[\u2460-\u2473]))(?P<mark>[、.]?)")),
    (FIFTH, re.compile(rf"(?P<number>[0-9]{{1,2}}\.[0-9]{{1,2}}\.(?P<n>[0-9]{{1,2}})){_PART}")),
)

_WORDS = "(?:任务|行动|工程|专项|举措|措施|事项)"
_WORDED = (
    re.compile(rf"(?P<number>[\[(【〔]{_WORDS} ?(?P<n>[0-9]{{1,2}}|{_CN})[\])】〕])(?P<mark>[:. ]?)"),
    re.compile(rf"(?P<number>第(?P<n>[0-9]{{1,2}}|{_CN})[项条件桩])(?P<mark>[:、 \u3000])"),
    re.compile(rf"(?P<number>{_WORDS}(?P<n>[0-9]{{1,2}}|{_CN}))(?P<mark>[:. \u3000](?![0-9]))"),
)
"""Numbers with a word: 行动一:, (任务1), 第1项. They stand where (一) does."""

NOTE = re.compile(
    r"[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+ ?\S"
    r"|(?:[0-9]{1,2}[.、)]?|[\u2460-\u2473*])? ?(?:指(?!导|标|数|挥|定|派|引)|(?:备?注|说明) ?[0-9]? ?:)"
)
"""How a note at the foot of a page or of a table begins, which explains a word: 1.指按国家标准评定的…, ¹ 指独居老人,
注:[]内为五年累计数."""

_ITEM = re.compile(
    r"[ \u3000]*(?:(?P<mark>[—–-]{2}|[◆●■▲◇○□•·➤►▶▪※★☆✦])|[一二三四五六七八九十]{1,3}(?P<word>是))[ \u3000]*"
)
"""What stands for a number before an item: ——, ◆, 一是."""

_LONGEST_TITLE = 30
_OF_A_SENTENCE = re.compile("[。;:]")


@dataclass(frozen=True)
class Number:
    """A number that a clause bears: as printed ("(一)"), its level and value, and where the text behind it begins."""

    printed: str
    level: int
    value: int
    end: int


def number_at(text: str, place: int = 0) -> Number | None:
    """The number that begins at a place of a folded text."""
    for level, form in _FORMS:
        if found := form.match(text, place):
            return Number(found["number"], level, _value(found["n"]), found.end())
    worded = next((found for form in _WORDED if (found := form.match(text, place))), None)
    return Number(worded["number"], SECOND, _value(worded["n"]), worded.end()) if worded else None


def item_mark(text: str) -> str:
    """The kind of mark that an item begins with; "" where none does: items of one kind stand beside one another."""
    found = _ITEM.match(text)
    return (found["mark"] or found["word"]) if found else ""


def behind_mark(text: str) -> int:
    """Where the words of an item begin behind its mark."""
    found = _ITEM.match(text)
    return found.end() if found else 0


def behind_number(text: str) -> int:
    """Where the words of a folded text begin behind its number, or the mark in its place."""
    number = number_at(text, len(text) - len(text.lstrip()))
    return number.end if number else behind_mark(text)


def is_title(line: str) -> bool:
    """Whether a folded line is short and no sentence, so that something may be called so."""
    return len(line) <= _LONGEST_TITLE and not _OF_A_SENTENCE.search(line)


def _value(printed: str) -> int:
    if printed.isdigit() and printed.isascii():
        return int(printed)
    if "\u2460" <= printed <= "\u2473":
        return ord(printed) - 0x245F
    return "ABCDEFGH".find(printed) + 1 or _STEMS.find(printed) + 1 or int(chinese(printed) or 0)
