"""Plain text in any encoding -> Received.

Rows of tables are told by tabs, bars or ideographic blanks between cells, by a column of serial numbers where each
cell has a line of its own, or by a head whose cells blanks part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise, takewhile

from openplans.drafting.receiving import boxed, flattened, spaced
from openplans.drafting.receiving.document import (
    MARKDOWN,
    OUTLINE,
    FileRefused,
    LeftOut,
    Line,
    Received,
    of_the_sheet,
    row,
)
from openplans.drafting.receiving.page import of_the_page
from openplans.text.bodies import is_body
from openplans.text.folding import CELL

_CHINESE = ("gb18030", "big5")
_FEW = 12
"""Of so many characters less than one may be broken where the others are UTF-8; of GB 18030 read as that, most are."""
_MARKED = {"utf-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"), "utf-16": (b"\xff\xfe", b"\xfe\xff")}
"""Encodings that name themselves by a byte order mark; that of UTF-32 begins like that of UTF-16."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Other ends of a line and of a page than \\n."""
_COMMON = re.compile("[的和中国人民政府发展工作实施建设]")
"""Characters that any Chinese document of a government has; mojibake has few of them."""

_HEADING = re.compile(rf"(?:{OUTLINE})[ \t{CELL}:：]*[^\t{CELL}]*$")
_NUMBERED = re.compile(rf"{OUTLINE}|[0-9]{{1,3}}[.．、]")
"""How the first cell of a row begins over which none is merged."""
_BETWEEN = re.compile(rf"(?<=\S)(?:\t+|{CELL}+)(?=\S)")
_OPENING, _CLOSING = re.compile(r"[(（\[〔【]"), re.compile(r"[)）\]〕】]")
_BRACKETS = re.compile(rf"{_OPENING.pattern}|{_CLOSING.pattern}")
_TALLEST = 5
"""Lines that a bracket of units reaches over at most."""
_BARS = 2
"""How many bars part the cells of a line that none begins: 事项|主办|协办."""
_LONGEST_NUMBER = 3
"""Letters of a serial number."""
_MERGED = 2
"""The first cells of a row that bars part may be merged over it, and are printed in a row above it."""


_MARKDOWN_HEAD = re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE)
_MARKDOWN_BOLD = re.compile(r"\*\*(?!\s)([^*\n]+?)(?<!\s)\*\*")
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]+)\]\((?:https?:/)?/[^)\s]*\)")
_MARKDOWN_RULE = re.compile(r"^ *\|(?: *:?-{2,}:? *\|)+ *\n", re.MULTILINE)
"""What parts the head of a table from its rows."""

_MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
"""A mark that stands for itself, behind a backslash."""

_MARKED_SHEET = re.compile("[-—–―－页]")


def received(data: bytes) -> Received:
    """The lines of a text file."""
    text = _LINE_ENDS.sub("\n", decoded(data))
    plain, marks = _without_markdown(text)
    lines = plain.strip("\n").split("\n")
    told = (LeftOut(MARKDOWN, f"×{marks}"),) if marks else ()
    return Received(tuple(_rows(_wrapped(lines))), left_out=told)


def _without_markdown(text: str) -> tuple[str, int]:
    """A text without the marks of Markdown, which no document of a government prints, and how many there were."""
    text, heads = _MARKDOWN_HEAD.subn("", text)
    text, bold = _MARKDOWN_BOLD.subn(r"\1", text)
    text, links = _MARKDOWN_LINK.subn(r"\1", text)
    text, rules = _MARKDOWN_RULE.subn("", text)
    escaped = 0
    if heads + bold + links + rules:
        text, escaped = _MARKDOWN_ESCAPE.subn(r"\1", text)
    return text, heads + bold + links + rules + escaped


def decoded(data: bytes) -> str:
    """The text of bytes in an encoding that they do not name: UTF-8, UTF-16, GB 18030, Big5, or what is likeliest."""
    marked = next((name for name, marks in _MARKED.items() if data.startswith(marks)), None)
    for name in filter(None, (marked, "utf-8-sig")):
        try:
            return data.decode(name)
        except UnicodeDecodeError as error:
            if marked or _is_almost_utf8(data):  # as another encoding it would be read as other characters
                raise FileRefused(
                    "文件的编码有错，可能没有下载完整", "the file's encoding is broken; it may be incomplete"
                ) from error
    if tried := list(_tried(data)):
        return max(tried, key=lambda text: len(_COMMON.findall(text)))
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise FileRefused("认不出文件的编码", "the encoding of the file is unknown")
    return str(best)


