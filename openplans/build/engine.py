"""Where work is done: in this process, on every core of this machine, or on the machines of a Dask scheduler.

Comes in: a function of this library and its arguments. Goes out: its results in the order of the arguments. All three
are one function, `Map`: arguments and results are plain, picklable values, so that no worker needs a disk of ours.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from openplans.build import PublishError
from openplans.build.failing import reported

Item = TypeVar("Item")
Result = TypeVar("Result")

SERIAL = "serial"
"""The name of the engine that does everything in this process."""

_WAITING = 3
"""How many arguments a worker has before it or in hand: enough to keep it busy, few enough to hold in memory."""

_TRIES = 5
"""How often Dask does a thing again whose worker is lost: machines that are rented by the minute go."""


class Map(Protocol):
    """Does `work` on each item, lazily; results come in the order of the items."""

    def __call__(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]: ...


def serial(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """One after the other, in this process."""
    return map(work, items)


@contextmanager
def engine(scheduler: str = "") -> Iterator[Map]:
    """An engine by name: "" is every core of this machine,
    "serial" none but this process, an address (tcp://…) Dask."""
    if "://" in scheduler:
        with _dask(scheduler) as each:
            yield each
    elif scheduler == SERIAL or cores() == 1:
        yield serial
    else:
        with _processes(cores()) as each:
            yield each


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _processes(count: int) -> Iterator[Map]:
    """A pool of processes, copies of one that has imported the libraries and has no threads: Vega's and Arrow's threads
    do not survive in a copy of this process. They begin now, while this one reads and checks."""
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    context.set_forkserver_preload(["openplans.build.render", "openplans.charts.drawing", "openplans.downloads"])
    pool = ProcessPoolExecutor(count, context)
    for _ in range(count):
        pool.submit(abs, 0)
    try:
        yield _windowed(pool.submit, count * _WAITING)
    except BrokenProcessPool as broken:
        raise PublishError(f"a process of the build was ended, perhaps for want of memory: {broken}") from broken
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _dask(address: str) -> Iterator[Map]:
    """The workers of a Dask scheduler; what a lost one had is done by another."""
    try:
        from distributed import Client
    except ImportError as missing:
        raise PublishError("--scheduler needs Dask: pip install -r requirements-distributed.txt") from missing
    try:
        client = Client(address, set_as_default=False, timeout="10s")
    except OSError as away:
        raise PublishError(f"no scheduler answers at {address}: {away}") from away
    with client:
        count = max(1, sum(client.nthreads().values()))
        yield _windowed(lambda work, item: client.submit(work, item, pure=False, retries=_TRIES), count * _WAITING)


def _windowed(submit: Callable[..., Any], width: int) -> Map:
    """A Map over futures that has at most `width` of them at a time."""

    def each(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        waiting: deque[Any] = deque()
        for item in items:
            waiting.append(submit(reported(work), item))
            if len(waiting) >= width:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    return each
