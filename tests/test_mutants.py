"""Mutation testing itself: which changes it makes, and that those it leaves out are changes of the code as it is."""

from __future__ import annotations

from tests.mutants.__main__ import argued, path_of
from tests.mutants.changes import changed, changes
from tests.mutants.running import function_lines, ordered

SOURCE = '''
"""A module."""

def least(rows: list[int], *, strict: bool = False) -> int | None:
    """The least."""
    for name in ("a", "b"):
        if strict and not rows:
            yield name
    return min(rows[1:]) if len(rows) > 2 else None
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


def test_the_tests_that_run_seldom_run_lines_come_first() -> None:
    lines = {"all": {("m", 1)}, "branch": {("m", 1), ("m", 2)}, "other": {("n", 1)}, "more": {("m", 1)}}
    assert ordered(lines, {("m", 1)}, {("m", 1), ("m", 2)}) == ["branch", "all", "more"]
    assert function_lines(SOURCE)[9] == range(5, 10)


def test_what_is_left_out_is_a_change_of_the_code() -> None:
    for module, function, before, after in argued():
        found = {
            (each.function, each.before, each.after) for each in changes(path_of(module).read_text(encoding="utf-8"))
        }
        assert (function, before, after) in found, f"survivors.toml: {module} has no longer {before}"
