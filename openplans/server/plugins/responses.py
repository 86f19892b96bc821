"""Datasette's answers on their way out: our headers, an ETag, the bodies that are cached, CSV that is an error or
whole.

Comes in: ASGI messages of Datasette. Goes out: the same with the headers that suit data that never changes while it
is served. A CSV is held until it is complete: Datasette begins it with 200 before it knows whether the query went
well.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple, TypedDict

from cachetools import LRUCache
from datasette import Response, __version__
from datasette.app import Datasette

from openplans.server.plugins.limits import ANSWER, TooLarge

Headers = list[tuple[bytes, bytes]]


class Scope(TypedDict, total=False):
    """What ASGI tells of a request, as far as it is read here."""

    type: str
    method: str
    scheme: str
    path: str
    raw_path: bytes
    query_string: bytes
    headers: Headers
    root_path: str
    http_version: str


class Message(TypedDict, total=False):
    """A message of ASGI: the start of an answer or a piece of its body, or of the request's."""

    type: str
    status: int
    headers: Headers
    body: bytes
    more_body: bool


Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Deliver = Callable[[bytes, bool], Awaitable[None]]
Address = tuple[bytes, bytes, bytes, bytes]
"""Scheme, host, path and query string: answers hold whole addresses, of the next page and of facets."""

KEPT, LARGEST, BESIDE = 32_000_000, 500_000, 2_000
"""Bytes of answers that are cached, the largest that is, and what one takes besides its body and its address."""

PIECE = 64 * 1024
"""Bytes that are written at once: after each the reader has to have taken most of what came before (flow control)."""

HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        b"frame-ancestors 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-expose-headers", b"Link, ETag"),
]
"""Of every answer. No script runs on these pages; anyone may read the data from a page of their own."""

FRESH = b"public, max-age=300, stale-while-revalidate=86400"
"""Five minutes without asking, then asking by ETag: a new release is seen soon, and what is the same is not sent
again."""

NOINDEX = (b"x-robots-tag", b"noindex, nofollow")
"""For addresses with arguments (facets, filters, queries): there are more of them than a crawler could visit."""


PIECEMEAL = re.compile(r"/static(?:-plugins)?/|\.md$")
"""Paths of which Datasette and datasette-llms-txt say an error in a line of English (and of a folder outside of the
styles that it is one, 403), and a file in pieces, of which the first gzip would have no length and the next one."""


class Whole(NamedTuple):
    """An answer that may be cached."""

    address: Address
    status: int
    headers: Headers
    body: bytes

    @property
    def taken(self) -> int:
        """The bytes that it takes."""
        return sum(map(len, self.address)) + len(self.body) + BESIDE


def cache() -> LRUCache[Address, Whole]:
    """Answers by address, KEPT bytes at most; the least recently used go first (LRU)."""
    return LRUCache(KEPT, getsizeof=lambda answer: answer.taken)


def address(scope: Scope) -> Address:
    """What an answer depends on."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return scope.get("scheme", "http").encode(), host, scope["raw_path"], scope["query_string"]


def version(datasette: Datasette) -> bytes:
    """What every answer depends on, hashed: the data, the metadata, templates and styles, these plugins, and
    Datasette itself."""
    told = [__version__, datasette._metadata_local, datasette._settings]
    seen = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    for name, database in datasette.databases.items():
        seen.update(f"{name} {database.hash}".encode())
    static = [folder for _, folder in datasette.static_mounts]
    for folder in filter(None, (datasette.template_dir, *static, Path(__file__).parent)):
        for path in sorted(Path(folder).rglob("*.*")):
            if path.is_file() and "__pycache__" not in path.parts:
                seen.update(path.read_bytes())
    return seen.digest()


class HeldAnswer:
    """Takes Datasette's messages; `begin` and `deliver` send them on, `finish` sends what was held.

    `whole` is the answer where it may be cached: complete, and not large; `unworded`, whether it is an error that has
    to be told in our words.
    """

    def __init__(self, scope: Scope, etag: bytes, begin: Send, deliver: Deliver) -> None:
        self.address, self.etag, self.begin, self.deliver = address(scope), etag, begin, deliver
        self.held, self.bare = scope["path"].endswith(".csv"), scope["method"] == "HEAD"
        self.path, self.unworded = scope["path"], False
        self.begun: Message | None = None
        self.status, self.size = 0, 0
        self.headers: Headers = []
        self.body = bytearray()
        self.whole: Whole | None = None

    async def send(self, message: Message) -> None:
        """One message of Datasette's."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], self._headed(message)
            self.begun = message
            if not self.unworded and PIECEMEAL.search(self.path):
                self.held, self.unworded = True, self.status in (403, 404)
            return  # even this may have to wait for a reader, so it goes with the body
        body = message.get("body", b"")
        self.size += len(body)
        if self.size <= (ANSWER if self.held else LARGEST):
            self.body += body
        if self.held and self.size > ANSWER:
            self.body.clear()
            raise TooLarge("answer too large")  # into Datasette, so that it fetches no more rows
        if not self.held:
            more = bool(message.get("more_body"))
            self._keep(more)
            await self._forward(body, more)

    async def finish(self) -> None:
        """Send what was held, a CSV that went well."""
        if self.held and self.begun:
            self._keep(more=False)
            await self._forward(bytes(self.body), more=False)

    async def replace(self, response: Response) -> None:
        """Send another answer instead of one that was held."""
        self.held, self.begun, self.size = False, None, 0
        self.body.clear()
        await response.asgi_send(self.send)

    def _keep(self, more: bool) -> None:
        if self.status == 200 and self.size <= LARGEST and not more:
            self.whole = Whole(self.address, self.status, self.headers, bytes(self.body))

    async def _forward(self, body: bytes, more: bool) -> None:
        if self.begun:
            begun, self.begun = self.begun, None
            told = self.bare or more or any(name == b"content-length" for name, _ in self.headers)
            await self.begin({**begun, "headers": [*self.headers, *([] if told else [length(body)])]})
        await self.deliver(body, more)

    def _headed(self, message: Message) -> Headers:
        ours = {name for name, _ in HEADERS} | {b"cache-control", b"vary", b"etag"}
        theirs = [(name, _link(name, value)) for name, value in message.get("headers", []) if name.lower() not in ours]
        fresh = [(b"cache-control", FRESH), (b"etag", self.etag)] if message["status"] == 200 else []
        return [*theirs, *HEADERS, *fresh, *([NOINDEX] if self.address[3] else [])]


def length(body: bytes) -> tuple[bytes, bytes]:
    """The header that tells of a whole body."""
    return b"content-length", b"%d" % len(body)


def _link(name: bytes, value: bytes) -> bytes:
    """A Link with its address in angle brackets (RFC 8288), which Datasette leaves out."""
    if name.lower() != b"link" or value.startswith(b"<"):
        return value
    where, _, rest = value.partition(b"; ")
    return b"<" + where + b">; " + rest


def etag(seen: bytes, address: Address) -> bytes:
    """The ETag of an address, where `seen` is the version; a weak one (W/), the same for the gzip of the answer."""
    told = hashlib.sha256(seen + b"\n".join(address)).hexdigest()
    return f'W/"{told[:20]}"'.encode()
