"""A cell as somebody wrote it -> the cell as the contract wants it, where only one can be meant.

Comes in: a cell and its field. Goes out: the mended cell, the cell itself where there is nothing to mend or nothing
that can be, or NotMended where mending would be guessing. Apart, because the check says what `fmt` would write.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from openplans.packages import garbled
from openplans.packages.cells import CONTROL, DATE, INVISIBLE, NUMBER, VERBATIM, YEARS, entity, is_period
from openplans.schema import vocabulary
from openplans.schema.shapes import Field
from openplans.text.numerals import DIGITS_OF_A_YEAR, chinese

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SCIENTIFIC = re.compile(r"(-?[0-9](?:\.[0-9])?)[Ee]\+?([0-9]{1,2})")
_ANY_SCIENTIFIC = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[Ee][+-]?[0-9]+")
_SERIAL = re.compile(r"[3-6][0-9]{4}(?:\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?")
_MIDNIGHT = re.compile("[ T]0?0:00(?::00)?$")
"""The time that a day is given by spreadsheet programs."""
_CHINESE_DAY = re.compile(r"([0-9]{4})年(?:([0-9]{1,2})月(?:([0-9]{1,2})[日号])?)?")
_YEAR_IN_CHINESE = re.compile(
    "([〇○零一二三四五六七八九]{4})(?=年|$)(?:年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?)?"
)
_BY_THE_END = re.compile("^(?:到|至)?([0-9]{4})年(?:[底末]|年底)?$")
"""2027年底 and 到2027年 say what 2027 says in a column of periods."""
_COMPACT_DAY = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})")
_MIXED_DAY = re.compile(
    r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}|[A-Za-z]{3}[- ][0-9]{2,4}|[0-9]{1,2}-[A-Za-z]{3}(?:-[0-9]{2,4})?"
)
AS_TEXT = re.compile('="([^"]*)"')
"""How a text is written for a spreadsheet program to leave it as it is: ="0012"."""

_EPOCH = date(1899, 12, 30)
"""The day from which spreadsheet programs count."""

_GUARDED = re.compile("'(?:[=+\\-@\uff1d\uff0b\uff0d\uff20]|[^']*$)")
"""An apostrophe by which a spreadsheet knows a text; one that another closes is a quotation."""

IdsByName = Mapping[str, str]
"""The ids that names stand for, of those that stand for one only."""


class NotMended(Exception):
    """A cell that could be mended by guessing only; `zh` and `en` say why it was not."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


LOST_DIGITS = NotMended(
    "科学记数丢了后面的位数，照原文填全",
    "scientific notation has lost digits: write the whole number from the document",
)
SERIAL = NotMended(
    "这是表格软件的日期序号，照原文写年月日",
    "this is a spreadsheet's serial date: write year, month and day from the document",
)
TWO_DATES = NotMended("分不清年、月、日，写成 2027-12-31", "day, month and year cannot be told apart: write 2027-12-31")
GARBLED = NotMended("是乱码，恢复原来的文件", "it is garbled: bring the file back as it was")


def mended(cell: str, field: Field, names: IdsByName | None = None, spared: frozenset[str] = frozenset()) -> str:
    """A cell as the contract wants it. NotMended where that would be guessing."""
    if garbled.original(cell) is not None:
        raise GARBLED
    once = _mended(cell, field, names, spared)
    if garbled.original(once) is not None:  # hidden by letters of full width, or by what nobody sees
        raise GARBLED
    return once


def _mended(cell: str, field: Field, names: IdsByName | None, spared: frozenset[str]) -> str:
    if field["name"] in VERBATIM:
        return _visible(cell, spared)
    text = _visible(_unescaped(cell, spared), frozenset()).strip().replace("\r\n", "\n")
    text = _unguarded(text)
    if field["type"] in ("number", "integer"):
        return _number(text, field["type"])
    if field["type"] == "date" or is_period(field):
        return _day(text, whole=field["type"] == "date")
    if "enum" in field.get("constraints", {}):
        return _code(text, field)
    if is_key(field):
        return _unguarded(_key(text, field, names or {}))  # of ' - blanks are taken out first
    return text


def _unescaped(cell: str, spared: frozenset[str]) -> str:
    """A cell with the characters themselves that HTML has names or numbers for, also where it was escaped twice."""
    while found := entity(cell, spared):
        cell = cell.replace(found, html.unescape(found))
    return cell


def _unguarded(text: str) -> str:
    """A text without what the CSV for Excel puts around it, or before what would be a formula."""
    if found := AS_TEXT.fullmatch(text):
        return found[1].strip()
    return text[1:].strip() if _GUARDED.match(text) else text


def is_key(field: Field) -> bool:
    """Whether a column holds ids, codes or units, in which no letter of full width is meant."""
    name = field["name"]
    return name.endswith(("_id", "_code", "_url")) or name in ("unit", "base_unit", "url", "replaces", "restates")


def _visible(cell: str, spared: frozenset[str]) -> str:
    """A cell without letters that nobody sees, other blanks as common ones."""
    kept = []
    for letter in cell:
        if (
            letter in spared
            or not (INVISIBLE.match(letter) or (CONTROL.match(letter) and letter != "\n"))
            or unicodedata.category(letter) == "Co"
        ):
            kept.append(letter)
        elif unicodedata.category(letter) == "Zs" or letter == "\t":
            kept.append(" ")
    return "".join(kept)


