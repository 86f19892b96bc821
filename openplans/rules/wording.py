"""Do the row's words agree with the sentence's?"""

from __future__ import annotations

from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.rules.hits import Hit, at
from openplans.rules.quantities import stating


def comparator_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The comparator is the one that the words around the figure give (以上, 不低于, 达到, 以内, 左右, 突破, 超)."""
    for row in plan["targets"]:
        if row["comparator"] in ("relative", "range"):
            continue
        figure = stating(world, plan, row, "value")
        if figure:
            words = figure.comparator
            if words != row["comparator"]:
                text = plan.by_id("clauses")[row["clause_id"]]["text"]
                around = text[max(0, figure.start - 10) : figure.end + 4]
                yield at(
                    plan.tables["targets"], row, "comparator", comparator=row["comparator"], words=words, around=around
                )
