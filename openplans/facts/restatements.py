"""What a document says twice, in its body and in an annex: the same promise in two rows.

Comes in: rows of one plan. Goes out: the same rows, those that say the same side by side. Both stay, since each has its own sentence.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from openplans.facts.records import Project, Target, Task

_SAID = ("scope", "measure", "comparator", "value", "value_max", "unit", "period_basis", "period_start", "period_end")
"""What two targets have in common that promise the same of the same thing."""


_SAME = ("scope", "measure", "period_basis", "period_start", "period_end")
"""What the rows of one promise have in common."""


def grouped(rows: Iterable[Target | Project | Task]) -> list[list[Target | Project | Task]]:
    """The rows in their order, each with those that say the same again."""
    groups: dict[Hashable, list[Target | Project | Task]] = {}
    for row in rows:
        groups.setdefault(_said(row), []).append(row)
    return list(groups.values())


def promises(targets: Iterable[Target]) -> list[list[Target]]:
    """The targets by promise: what the document says of one thing, for one scope and one time, is one promise, though it may
    write 达到 in one place and the bare number in another, or two values."""
    groups: dict[Hashable, list[Target]] = {}
    for row in targets:
        key = (row.plan_id, row.concept_id or row.indicator, *(getattr(row, name) for name in _SAME))
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _said(row: Target | Project | Task) -> Hashable:
    """What a row says: a target the same of one concept or, where it has none, of one name."""
    if isinstance(row, Target):
        subject = row.concept_id or row.indicator
        return (row.plan_id, subject, *(getattr(row, name) for name in _SAID))
    if isinstance(row, Project):
        return row.plan_id, row.name, row.stage, row.period_end
    return row.plan_id, row.title, row.period_start, row.period_end
