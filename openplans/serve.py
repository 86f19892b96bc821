"""Site and Datasette together on one local port, rebuilt when the data or a template changes.

Comes in: the built site and its database. Goes out: HTTP on 127.0.0.1, the site at
/, Datasette under /db/. For one's own machine; a public server is set up otherwise.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from starlette.responses import RedirectResponse
from starlette.staticfiles import StaticFiles
from watchfiles import awatch

from openplans.paths import Paths

MOUNT = "/db/"
"""Where Datasette is."""

SETTINGS = {
    "base_url": MOUNT,
    "suggest_facets": False,  # they make a page of a large table ten times slower
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 1000,
}

AsgiApp = Callable[[dict[str, Any], Callable, Callable], Awaitable[None]]


def datasette_app(site: Path) -> AsgiApp:
    """Datasette over the database of a built site, read-only, with the site's own metadata."""
    from datasette import handle_exception  # not earlier: it registers itself while datasette.app is imported

    # Where Rich is installed Datasette prints every bad query with all its variables, half a second and
    # a thousand lines each. The reader's answer is the same without.
    handle_exception.rich = None
    metadata = json.loads((site / "data" / "datasette-metadata.json").read_text(encoding="utf-8"))
    return Datasette(immutables=[str(site / "data" / "openplans.db")], metadata=metadata, settings=SETTINGS).app()


class Server:
    """The application: sends each request to the site or to Datasette, whichever is current."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.reload()

    def reload(self) -> None:
        """Open the database and the files of the site as it is now."""
        self.datasette = datasette_app(self.site)
        self.files = StaticFiles(directory=self.site, html=True)

    async def __call__(self, scope: dict[str, Any], receive: Callable, send: Callable) -> None:
        path = scope.get("path", "")
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif path == MOUNT.rstrip("/"):
            await RedirectResponse(MOUNT)(scope, receive, send)
        elif path.startswith(MOUNT):
            await self.datasette(scope, receive, send)
        else:
            await self.files(scope, receive, send)


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
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
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
    async for _ in awatch(paths.datapackages, paths.templates, debounce=400):
        try:
            if await asyncio.to_thread(build):
                app.reload()
        except Exception as error:  # whatever it is, the next change gets its chance
            print(f"重建失败 the rebuild failed: {error!r}", flush=True)


async def _lifespan(receive: Callable, send: Callable) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
