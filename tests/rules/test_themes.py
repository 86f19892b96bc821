"""What words and rows say of a theme: each branch by a row or two."""

from __future__ import annotations

import pytest

from openplans.packages.link import World
from openplans.packages.read import Package
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


def beside(made: Package, others: int, *spoken: tuple[str, str]) -> World:
    """A world of so many witnesses beside the row: three themes, aliases of themes, and concepts of something else."""
    aliases = [{"kind": "theme", "id": theme, "alias": words} for theme, words in spoken]
    count = others - len(THEMES) - len(aliases)
    named = [{"concept_id": f"c{at}", "name_zh": f"甲{at}乙", "theme_id": "goals"} for at in range(count)]
    return world(made, OTHER, themes=THEMES, concepts=named, aliases=aliases)


@pytest.mark.parametrize(
    ("title", "others", "spoken", "told"),
    [
        ("学校园", 148, ["新学校园"], []),  # 2 ln 148 = 9.994
        ("学校园", 149, ["学校园里"], ["education"]),  # 2 ln 149 = 10.008
        ("学校园地", 56, ["学校园地"] * 2, []),  # 3 ln (56 / 2) = 9.997
        ("学校园地", 57, ["新学校园地里"] * 2, ["education"]),  # 3 ln (57 / 2) = 10.05
    ],
)
def test_rare_pairs_say_enough_where_witnesses_are_many(
    title: str, others: int, spoken: list[str], told: list[str]
) -> None:
    made = plan(tasks=[task("k1", title, "health")])
    assert (
        facts(rules.theme_differs, made, "meant", beside(made, others, *(("education", each) for each in spoken)))
        == told
    )


def test_a_little_that_speaks_of_its_own_theme_is_too_little() -> None:
    """Of sixteen witnesses one is of its own theme: 0.43 of 6.9, and its parts say 9 more of the other."""
    parts = [task(f"k{at}", "其他", "education", "k1") for at in (2, 3, 4)]
    made = plan(tasks=[task("k1", "学校园地", "health"), *parts])
    spoken = [*[("education", "学校园地")] * 15, ("health", "新学校园地")]
    assert facts(rules.theme_differs, made, "meant", beside(made, 160, *spoken)) == ["education"]


def test_what_speaks_of_its_own_theme_is_held_against_one_other_and_not_all() -> None:
    """0.9 is more than a twentieth of the 12.7 that speak of education, and less than one of all 23.6."""
    made = plan(tasks=[task("k1", "学校园的工作量和服务", "health")])
    spoken = [("education", "学校园"), ("goals", "工作量"), *[("education", "服务")] * 3, ("health", "服务台")]
    assert facts(rules.theme_differs, made, "meant", beside(made, 150, *spoken)) == []


def test_each_plan_is_told_of_its_own_rows() -> None:
    slips = (task("k1", SCHOOL, "health"), task("k2", WARD, "education"))
    made, other = (plan({"name": each["task_id"]}, tasks=[each]) for each in slips)
    around = world(made, other, themes=THEMES, concepts=concepts())
    assert [(row, theme) for row, (theme, _) in rules.meant_themes(around, made)] == [("k1", "education")]
    assert said(rules.theme_differs, other, around) == [("k2", "theme_id")]


def test_where_there_is_no_overall_theme_nothing_is_told() -> None:
    made = plan(tasks=[task("k1", SCHOOL, "health")])
    around = world(made, OTHER, themes=THEMES[1:], concepts=concepts())
    assert facts(rules.theme_differs, made, "meant", around) == []


@pytest.mark.parametrize("own", ["", "education"])
def test_the_targets_of_a_task_speak_of_its_theme_by_their_own_or_their_concept_s(own: str) -> None:
    target = {"indicator": "三", "task_id": "k1", "theme_id": own, "concept_id": "" if own else "schools"}
    made = plan(tasks=[task("k1", "学校", "health")], targets=[target, target, target])
    around = world(made, OTHER, themes=THEMES, concepts=concepts(SCHOOLS))
    assert said(rules.theme_differs, made, around) == [("k1", "theme_id")]


