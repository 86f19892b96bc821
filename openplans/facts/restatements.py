"""What a document says twice, in its body and in an annex: the same promise in two rows.

Comes in: rows of one plan. Goes out: the promises, each with all its rows; or the same rows, those of one promise side by
side. All rows stay, since each has its own sentence. Which rows are one promise is read and written down (`restates`),
never worked out here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from openplans.facts.records import Project, Target, Task
from openplans.facts.registry import Registry

Row = TypeVar("Row", bound=Target | Project | Task)

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
)
"""What two targets have in common that say the same of the same thing."""


def promises(targets: Iterable[Target]) -> list[list[Target]]:
    """The targets of a plan by the promise they state, in the order of the document: each as its rows, the first statement first."""
    groups: dict[str, list[Target]] = {}
    for target in targets:
        groups.setdefault(target.promise, []).append(target)
    return [sorted(group, key=lambda target: bool(target.restates)) for group in groups.values()]


def grouped(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows in their order, each with those that say the same again; of one promise, what is said otherwise stands next."""
    groups: dict[Hashable, dict[Hashable, list[Row]]] = {}
    for row in rows:
        groups.setdefault(_promise(row), {}).setdefault(_said(row), []).append(row)
    return [alike for group in groups.values() for alike in group.values()]


def together(rows: Iterable[Row]) -> Iterator[tuple[Row, bool]]:
    """The rows of `grouped` one by one, each with whether it says the same again."""
    for alike in grouped(rows):
        for number, row in enumerate(alike):
            yield row, number > 0


def differ(registry: Registry, first: Target, second: Target) -> bool:
    """Whether two targets state different numbers, or one of them none; what cannot be converted is not compared."""
    for one, other in ((first.value, second.value), (first.value_max, second.value_max)):
        if one is None or other is None:
            if one is not other:
                return True
        elif first.unit == second.unit:
            if one != other:
                return True
        else:
            converted = registry.convert(other, second.unit, first.unit)
            if converted is not None and converted != one:
                return True
    return False


def _promise(row: Target | Project | Task) -> Hashable:
    """Targets are one promise where they restate one row; works and tasks where they say the same of one name."""
    return (row.plan_id, row.promise) if isinstance(row, Target) else _said(row)


def _said(row: Target | Project | Task) -> Hashable:
    if isinstance(row, Target):
        return tuple(getattr(row, name) for name in _SAID)
    if isinstance(row, Project):
        return row.plan_id, row.name, row.stage, row.period_end
    return row.plan_id, row.title, row.period_start, row.period_end
