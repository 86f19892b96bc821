"""Where a clause stands in its document, and the anchors by which pages lead there."""

from __future__ import annotations

from openplans.facts.records import Place
from openplans.packages.read import Package

OTHER_QUOTE = "-other"
"""What the anchor of a note's second quote has behind the note's own."""


def anchor(plan: Package, row_id: str) -> str:
    """The part of a row's id behind its plan's id ("t001"): short, and as permanent as the id."""
    return row_id.removeprefix(f"{plan.id}-")


def place(plan: Package, clause_id: str) -> Place:
    """Where a clause stands."""
    clauses = plan.by_id("clauses")
    own = clauses[clause_id]
    chain = [own]
    while chain[-1]["parent_id"]:
        chain.append(clauses[chain[-1]["parent_id"]])
    chain.reverse()
    annex = next((row for row in chain if row["kind"] == "annex"), None)
    # Below an annex the one heading is its title again.
    headings = () if annex else tuple(row["text"] for row in chain if row["kind"] == "heading")
    return Place(
        part="annex" if annex else own["kind"] if own["kind"] in ("title", "signature") else "body",
        annex=annex["number"] if annex else "",
        headings=headings,
        number=own["number"] if own["kind"] in ("paragraph", "table_row") else "",
        row=own["kind"] == "table_row",
    )
