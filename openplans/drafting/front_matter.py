"""What a document says of itself: who issued it, under which number, when, and for how long.

Comes in: its clauses, its title and the lines of the page that shows it. Goes out: FrontMatter. A signature counts
before the title, and what the document prints before what its page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openplans.drafting.cutting import Clause
from openplans.drafting.receiving import Received
from openplans.text.folding import folded
from openplans.text.numerals import DIGITS_OF_A_YEAR, chinese
from openplans.text.period import FIVE_YEARS

_DATED = re.compile("20[0-9]{2}|十[一二三四五六七]五")
_SPAN = re.compile(r"(20[0-9]{2}) ?年? ?[-—–~至到]{1,2} ?(20[0-9]{2})")
_UNTIL = re.compile(r"(?:到|至|截至)(20[0-9]{2}) ?年")
_IN_FIVE_YEARS = re.compile('(十[一二三四五六七]五)[”"]?(?:期间|时期|末),(?!全?[省市县区]?已)[^。;]*[0-9]')
_OPENS_A_GOAL = re.compile("(?:^|[。;\n])[ \u3000]*(20[0-9]{2}) ?年[底末]?,[^。;]*(?:达到?|建成|普及|实现|不低于|超过)")
"""Goals that say their time without 到: “十三五”期间,建成基地10个; 2010年,入园率达到50%."""
_LASTS = re.compile("(?:施行|实施|生效|执行),?有效期(?:限?为)?([1-9]|[一二三四五六七八九])年")
"""For how long measures without a year in their title hold: 自印发之日起施行，有效期3年."""
_TAKES = re.compile("(?:经过|[利再]?用)([1-9]|[一二三四五六七八九])年(?:左右)?的?(?:努力|时间)")
"""How long it takes to reach the goals: 力争经过5年努力."""
_SO_LONG = re.compile(
    "(20[0-9]{2}) ?年(?:开始|起),?[用利通过]{0,2}([1-9]|[一二三四五六七八九])年(?:左右)?(?:的?时间|之?内|期间)"
)
"""For how long a plan says that it holds: 2012年起5年内, 从2023年开始用三年时间."""

_DAY = re.compile(
    r"(?P<y>[0-9]{4}|[二〇零○一三四五六七八九]{4}) ?年 ?(?P<m>[0-9一二三四五六七八九十]{1,3}) ?月"
    r" ?(?P<d>[0-9一二三四五六七八九十]{1,3}) ?日"
)
_BELOW_THE_TITLE = re.compile(rf"[(]{_DAY.pattern}(?:印发|发布|通过)?[)]$")
"""The day of a document that nobody signs: in brackets below its title."""

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[(]20[0-9]{2}[〕\])] ?[0-9]{1,4} ?号")
_ORGAN = "(?:政府|办公[厅室]|委|委员会|党组|[厅局部院会社组室处署团])"
_ORGANS = re.compile(rf"[\u4e00-\u9fff]{{2,30}}{_ORGAN}(?:[ \u3000]+[\u4e00-\u9fff]{{2,30}}{_ORGAN})*")
"""Who issues a document, one or several, in a line."""

_ISSUED_BY = re.compile(rf"(?P<who>{_ORGANS.pattern}) ?(?:关于|印发)")

_BLANKS = "[ \u3000]?"
_PAGE_DATE = r"[^0-9]{0,6}(20[0-9]{2}) ?[-年/.] ?([0-9]{1,2}) ?[-月/.] ?([0-9]{1,2})"
_PAGE_NUMBER = re.compile(rf"(?:文号|发文字号|文件编号)[:\s]*(?P<number>{_NUMBER.pattern})")
_PAGE_ISSUER = re.compile(
    rf"(?:发文|制发|印发|成文){_BLANKS}(?:机关|机构|单位)[:\s]*(?P<who>{_ORGANS.pattern})(?![\u4e00-\u9fff])"
)
_PAGE_ISSUED = re.compile(rf"(?:成文|印发|发文|签发)(?:日期|时间){_PAGE_DATE}")
_PAGE_PUBLISHED = re.compile(rf"(?:(?:发布|公开)(?:时间|日期|于)?|(?<![\u4e00-\u9fff])(?:时间|日期)){_PAGE_DATE}")
_CLOCK = re.compile(r"^(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$")
"""What the card of a page says of its document; a date with the time of day, alone in a line, is when it was shown."""


@dataclass(frozen=True)
class FrontMatter:
    """What a document says of itself, "" where it doesn't. `issued` and `published`: YYYY-MM-DD; `start` and `end`: the
    first and last day of what it plans."""

    doc_number: str
    issuer: str
    issued: str
    published: str
    start: str
    end: str


def front_matter(title: str, year: int, cut: list[Clause], received: Received) -> FrontMatter:
    """What a document says of itself; `title` and `year` are what a person calls it by."""
    card = [folded(line.text).strip() for line in received.lines if line.page]
    page = " ".join(card)  # a label may have what it says on the next line
    start, end = period(title, year, cut)
    issued = _issued(cut) or _date_on(page, _PAGE_ISSUED)
    return FrontMatter(
        doc_number=_doc_number(cut, page),
        issuer=_issuer(cut) or _on(page, _PAGE_ISSUER, "who"),
        issued=issued,
        published=_date_on(page, _PAGE_PUBLISHED) or next(filter(None, (_date_on(each, _CLOCK) for each in card)), ""),
        start=start if _DATED.search(folded(title)) else issued or start,  # without a year it begins when it is issued
        end=end,
    )


def period(title: str, year: int, cut: list[Clause]) -> tuple[str, str]:
    """The first and last day of a plan: the span, the five-year plan or the year in its title; without any, from its
    year to the last that a goal is set for, or of so many from its first on.
    """
    title = folded(title)
    span = _SPAN.search(title)
    first, last = (int(span[1]), int(span[2])) if span else (year, year)
    for words, years in FIVE_YEARS.items():
        if not span and words in title:
            first, last = years
    if _DATED.search(title):
        return f"{first}-01-01", f"{last}-12-31"
    texts = [folded(clause.text) for clause in cut]
    told = [int(found) for text in texts for found in _UNTIL.findall(text)]
    told += [first + _number(each) for text in texts for each in _LASTS.findall(text)]
    told += [first + _number(each) - 1 for text in texts for each in _TAKES.findall(text)]
    told += [FIVE_YEARS[found][1] for text in texts for found in _IN_FIVE_YEARS.findall(text)]
    told += [int(found) for text in texts for found in _OPENS_A_GOAL.findall(text)]
    since = (found for text in texts for found in _SO_LONG.findall(text))
    told += [int(begin) + _number(years) - 1 for begin, years in since if int(begin) == first]
    last = max([last, *(each for each in told if each <= first + 30)])
    return f"{first}-01-01", f"{last}-12-31"


def _number(printed: str) -> int:
    """The value of an Arabic or Chinese numeral; 0 of what is none."""
    return int(printed) if printed.isascii() else int(chinese(printed) or 0)


def _signing(cut: list[Clause]) -> list[Clause]:
    """The first signature: names and a date."""
    first = next((place for place, clause in enumerate(cut) if clause.kind == "signature"), None)
    if first is None:
        return []
    last = next((place for place in range(first, len(cut)) if cut[place].kind != "signature"), len(cut))
    return cut[first:last]


def _issuer(cut: list[Clause]) -> str:
    names = ["".join(clause.text.split()) for clause in _signing(cut) if not _DAY.search(folded(clause.text))]
    if names:
        return " ".join(names)
    found = next((match for head in _heads(cut) if (match := _ISSUED_BY.match(head))), None)
    return " ".join(found["who"].split()) if found else ""


def _heads(cut: list[Clause]) -> Iterator[str]:
    """The titles, each with the line of names above it that it goes on from: 甲县人民政府 | 关于乙的意见."""
    for before, clause in zip([None, *cut], cut, strict=False):
        if clause.kind == "title":
            above = folded(before.text).strip() if before else ""
            yield (above if _ORGANS.fullmatch(above) else "") + folded(clause.text).strip()


def _issued(cut: list[Clause]) -> str:
    signed = (match for clause in _signing(cut) if (match := _DAY.search(folded(clause.text))))
    behind = (match for head in _heads(cut) if (match := _BELOW_THE_TITLE.search(head)))
    found = next(signed, None) or next(behind, None)
    return day(found["y"], found["m"], found["d"]) if found else ""


def day(year: str, month: str, of_month: str) -> str:
    """A date as the tables have it, from Arabic or Chinese numerals; "" where it is none of the calendar."""
    try:
        return date(int(year.translate(DIGITS_OF_A_YEAR)), _number(month), _number(of_month)).isoformat()
    except ValueError:
        return ""


def _doc_number(cut: list[Clause], page: str) -> str:
    """The document's own number: alone in a line, or in the title; else as the page tells it, behind 文号."""
    for clause in cut:
        text = folded(clause.text).strip()
        alone = _NUMBER.fullmatch(text)
        in_title = _NUMBER.search(text) if clause.kind == "title" else None
        if alone or in_title:
            found = alone or in_title
            return clause.text.strip()[found.start() : found.end()] if found else ""
    return _on(page, _PAGE_NUMBER, "number")


def _on(page: str, label: re.Pattern[str], group: str) -> str:
    """What stands behind a label on the page; "" where there is none."""
    found = label.search(page)
    return " ".join(found[group].split()) if found else ""


def _date_on(page: str, label: re.Pattern[str]) -> str:
    found = label.search(page)
    return day(found[1], found[2], found[3]) if found else ""
