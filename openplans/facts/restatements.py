"""What a document says twice, in its body and in an annex: the same promise in two rows.

Comes in: rows of one plan. Goes out: the promises, each with all its rows; or the same rows, those of one promise side
by side. All rows stay, since each has its own sentence. Which rows are one promise is read and written down in the
column `restates`, never worked out here; what looks alike and is not linked, openplans/rules/restatements.py tells.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from openplans.facts.records import NamedProject, Target, Task
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Concept

Restated = TypeVar("Restated", bound=Target | NamedProject | Task)


def promises(targets: Iterable[Target]) -> list[list[Target]]:
    """The targets of a plan by the promise they state, in the order
    of the document: each as its rows, the first statement first."""
    groups: dict[str, list[Target]] = {}
    for target in targets:
        groups.setdefault(target.promise, []).append(target)
    return [sorted(group, key=lambda target: bool(target.restates)) for group in groups.values()]


Akin = dict[Hashable, list[tuple[int, Target]]]
"""Rows with their places in the document, by each key that what is of one thing shares."""


def by_thing(naming: Iterable[Target]) -> Akin:
    """An index of the rows that name a unit, so that a promise is held against those alone that share a key with it."""
    found: Akin = {}
    for number, row in enumerate(naming):
        for key in _keys(row):
            found.setdefault(key, []).append((number, row))
    return found


def kindred(promise: Iterable[Target], naming: Akin) -> list[Target]:
    """The rows, of those `naming` a unit, that are of the same thing as a promise, at other times or counted otherwise
    (4.5万人次 in all, 1万 in 2027; 200 new ones a year, 1400 by 2027): one for each clause."""
    near = {
        number: row
        for own in promise
        for key in _keys(own)
        for number, row in naming.get(key, ())
        if _of_one_thing(own, row)
    }
    found: dict[str, Target] = {}
    for _, row in sorted(near.items()):
        found.setdefault(row.clause_id, row)
    return list(found.values())


def _keys(row: Target) -> Iterator[Hashable]:
    """What rows of one thing have in common, one of these at least."""
    yield row.scope, "indicator", row.indicator
    if row.concept:
        yield row.scope, "concept", row.concept_id
        if row.concept.subject:
            yield row.scope, "subject", row.concept.subject, row.concept.unit


def _of_one_thing(one: Target, other: Target) -> bool:
    """Whether two rows of one scope are of one concept (or, where one has none, one indicator); or what is new of a
    subject and what there is of it by then."""
    if not one.concept or not other.concept:
        return one.indicator == other.indicator
    flow_and_stock = {one.measure, other.measure} == {"count", "cumulative"}
    return one.concept_id == other.concept_id or (flow_and_stock and _of_one_subject(one.concept, other.concept))


def _of_one_subject(one: Concept, other: Concept) -> bool:
    """Whether two concepts count the same subject in the same unit."""
    totals = one.subject and one.nature == other.nature == "total"
    return bool(totals) and (one.subject, one.unit) == (other.subject, other.unit)


def grouped(rows: Iterable[Restated], registry: Registry) -> list[list[Restated]]:
    """The rows in their order, each with those that say the same
    again; of one promise, what is said otherwise stands next."""
    groups: dict[Hashable, list[Restated]] = {}
    for row in rows:
        groups.setdefault(_promise(row), []).append(row)
    return [same for group in groups.values() for same in alike(group, registry)]


def alike(promise: Iterable[Restated], registry: Registry) -> list[list[Restated]]:
    """The rows of a promise by what they say: one value for one
    time and scope, with whichever sign (达到90%, 90%以上, 90%)."""
    groups: list[list[Restated]] = []
    for row in promise:
        same = next((group for group in groups if _says_the_same(group[0], row, registry)), None)
        groups.append([row]) if same is None else same.append(row)
    return groups


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


def _promise(row: Target | NamedProject | Task) -> Hashable:
    """Targets are one promise where they restate one row; projects and tasks where name, stage and time
    are the same."""
    if isinstance(row, Target):
        return row.plan_id, row.promise
    if isinstance(row, NamedProject):
        return row.plan_id, row.name, row.stage, row.period_end
    return row.plan_id, row.title, row.period_start, row.period_end


def _says_the_same(one: Target | NamedProject | Task, other: Target | NamedProject | Task, registry: Registry) -> bool:
    if not isinstance(one, Target) or not isinstance(other, Target):
        return True  # projects and tasks are one promise only where they say the same
    times = one.time == other.time and one.period_basis == other.period_basis
    return times and one.scope == other.scope and not differ(registry, one, other)
