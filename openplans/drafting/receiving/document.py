"""A received document: its lines in order, each a line of running text or a row of a table.

Apart from the formats, because all of them make one, and the cutting of clauses knows nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from openplans.text.folding import CELL


class FileRefused(Exception):
    """A file that can't be received, and why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}。\n{en}.")
        self.zh, self.en = zh, en


OUTLINE = (
    "第[一二三四五六七八九十百]{1,4}(?:[章节篇编条]|部分?)|第[0-9一二三四五六七八九十]{1,3}项"
    "|(?:专栏|附[件表录]) ?[0-9一二三四五六七八九十]{0,3}"
    "|[一二三四五六七八九十]{1,3}、|[A-H][0-9]{0,2}(?=[ \u3000])|[(（][一二三四五六七八九十]{1,3}[)）]"
)
"""How a line begins that cuts a document: 第一章, 附件2, 一、."""


@dataclass(frozen=True)
class Line:
    """A line of a document. `row` for a row of a table, its cells parted by U+3000; `page` for what surely belongs to
    the web page or the sheet of paper and not to the document; `broken` where the line may end in the middle of a
    paragraph; `indented` where it surely begins one."""

    text: str
    row: bool = False
    page: bool = False
    broken: bool = False
    indented: bool = False


@dataclass(frozen=True)
class LeftOut:
    """What a file holds besides the text that its reader sees; `kind` says what it is, in both languages."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


DELETED = "修订删去的 deleted under revision"
UNSEEN = "看不见的文字 text that is not shown"
STRUCK = "划去的文字 text that is struck out"
PICTURE = "图片，里面的文字没有读 a picture, whose text is not read"
OBJECT = "嵌入的对象，没有读 an embedded object, which is not read"
EDGES = "页眉页脚 head or foot of the sheets"
COMMENT = "批注 a comment"
SIGN = "没有对应文字的符号 a sign that is no character"
CONTROL = "网页控件里的文字 text in a control of the page"
NUMBERED = "浏览器自动加的编号，请对照 numbers that a browser adds, to be compared"
MARKDOWN = "Markdown 的记号，已去掉 marks of Markdown, taken out"
INVISIBLE = "不可见的控制字符，已去掉 invisible characters, taken out"


@dataclass(frozen=True)
class Received:
    """A document as received. `title` is what the file says of its own title, "" where it says nothing; `dropped` are
    the numbers of sheets of paper, which stand in the middle of sentences and are left out of the source; `left_out` is
    whatever else of the file is not in its lines."""

    lines: tuple[Line, ...]
    title: str = ""
    dropped: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def source(self) -> str:
        """The text of the document with whatever the page adds, a line each."""
        return "\n".join(line.text for line in self.lines) + "\n"

    @property
    def boilerplate(self) -> list[str]:
        """What surely is not the document's, in order."""
        return [line.text.strip() for line in self.lines if line.page and line.text.strip()]


SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
"""Raised digits as characters of their own, so that 10 with a raised 4 is no 104."""

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff]")
"""What no reader sees and what parts a number for a program."""


def visible(received: Received) -> Received:
    """A document without invisible characters, which are told."""
    found = Counter(each for line in received.lines for each in _INVISIBLE.findall(line.text))
    if not found:
        return received
    lines = tuple(replace(line, text=_INVISIBLE.sub("", line.text)) for line in received.lines)
    told = (LeftOut(INVISIBLE, f"U+{ord(each):04X} ×{count}") for each, count in sorted(found.items()))
    return replace(received, lines=lines, left_out=(*received.left_out, *told))


def row(cells: Iterable[str]) -> Line:
    """A row of a table; an empty cell keeps its place."""
    texts = [" ".join(cell.split()) for cell in cells]
    return Line(CELL.join(texts), row=True)


_SHEET = re.compile(r"[-—–―－ ]*(?:第 ?)?[0-9]{1,3}(?: ?页)?(?: ?[/／共] ?(?:共 ?)?[0-9]{1,3} ?页?)?[-—–―－ ]*")


def of_the_sheet(text: str) -> bool:
    """Whether a line at the edge of a sheet is its number: — 3 —, 第 3 页."""
    return _SHEET.fullmatch(text.strip()) is not None
