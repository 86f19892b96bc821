"""A PDF with text -> Received: lines and ruled tables of its pages in order, numbers of pages marked.

A scanned one is refused: what a program reads off a picture is not the document letter by letter.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from dataclasses import replace
from typing import Any

import pdfplumber
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from openplans.drafting.receiving.document import Line, Received, Refused, of_the_sheet, row

_FEWEST = 20
"""Characters a page: fewer mean that its text is a picture (a page number or a stamp may still be text)."""

_MARGIN = 1.8
"""How near to the right edge of the text, in characters, a line has to end for its paragraph to go on."""


_RADICALS = re.compile("[\u2e80-\u2fdf]")
"""Radicals, which fonts give for the characters that look the same (⽅ for 方); no document means them."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each font that lacks a bounding box


def received(data: bytes) -> Received:
    """The lines of a PDF."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            counts = [len(page.chars) for page in document.pages]
            if not counts or sum(counts) < _FEWEST * len(counts):
                raise Refused(
                    "这份 PDF 是扫描件，没有文字。请用原文网页、Word 文件或可复制文字的 "
                    "PDF；自动识别的文字可能有错，不能逐字为据",
                    "this PDF is a scan without text; take the web page, the Word file or a PDF whose text can "
                    "be copied, "
                    "since text recognized from a picture may differ from the document",
                )
            lines = [_spelt(line) for page in document.pages for line in _page(page)]
            kept = tuple(line for line in lines if not line.page)
            title = str((document.metadata or {}).get("Title") or "")
    except (PDFSyntaxError, PdfminerException) as error:
        raise Refused(
            "PDF 打不开，可能已损坏或加密", "the PDF can't be opened; it may be damaged or encrypted"
        ) from error
    return Received(kept, title, tuple(line.text for line in lines if line.page))


def _page(page: Any) -> list[Line]:
    """The lines of a page from top to bottom, a table where it stands."""
    tables = page.find_tables()
    outside = page.filter(lambda each: not any(_inside(each, table.bbox) for table in tables)) if tables else page
    found = _prose(outside)
    for table in tables:
        for number, cells in enumerate(table.extract()):
            made = row((cell or "").replace("\n", "") for cell in cells)
            if made.text.strip():
                found.append((table.bbox[1] + number / 1000, made if len(cells) > 1 else Line(made.text)))
    lines = [line for _, line in sorted(found, key=lambda each: each[0])]  # stable: columns stay in their order
    for edge in {0, len(lines) - 1} if lines else ():
        if not lines[edge].row and of_the_sheet(lines[edge].text):
            lines[edge] = Line(lines[edge].text, page=True)
    return lines


def _prose(page: Any) -> list[tuple[float, Line]]:
    """(place, line) of the running text; of two columns the left one before the right one, between lines that reach
    over both.
    """
    lines = page.extract_text_lines(return_chars=True)
    middle = _gutter(lines)
    if not middle:
        return [(line["top"], _line(line, page)) for line in lines]
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
                found += [(top, _line(each, column)) for each in column.extract_text_lines(return_chars=True)]
            block = []
        if line is not None:
            found.append((line["top"], _line(line, page)))
    return found


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
    text = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), line.text)
    return replace(line, text=text)


def _line(line: dict[str, Any], page: Any) -> Line:
    right = max((char["x1"] for char in page.chars), default=0)
    width = line["chars"][-1]["size"] if line["chars"] else 0
    left = min((char["x0"] for char in page.chars if char["text"].strip()), default=0)
    indented = _MARGIN * width < line["x0"] - left < 3 * width
    return Line(line["text"], broken=line["x1"] > right - _MARGIN * width, indented=indented)


def _inside(each: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a character lies in a table; lines and rectangles are left alone."""
    if each.get("object_type") != "char":
        return False
    x, y = (each["x0"] + each["x1"]) / 2, (each["top"] + each["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])
