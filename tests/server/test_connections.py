"""Connections: those that ask nothing, readers that don't read, workers that are slow, and the end of the server."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import uvicorn

from openplans.paths import HOUSE, Paths
from openplans.server import __main__ as public
from openplans.server import protocol
from openplans.server.app import Server
from tests.server.http import WAIT, asked, eventually, get, in_both_languages, public_server


@pytest.fixture(scope="module")
def patient_of_little(built: Paths) -> Iterator[tuple[int, uvicorn.Server]]:
    """A server in this process with clocks of a fraction of a second, and its port."""
    with pytest.MonkeyPatch.context() as patched, socket.socket() as listener:
        patched.setattr(protocol, "IDLE", 0.3)
        patched.setattr(protocol, "STALLED", 0.3)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(Server(built.output), log_level="error", **protocol.LIMITS))
        thread = threading.Thread(target=asyncio.run, args=(server.serve(sockets=[listener]),), daemon=True)
        server.install_signal_handlers = lambda: None
        thread.start()
        yield listener.getsockname()[1], server
        server.should_exit = True
        thread.join(WAIT)
        assert not thread.is_alive()


@pytest.fixture
def impatient(patient_of_little: tuple[int, uvicorn.Server]) -> int:
    """The port of that server."""
    return patient_of_little[0]


def closed(connection: socket.socket) -> bool:
    """Wait until the other side closes."""
    with contextlib.suppress(ConnectionError):
        while connection.recv(65536):
            pass
    return True


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port))


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_connection_that_asks_nothing_is_closed(impatient: int, begun: bytes) -> None:
    with connected(impatient) as connection:
        connection.sendall(begun)
        assert closed(connection)


def test_beyond_so_many_connections_each_is_told_to_come_again(impatient: int, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"http://127.0.0.1:{impatient}"
    monkeypatch.setattr(protocol, "CONNECTIONS", 0)
    status, headers, told = asked(address, "/db/openplans")
    assert status == 503 and headers["connection"] == "close" and int(headers["retry-after"])
    assert in_both_languages(told)
    monkeypatch.setattr(protocol, "CONNECTIONS", 1)
    assert eventually(lambda: asked(address, "/robots.txt")[0] == 200)


@pytest.mark.parametrize("before", [b"", b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_a_request_that_comes_letter_by_letter_is_closed(impatient: int, before: bytes) -> None:
    """Slowloris, the first request or the next: each letter would begin uvicorn's own clock anew."""
    with connected(impatient) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(before)
        connection.settimeout(0.05)
        while True:
            connection.sendall(b"X")
            with contextlib.suppress(TimeoutError):
                if not connection.recv(65536):
                    return


def test_a_connection_is_kept_for_the_next_request(server: str) -> None:
    kept = http.client.HTTPConnection(server.removeprefix("http://"))
    kept.connect()
    first = kept.sock
    for _ in range(3):
        kept.request("GET", "/robots.txt")
        assert kept.getresponse().read()
    assert kept.sock is first
    kept.close()


def test_a_connection_is_closed_some_time_after_its_last_answer(impatient: int) -> None:
    def answer() -> bytes:
        with connected(impatient) as connection, contextlib.suppress(ConnectionError):
            connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            return b"".join(iter(lambda: connection.recv(65536), b""))
        return b""

    assert eventually(lambda: b"HTTP/1.1 200" in answer())  # a busy machine may ask too late


def test_an_answer_may_take_longer_than_a_connection_may_be_idle(impatient: int) -> None:
    """A second of SQL, where idle connections are closed after a third of it."""
    endless = "with+recursive+c(x)+as+(select+1+union+all+select+x%2B1+from+c)+select+count(*)+from+c"
    assert asked(f"http://127.0.0.1:{impatient}", f"/db/openplans.json?sql={endless}")[0] == 400


def test_the_second_of_two_in_a_row_may_take_as_long(impatient: int) -> None:
    endless = "with+recursive+c(x)+as+(select+1+union+all+select+x%2B1+from+c)+select+count(*)+from+c"
    lines = ("GET /robots.txt", f"GET /db/openplans.json?sql={endless}&_n=second")

    def answers() -> int:
        with connected(impatient) as connection, contextlib.suppress(ConnectionError):
            connection.sendall("".join(f"{line} HTTP/1.1\r\nHost: x\r\n\r\n" for line in lines).encode())
            return b"".join(iter(lambda: connection.recv(65536), b"")).count(b"HTTP/1.1 ")
        return 0

    assert eventually(lambda: answers() == 2)  # a busy machine may ask too late


def test_requests_in_a_row_are_all_answered(server: str) -> None:
    with connected(int(server.rpartition(":")[2])) as connection:
        asked = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n"
        connection.sendall(4 * (asked + b"\r\n") + asked + b"Connection: close\r\n\r\n")
        assert b"".join(iter(lambda: connection.recv(65536), b"")).count(b"HTTP/1.1 200") == 5


@pytest.mark.parametrize(("path", "status"), [("/", 405), ("/db/openplans", 405), ("/db/-/mcp", 413)])
@pytest.mark.parametrize("kept", ["keep-alive", "close"])
def test_who_sends_what_nobody_reads_gets_the_answer_and_no_reset(
    server: str, path: str, status: int, kept: str
) -> None:
    connection = http.client.HTTPConnection(server.removeprefix("http://"))
    connection.request("POST", path, bytes(20_000_000), {"Connection": kept})
    assert connection.getresponse().status == status
    connection.close()


