"""Is every English name in terms.csv of something that is said, and has what a plan says one?

Comes in: the plans with the registry. Goes out: terms that no plan says, what is called nearly as one of those, what of
a translated plan has no English name. Apart from names.py, which holds the names of the registry against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from openplans.packages.link import World
from openplans.packages.read import Package, Row, Table
from openplans.rules.hits import Hit, at, once
from openplans.text.likeness import NEAR

SHORTEST_PART = 4
"""Letters: a shorter part of a name is in many."""


def term_unsaid(world: World) -> Iterator[tuple[Package, Hit]]:
    """Every English name in terms.csv is of something that a plan says, or of the scope of an actual figure."""
    registry = world.project.registry
    for row, near in _unsaid(world):
        if near is None:
            yield registry, at(registry.tables["terms"], row, "term", term=row["term"])


def term_nearly_said(world: World) -> Iterator[tuple[Package, Hit]]:
    """What is called nearly as a name in terms.csv that no plan says any more, and has no English name itself, was
    changed by mistake.
    """
    for row, near in _unsaid(world):
        if near is not None:
            plan, table, other, column = near
            yield plan, at(table, other, column, value=other[column], term=row["term"])


FEWEST = 6
"""Things that a plan says: of so many that have an English name but one, or one in ten, those few lost it."""


def term_missing(world: World, plan: Package) -> Iterator[Hit]:
    """What a plan that was translated says has its English name; one that nobody translated yet is another matter."""
    cells = [(plan.tables["targets"], row, "indicator") for row in plan["targets"] if not row["concept_id"]]
    cells += [(plan.tables["targets"], row, "scope") for row in plan["targets"] if row["scope"]]
    nameless = {row[column]: (table, row, column) for table, row, column in cells if row[column] not in world.terms}
    said = {row[column] for _, row, column in cells}
    if len(said) >= FEWEST and len(nameless) <= max(1, len(said) // 10):
        for words, (table, row, column) in nameless.items():
            yield at(table, row, column, value=words)


_Place = tuple[Package, Table, Row, str]
"""A cell, by its row and column."""


@once
def _unsaid(world: World) -> list[tuple[Row, _Place | None]]:
    """The rows of terms.csv that nothing says, each with the cell that says nearly so, if there is one."""
    observations, terms = world.project.observations, world.project.registry["terms"]
    if not observations.sound or not world.project.all_read:
        return []
    said: dict[str, _Place | None] = {}
    for plan in world.project.plans:
        if not plan.descriptor.get("issuer") or not isinstance(plan.descriptor["issuer"], str):
            return []  # what an unreadable plan says is not known
        said[plan.descriptor["issuer"]] = None
        for name, column in (("targets", "scope"), ("targets", "indicator"), ("projects", "name")):
            for row in plan[name]:
                said.setdefault(row[column], None if row.get("concept_id") else (plan, plan.tables[name], row, column))
    scopes = {row["scope"]: None for row in observations["observations"]}
    lost = [row for row in terms if row["term"] not in said.keys() | scopes.keys()] if said else []
    if not lost:
        return []
    printed = "\n".join(row["text"] for plan in world.project.plans for row in plan["clauses"])
    own = {row["term"] for row in terms}
    nameless = {words: place for words, place in said.items() if place and words and words not in own}
    return [(row, _misspelt(_nearly(row["term"], nameless), row["term"], printed)) for row in lost]


def _misspelt(place: _Place | None, term: str, printed: str) -> _Place | None:
    """The cell that says nearly a term; None where documents print more of its letters side by side than of those of
    the term, or as much, and the term lacks its end: then it is the term that is misspelt.
    """
    said = place[2][place[3]] if place else ""
    worse = _unprinted(term, printed) - _unprinted(said, printed)
    cut = said != term and said.startswith(term)
    return None if said and (worse > 0 or (cut and not worse)) else place


def _unprinted(words: str, printed: str) -> float:
    """How many of the pairs of letters of some words stand nowhere side by side in a text, of one."""
    return sum(words[at : at + 2] not in printed for at in range(len(words) - 1)) / max(len(words) - 1, 1)


def _nearly(term: str, nameless: Mapping[str, _Place]) -> _Place | None:
    """The cell that says nearly a term, or a part of it."""
    for words, place in nameless.items():
        if len(words) >= SHORTEST_PART and (words in term or term in words):
            return place
    from rapidfuzz import fuzz, process

    near = process.extractOne(term, list(nameless), scorer=fuzz.ratio, score_cutoff=NEAR)
    return nameless[near[0]] if near else None
