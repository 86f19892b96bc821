"""How quickly Datasette answers, beside plain sqlite3 running the same SQL in this process. Prints; asserts nothing.

The public server is started as the image starts it, on the loopback, and asked by 16 connections at once: each address
once more than the last (what the server keeps is of no use), then one address again and again (as readers of one page
do). Client and server share the machine's cores, so the numbers are those of the whole.
"""

from __future__ import annotations

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from openplans.database import queries
from openplans.paths import HOUSE, Paths
from openplans.text.segmentation import query as cut_query

CONNECTIONS, REQUESTS = 16, 480

_DUE = next(each for each in queries.queries() if each.name == "due_in_year")
_LIST = "SELECT * FROM targets_named ORDER BY target_id LIMIT 31"
_SEARCH = "SELECT * FROM search_targets WHERE search MATCH ? ORDER BY relevance LIMIT 31"

ASKED: dict[str, tuple[str, str, object]] = {
    "table page": ("targets_named", _LIST, ()),
    "JSON page": ("targets_named.json", _LIST, ()),
    "canned query": (
        f"due_in_year?{urlencode({'year': '2027', 'region': '330326'})}",
        _DUE.sql,
        {"year": "2027", "region": "330326"},
    ),
    "search": (f"search_targets?{urlencode({'_search': '养老'})}", _SEARCH, (cut_query("养老"),)),
}
"""What is asked: the address, and the SQL that it comes to."""


def report(paths: Paths) -> None:
    """Print requests a second and the 95th percentile for each thing asked."""
    print(f"\nDatasette, {CONNECTIONS} connections, {os.cpu_count()} cores (95th percentile; target: below 100 ms)")
    print(f"  {'':<14} {'new addresses':>22} {'the same address':>22} {'plain sqlite3':>22}")
    with _serving(paths) as port, sqlite3.connect(paths.output / "data" / "openplans.db") as connection:
        for name, (address, sql, parameters) in ASKED.items():
            path = f"/db/openplans/{address}"
            glue = "&" if "?" in path else "?"
            asking = [
                _asked(port, lambda number, path=path, glue=glue: f"{path}{glue}_new={number}"),
                _asked(port, lambda number, path=path: path),
                _queried(connection, sql, parameters),
            ]
            cells = (f"{rate:,.0f}/s {late * 1000:8.1f} ms" for rate, late in asking)
            print(f"  {name:<14} " + " ".join(f"{cell:>22}" for cell in cells))


@contextmanager
def _serving(paths: Paths) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "OPENPLANS_OUTPUT": str(paths.output), "PORT": str(port), "WORKERS": "2"}
    process = subprocess.Popen(
        [sys.executable, "-m", "openplans.server"], cwd=HOUSE, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            try:
                _asked(port, lambda number: "/db/openplans", 2 * CONNECTIONS)  # every worker has begun
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _asked(port: int, address: Callable[[int], str], requests: int = REQUESTS) -> tuple[float, float]:
    """Requests a second and the 95th percentile in seconds."""
    numbers, times, errors = iter(range(requests)), [], []

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            while (number := next(numbers, None)) is not None:
                begun = time.perf_counter()
                connection.request("GET", address(number))
                answer = connection.getresponse()
                answer.read()
                times.append(time.perf_counter() - begun)
                assert answer.status == 200, (answer.status, address(number))
        except OSError as error:
            errors.append(error)

    # With Python's usual 5 ms each asker would wait for 15 others, and that would be taken for the server's time.
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    begun = time.perf_counter()
    askers = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for each in askers:
        each.start()
    for each in askers:
        each.join()
    took = time.perf_counter() - begun
    sys.setswitchinterval(usual)
    if errors:
        raise errors[0]
    return len(times) / took, _late(times)


def _queried(connection: sqlite3.Connection, sql: str, parameters: object) -> tuple[float, float]:
    times = []
    for _ in range(REQUESTS):
        begun = time.perf_counter()
        connection.execute(sql, parameters).fetchall()
        times.append(time.perf_counter() - begun)
    return len(times) / sum(times), _late(times)


def _late(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
