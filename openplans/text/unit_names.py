"""A list of units as printed -> the names in it, and what is said of each: that it leads, that it helps.

The grammar of who answers, for a label's list, a bracket, a cell and a sentence alike:

    list  = group, {mark, group}
    group = [由 | 会同], name, {mark, name}, [does]          甲局、乙局牵头 | 会同丙局组织实施
    name  = body, [(牵头) | (王某)]                          a mark ★ of those who lead may stand on either side
    does  = [等部门], {按职责 | 共同 | 牵头 | 配合 | 负责 | 实施}  says it of the names before it, back to the last `does`

Apart from `responsible`, which finds the lists, and from drafts and the check, which give a name its role by the
document's rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from openplans.text.bodies import is_body, is_person
from openplans.text.folding import folded
from openplans.text.roles import BRACKETS, HELPING, HELPS, LEADING, LEADS, MARKS

_WITH = "会同|联合(?![社会体])|商(?=[省市县区州旗])"
_COUNTED = r"[①-⑳]|(?<![0-9])[0-9]{1,2}[.)]|\([0-9]{1,2}\)"
_PARTING = re.compile(rf"[、,;/| ]|{_WITH}|{_COUNTED}|以及|[和及与暨](?=[\u4e00-\u9fff])")
"""What may part two names; 和 does where names stand on both sides."""
_STRONG = re.compile("[,;]")
_MANNER = (
    "(?:按照?|根据|依据?)(?:各自|部门|有关|工作)*(?:(?:职责|职能)(?:和?分工|范围|权限)?|分工)|分别|共同|各自|具体|全程|主要|总(?=牵|负)|统一|全面|联合"
    "|分工|积极|主动|密切|认真|切实|研究|要|应|合力|各负其责"
)
_DONE = (
    f"{LEADS}|负责|{HELPS}|落实|实施|组织|推进|推动|执行|承担|承建|督导|指导|协调|完成|办理|承办|统筹|抓好|抓(?=落实)|做好|开展"
    f"|[为是](?:{LEADS}|{HELPS}|责任|承办|实施|主要)+(?:单位|部门)"
)
_ETC = (
    "等(?:[0-9一二三四五六七八九十]+[个家])?(?:[有相]关)?(?:[省市县区州旗]级|[省市县区州旗]直)?"
    "(?:(?:责任|职能|成员)?(?:部门|单位|企业)(?:和(?:部门|单位))?|[县市区乡镇街道]{1,4}(?:人民)?(?:政府)?)?"
)
_DOES = re.compile(rf"(?:{_ETC})?(?P<does>(?:{_MANNER}|{_DONE}|(?:[有相]关)?工作)*)[。 ]*$")
_VERB = re.compile(f"{_MANNER}|{_DONE}|保障|安排")
_LONGEST_SAYING = 40
"""Letters of what is said behind a name: 等有关部门按照各自职责分工共同抓好落实."""
_BEFORE = re.compile(rf"(?:(?:[该此本上以][^由]{{1,6}}|具体|并)?由|以(?=[^,;]*为主)|[:(。{MARKS} —-])*")
_TIME = re.compile(".*[0-9]{4} ?年.*|.*[0-9]{1,2} ?月.*|.*年[底末内]前?.*|(?:长期|持续|常年|全年|常态化)[\u4e00-\u9fff]{0,6}")
"""What says when, among the names: 2026年底前完成."""
_MARK = re.compile(f"[{MARKS}]")
_SAID_IN_BRACKETS = re.compile(
    rf"\((?P<does>(?:{_MANNER}|{LEADS}|{HELPS}|负责|参与)+)(?:单位|部门|责任)*\)|\((?P<other>[^()]*)\)"
)
_RULE = rf"(?:[列排居序位名][^,;、()]{{0,4}}(?:第一|首)|(?:第一|首)[位个家名]|[标带注打加]|[{MARKS}]|[的者位])[^,;、()]{{0,6}}(?:牵头|主办)[^,;、()]*"
_REMARK = re.compile(rf"\([^()]*(?:{_RULE}|下同)[^()]*\)|[,;、][^,;、()]*{_RULE}(?:,下同)?|下同")
"""Who leads by the document's own rule, said inside a list: (排第一的为牵头单位,下同)."""
_OF_PEOPLE = re.compile("联系人|负责人|责任人|电话|同志|[0-9]{5}")
_JOINED = re.compile(rf"(?<=局)(?=[{MARKS}]?[省市县区旗州][\u4e00-\u9fff]{{1,12}}(?:局|委|办|中心)|(?<=局)(?=[\u4e00-\u9fff]{{2,6}}(?:[乡镇](?:人民)?政府|街道办事处))|[{MARKS}][\u4e00-\u9fff])")
"""Where the lines of a cell met without a mark: 市民政局市财政局; or with one of those who lead: *县住建局*县林业局."""
_KINDS = re.compile(r"[县市区旗乡镇]\((?:(?:市|县|区|乡|镇|街道|旗|州|开发区|园区)[、,/]?){1,5}\)")
"""Several ranks of one kind of place are one name: 各沿海县(市、区)政府."""
_ALL_OF_A_KIND = re.compile(
    r" ?(?:街道|乡镇|镇|乡|镇街|县|市|区|旗|县区|市区|旗县|开发区|功能区|景区|园区|平台)"
    r"(?:办事处|(?:人民)?政府|党委|管委会)? ?(?:\([^()]*\))?[。 )]*"
)
"""What goes on with a name of all towns: 各镇、街道."""


