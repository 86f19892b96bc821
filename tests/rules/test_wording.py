"""What the words of a sentence decide: task, comparator, measure, stage, the words of a name."""

from __future__ import annotations

from typing import Any

import pytest

from openplans.rules.indicators import (
    foreign_letters,
    indicator_not_in_quote,
    indicator_says_more,
    project_name_differs,
    words_not_in_clause,
)
from openplans.rules.wording import comparator_differs, measures, stage_differs, task_of
from tests.rules.made import Rows, clause, facts, plan, row, said


@pytest.mark.parametrize(
    ("indicator", "unit", "comparator", "quote", "expected"),
    [
        ("造林", "万亩", "eq", "造林[22.3]", {"cumulative"}),
        ("造林", "万亩", "eq", "造林22.3", {"count", "level"}),
        ("覆盖率", "个百分点", "eq", "提高5个百分点", {"growth", "share"}),
        ("覆盖率提高", "%", "eq", "覆盖率提高5%", {"growth", "share"}),
        ("死亡率下降", "‰", "eq", "死亡率下降1‰", {"growth", "share"}),
        ("收入", "%", "eq", "收入翻一番", {"growth"}),
        ("收入", "倍", "eq", "收入翻两番以上", {"growth"}),
        ("收入", "元", "eq", "收入翻一番", {"count", "level"}),
        ("收入", "%", "eq", "收入翻一番,占比5%", {"share"}),  # doubles something else
        ("污水外排事件减半", "%", "eq", "污水外排事件减半", {"growth"}),
        ("化肥使用量", "%", "eq", "化肥使用量零增长", {"growth"}),
        ("利用率", "%", "eq", "外排减半,利用率98%", {"share"}),
        ("亩均增产", "%", "range", "亩均增产10%-15%", {"growth", "share"}),
        ("死亡率", "‰", "eq", "死亡率1‰", {"growth", "share"}),
        ("农户", "成", "eq", "七成农户", {"growth", "share"}),
        ("农庄增加", "家", "eq", "农庄增加5家", {"growth", "count", "level"}),
        ("增加农庄", "家", "eq", "增加农庄5家", {"count", "level"}),  # the word begins it
        ("收入增长", "%", "eq", "收入增长5%", {"growth"}),
        ("收入增长", "元", "relative", "收入增长快于经济", {"growth"}),
        ("收入增长额", "元", "eq", "收入增长额5元", {"count", "level"}),
        ("城乡居民收入之比", "%", "eq", "之比5%", {"level"}),
        ("覆盖率", "%", "eq", "覆盖率5%", {"share"}),
        ("覆盖率", "", "relative", "覆盖率居前列", {"share"}),
        ("占比", "", "relative", "占比居前列", {"share"}),
        ("农庄", "", "relative", "农庄居前列", {"level", "count"}),
        ("累计农庄", "家", "eq", "农庄5家", {"cumulative"}),
        ("农庄", "家", "eq", "累计农庄5家", {"cumulative"}),
        ("农庄", "家", "eq", "累计投资1亿元,农庄5家", {"cumulative", "level", "count"}),
        ("农庄", "家", "eq", "投资1亿元,农庄累计5家", {"cumulative"}),
        ("农庄", "家", "eq", "农庄5家", {"count", "level"}),
    ],
)
def test_the_words_of_a_target_admit_measures(
    indicator: str, unit: str, comparator: str, quote: str, expected: set[str]
) -> None:
    row = {"indicator": indicator, "unit": unit, "comparator": comparator, "quote": quote}
    made = plan(targets=[row, {**row, "note": "表头写累计"}])
    assert measures(made["targets"][0]) == expected


def test_a_note_that_says_in_all_admits_a_total() -> None:
    made = plan(targets=[{"unit": "家", "quote": "农庄5家", "note": "表头写累计"}])
    assert measures(made["targets"][0]) == {"cumulative", "level", "count"}


def stage(text: str, quote: str, stage: str = "?", name: str = "例河大桥") -> list[str]:
    made = plan(clauses=[{"text": text}], projects=[{"name": name, "quote": quote, "stage": stage}])
    return [str(each) for each in facts(stage_differs, made, "meant")]


