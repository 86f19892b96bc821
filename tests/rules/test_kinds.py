"""What the words of references, notes and attachments admit, and promises in words."""

from __future__ import annotations

import pytest

from openplans.rules.attachments import attachment_differs
from openplans.rules.reasons import (
    admitted,
    boilerplate_promises,
    promise_not_accounted,
    reason_differs,
    reason_hides_promise,
    usual_reasons,
)
from openplans.rules.remarks import note_kind_differs, note_language_differs, note_number_unsaid, translation_differs
from tests.rules.made import Rows, clause, facts, figures, plan, said, world


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("实现全覆盖", "", ["全覆盖"]),
        ("实现全覆盖", "实现全覆盖", []),
        ("实现全覆盖", "实现全覆", ["全覆盖"]),  # cut off
        ("实现全覆盖", "盖", []),  # its end is in a quote
        ("与经济增长同步,全覆盖", "与经济增长同步", ["全覆盖"]),
        ("全覆盖,再全覆盖", "全覆盖", []),  # every place of a quote counts
        ("新建5家", "", []),
    ],
)
@pytest.mark.parametrize("table", ["targets", "baselines", "projects", "references"])
def test_a_promise_in_words_is_in_a_quote(table: str, text: str, quote: str, expected: list[str]) -> None:
    rows: Rows = [{"quote": quote}, {"quote": "全覆盖", "clause_id": "c9"}] if quote else []
    assert facts(promise_not_accounted, plan(clauses=[{"text": text}], **{table: rows}), "words") == expected


def test_what_stands_around_a_promise_is_shown() -> None:
    made = plan(clauses=[clause("一二三四五六七八九十甲乙丙全覆盖一二三四五六七八九十甲乙丙"), clause("全覆盖")])
    assert facts(promise_not_accounted, made, "around") == [
        "二三四五六七八九十甲乙丙全覆盖一二三四五六七八九十甲乙",
        "全覆盖",
    ]


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("首页 打印本页", []),
        ("新建农庄5家", ["5家"]),
        ("浏览5家", []),  # what a page counts of itself
        ("5家浏览", []),
        ("5家、一处浏览", ["5家"]),
        ("浏览的人在新建农庄时有多少呢5家", ["5家"]),  # too far before
        ("2025年5月", []),
        ("编号5", []),  # nothing is counted
        ("实现全覆盖", ["全覆盖"]),
        ("新建5家,实现全覆盖", ["5家、全覆盖"]),
        ("新建５家", ["５家"]),
    ],
)
def test_what_a_page_says_besides_promises_nothing(piece: str, expected: list[str]) -> None:
    assert facts(boilerplate_promises, plan({"boilerplate": [piece, "首页"]}), "words") == expected


def test_the_first_sixty_letters_of_it_are_shown() -> None:
    piece = "新建5家" + "页" * 56
    assert [len(each) for each in facts(boilerplate_promises, plan({"boilerplate": [piece]}), "text")] == [60]
    assert facts(boilerplate_promises, plan({"boilerplate": [piece + "底"]}), "text") == [piece]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("例政〔2024〕8号", ["document_number"]),
        ("2024年5月", ["date"]),
        ("1.整治", ["list_number"]),
        ("104国道", ["road", "name", "other"]),
        ("三年", ["other", "slogan", "name", "date"]),  # a span of time is a date as well
        ("两年", ["slogan", "name", "other", "date"]),
        ("　2024年5月　", ["date"]),
        ("２０２４年５月", ["date"]),
        ("？", []),
    ],
)
def test_the_words_of_a_reference_admit_reasons(quote: str, expected: list[str]) -> None:
    made = plan(references=[{"quote": quote}])
    assert sorted(admitted(world(made), made["references"][0])) == sorted(expected)


def test_the_surest_of_sure_reasons_holds_alone() -> None:
    made = plan(references=[{"quote": "2024〔2024〕1.整治"}])
    assert admitted(world(made), made["references"][0]) == ["document_number"]


def test_a_name_has_the_reason_that_it_mostly_has() -> None:
    rows = [{"quote": quote, "reason": reason} for quote, reason in (
        ("“百村”行动", "slogan"),
         ("“百 村”工程", "slogan"), ("例县“百村”品牌", "brand"), ("2024年", "date"), ("2024年", "other"),
        ("例河18号泵站", "name"), ("104国道", "road"),
    )]  # fmt: skip
    made = plan(references=rows)
    assert [key for key, _ in said(reason_differs, made)] == ["r3", "r5"]
    assert facts(reason_differs, made, "meant") == ["slogan", "date"]
    assert usual_reasons(world(made), made) == {"百村": "slogan", "2024年": "date"}
    other = plan({"name": "990101-other-2023"}, references=[{"quote": "“百村”", "reason": "slogan"}])
    assert usual_reasons(world(made, other), other) == {"百村": "slogan"}


