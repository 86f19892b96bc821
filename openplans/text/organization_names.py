"""A list of units as printed -> the names in it, and what is said of each: that it leads, that it helps.

The grammar of who answers, for a label's list, a bracket, a cell and a sentence alike:

    list  = group, {mark, group}
    group = [会同], piece, {mark, piece}    甲局、乙局牵头 | 会同丙局组织实施

What the last piece of a group does all of it do, back to the one before that does something (`organization_pieces`).

Apart from `responsible`, which finds the lists, and from drafts and the check, which give a name its role by the
document's rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from openplans.text.bodies import EACH, is_body, is_firm, is_short
from openplans.text.folding import folded
from openplans.text.organization_pieces import WITH, Piece, pieces
from openplans.text.roles import BRACKETS, HELPING, LEADING, MARKS

_STRONG = re.compile("[,;]")
_WITH = re.compile(WITH)
_ANSWERS = re.compile("负责|职责|落实|实施|承")
_SEVERAL = re.compile("部门|公司")
"""Behind names without their ends: 县住建、交通、公安等部门."""
_TOGETHER = re.compile(f"共同|联合|分别|分工|{HELPING.pattern}")
"""Said in a bracket behind the last of those who do it: 县民政局、县卫健局(共同牵头)."""
NOBODY = re.compile(
    "[(（]?(?:[0-9.%—-]+|暂?无|同上|该[局委办厅部]|该(?:单位|部门|中心)"
    "|(?:另行|尚?待|暂[未不]?|有待|正在)[^局委办]{0,6}(?:明确|确定|定|研究|分工|征集))[)）]?"
)
"""What stands where a unit would, and is none: 待定, 另行明确; or one named before: 该局."""
_ALL = re.compile(f"(?:{EACH})[\u4e00-\u9fff]")
_RULE = (
    rf"(?:[列排居序位名][^,;、()]{{0,4}}(?:第一|首)|(?:第一|首)[位个家名]|[标带注打加]|[{MARKS}]|[的者位])"
    r"[^,;、()]{0,6}(?:牵头|主办)[^,;、()]*"
)
_REMARK = re.compile(
    rf"\([^()]*(?:{_RULE}|下同)[^()]*\)|[,;、。][^,;、。()]*{_RULE}(?:,下同)?"
    "|[。;,、]?以下[^。;]{0,24},?不再(?:单独|一一|逐一|重复)?(?:列出|列明|标注|注明)|下同"
)
"""Who leads by the document's own rule, said inside a list: (排第一的为牵头单位,下同)."""


@dataclass(frozen=True)
class OrganizationList:
    """A list of units in a text: characters `start` to `end`, and the role its label gives (责任, 牵头, 配合; ""
    without); `sure` where its place or its words say that it is one, and not only the names in it.
    """

    start: int
    end: int
    text: str
    role: str = ""
    sure: bool = True


@dataclass(frozen=True)
class ListedOrganization:
    """A name as printed, from `start` of its list on, and what is said of it: lead, co, the mark beside it, nothing."""

    start: int
    name: str
    said: str


@dataclass(frozen=True)
class Parsed:
    """What a text is made of, read as a list of units: the folded names, those of them that can be a unit's, whether
    anything is said to be done, and whether that is said once more without a name (要密切配合,抓好落实).
    """

    names: list[str]
    bodies: list[str]
    does: bool
    nameless: bool

    @property
    def of_organizations(self) -> bool:
        """Whether it names units and nothing else."""
        return 0 < len(self.bodies) == len(self.names)

    @property
    def surely_of_organizations(self) -> bool:
        """Whether each name can be that of nothing but a unit, or of all of a kind: 甲局, 各乡镇."""
        return bool(self.names) and all(is_firm(each) or _ALL.match(each) for each in self.names)


def listed(each: OrganizationList) -> Iterator[ListedOrganization]:
    """The units of a list in order."""
    for piece in _said(each.text, objects=True):
        name = each.text[piece.start : piece.end].strip()
        if len(name) >= 2 and not NOBODY.fullmatch(name):
            yield ListedOrganization(piece.start, name, piece.said or piece.starred)