@dataclass(frozen=True)
class UnitList:
    """A list of units in a text: characters `start` to `end`, and
    the role its label gives (责任, 牵头, 配合; "" without)."""

    start: int
    end: int
    text: str
    role: str = ""


@dataclass(frozen=True)
class ListedUnit:
    """A name as printed, from `start` of its list on, and what is said of it: star, lead, co or nothing."""

    start: int
    name: str
    said: str


@dataclass
class _Piece:
    """What stands between two marks: a name from `start` to `end`, the mark before it, what it says of itself and of
    those before it.
    """

    start: int
    end: int
    mark: str = ""
    own: str = ""
    does: str = ""
    starred: bool = False
    said: str = field(default="", init=False)


def units(each: UnitList) -> Iterator[ListedUnit]:
    """The units of a list in order."""
    for piece in _said(each.text, objects=True):
        name = each.text[piece.start : piece.end].strip()
        if len(name) >= 2 and not re.fullmatch("[0-9.%]+", name):
            yield ListedUnit(piece.start, name, "star" if piece.starred and not piece.said else piece.said)


@dataclass(frozen=True)
class Parsed:
    """What a text is made of, read as a list of units: the folded names, whether anything is said to be done, and
    whether that is said once more without a name (要密切配合,抓好落实).
    """

    names: list[str]
    does: bool
    nameless: bool


def parsed(text: str) -> Parsed:
    """A text read as a list of units, whatever it is."""
    plain, pieces = folded(text).translate(BRACKETS), _said(text)
    names = [plain[each.start : each.end].strip() for each in pieces]
    return Parsed([name for name in names if name], any(each.does or each.own for each in pieces), "" in names)


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


def _said(text: str, objects: bool = False) -> list[_Piece]:
    """The pieces of a list, each with what is said of it; with `objects` also of what it does (保障经费)."""
    plain = folded(text).translate(BRACKETS)
    plain = _REMARK.sub(lambda found: " " * len(found.group()), plain)
    pieces = [
        _read(plain, start, end, mark, objects) for start, end, mark in _parted(plain) if not _TIME.fullmatch(plain[start:end])
    ]
    pieces = [each for each in pieces if not is_person(plain[each.start : each.end])]
    for group in _groups(pieces):
        _say(group)
    _lead(pieces)
    return pieces


