"""A figure -> its value and its unit as printed: 万 and 亿 stay with the unit, 330万只 is 330 of 万只.

Apart, because a sentence and the cell of a table print figures alike.
"""

from __future__ import annotations

from decimal import Decimal

from openplans.text.folding import folded
from openplans.text.quantities import Figure
from openplans.text.units import magnitude

_SCALES = {10**4: "万", 10**8: "亿"}


def value(figure: Figure) -> Decimal:
    """The value as printed; doubling is a growth of 100 %."""
    if figure.unit == "番":
        return (Decimal(2) ** figure.value * 100 - 100).quantize(Decimal("0.01") if figure.value % 1 else Decimal(1))
    found = figure.value * left(figure)
    return found.normalize() if found != found.to_integral() else found.quantize(Decimal(1))


def unit(figure: Figure) -> str:
    """The unit as printed, with the scale before it."""
    scaled = _SCALES.get(_beyond_unit(figure), "") if left(figure) == 1 else ""
    return f"{scaled}{figure.unit}" if figure.unit else ""


def left(figure: Figure) -> int:
    """The part of a figure's scale that neither its unit nor 万 or 亿 before it takes up."""
    beyond = _beyond_unit(figure)
    scaled = _SCALES.get(beyond, "") if figure.unit and figure.unit != "%" else ""
    return 1 if scaled and folded(figure.text).rstrip().endswith(scaled + figure.unit) else beyond


def _beyond_unit(figure: Figure) -> int:
    """The part of a figure's scale that its unit does not have: 10,000 of 4.5万人次."""
    beyond, rest = divmod(figure.magnitude, magnitude(figure.unit))
    return beyond if rest == 0 else 1
