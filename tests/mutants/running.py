"""The tests run in a process of their own for each change: the fixtures of the rules, then the files of tests.

Comes in: the source of a module with a change in it. Goes out: whether a test failed. A process is a fork of one that
has loaded the libraries and read the fixtures; it loads our code anew, with the change.
"""

from __future__ import annotations

import os
import signal
import sys
import types
from collections.abc import Callable, Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from tests.mutants import cases

HOUSE = Path(__file__).parents[2]

FOLDERS = ("rules", "facts", "text", "forms", "mending")
"""Where every module is changed: checks, derivation, quantities, what officials hand in."""

FILES = {
    "artifacts.digests": ("store",),
    "artifacts.store": ("store",),
    "facts.answers": ("answers", "matrix", "promises"),
    "facts.bulletins": ("progress", "calendar"),
    "facts.cases": ("verdict_cases", "verdicts", "progress"),
    "facts.chart_points": ("chart_points", "comparison"),
    "facts.comparison": ("verdict_cases", "comparison", "matrix", "facts"),
    "facts.consequences": ("diff",),
    "facts.deadlines": ("calendar",),
    "facts.derived": ("calendar", "facts"),
    "facts.dockets": ("progress",),
    "facts.findings": ("findings", "restatements"),
    "facts.highlights": ("facts",),
    "facts.matrix": ("matrix", "comparison"),
    "facts.model": ("facts", "progress", "findings"),
    "facts.observations": ("observations", "verdicts"),
    "facts.organizations": ("organizations", "promises"),
    "facts.places": ("places",),
    "facts.plan": ("facts", "promises", "progress", "restatements"),
    "facts.progress": ("verdict_cases", "progress", "verdicts"),
    "facts.promises": ("promises",),
    "facts.records": ("facts", "promises", "calendar", "verdict_cases"),
    "facts.registry": ("facts", "organizations", "comparison"),
    "facts.restatements": ("verdict_cases", "restatements", "calendar", "promises"),
    "facts.series": ("facts", "comparison", "matrix"),
    "facts.themes": ("organizations", "restatements", "themes"),
    "facts.verdicts": ("verdict_cases", "verdicts", "progress"),
    "forms.columns": ("forms",),
    "forms.printed": ("forms",),
    "forms.read": ("forms",),
    "forms.take": ("forms",),
    "forms.write": ("forms",),
    "mending.cells": ("mending",),
    "mending.columns": ("mending",),
    "mending.descriptor": ("mending",),
    "mending.merge": ("mending",),
    "mending.packages": ("mending",),
    "mending.sheets": ("mending",),
    "mending.spreadsheets": ("mending",),
    "mending.tables": ("mending",),
    "packages.cell_formats": ("cell_formats",),
    "packages.diff": ("diff", "changes", "rules/history"),
    "packages.diff_words": ("diff_words",),
    "packages.history": ("changes", "diff"),
    "packages.link": ("link", "facts", "read", "restatements", "comparison"),
    "packages.quoted": ("quantities", "rules/quantities", "hedges"),
    "packages.workbooks": ("workbooks", "cell_formats"),
    "packages.write": ("write", "mending"),
    "rules.evidence": ("rules/relations",),
    "rules.exchanged": ("rules/exchanged", "causes"),
    "rules.explained": ("docs",),
    "rules.hedges": ("rules/hedges", "hedges"),
    "rules.languages": ("rules/registry",),
    "rules.measured": ("rules/registry",),
    "rules.observations": ("rules/observations", "observations"),
    "rules.quantities": ("rules/quantities", "quantities", "text/accounting"),
    "rules.regions": ("rules/registry",),
    "rules.repeated": ("causes",),
    "rules.restatements": ("rules/restatements", "restatements"),
    "rules.series": ("rules/relations", "rules/observations"),
    "rules.sources": ("rules/observations",),
    "rules.terms": ("rules/history",),
    "rules.traced": ("traced", "causes"),
    "rules.updates": ("rules/updates", "progress"),
    "rules.worded": ("causes",),
    "text.amounts": ("text/words", "text/figures", "promises", "facts"),
    "text.comparators": ("text/words", "text/figures", "text/properties", "quantities", "promises"),
    "text.failing": ("templates",),
    "text.feed": ("progress",),
    "text.figure": ("text/words", "text/figures", "promises", "facts"),
    "text.figure_parser": ("text/figures", "text/properties", "quantities", "text/accounting"),
    "text.folding": ("text/properties",),
    "text.hedges": ("hedges",),
    "text.i18n": ("i18n", "promises"),
    "text.named_numbers": ("text/figures", "text/accounting"),
    "text.numerals": ("text/figures", "text/properties", "quantities", "text/accounting"),
    "text.organization_names": ("text/responsible",),
    "text.organization_pieces": ("text/responsible",),
    "text.period": ("text/words", "period", "verdicts"),
    "text.quantities": ("text/words", "text/figures", "text/properties", "quantities", "text/accounting"),
    "text.substitution": ("causes",),
    "text.traditional": ("segmentation",),
    "text.units": ("text/words", "text/figures", "text/properties", "quantities"),
}
"""The files of tests that know a module (test_<name>.py), where that is more than the one of its own name; the
fixtures of rules are asked besides."""

