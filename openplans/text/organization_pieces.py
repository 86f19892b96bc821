"""A list of units as printed -> its pieces: what stands between two marks, taken apart into a name and what is said.

    piece = [由], name, [does]
    name  = body, [(牵头) | (王某)]                            a mark ★ of those who lead may stand on either side
    does  = [等部门], {按职责 | 共同 | 牵头 | 配合 | 负责 | 实施}

Comes in: a text, folded, all brackets round. Goes out: the pieces, in order, with their places. Apart from
`organization_names`, which says by them who leads and who helps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from openplans.text.bodies import EACH, is_body, is_bureau, is_person
from openplans.text.roles import HELPS, LEADS, MARKS

WITH = "会同|联合(?![社会体])|商(?=[省市县区州旗])"
"""Between who leads and who helps: 由甲局会同乙局组织实施."""
_COUNTED = r"[①-⑳]|(?<![0-9])[0-9]{1,2}[.)]|\([0-9]{1,2}\)"
_PARTING = re.compile(rf"[、,;/| ]|{WITH}|{_COUNTED}|以及|[和及与暨](?=[\u4e00-\u9fff])")
_JOINING = ("和", "及", "与", "暨")
"""What parts two names only where names stand on both sides; 和 in 县发展和改革局 parts nothing."""
_BY_DUTY = "(?:按照?|根据|依据?)(?:各自|部门|有关|工作)*(?:(?:职责|职能)(?:和?分工|范围|权限)?|分工)"
_MANNER = (
    f"{_BY_DUTY}|分别|共同|各自|具体|全程|主要|总(?=牵|负)|统一|全面|联合|分工|积极|主动|密切|认真|切实"
    "|研究|要|应|合力|全力|协力|给予(?=支持|配合)|各负其责|(?:结合|根据)(?:各自|本地|本部门)?(?:实际|职责|职能)|按要求"
)
_DONE = (
    f"{LEADS}|负责|{HELPS}|落实|实施|组织|推进|推动|执行|承担|承建|督导|指导|协调|完成|办理|承办|统筹|抓好|抓(?=落实)|做好"
    f"|开展|[为是](?:{LEADS}|{HELPS}|责任|承办|实施|主要)+(?:单位|部门|主体)"
)
_ETC = (
    "等(?:[0-9一二三四五六七八九十]+[个家])?(?:[有相]关)?(?:[省市县区州旗][级直]?)?(?:[有相]关)?"
    "(?:(?:责任|职能|成员|业务|行业|主管){0,2}(?:部门|单位|企业)(?:和(?:部门|单位))?|[县市区乡镇街道]{1,4}(?:人民)?(?:政府)?)?"
)
_AND_OTHERS = re.compile(f"{_ETC}$")
_DOES = re.compile(rf"(?:{_ETC})?(?P<does>(?:{_MANNER}|{_DONE}|(?:[有相]关)?工作)*)[。 ]*$")
_VERB = re.compile(f"{_MANNER}|(?!成员)(?:{_DONE})|保障|安排")
_LONGEST_SAYING = 40
"""Letters of what is said behind a name: 等有关部门按照各自职责分工共同抓好落实."""
_BEFORE = re.compile(
    rf"(?:(?:[该此本上以][^由]{{1,6}}|具体|并)?由|请(?!示)|[\u4e00-\u9fff]{{0,4}}责成|以(?=[^,;]*为主)"
    rf"|[:(。{MARKS} —-])*"
)
_TIME = re.compile(
    ".*[0-9]{4} ?年.*|.*[0-9]{1,2} ?月(?:[0-9]{1,2}日)?[^0-9]{0,16}"
    "|.*年[底末内]前?.*|(?:长期|持续|常年|全年|常态化)[\u4e00-\u9fff]{0,6}"
)
"""What says when, among the names: 2026年底前完成."""
_MARK = re.compile(f"[{MARKS}]")
_IN_BRACKETS = re.compile(
    rf"\((?:(?P<does>(?:{_MANNER}|{LEADS}|{HELPS}|负责)+)(?:单位|部门|责任)*|(?P<mark>[{MARKS}])|(?P<other>[^()]*))\)$"
)
_ALL_BRACKETS = re.compile(r"\([^()]*\)")
_OF_PEOPLE = re.compile("联系人|负责人|责任人|电话|同志|[0-9]{5}")
_NAMED_TOO = re.compile(
    "[局委办部厅会镇乡道市县区旗心站所队院校司社团场组室处公行段库班]$|[,;、/]|^[含原即如及不包]|除外"
)
"""How a bracket ends that holds another name of the bureau, or says of which places: 县卫健局(县疾控局)."""
_JOINED = re.compile(
    rf"(?<=局)(?=[{MARKS}]?[省市县区旗州][\u4e00-\u9fff]{{1,12}}(?:局|委|办|中心))"
    r"|(?<=局)(?=[\u4e00-\u9fff]{2,6}(?:[乡镇](?:人民)?政府|街道办事处))"
    rf"|[{MARKS}][\u4e00-\u9fff]"
)
"""Where the lines of a cell met without a mark: 市民政局市财政局; or with one of those who lead: *住建局*林业局."""
_KINDS = re.compile(r"[县市区旗乡镇]\((?:(?:市|县|区|乡|镇|街道|旗|州|开发区|园区)[、,/]?){1,5}\)")
"""Several ranks of one kind of place are one name: 各沿海县(市、区)政府."""
_ALL = re.compile(f"(?:{EACH})(?:[有相]关|涉及|其[他它]|涉农|沿[海江河边])?")
_ALL_OF_A_KIND = re.compile(
    r" ?(?:街道|乡镇|镇|乡|镇街|县|市|区|旗|州|盟|师|县区|市区|旗县|县级市|自治[县旗]|[农牧林渔]?场|团场"
    r"|开发区|功能区|景区|园区|平台)"
    r"(?:办事处|(?:人民)?政府|党委|管委会)? ?(?:\([^()]*\))?[。 )]*"
)
"""What goes on with a name of all places of a kind: 各镇、街道."""
_OF_ONE_PLACE = re.compile(" ?(?:人民政府|政府|管委会|办事处) ?")
"""What goes on with the party committee of a place, being its government: 各镇党委和政府, 高新区党工委、管委会."""


@dataclass
class Piece:
    """A name from `start` to `end`, the mark before it, what is said of it alone (`own`), and of it and those before it
    (`does`).
    """

    start: int
    end: int
    mark: str = ""
    own: str = ""
    does: str = ""
    starred: str = ""
    said: str = field(default="", init=False)

    @property
    def named(self) -> bool:
        """Whether there is a name: 按职责分工负责 may stand alone."""
        return self.end > self.start


def pieces(plain: str, objects: bool) -> list[Piece]:
    """The pieces of a list; with `objects` what follows a verb belongs to it, not to the name: 县财政局保障经费."""
    spans = [each for each in _parted(plain) if not _TIME.fullmatch(plain[each[0] : each[1]])]
    read = [_read(plain, *each, objects) for each in spans]
    return [each for each in read if not is_person(plain[each.start : each.end])]


def _parted(plain: str) -> list[tuple[int, int, str]]:
    """(start, end, mark before it) of what stands between the marks that part names, those in brackets aside."""
    outside = _KINDS.sub(lambda found: "·" * len(found.group()), plain)
    outside = _ALL_BRACKETS.sub(lambda found: "·" * len(found.group()), outside)
    places = [(0, 0, "")]
    for found in _PARTING.finditer(outside):
        if found.group() not in _JOINING or _joins(outside, plain, found, places[-1][1]):
            places.append((found.start(), found.end(), found.group()))
    places = sorted([*places, *((each.start(), each.start(), " ") for each in _JOINED.finditer(outside))])
    ends = [*(start for start, _, _ in places[1:]), len(plain)]
    spans = [(begin, end, mark) for (_, begin, mark), end in zip(places, ends, strict=True)]
    return _grouped(plain, [each for each in spans if plain[each[0] : each[1]].strip()])


def _joins(outside: str, plain: str, found: re.Match[str], begin: int) -> bool:
    """Whether 和 joins two names, the first of which begins at a place; 等 before it ends one whatever it is."""
    before = plain[begin : found.start()]
    return (before.endswith("等") or _is_named(before)) and any(map(_is_named, _from(outside, plain, found.end())))


def _from(outside: str, plain: str, begin: int) -> Iterator[str]:
    """What may be the name that begins at a place: 文化 and 文化和旅游局 of 财政局和文化和旅游局."""
    for ending in _PARTING.finditer(outside, begin):
        yield plain[begin : ending.start()]
        if ending.group() not in _JOINING:
            return
    yield plain[begin:]


def _is_named(piece: str) -> bool:
    """Whether a piece is the name of a unit, what it does aside."""
    return is_body(piece[_begins(piece, 0, len(piece)) : _does(piece, 0, len(piece)).start()])


def _grouped(plain: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The pieces; a name of all places of a kind (各镇、街道) stays one, and so does that of two organs of one."""
    found: list[tuple[int, int, str]] = []
    for start, end, mark in spans:
        name = plain[start : _does(plain, start, end).start()] if mark in "、和及与/ " else ""
        if found and name and _goes_on(plain, name, *found[-1][:2]):
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, mark))
    return found


