"""Keeps a public Datasette safe and quick: limits, headers, and an answer kept for each address.

Comes in: every request. Goes out: a refusal in words, or Datasette's answer with the headers that suit data that never
changes while it is served. The same under `make serve`, in the image and with `datasette serve`, for it is a plugin.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sqlite3
import sys
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from datasette import Response, __version__, hookimpl
from datasette import handle_exception as datasette_errors
from datasette.app import Datasette
from datasette.utils.asgi import Request
from datasette.views.base import DatasetteError

Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
Address = tuple[bytes, bytes, bytes, bytes]
"""Scheme, host, path and query string: answers hold whole addresses, of the next page and of facets."""
Whole = tuple[int, Headers, bytes]
"""An answer: status, headers, body."""

AsgiApp = Callable[[Scope, Callable, Callable], Awaitable[None]]

datasette_errors.rich = None
"""Where Rich is installed Datasette would print every bad query with all its variables, half a second and a thousand lines each."""

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 20_000,  # bytes of a cell: ours are below 3 000, and zeroblob(1e9) takes the memory before any time is up
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 10_000,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 1_500,  # Datasette asks for the labels of 1000 rows at once
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""What one query may take, beside the time that settings.json gives it. SQLite looks at the clock between steps only, and
one step of a function over long text (instr, trim) has no end in sight: so text is short."""

FORBIDDEN = {"printf", "format", "load_extension"}
"""Functions that nobody needs here: printf('%.900000000c', 'x') counts for half a minute in one step, whatever the limits."""

HEAP = 256_000_000
"""Bytes that SQLite may take in the whole process: sorting everything fails before the machine does."""

ADDRESS, ARGUMENTS, FACETS = 16_000, 60, 5
"""The longest query string, most arguments and facets of a request: our longest page has 9 and 3."""

KEPT, LARGEST, BESIDE = 32_000_000, 500_000, 2_000
"""Bytes of answers that are kept, the largest that is, and what one takes besides its body and its address."""

OPEN = ("/-/static", "/-/metadata.json", "/-/settings.json", "/-/versions.json")
"""What is served of Datasette's own pages; the others are for those who run it."""

WAITING = 200
"""How many requests may wait for their turn."""

SEVERAL = os.environ.get("WORKERS", "1") != "1"
"""Whether this is one of several processes (openplans.serve says how many)."""

REFUSALS = {
    "method": (405, "这里只能读取(GET)。Only reading (GET) is possible here."),
    "address": (414, f"地址太长(最多 {ADDRESS} 字节)。The address is too long (at most {ADDRESS} bytes)."),
    "arguments": (400, f"参数太多(最多 {ARGUMENTS} 个)。Too many arguments (at most {ARGUMENTS})."),
    "facets": (400, f"分面太多(最多 {FACETS} 个)。Too many facets (at most {FACETS})."),
    "value": (400, "有一个参数的值不对。An argument has a wrong value."),
    "page": (404, "没有这一页。There is no such page."),
    "busy": (503, "现在要的人太多，请过一会儿再试。Too many are asking at the moment; please try again shortly."),
    "memory": (400, "查询占用的内存超过限制。The query needs more memory than it may take."),
}

HEADERS = [
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-expose-headers", b"Link, ETag"),
]  # fmt: skip
"""Of every answer. No script runs on these pages; anyone may read the data from a page of their own."""

FRESH = b"public, max-age=300, stale-while-revalidate=86400"
"""Five minutes without asking, then asking by ETag: a new release is seen soon, and what is the same is not sent again."""

NOINDEX = (b"x-robots-tag", b"noindex, nofollow")
"""For addresses with arguments (facets, filters, queries): there are more of them than a crawler could visit."""


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Limit what a query may take."""
    if database != "_internal":
        for limit, value in LIMITS.items():
            conn.setlimit(limit, value)
        for name, trim in (("trim", str.strip), ("ltrim", str.lstrip), ("rtrim", str.rstrip)):
            conn.create_function(name, 2, _trimming(trim), deterministic=True)
        conn.execute("PRAGMA temp_store = MEMORY")
        conn.execute(f"PRAGMA hard_heap_limit = {HEAP}")
        conn.set_authorizer(_allowed)


def _trimming(trim: Callable[[str, str], str]) -> Callable[[Any, Any], str | None]:
    """SQLite's own takes the square of the length, and does not look at the clock."""
    return lambda text, letters: None if text is None or letters is None else trim(str(text), str(letters))


