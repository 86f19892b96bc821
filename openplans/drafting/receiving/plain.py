"""Plain text in any encoding -> Received.

Rows of tables are told by tabs, bars or ideographic blanks between cells, by a column of serial numbers where each
cell has a line of its own, or by a head whose cells blanks part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice, pairwise

from openplans.drafting.receiving import spaced
from openplans.drafting.receiving.document import MARKDOWN, LeftOut, Line, Received, Refused, of_the_sheet, row
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

_OUTLINE = (
    "第[一二三四五六七八九十百]{1,4}(?:[章节篇编条]|部分?)|第[0-9一二三四五六七八九十]{1,3}项"
    "|(?:专栏|附[件表录]) ?[0-9一二三四五六七八九十]{0,3}"
    "|[一二三四五六七八九十]{1,3}、|[A-H][0-9]{0,2}(?=[ \u3000])|[(（][一二三四五六七八九十]{1,3}[)）]"
)
_HEADING = re.compile(rf"(?:{_OUTLINE})[ \t{CELL}:：]*[^\t{CELL}]*$")
_RUNNING = re.compile(rf"(?:{_OUTLINE}|表 ?[0-9一二三四五六七八九十]|[备附]?注[:：]|说明[:：]).*|.{{30,}}[。；;]")
"""A line that stands behind a table: a heading, a note, a paragraph."""

_BETWEEN = re.compile(rf"(?<=\S)(?:\t+|{CELL}+)(?=\S)")
_OPENING, _CLOSING = re.compile(r"[(（\[〔【]"), re.compile(r"[)）\]〕】]")
_NUMBER = re.compile("[0-9]{1,3}")
_BARS = 3
"""How many bars part the cells of a line that none begins: 编号|事项|主办|协办."""
_SERIAL = re.compile("序 ?号|编 ?号")
_WIDEST, _SECOND = 16, 60
"""The number of columns that a responsibility list has at most; the header ends before the first serial number. The
second one stands within so many lines of the first."""


_MARKDOWN_HEAD = re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE)
_MARKDOWN_BOLD = re.compile(r"\*\*(?!\s)([^*\n]+?)(?<!\s)\*\*")
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]+)\]\((?:https?:/)?/[^)\s]*\)")
_MARKDOWN_RULE = re.compile(r"^ *\|(?: *:?-{2,}:? *\|)+ *\n", re.MULTILINE)
"""What parts the head of a table from its rows."""

_MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
"""A mark that stands for itself, behind a backslash."""

_MARKED_SHEET = re.compile("[-—–―－页]")
_SHORTEST = 3
"""The cells that a row has at least: its number, what it counts, a value."""

_OF_UNITS = re.compile("单位|部门")
_GROUP = re.compile("[一二三四五六七八九十]{1,3}、[^。;；]{2,40}")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_STEP, _FAR = 2, 999
"""How far the next serial number may be: one may be left out; of some rows of another list, many."""
_UNIT = re.compile("[局委办部会镇乡道司院府室队所社]\\S{0,12}$")
"""How the last cell of a row ends where the last column names who answers for it."""


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
                raise Refused(
                    "文件的编码有错，可能没有下载完整", "the file's encoding is broken; it may be incomplete"
                ) from error
    if tried := list(_tried(data)):
        return max(tried, key=lambda text: len(_COMMON.findall(text)))
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Refused("认不出文件的编码", "the encoding of the file is unknown")
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
"""More columns than any page holds: such a text has a paragraph a line."""


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
    return [
        Line(
            line,
            page=number in sheets or of_the_page(line),
            broken=(hard and _columns_of(line) >= widest - _RAGGED - _INDENT * (not _ENDED.search(line)))
            or _cut_off(line),
            indented=line[:1] == CELL,
        )
        for number, line in enumerate(lines)
    ]


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
    found: list[Line] = []
    place = 0
    while place < len(lines):
        if end := _columns(lines, place):
            rows, count = _cells(lines[place:end])
            found += rows
            place += count
        elif (spaced_table := spaced.table(lines, place))[1]:
            place = spaced_table[0]
            found += spaced_table[1]
        elif _parted(lines[place].text) and (_beside(lines, place, -1) or _beside(lines, place, 1)):
            found.append(row(_parted(lines[place].text)))
            place += 1
        else:
            found.append(lines[place])
            place += 1
    return found


def _parted(text: str) -> list[str]:
    """The cells of a line; none where it has only one, where a blank stands behind the number of a heading, or inside
    brackets (牵头单位:甲局　责任单位:乙局).
    """
    if _HEADING.match(text.strip()):
        return []
    if text.count("|") >= 2 and text.strip().startswith("|"):
        return text.strip().strip("|").split("|")
    if text.count("|") >= _BARS:
        return text.strip().split("|")
    cells = re.split(rf"\t|{CELL}", text.strip(f" {CELL}\n"))
    whole = all(len(_OPENING.findall(cell)) == len(_CLOSING.findall(cell)) for cell in cells)
    return cells if whole and _BETWEEN.search(text.strip()) else []


def _beside(lines: list[Line], place: int, step: int) -> bool:
    """Whether the next line that is not blank, in a direction, is parted too: a table has two rows at least."""
    place += step
    while 0 <= place < len(lines) and not lines[place].text.strip():
        place += step
    return 0 <= place < len(lines) and bool(_parted(lines[place].text))


def _columns(lines: list[Line], place: int) -> int:
    """Where at the latest a table ends that begins here with 序号 and has a line a cell: where the next one begins; 0
    where none does here.
    """
    if not _begins(lines, place):
        return 0
    after = (number for number in range(place + 1, len(lines)) if _begins(lines, number))
    return next(after, next(number for number in reversed(range(len(lines))) if lines[number].text.strip()) + 1)


def _begins(lines: list[Line], place: int) -> bool:
    """Whether such a table begins here: its first two serial numbers are near; of a list of some of the rows of
    another, which names units, any that rise.
    """
    if not _SERIAL.fullmatch(lines[place].text.strip()):
        return False
    numbers = (number for number in range(place, len(lines)) if lines[number].text.strip())
    near = [lines[number].text.strip() for number in islice(numbers, _WIDEST + _SECOND)]
    first = next((at for at, text in enumerate(near[:_WIDEST]) if _NUMBER.fullmatch(text)), 0)
    if near[first] == "1":
        return "2" in near[first : first + _SECOND]
    later = (int(text) for text in near[first + 1 : first + _SECOND] if _NUMBER.fullmatch(text))
    named = any(_OF_UNITS.search(head) for head in near[:first])
    return named and first >= _SHORTEST and any(number > int(near[first]) for number in later)


def _cells(lines: list[Line]) -> tuple[list[Line], int]:
    """The rows of such a table, and how many lines it has: the last row ends where running text begins, behind as many
    cells as the shortest has. The numbers of pages inside are put behind it.
    """
    rows = _by_serial(lines)
    least = min([len(each) for each in rows[1:-1] if len(each) > 1], default=len(rows[0]))
    running = (place for place in rows[-1][least:] if _RUNNING.fullmatch(lines[place].text.strip()))
    end = next(running, len(lines))
    texts = [[lines[place].text.strip() for place in each if place < end] for each in rows]
    of_units = sum(bool(_OF_UNITS.search(head)) for head in texts[0]) == 1
    found = [row(_joined(each, len(texts[0])) if of_units else each) for each in texts]
    return [*found, *(line for line in lines[:end] if line.page)], end


def _joined(cells: list[str], wanted: int) -> list[str]:
    """The cells of a row that has more than its table has columns: units under each other are one."""
    found: list[str] = []
    over = len(cells) - wanted
    for cell in cells:
        units = bool(found) and is_body(found[-1].rpartition(" ")[2]) and is_body(cell)
        if over > 0 and (units or (found and _BRACKETED.fullmatch(cell))):
            found[-1] += f" {cell}"
        else:
            found.append(cell)
    return found


def _by_serial(lines: list[Line]) -> list[list[int]]:
    """The places of the cells of each row: it begins at the next serial number that stands alone behind a cell of
    words. A line that heads a group of rows is a row.
    """
    rows: list[list[int]] = [[]]
    last, step, before, by_unit, headed = 0, _STEP, "序号", False, False
    told = [(place, line.text.strip()) for place, line in enumerate(lines) if line.text.strip() and not line.page]
    heads = _heads_of_groups(told)
    for place, text in told:
        if place in heads:
            rows.append([place])
            headed = True
            continue
        number = int(text) if _NUMBER.fullmatch(text) else 0
        begins = len(rows[-1]) >= _SHORTEST and not before.isdigit() and (not by_unit or bool(_UNIT.search(before)))
        if last < number <= (last + step if last else number) and (not last or headed or begins):
            by_unit = by_unit or (not last and bool(_OF_UNITS.search(before)))
            step = step if last or number <= _STEP else number + _FAR
            rows.append([])
            last = number
        rows[-1].append(place)
        before, headed = text, False
    return rows


def _heads_of_groups(told: list[tuple[int, str]]) -> set[int]:
    """The places of the lines that stand over rows: 一、量化类任务, right before a serial number or another."""
    found: set[int] = set()
    numbered = False
    for place, text in reversed(told):
        if not _GROUP.fullmatch(text):
            numbered = bool(_NUMBER.fullmatch(text))
        elif numbered:
            found.add(place)
    return found
