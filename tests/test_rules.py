"""Every rule has a broken fixture that triggers it and only it, and every message is whole."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from openplans import rules as checks
from openplans.problems import rules
from tests.conftest import FIXTURES, judge

BROKEN = FIXTURES / "broken"


def test_the_tiny_project_has_no_problem(tiny: Path) -> None:
    assert judge(tiny) == []


def test_every_rule_has_a_fixture() -> None:
    assert sorted(each.name for each in BROKEN.iterdir()) == sorted(rules())


def test_every_check_has_words() -> None:
    tables = (checks.PLAN_CHECKS, checks.OBSERVATION_CHECKS, checks.REFERENCE_CHECKS, checks.PROJECT_CHECKS)
    assert {code for table in tables for code in table} <= set(rules())


def cases() -> list[str]:
    """The fixtures: a rule's folder, or one below it for each of its branches."""
    whole = {"datapackages", "REMOVE", "LOOP"}
    found = []
    for rule in sorted(BROKEN.iterdir()):
        alone = any(each.name in whole for each in rule.iterdir())
        found += [rule.name] if alone else [f"{rule.name}/{each.name}" for each in sorted(rule.iterdir())]
    return found


@pytest.mark.parametrize("case", cases())
def test_a_broken_fixture_breaks_its_rule_only(case: str, tiny: Path) -> None:
    shutil.copytree(BROKEN / case, tiny, dirs_exist_ok=True)
    code = case.split("/")[0]
    if (tiny / "REMOVE").exists():
        gone = tiny / (tiny / "REMOVE").read_text(encoding="utf-8").strip()
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    if (tiny / "LOOP").exists():  # a link that leads to itself
        loop = tiny / (tiny / "LOOP").read_text(encoding="utf-8").strip()
        loop.unlink()
        loop.symlink_to(loop.name)
    problems = judge(tiny)
    assert {each.rule for each in problems} == {code}
    for each in problems:
        assert (tiny / each.file).exists() or code.startswith(("missing-", "unreadable-", "no-plans"))
        assert not re.search(r"\{[a-z_]+\}", each.zh + each.en + each.hint_zh + each.hint_en)
        assert re.search("[一-鿿]", each.zh) and re.search("[一-鿿]", each.hint_zh) and each.en and each.hint_en
