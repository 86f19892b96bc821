"""References between packages, by explicit tables and never by guess.

Comes in: the packages as read. Goes out: a World, the project with its indexes:
organizations by the names that plans use, concepts, units, regions and themes by
id. What is unknown or ambiguous resolves to nothing here; the checks say so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from openplans.packages.read import Package, Project, Row

OVERALL_THEME = "goals"
"""The theme of targets that belong to no task and no concept: the plan's overall goals."""


def theme_of(own: str, of_concept: str, of_task: str) -> str:
    """The theme of a target: its own, else its concept's, else its task's, else that of the overall goals."""
    return own or of_concept or of_task or OVERALL_THEME


@dataclass(frozen=True)
class World:
    """A project and its indexes. Every index is keyed by the id its table declares; `names_of` has a region's
    spellings, longest first; `terms` is the English of the documents' own words."""

    project: Project
    regions: dict[str, Row]
    organizations: dict[str, Row]
    names: dict[tuple[str, str], frozenset[str]]
    names_of: dict[str, tuple[str, ...]]
    themes: dict[str, Row]
    concepts: dict[str, Row]
    units: dict[str, Row]
    terms: dict[str, str]

    @property
    def unit_names(self) -> tuple[str, ...]:
        """The registry's units, as `quantities.figures` takes them."""
        return tuple(self.units)

    def region_chain(self, region_code: str) -> list[str]:
        """A region and those above it, nearest first; ends at the first unknown code."""
        chain: list[str] = []
        while region_code in self.regions and region_code not in chain:
            chain.append(region_code)
            region_code = self.regions[region_code]["parent_code"]
        return chain

    def organizations_named(self, region_code: str, name: str) -> frozenset[str]:
        """The org_ids that a name means in a region or, where it means none there, in the nearest region above."""
        for code in self.region_chain(region_code):
            if found := self.names.get((code, name)):
                return found
        return frozenset()

    def convert(self, value: Decimal, unit: str, to: str) -> Decimal | None:
        """`value` of one unit in another; None where they measure different things or one is unknown."""
        source, target = self.units.get(unit), self.units.get(to)
        if (
            not source
            or not target
            or source["dimension"] != target["dimension"]
            or not source["factor"]
            or not target["factor"]
        ):
            return None
        factors: tuple[Decimal, Decimal] = source["factor"], target["factor"]
        return value * factors[0] / factors[1]

    def differ(self, first: Row, second: Row) -> bool:
        """Whether two targets state different numbers, or one of
        them none; what cannot be converted is not compared."""
        for name in ("value", "value_max"):
            one, other = first[name], second[name]
            if one is None or other is None:
                if one is not other:
                    return True
            elif first["unit"] == second["unit"]:
                if one != other:
                    return True
            else:
                converted = self.convert(other, second["unit"], first["unit"])
                if converted is not None and converted != one:
                    return True
        return False


def link(project: Project) -> World:
    """Index the registry of a project; a broken registry gives empty indexes."""
    registry = project.registry
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    by_region: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(registry, "organization_names"):
        names[row["region_code"], row["name"]].add(row["org_id"])
        by_region[row["region_code"]].add(row["name"])
    return World(
        project,
        regions=_index(registry, "regions", "region_code"),
        organizations=_index(registry, "organizations", "org_id"),
        names_of={code: tuple(sorted(group, key=lambda name: (-len(name), name))) for code, group in by_region.items()},
        names={key: frozenset(ids) for key, ids in names.items()},
        themes=_index(registry, "themes", "theme_id"),
        concepts=_index(registry, "concepts", "concept_id"),
        units=_index(registry, "units", "unit"),
        terms={row["term"]: row["term_en"] for row in _rows(registry, "terms")},
    )


def _rows(package: Package, table: str) -> list[Row]:
    return package.tables[table].rows if table in package.tables else []


def _index(package: Package, table: str, key: str) -> dict[str, Row]:
    return {row[key]: row for row in _rows(package, table) if row[key]}
