"""What is not kept yet is made, by whatever executor there is, and kept.

Comes in: a store, an executor, and jobs: a key and what is needed to make its files. Goes out: the files of each job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from openplans.artifacts.executor import Map
from openplans.artifacts.store import Files, Store

Job = TypeVar("Job")

Made = dict[str, bytes]
"""What a job gives: contents by name."""

_AHEAD = 50
"""How many jobs a worker may have begun before their files are taken: of what is made by job, a megabyte at most."""


@dataclass(frozen=True)
class Builder:
    """A store and an executor. Only the process that builds opens the store: workers get bytes and give bytes."""

    store: Store
    each: Map

    def made(self, work: Callable[[Job], Made], jobs: Iterable[tuple[str, Job]]) -> Iterator[Files]:
        """The files of each job in order: those kept by its key, or what `work` makes of it. The work begins at once:
        who has something else to do takes the files later."""
        every = list(jobs)
        found = {key: self.store.get(key) for key, _ in every}
        missing = {key: job for key, job in every if found[key] is None}
        results = self.each(work, list(missing.values()), _AHEAD)

        def files() -> Iterator[Files]:
            for key, _ in every:
                if key in missing:
                    del missing[key]
                    found[key] = self.store.put(key, next(results))
                yield found[key] or {}

        return files()
