"""Lists of responsible units in a clause: behind 责任单位:, in a bracket behind a task, in the cell of a table.

Comes in: the text of a clause and the names that the registry knows. Goes out: the lists, with their places, and what
is left of one when known names are taken out. Finds a list whose units nobody has registered too, by its label, by
牵头 and 配合, or by what bureaus are called; a sentence that only says who does it is one (由甲局牵头,会同乙局实施).
Every step is a single pass.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from openplans.text.bodies import is_body, is_bureau, is_firm, is_ranked
from openplans.text.folding import CELL, folded
from openplans.text.numbering import behind_number, item_mark
from openplans.text.organization_names import NOBODY, OrganizationList, parsed
from openplans.text.roles import ANSWERS, BRACKETS, HELPS, LEADS, MARKS, said_at, said_of

_BODIES = "(?:单位|部门|处室|科室|股室|科所|站所|村居|主体|机构)"
_WORD = f"(?:{LEADS}|{HELPS}|{ANSWERS})"
_LABEL = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])(?P<kind>(?:(?!{_WORD})[\u4e00-\u9fff]){{1,8}}?)|(?:[省市县区州旗镇乡]|乡镇|镇街)级)??(?:主要|共同|其[他它])?"
    rf"(?P<role>{_WORD})(?:\({_WORD}\))?(?:责任)?"
    rf"(?:{_BODIES}(?:[及和与、/][\u4e00-\u9fff]{{0,2}}人)? ?(?:\([^()]{{0,24}}\) ?)?"
    rf"(?P<says>[:▶►→]|[为是 \u3000]|(?=[省市县区州旗各]))"
    rf"|(?P<closed>{_BODIES}\)) ?:?(?=[\u4e00-\u9fff]))"
    rf"|(?<![\u4e00-\u9fff])(?:由?谁来?)?"
    rf"(?P<bare>{LEADS}|{HELPS}|责任|承办|主管|(?:部门|责任|任务|职责|工作)分工) ?[:▶►→]"
)
"""The label of a list: 责任单位:, 属地责任单位:, 牵头单位为, 牵头:, (配合单位) in brackets of its own."""
_ANY_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:(?:(?![送报印发文来填编参联])[\u4e00-\u9fff]){{1,6}}{_BODIES}"
    "|(?:由?谁来?|哪[些个]?)[干办做管抓负责][^:]{0,4}):|(?<=[。;])(?:[▶►→]|[—–-]{2})"
)
"""A label whose words say no role: 攻坚单位:, 谁来干:, ▶, ——. Behind it stands a list where all of it is units."""
_SPREAD = re.compile("(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff] ){3,}[\u4e00-\u9fff] ?(?=:)")
"""A label whose letters blanks part: 责 任 单 位:."""
_BEFORE_BARE = re.compile("^|[。;\n]|[—–-]{2}|[▶►→]|(?<![\u4e00-\u9fff])(?P<label>[\u4e00-\u9fff]{2,8}):|(?P<comma>,)")
_BEHIND_BARE = re.compile("[。;\n]|$")
"""What stands before and behind names of which nothing says that they answer; behind a comma they end the text."""
_PART_ENDS = re.compile(";")
_NEAR = 8
"""Letters before such names within which 抄送 or 报 says that they get something."""
_WEAK = ("", "为", "是", " ", "\u3000")
"""What may stand behind the words of a label that is none."""
_END = re.compile(
    "[。\n]|(?<=[;,、 ])[\u4e00-\u9fff]{2,8}:|(?:完成|办结|推进|落实)?(?:时限|时间|期限|节点)(?:要求|安排)?:"
    "|(?:责任|联系|负责)人(?:员|及电话)?:"
)
"""What ends a list: a full stop, or another label (完成时限:)."""
_ROLE = re.compile(rf"{LEADS}|{HELPS}|负责|抓总|承[办担]|落实|实施|推进|(?:职责|责任|牵头|主办)(?:单位|部门)?|各负其责")
_SENTENCE = re.compile("[^。;\n]+")
_BY = re.compile("(?<=,)(?:[该此本上][^,由]{0,6})?(?=由(?!于))")
_REMARK = "牵头单位"
_REMARKED = re.compile(r"\([^()]*下同\)")
"""(除标注“分别牵头”外,列第一位为牵头或汇总单位,下同)."""
_IS = re.compile("[为是](?:工作|主要)?$")
_BRACKET = re.compile("[()]")
_LONGEST_ANSWER = 300
"""Letters of a line that is a list of units: thirty of them."""
_SENT = re.compile("[报送抄]")
"""What is done with a document, not with a task: 进展报镇办公室."""
_OPENS_A_LIST = re.compile("[^,;。、]{0,16}")
"""What may stand in a line before a list of units that is all it says: a label."""
_FEWEST = 4
"""Letters of what is to be done."""
_FRONT = re.compile(r"[ \u3000]*\([^()]*\)(?P<behind>.*)")
"""A bracket that a line begins with."""
_BUREAU_ENDS, _AFTER_A_LIST = tuple("局委办厅部"), ("", *"。,;、) \n\u3000")
_FILLER = re.compile(
    rf"等(?:有关|相关)?(?:部门|单位|[县市区乡镇街道]{{1,4}}(?:人民)?政府)|[该此本各]项工作(?=由)|按照?(?:各自)?职责(?:分工)?|[\s{MARKS}、,;。:()和及与等由]|会同|组织实施|研究提出[\u4e00-\u9fff]{{0,4}}意见|具体|以及|下同|为主"
    "|要(?=认真|切实|抓|做)|认真|切实|抓[好实](?:工作)?|做好|(?:分别|共同|各自|具体)?(?:" + _ROLE.pattern + ")"
)

_WHEN = re.compile(
    r"(?<![^、,;()])(?:[于在到至]|力争|确保)?(?=[0-9]|长期|持续|全年|常年|常态|每年|年[底内末])(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?"
    "(?:[0-9]{1,2}日)?(?:[上下]半年|第?[一二三四]季度)?(?:[上中下]旬)?年?[底末内初]?(?:[以之]?前)?"
    "(?:长期|持续|全年|常年|常态化?|每年)?(?:基本|全部|全面)?(?:完成|建成|竣工|开工|启动|投用|投入使用|见效|推进|实施|坚持|开展)?"
    "(?![^、,;()])"
)
"""A part of a list that only says by when: 2027年底前完成, 长期坚持."""


class Names:
    """Many names, found in one pass over a text whatever their number: by first character, then by length."""

    def __init__(self, names: Iterable[str]) -> None:
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        self._names = frozenset(folded(name) for name in names if name)
        for name in self._names:
            lengths[name[0]].add(len(name))
        self._lengths = {head: sorted(each, reverse=True) for head, each in lengths.items()}

    def without(self, text: str) -> str:
        """The text with every name taken out, the longest that fits a place first."""
        left: list[str] = []
        place = 0
        while place < len(text):
            sizes = self._lengths.get(text[place], ())
            size = next((size for size in sizes if text[place : place + size] in self._names), 0)
            if not size:
                left.append(text[place])
            place += size or 1
        return "".join(left)


NONE = Names(())


def rest(text: str, names: Names) -> str:
    """What is left of a list without the names, their separators, roles and remarks (列第一位的为牵头单位,下同)."""
    plain = _REMARKED.sub("", folded(text).translate(BRACKETS))
    said = _WHEN.sub("", _LABEL.sub("", _unremarked(plain)))
    left = _FILLER.sub("", names.without(said))
    return "" if NOBODY.fullmatch(left) else left


@lru_cache(maxsize=4_096)
def organization_lists(text: str, registered: Names, table_row: bool = False) -> tuple[OrganizationList, ...]:
    """The lists of responsible units in a clause, those behind a label first. Kept, because what is to be done, who
    answers for it and what the check says all ask.
    """
    plain = _unspread(folded(text).translate(BRACKETS))
    found = list(_labelled(plain)) or list(_told_behind_a_label(plain))
    starts = [start for start, _, _ in found]
    done = 0
    for start, end in _cells(plain) if table_row else _brackets(plain):
        first = bisect_left(starts, start)
        inside = first < len(starts) and starts[first] <= end
        inside = inside or any(begin <= start and end <= last for begin, last, _ in found[: len(starts)])
        if start >= done and not inside and _lists_organizations(plain, start, end, registered, table_row):
            found.append((start, end, ""))
            done = end
    found += [] if table_row or found else [(*span, "") for span in _told(plain)]
    return tuple(OrganizationList(start, end, text[start:end], role) for start, end, role in found)


def is_answer(line: str) -> bool:
    """Whether a folded line without a number says nothing but who answers: behind a label, or as a list of several."""
    if len(line) > _LONGEST_ANSWER:
        return False
    if (mark := item_mark(line)) and (mark not in MARKS or not parsed(line).of_organizations):  # ★县农业局 县水利局
        return False
    front = _FRONT.fullmatch(line.translate(BRACKETS))
    behind = _WHEN.sub("", front["behind"].strip(" 。")) if front else ""
    if len(behind) > _FEWEST and not parsed(behind).surely_of_organizations:  # (县水利局)整治河道
        return False
    if lists := organization_lists(line, NONE):
        return bool(_OPENS_A_LIST.fullmatch(line, 0, min(each.start for each in lists)))
    read = parsed(line)
    if len(read.names) != 1 or read.does:
        return read.of_organizations
    return is_ranked(read.names[0]) or (
        read.of_organizations and read.surely_of_organizations and not _SENT.search(line)
    )


def bare_lists(text: str) -> list[OrganizationList]:
    """The parts of a text that are surely names of units and nothing else, though no word and no bracket says that
    they answer: 改造小区6个,县住建局、县财政局.
    """
    plain = folded(text).translate(BRACKETS)
    if not behind_number(plain) and is_answer(plain.strip()):
        return [OrganizationList(0, len(text), text, sure=False)]
    found: list[OrganizationList] = []
    last = len(plain.rstrip(" 。"))
    for before in _BEFORE_BARE.finditer(plain, behind_number(plain)):
        start = before.end()
        behind = _BEHIND_BARE.search(plain, start, start + _LONGEST_ANSWER)
        end = behind.start() if behind else len(plain)
        ends = end >= last or not before["comma"]
        overlaps = found and start <= found[-1].end
        if ends and not overlaps and _are_bare(plain, start, end):
            found.append(OrganizationList(start, end, text[start:end], said_of(before["label"] or ""), sure=False))
    return found


def _are_bare(text: str, start: int, end: int) -> bool:
    if end - start >= _LONGEST_ANSWER:
        return False
    read = parsed(text[start:end])
    surely = read.of_organizations and read.surely_of_organizations and not read.nameless
    return surely and not _SENT.search(text, max(0, start - _NEAR), start)


def _unspread(text: str) -> str:
    """The text with the blanks before a label that parted its letters."""
    return _SPREAD.sub(lambda found: found.group().replace(" ", "").rjust(len(found.group())), text)


def _labelled(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, role) of what stands behind each label, up to the next one, a full stop or the bracket's end."""
    labels = [each for each in _LABEL.finditer(text) if not (each["closed"] and is_body(each["kind"] or ""))]
    starts = [each.end("kind") if is_body(each["kind"] or "") else each.start() for each in labels]
    ends = [*starts[1:], len(text)]  # 牵头单位:县财政局配合单位:… of two lines that met
    for label, end in zip(labels, ends, strict=False):
        end = min(_stop(text, label.end(), end), _closing(text, label.end(), end))
        end -= text[end - 1 : end] == "(" and end < len(text)  # of the next label, (配合单位)
        if label["says"] in _WEAK:  # 责任单位为甲局;改造小区3个
            end = next((each.start() for each in _PART_ENDS.finditer(text, label.end(), end)), end)
        said = text[label.end() : end]
        if label["says"] not in _WEAK or (_is_of_organizations(said) and (label["says"] or not _SENT.search(said))):
            yield label.end(), end, label["bare"] or said_at(text, label.span("role"))


