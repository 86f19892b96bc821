"""The public server: `python -m openplans.server`, as the environment's HOST, PORT and WORKERS say.

Comes in: the environment. Goes out: a supervisor with several processes of the application. It imports uvicorn only:
each worker begins with what stands here, and answers the supervisor's health check while it imports Datasette.
"""

from __future__ import annotations

import os
import socket

import uvicorn
from uvicorn.supervisors import Multiprocess

from openplans.server.protocol import LIMITS

HEALTH = 120
"""Seconds in which a worker has to answer its supervisor. A quarter of a core takes 40 to import Datasette and the
protocol for assistants twice; and who is busy for a while must not be killed with its readers' answers."""

MALLOC = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""Of the workers, which begin anew, for glibc's allocator: one arena, and large pieces given back to the system. Else
each thread for queries keeps what SQLite has freed, hundreds of megabytes in the end."""


def main() -> None:
    """Serve until told to stop."""
    workers = int(os.environ.get("WORKERS", "2"))
    config = uvicorn.Config(
        "openplans.server.app:public",
        factory=True,
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8001")),
        workers=workers,
        access_log=False,
        server_header=False,
        timeout_worker_healthcheck=HEALTH,
        **LIMITS,
    )
    for name, value in {**MALLOC, "WORKERS": str(workers)}.items():
        os.environ.setdefault(name, value)
    _raise_the_limit_of_files()
    # TCP_NODELAY (Nagle) as uvicorn.run sets it, but at once: else the end of a short answer waits 40 ms for the
    # reader's word on its head.
    shared = config.bind_socket()
    shared.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    Multiprocess(config, sockets=[shared]).run()


def _raise_the_limit_of_files() -> None:
    """A connection is a file descriptor: as many as the system lets us have. Windows has no such limit."""
    try:
        import resource
    except ModuleNotFoundError:
        return
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
