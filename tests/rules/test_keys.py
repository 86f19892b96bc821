"""Keys that lead somewhere, names that mean one thing, rows in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from openplans.rules import keys as rules
from tests.rules.made import NAME, Rows, clause, facts, plan, said, world

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