@pytest.mark.parametrize(
    ("before", "quote", "expected"),
    [
        ("", "谋划例河大桥", ["plan"]),
        ("", "开工例河大桥", ["start"]),
        ("", "推进例河大桥", ["continue"]),
        ("", "建成例河大桥", ["complete"]),
        ("", "例河大桥", []),  # nothing is said
        ("", "例河大桥年底竣工", ["complete"]),  # behind the name
        ("", "推进例河大桥年底开工", ["start"]),
        ("", "例河大桥推进", []),  # behind it only begin and end count
        ("", "谋划建设,推进例河大桥", ["continue"]),  # the nearest
        ("", "规划建设例河大桥", ["plan"]),  # of two that end alike the longer
        ("", "建设、谋划例河大桥", ["plan"]),
        ("", "谋划路网建设、例河大桥", ["plan"]),  # 建设、 ends a name
        ("谋划路网。", "例河大桥", []),
        ("谋划路网;", "例河大桥", []),
        ("谋划路网；", "例河大桥", []),
        ("", "推进例河大桥前期工作", ["plan"]),  # 前期 right behind the name
        ("", "启动例河大桥前期工作", ["start"]),
        ("", "推进例河大桥前期报批", ["continue"]),
        ("谋划路网,", "例河大桥", ["plan"]),
    ],
)
def test_the_word_nearest_before_the_name_or_behind_it_says_the_stage(
    before: str, quote: str, expected: list[str]
) -> None:
    assert stage(f"{before}{quote},完成验收", quote) == expected


STAGES = {
    "plan": "谋划推进 谋划 规划建设 研究 前期",
    "start": "开工建设 开工 启动 动工",
    "complete": "完成 完工 建成通车 建成 建设投用 投用 创成 竣工 通车",
    "continue": "续建 推进 加快建设 加快 提速建设 培育建设 建设 打造 提升 迭代升级 迭代 积极参与 支持 串联 迁建 聚焦"
    " 构建",
}


@pytest.mark.parametrize(("meant", "word"), [(key, word) for key, words in STAGES.items() for word in words.split()])
def test_each_word_says_its_stage(meant: str, word: str) -> None:
    assert stage(f"{word}例河大桥", f"{word}例河大桥") == [meant]
    behind = [meant] if meant in ("start", "complete") else []
    assert stage(f"例河大桥{word}", f"例河大桥{word}") == behind


def test_a_name_that_the_quote_shortens_is_found_by_its_first_letters() -> None:
    assert stage("谋划例河大桥,续建", "谋划例河大桥", name="例河大桥(一期)") == ["plan"]
    assert stage("谋划例河新桥竣工", "谋划例河新桥竣工", name="例河大桥") == ["complete"]
    assert stage("谋划例河新桥", "谋划例河新桥") == ["plan"]  # by two, and by as many as there are
    assert stage("竣工的例河大道旁谋划例河大桥", "竣工的例河大道旁谋划例河大桥") == ["plan"]
    assert stage("竣工的例河旁谋划例河大街", "竣工的例河旁谋划例河大街", name="例河大桥") == ["plan"]
    assert stage("推进例河大桥", "推进例河大桥", stage="continue") == []


def test_the_clause_of_a_project_that_is_not_there_leaves_its_quote() -> None:
    made = plan(projects=[{"clause_id": "c9", "name": "例河大桥", "quote": "谋划例河大桥", "stage": "start"}])
    assert said(stage_differs, made) == [("p1", "stage")]


# --- Which task -----------------------------------------------------------------------------------

PARTS = "美化村庄(责任单位:县农业局)疏浚例河(责任单位:县住建局)"


@pytest.mark.parametrize(
    ("own", "quote", "expected"),
    [
        ("c3", "美化村庄", "k2"),
        ("c3", "疏浚例河", "k3"),
        ("c2", "二", "k1"),
        ("c4", "农庄", "k1"),  # that of the clause above
        ("c1", "方案", ""),
        ("c9", "方案", ""),
    ],
)
def test_a_sentence_belongs_to_the_task_of_its_part_its_clause_or_the_nearest_above(
    own: str, quote: str, expected: str
) -> None:
    clauses: Rows = [clause("方案"), clause("二、任务", "c1"), {"text": PARTS, "parent_id": "c2"},
                     clause("农庄", "c2")]  # fmt: skip
    tasks = [{"clause_id": "c2", "title": "任务"}, {"clause_id": "c3", "title": "美化村庄"},
             {"clause_id": "c3", "title": "疏浚例河"}]  # fmt: skip
    made = plan(clauses=clauses, tasks=tasks, targets=[{"clause_id": own, "quote": quote}])
    assert task_of(made, made["targets"][0]) == expected