def _is_almost_utf8(data: bytes) -> bool:
    """Whether all but a few bytes are Chinese in UTF-8: a file that was cut off, or joined of two."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * _FEW < len(text) and _COMMON.search(text) is not None


def _tried(data: bytes) -> Iterator[str]:
    for name in _CHINESE:
        with suppress(UnicodeDecodeError):
            yield data.decode(name)


_RAGGED = 6
"""Columns by which a full line may be shorter than the widest: a mark that may not begin a line, or a number that may
not be parted, takes the last letters down with it."""
_INDENT = 4
"""Columns that the first line of a paragraph begins later; what is copied from a PDF has lost them."""
_ENDED = re.compile(r"[。；;：:！？!?）)》”] *$")
_PARAGRAPH = 64
"""Columns of a line that is no heading, no date and no cell."""
_CUT, _NARROWEST = 3, 40
"""So many lines of the greatest width that end in the middle of a sentence were cut there; headings are narrower."""
_WIDEST_LINE = 160
"""More columns than any page holds: such a text has one line for each paragraph."""


def _wrapped(lines: list[str]) -> list[Line]:
    """The lines, marked where they are broken: at one width by a program, as in what is copied from a PDF, or anywhere
    in the middle of a sentence.
    """
    sheets = _sheets(lines)
    widths = sorted(_columns_of(line) for number, line in enumerate(lines) if line.strip() and number not in sheets)
    widest = widths[-1] if widths else 0
    full = [width for width in widths if width >= widest - _RAGGED]
    cut = [line for line in lines if _columns_of(line) >= widest - 1 and not _ENDED.search(line)]
    common = (len(full) >= 5 and len(full) * 4 >= len(widths)) or (len(cut) >= _CUT and widest >= _NARROWEST)
    hard = common and widest <= _WIDEST_LINE
    inside = _inside_brackets(lines)
    return [
        Line(
            line,
            page=number in sheets or of_the_page(line),
            broken=(hard and _columns_of(line) >= widest - _RAGGED - _INDENT * (not _ENDED.search(line)))
            or _cut_off(line)
            or number in inside,
            indented=line[:1] == CELL,
        )
        for number, line in enumerate(lines)
    ]


def _inside_brackets(lines: list[str]) -> set[int]:
    """The lines after which a bracket goes on that one opens, and one of the next few closes."""
    found: set[int] = set()
    opened = -_TALLEST
    for number, line in enumerate(lines):
        marks = _BRACKETS.findall(line)
        if marks and number - opened < _TALLEST and _CLOSING.match(marks[0]):
            found |= set(range(opened, number))
        if marks:
            opened = number if _OPENING.match(marks[-1]) else -_TALLEST
    return found


def _cut_off(line: str) -> bool:
    """Whether a line ends in the middle of a sentence, as one does that was pasted from two pages."""
    text = line.rstrip()
    inside = len(_OPENING.findall(text)) > len(_CLOSING.findall(text)) or text.endswith(("，", "、", ","))
    return inside or (_columns_of(text) >= _PARAGRAPH and text[-1:].isdigit())


def _columns_of(line: str) -> int:
    """How wide a line is printed: a Latin letter takes half of a Chinese one."""
    return sum(1 if each.isascii() else 2 for each in line.rstrip())


def _sheets(lines: list[str]) -> set[int]:
    """Which lines are numbers of pages (— 3 —, 第 3 页) that count on, two at least."""
    found = [(number, line) for number, line in enumerate(lines) if of_the_sheet(line) and _MARKED_SHEET.search(line)]
    pages = [int(re.findall("[0-9]+", line)[0]) for _, line in found]
    counts_on = len(pages) > 1 and all(later == page + 1 for page, later in pairwise(pages))
    return {number for number, _ in found} if counts_on else set()


def _rows(lines: list[Line]) -> list[Line]:
    """Lines that are rows of a table marked as such."""
    lines = _unbroken(lines)
    found: list[Line] = []
    head: list[str] = []
    place = 0
    while place < len(lines):
        if found_here := _table(lines, place):
            place, rows = found_here
            found += rows
            head = []
        elif _parted(lines[place].text) and (_beside(lines, place, -1) or _beside(lines, place, 1)):
            cells = _parted(lines[place].text)
            head = head or cells
            found.append(row(_unmerged(cells, head) if "|" in lines[place].text else cells))
            place += 1
        else:
            found.append(lines[place])
            head = []
            place += 1
    return found


def _unmerged(cells: list[str], head: list[str]) -> list[str]:
    """The cells of a row that bars part, each under its head: those that are merged over several rows, its number too,
    stand in none but the first of them. As many are empty at the end where a page was made text: then its units tell
    how many.
    """
    if 0 < (lack := len(head) - len(cells)) <= _MERGED:
        return [*[""] * lack, *cells]
    own, last = _told(cells), _told(head)
    words = flattened.SERIAL.fullmatch(head[0].strip()) and len(cells[0].strip()) > _LONGEST_NUMBER
    tells = own > 1 or re.search("[0-9]", cells[0])  # what only heads a group counts nothing
    if words and tells and own < last and not _NUMBERED.match(cells[0].strip()):
        return ["", *cells[:-1]]
    units = len(list(takewhile(flattened.OF_ORGANIZATIONS.search, reversed(head[:last]))))
    numbered = flattened.SERIAL.fullmatch(head[0].strip()) and cells[0].strip()
    if numbered or not (0 < units < own and 0 < last - own <= _MERGED):
        return cells
    if not all(is_body(cell.strip()) for cell in cells[own - units : own]):
        return cells
    front = 1 if _NUMBERED.match(cells[0].strip()) else 0
    return [*cells[:front], *[""] * (last - own), *cells[front:own], *cells[last:]]


def _told(cells: list[str]) -> int:
    """How many cells there are without the empty ones at the end."""
    return len(cells) - len(list(takewhile(lambda cell: not cell.strip(), reversed(cells))))


def _unbroken(lines: list[Line]) -> list[Line]:
    """The lines, those made one that are the row of a table whose cells have several lines: bars end its rows, and
    there are fewer so far than in its head.
    """
    found: list[Line] = []
    bars = 0
    for line in lines:
        text, before = line.text.strip(), found[-1].text.strip() if found else ""
        if text and before.count("|") in range(_BARS, bars) and not before.endswith("|"):
            found[-1] = replace(found[-1], text=f"{before} {text}")
            continue
        found.append(line)
        if text and "|" not in text:
            bars = 0
        elif text.endswith("|") and not text.startswith("|"):
            bars = max(bars, text.count("|"))
    return found


def _table(lines: list[Line], place: int) -> tuple[int, list[Line]] | None:
    """Where a table ends that is drawn with lines, or whose cells have lines of their own, or only blanks between them,
    and its rows.
    """
    tables = (read.table(lines, place) for read in (boxed, flattened, spaced))
    return next((each for each in tables if each[1]), None)


def _parted(text: str) -> list[str]:
    """The cells of a line; none where it has only one, where a blank stands behind the number of a heading, or inside
    brackets (牵头单位:甲局　责任单位:乙局).
    """
    if _HEADING.match(text.strip()):
        return []
    if text.count("|") >= _BARS and text.strip().startswith("|"):
        return text.strip().strip("|").split("|")
    if text.count("|") >= _BARS:
        return text.strip().split("|")
    cells = re.split(rf"\t|{CELL}", text.strip(f" {CELL}\n"))
    whole = all(len(_OPENING.findall(cell)) == len(_CLOSING.findall(cell)) for cell in cells)
    return cells if whole and _BETWEEN.search(text.strip()) else []


def _beside(lines: list[Line], place: int, step: int) -> bool:
    """Whether the next line that is not blank, in a direction, is parted alike: a table has two rows at least."""
    bars = "|" in lines[place].text
    place += step
    while 0 <= place < len(lines) and not lines[place].text.strip():
        place += step
    return 0 <= place < len(lines) and ("|" in lines[place].text) == bars and bool(_parted(lines[place].text))
