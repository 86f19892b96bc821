"""What a document says twice, in its body and in an annex: the same promise in two rows.

Comes in: rows of one plan. Goes out: the same rows, those that say the same side by side. Both stay, since each has its own sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openplans.facts.joins import Joined

_SAID = (
    "scope",
    "measure",
    "comparator",
    "value",
    "value_max",
    "unit",
    "period_basis",
    "period_start",
    "period_end",
    "stage",
)
"""What two rows have in common that promise the same of the same thing."""


def together(rows: Iterable[Joined]) -> list[Joined]:
    """The rows in their order, each followed by those that say the same again, which have `repeats` true."""
    groups: dict[tuple[Any, ...], list[Joined]] = {}
    for row in rows:
        groups.setdefault(_said(row), []).append(row)
    return [{**row, "repeats": row is not group[0]} for group in groups.values() for row in group]


def _said(row: Joined) -> tuple[Any, ...]:
    """A target is the same of one concept or, where it has none, of one name."""
    subject = row.get("concept_id") or row.get("name") or row["indicator"]
    return (row["plan_id"], subject, *(row.get(name) for name in _SAID))
