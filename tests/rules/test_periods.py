"""The time of a row: which year, which beginning and which basis a sentence admits."""

from __future__ import annotations

from typing import Any

import pytest

from openplans.rules.periods import (
    baseline_period_differs,
    bases,
    period_basis_differs,
    period_not_in_source,
    period_outside_plan,
    period_reversed,
    period_start_differs,
    task_period_unsaid,
    year_not_explained,
)
from tests.rules.made import Rows, clause, facts, plan, said, world

HEADINGS = [
    {"kind": "title", "text": "例县方案"},
    {"kind": "heading", "number": "一", "text": "一、到2026年的目标", "parent_id": "c1"},
]


@pytest.mark.parametrize(
    ("measure", "before", "quote", "expected"),
    [
        ("growth", "", "年均增长6%", {"average"}),
        ("growth", "", "年平均增长6%", {"average"}),
        ("level", "", "年平均气温15度", {"by"}),  # a year's own
        ("count", "", "年均新建2家", {"average"}),  # that the measure is not one of a count is another rule's
        ("count", "", "每年新增2家", {"annual"}),
        ("level", "", "逐年提高,2030年达到50%", {"by", "annual"}),  # 逐年提高 may only lead to the figure
        ("count", "", "每季度开展1次", {"in", "annual"}),
        ("growth", "", "每月增长1%", {"by", "in", "annual", "average"}),
        ("level", "", "稳定在10万亩", {"annual"}),
        ("level", "到2025年", "稳定在10万亩", {"by", "annual"}),
        ("count", "", "控制在5家", {"in", "annual"}),
        ("cumulative", "", "控制在5家", {"annual"}),
        ("count", "每年开展活动,", "培训100人", {"in", "annual"}),
        ("growth", "经济保持在合理区间,", "增长5%", {"by", "in", "annual"}),
        ("count", "每年检查。", "培训100人", {"in"}),
        ("count", "每年检查;", "培训100人", {"in"}),
        ("level", "", "面积稳定在10万亩", {"annual"}),
        ("count", "", "年均新建2家,共5届", {"average"}),  # what stands behind names nothing of its own
        ("level", "", "达到5万亩", {"by"}),
        ("share", "", "达到5%", {"by"}),
        ("cumulative", "", "累计5家", {"by"}),
        ("count", "", "新建5家", {"in"}),
        ("growth", "", "增长5%", {"by", "in"}),
        ("count", "", "培训活动每季度1次", {"in", "annual"}),
        ("level", "", "稳定在5万亩并扩大到6万亩", {"by", "annual"}),
    ],
)  # fmt: skip
def test_the_words_of_a_target_and_its_sentence_admit_bases(
    measure: str, before: str, quote: str, expected: set[str]
) -> None:
    made = plan(clauses=[{"text": f"{before}{quote},每年检查。"}], targets=[{"quote": quote, "measure": measure}])
    assert bases(made, made["targets"][0]) == expected


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("经济\u30005%", {"measure": "growth", "indicator": "经济年均增速"}, {"average"}),  # the first cell of its row
        ("经济5%", {"measure": "growth", "indicator": "经济年均增速"}, {"by", "in"}),
        ("气温\u30005%", {"measure": "level", "indicator": "年均气温"}, {"by"}),
        ("5%", {"measure": "count", "unit": "家/年"}, {"annual"}),
        ("5%", {"measure": "level", "unit": "吨/年"}, {"by"}),
    ],
)
def test_indicator_and_unit_admit_bases_too(text: str, row: dict[str, Any], expected: set[str]) -> None:
    made = plan(clauses=[{"text": text}], targets=[{"quote": "5%", "unit": "%", **row}])
    assert bases(made, made["targets"][0]) == expected


def test_a_note_admits_each_year_and_says_where_the_year_is_from() -> None:
    made = plan(
        clauses=[clause("新建5家,稳定在10万亩")],
        targets=[{"quote": "新建5家", "note": "表头写每年"},
                 {"quote": "稳定在10万亩", "measure": "level", "note": "年份取自标题"}],
    )  # fmt: skip
    assert [bases(made, row) for row in made["targets"]] == [{"in", "annual"}, {"by", "annual"}]


