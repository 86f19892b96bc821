"""Site and Datasette over HTTP, as `build.py serve` serves them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from openplans.paths import HOUSE, Paths


@pytest.fixture(scope="module")
def server(built: Paths) -> Iterator[str]:
    """`build.py serve` on the tiny project."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, HOUSE / "build.py", "serve", "--root", built.root, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    for line in process.stdout:
        if f"127.0.0.1:{port}" in line:
            break
    threading.Thread(target=process.stdout.read, daemon=True).start()  # or a full pipe would stop the server
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(address).read()
            break
        except urllib.error.URLError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(timeout=20)


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.status == 200
        return answer.read().decode()


def test_site_and_datasette_share_a_port(server: str) -> None:
    assert "例县乡村振兴实施方案" in get(f"{server}/")
    assert "目标清单" in get(f"{server}/plans/990101-tiny-2023/targets/")
    assert "Open Plans" in get(f"{server}/db/")


def test_datasette_answers_with_titles_licence_and_descriptions(server: str) -> None:
    page = get(f"{server}/db/openplans/targets")
    assert "目标清单 Targets" in page and "CC BY 4.0" in page
    assert "一字不改" in page, "the description of the column quote"


def test_datasette_answers_in_json(server: str) -> None:
    [row] = json.loads(get(f"{server}/db/openplans/targets.json?target_id=990101-tiny-2023-t003&_shape=array"))
    assert (row["value"], row["unit"], row["quote"]) == (50000.0, "万元", "2025年突破50000万元")


def test_datasette_runs_a_query(server: str) -> None:
    sql = "select+org_id,count(*)+as+n+from+responsibilities+group+by+1+order+by+1"
    answer = json.loads(get(f"{server}/db/openplans.json?sql={sql}&_shape=array"))
    assert answer[0] == {"org_id": "990000-forestry", "n": 1}


@pytest.mark.parametrize("sql", ["delete+from+targets", "attach+database+'x.db'+as+x", "drop+table+targets"])
def test_datasette_writes_nothing(server: str, sql: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(f"{server}/db/openplans.json?sql={sql}")
    assert refused.value.code == 400


def test_a_change_of_the_data_is_served(server: str, built: Paths) -> None:
    path = built.root / "datapackages/registry/themes.csv"
    kept = path.read_bytes()
    try:
        path.write_text(kept.decode().replace("村庄", "美丽村庄"), encoding="utf-8")
        assert eventually(lambda: "美丽村庄" in get(f"{server}/indicators/"))
        assert (
            json.loads(get(f"{server}/db/openplans/themes.json?theme_id=villages&_shape=array"))[0]["name_zh"]
            == "美丽村庄"
        )
        path.write_text("theme_id\n", encoding="utf-8")
        time.sleep(3)
        assert "美丽村庄" in get(f"{server}/indicators/"), "a broken table leaves the last good site"
    finally:
        path.write_bytes(kept)
    assert eventually(lambda: "美丽村庄" not in get(f"{server}/indicators/"))


def eventually(true, seconds: int = 60) -> bool:
    """Whether something becomes true in time; a rebuild takes some seconds."""
    for _ in range(seconds * 2):
        try:
            if true():
                return True
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.5)
    return False
