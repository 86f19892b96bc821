"""Figures that belong together: lists (分别达到A、B和C) with the names they belong to, and 从15家增加到38家.

Comes in: folded text and its figures, each with its own comparator. Goes out: the same figures with the comparator that
holds for the whole list, with their names, and with the role of baseline or target. Knows no numerals and no units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from openplans.text.figure import Figure

_JOINT = re.compile("(?:以上|以下|以内|左右)?[ ]?(?:、|,|和|与|及|以及|或)[ ]?(?:每[人生户亩](?:每?[年月日])?)?")
"""Between two figures of a list; of 每人每月1001元、每人每年8060元 each says for whom."""
_SLASH = re.compile(" ?/ ?")
_STANDS_ALONE = re.compile("(?:以上|以下|以内|左右)?(?:[,;:。、)\u3000 ]|和|与|及|以|的|$)")
"""What follows a figure that a comma joins to a list; a noun
behind it begins a statement of its own (100%,7.87万公里公路)."""
_QUALIFIES = re.compile("[个家户座处项条只名](?:达到?|超过?|过|突破|近|约)")
"""Between two figures: the second says which things the first counts (20个超百亿元产业集群)."""
_TAIL = re.compile("(?:以上|之上|以下|以内|之内|左右|上下)")
_LEADS = re.compile(
    "(?:(?P<each>分别)|(?<![人年户村平月日亩地])(?P<all>均|都)(?=[达为超保控稳实不在突]|[提增升扩降压缩减][高加升大低短少减小]?[到至]))[^,;:。、]{0,10}$"
)
_STATES = re.compile(
    "(?:达到|达|为|控制在|稳定在|保持在|超过|突破|[提增升扩发恢回降减缩压][\u4e00-\u9fff]?[到至])[^,;:。、]{0,4}$"
)
_FAR = 160
"""How many characters the names of a list may take."""

_NAME_BREAK = re.compile("[,;:。!?\u3000\u2014]")
_LEAD_IN = re.compile(
    "^(?:其中|力争|确保|努力|使|实现|[到至][0-9]{4}年[底末前]{0,2}(?![、和])|[到至](?=[0-9]{4}年[、和])|全[省市县区州]|今年){1,6}"
)
AND = re.compile("(?<![云呼])和(?![美谐平田])|与|以及|(?<![普涉惠触以])及(?![时格])")
"""What parts two names, and no letter of one: 和美乡村, 普及率."""

_STATED = re.compile("[高快低]于|同步|持平")
"""In a part of a list that states something itself: 投资增长高于经济增长、民间投资增长均超过10%."""
_SECTORS = re.compile("(?P<which>第?[一二三](?:[、和]第?[一二三]){1,2})(?:次)?产业(?P<counted>[^、,;。]{0,12})")

_FROM = re.compile("(?:从|由)[^,;:。、从由]{0,12}$")
_RISES = re.compile(
    "(?:以上|左右)?(?:[(][^()]{0,12}[)])?[ ,]?"
    "(?P<verb>[\u4e00-\u9fff]{0,8})(?:到|至|为)"
    "(?:[0-9]{4}年[底末]?的?)?[ ]?(?:约|近|超|不超过|不低于|不少于|[(]?)?"
)


def joined(text: str, found: Sequence[Figure]) -> list[Figure]:
    """The figures with what they owe to one another."""
    figures = list(found)
    groups = list(_groups(text, figures))
    for group in groups:
        members = [figures[place] for place in group]
        for place, figure in zip(group, _listed(text, members), strict=True):
            figures[place] = figure
    _rising(text, figures)
    for one, two in pairwise(groups):
        _rising_lists(text, figures, one, two)
    return figures


def _groups(text: str, figures: list[Figure]) -> Iterator[list[int]]:
    """The places of figures that nothing but a comma or 和 parts; single figures are groups of one."""
    group: list[int] = []
    for place, figure in enumerate(figures):
        if figure.is_time:
            continue
        joint = _JOINT.fullmatch(text, figures[group[-1]].end, figure.start) if group else None
        follows = joint and ("," not in joint.group() or _STANDS_ALONE.match(text, figure.end))
        if group and _are_two_sizes(text, figures[group[-1]], figure):
            follows = True
        if group and not follows:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _are_two_sizes(text: str, one: Figure, other: Figure) -> bool:
    """Whether a slash parts two sizes of one thing: 100万千瓦/400万千瓦时."""
    return bool(one.unit and other.unit and _SLASH.fullmatch(text, one.end, other.start))


def _listed(text: str, members: list[Figure]) -> list[Figure]:
    """The members of a list with one comparator, and with their names where as many names stand before it."""
    names, led = _named(text, members[0].start, len(members))
    if len(members) == 1:
        return [replace(members[0], names=names)] if len(names) > 1 else members
    if not _QUALIFIES.search(text, max(0, members[0].start - 3), members[0].start):
        members = _one_comparator(text, members, led or bool(names))
    if led or names:
        members = _one_unit(members)
    if len(names) != len(members):
        return members
    return [replace(each, names=(name,)) for each, name in zip(members, names, strict=True)]


def _named(text: str, start: int, count: int) -> tuple[tuple[str, ...], bool]:
    """The names that stand before a list of `count` figures, and whether 分别 or 均 leads to it."""
    before = text[_clause(text, start) : start]
    if lead := _LEADS.search(before):
        if lead["all"]:
            return (_names(before[: lead.start()], 0) if count == 1 else ()), True
        return _names(before[: lead.start()], count), True
    states = _STATES.search(before) if count > 1 else None
    return (_names(before[: states.start()], count) if states else ()), False


def _one_comparator(text: str, members: list[Figure], led: bool) -> list[Figure]:
    """以上 behind the last holds for all of a list; 达到 before the first for those that have no word of their own."""
    first, last = members[0], members[-1]
    head = "eq" if _TAIL.match(text, first.end) else first.comparator
    tail = last.comparator if led and _TAIL.match(text, last.end) else ""
    head, tail = ("eq" if head == "range" else head), ("" if tail == "range" else tail)  # each has its own upper end
    open_ = ("eq", head) if tail else ("eq",)
    said = tail or head

    def goes_on(each: Figure) -> bool:  # 突破20万元、4个村突破50万元: the second begins a statement of its own
        return led or each.unit == first.unit or bool(_STANDS_ALONE.match(text, each.end))

    return [replace(each, comparator=said) if each.comparator in open_ and goes_on(each) else each for each in members]


def _one_unit(members: list[Figure]) -> list[Figure]:
    """The unit printed behind the last holds for those before it that have none: 分别为60、30微克/立方米."""
    last = members[-1]
    if last.unit == "个百分点":  # 提升31.1个和26.3个百分点
        return [replace(each, unit=last.unit) if each.unit == "个" else each for each in members]
    bare = last.kind == "count" and all(not each.unit and each.kind == "count" for each in members[:-1])
    if not bare or any(each.magnitude > 1 for each in members[:-1]):
        return members
    return [replace(each, unit=last.unit, magnitude=last.magnitude) for each in members]


def _names(text: str, wanted: int) -> tuple[str, ...]:
    """The names of a list, cut at 、 and, where there are too few, at 和; as many as wanted, or none. 0 wants all."""
    names = _sectors(_LEAD_IN.sub("", text)) or [each for each in _LEAD_IN.sub("", text).split("、") if each]
    if wanted == 0:
        return tuple(part for each in names for part in AND.split(each) if part and not _STATED.search(part))
    for place in range(len(names) - 1, -1, -1):
        if len(names) >= wanted:
            break
        parts = [part for part in AND.split(names[place]) if part]
        if len(names) - 1 + len(parts) > wanted:  # only its last 和 parts two names
            *before, end = parts
            parts = [text[text.index(before[0]) : text.index(end, text.index(before[0]))].rstrip("和与及以"), end]
        names[place : place + 1] = parts
    return tuple(names) if len(names) == wanted else ()


def _sectors(text: str) -> list[str]:
    """第一、二、三产业增加值 are three names, of which the last has what all end with."""
    found = _SECTORS.fullmatch(text)
    return [f"第{each}产业{found['counted']}" for each in re.findall("[一二三]", found["which"])] if found else []


def _rising(text: str, figures: list[Figure]) -> None:
    """从15家增加到38家: the first is a baseline, the second a target."""
    places = [place for place, each in enumerate(figures) if not each.is_time]
    for one, two in pairwise(places):
        first, second = figures[one], figures[two]
        rises = _RISES.fullmatch(text, first.end, second.start)
        risen = figures[one].role == "target"  # 由12%提升到20%,产值达到130亿元
        if rises and not risen and _FROM.search(text, max(0, first.start - 14), first.start):
            figures[one] = replace(first, role="baseline", comparator=first.comparator)
            figures[two] = replace(second, role="target")


def _rising_lists(text: str, figures: list[Figure], one: list[int], two: list[int]) -> None:
    """甲、乙分别由5个、3个增加到8个、6个: the first list is of baselines, the second of targets, and both of the same
    names, which stand before 由.
    """
    if len(one) != len(two) or len(one) < 2 or not _RISES.fullmatch(text, figures[one[-1]].end, figures[two[0]].start):
        return
    first = figures[one[0]]
    begin = _FROM.search(text, max(0, first.start - 14), first.start)
    if begin is None:
        return
    names, _ = _named(text, begin.start(), len(one))
    names = names or _names(text[_clause(text, begin.start()) : begin.start()], len(one))
    for places, role in ((one, "baseline"), (two, "target")):
        for number, place in enumerate(places):
            figures[place] = replace(figures[place], role=role, names=names[number : number + 1])


def _clause(text: str, end: int) -> int:
    """Where the clause begins that ends at a place."""
    return max((mark.end() for mark in _NAME_BREAK.finditer(text, max(0, end - _FAR), end)), default=max(0, end - _FAR))