def test_rows_in_doubt_say_nothing_of_the_row_that_they_belong_to() -> None:
    titles = ("手术麻醉服务", "急诊抢救能力", "透析设备更新")
    named = [{"concept_id": f"{name}{at}", "name_zh": name, "theme_id": "health"} for name in titles for at in "12"]
    parts = [task(f"k{at}", name, "education", "k1") for at, name in enumerate(titles, 2)]
    made = plan(tasks=[task("k1", "学校", "health"), *parts])
    around = world(made, OTHER, themes=THEMES, concepts=concepts(*named))
    assert said(rules.theme_differs, made, around) == [(each["task_id"], "theme_id") for each in parts]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ({"theme_id": "education"}, ["education"]), ({"concept_id": "schools"}, ["education"]),
        ({"task_id": "k2"}, ["education"]), ({}, []), ({"task_id": "nowhere"}, []),
    ],
)  # fmt: skip
def test_a_target_speaks_of_its_own_theme_or_its_concept_s_or_its_task_s(
    target: dict[str, str], told: list[str]
) -> None:
    works = [task("k1", "学校园地", "health"), task("k2", "其他", "education")]
    made = plan(tasks=works, targets=[{"indicator": "学校园地", **target}] * 2)
    named = [{"concept_id": f"c{at}", "name_zh": f"甲{at}乙", "theme_id": "goals"} for at in range(60)]
    schools = {"concept_id": "schools", "name_zh": "上课", "theme_id": "education"}
    around = world(made, OTHER, themes=THEMES, concepts=[*named, schools], aliases=[])
    assert facts(rules.theme_differs, made, "meant", around) == told


def test_the_name_of_a_region_speaks_of_no_theme() -> None:
    made = plan(tasks=[task("k1", READ, "health"), task("k2", READ, "education"), task("k3", READ, "education")])
    around = world(
        made, OTHER, themes=THEMES, concepts=concepts(), regions=[{"region_code": "1", "name_zh": f"{READ}县"}]
    )
    assert facts(rules.theme_differs, made, "meant", around) == []


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        ([{"theme_id": "health"}, {"restates": "t1", "theme_id": "health"}], []),
        ([{"theme_id": "health"}, {"restates": "t1", "theme_id": "education"}], [("t2", "theme_id")]),
        # of two the one whose own row names it
        ([{"theme_id": "health"}, {"restates": "t1", "task_id": "k1"}], [("t1", "theme_id")]),
        ([{"task_id": "k1"}, {"restates": "t1", "theme_id": "health"}], [("t2", "theme_id")]),
        # else the task of the later
        ([{"task_id": "k1"}, {"restates": "t1", "task_id": "k2"}], [("k2", "theme_id")]),
        # the steps of one indicator, of which most are of one theme; another scope is another thing
        ([{"indicator": "a", "theme_id": each} for each in ("health", "education", "education")], [("t1", "theme_id")]),
        ([{"indicator": "a", "scope": each, "theme_id": each} for each in ("health", "education")], []),
        # a concept's theme, and that of what has none
        ([{"concept_id": "schools"}, {"restates": "t1", "task_id": "k1"}], []),
        ([{"concept_id": "wards"}, {"restates": "t1", "concept_id": "schools"}], []),
        (
            [{"concept_id": "wards"}, {"restates": "t1", "concept_id": "wards", "theme_id": "goals"}],
            [("t2", "theme_id")],
        ),
        ([{}, {"restates": "t1", "theme_id": "goals"}], []),
        ([{}, {"restates": "t1", "theme_id": "health"}], [("t2", "theme_id")]),
    ],
)
def test_what_is_about_one_thing_is_of_one_theme(targets: Rows, told: list[tuple[str, str]]) -> None:
    rows = [{"indicator": f"i{number}", **row} for number, row in enumerate(targets)]
    made = plan(targets=rows, tasks=[task("k1", "甲", "education"), task("k2", "乙", "health")])
    around = world(made, themes=THEMES, concepts=[SCHOOLS, WARDS])
    assert said(rules.themes_apart, made, around) == told
