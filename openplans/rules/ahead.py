"""Many packages are judged on every core, ahead of the one pass that words and gathers what was found.

Comes in: a world, the packages to judge, how that is done. Goes out: nothing but judgements in the store
(packages/judgements.py), where that pass finds them. Apart, because it is about processes and not about rules: each is
a fork of this one, which has the world already, so that nothing is sent. What a process leaves undone, that pass does
itself.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Item = TypeVar("Item")

FEW = 12
"""Packages that are judged in one process: to start others takes longer."""


def ahead(judge: Callable[[Item], object], items: list[Item], processes: int) -> None:
    """Judge each of these in one of so many forked processes. Where there are no forks, nothing is done."""
    count = min(processes, len(items) // FEW)
    if count < 2 or sys.platform != "linux":
        return
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_each, args=(judge, items[number::count])) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def _each(judge: Callable[[Item], object], items: list[Item]) -> None:
    for item in items:
        with suppress(Exception):  # the pass that follows judges it once more, and says what went wrong
            judge(item)
