"""A PDF with text -> Received: lines and ruled tables of its pages in order, numbers of pages marked.

A scanned one is refused: what a program reads off a picture is not the document letter by letter.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pdfplumber
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from openplans.drafting.receiving.document import PICTURE, FileRefused, LeftOut, Line, Received, of_the_sheet, row
from openplans.text.folding import CELL

_FEWEST = 20
"""Characters a page: fewer mean that its text is a picture (a page number or a stamp may still be text)."""

_LARGE_PICTURE = 0.03
"""The part of a page from which on a picture may hold words: a seal has less."""

_MARGIN = 1.8
"""How near to the right edge of the text, in characters, a line has to end for its paragraph to go on."""

_RAGGED = 4
"""The same for a line that ends without a mark: a word processor breaks no number from the mark before it."""

_LINE_ENDED = re.compile("[。；;：:！!？?）)》”]$")

_PAGES = 3
"""On so many sheets at least the same line at the top or the foot is a running head, and none of the document."""

_RADICALS = re.compile("[\u2e80-\u2fdf]")
"""Radicals, which fonts give for the characters that look the same (⽅ for 方); no document means them."""

_DIGITS = re.compile("[0-9 ]+")

_SIMPLE: dict[str, str] = dict(
    zip(
        "⺁⺈⺊⺌⺍⺒⺜⺝⺠⺧⺩⺬⺮⺶⺷⺼⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⼾",
        "厂刀卜小小巳日月民牛王示竹羊羊肉虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龜户",
        strict=True,
    )
)
"""Those to which Unicode gives no character by normalization (EquivalentUnifiedIdeograph does), and 户."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each font that lacks a bounding box


def received(data: bytes) -> Received:
    """The lines of a PDF."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            counts = [len(page.chars) for page in document.pages]
            if not counts or sum(counts) < _FEWEST * len(counts):
                raise FileRefused(
                    "这份 PDF 是扫描件，没有文字。请用原文网页、Word 文件或可复制文字的 "
                    "PDF；自动识别的文字可能有错，不能逐字为据",
                    "this PDF is a scan without text; take the web page, the Word file or a PDF whose text can "
                    "be copied, "
                    "since text recognized from a picture may differ from the document",
                )
            pages = _without_running_heads([[_spelt(line) for line in _page(page)] for page in document.pages])
            lines = [line for page in pages for line in page]
            kept = _over_pages([[line for line in page if not line.page] for page in pages])
            left_out = tuple(each for page in document.pages for each in _pictures(page))
            title = str((document.metadata or {}).get("Title") or "")
    except (PDFSyntaxError, PdfminerException) as error:
        raise FileRefused(
            "PDF 打不开，可能已损坏或加密", "the PDF can't be opened; it may be damaged or encrypted"
        ) from error
    return Received(kept, title, tuple(line.text for line in lines if line.page), left_out)


def _pictures(page: Any) -> Iterator[LeftOut]:
    """The pictures of a page that are large enough to hold words; a page without text is one."""
    whole = float(page.width * page.height) or 1.0
    large = [each for each in page.images if each["width"] * each["height"] > _LARGE_PICTURE * whole]
    empty = len(page.chars) < _FEWEST and bool(page.images)
    for each in [*large, *(page.images[:1] if empty and not large else [])]:
        size = 100 * each["width"] * each["height"] / whole
        yield LeftOut(PICTURE, f"第 {page.page_number} 页 page {page.page_number}, {size:.0f}%")


def _page(page: Any) -> list[Line]:
    """The lines of a page from top to bottom, a table where it stands."""
    tables = page.find_tables({"explicit_horizontal_lines": _open_ends(page)})
    outside = page.filter(lambda each: not any(_inside(each, table.bbox) for table in tables)) if tables else page
    found = _prose(outside)
    for table in tables:
        for number, cells in enumerate(table.extract(y_tolerance=_slack(page))):
            made = row((cell or "").replace("\n", "") for cell in cells)
            if made.text.strip():
                found.append((table.bbox[1] + number / 1000, made if len(cells) > 1 else Line(made.text)))
    lines = [line for _, line in sorted(found, key=lambda each: each[0])]  # stable: columns stay in their order
    for edge in {0, len(lines) - 1} if lines else ():
        if not lines[edge].row and of_the_sheet(lines[edge].text):
            lines[edge] = Line(lines[edge].text, page=True)
    return lines


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """The lines of pages, those marked that most pages begin or end with."""
    for edge in (0, -1):
        while said := _running(pages, edge):
            for page in pages:
                place = _edge(page, edge)
                if place is not None and _undated(page[place]) == said:
                    page[place] = replace(page[place], page=True)
    return pages


def _running(pages: list[list[Line]], edge: int) -> str:
    """What most pages begin (0) or end (-1) with, if not with a row of a table; "" where they differ."""
    ends = [page[place] for page in pages if (place := _edge(page, edge)) is not None]
    times = Counter(_undated(line) for line in ends if not line.row)
    said, count = times.most_common(1)[0] if times else ("", 0)
    return said if count >= _PAGES and count * 2 > len(pages) else ""


def _edge(page: list[Line], edge: int) -> int | None:
    """Where the first or the last line of a page stands that is the document's."""
    places = [place for place, line in enumerate(page) if not line.page]
    return places[edge] if places else None


