"""Who is answered, and when: requests out of bounds are refused, the others take turns (admission control).

Comes in: every request. Goes out: a refusal in words, an answer from the cache, or Datasette's. The same under `make
serve`, in the image and with `datasette serve`, for it is a plugin.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qsl

from datasette import hookimpl
from datasette.app import Datasette

from openplans.server.plugins import assistants, errors, formats, protocol_errors, responses
from openplans.server.plugins.current import Current, current
from openplans.server.plugins.errors import ADDRESS, ARGUMENTS, BODY, FACETS, refusal
from openplans.server.plugins.limits import TooLarge
from openplans.server.plugins.responses import (
    FRESH,
    HEADERS,
    LARGEST,
    PIECE,
    AsgiApp,
    Headers,
    HeldAnswer,
    Message,
    Receive,
    Scope,
    Send,
)

PUBLIC = ("/-/static", "/-/metadata.json", "/-/settings.json")
"""What is served of Datasette's own pages; the others are for those who run it."""

SECONDS = 10
"""How long an assistant's request may arrive, and how long
the answer to it may take: no query runs for more than one."""

WAITING = 200
"""How many requests may wait for their turn."""

UNREAD = 64_000_000
"""Bytes of answers that may be on their way to readers: who reads slowly holds the whole of one in memory."""

SEVERAL = os.environ.get("WORKERS", "1") != "1"
"""Whether this is one of several processes (openplans.server says how many)."""

TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
"""glibc's malloc_trim, where there is one."""