def _allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """What SQLite asks while it prepares a statement: no forbidden function, no other database."""
    refused = action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH) or (
        action == sqlite3.SQLITE_FUNCTION and second in FORBIDDEN
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Awaitable[Response] | None:
    """What the reader asked for wrongly, and Datasette calls a fault of the server: too much memory, a column that is not there."""
    if isinstance(exception, MemoryError):
        return _page(datasette, request.path, *REFUSALS["memory"])
    if isinstance(exception, sqlite3.DatabaseError):
        return _page(datasette, request.path, 400, str(exception))
    if isinstance(exception, DatasetteError) and exception.status == 500:
        return _page(datasette, request.path, 400, exception.message)
    if request.query_string and isinstance(exception, (ValueError, KeyError)):
        print(f"{request.path}?{request.query_string}: {exception!r}", file=sys.stderr)
        return _page(datasette, request.path, *REFUSALS["value"])
    return None


@hookimpl(trylast=True)
def asgi_wrapper(datasette: Datasette) -> Callable[[AsgiApp], AsgiApp]:
    """Refuse, answer from what is kept, or ask Datasette. Around the other wrappers."""
    return lambda app: Guard(app, datasette)


class Guard:
    """The application around Datasette's; `kept` has the answers of this process, `waiting` counts the requests that wait."""

    def __init__(self, app: AsgiApp, datasette: Datasette) -> None:
        self.app = app
        self.datasette = datasette
        self.kept = Kept()
        self.waiting = 0
        self.version: bytes | None = None
        # As many as there are threads for queries. More at once would all be done late, instead of one after the other.
        self.turns = asyncio.Semaphore(max(1, datasette.setting("num_sql_threads")))
        self.beginning = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Callable, send: Callable) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await _send(send, 204, [(b"access-control-allow-methods", b"GET, HEAD, OPTIONS"), *HEADERS], b"")
        elif code := _refusal(scope, self.datasette.setting("base_url")):
            await self.refuse(scope, send, code)
        else:
            await self.answer(scope, receive, send)

    async def answer(self, scope: Scope, receive: Callable, send: Callable) -> None:
        """Datasette's answer, or the one that is kept. There are no accounts, so it is the same for everyone."""
        headers = [pair for pair in scope["headers"] if pair[0] not in (b"cookie", b"authorization")]
        address = _address(scope)
        etag = self.etag(address)
        if etag.removeprefix(b"W/") in dict(headers).get(b"if-none-match", b""):
            await _send(send, 304, [(b"etag", etag), (b"cache-control", FRESH), *HEADERS], b"")
        elif known := self.kept.get(address):
            await _send(send, *known, bare=scope["method"] == "HEAD")
        elif self.waiting >= WAITING:
            await self.refuse(scope, send, "busy")
        else:
            async with self.beginning:  # Datasette lets the second request pass while the first one begins
                await self.datasette.invoke_startup()
            async with _Turn(self) as turn:
                if turn.waited and await _gone(receive):
                    return
                answer = _Answer(scope, send, etag, turn)
                await self.app({**scope, "headers": headers}, receive, answer.send)
            if answer.whole and scope["method"] == "GET":
                self.kept.add(address, answer.whole)

    async def refuse(self, scope: Scope, send: Callable, code: str) -> None:
        """The refusal in words."""
        response = await _page(self.datasette, scope["path"], *REFUSALS[code])
        headers = [(b"content-type", response.content_type.encode()), *HEADERS]
        await _send(send, response.status, headers, response.body.encode())

    def etag(self, address: Address) -> bytes:
        """Of an address: it changes with the data, the templates and the address, and with nothing else."""
        if self.version is None:
            self.version = _version(self.datasette)
        seen = hashlib.sha256(self.version + b"\n".join(address))
        return f'W/"{seen.hexdigest()[:20]}"'.encode()  # weak: the same for the packed answer


class Kept:
    """Answers by address, those asked for last at the end; `size` is what they take in bytes, KEPT at most."""

    def __init__(self) -> None:
        self.answers: OrderedDict[Address, Whole] = OrderedDict()
        self.size = 0

    def get(self, address: Address) -> Whole | None:
        """The answer, if it is kept."""
        if address in self.answers:
            self.answers.move_to_end(address)
        return self.answers.get(address)

    def add(self, address: Address, answer: Whole) -> None:
        """Keep an answer; let those go that were asked for longest ago where there are too many."""
        if address in self.answers:  # two asked at once
            return
        self.answers[address] = answer
        self.size += taken(address, answer)
        while self.size > KEPT:
            self.size -= taken(*self.answers.popitem(last=False))


def taken(address: Address, answer: Whole) -> int:
    """The bytes that a kept answer takes."""
    return sum(map(len, address)) + len(answer[2]) + BESIDE


