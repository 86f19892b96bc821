"""Reports of progress: each branch by a row or two."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from openplans.rules import updates as rules
from tests.rules.made import Rows, clause, facts, plan, said, world


def test_an_update_speaks_of_something() -> None:
    updates: Rows = [{}, {"task_id": "k1"}, {"target_id": "t1"}, {"project_id": "p1"}]
    assert said(rules.update_of_nothing, plan(updates=updates)) == [("u1", "task_id")]


@pytest.mark.parametrize(
    ("day", "late", "early"),
    [("2025-03-01", False, False), ("2025-03-02", True, False), ("2023-01-01", False, False),
     ("2022-12-31", False, True), ("", False, False)],
)  # fmt: skip
def test_an_update_is_of_a_day_between_the_plan_and_the_data(day: str, late: bool, early: bool) -> None:
    made = plan(updates=[{"date": day}])
    assert said(rules.update_in_future, made) == [("u1", "date")] * late
    assert said(rules.update_before_plan, made) == [("u1", "date")] * early


def test_a_plan_begins_with_its_issue_or_its_period_whichever_is_first() -> None:
    updates: Rows = [{"date": "2023-02-01"}]
    for issued, start, early in (
        ("2023-03-01", "2023-01-01", False), ("2023-03-01", "2023-04-01", True), ("2023-01-01", "2023-04-01", False),
        (None, "2023-01-01", False), (None, None, True),
    ):  # fmt: skip
        made = plan({"issued": issued, "effective_start": start}, updates=updates)
        assert bool(said(rules.update_before_plan, made)) is early


def test_the_date_of_the_data_is_that_of_its_newest_package() -> None:
    made = plan({"updated": "2026-01-01"}, updates=[{"date": "2025-12-31"}])
    assert said(rules.update_in_future, made) == [] and rules.today(world(made), made) == "2026-01-01"
    none = plan()
    assert rules.today(world(none), none) == ""


@pytest.mark.parametrize("name", ["task_id", "target_id", "project_id", "date", "status", "statement", "source_url"])
def test_no_two_updates_say_one_thing(name: str) -> None:
    own: dict[str, Any] = {"date": "2024-01-01", "status": "done", "value": Decimal(1)}
    assert facts(rules.update_twice, plan(updates=[own, {**own, "value": Decimal(2)}, own]), "first") == ["u1", "u1"]
    of_words = {**own, "value": None}
    assert said(rules.update_twice, plan(updates=[of_words, {**of_words, name: "x"}])) == []
    two_figures = plan(updates=[own, {**own, "value": Decimal(2), name: "x"}])
    assert bool(said(rules.update_twice, two_figures)) is (name in ("status", "statement"))


CLAUSES: Rows = [clause("一"), clause("二", "c1"), clause("三")]
TASKS: Rows = [{}, {"clause_id": "c2", "parent_id": "k1"}, {"clause_id": "c3"}]


@pytest.mark.parametrize(
    ("update", "apart"),
    [
        ({"task_id": "k1", "target_id": "t1"}, []),
        ({"task_id": "k2", "target_id": "t1"}, []),  # below
        ({"task_id": "k1", "target_id": "t2"}, []),  # above
        ({"task_id": "k3", "target_id": "t1"}, ["target_id"]),
        ({"task_id": "k3", "project_id": "p1"}, ["project_id"]),
        ({"target_id": "t3", "project_id": "p1"}, ["project_id"]),
        ({"task_id": "k3", "target_id": "t1", "project_id": "p1"}, ["target_id", "project_id"]),
        ({"task_id": "k1", "target_id": "t4"}, []),  # said again below another task
        ({"task_id": "k3", "target_id": "t5"}, []),
        ({"task_id": "k3", "target_id": "t6"}, []),  # below no task
        ({"task_id": "k3", "target_id": "t9"}, []),  # which leads nowhere
        ({"task_id": "k3", "project_id": "p9"}, []),
        ({"task_id": "k9", "target_id": "t1"}, ["target_id"]),
        ({"task_id": "k3"}, []),
        ({}, []),
    ],
)
def test_what_an_update_names_belongs_together(update: dict[str, str], apart: list[str]) -> None:
    targets: Rows = [
        {},
        {"clause_id": "c2"},
        {"clause_id": "c3"},
        {"clause_id": "c3", "restates": "t5"},
        {},
        {"clause_id": "c9"},
    ]
    made = plan(clauses=CLAUSES, tasks=TASKS, targets=targets, projects=[{}], updates=[update])
    assert [column for _, column in said(rules.update_apart, made)] == apart


def test_a_row_is_shown_with_its_tasks() -> None:
    made = plan(
        clauses=CLAUSES, tasks=TASKS, targets=[{"clause_id": "c3"}], updates=[{"task_id": "k1", "target_id": "t1"}]
    )
    assert (facts(rules.update_apart, made, "first"), facts(rules.update_apart, made, "other")) == (["k1"], ["t1 (k3)"])


def test_a_circle_of_tasks_is_walked_once() -> None:
    tasks: Rows = [{"parent_id": "k2"}, {"clause_id": "c2", "parent_id": "k1"}, {"clause_id": "c3"}]
    made = plan(
        clauses=CLAUSES, tasks=tasks, targets=[{"clause_id": "c3"}], updates=[{"task_id": "k1", "target_id": "t1"}]
    )
    assert [column for _, column in said(rules.update_apart, made)] == ["target_id"]


@pytest.mark.parametrize(
    ("target", "value", "unit", "wrong"),
    [
        ("家", 5, "家", False), ("家", 5, "个", False), ("家", 5, "%", True), ("家", 5, "", True),
        ("家", None, "家", True),
        ("家", None, "", False), ("", 5, "", False), ("", 5, "%", False), ("家", 5, "没有", False),
        ("没有", 5, "", False),
        ("家", 0, "", True), ("家", 0, "家", False),
    ],
)  # fmt: skip
def test_value_and_unit_of_an_update_stand_together(target: str, value: int | None, unit: str, wrong: bool) -> None:
    update = {"target_id": "t1", "unit": unit, "value": None if value is None else Decimal(value)}
    made = plan(targets=[{"unit": target}], updates=[update])
    assert said(rules.update_value, made) == [("u1", "unit")] * wrong
    assert facts(rules.update_value, made, "expected") == [target] * wrong


def test_an_update_of_no_target_has_a_unit_of_its_own() -> None:
    updates: Rows = [{"value": Decimal(5)}, {"unit": "家", "value": Decimal(5)}, {"unit": "家"}]
    assert said(rules.update_value, plan(updates=updates)) == [("u1", "unit"), ("u3", "unit")]
    assert facts(rules.update_value, plan(updates=updates), "expected") == ["-", "-"]
