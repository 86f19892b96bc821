"""Tables of a text copied from a PDF, whose cells only blanks part -> rows.

Comes in: lines. Goes out: where a table ends and its rows, once a line reads as its head. A row may be broken over
lines, and its name may hold blanks: the number of the head's cells says what is one. Apart from `plain`, which reads
what marks its cells.
"""

from __future__ import annotations

import re

from openplans.drafting.receiving.document import Line, row
from openplans.text.organization_names import parsed

_WIDE = re.compile(" {2,}")
_YEAR = re.compile("((?:19|20)[0-9]{2}) (?=年)")
_SAID_BY_HEADS = re.compile(
    "序号|编号|单位|属性|类[型别]|(?:19|20)[0-9]{2}年|基期|现状|现值|目标值?|规划值|增[速幅]|增长|累计|投资|资金|规模|内容|地点|性质"
    "|责任|牵头|配合|部门|时限|时间|年限|期限|备注|进度|完成"
)
_NAMES = re.compile("指标|项目|任务|名称|事项|措施|内容")
_SERIAL = re.compile("[0-9]{1,3}|[一二三四五六七八九十]{1,3}")
_VALUE = re.compile(
    r"[〔\[（(【]?[-－≥≤<>＞＜约]*[0-9][0-9.,]*(?:[%％‰]|左右|以[上下内])?[〕\]）)】]?|[-—－―]{1,2}|约束性|预期性"
)
_FEWEST = 4
"""The cells of a head: a line of three may be anything."""
_SHORT = 16
"""The letters of a line that ends a cell at most."""
_LINES = 4
"""The lines that a row is broken over at most."""


def table(lines: list[Line], place: int) -> tuple[int, list[Line]]:
    """Where the table ends whose head is the line at a place, and its rows; (place, []) where none begins."""
    head = _head(lines[place].text)
    if not head:
        return place, []
    rows, end, count = [row(head)], place + 1, 0
    while True:
        begin = _behind_a_sheet(lines, end)
        if found := _row(lines, begin, head):
            rows += [each for each in lines[end:begin] if each.page]
            end, cells = found
            rows.append(row(cells))
            count += 1
        elif count and _goes_on(lines, end, head):  # the last cell of a row has a second line
            rows[-1] = Line(rows[-1].text + lines[end].text.strip(), row=True)
            end += 1
        else:
            return (end, rows) if count > 1 else (place, [])


def _behind_a_sheet(lines: list[Line], place: int) -> int:
    """The next line that is neither empty nor the number of a sheet."""
    while place < len(lines) and (lines[place].page or not lines[place].text.strip()):
        place += 1
    return place


def _goes_on(lines: list[Line], place: int, head: list[str]) -> bool:
    """Whether a line is the end of the row above: one short cell, behind which a row with a number begins."""
    if place + 1 >= len(lines) or len(_cells(lines[place].text, False)) != 1 or len(lines[place].text) > _SHORT:
        return False
    numbered = _SERIAL.fullmatch(_cells(lines[place + 1].text, False)[:1][0]) if lines[place + 1].text.strip() else None
    return bool(numbered) and _row(lines, place + 1, head) is not None


def _head(text: str) -> list[str]:
    """The cells of a line that heads a table of several columns, by what they say."""
    cells = _cells(text, bool(_WIDE.search(text.strip())))
    said = [bool(_NAMES.search(cell) or _SAID_BY_HEADS.search(cell)) for cell in cells]
    named = any(_NAMES.search(cell) for cell in cells)
    return cells if len(cells) >= _FEWEST and named and sum(said) * 4 >= len(cells) * 3 else []


def _cells(text: str, wide: bool) -> list[str]:
    cells = _WIDE.split(text.strip()) if wide else _YEAR.sub(r"\1", text.strip()).split(" ")
    return [cell for cell in cells if cell]


def _row(lines: list[Line], place: int, head: list[str]) -> tuple[int, list[str]] | None:
    """Where the row ends that begins at a place, and its cells; None where none does."""
    cells: list[str] = []
    for end in range(place, min(place + _LINES, len(lines))):
        text = lines[end].text
        if lines[end].page or not text.strip():
            return None
        wide = bool(_WIDE.search(text.strip()))
        found = _cells(text, wide)
        cells = [*cells[:-1], cells[-1] + found[0], *found[1:]] if cells else found
        if cells == head:  # printed again on the next sheet
            return end + 1, cells
        if fitting := _fitted(cells, head):
            return end + 1, fitting
        if not cells or not (_SERIAL.fullmatch(cells[0]) or len(cells) > 1) or "。" in text:
            return None
    return None


def _fitted(cells: list[str], head: list[str]) -> list[str]:
    """The cells of a row, as many as the head has: those before the serial number may be merged with the row above,
    and a name may hold blanks. None where they are no row.
    """
    serial = next((at for at, cell in enumerate(head) if re.search("序号|编号", cell)), 0)
    if serial and cells and _SERIAL.fullmatch(cells[0]):
        cells = [*[""] * serial, *cells]
    name = next(at for at, cell in enumerate(head) if _NAMES.search(cell))
    over = len(cells) - len(head)
    if over > 0:
        cells = [*cells[:name], "".join(cells[name : name + over + 1]), *cells[name + over + 1 :]]
    said = any(_VALUE.fullmatch(cell) or parsed(cell).of_organizations for cell in cells[name + 1 :])
    return cells if len(cells) == len(head) and said and cells[name] else []