def _told_behind_a_label(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, "") of the units behind each label that says no role."""
    for label in _ANY_LABEL.finditer(text):
        end = _closing(text, label.end(), _stop(text, label.end(), len(text)))
        if _is_of_organizations(text[label.end() : end]):
            yield label.end(), end, ""


def _stop(text: str, start: int, end: int) -> int:
    """Where what stands behind a label is over: at a full stop, or another label that no bracket holds."""
    for stop in _END.finditer(text, start, end):
        if text.count("(", start, stop.start()) <= text.count(")", start, stop.start()):
            return stop.start()
    return end


def _is_of_organizations(text: str) -> bool:
    """Whether a text is nothing but names of units."""
    return parsed(text).of_organizations


def _closing(text: str, start: int, end: int) -> int:
    """Where a bracket that was open before `start` closes, or a cell ends; `end` where neither does."""
    depth = 0
    for place in range(start, end):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth < 0 or text[place] == CELL:
            return place
    return end


def _told(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that only say which units do what, or the last part of one, from 由 on."""
    for sentence in _SENTENCE.finditer(text):
        if _ROLE.search(sentence.group()) and not sentence.group().endswith("解释"):  # 本办法由县财政局负责解释
            by = _BY.search(sentence.group())
            start = sentence.start() + (by.end() if by else 0)
            said = text[start : sentence.end()]
            read = parsed(said, objects="会同" in said)  # what they do together may have an object: 研究提出意见
            if read.of_organizations and read.does and not read.nameless:
                yield start, sentence.end()


