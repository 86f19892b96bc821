"""A figure: what a number in a text says, and where it stands.

Apart from the parsing of it, because lists and the parser both make figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from openplans.text.units import magnitude


@dataclass(frozen=True)
class Figure:
    """A number in a text: characters `start` to `end`, unit included where one follows.

    `value` is the number as printed without its scale ("4.5万人次": 4.5), `magnitude` the factor of 十百千万亿 behind
    it (10000), `unit` the unit that follows, in the registry's spelling where it has it ("万人次"; "" where none does).
    `comparator` is what the words around it say (ge, gt, le, lt, approx, eq, range); a range has `value_max` besides.
    `kind`: count, ratio (1.9:1, 18/10万), fraction (三分之二, in %), word (一半), date (2025年, 5月), time (三年).
    `role`: baseline or target in 从15家增加到38家, else "". `names`: what a list says the figure belongs to
    ("A、B分别达到…": one; "A、B均达…": all), else ().
    """

    start: int
    end: int
    text: str
    value: Decimal
    magnitude: int
    unit: str
    kind: str = "count"
    comparator: str = "eq"
    value_max: Decimal | None = None
    role: str = ""
    names: tuple[str, ...] = ()

    def states(self, value: Decimal, unit: str) -> bool:
        """Whether the figure says `value` of `unit`; a bare figure may have its unit elsewhere (a table's header)."""
        if self.is_time and self.unit != unit:  # 2025年 states no 2025 of anything else
            return False
        return any(self._states(each, value, unit) for each in (self.value, self.value_max) if each is not None)

    def _states(self, own: Decimal, value: Decimal, unit: str) -> bool:
        if own * self.magnitude == value * magnitude(unit):
            return True
        if self.kind == "fraction" and self.unit == "%":  # 三分之二: 66.67 %, 66.7 % or 0.6667
            return abs(own - (value if unit in ("%", "") and value > 1 else value * 100)) <= Decimal("0.05")
        return self.magnitude == 1 and own == value

    @property
    def is_time(self) -> bool:
        """Whether the figure is a date or a span of time: 2025年, 三年. 24小时 and 79岁 are none."""
        return self.kind in ("date", "time")
