"""Where a plan contradicts itself: what careful readers noted, and what the rows show by themselves.

Comes in: a plan's package and its targets. Goes out: Findings with their sides, each with the quote, the place where it
stands and the figures it states. Apart, because a finding is about two places of a document and belongs to neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from openplans.facts import restatements
from openplans.facts.derived import Finding, Side
from openplans.facts.places import OTHER_QUOTE, anchor, place
from openplans.facts.records import Target
from openplans.facts.registry import Registry, typed
from openplans.packages.read import Package

MOST = 220
"""How many findings one page holds: 300 KB."""

NOTE_KINDS = ("conflict", "missing", "numbering", "naming", "date", "typo", "other")
"""Kinds of findings in the order of their weight for a reader."""

TargetsOfClause = dict[str, list[Target]]
"""A plan's targets by clause_id."""


@dataclass(frozen=True)
class _Document:
    """A plan's package and its targets by clause."""

    package: Package
    targets: TargetsOfClause


def findings(package: Package, targets: tuple[Target, ...], registry: Registry) -> Iterator[Finding]:
    """What readers noted, then the contradictions that no note speaks
    of, which have no comments: no reader has looked at them yet."""
    of_clause: defaultdict[str, list[Target]] = defaultdict(list)
    for target in targets:
        of_clause[target.clause_id].append(target)
    document = _Document(package, dict(of_clause))
    yield from _noted(document)
    yield from _computed(document, targets, registry)


def by_weight(found: Iterable[Finding]) -> list[Finding]:
    """The findings, the weightiest kinds first."""
    return sorted(found, key=lambda each: NOTE_KINDS.index(each.kind))


def contradictions(targets: Iterable[Target], registry: Registry) -> Iterator[tuple[Target, Target]]:
    """Pairs of targets that are one promise (`restates`), stated
    with different numbers, in the order of the document."""
    for promise in restatements.promises(targets):
        for first, second in combinations(promise, 2):
            if restatements.differ(registry, first, second):
                yield first, second


def of_targets(found: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The conflicts that each target is part of, by target_id, so that a row can lead to what contradicts it.

    Where the two sides state one promise (`restates`) only its
    rows are part of it: of a table's row 4.5, 5.5, 6.5 the last.
    """
    conflicts: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        sides = [side.figures for side in finding.sides] if finding.kind == "conflict" else []
        shared = set.intersection(*({each.promise for each in figures} for figures in sides)) if sides else set()
        for each in (each for figures in sides for each in figures):
            if not shared or each.promise in shared:
                conflicts[each.target_id].append(finding)
    return dict(conflicts)


def _noted(document: _Document) -> Iterator[Finding]:
    """The plan's notes."""
    for row in document.package["notes"]:
        own = anchor(document.package, row["note_id"])
        sides = [_side(document, row["clause_id"], row["quote"], own)]
        if row["other_quote"]:
            sides.append(_side(document, row["other_clause_id"], row["other_quote"], own + OTHER_QUOTE))
        if row["kind"] != "conflict" or not all(side.figures for side in sides):
            sides = [replace(side, figures=()) for side in sides]
        plan_id = document.package.id
        yield typed(Finding, row, id=row["note_id"], plan_id=plan_id, computed=False, sides=tuple(sides))


def _computed(document: _Document, targets: tuple[Target, ...], registry: Registry) -> Iterator[Finding]:
    """The contradictions that no note speaks of."""
    plan_id = document.package.id
    noted = {frozenset((row["clause_id"], row["other_clause_id"])) for row in document.package["notes"]}
    for pair in contradictions(targets, registry):
        if frozenset(row.clause_id for row in pair) not in noted:
            sides = tuple(_side(document, row.clause_id, row.quote, row.anchor) for row in pair)
            name = f"{plan_id}-{'-'.join(row.anchor for row in pair)}"
            yield Finding(
                id=name, plan_id=plan_id, kind="conflict", computed=True, comment_zh="", comment_en="", sides=sides
            )


def _side(document: _Document, clause_id: str, quote: str, own: str) -> Side:
    """One place that a finding speaks of; `own` is the anchor of its sentence in the document."""
    where = place(document.package, clause_id)
    return Side(anchor=own, quote=quote, place=where, figures=tuple(_figures(document, clause_id, quote)))


def _figures(document: _Document, clause_id: str, quote: str) -> Iterator[Target]:
    """The targets of a clause whose figures stand in a quote; of one without a figure, whose own quote touches it."""
    text = document.package.by_id("clauses")[clause_id]["text"]
    start = text.index(quote)
    end = start + len(quote)
    for target in document.targets.get(clause_id, ()):
        own = text.index(target.quote)
        first, last = target.figure or (own, own + len(target.quote))
        if first < end and start < last:
            yield target
