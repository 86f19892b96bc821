"""What is wrong with a cell by itself, before anyone asks what it means.

Comes in: a cell and its field. Goes out: the rule it breaks with the facts, the first that applies, or nothing; and
the value of a sound one. Spreadsheet programs, copied web pages and input methods leave traces that no eye sees.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from openplans.packages import garbled
from openplans.schema.shapes import Column

VERBATIM = {"text", "quote", "other_quote"}
"""Columns that give the document letter by letter, the blanks around a piece included."""

YEARS = (1970, 2199)
"""What a date of a plan may be; calendars, archives and charts hold these."""

LONGEST, LONGEST_ID = 5_000, 80
"""Letters of a cell, and of one that is an id. A workbook loses what is beyond 32,767 letters, the database is served
with 20,000 bytes a cell, and ids are names of files, which end at 255 bytes."""

NUMBER = re.compile(r"(?:0|-?[1-9][0-9]{0,14}|-?0(?=\.))(?:\.[0-9]{1,15})?")
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,8}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
INVISIBLE = re.compile(
    "[\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1680\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3164"
    "\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Format characters, blanks other than the common ones, and characters of private use."""

_ENTITY = re.compile("&(?:#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,8});")
"""A character as HTML writes it: &amp; &#39; &nbsp;"""

_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet program takes for the beginning of a formula."""

_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!|#+)")
_SCIENTIFIC = re.compile(r"-?[0-9](?:\.[0-9]+)?[Ee][+-]?[0-9]{1,3}")
_MADE_DATE = re.compile(
    r"[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?|[0-9]{1,2}月[0-9]{1,2}日"
    r"|[A-Z][a-z]{2}-[0-9]{1,2}|[0-9]{1,2}-[A-Z][a-z]{2}(?:-[0-9]{2,4})?|-[0-9]{1,2}"
)

_NOTHING = re.compile(r"(?i:n/?a|nan|null|none|nil|tbd|#n/a|<na>)|无|暂无|没有|空|待定|待补|不详|未知|[-/\\—–－?？_…]+")
"""What people and programs write into a cell that they have nothing for."""

_WORD = "[\u4e00-\u9fffA-Za-z0-9][\u4e00-\u9fff0-9A-DF-Za-z_、，。；：（）,;:()“”%-]*"
_PLAIN = re.compile(rf"[0-9]{{1,9}}(?:\.[0-9]{{1,6}})?|{_WORD}(?: {_WORD})*")
"""Cells that no rule of form looks at twice; most are of them."""

Fault = tuple[str, dict[str, Any]]


def spared(source: str) -> frozenset[str]:
    """The invisible characters, other than blanks, and those written as HTML writes them that a document itself has:
    its clauses give them letter by letter."""
    return frozenset(each for each in INVISIBLE.findall(source) if not each.isspace()) | {*_ENTITY.findall(source)}


def is_period(field: Column) -> bool:
    """Whether a column holds years, months or days as the document gives them."""
    return (
        field["name"].startswith("period") and field["type"] == "string" and "pattern" in field.get("constraints", {})
    )


def wrong(cell: str, field: Column, spared: frozenset[str] = frozenset(), maybe_garbled: bool = True) -> Fault | None:
    """The rule that a cell breaks by its form, and the facts; `spared` is what the document itself has of that,
    `maybe_garbled` whether it is worth looking for mojibake (garbled.possible of the whole file)."""
    verbatim = field["name"] in VERBATIM
    if len(cell) <= 4 and not verbatim and field["name"] != "number" and _NOTHING.fullmatch(cell):
        return "placeholder", {"value": cell}
    if len(cell) > (most := LONGEST_ID if field["name"].endswith("_id") else LONGEST):
        return "cell-too-long", {"letters": len(cell), "most": most}
    if not cell or (_PLAIN.fullmatch(cell) and field["name"] != "number" and not maybe_garbled):
        return None
    if "\n" in cell:
        return "line-break-in-cell", {}
    if maybe_garbled and (was := garbled.original(cell)) is not None:
        return "garbled", {"value": cell[:20], "original": was[:20]}
    if found := CONTROL.search(cell):
        return "control-character", _named(found.group())
    if (found := INVISIBLE.search(cell)) and not (verbatim and found.group() in spared):
        return "invisible-character", {**_named(found.group()), "position": found.start() + 1}
    if not verbatim and cell != cell.strip():
        return "blank-around", {"value": cell[:20]}
    if not verbatim and (written := entity(cell, spared)):
        return "html-entity", {"value": written, "meant": html.unescape(written)}
    if field["type"] in _CASTS:
        return ("formula-cell", {"value": cell[:20]}) if cell.startswith("=") else None
    return _strange(cell, field)


def entity(cell: str, spared: frozenset[str]) -> str:
    """The first character of a cell that is written as HTML writes it, and not by the document; "" where none is."""
    return next((each for each in _ENTITY.findall(cell) if each not in spared and html.unescape(each) != each), "")


def _strange(cell: str, field: Column) -> Fault | None:
    """What a spreadsheet program made of a text, or would take for a formula."""
    if field["name"] not in VERBATIM and not is_period(field):
        made = _made(cell, field)
        if made:
            return "spreadsheet-value", {"value": cell[:20], "cause": made[0], "cause_en": made[1]}
    if field["name"] != "text" and cell.startswith(_FORMULA) and not NUMBER.fullmatch(cell):
        return "formula-cell", {"value": cell[:20]}
    return None


def _made(cell: str, field: Column) -> tuple[str, str] | None:
    if _ERROR.fullmatch(cell):
        return "公式的错误值", "the error of a formula"
    if _SCIENTIFIC.fullmatch(cell):
        return "科学记数，后面的位数已经丢了", "a number in scientific notation, whose last digits are lost"
    if field["name"] == "number" and _MADE_DATE.fullmatch(cell):
        return "日期或负数，不是文件印的编号", "a date or a negative number and not the number as printed"
    if cell.startswith("'") and "'" not in cell[1:]:
        return "开头的单引号，那里表示这一格是文本", "the apostrophe before it, by which a cell is text there"
    return None


def is_typed(field: Column) -> bool:
    """Whether not every text is a value of a column: it holds numbers, days or periods."""
    return field["type"] != "string" or is_period(field)


def value(cell: str, field: Column) -> Any:
    """The value of a cell: str, or int or Decimal by the type of its field; None where it isn't one, or is empty."""
    return _CASTS[field["type"]](cell) if field["type"] in _CASTS else cell


def no_day(cell: str, field: Column) -> bool:
    """Whether a cell has the form of a date and is none of the calendar's, or none of our times."""
    if not cell or not (field["type"] == "date" or is_period(field)):
        return False
    found = PERIOD.fullmatch(cell)
    if not found:
        return False
    year, month, day = (int(each or 1) for each in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return True
    return not YEARS[0] <= year <= YEARS[1]


def ill_formed(cell: str, field: Column) -> bool:
    """Whether a cell of a number or date column is written otherwise than such a value is."""
    if not cell or field["type"] == "string":
        return False
    return value(cell, field) is None if field["type"] in _CASTS else not DATE.fullmatch(cell)


def _named(character: str) -> dict[str, str]:
    name = unicodedata.name(character, "").lower()
    return {"character": f"U+{ord(character):04X}" + (f" {name}" if name else "")}


def _integer(cell: str) -> int | None:
    return int(cell) if INTEGER.fullmatch(cell) else None


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if NUMBER.fullmatch(cell) else None


_CASTS: dict[str, Callable[[str], Any]] = {"integer": _integer, "number": _number}
