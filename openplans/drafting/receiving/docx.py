"""A Word document -> Received: paragraphs and tables in their order, automatic numbers as Word prints them.

Insertions under revision are text, deletions are none. Notes follow the paragraph, or the table, that refers to them.
What is left out is listed. A cell merged over rows stands in the row where it begins, one
merged over columns in the first of them. A text box follows the paragraph that it hangs on.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import cn2an
import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from openplans.drafting.receiving import docx_left_out, docx_notes
from openplans.drafting.receiving.document import SUPERSCRIPT, FileRefused, Line, Received, row

_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographTraditional",
    "taiwaneseCounting",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_UNPRINTED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:txbxContent")}
"""What a paragraph holds that is none of its own text."""


def received(data: bytes) -> Received:
    """The lines of a Word document."""
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, XMLSyntaxError, zipfile.BadZipFile) as error:
        raise FileRefused(
            "这不是 Word 的 .docx 文件，或已损坏", "this is no .docx file of Word, or it is damaged"
        ) from error
    numbers = _Numbers(document)
    docx_notes.put_in(document)
    left_out = tuple(docx_left_out.of(document))
    return Received(tuple(_lines(document.element.body, numbers)), document.core_properties.title or "", (), left_out)


def _lines(parent: Any, numbers: _Numbers) -> Iterator[Line]:
    """The lines of the blocks of a body or a text box."""
    for block in _blocks(parent):
        if block.tag == qn("w:p"):
            yield from (Line(text) for text in (numbers.of(block) + _text(block)).split("\n"))
            for box in _boxes(block):
                yield from _lines(box, numbers)
        else:
            yield from _table(block, numbers)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")):
            yield from _blocks(child)


def _boxes(parent: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, each once: what Fallback holds is the same again for an older Word."""
    for child in parent:
        if child.tag == qn("w:txbxContent"):
            yield child
        elif isinstance(child.tag, str) and not child.tag.endswith("}Fallback"):
            yield from _boxes(child)


def _text(element: Any) -> str:
    """The text of an element: runs, links and insertions, without text boxes."""
    marks = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    if element.tag in (qn("w:t"), qn("m:t")):
        return str(element.text or "")
    if element.tag in _UNPRINTED or element.tag.endswith("}Fallback"):
        return ""
    if element.tag in marks:
        return marks[element.tag]
    if element.tag == qn("w:r") and docx_left_out.is_passed_over(element):
        return ""
    parts = [_text(child) for child in element if isinstance(child.tag, str)]
    if element.tag == qn("m:f"):  # a fraction of an equation
        return "/".join(filter(None, parts))
    text = "".join(parts)
    return text.translate(SUPERSCRIPT) if element.tag == qn("w:r") and _is_raised(element) else text


def _is_raised(run: Any) -> bool:
    raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return raised is not None and raised.get(qn("w:val")) == "superscript"


def _table(table: Any, numbers: _Numbers) -> Iterator[Line]:
    for line in table.iterchildren(qn("w:tr"), qn("w:ins"), qn("w:sdt")):
        for each in [line] if line.tag == qn("w:tr") else line.iter(qn("w:tr")):
            found = list(_cells(each))
            cells = [_cell(cell, numbers) for cell in found]
            if not any(cell.strip() for cell in cells):
                continue
            yield row(_spread(each, zip(found, cells, strict=True))) if len(cells) > 1 else Line(row(cells).text)


def _spread(line: Any, cells: Iterable[tuple[Any, str]]) -> Iterator[str]:
    """The cells of a row, those that one is merged over empty, so that each stands in its column."""
    yield from [""] * _number(line, "w:trPr/w:gridBefore")
    for cell, text in cells:
        yield text
        yield from [""] * (_number(cell, "w:tcPr/w:gridSpan") - 1)
    yield from [""] * _number(line, "w:trPr/w:gridAfter")


