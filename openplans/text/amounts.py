"""A value with its comparator and unit in words, the one way in which pages, downloads, search and calendars do.

Comes in: a value as printed, with its comparator and unit. Goes out: an Amount in a language. English has no 万 and 亿:
1.41 亿斤 are 141 million jin there, and what is merely counted needs no unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from openplans.schema import vocabulary

Language = Literal["zh", "en"]

RATIO = "比值"
"""The unit of a ratio, which is printed without any."""

_SCALES = (("billion", 10**9), ("million", 10**6))
_CHINESE_SCALES = {"万亿": 10**12, "万": 10**4, "亿": 10**8}
_ABOUT: dict[Language, str] = {"zh": "约", "en": "about "}


class NamedUnit(Protocol):
    """A unit of measure as far as words need it."""

    @property
    def name_en(self) -> str: ...

    @property
    def dimension(self) -> str: ...


class Printed(Protocol):
    """A value as a document prints it; `value_max` is the upper end of a range."""

    @property
    def comparator(self) -> str: ...

    @property
    def value(self) -> Decimal | None: ...

    @property
    def value_max(self) -> Decimal | None: ...

    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its parts: ≥, "33—35", "万亩"; `unit` is "" where none is said."""

    sign: str
    numbers: str
    unit: str

    def __str__(self) -> str:
        return f"{self.sign}{self.numbers}{gap(self.unit)}{self.unit}"


def gap(unit: str) -> str:
    """What stands between a number and its unit: nothing before a percent sign."""
    return "" if unit in ("", "%") else " "


def amount(language: Language, units: Mapping[str, NamedUnit], printed: Printed) -> Amount | None:
    """What is promised, in a language; None where no number is."""
    values = [value for value in (printed.value, printed.value_max) if value is not None]
    comparator = "eq" if whole(printed) else printed.comparator
    return worded(language, units, values, printed.unit, comparator) if values else None


def whole(printed: Printed) -> bool:
    """Whether it promises the whole of a share: 达到100% can't be outdone, so that no ≥ says anything."""
    shared = getattr(printed, "measure", "") == "share" and printed.unit == "%"
    return shared and printed.comparator == "ge" and printed.value == 100


def worded(
    language: Language,
    units: Mapping[str, NamedUnit],
    values: Decimal | Sequence[Decimal],
    unit: str,
    comparator: str = "eq",
) -> Amount:
    """A value, or the two ends of a range, with unit and comparator in a language."""
    said = [scaled(language, units, each, unit) for each in (values if isinstance(values, Sequence) else [values])]
    numbers = "—".join(f"{number} {scale}".strip() for number, scale, _ in said)
    return Amount(sign(language, comparator), numbers, named(language, units, said[0][2]))


def sign(language: Language, comparator: str) -> str:
    """What stands before a number: ≥, 约 or "about "; "" where it is the figure itself, or the comparator is none."""
    return _ABOUT[language] if comparator == "approx" else vocabulary.signs().get(comparator, "")


def named(language: Language, units: Mapping[str, NamedUnit], unit: str) -> str:
    """A unit behind a number; "" where the number says it all: a ratio, and in English what is merely counted."""
    if unit == RATIO:
        return ""
    if language == "zh" or unit not in units or unit == "%":
        return unit
    return "" if units[unit].dimension == "count" else units[unit].name_en


def glossed_once(units: Mapping[str, NamedUnit], text: str) -> str:
    """An English text in which what a unit is, in brackets (mu (1/15 ha)), stands behind the first mention only."""
    for unit in units.values():
        plain = unit.name_en.rpartition(" (")[0]
        if plain and unit.name_en.endswith(")") and unit.name_en in text:
            before, _, behind = text.partition(unit.name_en)
            text = f"{before}{unit.name_en}{behind.replace(unit.name_en, plain)}"
    return text


def scaled(language: Language, units: Mapping[str, NamedUnit], value: Decimal | str, unit: str) -> tuple[str, str, str]:
    """A value as a language counts: (number, its scale, its unit). Chinese
    stays as it is printed; the scale is "", million or billion."""
    prefix = next((each for each in _CHINESE_SCALES if unit.startswith(each)), "")
    counted = unit.removeprefix(prefix)
    if language == "zh":
        return str(value), "", unit
    if not prefix or counted not in units:
        return f"{Decimal(value):,f}", "", unit
    number = Decimal(value) * _CHINESE_SCALES[prefix]
    scale, size = next(((name, size) for name, size in _SCALES if number >= size), ("", 1))
    return f"{(number / size).normalize():,f}", scale, counted
