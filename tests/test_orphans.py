"""Workers end when the process that they work for is killed: a pipe that they all hold comes to its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from openplans.paths import HOUSE, Paths
from tests.conftest import hears_ctrl_c
from tests.server.http import free_port

POOL = """
import sys
from openplans.artifacts import executor
executor._IMPORTED = ()
with executor._processes(2) as each:
    print(list(each(abs, [-1])), flush=True)
    sys.stdin.read()
"""


INTERRUPTED = """
import sys
from openplans.artifacts import executor
try:
    with executor._processes(2) as each:
        print("begun", flush=True)  # what the others import takes them a second and more
        sys.stdin.read()
except KeyboardInterrupt:
    print("ended")
"""


def test_who_presses_ctrl_c_meets_no_traceback_of_the_others() -> None:
    whole = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        cwd=HOUSE,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    with whole:
        assert whole.stdout and whole.stdout.readline() == "begun\n"
        os.killpg(whole.pid, signal.SIGINT)
        assert whole.communicate(timeout=120)[0] == "ended\n"


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
