"""What is known of each indicator, as one JSON file for machines, and the index of all of them.

Comes in: a concept with its rows in one language. Goes out: plain data, with the addresses of its page, chart and CSV.
Apart from flat.py, whose tables are for people: here stand the definition, the promises, the actual figures and the
documents.
"""

from __future__ import annotations

from openplans import routes
from openplans.downloads.table import Origin, PublishedTable, plain
from openplans.facts.chart_points import Points
from openplans.facts.model import Facts
from openplans.facts.records import Observation, Plan
from openplans.facts.registry_records import Concept
from openplans.text.amounts import Language
from openplans.text.i18n import in_language


def about(facts: Facts, concept: Concept, language: Language, site: str) -> dict[str, object]:
    """What an index says of an indicator."""
    named = in_language(language)
    theme, targets = facts.registry.themes[concept.theme_id], facts.by_concept.get(concept.concept_id, ())
    regions = {each.region.region_code: named(each.region) for each in targets}
    return {
        "id": concept.concept_id,
        "name": named(concept),
        "definition": named(concept, "definition"),
        "unit": concept.unit,
        "better": concept.better,
        "theme": {"id": theme.theme_id, "name": named(theme)},
        "regions": [{"code": code, "name": regions[code]} for code in sorted(regions)],
        "targets": len(targets),
        "observations": len(facts.observed.get(concept.concept_id, ())),
        "page": _page(routes.indicator(concept.concept_id), language, site),
        "json": f"{site}{routes.download(routes.indicator_file(concept.concept_id, language), 'json')}",
    }


def whole(
    facts: Facts, concept: Concept, language: Language, made: Origin, site: str, table: PublishedTable
) -> dict[str, object]:
    """All that is known of an indicator; `table`: its promises."""
    concept_id = concept.concept_id
    plans = {each.plan_id: facts.plan[each.plan_id] for each in facts.by_concept.get(concept_id, ())}
    csv = {
        kind: f"{site}{routes.download(routes.indicator_file(concept_id, language), kind)}"
        for kind in ("csv", "excel.csv")
    }
    return {
        **about(facts, concept, language, site),
        "version": made.version,
        "updated": made.updated,
        "licence": made.licence["path"],
        "chart": chart(facts.chart_points[concept_id], concept_id, language, site)
        if concept_id in facts.chart_points
        else None,
        "files": csv if table.rows else {},
        "fields": _fields(table),
        "rows": _rows(table),
        "actual": [_actual(each, language) for each in facts.observed.get(concept_id, ())],
        "sources": [_source(plan, language, site) for plan in plans.values()],
    }


def _page(page: str, language: Language, site: str) -> str:
    return f"{site}{routes.on_site(routes.edition(page, language))}"


def chart(points: Points, concept_id: str, language: Language, site: str) -> dict[str, str]:
    """The addresses of its chart; one that is only a sentence has no specification."""
    kinds = {"svg": "svg", "png": "png", **({} if points.equal else {"vega_lite": "vl.json", "vega": "vg.json"})}
    files = {name: f"{site}{routes.chart_file(concept_id, kind, language)}" for name, kind in kinds.items()}
    return {**files, "embed": _page(routes.embed(concept_id), language, site)}


def _fields(table: PublishedTable) -> list[dict[str, str]]:
    return [{name: field[name] for name in ("name", "type", "title", "title_en")} for field in table.fields]


def _rows(table: PublishedTable) -> list[dict[str, object]]:
    kinds = [(field["name"], field["type"]) for field in table.fields]
    return [{name: plain(row[name], kind) for name, kind in kinds} for row in table.rows]


def _actual(row: Observation, language: Language) -> dict[str, object]:
    """An actual figure with its source."""
    return {
        "observation_id": row.observation_id,
        "region": in_language(language)(row.region),
        "region_code": row.region.region_code,
        "period": row.period,
        "period_kind": row.period_kind,
        "bound": row.bound,
        "value": plain(row.value, "number"),
        "unit": row.unit,
        "state": row.state,
        "source": {"title": row.source.title, "publisher": row.source.publisher, "url": row.source.url},
    }


def _source(plan: Plan, language: Language, site: str) -> dict[str, str]:
    """A document that promises."""
    return {
        "plan_id": plan.id,
        "title": in_language(language)(plan, "title"),
        "title_zh": plan.title_zh,
        "issuer": plan.issuer,
        "doc_number": plan.doc_number,
        "issued": plan.issued,
        "page": _page(routes.plan(plan.id), language, site),
    }