def _parted(plain: str) -> list[tuple[int, int, str]]:
    """(start, end, mark before it) of what stands between the marks that part names, those in brackets aside."""
    outside = _KINDS.sub(lambda found: "·" * len(found.group()), plain)
    outside = re.sub(r"\([^()]*\)", lambda found: "·" * len(found.group()), outside)
    places = [(0, 0, "")]
    for found in _PARTING.finditer(outside):
        places += [(found.start(), found.end(), found.group())] if _parts(outside, plain, found, places[-1][1]) else []
    places += [(each.start(), each.start(), " ") for each in _JOINED.finditer(outside)]
    places.sort()
    ends = [*(start for start, _, _ in places[1:]), len(plain)]
    pieces = [(begin, end, mark) for (_, begin, mark), end in zip(places, ends, strict=True)]
    return _grouped(plain, [(start, end, mark) for start, end, mark in pieces if plain[start:end].strip()])


def _parts(outside: str, plain: str, found: re.Match[str], begin: int) -> bool:
    """Whether a mark parts two names, the first of which begins at a place: 和 in 县发展和改革局 does not."""
    if found.group() not in ("和", "及", "与", "暨"):
        return True
    return _is_named(plain[begin : found.start()]) and any(map(_is_named, _from(outside, plain, found.end())))


def _from(outside: str, plain: str, begin: int) -> Iterator[str]:
    """What may be the name that begins at a place: 文化 and 文化和旅游局 of 财政局和文化和旅游局."""
    for ending in _PARTING.finditer(outside, begin):
        yield plain[begin : ending.start()]
        if ending.group() not in ("和", "及", "与"):
            return
    yield plain[begin:]


def _is_named(piece: str) -> bool:
    """Whether a piece is the name of a unit, what it does aside."""
    start = _BEFORE.match(piece)
    does = _DOES.search(piece)
    name = piece[start.end() if start else 0 : does.start() if does else len(piece)]
    return is_body(re.sub(r"\([^()]*\)", "", name))