def test_of_a_clause_that_is_not_there_the_quote_alone_speaks() -> None:
    made = plan(targets=[{"quote": "每年新增2家", "clause_id": "c9"}])
    assert bases(made, made["targets"][0]) == {"annual"}


def test_a_basis_that_the_words_do_not_admit_is_named() -> None:
    targets = [{"quote": "新建5家", "period_basis": basis} for basis in ("in", "by")]
    made = plan(clauses=[clause("新建5家")], targets=[{"quote": "新建5家", "measure": "?"}, *targets])
    assert said(period_basis_differs, made) == [("t3", "period_basis")]


def year(clauses: Rows, end: str = "2024", table: str = "targets", note: str = "", quote: str = "建成5家") -> list[str]:
    """The years that a rule wants for a row of the last clause; none where 2024 is one of them."""
    own: dict[str, Any] = {"clause_id": f"c{len(clauses)}", "quote": quote, "period_end": end}
    made = plan(clauses=clauses, **{table: [own if table == "projects" else {**own, "note": note}]})
    return [str(each) for each in facts(period_not_in_source, made, "printed")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年建成5家", []),
        ("2025年建成5家", ["2025"]),
        ("2024年起步,到2026年建成5家", ["2026"]),  # the one nearest before
        ("建成5家,2024年验收", ["2027"]),  # what stands behind is not asked
        ("到2024年末建成5家", []),
        ("2031年建成5家", ["2027"]),  # outside of the plan
        ("2022年建成5家", ["2027"]),
        ("2023年建成5家", ["2023"]),
        ("2027年建成5家", ["2027"]),
        ("2023—2027年建成5家", ["2027"]),  # the plan's own span
        ("按行动计划(2023—2025年)建成5家", ["2027"]),  # the span of a name
        ("2023—2025年建成5家", ["2025"]),
        ("2023年起步,2023—2024年建成5家", []),
        ("2023—2024年试点,2025年建成5家", ["2025"]),
        ("2023—2024年试点。建成5家", ["2027"]),
        ("两年建成5家", []),
        ("三年建成5家", ["2025/2027"]),
        ("第2年级建成5家", ["2027"]),
        ("十四五末建成5家", ["2025"]),
        ("“十四五”期间建成5家", ["2025"]),
        ("2024年的基础上,建成5家", ["2027"]),  # a base, no goal
        ("较2024年多建成5家", ["2027"]),
        ("到2026年,比2024年多建成5家", ["2026"]),
        ("12024年建成5家", ["2027"]),
        ("2024年建成5家,建成5家", ["2027"]),  # the quote stands there twice
    ],
)
def test_the_year_nearest_before_a_figure_dates_it(text: str, expected: list[str]) -> None:
    assert year([{"text": text}]) == expected


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (["牵头单位：县农业局", "完成时限：2024年6月"], []),
        (["完成时限：2025年12月底前"], ["2025"]),
        (["完成时限：2025年12月底前", "二、下一项"], ["2025"]),
        (["另有安排。", "完成时限：2024年6月"], ["2027"]),  # of something else
        (["责任单位：2024年考核专班"], ["2027"]),  # no deadline
    ],
)
def test_a_deadline_in_an_entry_behind_a_clause_dates_it(behind: list[str], expected: list[str]) -> None:
    clauses = [clause("建成5家"), *map(clause, behind)]
    made = plan(clauses=clauses, targets=[{"quote": "建成5家", "period_end": "2024", "clause_id": "c1"}])
    assert [str(each) for each in facts(period_not_in_source, made, "printed")] == expected


def test_the_period_of_a_task_may_be_in_an_entry_behind_it() -> None:
    tasks = [{"clause_id": "c1", "period_end": end} for end in ("2024-06", "2025-06")]
    made = plan(clauses=[clause("一、建成5家"), clause("完成时限：2024年6月")], tasks=tasks)
    assert said(task_period_unsaid, made) == [("k2", "period_end")]


