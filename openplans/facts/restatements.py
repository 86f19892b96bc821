"""What a document says twice, in its body and in an annex: the same promise in two rows.

Comes in: rows of one plan. Goes out: the promises, each with all its rows; or the same rows, those of one promise side by
side. All rows stay, since each has its own sentence. Which rows are one promise is read and written down (`restates`), never worked out here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeVar

from openplans.facts.joins import Joined

AnyRow = TypeVar("AnyRow", bound=Mapping[str, Any])

_SAID = (
    "concept_id",
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
"""What two rows have in common that say the same of the same thing."""


def promises(targets: Iterable[AnyRow]) -> list[list[AnyRow]]:
    """The targets of a plan by the promise they state, in the order of the document: each promise as its rows, the first statement first."""
    groups: dict[str, list[AnyRow]] = {}
    for row in targets:
        groups.setdefault(row["restates"] or row["target_id"], []).append(row)
    return [sorted(group, key=lambda row: bool(row["restates"])) for group in groups.values()]


def together(rows: Iterable[Joined]) -> list[Joined]:
    """The rows in their order, those of one promise side by side; one that says the same again has `repeats` true, one that says it otherwise has not."""
    groups: dict[Hashable, dict[Hashable, list[Joined]]] = {}
    for row in rows:
        groups.setdefault(_promise(row), {}).setdefault(_said(row), []).append(row)
    return [
        {**row, "repeats": row is not alike[0]}
        for group in groups.values()
        for alike in group.values()
        for row in alike
    ]


def _promise(row: Joined) -> Hashable:
    """Targets are one promise where they restate one row; works and tasks where they say the same of one name."""
    if "target_id" in row:
        return row["plan_id"], row["restates"] or row["target_id"]
    subject = row.get("concept_id") or row.get("name") or row["indicator"]
    return row["plan_id"], subject, _said(row)


def _said(row: Joined) -> Hashable:
    return tuple(row.get(name) for name in _SAID)