def test_the_part_at_the_head_of_a_clause_is_one_whichever_task_is_listed_first() -> None:
    tasks: Rows = [{"title": "疏浚例河"}, {"title": "美化村庄"}, {"title": "没有"}]
    made = plan(clauses=[clause(PARTS)], tasks=tasks, targets=[{"quote": "美化村庄"}, {"quote": "疏浚例河"}])
    assert [task_of(made, row) for row in made["targets"]] == ["k2", "k1"]


def test_of_a_quote_that_stands_twice_the_first_place_counts() -> None:
    text = "美化村庄5个(责任单位:县农业局)疏浚例河,美化村庄5个(责任单位:县住建局)"
    made = plan(
        clauses=[clause(text)], tasks=[{"title": "美化村庄"}, {"title": "疏浚例河"}], targets=[{"quote": "5个"}]
    )
    assert task_of(made, made["targets"][0]) == "k1"


def test_clauses_above_each_other_lead_nowhere() -> None:
    made = plan(clauses=[clause("甲", "c2"), clause("乙", "c1")], targets=[{"quote": "甲"}])
    assert task_of(made, made["targets"][0]) == ""


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("农庄", "新建农庄5家", ""),
        ("农场", "新建农庄5家", "农场"),
        ("农庄数", "新建农庄5家", ""),  # what a reader may add
        ("农庄比", "新建农庄5家", ""),
        ("农庄价", "新建农庄5家", "价"),
        ("价农庄", "新建农庄5家", "价"),
        ("农(庄)", "新建农庄5家", ""),  # single letters that the text has
        ("农(价)", "新建农庄5家", "价"),
        ("农庄(原文作农场)", "新建农庄5家", ""),
        ("农庄(也作农场)", "新建农庄5家", "也作农场"),
        ("农庄覆盖率", "农庄全覆盖率", ""),
        ("农庄覆盖率", "农庄已覆盖率", "庄覆"),  # a letter between is lost
        ("农庄覆盖率", "农庄5覆盖率", ""),  # a number between is none
        ("农庄覆盖率", "农庄。新覆盖率", ""),  # two letters between: two places of the text
        ("使用量下降", "使用量均下降2%", ""),  # each of several does
        ("居民人可支配收入", "居民人均可支配收入", "人可"),
        ("农户增收", "农户均增收", "户增"),
        ("", "新建农庄5家", ""),
        ("甲乙丙丁", "甲乙 丙丁", "乙丙"),
    ],
)
def test_letters_that_a_text_does_not_have_are_foreign(words: str, text: str, expected: str) -> None:
    assert foreign_letters(words, text) == expected


def foreign(clauses: Rows, table: str = "targets", **row: str) -> list[str]:
    own = {"clause_id": f"c{len(clauses)}", **row}
    return [column for _, column in said(words_not_in_clause, plan(clauses=clauses, **{table: [own]}))]