@pytest.mark.parametrize(
    ("end", "rows", "expected"),
    [
        ("2023-12-31", ["1　建厂5座　11月底"], []),
        ("2027-12-31", ["1　建厂5座　11月底"], ["k1"]),
        ("2023-12-31", ["1　建厂5座　县水利局"], ["k1"]),
        ("2027-12-31", ["1　建桥3座　2023年11月", "2　建厂5座　"], []),
        ("2027-12-31", ["1　建桥3座　2023年11月", "2　建厂5座　县水利局"], ["k1"]),
    ],
)
def test_the_month_of_a_task_is_said_in_its_row_or_merged_over_it(
    end: str, rows: list[str], expected: list[str]
) -> None:
    last = f"c{len(rows)}"
    clauses = [clause(each, kind="table_row", number=each[0]) for each in rows]
    made = plan({"effective_end": end}, clauses=clauses, tasks=[{"clause_id": last, "period_end": "2023-11"}])
    assert [key for key, _ in said(task_period_unsaid, made)] == expected


def test_of_a_row_only_a_year_inside_the_plan_is_asked() -> None:
    clauses = [clause("2025年建成5家")]
    assert [year(clauses, end) for end in ("", "2022", "2028", "2025", "2026-06")] == [[], [], [], [], ["2025"]]


def test_a_month_is_printed_too() -> None:
    assert [year([clause("2025年6月建成5家")], end) for end in ("2025-06", "2025-07")] == [[], ["2025"]]
    assert year([*HEADINGS, clause("到2025年底完成整治。", "c2"), clause("建成5家", "c2")], "2025-12") == []


def of_task(text: str, start: str, end: str) -> list[tuple[str, str]]:
    made = plan(
        clauses=[clause(text), clause("到2026年完工。", "c1")], tasks=[{"period_start": start, "period_end": end}]
    )
    return said(period_not_in_source, made)


def test_the_years_of_a_task_are_printed_or_the_plan_s_own() -> None:
    assert of_task("一、美化村庄", "2023", "2027") == of_task("一、美化村庄", "", "2026") == []
    assert of_task("一、美化村庄,2024年起", "2024", "2026-06") == of_task("一、美化村庄", "", "") == []
    assert of_task("一、美化村庄", "2024", "2025") == [("k1", "period_start"), ("k1", "period_end")]
    assert of_task("一、美化村庄", "2026", "2025") == of_task("一、美化村庄", "2021", "2031") == []  # said by others


def test_a_note_that_names_the_year_is_believed() -> None:
    assert year([clause("2025年建成5家")], note="年份2024取自附件") == []
    assert year([clause("2025年建成5家")], note="年份取自附件") == ["2025"]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([*HEADINGS, clause("建成5家", "c2")], ["2026"]),
        ([*HEADINGS, clause("到2025年完成整治。", "c2"), clause("建成5家", "c2")], ["2025"]),
        ([*HEADINGS, clause("到2025年完成整治。", "c2"),
          clause("(一)建成5家", "c2", number="(一)")], ["2026"]),  # a numbered one has no neighbours
        ([*HEADINGS, clause("到2023年完成整治。", "c2"), clause("到2025年完成整治。", "c2"),
          clause("建成5家", "c2")], ["2025"]),  # the nearest
        ([*HEADINGS, clause("2023年起步,到2025年完成整治。", "c2"), clause("建成5家", "c2")], ["2025"]),
        ([*HEADINGS, clause("到2025年完成整治。", "c1"), clause("建成5家", "c2")], ["2026"]),
        ([{"kind": "title", "text": "例县到2025年的方案"}, clause("建成5家", "c1")], ["2027"]),  # no title dates
        ([clause("到2025年:"), clause("一类", "c1"), clause("建成5家", "c2")], ["2025"]),
        ([clause("一类", "c2"), clause("二类", "c1"), clause("建成5家", "c2")], ["2027"]),
    ],
)  # fmt: skip
def test_without_a_year_of_its_own_a_sentence_has_that_of_what_stands_before_and_above_it(
    clauses: Rows, expected: list[str]
) -> None:
    assert year(clauses) == expected


