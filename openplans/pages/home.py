"""The home page: what this is, where to start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypedDict

from openplans import routes
from openplans.downloads import catalog, flat
from openplans.downloads.files import File
from openplans.facts.derived import Finding
from openplans.facts.model import Facts
from openplans.facts.promises import Promise, coming
from openplans.facts.records import Observation, Plan
from openplans.facts.registry_records import Concept, Region, Release, Theme
from openplans.pages.common import Json, PromiseRow, Shared
from openplans.pages.concept_charts import ConceptChart
from openplans.pages.page import Page
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES

CHANGES_SHOWN = 2
PLACES_SHOWN = 24
DUE_SHOWN = 5
FIGURES_SHOWN = 5
"""How many versions of the data that changed something for readers, places and plans, promises of the next year and
newest actual figures the home page tells of."""


class DueShort(TypedDict):
    """How many promises of a plan have a step due in a year."""

    plan: Plan
    count: int


class Home(TypedDict):
    """The front page. `places`: the first regions with a plan, `place_count` of them; `year`: the next in which
    something is due, `due_count` of it, `due` then by plan where these are few, `due_rows`: the first of it; `themes`
    with how many promises they have; `finding`: one contradiction; `figures`: the newest actual figures; `plans`: the
    first; `releases`: the newest that changed something for readers, `history`: there are pages of all changes;
    `targets`: the table of all targets by language; `archive`: all packages."""

    counts: dict[str, int]
    places: list[Region]
    place_count: int
    year: int | None
    due_count: int
    due: list[DueShort]
    due_rows: list[PromiseRow]
    themes: list[tuple[Theme, int]]
    finding: Finding | None
    finding_at: tuple[str, str] | None
    figures: list[Observation]
    concepts: Mapping[str, Concept]
    plans: list[Plan]
    charts: list[ConceptChart]
    indicator_count: int
    releases: list[Release]
    history: bool
    targets: dict[Language, File]
    archive: File
    dataset: Json


def pages(shared: Shared) -> Iterator[Page]:
    """The home page."""
    facts = shared.facts
    plans = list(facts.plan.values())
    regions = {plan.region.region_code: plan.region for plan in plans}
    spread = facts.series.groupby("concept_id")["region_code"].nunique()
    order = {concept_id: place for place, concept_id in enumerate(facts.registry.concepts)}
    nearest = coming(facts.promises, facts.as_of)
    year = nearest[0] if nearest else None
    soon = [each for each in facts.promises if year in each.years]
    finding, figures = _finding(facts), _newest(facts)
    context = Home(
        counts=_counts(facts),
        places=[regions[code] for code in sorted(regions)][:PLACES_SHOWN],
        place_count=len(regions),
        year=year,
        due_count=len(soon),
        due=_by_plan(facts, soon) if len(plans) <= PLACES_SHOWN and not facts.parts else [],
        due_rows=[shared.row(each) for each in _most_shared(facts, soon)],
        themes=[(each.theme, len(each.promises)) for each in facts.themes if each.promises],
        finding=finding,
        finding_at=(routes.findings(finding.plan_id if facts.findings_apart else ""), finding.id) if finding else None,
        figures=figures,
        concepts=shared.concepts(figures),
        plans=plans[:PLACES_SHOWN],
        charts=shared.cards(sorted(shared.charts, key=lambda each: (-int(spread.get(each, 0)), order[each]))),
        indicator_count=sum(map(facts.shows, facts.registry.concepts)),
        releases=_told(facts.registry.releases),
        history=bool(shared.months),
        targets={each: shared.downloads.flat[flat.TARGETS, each].for_excel for each in LANGUAGES},
        archive=shared.downloads.everything.whole["zip"],
        dataset=catalog.schema_org(shared.downloads.everything, shared.downloads.site),
    )
    yield Page(routes.HOME, "home", context)


def _counts(facts: Facts) -> dict[str, int]:
    """Different promises, the places that state them, and what else there is."""
    plans = facts.plan.values()
    return {
        "plans": len(facts.plan),
        "promises": len(facts.promises),
        "statements": len(facts.targets),
        "tasks": sum(plan.counts.tasks for plan in plans),
        "organizations": len(facts.organizations),
    }


def _by_plan(facts: Facts, soon: list[Promise]) -> list[DueShort]:
    """How many promises of each plan are due."""
    counts = Counter(each.target.plan_id for each in soon)
    return [DueShort(plan=plan, count=counts[plan_id]) for plan_id, plan in facts.plan.items() if counts[plan_id]]


def _most_shared(facts: Facts, soon: list[Promise]) -> list[Promise]:
    """Of what is due, the concepts that most regions promise, each once: what most readers look for."""
    asked = {concept_id: len(answer.asks) for concept_id, answer in facts.answers.items()}
    first: dict[str, Promise] = {}
    for each in soon:
        if each.target.concept_id and each.target.value is not None:
            first.setdefault(each.target.concept_id, each)
    return sorted(first.values(), key=lambda each: -asked[each.target.concept_id])[:DUE_SHOWN]


def _finding(facts: Facts) -> Finding | None:
    """One contradiction whose two sides state a number each, and not the same one."""
    for each in (each for each in facts.findings if each.kind == "conflict" and len(each.sides) > 1):
        values = {side.figures[0].value if len(side.figures) == 1 else None for side in each.sides}
        if len(values) > 1 and None not in values:
            return each
    return None


def _told(releases: tuple[Release, ...]) -> list[Release]:
    """The newest releases that changed something for readers: more aliases or another column are news for reusers."""
    return [each for each in releases if each.for_readers][:CHANGES_SHOWN]


def _newest(facts: Facts) -> list[Observation]:
    """The actual figures that were published last, of regions that have a plan."""
    found = [
        each
        for each in facts.observations
        if each.concept_id and each.source.published and not each.reference and not each.replaced_by
    ]
    return sorted(found, key=lambda each: (str(each.source.published), str(each.time.end)), reverse=True)[
        :FIGURES_SHOWN
    ]
