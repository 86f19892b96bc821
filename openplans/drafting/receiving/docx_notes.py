"""Footnotes and endnotes of a Word document -> paragraphs of its text, each behind the paragraph or the table that
refers to it, with the raised number that Word prints in both places.

Apart, because notes stand in files of their own, and the reading of the text goes on as if they had always stood there.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from openplans.drafting.receiving.document import SUPERSCRIPT

_KINDS = ("footnote", "endnote")


def put_in(document: Any) -> None:
    """Put the notes of a document into its text."""
    for kind in _KINDS:
        notes = _notes(document.part, kind)
        ends: dict[Any, Any] = {}  # the block that refers to notes: the last of them that stands behind it
        references = [each for each in document.element.body.iter(qn(f"w:{kind}Reference")) if _id(each) in notes]
        for number, reference in enumerate(references, 1):
            block = _block_of(reference)
            for paragraph in _printed(notes[_id(reference)], number):
                ends.get(block, block).addnext(paragraph)
                ends[block] = paragraph
            reference.getparent().replace(reference, _raised(number))


def _notes(part: Any, kind: str) -> dict[str, Any]:
    """The notes of a kind by their ids, less the lines that part them from the text."""
    relations = [each for each in part.rels.values() if each.reltype.endswith(f"/{kind}s") and not each.is_external]
    found = [note for each in relations for note in parse_xml(each.target_part.blob).iter(qn(f"w:{kind}"))]
    return {_id(note): note for note in found if note.get(qn("w:type")) in (None, "normal")}


def _id(element: Any) -> str:
    return str(element.get(qn("w:id")))


def _block_of(reference: Any) -> Any:
    """The outermost table that holds a reference, else its paragraph."""
    above = list(reference.iterancestors(qn("w:tbl"), qn("w:p")))
    tables = [each for each in above if each.tag == qn("w:tbl")]
    return tables[-1] if tables else above[0]


def _printed(note: Any, number: int) -> list[Any]:
    """The paragraphs of a note, its number before the first."""
    paragraphs = [deepcopy(each) for each in note.iterchildren(qn("w:p"), qn("w:tbl"))]
    first = next((each for each in paragraphs if each.tag == qn("w:p")), None)
    if first is not None:
        run = OxmlElement("w:r")
        run.append(_raised(number))
        first.insert(1 if first.find(qn("w:pPr")) is not None else 0, run)
    return paragraphs


def _raised(number: int) -> Any:
    text = OxmlElement("w:t")
    text.text = str(number).translate(SUPERSCRIPT)
    return text
