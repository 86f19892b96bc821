"""Every rule has broken fixtures that trigger it and only it, and every message is whole.

A fixture is a folder below tests/fixtures/broken/<rule>/, or one for each case of the rule: files that are put over
the tiny project, edits of its files (edit.toml), or what is taken away (REMOVE). Rules about what was are held
against the tiny project as it stands.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from openplans import rules as checks
from openplans.packages.read import read_project
from openplans.paths import Paths
from openplans.problems import Problem, rules
from openplans.rules import history
from tests.conftest import FIXTURES, TINY, judge

BROKEN = FIXTURES / "broken"
SINGLE = {"datapackages", "REMOVE", "LOOP", "edit.toml"}


def cases(rule: Path) -> list[Path]:
    """The fixtures of a rule: its folder itself, or the folders in it."""
    return [rule] if SINGLE & {each.name for each in rule.iterdir()} else sorted(rule.iterdir())


CASES = [(rule.name, case) for rule in sorted(BROKEN.iterdir()) for case in cases(rule)]


def lay(fixture: Path, root: Path) -> None:
    """Break a project as a fixture says."""
    if (fixture / "datapackages").exists():
        shutil.copytree(fixture / "datapackages", root / "datapackages", dirs_exist_ok=True)
    if (fixture / "REMOVE").exists():
        gone = root / (fixture / "REMOVE").read_text(encoding="utf-8").strip()
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    if (fixture / "LOOP").exists():  # a link that leads to itself
        loop = root / (fixture / "LOOP").read_text(encoding="utf-8").strip()
        loop.unlink()
        loop.symlink_to(loop.name)
    if (fixture / "edit.toml").exists():
        for each in tomllib.loads((fixture / "edit.toml").read_text(encoding="utf-8"))["edit"]:
            path = root / each["file"]
            text = path.read_text(encoding="utf-8")
            assert text.count(each["old"]) == 1, (
                f"{each['old']!r} stands {text.count(each['old'])} times in {path.name}"
            )
            path.write_text(text.replace(each["old"], each["new"]), encoding="utf-8")


def since_tiny(root: Path) -> list[Problem]:
    """What is wrong with the way from the tiny project to this one, as if it had been released."""
    return history.problems(read_project(Paths.of(TINY))[0], read_project(Paths.of(root))[0], released=True)


def test_the_tiny_project_has_no_problem(tiny: Path) -> None:
    assert judge(tiny) == []
    assert since_tiny(tiny) == []


def test_every_rule_has_a_fixture() -> None:
    assert sorted(each.name for each in BROKEN.iterdir()) == sorted(rules())


def test_every_check_has_words() -> None:
    assert {*checks.PLAN_CHECKS, *checks.REFERENCE_CHECKS, *checks.PROJECT_CHECKS, *checks.BASE_CHECKS} <= set(rules())


@pytest.mark.parametrize(("code", "fixture"), CASES, ids=[f"{rule}/{case.name}" for rule, case in CASES])
def test_a_broken_fixture_breaks_its_rule_only(code: str, fixture: Path, tiny: Path) -> None:
    lay(fixture, tiny)
    problems = since_tiny(tiny) if code in checks.BASE_CHECKS else judge(tiny)
    if code in checks.BASE_CHECKS and code != "version-not-raised":
        problems = [each for each in problems if each.rule != "version-not-raised"]
    assert {each.rule for each in problems} == {code}
    for each in problems:
        assert (tiny / each.file).exists() or code.startswith(("missing-", "unreadable-", "no-plans"))
        assert not re.search(r"\{[a-z_]+\}", each.zh + each.en + each.hint_zh + each.hint_en)
        assert re.search("[一-鿿]", each.zh) and re.search("[一-鿿]", each.hint_zh) and each.en and each.hint_en
