"""Who leads and in which order, by the ways in which documents say it."""

from __future__ import annotations

from typing import Any

import pytest

from openplans.rules.lead import passages, rank_differs, role_differs, starts_of_parts
from tests.rules.made import Rows, clause, facts, plan, said

A, B, C = "县农业局", "县住建局", "省林业局"
TASK = {"clause_id": "c1", "title": "美化村庄"}


def units(*names: str, task: str = "k1", role: str = "listed", ranks: tuple[int | None, ...] = ()) -> Rows:
    numbers = ranks or tuple(range(1, len(names) + 1))
    own = {"task_id": task, "role": role}
    return [
        {**own, "org_id": name, "name_in_source": name, "rank": rank} for name, rank in zip(names, numbers, strict=True)
    ]


def roles(*texts: str, names: tuple[str, ...] = (A, B), rest: Rows = (), **more: Any) -> list[str]:  # type: ignore[assignment]
    """The roles that a rule wants for units, all of which have one that it doesn't know; further texts stand below."""
    clauses = [clause(texts[0], **more), *(clause(text, "c1") for text in texts[1:]), *rest]
    made = plan(clauses=clauses, tasks=[TASK], responsibilities=units(*names, role="?"))
    return [str(each) for each in facts(role_differs, made, "meant")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"(责任单位:{A}、{B})", ["listed", "listed"]),
        (f"(牵头单位:{A};责任单位:{B})", ["lead", "co"]),
        (f"(牵头单位:{A},{B})", ["lead", "lead"]),
        (f"(牵头单位:{A} 配合单位:{B})", ["lead", "co"]),
        (f"(主办部门:{A})由{B}协同", ["lead", "co"]),
        (f"由{A}牵头,{B}", ["lead", "co"]),
        (f"由{A}、{B}牵头", ["lead", "lead"]),
        (f"由{A}和{B}牵头", ["lead", "lead"]),
        (f"由{A}负责牵头,{B}", ["lead", "co"]),
        (f"({A}牵头单位){B}", ["listed", "listed"]),
        (f"{A}(牵头单位)、{B}", ["lead", "co"]),
        (f"{A}牵头领导{B}", ["listed", "listed"]),
        (f"(责任单位:*{A}、{B})", ["lead", "co"]),
        (f"(责任单位:{A}、*{B})", ["co", "lead"]),  # an asterisk behind a mark rules for the whole document
        (f"(责任单位:{A})", ["listed"]),  # of a name that is not printed nothing is said
        (f"（牵头单位：{A}；责任单位：{B}）", ["lead", "co"]),
        (f"(牵头 单位:县 农业局;责任单位:{B})", ["lead", "co"]),
    ],
)
def test_a_sentence_says_who_leads(text: str, expected: list[str]) -> None:
    assert roles(text) == expected


def test_an_asterisk_anywhere_in_the_document_rules() -> None:
    for text, meant in (("甲、*乙", "co"), ("甲\u3000*乙", "co"), ("甲,*乙", "co"), ("甲*乙", "listed")):
        assert roles(f"(责任单位:{A}、{B})", rest=[clause(text)]) == [meant, meant]


def test_where_the_document_says_so_the_first_one_leads_from_there_on() -> None:
    rule = "列第一位的为牵头单位,下同"
    assert roles(f"(责任单位:{A}、{B}){rule}") == ["lead", "co"]
    assert roles(f"{A}、{B}{rule}") == ["lead", "co"]
    assert roles(f"村庄\u3000{A}、{B}{rule}") == ["lead", "co"]
    assert roles(f"(责任单位：{A}、{B}){rule}") == ["lead", "co"]
    assert roles(f"由{A}、{B}负责,{rule}") == ["co", "co"]  # the first of no list
    assert roles(f"(责任单位:{A}、{B})", rest=[clause(rule)]) == ["listed", "listed"]  # behind it
    made = plan(clauses=[clause(rule), clause("一"), clause(f"(责任单位:{A}、{B})")], tasks=[{"clause_id": "c3"}],
                responsibilities=units(A, B, role="co"))  # fmt: skip
    assert facts(role_differs, made, "name") == [A]


def test_the_head_of_a_table_says_which_cell_leads() -> None:
    def cells(head: str, row: str, *between: str) -> list[str]:
        rows = [clause(each.replace("|", "\u3000"), kind="table_row") for each in (head, *between, row)]
        made = plan(clauses=rows, tasks=[{"clause_id": f"c{len(rows)}"}], responsibilities=units(A, B, role="?"))
        return [str(each) for each in facts(role_differs, made, "meant")]

    assert cells("任务|牵头单位|责任单位", f"村庄|{A}|{B}") == ["lead", "co"]
    assert cells("任务|责任单位|牵头单位", f"村庄|{A}|{B}") == ["co", "lead"]
    assert cells("任务|牵头 单位|责任单位", f"美 化村庄|{A}|{B}") == ["lead", "co"]
    assert cells("任务|主办部门|责任单位", f"村庄|{A}、{B}|各镇") == ["lead", "lead"]
    assert cells("任务|牵头单位", f"村庄|{A}|{B}") == ["listed", "listed"]  # of another width
    assert cells("任务|牵头单位|责任单位", f"村庄|{A}|{B}", "任务|责任单位|牵头单位") == ["co", "lead"]  # the nearest
    assert cells("任务|牵头单位|责任单位", f"村庄|{A}|{B}", "桥梁|各镇|各村") == ["lead", "co"]
    assert cells("任务|牵头领导|责任单位", f"村庄|{A}|{B}") == ["listed", "listed"]
    assert cells("任务|责任单位|配合单位", f"村庄|{A}|{B}") == ["lead", "co"]
    assert cells("任务|牵头|配合", f"村庄|{A}|{B}") == ["lead", "co"]
    paragraph = [clause("任务\u3000牵头单位"), clause(f"村庄\u3000{A}", kind="table_row")]
    made = plan(clauses=paragraph, tasks=[{"clause_id": "c2"}], responsibilities=units(A))
    assert said(role_differs, made) == []


