"""The heads of tables: which row is one, and which head each cell of a row stands under.

Comes in: clauses in their order. Goes out: cells with their places, and heads. Apart from `table_cells`, which reads
figures under heads, because the reading of deadlines and of tasks asks for them as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from openplans.packages.read import Row
from openplans.rules import organization_tables
from openplans.text.folding import CELL, folded

YEAR = re.compile("(?:到|至)?((?:19|20)[0-9]{2}) ?年?")
_HEAD = re.compile(
    "序号|指标|名称|目标|单位|内容|任务|举措|分工|要求|项目|属性|类[型别]|规模|投资|资金|年限|时限|时间|期限|责任|部门|备注|性质|地点|领导|进度|阶段|来源|主体|基期|现状|措施|事项|季度|半年|全年|牵头|配合|主办|协办|承办"
)
_SAYS_ONLY_WHEN = re.compile("目标|[指数]值|年度|进度|计划|安排|时[限间]|分年|投资|资金|规模|任务|现状|基期|指标$|^$")
"""What a head says over years that names nothing which is counted."""
_SENTENCE = re.compile("[,。;]|.{25}")
"""What a cell holds that tells something, and is no head: 将企业开办时间压缩至2个工作日以内."""
_SPREAD = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_SINGLE = re.compile("[0-9]{1,3}")
_CAPTION = 40
"""How long a line over a table may be, to be its caption or the line of its units."""
_NUMBER = re.compile(r"[≥≤<>约]?[0-9][0-9.,]*%?|[-—/]")


def cut(text: str) -> list[tuple[int, str]]:
    """(place, folded text) of each cell that says something."""
    places = [0, *(match.end() for match in re.finditer(CELL, text)), len(text) + 1]
    parted = [(start, folded(text[start : end - 1])) for start, end in pairwise(places)]
    return [(start + len(cell) - len(cell.lstrip()), cell.strip()) for start, cell in parted if cell.strip()]


def unspaced(name: str) -> str:
    """The folded words of a head without the blanks that spread them over their column: 单 位."""
    return _SPREAD.sub("", folded(name).strip())


def is_head(cells: list[tuple[int, str]]) -> bool:
    """Whether the cells of a row are those of a head."""
    names = [unspaced(cell) for _, cell in cells if not _SENTENCE.search(cell)]
    heads = sum(bool(_HEAD.search(name) or YEAR.match(name)) for name in names)
    return len(cells) > 1 and heads * 3 >= len(cells) * 2 and not any(_SINGLE.fullmatch(cell) for _, cell in cells)


def head_rows(clauses: list[Row]) -> set[str]:
    """The rows that are heads: by their words, or the first of a table where no cell is a number and the next row
    has some, or is the second row of the head; or that of a matrix of duties.
    """
    matrices = {head["clause_id"] for head in organization_tables.matrices(clauses).values()}
    found: set[str] = set()
    before: Row | None = None
    for clause, after in pairwise([*clauses, Row(kind="", text="")]):
        if clause["kind"] == "table_row":
            cells = cut(clause["text"])
            first = (
                before is None
                and after["kind"] == "table_row"
                and after["text"].count(CELL) == clause["text"].count(CELL)
            )
            below = cut(after["text"])
            told = _numbers(below) or (is_head(below) and not after["text"].split(CELL)[0].strip())
            by_numbers = first and len(cells) > 1 and not _numbers(cells) and told
            if is_head(cells) or by_numbers or clause["clause_id"] in matrices:
                found.add(clause["clause_id"])
        before = clause if clause["kind"] == "table_row" else None
    return found


def _numbers(cells: list[tuple[int, str]]) -> int:
    return sum(bool(_NUMBER.fullmatch(cell)) for _, cell in cells)


def heads_above(clauses: Iterable[Row], rows: set[str]) -> dict[str, Row]:
    """The nearest of the head `rows` above in the same table, by clause_id; found in one pass, since all rows ask."""
    found: dict[str, Row] = {}
    head: Row | None = None
    head_row: Row | None = None
    last: Row | None = None
    for clause in clauses:
        if head is not None:
            found[clause["clause_id"]] = head
        if clause["kind"] != "table_row":
            head = None
        elif clause["clause_id"] in rows:
            head = _joined(head, clause) if head is not None and last is head_row else clause
            head_row = clause
        last = clause
    return found


def lines_over(clauses: Iterable[Row]) -> dict[str, list[Row]]:
    """The short lines right over a table, its caption and its units, by the clause_id of each of its rows."""
    found: dict[str, list[Row]] = {}
    lines: list[Row] = []
    inside = False
    for clause in clauses:
        if clause["kind"] == "table_row":
            found[clause["clause_id"]], inside = lines, True
            continue
        lines, inside = ([] if inside or len(clause["text"]) > _CAPTION else lines), False
        if len(clause["text"]) <= _CAPTION:
            lines = [*lines, clause][-3:]
    return found


def _joined(upper: Row, lower: Row) -> Row:
    """Two rows of one head: a year under 目标值 says more than it, one under 粮食产量(吨) is of that alone; an empty
    cell is reached by the one above.
    """
    above, below = upper["text"].split(CELL), lower["text"].split(CELL)
    if len(above) != len(below) or all(cell.strip() for cell in below):
        return lower
    cells, over = [], ""
    for up, low in zip(above, below, strict=True):
        over = up if up.strip() or not low.strip() else over  # a cell merged over columns stands in the first
        named = YEAR.fullmatch(folded(low).strip()) and not _SAYS_ONLY_WHEN.search(folded(over))
        cells.append(over + low if named else low if low.strip() else up)
    return Row({**lower, "text": CELL.join(cells)})


def under(head: Row | None, clause: Row) -> list[tuple[str, int, str]]:
    """(head, place, folded text) of each cell, empty ones too; none where row and head have not as many cells."""
    cells = clause["text"].split(CELL)
    if head is None or head["text"].count(CELL) + 1 != len(cells):
        return []
    found, place = [], 0
    for name, cell in zip(head["text"].split(CELL), cells, strict=True):
        lead = len(cell) - len(cell.lstrip())
        found.append((unspaced(name), place + lead, folded(cell).strip()))
        place += len(cell) + 1
    return found
