"""The table of contents: what happens, in which order.

datapackages/ -> read -> link -> validate -> database -> downloads -> charts -> pages -> publish -> site/
Everything is read and checked before anything is written. The rooms of later steps are imported in the functions that
need them, so that a check does not wait for Altair, MkDocs and pyarrow.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from openplans.build import swap
from openplans.packages import judgements
from openplans.packages.files import read_beside
from openplans.packages.link import World, link
from openplans.packages.read import Project, read_project, remember
from openplans.paths import Paths
from openplans.problems import Problem, PublishError, errors

if TYPE_CHECKING:
    from openplans.artifacts.builder import Builder
    from openplans.artifacts.store import Store
    from openplans.artifacts.tree import Tree
    from openplans.build.preview import BuiltFrom
    from openplans.facts.model import Facts

try:
    import fcntl
except ImportError:  # Windows: two builds at once are kept apart on other systems only
    fcntl = None  # type: ignore[assignment]

T = TypeVar("T")

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO)
"""The errors of a disk that takes no more, or of a limit that the system sets."""

_FULL_SQLITE = ("disk is full", "readonly database", "disk I/O error", "unable to open database file")
"""What SQLite says of such a disk; the last of one that has room and takes no more files."""

CHECKED = "check"
"""The name under which the judgement on a whole project is kept."""


class Watcher(Protocol):
    """Who is told of the steps: the command line prints them, a benchmark keeps them."""

    def step(self, name: str) -> AbstractContextManager[BuildStep]:
        """A step begins; it ends with the context. What it did is said on the BuildStep."""


@dataclass
class BuildStep:
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
    """Another command that writes is at work in the same project."""


@contextmanager
def alone(paths: Paths) -> Iterator[None]:
    """Keep other commands that write out of the project; Busy where one is at work."""
    paths.build.mkdir(parents=True, exist_ok=True)
    with paths.lock.open("w") as lock:
        if fcntl:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise Busy from busy
        yield


@contextmanager
def _room(paths: Paths) -> Iterator[None]:
    """Write so that a web server of another user can read it, whatever the umask. Say in words that a disk is full or
    cannot be written to, and leave no half of a site on it."""
    mask = os.umask(0o022)
    try:
        yield
    except (OSError, shutil.Error, sqlite3.OperationalError) as error:
        if not (_is_full(error) or _is_closed(error, paths)):
            raise
        for left in (paths.written, paths.fresh_site, paths.output.with_name(f".{paths.output.name}.new")):
            shutil.rmtree(left, ignore_errors=True)
        places = ", ".join(dict.fromkeys(map(str, (paths.build, paths.output.parent, tempfile.gettempdir()))))
        raise PublishError(
            f"磁盘已满或不能写入：看看这几处还有没有地方：{places}\n"
            f"A disk is full or cannot be written to; is there room in these places: {places}"
        ) from error
    finally:
        os.umask(mask)


def _is_full(error: Exception) -> bool:
    """Whether an error is that of a disk; copying a folder gives a list of them, SQLite only words."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    said = str(error)
    return any(each in said for each in (*map(os.strerror, _FULL), *_FULL_SQLITE))


def _is_closed(error: Exception, paths: Paths) -> bool:
    """Whether a folder that the build writes to is another user's."""
    place = Path(str(error.filename)) if isinstance(error, PermissionError) and error.filename else Path()
    return any(place.is_relative_to(each) for each in (paths.build, paths.output.parent, Path(tempfile.gettempdir())))


