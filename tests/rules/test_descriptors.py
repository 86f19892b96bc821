"""What descriptors say: each branch by a descriptor or two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openplans.rules import descriptors as rules
from tests.rules.made import NAME, plan, said, world


@pytest.mark.parametrize(
    ("head", "folder", "expected"),
    [
        ({}, NAME, []),
        ({"plan_id": "990101-other-2023"}, NAME, ["plan_id"]),
        ({"name": "990101-other-2023"}, NAME, ["name"]),
        ({"name": "990101-other-2023", "plan_id": "990101-other-2023"}, NAME, ["plan_id"]),
    ],
)
def test_a_plan_is_named_as_its_folder(head: dict[str, str], folder: str, expected: list[str]) -> None:
    made = plan(head)
    made.folder = Path(folder)
    assert [column for _, column in said(rules.folder_differs, made)] == expected


@pytest.mark.parametrize(
    ("head", "folder", "wrong"),
    [
        ({}, NAME, False),
        ({"region_code": "990000"}, NAME, True),
        ({"region_code": "99010"}, NAME, True),
        ({}, "990000-made-2023", False),  # the folder was renamed, which another rule says
        ({"plan_id": "990101-other-2023"}, "990000-made-2023", True),
    ],
)
def test_the_id_of_a_plan_begins_with_the_code_of_its_region(head: dict[str, str], folder: str, wrong: bool) -> None:
    made = plan(head)
    made.folder = Path(folder)
    assert said(rules.plan_region_differs, made) == [("region_code", "region_code")] * wrong


def licensed(own: Any, *others: Any) -> list[Any]:
    plans = [plan({"licenses": each} if each else {}) for each in others]
    around = world(*plans)
    registry = around.project.registry
    registry.descriptor = {**registry.descriptor, "licenses": own}
    return [hit.facts["value"] for package, hit in rules.licence_differs(around) if package in plans]


def test_all_packages_are_under_one_licence() -> None:
    own, other = [{"name": "CC-BY-4.0"}], [{"name": "CC0-1.0"}, "ODbL"]
    assert licensed(own, own, other, None, [{}]) == ["CC0-1.0、ODbL", "{}"]
    assert licensed(own, [[]]) == ["[]"]
    assert licensed(None, other) == []
