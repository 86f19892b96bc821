"""What Datasette says of the database: titles, licence, sources, labels, facets, the meaning of columns and codes.

Comes in: the schemas, and the facts for who publishes and for examples. Goes out: the metadata that Datasette reads.
`title`, `description`, `columns` and the like are Datasette's own keys; `title_en`, `description_en`, `headings`,
`codes`, `ranked` (the key of a ranked view) and `searched_by` are for our templates and plugins.
"""

from __future__ import annotations

from openplans.database import examples, queries, search, views
from openplans.facts.model import Facts
from openplans.packages import dataset
from openplans.packages.publisher import Publisher
from openplans.routes import DATABASE
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Field, Resource, Titled

TITLE = "Open Plans 计划公开"

PAGE_SIZE = 20
"""Rows a page: two screens on a desk. Its cells are most of what a page costs to make."""

LABELS = {
    "regions": "name_zh",
    "organizations": "name_zh",
    "themes": "name_zh",
    "concepts": "name_zh",
    "units": "unit",
    "plans": "title_zh",
    "tasks": "title",
    "clauses": "text",
    "targets": "indicator",
    "projects": "name",
    "sources": "title",
}
"""The column by which Datasette names a row that a foreign key leads to."""

FACETS = {
    "targets": ["plan_id", "period_end"],
    "tasks": ["plan_id", "theme_id"],
    "responsibilities": ["plan_id", "role"],
    "clauses": ["plan_id", "kind"],
    "notes": ["plan_id", "kind"],
    "projects": ["plan_id", "stage"],
    "figure_references": ["plan_id", "reason"],
    "organizations": ["region_code", "kind"],
    "concepts": ["theme_id"],
    "observations": ["region_code", "period_kind"],
    "comparisons": ["relation", "obstacle"],
    "targets_named": ["region", "theme", "year"],
    "promises_named": ["region", "theme", "verdict"],
    "tasks_named": ["region", "theme"],
    "responsibilities_named": ["region", "role"],
    "projects_named": ["region", "stage"],
    "observations_named": ["region", "period_kind", "kind"],
    "comparisons_named": ["region", "relation"],
    "findings": ["region", "kind"],
    "clauses_named": ["region", "kind"],
    "organizations_named": ["region", "kind"],
    "search_targets": ["region", "theme"],
    "search_tasks": ["region", "theme"],
    "search_clauses": ["region"],
    "search_organizations": ["region"],
}
"""What a reader narrows a list by: few, for each costs every page a query."""

ORDERS = {
    "responsibilities": {"sort": "task_id"},
    "clauses": {"sort": "clause_id"},
    "themes": {"sort": "order"},
    "organizations_named": {"sort_desc": "leads"},
    "tasks_named": {"sort": "task_id"},
    "targets_named": {"sort": "target_id"},
    "promises_named": {"sort": "promise_id"},
    "projects_named": {"sort": "project_id"},
    "responsibilities_named": {"sort": "task_id"},
    "comparisons_named": {"sort": "target_id"},
    "findings": {"sort": "note_id"},
    "clauses_named": {"sort": "clause_id"},
}
"""The order of a list that nobody has sorted, where it is not
that of its key. A ranked view is in the order of relevance."""


def metadata(facts: Facts) -> dict[str, object]:
    """Datasette's metadata of the database of these facts."""
    own = facts.registry.publisher
    plans = f"{len(facts.plans)} 份计划的公开文件，逐份列在 plans"
    plan_tables = {resource["name"] for resource in dataset.resources() if _of_plans(resource)}
    tables = {
        each["name"]: _table(
            each, each["schema"]["fields"], plans if each["name"] in plan_tables else own.publisher, own
        )
        for each in (*dataset.resources(), *contract.derived())
    }
    tables |= {view.name: _view(view, plans, own) for view in views.views()}
    database = {
        "title": "全部计划",
        "title_en": "All plans",
        "description": "省、市、县计划的目标、任务、项目和责任清单，每个数都有原文引句。",
        "description_en": (
            "Targets, tasks, projects and responsibilities of government plans, each figure with its quote."
        ),
        "tables": tables,
        "queries": {query.name: _query(query) for query in examples.filled(facts)},
    }
    return {
        "title": own.name or TITLE,
        "description": "省、市、县计划的目标、任务、项目和责任清单，每个数都能查到原文的那一句。"
        "Targets, tasks, projects and responsibilities of Chinese government plans; each figure leads to its sentence.",
        "license": own.licence.short,
        "license_url": own.licence.path,
        "source": plans,
        "plugins": {
            "openplans": {
                "site": {"$env": "OPENPLANS_SITE"},
                "publisher": {
                    "name": own.name or TITLE,
                    "cited": own.publisher,
                    "licence": own.licence.short,
                    "licence_url": own.licence.path,
                },
                "titled": titled_codes(),
                "files": [each["name"] for each in dataset.resources() if each["name"] != dataset.DICTIONARY["name"]],
            }
        },
        "databases": {DATABASE: database},
    }


def codes(field: Field) -> dict[str, str]:
    """The Chinese word for each code of a column."""
    return {value: code.name_zh for value, code in vocabulary.of_field(field).items()}


def titled_codes() -> dict[str, dict[str, str]]:
    """The same by the titles of columns, as the queries call them: {"比较": {"ge": "不低于"}}."""
    found: dict[str, dict[str, str]] = {}
    for resource in (*dataset.resources(), *contract.derived()):
        for field in resource["schema"]["fields"]:
            known = found.setdefault(field["title"], {})
            for code, word in codes(field).items():
                if known.setdefault(code, word) != word:
                    raise ValueError(f"{field['title']}: {code} is called {known[code]} and {word}")
    return {title: words for title, words in found.items() if words}


def _of_plans(resource: Resource) -> bool:
    return any(field["name"] == "plan_id" for field in resource["schema"]["fields"])


def _table(resource: Titled, fields: list[Field], source: str, own: Publisher) -> dict[str, object]:
    name = resource["name"]
    words = {
        "title": resource["title"],
        "title_en": resource["title_en"],
        "description": resource.get("description", ""),
        "description_en": resource.get("description_en", ""),
        "license": own.licence.short,
        "license_url": own.licence.path,
        "source": source,
        "columns": {each["name"]: "。".join(filter(None, (each["title"], each.get("description")))) for each in fields},
        "headings": {each["name"]: each["title"] for each in fields},
        "codes": {each["name"]: words for each in fields if (words := codes(each))},
        "facets": FACETS.get(name, []),
        "size": PAGE_SIZE,
        **ORDERS.get(name, {}),
    }
    if name in LABELS:
        words["label_column"] = LABELS[name]
    if name in search.INDEXES:
        words["fts_table"] = search.index_name(name)
    return words


def _view(view: views.View, source: str, own: Publisher) -> dict[str, object]:
    words = _table(view.named, list(view.columns), source, own)
    if view.ranked:
        return {**words, "sort": "relevance", "ranked": view.columns[0]["name"]}
    return {**words, "searched_by": views.search_view(view.indexed)} if view.indexed else words


def _query(query: queries.Query) -> dict[str, object]:
    return {
        "sql": query.served,
        "title": query.title_zh,
        "title_en": query.title_en,
        "description": query.description_zh,
        "description_en": query.description_en,
        "params": list(query.parameters),
        "labels": {name: words["zh"] for name, words in query.parameters.items()},
        "labels_en": {name: words["en"] for name, words in query.parameters.items()},
        "examples": {name: words["example"] for name, words in query.parameters.items()},
    }