class Rejected(Exception):
    """The data has problems; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def check(
    paths: Paths, watcher: Watcher, only: tuple[str, ...] = (), processes: int = 1
) -> tuple[World, list[Problem]]:
    """Read and judge everything, many plans in so many `processes`; write nothing. Rejected where there are errors."""
    _restore(paths)
    with watcher.step("read") as step:
        project, problems = read_project(paths, only)
        step.count = _rows(project)
    with watcher.step("check") as step:
        world = link(project)
        problems = _judged(world, problems, processes)
        step.count = len(problems)
    if errors(problems):
        raise Rejected(problems)
    return world, problems


def _judged(world: World, read: list[Problem], processes: int) -> list[Problem]:
    """Every problem of the project; from the store where neither data nor rules changed since it was judged."""
    project = world.project
    unread: list[Problem] = []
    beside = [read_beside(project.paths.settings, unread)]
    packages = [each.digest for each in project.packages]
    beside += [read_beside(each, unread, markup=True) for each in project.paths.changed_templates]
    wanted = judgements.key([packages, [repr(each) for each in [*read, *unread]], *beside, judgements.code()])
    if (known := judgements.load(project.paths, CHECKED, wanted)) is not None:
        return [Problem.of(each) for each in known]
    from openplans.rules.validate import validate

    problems = validate(world, read, processes)
    for each in project.packages:
        remember(each, project.paths)
    if not any(each.rule == "bad-settings" for each in problems):  # whose mend may be a picture that is there now
        judgements.store(project.paths, CHECKED, wanted, [each.plain() for each in problems])
    return problems


def make_database(paths: Paths, watcher: Watcher, only: tuple[str, ...] = ()) -> Facts:
    """Check, then write the SQLite file, and the folder that a plain Datasette serves."""
    from openplans.artifacts.executor import cores
    from openplans.artifacts.store import Store
    from openplans.database import folder

    with _room(paths), alone(paths), closing(Store(paths.cache)) as store:
        swap.restore(paths)
        known, _ = _known(paths, watcher, store, only, cores())
        _write_database(known, paths, watcher)
        sources = (paths.templates / "datasette", paths.own_templates / "datasette")
        folder.write(known, paths.database, sources, paths.datasette)
        return known


def make_site(
    paths: Paths,
    watcher: Watcher,
    base_url: str = "",
    only: tuple[str, ...] = (),
    repository: str = "",
    datasette: str = "",
    scheduler: str = "",
    told: Callable[[BuiltFrom], None] = lambda known: None,
) -> Facts:
    """Check, then build the whole site and swap it in. `base_url`, `repository`, `datasette`: as Site says;
    `scheduler`: as artifacts/executor.py says; what is not told here, site.toml tells. What was made before of the same
    data is taken from the store, also after a build that ended early. `told` is given what the pages drew on once the
    site is there."""
    from openplans.artifacts.builder import Builder
    from openplans.artifacts.executor import SERIAL, cores, executor
    from openplans.artifacts.store import Store
    from openplans.artifacts.tree import Tree

    with _room(paths), alone(paths), closing(Store(paths.cache)) as store, executor(scheduler) as each:
        from openplans.build import publish  # noqa: F401  while the executor's processes import the same

        swap.restore(paths)
        known, warnings = _known(paths, watcher, store, only, 1 if scheduler == SERIAL else cores())
        tree = Tree(paths.written, store)
        tree.clear()
        own = known.registry.publisher
        addresses = (base_url or own.base_url, repository or own.repository, datasette or own.datasette)
        drawn_on = _fill(known, warnings, paths, watcher, Builder(store, each), tree, addresses)
        with watcher.step("swap"):
            tree.renew(paths.fresh_site)
            swap.swap(paths)
            store.prune()
        told(drawn_on)
        return known


def _fill(
    known: Facts,
    warnings: list[Problem],
    paths: Paths,
    watcher: Watcher,
    builder: Builder,
    tree: Tree,
    addresses: tuple[str, str, str],
) -> BuiltFrom:
    """Make the database and the new site: downloads, charts, pages, the search index; what the pages drew on."""
    from openplans import charts, downloads
    from openplans.artifacts.digests import Digests
    from openplans.build import past, publish
    from openplans.build.preview import BuiltFrom
    from openplans.build.render import Setting
    from openplans.pages import bulletins, concept_charts, pages
    from openplans.pages.common import Shared
    from openplans.pages.page import Site
    from openplans.search import index, records

    site = Site(known.version, known.updated, *addresses, known.registry.publisher)
    setting, wanted = Setting.of(site, known.registry, Digests()), concept_charts.wanted(known)
    drawings = charts.drawings(wanted.values(), builder)  # begun now, as what workers can do while this process is busy
    _write_database(known, paths, watcher)
    with watcher.step("downloads") as step:
        files = downloads.write(known, paths, tree, site.base_url, builder)
        step.count = files.count
    with watcher.step("charts") as step:
        drawn = concept_charts.assembled(known, wanted, step.each(drawings, len(wanted)))
        pictures = publish.put_chart_files(drawn, setting, builder, tree)
    with watcher.step("pages") as step:
        found = list(records.records(known))
        indexes = publish.put_search(found, known.registry, builder, tree)  # begun now: Pagefind keeps one core at most
        regions = tuple(filter(None, index.parts(found, known.registry)))
        shared = Shared(
            known, files, drawn, *records.choices(found), regions, tuple(warnings), past.past(paths, builder)
        )
        publish.put_sitemap(publish.put_pages(step.each(pages(shared)), setting, builder, tree), site, tree)
        publish.put_frame(setting, builder, tree, paths)
        publish.put_pictures(pictures, tree)
        publish.put_texts(bulletins.files(shared, site), tree)
        publish.put_crawled(site, known.plan.values(), tree)
    with watcher.step("search") as step:
        publish.put_index(step.each(indexes), tree)
        step.count = len(found)
    return BuiltFrom(shared, site)


def _restore(paths: Paths) -> None:
    """Bring the site back where a swap was cut off and no build is at work that could be in the middle of one."""
    if swap.cut_off(paths):
        with suppress(Busy), alone(paths):
            swap.restore(paths)


def _known(
    paths: Paths, watcher: Watcher, store: Store, only: tuple[str, ...], processes: int
) -> tuple[Facts, list[Problem]]:
    """Check; the facts, and the warnings of the check."""
    from openplans.build.plan_facts import KeptPlanFacts
    from openplans.facts.model import facts

    world, warnings = check(paths, watcher, only, processes)
    return facts(world, KeptPlanFacts(store)), warnings


def _write_database(known: Facts, paths: Paths, watcher: Watcher) -> None:
    from openplans import database

    with watcher.step("database") as step:
        step.count = database.write(known, paths.database)


def _rows(project: Project) -> int:
    return sum(len(table.rows) for package in project.packages for table in package.tables.values())
