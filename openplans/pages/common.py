"""What several families of pages draw on: the facts, the downloads, the charts.

Comes in: the facts and what was made of them. Goes out: Shared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypedDict

from openplans import routes
from openplans.downloads import Downloads
from openplans.downloads.files import File
from openplans.facts.comparison import Comparison
from openplans.facts.model import Facts
from openplans.facts.promises import Promise
from openplans.facts.records import Observation, Plan, Retired, Target, Update
from openplans.facts.registry_records import Concept, Region
from openplans.facts.verdicts import Verdict
from openplans.packages.history import DayOfChanges as ToldDay
from openplans.packages.read import Package
from openplans.pages import months
from openplans.pages.concept_charts import ConceptChart
from openplans.pages.months import MonthPage
from openplans.pages.warned import Warned, warned_rows
from openplans.problems import Problem

_TABLES = {
    **{"t": "targets", "b": "baselines", "k": "tasks", "p": "projects", "c": "clauses", "n": "notes"},
    "u": "updates",
}
"""The table of a plan, whose rows have a place on a page of it, by the letter of its ids."""

_SHOWN = {"observations", "concepts", "organizations", "organization_names", "themes"}
"""The tables of what several plans share whose rows have pages, or stand on one."""

CHARTS_SHOWN = 6
"""How many small charts the home page and a plan's page show."""


Json = Mapping[str, object]
"""What is written as JSON as it is."""


Verdicts = Mapping[str, Verdict]
"""By target_id."""

Conflicts = Mapping[str, tuple[str, str]]
"""By target_id the page and the fragment of the finding that shows what contradicts it."""


class Upkeep(TypedDict):
    """Where a row is kept: the `file` from the root of the repository, the `line` in it as it was built; the page
    that tells what last changed in it, "" where nothing did; what the check found odd in it and let pass."""

    file: str
    line: int
    changes: str
    warned: list[Warned]


Upkeeps = Mapping[str, Upkeep]
"""By the row's id."""


WarnedRows = Mapping[str, list[Warned]]
"""The rows, and packages, in which the check found something odd, by their ids."""


class StepRow(TypedDict):
    """What is promised for one time: the row that states it first. `number`: its value in the concept's unit, None
    where that is the number printed; `compared`: how it stands to the region above, whose row is on `reference_page`;
    None where there is none."""

    target: Target
    number: Decimal | None
    compared: Comparison | None
    reference_page: str
    verdict: Verdict


class PromiseRow(TypedDict):
    """A promise with its `steps`; `indicator`: the page that has it among those of its concept; `conflict`: page and
    fragment of the finding that shows what contradicts it; `figures`: the actual ones that are of no concept but of its
    rows; `updates`: reports of progress of any of them."""

    promise: Promise
    steps: list[StepRow]
    indicator: str
    conflict: tuple[str, str] | None
    figures: list[Observation]
    updates: list[Update]


class RegionPart(TypedDict):
    """A region that has a list of its own, and how much that holds."""

    region: Region
    count: int


class RetiredRow(TypedDict):
    """A row that was removed; `successor`: page and fragment of the one that took its place, None where there is none
    to see; `changes`: the page that tells of its removal; `warned`: what the check found odd in its row."""

    retired: Retired
    successor: tuple[str, str] | None
    changes: str
    warned: list[Warned]


class Subscriptions(TypedDict):
    """How to be told of what changes and what falls due: a calendar
    and a feed to subscribe to, None where there is none."""

    calendar: File | None
    feed: File | None


