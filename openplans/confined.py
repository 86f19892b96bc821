"""A function over a file that a stranger sent, in a process of its own with limits to memory and time.

Comes in: a function by name and the bytes of the file. Goes out: what it returns, or Overrun. Apart, because libraries
that read workbooks, PDFs and Word files take what the file says: a workbook of 1 KB whose last cell is XFD1048576 ends
the process in the middle of its work (Rust's abort), a PDF of 3 KB is drawn without end. It imports next to
nothing, for each file waits for it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from openplans.paths import HOUSE

MEMORY, SECONDS = 2_000_000_000, 120
"""Bytes and seconds of the processor that a file may take: a PDF of 128 pages takes 280 MB and 11 seconds."""

PATIENCE = 10
"""How many times as long it may take by the clock, on a machine that others use."""


class Overrun(Exception):
    """The function needed more than it may, or its process died."""


def confined(module: str, function: str, data: bytes, *args: str) -> Any:
    """What a function of a module returns for the bytes of a file and some texts. Overrun."""
    path = os.pathsep.join(filter(None, (str(HOUSE), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "openplans.confined", module, function, *args],
            input=data,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": path, "RUST_BACKTRACE": "0"},
            timeout=SECONDS * PATIENCE,
        )
    except subprocess.TimeoutExpired as late:
        raise Overrun from late
    if done.returncode:
        raise Overrun
    return pickle.loads(done.stdout)


def _limit() -> None:
    """Limit this process, where the system can; no core file is left where it is aborted."""
    with suppress(ModuleNotFoundError):
        import resource

        for limit, most in (("AS", MEMORY), ("CPU", SECONDS), ("CORE", 0)):
            hard = resource.getrlimit(number := getattr(resource, f"RLIMIT_{limit}"))[1]
            wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with suppress(ValueError, OSError):  # macOS knows none of memory
                resource.setrlimit(number, (wanted, hard))


def main(module: str, function: str, *args: str) -> None:
    """Of the process: print what the function returns; what it raises ends it with exit code 1."""
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # what a library prints is no part of the answer
    _limit()
    pickle.dump(getattr(import_module(module), function)(sys.stdin.buffer.read(), *args), out)


if __name__ == "__main__":
    main(*sys.argv[1:])
