"""What names units before it says what they do: headings that are made of units and nothing else (一、市农业农村局;
二、市水务局、市交通运输局), whose duties stand under them, or name some; lines before each task (责任单位:甲局); items
that begin with units (1.市教育局:新建学校2所).

Comes in: the clauses of a document in their order. Goes out: by clause_id, the heading over it, the lines before it,
the units that it begins with. Apart from `organization_tables`, because a list of duties by unit has no rows, and from
`text.responsible`, which finds units in a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from openplans.packages.read import Row
from openplans.rules.hits import once
from openplans.text.folding import folded
from openplans.text.numbering import behind_number, is_title, number_at
from openplans.text.organization_names import OrganizationList, parsed
from openplans.text.responsible import NONE, is_answer, organization_lists
from openplans.text.roles import BRACKETS

_SO_MANY = re.compile(r" ?\((?:共? ?[0-9一二三四五六七八九十]+ ?[项条个件])\)$|[:。]$")
"""Behind the units, how many duties they have: 县农业农村局(12项)."""
_DUTIES = re.compile(
    "(?P<role>牵头|主办|负责|承办|配合|协办)(?:负责|办理|落实|推进|承担)?的?(?:重点)?(?:工作|任务|事项|项目)$"
)
"""Behind the units, that what stands under them is theirs: 县发改局牵头工作."""


_ENDS = re.compile(r"[:。,]|$")
"""What parts the units that an item begins with from what they do."""
_BRACKET = re.compile(r"\([^()]{2,120}\)")
_FEWEST = 4
"""Letters of what is to be done."""


@once
def over(clauses: list[Row]) -> dict[str, Row]:
    """By clause_id, the heading of units that a clause stands under; of headings that are not the only ones, or that
    say that what stands there is theirs.
    """
    told = ((row, organizations_of(row)) for row in clauses if row["kind"] == "heading")
    found = {row["clause_id"]: (row, of.role) for row, of in told if of}
    beside = Counter(row["parent_id"] for row, _ in found.values())
    heads = {each: row for each, (row, role) in found.items() if role or beside[row["parent_id"]] > 1}
    return dict(_under(clauses, heads))


@once
def naming(clauses: list[Row]) -> dict[str, Row]:
    """By clause_id, the nearest heading over a clause that says who answers: 第一部分 管住源头(牵头单位:甲局)."""
    headings = (row for row in clauses if row["kind"] == "heading" and row["number"])
    return dict(
        _under(clauses, {row["clause_id"]: row for row in headings if any(organization_lists(row["text"], NONE))})
    )


@once
def fronted(clauses: list[Row]) -> dict[str, OrganizationList]:
    """By clause_id, the units that an item begins with, where most of those beside it do: 1.县教育局:新建学校2所;
    (县水利局)整治河道.
    """
    items = [row for row in clauses if row["kind"] == "paragraph" and not _answers(row)]
    found = {row["clause_id"]: front for row in items if (front := front_of(row["text"]))}
    kinds = [(row, (row["parent_id"], bool(row["number"]))) for row in items]
    all_, own = Counter(kind for _, kind in kinds), Counter(kind for row, kind in kinds if row["clause_id"] in found)
    most = {row["clause_id"] for row, kind in kinds if own[kind] > 1 and own[kind] * 2 > all_[kind]}
    return {each: front for each, front in found.items() if each in most}


def front_of(printed: str) -> OrganizationList | None:
    """The units that a text begins with behind its number, before what they do; None where it begins with more."""
    text = folded(printed).translate(BRACKETS)
    begin = behind_number(text)
    bracket = _BRACKET.match(text, begin)
    begin += bool(bracket)
    ends = [bracket.end() - 1] if bracket else [each.start() for each in _ENDS.finditer(text, begin)]
    fronts = takewhile(lambda end: _are_in_front(text[begin:end], bool(bracket)), ends)
    end = max(fronts, default=len(text))
    return OrganizationList(begin, end, printed[begin:end]) if len(text) - end > _FEWEST else None


def _are_in_front(said: str, in_bracket: bool) -> bool:
    """Whether what an item begins with is units; outside of a bracket nothing else is said of them."""
    read = parsed(said)
    return read.of_organizations and read.surely_of_organizations and (in_bracket or not (read.does or read.nameless))


def _under(clauses: Iterable[Row], heads: dict[str, Row]) -> dict[str, Row]:
    """What stands under each of the headings, at any depth; a clause stands behind what it stands under."""
    found: dict[str, Row] = {}
    for row in clauses:
        if over_ := heads.get(row["parent_id"]) or found.get(row["parent_id"]):
            found[row["clause_id"]] = over_
    return found


def before(clauses: list[Row]) -> dict[str, list[Row]]:
    """By clause_id, the lines right before a paragraph that say who answers for it; where such alternate under a
    heading, and the first stands before all that is to be done.
    """
    found: dict[str, list[Row]] = {}
    for place, last in enumerate(clauses[:-1]):
        if _is_title(last) or last["clause_id"] in found:
            behind = (clauses[each] for each in range(place + 1, len(clauses)))
            lines = list(takewhile(_answers, behind))
            task = clauses[place + 1 + len(lines)] if place + 1 + len(lines) < len(clauses) else None
            if lines and task and _is_plain(task) and task["parent_id"] == lines[0]["parent_id"]:
                found[task["clause_id"]] = lines
    beside = Counter(lines[0]["parent_id"] for lines in found.values())
    return {each: lines for each, lines in found.items() if beside[lines[0]["parent_id"]] > 1}


def _is_plain(row: Row) -> bool:
    """Whether a clause is a paragraph without a number."""
    return row["kind"] == "paragraph" and not row["number"]


def _answers(row: Row) -> bool:
    return _is_plain(row) and is_answer(folded(row["text"]).strip())


def _is_title(row: Row) -> bool:
    """Whether something can begin under a clause: a heading, or a short line that is no sentence."""
    return row["kind"] in ("heading", "title", "annex") or (_is_plain(row) and is_title(folded(row["text"])))


def organizations_of(heading: Row) -> OrganizationList | None:
    """The list of units that a heading is made of, with the role that it gives them; None where it says more."""
    text = folded(heading["text"]).translate(BRACKETS)
    number = number_at(text.strip())
    start = behind_number(text)
    end = start + len(_SO_MANY.sub("", text[start:].rstrip()))
    said = _DUTIES.search(text, start, end)
    end = said.start() if said else end
    read = parsed(text[start:end].replace("会同", "、"))
    if number is None and text.startswith("("):  # 【一、市容专班】 is called so, whatever ends its name
        return None
    does = read.does and (number is not None or not start)  # 一、县财政局牵头; ◆县财政局牵头 has a mark
    says_more = ":" in text[start:end] or does or read.nameless  # 责任单位:县财政局
    if says_more or not read.surely_of_organizations:
        return None
    return OrganizationList(start, end, heading["text"][start:end], said["role"] if said else "")