def test_who_sends_on_behind_what_is_no_request_gets_the_answer_and_no_reset(server: str) -> None:
    with connected(int(server.rpartition(":")[2])) as connection:
        connection.sendall(b"nothing of the kind\r\n\r\n" + bytes(20_000_000))
        assert connection.recv(12) == b"HTTP/1.1 400"


def test_an_answer_ends_at_once_though_its_request_does_not(impatient: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "IDLE", 3600.0)
    with connected(impatient) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\nConnection: close\r\n\r\n")
        assert b"".join(iter(lambda: connection.recv(65536), b"")).startswith(b"HTTP/1.1 405")


def test_what_is_no_request_and_has_no_end_is_cut_off(impatient: int) -> None:
    with connected(impatient) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        assert closed(connection)
        while True:
            connection.sendall(bytes(1000))


def test_a_reader_that_reads_slowly_gets_it_all(impatient: int, monkeypatch: pytest.MonkeyPatch, built: Paths) -> None:
    monkeypatch.setattr(protocol, "STALLED", 1.0)
    size = (built.output / "data/openplans.db").stat().st_size

    def taken() -> int:
        with socket.socket() as reader, contextlib.suppress(ConnectionError):
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.connect(("127.0.0.1", impatient))
            line = "GET /data/openplans.db HTTP/1.1\r\nHost: x\r\n"
            reader.sendall((9 * f"{line}\r\n" + f"{line}Connection: close\r\n\r\n").encode())
            found = 0
            while piece := reader.recv(65536):
                found += len(piece)
                threading.Event().wait(0.002)
            return found
        return 0

    assert eventually(lambda: taken() > 10 * size)


def test_a_body_without_an_end_is_cut_off_some_time_after_its_answer(impatient: int) -> None:
    with connected(impatient) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\nConnection: close\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 405"
        assert closed(connection)  # its own end is closed at once
        while True:
            connection.sendall(bytes(1000))


def test_a_reader_that_reads_nothing_is_cut_off(patient_of_little: tuple[int, uvicorn.Server]) -> None:
    port, server = patient_of_little
    with connected(port) as reader:
        for number in range(60):
            line = f"GET /data/openplans.db?n={number} HTTP/1.1\r\nHost: x\r\n\r\n"
            reader.sendall(line.encode())
        assert eventually(lambda: any(each.flow.write_paused for each in server.server_state.connections))
        assert eventually(lambda: not server.server_state.connections), "though the reader is still connected"


def test_who_begins_to_read_late_gets_all_of_it(server: str, built: Paths) -> None:
    """More than the buffers between take: writing pauses, and goes on."""
    size = (built.output / "data/openplans.db").stat().st_size
    line = "GET /data/openplans.db HTTP/1.1\r\nHost: x\r\n{}\r\n"
    with connected(int(server.rpartition(":")[2])) as reader:
        reader.sendall((29 * line.format("") + line.format("Connection: close\r\n")).encode())
        answer = b"".join(iter(lambda: reader.recv(65536), b""))
    assert answer.count(b"HTTP/1.1 200 ") == 30 and len(answer) > 30 * size > 20_000_000


def test_many_idle_connections_turn_nobody_away(built: Paths) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    number = min(1_000, hard - 200)
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with public_server(built.output) as address, ExitStack() as idle:
            port = int(address.rpartition(":")[2])
            for _ in range(number):
                idle.enter_context(connected(port))
            for n in range(20):
                assert get(f"{address}/db/openplans/plans.json?_n=idle{n}")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, soft)


def standing_still(readers: ExitStack, port: int, asked: str, number: int) -> None:
    """Readers that ask for more than the buffers between take, read a byte and then stand still."""
    for reader in range(number):
        still = readers.enter_context(connected(port))
        lines = (f"GET {asked.format(f'{reader}-{each}')} HTTP/1.1\r\nhost: x\r\n\r\n" for each in range(40))
        still.sendall("".join(lines).encode())
        assert still.recv(1) == b"H"


@pytest.mark.parametrize("asked", ["/db/openplans.db", "/db/openplans/clauses.json?_size=max&_n={}"])
def test_who_does_not_read_keeps_nobody_waiting(real_server: str, asked: str) -> None:
    with ExitStack() as readers:
        standing_still(readers, int(real_server.rpartition(":")[2]), asked, 4)  # more than take their turn at once
        assert "目标清单" in get(f"{real_server}/db/openplans/targets_named?_n={len(asked)}")


def test_readers_who_have_left_keep_nobody_waiting(server: str) -> None:
    endless = "with+recursive+c(x)+as+(select+1+union+all+select+x%2B1+from+c)+select+count(*)+from+c"
    for number in range(60):  # twenty seconds of work, if anybody waited for it
        with connected(int(server.rpartition(":")[2])) as left:
            left.sendall(f"GET /db/openplans.json?sql={endless}&_n={number} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
    assert get(f"{server}/db/openplans/plans.json?_shape=array&_n=left")


def test_the_public_server_stops_though_readers_stand_still(real_site: Path) -> None:
    assert protocol.LIMITS["timeout_graceful_shutdown"] < 10, "a container is killed after ten seconds"
    with ExitStack() as readers, public_server(real_site, workers=2) as address:
        standing_still(readers, int(address.rpartition(":")[2]), "/data/openplans.db", 6)


def test_the_supervisor_waits_for_a_slow_worker_and_imports_little_itself() -> None:
    assert public.HEALTH >= 60
    code = "import sys, openplans.server.__main__; print(sys.modules.keys() & {'datasette', 'starlette', 'jinja2'})"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_application_does_not_read_the_definitions_of_units() -> None:
    code = "import openplans.server.app, datasette.views.base as b; print(type(b.ureg).__name__)"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "LazyRegistry"
