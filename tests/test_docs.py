"""The docs cannot lie: every command, option, rule and dependency they name is there, and none is missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from openplans.cli import cli
from openplans.paths import HOUSE, LIBRARY
from openplans.problems import rules
from openplans.rules import explained
from openplans.schema import contract

READMES = ("README.md", "README.zh-CN.md")


def read(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


def make_targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z]+):.*## ", read("Makefile")))


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_make_target_and_no_other(name: str) -> None:
    assert set(re.findall(r"`make ([a-z]+)", read(name))) == make_targets()


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_command_and_option(name: str) -> None:
    commands = {each: cli.get_command(click.Context(cli), each) for each in cli.list_commands(click.Context(cli))}
    options = {
        option
        for each in commands.values()
        for option in (o for p in each.params if isinstance(p, click.Option) for o in p.opts)
    }
    assert {f"build.py {each}" for each in commands} <= set(re.findall(r"build\.py [a-z]+", read(name)))
    assert options == set(re.findall(r"`(--[a-z-]+)", read(name)))


@pytest.mark.parametrize("name", READMES)
def test_a_readme_says_what_every_dependency_is_for(name: str) -> None:
    wanted = [
        re.split(r"[<\[]", line)[0] for line in read("requirements.in").splitlines() if line and line[0] not in "#-"
    ]
    for each in wanted:
        assert re.search(rf"(?m)^\| `{each}` \|", read(name)), each


@pytest.mark.parametrize("name", READMES)
def test_the_files_a_readme_links_to_are_there(name: str) -> None:
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", read(name)):
        assert (HOUSE / link).exists(), link


def test_the_files_that_the_guide_to_the_code_names_are_there() -> None:
    named = re.findall(r"`((?:openplans|templates|tests|docs|datapackages)/[^`*]*)`", read("docs/code.md"))
    assert len(named) > 30
    assert [each for each in named if not (HOUSE / each).exists()] == []


def test_a_room_imports_those_above_it_in_the_guide_and_none_below() -> None:
    rooms = re.findall(r"(?m)^\| `([a-z]+)` \|", read("docs/code.md"))
    assert sorted(rooms) == sorted(path.parent.name for path in LIBRARY.glob("*/__init__.py"))
    below = [
        (path.relative_to(LIBRARY).as_posix(), other)
        for path in LIBRARY.rglob("*.py")
        if (room := path.relative_to(LIBRARY).parts[0]) in rooms
        for other in rooms_imported(path)
        if other in rooms and rooms.index(other) > rooms.index(room)
    ]
    assert below == []


def rooms_imported(path: Path) -> Iterator[str]:
    """The rooms that a module imports from, at its head or late."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [f"{node.module}.{each.name}" for each in node.names] if isinstance(node, ast.ImportFrom) else []
        names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
        yield from (name.split(".")[1] for name in names if name.startswith("openplans."))


def test_every_rule_is_explained_with_examples() -> None:
    assert read("docs/rules.md") == explained.markdown(), "run make rules"
    for rule in rules().values():
        assert rule.why_zh and rule.why_en and rule.wrong and rule.right, rule.code


def test_every_rule_that_the_docs_name_is_one() -> None:
    for path in (HOUSE / "docs").glob("*.md"):
        for code in re.findall(r"`([a-z]+-[a-z-]+): ", path.read_text(encoding="utf-8")):
            assert code in rules(), (path.name, code)


def test_the_reading_rules_speak_of_every_table_of_a_plan() -> None:
    text = read("docs/reading-rules.md")
    for table in set(contract.tables("plan")) - {"updates"}:
        assert re.search(rf"\b{table}\b", text), table


def test_the_lock_files_pin_every_requirement_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-test.txt", "requirements-distributed.txt"):
        pins = re.findall(r"(?m)^[a-z0-9][^ ]*==[^ ]+.*\\$", read(name))
        assert len(pins) > 50 and "mkdocs==1." in read(name)
        assert all("==" in line for line in read(name).splitlines() if re.match(r"[a-z0-9]", line))


def test_the_workflows_call_the_make_targets() -> None:
    assert {"make check", "make test", "make site"} <= set(
        re.findall(r"make [a-z]+", read(".github/workflows/check.yml"))
    )
    assert "make site" in read(".github/workflows/publish.yml")
    assert "make test" in read(".ci/run")
