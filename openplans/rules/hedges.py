"""Is the hedge of a promise (力争, 基本) in its quote and in its row?

Comes in: targets and the clauses of their quotes. Goes out: hedges cut off, unmarked or passed over. Which words hedge,
and where, text/hedges.py knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.quoted import occurrences
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.schema import contract
from openplans.text.hedges import OWN_PART_ONLY, hedges, part_start

JOINS = ",，、和及"
"""What stands between the members of a list."""


def hedge_cut_off(world: World, plan: Package) -> Iterator[Hit]:
    """A quote holds the hedge before it in its clause part; across
    、 too, since a hedge governs every member of a list."""
    for row, text, start, found in _hedged(plan):
        if before := [word for place, word in found if place < start]:
            around = text[part_start(text, start) : start + len(row["quote"])]
            yield at(plan.tables["targets"], row, "quote", word=before[-1], quote=row["quote"], around=around)


def hedge_unmarked(world: World, plan: Package) -> Iterator[Hit]:
    """A row whose quote hedges has a commitment."""
    for row, _, start, found in _hedged(plan):
        if not row["commitment"] and (inside := [word for place, word in found if place >= start]):
            yield at(plan.tables["targets"], row, "commitment", word=inside[0], quote=row["quote"])


def hedge_passed_over(world: World, plan: Package) -> Iterator[Hit]:
    """What follows a hedged promise with nothing but a comma
    between has its hedge too, unless a reader gives a reason."""
    ends: dict[tuple[str, int], Row] = {}
    for row, text, start, _ in _hedged(plan):
        before = text[:start].rstrip(JOINS)
        hedged = ends.get((row["clause_id"], len(before)))
        if not row["commitment"] and hedged:
            facts = {"word": hedged["commitment"], "first": hedged["target_id"], "quote": row["quote"]}
            yield at(plan.tables["targets"], row, "commitment", id=row["target_id"], **facts)
        if row["commitment"] and row["commitment"] not in OWN_PART_ONLY:
            ends[row["clause_id"], start + len(row["quote"])] = row


def commitment_not_in_quote(world: World, plan: Package) -> Iterator[Hit]:
    """A commitment is a word of its quote."""
    for row in plan["targets"]:
        if row["commitment"] not in row["quote"]:
            yield at(plan.tables["targets"], row, "commitment", word=row["commitment"], quote=row["quote"])


def _hedged(plan: Package) -> Iterator[tuple[Row, str, int, list[tuple[int, str]]]]:
    """(target, the text of its clause, where its quote begins in
    it, the hedges from the quote's part to the quote's end)."""
    words = tuple(contract.fields(contract.tables("plan")["targets"])["commitment"]["constraints"]["enum"])
    clauses = plan.by_id("clauses")
    for row in plan["targets"]:
        text = clauses[row["clause_id"]]["text"] if row["clause_id"] in clauses else ""
        if len(places := occurrences(text, row["quote"])) == 1:
            start = places[0]
            yield row, text, start, hedges(text, words, part_start(text, start), start + len(row["quote"]))
