"""A server as a process, and what it answers over HTTP."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from openplans.paths import HOUSE

WAIT = 60
"""Seconds after which a client gives up: a server that never answers is a test that fails, not one that hangs. No
answer takes a tenth of it."""

TRIES = 3_000
"""How often is asked whether something has become true: five minutes at least."""

Answer = tuple[int, dict[str, str], str]
"""Status, headers in lower case, body."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def running(command: list[str | Path], port: int, cwd: Path = HOUSE, **environment: str) -> Iterator[str]:
    """A server process that answers at `port`; its address."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=cwd, env={**os.environ, **environment}
    )
    assert process.stdout
    threading.Thread(target=process.stdout.read, daemon=True).start()  # or a full pipe would stop the server
    address = f"http://127.0.0.1:{port}"
    try:
        assert eventually(lambda: urllib.request.urlopen(address, timeout=WAIT).read(), process), "the server has ended"
        yield address
    finally:
        process.terminate()
        try:
            process.wait(WAIT)
        finally:
            process.kill()  # what has not ended by itself, which fails


@contextmanager
def public_server(site: Path, workers: int = 1) -> Iterator[str]:
    """The public server, as the image runs it."""
    port = free_port()
    environment = {"OPENPLANS_OUTPUT": str(site), "PORT": str(port), "WORKERS": str(workers)}
    with running([sys.executable, "-m", "openplans.server"], port, **environment) as address:
        yield address


def get(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200
        return answer.read().decode()


def asked(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Status, headers and body of a request, sent as it is."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def query(address: str, sql: str, ending: str = "", **arguments: str) -> Answer:
    """The answer to an SQL query, as a page, JSON or CSV."""
    return asked(address, f"/db/openplans{ending}?{urlencode({'sql': sql, **arguments})}")


def in_both_languages(body: str) -> bool:
    """Whether an error is told in Chinese and English."""
    told = body.encode().decode("unicode_escape") if '"ok": false' in body else body
    return any("\u4e00" <= letter <= "\u9fff" for letter in told) and any(letter.isascii() for letter in told)


def eventually(true: Callable[[], object], process: subprocess.Popen[bytes] | None = None) -> bool:
    """Wait until something becomes true, however long a busy machine takes; not where the process it hangs on has
    ended, nor for ever."""
    for _ in range(TRIES):
        if process is not None and process.poll() is not None:
            break
        try:
            if true():
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        threading.Event().wait(0.1)  # asked again, not timed
    return False
