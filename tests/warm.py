"""build.py in a process of its own that has nothing to import: a fork of one that has. Imports take longer than most
commands do on the tiny project, and the tests run some hundred of these.

Comes in: the arguments, folder and environment of a command. Goes out: what subprocess.run would give.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openplans.cli import COMMANDS
from openplans.paths import HOUSE

_IMPORTED = (
    *(f"openplans.cli.{name}" for name in COMMANDS if name not in ("site", "serve")), "openplans.rules.validate",
    "openplans.facts.model", "openplans.forms.take", "openplans.forms.write", "openplans.drafting.proposing",
    "frictionless", "openpyxl",
)  # fmt: skip
"""What the commands import when they are asked for; nothing that begins threads, for these do not outlive a fork."""


def run(arguments: Sequence[str], cwd: Path | None, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run build.py with these arguments."""
    with TemporaryDirectory() as folder:
        told = [Path(folder) / name for name in ("stdout", "stderr")]
        asked = {"arguments": arguments, "cwd": str(cwd or Path.cwd()), "env": dict(env), "told": [*map(str, told)]}
        server = _server()
        assert server.stdin and server.stdout
        server.stdin.write(f"{json.dumps(asked)}\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(arguments, code, *(each.read_text() for each in told))


@cache
def _server() -> subprocess.Popen[str]:
    """The process that is forked, one for each process of tests; it ends when its input does."""
    own = subprocess.Popen(
        [sys.executable, "-c", "from tests.warm import serve; serve()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE,
    )  # fmt: skip
    atexit.register(own.communicate)
    return own


def serve() -> None:
    """Fork for each line of the input, and tell the exit code of what ran."""
    for name in _IMPORTED:
        import_module(name)
    gc.freeze()  # else the collector writes to what the forks share
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            _become(json.loads(line))
            sys.exit(import_module("openplans.cli").main())
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(asked: Mapping[str, Any]) -> None:
    """Take the place of a process that was started with this folder, environment and output."""
    for descriptor, path in enumerate((os.devnull, *asked["told"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), descriptor)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv = [str(HOUSE / "build.py"), *asked["arguments"]]
