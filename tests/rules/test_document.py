"""Head, clauses and tasks of a plan against what its document prints: each branch by a clause or two."""

from __future__ import annotations

from typing import Any

import pytest

from openplans.rules import document as rules
from openplans.rules.hits import PlanCheck
from tests.rules.made import Rows, clause, facts, plan, said

TITLE = clause("例县方案(2023—2027年)", kind="title")


def wrong(check: PlanCheck, head: dict[str, Any], *clauses: dict[str, Any]) -> list[str]:
    return [column for _, column in said(check, plan(head, clauses=list(clauses)))]


def sign(text: str) -> dict[str, Any]:
    return clause(text, kind="signature")


@pytest.mark.parametrize(
    ("head", "clauses", "expected"),
    [
        ({}, [TITLE], []),
        ({}, [clause("例县 方案（2023—2027年）", kind="title"), TITLE], []),
        ({}, [clause("例县方案(2023―2027年)", kind="title")], []),  # another dash
        ({}, [clause("另一方案", kind="title")], ["title_zh"]),
        ({}, [clause("另一方案")], []),  # no title is printed
        ({"title": "例县方案(2023—2027年)"}, [TITLE], []),
        ({"title": "例县"}, [TITLE], ["title"]),  # shortened by more than its bracket
        ({"title": "别县方案"}, [TITLE], ["title"]),
        ({"title": "别县方案"}, [], ["title"]),
        ({"title": "别县方案"}, [clause("另一方案", kind="title")], ["title_zh"]),
    ],
)
def test_the_title_is_one_that_is_printed(head: dict[str, str], clauses: Rows, expected: list[str]) -> None:
    assert wrong(rules.title_not_in_source, head, *clauses) == expected


@pytest.mark.parametrize(
    ("clauses", "issuer", "issued"),
    [
        ([sign("例县人民政府"), sign("2023年5月1日")], [], []),
        ([sign("例县人民政府2023年5月1日")], [], []),
        ([sign("例县人民政府2023年5月1日印发")], [], []),
        ([sign("例县人民政府"), sign("2023年5月")], [], []),  # the first of the month
        ([sign("例县人民政府"), sign("（2023年5月1日）")], [], []),
        ([sign("例县人民政府"), sign("202351")], [], []),
        ([sign("例县人民政府"), sign("２０２３年５月１日")], [], []),
        ([sign("例县"), sign("人民政府"), sign("2023年5月1日")], [], []),
        ([sign("别县人民政府"), sign("2023年5月1日")], ["issuer"], []),
        ([sign("例县人民政府"), sign("2023年5月2日")], [], ["issued"]),
        ([sign("别县2022年1月1日"), sign("例县人民政府"), sign("2023年5月1日")], [], []),  # either of two
        ([sign("别县"), clause("甲"), sign("例县人民政府"), sign("2023年5月1日")], [], []),
        ([sign("2023年5月1日")], [], []),  # who signs is not printed
        ([sign("例县人民政府")], [], []),  # when is not
        ([clause("别县人民政府2022年1月1日")], [], []),
        ([], [], []),
    ],
)
def test_who_signs_issues_and_the_date_is_below(clauses: Rows, issuer: list[str], issued: list[str]) -> None:
    assert wrong(rules.issuer_not_in_source, {}, *clauses) == issuer
    assert wrong(rules.issued_not_in_source, {}, *clauses) == issued


def test_of_a_day_other_than_the_first_the_month_is_not_enough() -> None:
    assert wrong(rules.issued_not_in_source, {"issued": "2023-05-02"}, sign("例县2023年5月")) == ["issued"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [("发布日期:2023-05-09", []), ("发布日期: 2023年5月9日", []), ("发布日期:202359", []),
     ("发布日期:2023-05-08", ["published"]), ("发布日期2023年05月09日", []), ("", ["published"])],
)  # fmt: skip
def test_the_day_of_publication_is_on_the_page(page: str, expected: list[str]) -> None:
    assert wrong(rules.published_not_in_source, {"published": "2023-05-09", "boilerplate": ["首页", page]}) == expected
    assert wrong(rules.published_not_in_source, {"boilerplate": [page]}) == []


def test_sixty_letters_of_the_page_are_shown() -> None:
    made = plan({"published": "2023-05-09", "boilerplate": ["页" * 59, "面底"]})
    assert facts(rules.published_not_in_source, made, "printed") == ["页" * 59 + " "]


