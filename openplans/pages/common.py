"""What several families of pages draw on: the facts, the downloads, the charts.

Comes in: the facts and what was made of them. Goes out: Shared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openplans.downloads import Downloads
from openplans.facts.model import Facts
from openplans.pages.contexts import Figure, Told
from openplans.problems import Problem

CHARTS_SHOWN = 6
"""How many small charts the home page and a plan's page show."""


@dataclass(frozen=True)
class Shared:
    """What several pages draw on: the facts, the downloads, the figures by concept, the kinds of records that a search finds;
    `warnings`: what the check found odd and let pass."""

    facts: Facts
    downloads: Downloads
    figures: dict[str, Figure]
    found_kinds: tuple[str, ...] = ()
    found_themes: frozenset[str] = frozenset()
    found_regions: tuple[str, ...] = ()
    """The region_codes that have a search index of their own; none where there is one for all."""
    warnings: tuple[Problem, ...] = ()

    def told(self, path: str) -> Told:
        """How to be told of what the page at `path` is about."""
        return Told(calendar=self.downloads.calendars.get(path), feed=self.downloads.feeds.get(path))

    def cards(self, concept_ids: Iterable[str]) -> list[Figure]:
        """The first figures of these concepts that are drawn."""
        found = (self.figures[each] for each in concept_ids if each in self.figures)
        return [each for each in found if each["form"] != "equal"][:CHARTS_SHOWN]
