"""What the releases say of the data's versions: each branch by a row or two."""

from __future__ import annotations

import pytest

from openplans.rules import descriptors, releases
from tests.rules.made import Rows, plan, world


def released(*told: tuple[str, int | None, str]) -> Rows:
    """Rows of releases.csv by version, number and date."""
    said = {"audience": "readers", "change_zh": "改了", "change_en": "changed"}
    return [{"version": version, "number": number, "date": date, **said} for version, number, date in told]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("1.10.0", 1, "2025-04-01"), ("1.10.0", 2, "2025-04-01"), ("1.9.0", 1, "2025-04-01")], []),
        ([("1.0.0", 1, "2025-03-01"), ("1.1.0", 1, "2025-02-01")], [("version", "1.1.0")]),
        ([("1.1.0", 1, "2025-03-01"), ("1.0.0", 1, "2025-02-01"), ("1.1.0", 1, "2025-01-01")], [("version", "1.1.0")]),
        ([("1.1.0", 1, "2025-03-01"), ("1.0.0", 1, "2025-03-02")], [("date", "2025-03-02")]),
        ([("1.1.0", 2, "2025-03-01")], [("number", "2")]),
        ([("1.0.0", 1, "2025-03-01"), ("1.1.0", 1, "2025-02-01"), ("1.0.0", 2, "2025-02-01")], [("version", "1.1.0")]),
        ([("1.1.0", 1, "2025-03-01"), ("1.1.0", 1, "2025-03-01")], [("number", "1")]),
        ([("1.1.0", 1, "2025-03-01"), ("1.1.0", 2, "2025-02-01")], [("date", "2025-02-01")]),
        ([("1.1.0", 1, "March"), ("1.0.0", 1, "2025-03-01")], []),  # of the form of a date the schema speaks
        ([("1.1.0", 1, "2025-03-01x"), ("1.0.0", 1, "2025-03-01")], []),
        ([("1.1.0", None, "2025-03-01")], []),
        ([("1.1.0", None, "2025-03-01"), ("1.1.0", 2, "2025-03-01")], []),
        ([("1.1.0", 1, "2025-02-01x"), ("1.0.0", 1, "2025-03-01")], []),
        ([("1.1.0x", 1, "2025-03-01"), ("1.0.0", 1, "2025-04-01")], []),  # so of that of a version
        ([("1.1.0", 1, "2025-03-01"), ("1.1.0", 3, "2025-03-01")], [("number", "3")]),
        ([], []),
    ],
)
def test_releases_go_from_the_newest_to_the_oldest(
    told: list[tuple[str, int | None, str]], expected: list[tuple[str, str]]
) -> None:
    found = releases.release_order(world(releases=released(*told)))
    assert [(hit.column, hit.facts["value"]) for _, hit in found] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("1.1.0", 1, "2025-04-01"), ("1.1.0", 2, "2025-03-01"), ("1.0.0", 1, "2025-01-01")], ("date", "2025-04-01")),
        ([("1.1.0", 1, "2025-03-01"), ("1.1.0", 2, "2025-02-01"), ("1.0.0", 1, "2025-01-01")], ("date", "2025-02-01")),
        ([("1.2.0", 1, "2025-03-01"), ("1.1.0", 2, "2025-03-01")], ("version", "1.2.0")),
        ([("1.1.0", 1, "2025-03-01"), ("1.2.0", 2, "2025-03-01")], ("version", "1.2.0")),
        ([("1.0.0", 1, "2025-03-01"), ("1.1.0", 2, "2025-03-01"), ("1.0.0", 1, "2025-01-01")], ("version", "1.0.0")),
        (
            [
                ("1.1.0", 1, "2025-03-01"),
                ("1.0.0", 1, "2025-01-02"),
                ("1.0.0", 2, "2025-01-01"),
                ("1.0.0", 3, "2025-01-01"),
            ],
            ("date", "2025-01-02"),
        ),
        # The row two above agrees with the lower of the two; one further down does not bear on them.
        ([("1.2.0", 1, "2025-03-01"), ("1.0.0", 1, "2025-03-01"), ("1.2.0", 2, "2025-03-01")], ("version", "1.0.0")),
        (
            [
                ("1.0.0", 1, "2025-03-01"),
                ("1.2.0", 2, "2025-03-01"),
                ("0.9.0", 1, "2025-01-01"),
                ("1.2.0", 2, "2025-03-01"),
            ],
            ("version", "1.2.0"),
        ),
    ],
)
def test_of_two_releases_that_do_not_follow_the_one_is_told_that_no_other_agrees_with(
    told: list[tuple[str, int | None, str]], expected: tuple[str, str]
) -> None:
    around = world(releases=released(*told))
    registry = around.project.registry
    registry.descriptor = {**registry.descriptor, "version": "1.1.0", "updated": "2025-03-01"}
    assert [(hit.column, hit.facts["value"]) for _, hit in releases.release_order(around)] == [expected]


