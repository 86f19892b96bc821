"""The table of contents: what happens, in which order.

datapackages/ -> read -> link -> validate -> database -> downloads -> charts -> pages -> publish -> site/
Everything is read and checked before anything is written. The rooms of later steps are imported in the functions that
need them, so that a check does not wait for Altair, MkDocs and pyarrow.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from openplans.packages.link import World, link
from openplans.packages.read import Project, read_project
from openplans.paths import Paths
from openplans.problems import Problem, errors

if TYPE_CHECKING:
    from openplans.build.workshop import Workshop
    from openplans.facts.model import Facts

T = TypeVar("T")


class Watcher(Protocol):
    """Who is told of the steps: the command line prints them, a benchmark keeps them."""

    def step(self, name: str) -> AbstractContextManager[Step]:
        """A step begins; it ends with the context. What it did is said on the Step."""


@dataclass
class Step:
    """A step under way. At its end `count` says how many it did of what it does."""

    name: str
    count: int = 0
    tell: Callable[[int, int | None], None] = lambda done, total: None
    """Told after every item of `each`: how many are done, of how many (None where that is not known yet)."""

    def each(self, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The items one by one, counted."""
        for item in items:
            yield item
            self.count += 1
            self.tell(self.count, total)


class Busy(Exception):
    """Another build of the same project is at work."""


@contextmanager
def alone(paths: Paths) -> Iterator[None]:
    """Keep other builds of the project out; Busy where one is at work."""
    paths.build.mkdir(parents=True, exist_ok=True)
    with paths.lock.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise Busy from busy
        yield


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
        from openplans.rules.validate import validate

        world = link(project)
        problems = sorted({*problems, *validate(world)})
        step.count = len(problems)
    if errors(problems):
        raise Rejected(problems)
    return world, problems


def make_database(paths: Paths, watcher: Watcher, only: tuple[str, ...] = ()) -> Facts:
    """Check, then write the SQLite file, and the folder that a plain Datasette serves."""
    from openplans.database import folder

    with alone(paths):
        known = _database(paths, watcher, only)
        folder.write(len(known.plans), paths.database, paths.templates / "datasette", paths.datasette)
        return known


def make_site(
    paths: Paths,
    watcher: Watcher,
    base_url: str = "",
    only: tuple[str, ...] = (),
    repository: str = "",
    datasette: str = "",
    scheduler: str = "",
) -> Facts:
    """Check, then build the whole site and swap it in. `base_url`, `repository`, `datasette`: as Site says; `scheduler`: as
    build/engine.py says. What was made before of the same data is taken from the store, also after a build that ended early."""
    from openplans.build import publish
    from openplans.build.engine import engine
    from openplans.build.store import Store
    from openplans.build.workshop import Workshop

    with alone(paths), closing(Store(paths.cache)) as store, engine(scheduler) as each:
        publish.restore(paths)
        known = _database(paths, watcher, only)
        publish.clear(paths)
        _fill(known, paths, watcher, Workshop(store, each), (base_url, repository, datasette))
        with watcher.step("swap"):
            publish.swap(paths)
            store.prune()
        return known


def _fill(known: Facts, paths: Paths, watcher: Watcher, shop: Workshop, addresses: tuple[str, str, str]) -> None:
    """Make the fresh site: downloads, charts, pages, the search index."""
    from openplans import charts, downloads
    from openplans.build import publish
    from openplans.build.needs import Digests
    from openplans.build.render import Setting
    from openplans.pages import figures, pages
    from openplans.pages.common import Shared
    from openplans.pages.page import Site
    from openplans.search import records

    site = Site(known.version, known.updated, *addresses)
    with watcher.step("downloads") as step:
        files = downloads.write(known, paths, site.base_url, shop)
        step.count = files.count
    with watcher.step("charts") as step:
        wanted = figures.wanted(known)
        drawn = figures.figures(known.registry, wanted, step.each(charts.drawings(wanted.values(), shop), len(wanted)))
    with watcher.step("pages") as step:
        found = list(records.records(known))
        setting = Setting.of(site, known.registry, Digests())
        publish.put_frame(setting, shop, paths)
        every = pages(Shared(known, files, drawn, *records.choices(found)))
        publish.put_sitemap(publish.put_pages(step.each(every), setting, shop, paths), site, paths)
        publish.put_chart_files(drawn, setting, shop, paths)
    with watcher.step("search") as step:
        publish.index(step.each(found, len(found)), paths)


def _database(paths: Paths, watcher: Watcher, only: tuple[str, ...]) -> Facts:
    from openplans import database
    from openplans.facts.model import facts

    world, _ = check(paths, watcher, only)
    known = facts(world)
    with watcher.step("database") as step:
        step.count = database.write(known, paths.database)
    return known


def _rows(project: Project) -> int:
    return sum(len(table.rows) for package in project.packages for table in package.tables.values())
