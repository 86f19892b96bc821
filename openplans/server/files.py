"""The site's files over HTTP: each from the tree in which its length was read, for scripts of other sites below
data/.

Comes in: the folder of a built site. Goes out: an ASGI application. A request that meets the swap of a new build gets
a file whole, the old or the new: it is opened first, and only then asked how long it is (fstat).
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Message, Receive, Scope, Send

from openplans import routes

HEADERS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"strict-origin-when-cross-origin")]
"""Of every answer of the site. Its Content-Security-Policy stands in its pages."""

CORS = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Content-Length, Content-Range, Content-Encoding, Accept-Ranges, ETag, Last-Modified",
    ),
]
"""Of the files below data/: anyone may read them from a page of their own, in pieces too."""

PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"Range, If-Range, If-None-Match, If-Modified-Since, Cache-Control, Content-Type",
    ),
    (b"access-control-max-age", b"86400"),
]
"""What a browser asks before a script may ask for a piece (Range)."""

COMPRESSED = (
    ".db",
    ".zip",
    ".xlsx",
    ".parquet",
    ".png",
    ".jpg",
    ".woff2",
    ".wasm",
    ".pf_meta",
    ".pf_index",
    ".pf_fragment",
)
"""Files that gzip makes no smaller, or that readers take in pieces."""

RANGE = re.compile(rb"\s*(?:(\d{1,99})-(\d{0,99})|-\d{1,99})?\s*")
"""One of the pieces that a Range asks for: from here to there, from here on, or the last ones."""


class SiteFiles:
    """The application; `cached` is the Cache-Control of its answers."""

    def __init__(self, site: Path, cached: bytes) -> None:
        self.headers = [*HEADERS, (b"cache-control", cached)]
        self.files = ExceptionMiddleware(_Files(directory=site, html=True))
        self.packing = GZipMiddleware(self.files, minimum_size=1000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, opened = scope["path"], scope["path"].startswith("/data/")
        extra = [*self.headers, *(CORS if opened else [])]
        if opened and scope["method"] == "OPTIONS":
            await Response(status_code=204)(scope, receive, headed(send, [*HEADERS, *CORS, *PREFLIGHT]))
            return
        scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"range" or _in_pieces(pair[1])]}
        # A piece of a file is a piece of the file, not of its gzip.
        whole = path.endswith(COMPRESSED) or any(name == b"range" for name, _ in scope["headers"])
        await (self.files if whole else self.packing)(scope, receive, headed(send, extra))


class _Files(StaticFiles):
    """Starlette's, which asks for a file's length by its name and opens it by its name later: another one after a
    swap."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            if scope["path"].endswith("/") and self._is_file(path):
                return self._missing(path)  # no page of that name: its links would lead astray
            response = await super().get_response(path, scope)
        except (OSError, ValueError):  # between the look at the tree and the opening; a name that none can have
            return self._missing(path)
        except HTTPException as refused:
            if refused.status_code != 404:
                raise
            return self._missing(path)
        if response.status_code == 404:
            return self._missing(path)
        return _beside(scope) if isinstance(response, RedirectResponse) else response

    def _is_file(self, path: str) -> bool:
        found = self.lookup_path(path)[1]
        return found is not None and stat.S_ISREG(found.st_mode)

    def _missing(self, path: str) -> Response:
        """Where the file has gone to, or the page that says that there is none."""
        with suppress(OSError, ValueError):
            for there in routes.moved(path):
                if self._is_file(there):
                    return RedirectResponse(f"/{there}", 301)
        try:
            return _OpenFile(self.lookup_path("404.html")[0], 404)
        except OSError as gone:
            raise HTTPException(404) from gone

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = _OpenFile(full_path, status_code)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            response.file.close()
            return NotModifiedResponse(response.headers)
        return response


class _OpenFile(FileResponse):
    """A file that is open, and so the same until it is sent."""

    def __init__(self, path: str | os.PathLike[str], status_code: int) -> None:
        self.file = Path(path).open("rb")  # noqa: SIM115  closed below
        super().__init__(
            f"/dev/fd/{self.file.fileno()}",
            status_code,
            media_type=guess_type(path)[0] or "application/octet-stream",
            stat_result=os.fstat(self.file.fileno()),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.file:
            await super().__call__(scope, receive, send)


def _beside(scope: Scope) -> Response:
    """On to a folder with its slash, by an address beside the one that was asked for: it holds whatever the host is
    called, and below whichever folder a proxy has put the site."""
    name = scope["raw_path"].rpartition(b"/")[2].decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    return RedirectResponse(f"./{name}/" + (f"?{query}" if query else ""))


def _in_pieces(asked: bytes) -> bool:
    """Whether a Range is one that is understood. One of another unit, and a wrong one (backwards, no number), are
    passed over (RFC 9110, 14.2)."""
    unit, _, listed = asked.partition(b"=")
    pieces = [RANGE.fullmatch(each) for each in listed.split(b",") if each.strip()]
    forwards = all(each and not (each[2] and int(each[2]) < int(each[1])) for each in pieces)
    return unit.strip().lower() == b"bytes" and bool(pieces) and forwards


def headed(send: Send, extra: list[tuple[bytes, bytes]]) -> Send:
    """`send` with more headers. A gzip has a weak ETag: its bytes aren't the file's, and no range of it is given."""

    async def forward(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(name.lower(), value) for name, value in message.get("headers", [])]
            if (b"content-encoding", b"gzip") in headers:
                headers = [(name, _weak(name, value)) for name, value in headers if name != b"accept-ranges"]
            message = {**message, "headers": [*headers, *extra]}
        await send(message)

    return forward


def _weak(name: bytes, value: bytes) -> bytes:
    return b"W/" + value if name == b"etag" and not value.startswith(b"W/") else value