def test_the_usual_reasons_stand_in_one_order() -> None:
    made = plan(references=[{"quote": f"“{each}村”", "reason": "brand"} for each in "丙甲乙丁戊己庚" * 2])
    found = [*usual_reasons(world(made), made)]
    assert found == sorted(found) and len(found) == 7


def hidden(text: str, quote: str, reason: str = "other", clauses: Rows = (), **more: str) -> bool:  # type: ignore[assignment]
    made = plan(clauses=[{"text": text, **more}, *clauses], references=[{"quote": quote, "reason": reason}])
    return said(reason_hides_promise, made) == [("r1", "reason")]


@pytest.mark.parametrize(
    ("text", "quote", "hides"),
    [
        ("新建5万亩", "5万亩", True),  # a size
        ("新建5%", "5%", True),
        ("新建5家", "5家", False),  # neither a size nor bounded
        ("达到5家", "5家", True),
        ("低于5家", "5家", True),
        ("突破5家", "5家", True),
        ("5家以内", "5家", True),
        ("约5家", "5家", False),
        ("达到五家", "五家", False),  # in words
        ("奖励5万亩", "5万亩", False),
        ("已建成5万亩", "5万亩", False),
        ("已建成。新建5万亩", "5万亩", True),  # another sentence
        ("已建成;新建5万亩", "5万亩", True),
        ("已建成!新建5万亩", "5万亩", True),
        ("已建成?新建5万亩", "5万亩", True),
        ("新建5万亩,已验收", "5万亩", True),  # what stands behind excuses nothing
        ("2022年新建5万亩", "5万亩", False),  # before the plan
        ("2023年新建5万亩", "5万亩", True),
        ("1999年新建5万亩", "5万亩", False),
        ("在5万亩的基础上扩大", "5万亩", False),
        ("在5万亩基础上扩大", "5万亩", False),
        ("5万亩地的基础上", "5万亩", True),
        ("新建7万亩,5家", "5家", False),
        ("新建7家,5万亩", "7家", False),
        ("新建5万亩", "6万亩", False),  # a quote that is not there
    ],
)
def test_a_promise_hides_behind_no_loose_reason(text: str, quote: str, hides: bool) -> None:
    assert hidden(text, quote) is hides


def test_only_loose_reasons_hide_anything() -> None:
    assert hidden("新建5万亩", "5万亩", "name")
    assert not hidden("新建5亩以上", "5亩以上", "threshold")
    assert hidden("新建5亩以上", "5亩以上", "other")
    assert not hidden("新建农庄1.整治5亩以上", "1.整治5亩以上", "other")  # which no list number admits: another rule's


def test_a_quote_with_several_figures_is_asked_for_all_between_its_ends() -> None:
    assert hidden("新建三家和达到5家", "三家和达到5家", "other")
    assert hidden("新建5万亩3家", "5万亩3家", "other") and not hidden("7家新建,5家", "5家", "other")


def test_a_row_under_a_head_of_what_is_so_already_promises_nothing() -> None:
    head: Rows = [{"kind": "table_row", "text": "指标\u3000基期值"}]
    row = {"kind": "table_row"}
    assert not hidden("面积\u30005万亩", "5万亩", clauses=head, **row)
    assert hidden("面积\u30005万亩", "5万亩", clauses=[{**head[0], "text": "指标\u3000目标"}], **row)
    assert hidden("面积\u30005万亩", "5万亩", clauses=[{**head[0], "parent_id": "c1"}], **row)  # of another table
    assert hidden("面积\u30005万亩", "5万亩", clauses=[{**head[0], "kind": "paragraph"}], **row)
    assert hidden("面积\u30005万亩", "5万亩", clauses=head)


@pytest.mark.parametrize(
    ("kind", "comment", "more", "expected"),
    [
        ("typo", "脱一字", {}, []),
        ("typo", "如何", {}, ["n1"]),
        ("other", "如何", {}, []),
        ("conflict", "如何", {}, ["n1"]),
        ("conflict", "如何", {"other_quote": "甲"}, []),
        ("conflict", "如何", {"other_clause_id": "c2"}, []),
        ("unheard-of", "如何", {}, []),  # which the schema says
    ],
)
def test_a_note_speaks_of_its_kind(kind: str, comment: str, more: dict[str, str], expected: list[str]) -> None:
    made = plan(notes=[{"kind": kind, "comment_zh": comment, **more}])
    assert [key for key, _ in said(note_kind_differs, made)] == expected


