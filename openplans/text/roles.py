"""The words by which documents say who leads a task and who only helps, and the rules that hold for all lists of one.

Comes in: a label, the head of a column, the texts of a document, all folded. Goes out: the role, the mark of those who
lead, where the rule of the first begins. Apart, because drafts, the check and the finding of lists all ask, and a word
that one of them did not know would make them differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEADS = (
    "牵头|挂帅|主攻(?!方向|坚|目标)|主办|主责|主抓|抓总|第一责任|负总责|为主(?![要体导线题攻力干流旨业推])|组长(?=单位)"
)
HELPS = "配合|协办|参与|参加|协同|协助|协作|协力|(?<![委大协])会办(?![公事])|搭手|策应|支持|成员(?=单位)"
ANSWERS = "责任|承办|主管|落实|实施|完成"
"""What labels and heads call those who answer, without saying who leads."""
LEADING, HELPING = re.compile(LEADS), re.compile(HELPS)
MARKS = "*★☆▲△●◆■◎※"
"""What may mark those who lead; * is what a full-width one is folded to."""
BRACKETS = str.maketrans("【】〔〕[]〈〉", "()()()()")
"""Square brackets do what round ones do."""

_MARK_LEADS = re.compile(
    rf"(?:(?:标|带|加|注|打|有)[有注记为]?[“(]? *(?P<mark>[{MARKS}])|(?P<star>[*★])"
    rf"|(?P<alone>[{MARKS}])(?=[)”]? *[为是](?:牵头|主办))) *[)”]?[^。;、]{{0,10}}(?:牵头|主办)"
)
"""标注▲的为牵头单位; a star may stand without the word, which other marks, set before the items of a list, may not."""
_FIRST_LEADS = re.compile(
    "(?:(?:[列排位居序]|名列|排名|排序|排列)[在于]?(?:第一|首|最前)[位个家名面]?|(?:第一|首)[位个家名]|第一(?=责任(?:单位|部门)))"
    "[^,;。、]{0,8}?[为是]?(?:牵头|主办|第一责任|主责)"
)
_THE_OTHERS_LEAD = re.compile(
    "(?:[无没未][有列标注明确定]{0,3})(?:牵头|主办)(?:单位|部门)的?,?[^,;。]{0,8}责任(?:单位|部门)[即均也]?为牵头"
)
"""无牵头单位的,责任单位即为牵头单位."""
_LEGEND = re.compile(
    rf"[“(]?(?P<mark>[{MARKS}○△√✓])[)”]? ?(?:表示|代表|[为是指:])?[^,;。、]{{0,4}}?(?P<role>{LEADS}|{HELPS}|{ANSWERS})"
)
"""What the marks of a table mean: ●表示主抓,○表示协同; ●牵头 ○配合."""
_UNMARKED_TOGETHER = re.compile(
    "(?:[未无没][有作做加]{0,2}(?:标[注明记识]?|注明)|一个.也没有)的?(?:单位|部门)?,?[^。;]{0,6}(?:共同|分别|按|各自)"
)
"""未作标注的,按职责分工共同负责; 一个★也没有的,由所列单位共同负责."""
_IN_BRACKETS_HELP = re.compile(f"括号[内中里](?:所列|的)?(?:单位)?[为是均](?:{HELPS})(?:单位|部门)")
"""方括号内为协办单位."""
_OF_ALL_LISTS = re.compile("所列|本(?:方案|计划|清单|意见|分工|文件)|各项|上述|以上|文中")
"""Before such a rule: it holds for the lists above it too."""
_IN_A_LIST = re.compile(r"\([^()]*$|(?<!注)(?<!说明):[^()。]*$")
_FROM_HERE = re.compile("[^。;]{0,16}下同")
_OF_ORGANIZATIONS = "(?:责任)?(?:单位|部门)"
_LEADING_HEAD = re.compile(f"(?:主要责任|(?:{LEADS})){_OF_ORGANIZATIONS}")
_OTHER_HEAD = re.compile(f"(?:[有相]关)?(?:责任|(?:{HELPS})){_OF_ORGANIZATIONS}")
"""Heads of columns that stand under each other, each in a line: 主要责任单位, 责任单位."""


_AND_OTHERS = re.compile(f"(?:{LEADS})(?:单位|部门)?[和及与、/](?:{ANSWERS})")
"""A head of those who lead and of others: 牵头和责任单位."""


def said_of(words: str) -> str:
    """The word for the role that a label or a head gives: 牵头 of 牵头单位; "" where it names both, or neither."""
    words = re.sub(r"\([^()]*\)", "", words)  # 责任单位(标*为牵头单位)
    said = [said_at(words, found.span()) for pattern in (LEADING, HELPING) if (found := pattern.search(words))]
    return said[0] if len(said) == 1 and not _AND_OTHERS.search(words) else ""


def said_at(text: str, span: tuple[int, int]) -> str:
    """The word for a role that a text has at a place; 组长 and 成员 are one only with the 单位 behind them."""
    word = text[slice(*span)]
    return f"{word}单位" if word in ("组长", "成员") else word


def mark_of(texts: Iterable[str]) -> str:
    """The mark of those who lead by the document's own rule (标*的为牵头单位); "" where it has none."""
    found = (_MARK_LEADS.search(text) for text in texts)
    return next((each["mark"] or each["star"] or each["alone"] for each in found if each), "")


def first_leads_from(texts: Iterable[str]) -> int | None:
    """The place of the text from which on the first of each list leads; None where no text says so.

    A rule that stands inside a list holds from there on (责任单位:甲局、乙局,排第一位的牵头), as one does that says so
    (下同); any other holds for all lists. Heads in lines of their own say it of what stands behind them: of a table
    that lost its columns, the first unit is surely one of the first column.
    """
    before = ""
    for place, text in enumerate(texts):
        if _OTHER_HEAD.fullmatch(text) and _LEADING_HEAD.fullmatch(before):
            return place
        before = text
        if found := _FIRST_LEADS.search(text):
            lead = text[: found.start()]
            from_here = _IN_A_LIST.search(lead) or _FROM_HERE.match(text, found.end())
            return place if from_here and not _OF_ALL_LISTS.search(lead[-20:]) else 0
    return None


def legend(texts: Iterable[str]) -> dict[str, str]:
    """The word for the role that each mark in the cells of a table stands for: ●表示主抓,○表示协同."""
    return {each["mark"]: each["role"] for text in texts for each in _LEGEND.finditer(text)}


def unmarked_together(texts: Iterable[str]) -> bool:
    """Whether those of a list without a mark answer together, by the document's own rule (未作标注的,共同负责); else
    they help, whoever it is that leads.
    """
    return any(_UNMARKED_TOGETHER.search(text) for text in texts)


def helping_in_brackets(texts: Iterable[str]) -> bool:
    """Whether the units in brackets only help, by the document's own rule: 方括号内为协办单位."""
    return any(_IN_BRACKETS_HELP.search(text) for text in texts)


def answering_leads(texts: Iterable[str]) -> bool:
    """Whether those that answer lead, by the document's own rule, where nobody is said to."""
    return any(_THE_OTHERS_LEAD.search(text) for text in texts)
