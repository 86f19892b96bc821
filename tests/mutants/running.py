"""The tests run in a process of their own: once to see which line each of them runs, then for each change.

Comes in: the source of a module with a change in it. Goes out: whether a test failed. A process is a fork of one that
has loaded the libraries and none of our code, so that all of it is loaded anew, with the change. What Frictionless says
of a fixture is kept from the first run.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import signal
import sys
import types
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]
KEPT = HOUSE / "build" / "mutants"

TESTS = (
    *("rules", "chart_points", "comparison", "contract", "facts", "findings", "hedges", "matrix", "observations"),
    *("period", "progress", "quantities", "read", "reports", "restatements", "verdicts", "calendar", "organizations"),
    *("diff", "release"),
)
"""The files of tests that know the rooms which are changed, and start no server, browser or build."""

SECONDS = 30
"""Of the processor that a test may take before it counts as failed: a change may make a loop endless."""

Lines = set[tuple[str, int]]


def files() -> list[str]:
    """The tests that are run, as pytest takes them."""
    named = [HOUSE / "tests" / f"test_{name}.py" for name in TESTS]
    return [str(each) for each in [*named, HOUSE / "tests" / "text"] if each.exists()]


def forked(work: Callable[[], int], told: str | Path = os.devnull) -> int:
    """The process of a fork that does some work, and ends with what it gives; what it says goes into a file."""
    process = os.fork()
    if process:
        return process
    code = 3
    try:
        silence = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = work()
    finally:
        os._exit(code)


class Covered:
    """A plugin that notes which lines each test runs: those of the fixtures it uses, and of its file, too."""

    def __init__(self, watched: set[str]) -> None:
        self.watched = watched
        self.lines: defaultdict[str, Lines] = defaultdict(set)
        self.uses: dict[str, list[str]] = {}

    def _trace(self, into: Lines) -> Callable[..., Any]:
        def line(frame: types.FrameType, event: str, _: object) -> Any:
            into.add((frame.f_code.co_filename, frame.f_lineno))
            return line

        def call(frame: types.FrameType, *_: object) -> Any:
            code = frame.f_code
            return line if code.co_filename in self.watched and code.co_name != "<module>" else None

        return call

    def _noting(self, name: str) -> Iterator[None]:
        before = sys.gettrace()
        sys.settrace(self._trace(self.lines[name]))
        try:
            yield
        finally:
            sys.settrace(before)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        yield from self._noting(collector.nodeid)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        yield from self._noting(f"fixture {fixturedef.argname}")

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        names = [item.nodeid, item.nodeid.partition("::")[0], *(f"fixture {each}" for each in item.fixturenames)]
        self.uses[item.nodeid] = names
        yield from self._noting(item.nodeid)

    def written(self) -> dict[str, list[tuple[str, int]]]:
        """The lines by test."""
        return {test: sorted(set().union(*(self.lines[name] for name in names))) for test, names in self.uses.items()}


def covered(watched: set[str]) -> dict[str, Lines]:
    """The lines of each test, from a run without a change, kept until code or tests change; nothing where one fails."""
    kept = KEPT / f"{_hash(watched)}.json"

    def work() -> int:
        _keep_verdicts()
        plugin = Covered(watched)
        code = pytest.main([*_OPTIONS, *files()], plugins=[plugin])
        if code == 0:
            kept.write_text(json.dumps(plugin.written()), encoding="utf-8")
        return int(code)

    if not kept.exists():
        (KEPT / "verdicts").mkdir(parents=True, exist_ok=True)
        os.waitpid(forked(work, KEPT / "log"), 0)
    if not kept.exists():
        print((KEPT / "log").read_text(encoding="utf-8")[-3000:])
        return {}
    written = json.loads(kept.read_text(encoding="utf-8"))
    return {test: {(file, line) for file, line in run} for test, run in written.items()}


def _hash(watched: set[str]) -> str:
    """Of all code, tests and fixtures."""
    found = hashlib.sha256("\n".join(sorted(watched)).encode())
    for folder in ("openplans", "tests"):
        for path in sorted(each for each in (HOUSE / folder).rglob("*") if each.is_file() and each.suffix != ".pyc"):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


_OPTIONS = (
    "-q",
    "-x",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--hypothesis-seed=0",
    "-m",
    "not nightly",
    "-k",
    "not kept_for_the_same_package",
)
"""One test is of the store of verdicts itself, in whose place is another one here."""


def ordered(tests: dict[str, Lines], wanted: Lines, around: Lines) -> list[str]:
    """The tests that run a wanted line, first those that run lines around it which few run: they will know."""
    running = {test: lines & around for test, lines in tests.items() if lines & wanted}
    often = Counter(line for lines in running.values() for line in lines)
    return sorted(running, key=lambda test: -sum(1 / often[line] for line in running[test]))


def function_lines(source: str) -> dict[int, range]:
    """Line -> the lines of the innermost function that it is in."""
    found: dict[int, range] = {}
    for node in ast.walk(ast.parse(source)):  # outer ones first
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
            found.update(dict.fromkeys(body, body))
    return found


class _Only:
    """A plugin that runs some tests in an order, each as long as it may take."""

    def __init__(self, tests: list[str]) -> None:
        self.rank = {test: number for number, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((each for each in items if each.nodeid in self.rank), key=lambda each: self.rank[each.nodeid])

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self) -> Iterator[None]:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)  # ends the process: SIGVTALRM
        yield


def failing(module: str, path: Path, source: str, tests: list[str]) -> int:
    """The process that runs tests on a module with other source; it ends with 0 where all of them pass."""

    def work() -> int:
        sys.meta_path.insert(0, _Instead(module, path, source))
        _keep_verdicts()
        wanted = sorted({str(HOUSE / test.partition("::")[0]) for test in tests})
        return int(pytest.main([*_OPTIONS, *wanted], plugins=[_Only(tests)]))

    return forked(work)


class _Instead(MetaPathFinder):
    """Loads a module from other source than its file's."""

    def __init__(self, module: str, path: Path, source: str) -> None:
        self.module, self.path, self.source = module, path, source

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self.module:
            return None
        return spec_from_file_location(name, self.path, loader=_Changed(name, str(self.path), self.source))


class _Changed(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname: str) -> types.CodeType:
        return compile(self.source, self.path, "exec")


def _keep_verdicts() -> None:
    """Keep what Frictionless says by the content of what it judged, whichever project that is in."""
    from openplans.packages import kept
    from openplans.rules import verdict

    folder = KEPT / "verdicts"

    def load(paths: Any, name: str, wanted: str) -> list[Any] | None:
        paths.build.mkdir(parents=True, exist_ok=True)
        place = folder / wanted
        return json.loads(place.read_text(encoding="utf-8")) if place.exists() else None

    def store(paths: Any, name: str, wanted: str, found: list[Any]) -> None:
        (folder / wanted).write_text(json.dumps(found, ensure_ascii=False, default=str), encoding="utf-8")

    verdict.kept = types.SimpleNamespace(load=load, store=store, key=kept.key, release=kept.release)  # type: ignore[attr-defined]