HOST = re.compile(rb"[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
"""A Host as answers may repeat it (in Link, next_url, redirects)."""


@hookimpl(trylast=True)
def asgi_wrapper(datasette: Datasette) -> Callable[[AsgiApp], AsgiApp]:
    """Around the other wrappers."""
    return lambda app: Admission(app, datasette)


class Admission:
    """The application around Datasette's, with the cached answers of this process."""

    def __init__(self, app: AsgiApp, datasette: Datasette) -> None:
        self.app = app
        self.datasette = datasette
        self.base = datasette.setting("base_url").rstrip("/")
        self.cache = responses.cache()
        self.waiting = self.unread = 0
        self.version: bytes | None = None
        # As many as there are threads for queries. More at once would all be done late, instead of one after the other.
        self.turns = asyncio.Semaphore(max(1, datasette.setting("num_sql_threads")))
        self.beginning = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            methods = (b"access-control-allow-methods", self._methods(scope))
            await self._send(send, 204, [methods, (b"access-control-max-age", b"86400"), *HEADERS])
        elif refused := self._refused(scope):
            await self._refuse(scope, send, *refused)
        elif self._is_assistants(scope):
            await self._converse(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    def _is_assistants(self, scope: Scope) -> bool:
        return assistants.SERVED and scope["path"].removeprefix(self.base) == assistants.PATH

    def _methods(self, scope: Scope) -> bytes:
        return b"POST, OPTIONS" if self._is_assistants(scope) else b"GET, HEAD, OPTIONS"

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not answered."""
        path = scope["path"].removeprefix(self.base)
        code = _refusal(scope, path)
        return refusal(code) if code else formats.unknown(path, scope["query_string"], self.datasette)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Datasette's answer, or the one that is cached. There are no accounts, so it is the same for everyone."""
        address = responses.address(scope)
        etag = self._etag(address)
        asked = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
        if etag.removeprefix(b"W/") in asked:
            await self._send(send, 304, [(b"etag", etag), (b"cache-control", FRESH), *HEADERS])
        elif known := self.cache.get(address):
            await self._send(send, known.status, known.headers, known.body, bare=scope["method"] == "HEAD")
        elif self.waiting >= WAITING or self.unread > UNREAD:
            await self._refuse(scope, send, *refusal("busy"))
        else:
            async with self.beginning:  # Datasette lets the second request pass while the first one begins
                await self.datasette.invoke_startup()
            await self._in_turn(scope, receive, send, etag)

    async def _converse(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An assistant's request (MCP): in its turn and within the limits of every other, and never cached."""
        if self.waiting >= WAITING or self.unread > UNREAD:
            await self._refuse(scope, send, *refusal("busy"))
            return
        body, told = await _body(receive), _Told()
        if body is None:
            await self._refuse(scope, send, *refusal("body"))
            return
        async with self.beginning:
            await self.datasette.invoke_startup()
        try:
            async with _Turn(self):
                current.set(Current("json"))
                await asyncio.wait_for(self.app(_plain(scope, csv=False), _replayed(body), told.send), SECONDS)
        except TimeoutError:  # a stream that would stay open
            await self._refuse(scope, send, *refusal("interrupted"))
            return
        headers = [*told.headers, (b"content-type", b"application/json"), *HEADERS, (b"cache-control", b"no-store")]
        await self._send(send, told.status, headers, protocol_errors.in_words(told.status, bytes(told.body)))
        if len(told.body) > LARGEST:
            asyncio.get_running_loop().call_soon(_give_back)

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send, etag: bytes) -> None:
        """Wait for a turn, and ask Datasette, unless the reader has left."""
        async with _Turn(self) as turn:
            if turn.waited and await _gone(receive):
                return
            answer = HeldAnswer(scope, etag, turn.begin(send), lambda body, more: self._deliver(send, body, more))
            asked = Current(scope["path"].rpartition("/")[2].partition(".")[2])
            current.set(asked)
            try:
                await self.app(_plain(scope, answer.held), receive, answer.send)
            except TooLarge as error:
                asked.failed = error
            if answer.unworded:
                await answer.replace(await errors.page(self.datasette, scope["path"], *refusal("page")))
            if answer.held and asked.failed:
                await answer.replace(await errors.failed(self.datasette, scope["path"], asked.failed))
            await answer.finish()
        if answer.whole and scope["method"] == "GET":
            self.cache[answer.address] = answer.whole
        if answer.size > LARGEST:
            asyncio.get_running_loop().call_soon(_give_back)

    async def _send(self, send: Send, status: int, headers: Headers, body: bytes = b"", bare: bool = False) -> None:
        """An answer; a `bare` one without the body whose length it says. A 204 and a 304 have none, and say none."""
        told = status in (204, 304) or any(name == b"content-length" for name, _ in headers)
        length = [] if told else [responses.length(body)]
        await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
        await self._deliver(send, b"" if bare else body)

    async def _deliver(self, send: Send, body: bytes, more: bool = False) -> None:
        """Send a body in pieces, and count it as unread until its reader has taken it."""
        self.unread += len(body)
        try:
            for start in range(0, max(len(body), 1), PIECE):
                rest = more or start + PIECE < len(body)
                await send({"type": "http.response.body", "body": body[start : start + PIECE], "more_body": rest})
        finally:
            self.unread -= len(body)

    async def _refuse(self, scope: Scope, send: Send, status: int, told: str) -> None:
        """The refusal in words."""
        if self._is_assistants(scope) and scope["method"] == "POST":
            response = protocol_errors.refused(status, told)
        else:
            response = await errors.page(self.datasette, scope["path"], status, told)
        more = {405: [(b"allow", self._methods(scope))], 503: [(b"retry-after", b"5")]}.get(status, [])
        headers = [(b"content-type", response.content_type.encode()), *more, *HEADERS]
        await self._send(send, response.status, headers, response.body.encode())

    def _etag(self, address: responses.Address) -> bytes:
        """Of an address: it changes with the data, the templates and the address, and with nothing else."""
        if self.version is None:
            self.version = responses.version(self.datasette)
        return responses.etag(self.version, address)


class _Turn:
    """One of the requests that are worked on at once: until its answer is there, however slowly it is read. `waited`:
    others came before."""

    def __init__(self, admission: Admission) -> None:
        self.admission, self.waited, self.ended = admission, admission.turns.locked(), False

    async def __aenter__(self) -> _Turn:
        self.admission.waiting += 1
        try:
            await self.admission.turns.acquire()
        finally:
            self.admission.waiting -= 1
        return self

    async def __aexit__(self, *_: object) -> None:
        self.end()

    def begin(self, send: Send) -> Send:
        """`send` for the head of the answer: the next one may begin."""

        async def head(message: Message) -> None:
            self.end()
            # Where there are other processes, who asks again may come to one that has less to do.
            parting = [(b"connection", b"close")] if SEVERAL and self.waited else []
            await send({**message, "headers": [*message["headers"], *parting]})

        return head

    def end(self) -> None:
        """Let the next one take its turn."""
        if not self.ended:
            self.ended = True
            self.admission.turns.release()


class _Told:
    """Takes an answer whole."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 500, list[tuple[bytes, bytes]](), bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [pair for pair in message["headers"] if pair[0].lower() == b"mcp-protocol-version"]
        else:
            self.body += message.get("body", b"")


def _give_back() -> None:
    """Give the memory of a large answer back to the system. Rows and body hang in reference cycles, which the garbage
    collector finds after thousands of requests; and glibc keeps free pages between used ones."""
    gc.collect()
    if TRIM:
        TRIM(0)


async def _body(receive: Receive) -> bytes | None:
    """The body of a request, or None where it is too long or takes too long."""
    body = bytearray()
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            while len(body) <= BODY:
                message = await receive()
                body += message.get("body", b"")
                if not message.get("more_body"):
                    return bytes(body) if len(body) <= BODY else None
    return None


def _replayed(body: bytes) -> Receive:
    """A body that was read, to be read again; then nothing comes."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        await asyncio.Event().wait()
        return {}

    return receive


def _plain(scope: Scope, csv: bool) -> Scope:
    """The request as Datasette gets it: without accounts; a CSV as one (`_trace` makes a page of it), and one of all
    rows in its largest pages, not in those of a screen."""
    headers = [pair for pair in scope["headers"] if pair[0] not in (b"cookie", b"authorization")]
    query = scope["query_string"]
    if csv:
        query = b"&".join(each for each in query.split(b"&") if not each.startswith(b"_trace="))
    if csv and b"_stream=" in query and b"_size=" not in query:
        query += b"&_size=max"
    return {**scope, "headers": headers, "query_string": query}


async def _gone(receive: Receive) -> bool:
    """Whether the reader has left while waiting; what he sent besides the address is of no use here."""
    with suppress(TimeoutError):
        while True:
            if (await asyncio.wait_for(receive(), 0.001))["type"] == "http.disconnect":
                return True
    return False


def host_is_plain(headers: Headers) -> bool:
    """Whether a request has one Host at most, and one that may be repeated in an answer."""
    hosts = [value for name, value in headers if name == b"host"]
    return len(hosts) < 2 and all(HOST.fullmatch(each) for each in hosts)


def _refusal(scope: Scope, path: str) -> str | None:
    """The code of the refusal of a request, or None."""
    query = scope["query_string"]
    assistant = assistants.SERVED and path == assistants.PATH
    if scope["method"] not in (("POST",) if assistant else ("GET", "HEAD")):
        return "method"
    if not host_is_plain(scope["headers"]):
        return "host"
    if len(query) + len(scope["raw_path"]) > ADDRESS:
        return "address"
    names = [name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
    if len(names) > ARGUMENTS:
        return "arguments"
    if sum(name.startswith("_facet") and name != "_facet_size" for name in names) > FACETS:
        return "facets"
    return "page" if path.startswith("/-/") and not path.startswith(PUBLIC) and not assistant else None
