"""Who answers for a task, as documents of other provinces say it: in merged cells, in an annex by number, in a bracket
with two ranks of units, in a sentence.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from openplans.drafting import store
from openplans.drafting.proposing import propose
from openplans.paths import Paths
from openplans.rules import lead, periods
from tests.drafting import accepted
from tests.drafting.test_proposing import drafted, laid_out
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
        ("1．修路。修路9公里。（责任单位：县财政局▲、县教育局）", "标注▲的为牵头单位，其他为配合单位。"),
        ("【任务１】修路。修路9公里。", "【牵头单位】县财政局", "【配合单位】县教育局", "【办结时限】2026年6月底前"),
        ("1．修路。修路9公里。由县财政局会同县教育局组织实施。",),
        ("1．修路。修路9公里。", "责任：县财政局牵头；县教育局配合。", "时限：2026年6月底前。"),
        ("1．修路。修路9公里。（牵头单位：县财政局　责任单位：县教育局）", "未标明牵头单位的，由排序第一的单位牵头。"),
        ("附件", "分工表", "序号|任务|责任单位|", "||牵头|配合", "1|修路|县财政局|县教育局"),
        ("附件", "分工表", "序号|任务|责任单位|配合单位", "1|修路|县财政局|县教育局"),
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


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("县民政局、县卫健局分别牵头养老、托育工作。", [("lead", "县民政局"), ("lead", "县卫健局")]),
        (
            "省级资金由县教育局负责争取，县级资金由县财政局统筹，村级资金由各乡镇政府落实。",
            [("listed", "县教育局"), ("listed", "县财政局"), ("listed", "各乡镇政府")],
        ),
        ("预算由县财政局统筹安排。", []),
        (
            "县人社局牵头，县总工会、县妇联和各乡镇政府按职责分工负责。",
            [("lead", "县人社局"), ("co", "县总工会"), ("co", "县妇联"), ("co", "各乡镇政府")],
        ),
        (
            "由县农业局会同恩施海关组织实施，甲镇、乙镇等乡镇政府具体落实。",
            [("lead", "县农业局"), ("co", "恩施海关"), ("co", "甲镇"), ("co", "乙镇")],
        ),
        (
            "由县人社局总牵头，县农业局、某县经济开发区按职责抓好落实。",
            [("lead", "县人社局"), ("co", "县农业局"), ("co", "某县经济开发区")],
        ),
        ("责任主体：县住建局。配合部门：县财政局。", [("lead", "县住建局"), ("co", "县财政局")]),
        ("县发改委、县能源局、人民银行某县分行负责。",
         [("listed", "县发改委"), ("listed", "县能源局"), ("listed", "人民银行某县分行")]),
    ],
)  # fmt: skip
def test_a_sentence_says_who_does_what(paths: Paths, sentence: str, found: list[tuple[str, str]]) -> None:
    named = answering(paths, "二、重点任务", f"1．养老。建床位9张。{sentence}")
    assert [(role, name) for _, role, name in named] == found


def test_a_bracket_inside_a_list_is_no_list_of_its_own(paths: Paths) -> None:
    lines = ("1．人防。建工程9处。", "【责任单位】县住建局（人防办）、各镇（街道）")
    names = [name for _, _, name in answering(paths, "二、重点任务", *lines)]
    assert names == ["县住建局（人防办）", "各镇（街道）"]


GROUPS = "类别|任务|牵头单位|配合单位"


def test_an_empty_cell_of_those_who_help_is_merged_where_the_row_belongs_to_the_one_above(paths: Paths) -> None:
    rows = ("城建|绿地9亩|县住建局|县财政局", "|停车位9个|县城管局|", "教育|学位9个|县教育局|县编办")
    found = answering(paths, "附件", "任务表", GROUPS, *rows)
    assert found[2:4] == [("停车位9个", "lead", "县城管局"), ("停车位9个", "co", "县财政局")]
    own = (
        "城建|绿地9亩|县住建局|县财政局",
        "|停车位9个|县城管局|",
        "教育|学位9个|县教育局|",
    )  # that of 教育 is empty too
    found = answering(paths, "附件", "任务表", GROUPS, *own)
    assert found[2:] == [("停车位9个", "lead", "县城管局"), ("学位9个", "lead", "县教育局")]


def test_a_chapter_in_a_run_of_measures_is_one(paths: Paths) -> None:
    measures = ("一、修路。修路9公里。（责任单位：县交通局）", "二、治水。建水厂2座。（责任单位：县水利局）")
    last = "三、督查考核。县委督查室每季度通报1次。"
    assert [row["title"] for row in drafted(paths, *measures, last)["tasks"]] == ["修路", "治水", "督查考核"]
    assert drafted(paths, "一、总体要求。修路9公里。", last)["tasks"] == []


def test_numbers_with_a_word_begin_tasks(paths: Paths) -> None:
    lines = ("行动一：建筑升级。产值9亿元。", "行动二：文旅带富。游客9万人次。", "任务1000亩已完成。")
    draft = drafted(paths, "二、行动任务", *lines)
    assert [(row["number"], row["title"]) for row in draft["tasks"]] == [("行动一", "建筑升级"), ("行动二", "文旅带富")]


def test_the_first_part_of_a_cell_of_figures_is_its_title(paths: Paths) -> None:
    cell = "马铃薯种植面积稳定在85万亩，脱毒种薯推广率达到100%，加工专用薯占比提高到45%，窖储能力新增20万吨"
    found = answering(paths, "附件", "任务表", "类别|主要任务|牵头部门", f"产业|{cell}|县农业局")
    assert found == [("马铃薯种植面积稳定在85万亩", "lead", "县农业局")]


def test_a_deadline_in_a_line_beside_the_figures_dates_them(paths: Paths) -> None:
    lines = ("（一）供水。", "目标：新建水厂2座。", "责任：县水务局牵头；县财政局配合。", "时限：2026年8月底前。")
    assert [row["period_end"] for row in drafted(paths, "二、重点任务", *lines)["targets"]] == ["2026-08"]


def test_a_list_in_a_line_behind_the_last_measure_is_that_of_the_heading(paths: Paths) -> None:
    measures = ("（一）兴修水利", "1．治水。建水厂2座。", "2．造林。造林3万亩。")
    named = "责任单位：县财政局、县教育局"
    roles = [("兴修水利", "listed", "县财政局"), ("兴修水利", "listed", "县教育局")]
    assert answering(paths, "二、重点任务", *measures, named) == roles
    own = (*measures[:2], "责任单位：县水利局", measures[2], named)
    assert [task for task, _, _ in answering(paths, "二、重点任务", *own)] == ["治水", "造林", "造林"]


def test_those_that_answer_lead_where_nobody_is_said_to_by_the_document_s_rule(paths: Paths) -> None:
    lines = (
        "1．修路。修路9公里。",
        "责任单位：县财政局",
        "2．修桥。修桥9座。",
        "牵头单位：县交通局",
        "责任单位：县教育局",
    )
    rule = "本清单中未明确牵头单位的，责任单位即为牵头单位。"
    assert answering(paths, rule, "二、重点任务", *lines) == [
        ("修路", "lead", "县财政局"), ("修桥", "lead", "县交通局"), ("修桥", "co", "县教育局")
    ]  # fmt: skip


def test_a_bracket_of_units_ends_a_sentence(paths: Paths) -> None:
    draft = drafted(paths, "二、重点任务", "1．养殖。新增网箱6台〔县农业局牵头〕建设育苗基地2个。〔县水利局负责〕")
    assert [row["indicator"] for row in draft["targets"]] == ["新增网箱", "建设育苗基地"]


def test_a_number_with_a_unit_word_begins_a_task(paths: Paths) -> None:
    lines = (
        "第一部分　城镇更新",
        "第1项　小区改造",
        "工作内容：改造小区9个。",
        "责任单位：县住建局",
        "时间节点：10月底前",
    )
    draft = drafted(paths, *lines)
    assert [(row["number"], row["title"]) for row in draft["tasks"]] == [("第1项", "小区改造")]
    assert [row["name_in_source"] for row in draft["responsibilities"]] == ["县住建局"]


@pytest.mark.parametrize(
    "who",
    ["县住建局负责，2027年底前完成", "县住建局牵头，县财政局配合，2027年6月底前完成"],
)
def test_a_deadline_stands_among_the_units(paths: Paths, who: str) -> None:
    rows = drafted(paths, "二、重点任务", f"1．小区。改造小区9个。（{who}）")["targets"]
    assert [row["period_end"][:4] for row in rows] == ["2027"]


def test_the_name_of_a_part_is_no_time(paths: Paths) -> None:
    paragraph = "1．养殖。到2026年，新增网箱6台。（县农业局牵头）建设育苗基地2个。（县水利局负责）"
    titles = [row["title"] for row in drafted(paths, "二、重点任务", paragraph)["tasks"]]
    assert titles == ["养殖", "新增网箱6台", "建设育苗基地2个"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("建成歌风路地下停车场，新增车位9个。", [("complete", "歌风路地下停车场")]),
        ("建设农村公路停车场，新增车位9个。", []),
        ("建成国家烟花检测中心（浏阳）二期，新增车位9个。", [("complete", "国家烟花检测中心（浏阳）二期")]),
    ],
)  # fmt: skip
def test_a_work_on_a_road_or_of_a_place_is_a_single_one(
    paths: Paths, sentence: str, found: list[tuple[str, str]]
) -> None:
    rows = drafted(paths, "二、重点任务", f"1．停车。{sentence}")["projects"]
    assert [(row["stage"], row["name"]) for row in rows] == found


def test_a_row_says_that_a_work_is_completed(paths: Paths) -> None:
    rows = ("1|某县粮食烘干中心|9月底建成投用|2300|县农业局", "2|某县灌区改造工程|完成投资60%|8600|县水利局")
    draft = drafted(paths, "附件", "重点项目表", "序号|项目名称|年度目标|总投资（万元）|责任单位", *rows)
    assert [(row["name"], row["stage"]) for row in draft["projects"]] == [
        ("某县粮食烘干中心", "complete"), ("某县灌区改造工程", "plan")
    ]  # fmt: skip


BY_ORGANIZATION = (
    "一、县农业农村局",
    "1．新建高标准农田9万亩。",
    "2．牵头开展种薯繁育，建设基地3处。",
    "二、县水务局、县交通运输局（2项）",
    "3．硬化道路9公里。（配合单位：县财政局）",
    "4．协助县民政局建设养老院3所。",
    "三、县商务局会同县供销社",
    "5．引进企业8家。",
)


def test_a_heading_of_units_answers_for_the_duties_under_it(paths: Paths) -> None:
    assert [(role, name) for _, role, name in answering(paths, *BY_ORGANIZATION)] == [
        ("listed", "县农业农村局"),
        ("lead", "县农业农村局"),
        ("lead", "县水务局"), ("lead", "县交通运输局"), ("co", "县财政局"),
        ("co", "县水务局"), ("co", "县交通运输局"),
        ("lead", "县商务局"), ("co", "县供销社"),
    ]  # fmt: skip
    assert len(drafted(paths, *BY_ORGANIZATION)["tasks"]) == 5


def test_the_only_heading_that_ends_like_a_unit_is_none_of_units(paths: Paths) -> None:
    lines = ("一、做优做强县属企业集团", "1．新建高标准农田9万亩。", "二、改善民生", "2．修路9公里。")
    assert answering(paths, *lines) == []


TITLED = ("二、重点任务", "（一）兴修水利。新建水厂2座。", "（二）造林绿化。造林3万亩。")


def test_an_annex_says_by_title_who_answers(paths: Paths) -> None:
    rows = ("附件", "专班分工表", "行动名称|组长单位|成员单位|督导单位",
            "兴修水利|县水利局|县财政局、县住建局|县委督查室", "造林绿化|县林业局|甲镇、乙乡|县委督查室",
            "防火|县应急局|县林业局|县委督查室")  # fmt: skip
    assert answering(paths, *TITLED, *rows) == [
        ("兴修水利", "lead", "县水利局"), ("兴修水利", "co", "县财政局"), ("兴修水利", "co", "县住建局"),
        ("造林绿化", "lead", "县林业局"), ("造林绿化", "co", "甲镇"), ("造林绿化", "co", "乙乡"),
        ("防火", "lead", "县应急局"), ("防火", "co", "县林业局"),
    ]  # fmt: skip
    more = ("附件", "任务表", "任务名称|年度目标|责任单位", "兴修水利|水厂2座|县水利局")
    assert len(drafted(paths, *TITLED, *more)["tasks"]) == 3


def test_units_that_do_something_together_are_told_in_a_sentence(paths: Paths) -> None:
    lines = ("1．考核。县委办、县政府办会同县纪委监委机关每半年开展1次督查。",)
    assert answering(paths, "二、重点任务", *lines) == [
        ("考核", "lead", "县委办"), ("考核", "lead", "县政府办"), ("考核", "co", "县纪委监委机关")
    ]  # fmt: skip
    lines = ("1．粮食。县农业农村局会同县发展和改革局组织实施，县财政局配合。建仓3座。",)
    assert [role for _, role, _ in answering(paths, "二、重点任务", *lines)] == ["lead", "co", "co"]


def test_duties_are_told_unit_by_unit(paths: Paths) -> None:
    lines = ("六、部门职责", "县农业农村局：负责日常调度。县财政局、县审计局：负责落实资金900万元。", "七、工作要求")
    assert [(role, name) for _, role, name in answering(paths, *lines)] == [
        ("listed", "县农业农村局"), ("listed", "县财政局"), ("listed", "县审计局")
    ]  # fmt: skip
    assert answering(paths, "二、重点任务", "1．调度。县财政局负责资金。", "总体目标：组织开展培训9次。") == []


def test_the_main_bearer_of_a_thing_does_not_lead_it(paths: Paths) -> None:
    assert answering(paths, "二、重点任务", "1．智库。以南方人才研究院为主要载体，办班9期。") == []


def test_a_row_is_called_by_the_column_that_is_not_merged(paths: Paths) -> None:
    head = "序号|重点领域|工作任务|具体举措|牵头单位"
    rows = ("1|算力|优化布局|建数据中心|县数据局", "2|||降低能耗|县发改局", "3||电力保障|扩容变电站|县供电公司")
    titles = [row["title"] for row in drafted(paths, "附件", "任务表", head, *rows)["tasks"]]
    assert titles == ["建数据中心", "降低能耗", "扩容变电站"]


def test_a_column_of_points_states_nothing(paths: Paths) -> None:
    rows = ("1|桑园面积|稳定在6.2万亩|8|县农业农村局", "2|治理村庄|新增12个|5|县水务局")
    draft = drafted(paths, "附件", "考核指标", "序号|考核指标|目标值|分值|责任单位", *rows)
    assert [(row["indicator"], row["value"]) for row in draft["targets"]] == [
        ("桑园面积", Decimal("6.2")), ("治理村庄", Decimal(12))
    ]  # fmt: skip


def test_those_who_watch_answer_for_nothing(paths: Paths) -> None:
    rows = ("（一）至（二）|县政府办公室|县统计局", "（三）|县委农办|县统计局")
    draft = drafted(paths, "附件", "调度表", "任务编号|调度责任部门|汇总报送部门", *rows)
    assert draft["tasks"] == [] and draft["responsibilities"] == []


def test_who_only_supports_the_work_of_others_helps(paths: Paths) -> None:
    lines = ("1．民生。建食堂3个。县人社局、县民政局分别负责，县财政局做好资金保障。",)
    assert [role for _, role, _ in answering(paths, "二、重点任务", *lines)] == ["lead", "lead", "co"]


def test_who_explains_a_document_answers_for_nothing(paths: Paths) -> None:
    lines = (
        "1．检查。每年检查3次。本办法由县民政局会同县财政局负责解释。",
        "2．修路。修路9公里。本办法由县民政局负责解释。",
    )
    assert answering(paths, "二、重点任务", *lines) == []


def test_a_row_under_merged_cells_that_begins_with_its_number_is_a_task(paths: Paths) -> None:
    rows = ("63　保证机制|推进改革9项|县委改革办", "64|加大投入,每年新增9%|县财政局、县审计局")
    found = answering(paths, "附件", "任务表", "任务名称|主要内容|责任单位", *rows)
    assert [name for _, _, name in found] == ["县委改革办", "县财政局", "县审计局"]


def test_a_row_is_called_by_its_aim_and_not_by_its_kind(paths: Paths) -> None:
    rows = ("民生|1|新建幼儿园2所，改扩建学校6所|县教体局", "|2|培训9人|县人社局")
    draft = drafted(paths, "附件", "任务表", "类别|序号|目标任务|牵头单位", *rows)
    assert [row["title"] for row in draft["tasks"]] == ["新建幼儿园2所", "培训9人"]


def test_all_cities_and_prefectures_are_one_name(paths: Paths) -> None:
    lines = ("1．规划。建站9座。（省环保厅牵头，各市、州人民政府负责落实）",)
    assert [name for _, _, name in answering(paths, "二、重点任务", *lines)] == ["省环保厅", "各市、州人民政府"]


def test_the_items_of_a_list_of_tasks_are_tasks(paths: Paths) -> None:
    units = "责任领导：王建设  责任单位：教科局、住建局  完成时限：2025年8月"
    lines = ("二、任务清单", "1.扩建园舍", "改建园舍4所。", units, "注：责任单位排第一的为牵头单位。")
    assert answering(paths, *lines) == [("扩建园舍", "lead", "教科局"), ("扩建园舍", "co", "住建局")]


def test_a_museum_is_no_person(paths: Paths) -> None:
    lines = ("1．演出。演出9场。（责任单位：宣传股、文化馆、图书馆）",)
    assert [name for _, _, name in answering(paths, "二、重点任务", *lines)] == ["宣传股", "文化馆", "图书馆"]


def test_departments_give_support(paths: Paths) -> None:
    lines = ("1．渔业。建场2个。由区农业农村局牵头，甲街道、乙街道具体落实，区财政、科技部门给予支持。",)
    assert answering(paths, "二、重点任务", *lines) == [
        ("渔业", "lead", "区农业农村局"), ("渔业", "co", "甲街道"), ("渔业", "co", "乙街道"), ("渔业", "co", "区财政"),
        ("渔业", "co", "科技部门"),
    ]  # fmt: skip


def test_a_deadline_is_merged_over_rows(paths: Paths) -> None:
    rows = ("1|完善观景平台|2025年5月|旅游股", "2|新建旅游厕所6座||", "二　产业|||", "3|建厂9座||文物股")
    draft = drafted(paths, "附件", "任务表", "序号|工作任务|完成时限|责任单位", *rows)
    assert [row["period_end"] for row in draft["targets"]] == ["2025-05", "2027"]


def test_the_check_finds_a_deadline_that_is_merged_over_rows(paths: Paths) -> None:
    rows = ("1|完善观景平台|2025年5月|县旅游局", "2|开工建设安泰高速公路||", "3|建成新安江大桥||县文旅局")
    world, plan = laid_out(paths, "附件", "任务表", "序号|工作任务|完成时限|责任单位", *rows)
    assert [row["period_end"] for row in propose(world, plan)["projects"]] == ["2025-05", "2025-05"]
    accepted.errors(paths, world, plan)
    world = store.world_of(paths, plan.id)
    assert list(periods.period_not_in_source(world, world.project.plans[0])) == []


def test_duties_stand_line_by_line_under_a_heading(paths: Paths) -> None:
    lines = ("六、职责分工", "县农业农村局：负责日常调度。", "县财政局、各镇（场）：落实资金900万元。", "七、工作要求")
    assert answering(paths, *lines) == [
        ("职责分工", "listed", "县农业农村局"), ("职责分工", "listed", "县财政局"), ("职责分工", "listed", "各镇（场）")
    ]  # fmt: skip


def test_paragraphs_with_a_heading_and_units_of_their_own_are_tasks(paths: Paths) -> None:
    lines = (
        "一、加快发展",
        "坚持调优调强，加快构建高地。",
        "做强工业。建厂9座，技改投资增长15%。（县工信局牵头，县财政局配合）",
        "做优农业。建田9亩，培育龙头企业3家。（县农业农村局、各镇）",
        "二、改善民生",
        "修好公路。新修公路9公里，建桥3座。（县交通局）",
    )
    assert answering(paths, *lines) == [
        ("做强工业", "lead", "县工信局"), ("做强工业", "co", "县财政局"), ("做优农业", "listed", "县农业农村局"),
        ("做优农业", "listed", "各镇"), ("修好公路", "listed", "县交通局"),
    ]  # fmt: skip
    alone = ("二、重点任务", "（一）修好公路", "新修公路。新修公路9公里，建桥3座。（县交通局）")
    assert answering(paths, *alone) == [("修好公路", "listed", "县交通局")]


def test_articles_have_their_title_in_thick_brackets(paths: Paths) -> None:
    lines = ("第一条 【修好公路】新修公路9公里。（责任单位：县交通局）", "第二条 本措施自印发之日起施行，有效期3年。")
    assert answering(paths, "一、重点任务", *lines) == [("修好公路", "listed", "县交通局")]
    assert [row["title"] for row in drafted(paths, *lines)["tasks"]] == ["修好公路"]


def test_a_cell_of_what_is_done_is_no_list_of_units(paths: Paths) -> None:
    rows = ("1|健全城乡要素双向流动机制|建站9个|县农业农村局",)
    found = answering(paths, "附件", "任务表", "序号|任务|内容|说明", *rows)
    assert "健全城乡" not in [name for _, _, name in found]


def layouts() -> dict[str, tuple[list[str], list[str]]]:
    """By name, the lines of a document and what a careful reader writes down: a task and a unit a line, behind ->."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for line in (Path(__file__).parent / "layouts.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            lines, wanted = found.setdefault(line.removeprefix("## "), ([], []))
        elif line:
            (wanted if line.startswith("-> ") else lines).append(line.removeprefix("-> "))
    return found


