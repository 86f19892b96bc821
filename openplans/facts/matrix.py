"""Concepts beside regions: what each promises of the same thing.

Comes in: the registry and the answers of all plans. Goes out: which regions stand side by side, and the matrix of their
promises. No words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openplans.facts.answers import Answer
from openplans.facts.promises import Promise
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Concept, Theme


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A concept with its `cells`, one for each region of the matrix."""

    concept: Concept
    cells: tuple[tuple[Promise, ...], ...]

    @property
    def spread(self) -> int:
        """How many regions of the matrix promise it."""
        return sum(map(bool, self.cells))


def side_by_side(planned: Iterable[str], registry: Registry, most: int) -> dict[str, list[str]]:
    """The region_codes of each matrix by the region that they are part of:
    all in one ("") up to `most`, else superiors first, then siblings."""
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


def matrix(registry: Registry, answers: Mapping[str, Answer], codes: list[str]) -> dict[Theme, list[MatrixRow]]:
    """The themes in order, each with its concepts: those that most of
    the regions promise first, with cells in the order of `codes`."""
    by_theme: defaultdict[str, list[MatrixRow]] = defaultdict(list)
    for answer in answers.values():
        of_region = {ask.region.region_code: ask.promises for ask in answer.asks}
        row = MatrixRow(answer.concept, tuple(of_region.get(code, ()) for code in codes))
        if row.spread:
            by_theme[answer.concept.theme_id].append(row)
    return {
        theme: sorted(by_theme[theme.theme_id], key=lambda row: -row.spread)
        for theme in registry.in_order(set(by_theme))
    }