@dataclass(frozen=True)
class Shared:
    """What several pages draw on: the facts, the downloads, the charts by concept, the kinds of records that a search
    finds; `warnings`: what the check found odd and let pass."""

    facts: Facts
    downloads: Downloads
    charts: dict[str, ConceptChart]
    found_kinds: tuple[str, ...] = ()
    found_themes: frozenset[str] = frozenset()
    found_regions: tuple[str, ...] = ()
    """The region_codes that have a search index of their own; none where there is one for all."""
    warnings: tuple[Problem, ...] = ()
    history: tuple[ToldDay, ...] = ()
    """What every day changed, the newest first; nothing where git knows of none."""

    def verdicts(self, targets: Iterable[Target]) -> dict[str, Verdict]:
        """The verdicts on these targets by target_id. A page is given what it shows and no more: it is made again, and
        sent to a worker, with all that it was given."""
        return {target.target_id: self.facts.verdicts[target.target_id] for target in targets}

    def conflicts(self, targets: Iterable[Target]) -> Conflicts:
        """What contradicts those of these targets that something contradicts."""
        found = {target.target_id: self.facts.contradiction(target) for target in targets}
        return {target_id: place for target_id, place in found.items() if place}

    def concepts(self, figures: Iterable[Observation]) -> dict[str, Concept]:
        """The concepts that actual figures are of, by id."""
        return {each.concept_id: self.facts.registry.concepts[each.concept_id] for each in figures if each.concept_id}

    def targets(self, figures: Iterable[Observation]) -> dict[str, Target]:
        """The targets that the other figures are of, by id."""
        return {each.target_id: self.facts.targets[each.target_id] for each in figures if each.target_id}

    def plans(self, plan_ids: Iterable[str]) -> dict[str, Plan]:
        """These plans by id, in the order of all, which is that of their ids."""
        return {plan_id: self.facts.plan[plan_id] for plan_id in sorted(set(plan_ids))}

    @cached_property
    def parts(self) -> list[RegionPart]:
        """The regions that have a list of their plans of their own; none where one list holds all plans."""
        regions = self.facts.registry.regions
        return [RegionPart(region=regions[code], count=len(own)) for code, own in self.facts.parts.items()]

    @cached_property
    def months(self) -> list[MonthPage]:
        """The pages that tell what changed."""
        return months.parts(self.history)

    @cached_property
    def telling(self) -> Mapping[str, list[str]]:
        """By the id of a row, the pages that tell what changed in it, the newest first."""
        return months.telling(self.months)

    def place(self, row_id: str) -> tuple[str, str] | None:
        """The page and the fragment of a plan's row that is there."""
        plan_id, _, fragment = row_id.rpartition("-")
        package, table = self._packages.get(plan_id), _TABLES.get(fragment[:1])
        if package is None or table is None or package.kind != "plan" or row_id not in package.by_id(table):
            return None
        return routes.plan(plan_id, routes.ROWS.get(fragment[0], "")), fragment

    @cached_property
    def _packages(self) -> dict[str, Package]:
        return {each.id: each for each in self.facts.packages}

    def upkeep(self, package_id: str, *tables: str) -> Upkeeps:
        """How the rows of a package's tables are kept, by their ids."""
        kept = [self._packages[package_id].tables[name] for name in tables]
        rows = ((str(row[table.columns[0]]), table.file, row.line) for table in kept for row in table.rows)
        return {
            row_id: Upkeep(
                file=file,
                line=line,
                changes=self.telling.get(row_id, [""])[0],
                warned=self._warned_of.get(row_id, []),
            )
            for row_id, file, line in rows
        }

    def upkeep_of(self, figures: Iterable[Observation]) -> Upkeeps:
        """How these actual figures are kept, by their ids; what is odd in the source is odd in its figures."""
        kept = {each.observation_id: (self._upkeep_of_figures[each.observation_id], each.source) for each in figures}
        return {
            row_id: {**upkeep, "warned": [*upkeep["warned"], *self._warned_of.get(source.source_id, ())]}
            for row_id, (upkeep, source) in kept.items()
        }

    @cached_property
    def _upkeep_of_figures(self) -> Upkeeps:
        [package] = [each for each in self.facts.packages if each.kind == "observations"]
        return self.upkeep(package.id, "observations")

    @cached_property
    def warned(self) -> list[Warned]:
        """Every warning with what it is about."""
        return warned_rows(self.warnings, self.facts.packages)

    @cached_property
    def _warned_of(self) -> WarnedRows:
        found: defaultdict[str, list[Warned]] = defaultdict(list)
        for each in self.warned:
            found[each["id"]].append(each)
        return dict(found)

    @property
    def warned_apart(self) -> list[Warned]:
        """The warnings on what several plans share that no page of its own shows: measures, sources, releases …"""
        return [each for each in self.warned if not each["plan_id"] and each["table"] not in _SHOWN]

    def warned_among(self, ids: Iterable[str]) -> WarnedRows:
        """What the check found odd in these rows, or packages, and let pass; by id, where there is anything."""
        return {each: self._warned_of[each] for each in ids if each in self._warned_of}

    def told(self, path: str) -> Subscriptions:
        """How to be told of what the page at `path` is about."""
        return Subscriptions(calendar=self.downloads.calendars.get(path), feed=self.downloads.feeds.get(path))

    def cards(self, concept_ids: Iterable[str]) -> list[ConceptChart]:
        """The first charts of these concepts."""
        found = (self.charts[each] for each in concept_ids if each in self.charts)
        return [each for each in found if each["form"] != "equal"][:CHARTS_SHOWN]

    def row(self, promise: Promise) -> PromiseRow:
        """A promise as one line of a list."""
        facts = self.facts
        conflicts = (facts.contradiction(each) for each in promise.rows)
        reports = (facts.updates.get(each.target_id) for each in promise.rows)
        return PromiseRow(
            promise=promise,
            steps=[self._step(step.target) for step in promise.steps],
            indicator=facts.indicator_page(promise.target) if promise.target.concept else "",
            conflict=next(filter(None, conflicts), None),
            figures=[each for row in promise.rows for each in facts.observed.get(row.target_id, ())],
            updates=list({each.update_id: each for each in reports if each}.values()),
        )

    def _step(self, target: Target) -> StepRow:
        converted = target.converted if target.value_max is None else None
        compared = self.facts.comparisons.get(target.target_id)
        reference = compared.reference if compared else None
        return StepRow(
            target=target,
            number=None if converted == target.value else converted,
            compared=compared,
            reference_page=self.facts.indicator_page(reference) if reference else "",
            verdict=self.facts.verdicts[target.target_id],
        )
