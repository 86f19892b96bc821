"""Everything that the site's search finds, as records: one for each target, task, unit, concept, clause ...

Comes in: the facts. Goes out: Records (record.py) in a fixed order, what plans share (shared.py) before what one has
(of_plan.py). Apart from index.py, which hands them to Pagefind, because what can be found says nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from openplans import routes
from openplans.facts.model import Facts
from openplans.facts.plan import PlanFacts
from openplans.facts.registry import Registry
from openplans.search import of_plan, shared
from openplans.search.record import KINDS, Record
from openplans.text import i18n, traditional
from openplans.text.amounts import Language
from openplans.text.i18n import SOURCE


def records(facts: Facts) -> Iterator[Record]:
    """Everything that can be found, once: what plans share
    first, then plan by plan, each in the order of its tables."""
    for record in (
        *shared.concepts(facts),
        *shared.themes(facts),
        *shared.regions(facts),
        *shared.organizations(facts),
    ):
        yield _aliased(record, facts.registry)
    macros = _macros(facts.registry)
    for record in shared.figures(facts, macros):
        yield _aliased(record, facts.registry)
    for plan in facts.plans:
        for record in _of_plan(plan, facts, macros):
            yield _aliased(replace(shared.placed(plan.plan.region, record), plan_ids=(plan.plan.id,)), facts.registry)


def _macros(registry: Registry) -> dict[str, Any]:
    """The words of the flat tables, by how the fields of their language end."""
    endings: dict[str, Language] = {"": SOURCE, "_en": "en"}
    return {
        end: i18n.macros("flat", language, registry.units, registry.terms, registry.publisher.own)
        for end, language in endings.items()
    }


def _of_plan(plan: PlanFacts, facts: Facts, macros: dict[str, Any]) -> Iterator[Record]:
    """Everything of one plan."""
    yield of_plan.itself(plan.plan)
    yield from of_plan.targets(plan, facts.registry, macros, facts.verdicts)
    yield from of_plan.tasks(plan, facts.registry)
    yield from of_plan.projects(plan)
    yield from of_plan.notes(plan, routes.findings(plan.plan.id if facts.findings_apart else ""))
    yield from of_plan.clauses(plan)


def occurring(found: Iterable[Record]) -> list[str]:
    """Each character of the records that has other forms, with them: "国國"."""
    there = {letter for each in found for text in (each.name, each.text, *each.names, *each.also) for letter in text}
    return [line for line in traditional.lines() if line[0] in there]


def choices(found: Iterable[Record]) -> tuple[tuple[str, ...], frozenset[str]]:
    """What a search can be narrowed to: the kinds that there are records of, in their order, and the themes."""
    there = {(record.kind, record.theme_id) for record in found}
    kinds = {kind for kind, _ in there}
    return tuple(kind for kind in KINDS if kind in kinds), frozenset(theme_id for _, theme_id in there if theme_id)


def _aliased(record: Record, registry: Registry) -> Record:
    """A record with what people type for its theme, for its place and for words that it has.

    The document itself stays as it is: what a plan doesn't write is found in none of its clauses and in no note on
    them, or as what is near.
    """
    theme, place = registry.called("theme", record.theme_id), registry.called("region", record.region_code)
    named, held = (registry.called_for_words(text) for text in (record.name, "\n".join((record.text, *record.also))))
    if record.kind in ("clause", "note"):
        noted = place if record.kind == "note" else ()
        return replace(record, also=(*record.also, *noted), meant=tuple(dict.fromkeys((*named, *held))))
    return replace(record, names=(*record.names, *named), also=(*record.also, *theme, *place, *held))
