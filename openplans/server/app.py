"""Site and Datasette as one ASGI application: the site at /, Datasette under /db/.

Comes in: a built site with its database. Goes out: the application, which development.py runs and, in several
processes, `python -m openplans.server`; a build that takes the place of the site is served from then on. What Datasette
is like stands in templates/datasette/ (settings, templates, styles) and in plugins/, for every way to run it.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from datasette.vendored import pint
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from openplans import routes
from openplans.orphans import end_with_parent
from openplans.paths import HOUSE
from openplans.server import incoming
from openplans.server.files import HEADERS, SiteFiles, headed

pint.UnitRegistry = pint.LazyRegistry
"""Datasette reads the definitions of all physical units when it is imported, a third of a second, and we use none."""

from datasette.app import Datasette  # noqa: E402  after the line above

from openplans.server import plugins  # noqa: E402

DATABASE, METADATA = "openplans.db", "datasette-metadata.json"
"""What Datasette takes of a site, in data/."""

FOLDER = HOUSE / "templates" / "datasette"
"""Datasette's settings, templates and styles."""

FRESH = b"public, max-age=300"
"""How long a browser may show what it has of the site without asking, in public; on one's own machine it always asks.
"""


def datasette_app(site: Path) -> ASGIApp:
    """Datasette over the database of a built site, read-only, with the site's own metadata."""
    plugins.register()
    metadata = json.loads((site / "data" / METADATA).read_text(encoding="utf-8"))
    settings = json.loads((FOLDER / "settings.json").read_text(encoding="utf-8"))
    server: ASGIApp = Datasette(
        immutables=[str(site / "data" / DATABASE)],
        metadata=metadata,
        settings={**settings, "base_url": routes.DATASETTE},
        template_dir=str(FOLDER / "templates"),
        static_mounts=[("static", str(FOLDER / "static"))],
    ).app()
    return server


class Living:
    """An application with its lifespan (ASGI): it begins with the first request, and ends when it is replaced and has
    answered those that it has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.begun, self.ended = asyncio.Event(), asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.answering, self.replaced = 0, False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.task = self.task or asyncio.create_task(self._live())
        self.answering += 1
        try:
            await self.begun.wait()
            await self.app(scope, receive, send)
        finally:
            self.answering -= 1
            self._end_if_done()

    def end(self) -> None:
        self.replaced = True
        self._end_if_done()

    def _end_if_done(self) -> None:
        if self.replaced and not self.answering:
            self.ended.set()

    async def _live(self) -> None:
        messages = ["lifespan.startup"]

        async def receive() -> Message:
            if not messages:
                await self.ended.wait()
            return {"type": messages.pop() if messages else "lifespan.shutdown"}

        async def send(message: Message) -> None:
            self.begun.set()

        try:
            await self.app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)
        finally:
            self.begun.set()


def _living(site: Path) -> Living:
    """Datasette over a site, with gzip."""
    return Living(GZipMiddleware(datasette_app(site), minimum_size=1000, compresslevel=5))


def _seen(site: Path) -> list[tuple[int, int, int]]:
    """By what the database and the metadata of a site are told from those of another build."""
    found = [(site / "data" / name).stat() for name in (DATABASE, METADATA)]
    return [(each.st_ino, each.st_mtime_ns, each.st_size) for each in found]


class Server:
    """The application: sends each request to the site or to Datasette, whichever is current."""

    def __init__(self, site: Path, cached: bytes = b"no-cache") -> None:
        self.site = site
        # Pages that are newer than the site, by the path of their
        # file: those of a plan that is edited (build/preview.py).
        self.first: Mapping[str, bytes] = {}
        self.files = SiteFiles(site, cached)
        self.seen = _seen(site)
        self.datasette = _living(site)

    def follow(self) -> None:
        """Serve the database that stands in the site now, where a build has put another one there (swap.py). What is
        under way is answered by the one before; a site that is being copied is left until it is whole."""
        with suppress(OSError, ValueError):
            if (seen := _seen(self.site)) != self.seen:
                before, self.datasette, self.seen = self.datasette, _living(self.site), seen
                before.end()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            self.datasette.end()
        elif scope["type"] != "http":
            await send({"type": "websocket.close"})
        elif asked := incoming.meant(scope):
            await self._answer(asked, receive, send)
        else:
            await _refused("request", {"connection": "close"})(scope, receive, headed(send, HEADERS))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Datasette's answer, or the site's."""
        if scope["path"].startswith(routes.DATASETTE):
            self.follow()
            # Datasette puts its base_url before every path it is asked for, so it is asked without.
            cut = len(routes.DATASETTE) - 1
            await self.datasette(
                {**scope, "path": scope["path"][cut:], "raw_path": scope["raw_path"][cut:]}, receive, send
            )
        else:
            await self._site(scope, receive, send)

    async def _site(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is not Datasette's."""
        preflight = scope["method"] == "OPTIONS" and scope["path"].startswith("/data/")
        if not plugins.admission.host_is_plain(scope["headers"]):
            await _refused("host")(scope, receive, headed(send, HEADERS))
        elif scope["method"] not in ("GET", "HEAD") and not preflight:
            await _refused("method", {"allow": "GET, HEAD"})(scope, receive, headed(send, HEADERS))
        elif (path := _tidy(scope["path"])) != scope["path"]:
            query = scope["query_string"].decode("latin-1")
            where = quote(path) + (f"?{query}" if query else "")
            await RedirectResponse(where)(scope, receive, headed(send, HEADERS))
        elif scope["path"] == "/robots.txt":
            await PlainTextResponse(self.robots())(scope, receive, headed(send, HEADERS))
        elif page := self.first.get(_file(scope["path"])):
            await HTMLResponse(page)(scope, receive, headed(send, self.files.headers))
        else:
            await self.files(scope, receive, send)

    def robots(self) -> str:
        """The site's own rules, if it has any, and those that keep crawlers out of facets and queries."""
        own = self.site / "robots.txt"
        rules = (FOLDER / "robots.txt").read_text(encoding="utf-8")
        return (own.read_text(encoding="utf-8") + "\n" if own.exists() else "") + rules


def public() -> Server:
    """The public application, over the site in OPENPLANS_OUTPUT or site/; its process ends with its supervisor."""
    end_with_parent()
    return Server(Path(os.environ.get("OPENPLANS_OUTPUT") or HOUSE / "site"), FRESH)


def _tidy(path: str) -> str:
    """The path that a reader meant: Datasette's with its slash, and no two slashes in a row, from which the links of a
    page would lead astray, and a redirect to another host."""
    return routes.DATASETTE if path == routes.DATASETTE.rstrip("/") else re.sub("/{2,}", "/", path)


def _refused(code: str, headers: Mapping[str, str] | None = None) -> PlainTextResponse:
    """The refusal of a request for the site, in words."""
    status, told = plugins.errors.refusal(code)
    return PlainTextResponse(told, status, headers)


def _file(path: str) -> str:
    """The file that a request is for: plans/x/index.html for /plans/x/."""
    return f"{path}{routes.INDEX}".lstrip("/") if path.endswith("/") else path.lstrip("/")


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