@pytest.mark.parametrize(
    ("clauses", "indicator", "expected"),
    [
        ([clause("农庄5家")], "农庄", []),
        ([clause("农　庄5家")], "农庄", []),
        ([clause("例县农场"), clause("农庄5家", "c1")], "农场", []),
        ([clause("例县"), clause("农场", "c1"), clause("农庄5家", "c1")], "农场", ["indicator"]),
        ([clause("附件"), clause("序号\u3000农场", "c1"), clause("1\u3000农庄", "c1")], "农场", []),
        ([clause("附件"), clause("序号\u3000农场"), clause("1\u3000农庄", "c1")], "农场", ["indicator"]),
        ([clause("附件"), clause("序号\u3000农场", "c1"), clause("1农庄", "c1")], "农场", ["indicator"]),
        ([clause("附件"), clause("名称\u3000农场", "c1"), clause("农庄\u30005\u30007%", "c1")], "农场", []),
        ([clause("附件"), clause("名称\u3000农场", "c1"), clause("农庄\u30005", "c1")], "农场", ["indicator"]),
        ([clause("附件"), clause("农场\u30003", "c1"), clause("农庄\u30005\u30007", "c1")], "农场", ["indicator"]),
        ([clause("附件"), clause("名称\u3000数量", "c1"), clause("农场\u30003\u30004", "c1"),
          clause("农庄\u30005\u30007", "c1")], "农场", ["indicator"]),  # a row beside it
        ([clause("附件"), clause("序号\u3000投资\u3000", "c1"), clause("\u3000总投资\u3000农场", "c1"),
          clause("1\u30005\u30007", "c1")], "农场", []),  # the second row of a head
        ([clause("附件"), clause("序号\u3000投资\u3000", "c1"), clause("\u30003\u3000农场", "c1"),
          clause("1\u30005\u30007", "c1")], "农场", ["indicator"]),
        ([clause("附件"), clause("农场\u3000名称", "c1"), clause("序号\u3000单位", "c1"),
          clause("1\u3000农庄", "c1")], "农场", ["indicator"]),  # the head is the row that begins so
    ],
)  # fmt: skip
def test_a_name_is_made_of_the_words_of_its_clause_the_headings_above_and_the_head_of_its_table(
    clauses: Rows, indicator: str, expected: list[str]
) -> None:
    assert foreign(clauses, indicator=indicator) == expected


def test_every_name_of_a_row_is_asked() -> None:
    clauses: Rows = [clause("沿海农庄5家")]
    assert foreign(clauses, indicator="农场", scope="山区") == ["indicator", "scope"]
    assert foreign(clauses, "projects", name="农场", stage="start") == ["name"]
    assert foreign(clauses, "baselines", indicator="农场") == ["indicator"]
    assert foreign([], indicator="农场") == ["indicator"]


# --- Concepts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "own", "wrong"),
    [
        ("农庄达到5家", row("5", quote="农庄达到5家", comparator="ge"), []),
        ("农庄达到5家", row("5", quote="农庄达到5家"), ["ge"]),
        ("农庄达到5家", row("5", quote="农庄达到5家", comparator="relative"), []),
        ("农庄达到5家", row("5", quote="农庄达到5家", comparator="range"), []),
        ("农庄达到5家", row("6", quote="农庄达到5家"), []),
    ],
)
def test_a_comparator_is_what_the_words_say(text: str, own: dict[str, Any], wrong: list[str]) -> None:
    assert facts(comparator_differs, plan(clauses=[clause(text)], targets=[own]), "words") == wrong


def test_every_row_is_held_against_the_words_behind_one_that_has_none_or_no_figure() -> None:
    text = "农庄达到5家"
    passed_over = [row("5", quote=text, comparator="relative"), row("6", quote=text)]
    made = plan(clauses=[clause(text)], targets=[*passed_over, row("5", quote=text)])
    assert said(comparator_differs, made) == [("t3", "comparator")]


def test_the_words_around_a_figure_are_shown() -> None:
    text = "一是要加快推进各项有关工作新建农庄达到5家推进各项"
    made = plan(clauses=[clause(text)], targets=[row("5", quote="农庄达到5家")])
    at = text.index("5家")
    assert facts(comparator_differs, made, "around") == [text[at - 10 : at + 6]]
    assert facts(
        comparator_differs, plan(clauses=[clause("达到5家")], targets=[row("5", quote="达到5家")]), "around"
    ) == ["达到5家"]


@pytest.mark.parametrize(
    ("indicator", "more"),
    [
        ("城镇化率", []), ("2025年城镇化率", ["2025年"]), ("城镇化率(%)", ["(%)"]), ("产值（亿元）", ["（亿元）"]),
        ("农庄(个)", ["(个)"]), ("规上工业总产值比2022年的增幅", []),
        ("与2022年相比的增速", []), ("2022年基础上提高", []),
        ("建成和美乡村示范村(未来乡村)", []), ("每万人(常住)拥有数", []), ("农庄(个)数", []), ("12025年", []),
        ("改造2005年底前建成的小区", []), ("2025年底前建成率", ["2025年"]),
    ],
)  # fmt: skip
def test_an_indicator_is_a_name_alone(indicator: str, more: list[str]) -> None:
    for table in ("targets", "baselines"):
        made = plan(clauses=[clause("一")], **{table: [{"indicator": indicator}]})
        assert facts(indicator_says_more, made, "more") == more


