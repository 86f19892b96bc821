"""What a Word document holds that is none of the text a reader of its print sees -> a list.

Apart from the reading of the text, so that whatever that passes over is told here, and nothing is lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from openplans.drafting.receiving.document import (
    COMMENT,
    DELETED,
    EDGES,
    OBJECT,
    PICTURE,
    SIGN,
    STRUCK,
    UNSEEN,
    LeftOut,
)

_PICTURES = ("}pic", "}imagedata")
_OBJECTS = ("}OLEObject", "}altChunk", "}chart", "}relIds")
"""By how their tags end, whatever the namespace: spreadsheets, documents in the document, charts and diagrams."""
_FORMATS = {"w:vanish": UNSEEN, "w:strike": STRUCK, "w:dstrike": STRUCK}
"""How a run is formatted that is not the document's."""
_EDGES = ("/header", "/footer")


def of(document: Any) -> list[LeftOut]:
    """Deletions, hidden text, pictures, objects, signs, comments, and what the edges of the sheets say."""
    found = [*_of_the_body(document.element.body), *_of_the_parts(document.part)]
    return list(dict.fromkeys(found))


def is_passed_over(run: Any) -> bool:
    """Whether a run is formatted as hidden or struck out."""
    return any(_is_set(run, each) for each in _FORMATS)


def _is_set(run: Any, name: str) -> bool:
    said = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return said is not None and said.get(qn("w:val")) not in ("0", "false")


def _of_the_body(body: Any) -> Iterator[LeftOut]:
    moved = "".join(_letters(each, "w:t") for each in body.iter(qn("w:moveTo")))
    for each in body.iter():
        if each.tag in (qn("w:del"), qn("w:moveFrom")):
            text = _letters(each, "w:delText") or _letters(each, "w:t")
            if text and text not in moved:
                yield LeftOut(DELETED, text)
        elif each.tag == qn("w:r") and is_passed_over(each) and (text := _letters(each, "w:t")):
            yield LeftOut(next(kind for name, kind in _FORMATS.items() if _is_set(each, name)), text)
        elif each.tag == qn("w:sym"):
            yield LeftOut(SIGN, f"{each.get(qn('w:font'))} {each.get(qn('w:char'))}")
        elif isinstance(each.tag, str) and each.tag.endswith(_PICTURES):
            yield LeftOut(PICTURE, _described(each))
        elif isinstance(each.tag, str) and each.tag.endswith(_OBJECTS):
            yield LeftOut(OBJECT, each.tag.rpartition("}")[2])


def _described(picture: Any) -> str:
    """What Word says of a picture: its description, or its name."""
    told = next(picture.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"), picture)
    return told.get("descr") or told.get("name") or "-"


def _of_the_parts(part: Any) -> Iterator[LeftOut]:
    """The words of the parts beside the text: heads and feet of sheets, comments."""
    for relation in part.rels.values():
        kind = COMMENT if relation.reltype.endswith("/comments") else EDGES
        if not relation.is_external and (kind == COMMENT or relation.reltype.endswith(_EDGES)):
            for paragraph in parse_xml(relation.target_part.blob).iter(qn("w:p")):
                if text := _letters(paragraph, "w:t").strip():
                    yield LeftOut(kind, text)


def _letters(element: Any, tag: str) -> str:
    return "".join(each.text or "" for each in element.iter(qn(tag)))
