"""A form that came back: its cells as entries, and every cell that cannot be taken.

Comes in: the file (.xlsx or .ods, of Excel or LibreOffice). Goes out: Entries, and Flaws with the address of their
cell. Knows no plans: whether an id is known is for `take` to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openplans.forms.columns import COLUMNS, COVER, FIGURE, FILLED, SHEET, UPDATE, FormColumn
from openplans.packages import workbooks
from openplans.packages.workbooks import CellValue, Sheet
from openplans.text.period import BadPeriod, Period


class NoForm(ValueError):
    """A cell that has no form in the tables, and why: in Chinese, in English."""


_TITLED = 10
"""Rows of which one may be the heading that was moved down."""


@dataclass(frozen=True, order=True)
class Flaw:
    """A cell that cannot be taken: its row and column from 1 (0: the file as a whole), and why, in both languages."""

    row: int
    column: int
    zh: str
    en: str

    @property
    def address(self) -> str:
        """The cell as spreadsheets call it: H12."""
        return workbooks.address(self.row - 1, self.column - 1) if self.row else ""


@dataclass(frozen=True)
class FilledRow:
    """A row that somebody filled in: `cells` by key of their column, as text in the form of the tables."""

    row: int
    id: str
    cells: dict[str, str]
    words: frozenset[str] = frozenset()
    """How the form describes the row (`item`, `quote`), where it does."""

    @property
    def has_figure(self) -> bool:
        """Whether an actual figure is reported."""
        return bool(self.cells["value"])

    @property
    def has_update(self) -> bool:
        """Whether progress is reported."""
        return bool(self.cells["status"])

    def flaw(self, key: str, zh: str, en: str) -> Flaw:
        """A flaw in one of its cells."""
        return Flaw(self.row, place(key), zh, en)


NO_ID = "这一行没有编号，不知道写的是哪一条：编号不能删；多报一个时期的，抄同一条的编号", "this row has no id: copy it"


def place(key: str) -> int:
    """The number of a column, from 1."""
    return [each.key for each in COLUMNS].index(key) + 1


@dataclass(frozen=True)
class Returned:
    """A file that came back: the sheet that is filled in, what it is not to be read for, and its other sheets."""

    sheet: Sheet
    wrong: Flaw | None
    others: list[Sheet]


def read(returned: Returned) -> tuple[list[FilledRow], list[Flaw]]:
    """The rows that are filled in, and what is wrong with them."""
    if returned.wrong:
        return [], [returned.wrong]
    sheet, rows = returned.sheet, returned.sheet.rows
    entries: list[FilledRow] = []
    flaws: list[Flaw] = [*_copies(sheet, returned.others), *_merged(sheet), *_more(rows[0])]
    unread = list(_unread(sheet))
    for number, cells in enumerate(rows[1:], 2):
        _entry(number, dict(zip((each.key for each in COLUMNS), cells, strict=False)), entries, flaws)
    told = {(each.row, each.column) for each in unread}
    return entries, sorted([*unread, *(each for each in flaws if (each.row, each.column) not in told)])


def _unread(sheet: Sheet) -> Iterator[Flaw]:
    """Cells that are filled in and read as empty: a formula that no program has reckoned, an error."""
    for row, column in sheet.unread:
        if row and column < len(COLUMNS) and COLUMNS[column].open:
            zh = "这一格是公式，没有存下算出的数，或者算出的是错误值（#N/A、#DIV/0!）：改写成数或文字"
            yield Flaw(row + 1, column + 1, zh, "a formula without a value, or an error: write the value itself")


def beside(returned: Returned) -> list[Flaw]:
    """What stands in the file and is not taken: comments, and sheets that are not the form's."""
    if returned.wrong:
        return []
    said = "“{}”没有读入：要报的写在格子里"
    told = [
        Flaw(row + 1, column + 1, f"批注{said.format(text)}", "a comment is not taken: write in the cells")
        for (row, column), text in returned.sheet.comments.items()
    ]
    for other in returned.others:
        if other.name != COVER and any(_text(cell) for row in other.rows for cell in row) and _heading(other.rows):
            told.append(Flaw(0, 0, f"工作表{said.format(other.name)}", f"sheet {other.name} is not taken"))
    return told


