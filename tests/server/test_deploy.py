"""What docs/deploy.md promises, as far as it can be tried without a container host: the image itself is tried in publish.yml."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import yaml
from datasette.app import DEFAULT_SETTINGS
from datasette.plugins import pm
from openplans.serve import LIMITS, Server

from openplans import pipeline
from openplans.paths import HOUSE, Paths
from tests.conftest import Silent
from tests.test_datasette import free_port, get, running

DOCKERFILE = (HOUSE / "Dockerfile").read_text(encoding="utf-8")
BASE = "python:3.12.11-slim-bookworm@sha256:519591d6871b7bc437060736b9f7456b8731f1499a57e22e6c285135ae657bf7"
DOCS = (HOUSE / "docs/deploy.md").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)==(\S+)", (HOUSE / name).read_text(encoding="utf-8")))


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    sent = re.findall(r"(?m)^!(\S+)", (HOUSE / ".dockerignore").read_text(encoding="utf-8"))
    copied = [path for line in re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", DOCKERFILE) for path in line.split()]
    assert len(copied) > 8
    for path in copied:
        assert (HOUSE / path).exists(), path
        assert any(path == each or path.startswith(f"{each}/") for each in sent), path


def test_the_image_runs_unprivileged_and_is_watched() -> None:
    _, run = DOCKERFILE.rsplit("\nFROM ", 1)
    assert re.findall(r"(?m)^FROM (\S+)", DOCKERFILE) == [BASE] * 2
    assert run.index("USER 10001") < run.index("CMD")
    assert "HEALTHCHECK" in run and "chown" not in run
    command = json.loads(re.findall(r"(?m)^CMD (\[.*\])$", run)[-1])
    assert command == ["python", "-m", "openplans.serve"]


def test_the_health_check_of_the_image_is_answered(real: Paths) -> None:
    code = json.loads(re.findall(r"(?m)^  CMD (\[.*\])$", DOCKERFILE)[0])[2]
    port = free_port()
    environment = {"OPENPLANS_OUTPUT": str(real.output), "PORT": str(port), "WORKERS": "2"}
    with running([sys.executable, "-m", "openplans.serve"], port, **environment):
        assert subprocess.run([sys.executable, "-c", code], env={"PORT": str(port)}).returncode == 0


def within(site: Path, ask: Callable[[httpx.AsyncClient], Awaitable[list[int]]]) -> list[int]:
    """What `ask` gets of a new server in this process; in a thread apart, because a browser's loop may run in this one."""

    async def asked() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(Server(site)), base_url="http://test") as client:
            return await ask(client)

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, asked()).result()


def test_the_first_requests_may_come_at_once(real: Paths) -> None:
    async def first(client: httpx.AsyncClient) -> list[int]:
        asked = [client.get(f"/db/openplans/targets_named?_size=1&_new={number}") for number in range(8)]
        return [answer.status_code for answer in await asyncio.gather(*asked)]

    for _ in range(3):
        assert within(real.output, first) == [200] * 8


