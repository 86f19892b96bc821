"""Versions compare as numbers."""

from __future__ import annotations

import pytest

from openplans.packages.versions import numbers


@pytest.mark.parametrize(
    ("version", "expected"),
    [("1.10.0", (1, 10, 0)), ("1..2", (1, 2)), ("1.2.x", (1, 2)), ("", ()), (None, ()), (1.5, (1, 5)), ("９.0", (0,))],
)
def test_a_version_is_its_numbers(version: object, expected: tuple[int, ...]) -> None:
    assert numbers(version) == expected


def test_ten_is_newer_than_nine() -> None:
    assert numbers("1.10.0") > numbers("1.9.0")
