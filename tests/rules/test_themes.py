"""What words and rows say of a theme: each branch by a row or two."""

from __future__ import annotations

import pytest

from openplans.rules import themes as rules
from tests.rules.made import Rows, facts, of_registry, plan, said, world

THEMES = [
    {"theme_id": "goals", "name_zh": "总体目标"}, {"theme_id": "education", "name_zh": "教育"},
    {"theme_id": "health", "name_zh": "医疗卫生"},
]  # fmt: skip
SCHOOL, WARD, READ = "义务教育学校", "医疗病房床位", "晨读晚读朗读"
SCHOOLS = {"concept_id": "schools", "name_zh": "义务教育学校", "theme_id": "education"}
OTHER = plan()
WARDS = {"concept_id": "wards", "name_zh": WARD, "theme_id": "health"}


def concepts(*more: dict[str, str]) -> Rows:
    """A few of each theme, and many of others, so that a word weighs something."""
    few = [("education", SCHOOL), ("health", WARD)] * 3
    named = [*few, *[("goals", f"甲{number}乙") for number in range(60)]]
    return [{"concept_id": f"c{at}", "name_zh": name, "theme_id": theme} for at, (theme, name) in enumerate(named)] + [
        *more
    ]


def task(key: str, title: str, theme: str, parent: str = "") -> dict[str, str]:
    return {"task_id": key, "title": title, "theme_id": theme, "parent_id": parent}


@pytest.mark.parametrize(
    ("tasks", "told"),
    [
        ([task("k1", SCHOOL, "education")], []),
        ([task("k1", SCHOOL, "health")], ["education"]),
        # of the overall theme no word speaks, and what is not registered is another rule's
        ([task("k1", SCHOOL, "goals")], []),
        ([task("k1", SCHOOL, "schools")], []),
        # words of both, words that nobody has, a word or two
        ([task("k1", SCHOOL + WARD, "health")], []),
        ([task("k1", "其他事项", "health")], []),
        ([task("k1", "学校", "health")], []),
        # its own words are no witness, two rows in doubt are none of each other
        ([task("k1", READ, "health"), task("k2", "唱歌", "education")], []),
        ([task("k1", READ, "health"), task("k2", READ, "education")], []),
        ([task("k1", READ, "health"), task("k2", READ, "education"), task("k3", READ, "education")], ["education"]),
        # the parts of a task with a word of it, the parts alone, the one that it is part of
        ([task("k1", "学校", "health"), *(task(f"k{each}", "校", "education", "k1") for each in "234")], ["education"]),
        ([task("k1", "其他", "health"), *(task(f"k{each}", "校", "education", "k1") for each in "23456")], []),
        ([task("k1", "校", "education"), task("k2", "教育学校", "health", "k1")], ["education"]),
        ([task("k1", "校", "education"), task("k2", "其他", "health", "k1")], []),
    ],
)  # fmt: skip
def test_a_task_is_of_a_theme_that_something_speaks_of(tasks: Rows, told: list[str]) -> None:
    made = plan(tasks=tasks)
    around = world(made, OTHER, themes=THEMES, concepts=concepts())
    assert facts(rules.theme_differs, made, "meant", around) == told
    assert [theme for _, (theme, _) in rules.meant_themes(around, made)] == told


@pytest.mark.parametrize(
    ("title", "second"), [(f"{SCHOOL}公路铁路", "traffic"), (SCHOOL, "")], ids=["much of it", "nothing"]
)
def test_a_theme_of_which_nearly_as_much_is_said_is_the_second(title: str, second: str) -> None:
    more = [{"theme_id": "traffic", "name_zh": "公路铁路"}]
    made = plan(tasks=[task("k1", title, "health")])
    around = world(made, OTHER, themes=[*THEMES, *more], concepts=concepts())
    assert facts(rules.theme_differs, made, "second", around) == [second]


def test_a_wrong_theme_is_told_once_and_not_at_its_neighbours() -> None:
    tasks = [
        task("k1", "学校教育", "health"),
        task("k2", "其他", "education", "k1"),
        task("k3", "别的", "education", "k1"),
    ]
    made = plan(tasks=tasks)
    assert said(rules.theme_differs, made, world(made, OTHER, themes=THEMES, concepts=concepts())) == [
        ("k1", "theme_id")
    ]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ({"indicator": SCHOOL, "theme_id": "health"}, ["education"]),
        ({"indicator": SCHOOL, "theme_id": "education"}, []),
        ({"indicator": "其他", "theme_id": "health", "task_id": "k1"}, []),
        ({"indicator": "学校", "theme_id": "health", "concept_id": "schools"}, ["education"]),
        ({"indicator": SCHOOL, "theme_id": "", "concept_id": "wards"}, []),
    ],
)
def test_a_target_s_own_theme_is_one_of_its_words_or_its_concept_s(target: dict[str, str], told: list[str]) -> None:
    made = plan(tasks=[task("k1", "病房", "health")], targets=[target])
    around = world(made, OTHER, themes=THEMES, concepts=concepts(SCHOOLS, WARDS))
    assert facts(rules.theme_differs, made, "meant", around) == told


@pytest.mark.parametrize(
    ("concept", "told"),
    [
        ({**WARDS, "theme_id": "education"}, [("wards", "theme_id")]),
        (WARDS, []),
        ({**WARDS, "name_zh": "其他"}, []),
        ({**WARDS, "name_zh": "病房床位", "theme_id": "education", "subject": "beds"}, [("wards", "theme_id")]),
    ],
)
def test_a_concept_is_of_the_theme_of_its_words_or_of_its_subject(
    concept: dict[str, str], told: list[tuple[str, str]]
) -> None:
    beds = [{"concept_id": f"beds-{each}", "name_zh": each, "theme_id": "health", "subject": "beds"} for each in "床位"]
    around = world(plan(), OTHER, themes=THEMES, concepts=concepts(*beds, concept))
    assert of_registry(rules.concept_theme_differs, around) == told


def test_the_tasks_of_a_concept_speak_of_its_theme() -> None:
    tasks = [task(each, "一", "health") for each in ("k1", "k2", "k3")]
    made = plan(
        tasks=tasks, targets=[{"indicator": "三", "task_id": each, "concept_id": "wards"} for each in ("k1", "k2")]
    )
    around = world(
        made, OTHER, themes=THEMES, concepts=concepts({**WARDS, "name_zh": "病房床位", "theme_id": "education"})
    )
    assert of_registry(rules.concept_theme_differs, around) == [("wards", "theme_id")]


def test_a_row_that_has_a_name_of_its_theme_is_of_it_whatever_others_say() -> None:
    title = f"看病{SCHOOL}{READ}"
    made = plan(tasks=[task("k1", title, "health"), *(task(f"k{at}", title, "education") for at in range(2, 22))])
    for aliases, told in (([], ["education"]), ([{"kind": "theme", "id": "health", "alias": "看病"}], [])):
        around = world(made, OTHER, themes=THEMES, concepts=concepts(), aliases=aliases)
        assert facts(rules.theme_differs, made, "meant", around) == told
