"""Search in Chinese: cuts what is typed as the index was cut, and ranks what is found; where nothing is, what is near.

Comes in: ?_search= of a table or view. Goes out: for a table the rows that match; without a wished order the reader is
sent to its ranked view (search_targets ...), whose column `search` matches and whose `relevance` orders.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qsl

from datasette import hookimpl
from datasette.app import Datasette
from datasette.filters import FilterArguments
from datasette.utils.asgi import Request

from openplans.server.plugins.responses import AsgiApp, Receive, Scope, Send
from openplans.text import segmentation

RANKED = re.compile(r"/openplans/(targets|tasks|clauses|organizations|observations)(?:_named)?(\.json|\.csv)?$")
"""Tables and views that have a ranked view."""

FIGURES = "observations_fts"
"""The index of the actual figures."""

NEAR = "openplans.near"
"""Where the scope of a request says whether its search finds only what is near; absent where it is no search."""

ORDERED = {"_sort", "_sort_desc", "_next", "_searchmode"}
"""What a request says where it wants the table itself."""

_ASKED = "SELECT escape_fts(?1, ?2), near_fts(?1, ?2)"
_MEANT = "SELECT id FROM aliases WHERE kind = 'word' AND lower(alias) = ? ORDER BY id"
_CALLED = """SELECT DISTINCT substr(name, ?1) FROM (SELECT name_zh AS name FROM concepts
  UNION SELECT name_zh FROM themes UNION SELECT name FROM organization_names
  UNION SELECT alias FROM aliases WHERE kind <> 'region') WHERE name GLOB ?2 OR name GLOB ?3 ORDER BY 1"""
"""The words of plans for a word that is typed; the names of indicators, themes and bureaus with one character open, a
bureau's without its 县 or 区."""


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Datasette's own function, by which it quotes what is typed: ours cuts it. Last, to replace the other."""
    named = conn.execute("SELECT name FROM sqlite_master WHERE name LIKE '%\\_fts' ESCAPE '\\' ORDER BY name")
    indexes = [row[0] for row in named.fetchall()]
    for arity in (1, 2):  # of all tables, or of one index
        conn.create_function("escape_fts", arity, partial(_query, conn, indexes), deterministic=True)
        conn.create_function("near_fts", arity, partial(_near, conn, indexes), deterministic=True)


def _near(conn: sqlite3.Connection, indexes: list[str], given: object, among: str = "") -> bool:
    """Whether what escape_fts finds is only near."""
    return _query(conn, indexes, given, among) != segmentation.query("" if given is None else str(given))


def _query(conn: sqlite3.Connection, indexes: list[str], given: object, among: str = "") -> str:
    """The FTS5 query for what a person types: what has it all or, where no index (not that of `among`) has that, what
    is near, as the site's search does: that a clause has 生活垃圾分类 hides no target of 垃圾分类. An actual figure is
    no promise: where nothing else has it all, what is near is found as well, unless its number was asked for.
    """
    promised = [each for each in indexes if each != FIGURES and among in ("", each)]

    def has(query: str, among: list[str]) -> bool:
        return any(_first(conn, f"SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT 1", query) for index in among)

    def known(query: str) -> bool:
        return has(query, promised)

    def meant(word: str) -> list[str]:
        return _first(conn, _MEANT, word)

    def called(patterns: list[str]) -> list[str]:
        return [name for each in patterns for name in _first(conn, _CALLED, -len(each), each, f"[省市县区]{each}")]

    typed = "" if given is None else str(given)
    whole = segmentation.query(typed)
    try:
        actual = FIGURES in indexes and has(whole, [FIGURES])
        if not indexes or known(whole) or (actual and segmentation.counts(typed)):
            return whole
        near = next((near for near in segmentation.nearly(typed, known, meant, called) if near and known(near)), "")
        return f"({whole}) OR ({near})" if actual and near else near or whole
    except sqlite3.DataError:
        return whole  # too long to be a value, as the statement that asks says
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return whole  # its time is up, as is that of the statement that asks: it is ended by the same limit, in words


def _first(conn: sqlite3.Connection, sql: str, *values: str | int) -> list[str]:
    """The first column of an answer; Datasette's rows are slower."""
    asking = conn.cursor()
    asking.row_factory = None
    return [row[0] for row in asking.execute(sql, values)]


@hookimpl(trylast=True)
async def filters_from_request(
    request: Request, database: str, table: str, datasette: Datasette
) -> FilterArguments | None:
    """Match a ranked view by its own index. Last, for Datasette takes a view for one that cannot be searched."""
    if not datasette.table_metadata(database, table).get("ranked"):
        return None
    typed = request.args.get("_search") or ""
    context = {"supports_search": True, "search": typed}
    if not typed:
        return FilterArguments([], extra_context=context)
    index = "" if table == "search_observations" else f"{table.removeprefix('search_')}_fts"
    query, near = (await datasette.get_database(database).execute(_ASKED, [typed, index])).first()
    whole = segmentation.query(typed)
    # Of actual figures those that have it all are enough.
    exact = table == "search_observations" and query.startswith(f"({whole}) OR ")
    near = bool(near) and not exact
    request.scope[NEAR] = near
    said = f'search {"is near" if near else "matches"} "{typed}"'
    sql = "search match :search" if exact else "search match escape_fts(:search, :index)"
    given = {"search": whole} if exact else {"search": typed, "index": index}
    return FilterArguments([sql], given, [said], {**context, "near": near})


@hookimpl
def asgi_wrapper() -> Callable[[AsgiApp], AsgiApp]:
    """Send a search without a wished order to the ranked view."""

    def wrap(app: AsgiApp) -> AsgiApp:
        async def ranked(scope: Scope, receive: Receive, send: Send) -> None:
            if where := scope["type"] == "http" and _ranked(scope):
                headers = [(b"location", where.encode("latin-1")), (b"content-length", b"0")]
                await send({"type": "http.response.start", "status": 302, "headers": headers})
                await send({"type": "http.response.body", "body": b""})
            else:
                await app(scope, receive, send)

        return ranked

    return wrap


def _ranked(scope: Scope) -> str | None:
    """The ranked view for a search, as an address beside that of the request, or None where the request is something
    else."""
    query = scope["query_string"].decode("latin-1")
    given = dict(parse_qsl(query))
    found = RANKED.search(scope["path"])
    if not found or not given.get("_search", "").strip() or ORDERED & given.keys():
        return None
    return f"search_{found[1]}{found[2] or ''}?{query}"
