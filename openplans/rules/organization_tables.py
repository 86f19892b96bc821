"""Where a table says who answers for what another row or the text asks: a cell merged over several rows is printed in
the first of them, and the rows of an annex may name a task of the text by its number or its title alone.

Comes in: the clauses of a document in their order. Goes out: by clause_id, the cells and rows about it. Apart
from `text.responsible`, which finds the units in a text, because proposals and the check both ask where they stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from openplans.packages.read import Row
from openplans.rules import organization_headings, organization_references
from openplans.rules.hits import once
from openplans.text.bodies import is_body
from openplans.text.folding import CELL, folded
from openplans.text.numbering import number_at
from openplans.text.roles import HELPING, HELPS, LEADING, LEADS, MARKS, said_of

_ORGANIZATIONS = re.compile(
    f"责任|任单位|主管|承办|{LEADS}|配合|协办|(?:{HELPS}|实施|落实|完成)(?:单位|部门|主体|处室|科室)"
)
_OF_PEOPLE = re.compile("领导|责任人|负责人|联[系络]人|同志|(?:单位|部门)(?:人员|电话)")
_WATCHING = re.compile("调度|报送|汇总|督[办导查]|监督")
_LONGEST_HEAD = 20
"""Letters of a head; a cell that names units (由县农业农村局牵头…) is longer."""
_SAME = re.compile('(?:同上|〃|"|″)?')
"""What a cell holds that says what the one above it says."""
_PARTS_A_TABLE = re.compile("[一二三四五六七八九十]{1,3}[、.]?|.{0,4}[合小总] *计.{0,8}")
"""A cell of a row that heads or sums a group, over which no cell is merged: 二　教育; 小计."""
_KEY = re.compile("(?:对应|重点)?(?:任务|工作|事项|条款|目标)?(?:序号|编号|项号)|序 ?号")
_BESIDE = re.compile(f"{_ORGANIZATIONS.pattern}|{_OF_PEOPLE.pattern}|单位$|部门$|时[限间]|期限|节点|备注|电话|职务")
"""Heads of what a row says of a task besides its number."""
_OF_TASKS = re.compile("任务|行动|工作|事项|名称|措施|项目|内容|领域|工程")
"""The head of what a row is about."""
_A_DEED = 8
"""Letters of what is to be done; a group is called by fewer (文化教育)."""
_FIRST = 2
"""Columns that may be the first which says what is to be done: behind the numbers, or without them."""
_SPAN = re.compile("([0-9]{1,3})[-—~至到]([0-9]{1,3})")
_PART = re.compile("[、,;和及 ]")
_MARKS = re.compile("^第|[项条号款]$|[().]")
_NUMBERED = ("heading", "paragraph")
_MARKED = re.compile(f"[ {MARKS}○△√✓]*")


@dataclass(frozen=True)
class Cell:
    """A cell of a row: what its column is called, and its text as printed."""

    head: str
    text: str


def is_of_organizations(head: str) -> bool:
    """Whether a column is one of units; 牵头领导 and 责任人 are of people, 调度责任部门 of those who watch."""
    return bool(_ORGANIZATIONS.search(head)) and not (_OF_PEOPLE.search(head) or _WATCHING.search(head))


def organization_heads(cells: list[str]) -> list[int]:
    """The columns of units, by the folded cells of a row that may be a head."""
    heads = ((place, cell) for place, cell in enumerate(cells) if not cell.startswith("各"))  # 各行业主管部门
    short = (place for place, cell in heads if len(cell) < _LONGEST_HEAD and ":" not in cell)
    return [place for place in short if is_of_organizations(cells[place])]


def leading_heads(cells: list[str]) -> list[int]:
    """The columns of those who lead, by the folded cells of a head: 牵头单位, or 责任单位 beside 配合单位."""
    said = {place: said_of(cells[place]) for place in organization_heads(cells)}
    lead = [place for place, each in said.items() if LEADING.search(each)]
    helped = any(map(HELPING.search, said.values()))
    return lead if lead or not helped else [place for place, each in said.items() if not each]


def reaching_over(clauses: Iterable[Row]) -> dict[str, list[Cell]]:
    """The cells with units that are merged over a row and printed above it.

    The column of those who lead is empty in no other case, since someone answers for every task; that of those who help
    may be, and reaches over a row only with the others, or where a merged cell says that the rows belong together.
    """
    found: dict[str, list[Cell]] = {}
    for table in _tables(clauses):
        naming, merges = _naming(table), _merges(table)
        heads: dict[int, str] = {}
        printed: dict[int, str] = {}
        for row, cells in table:
            told = {place: folded(cell).strip() for place, cell in enumerate(cells)}
            heads |= {place: cell for place, cell in told.items() if is_of_organizations(cell)}
            named = _said(cells)
            if any(_PARTS_A_TABLE.fullmatch(told[place]) for place in [*named][:2]):
                printed.clear()
            grouped = merges and any(place not in named for place in naming)
            more = len(named) > 1 or min(named, default=0) > 1 or _is_named_first(table, named, told)
            if more and (over := _over(heads, printed, named.keys(), grouped)):
                found[row["clause_id"]] = [Cell(heads[place], printed[place]) for place in over]
            printed |= {place: cell for place, cell in named.items() if place in heads and told[place] != heads[place]}
    return found


def _is_named_first(table: list[tuple[Row, list[str]]], named: Iterable[int], told: dict[int, str]) -> bool:
    """Whether the only cell of a row tells what is to be done, and is none that heads a group: it stands under the head
    of that, which is that of the first column, or the second, and is no short name.
    """
    place = min(named, default=0)
    return (
        place < _FIRST
        and len(told[place]) >= _A_DEED
        and bool(_OF_TASKS.search(_squeezed(table[0][1][place])))
        and number_at(told[place]) is None
    )


def _said(cells: list[str]) -> dict[int, str]:
    """The cells of a row that say something of their own."""
    return {place: cell for place, cell in enumerate(cells) if not _SAME.fullmatch(folded(cell).strip())}


def _naming(table: list[tuple[Row, list[str]]]) -> list[int]:
    """The columns before those of units, which say what a row is about."""
    head = [folded(cell) for cell in table[0][1]]
    first = next((place for place, cell in enumerate(head) if is_of_organizations(cell)), 0)
    return [place for place, cell in enumerate(head[:first]) if not _OF_PEOPLE.search(cell)]


def _merges(table: list[tuple[Row, list[str]]]) -> bool:
    """Whether an empty cell of units is one that is merged: each row that begins a group has all of them."""
    naming, organizations = _naming(table), organization_heads([folded(cell) for cell in table[0][1]])
    rows = [_said(cells) for _, cells in table[1:]]
    return all(place in said for said in rows for place in organizations if all(each in said for each in naming))


def _over(heads: dict[int, str], printed: dict[int, str], named: Iterable[int], grouped: bool) -> list[int]:
    """The columns whose cell above reaches over a row, of which the `named` ones say something of their own; all empty
    ones of a row that is `grouped` with the one above by a cell that is merged over both.
    """
    own = [place for place in heads if place in named]
    first = next((place for place in heads if LEADING.search(heads[place])), None)
    first = next((place for place in heads if not HELPING.search(heads[place])), None) if first is None else first
    empty = [place for place in heads if place not in own and place in printed]
    return empty if not own or grouped else [place for place in empty if place == first]


@once
def texts_about(clauses: list[Row]) -> dict[str, list[str]]:
    """By clause_id, the texts that say who answers for a clause without standing in it: those of tables, and
    the heading over it that is made of units or names some, or the head of a matrix.
    """
    found = defaultdict(list, {each: [cell.text for cell in cells] for each, cells in reaching_over(clauses).items()})
    over = dict(found)
    for clause_id, rows in about_elsewhere(clauses).items():
        for row in rows:
            found[clause_id] += [row["text"], *over.get(row["clause_id"], ())]
    for headings in (organization_headings.over(clauses), organization_headings.naming(clauses), matrices(clauses)):
        for clause_id, heading in headings.items():
            found[clause_id].append(heading["text"])
    return dict(found)


@once
def matrices(clauses: list[Row]) -> dict[str, Row]:
    """By clause_id, the head of the row of a matrix of duties: units stand over its columns, marks under them."""
    found: dict[str, Row] = {}
    for (head, names), *rows in _tables(clauses):
        organizations = [place for place, name in enumerate(names) if is_body(folded(name).strip())]
        marked = [cells[place] for _, cells in rows for place in organizations]
        if len(organizations) > 1 and any(map(str.strip, marked)) and all(map(_MARKED.fullmatch, marked)):
            found |= {row["clause_id"]: head for row, _ in rows}
    return found


@once
def about_elsewhere(clauses: list[Row]) -> dict[str, list[Row]]:
    """By the clause of the text, the rows of a table that say by its number alone, or by its title alone, who answers
    for it; and the lines that say it before it, or behind it by its number.
    """
    found = defaultdict(list, {**organization_headings.before(clauses), **organization_references.about_items(clauses)})
    numbered, titled = _once(clauses, _number_of), _once(clauses, _title_of)
    for table in _tables(clauses):
        head = [folded(cell).strip() for cell in table[0][1]]
        key, name = _key(head), _name(head)
        for row, cells in table[1:]:
            keys = list(_keys(folded(cells[key]))) if key is not None else []
            own = [numbered[each] for each in keys] if all(each in numbered for each in keys) else []
            if name is not None and (told := titled.get(_squeezed(cells[name]))):
                own = [told]
            for each in own:
                found[each].append(row)
    return dict(found)


def _once(clauses: Iterable[Row], key: Callable[[Row], str]) -> dict[str, str]:
    """The clause_id of each numbered clause of the text by a key that no other has."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for clause in clauses:
        if clause["kind"] in _NUMBERED and clause["number"]:
            found[key(clause)].append(clause)
    return {each: own[0]["clause_id"] for each, own in found.items() if each and len(own) == 1}


