"""The records of the registry: what all plans share.

Comes in: nothing. Goes out: frozen, typed records, each with columns of its table, as openplans/schema/registry.json
calls them. Apart from records.py, because these lead nowhere: the rows of plans lead to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from openplans import routes


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of the registry; `parent_code` is "" at the top."""

    region_code: str
    name_zh: str
    name_en: str
    level: str
    parent_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme of the registry."""

    theme_id: str
    name_zh: str
    name_en: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseChange:
    """One thing that a release changed. `audience`: readers, or reusers of the data."""

    audience: str
    change_zh: str
    change_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version of all data, its `date` as YYYY-MM-DD, and what it changed; what readers care for most comes first."""

    version: str
    date: str
    changes: tuple[ReleaseChange, ...]

    @property
    def for_readers(self) -> tuple[ReleaseChange, ...]:
        """What of it the home page and the feeds tell: aliases, columns and files are news for reusers only."""
        return tuple(each for each in self.changes if each.audience == "readers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of measure; `factor` times a value gives it in the base unit."""

    unit: str
    name_en: str
    dimension: str
    base_unit: str
    factor: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """An indicator that several plans can share: its unit, direction (`better`) and nature (rate or total). `subject`:
    the thing that it measures, shared by its level, growth and ratio; "" where no other concept is of it."""

    concept_id: str
    name_zh: str
    name_en: str
    unit: str
    better: str
    nature: str
    theme_id: str
    subject: str
    definition_zh: str
    definition_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A bureau or another body that answers for tasks."""

    org_id: str
    region_code: str
    name_zh: str
    name_en: str
    kind: str

    @property
    def path(self) -> str:
        """Its page."""
        return routes.organization(self.org_id)
