"""How cells and pages look: links to the site, the words of codes, Chinese headings.

Comes in: cells and the metadata. Goes out: markup of cells, and what our templates need. Text of the data is escaped.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from openplans import routes
from openplans.server.plugins.errors import publisher

_ADDRESS = re.compile(rf"{routes.PLANS}/[\w./#-]+")
_PLAN_ID = "[0-9]{6,12}-[a-z0-9-]+-[0-9]{4}(?:-[a-z]{2,})*"
_ROW = re.compile(rf"({_PLAN_ID})-(?P<anchor>([tbkpcn])[0-9]+)")
_ROW_ADDRESS = re.compile(rf"{routes.PLANS}/({_PLAN_ID})/\w+/{re.escape(routes.INDEX)}#(?P<anchor>[tbkpcn][0-9]+)")
_PLAN = re.compile(_PLAN_ID)

SHORT = 400
"""Letters of a cell that is shown whole, as settings.json says; Datasette cuts longer ones, and makes links of
addresses."""

_Titles = tuple[str, dict[str | None, dict[str, dict[str, str]]]]

_known: WeakKeyDictionary[Datasette, _Titles] = WeakKeyDictionary()
"""Per Datasette where its site is and the words of its codes by table and column: asked for every cell, and the same
for all.

The columns of a query (table None) are called by the titles of those that they show, and have their words.
"""


def _noted(datasette: Datasette) -> _Titles:
    """What cells ask for, gathered when they ask first."""
    if datasette not in _known:
        tables: dict[str, dict[str, Any]] = {}
        for database in (datasette._metadata_local.get("databases") or {}).values():
            tables.update(database.get("tables") or {})
        ours = datasette.plugin_config("openplans") or {}
        words: dict[str | None, Any] = {name: table.get("codes") or {} for name, table in tables.items()}
        _known[datasette] = (ours.get("site") or "/", {**words, None: ours.get("titled") or {}})
    return _known[datasette]


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """`plain(template)`: a template that has what the page has, without async and so in a third of the time."""
    without = env.overlay(enable_async=False)

    @pass_context
    def plain(context: Context, template: str) -> Markup:
        return Markup(without.get_template(template).render(context.get_all()))

    env.globals["plain"] = plain


@hookimpl
def render_cell(value: Any, column: str, table: str | None, datasette: Datasette) -> str | None:
    """A link to the site for an address or an id, the word for a code, a number without .0, signs between printed
    cells."""
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, bytes):
        return f"（二进制，{len(value):,} 字节）"  # Datasette's link repeats the whole query in each cell
    if not isinstance(value, str) or not value:
        return None
    site, codes = _noted(datasette)
    if link := on_site(value, column, table):
        return Markup(f'<a class="op-site" href="{escape(site + link)}">{escape(_shown(value))}</a>')
    if word := codes.get(table, {}).get(column, {}).get(value):
        return Markup(f"<span>{escape(word)} <small>{escape(value)}</small></span>")
    if len(value) > SHORT or "://" in value:
        return None
    return value.replace("\u3000", " ｜ ")  # given back as it is too: Datasette would look at it twice more


@hookimpl
def extra_template_vars(datasette: Datasette, database: str | None, request: Request) -> dict[str, Any]:
    """`site`; `publisher`: its name, who is cited, licence; `about(table)`: its metadata; `on_site(id)`: a row's
    address on the site, or None; `sorting(column, down)`; `labelled(columns, words)`."""
    site = _noted(datasette)[0]

    def about(table: str) -> dict[str, Any]:
        return dict(datasette.table_metadata(database, table))

    def linked(row_id: str) -> str | None:
        link = on_site(row_id)
        return link and site + link

    others = [pair for pair in parse_qsl(request.query_string, True) if pair[0] not in ("_sort", "_sort_desc", "_next")]
    begun = datasette.urls.path(f"{request.path}?{urlencode(others)}{'&' if others else ''}")

    def sorting(column: str, down: bool) -> str:
        return f"{begun}{urlencode({'_sort_desc' if down else '_sort': column})}"

    return {
        "site": site,
        "publisher": publisher(datasette),
        "about": about,
        "on_site": linked,
        "sorting": sorting,
        "labelled": _labelled,
    }


def _labelled(columns: list[dict[str, Any]], words: dict[str, str]) -> dict[str, Markup]:
    """Per column how its cells begin, up to their class: the label that phones show, escaped once and not in each
    row."""
    return {
        each["name"]: Markup('<td data-label="{}"').format(words.get(each["name"], each["name"])) for each in columns
    }


def site(datasette: Datasette) -> str:
    """Where the site is: an address, or "/" for the same server."""
    return _noted(datasette)[0]


def row_of(value: str) -> tuple[str, str] | None:
    """The plan and the anchor of a row, by its id or its address:
    330326-pingyang-2025-t001, plans/…/index.html#t001."""
    found = _ROW.fullmatch(value) or _ROW_ADDRESS.fullmatch(value)
    return (found[1], found["anchor"]) if found else None


def on_site(value: str, column: str = "", table: str | None = None) -> str | None:
    """The address below the site's root that a value is or means; of units only those that have tasks."""
    if not value.isascii():
        return None
    if _ADDRESS.fullmatch(value):
        return value
    if row := _ROW.fullmatch(value):
        return routes.in_folder(routes.plan(row[1], routes.ROWS[row[3]]), row["anchor"])
    if _PLAN.fullmatch(value):
        return routes.in_folder(routes.plan(value))
    if column in ("concept_id", "概念编号"):
        return routes.in_folder(routes.indicator(value))
    if column == "theme_id":
        return routes.in_folder(routes.theme(value))
    if column == "单位编号" or (column == "org_id" and table == "responsibilities_named"):
        return routes.in_folder(routes.organization(value))
    return None


def _shown(value: str) -> str:
    """An address in short: what is behind the plan."""
    return value.split("/", 2)[2].replace(f"/{routes.INDEX}", "") if _ADDRESS.fullmatch(value) else value
