"""Sentences of the running text that say who does what -> the units in them, and whether each leads, helps or answers
for a part: 区发改局要牵头细化方案; 市发改委负责日常调度,市统计局配合; 省级资金由市教育局争取,市级资金由市财政局统筹;
县委办会同县委组织部每半年督查一次; 县财政局:负责落实资金.

Comes in: the text of a clause. Apart from `responsible`, whose lists hold nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from openplans.text.folding import CELL, folded
from openplans.text.numbering import behind_number
from openplans.text.organization_names import OrganizationList, listed, parsed
from openplans.text.organization_pieces import WITH
from openplans.text.roles import BRACKETS, HELPING, HELPS, LEADING, LEADS

_SENTENCE = re.compile(f"[^。;\n{CELL}]+")
_PART = re.compile("(?:按照?(?:各自|部门)?职[责能](?:分工)?,|[^,])+")
_DOES = re.compile(
    f"(?:{LEADS})(?!单位|部门|领导)|{HELPS}|对(?=[^,;。]{{2,20}}负责)|负责|统筹|落实|承担|组织(?!部)|实施|保障|争取|做好|抓好|办理|办好"
)
_SUPPORTS = re.compile("(?:做好|落实|保障|统筹)[^,;。]{0,10}(?:保障|支持|服务|经费)$")
"""县财政局做好资金保障: it helps those who do the work."""
_BY = re.compile("^[^由]{0,14}?(?:由|责成|交给)")
_MUST = re.compile("要(?![求素点闻害件])")
"""What those must do of whom a sentence begins: 县水务局要在汛前检修闸门; of all it is a call: 各乡镇要高度重视."""
_WORK = 16
"""Letters of what a unit does: 负责日常调度."""
_DUTY = re.compile(
    "(?P<who>[^:;。]{2,60})(?<!单位)(?<!部门):(?=[\u4e00-\u9fff]{0,8}(?:负责|牵头|配合|做好|抓好|落实|承担|统筹|组织))"
)
"""Before its duties a unit stands with a colon: 县财政局:负责落实资金."""
_ANY_DUTY = re.compile("(?P<who>[^:;。]{2,60})(?<!单位)(?<!部门):(?=[\u4e00-\u9fff])")
_WITH = re.compile(f"(?:{WITH})(?!负责|牵头)")
_GOES_ON = re.compile(
    "(?=[每于在按将对共]|定期|适时|不定期|[年季月]度|依[法规]|及时|开展|组织(?!部)|制[定订]|研究(?!院|所|中心)|建立|加强|推[进动]|实施|完善|强化"
    "|结合|根据|认真|积极|抓[好紧]|做好|负责|统筹|成立|组成|出台|编制|审[核定查]|评[估选审]|指导|督[促导]|落实|办[理好]|拟[定订]|举办|召开|发[布放]|签[订发])"
)
"""Where what is done begins behind those who do it together: 甲局会同乙局|每半年督查一次."""
_CALLS = re.compile(f"[^,]{{2,60}}?{_MUST.pattern}")
_ANY = re.compile(f"{_MUST.pattern}|{_GOES_ON.pattern}(?![\u4e00-\u9fff]{{2}}的)")


@dataclass(frozen=True)
class ToldOrganization:
    """A unit as printed, from `start` of the text on, and its role: lead, co or listed."""

    start: int
    name: str
    role: str


@dataclass(frozen=True)
class _Doing:
    """A part of a sentence: who, does what, whether 由 stands before, and from where on others join (会同)."""

    organizations: list[tuple[int, str]]
    verb: str
    by: bool
    joined: int


def told(text: str, alone: bool = False, freely: bool = False) -> Iterator[ToldOrganization]:
    """The units of which the sentences of a text say that they lead, or help those that do, or do each a part; where
    they stand `alone`, no list naming any, also those of which a sentence only says that they do it; `freely`, also
    those with which a sentence begins, whatever they do.
    """
    plain = folded(text).translate(BRACKETS)
    sentences = list(_SENTENCE.finditer(plain, behind_number(plain)))
    done = [_done(text, plain, sentence, alone, freely) for sentence in sentences]
    parts = [_is_a_part(sentence.group(), doing) for sentence, doing in zip(sentences, done, strict=True)]
    for sentence, doing, part in zip(sentences, done, parts, strict=True):
        if duty := (_ANY_DUTY if freely else _DUTY).match(plain, *sentence.span()):
            yield from _all(text, plain, *duty.span("who"), "listed")
        elif not sentence.group().endswith("解释"):  # 本办法由县财政局会同县审计局负责解释
            apart = alone or (part and sum(parts) > 1)  # 甲局负责规划;乙局负责建设
            yield from _roles(doing, apart) if doing else _together(text, plain, sentence)


def _done(text: str, plain: str, sentence: re.Match[str], alone: bool, freely: bool) -> list[_Doing]:
    """Who does what by the parts of a sentence; `alone`, also who must do something."""
    parts = [each.span() for each in _PART.finditer(plain, *sentence.span())]
    verb = _ANY if freely else _MUST
    found = (_doing(text, plain, *each) or (_must(text, plain, *each, verb) if alone else None) for each in parts)
    return [each for each in found if each]


def _is_a_part(sentence: str, doing: list[_Doing]) -> bool:
    """Whether a sentence may be one of several that say who does which part: those who do it, or help, are surely
    units (支持贫困地区 may be what is done), and are not only called upon (财政部要加大支持).
    """
    names = [name for each in doing for _, name in each.organizations]
    helping = len(names) > 1 and all(HELPING.search(each.verb) for each in doing)
    return bool(names) and (helping or parsed("、".join(names)).surely_of_organizations) and not _CALLS.match(sentence)


@lru_cache(maxsize=4_096)
def duties(text: str) -> int:
    """Of how many units, or groups of some, a text tells the duties, one behind the other: 甲局:负责…。乙局:负责…"""
    plain = folded(text).translate(BRACKETS)
    told_ = (_DUTY.match(plain, *sentence.span()) for sentence in _SENTENCE.finditer(plain))
    return sum(any(_all(text, plain, *each.span("who"), "listed")) for each in told_ if each)


def _all(text: str, plain: str, start: int, end: int, role: str) -> Iterator[ToldOrganization]:
    """The units that a span of a text is made of, all in one role; none where it is made of more."""
    if _are_organizations(plain[start:end]):
        for each in listed(OrganizationList(start, end, text[start:end])):
            yield ToldOrganization(start + each.start, each.name, role)


def _together(text: str, plain: str, sentence: re.Match[str]) -> Iterator[ToldOrganization]:
    """The units with which a sentence begins that do something with others: those before 会同 lead."""
    by, met = _BY.search(sentence.group()), _WITH.search(plain, *sentence.span())
    begin = sentence.start() + (by.end() if by else 0)
    leading = list(_all(text, plain, begin, met.start(), "lead")) if met and begin < met.start() else []
    if not met or not leading:
        return
    for cut in _GOES_ON.finditer(plain, met.end(), sentence.end()):
        if helping := list(_all(text, plain, met.end(), cut.start(), "co")):
            yield from (*leading, *helping)
            return


def _doing(text: str, plain: str, start: int, end: int) -> _Doing | None:
    """Who does what by a part of a sentence; None where it does not begin with units."""
    if joined := _WITH.match(plain, start, end):  # 由甲局牵头,会同乙局、丙局
        named = [(each.start, each.name) for each in _all(text, plain, joined.end(), end, "co")]
        return _Doing(named, "配合", False, end) if named else None
    by = _BY.search(plain[start:end])
    begin = start + (by.end() if by else 0)
    verbs = _DOES.finditer(plain, begin, end)  # the first may be of a name: 县人力资源和社会保障局
    verb = next((each for each in verbs if _are_organizations(plain[begin : each.start()])), None)
    if verb is None or (by and end - verb.end() > _WORK and not LEADING.search(verb.group())):
        return None
    found = list(listed(OrganizationList(begin, verb.start(), text[begin : verb.start()])))
    if not found:  # 由该局牵头
        return None
    met = _WITH.search(plain, begin, verb.start())
    does = "支持" if _SUPPORTS.match(plain, verb.start(), end) else verb.group()
    return _Doing([(begin + each.start, each.name) for each in found], does, bool(by), met.start() if met else end)


def _are_organizations(said: str) -> bool:
    read = parsed(said)
    return read.of_organizations and not read.nameless


def _must(text: str, plain: str, start: int, end: int, verb: re.Pattern[str]) -> _Doing | None:
    """Who must do something, by a part of a sentence that begins with units."""
    by = _BY.search(plain[start:end])  # 办学方案由县教育局制定
    cuts = verb.finditer(plain, start, end) if not by else ()
    found = next(filter(None, (list(_all(text, plain, start, each.start(), "listed")) for each in cuts)), [])
    named = [(each.start, each.name) for each in found if not each.name.startswith("各")]
    return _Doing(named, "要", False, end) if named else None


def _roles(doing: list[_Doing], apart: bool) -> Iterator[ToldOrganization]:
    """The units of a sentence: those that lead; those that help them; those that answer, where others help them; where
    none does, those that answer each for a part, or, where each is told `apart`, all.
    """
    leads = [LEADING.search(each.verb) for each in doing]
    helps = [HELPING.search(each.verb) for each in doing]
    helped = any(helps) and not all(helps)
    parts = sum(not lead and not helped for lead in leads)
    for each, lead, help_ in zip(doing, leads, helps, strict=True):
        said = "lead" if lead or (helped and not help_ and not any(leads)) else "co" if helped or any(leads) else ""
        said = said or ("listed" if apart or (parts > 1 and not any(leads)) else "")
        said = "lead" if each.joined <= max(start for start, _ in each.organizations) and not help_ else said
        if said:
            yield from (
                ToldOrganization(start, name, "co" if start > each.joined else said)
                for start, name in each.organizations
            )