def described(returned: Returned) -> list[tuple[int, dict[str, str]]]:
    """What stands in the locked cells of each row, with its number; nothing of a file that is no form."""
    lines = [] if returned.wrong else returned.sheet.rows
    found = [
        (number, {column.key: _text(cell) for column, cell in zip(COLUMNS, cells, strict=False) if not column.open})
        for number, cells in enumerate(lines[1:], 2)
    ]
    return [(number, cells) for number, cells in found if any(cells.values())]


def opened(path: Path) -> Returned:
    """The file, read once: what it is shown as, per cents with their sign."""
    try:
        found = {each.name.strip(): each for each in workbooks.sheets(path)}
    except workbooks.NoWorkbook as error:
        zh = f"这个文件{error.zh or '读不出来，多半没有传完，或者有格子写在很远的行或列'}。用 Excel 另存成 .xlsx 再交"
        return Returned(_NONE, Flaw(0, 0, zh, f"the file cannot be read: {error}"), [])
    if SHEET not in found:
        return Returned(_NONE, _not_there(found), [])
    workbooks.show_percents(found[SHEET])
    sheet = found.pop(SHEET)
    return Returned(sheet, _heading(sheet.rows), list(found.values()))


_NONE = Sheet("", [], [])


def _not_there(found: dict[str, Sheet]) -> Flaw:
    """What is told of a file without the form's sheet: which one it may be, by its heading."""
    there = "、".join(found)
    for name, sheet in found.items():
        if not _heading(sheet.rows):
            zh = f"工作表“{name}”是填报表，名字改过了：改回“{SHEET}”"
            return Flaw(0, 0, zh, f"sheet {name} is the form: call it {SHEET} again")
    zh = f"没有工作表“{SHEET}”，只有“{there}”：不是填报表，或者改了表名和列名。用 build.py form 写一张，照它填"
    return Flaw(0, 0, zh, f"there is no sheet {SHEET}, only {there}: fill in what build.py form writes")


def _heading(rows: list[list[CellValue]]) -> Flaw | None:
    """Rows above the form's heading; or its first column that is not the form's: renamed, moved, or put in between."""
    cells, titles = rows[0] if rows else [], [column.title for column in COLUMNS]
    for above, row in enumerate(rows[1:_TITLED], 1):
        if [_text(cell) for cell in row[: len(titles)]] == titles:
            zh = f"列名上面多了 {above} 行：删去这些行，列名要在第 1 行"
            return Flaw(1, 1, zh, f"there are {above} rows above the heading: delete them")
    for number, column in enumerate(COLUMNS, 1):
        found = _text(cells[number - 1]) if number <= len(cells) else ""
        if found != column.title:
            zh = f"这一列应是“{column.title}”，写的是“{found}”；列名和列的次序不能改，也不能插列、删列。"
            return Flaw(1, number, zh, f"this column is {column.key}; columns keep their names and order")
    return None


def _more(heading: list[CellValue]) -> Iterator[Flaw]:
    """Columns to the right of the form's: nothing of them would be taken."""
    for number, cell in enumerate(heading[len(COLUMNS) :], len(COLUMNS) + 1):
        if title := _text(cell):
            yield Flaw(1, number, f"多了一列“{title}”，不会读入：删去这一列", "a column that the form does not have")


def _copies(sheet: Sheet, others: list[Sheet]) -> Iterator[Flaw]:
    """Copies of the sheet in which something else is filled in: nothing of them would be taken."""
    own = _filled(sheet)
    for other in others:
        if not _heading(other.rows) and _filled(other) - own:
            zh = f"工作表“{other.name}”里也填了内容，只读“{SHEET}”：抄到“{SHEET}”，再删去这一张"
            yield Flaw(0, 0, zh, f"sheet {other.name} is filled in too, but only {SHEET} is taken: move its rows there")


def _filled(sheet: Sheet) -> set[tuple[str, ...]]:
    """What the rows of a sheet say that somebody filled in."""
    open_ = [number for number, column in enumerate(COLUMNS) if column.open and column.key != "unit"]
    rows = (tuple(_text(cell) for cell in row) for row in sheet.rows[1:])
    return {row for row in rows if any(row[number] for number in open_ if number < len(row))}


