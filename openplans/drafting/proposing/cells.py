"""A row of a table of targets -> what its cells state: the indicator's cell, a column a year, a unit in the head or in brackets.

Comes in: a table row and the rows before it. Goes out: what is stated, or None for a row of prose, which is read like a
paragraph. Columns are counted from the right, since a cell merged over rows is printed in its first row only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from openplans.drafting.proposing import naming
from openplans.drafting.proposing.reading import Reading
from openplans.packages.read import Row
from openplans.text.folding import CELL, folded
from openplans.text.quantities import Figure
from openplans.text.units import units_of

_NUMERIC = re.compile(
    r"(?:约|近|超|达到?|不低于|不少于|不超过|[≥≤<>~=])? ?[0-9][0-9,.]*(?: ?[-—~至] ?[0-9][0-9.,]*)? ?(?:[%‰]|[万亿千百]?[\u4e00-\u9fff/()]{0,6})?(?:以上|以下|以内|左右)?"
    r"(?:/[0-9][0-9,.]*[%\u4e00-\u9fff]{0,4})*|[-—/]|(?:持续|逐[年步])\S{2,6}"
)
_YEAR = re.compile("(?:到|至)?((?:19|20)[0-9]{2}) ?年?")
_NOW = re.compile("现状|基期|基数|实际|完成值|现有|当前")
_HEAD = re.compile("序号|指标|名称|目标|单位|内容|任务|项目|属性|类[型别]")
_BRACKET = re.compile(r"\(?(?P<unit>[^()\s]{1,8})\)$")
_SINGLE = re.compile("[0-9]{1,3}")


@dataclass(frozen=True)
class Stated:
    """A figure of a cell: what it counts, in which unit, for which year ("" without), and its quote's place."""

    figure: Figure
    indicator: str
    unit: str
    year: str
    start: int
    end: int


def stated(reading: Reading, clause: Row) -> list[Stated] | None:
    """What the cells of a row state; None where it is a row of prose."""
    cells = cut(clause["text"])
    if is_head(cells):
        return []
    values = [cell for cell in cells if _NUMERIC.fullmatch(cell[1]) and not _is_serial(clause, cell)]
    if not values:
        return None
    named = [cell for cell in cells if cell[0] < values[0][0] and not _is_serial(clause, cell)]
    columns = head(reading, clause)
    units = [cell for cell in named if _unit_column(reading, cell)]
    named = [cell for cell in named if cell not in units]
    if not named or any(len(cell[1]) > 60 and "。" in cell[1] for cell in named[-1:]):
        return None
    own_unit = units[-1][1] if units else ""
    years = _years(columns, values)
    found: list[Stated] = []
    for number, cell in enumerate(values):
        if years and number < len(years) and years[number] == "now":
            continue
        year = years[number] if number < len(years) else ""
        found += _of_cell(reading, clause, named[-1], cell, own_unit, year)
    return found


def cut(text: str) -> list[tuple[int, str]]:
    """(place, folded text) of each cell that says something."""
    places = [0, *(match.end() for match in re.finditer(CELL, text)), len(text) + 1]
    parted = [(start, folded(text[start : end - 1])) for start, end in pairwise(places)]
    return [(start + len(cell) - len(cell.lstrip()), cell.strip()) for start, cell in parted if cell.strip()]


def is_head(cells: list[tuple[int, str]]) -> bool:
    heads = sum(bool(_HEAD.search(cell) or _YEAR.match(cell)) for _, cell in cells)
    return len(cells) > 1 and heads * 3 >= len(cells) * 2 and not any(_SINGLE.fullmatch(cell) for _, cell in cells)


def _is_serial(clause: Row, cell: tuple[int, str]) -> bool:
    return bool(clause["number"]) and cell[1] == clause["number"] and cell[0] == clause["text"].find(clause["number"])


def head(reading: Reading, clause: Row) -> list[str]:
    """The cells of the table's head: the nearest row above that is one."""
    for row in reversed(reading.clauses[: clause["order"] - 1]):
        if row["kind"] != "table_row":
            break
        cells = cut(row["text"])
        if is_head(cells):
            return [cell for _, cell in cells]
    return []


def _unit_column(reading: Reading, cell: tuple[int, str]) -> bool:
    """Whether a cell holds nothing but a unit of measure."""
    known = units_of(reading.world.unit_names)
    end, name = known.unit(cell[1], 0)
    return bool(name) and end == len(cell[1])


def _years(head: list[str], values: list[tuple[int, str]]) -> list[str]:
    """The year of each value: the columns of the head that name one, as many as there are values, from the right."""
    columns = [(found[1] if (found := _YEAR.search(cell)) and not _NOW.search(cell) else "now" if found or _NOW.search(cell) else "")
               for cell in head]  # fmt: skip
    dated = [each for each in columns if each]
    if not dated:
        return []
    if len(dated) == len(values):
        return dated
    years = [each for each in dated if each != "now"]
    return years[-len(values) :] if len(values) <= len(years) else []


def _of_cell(
    reading: Reading, clause: Row, name: tuple[int, str], cell: tuple[int, str], unit: str, year: str
) -> list[Stated]:
    """What one cell states: a figure, or one for each of several indicators (30/10)."""
    end = cell[0] + len(cell[1])
    inside = [each for each in reading.figures(clause) if cell[0] <= each.start < end and not each.is_time]
    names = name[1].split("/") if len(inside) > 1 else [name[1]]
    if len(names) != len(inside):
        names = [name[1]] * len(inside)
    found = []
    shared = _named(reading, name[1])[1]
    for figure, words in zip(inside, names, strict=True):
        indicator, told = _named(reading, words)
        own = naming.per(figure.unit or unit or told or shared, words) or (
            "比值" if re.search("倍差|收入比|比值", words) else ""
        )
        found.append(Stated(figure, indicator, own, year, name[0], _quote_end(clause["text"], figure, end)))
    return found


def _quote_end(text: str, figure: Figure, end: int) -> int:
    """Behind the figure, and behind 以上 where that follows in the cell."""
    tail = re.compile("以上|以下|以内|左右").match(text, figure.end)
    return min(tail.end() if tail else figure.end, end)


def _named(reading: Reading, words: str) -> tuple[str, str]:
    """The indicator of a cell and the unit that it ends with: in brackets, or bare (年产值亿元)."""
    known = units_of(reading.world.unit_names)
    bracket = _BRACKET.search(words)
    if bracket:
        scaled = bracket["unit"].lstrip("万亿") if bracket["unit"][0] in "万亿" else bracket["unit"]
        if any(known.unit(each, 0)[0] == len(each) > 0 for each in (bracket["unit"], scaled)):
            return naming.indicator(words[: bracket.start()]), bracket["unit"]
    for size in range(min(5, len(words) - 2), 0, -1):
        end, unit = known.unit(words, len(words) - size)
        if unit and end == len(words) and unit in reading.world.units and (size > 1 or unit == "%"):
            return naming.indicator(words[:-size]), unit
    return naming.indicator(words), ""
