"""What all plans share, as records: regions, organizations, themes, concepts, units of measure, English terms.

Comes in: a linked World. Goes out: a Registry. `part_for` keeps what one plan needs of it, so that the facts of a plan
depend on nothing else and can be kept by the hash of what went in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Context, Decimal
from functools import cached_property
from itertools import groupby
from typing import Any, TypeVar

from openplans.facts.registry_records import Concept, Organization, Region, Release, ReleaseChange, Theme, Unit
from openplans.packages.link import World
from openplans.packages.publisher import Publisher, publisher
from openplans.packages.read import Package

T = TypeVar("T")

_DIGITS = Context(prec=10)
"""A converted value has as many digits as the pages show; a division may not end."""


@dataclass(frozen=True)
class Registry:
    """Every index is keyed by the id of its table, in the registry's order; `spellings`: the names of an organization
    that plans use, by org_id; `terms`: the English of the documents' own words; `unit_names`: the names of all units,
    by which figures are read; `aliases`: what people type for a row of the registry or for a word of the plans, by its
    kind and id; `releases`: the versions of the data, the newest first; `publisher`: whose root it is."""

    regions: Mapping[str, Region]
    organizations: Mapping[str, Organization]
    spellings: Mapping[str, tuple[str, ...]]
    themes: Mapping[str, Theme]
    concepts: Mapping[str, Concept]
    units: Mapping[str, Unit]
    terms: Mapping[str, str]
    unit_names: tuple[str, ...]
    aliases: Mapping[tuple[str, str], tuple[str, ...]]
    releases: tuple[Release, ...] = ()
    publisher: Publisher = field(default_factory=Publisher)

    def called(self, kind: str, key: str) -> tuple[str, ...]:
        """What people type for a row of the registry: its aliases."""
        return self.aliases.get((kind, key), ())

    def called_for_words(self, text: str) -> tuple[str, ...]:
        """What people type for words of a text: the aliases of those that it has."""
        return tuple(name for word, names in self._called_words if word in text for name in names)

    @cached_property
    def _called_words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The words that are called otherwise too; looked for in every record of the search."""
        return tuple((word, names) for (kind, word), names in self.aliases.items() if kind == "word")

    def part(self, region_code: str) -> str:
        """What long lists are cut by: the region below the province
        that this one is or lies in, or the province by itself."""
        return self.region_chain(region_code)[-2:][0]

    def crowded(self, region_codes: Iterable[str], most: int) -> frozenset[str]:
        """The topmost regions, provinces as a rule, in which more than `most` of these lie."""
        counts = Counter(self.region_chain(each)[-1] for each in region_codes)
        return frozenset(code for code, count in counts.items() if count > most)

    def listed_in(self, region_code: str, crowded: frozenset[str]) -> str:
        """The region whose list has this one: the topmost above it or, where that is crowded, the one below that."""
        down = self.region_chain(region_code)[::-1]
        return down[:2][-1] if down[0] in crowded else down[0]

    def region_chain(self, region_code: str) -> list[str]:
        """A region and those above it, nearest first."""
        chain: list[str] = []
        while region_code in self.regions and region_code not in chain:
            chain.append(region_code)
            region_code = self.regions[region_code].parent_code
        return chain

    def convert(self, value: Decimal, unit: str, to: str) -> Decimal | None:
        """`value` of one unit in another; None where they measure different things or one is unknown."""
        source, target = self.units.get(unit), self.units.get(to)
        if not source or not target or source.dimension != target.dimension or not source.factor or not target.factor:
            return None
        return value * source.factor / target.factor

    def amount(self, value: Decimal | None, unit: str, concept: Concept | None) -> Decimal | None:
        """A value in the unit of a concept, without needless
        digits; None where there is none or it cannot be converted.

        A figure printed without a unit counts in the concept's unit where that is a base unit (个, 人, 比值): 12 farms
        are 12. Where it is not (亿元), a bare figure says too little.
        """
        return None if value is None or concept is None else self.in_unit(value, unit, concept.unit)

    def in_unit(self, value: Decimal, unit: str, to: str) -> Decimal | None:
        """A value in another unit, likewise; where neither has one it stays as it is."""
        base = self.units[to].base_unit if to in self.units else ""
        found = value if unit == to else self.convert(value, unit or (base if base == to else ""), to)
        return None if found is None else Decimal(f"{_DIGITS.plus(found).normalize():f}")

    def in_order(self, theme_ids: set[str]) -> list[Theme]:
        """These themes in the order in which readers meet them."""
        return sorted((self.themes[each] for each in theme_ids), key=lambda theme: theme.order)


