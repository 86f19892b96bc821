"""Workers end when the process that they work for is killed: a pipe that they all hold comes to its end."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from openplans.paths import HOUSE, Paths
from tests.server.http import free_port

POOL = """
import sys
from openplans.artifacts import executor
executor._IMPORTED = ()
with executor._processes(2) as each:
    print(list(each(abs, [-1])), flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("arguments", "begun"), [(["-c", POOL], "[1]"), (["-m", "openplans.server"], "Application startup complete")]
)
def test_workers_end_with_the_one_they_work_for(arguments: list[str], begun: str, built: Paths) -> None:
    environment = {**os.environ, "OPENPLANS_OUTPUT": str(built.output), "PORT": str(free_port()), "WORKERS": "1"}
    whole = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=HOUSE,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    with whole:
        assert whole.stdout and any(begun in line for line in whole.stdout), "it has begun"
        whole.kill()
        whole.stdout.read()