@pytest.mark.parametrize(
    ("number", "clauses", "page", "expected"),
    [
        ("例政〔2023〕1号", [clause("例政〔2023〕1号")], "", []),
        ("例政〔2023〕1号", [clause("例政〔2023〕1号方案", kind="title")], "", []),
        ("例政〔2023〕1号", [], "文号:例政〔2023〕1号", []),
        ("例政〔2023〕1号", [clause("依据例政〔2023〕1号")], "", ["doc_number"]),  # another's, in a sentence
        ("例政〔2023〕2号", [clause("例政〔2023〕1号")], "", ["doc_number"]),
        ("", [clause("例政〔2023〕1号")], "", ["doc_number"]),
        ("例政〔2023〕1号", [], "索引号 0114 文号 例政〔2023〕1号", []),
        ("例政〔2023〕2号", [], "文号：例政〔2023〕1号", ["doc_number"]),
        ("", [], "", []),
    ],
)
def test_the_number_of_the_document_is_printed(number: str, clauses: Rows, page: str, expected: list[str]) -> None:
    assert wrong(rules.doc_number_differs, {"doc_number": number, "boilerplate": [page]}, *clauses) == expected


@pytest.mark.parametrize(
    ("title", "text", "start", "end", "expected"),
    [
        ("方案(2023—2027年)", "", "2023-01-01", "2027-12-31", []),
        ("方案(2023—2027年)", "", "2023-05-01", "2027-12-30", ["effective_start", "effective_end"]),
        ("2025年方案", "", "2025-01-01", "2025-12-31", []),
        ("2025年方案", "", "2025-01-01", "2026-12-31", ["effective_end"]),
        ("“十四五”规划", "", "2021-01-01", "2025-12-31", []),
        ("“十四五”规划", "", "2020-01-01", "2025-12-31", ["effective_start"]),
        ("方案", "到2025年,到2035年,到2030年", "2023-05-01", "2035-12-31", []),
        ("方案", "到2025年", "2023-05-01", "2027-12-31", ["effective_end"]),
        ("方案", "到2025年", "2023-01-01", "2025-12-31", ["effective_start"]),
        ("方案", "", "2023-05-01", "2029-12-31", []),
        ("方案", "", "2023-05-01", "2029-06-30", ["effective_end"]),
    ],
)
def test_the_period_of_a_plan_is_that_of_its_title_or_of_its_goals(
    title: str, text: str, start: str, end: str, expected: list[str]
) -> None:
    head = {"title_zh": title, "effective_start": start, "effective_end": end}
    assert wrong(rules.effective_differs, head, clause(text)) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("一、目标", "一", []), ("一、目标", "", ["number"]), ("目标", "", []), ("目标", "一", ["number"]),
        ("1\u3000农庄", "1", []), ("\u30001\u3000农庄", "1", []), ("\u30001.农庄", "1", []),
        ("附件1:表", "附件1", []), ("附件:表", "", []), ("(一)目标", "(一)", []),
    ],
)  # fmt: skip
def test_a_clause_has_the_number_that_it_begins_with(text: str, number: str, expected: list[str]) -> None:
    assert wrong(rules.number_differs, {}, clause(text, number=number)) == expected


def test_a_task_has_the_number_of_its_clause() -> None:
    clauses = [clause("1.目标", number="1"), clause("2.任务", number="2")]
    tasks: Rows = [{"number": "1"}, {"number": "2"}, {"parent_id": "k1"}, {"parent_id": "k1", "number": "1"},
                   {"clause_id": "c2", "parent_id": "k1", "number": "2"},
                   {"clause_id": "c9", "number": "7"}]  # fmt: skip
    made = plan(clauses=clauses, tasks=tasks)
    assert [key for key, _ in said(rules.number_differs, made)] == ["k2", "k4"]


KINDS: Rows = [
    TITLE, clause("一、目标", "c1", kind="heading"), clause("农庄5家。", "c2", kind="paragraph"),
    clause("附件1:表", kind="annex"),
    clause("任务\u3000单位", "c4", kind="table_row"), clause("农业", "c4", kind="table_row"),
    clause("农庄\u3000县农业局", "c4", kind="table_row"), clause("例县人民政府", kind="signature"),
    clause("2023年5月1日", kind="signature"), clause("附件:", kind="paragraph"),
    clause("完。", kind="paragraph"),
]  # fmt: skip


def kinds(place: int, text: str | None = None, clauses: Rows = KINDS, **head: Any) -> list[str]:
    """The kinds that a rule wants for one clause of the document."""
    rows = [dict(each) for each in clauses]
    rows[place - 1]["kind"] = "?"
    if text is not None:
        rows[place - 1]["text"] = text
    made = plan(head, clauses=rows)
    meant = facts(rules.clause_kind_differs, made, "meant")
    return [f"{key} {each}" for (key, _), each in zip(said(rules.clause_kind_differs, made), meant, strict=True)]


