"""The queries to start from, and the links by which pages open them.

Comes in: queries.toml. Goes out: Query values for Datasette and for the SQL page of the site, and addresses below
Datasette's own: of a query with its parameters, and of a table or view with filters.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openplans import routes
from openplans.database import tables
from openplans.schema import vocabulary

_WORDED = re.compile(r"\{words:(\w+)\.(\w+):([\w.]+)\}")
"""{words:table.column:value} in queries.toml: the word of a code of that column, which `value` gives."""


@dataclass(frozen=True)
class Query:
    """A query with its explanation. `parameters`: name -> zh, en, example (from the data: examples.py), and `cut` where
    openplans.text.segmentation.query has to make an FTS5 query of what is typed; `fits`: the kinds of pages that link
    to it."""

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    fits: tuple[str, ...]
    parameters: dict[str, dict[str, str]]
    sql: str

    @property
    def example(self) -> dict[str, str]:
        """Parameters with which it answers on the real data."""
        return {name: words["example"] for name, words in self.parameters.items()}

    @property
    def searched(self) -> list[str]:
        """The parameters that are words to search for."""
        return [name for name, words in self.parameters.items() if "cut" in words]

    @property
    def served(self) -> str:
        """Its SQL where the functions escape_fts, which cuts what is typed,
        and near_fts are at hand: in Datasette and on the SQL page."""
        sql = self.sql
        for name in self.searched:
            sql = sql.replace(f"MATCH :{name}", f"MATCH escape_fts(:{name})")
        return sql

    def address(self, **parameters: str) -> str:
        """Its address below Datasette's, with parameters; those not given are left open."""
        return routes.in_database(self.name, **{name: parameters.get(name, "") for name in self.parameters})


@dataclass(frozen=True)
class QueryLink:
    """How a page opens a query: `address` below Datasette's, `parameters` for the SQL page."""

    name: str
    title_zh: str
    title_en: str
    address: str
    parameters: dict[str, str]


@cache
def queries() -> tuple[Query, ...]:
    """All queries, in the order in which they are listed."""
    declared = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(
        Query(
            **{
                **each,
                "fits": tuple(each["fits"]),
                "parameters": each.get("parameters", {}),
                "sql": _WORDED.sub(_words, each["sql"].strip()),
            }
        )
        for each in declared["query"]
    )


def _words(found: re.Match[str]) -> str:
    """SQL for the Chinese word of a code."""
    table, column, value = found.groups()
    return tables.worded(value, {each.value: each.name_zh for each in vocabulary.codes(table, column).values()})


def fitting(page: str, **known: str) -> list[QueryLink]:
    """The queries that fit a kind of page (plan, indicator, organization,
    calendar, findings, compare ...), with what it knows filled in.

    `known` by the names of parameters: region, unit, concept, year, kind, plan.
    """
    links = []
    for query in queries():
        if page in query.fits:
            given = {name: value for name, value in known.items() if name in query.parameters}
            links.append(QueryLink(query.name, query.title_zh, query.title_en, query.address(**given), given))
    return links


def selected(table: str, **filters: str) -> str:
    """A table or view with filters as SQL, for the SQL page: selected("targets_named", plan_id="x")."""
    conditions = " AND ".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in filters.items())
    return f"SELECT * FROM {table}" + (f" WHERE {conditions}" if conditions else "")
