"""The database for assistants, over the Model Context Protocol:
the queries at hand as tools, each row with its addresses.

Comes in: the server of the plugin datasette-mcp, where that is installed. Goes out: the same with a tool for each
canned query, and with SQL whose answers and errors are ours. It is stateless, so that each request may come to another
process. What a request may take stands in admission.py.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping
from importlib.util import find_spec
from inspect import Parameter, Signature
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted, Results
from datasette.utils import InvalidSql, validate_sql_select

from openplans import routes
from openplans.server.plugins import presentation
from openplans.server.plugins.arguments import apart
from openplans.server.plugins.errors import words
from openplans.server.plugins.responses import AsgiApp, Receive, Scope, Send

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context, MCPServer

PATH = "/-/mcp"
"""Where datasette-mcp answers, below base_url."""

SQL = (
    "一条只读的 SQL(SQLite)，表和列的含义在 data_dictionary；search_targets 等视图用 search MATCH "
    "escape_fts('词') 检索中文，没有一字不差的，给出相近的(near_fts('词') 这时是 1)。\n"
    "One read-only SQL statement (SQLite); data_dictionary says what tables and columns mean. To search Chinese, use "
    "search_targets and its like: search MATCH escape_fts('words'), which finds what is near "
    "where nothing has them word for word (near_fts('words') is 1 then)."
)
USE = (
    "先看有没有现成的查询(每个查询一个工具)；没有再用 execute_sql，表和列在 get_database_schema，它们的含义在表 "
    "data_dictionary。回答时给出每行的 row_address 和 sentence_address。\n"
    "See first whether a tool asks what you want to know: each query at hand is one. Else use execute_sql: "
    "get_database_schema has the tables and their columns, the table data_dictionary what they mean. Answers cite "
    "row_address and sentence_address of each row."
)
"""How to use the server, told when a conversation begins."""

LISTED = "数据库的名字。\nThe names of the databases."
SCHEMA = (
    "数据库的表、视图和列；每列的含义在注释里。\n"
    "The tables, views and columns of a database; comments say what each column means."
)
TRACED = (
    "每行的 row_address 是它在网站上的地址，sentence_address 是文件里那一句原文的地址；引用时请一并给出。\n"
    "In each row row_address leads to it on the site, sentence_address to its sentence in the document: cite them."
)

SERVED = find_spec("datasette_mcp") is not None
"""Whether the plugin is installed: a plain Datasette does without."""

ToolResult = dict[str, Any]
Tool = Callable[..., Awaitable[ToolResult]]

_servers: WeakKeyDictionary[Datasette, MCPServer] = WeakKeyDictionary()
"""Of each Datasette its server for assistants."""


@hookimpl(trylast=True)
def register_mcp_tools(datasette: Datasette, mcp: MCPServer) -> None:
    """Add our tools to those of the plugin; its own for SQL gives rows without their addresses."""
    from mcp.types import ToolAnnotations

    _servers[datasette] = mcp
    logging.getLogger("mcp").setLevel(logging.WARNING)  # else each wrong query is a page of log
    mcp._lowlevel_server.instructions = USE  # the plugin has given its own, and there is no other way to replace them
    reading = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for name, run, title, about in (
        ("list_databases", _databases, "数据库 / Databases", LISTED),
        ("get_database_schema", _schema, "表和列 / Tables and columns", SCHEMA),
    ):
        mcp.remove_tool(name)
        mcp.add_tool(run(datasette), name=name, title=title, description=about, annotations=reading)
    mcp.remove_tool("execute_sql")
    for database, about in (datasette._metadata_local.get("databases") or {}).items():
        mcp.add_tool(
            _sql(datasette, database),
            name="execute_sql",
            title="查询数据库 / Query the database",
            description=f"{SQL}\n{TRACED}",
            annotations=reading,
        )
        for name, query in (about.get("queries") or {}).items():
            mcp.add_tool(
                _canned(datasette, database, name, query),
                name=name,
                title=f"{query['title']} / {query['title_en']}",
                description=f"{query['description']}\n{query['description_en']}\n{TRACED}",
                annotations=reading,
            )


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[AsgiApp], AsgiApp]:
    """Make the sessions stateless when the plugin has begun them; at the end take the tools away, by which a Datasette
    that was replaced would stay in memory."""

    def wrap(app: AsgiApp) -> AsgiApp:
        async def stateless(scope: Scope, receive: Receive, send: Send) -> None:
            if server := _servers.get(datasette):
                server.session_manager.stateless = True
            await app(scope, receive, send)
            if server and scope["type"] == "lifespan":
                for tool in await server.list_tools():
                    server.remove_tool(tool.name)

        return stateless

    return wrap


def _canned(datasette: Datasette, database: str, name: str, query: Mapping[str, Any]) -> Tool:
    """The function of a query's tool; its parameters are those of the query."""
    from mcp.server.mcpserver import Context

    async def run(ctx: Context, **given: str) -> ToolResult:
        _refuse_others(ctx, given)
        where = f"/{database}/{name}" + (f"?{urlencode(given)}" if given else "")
        return await _asked(datasette, database, query["sql"], given, _root(datasette, ctx), where)

    found: Tool = _with(run, Context, {each: _parameter(query, each) for each in query["params"]})
    return found