@pytest.mark.parametrize(
    ("version", "told", "untold"),
    [
        ("1.10.0", [("1.10.0", 1, "2025-04-01"), ("1.9.0", 1, "2025-03-01")], False),
        ("1.9.0", [("1.10.0", 1, "2025-04-01"), ("1.9.0", 1, "2025-03-01")], True),
        ("1.0.0", [], False),
        ("1.0.0", [("1.1.0", None, "2025-04-01")], False),
        (
            "1.9.0",
            [("1.8.0", 1, "2025-04-01"), ("1.9.0", 1, "2025-03-01")],
            False,
        ),  # in the wrong order
    ],
)
def test_the_newest_release_is_that_of_the_registry(
    version: str, told: list[tuple[str, int | None, str]], untold: bool
) -> None:
    around = world(releases=released(*told))
    registry = around.project.registry
    registry.descriptor = {**registry.descriptor, "version": version}
    assert [hit.facts["value"] for _, hit in releases.release_untold(around)] == [version] * untold


@pytest.mark.parametrize(
    ("told", "updated", "expected"),
    [
        ([("1.1.0", 1, "2025-03-02"), ("1.0.0", 1, "2025-01-01")], "2025-03-01", ["registry"]),
        ([("1.1.0", 1, "2025-02-28"), ("1.0.0", 1, "2025-01-01")], "2025-03-01", ["registry", "observations", "plan"]),
        ([("1.1.0", 1, "2025-03-01")], "2025-03-01", []),
        *(([("1.1.0", 1, "2025-03-01")], amiss, []) for amiss in ("x", "2025-02-30", 20250228)),  # the schema's
        ([("1.0.0", 1, "2025-03-02")], "2025-03-01", []),  # the registry has another version
        ([("1.1.0", 1, "March")], "2025-03-01", []),
        ([("1.1.0", None, "2025-03-02")], "2025-03-01", []),
        ([], "2025-03-01", []),
    ],
)
def test_the_newest_release_is_of_the_day_of_the_registry_and_of_no_package_before(
    told: list[tuple[str, int | None, str]], updated: str | int, expected: list[str]
) -> None:
    around = world(plan({"updated": updated}), releases=released(*told))
    registry = around.project.registry
    registry.descriptor = {**registry.descriptor, "version": "1.1.0", "updated": updated}
    assert [package.kind for package, _ in releases.release_date_differs(around)] == expected


@pytest.mark.parametrize(
    ("told", "updated", "late"),
    [
        ([("1.1.0", 1, "2025-03-01"), ("1.0.0", 1, "2024-03-01")], "2026-12-31", False),
        ([("1.1.0", 1, "2025-03-01"), ("1.0.0", 1, "2024-03-01")], "2027-01-01", True),
        ([("1.0.0", 1, "2025-03-01")], "x", False),
        ([("1.0.0", 1, "March")], "2099-01-01", False),
        ([], "2099-01-01", False),
    ],
)
def test_no_package_is_of_more_than_a_year_after_the_newest_release(
    told: list[tuple[str, int | None, str]], updated: str, late: bool
) -> None:
    made = plan({"updated": updated})
    found = descriptors.updated_too_late(world(made, releases=released(*told)))
    assert [package is made for package, _ in found] == [True] * late