def test_what_a_clause_is_can_be_seen() -> None:
    assert said(rules.clause_kind_differs, plan(clauses=KINDS)) == []
    assert [kinds(place) for place in range(1, 12)] == [
        [f"c{place} {row['kind']}"] for place, row in enumerate(KINDS, 1)
    ]


@pytest.mark.parametrize(
    ("place", "text", "expected"),
    [
        (2, "一、目标。", "paragraph"), (2, "一、目标:", "paragraph"), (2, "关于印发《例县方案》的通知", "title"),
        (2, "关于印发例县方案的通知(例政)", "title"), (11, "一、目标", "paragraph"), (11, "附件", "annex"),
        (11, "附件:", "paragraph"), (11, "人民政府", "signature"), (11, "例县202351", "signature"),
        (11, "2023年5月1日印发", "signature"), (11, "到2023年5月,完成", "paragraph"),
        (11, "任务\u3000单位", "table_row"), (11, "第一章\u3000总则", "paragraph"),
        (11, "第二部分\u3000总则", "paragraph"), (2, "第一章\u3000总则", "heading"),
    ],
)  # fmt: skip
def test_the_text_of_a_clause_says_its_kind(place: int, text: str, expected: str) -> None:
    assert kinds(place, text)[0] == f"c{place} {expected}"


def test_between_two_rows_of_a_table_no_sentence_is_one() -> None:
    assert kinds(6, "农业。") == ["c6 paragraph"] == kinds(6, "农业:")
    assert kinds(6, "第一章\u3000农业") == ["c6 paragraph"]
    assert kinds(5, "任务") == ["c5 paragraph", "c6 paragraph"]  # before the first there is none
    two = [*KINDS[:6], clause("畜牧", "c4", kind="table_row"), *KINDS[6:]]
    assert said(rules.clause_kind_differs, plan(clauses=two)) == []
    cut = [*KINDS[:6], clause("畜牧。", "c4"), *KINDS[6:]]
    assert facts(rules.clause_kind_differs, plan(clauses=cut), "meant") == ["paragraph"]


def test_which_title_it_is_another_rule_asks() -> None:
    assert said(rules.clause_kind_differs, plan({"title_zh": "别县方案"}, clauses=KINDS)) == []
    two = [TITLE, clause("另一方案", kind="title")]
    assert facts(rules.clause_kind_differs, plan(clauses=two), "meant") == ["paragraph"]


def parents(*clauses: dict[str, Any]) -> list[str]:
    return [str(each) for each in facts(rules.clause_parent_differs, plan(clauses=list(clauses)), "meant")]


ONE, TWO = clause("一、目标", "c1", kind="heading"), clause("二、任务", "c1", kind="heading")


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([TITLE, ONE, TWO], []),
        ([TITLE, ONE, clause("二、任务", "c2", kind="heading")], ["c1"]),  # beside what is numbered alike
        ([TITLE, ONE, clause("(一)农庄", "c2"), clause("(二)桥", "c2")], []),
        ([TITLE, ONE, clause("(一)农庄", "c2"), clause("(二)桥", "c3")], ["c2"]),
        ([TITLE, ONE, clause("农庄", "c2")], []),
        ([TITLE, ONE, clause("农庄", "c1")], ["c2"]),  # below a heading just before it
        ([TITLE, ONE, clause("农庄")], ["c2"]),
        ([TITLE, ONE, clause("农庄", "c2"), clause("桥", "c2")], []),
        ([TITLE, ONE, clause("农庄", "c2"), clause("桥", "c3")], ["c2"]),  # beside a paragraph without a number
        ([TITLE, ONE, clause("(一)农庄", "c2", number="(一)"), clause("桥", "c3")], []),  # below one with a number
        ([TITLE, ONE, clause("(一)农庄", "c2", number="(一)"), clause("桥", "c2")], []),
        ([TITLE, ONE, clause("(一)农庄", "c2", number="(一)"), clause("桥", "c9")], ["c3/c2/c1/-/c1"]),
        ([TITLE, ONE, clause("例县", kind="signature")], []),
        ([TITLE, ONE, clause("附件:表", kind="annex")], []),
        ([TITLE, ONE, clause("例县方案", "c1", kind="title")], ["-"]),
        ([TITLE, ONE, clause("例县方案", kind="title")], []),
        ([TITLE, ONE, TWO, clause("农庄", "c2")], ["c3"]),  # what is closed stays closed
        ([ONE], []),  # of the first nothing is known
    ],
)
def test_a_clause_stands_under_what_is_open(clauses: Rows, expected: list[str]) -> None:
    assert parents(*clauses) == expected