def _databases(datasette: Datasette) -> Tool:
    """The function of the tool that names the databases."""
    from mcp.server.mcpserver import Context

    async def run(ctx: Context) -> ToolResult:
        _refuse_others(ctx, [])
        return {"databases": await _public(datasette)}

    found: Tool = _with(run, Context, {})
    return found


def _schema(datasette: Datasette) -> Tool:
    """The function of the tool that tells what a database has."""
    from mcp.server.mcpserver import Context
    from mcp.server.mcpserver.exceptions import ToolError

    async def run(ctx: Context, database: str) -> ToolResult:
        _refuse_others(ctx, ["database"])
        if database not in (there := await _public(datasette)):
            zh, en = (mark.join(there) for mark in ("、", ", "))
            raise ToolError(f"没有数据库 {database}；有：{zh}。\nThere is no database {database}; there are: {en}.")
        sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type != 'table', type, name"
        found = await datasette.get_database(database).execute(sql)
        return {"database": database, "schema": "".join(f"{text};\n" for (text,) in found.rows)}

    found: Tool = _with(run, Context, {"database": (str, Parameter.empty)})
    return found


async def _public(datasette: Datasette) -> list[str]:
    """The databases that anybody may see; an underscore begins the names of Datasette's own."""
    names = [name for name in datasette.databases if not name.startswith("_")]
    return [each for each in names if await datasette.permission_allowed(None, "view-database", each, default=True)]


def _sql(datasette: Datasette, database: str) -> Tool:
    """The function of the tool for SQL."""
    from mcp.server.mcpserver import Context

    async def run(ctx: Context, sql: str) -> ToolResult:
        _refuse_others(ctx, ["sql"])
        where = f"/{database}?{urlencode({'sql': sql})}"
        return await _asked(datasette, database, sql, {}, _root(datasette, ctx), where)

    found: Tool = _with(run, Context, {"sql": (str, Parameter.empty)})
    return found


def _parameter(query: Mapping[str, Any], name: str) -> tuple[Any, str]:
    """The type and the value of a parameter that is not given, as the query's page has it."""
    from pydantic import Field

    told = f"{query['labels'][name]} / {query['labels_en'][name]}"
    example = query["examples"][name]
    description = f"{told}; e.g. {example}" if example else told
    return Annotated[str, Field(description=description, coerce_numbers_to_str=True)], ""  # 2027 for "2027"


def _refuse_others(ctx: Context, known: Iterable[str]) -> None:
    """A ToolError where an argument was given that the tool hasn't; it would be passed over, and the answer be one to
    another question."""
    from mcp.server.mcpserver.exceptions import ToolError

    given = (ctx.request_context.params or {}).get("arguments") or {}
    if others := sorted(given.keys() - set(known)):
        zh, en = ([mark.join(each) for each in (others, known)] for mark in ("、", ", "))
        raise ToolError(
            f"没有参数 {zh[0]}；有：{zh[1] or '无'}。\nThere is no argument {en[0]}; there are: {en[1] or 'none'}."
        )


