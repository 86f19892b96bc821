"""Records of what plans share: concepts, themes, places, units, actual figures.

Comes in: the facts. Goes out: Records in the order of the registry and of the observations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from openplans import routes
from openplans.facts.model import Facts
from openplans.facts.records import Observation, Plan
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Region
from openplans.search.record import NO_LINE, Record
from openplans.text.amounts import amount
from openplans.text.i18n import LANGUAGES
from openplans.text.period import Period


def concepts(facts: Facts) -> Iterator[Record]:
    """The concepts that some plan promises or that have an actual figure:
    only they have a page. What plans call them are names of theirs."""
    called: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for target in facts.targets.values():
        called[target.concept_id][target.indicator] = None
    for concept_id, concept in facts.registry.concepts.items():
        if facts.shows(concept_id):
            theme = facts.registry.themes[concept.theme_id]
            yield Record(
                kind="concept",
                url=routes.in_folder(routes.indicator(concept_id)),
                name=concept.name_zh,
                text=concept.definition_zh,
                names=(concept.name_en, *called[concept_id], *facts.registry.called("concept", concept_id)),
                also=(concept_id, concept.definition_en, theme.name_zh, theme.name_en),
                theme_id=concept.theme_id,
                shown={
                    **_aliases(facts.registry, "concept", concept_id),
                    **{"name_en": concept.name_en, "text_en": concept.definition_en},
                    **{"place": theme.name_zh, "place_en": theme.name_en},
                },
            )


def themes(facts: Facts) -> Iterator[Record]:
    """The themes that have a page."""
    for theme in (each.theme for each in facts.themes):
        yield Record(
            kind="theme",
            url=routes.in_folder(routes.theme(theme.theme_id)),
            name=theme.name_zh,
            names=(theme.name_en, *facts.registry.called("theme", theme.theme_id)),
            theme_id=theme.theme_id,
            shown={"name_en": theme.name_en, **_aliases(facts.registry, "theme", theme.theme_id)},
        )


def regions(facts: Facts) -> Iterator[Record]:
    """The places with a plan."""
    plans: defaultdict[str, list[Plan]] = defaultdict(list)
    for plan in facts.plan.values():
        plans[plan.region.region_code].append(plan)
    for code, found in sorted(plans.items()):
        region = facts.registry.regions[code]
        yield Record(
            kind="region",
            url=routes.in_folder(routes.region(code)),
            name=region.name_zh,
            text="、".join(plan.title_zh for plan in found),
            names=(region.name_en, *facts.registry.called("region", code)),
            also=(code,),
            plan_ids=tuple(plan.id for plan in found),
            shown={"name_en": region.name_en, **_aliases(facts.registry, "region", code)},
        )


def organizations(facts: Facts) -> Iterator[Record]:
    """Every responsible unit once, in its own region, by every spelling that the registry knows."""
    by_id = {each.organization.org_id: each for each in facts.organizations}
    for org_id in dict.fromkeys(row.org_id for plan in facts.plans for row in plan.responsibilities):
        dossier = by_id[org_id]
        organization, region = dossier.organization, dossier.region
        yield Record(
            kind="unit",
            url=routes.in_folder(organization.path),
            name=organization.name_zh,
            text="、".join(sorted({name for part in dossier.plans for name in part.names})),
            names=(
                *facts.registry.spellings.get(org_id, ()),
                organization.name_en,
                *facts.registry.called("organization", org_id),
            ),
            also=(region.name_zh, region.name_en),
            id=org_id,
            plan_ids=tuple(part.plan_id for part in dossier.plans),
            region_code=region.region_code,
            shown={
                **{"name_en": organization.name_en, "place": region.name_zh, "place_en": region.name_en},
                **_aliases(facts.registry, "organization", org_id),
            },
        )


def figures(facts: Facts, macros: dict[str, Any]) -> Iterator[Record]:
    """The published actual figures; those of one thing in one place know how many periods there are."""
    periods: defaultdict[str, set[Period]] = defaultdict(set)
    for row in facts.observations:
        periods[_series(row)].add(row.time)
    for row in facts.observations:
        others = len(periods[_series(row)]) - 1
        yield replace(
            placed(row.region, _figure(row, facts, macros, others)),
            line=(_series(row), _newness(row)) if others else NO_LINE,
        )


def _figure(row: Observation, facts: Facts, macros: dict[str, Any], others: int) -> Record:
    """An actual figure, by value, time and what it is of; there are `others` for other periods. The title of its source
    is only shown: the year in it is seldom that of the figure."""
    name, name_en, theme_id = _of(row, facts)
    zh, en = (str(amount(language, facts.registry.units, row)) for language in LANGUAGES)
    scope = scope_of(row.scope, facts.registry)
    when = {ending: says.time(row).strip() for ending, says in macros.items()}
    return Record(
        kind="figure",
        url=routes.in_folder(*facts.figure_at(row)),
        name=name,
        names=facts.registry.called("concept", row.concept_id),
        also=(name_en, row.concept_id, *scope.values(), *when.values(), *dict.fromkeys((zh, en))),
        id=row.observation_id,
        theme_id=theme_id,
        shown={
            **{f"more{ending}": says.more(row, others).strip() for ending, says in macros.items()},
            **{f"when{ending}": said for ending, said in when.items()},
            **{"amount": zh, "amount_en": en if en != zh else "", "name_en": name_en, "source": row.source.title},
            **scope,
        },
    )


def _of(row: Observation, facts: Facts) -> tuple[str, str, str]:
    """What an actual figure is of, in both languages, and the theme of that."""
    if row.concept_id:
        concept = facts.registry.concepts[row.concept_id]
        return concept.name_zh, concept.name_en, concept.theme_id
    target = facts.targets[row.target_id]
    return target.indicator, target.name_en, target.theme.theme_id


def _series(row: Observation) -> str:
    """The same for all periods of a figure."""
    return f"{row.region.region_code}-{row.concept_id or row.target_id}-{row.scope}"


def _newness(row: Observation) -> float:
    """The end of its period as a number, 2024.1231; what was replaced stands behind all others of its year."""
    return row.time.end.year if row.replaced_by else float(f"{row.time.end:%Y.%m%d}")


def scope_of(scope: str, registry: Registry) -> dict[str, str]:
    """The part of a place, or the definition, that a figure holds for."""
    return {"scope": scope, "scope_en": registry.terms.get(scope, "")} if scope else {}


def placed(region: Region, record: Record) -> Record:
    """A record with its region and the names that the region is found by."""
    return replace(
        record,
        also=(*record.also, region.name_zh, region.name_en),
        region_code=region.region_code,
        shown={**record.shown, "place": region.name_zh, "place_en": region.name_en},
    )


def _aliases(registry: Registry, kind: str, key: str) -> dict[str, str]:
    """The aliases that a record is found by, a line each: the page shows those that were typed."""
    return {"aliases": "\n".join(registry.called(kind, key))}
