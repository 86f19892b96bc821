"""A list of units as printed -> the names in it, and what is said of each: that it leads, that it helps.

Apart from `responsible`, which finds the lists, and from drafts and the check, which give a name its role by the
document's rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from openplans.text.folding import folded
from openplans.text.responsible import BRACKETS, UnitList
from openplans.text.roles import BEHIND_A_UNIT, HELPING, HELPS, LEADING, LEADS, MARKS, WITH

_ANSWERS = re.compile("负责(?=[,;])")
"""Before those that only help, those that answer lead: 甲局、乙局按职责分工负责,丙局配合."""
_BEFORE = re.compile(rf"(?:由|会同|各自|[:()。{MARKS} ])*")
_BEHIND = re.compile(
    rf"(?:等(?:有关|相关)?(?:部门|单位)?|等[县市区乡镇街道]{{1,4}}(?:人民)?(?:政府)?|{LEADS}|{HELPS}|负责|按照?(?:各自)?职责(?:分工)?|分别|共同|具体|为主|抓好|总|落实|组织实施|实施|单位"
    rf"|[()。:{MARKS} ])+$"
)
_OPENING, _CLOSING = re.compile(r"[(（\[〔【]"), re.compile(r"[)）\]〕】]")
_LED_UP_TO = re.compile(r"\((?:共同|联合|按(?:照)?职责分工(?:共同|分别)?|分别)牵头(?:负责)?\)")
"""Behind the last of those that lead together: 县民政局、县卫健局(共同牵头)、县财政局."""
_JOINED = re.compile(r"(?<=局)(?=[省市县区旗州][\u4e00-\u9fff]{2,12}(?:局|委|办|中心))")
"""Where the lines of a cell met without a mark: 市民政局市财政局."""
_MARKED = re.compile(rf"\(总?(?:{LEADS})(?:单位|部门)?\)")
"""The mark of a unit that leads: 县民政局(牵头)、县财政局."""
_REMARK = re.compile(
    r"\([^()]*(?:牵头|下同)[^()]*\)|[,，;、][^,，;、()]*(?:为牵头|为主办)[^,，;、()]*(?:[,，]下同)?|下同"
)
_PARTED = re.compile(rf"([、,;/]|{WITH}|(?<={BEHIND_A_UNIT})[和及与](?=[\u4e00-\u9fff]))")
"""What parts two names."""
_MARK = re.compile(f"[{MARKS}]")
_KINDS = re.compile(r"[县市区旗乡镇]\((?:(?:市|县|区|乡|镇|街道|旗|州|开发区|园区)[、,/]?){1,5}\)")
"""Several ranks of one kind of place are one name: 各沿海县(市、区)政府."""


@dataclass(frozen=True)
class ListedUnit:
    """A name as printed, from `start` of its list on, and what is said of it: star, lead, co or nothing."""

    start: int
    name: str
    said: str


def units(each: UnitList) -> Iterator[ListedUnit]:
    """The units of a list in order."""
    text = each.text
    plain = folded(text).translate(BRACKETS)
    together = [found.start() for found in _LED_UP_TO.finditer(plain)]
    plain = _LED_UP_TO.sub(lambda found: " " * len(found.group()), plain)
    plain, marked = _MARKED.subn(lambda found: "★".ljust(len(found.group())), plain)
    plain = _REMARK.sub(lambda found: " " * len(found.group()), plain)
    plain = _KINDS.sub(lambda found: found.group().replace("、", "·").replace(",", "·"), plain)
    turn = _turn(plain)
    place = 0
    for piece in _grouped(plain):
        start = plain.index(piece, place) if piece else place
        place = start + len(piece)
        head = _BEFORE.match(piece)
        begin = start + (head.end() if head else 0)
        tail = _BEHIND.search(plain, begin, place)
        name = text[begin : tail.start() if tail else place].strip()
        said = "star" if _MARK.search(plain, start, place) else ""
        if marked or together:
            said = "lead" if said or start < max(together, default=0) else "co"
        elif turn is not None and not said:
            said = "lead" if start <= turn else "co"
        if len(_OPENING.findall(name)) > len(_CLOSING.findall(name)):  # 各镇(街道)
            closing = text[begin + len(name) : begin + len(name) + 1]
            name += closing if _CLOSING.match(closing) else ""
        if len(name) >= 2 and not re.fullmatch("[0-9.%]+", name):
            yield ListedUnit(begin, name, said)


def leading(lists: list[UnitList], helped: bool = False) -> list[UnitList]:
    """The lists, where some units only help, or are `helped` elsewhere: then those that answer lead (责任单位:甲局;
    配合单位:乙局).
    """
    helped = helped or any(HELPING.search(each.role) for each in lists)
    if not helped or any(LEADING.search(each.role + each.text) for each in lists):
        return lists
    return [each if HELPING.search(each.role) else replace(each, role="主办") for each in lists]


def role(each: UnitList, said: str, rule: str, rank: int, led: bool) -> str:
    """lead, co or listed: what is `said` of a unit, what its list is called, or the document's rule for a unit of its
    rank; `led` where others lead.
    """
    if said in ("lead", "co"):
        return said
    if LEADING.search(each.role):
        return "lead"
    if HELPING.search(each.role) or led:
        return "co"
    if rule == "first":
        return "lead" if rank == 1 else "co"
    if rule == "star":
        return "lead" if said == "star" else "co"
    return "listed"


def _turn(text: str) -> int | None:
    """Where those who lead end, in a list that says who only helps: 甲局牵头,乙局配合; 甲局会同乙局."""
    answers = _ANSWERS.search(text) if HELPING.search(text) else None
    found = [each.start() for each in (LEADING.search(text), answers) if each]
    found += [text.index(WITH)] if WITH in text else []
    return min(found, default=None)


def _grouped(text: str) -> list[str]:
    """The pieces of a list; a group such as 各镇、街道 or 各街道(乡镇) stays one."""
    pieces: list[str] = []
    for piece in _PARTED.split(text):
        if re.fullmatch(f"[、,;/和及与]|{WITH}|", piece or ""):
            continue
        if (
            pieces
            and re.match("各", pieces[-1].strip())
            and re.fullmatch(
                r" ?各?(?:街道|乡镇|镇|乡|镇街|县|市|区|旗|县区|市区|旗县|开发区|功能区|景区|园区|平台)"
                r"(?:办事处|(?:人民)?政府|党委|管委会)? ?(?:\([^()]*\))?[。 )]*",
                piece,
            )
        ):
            joined = text[
                text.index(pieces[-1]) : text.index(piece, text.index(pieces[-1]) + len(pieces[-1])) + len(piece)
            ]
            pieces[-1] = joined
            continue
        parted = (
            [part for each in piece.split(" ") if each for part in _JOINED.split(each) if part]
            if not re.match(" ?各", piece)
            else []
        )
        pieces += parted or [piece]
    return [piece for piece in pieces if piece.strip()]
