"""What docs/deploy.md promises, as far as it can be tried without a container host: the image itself is tried in
publish.yml."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import httpx
import pytest
import yaml
from datasette.app import DEFAULT_SETTINGS

from openplans import pipeline, routes
from openplans.paths import HOUSE, Paths
from openplans.server.app import Server
from openplans.server.plugins import admission
from tests.conftest import Silent
from tests.server.http import free_port, get, public_server, running

T = TypeVar("T")

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
    assert command == ["python", "-m", "openplans.server"]


def test_the_health_check_of_the_image_is_answered(real_site: Path) -> None:
    code = json.loads(re.findall(r"(?m)^  CMD (\[.*\])$", DOCKERFILE)[0])[2]
    with public_server(real_site, workers=2) as address:
        environment = {"PORT": address.rpartition(":")[2]}
        assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0


def apart(work: Callable[[], Awaitable[T]]) -> T:
    """What a coroutine gives, in a thread apart: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work()).result()


def within(site: Path, ask: Callable[[httpx.AsyncClient], Awaitable[list[int]]]) -> list[int]:
    """What `ask` gets of a new server in this process."""

    async def asked() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(Server(site)), base_url="http://test") as client:
            return await ask(client)

    return apart(asked)


def test_the_first_requests_may_come_at_once(real_site: Path) -> None:
    async def first(client: httpx.AsyncClient) -> list[int]:
        asked = [client.get(f"/db/openplans/targets_named?_size=1&_new={number}") for number in range(8)]
        return [answer.status_code for answer in await asyncio.gather(*asked)]

    for _ in range(3):
        assert within(real_site, first) == [200] * 8


@pytest.mark.parametrize("limit", ["WAITING", "UNREAD"])
def test_where_too_much_waits_it_is_said_and_what_is_cached_is_given(
    real_site: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    async def busy(client: httpx.AsyncClient) -> list[int]:
        kept, fresh = (f"/db/openplans/plans.json?_n={name}" for name in ("kept", "fresh"))
        first = await client.get(kept)
        monkeypatch.setattr(admission, limit, -1)
        return [first.status_code, (await client.get(kept)).status_code, (await client.get(fresh)).status_code]

    assert within(real_site, busy) == [200, 200, 503]


def test_compose_runs_the_image_without_rights() -> None:
    service = yaml.safe_load((HOUSE / "compose.yaml").read_text(encoding="utf-8"))["services"]["openplans"]
    assert service["build"]["context"] == "." and service["read_only"] is True
    assert service["cap_drop"] == ["ALL"] and service["ports"] == ["${BIND:-127.0.0.1}:${PORT:-8001}:8001"]


def test_the_server_needs_only_its_own_requirements() -> None:
    assert pins("requirements-serve.txt").items() <= pins("requirements.txt").items()
    others = [
        name.replace("-", "_") for name in pins("requirements.txt").keys() - pins("requirements-serve.txt").keys()
    ]
    code = f"import sys; sys.modules.update(dict.fromkeys({sorted(others)})); import openplans.server.app"
    assert "watchfiles" in others and "pandas" in others
    subprocess.run([sys.executable, "-c", code], cwd=HOUSE, check=True)


def test_the_workflow_of_a_release_is_sound() -> None:
    jobs = yaml.safe_load((HOUSE / ".github/workflows/publish.yml").read_text(encoding="utf-8"))["jobs"]
    needs = {name: job.get("needs") for name, job in jobs.items()}
    assert needs == {
        "build": None,
        "deploy": "build",
        "image": None,
        "push": "image",
        "files": "image",
        "release": "files",
    }
    steps = "\n".join(str(step) for job in ("files", "release") for step in jobs[job]["steps"])
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
        (HOUSE / name).read_text(encoding="utf-8")
        for name in ("openplans/server/__main__.py", "openplans/server/app.py", "openplans/database/metadata.py")
    )
    told = set(re.findall(r"(?m)^\| `([A-Z_]+)` \|", DOCS)) - {"FORWARDED_ALLOW_IPS"}  # uvicorn's
    assert told == set(re.findall(r'environ\.get\("(\w+)"', code)) | set(re.findall(r'"\$env": "(\w+)"', code))


def test_the_paths_of_the_docs_are_there() -> None:
    for path in re.findall(r"`((?:templates|tests|openplans|\.github)/[\w./-]+)`", DOCS):
        assert (HOUSE / path).exists(), path


@pytest.mark.parametrize("command", re.findall(r"(?m)^    (sqlite3 .+)$", DOCS))
def test_the_searches_of_the_docs_find_something(real_site: Path, command: str) -> None:
    _, file, sql = shlex.split(command)
    with sqlite3.connect(real_site / "data" / file) as connection:
        assert connection.execute(sql).fetchall()


def test_nginx_leads_on_from_the_same_addresses_as_the_server() -> None:
    text = (HOUSE / "docs/deploy.md").read_text(encoding="utf-8")
    assert re.findall(r'rewrite "\^/(.*)\$" /(.*) permanent;', text) == list(routes.MOVED)