def _number_of(clause: Row) -> str:
    return _MARKS.sub("", folded(clause["number"]))


def _title_of(clause: Row) -> str:
    """What a numbered clause is called: its heading, or the words that it begins with."""
    text = folded(clause["text"]).strip()
    number = number_at(text)
    return _squeezed(re.split("[。;:]", text[number.end if number else 0 :])[0])


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", folded(text)).rstrip("。")


def _name(head: list[str]) -> int | None:
    """The column of titles of a table that says nothing of a task besides who answers for it, and by when."""
    others = [place for place, cell in enumerate(head) if not (_KEY.fullmatch(cell) or _BESIDE.search(cell))]
    if len(others) != 1 or not any(map(is_of_organizations, head)):
        return None
    return others[0] if _OF_TASKS.search(head[others[0]]) else None


def _key(head: list[str]) -> int | None:
    """The column of task numbers of a table that names no task; None where it does, or where no column has units."""
    others = [cell for cell in head if not _KEY.fullmatch(cell)]
    if len(others) + 1 != len(head) or not any(map(is_of_organizations, others)):
        return None
    keys = [place for place, cell in enumerate(head) if _KEY.fullmatch(cell)]
    return keys[0] if all(map(_BESIDE.search, others)) else None


def _keys(cell: str) -> Iterator[str]:
    """The numbers of the tasks that a cell names: 1、2, 3-5, 第6项."""
    for part in filter(None, _PART.split(_SPAN.sub(_spread, cell.strip()))):
        yield _MARKS.sub("", _MARKS.sub("", part))


def _spread(span: re.Match[str]) -> str:
    return "、".join(str(each) for each in range(int(span[1]), int(span[2]) + 1))


def _tables(clauses: Iterable[Row]) -> Iterator[list[tuple[Row, list[str]]]]:
    """The rows of each table with their cells: those that follow one another and have as many."""
    table: list[tuple[Row, list[str]]] = []
    for clause in clauses:
        cells = clause["text"].split(CELL) if clause["kind"] == "table_row" else []
        if table and len(cells) != len(table[-1][1]):
            yield table
            table = []
        if cells:
            table.append((clause, cells))
    if table:
        yield table
