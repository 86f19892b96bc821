"""A list of units as printed -> the names in it, and what is said of each: that it leads, that it helps.

Apart from `tasks`, which gives a name its row and its role by the document's rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.drafting.proposing.unit_columns import HELPS, LEADS
from openplans.text.folding import folded
from openplans.text.responsible import UnitList

_ANSWERS = re.compile("负责(?=[,;])")
"""Before those that only help, those that answer lead: 甲局、乙局按职责分工负责,丙局配合."""
_BEFORE = re.compile(r"(?:由|会同|各自|[:()。*＊★ ])*")
_BEHIND = re.compile(
    r"(?:等(?:有关|相关)?(?:部门)?|负总责|负责|牵头|配合|参与|协助|主办|协办|按照?(?:各自)?职责分工|分别|共同|具体|为主|落实|组织实施|单位"
    r"|[()。:*＊★ ])+$"
)
_OPENING, _CLOSING = re.compile(r"[(（\[〔【]"), re.compile(r"[)）\]〕】]")
_LED_UP_TO = re.compile(r"\((?:共同|联合|按(?:照)?职责分工(?:共同|分别)?|分别)牵头(?:负责)?\)")
"""Behind the last of those that lead together: 县民政局、县卫健局(共同牵头)、县财政局."""
_JOINED = re.compile(r"(?<=局)(?=[省市县区旗州][\u4e00-\u9fff]{2,12}(?:局|委|办|中心))")
"""Where the lines of a cell met without a mark: 市民政局市财政局."""
_MARKED = re.compile(r"\((?:总?牵头|主办|主责)(?:单位|部门)?\)")
"""The mark of a unit that leads: 县民政局(牵头)、县财政局."""
_REMARK = re.compile(
    r"\([^()]*(?:牵头|下同)[^()]*\)|[,，;、][^,，;、()]*(?:为牵头|为主办)[^,，;、()]*(?:[,，]下同)?|下同"
)
_KINDS = re.compile(r"[县市区旗乡镇]\((?:(?:市|县|区|乡|镇|街道|旗|州|开发区|园区)[、,/]?){1,5}\)")
"""Several ranks of one kind of place are one name: 各沿海县(市、区)政府."""


def names(each: UnitList) -> Iterator[tuple[str, str]]:
    """(name as printed, what is said of it: star, lead, co or nothing) of a list."""
    text = each.text
    plain = folded(text).translate(str.maketrans("【】〔〕[]", "()()()"))
    together = [found.start() for found in _LED_UP_TO.finditer(plain)]
    plain = _LED_UP_TO.sub(lambda found: " " * len(found.group()), plain)
    plain, marked = _MARKED.subn(lambda found: "★".ljust(len(found.group())), plain)
    plain = _REMARK.sub(lambda found: " " * len(found.group()), plain)
    plain = _KINDS.sub(lambda found: found.group().replace("、", "·").replace(",", "·"), plain)
    leads_here = LEADS.search(plain) or (HELPS.search(plain) and _ANSWERS.search(plain))
    place = 0
    for piece in _grouped(plain):
        start = plain.index(piece, place) if piece else place
        place = start + len(piece)
        head = _BEFORE.match(piece)
        begin = start + (head.end() if head else 0)
        tail = _BEHIND.search(plain, begin, place)
        name = text[begin : tail.start() if tail else place].strip()
        said = "star" if re.search("[*＊★]", plain[start:place]) else ""
        if marked or together:
            said = "lead" if said or start < max(together, default=0) else "co"
        elif leads_here and not said:
            said = "lead" if start <= leads_here.start() else "co"
        if len(_OPENING.findall(name)) > len(_CLOSING.findall(name)):  # 各镇(街道)
            closing = text[begin + len(name) : begin + len(name) + 1]
            name += closing if _CLOSING.match(closing) else ""
        if len(name) >= 2 and not re.fullmatch("[0-9.%]+", name):
            yield name, said


def _grouped(text: str) -> list[str]:
    """The pieces of a list; a group such as 各镇、街道 or 各街道(乡镇) stays one."""
    pieces: list[str] = []
    for piece in re.split(r"([、,;/]|(?<=[局委办部厅会镇道])[和及与](?=[\u4e00-\u9fff]))", text):
        if re.fullmatch("[、,;/和及与]|", piece or ""):
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