def _number(element: Any, path: str) -> int:
    """What an element says of itself in a number, 0 where it says nothing; no table has more than 63 columns."""
    found = element.find("/".join(map(qn, path.split("/"))))
    printed = found.get(qn("w:val")) or "" if found is not None else ""
    return min(int(printed[:9]), 63) if printed.isdecimal() else 0


def _cells(parent: Any) -> Iterator[Any]:
    """The cells of a row, those inside content controls too; not those of a table in one of them."""
    for child in parent:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _cells(child)


def _cell(cell: Any, numbers: _Numbers) -> str:
    """The text of a cell, with that of a table in it; nothing where it goes on from the row above."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merged is not None and merged.get(qn("w:val")) != "restart":
        return ""
    inside = (
        numbers.of(each) + _text(each) + "".join(_within(box, numbers) for box in _boxes(each))
        if each.tag == qn("w:p")
        else f" {' '.join(_line_of(each, numbers))} "
        for each in _blocks(cell)
    )
    return "".join(inside)


def _within(box: Any, numbers: _Numbers) -> str:
    return " ".join(line.text for line in _lines(box, numbers))


def _line_of(table: Any, numbers: _Numbers) -> Iterator[str]:
    """What the rows of a table inside a cell say, in order."""
    yield from (line.text for line in _table(table, numbers))


class _Numbers:
    """The automatic numbers of paragraphs: 一、（一）1. as Word prints them."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._styles = {style.style_id: style.element for style in document.styles}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {each.get(qn("w:abstractNumId")): _levels(each) for each in root.iter(qn("w:abstractNum"))}
        for each in root.iter(qn("w:num")):
            link = each.find(qn("w:abstractNumId"))
            self._levels[each.get(qn("w:numId"))] = abstract.get(link.get(qn("w:val")), {})

    def of(self, paragraph: Any) -> str:
        """The number before a paragraph; "" where it has none."""
        number, level = self._place(paragraph)
        levels = self._levels.get(number, {})
        if level not in levels:
            return ""
        counts = self._counts[number]
        counts[level] = counts[level] + 1 if level in counts else levels[level][2]
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        form, text, _ = levels[level]
        if form in ("bullet", "none"):
            return ""
        for each in range(level + 1):
            own = levels.get(each, ("decimal", "", 1))
            text = text.replace(f"%{each + 1}", _printed(own[0], counts.get(each, own[2])))
        return text

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph, its own or its style's."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        owners = [paragraph, self._styles.get(style.get(qn("w:val"))) if style is not None else None]
        for owner in owners:
            found = owner.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if owner is not None else None
            if found is not None and found.find(qn("w:numId")) is not None:
                level = found.find(qn("w:ilvl"))
                return found.find(qn("w:numId")).get(qn("w:val")), int(
                    level.get(qn("w:val"))
                ) if level is not None else 0
        return "", 0


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    """(form, pattern, first number) of each level of a list."""
    found = {}
    for level in abstract.iter(qn("w:lvl")):
        said = {name: level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start")}
        values = {name: each.get(qn("w:val")) if each is not None else None for name, each in said.items()}
        found[int(level.get(qn("w:ilvl")))] = (
            values["numFmt"] or "decimal", values["lvlText"] or "", int(values["start"] or 1),
        )  # fmt: skip
    return found


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        said += letters * times
    return said


def _printed(form: str, number: int) -> str:
    if form in _CHINESE:
        return str(cn2an.an2cn(number)).removeprefix("一") if 10 <= number < 20 else str(cn2an.an2cn(number))
    if form in _CIRCLED and number <= 20:
        return chr(0x245F + number)
    if form == "decimalFullWidth":
        return str(number).translate(_FULL_WIDTH)
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.lower() if form == "lowerRoman" else roman
    if form in ("lowerLetter", "upperLetter"):
        return chr((97 if form == "lowerLetter" else 65) + (number - 1) % 26)
    return str(number)
