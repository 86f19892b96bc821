"""The servers that the tests share: the public one on the tiny project, and on the database of the real plans."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from openplans import pipeline
from openplans.database.metadata import metadata
from openplans.paths import HOUSE, Paths
from tests.conftest import Silent
from tests.server.http import WAIT, public_server


@pytest.fixture(autouse=True)
def nobody_waits_for_ever() -> Iterator[None]:
    """Every client of a test gives up after a while."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(WAIT)
    yield
    socket.setdefaulttimeout(before)


@pytest.fixture(autouse=True)
def threads_may_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python takes SystemExit for the end of a thread; pytest warns of it, and keeps what the thread had at hand."""
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)


@pytest.fixture(scope="session")
def server(built: Paths) -> Iterator[str]:
    """The public server on the tiny project."""
    with public_server(built.output) as address:
        yield address


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Datasette needs of a site of the real plans: the database and its metadata, without the pages."""
    root = tmp_path_factory.mktemp("real_database")
    shutil.copytree(HOUSE / "datapackages", root / "datapackages")
    paths = Paths.of(root)
    known = pipeline.make_database(paths, Silent())
    data = paths.output / "data"
    data.mkdir(parents=True)
    shutil.copyfile(paths.database, data / "openplans.db")
    (data / "datasette-metadata.json").write_text(json.dumps(metadata(known)), encoding="utf-8")
    (paths.output / "index.html").write_text("<!doctype html><title>…</title>", encoding="utf-8")
    return paths.output


@pytest.fixture(scope="session")
def real_server(real_site: Path) -> Iterator[str]:
    """The public server on the real plans' database."""
    with public_server(real_site) as address:
        yield address