def _grouped(plain: str, pieces: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The pieces; a name of all of a kind, such as 各镇、街道, stays one."""
    found: list[tuple[int, int, str]] = []
    for start, end, mark in pieces:
        if found and mark in "、和及与/ " and _are_all(plain[found[-1][0] : found[-1][1]]) and _goes_on(plain[start:end]):
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, mark))
    return found


def _are_all(piece: str) -> bool:
    """Whether a piece names all places of a kind: 各镇."""
    start = _BEFORE.match(piece)
    named = piece[start.end() if start else 0 :]
    return named.startswith("各") and bool(_ALL_OF_A_KIND.match(named[1:]))


def _goes_on(piece: str) -> bool:
    does = _DOES.search(piece)
    return bool(_ALL_OF_A_KIND.fullmatch(piece[: does.start()] if does else piece))


def _read(plain: str, start: int, end: int, mark: str, objects: bool) -> _Piece:
    """The piece between two marks, taken apart: what stands before a name, the name, what is said behind it."""
    starred = bool(_MARK.search(plain, start, end))
    head = _BEFORE.match(plain, start, end)
    start, end = head.end() if head else start, _closed(plain, start, end)
    does = _DOES.search(plain, max(start, end - _LONGEST_SAYING), end)
    end, said = (does.start(), does["does"]) if does else (end, "")
    own = ""
    while plain[start:end].endswith(")") and (found := _last_bracket(plain, start, end)):
        starred = starred or bool(_MARK.fullmatch(found["other"] or ""))
        if not found["does"] and not _is_of_a_person(found["other"]) and not _MARK.fullmatch(found["other"]):
            break
        own, end = own or found["does"] or "", found.start()
    while end > start and _MARK.match(plain[end - 1]):
        end -= 1
    end = _before_a_person(plain, start, end)
    end, said = _before_what_it_does(plain, start, end, said) if objects else (end, said)
    if plain.count("(", start, end) > plain.count(")", start, end) and plain[end : end + 1] == ")":
        end += 1  # 各镇(街道)
    return _Piece(start, end, mark, own, said, starred)


def _before_what_it_does(plain: str, start: int, end: int, said: str) -> tuple[int, str]:
    """The end of a name, and what is said behind it to be done, with its object: 县财政局保障经费."""
    if said or is_body(plain[start:end]):
        return end, said
    verbs = (verb for verb in _VERB.finditer(plain, start, end) if is_body(plain[start : verb.start()]))
    return next(((verb.start(), plain[verb.start() : end]) for verb in verbs), (end, said))


def _before_a_person(plain: str, start: int, end: int) -> int:
    """The end of a name without that of a person behind it: 县财政局王某."""
    if is_body(plain[start:end]):
        return end
    cuts = (cut for cut in range(end - 4, end - 1) if cut >= start)
    return next((cut for cut in cuts if is_person(plain[cut:end]) and (cut == start or is_body(plain[start:cut]))), end)


def _closed(plain: str, start: int, end: int) -> int:
    """The end of a piece without brackets that close what was opened before it."""
    over = plain.count(")", start, end) - plain.count("(", start, end)
    while end > start and (plain[end - 1] in " 。" or (over > 0 and plain[end - 1] == ")")):
        over -= plain[end - 1] == ")"
        end -= 1
    return end


def _last_bracket(plain: str, start: int, end: int) -> re.Match[str] | None:
    return next((found for found in _SAID_IN_BRACKETS.finditer(plain, start, end) if found.end() == end), None)


def _is_of_a_person(words: str | None) -> bool:
    return bool(words) and (bool(_OF_PEOPLE.search(words or "")) or all(map(is_person, re.split("[、,; ]", words or ""))))


def _groups(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces up to each that says what those before it do; the last ones, of which nothing is said."""
    group: list[_Piece] = []
    for piece in pieces:
        if re.fullmatch(_WITH, piece.mark) and group and any(each.end > each.start for each in group):
            group[-1].does = group[-1].does or "牵头"
            yield group
            group = []
        group.append(piece)
        if piece.does:
            yield group
            group = []
    if group:
        yield group


def _say(group: list[_Piece]) -> None:
    """Say of each piece of a group what its last one says of all: 甲局、乙局牵头. Those before a comma answer, and do
    not help: 甲局,乙局、丙局配合.
    """
    does = group[-1].does
    helps = bool(HELPING.search(does)) and not LEADING.search(does)
    parted = next((number for number, each in enumerate(group) if number and _STRONG.fullmatch(each.mark)), 0)
    for number, each in enumerate(group):
        each.said = _role(does) if not (helps and number < parted) else "answers"
        each.said = "co" if re.fullmatch(_WITH, group[0].mark) else each.said
    for number, each in enumerate(group):
        if each.own:
            for one in group[_begin(group, number) : number + 1]:
                one.said = _role(each.own)


def _begin(group: list[_Piece], number: int) -> int:
    """The first of the pieces that a bracket is said of: that of those who help or lead together stands behind the
    last of them, back to a comma, or to the bracket before.
    """
    own = group[number].own
    if not re.search("共同|联合|分别|分工", own) and not HELPING.search(own):
        return number
    while number and not _STRONG.fullmatch(group[number].mark) and not group[number - 1].own:
        number -= 1
    return number


def _role(does: str) -> str:
    if LEADING.search(does):
        return "lead"
    if HELPING.search(does):
        return "co"
    return "answers" if re.search("负责|职责|落实|实施|承", does) else ""


def _lead(pieces: list[_Piece]) -> None:
    """Where some lead, the others help; where some only help, those that answer lead."""
    said = {each.said for each in pieces if each.end > each.start}
    if "lead" not in said and "co" in said:
        for each in pieces:
            each.said = "lead" if each.said == "answers" else each.said
    led = any(each.said == "lead" for each in pieces if each.end > each.start)
    for each in pieces:
        each.said = "co" if led and each.said in ("", "answers") else each.said.replace("answers", "")
