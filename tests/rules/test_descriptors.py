"""What descriptors and the change log say: each branch by a descriptor or two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from openplans.packages.link import World
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


def log(around: World, text: str, path: Path) -> World:
    """A world whose change log says this."""
    (path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    paths = replace(around.project.paths, root=path)
    return replace(around, project=replace(around.project, paths=paths))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### 1.1.0 (2025-04-01)\n### 1.0.0 (2025-03-01)\n", []),
        ("### 1.0.0 (2025-03-01)\n### 1.1.0 (2025-04-01)\n", ["1.0.0 (2025-03-01)"]),
        ("### 1.0.0 (2025-04-01)\n### 1.0.0 (2025-03-01)\n", ["1.0.0 (2025-04-01)"]),
        ("### 1.0.0 (2025-02-30)\n", ["1.0.0 (2025-02-30)"]),
        ("### 1.0.0 (March)\n", ["1.0.0 (March)"]),
        ("## Data\n### 1.0.0 (2025-03-01)\n## Code\n### 1.0.0 (March)\n", []),  # of the code another rule
        ("## 数据\n### 1.0.0 (2025-03-01)\n", ["## Data"]),
        ("# Changes\n", []),
    ],
)
def test_the_versions_of_the_change_log_have_days(text: str, expected: list[str], tmp_path: Path) -> None:
    found = rules.change_log(log(world(), text, tmp_path))
    assert [hit.facts["value"] for _, hit in found] == expected


@pytest.mark.parametrize(
    ("text", "updated", "late"),
    [
        ("### 1.0.0 (2025-03-01)\n### 1.1.0 (2024-04-01)\n", "2026-12-31", False),
        ("### 1.0.0 (2025-03-01)\n### 1.1.0 (2024-04-01)\n", "2027-01-01", True),
        ("### 1.0.0 (March)\n", "2099-01-01", False),
        ("### 1.0.0 (2025-03-01)\n", "x", False),
        ("", "2099-01-01", False),
    ],
)
def test_no_package_is_of_more_than_a_year_after_the_change_log(
    text: str, updated: str, late: bool, tmp_path: Path
) -> None:
    made = plan({"updated": updated})
    found = rules.updated_too_late(log(world(made), text, tmp_path))
    assert [package is made for package, _ in found] == [True] * late