def registry_of(world: World) -> Registry:
    """The registry of a world as records."""
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for (_, name), org_ids in sorted(world.names.items()):
        for org_id in org_ids:
            spellings[org_id].append(name)
    return Registry(
        regions={key: typed(Region, row) for key, row in world.regions.items()},
        organizations={key: typed(Organization, row) for key, row in world.organizations.items()},
        spellings={org_id: tuple(names) for org_id, names in spellings.items()},
        themes={key: typed(Theme, row) for key, row in world.themes.items()},
        concepts={key: typed(Concept, row) for key, row in world.concepts.items()},
        units={key: typed(Unit, row) for key, row in world.units.items()},
        terms=world.terms,
        unit_names=world.unit_names,
        aliases=_aliases(world),
        releases=tuple(_releases(world)),
        publisher=publisher(world.project.paths, world.project.registry.descriptor),
    )


def _aliases(world: World) -> dict[tuple[str, str], tuple[str, ...]]:
    """What people type for each row of the registry and for words of the plans."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in world.project.registry["aliases"]:
        found[row["kind"], row["id"]].append(row["alias"])
    return {key: tuple(names) for key, names in found.items()}


def _releases(world: World) -> Iterator[Release]:
    """The versions of the data, the newest first, each with all that it changed."""
    told = world.project.registry["releases"]
    for (version, date), rows in groupby(told, key=lambda row: (row["version"], row["date"])):
        yield Release(version=version, date=date, changes=tuple(typed(ReleaseChange, row) for row in rows))


def part_for(registry: Registry, plan: Package, overall_theme: str) -> Registry:
    """What the facts of one plan need of the registry."""
    concepts = _of(registry.concepts, plan, "concept_id", "targets", "baselines")
    themes = {
        overall_theme,
        *(each.theme_id for each in concepts.values()),
        *(row["theme_id"] for name in ("tasks", "targets") for row in plan[name] if row["theme_id"]),
    }
    units = {row["unit"] for name in ("targets", "baselines") for row in plan[name]}
    units |= {each.unit for each in concepts.values()}
    units |= {registry.units[each].base_unit for each in units if each in registry.units}
    chain = registry.region_chain(plan.descriptor["region_code"])
    printed = {row["indicator"] for row in plan["targets"]} | {row["scope"] for row in plan["targets"]}
    return Registry(
        regions={code: registry.regions[code] for code in chain},
        organizations=_of(registry.organizations, plan, "org_id", "responsibilities"),
        spellings={},
        themes={key: row for key, row in registry.themes.items() if key in themes},
        concepts=concepts,
        units={key: row for key, row in registry.units.items() if key in units},
        terms={term: registry.terms[term] for term in sorted(printed) if term in registry.terms},
        unit_names=registry.unit_names,
        aliases={},
    )


def typed(record: type[T], row: Mapping[str, Any], **joined: Any) -> T:
    """A record of the columns of a row that it has, and what is joined to it."""
    columns = {each.name: row[each.name] for each in fields(record) if each.name not in joined}  # type: ignore[arg-type]
    return record(**columns, **joined)


def _of(index: Mapping[str, T], plan: Package, column: str, *tables: str) -> dict[str, T]:
    """The rows of an index that tables of a plan name, in the index's order."""
    used = {row[column] for table in tables for row in plan[table]}
    return {key: row for key, row in index.items() if key in used}
