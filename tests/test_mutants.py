"""Mutation testing itself: which changes it makes, and that those it leaves out are changes of the code as it is."""

from __future__ import annotations

import os

import pytest

from openplans.rules import conformance, validate
from tests.mutants import running
from tests.mutants.__main__ import MODULES, argued, path_of
from tests.mutants.changes import changed, changes

SOURCE = '''
"""A module."""

def least(rows: list[int], *, strict: bool = False) -> int | None:
    """The least."""
    for name in ("a", "b"):
        if strict and not rows:
            yield name
    return min(rows[1:]) if len(rows) > 2 else None

__all__ = ["a", "b"]
Word = Literal["a", "b"]
Way = Callable[[int], int | None]
'''


def test_each_part_of_the_code_is_changed_in_its_ways() -> None:
    told = [f"{each.before} -> {each.after}" for each in changes(SOURCE)]
    assert told == [
        "False -> True",
        "('a', 'b') -> ('b',)",
        "('a', 'b') -> ('a',)",
        "strict and (not rows) -> strict or not rows",
        "strict and (not rows) -> not rows",
        "strict and (not rows) -> strict",
        "not rows -> rows",
        "yield name -> pass",
        "min(rows[1:]) if len(rows) > 2 else None -> min(rows[1:])",
        "min(rows[1:]) if len(rows) > 2 else None -> None",
        "len(rows) > 2 -> len(rows) >= 2",
        "2 -> 3",
        "min -> max",
        "1: -> :",
        "1 -> 2",
    ]


def test_a_changed_source_has_one_change() -> None:
    [turned] = [each for each in changes(SOURCE) if each.after == "len(rows) >= 2"]
    assert (turned.line, turned.function) == (9, "least")
    text = changed(SOURCE, turned)
    assert "if len(rows) >= 2 else None" in text and "strict and (not rows)" in text


@pytest.mark.nightly
def test_the_fixtures_of_the_changed_rule_come_first_and_notice_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (conformance, validate):  # tests/mutants/cases.py puts a store of its own into both, for good
        monkeypatch.setattr(module, "judgements", module.judgements)
    assert running.asked("facts.plan", "matrix") == []
    assert {"row-removed", "id-missing"} <= {each.rule for each in running.asked("rules.history", "")}
    assert "exchanged" in {each.rule for each in running.asked("rules.exchanged", "")}
    assert running.asked("rules.attachments", "attachment_differs")[0].rule == "attachment-differs"
    path = path_of("rules.moved")
    source = path.read_text(encoding="utf-8")
    unsaid = next(each for each in changes(source) if each.after == "pass")
    for text, noticed in ((source, False), (changed(source, unsaid), True)):
        process = running.failing("rules.moved", path, text, unsaid.function)
        assert (os.waitpid(process, 0)[1] != 0) is noticed


def test_every_module_that_is_changed_has_tests() -> None:
    assert all(path_of(each).exists() for each in MODULES)
    for names in running.FILES.values():
        assert all(running.file_of(each).exists() for each in names)


def test_what_is_left_out_is_a_change_of_the_code() -> None:
    for module, function, before, after in argued():
        found = {
            (each.function, each.before, each.after) for each in changes(path_of(module).read_text(encoding="utf-8"))
        }
        assert (function, before, after) in found, f"survivors.toml: {module} has no longer {before}"