def _merged(sheet: Sheet) -> Iterator[Flaw]:
    """Cells that were merged over several rows: only the first of them holds what is written there."""
    for (first, left), (last, _) in sheet.merged:
        if last > max(first, 1) and left < len(COLUMNS):
            zh = f"这一格和下面的合并了，到第 {last + 1} 行：取消合并，每一行都写"
            yield Flaw(first + 1, left + 1, zh, "cells are merged over several rows: write each row")


def _entry(number: int, cells: dict[str, CellValue], entries: list[FilledRow], flaws: list[Flaw]) -> None:
    """One row, where anything is filled in. The unit is there from the beginning and says nothing alone."""
    own = {key: _text(value) for key, value in cells.items()}
    if not any(own[each.key] for each in FILLED if each.key != "unit"):
        return
    taken: dict[str, str] = {}
    for column in FILLED:
        try:
            taken[column.key] = _taken(column, cells[column.key], own)
        except NoForm as error:
            zh, en = error.args
            flaws.append(Flaw(number, place(column.key), zh, en))
            taken[column.key] = own[column.key]
    words = frozenset(own[key] for key in ("item", "quote") if own.get(key))
    entry = FilledRow(number, unicodedata.normalize("NFKC", own["id"]), taken, words)
    flaws.extend(_missing(entry))
    entries.append(entry)


def _taken(column: FormColumn, value: CellValue, own: dict[str, str]) -> str:
    """A cell in the form of the tables; NoForm where it has none."""
    text = own[column.key]
    if not text:
        return ""
    if column.choices:
        if text not in column.choices:
            raise NoForm(f"“{text}”不在可选的里面：{'、'.join(column.choices)}", f"“{text}” is none of the choices")
        return column.choices[text]
    return _FORMS.get(column.key, _line)(value, text, own)


def _line(value: CellValue, text: str, own: dict[str, str]) -> str:
    if text.startswith(("=", "+", "@")):
        raise NoForm(f"“{text}”像是公式，不收", f"“{text}” looks like a formula")
    return text


def _unit(value: CellValue, text: str, own: dict[str, str]) -> str:
    return _line(value, unicodedata.normalize("NFKC", text), own)


def _number(value: CellValue, text: str, own: dict[str, str]) -> str:
    of_per_cents = unicodedata.normalize("NFKC", own["unit"] or own["promised"]).endswith("%")
    plain = unicodedata.normalize("NFKC", text)
    if of_per_cents:
        plain = plain.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(plain):
        raise NoForm(f"“{text}”不是一个数：只写数字，“约”“超”写在“用词”，单位写在“单位”", f"“{text}” is no number")
    if isinstance(value, float) and of_per_cents and 0 < abs(value) <= 1:
        raise NoForm(
            f"是 {text}%，还是百分数格式的 {(Decimal(text) * 100).normalize():f}%？把格式改成文本，照公布的写",
            f"{text} may be a cell of per cents: write it as text",
        )
    return f"{Decimal(plain.replace(',', '')):f}"


