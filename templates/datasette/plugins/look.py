"""How cells and pages look: links to the site, the words of codes, Chinese headings.

Comes in: cells and the metadata. Goes out: markup of cells, and what our templates need. Text of the data is escaped.
"""

from __future__ import annotations

import re
from typing import Any
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import path_with_replaced_args
from datasette.utils.asgi import Request
from jinja2 import Environment
from markupsafe import Markup, escape

_ADDRESS = re.compile(r"plans/[\w./#-]+")
_ROW = re.compile(r"(\d{6}-[a-z0-9-]+-\d{4})-([tbkpcn])\d+")
_PLAN = re.compile(r"\d{6}-[a-z0-9-]+-\d{4}")
_PAGES = {"t": "targets", "b": "targets", "k": "tasks", "p": "projects", "c": "text", "n": "text"}
"""The page of the site that shows a row, by the letter of its id."""

_known: WeakKeyDictionary[Datasette, tuple[str, dict[str, dict[str, dict[str, str]]]]] = WeakKeyDictionary()
"""Per Datasette where its site is and the codes of its tables: asked for every cell, and the same for all."""


@hookimpl
def startup(datasette: Datasette) -> None:
    """Note what cells ask for."""
    tables = {}
    for database in (datasette._metadata_local.get("databases") or {}).values():
        tables.update(database.get("tables") or {})
    site = (datasette.plugin_config("openplans") or {}).get("site") or "/"
    _known[datasette] = (site, {name: table.get("codes") or {} for name, table in tables.items()})


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """`cells(template, ...)`: the cells of a table by the same templates without async, in a third of the time."""
    plain = env.overlay(enable_async=False)
    env.globals["cells"] = lambda template, **context: Markup(plain.get_template(template).render(context))


@hookimpl
def render_cell(value: Any, column: str, table: str | None, datasette: Datasette) -> str | None:
    """A link to the site for an address or an id, the word for a code, a number without .0, signs between printed cells."""
    if isinstance(value, float):
        return f"{value:.12g}"
    if not isinstance(value, str) or not value:
        return None
    site, codes = _known[datasette]
    if link := _on_site(value, column, table):
        return Markup(f'<a class="op-site" href="{escape(site + link)}">{escape(_shown(value))}</a>')
    if word := codes.get(table, {}).get(column, {}).get(value):
        return Markup(f"{escape(word)} <small>{escape(value)}</small>")
    return value.replace("\u3000", " ｜ ") if "\u3000" in value else None


@hookimpl
def extra_template_vars(datasette: Datasette, database: str | None, request: Request) -> dict[str, Any]:
    """`site`; `about(table)`: its metadata; `on_site(id)`: a row's address on the site, or None; `sorting(column, down)`."""
    site = _known[datasette][0]

    def about(table: str) -> dict[str, Any]:
        return datasette.table_metadata(database, table)

    def on_site(row_id: str) -> str | None:
        link = _on_site(row_id)
        return link and site + link

    def sorting(column: str, down: bool) -> str:
        order = {"_sort_desc": column, "_sort": None} if down else {"_sort": column, "_sort_desc": None}
        return datasette.urls.path(path_with_replaced_args(request, {**order, "_next": None}))

    return {"site": site, "about": about, "on_site": on_site, "sorting": sorting}


def _on_site(value: str, column: str = "", table: str | None = None) -> str | None:
    """The address below the site's root that a value is or means; of units only those that have tasks."""
    if not value.isascii():
        return None
    if _ADDRESS.fullmatch(value):
        return value
    if row := _ROW.fullmatch(value):
        return f"plans/{row[1]}/{_PAGES[row[2]]}/index.html#{value[len(row[1]) + 1 :]}"
    if _PLAN.fullmatch(value):
        return f"plans/{value}/index.html"
    if column in ("concept_id", "概念编号"):
        return f"indicators/{value}/index.html"
    if column == "theme_id":
        return f"themes/{value}/index.html"
    if column == "单位编号" or (column == "org_id" and table == "responsibilities_named"):
        return f"units/{value.replace('-', '/', 1)}/index.html"
    return None


def _shown(value: str) -> str:
    """An address in short: what is behind the plan."""
    return value.split("/", 2)[2].replace("/index.html", "") if _ADDRESS.fullmatch(value) else value
