"""The table of contents: what happens, in which order.

datapackages/ -> read -> link -> validate -> database -> downloads -> charts -> pages -> publish -> site/
Everything is read and checked before anything is written. The rooms of later steps are imported in the functions that
need them, so that a check does not wait for Altair, MkDocs and pyarrow.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from openplans.build import swap
from openplans.packages import kept
from openplans.packages.link import World, link
from openplans.packages.read import Project, read_project
from openplans.paths import Paths
from openplans.problems import Problem, errors

if TYPE_CHECKING:
    from openplans.facts.model import Facts

T = TypeVar("T")

CHECKED = "check"
"""The name under which the verdict on a whole project is kept."""


class Watcher(Protocol):
    """Who is told of the steps: the command line prints them, a benchmark keeps them."""

    def step(self, name: str) -> AbstractContextManager[Step]:
        """A step begins; it ends with the context. What it did is said on the Step."""


@dataclass
class Step:
    """A step under way. At its end `count` says how many it did of what it does."""

    name: str
    count: int = 0
    tell: Callable[[int, int], None] = lambda done, total: None
    """Told after every item of `each`: how many are done, of how many."""

    def each(self, items: Sequence[T]) -> Iterator[T]:
        """The items one by one, counted."""
        for item in items:
            yield item
            self.count += 1
            self.tell(self.count, len(items))


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
    _restore(paths)
    with watcher.step("read") as step:
        project, problems = read_project(paths, only)
        step.count = _rows(project)
    with watcher.step("check") as step:
        world = link(project)
        problems = _judged(world, problems)
        step.count = len(problems)
    if errors(problems):
        raise Rejected(problems)
    return world, problems


def _judged(world: World, read: list[Problem]) -> list[Problem]:
    """Every problem of the project; from the store where neither data nor rules changed since it was judged."""
    project = world.project
    log = project.paths.changelog
    packages = [
        (each.file, each.descriptor, each.source, [(name, table.cells) for name, table in each.tables.items()])
        for each in project.packages
    ]
    wanted = kept.key(
        [packages, [repr(each) for each in read], log.read_text("utf-8") if log.exists() else "", kept.code()]
    )
    if (known := kept.load(project.paths, CHECKED, wanted)) is not None:
        return [Problem.of(each) for each in known]
    from openplans.rules.validate import validate

    problems = validate(world, read)
    kept.store(project.paths, CHECKED, wanted, [each.plain() for each in problems])
    return problems


def make_database(paths: Paths, watcher: Watcher, only: tuple[str, ...] = ()) -> Facts:
    """Check, then write the SQLite file, and the folder that a plain Datasette serves."""
    from openplans.database import folder

    with alone(paths):
        swap.restore(paths)
        known, _ = _database(paths, watcher, only)
        folder.write(len(known.plans), paths.database, paths.templates / "datasette", paths.datasette)
        return known


def make_site(
    paths: Paths,
    watcher: Watcher,
    base_url: str = "",
    only: tuple[str, ...] = (),
    repository: str = "",
    datasette: str = "",
) -> Facts:
    """Check, then build the whole site and swap it in. `base_url`, `repository`, `datasette`: as Site says."""
    from openplans import downloads
    from openplans.build import publish
    from openplans.charts import drawing
    from openplans.pages import bulletins, figures, pages
    from openplans.pages.chart_files import chart_files
    from openplans.pages.common import Shared
    from openplans.pages.page import Site, environments
    from openplans.search import records

    with alone(paths):
        swap.restore(paths)
        known, warnings = _database(paths, watcher, only)
        publish.clear(paths)
        wanted = figures.wanted(known)
        with drawing(list(wanted.values()), paths.chart_cache) as drawings:
            with watcher.step("downloads") as step:
                files = downloads.write(known, paths, base_url)
                step.count = files.count
            with watcher.step("charts") as step:
                drawn = figures.figures(known.registry, wanted, drawings)
                step.count = len(drawn)
        with watcher.step("pages") as step:
            site = Site(known.version, known.updated, base_url, repository, datasette)
            found = list(records.records(known))
            shared = Shared(known, files, drawn, *records.choices(found), tuple(warnings))
            everything = list(pages(shared))
            editions = environments(paths, site, known.registry)
            publish.stage(step.each(everything), editions, paths)
            publish.stage_files(chart_files(drawn, editions), paths)
            publish.stage_files(bulletins.files(shared, site), paths)
        with watcher.step("mkdocs") as step:
            step.count = publish.run_mkdocs(paths, site)
        with watcher.step("search") as step:
            publish.index(step.each(found), paths)
        with watcher.step("swap"):
            swap.swap(paths)
        return known


def _restore(paths: Paths) -> None:
    """Bring the site back where a swap was cut off and no build is at work that could be in the middle of one."""
    if swap.cut_off(paths):
        with suppress(Busy), alone(paths):
            swap.restore(paths)


def _database(paths: Paths, watcher: Watcher, only: tuple[str, ...]) -> tuple[Facts, list[Problem]]:
    """Check, then write the SQLite file; the facts, and the warnings of the check."""
    from openplans import database
    from openplans.facts.model import facts

    world, warnings = check(paths, watcher, only)
    known = facts(world)
    with watcher.step("database") as step:
        step.count = database.write(known, paths.database)
    return known, warnings


def _rows(project: Project) -> int:
    return sum(len(table.rows) for package in project.packages for table in package.tables.values())
