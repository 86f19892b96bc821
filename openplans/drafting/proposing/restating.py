"""Promises that a plan states twice are tied, by the same rule that asks for it; where their numbers differ, a
note says so.

Apart, because it looks at all proposals together.
"""

from __future__ import annotations

from openplans.drafting.proposing.reading import Reading
from openplans.packages.link import World
from openplans.packages.read import Row
from openplans.rules.promises import look_alike


def tied(world: World, reading: Reading, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The targets with `restates`, and the notes on contradictions."""
    notes: list[Row] = []
    noted: set[tuple[str, str]] = set()
    for number, row in enumerate(rows):
        first = next((each for each in rows[:number] if not each["restates"] and look_alike(world, each, row)), None)
        if first is None:
            continue
        row["restates"] = first["target_id"]
        for name in ("concept_id", "scope", "measure", "period_basis", "period_start", "period_end"):
            row[name] = first[name]
        pair = (first["clause_id"], row["clause_id"])
        if world.differ(first, row) and pair not in noted:
            noted.add(pair)
            notes.append(_note(len(notes) + 1, first, row))
    return rows, notes


def _note(number: int, first: Row, row: Row) -> Row:
    said, again = (f"{each['value'] if each['value'] is not None else '—'}{each['unit']}" for each in (first, row))
    return Row(
        note_id=f"draft-n{number:03}",
        kind="conflict",
        clause_id=first["clause_id"],
        quote=first["quote"],
        other_clause_id=row["clause_id"],
        other_quote=row["quote"],
        comment_zh=f"“{first['indicator']}”两处数字不同：一处为{said}，一处为{again}。",
        comment_en=f"The plan gives this promise two numbers: {said} and {again}.",
        confidence="0.80",
        rule="two-numbers",
    )
