"""A column that was moved by itself since a base: what was done to it, by a few cells before and after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openplans.packages.read import Package
from openplans.rules import moved as rules
from tests.rules.made import TINY_PROJECT, plan

TEN = "cgjbhaidfe"


def moved(was: Package, now: Package) -> list[tuple[str, int, str]]:
    """(column, line, what was done) of every column that was moved."""
    found = rules.column_moved(replace(TINY_PROJECT, plans=[was]), replace(TINY_PROJECT, plans=[now]))
    return [(hit.column, hit.row.line if hit.row else 0, hit.facts["what_en"]) for _, hit in found]


def scopes(cells: str) -> Package:
    """A plan whose targets have these scopes; `_` is none."""
    return plan(targets=[{"scope": each.replace("_", "")} for each in cells])


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("abcdef", "abccde", (5, "is a row too low")),
        ("abcdef", "ab_cde", (4, "is a row too low")),
        ("abcdef", "abdef_", (4, "is a row too high")),
        ("abcdefg", "acdefbg", (3, "is a row too high")),
        ("abcdef", "abdcef", None),  # two were exchanged: another rule
        ("abcdef", "xyzdef", None),  # each for itself
        ("ababab" * 2, "aababa" + "ababab", None),  # of two codes, fewer than ten
        ("ab" * 6, "aab" + "ab" * 4 + "a", (3, "is a row too low")),
        (TEN, "".join(sorted(TEN)), (2, "was sorted by itself")),
        (TEN, "".join(sorted(TEN, reverse=True)), None),
        (TEN + TEN, TEN + "x" * 10, (12, "was filled down from one cell")),
        ("ab" * 6, "c" * 12, None),  # a code for two others: perhaps a better one
        ("abcdef", "abcdef", None),
    ],
)  # fmt: skip
def test_what_was_done_to_a_column(was: str, now: str, told: tuple[int, str] | None) -> None:
    found = moved(scopes(was), scopes(now))
    assert found == ([("scope", *told)] if told else [])


def test_rows_that_were_moved_as_they_are_moved_no_column() -> None:
    one = plan(targets=[{"scope": each, "note": each} for each in "abcdef"])
    assert moved(one, plan(targets=[{"scope": each, "note": each} for each in "abfcde"])) == []
    apart = plan(targets=[{"scope": each, "note": other} for each, other in zip("abfcde", "fabcde", strict=True)])
    assert [each[0] for each in moved(one, apart)] == ["scope", "note"]


def test_a_table_with_another_number_of_rows_is_held_against_nothing() -> None:
    for now in ("aabcdef", "fabcdee", "bcdef"):
        assert moved(scopes("abcdef"), scopes(now)) == []


def test_rows_that_were_moved_with_their_ids_moved_no_column() -> None:
    ids = [f"t{number}" for number in (6, 1, 2, 3, 4, 5)]
    turned = plan(targets=[{"target_id": each, "scope": scope} for each, scope in zip(ids, "fabcdd", strict=True)])
    assert moved(scopes("abcdef"), turned) == []


def test_a_plan_or_a_table_that_is_new_is_held_against_nothing() -> None:
    now = scopes("fabcde")
    assert list(rules.column_moved(replace(TINY_PROJECT, plans=[]), replace(TINY_PROJECT, plans=[now]))) == []
    assert moved(replace(scopes("abcdef"), tables={}), now) == []
    fewer = replace(now.tables["targets"], columns=now.tables["targets"].columns[:9])
    assert moved(scopes("abcdef"), replace(now, tables={**now.tables, "targets": fewer})) == []
