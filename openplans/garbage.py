"""How often Python's garbage collector looks for cycles, in this process and in those that work for it."""

from __future__ import annotations

import gc

_THRESHOLDS = (50_000, 20, 50)
"""The rows of all plans live to the end of a command, and what a worker has imported to its own: to look through them
as often as Python does by itself takes a fifth of the time of reading, and a twelfth of that of a build."""


def collect_seldom() -> None:
    """Look through what lives long a hundred times less often."""
    gc.set_threshold(*_THRESHOLDS)
