"""`build.py serve`: build, serve on this machine, and build again when the data or a template changes.

Comes in: the paths of a project and how it is built. Goes out: HTTP on 127.0.0.1 until interrupted. The port is taken
before the first build, which may take a minute: who asks meanwhile waits, and a port that is taken is told at once.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import uvicorn

from openplans import routes
from openplans.paths import Paths
from openplans.server.app import Server
from openplans.server.protocol import LIMITS

T = TypeVar("T")


class PortTaken(Exception):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"端口 {port} 已被别的程序占用。怎样改：停掉那个程序，或换一个端口(--port {port + 1})。\n"
            f"Port {port} is taken by another program. To mend: stop it, or choose another port (--port {port + 1})."
        )


@dataclass(frozen=True)
class Rebuild:
    """What is done on a change: `first` makes the pages of the plans that changed, by their address; `build` makes the
    whole site, and says whether it could."""

    build: Callable[[], bool]
    first: Callable[[Collection[str]], Mapping[str, bytes]]


def serve(
    paths: Paths, port: int, build: Callable[[], bool], first: Callable[[Collection[str]], Mapping[str, bytes]]
) -> bool:
    """Build, serve until interrupted, and on each change show the pages of the plan that changed, then build again
    behind them; a failed build leaves what is served.

    False where there was nothing to serve: the first build failed and there is no older site. PortTaken before
    anything.
    """
    with listening(port) as listener:
        if not build() and not (paths.output / "data" / "openplans.db").exists():
            return False
        asyncio.run(_serve(paths, port, listener, Rebuild(build, first)))
    return True


def listening(port: int) -> socket.socket:
    """A socket that listens on the port of this machine; PortTaken where another one does."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # Nagle, as in __main__.py
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortTaken(port) from error
    return listener


async def _serve(paths: Paths, port: int, listener: socket.socket, work: Rebuild) -> None:
    app = Server(paths.output)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", **LIMITS))
    waiting = asyncio.Event()
    tasks = [
        asyncio.create_task(_watch(paths, app, work, waiting)),
        asyncio.create_task(_build_behind(app, work, waiting)),
    ]
    print(
        f"网站 site: http://127.0.0.1:{port}/    "
        f"Datasette: http://127.0.0.1:{port}{routes.DATASETTE}    (Ctrl+C 结束 stops)",
        flush=True,
    )
    try:
        await server.serve(sockets=[listener])
    finally:
        for each in tasks:
            each.cancel()


async def _watch(paths: Paths, app: Server, work: Rebuild, waiting: asyncio.Event) -> None:
    """On each change show the pages of the plans that changed, also while a build is under way, and have one follow."""
    from watchfiles import awatch  # needed here only, and not in the image

    while True:
        async for changes in awatch(*_watched(paths), debounce=400):
            if plan_ids := _plans(paths, [Path(path) for _, path in changes]):
                app.first = {**app.first, **await _tried(work.first, plan_ids, {})}
            waiting.set()
            if not plan_ids:
                break  # an editor that puts a new file in the place of the old one ends the watch over that file


def _watched(paths: Paths) -> list[Path]:
    """What a site is made of, as far as it is there."""
    every = (paths.datapackages, paths.templates, paths.own_templates, paths.settings)
    return [each for each in dict.fromkeys(every) if each.exists()]


async def _build_behind(app: Server, work: Rebuild, waiting: asyncio.Event) -> None:
    """Build the whole site after each change, and forget the pages that stood before it."""
    while True:
        await waiting.wait()
        waiting.clear()
        shown = app.first
        await _tried(lambda _: work.build(), (), False)
        app.first = {file: page for file, page in app.first.items() if shown.get(file) is not page}


async def _tried(make: Callable[[Collection[str]], T], given: Collection[str], otherwise: T) -> T:
    """What is made beside the server; whatever goes wrong, the next change gets its chance."""
    try:
        return await asyncio.to_thread(make, given)
    except Exception as error:
        print(f"重建失败 the rebuild failed: {error!r}", flush=True)
        return otherwise


def _plans(paths: Paths, changed: list[Path]) -> set[str]:
    """The plans that changed, where nothing else did: what all plans share shows on every page."""
    if not all(each.is_relative_to(paths.plans) for each in changed):
        return set()
    return {each.relative_to(paths.plans).parts[0] for each in changed if each != paths.plans}