_SIGNS = {">=": "≥", "=>": "≥", "≧": "≥", "<=": "≤", "=<": "≤", "≦": "≤"}
"""Signs of comparison as keyboards without them write them."""


def narrow(text: str) -> str:
    """ASCII letters, digits and signs of full width as plain ones, any dash as a hyphen."""
    return text.translate(_WIDE).translate(_DASHES)


def _number(text: str, kind: str) -> str:
    plain = narrow(text).replace(" ", "")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if exact := _SCIENTIFIC.fullmatch(plain):
        plain = format(Decimal(exact[1]).scaleb(int(exact[2])), "f")
    elif _ANY_SCIENTIFIC.fullmatch(plain):
        raise LOST_DIGITS
    if refused := _shown_as_count(plain):
        raise refused
    plain = plain.removeprefix("+")
    if kind == "integer" and re.fullmatch(r"-?[0-9]+\.0+", plain):
        plain = plain.partition(".")[0]
    return plain if NUMBER.fullmatch(plain) else text


def _day(text: str, whole: bool) -> str:
    """A date, or a year or month of a period, in ISO form."""
    plain = _BY_THE_END.sub(r"\1年", _in_digits(_MIDNIGHT.sub("", narrow(text))).replace(" ", ""))
    if plain.endswith(".0") and plain[:-2].isdecimal():
        plain = plain[:-2]
    if _SERIAL.fullmatch(plain):
        raise SERIAL
    found = _CHINESE_DAY.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain)
    parts = found.groups() if found else ()
    if not found and (found := _DAY.fullmatch(plain)):
        parts = (found[1], found[3], found[4])
    if not found:
        if _MIXED_DAY.fullmatch(plain):
            raise TWO_DATES
        return text
    known = [each for each in parts if each]
    if whole and len(known) != 3:
        return text
    try:
        date(int(known[0]), *(int(each) for each in (*known[1:], *(["1", "1"][len(known) - 1 :]))))
    except ValueError:
        return text
    iso = "-".join([known[0], *(each.zfill(2) for each in known[1:])])
    if refused := shown_as_day(iso):
        raise refused
    return iso


def shown_as_day(iso: str) -> NotMended | None:
    """Why a day of long ago is a year: the number 2022 in a column of dates is shown as 1905-07-14."""
    try:
        year = (date.fromisoformat(iso) - _EPOCH).days if DATE.fullmatch(iso) else 0
    except ValueError:  # no day at all
        return None
    if not YEARS[0] <= year <= YEARS[1]:
        return None
    return _wrongly_shown(year, f"年份 {year}", f"the year {year}")


_FIRST_LEAP = 60
"""The day that spreadsheet programs count and no calendar has, 1900-02-29: those before it are one less."""


def _shown_as_count(text: str) -> NotMended | None:
    """Why a day of 1900 in a column of numbers is a small number: 27 is shown as 1900/1/27."""
    found = re.fullmatch("(1900)[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", text)
    try:
        number = (date(*map(int, found.groups())) - _EPOCH).days if found else 0
    except ValueError:  # no day at all
        return None
    number -= number <= _FIRST_LEAP
    if number < 1:
        return None
    return _wrongly_shown(number, f" {number}", f"{number}")


def _wrongly_shown(number: int, zh: str, en: str) -> NotMended:
    return NotMended(
        f"这是{zh}，被表格软件当作日期显示了：写 {number}",
        f"it is {en}, which a spreadsheet program shows as a day: write {number}",
    )


def _in_digits(text: str) -> str:
    """A date in Chinese numerals in digits: 二〇二七年十二月 is 2027年12月."""

    def digits(found: re.Match[str]) -> str:
        month, day = (chinese(each) if each else None for each in found.groups()[1:])
        after = f"年{month:f}月" + (f"{day:f}日" if day else "") if month else ""
        return found[1].translate(DIGITS_OF_A_YEAR) + after

    return _YEAR_IN_CHINESE.sub(digits, text)


def _code(text: str, field: Field) -> str:
    """The code of a list, from itself in other letters, from its Chinese word or from the sign that stands for it."""
    codes = vocabulary.of_field(field)
    if text in codes:
        return text
    folded = narrow(text).strip().lower().replace(" ", "_").replace("-", "_")
    if folded in codes:
        return folded
    sign = _SIGNS.get(narrow(text), narrow(text))
    meant = [value for value, code in codes.items() if text and (text == code.name_zh or sign == code.sign)]
    return meant[0] if len(meant) == 1 else text


def _key(text: str, field: Field, names: IdsByName) -> str:
    """An id as it is written, from an id in other letters or from the one name it has."""
    if text in names and text not in names.values():
        return names[text]
    plain = text if field["name"].endswith("url") else narrow(text)
    if _ANY_SCIENTIFIC.fullmatch(plain) and field["name"] not in ("unit", "base_unit"):
        raise LOST_DIGITS
    if field["name"].endswith(("_id", "_code")):
        plain = re.sub(r"\s+", "", plain)
        if plain.isascii():
            plain = plain.lower()
        if re.fullmatch(r"[0-9]+\.0", plain):
            plain = plain[:-2]
    return plain
