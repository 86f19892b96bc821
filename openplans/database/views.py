"""The views that a reader wants: rows with names beside codes, and the same ranked for search.

Comes in: views.toml. Goes out: View values with their SQL and the words of every column.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from openplans import routes
from openplans.database import tables
from openplans.packages import dataset
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Field, Titled

_PAGE = re.compile(r"\{page:(\w+):([\w.]+):([\w.]+)\}")


@dataclass(frozen=True)
class View:
    """A view: `columns` are fields of a Table Schema, in the order of
    `sql`; `indexed` is the table whose rows it searches, or ""."""

    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    sql: str
    columns: tuple[Field, ...]
    indexed: str = ""

    @property
    def named(self) -> Titled:
        """What it is called, and what it holds."""
        return {
            "name": self.name,
            "title": self.title,
            "title_en": self.title_en,
            "description": self.description,
            "description_en": self.description_en,
        }

    @property
    def ranked(self) -> bool:
        """Whether its rows can be searched and ordered by relevance."""
        return bool(self.columns[-1]["name"] == "search")


@cache
def views() -> tuple[View, ...]:
    """Every view; behind each that has an index, the same with search."""
    declared = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    found = []
    for each in declared["view"]:
        named = _view(each, declared["columns"])
        found.append(named)
        if named.indexed:
            found.append(_searched(named, declared["columns"]))
    return tuple(found)


def dictionary() -> Iterator[dict[str, str]]:
    """The rows of the data dictionary for the views."""
    for view in views():
        yield from dataset.described(view.named, view.columns)


def search_view(table: str) -> str:
    """The view with the rows of a table, ranked."""
    return f"search_{table}"


def _view(declared: dict[str, Any], words: dict[str, list[str]]) -> View:
    sql = _PAGE.sub(_address, declared["sql"].strip()).replace("{period}", _period())
    sql = sql.replace("{figure}", _figure_address())
    head = {name: declared[name] for name in ("name", "title", "title_en", "description", "description_en")}
    columns = tuple(_column(name, declared["of"], words) for name in _selected(sql))
    return View(**head, sql=sql, columns=columns, indexed=declared.get("indexed", ""))


def _searched(named: View, words: dict[str, list[str]]) -> View:
    """A view's rows joined with its index: `search MATCH` finds,
    `ORDER BY relevance` ranks, in any SQLite with FTS5."""
    table, key = named.indexed, named.columns[0]["name"]
    sql = f"""SELECT n.*, i.rank AS relevance, i.{table}_fts AS search
FROM {table}_fts i JOIN {table} x ON x.rowid = i.rowid JOIN {named.name} n ON n.{key} = x.{key}"""
    return View(
        search_view(table),
        named.title.replace("（带名称）", "检索"),
        named.title_en.replace(" with names", ", searched"),
        f"{named.description}；按检索词的相关度排列",
        f"{named.description_en}; ranked by relevance to what is searched",
        sql,
        (*named.columns, _column("relevance", [], words), _column("search", [], words)),
        table,
    )


def _address(found: re.Match[str]) -> str:
    """SQL for the address of a row on a page of its plan."""
    page, plan_id, row_id = found.groups()
    before, behind = routes.in_folder(routes.plan("*", page)).split("*")
    return f"'{before}' || {plan_id} || '{behind}#' || substr({row_id}, length({plan_id}) + 2)"


def _figure_address() -> str:
    """SQL for the address of an actual figure: on the page of its concept, or among the targets where its target is."""
    pages = {"o.concept_id": routes.indicator("*"), "t.plan_id": routes.plan("*", "targets")}
    parts = ((key, routes.in_folder(path).split("*")) for key, path in pages.items())
    found = (f"'{before}' || {key} || '{behind}#'" for key, (before, behind) in parts)
    return f"coalesce({', '.join(found)}) || o.observation_id"


def _period() -> str:
    """SQL for the time of a target in words."""
    annual, average = (vocabulary.codes("targets", "period_basis")[each].name_zh for each in ("annual", "average"))
    return f"""(CASE WHEN t.period_basis = 'by' THEN '到' || t.period_end
    WHEN t.period_start IS NULL OR t.period_start = t.period_end THEN t.period_end
    ELSE CASE t.period_basis WHEN 'annual' THEN '{annual} ' WHEN 'average' THEN '{average} ' ELSE '' END
      || t.period_start || '—' || t.period_end
  END || CASE length(t.period_end) WHEN 4 THEN '年' ELSE '' END)"""


def _selected(sql: str) -> list[str]:
    """The names of the columns that a SELECT of views.toml gives: SQLite itself says, over tables that are empty."""
    return [each[0] for each in _empty().execute(f"SELECT * FROM ({sql}) LIMIT 0").description]


@cache
def _empty() -> sqlite3.Connection:
    """The tables without rows, in memory."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    for resource in (*dataset.resources(), *contract.derived()):
        connection.executescript(tables.create(resource))
    return connection


def _column(name: str, tables: list[str], words: dict[str, list[str]]) -> Field:
    """The words of a column: its own in views.toml, else those of the first table that has it."""
    if name in words:
        title, title_en, *description = words[name]
        return {"name": name, "type": "", "title": title, "title_en": title_en, "description": "".join(description)}
    for table in tables:
        if name in (known := _fields()[table]):
            return known[name]
    raise ValueError(f"views.toml has no words for the column {name!r} of {tables}")


@cache
def _fields() -> dict[str, dict[str, Field]]:
    every = (*dataset.resources(), *contract.derived())
    return {each["name"]: {field["name"]: field for field in each["schema"]["fields"]} for each in every}