def test_a_scope_is_not_the_indicator_again() -> None:
    rows: Rows = [{"indicator": "农庄", "scope": scope} for scope in ("", "全县", "农庄", "农")]
    assert said(indicator_says_more, plan(clauses=[clause("一")], targets=rows)) == [("t3", "scope")]


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ("加快古鳌头酒店、未来社区建设", "古鳌头酒店", False), ("加快古鳌头酒店、未来社区建设", "古鳌头", True),
        ("加快古鳌头酒店、未来社区建设", "未来社区", False), ("加快古鳌头酒店、未来社区建设", "未来", True),
        ("推进市集等共富市集。", "市集", False), ("建成211省道段及支线,联网", "211省道段", False),
        ("推进扩容", "学校扩容", False),  # made of the sentence's words
        ("加快古鳌头酒店、未来社区建设", "古鳌头酒店、未来社区", True),
        ("建设“红色、蓝色”示范区", "“红色、蓝色”示范区", False), ("建成水系(一期、二期)", "水系(一期、二期)", False),
        ("加快南麂科技中心建设,启动接线工程", "南麂科技中心工程", False), ("加快科技中心建设", "南麂县科技中心", True),
        ("加快南麂科技中心建设;启动接线工程", "南麂科技中心工程", True), ("城东、城南两大新区建设", "城东新区", False),
        ("南麂县推进科技中心建设", "南麂县科技中心", False), ("加快科技中心建设", "南麂科技中心", False),
        ("建成例河大桥2座", "例河大桥", False), ("建成例河大桥", "例河大桥", False),
        ("建设城东新区", "例县城东新区", True), ("建设城东新区,例县出资", "例县城东新区", True),
        ("加快例河治理", "例河治理建设工程", True), ("加快例河治理", "例河治理建设项目", True),
        ("加快例河治理", "例河治理项目", True), ("加快例河治理", "例河治理建设", True),
    ],
)  # fmt: skip
def test_the_name_of_a_project_goes_as_far_as_the_document_s(text: str, name: str, wrong: bool) -> None:
    made = plan(clauses=[clause(text)], projects=[{"name": name, "quote": text}])
    assert said(project_name_differs, made) == [("p1", "name")] * wrong
    away = plan(clauses=[clause(text)], projects=[{"name": name, "quote": text, "clause_id": "c9"}])
    assert said(project_name_differs, away) == [("p1", "name")] * ("、未" in name)


@pytest.mark.parametrize(
    ("name", "quote"), [("", "建成例河大桥"), ("例河大桥", ""), ("工程", "建成"), ("建设", "建成")]
)
def test_a_project_without_a_name_or_a_quote_is_the_schema_s(name: str, quote: str) -> None:
    made = plan(clauses=[clause("建成例河大桥")], projects=[{"name": name, "quote": quote, "clause_id": "c1"}])
    assert said(project_name_differs, made) == []


@pytest.mark.parametrize(
    ("own", "other", "told"),
    [
        (("农场", "农庄5家"), ("农庄", "10家"), True),  # the quote is that of the other
        (("农庄", "沿海垂钓采摘园5家"), ("农家乐", "农庄3家"), True),  # the name is that of the other's quote
        (("农庄", "沿海垂钓采摘园5家"), ("农家乐", "农田3家"), False),
        (("农庄", "垂钓园5家"), ("农家乐", "农庄3家"), False),  # which is no name alone
        (("农庄", "农庄5家"), ("农家乐", "农庄3家"), False),
    ],
)
def test_two_rows_of_a_sentence_have_each_its_own_name(
    own: tuple[str, str], other: tuple[str, str], told: bool
) -> None:
    rows: Rows = [{"indicator": name, "quote": quote, "value": 5} for name, quote in (own, other)]
    found = said(indicator_not_in_quote, plan(clauses=[clause("农庄")], targets=rows))
    assert ("t1", "indicator") in found if told else ("t1", "indicator") not in found


def test_something_of_a_project_s_name_is_in_its_quote() -> None:
    rows: Rows = [{"name": "例河大桥", "quote": quote} for quote in ("建成例河二桥", "建成未来社区")]
    assert said(indicator_not_in_quote, plan(clauses=[clause("建成例河二桥、未来社区")], projects=rows)) == [
        ("p2", "name")
    ]
