"""Where work is done: in this process, on every core of this machine, or on the machines of a Dask scheduler.

Comes in: a function of this library and its arguments. Goes out: its results in the order of the arguments. All three
are one function, `Map`: arguments and results are plain, picklable values, so that no worker needs a disk of ours.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Any, Protocol, TypeVar

from openplans import garbage
from openplans.orphans import end_with_parent
from openplans.paths import HOUSE
from openplans.problems import PublishError

Item = TypeVar("Item")
Result = TypeVar("Result")

SERIAL = "serial"
"""The name of the executor that does everything in this process."""

_WAITING = 3
"""How many arguments a worker has before it or in hand: enough to keep it busy, few enough to hold in memory."""

_IMPORTED = (
    "openplans.build.render", "openplans.charts.vega_lite", "openplans.downloads", "mkdocs.commands.build",
    "openplans.build.compiled",
)  # fmt: skip
"""What every process of the pool needs, imported once for all of them."""

_TRIES = 5
"""How often Dask does a thing again whose worker is lost: machines that are rented by the minute go."""


class Map(Protocol):
    """Does `work` on each item; results come in the order of the items. Others than `serial` begin at once with as many
    items as may wait, so that who asks can do something else before it takes the results: `waiting` for each worker."""

    def __call__(
        self, work: Callable[[Item], Result], items: Iterable[Item], waiting: int = _WAITING
    ) -> Iterator[Result]: ...


def serial(work: Callable[[Item], Result], items: Iterable[Item], waiting: int = _WAITING) -> Iterator[Result]:
    """One after the other, in this process."""
    return map(work, items)


@contextmanager
def executor(scheduler: str = "") -> Iterator[Map]:
    """An executor by name: "" is every core of this machine, "serial" none but this process, tcp://… Dask."""
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
    do not survive in a copy of this process. That one imports now, while this one reads and checks; its copies begin
    with the first work, of which there may be none."""
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    if hasattr(os, "fork"):
        from multiprocessing import forkserver, resource_tracker  # Windows has none

        context.set_forkserver_preload([*_IMPORTED])
        resource_tracker.ensure_running()  # which lets Ctrl-C in again, once it runs
        with _uninterrupted(), _importing():
            forkserver.ensure_running()
    pool = ProcessPoolExecutor(count, context, initializer=_begin)
    try:
        yield windowed(pool.submit, count)
    except BrokenProcessPool as broken:
        raise PublishError(
            "构建的一个进程被结束了，可能是内存不够。\n"
            f"A process of the build was ended, perhaps for want of memory: {broken}"
        ) from broken
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C (SIGINT) from a process that begins now: it would end in the middle of its imports, with a traceback
    of them. The one that builds hears it, and ends the others."""
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


@contextmanager
def _importing() -> Iterator[None]:
    """Let a process that begins now find this library from whatever folder: the forkserver of Python 3.11 is not told
    `sys.path`, and imports nothing, without a word, where it does not find a module."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(HOUSE), before)))
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def _begin() -> None:
    """A process of the pool begins: it ends with its parent, and at Ctrl-C at once and without a word."""
    end_with_parent()
    gc.freeze()  # what it was copied with stays
    garbage.collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@contextmanager
def _dask(address: str) -> Iterator[Map]:
    """The workers of a Dask scheduler; what a lost one had is done by another."""
    try:
        from distributed import Client
    except ImportError as missing:
        raise PublishError(
            "--scheduler 要先装 Dask：pip install -r requirements-distributed.txt\n"
            "--scheduler needs Dask: pip install -r requirements-distributed.txt"
        ) from missing
    try:
        client = Client(address, set_as_default=False, timeout="10s")
    except OSError as away:
        raise PublishError(f"{address} 没有调度器应答。\nNo scheduler answers at {address}: {away}") from away
    with client:
        count = max(1, sum(client.nthreads().values()))
        yield windowed(lambda work, item: client.submit(work, item, pure=False, retries=_TRIES), count)


def windowed(submit: Callable[..., Any], workers: int) -> Map:
    """A Map over futures of so many workers that has no more of them at a time than may wait."""
    from openplans.text.failing import reported  # late: a check makes nothing, and has no need of Jinja

    def each(work: Callable[[Item], Result], items: Iterable[Item], waiting: int = _WAITING) -> Iterator[Result]:
        rest, told = iter(items), reported(work)
        begun = deque(submit(told, item) for item in islice(rest, workers * waiting))

        def results() -> Iterator[Result]:
            while begun:
                first = begun.popleft()
                begun.extend(submit(told, item) for item in islice(rest, 1))
                yield first.result()

        return results()

    return each