ELSEWHERE = ("no-rows", "name-unused", "name-twice")
"""What the check says for reasons of its own: no figure is promised, and the lines are of no region that it knows."""


@pytest.mark.parametrize("layout", layouts())
def test_who_answers_in_many_layouts(paths: Paths, layout: str) -> None:
    """Each task with those who answer for it, alone where nobody does; and the check has nothing to say against it."""
    lines, wanted = layouts()[layout]
    world, plan = laid_out(paths, *lines)
    draft, found = propose(world, plan), []
    for task in draft["tasks"]:
        own = [row for row in draft["responsibilities"] if row["task_id"] == task["task_id"]]
        ranked = sorted(own, key=lambda row: row["rank"])
        assert [row["rank"] for row in ranked] == list(range(1, len(own) + 1))
        found += [f"{task['title']} {row['role']} {row['name_in_source']}" for row in ranked] or [task["title"]]
    assert found == wanted
    assert [each for each in accepted.errors(paths, world, plan) if each[0] not in ELSEWHERE] == []


def test_names_that_nothing_says_to_answer_are_the_least_sure(paths: Paths) -> None:
    alone = drafted(paths, "二、重点任务", "1.改造小区，县住建局。", "2.修桥，县交通局。")["responsibilities"]
    assert [(row["name_in_source"], row["confidence"]) for row in alone] == [("县住建局", "0.60"), ("县交通局", "0.60")]
    row = drafted(paths, "附件", "任务表", "序号|任务|谁来管", "1|修桥|县交通局", "2|造林|县林业局")[
        "responsibilities"
    ][0]
    assert (row["name_in_source"], row["confidence"]) == ("县交通局", "0.60")
    # Where the document's own manner names who answers for most of its tasks, nothing else does.
    known = ("1.改造小区。（县住建局）", "2.治水。（县水利局）", "3.修桥，县交通局。", "县财政局")
    assert "县交通局" not in [name for _, _, name in answering(paths, "二、重点任务", *known)]


