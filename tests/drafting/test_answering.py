"""Who answers for a task, as documents of other provinces say it: in merged cells, in an annex by number, in a bracket
with two ranks of units, in a sentence.
"""

from __future__ import annotations

import pytest

from openplans.drafting import store
from openplans.paths import Paths
from openplans.rules import lead
from tests.drafting.test_proposing import drafted
from tests.rules.made import Rows, clause, facts, plan

HEAD = "序号|任务|牵头领导|牵头单位|责任单位|配合单位"


def answering(paths: Paths, *lines: str) -> list[tuple[str, str, str]]:
    """(task, role, name) of each unit that is proposed for some lines."""
    draft = drafted(paths, *lines)
    titles = {row["task_id"]: row["title"] for row in draft["tasks"]}
    return [(titles[row["task_id"]], row["role"], row["name_in_source"]) for row in draft["responsibilities"]]


def test_a_cell_merged_over_rows_answers_for_each(paths: Paths) -> None:
    rows = ("1|修路|王道明|市交通局|各乡镇|市财政局", "2|修桥|||甲镇|", "3|治水||同上||", "4|造林|李某|市林业局||")
    assert answering(paths, "附件", "任务表", HEAD, *rows) == [
        ("修路", "lead", "市交通局"), ("修路", "co", "各乡镇"), ("修路", "co", "市财政局"),
        ("修桥", "lead", "市交通局"), ("修桥", "co", "甲镇"),
        ("治水", "lead", "市交通局"), ("治水", "co", "甲镇"), ("治水", "co", "市财政局"),
        ("造林", "lead", "市林业局"),
    ]  # fmt: skip


def test_no_cell_is_merged_over_a_sum_or_over_the_head_of_a_group(paths: Paths) -> None:
    rows = ("1|甲水库|900|市水务局", "|小计|900|", "二|教育||", "2|甲中学|700|", "3|乙中学|500|市教育局", "|合计|2100|")
    found = answering(paths, "附件", "项目表", "序号|项目名称|总投资（万元）|责任单位", *rows)
    assert found == [("甲水库", "listed", "市水务局"), ("乙中学", "listed", "市教育局")]


