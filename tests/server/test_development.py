"""`build.py serve`: a port that is taken is told before anything is built, and a change of the data is served."""

from __future__ import annotations

import json
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from openplans.paths import Paths
from openplans.server.development import PortTaken, listening
from tests.conftest import TINY, command
from tests.server.http import asked, eventually, free_port, get, running


@pytest.fixture(scope="module")
def served(built: Paths, tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A copy of the tiny project: `build.py serve` builds its site with links to the Datasette beside it."""
    paths = Paths.of(Path(shutil.copytree(TINY, tmp_path_factory.mktemp("served") / "tiny")))
    shutil.copytree(built.root / "build", paths.root / "build")
    paths.settings.write_text('name = "例省计划"\n', encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def local(served: Paths) -> Iterator[str]:
    """`build.py serve` on the tiny project."""
    port = free_port()
    with running([sys.executable, "build.py", "serve", "--root", served.root, "--port", str(port)], port) as address:
        yield address


def test_a_taken_port_is_told_before_anything_is_built(tiny: Path) -> None:
    with listening(0) as other:
        port = other.getsockname()[1]
        done = command("serve", "--root", tiny, "--port", str(port))
        with pytest.raises(PortTaken):
            listening(port)
    assert done.returncode == 2 and not (tiny / "site").exists() and not (tiny / "build/pages").exists()
    told = done.stderr.splitlines()
    assert f"端口 {port} 已被" in told[0] and f"Port {port} is taken" in told[1] and f"--port {port + 1}" in told[1]


def test_who_asks_before_the_first_build_is_done_waits() -> None:
    with listening(0) as listener, socket.create_connection(listener.getsockname()) as early:
        assert early.getpeername() == listener.getsockname()


def test_site_and_datasette_share_a_port(local: str) -> None:
    assert "例县乡村振兴实施方案" in get(f"{local}/")
    assert "目标清单" in get(f"{local}/plans/990101-tiny-2023/targets/")
    assert "Open Plans" in get(f"{local}/db/")
    assert asked(local, "/")[1]["cache-control"] == "no-cache"


def test_a_change_of_the_data_is_served(local: str, served: Paths) -> None:
    path = served.root / "datapackages/registry/themes.csv"
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace("村庄", "美丽村庄"), encoding="utf-8")
    assert eventually(lambda: "美丽村庄" in get(f"{local}/indicators/"))
    asking = f"{local}/db/openplans/themes.json?theme_id=villages&_shape=array"
    assert eventually(lambda: json.loads(get(asking))[0]["name_zh"] == "美丽村庄")
    # A broken table leaves the last good site; the next good one is served again.
    path.write_text("theme_id\n", encoding="utf-8")
    path.write_text(kept, encoding="utf-8")
    assert eventually(lambda: "美丽村庄" not in get(f"{local}/indicators/"))


def test_a_change_of_the_settings_is_served(local: str, served: Paths) -> None:
    for name in ("甲省计划", "乙省计划"):
        fresh = served.settings.with_suffix(".new")
        fresh.write_text(f'name = "{name}"\n', encoding="utf-8")
        fresh.replace(served.settings)  # as most editors save
        assert eventually(lambda name=name: name in get(f"{local}/"))
