"""Where the quote of a row stands in its clause, and which figure there states its value.

Comes in: a plan and a row of it. Goes out: places in the text of its clause. Apart, because the check asks whether
there is such a figure, the facts what stands around it, and drafts propose no other.
"""

from __future__ import annotations

from typing import Protocol

from openplans.packages.read import Package, Row
from openplans.text import quantities
from openplans.text.quantities import CELL, Figure


class KnowsUnits(Protocol):
    """Whoever knows the names of the registry's units: a World, or the Registry of the facts."""

    @property
    def unit_names(self) -> tuple[str, ...]: ...


def occurrences(text: str, quote: str) -> list[int]:
    """Where a quote begins in a text, overlapping finds included."""
    found = []
    start = text.find(quote)
    while quote and start >= 0:
        found.append(start)
        start = text.find(quote, start + 1)
    return found


def stating(world: KnowsUnits, plan: Package, row: Row, column: str) -> Figure | None:
    """The figure of a row's quote that states its value, placed in the text of the clause; None where none does."""
    place = quote_place(plan, row)
    if place is None or row.get(column) is None:
        return None
    clause, start = place
    end = start + len(row["quote"])
    if clause["kind"] == "table_row":  # the quote runs from the indicator's cell to the figure's, which is its last
        start = max(start, clause["text"].rfind(CELL, 0, end) + 1)
    printed = quantities.figures(clause["text"], world.unit_names)
    for figures in (printed, quantities.spoken(clause["text"])):  # words count where no printed number does
        stated = [each for each in figures if start <= each.start < end and each.states(row[column], row["unit"])]
        if stated:
            break
    # The last of equals: a quote that begins at the hedge of a list ends with its own figure.
    return min(reversed(stated), key=lambda each: each.unit != row["unit"], default=None)


def quote_place(plan: Package, row: Row) -> tuple[Row, int] | None:
    """The clause of a row's quote and where the quote begins in it;
    None where it is not there once, which is another rule's."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    places = occurrences(clause["text"], row["quote"]) if clause else []
    return (clause, places[0]) if clause and len(places) == 1 else None
