"""What all plans promise on one theme, over the plans of the tiny project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from openplans.facts.model import Facts
from openplans.facts.themes import ThemeFacts
from tests.conftest import facts_of

WIDE, TINY = "990000-wide-2025", "990101-tiny-2023"


@pytest.fixture(scope="module")
def villages(tiny_facts: Facts) -> ThemeFacts:
    return tiny_facts.themes[1]


def promised(theme: ThemeFacts) -> list[tuple[str, list[str]]]:
    """The concepts of a theme with the ids of what is promised of each."""
    return [
        (each.concept.concept_id, [promise.target.target_id for promise in each.promises]) for each in theme.concepts
    ]


def anchors(theme: ThemeFacts) -> dict[str, list[str]]:
    """The other promises of a theme, by plan."""
    return {plan: [each.target.anchor for each in rows] for plan, rows in theme.others.items()}


def test_themes_stand_in_the_order_of_the_registry(tiny_facts: Facts) -> None:
    assert [each.theme.theme_id for each in tiny_facts.themes] == ["goals", "villages"]


def test_what_most_regions_promise_comes_first_then_the_order_of_the_registry(villages: ThemeFacts) -> None:
    assert promised(villages) == [
        ("village-coverage", [f"{WIDE}-t003", f"{TINY}-t004"]),
        ("village-income", [f"{TINY}-t003"]),
        ("farms-total", [f"{TINY}-t010"]),
    ]
    assert [each.concept.concept_id for each in villages.shared] == ["village-coverage"]
    assert [[region.region_code for region in each.regions] for each in villages.concepts] == [
        ["990000", "990101"], ["990101"], ["990101"],
    ]  # fmt: skip


def test_a_promise_without_a_concept_of_the_theme_stands_by_its_plan(tiny_facts: Facts, villages: ThemeFacts) -> None:
    assert anchors(villages) == {TINY: ["t005", "t007", "t011"]}
    assert anchors(tiny_facts.themes[0]) == {TINY: ["t002", "t006"]}


def test_a_promise_with_a_theme_of_its_own_stands_there_though_its_concept_has_another(
    tiny: Path, edit: Callable[[str, str, str], None]
) -> None:
    row = "村级集体经济总收入,village-income,,"
    edit(f"plans/{TINY}/targets.csv", f"{row},", f"{row}goals,")
    goals, villages = facts_of(tiny).themes
    assert anchors(goals) == {TINY: ["t002", "t003", "t006"]}
    assert [name for name, _ in promised(villages)] == ["village-coverage", "farms-total"]


def test_counts_are_of_promises_rows_tasks_and_plans(tiny_facts: Facts, villages: ThemeFacts) -> None:
    assert " ".join(each.target.anchor for each in villages.promises) == "t003 t004 t003 t010 t005 t007 t011"
    assert [each.target_id for each in villages.targets] == [
        each.target_id for promise in villages.promises for each in promise.rows
    ]
    assert (villages.task_count, villages.plan_ids, villages.plan_count) == (3, {WIDE, TINY}, 2)
    assert (tiny_facts.themes[0].task_count, tiny_facts.themes[0].plan_count) == (0, 2)


def test_parts_have_each_row_once_and_a_theme_without_its_rows_has_none(villages: ThemeFacts) -> None:
    parts = villages.split({WIDE: "b", TINY: "a"})
    assert [*parts] == ["a", "b"]
    assert promised(parts["b"]) == [("village-coverage", [f"{WIDE}-t003"])]
    assert promised(parts["a"])[0] == ("village-coverage", [f"{TINY}-t004"])
    assert (anchors(parts["a"]), anchors(parts["b"])) == (anchors(villages), {})
    assert (parts["a"].tasks, parts["b"].tasks) == (villages.tasks, {})
    empty = villages.empty
    assert (empty.theme, empty.promises, empty.task_count, empty.plan_ids) == (villages.theme, [], 0, set())


def test_a_theme_of_which_nothing_is_said_is_none(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("registry/themes.csv", "villages,村庄,Villages,2", "villages,村庄,Villages,2\nroads,道路,Roads,3")
    assert [each.theme.theme_id for each in facts_of(tiny).themes] == ["goals", "villages"]


def test_a_theme_of_other_promises_alone_is_one(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("registry/themes.csv", "villages,村庄,Villages,2", "villages,村庄,Villages,2\nroads,道路,Roads,3")
    edit(f"plans/{TINY}/targets.csv", "污水治理覆盖率,,,,", "污水治理覆盖率,,,roads,")
    *_, roads = facts_of(tiny).themes
    assert (roads.theme.theme_id, roads.concepts, anchors(roads), roads.tasks) == ("roads", [], {TINY: ["t005"]}, {})