def _goes_on(plain: str, name: str, start: int, end: int) -> bool:
    """Whether a name is the rest of the one that stands before it, from `start` to `end`."""
    organ = _OF_ONE_PLACE.fullmatch(name) and plain.endswith(("党委", "党工委"), start, end)
    return bool(organ or (_ALL_OF_A_KIND.fullmatch(name) and _are_all(plain, start, end)))


def _are_all(plain: str, start: int, end: int) -> bool:
    """Whether a piece names all places of a kind: 各镇, 各有关区."""
    named = _ALL.match(plain, _begins(plain, start, end), end)
    return named is not None and bool(_ALL_OF_A_KIND.match(plain, named.end(), end))


def _read(plain: str, start: int, end: int, mark: str, objects: bool) -> Piece:
    """The piece between two marks, taken apart."""
    mark_of_some = _MARK.search(plain, start, end)
    start = _begins(plain, start, end)
    end = _closed(plain, start, end)
    does = _does(plain, start, end)
    end, said = does.start(), does["does"]
    own = ""
    while found := _IN_BRACKETS.search(plain[:end], start):
        if not (found["does"] or found["mark"] or _is_of_people(found["other"]) or _is_a_part(plain, start, found)):
            break
        own, end = own or found["does"] or "", found.start()
    while end > start and _MARK.match(plain[end - 1]):
        end -= 1
    end = _before_a_person(plain, start, end)
    end, said = _before_what_it_does(plain, start, end, said) if objects else (end, said)
    end += plain.count("(", start, end) > plain.count(")", start, end) and plain[end : end + 1] == ")"  # 各镇(街道)
    return Piece(start, end, mark, own, said, mark_of_some.group() if mark_of_some else "")


