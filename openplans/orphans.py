"""Processes that end with the one they work for, also where that was killed and could tell nobody.

Comes in: a process that multiprocessing has started. Goes out: the same with a thread that waits for the end of its
parent. Without it a worker waits for work forever, or keeps serving an old site at the port that the next server wants.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from threading import Thread


def end_with_parent() -> None:
    """Tell this process to end (SIGTERM) as soon as its parent has."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True).start()