def test_where_too_many_wait_it_is_said_and_what_is_kept_is_given(real: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    async def busy(client: httpx.AsyncClient) -> list[int]:
        kept, fresh = (f"/db/openplans/plans.json?_n={name}" for name in ("kept", "fresh"))
        first = await client.get(kept)
        [guard] = [each for each in pm.get_plugins() if str(getattr(each, "__file__", "")).endswith("guard.py")]
        monkeypatch.setattr(guard, "WAITING", 0)
        return [first.status_code, (await client.get(kept)).status_code, (await client.get(fresh)).status_code]

    assert within(real.output, busy) == [200, 200, 503]


def standing_still(readers: ExitStack, port: int, asked: str, number: int) -> None:
    """Readers that ask for more than the buffers between take, read a byte and then stand still."""
    for reader in range(number):
        still = readers.enter_context(socket.create_connection(("127.0.0.1", port)))
        lines = (f"GET {asked.format(f'{reader}-{each}')} HTTP/1.1\r\nhost: x\r\n\r\n" for each in range(40))
        still.sendall("".join(lines).encode())
        assert still.recv(1) == b"H"


@pytest.mark.parametrize("asked", ["/db/openplans.db", "/db/openplans/clauses.json?_size=max&_n={}"])
def test_who_does_not_read_keeps_nobody_waiting(real: Paths, asked: str) -> None:
    port = free_port()
    environment = {"OPENPLANS_OUTPUT": str(real.output), "PORT": str(port), "WORKERS": "1"}
    with running([sys.executable, "-m", "openplans.serve"], port, **environment) as address, ExitStack() as readers:
        standing_still(readers, port, asked, 4)  # more than take their turn at once
        assert "目标清单" in get(f"{address}/db/openplans/targets_named?_n=x")


def test_the_public_server_stops_though_readers_stand_still(real: Paths) -> None:
    assert LIMITS["timeout_graceful_shutdown"] < 10, "a container is killed after ten seconds"
    port = free_port()
    environment = {"OPENPLANS_OUTPUT": str(real.output), "PORT": str(port), "WORKERS": "2"}
    with ExitStack() as readers, running([sys.executable, "-m", "openplans.serve"], port, **environment):
        standing_still(readers, port, "/data/openplans.db", 6)


def test_compose_runs_the_image_without_rights() -> None:
    service = yaml.safe_load((HOUSE / "compose.yaml").read_text(encoding="utf-8"))["services"]["openplans"]
    assert service["build"]["context"] == "." and service["read_only"] is True
    assert service["cap_drop"] == ["ALL"] and service["ports"] == ["${BIND:-127.0.0.1}:${PORT:-8001}:8001"]


def test_the_server_needs_only_its_own_requirements() -> None:
    assert pins("requirements-serve.txt").items() <= pins("requirements.txt").items()
    others = [
        name.replace("-", "_") for name in pins("requirements.txt").keys() - pins("requirements-serve.txt").keys()
    ]
    code = f"import sys; sys.modules.update(dict.fromkeys({sorted(others)})); import openplans.serve"
    assert "watchfiles" in others and "pandas" in others
    subprocess.run([sys.executable, "-c", code], cwd=HOUSE, check=True)


def test_the_workflow_of_a_release_is_sound() -> None:
    jobs = yaml.safe_load((HOUSE / ".github/workflows/publish.yml").read_text(encoding="utf-8"))["jobs"]
    assert set(jobs) == {"pages", "image", "release"} and jobs["release"]["needs"] == "image"
    steps = "\n".join(step.get("run", "") for step in jobs["release"]["steps"])
    for wanted in (
        "make site",
        "make database",
        "gh release upload",
        "site/data/openplans.db",
        "site/data/plans/*.zip",
    ):
        assert wanted in steps


def test_the_settings_are_ones_that_datasette_knows() -> None:
    settings = json.loads((HOUSE / "templates/datasette/settings.json").read_text(encoding="utf-8"))
    assert set(settings) <= set(DEFAULT_SETTINGS) and settings["suggest_facets"] is False


def test_a_plain_datasette_serves_the_folder(tiny: Path, tmp_path: Path) -> None:
    paths = Paths.of(tiny)
    pipeline.make_database(paths, Silent())
    elsewhere = Path(shutil.copytree(paths.datasette, tmp_path / "elsewhere"))
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", elsewhere, "--port", str(port)]
    with running(command, port, cwd=tmp_path) as address:
        assert "目标清单" in get(f"{address}/openplans/targets")
        [row] = json.loads(get(f"{address}/openplans/targets.json?_search={quote('倍差')}&_shape=array"))
        assert row["target_id"] == "990101-tiny-2023-t001"
        with urllib.request.urlopen(f"{address}/openplans/themes.json") as answer:
            assert answer.headers["access-control-allow-origin"] == "*" and answer.headers["etag"]
        database = json.loads(get(f"{address}/-/metadata.json"))["databases"]["openplans"]
        assert database["title"] == "全部计划"


def test_the_variables_of_the_docs_are_those_of_the_server() -> None:
    code = "".join(
        (HOUSE / name).read_text(encoding="utf-8") for name in ("openplans/serve.py", "openplans/database/metadata.py")
    )
    told = set(re.findall(r"(?m)^\| `([A-Z_]+)` \|", DOCS)) - {"FORWARDED_ALLOW_IPS"}  # uvicorn's
    assert told == set(re.findall(r'environ\.get\("(\w+)"', code)) | set(re.findall(r'"\$env": "(\w+)"', code))


def test_the_paths_of_the_docs_are_there() -> None:
    for path in re.findall(r"`((?:templates|tests|openplans|\.github)/[\w./-]+)`", DOCS):
        assert (HOUSE / path).exists(), path


@pytest.mark.parametrize("command", re.findall(r"(?m)^    (sqlite3 .+)$", DOCS))
def test_the_searches_of_the_docs_find_something(real: Paths, command: str) -> None:
    _, file, sql = shlex.split(command)
    with sqlite3.connect(real.output / "data" / file) as connection:
        assert connection.execute(sql).fetchall()