def test_forty_letters_of_a_comment_are_shown() -> None:
    made = plan(notes=[{"kind": "typo", "comment_zh": "如" * 39 + "何底"}])
    assert facts(note_kind_differs, made, "comment") == ["如" * 39 + "何"]
    made = plan(targets=[{"note": f"{'no ' * 13}no"}])
    assert facts(note_language_differs, made, "comment") == ["no " * 13 + "n"]
    made = plan(notes=[{"comment_en": "如" * 41}])
    assert facts(note_language_differs, made, "comment") == ["如" * 40]
    made = plan(notes=[{"comment_zh": "共20条" + "如" * 36 + "底", "comment_en": f"{'a' * 37} 21 rows"}])
    assert facts(translation_differs, made, "chinese") == ["共20条" + "如" * 36]
    assert facts(translation_differs, made, "english") == [f"{'a' * 37} 21"]


def annexed(clauses: Rows, *attachments: tuple[str, str, str]) -> list[tuple[str, str]]:
    rows = [{"clause_id": clause, "title": title, "status": status} for clause, title, status in attachments]
    return said(attachment_differs, plan(clauses=clauses, attachments=rows))


ANNEX: Rows = [clause("附件1:任务表", kind="annex"), {"text": "农庄", "parent_id": "c1", "kind": "table_row"}]


@pytest.mark.parametrize(
    ("clauses", "attachments", "expected"),
    [
        (ANNEX, [("c1", "任务表", "present")], []),
        (ANNEX, [("c1", "任务表", "missing")], [("a1", "status")]),
        (ANNEX[:1], [("c1", "任务表", "missing")], []),
        (ANNEX[:1], [("c1", "任务表", "present")], [("a1", "status")]),
        (ANNEX, [("c1", "项目表", "present")], [("a1", "title")]),
        (ANNEX, [("c1", "任务", "present")], [("a1", "title")]),
        ([{**ANNEX[0], "kind": "paragraph"}, ANNEX[1]], [("c1", "任务表", "present")], [("a1", "title")]),
        ([{**ANNEX[0], "kind": "unheard-of"}, ANNEX[1]], [("c1", "任务表", "present")], []),
        (ANNEX, [("c9", "任务表", "present")], [("c1", "text")]),
        (ANNEX, [("c9", "任务表", "present"), ("c1", "项目表", "present")], [("a2", "title")]),
        (ANNEX, [], [("c1", "text")]),
        ([*ANNEX, clause("附件:1.任务表")], [("c3", "任务表", "present")], [("a1", "title"), ("a1", "status")]),
        ([clause("附件1", kind="annex"), clause("任务表", "c1")], [("c1", "任务表", "present")], []),
        ([clause("附件1", kind="annex")], [], []),
        ([clause("附件:", kind="annex")], [], []),
        ([clause("附件12:表", kind="annex"), clause("任务表", "c1")], [("c1", "表", "present")], []),
        ([{"kind": "paragraph", "text": "附件1:任务表"}], [], []),
        # The list of what is enclosed stands apart from the bare head before the table itself.
        ([*ANNEX[:1], clause("附件1", kind="annex"), clause("农庄", "c2")], [("c1", "任务表", "present")], []),
        ([*ANNEX[:1], clause("附件1", kind="annex"), clause("农庄", "c2")],
         [("c1", "任务表", "missing")], [("a1", "status")]),
        ([*ANNEX[:1], clause("附件1:表", kind="annex"), clause("农庄", "c2")],
         [("c1", "任务表", "missing")], [("c2", "text")]),
        ([*ANNEX[:1], clause("附件1"), clause("农庄", "c2")], [("c1", "任务表", "missing")], []),
        ([*ANNEX, clause("附件2:任务表", kind="annex")], [("c1", "任务表", "present")], [("c3", "text")]),
        ([clause("附件1:表", kind="annex"), clause("任务表", "c1")], [("c1", "表", "present")], []),
        # Of two in one clause nobody can say which one is there.
        ([clause("附件:1.任务表 2.项目表", kind="annex"), clause("农庄", "c1")],
         [("c1", "任务表", "missing"), ("c1", "项目表", "missing")], []),
    ],
)  # fmt: skip
def test_what_is_enclosed_is_titled_and_there(
    clauses: Rows, attachments: list[tuple[str, str, str]], expected: list[tuple[str, str]]
) -> None:
    assert annexed(clauses, *attachments) == expected