def table(*rows: str, last: str = "") -> Rows:
    """Rows of a table under one heading, its cells parted as documents part them."""
    found: Rows = [{"kind": "heading", "text": "附件"}]
    found += [{"kind": "table_row", "text": row.replace("|", "\u3000"), "parent_id": "c1"} for row in rows]
    found[-1]["number"] = last
    return found


@pytest.mark.parametrize(
    ("head", "row", "quote", "expected"),
    [
        ("序号|任务|2025年目标|2026年目标", "1|农庄|5|7", "农庄|5", ["2025"]),
        ("序号|任务|2025年目标|2026年目标", "1|农庄|5|7", "农庄|5|7", ["2026"]),
        ("序号|任务|2025年目标|2026年目标|单位", "1|农庄|5|7|县农业局", "农庄|5", ["2025"]),
        ("序号|任务|2025年目标|2026年目标|单位", "1|农庄|5|7|县农业局", "农庄|5|7", ["2026"]),
        ("类|序号|任务|2025年目标|2026年目标", "农庄|5|7", "农庄|5|7", ["2026"]),  # merged cells are lost on the left
        ("序号|任务|2025年目标|2026年目标", "1|农庄|7", "农庄|7", ["2025/2026"]),  # a cell is missing: which one?
        ("序号|任务|2025年目标|2026年目标", "1|农庄|若干|7", "农庄|若干|7", ["2025/2026"]),
        ("序号|任务|2025年目标|2026年目标", "1|农庄|5|若干", "农庄|5", ["2025/2026"]),
        ("任务|2025年目标|2026年目标", "5|7", "5", ["2025"]),  # of which the name is lost
        ("任务|2025年目标|2026年目标|2027年目标", "5|7", "5", ["2025/2026/2027"]),
        ("2025年目标|2026年目标", "5|7", "5", ["2025"]),  # it never had one
        ("序号|任务|2025年目标|2026年目标|备注", "1|农庄|-|7|无", "农庄|-|7", ["2026"]),
        ("序号|任务|目标|单位", "1|农庄|5|县农业局", "农庄|5", ["2027"]),
        ("序号|项目|总投资|2025年投资|2026年投资", "1|农庄|9|5|4", "农庄|9", ["2027"]),  # the column has no year
        ("序号|项目|总投资|2025年投资|2026年投资", "1|农庄|9|5|4", "农庄|9|5", ["2025"]),
    ],
)
def test_a_cell_has_the_year_in_the_head_of_its_column(head: str, row: str, quote: str, expected: list[str]) -> None:
    clauses = table(head, row, last="1")
    assert year(clauses, quote=quote.replace("|", "\u3000")) == expected


def test_the_head_of_a_table_is_the_last_row_before_with_years_and_no_number() -> None:
    rows = ("任务|2025年目标", "任务|2026年目标", "1|农场|2023年建成")
    clauses = table(*rows, "2|农庄|7", last="2")
    clauses[3]["number"] = "1"
    assert year(clauses, quote="农庄\u30007") == ["2026"]
    del clauses[3]["number"]
    assert year(clauses, quote="农庄\u30007") == ["2023"]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([clause("2025年建成例河大桥。完成时限:2024年")], []),
        ([clause("2025年建成例河大桥。建设期限为2023年至2026年")], ["2023/2025/2026"]),
        ([clause("2025年建成例河大桥。验收2024年")], ["2025"]),
        ([clause("2025年建成例河大桥\u30002024年")], []),  # in a row of a table every year may be the deadline
    ],
)
def test_a_project_has_the_year_of_its_deadline_too(clauses: Rows, expected: list[str]) -> None:
    assert year(clauses, table="projects", quote="建成例河大桥") == expected


def test_the_deadline_of_a_project_stands_below_its_clause_too_but_in_no_numbered_one() -> None:
    below = clause("起止年限:2024年", "c1")
    own = {"clause_id": "c1", "quote": "建成例河大桥", "period_end": "2024"}
    for number, printed in (("", []), ("1", ["2025"])):
        made = plan(clauses=[clause("2025年建成例河大桥"), {**below, "number": number}], projects=[own])
        assert facts(period_not_in_source, made, "printed") == printed