def _begins(plain: str, start: int, end: int) -> int:
    """Where the name of a piece begins, behind 由 and marks."""
    found = _BEFORE.match(plain, start, end)
    return found.end() if found else start


def _does(plain: str, start: int, end: int) -> re.Match[str]:
    """What is said at the end of a piece to be done; nothing, at its end, where nothing is."""
    found = _DOES.search(plain, max(start, end - _LONGEST_SAYING), end)
    assert found is not None  # nothing is said too
    return found


def _closed(plain: str, start: int, end: int) -> int:
    """The end of a piece without brackets that close what was opened before it."""
    over = plain.count(")", start, end) - plain.count("(", start, end)
    while end > start and (plain[end - 1] in " 。" or (over > 0 and plain[end - 1] == ")")):
        over -= plain[end - 1] == ")"
        end -= 1
    return end


def _is_of_people(words: str) -> bool:
    """Whether a bracket says who of a unit: (王某), (联系人:王某)."""
    people = all(map(is_person, re.split("[、,; ]", words)))
    return bool(words) and (people or bool(_OF_PEOPLE.search(words)))


def _is_a_part(plain: str, start: int, found: re.Match[str]) -> bool:
    """Whether a bracket behind a bureau says for which part it answers, and names no other: 县发改局(农村电网)."""
    part = bool(found["other"]) and not _NAMED_TOO.search(found["other"])
    return part and is_bureau(plain[start : found.start()])


def _before_a_person(plain: str, start: int, end: int) -> int:
    """The end of a name without that of a person behind it: 县财政局王某."""
    cuts = (cut for cut in range(end - 4, end - 1) if cut >= start and is_person(plain[cut:end]))
    if is_body(plain[start:end]):
        return end
    return next((cut for cut in cuts if cut == start or is_body(plain[start:cut])), end)


def _before_what_it_does(plain: str, start: int, end: int, said: str) -> tuple[int, str]:
    """The end of a name, and what is said behind it to be done, with its object: 县财政局保障经费."""
    if said or is_body(plain[start:end]):
        return end, said
    for verb in _VERB.finditer(plain, start, end):
        named = start + len(_AND_OTHERS.sub("", plain[start : verb.start()]))
        if is_body(plain[start:named]):
            return named, plain[verb.start() : end]
    return end, said
