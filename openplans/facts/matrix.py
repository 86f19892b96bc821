"""Concepts beside regions: what each promises of the same thing, and how it stands to the region above.

Comes in: the registry, the targets of all plans in the order of the series, and their comparisons. Goes out: which
regions stand side by side, and the matrix of their targets. No words. One pass over the targets for any number of
matrices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openplans.facts import restatements
from openplans.facts.comparison import Comparison, Relation
from openplans.facts.records import Concept, Target, Theme
from openplans.facts.registry import Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """A target in its cell. `relation` and `reference` are None where nothing is to be said; `again`: rows that say the same elsewhere."""

    target: Target
    relation: Relation | None
    reference: Target | None
    again: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A concept with its `cells`, one for each region of the matrix."""

    concept: Concept
    cells: tuple[tuple[Entry, ...], ...]


Cells = Mapping[str, Mapping[str, list[Entry]]]
"""The entries by concept_id and region_code."""


def side_by_side(planned: Iterable[str], registry: Registry, most: int) -> dict[str, list[str]]:
    """The region_codes of each matrix by the region that they are part of: all in one ("") up to `most`, else superiors first, then siblings."""
    codes = sorted(set(planned))
    if len(codes) <= most:
        return {"": codes}
    siblings: defaultdict[str, list[str]] = defaultdict(list)
    for code in codes:
        siblings[registry.regions[code].parent_code].append(code)
    topmost = siblings.pop("", [])
    known = set(codes)
    above = {parent: [code for code in registry.region_chain(parent)[::-1] if code in known] for parent in siblings}
    covered = {code for chain in above.values() for code in chain}
    alone = {code: [code] for code in topmost if code not in covered}
    return dict(sorted({**alone, **{parent: above[parent] + below for parent, below in siblings.items()}}.items()))


def cells(targets: Iterable[Target], compared: Mapping[str, Comparison]) -> Cells:
    """The targets of each concept and region, those for the whole region first, then by year."""
    found: defaultdict[str, defaultdict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for first, *again in restatements.grouped(targets):
        beside = compared.get(first.target_id)
        entry = Entry(
            first,
            beside.relation if beside else None,
            beside.reference if beside else None,
            tuple(again),
        )
        found[first.concept_id][first.region.region_code].append(entry)
    return found


def matrix(registry: Registry, found: Cells, codes: list[str]) -> dict[Theme, list[MatrixRow]]:
    """The themes in order, each with its concepts: those that most of the regions promise first, with cells in the order of `codes`."""
    by_theme: defaultdict[str, list[MatrixRow]] = defaultdict(list)
    for concept_id, concept in registry.concepts.items():
        entries = tuple(tuple(found.get(concept_id, {}).get(code, ())) for code in codes)
        if any(entries):
            by_theme[concept.theme_id].append(MatrixRow(concept, entries))
    return {
        theme: sorted(by_theme[theme.theme_id], key=lambda row: -sum(map(bool, row.cells)))
        for theme in registry.in_order(set(by_theme))
    }
