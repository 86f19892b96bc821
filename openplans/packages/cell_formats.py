"""What a workbook says of its cells beside their values, and calamine does not give: which are shown as per cents, of
which no value can be read, what is said in comments and, in an .ods, which are merged.

Comes in: the bytes of an .xlsx, .xlsm or .ods. Goes out: CellFormats by the name of the sheet, none of any other file.
No value is read, only whether there is one. Runs in the process of `workbooks`, within its limits.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

Corner = tuple[int, int]


@dataclass
class CellFormats:
    """Rows and columns from 0: the cells shown as per cents, the first and last cell of what is merged, the cells that
    read as empty though a formula or an error stands in them, and what is said in comments."""

    percents: list[Corner] = field(default_factory=list)
    merged: list[tuple[Corner, Corner]] = field(default_factory=list)
    unread: list[Corner] = field(default_factory=list)
    comments: dict[Corner, str] = field(default_factory=dict)


_BUILT_IN = ("9", "10")
"""Number formats of ECMA-376 that every workbook has: 0% and 0.00%."""

_LITERAL = re.compile(r'"[^"]*"|\\.')
"""What a number format prints as it stands: a % in it multiplies nothing."""

_ADDRESS = re.compile("([A-Z]{1,3})([0-9]+)")


_ERROR = re.compile(r"#[A-Z/0-9]+[!?]?|Err:[0-9]+|错误:[0-9]+")
"""How LibreOffice shows an error: #DIV/0!, #REF!, #N/A, Err:502."""


def cell_formats(data: bytes) -> dict[str, CellFormats]:
    """What each sheet says of its cells; KeyError, ValueError, zipfile.BadZipFile, lxml's XMLSyntaxError where the file
    is broken."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" in archive.namelist():
            return _of_excel(archive)
        return _of_libreoffice(archive) if "content.xml" in archive.namelist() else {}


def _of_excel(archive: zipfile.ZipFile) -> dict[str, CellFormats]:
    leads = {each.get("Id"): each.get("Target") for each in _tree(archive, "xl/_rels/workbook.xml.rels")}
    styles, found = _percent_styles(archive), dict[str, CellFormats]()
    for sheet in _tree(archive, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        [lead] = [value for name, value in sheet.attrib.items() if name.endswith("}id")]
        path = posixpath.normpath(posixpath.join("/xl", leads[lead])).lstrip("/")
        if path in archive.namelist():  # a sheet of a chart alone has no cells
            own = CellFormats(comments=_comments(archive, path))
            with archive.open(path) as file:
                _in_sheet(file, styles, own)
            found[sheet.get("name")] = own
    return found


def _comments(archive: zipfile.ZipFile, sheet: str) -> dict[Corner, str]:
    """What is said in the comments of a sheet, cell by cell."""
    folder, name = posixpath.split(sheet)
    beside = f"{folder}/_rels/{name}.rels"
    targets = [
        posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
        for each in (_tree(archive, beside) if beside in archive.namelist() else ())
        if each.get("Type", "").endswith("/comments")
    ]
    said = [
        (_ADDRESS.fullmatch(each.get("ref", "")), "".join(each.itertext()).strip())
        for target in targets
        if target in archive.namelist()
        for each in _tree(archive, target).iterfind("{*}commentList/{*}comment")
    ]
    return {(int(at[2]) - 1, _column(at[1])): text for at, text in said if at and text}


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """The styles of cells whose number format multiplies by a hundred, by their places."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    tree = _tree(archive, "xl/styles.xml")
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in tree.iterfind("{*}numFmts/{*}numFmt")}
    shown = {*_BUILT_IN, *(number for number, code in codes.items() if "%" in _LITERAL.sub("", code))}
    return {str(at) for at, each in enumerate(tree.iterfind("{*}cellXfs/{*}xf")) if each.get("numFmtId") in shown}


def _in_sheet(file: IO[bytes], styles: set[str], found: CellFormats) -> None:
    """The cells of a sheet in one of these styles, and those without a value that can be read."""
    number = -1
    for row in _each(file, "{*}row"):
        number = int(row.get("r", number + 2)) - 1
        column = -1
        for cell in row.iterchildren("{*}c"):
            address = _ADDRESS.fullmatch(cell.get("r", ""))
            column = _column(address.group(1)) if address else column + 1
            if cell.get("s") in styles:
                found.percents.append((number, column))
            if cell.get("t") == "e" or _unreckoned(cell):
                found.unread.append((number, column))


def _unreckoned(cell: Any) -> bool:
    """Whether a formula has no value. One whose value is an empty text (t="str") has."""
    return cell.find("{*}f") is not None and not cell.findtext("{*}v") and cell.get("t") != "str"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _of_libreoffice(archive: zipfile.ZipFile) -> dict[str, CellFormats]:
    found: dict[str, CellFormats] = {}
    with archive.open("content.xml") as file:
        row, sheet = 0, None
        for each in _each(file, "{*}table-row"):
            table = next(each.iterancestors("{*}table"), None)
            if table is None:  # as in a part of text (an entity) that the parser does not put in
                continue
            row = row if table is sheet else 0
            sheet = table
            _row_formats(each, row, found.setdefault(_own(table, "name"), CellFormats()))
            row += int(_own(each, "number-rows-repeated") or 1)
    return found


def _row_formats(row: Any, number: int, found: CellFormats) -> None:
    """What a row says of its cells. One that is repeated is read once: rows that are filled in differ."""
    column = 0
    for cell in row:
        down, across = (int(_own(cell, f"number-{each}-spanned") or 1) for each in ("rows", "columns"))
        if down > 1 or across > 1:
            found.merged.append(((number, column), (number + down - 1, column + across - 1)))
        beside = column + int(_own(cell, "number-columns-repeated") or 1)
        if (kind := _own(cell, "value-type")) == "percentage":
            found.percents += [(number, each) for each in range(column, beside)]
        shown = "".join(cell.xpath("./*[local-name()='p']//text()"))
        if _own(cell, "formula") and (not kind or _ERROR.fullmatch(shown)):
            found.unread.append((number, column))
        if said := "".join(cell.xpath("./*[local-name()='annotation']/*[local-name()='p']//text()")):
            found.comments[number, column] = said
        column = beside


def _own(element: Any, name: str) -> str:
    """An attribute by its name alone: OpenDocument has each in a namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _each(file: IO[bytes], tag: str) -> Iterator[Any]:
    """The elements of a name one after the other, each forgotten when the next is there."""
    from lxml import etree

    for _, element in etree.iterparse(file, tag=tag, resolve_entities=False):
        yield element
        element.clear()


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