def test_what_has_no_clause_has_the_end_of_the_plan() -> None:
    row = {"clause_id": "c9", "quote": "建成例河大桥", "period_end": "2024"}
    assert facts(period_not_in_source, plan(projects=[row], targets=[row]), "printed") == ["2027", "2027"]


@pytest.mark.parametrize(
    ("text", "basis", "start", "expected"),
    [
        ("到2025年建成5家", "by", "", []),
        ("到2025年建成5家", "by", "2023", ["-"]),
        ("2025年建成5家", "in", "2025", []),
        ("2025年建成5家", "in", "2023", []),
        ("2025年建成5家", "in", "2024", ["2023/2025"]),
        ("到2025年建成5家", "in", "2025", ["2023"]),
        ("到2025年建成5家", "in", "2023-06", []),
        ("至2025年,到2025年建成5家", "in", "2025", ["2023"]),
        ("到2025年起步,2025年建成5家", "in", "2025", []),
        ("2024年建成5家", "in", "2025", ["2023"]),  # another year
        ("建成5家,2025年验收", "in", "2025", ["2023"]),
        ("农庄\u3000建成5家", "in", "2025", []),  # the head of a column dates it
    ],
)
def test_what_is_counted_begins_with_the_plan_or_within_one_year(
    text: str, basis: str, start: str, expected: list[str]
) -> None:
    row = {"quote": "建成5家", "period_basis": basis, "period_start": start, "period_end": "2025"}
    assert facts(period_start_differs, plan(clauses=[{"text": text}], targets=[row]), "printed") == expected


@pytest.mark.parametrize("end", ["2025", "2026", "2027", "2028", "2029"])
def test_the_beginnings_that_are_allowed_are_told_in_order(end: str) -> None:
    row = {"quote": "建成5家", "period_basis": "in", "period_start": "2024", "period_end": end}
    made = plan(clauses=[clause(f"{end}年建成5家")], targets=[row])
    assert facts(period_start_differs, made, "printed") == [f"2023/{end}"]


def test_a_note_that_names_the_beginning_is_believed() -> None:
    row = {"quote": "建成5家", "period_basis": "in", "period_start": "2024", "period_end": "2025", "note": "自2024年起"}
    assert said(period_start_differs, plan(clauses=[clause("建成5家")], targets=[row])) == []
    assert said(period_start_differs, plan(targets=[{**row, "note": ""}])) == [("t1", "period_start")]


@pytest.mark.parametrize(
    ("clauses", "more", "expected"),
    [
        ([clause("建成5家")], {}, ["t1"]),
        ([clause("2025年建成5家")], {}, []),
        ([clause("建成5家,2025年验收")], {}, []),
        ([clause("２０２５年建成5家")], {}, []),
        ([clause("建成5家")], {"note": "附件写明"}, []),
        ([clause("建成5家")], {"period_basis": "in"}, ["t1"]),
        ([clause("建成5家")], {"period_basis": "annual"}, []),
        ([clause("农庄\u3000建成5家")], {}, []),
        ([clause("建成5家"), clause("2025年验收")], {}, ["t1"]),  # what follows is not asked
        ([clause("2025年起步"), clause("建成5家")], {"clause_id": "c2"}, []),
        ([clause("2025年起步"), {"text": "1.建成5家", "number": "1"}], {"clause_id": "c2"}, []),
        ([{"text": "2025年的目标", "kind": "heading"}, clause("建成5家", "c1")], {"clause_id": "c2"}, []),
        ([clause("建成5家")], {"clause_id": "c9"}, []),
    ],
)  # fmt: skip
def test_a_year_that_nothing_near_prints_is_explained(clauses: Rows, more: dict[str, str], expected: list[str]) -> None:
    made = plan(clauses=clauses, targets=[{"quote": "建成5家", "period_end": "2025", **more}])
    assert [key for key, _ in said(year_not_explained, made)] == expected