@pytest.mark.parametrize(("text", "wrong"), [("", False), ("年份取自附件", False), ("见 GDP 一节", False),
    ("The year is that of the annex", True), ("GDP", True), ("A", False)])  # fmt: skip
def test_remarks_that_have_no_english_are_in_chinese(text: str, wrong: bool) -> None:
    for table, column in (("targets", "note"), ("baselines", "note"), ("updates", "statement"), ("retired", "reason")):
        [*found] = said(note_language_differs, plan(clauses=[clause("一")], **{table: [{column: text}]}))
        assert [each for _, each in found] == [column] * wrong
    made = figures([], [{"note": text}])
    assert [column for _, column in said(note_language_differs, made, world())] == ["note"] * wrong


@pytest.mark.parametrize(
    ("zh", "en", "expected"),
    [
        ("见“GDP”一节", "See the part “国内生产总值”", []),
        ("The year is wrong", "The year is wrong", ["comment_zh"]),
        ("年份有误", "年份有误 wrong", ["comment_en"]),
        ("年份有误", "", []),  # that it has to be there the schema says
        ("", "The year is wrong", []),
    ],
)
def test_a_comment_on_a_document_is_in_both_languages(zh: str, en: str, expected: list[str]) -> None:
    made = plan(notes=[{"comment_zh": zh, "comment_en": en}])
    assert [column for _, column in said(note_language_differs, made)] == expected


@pytest.mark.parametrize(
    ("zh", "en", "quote", "wrong"),
    [
        ("3500人是否新增", "Whether the 3500 are new", "", False),
        ("3500人是否新增", "Signed on 31 May 2025", "", True),
        ("共20条", "Of the 21 chains", "", True), ("产值10亿元", "An output of 1 billion yuan", "", False),
        ("产值10亿元", "Of the 1-billion-yuan class", "", False),
        ("产值50亿元", "Of the 1-billion-yuan class", "", True),
        ("没有数", "The 3 rows", "", False),
        ("共3行", "The rows", "", False), ("共3类没有写明", "The 30 rows", "共30行", False),
        ("1,200人", "1200 people", "", False), ("G15高速 3公里", "G15, 3 km", "", False), ("２０％", "20%", "", False),
    ],
)  # fmt: skip
def test_a_comment_has_a_number_of_its_translation(zh: str, en: str, quote: str, wrong: bool) -> None:
    for column in ("quote", "other_quote"):
        row = {"comment_zh": zh, "comment_en": en, column: quote}
        assert said(translation_differs, plan(clauses=[clause("一")], notes=[row])) == [("n1", "comment_en")] * wrong


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("原文688亿没有写元。", "Neither 688亿 nor 68.8 billion has yuan.", []),
        ("原文668亿没有写元。", "Neither 688亿 nor 68.8 billion has yuan.", [("n1", "comment_zh")]),
        ("原文688亿没有写元。", "No yuan after 68.8 billion, 66.8 said once.", [("n1", "comment_en")]),
        ("算得1376亿，文件未写。", "Twice 688 is 1376, which is not printed.", []),
        ("十六项都没有单位。", "None of the 16 has a unit, nor 688.", []),
        ("2024年没有写，2028年也没有。", "Nothing for 2024 and 2028.", []),
        ("网页的时间是11:14，688。", "The page is of 11:14, 688.", []),
        ("原文写688和30。", "It says 688 and 40.", []),  # one digit that counts says little
        ("原文写668。", "It says 68, not that.", []),  # no number in common is another rule's
    ],
)
def test_a_number_of_a_comment_stands_in_what_it_is_about_or_in_the_other_language(
    zh: str, en: str, told: list[tuple[str, str]]
) -> None:
    made = plan(clauses=[clause("产值从688亿起算")], notes=[{"comment_zh": zh, "comment_en": en}])
    assert said(note_number_unsaid, made) == told


@pytest.mark.parametrize("end", ["", None])
def test_a_plan_whose_years_are_not_told_knows_none(end: str | None) -> None:  # that they have to be the schema says
    head = {"effective_start": end, "effective_end": end, "issued": end}
    made = plan(head, clauses=[clause("产值688亿")], notes=[{"comment_zh": "688，2024。", "comment_en": "688 it is."}])
    assert said(note_number_unsaid, made) == [("n1", "comment_zh")]
