"""SQL in the reader's own browser, on the published database: what the page and its script start from.

Comes in: the downloads, the queries of the database. Goes out: one page, data/sql.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from openplans import routes
from openplans.database.examples import filled
from openplans.database.metadata import titled_codes
from openplans.database.queries import Query
from openplans.downloads.files import File
from openplans.pages.common import Json, Shared
from openplans.pages.page import Page
from openplans.text import segmentation

SECONDS = 10
"""How long a query may run before it is ended; the queries to start from take hundredths of a second."""

ROWS = 100_000
"""How many rows of a result are kept: many times those of the largest table, and not more than a phone can hold."""

SHOWN = 1000
"""How many of them are shown; more make a page slow."""

SCHEMA = """SELECT d.table_name, d.column_name, d.title_zh, d.title_en FROM data_dictionary d
JOIN sqlite_schema s ON s.name = d.table_name ORDER BY s.type = 'table', d.rowid"""
"""The views and tables with their columns, views first: a view, then a table, is what a reader wants. A row without
column_name is that of the table itself."""

SUGGESTIONS = {
    "region": """SELECT name_zh, region_code, region_code, name_en FROM regions
WHERE region_code IN (SELECT region_code FROM plans) ORDER BY region_code""",
    "concept": "SELECT name_zh, concept_id, concept_id, name_en FROM concepts ORDER BY concept_id",
    "theme": 'SELECT name_zh, theme_id, theme_id, name_en FROM themes ORDER BY "order"',
    "plan": "SELECT plan_id, title_zh, plan_id, title_en FROM plans ORDER BY plan_id",
    "unit": """SELECT o.org_id, r.name_zh || ' ' || o.name_zh, o.org_id, r.name_en || ', ' || o.name_en
FROM organizations o JOIN regions r USING (region_code) ORDER BY o.org_id""",
    "kind": "SELECT DISTINCT kind, '', kind, '' FROM notes ORDER BY kind",
    "year": "SELECT DISTINCT year, '', year, '' FROM target_facts ORDER BY year",
}
"""What can be filled in for a parameter: its value and what it means, in Chinese and in English."""


class SqlQuery(TypedDict):
    """A query to start from."""

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    parameters: dict[str, dict[str, str]]
    sql: str


class Sql(TypedDict):
    """SQL in the browser. `settings` are the script's, but for its
    words; `match`: a full-text query as the index takes it; `due`:
    examples of what is given to the query due_in_year."""

    database: File
    queries: list[SqlQuery]
    settings: Json
    match: str
    due: dict[str, str]


def pages(shared: Shared) -> Iterator[Page]:
    """The SQL page."""
    settings = {
        "seconds": SECONDS, "limit": ROWS, "shown": SHOWN,
        "index": routes.INDEX, "pages": routes.row_pages(),
        "schema": SCHEMA, "suggestions": SUGGESTIONS, "codes": titled_codes(),
    }  # fmt: skip
    queries = filled(shared.facts)
    # As it is typed by hand: the words that stand only where two others meet are left in (database/search.py).
    typed = next(each.example[name] for each in queries for name in each.searched)
    match = " AND ".join(f'"{segmentation.cut(piece)}"' for piece in segmentation.pieces(typed))
    due = {name: value for each in queries if each.name == "due_in_year" for name, value in each.example.items()}
    context = Sql(
        database=shared.downloads.database,
        queries=[_query(each) for each in queries],
        settings=settings,
        match=match,
        due={**due, "region": next(iter(shared.facts.plan.values())).region.region_code},
    )
    yield Page(routes.SQL, "sql", context)


def _query(query: Query) -> SqlQuery:
    return SqlQuery(
        name=query.name,
        title_zh=query.title_zh,
        title_en=query.title_en,
        description_zh=query.description_zh,
        description_en=query.description_en,
        parameters=query.parameters,
        sql=query.served,
    )
