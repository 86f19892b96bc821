"""The rows of a CSV, each with the line on which it begins, and what is wrong with the form of the file.

Comes in: the text of a file and what its table should be. Goes out: CsvRecords, and Problems. What a cell is worth is
not looked at here. Apart from `read`, because the forms of a file are many, and what is read of it is one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from openplans.packages import cells as cells_
from openplans.packages import garbled
from openplans.problems import Problem, problem
from openplans.schema import contract
from openplans.schema.shapes import Resource

CsvRecord = tuple[int, list[str]]
"""The line on which a row of a CSV begins, and its cells."""

_CSV_ERRORS = (
    ("unexpected end", "双引号没有配对，一直到文件末尾", "a double quote is never closed"),
    ("expected after", "引号后面应当是逗号或行末", "behind a closing quote stands something other than a comma"),
    ("field larger", "有一格太长", "a cell is too long"),
)
_OTHER_CSV_ERROR = ("", "格式不对", "its form is wrong")

_PARTING = (("，", "全角逗号", "full-width commas"), (";", "分号", "semicolons"), ("\t", "制表符", "tabs"))
"""What parts the cells of a row where it should be a comma."""

_BROKEN_OFF = ("一行断成了两行：删去行末的换行，与下一行接起来", "a row is broken in two: join it with the next one")


def otherwise_written(text: str, shown: str) -> Iterator[Problem]:
    """What is wrong with a file whose cells are right: a comparison would show more than what changed."""
    if not text.endswith("\n"):
        yield problem("no-line-end", shown, text.count("\n") + 1)
    if text.startswith('"'):  # a program quotes all names of columns, or none
        yield problem("needless-quotes", shown, 1, 1)


def spreadsheet_marks(text: str, shown: str, problems: list[Problem]) -> bool:
    """Whether the file carries what spreadsheet programs add: a byte order mark, carriage returns."""
    if text.startswith("\ufeff"):
        problems.append(problem("byte-order-mark", shown, 1, 1))
    elif "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(problem("carriage-return", shown, line))
    return text.startswith("\ufeff") or "\r" in text


def is_garbled(text: str, shown: str, problems: list[Problem]) -> bool:
    """Whether most of a file is mojibake; one Problem tells the cause, at the first garbled line."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if not line.isascii()]
    hits = [(number, line, was) for number, line in lines if (was := garbled.original(line)) is not None]
    if len(hits) < 2 or len(hits) * 2 < len(lines):
        return False
    number, line, was = hits[0]
    piece = next((each for each in line.split(",") if garbled.original(each) not in (None, each)), line)
    facts = {"value": piece[:20], "original": (garbled.original(piece) or was)[:20]}
    problems.append(problem("garbled", shown, number, 0, count=len(hits), **facts))
    return True


def csv_error(error: csv.Error) -> tuple[str, str]:
    """What Python's reader found wrong with a CSV, in both languages."""
    return next((each[1:] for each in _CSV_ERRORS if each[0] in str(error)), _OTHER_CSV_ERROR[1:])


def csv_records(text: str, shown: str, problems: list[Problem]) -> Iterator[CsvRecord]:
    """The rows of a CSV, the header among them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        zh, en = csv_error(error)
        problems.append(problem("not-csv", shown, line, detail=zh, detail_en=en))


def record_problems(
    records: list[CsvRecord], resource: Resource, shown: str, spared: frozenset[str], maybe_garbled: bool
) -> Iterator[Problem]:
    """What is wrong with the form of the rows below the header. `spared`, `maybe_garbled`: see cells.wrong."""
    fields = list(contract.fields(resource).values())
    halves = _halves([row for _, row in records], len(fields))
    whole: list[CsvRecord] = []
    for number, (line, row) in enumerate(records[1:], 1):
        if number - 1 in halves:
            continue
        if not any(row) or not any(cell.strip() for cell in row):
            yield problem("blank-row", shown, line)
        elif row == records[0][1]:
            yield problem("header-again", shown, line)
        elif len(row) != len(fields):
            yield _wrong_length(row, len(fields), shown, line, number in halves)
        else:
            whole.append((line, row))
    for place, meant in enumerate(fields):
        cells = {row[place] for _, row in whole}  # most cells of a column say what others say
        wrong = {each: found for each in cells if (found := cells_.wrong(each, meant, spared, maybe_garbled))}
        for line, row in whole if wrong else ():
            if row[place] in wrong:
                rule, facts = wrong[row[place]]
                yield problem(rule, shown, line, place + 1, meant["name"], **facts)


def _halves(rows: list[list[str]], expected: int) -> set[int]:
    """The numbers of the rows that are a first half, broken off within a cell, the next row being the second."""
    broken: set[int] = set()
    for number in range(1, len(rows) - 1):
        one, other = len(rows[number]), len(rows[number + 1])
        if max(one, other) < expected and one + other == expected + 1 and number - 1 not in broken:
            broken.add(number)
    return broken


def _wrong_length(row: list[str], expected: int, shown: str, line: int, half: bool) -> Problem:
    """The Problem of a row with too many cells or too few, with the likely cause; `half`: the next row is its rest."""
    zh, en = _BROKEN_OFF if half else _why_wrong_length(row, expected)
    return problem("wrong-row-length", shown, line, 1, found=len(row), expected=expected, cause=zh, cause_en=en)


def _why_wrong_length(row: list[str], expected: int) -> tuple[str, str]:
    if (table := _of_another_table(row)) and len(row) != expected:
        return f"这是 {table}.csv 的一行，移到那里", f"it is a row of {table}.csv: move it there"
    if len(row) < expected:
        for mark, zh, en in _PARTING:
            if sum(cell.count(mark) for cell in row) + len(row) >= expected:
                return (
                    f"这一行的格子用{zh}隔开了，改成半角逗号",
                    f"the cells of this row are parted by {en}: use commas",
                )
        if len(row) == 1:
            return (
                "这一行只有一段话，不是数据：删去整行，要说的写进 note 或 notes.csv",
                "this row is a remark, not data: remove it, and put what it says into a note or into notes.csv",
            )
    elif _are_two(row, expected):
        return "两行连成了一行：在第二行的编号前换行", "two rows stand on one line: break it before the second one's id"
    elif not any(row[expected:]):
        return "行末多了逗号，删去", "remove the commas at the end of the row"
    return (
        "格里的文字若含半角逗号，要用双引号括起来；空格子的逗号不能省",
        "put text with a comma in it in double quotes; keep the commas of empty cells",
    )


def _of_another_table(row: list[str]) -> str:
    """The table of a plan that a row is one of by its id and its number of cells; "" for none."""
    letter = found[1] if (found := _ROW_ID.fullmatch(row[0])) else ""
    table = next((name for name, of_table in contract.LETTERS.items() if of_table == letter), "")
    return table if table and len(row) == len(contract.fields(contract.tables("plan")[table])) else ""


_ROW_ID = re.compile("[0-9].*-([a-z])[0-9]+")


def _are_two(row: list[str], expected: int) -> bool:
    """Whether a row is two, the line break between them lost: the second begins with an id as the first does."""
    kind = row[0].rstrip("0123456789")
    begins = kind in row[expected - 1] or row[expected].startswith(kind)
    return len(row) in (2 * expected - 1, 2 * expected) and len(kind) > 1 and begins