def _day(value: CellValue, text: str, own: dict[str, str]) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    text = unicodedata.normalize("NFKC", text)
    match = re.fullmatch(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", text)
    try:
        return (
            date(*(int(each) for each in match.groups())).isoformat() if match else date.fromisoformat(text).isoformat()
        )
    except ValueError as error:
        raise NoForm(f"“{text}”不是一个日期：写成 2025-06-30", f"“{text}” is no date: 2025-06-30") from error


def _period(value: CellValue, text: str, own: dict[str, str]) -> str:
    """A period by its kind: a year may be typed as a number, a month or a day become a date in the program."""
    kind = next(each for each in COLUMNS if each.key == "period_kind").choices or {}
    wanted = kind.get(own["period_kind"], "")
    written = (
        _day_of(value, wanted) if isinstance(value, date) else _written(unicodedata.normalize("NFKC", text), wanted)
    )
    try:
        return str(Period.parse(written, wanted))
    except BadPeriod as error:
        raise NoForm(
            f"“{text}”不是“{own['period_kind'] or '时期类别'}”的写法：全年 2025，到月的 2025-06，时点 "
            f"2025-06-30，跨年 2023/2025",
            f"“{text}” is no such period",
        ) from error


def _day_of(day: date, kind: str) -> str:
    """The period that a program made a date of: 2025-06 became the first of June. A date is no year: 2025, typed into a
    cell of dates, became one of 1905."""
    return f"{day:%Y-%m-%d}" if kind == "date" else f"{day:%Y-%m}" if kind not in ("year", "span") else ""


def _written(text: str, kind: str) -> str:
    """A period as its table has it, of what people write: 2025年6月,
    2025年第3季度, 2025年1-11月, 2023—2025年; "" where it is none."""
    if kind == "span":
        ends = re.findall(r"(\d{4})年?(?:[-/.]?(\d{1,2})(?!\d)月?)?", text)
        return "/".join(f"{year}-{int(month):02}" if month else year for year, month in ends)
    if any(re.search(part, text) and kind != own for part, own in _PARTS.items()):
        return ""
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    if part := re.search("上半年|下半年", text) if kind == "half" else None:
        numbers.append(6 if part.group() == "上半年" else 12)
    elif kind == "quarter" and re.search("[季Qq]", text) and len(numbers) == 2:
        numbers[1] *= 3
    elif kind == "ytd" and len(numbers) == 3 and numbers[1] == 1:
        del numbers[1]
    sizes = {"": (1, 2, 3), "year": (1,), "date": (3,)}.get(kind, (2,))
    return (
        "-".join(f"{each:0{2 if place_ else 4}}" for place_, each in enumerate(numbers))
        if len(numbers) in sizes
        else ""
    )


def _address(value: CellValue, text: str, own: dict[str, str]) -> str:
    if re.search(r"[\s;；,，、|]+https?://", text):
        raise NoForm(f"“{text}”是几个网址：只写一个，其余的写在“备注”", f"“{text}” is more than one address")
    if _BEHIND.search(text):
        raise NoForm(f"“{text}”的网址后面还有别的字：删去，只留网址", f"“{text}” is more than an address")
    if not re.fullmatch(r"https?://\S+\.\S+", text):
        raise NoForm(f"“{text}”不是网址：以 http:// 或 https:// 开头", f"“{text}” is no address of a page")
    return text


_PARTS = {"半年": "half", "[季Qq]": "quarter"}
"""Words that say which part of a year is meant, and the only kind of period that has such parts."""

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
"""A number as it is printed, with or without commas between thousands."""

_FORMS: dict[str, Callable[[Any, str, dict[str, str]], str]] = {
    "value": _number, "date": _day, "published": _day, "period": _period, "source_url": _address,
    "unit": _unit,
}  # fmt: skip


_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
"""Characters without width, which pages leave behind in what is copied from them."""

_BEHIND = re.compile("[，。；、）》】”]$")
"""What a sentence puts behind an address, and a program would take for a part of it."""

_WORK = re.compile(r"-[pk]\d+$")
"""How the ids of works and tasks end."""


def _missing(entry: FilledRow) -> list[Flaw]:
    """What a row lacks: a figure its time, a report its day and words, both their source. The figure of a work or a
    task is part of its report and has the report's day."""
    needed: dict[str, str] = {}
    titles = {each.key: each.title for each in COLUMNS}
    filled = {key for key, text in entry.cells.items() if text}
    if entry.has_figure and not _WORK.search(entry.id):
        needed |= dict.fromkeys(("period_kind", "period", "publisher"), "报了实际值")
    elif filled & set(FIGURE) - {"place"}:
        needed["value"] = "填了实际值的其他格"
    if entry.has_update:
        needed |= dict.fromkeys(("date", "statement"), "报了进展")
    elif filled & set(UPDATE):
        needed["status"] = "填了进展的其他格"
    if not entry.has_figure and not entry.has_update and not needed:
        needed["value"] = "这一行填了来源或备注"
    needed |= dict.fromkeys(("source_title", "source_kind", "source_url"), "报了数或进展")
    return [
        entry.flaw(key, f"{why}，这一格“{titles[key]}”不能空", f"this cell is needed ({key})")
        for key, why in needed.items()
        if not entry.cells[key]
    ]


def _text(value: CellValue) -> str:
    """A cell as one line of text: a whole number without its point, a number as it is shown."""
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}').normalize():f}"  # as many digits as spreadsheets show
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return " ".join(str(value).translate(_UNSEEN).split())
