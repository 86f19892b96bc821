"""Site and Datasette together on one port: on one's own machine, rebuilt on change, and in public.

Comes in: the built site and its database. Goes out: HTTP, the site at /, Datasette under /db/. What Datasette is like
(settings, look, limits, search) stands in templates/datasette/, for every way to run it. `python -m openplans.serve`
is the public server: it needs the site and this module's libraries, not the build's.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.staticfiles import StaticFiles
from uvicorn.supervisors import Multiprocess

from openplans.paths import HOUSE, Paths

MOUNT = "/db/"
"""Where Datasette is."""

FOLDER = HOUSE / "templates" / "datasette"
"""Datasette's settings, templates, styles and plugins."""

LIMITS = {
    "h11_max_incomplete_event_size": 2_000_000,
    "limit_concurrency": 400,
    "timeout_keep_alive": 15,
    "timeout_graceful_shutdown": 5,
}
"""Of the server: an address of a megabyte is refused in words, not by a closed connection; beyond 400 requests at once it is busy (503);
told to stop, it waits five seconds for readers that stand still, for containers are killed after ten."""

HEADERS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"strict-origin-when-cross-origin")]
"""Of every answer of the site. Its Content-Security-Policy stands in its pages."""

OPEN = (b"access-control-allow-origin", b"*")
"""Of the files below data/: anyone may read them from a page of their own."""

FRESH = b"public, max-age=300"
"""How long a browser may show what it has of the site without asking, in public; on one's own machine it always asks."""

PACKED = (
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

AsgiApp = Callable[[dict[str, Any], Callable, Callable], Awaitable[None]]


def datasette_app(site: Path) -> AsgiApp:
    """Datasette over the database of a built site, read-only, with the site's own metadata."""
    for plugin in pm.get_plugins():  # those of the Datasette before this one: they may have changed
        if str(getattr(plugin, "__file__", "")).startswith(f"{FOLDER / 'plugins'}{os.sep}"):
            pm.unregister(plugin)
    metadata = json.loads((site / "data" / "datasette-metadata.json").read_text(encoding="utf-8"))
    settings = json.loads((FOLDER / "settings.json").read_text(encoding="utf-8"))
    return Datasette(
        immutables=[str(site / "data" / "openplans.db")],
        metadata=metadata,
        settings={**settings, "base_url": MOUNT},
        template_dir=str(FOLDER / "templates"),
        plugins_dir=str(FOLDER / "plugins"),
        static_mounts=[("static", str(FOLDER / "static"))],
    ).app()


class Server:
    """The application: sends each request to the site or to Datasette, whichever is current."""

    def __init__(self, site: Path, cached: bytes = b"no-cache") -> None:
        self.site = site
        self.headers = [*HEADERS, (b"cache-control", cached)]
        self.reload()

    def reload(self) -> None:
        """Open the database and the files of the site as it is now."""
        self.datasette = GZipMiddleware(datasette_app(self.site), minimum_size=1000, compresslevel=5)
        self.files = ExceptionMiddleware(StaticFiles(directory=self.site, html=True))
        self.packing = GZipMiddleware(self.files, minimum_size=1000, compresslevel=5)

    async def __call__(self, scope: dict[str, Any], receive: Callable, send: Callable) -> None:
        path = scope.get("path", "")
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif path == MOUNT.rstrip("/"):
            await RedirectResponse(MOUNT)(scope, receive, send)
        elif path.startswith(MOUNT):
            # Datasette puts its base_url before every path it is asked for, so it is asked without.
            below = {**scope, "path": path[len(MOUNT) - 1 :], "raw_path": scope["raw_path"][len(MOUNT) - 1 :]}
            await self.datasette(below, receive, send)
        elif path == "/robots.txt":
            await PlainTextResponse(self.robots())(scope, receive, send)
        else:
            files = self.files if path.endswith(PACKED) else self.packing
            await files(
                scope, receive, _headed(send, [*self.headers, OPEN] if path.startswith("/data/") else self.headers)
            )

    def robots(self) -> str:
        """The site's own rules, if it has any, and those that keep crawlers out of facets and queries."""
        own = self.site / "robots.txt"
        rules = (FOLDER / "robots.txt").read_text(encoding="utf-8")
        return (own.read_text(encoding="utf-8") + "\n" if own.exists() else "") + rules


def app() -> Server:
    """The public application, over the site in OPENPLANS_OUTPUT or site/."""
    return Server(Path(os.environ.get("OPENPLANS_OUTPUT") or HOUSE / "site"), FRESH)


def serve(paths: Paths, port: int, build: Callable[[], bool]) -> bool:
    """Build, serve until interrupted, and build again on each change; a failed build leaves what is served.

    False where there was nothing to serve: the first build failed and there is no older site.
    """
    if not build() and not (paths.output / "data" / "openplans.db").exists():
        return False
    asyncio.run(_serve(paths, port, build))
    return True


async def _serve(paths: Paths, port: int, build: Callable[[], bool]) -> None:
    app = Server(paths.output)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", **LIMITS))
    watching = asyncio.create_task(_rebuild_on_change(paths, app, build))
    print(
        f"网站 site: http://127.0.0.1:{port}/    Datasette: http://127.0.0.1:{port}{MOUNT}    (Ctrl+C 结束 stops)",
        flush=True,
    )
    try:
        await server.serve()
    finally:
        watching.cancel()


async def _rebuild_on_change(paths: Paths, app: Server, build: Callable[[], bool]) -> None:
    from watchfiles import awatch  # needed here only, and not in the image

    async for _ in awatch(paths.datapackages, paths.templates, debounce=400):
        try:
            if await asyncio.to_thread(build):
                app.reload()
        except Exception as error:  # whatever it is, the next change gets its chance
            print(f"重建失败 the rebuild failed: {error!r}", flush=True)


def _headed(send: Callable, extra: list[tuple[bytes, bytes]]) -> Callable:
    """`send` with more headers."""

    async def headed(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return headed


async def _lifespan(receive: Callable, send: Callable) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def main() -> None:
    """Serve in public, as the environment's HOST, PORT and WORKERS say."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8001"))
    workers = int(os.environ.get("WORKERS", "2"))
    config = uvicorn.Config(
        "openplans.serve:app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        **LIMITS,
    )
    # Of the workers, which begin anew: else each thread for queries keeps what SQLite has freed, hundreds of megabytes in the end.
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")
    os.environ["WORKERS"] = str(workers)
    # As uvicorn.run does, but at once: else the end of a short answer waits 40 ms for the reader's word on its head.
    shared = config.bind_socket()
    shared.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    Multiprocess(config, sockets=[shared]).run()


if __name__ == "__main__":
    main()
