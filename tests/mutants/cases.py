"""The broken fixtures, and those that are sound, read once and judged anew with each change of the rules.

Comes in: the source of a module with a change in it. Goes out: whether what is said of a fixture differs from what was
reviewed (said.txt), as tests/test_rules.py asks it. Reading a fixture is three quarters of its time and no rule's
matter.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import tempfile
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

KEPT = Path(__file__).parents[2] / "build" / "mutants"
"""Where what Frictionless says is kept from run to run."""

PURGED = ("openplans.rules", "openplans.text", "openplans.packages.link")
"""What is loaded anew for a change: the rules and all that they draw on but reading."""


class Name(NamedTuple):
    """A fixture: the folder it stands in (broken, sound or none, for the tiny project itself), and <rule>/<case>."""

    top: str
    name: str

    @property
    def rule(self) -> str:
        return self.name.partition("/")[0]


@dataclass(frozen=True)
class Case:
    """What was read of a fixture, what reading said, the base
    that some rules hold it against, and what is to be said."""

    name: Name
    project: Any
    read: list[Any]
    base: Any
    said: str


def names() -> list[Name]:
    """Every fixture, and the tiny project itself, of which nothing is to be said."""
    from tests.breaking import BROKEN, SOUND, cases

    return [Name(top.name, each) for top in (BROKEN, SOUND) for each in cases(top)] + [Name("", "tiny")]


@cache
def read(name: Name) -> Case:
    """A fixture, read once, and judged so that what Frictionless says of it is kept."""
    from openplans.packages.read import read_project
    from openplans.paths import Paths
    from openplans.rules import BASE_CHECKS
    from tests.breaking import broken
    from tests.conftest import FIXTURES, TINY

    keep_verdicts()
    top = FIXTURES / name.top
    root = Path(shutil.copytree(TINY, Path(_COPIES.name) / name.top / name.name / "tiny"))
    if name.top:
        broken(root, name.name, top)
    said = top / name.name / "said.txt"
    base = read_project(Paths.of(TINY))[0] if name.rule in BASE_CHECKS else None
    text = said.read_text(encoding="utf-8") if said.exists() else "\n"
    found = Case(name, *read_project(Paths.of(root)), base, text)
    _judged(found)
    return found


_COPIES = tempfile.TemporaryDirectory()
"""Where the fixtures are, as long as this process lives: a rule reads the settings itself."""


def keep_verdicts() -> None:
    """Keep what Frictionless says by the content of what it judged, and nothing that a rule says."""
    from openplans.packages import judgements
    from openplans.rules import conformance, validate

    def store(paths: Any, name: str, wanted: str, found: list[Any]) -> None:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / wanted).write_text(json.dumps(found, ensure_ascii=False, default=str), encoding="utf-8")

    def load(paths: Any, name: str, wanted: str) -> list[Any] | None:
        if wanted not in _VERDICTS and (KEPT / wanted).exists():
            _VERDICTS[wanted] = json.loads((KEPT / wanted).read_text(encoding="utf-8"))
        return _VERDICTS.get(wanted)

    of_schema = {"load": load, "store": store, "key": judgements.key, "release": judgements.release}
    of_rules = {"load": lambda *_: None, "store": lambda *_: None, "key": judgements.key, "code": judgements.code}
    conformance.judgements = types.SimpleNamespace(**of_schema)  # type: ignore[attr-defined]
    validate.judgements = types.SimpleNamespace(**of_rules)  # type: ignore[attr-defined]


_VERDICTS: dict[str, list[Any]] = {}
"""Those that were asked for, in memory."""


def _judged(case: Case) -> str:
    """What is said of a fixture by the modules as they are loaded now."""
    link = importlib.import_module("openplans.packages.link").link
    validate = importlib.import_module("openplans.rules.validate").validate
    history = importlib.import_module("openplans.rules.history")
    from tests.breaking import in_words

    if case.base is None:
        return in_words(validate(link(case.project), case.read))
    problems = history.problems(case.base, case.project, released=True)
    return in_words(
        [each for each in problems if each.rule == case.name.rule or case.name.rule == "version-not-raised"]
    )


def differing(module: str, load: Callable[[], object], cases: list[Case]) -> int:
    """1 where something else is said of one of the cases once the changed module is loaded, else 0."""
    for name in [each for each in sys.modules if each.startswith(PURGED)]:
        del sys.modules[name]
    load()
    keep_verdicts()
    return int(any(_judged(case) != case.said for case in cases))