def test_in_a_plan_of_one_year_no_year_needs_an_explanation() -> None:
    row = {"quote": "建成5家", "period_end": "2025"}
    head = {"effective_start": "2025-01-01", "effective_end": "2025-12-31"}
    assert said(year_not_explained, plan(head, clauses=[clause("建成5家")], targets=[row])) == []


@pytest.mark.parametrize(
    ("text", "period", "note", "expected"),
    [
        ("2022年农庄3家", "2022", "", []),
        ("2022年农庄3家", "2021", "", ["2022"]),
        ("2021年2家,2022年农庄3家", "2021", "", ["2022"]),
        ("2021年2家,2022年农庄3家", "2022", "", []),
        ("农庄3家", "2022", "", ["-"]),
        ("农庄3家", "2022", "年份取自统计公报", []),
        ("农庄3家,2022年统计", "2022", "", ["-"]),
        ("2023年农庄3家", "2023", "", []),  # the year of the issue
        ("2023年农庄3家", "2023-04", "", ["2023"]),  # of which nothing is printed
        ("2023年4月农庄3家", "2023-04", "", []),
        ("2023年04月农庄3家", "2023-04", "", []),
        ("2023年14月农庄3家", "2023-04", "", ["2023"]),
        ("2023年1-4月农庄3家", "2023-04", "", []),
        ("2023年农庄3家", "2023-04", "按4月的报表", []),
        ("2022年底农庄3家", "2022-12", "", []),
        ("2022年上半年农庄3家", "2022-06", "", []),
        ("2022年上半年农庄3家", "2022-12", "", ["2022"]),
        ("2023年农庄3家", "2023-06", "", ["2023"]),  # after the issue
        ("12022年农庄3家", "2022", "", ["-"]),
        ("２０２２年农庄3家", "2022", "", []),
    ],
)
def test_an_actual_figure_is_of_the_year_that_its_sentence_prints_and_before_the_issue(
    text: str, period: str, note: str, expected: list[str]
) -> None:
    row = {"quote": "农庄3家", "period": period, "note": note}
    made = plan(clauses=[{"text": text}], baselines=[row, {**row, "clause_id": "c9"}])
    assert facts(baseline_period_differs, made, "printed", world(made)) == expected


@pytest.mark.parametrize(
    ("column", "period", "wrong"),
    [("period_end", "2023", False), ("period_end", "2027-12", False), ("period_end", "2028", True),
     ("period_end", "2022-12-31", True),
     ("period_end", "", False), ("period_start", "2022", True), ("period_start", "2023-01-01", False)],
)  # fmt: skip
def test_periods_lie_in_that_of_the_plan(column: str, period: str, wrong: bool) -> None:
    own = {column: period}
    made = plan(targets=[own], tasks=[own], projects=[own] if column == "period_end" else [])
    keys = ["t1", "k1"] + ["p1"] * (column == "period_end")
    assert said(period_outside_plan, made) == [(key, column) for key in keys] * wrong


@pytest.mark.parametrize(
    ("start", "end", "basis", "wrong"),
    [
        ("2023", "2025", "in", "none"), ("2025", "2023", "in", "both"), ("2025", "2025", "in", "none"),
        ("", "2025", "in", "target"), ("", "2025", "by", "none"), ("", "", "by", "none"), ("2025", "", "in", "none"),
        ("2025-06", "2025", "in", "none"),
        ("2025-06", "2025-05", "in", "both"), ("2025", "2025-05", "in", "none"), ("2026-06", "2025", "by", "both"),
    ],
)  # fmt: skip
def test_a_period_does_not_end_before_it_begins(start: str, end: str, basis: str, wrong: str) -> None:
    own = {"period_start": start, "period_end": end}
    made = plan(targets=[{**own, "period_basis": basis}], tasks=[own])
    expected = {"none": [], "target": ["t1"], "both": ["t1", "k1"]}[wrong]
    assert said(period_reversed, made) == [(key, "period_start") for key in expected]
    printed = [(each or "-") for each in (start, end)]
    assert facts(period_reversed, made, "start") == [printed[0]] * len(expected)
    assert facts(period_reversed, made, "end") == [printed[1]] * len(expected)
