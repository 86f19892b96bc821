"""The history of the data, a day at a time; a day that was told once is kept by its pair of commits.

Comes in: the paths of a project and the store. Goes out: what each day changed, the newest first; nothing without git
or where git has not the whole of it. Apart from `packages.history`, which asks git, because only here something is
kept. In this process: workers have no repository.
"""

from __future__ import annotations

from openplans.artifacts.builder import Builder, Made
from openplans.artifacts.executor import serial
from openplans.artifacts.store import digest, of_folders
from openplans.packages import history
from openplans.packages.history import Day, DayOfChanges
from openplans.packages.revisions import UnknownRevision
from openplans.paths import LIBRARY, Paths

_FILE = "entries.json"


def past(paths: Paths, builder: Builder) -> tuple[DayOfChanges, ...]:
    """What every day of the history changed."""
    days = history.days(paths)
    code = of_folders(LIBRARY / "packages", LIBRARY / "schema")
    jobs = [(digest(code, each.old, each.new), (paths, each)) for each in days]
    files = Builder(builder.store, serial).made(_told, jobs)
    try:
        return tuple(
            DayOfChanges(day, history.entries(builder.store.read(each[_FILE])))
            for day, each in zip(days, files, strict=True)
        )
    except UnknownRevision:
        return ()


def _told(job: tuple[Paths, Day]) -> Made:
    return {_FILE: history.told(*job)}