def test_below_a_task_no_cell_leads() -> None:
    head, row = (clause(text, kind="table_row") for text in ("任务\u3000牵头单位", f"村庄\u3000{B}"))
    rows = [head, row, clause(f"四个字长 {A}", "c2")]
    made = plan(clauses=rows, tasks=[{"clause_id": "c2"}], responsibilities=units(B, A, role="?"))
    assert facts(role_differs, made, "meant") == ["lead", "co"]


def test_the_clauses_below_a_task_are_its_own_but_for_those_of_others() -> None:
    assert roles("村庄", f"(牵头单位:{A};责任单位:{B})") == ["lead", "co"]
    clauses = [clause("村庄"), clause(f"桥梁(牵头单位:{A})", "c1"), clause(f"(责任单位:{A})", "c1")]
    made = plan(clauses=clauses, tasks=[TASK, {"clause_id": "c2"}], responsibilities=units(A))
    assert said(role_differs, made) == []
    assert passages(made, "k1") == ["村庄", f"(责任单位:{A})"] and passages(made, "k2") == [f"桥梁(牵头单位:{A})"]
    assert passages(made, "k9") == [] == passages(plan(tasks=[TASK]), "k1")


PARTS = f"美化村庄({A}、{B}) 疏浚例河({C})整治({B})"
TASKS: Rows = [{"title": "美化村庄"}, {"title": "疏浚 例河"}, {"title": "整治"}]


def test_a_clause_of_several_tasks_is_cut_behind_their_lists() -> None:
    made = plan(clauses=[clause(PARTS)], tasks=TASKS)
    assert [passages(made, key) for key in ("k1", "k2", "k3")] == [
        [f"美化村庄({A}、{B})"], [f"疏浚例河({C})"], [f"整治({B})"],
    ]  # fmt: skip
    assert starts_of_parts(made, "c1") == {0: "k1", 15: "k2", 25: "k3"}
    assert starts_of_parts(plan(clauses=[clause(PARTS)], tasks=TASKS[:1]), "c1") == {}


def test_a_task_of_which_others_are_parts_is_no_part() -> None:
    tasks = [{"title": "例县"}, *({**each, "parent_id": "k1"} for each in TASKS)]
    made = plan(clauses=[clause(f"例县 任务:{PARTS}")], tasks=tasks)
    assert sorted(starts_of_parts(made, "c1").values()) == ["k2", "k3", "k4"]
    assert passages(made, "k1") == [f"例县任务:{PARTS}".replace(" ", "")]


def test_a_title_that_is_not_there_begins_nowhere() -> None:
    made = plan(clauses=[clause(PARTS)], tasks=[{"title": "没有"}, {"title": "整治"}])
    assert starts_of_parts(made, "c1") == {-1: "k1", 25: "k2"}


@pytest.mark.parametrize(
    ("names", "ranks", "expected"),
    [
        ((A, B), (), []),
        ((B, A), (), [(A, 1)]),
        ((A, B), (1, 3), [(B, 2)]),
        ((A, B), (2, 3), [(A, 1)]),  # one hit a task
        ((B, A), (2, 1), []),  # by their ranks
        ((A, C), (), []),
        ((C, A, B), (), []),  # of a name that is not printed nothing is said
        ((B, C, A), (), [(A, 1)]),
        ((A, B), (None, 1), [(A, 1)]),
    ],
)
def test_units_are_ranked_as_they_are_printed(
    names: tuple[str, ...], ranks: tuple[int | None, ...], expected: list[tuple[str, object]]
) -> None:
    made = plan(clauses=[clause(f"({A}、{B})")], tasks=[TASK], responsibilities=units(*names, ranks=ranks))
    found, meant = (facts(rank_differs, made, name) for name in ("name", "meant"))
    assert list(zip(found, meant, strict=True)) == expected


def test_a_name_printed_twice_may_stand_in_either_place() -> None:
    made = plan(clauses=[clause(f"({A}、{B}、{A})")], tasks=[TASK], responsibilities=units(B, A))
    assert said(rank_differs, made) == []


def test_of_two_names_the_longer_is_read() -> None:
    """县农业局执法队 is no 县农业局, which is named later."""
    made = plan(clauses=[clause(f"({A}执法队、{B}、{A})")], tasks=[TASK], responsibilities=units(f"{A}执法队", B, A))
    assert said(rank_differs, made) == []
    turned = plan(clauses=[clause(f"({A}执法队、{B}、{A})")], tasks=[TASK], responsibilities=units(f"{A}执法队", A, B))
    assert facts(rank_differs, turned, "name") == [B]


def test_units_of_a_task_that_is_not_there_are_another_rule_s() -> None:
    made = plan(
        clauses=[clause(A)], tasks=[TASK], responsibilities=[*units(A, task="k9", role="?"), *units(A, role="?")]
    )
    assert [key for key, _ in said(role_differs, made)] == [f"k1 {A}"]
    assert said(rank_differs, plan(responsibilities=units(A, B))) == []
