"""A build over Dask: a real scheduler, two workers on this machine, one killed in the middle of it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from openplans import pipeline
from openplans.artifacts.store import Store
from openplans.paths import HOUSE, Paths
from tests.conftest import Silent
from tests.test_build import fingerprints

pytest.importorskip("distributed")
pytestmark = pytest.mark.nightly


@contextmanager
def program(folder: Path, said: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A program of Dask, and what it says when it is ready."""
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    with subprocess.Popen(command, cwd=HOUSE, stderr=subprocess.PIPE, text=True) as process:
        try:
            found = next(match[1] for line in process.stderr if (match := re.search(said, line)))
            yield process, found
        finally:
            process.kill()


def worker(folder: Path, address: str) -> object:
    given = ("worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
    return program(folder, r"(Starting established connection)", *given)


def test_a_build_whose_worker_dies_gives_the_bytes_of_one_without(
    built: Paths, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, killed = Store.put, []
    started = ("scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")
    with (
        program(tmp_path, r"Scheduler at:\s+(tcp://\S+)", *started) as (_, address),
        worker(tmp_path / "one", address) as (_, _),
        worker(tmp_path / "two", address) as (second, _),
    ):

        def kill_one(self: Store, *given: object) -> object:
            if not killed:
                killed.append(second.send_signal(signal.SIGKILL))
            return put(self, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(Store, "put", kill_one)
        paths = Paths.of(tiny)
        pipeline.make_site(paths, Silent(), scheduler=address)
    assert killed and fingerprints(paths.output) == fingerprints(built.output)