def _with(run: Tool, context: type, named: Mapping[str, tuple[Any, Any]]) -> Any:
    """A function with these parameters, for the plugin reads what a tool takes from its signature."""
    kind = Parameter.KEYWORD_ONLY
    given = [Parameter(name, kind, annotation=type_, default=default) for name, (type_, default) in named.items()]
    every = [Parameter("ctx", kind, annotation=context), *given]
    run.__signature__ = Signature(every, return_annotation=dict[str, Any])  # type: ignore[attr-defined]
    run.__annotations__ = {
        "ctx": context,
        **{name: type_ for name, (type_, _) in named.items()},
        "return": dict[str, Any],
    }
    return run


async def _asked(
    datasette: Datasette, database: str, sql: str, given: Mapping[str, str], roots: tuple[str, str], where: str
) -> ToolResult:
    """The answer to a query, within the limits of every other; ToolError in both languages where it fails."""
    from mcp.server.mcpserver.exceptions import ToolError

    site, db = roots
    try:
        validate_sql_select(sql)
        found = await datasette.get_database(database).execute(sql, given, truncate=True, log_sql_errors=False)
        clauses = await _clauses(datasette, database, found)
    except (InvalidSql, MemoryError, QueryInterrupted, sqlite3.Error, sqlite3.Warning) as error:
        raise ToolError(words(error)) from None
    columns = apart(found.columns)
    rows = []
    for row in found.rows:
        plain = _plain(columns, row)
        rows.append(plain | {name: each for name, each in _addresses(row, clauses, site).items() if name not in plain})
    return {"columns": columns, "rows": rows, "truncated": found.truncated, "address": db + where}


async def _clauses(datasette: Datasette, database: str, found: Results) -> dict[str, str]:
    """The clause of each task of an answer: other rows stand in the document under their own name."""
    tasks = sorted({f"{plan}-{anchor}" for row in found.rows for plan, anchor in _named(row) if anchor[0] == "k"})
    if not tasks:
        return {}
    sql = f"SELECT task_id, clause_id FROM tasks WHERE task_id IN ({', '.join('?' for _ in tasks)})"
    return dict((await datasette.get_database(database).execute(sql, tasks)).rows)


def _named(row: Iterable[Any]) -> list[tuple[str, str]]:
    """The rows of plans that a row names, by id or by address: plan and anchor, its own first."""
    cells = [each for each in row if isinstance(each, str)]
    found = [presentation.row_of(each) for each in cells]
    return [each for each in found if each]


def _addresses(row: Iterable[Any], clauses: Mapping[str, str], site: str) -> dict[str, str]:
    """Where a row stands on the site, and where its sentence does."""
    named = _named(row)
    if not named:
        link = next(filter(None, (presentation.on_site(each) for each in row if isinstance(each, str))), None)
        return {"row_address": site + link} if link else {}
    plan, anchor = named[0]
    sentence = clauses.get(f"{plan}-{anchor}", f"{plan}-{anchor}").removeprefix(f"{plan}-")
    return {
        "row_address": site + str(presentation.on_site(f"{plan}-{anchor}")),
        "sentence_address": site + routes.in_folder(routes.plan(plan, "text"), sentence),
    }


def _plain(columns: Iterable[str], row: Iterable[Any]) -> dict[str, Any]:
    """A row as JSON has it: bytes, of which the data has none, as their number, and nothing for what is no number."""
    return dict(zip(columns, map(_cell, row), strict=True))


def _cell(value: Any) -> Any:
    if isinstance(value, float) and not isfinite(value):
        return None
    return len(value) if isinstance(value, bytes) else value


def _root(datasette: Datasette, ctx: Context) -> tuple[str, str]:
    """Where site and Datasette are: as the operator says, else where the request was sent to."""
    request: Any = ctx.request_context.request
    here = f"{request.url.scheme}://{request.headers['host']}"
    site = presentation.site(datasette)
    return site if "://" in site else here + site, here + datasette.setting("base_url").rstrip("/")
