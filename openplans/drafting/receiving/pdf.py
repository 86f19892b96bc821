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
    found = [(line["top"], _line(line, outside)) for line in outside.extract_text_lines(return_chars=True)]
    for table in tables:
        for number, cells in enumerate(table.extract()):
            made = row((cell or "").replace("\n", "") for cell in cells)
            if made.text.strip():
                found.append((table.bbox[1] + number / 1000, made if len(cells) > 1 else Line(made.text)))
    lines = [line for _, line in sorted(found, key=lambda each: each[0])]
    for edge in {0, len(lines) - 1} if lines else ():
        if not lines[edge].row and of_the_sheet(lines[edge].text):
            lines[edge] = Line(lines[edge].text, page=True)
    return lines


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