def parsed(text: str, objects: bool = False) -> Parsed:
    """A text read as a list of units, whatever it is; with `objects` also of what it does (保障经费)."""
    plain, read = folded(text), _said(text, objects)
    said = [plain[each.start : each.end].translate(BRACKETS).strip() for each in read]
    names = [name for name in said if name]
    several = bool(_SEVERAL.search(plain))
    bodies = [name for name in names if is_body(name) or (several and is_short(name))]
    return Parsed(names, bodies, any(each.does or each.own for each in read), "" in said)


def leading(lists: list[OrganizationList], helped: bool = False) -> list[OrganizationList]:
    """The lists, where some units only help, or are `helped` elsewhere: then those that answer lead (责任单位:甲局;
    配合单位:乙局).
    """
    helped = helped or any(HELPING.search(each.role) for each in lists)
    if not helped or any(LEADING.search(each.role + each.text) for each in lists):
        return lists
    return [each if HELPING.search(each.role) else replace(each, role="主办") for each in lists]


def role(each: OrganizationList, said: str, rule: str, rank: int, led: bool) -> str:
    """lead, co or listed: what is `said` of a unit, what its list is called, or the document's rule for a unit of its
    rank (the mark of those who lead, or "first"); `led` where others lead.
    """
    if said in ("lead", "co"):
        return said
    if LEADING.search(each.role):
        return "lead"
    if HELPING.search(each.role) or led:
        return "co"
    if rule == "first":
        return "lead" if rank == 1 else "co"
    if rule and rule in MARKS:
        return "lead" if said == rule else "co"
    return "listed"


def _said(text: str, objects: bool = False) -> list[Piece]:
    """The pieces of a list, each with what is said of it; with `objects` also of what it does (保障经费)."""
    plain = folded(text).translate(BRACKETS)
    read = pieces(_REMARK.sub(lambda found: " " * len(found.group()), plain), objects)
    for group in _groups(read):
        _say_of_all(group)
        _say_of_some(group)
    _lead([each for each in read if each.named])
    return read


def _groups(read: list[Piece]) -> Iterator[list[Piece]]:
    """The pieces up to each that says what those before it do; those that others join lead (甲局会同乙局); the last
    ones, of which nothing is said.
    """
    group: list[Piece] = []
    for piece in read:
        if _WITH.fullmatch(piece.mark) and any(each.named for each in group):
            group[-1].does = group[-1].does or "牵头"
            yield group
            group = []
        group.append(piece)
        if piece.does:
            yield group
            group = []
    if group:
        yield group


def _say_of_all(group: list[Piece]) -> None:
    """Say of each piece of a group what its last one says of all: 甲局、乙局牵头. Those before a comma answer, and
    do not help: 甲局,乙局、丙局配合.
    """
    does, joined = _role(group[-1].does), bool(_WITH.fullmatch(group[0].mark))
    parted = next((number for number, each in enumerate(group) if number and _STRONG.fullmatch(each.mark)), 0)
    for number, each in enumerate(group):
        each.said = "co" if joined else "answers" if does == "co" and number < parted else does


def _say_of_some(group: list[Piece]) -> None:
    """Say of the pieces of a group what brackets say of them: of one, 县民政局(牵头); of those that do it together back
    to a comma, or to the bracket before: 县民政局、县卫健局(共同牵头).
    """
    for number, each in enumerate(group):
        first = number
        while each.own and _TOGETHER.search(each.own) and first and not _ends_before(group, first):
            first -= 1
        for one in group[first : number + 1] if each.own else ():
            one.said = _role(each.own)


def _ends_before(group: list[Piece], number: int) -> bool:
    return bool(_STRONG.fullmatch(group[number].mark) or group[number - 1].own)


def _role(does: str) -> str:
    if LEADING.search(does):
        return "lead"
    if HELPING.search(does):
        return "co"
    return "answers" if _ANSWERS.search(does) else ""


def _lead(named: list[Piece]) -> None:
    """Where some lead, the others help; where some only help, those that answer lead."""
    said = {each.said for each in named}
    answering = "lead" if "lead" not in said and "co" in said else ""
    led = "lead" in said or (answering and "answers" in said)
    for each in named:
        each.said = answering if each.said == "answers" else each.said
        each.said = "co" if led and not each.said else each.said