BUILDS = {"built", "staged", "real", "finished", "drawn_from", "browser", "server", "real_server"}
"""Fixtures that build, serve or browse: a test that uses one is not run."""

JUDGING = ("rules.", "text.", "packages.link")
"""Modules that fixtures of rules go through."""

OF_A_BASE = ("rules.history", "rules.moved")
"""Modules that hold a project against another."""

FOR_ALL = {"tiny", "not-in-list", "broken-reference", "missing-file"}
"""The fixtures that every rule goes through: what is sound, and what only the schema and the reader speak of."""

SECONDS = 30
"""Of the processor that a test may take before it counts as failed: a change may make a loop endless."""


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


def modules() -> list[str]:
    """What is changed: every module of FOLDERS, and those of FILES besides."""
    library = HOUSE / "openplans"
    found = [each.relative_to(library) for name in FOLDERS for each in sorted((library / name).rglob("*.py"))]
    whole = [".".join(each.with_suffix("").parts) for each in found if each.stem != "__init__"]
    return sorted({*whole, *FILES})


def files_of(module: str) -> list[Path]:
    """The files of tests that know a module: those of FILES, or the one that is called as it is, if there is one."""
    if module in FILES:
        return [file_of(each) for each in FILES[module]]
    names = (module.replace(".", "/"), module.rpartition(".")[2])
    return [file for file in map(file_of, names) if file.exists()][:1]


def asked(module: str, function: str) -> list[cases.Name]:
    """The fixtures that a changed function may fail: those of the rules that its module checks, its own first; for what
    rules draw on, all."""
    if not module.startswith(JUDGING):
        return []
    own, codes = function.replace("_", "-"), _codes(module)
    wanted = [each for each in cases.names() if not codes or each.rule in codes | FOR_ALL]
    return sorted(wanted, key=lambda each: each.rule != own)


def _codes(module: str) -> set[str]:
    """The rules that functions of a module check, and those whose problems it makes; of a module that other rules draw
    on, none."""
    from openplans import rules

    tables = [table for name, table in vars(rules).items() if name.endswith("_CHECKS") and isinstance(table, dict)]
    found = {code for table in tables for code, check in table.items() if check.__module__ == f"openplans.{module}"}
    found |= {*rules.BASE_CHECKS} if module in OF_A_BASE else set()
    return found | {module.removeprefix("rules.")} if found else found


class _Only:
    """A plugin that leaves out tests that build something, and ends one that takes too long."""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = [each for each in items if not BUILDS & {*each.fixturenames}]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self) -> Iterator[None]:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)  # ends the process: SIGVTALRM
        yield


_LEFT_OUT = ("cacheprovider", "xdist", "faulthandler")
"""Plugins of pytest that a fork has no use for. The last waits for ever for its thread, which a fork of another run of
tests does not have."""

_OPTIONS = ("-q", "-x", *(f"-pno:{each}" for each in _LEFT_OUT), "--hypothesis-seed=0", "-m", "not nightly")


def file_of(name: str) -> Path:
    """The file of tests of a name in FILES."""
    folder, _, last = name.rpartition("/")
    return HOUSE / "tests" / folder / f"test_{last}.py"


NONE_RAN = int(pytest.ExitCode.NO_TESTS_COLLECTED)


def failing(module: str, path: Path, source: str, function: str) -> int:
    """The process that runs tests on a module with other source; it ends with 0 where all of them pass."""
    wanted = [cases.read(each) for each in asked(module, function)]
    files = [str(each) for each in files_of(module)]

    def work() -> int:
        sys.meta_path.insert(0, _Instead(f"openplans.{module}", path, source))
        signal.setitimer(signal.ITIMER_VIRTUAL, 4 * SECONDS + len(wanted))
        if wanted and cases.differing(f"openplans.{module}", lambda: __import__(f"openplans.{module}"), wanted):
            return 1
        for name in [each for each in sys.modules if each.startswith(("openplans", "tests."))]:
            if not name.startswith("tests.mutants"):
                del sys.modules[name]
        found = int(pytest.main([*_OPTIONS, *files], plugins=[_Only()])) if files else 0
        return 0 if found == NONE_RAN else found

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