def _cells(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cell in text.split(CELL):
        yield start, start + len(cell)
        start += len(cell) + 1


def _brackets(text: str) -> list[tuple[int, int]]:
    """The insides of brackets, outer before inner; none that holds brackets in brackets (a bracket left open)."""
    found: list[tuple[int, int]] = []
    stack: list[list[int]] = []
    for mark in _BRACKET.finditer(text):
        if mark.group() == "(":
            stack.append([mark.end(), 1])
        elif stack:
            start, height = stack.pop()
            if stack:
                stack[-1][1] = max(stack[-1][1], height + 1)
            if height <= 2:
                found.append((start, mark.start()))
    return sorted(found)


def _lists_organizations(text: str, start: int, end: int, registered: Names, cell: bool) -> bool:
    """Whether a bracket or cell is a list of units: mostly known names, or what bureaus are called."""
    piece = text[start:end]
    behind, before = text[end + 1 : end + 2], text[start - 2 : start - 1]
    if not cell and before in _BUREAU_ENDS and behind not in _AFTER_A_LIST:  # 州委财经办(州发改委)统筹: of its name
        return False
    whole = rest(piece, NONE)
    if len(rest(piece, registered)) * 2 < len(whole):
        return True
    read = parsed(piece, objects="会同" in piece)
    bodies = read.bodies
    bureaus, firms = sum(map(is_bureau, bodies)), sum(map(is_firm, bodies))
    closes = cell or before in ("。", ";", "") or behind in ("", "。", ";", "\n")
    stands_alone = not cell and before == "。" and behind in ("", "\n")
    if (
        closes
        and read.of_organizations
        and (read.does or stands_alone or firms * 2 >= len(bodies) or read.surely_of_organizations)
    ):
        return True
    if not bureaus or len(whole) > 40 * len(read.names):
        return False
    return bool(_ROLE.search(piece)) and len(bodies) * 2 > len(read.names)


def _unremarked(text: str) -> str:
    """The text without its remarks on who leads: from the mark before 为牵头单位 to the bracket behind it."""
    kept: list[str] = []
    place = 0
    while (at := text.find(_REMARK, place)) >= 0:
        begin = max((text.rfind(mark, place, at) for mark in "(),、;。"), default=-1)
        begin = max(begin, place)
        if not _IS.search(text, begin, at):
            kept.append(text[place : at + len(_REMARK)])
            place = at + len(_REMARK)
            continue
        kept.append(text[place:begin])
        close = _BRACKET.search(text, at)
        place = close.end() if close and close.group() == ")" else close.start() if close else len(text)
    kept.append(text[place:])
    return "".join(kept)