NUMBERED = ("二、重点任务", "1．治水。新建水厂2座。", "2．造林。造林3万亩。", "3．修路。修路9公里。")
BY_NUMBER = ("附件", "责任分工表", "任务序号|牵头领导|牵头单位|责任单位")


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            ("1、3|张某|市水利局|市财政局", "第2项||市林业局|"),
            [("治水", "lead", "市水利局"), ("治水", "co", "市财政局"), ("造林", "lead", "市林业局"),
             ("修路", "lead", "市水利局"), ("修路", "co", "市财政局")],
        ),
        (("1—2|张某|市水利局|甲镇", "3|||乙镇"), [
            ("治水", "lead", "市水利局"), ("治水", "co", "甲镇"), ("造林", "lead", "市水利局"), ("造林", "co", "甲镇"),
            ("修路", "lead", "市水利局"), ("修路", "co", "乙镇"),
        ]),
    ],
)  # fmt: skip
def test_an_annex_says_by_number_who_answers(
    paths: Paths, rows: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    assert answering(paths, *NUMBERED, *BY_NUMBER, *rows) == found


def test_a_row_that_names_its_task_is_a_task_of_its_own(paths: Paths) -> None:
    rows = ("序号|任务|牵头单位", "1|治水兴水|市水利局")
    assert answering(paths, *NUMBERED, "附件", "责任分工表", *rows) == [("治水兴水", "lead", "市水利局")]


def units(*names: tuple[str, str]) -> Rows:
    return [
        {"task_id": task, "org_id": name, "name_in_source": name, "role": "lead", "rank": 1} for task, name in names
    ]


def test_the_check_finds_a_unit_in_the_table_that_tells_of_its_task() -> None:
    rows = ("序号　任务　牵头单位", "1　修路　县交通局", "2　修桥　", "3　造林　县林业局")
    merged = [clause(each, kind="table_row") for each in rows]
    made = plan(
        clauses=merged,
        tasks=[{"clause_id": "c2"}, {"clause_id": "c3"}, {"clause_id": "c4"}],
        responsibilities=units(("k2", "县交通局"), ("k3", "县交通局"), ("k2", "县林业局")),
    )
    assert facts(lead.name_not_in_source, made, "name") == ["县交通局", "县林业局"]
    keyed = [clause("1．修路。", number="1"), clause("任务序号　牵头单位", kind="table_row"),
             clause("1　县交通局", kind="table_row")]  # fmt: skip
    made = plan(clauses=keyed, tasks=[{}], responsibilities=units(("k1", "县交通局"), ("k1", "县林业局")))
    assert facts(lead.name_not_in_source, made, "name") == ["县林业局"]


def test_the_units_of_two_ranks_are_listed_each(paths: Paths) -> None:
    lists = "（市级责任单位：市交通局、市公安局；县级责任单位：各县（市、区）政府）"
    assert answering(paths, "二、重点任务", f"1．修路。修路9公里。{lists}") == [
        ("修路", "listed", "市交通局"),
        ("修路", "listed", "市公安局"),
        ("修路", "listed", "各县（市、区）政府"),
    ]


def test_a_sentence_says_who_does_what_and_who_helps(paths: Paths) -> None:
    lines = ("1．组织领导。每年报告1次。市发改委负责日常调度，市统计局、国家统计局某市调查队配合。",)
    assert answering(paths, "二、重点任务", *lines) == [
        ("组织领导", "lead", "市发改委"),
        ("组织领导", "co", "市统计局"),
        ("组织领导", "co", "国家统计局某市调查队"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("1．修路。修路9公里。（责任单位：县财政局、县教育局）", "2．落实。本方案所列责任单位，排名第一的为牵头单位。"),
        ("1．修路。修路9公里。", "牵头：县财政局；配合：县教育局"),
        ("1．修路。修路9公里。县财政局负责日常调度，县教育局配合。",),
        ("1．修路。扩建县教育局大楼。", "附件", "分工表", "任务序号|牵头单位|责任单位", "1|县财政局|县教育局"),
    ],
)
def test_the_check_reads_who_leads_as_the_draft_does(paths: Paths, lines: tuple[str, ...]) -> None:
    draft = drafted(paths, "二、重点任务", *lines)
    rows = draft["responsibilities"]
    assert [(row["name_in_source"], row["role"]) for row in rows] == [("县财政局", "lead"), ("县教育局", "co")]
    world = store.world_of(paths, "330182-jiande-2024")
    own = world.project.plans[0]
    for table in ("tasks", "responsibilities"):
        own.tables[table].rows.extend(draft[table])
    assert [hit.facts for rule in (lead.role_differs, lead.name_not_in_source) for hit in rule(world, own)] == []


def test_numbered_notes_under_a_table_ask_for_nothing(paths: Paths) -> None:
    rows = ("附件", "任务表", "任务|责任单位", "种树5万株|县林业局")
    notes = ("说明：", "1．本表由县农业农村局负责解释（责任单位：县农业农村局）。", "2．覆盖12个乡镇。")
    draft = drafted(paths, "二、重点任务", "1．治水。建水厂2座。", "说明：", "2．造林。造林3万亩。", *rows, *notes)
    assert [row["title"] for row in draft["tasks"]] == ["治水", "造林", "种树5万株"]
    assert [row["value"] for row in draft["targets"]] == [2, 3, 5]


def test_a_date_behind_what_it_is_of_is_told_in_a_note(paths: Paths) -> None:
    paragraph = "1．冷链。2025年底前建成甲路；修路9公里。新建冷库20座、新增库容2万立方米，2026年6月底前全部投用。"
    rows = drafted(paths, "二、重点任务", paragraph)["targets"]
    found = [(row["indicator"], row["period_end"], row["note"]) for row in rows[1:]]
    note = "年份取自“2026年6月底前全部投用”"
    assert found == [("新建冷库", "2026-06", note), ("新增库容", "2026-06", note)]
