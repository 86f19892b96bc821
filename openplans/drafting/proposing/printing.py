"""A plan without the blanks that its document sets for looks, and proposals with what they quote as it is printed.

Apart, so that no rule of reading has to allow for 到 2025 年下降 14 %, and no quote lacks a blank of its document.
"""

from __future__ import annotations

from dataclasses import replace

from openplans.drafting.store import Draft
from openplans.packages.read import Package, Row
from openplans.rules.quotes import QUOTED
from openplans.text.spacing import tight

_NAMED = {"tasks": "title", "projects": "name"}
"""The columns that give words of the clause without being its quote."""


def tight_plan(plan: Package) -> Package:
    """The plan with clauses that have no such blanks."""
    table = plan.tables["clauses"]
    rows = [Row({**row, "text": tight(row["text"]).text}) for row in table.rows]
    return replace(plan, tables={**plan.tables, "clauses": replace(table, rows=rows)}, _by_id={})


def printed(plan: Package, draft: Draft) -> None:
    """Give what the proposals quote of the clauses back as it is printed."""
    close = {row["clause_id"]: tight(row["text"]) for row in plan["clauses"]}
    pairs = {name: list(columns) for name, columns in QUOTED.items()}
    for name, column in _NAMED.items():
        pairs.setdefault(name, []).append((column, "clause_id"))
    for name, columns in pairs.items():
        for row in draft[name]:
            for column, clause in columns:
                if text := close.get(row[clause]):
                    row[column] = text.as_printed(row[column])
