"""Units of measure that a document prints and the registry lacks -> proposals for the registry.

What a unit measures and what it is called in English a person says; scale and base are arithmetic.
"""

from __future__ import annotations

from decimal import Decimal

from openplans.packages.link import World
from openplans.packages.read import Row
from openplans.text.units import magnitude


def propose(world: World, rows: list[Row]) -> list[Row]:
    """A row for each unit that proposals have and the registry lacks; its base first."""
    found: dict[str, Row] = {}
    for row in rows:
        unit = row["unit"]
        if not unit or unit in world.units:
            continue
        factor = magnitude(unit)
        base = unit[len(str(factor)) // 4 :] if factor in (10**4, 10**8) else unit
        known = world.units.get(base)
        for name, own in ((base, 1), (unit, factor if base != unit else 1)):
            if name not in world.units and name not in found:
                found[name] = Row(
                    unit=name, name_en="", dimension=known["dimension"] if known else "", factor=Decimal(own),
                    base_unit=known["base_unit"] if known else base, confidence="0.80", rule="unit-printed",
                )  # fmt: skip
    return list(found.values())