def _undated(line: Line) -> str:
    """A line without the number of the sheet that it may hold."""
    return _DIGITS.sub("", line.text)


def _open_ends(page: Any) -> list[float]:
    """Where the upright rules of a table end, or begin, with no rule across: its row goes on over the page."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    across = [edge["top"] for edge in page.edges if edge["orientation"] == "h" and edge["width"] > _HAIR]
    found: list[float] = []
    sheet = _number_of_the_sheet(page)
    for side, last in (("bottom", max), ("top", min)):
        ends = [edge[side] for edge in upright if edge[side] <= sheet]
        end = last(ends, default=0)
        if sum(abs(each - end) < _HAIR for each in ends) > 2 and all(abs(each - end) > _HAIR for each in across):
            found.append(end)
    return found


def _lines_of(page: Any) -> list[dict[str, Any]]:
    """The lines of a page or a column, each with its characters."""
    found: list[dict[str, Any]] = page.extract_text_lines(return_chars=True, y_tolerance=_slack(page))
    return found


def _slack(page: Any) -> float:
    """How far apart the tops of characters of one line may lie: digits of another font stand higher than the text."""
    sizes = sorted(char["size"] for char in page.chars)
    return max(3.0, 0.4 * float(sizes[len(sizes) // 2])) if sizes else 3.0


def _number_of_the_sheet(page: Any) -> float:
    """Where the number at the foot of a page stands, which is in no table; the foot itself without one."""
    lines = _lines_of(page)
    return float(lines[-1]["top"] if lines and of_the_sheet(lines[-1]["text"]) else page.bbox[3])


def _over_pages(pages: list[list[Line]]) -> tuple[Line, ...]:
    """The lines of all pages, a row that two of them share put together: of its second half the short cells are empty,
    since they were printed whole, and a long one goes on in the middle of a sentence.
    """
    kept: list[Line] = []
    for lines in pages:
        first = lines[0] if lines else None
        if kept and first and first.row and kept[-1].row and _is_second_half(kept[-1].text, first.text):
            cells = zip(kept[-1].text.split(CELL), first.text.split(CELL), strict=True)
            kept[-1] = row("".join(halves) for halves in cells)
            lines = lines[1:]
        kept += lines
    return tuple(kept)


def _is_second_half(upper: str, lower: str) -> bool:
    above, below = upper.split(CELL), lower.split(CELL)
    if len(above) != len(below) or below[0] or not above[0]:
        return False
    told = [(one, other) for one, other in zip(above, below, strict=True) if other]
    return any(len(one) >= _LONG_CELL and not _ENDED.search(one) for one, _ in told)


def _prose(page: Any) -> list[tuple[float, Line]]:
    """(place, line) of the running text; of two columns the left one before the right one, between lines that reach
    over both.
    """
    lines = _lines_of(page)
    middle = _gutter(lines)
    if not middle:
        return _placed(lines, page)
    found: list[tuple[float, Line]] = []
    block: list[dict[str, Any]] = []
    for line in [*lines, None]:
        if line is not None and _leaves_open(line, middle):
            block.append(line)
            continue
        if block:
            top, bottom = block[0]["top"] - 1, max(each["bottom"] for each in block) + 1
            for left, right in ((page.bbox[0], middle), (middle, page.bbox[2])):
                column = page.crop((left, max(top, page.bbox[1]), right, min(bottom, page.bbox[3])))
                found += [(top, each) for _, each in _placed(_lines_of(column), column)]
            block = []
        if line is not None:
            found += _placed([line], page)
    return found


def _placed(lines: list[dict[str, Any]], page: Any) -> list[tuple[float, Line]]:
    """(place, line) of each line of a column of text."""
    following = [*lines[1:], None]
    return [(line["top"], _line(line, page, after)) for line, after in zip(lines, following, strict=False)]


_HAIR = 3.0
"""How far apart, in points, two ends of rules may lie that are one; a rule is drawn as a box of about one."""
_LONG_CELL = 12
_ENDED = re.compile("[。；;！？]$")

_FEWEST_LINES = 6
"""Fewer lines beside each other are no columns of text."""


def _gutter(lines: list[dict[str, Any]]) -> float:
    """Where the blank between two columns of text is; 0 where a page has one column only. Cells that stand beside each
    other end anywhere, lines of a column mostly at its edge.
    """
    pieces = [piece for line in lines for piece in _pieces(line)]
    for edge in sorted({x1 for _, x1, _ in pieces}, reverse=True):
        left = [piece for piece in pieces if piece[1] <= edge]
        right = [piece for piece in pieces if piece[0] > edge]
        if len(right) < _FEWEST_LINES or (len(left) + len(right)) * 5 < len(pieces) * 4:
            continue
        begins = min(x0 for x0, _, _ in right)
        full = sum(edge - 2.5 * size <= x1 for _, x1, size in left)
        aligned = sum(x0 <= begins + 2.5 * size for x0, _, size in right)
        apart = begins - edge > max(size for _, _, size in left) * 0.8
        columns = len(left) >= _FEWEST_LINES and full * 2 >= len(left) and aligned * 5 >= len(right) * 4
        return (edge + begins) / 2 if columns and apart else 0
    return 0


def _pieces(line: dict[str, Any]) -> list[tuple[float, float, float]]:
    """(begin, end, size) of the pieces of a line that wide blanks part."""
    chars = [char for char in line["chars"] if char["text"].strip()]
    found: list[tuple[float, float, float]] = []
    for char in chars:
        if found and char["x0"] - found[-1][1] <= char["size"]:
            found[-1] = (found[-1][0], char["x1"], char["size"])
        else:
            found.append((char["x0"], char["x1"], char["size"]))
    return found


def _leaves_open(line: dict[str, Any], middle: float) -> bool:
    """Whether no piece of a line stands over the blank between the columns."""
    return not any(begin < middle < end for begin, end, _ in _pieces(line))


def _spelt(line: Line) -> Line:
    """A line with characters in the place of radicals."""
    return replace(line, text=_RADICALS.sub(lambda found: _character(found.group()), line.text))


def _character(radical: str) -> str:
    return _SIMPLE.get(radical) or unicodedata.normalize("NFKC", radical)


_UNPARTED = re.compile("[(（“《〔【‘]*(?:[0-9０-９A-Za-z.%％‰,/+~—-]+|.)[)）”》〕】’。，、；：！？,;:.]*", re.DOTALL)
"""What no line break parts: a number, brackets and quotation marks with what they hold to, a mark with what it ends."""


def _line(line: dict[str, Any], page: Any, after: dict[str, Any] | None = None) -> Line:
    right = max((char["x1"] for char in page.chars), default=0)
    width = line["chars"][-1]["size"] if line["chars"] else 0
    left = min((char["x0"] for char in page.chars if char["text"].strip()), default=0)
    indented = _MARGIN * width < line["x0"] - left < 3 * width
    free = right - line["x1"]
    aside = (line["x0"] - left) * 3 > right - left  # a signature at the right edge, which nothing goes on from
    near = _MARGIN if _LINE_ENDED.search(line["text"]) else _RAGGED
    broken = not aside and (free < near * width or free < _needed(after, left))
    return Line(line["text"], broken=broken, indented=indented)


def _needed(after: dict[str, Any] | None, left: float) -> float:
    """How much room the first piece of the next line would have taken that no break parts; none for a line that begins
    a paragraph.
    """
    chars = [char for char in after["chars"] if char["text"].strip()] if after else []
    if not chars or chars[0]["x0"] - left > _MARGIN * chars[0]["size"]:
        return 0
    piece = _UNPARTED.match("".join(char["text"][:1] for char in chars))
    return float(chars[piece.end() - 1]["x1"] - chars[0]["x0"]) if piece else 0


def _inside(each: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a character lies in a table; lines and rectangles are left alone."""
    if each.get("object_type") != "char":
        return False
    x, y = (each["x0"] + each["x1"]) / 2, (each["top"] + each["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])
