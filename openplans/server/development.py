"""`build.py serve`: build, serve on this machine, and build again when the data or a template changes.

Comes in: the paths of a project and how it is built. Goes out: HTTP on 127.0.0.1 until interrupted. The port is taken
before the first build, which may take a minute: who asks meanwhile waits, and a port that is taken is told at once.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import uvicorn

from openplans.paths import Paths
from openplans.server.app import MOUNT, Server
from openplans.server.protocol import LIMITS


class PortTaken(Exception):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"端口 {port} 已被别的程序占用。怎样改：停掉那个程序，或换一个端口(--port {port + 1})。\n"
            f"Port {port} is taken by another program. To mend: stop it, or choose another port (--port {port + 1})."
        )


def serve(paths: Paths, port: int, build: Callable[[], bool]) -> bool:
    """Build, serve until interrupted, and build again on each change; a failed build leaves what is served.

    False where there was nothing to serve: the first build failed and there is no older site. PortTaken before
    anything.
    """
    with listening(port) as listener:
        if not build() and not (paths.output / "data" / "openplans.db").exists():
            return False
        asyncio.run(_serve(paths, port, listener, build))
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


async def _serve(paths: Paths, port: int, listener: socket.socket, build: Callable[[], bool]) -> None:
    app = Server(paths.output)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", **LIMITS))
    watching = asyncio.create_task(_rebuild_on_change(paths, app, build))
    print(
        f"网站 site: http://127.0.0.1:{port}/    Datasette: http://127.0.0.1:{port}{MOUNT}    (Ctrl+C 结束 stops)",
        flush=True,
    )
    try:
        await server.serve(sockets=[listener])
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
