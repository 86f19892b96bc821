"""The tiny project, whole and built once, and the worlds that tests change."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from openplans import charts, downloads, garbage, pipeline
from openplans.artifacts.tree import Tree
from openplans.facts.model import Facts, facts
from openplans.facts.plan import PlanFacts
from openplans.facts.promises import promises
from openplans.facts.records import Target
from openplans.packages.link import World, link
from openplans.packages.read import read_project
from openplans.pages import concept_charts, pages
from openplans.pages.common import Shared
from openplans.pages.page import Site, environments, render
from openplans.paths import HOUSE, Paths
from openplans.pipeline import BuildStep
from openplans.problems import Problem
from openplans.rules.validate import validate
from openplans.search import records
from tests import warm
from tests.chromium import browser  # noqa: F401  a fixture of every folder

FIXTURES = Path(__file__).parent / "fixtures"
TINY = FIXTURES / "tiny"

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
"""No example of a property has to be quick: on a busy machine it isn't."""


garbage.collect_seldom()

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
"""Each of the many processes of the tests would compile all modules anew, half a second, where that is set."""


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not look through it again."""
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden outputs anew; review them like code"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two processes more than there are cores: while tests wait for a browser or a server, others go on."""
    return (os.cpu_count() or 1) + 2


@dataclass
class Silent:
    """A watcher that keeps the steps and prints nothing."""

    steps: list[BuildStep] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[BuildStep]:
        self.steps.append(BuildStep(name))
        yield self.steps[-1]


def judge(root: Path) -> list[Problem]:
    """All problems of a project."""
    project, problems = read_project(Paths.of(root))
    return validate(link(project), problems)


def command(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run build.py as a person would, in a process that has its libraries imported."""
    return warm.run([*map(str, arguments)], cwd, _environment(environment))


def started(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run build.py from nothing: where it is the start, what is imported, or a variable of Python's own that counts."""
    return subprocess.run(
        [sys.executable, HOUSE / "build.py", *arguments],
        capture_output=True, text=True, env=_environment(environment), cwd=cwd,
    )  # fmt: skip


def _environment(changed: Mapping[str, str]) -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}, **changed}


def hears_ctrl_c() -> None:
    """Before a process begins: a shell has what runs in its background ignore SIGINT, which children inherit."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the schema says of the tiny project's packages, kept, so that a test judges anew only what it changes."""
    root = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("judged") / "tiny"))
    judge(root)
    return root / "build"


@pytest.fixture
def tiny(tmp_path: Path, judged: Path) -> Path:
    """A copy of the tiny project, to be changed."""
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    shutil.copytree(judged, root / "build")
    return root


@pytest.fixture
def edit(tiny: Path) -> Callable[[str, str, str], None]:
    """Replace a piece of text that a file of the tiny project holds once."""

    def replace(name: str, old: str, new: str) -> None:
        [path] = tiny.glob(f"datapackages/**/{name}") if "/" not in name else [tiny / "datapackages" / name]
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture(scope="session")
def tiny_world() -> World:
    """The tiny project, read and linked."""
    project, problems = read_project(Paths.of(TINY))
    assert problems == []
    return link(project)


def facts_of(root: Path) -> Facts:
    """The facts of a project that can be read."""
    project, problems = read_project(Paths.of(root))
    assert problems == []
    return facts(link(project))


@pytest.fixture(scope="session")
def tiny_facts(tiny_world: World) -> Facts:
    """The facts of the tiny project."""
    return facts(tiny_world)


def with_targets(plan: PlanFacts, targets: Iterable[Target]) -> PlanFacts:
    """The facts of a plan that has other targets."""
    rows = tuple(targets)
    return replace(plan, targets=rows, promises=tuple(promises(rows)))


@pytest.fixture(scope="session")
def drawn_from(built: Paths, tiny_facts: Facts) -> Shared:
    """What the pages of the tiny project draw on, with the downloads as they stand in its built site."""
    return Shared(tiny_facts, downloads.write(tiny_facts, built, Tree(built.written)), {})


def made_once(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """A project with its site, built by the first of the test processes that asks, for all of them to read."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # a process has a folder of its own below the one they share
        folder = folder.parent
    root = folder / f"built-{data.name}"
    with FileLock(folder / f"{root.name}.lock"):
        if not root.exists():
            fresh = folder / f"{root.name}.new"
            shutil.copytree(data / "datapackages", fresh / "datapackages")
            pipeline.make_site(Paths.of(fresh), Silent())
            fresh.rename(root)
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The tiny project with its site."""
    shared = made_once(tmp_path_factory, TINY)
    return Paths.of(Path(shutil.copytree(shared, tmp_path_factory.mktemp("built") / "tiny")))


@pytest.fixture
def stocked(tiny: Path, built: Paths) -> Paths:
    """A copy of the tiny project with all that a build kept, but no site, to be built: what is the same is not made
    again."""
    shutil.copytree(built.root / "build", tiny / "build", dirs_exist_ok=True)
    return Paths.of(tiny)


@pytest.fixture
def finished(stocked: Paths, built: Paths) -> Paths:
    """A copy of the tiny project with its site and all that its build kept, to be changed."""
    shutil.copytree(built.output, stocked.output)
    return stocked


def staged_pages(paths: Paths, known: Facts, warnings: tuple[Problem, ...] = ()) -> dict[str, str]:
    """The pages as they are handed to MkDocs, by file."""
    wanted = concept_charts.wanted(known)
    drawn = concept_charts.assembled(
        known,
        wanted,
        [{name: charts.draw(each, size) for name, size in charts.SIZES.items()} for each in wanted.values()],
    )
    found = records.choices(records.records(known))
    words = environments(paths, Site(known.version, known.updated), known.registry)
    every = pages(Shared(known, downloads.write(known, paths, Tree(paths.written)), drawn, *found, warnings=warnings))
    return {page.file: render(words, page) for page in every}


@pytest.fixture(scope="session")
def staged(built: Paths, tiny_facts: Facts) -> dict[str, str]:
    """The pages of the tiny project as they are handed to MkDocs, by file."""
    return staged_pages(built, tiny_facts)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The real plans with their site."""
    return Paths.of(made_once(tmp_path_factory, HOUSE))