@pytest.mark.parametrize(
    ("words", "text", "whole"),
    [
        ("美化村庄", "1.美化村庄。到2025年", True), ("美化村庄", "1.美化村庄到2025年", False),
        ("化村庄", "1.美化村庄。", False), ("美化村庄", "再美化村庄。美化村庄。", True),
        ("美化 村庄", "美化村 庄", True),
        ("美化村庄", "美化村庄", True), ("美化村庄行动", "美化村庄行动实施", True),
        ("美化村庄改革", "美化村庄改革实施", True), ("村庄美化", "村庄美化实施", True),
        ("美化村庄", "美化(整治)村庄。", True), ("美化村庄", "美化村庄(整治)实施", True),
        ("村庄", "任务\u3000村庄\u3000单位", True), ("村庄", "任务\u3000村庄个\u3000单位", True),
        ("村庄", "任务\u3000村庄个单位", False), ("村庄", "没有", False), ("村庄", "“村庄”", False),
    ],
)  # fmt: skip
def test_words_stand_whole_between_marks_numbers_or_units(words: str, text: str, whole: bool) -> None:
    assert rules.stands_whole(words, text, ("个",)) is whole
    made = plan(clauses=[clause(text)], tasks=[{"title": words}, {"title": words, "clause_id": "c9"}])
    assert said(rules.task_title_not_in_clause, made) == [("k1", "title")] * (not whole)


def test_a_task_is_part_of_that_of_its_clause_or_of_the_nearest_above() -> None:
    clauses = [clause("一、任务", number="一"), clause("1.农庄", "c1", number="1"), clause("桥"), clause("园", "c2")]

    def meant(*tasks: tuple[str, str]) -> list[str]:
        made = plan(clauses=clauses, tasks=[{"clause_id": own, "parent_id": parent} for own, parent in tasks])
        return [str(each) for each in facts(rules.task_parent_differs, made, "meant")]

    assert meant(("c1", ""), ("c2", "k1"), ("c2", "k2"), ("c4", "k2")) == []
    assert meant(("c1", ""), ("c2", "")) == ["k1"]
    assert meant(("c1", ""), ("c2", "k1"), ("c2", "k1")) == ["k2"]  # in one clause below the first
    assert meant(("c3", ""), ("c3", "")) == [] and meant(("c3", ""), ("c3", "k1")) == [
        "-"
    ]  # without a number beside it
    assert meant(("c2", "k2"), ("c1", "")) == []  # a parent that comes later is another rule's
    assert meant(("c1", ""), ("c4", "k1")) == []  # the nearest above that has one
    assert facts(rules.task_parent_differs, plan(clauses=clauses, tasks=[{}, {"clause_id": "c2"}]), "parent") == ["-"]


def test_the_task_above_is_sought_among_those_before() -> None:
    made = plan(clauses=[clause("1.农庄", number="1"), clause("桥", "c1")], tasks=[{}, {"clause_id": "c2"}])
    assert [rules.task_above(made, each) for each in ("k1", "k2", "k9")] == ["", "k1", ""]


def test_where_one_of_those_numbered_alike_is_a_task_all_are() -> None:
    below = [clause(text, "c1") for text in ("1.农庄", "2.桥", "园", "(一)村")]
    clauses = [clause("一、任务"), *below, clause("1.路")]
    assert said(rules.task_missing, plan(clauses=clauses, tasks=[{"clause_id": "c2"}])) == [("c3", "number")]
    assert said(rules.task_missing, plan(clauses=clauses)) == []
    assert said(rules.task_missing, plan(clauses=clauses, tasks=[{"clause_id": "c2"}, {"clause_id": "c3"}])) == []
    long = [*clauses[:2], clause("2." + "桥" * 19, "c1")]
    assert facts(rules.task_missing, plan(clauses=long, tasks=[{"clause_id": "c2"}]), "text") == ["2." + "桥" * 18]


def test_a_task_s_title_is_without_its_number() -> None:
    made = plan(
        clauses=[clause("1.美化村庄。", number="1")],
        tasks=[{"title": title, "number": "1"} for title in ("1.美化村庄", "1美化村庄", "美化村庄")],
    )
    assert said(rules.task_title_not_in_clause, made) == [("k1", "title"), ("k2", "title")]


def test_the_number_of_a_task_is_held_against_the_text_of_its_clause() -> None:
    made = plan(clauses=[clause("1.美化村庄。", number="1.")], tasks=[{"title": "美化村庄", "number": "1"}])
    assert said(rules.number_differs, made) == [("c1", "number")]  # and not the task's as well