def test_a_row_is_called_by_what_is_done_and_not_by_who_does_it(paths: Paths) -> None:
    rows = ("15|民政局|新建敬老院|财政局 各镇", "16|县科协|办培训班|团委、妇联")
    found = answering(paths, "附件", "进度表", "序号|责任单位|实施内容|协同单位", *rows)
    assert found == [
        ("新建敬老院", "lead", "民政局"), ("新建敬老院", "co", "财政局"), ("新建敬老院", "co", "各镇"),
        ("办培训班", "lead", "县科协"), ("办培训班", "co", "团委"), ("办培训班", "co", "妇联"),
    ]  # fmt: skip
    # What is merged over rows is their group; a number in the cell that names a task is none of its name.
    rows = ("生态|1、城市绿化|保护植被|市规划局", "|2、防护绿地|建绿地|市建设局")
    assert answering(paths, "附件", "分解表", "任务内容|标准要求|工作内容|责任单位", *rows) == [
        ("城市绿化", "listed", "市规划局"), ("防护绿地", "listed", "市建设局"),
    ]  # fmt: skip


def test_how_many_of_a_kind_answer_is_no_promise(paths: Paths) -> None:
    lines = ("序号|任务|责任单位", "1|修桥3座|13个街道、镇", "2|造林3万亩|县林业局、13个街道")
    assert [row["value"] for row in drafted(paths, "附件", "任务表", *lines)["targets"]] == [3, 3]
    bracket = drafted(paths, "二、重点任务", "1.修桥3座。（县交通局牵头，13个街道配合）")
    assert [row["value"] for row in bracket["targets"]] == [3]


LONE = [
    ("——修路。", "——修桥。", "责任单位：县交通局"),  # a line for the last of them only: it is of what they stand under
    ("修路要先修桥。", "县交通局 县财政局"),
    ("五是县交通局、县财政局。",),
]


@pytest.mark.parametrize("lines", LONE)
def test_what_only_looks_like_such_a_layout_makes_no_task_of_its_own(paths: Paths, lines: tuple[str, ...]) -> None:
    draft = drafted(paths, "二、重点任务", "（一）修好公路。", *lines, "（二）治水。（县水利局）")
    assert [row["title"] for row in draft["tasks"]] == ["修好公路", "治水"]
