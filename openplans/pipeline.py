"""The table of contents: what happens, in which order.

datapackages/ -> read -> link -> validate -> database -> downloads -> pages -> publish -> site/
Everything is read and checked before anything is written.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from openplans import database, downloads, pages, publish
from openplans.link import World, link
from openplans.paths import Paths
from openplans.problems import Problem, errors
from openplans.read import Project, read_project
from openplans.validate import validate

T = TypeVar("T")


class Watcher(Protocol):
    """Who is told of the steps: the command line prints them, a benchmark keeps them."""

    def step(self, name: str) -> AbstractContextManager[Step]:
        """A step begins; it ends with the context. What it did is said on the Step."""


@dataclass
class Step:
    """A step under way. `count` of `what` (a key of the command line's words) is known at its end."""

    name: str
    count: int = 0
    seconds: float = 0.0


class Rejected(Exception):
    """The data has problems; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def check(paths: Paths, watcher: Watcher, only: tuple[str, ...] = ()) -> tuple[World, list[Problem]]:
    """Read and judge everything; write nothing. Rejected where there are errors."""
    with watcher.step("read") as step:
        project, problems = read_project(paths, only)
        step.count = _rows(project)
    with watcher.step("check") as step:
        world = link(project)
        problems = sorted({*problems, *validate(world)})
        step.count = len(problems)
    if errors(problems):
        raise Rejected(problems)
    return world, problems


def make_database(paths: Paths, watcher: Watcher, only: tuple[str, ...] = ()) -> World:
    """Check, then write the SQLite file."""
    world, _ = check(paths, watcher, only)
    with watcher.step("database") as step:
        step.count = database.write(world, paths.database)
    return world


def make_site(paths: Paths, watcher: Watcher, base_url: str = "", only: tuple[str, ...] = ()) -> World:
    """Check, then build the whole site and swap it in."""
    world = make_database(paths, watcher, only)
    publish.clear(paths)
    with watcher.step("downloads") as step:
        files = downloads.write(world, paths.database, paths.staged)
        step.count = files.count
    with watcher.step("pages") as step:
        step.count = publish.stage(pages.pages(world, files, paths), paths)
    with watcher.step("mkdocs") as step:
        step.count = publish.run_mkdocs(paths, base_url, pages.updated(world))
    with watcher.step("search") as step:
        step.count = publish.index(paths)
    with watcher.step("swap"):
        publish.swap(paths)
    return world


def timed(step: Step, work: Callable[[], T]) -> T:
    """Run `work` and note on the step how long it took."""
    begun = time.perf_counter()
    try:
        return work()
    finally:
        step.seconds = time.perf_counter() - begun


def _rows(project: Project) -> int:
    return sum(len(table.rows) for package in project.packages for table in package.tables.values())
