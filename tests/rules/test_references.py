"""Keys that lead somewhere, names that mean one thing, and what the registry says of its units."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from openplans.packages.link import World
from openplans.rules import references as rules
from tests.rules.made import NAME, Rows, clause, facts, of_registry, plan, said, world

UNITS = {"responsibilities": [
    {"task_id": "k1", "org_id": org, "name_in_source": name, "rank": 1, "role": "lead"} for org, name in (
        ("990101-agriculture", "县农业局"), ("990101-building", "县农业局"), ("990000-forestry", "省林业局"),
        ("990101-nobody", "县农业局"), ("990101-agriculture", "县教育局"),
    )
]}  # fmt: skip


def test_a_name_means_the_organization_of_its_row() -> None:
    made = plan(**UNITS)
    keys = {key for key, _ in said(rules.organization_differs, made)}
    assert facts(rules.organization_differs, made, "org") == ["990101-building"] and len(keys) == 1
    assert facts(rules.unknown_organization_name, made, "name") == ["县教育局"]
    assert facts(rules.unknown_organization, made, "registry") == ["organizations"]


def test_an_organization_answers_in_its_region_and_below() -> None:
    wide = plan({"region_code": "990000"}, **UNITS)
    assert facts(rules.organization_elsewhere, plan(**UNITS), "org") == []
    assert facts(rules.organization_elsewhere, wide, "org") == [
        "990101-agriculture",
        "990101-building",
        "990101-agriculture",
    ]


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


def test_rows_have_ids_of_their_plan() -> None:
    own = [{"clause_id": f"{NAME}-c001"}, {"clause_id": "990101-other-2023-c001"}, {"clause_id": f"{NAME}c001"}]
    made = plan(clauses=own, responsibilities=UNITS["responsibilities"])
    assert [key for key, _ in said(rules.foreign_id, made)] == ["990101-other-2023-c001", f"{NAME}c001"]
    made.folder = Path("990101-other-2023")
    assert [key for key, _ in said(rules.foreign_id, made)] == [f"{NAME}c001"]


def test_a_parent_stands_before() -> None:
    clauses: Rows = [
        clause("一"),
        clause("二", "c1"),
        clause("三", "c4"),
        clause("四"),
        clause("五", "c5"),
        clause("六", "c9"),
    ]
    tasks = [{"parent_id": "k2"}, {}, {"parent_id": "k2"}]
    found = said(rules.parent_not_before, plan(clauses=clauses, tasks=tasks))
    assert found == [("c3", "parent_id"), ("c5", "parent_id"), ("k1", "parent_id")]


@pytest.mark.parametrize(("count", "expected"), [(20, []), (21, [("c21", "parent_id")]), (23, [("c21", "parent_id")])])
def test_twenty_rows_may_stand_above_one_another(count: int, expected: list[tuple[str, str]]) -> None:
    chain = [clause("一", f"c{number}" if number else "") for number in range(count)]
    assert said(rules.too_deep, plan(clauses=chain)) == expected
    tasks: Rows = [{"parent_id": f"k{number}" if number else ""} for number in range(count)]
    assert said(rules.too_deep, plan(tasks=tasks)) == [(key.replace("c", "k"), column) for key, column in expected]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["s1", "s2", "s10"], []),
        (["s1", "s10", "s2"], ["s2"]),
        (["s2", "s1", "s3", "s2"], ["s1"]),  # one hit a table
        (["s1", "s1"], []),
    ],
)
def test_ids_rise(ids: list[str], expected: list[str]) -> None:
    made = plan(notes=[{"note_id": each} for each in ids])
    assert [key for key, _ in said(rules.ids_rise, made)] == expected


def test_rows_stand_in_the_order_of_the_document() -> None:
    clauses: Rows = [clause("一"), clause("二"), clause("三")]

    def ordered(*places: str) -> list[str]:
        made = plan(clauses=clauses, targets=[{"clause_id": place} for place in places])
        return [key for key, _ in said(rules.row_order, made)]

    assert ordered("c1", "c1", "c2", "c3") == [] == ordered("c1", "c9", "c2")
    assert ordered("c2", "c1", "c3", "c1") == ["t2"]
    assert ordered("c2", "c9", "c1") == ["t3"]
    units: Rows = [{"task_id": task, "org_id": "o"} for task in ("k1", "k2", "k1")]
    tasks: Rows = [{"clause_id": "c1"}, {"clause_id": "c2"}]
    made = plan(clauses=clauses, tasks=tasks, responsibilities=units)
    assert said(rules.row_order, made) == [("k1 o", "task_id")]
    updates: Rows = [{"task_id": "k2"}, {"task_id": "k1"}]
    assert said(rules.row_order, plan(clauses=clauses, tasks=tasks, updates=updates)) == []
    assert facts(rules.row_order, plan(clauses=clauses, targets=[{"clause_id": "c2"}, {}]), "before") == ["c2"]


def test_what_is_near_a_concept_has_none() -> None:
    pairs = [("a", "b"), ("", "b"), ("a", ""), ("", "")]
    made = plan(targets=[{"concept_id": one, "near_concept_id": other} for one, other in pairs])
    assert said(rules.near_beside_concept, made) == [("t1", "near_concept_id")]


def test_keys_lead_into_the_registry() -> None:
    made = plan({"region_code": "990109"}, targets=[
        {"unit": "没有", "concept_id": "no-such", "theme_id": "no-such"},
        {"unit": "%", "concept_id": "income-ratio", "theme_id": "goals"},
        {"near_concept_id": "no-such"}, {"near_concept_id": "income-ratio"},
    ], baselines=[{"unit": "没有"}], tasks=[{"theme_id": "no-such"}])  # fmt: skip
    assert said(rules.unknown_unit, made) == [("t1", "unit"), ("b1", "unit")]
    assert said(rules.unknown_concept, made) == [("t1", "concept_id"), ("t3", "near_concept_id")]
    assert said(rules.unknown_theme, made) == [("k1", "theme_id"), ("t1", "theme_id")]
    assert said(rules.unknown_region, made) == [("region_code", "region_code")]
    assert facts(rules.unknown_theme, made, "otherwise_en")[1] == "; when in doubt leave it empty"
    assert said(rules.unknown_region, plan()) == []


def test_what_has_to_be_filled_is_not_to_be_left_empty() -> None:
    made = plan(responsibilities=[{"task_id": "k1", "org_id": "no-such"}])
    assert facts(rules.unknown_organization, made, "otherwise_en") == ["; the cell has to be filled"]


def unit(name: str, base: str = "", factor: str | None = "1", dimension: str = "area") -> dict[str, Any]:
    return {"unit": name, "name_en": name, "dimension": dimension, "base_unit": base or name,
            "factor": None if factor is None else Decimal(factor)}  # fmt: skip


@pytest.mark.parametrize(
    ("own", "column"),
    [
        (unit("公顷", "亩", "15"), ""),
        (unit("万亩", "亩", "10000"), ""),
        (unit("万亩", "亩", "1000"), "factor"),
        (unit("亿亩", "亩", "100000000"), ""),
        (unit("万公顷", "亩", "150000"), ""),  # of a unit that has a factor of its own
        (unit("万公顷", "亩", "10000"), "factor"),
        (unit("万年", "亩", "7"), ""),  # of no unit
        (unit("万户", "亩", "7"), ""),  # of a unit of another kind
        (unit("万顷", "亩", "7"), ""),  # of a unit without a factor
        (unit("公里", "亩", None), "factor"),
        (unit("公里", "亩", "0"), "factor"),
        (unit("公里", "亩", "-1"), "factor"),
        (unit("公里", "公里", "1"), ""),
        (unit("公里", "公里", "2"), "factor"),
        (unit("公里", "亩", "1", "length"), "dimension"),
        (unit("公里", "公顷", "1"), "factor"),  # on a unit that is no base itself
        (unit("公里", "没有", "0"), ""),  # which leads nowhere: the schema's
    ],
)
def test_a_unit_has_the_factor_that_its_name_and_its_base_ask_for(own: dict[str, Any], column: str) -> None:
    others = [unit("亩"), unit("公顷", "亩", "15"), unit("户", dimension="count"), unit("顷", "亩", None)]
    units = [each for each in others if each["unit"] != own["unit"]] + [own]
    found = [each for each in of_registry(rules.unit_factor, world(units=units)) if each[0] != "顷"]
    assert found == ([(own["unit"], column)] if column else [])


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


def test_a_spelling_means_one_organization() -> None:
    rows: Rows = [{"region_code": region, "name": name, "org_id": org} for region, name, org in (
        ("990101", "县农业局", "990101-agriculture"), ("990101", "县农业局", "990101-building"),
        ("990000", "县农业局", "990000-forestry"),
        ("990101", "各镇", "990101-towns"), ("990101", "各镇", "990101-towns"),
    )]  # fmt: skip
    found = [hit for _, hit in rules.ambiguous_organization_name(world(organization_names=rows))]
    assert [(hit.row and hit.row.line, hit.facts["meant"]) for hit in found] == [
        (3, "990101-agriculture, 990101-building")
    ]