class _Turn:
    """One of the requests that are worked on at once: until its answer is there, however slowly it is read. `waited`: others came before."""

    def __init__(self, guard: Guard) -> None:
        self.guard, self.waited, self.ended = guard, guard.turns.locked(), False

    async def __aenter__(self) -> _Turn:
        self.guard.waiting += 1
        try:
            await self.guard.turns.acquire()
        finally:
            self.guard.waiting -= 1
        return self

    async def __aexit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Let the next one begin."""
        if not self.ended:
            self.ended = True
            self.guard.turns.release()


class _Answer:
    """Sends Datasette's answer on with our headers; `whole` is (status, headers, body) where it may be kept: all but streams."""

    def __init__(self, scope: Scope, send: Callable, etag: bytes, turn: _Turn) -> None:
        self.arguments, self.forward, self.etag, self.turn = scope["query_string"], send, etag, turn
        self.begun: dict[str, Any] | None = None
        self.status, self.headers, self.parts, self.size, self.whole = 0, [], [], 0, None

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], self._headed(message)
            # Where there are others, who asks again may come to one that has less to do.
            parting = [(b"connection", b"close")] if SEVERAL and self.turn.waited else []
            self.begun = {**message, "headers": [*self.headers, *parting]}
            return  # even this may have to wait for a reader, so it goes with the body
        if self.status == 200:
            self.size += len(message.get("body", b""))
            if self.size <= LARGEST and b"_stream" not in self.arguments:
                self.parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    self.whole = (self.status, self.headers, b"".join(self.parts))
        self.turn.end()
        if self.begun:
            begun, self.begun = self.begun, None
            await self.forward(begun)
        await self.forward(message)

    def _headed(self, message: dict[str, Any]) -> Headers:
        ours = {name for name, _ in HEADERS} | {b"cache-control", b"vary", b"etag"}
        theirs = [(name, value) for name, value in message.get("headers", []) if name.lower() not in ours]
        fresh = [(b"cache-control", FRESH), (b"etag", self.etag)] if message["status"] == 200 else []
        return [*theirs, *HEADERS, *fresh, *([NOINDEX] if self.arguments else [])]


def _address(scope: Scope) -> Address:
    """What an answer depends on."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return scope.get("scheme", "http").encode(), host, scope["raw_path"], scope["query_string"]


async def _gone(receive: Callable) -> bool:
    """Whether the reader has left while waiting; what he sent besides the address is of no use here."""
    with suppress(TimeoutError):
        while True:
            if (await asyncio.wait_for(receive(), 0.001))["type"] == "http.disconnect":
                return True
    return False


def _refusal(scope: Scope, base_url: str) -> str | None:
    """Why a request is not answered, or None."""
    path, query = scope["path"].removeprefix(base_url.rstrip("/")), scope["query_string"]
    if scope["method"] not in ("GET", "HEAD"):
        return "method"
    if len(query) + len(scope["raw_path"]) > ADDRESS:
        return "address"
    names = [name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
    if len(names) > ARGUMENTS:
        return "arguments"
    if sum(name.startswith("_facet") and name != "_facet_size" for name in names) > FACETS:
        return "facets"
    return "page" if path.startswith("/-/") and not path.startswith(OPEN) else None


def _version(datasette: Datasette) -> bytes:
    """What every answer depends on: the data, the metadata, this folder, and Datasette itself."""
    told = [__version__, datasette._metadata_local, datasette._settings]
    seen = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    for name, database in datasette.databases.items():
        seen.update(f"{name} {database.hash}".encode())
    static = [folder for _, folder in datasette.static_mounts]
    for folder in filter(None, (datasette.template_dir, datasette.plugins_dir, *static)):
        for path in sorted(Path(folder).rglob("*.*")):
            if path.is_file() and "__pycache__" not in path.parts:
                seen.update(path.read_bytes())
    return seen.digest()


async def _page(datasette: Datasette, path: str, status: int, words: str) -> Response:
    """An error in words, as JSON where JSON was asked for."""
    if path.endswith(".json"):
        return Response.json({"ok": False, "error": words, "status": status, "title": None}, status=status)
    template = datasette.jinja_env.get_template("error.html")
    context = {
        "status": status,
        "title": HTTPStatus(status).phrase,
        "error": words,
        "urls": datasette.urls,
        "site": "/",
    }
    return Response.html(await template.render_async(context), status=status)


async def _send(send: Callable, status: int, headers: Headers, body: bytes, bare: bool = False) -> None:
    """An answer; a `bare` one without the body whose length it says. A 204 and a 304 have none, and say none."""
    told = status in (204, 304) or any(name == b"content-length" for name, _ in headers)
    length = [] if told else [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": b"" if bare else body})
