"""What follows from a change of the data: rows counted, contradictions that appeared or went, comparisons that turned.

Comes in: two Worlds. Goes out: Consequences, ids and counts. Apart, because a difference of cells is known from the
tables alone; what it means for the pages only facts can tell. What cannot be read whole, or
has rows that lead nowhere, gives counts only.
"""

from __future__ import annotations

from openplans.facts.derived import Finding
from openplans.facts.model import Facts, facts
from openplans.packages.diff_words import Consequences
from openplans.packages.link import World
from openplans.packages.read import Project


def consequences(old: World, new: World, joined: bool = True) -> Consequences:
    """What is different on the pages after a change; counts of rows only where they cannot both be `joined`."""
    counts = _rows(old.project, new.project)
    rows = {name: (before, after) for name, (before, after) in counts.items() if before != after}
    if not joined:
        return Consequences(rows)
    before, after = facts(old), facts(new)
    was, now = _findings(before), _findings(after)
    turned = sorted(
        (target, was_so, is_so)
        for target, is_so in _relations(after).items()
        if (was_so := _relations(before).get(target)) is not None and was_so != is_so
    )
    return Consequences(rows, _named(now, was), _named(was, now), tuple(turned))


def _rows(old: Project, new: Project) -> dict[str, tuple[int, int]]:
    """By table, how many rows all plans together have before and after."""
    found: dict[str, tuple[int, int]] = {"plans": (len(old.plans), len(new.plans))}
    for table in sorted({name for project in (old, new) for package in project.packages for name in package.tables}):
        before, after = (
            sum(len(package.tables[table].rows) for package in project.packages if table in package.tables)
            for project in (old, new)
        )
        found[table] = (before, after)
    return found


def _findings(known: Facts) -> dict[frozenset[str], Finding]:
    """The contradictions and notes by the places they speak of."""
    return {frozenset((each.plan_id, each.kind, *(side.quote for side in each.sides))): each for each in known.findings}


def _named(some: dict[frozenset[str], Finding], others: dict[frozenset[str], Finding]) -> tuple[str, ...]:
    """Those of `some` that are not among the others, in a few words each."""
    fresh = [each for key, each in some.items() if key not in others]
    return tuple(" ↔ ".join(side.quote for side in each.sides) + f" [{each.id}]" for each in fresh)


def _relations(known: Facts) -> dict[str, str]:
    """By target, how it stands to the target of the region above; "" where they cannot be compared."""
    return {target: each.relation or "" for target, each in known.comparisons.items()}
