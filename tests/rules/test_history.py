"""What a table may not lose: each branch by a row or two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from openplans.packages.read import Package, Project
from openplans.rules import history as rules
from openplans.rules import terms
from tests.rules.made import NAME, TINY_PROJECT, Rows, clause, facts, figures, plan, said, with_figures, world

COUNTED = ("targets", "baselines", "tasks", "projects", "references", "attachments", "notes", "clauses", "updates")
KEYS = {"tasks": "task_id", "clauses": "clause_id"}


def rows(table: str, *numbers: int, **more: Any) -> Rows:
    """Rows of a table with ids of these numbers."""
    letter, key = {"tasks": "k"}.get(table, table[0]), KEYS.get(table, f"{table[:-1]}_id")
    return [{key: f"{NAME}-{letter}{number:03}", **more} for number in numbers]


def test_a_plan_has_clauses_and_once_it_is_begun_targets() -> None:
    assert said(rules.no_rows, plan()) == [("", "")]
    whole: dict[str, Rows] = {"clauses": [clause("一")], "tasks": [{}], "references": [{}]}
    assert facts(rules.no_rows, plan(**whole), "name") == ["targets"]
    assert facts(rules.no_rows, plan(**{**whole, "targets": [{}]}), "name") == []
    assert facts(rules.no_rows, plan(**{**whole, "tasks": []}), "name") == []
    assert facts(rules.no_rows, plan(**{**whole, "references": []}), "name") == []
    assert facts(rules.no_rows, plan(**{**whole, "clauses": [], "targets": [{}]}), "name") == ["clauses"]


@pytest.mark.parametrize("table", COUNTED)
def test_the_ids_of_a_table_count_through(table: str) -> None:
    letter = {"tasks": "k"}.get(table, table[0])
    assert said(rules.id_missing, plan(**{table: rows(table, 1, 2, 3)})) == []
    assert facts(rules.id_missing, plan(**{table: rows(table, 2, 5)}), "id") == [
        f"{NAME}-{letter}{each:03}" for each in (1, 3, 4)
    ]
    made = plan(**{table: rows(table, 2)}, retired=[{"id": f"{NAME}-{letter}001"}])
    assert said(rules.id_missing, made) == []


def test_ids_of_another_form_are_not_counted() -> None:
    assert said(rules.id_missing, plan(targets=[{"target_id": "x"}])) == [] == said(rules.id_missing, plan())


@pytest.mark.parametrize("table", COUNTED)
def test_a_retired_id_is_gone_and_its_successor_is_there(table: str) -> None:
    letter = {"tasks": "k"}.get(table, table[0])
    one, two, three = (f"{NAME}-{letter}{each:03}" for each in (1, 2, 3))

    def still(retired: str, successor: str) -> list[str]:
        made = plan(**{table: rows(table, 1, 2)}, retired=[{"id": retired, "successor": successor}])
        return [column for _, column in said(rules.retired_still_there, made)]

    assert (still(three, ""), still(three, one), still(three, three)) == ([], [], ["successor"])
    assert (still(one, ""), still(two, one), still(one, three)) == (["id"], ["id"], ["id"])


def test_a_retired_row_between_its_neighbours_was_never_gone_and_one_elsewhere_is_new() -> None:
    def told(*numbers: int) -> list[list[tuple[str, str]]]:
        made = plan({"updated": "2025-03-01"}, targets=rows("targets", *numbers))
        made.tables["retired"] = plan(retired=[{"id": f"{NAME}-t002", "date": "2024-01-01"}]).tables["retired"]
        return [said(check, made) for check in (rules.retired_still_there, rules.retired_id_taken)]

    still, taken = [(f"{NAME}-t002", "id")], [(f"{NAME}-t002", "target_id")]
    assert told(1, 2, 3) == told(2, 3) == [still, []]
    assert told(1, 3, 2) == told(1, 2) == told(1, 3, 2, 4) == [[], taken]


def test_what_replaces_a_retired_id_that_is_still_there_is_shown() -> None:
    made = plan(targets=rows("targets", 1), retired=[{"id": f"{NAME}-t001"}, {"id": f"{NAME}-t001", "successor": "x"}])
    assert facts(rules.retired_still_there, made, "successor") == ["-", "x"]


@pytest.mark.parametrize(
    ("count", "total", "wrong"), [(5, 5, False), (6, 6, True), (6, 299, True), (6, 300, False), (7, 300, True)]
)
@pytest.mark.parametrize("table", ["targets", "baselines"])
def test_few_rows_set_a_rule_aside(table: str, count: int, total: int, wrong: bool) -> None:
    made = plan(**{table: [{"accepted": "理由"}] * count + [{}] * (total - count)})
    assert said(rules.accepted_too_many, made) == [(f"{table[0]}{count}", "accepted")] * wrong
    assert facts(rules.accepted_too_many, made, "most") == [max(5, total // 50)] * wrong


def unsaid(*plans: Package, scope: str = "") -> list[str]:
    rows: Rows = [{"term": each, "term_en": "x"} for each in ("例县人民政府", "农庄", "沿海", "例河大桥", "山区")]
    around = with_figures(world(*plans, terms=rows), figures([], [{"scope": scope}]))
    return [hit.facts["term"] for _, hit in terms.term_unsaid(around)]


def test_an_english_name_is_of_something_that_is_said() -> None:
    other = plan({"name": "990101-other-2023"})
    whole = plan(targets=[{"indicator": "农庄", "scope": "沿海"}], projects=[{"name": "例河大桥"}])
    assert unsaid(whole, other) == ["山区"] and unsaid(whole, other, scope="山区") == []
    assert unsaid(plan(), other) == ["农庄", "沿海", "例河大桥", "山区"]
    assert unsaid(whole) == []  # of the other plan nothing is known
    for issuer in (None, "", 5):
        assert unsaid(plan({"issuer": issuer}), other) == []
    broken = with_figures(world(whole, other, terms=[{"term": "山区", "term_en": "x"}]), figures([], []))
    broken.project.observations.broken = {"sources"}
    assert list(terms.term_unsaid(broken)) == []


# --- Against the base branch ----------------------------------------------------------------------


def against(
    base: Package | None, new: Package | None, old_figures: Rows = (), new_figures: Rows = (), released: bool = False
) -> list[tuple[str, Any]]:  # type: ignore[assignment]
    """(rule, what it names) of the way from one plan to another."""

    def project(made: Package | None, rows: Rows) -> Project:
        return replace(TINY_PROJECT, plans=[made] if made else [], observations=figures([], list(rows)))

    found = rules.against(project(base, old_figures), project(new, new_figures), released)
    return [(code, next(iter(hit.facts.values()))) for code, _, hit in found]


@pytest.mark.parametrize("table", COUNTED)
def test_no_row_is_lost_but_a_retired_one(table: str) -> None:
    letter = {"tasks": "k"}.get(table, table[0])
    base, gone = plan(**{table: rows(table, 1, 2)}), f"{NAME}-{letter}002"
    assert against(base, plan(**{table: rows(table, 1, 2, 3)})) == []
    assert against(base, plan(**{table: rows(table, 1)})) == [("row-removed", gone)]
    assert against(base, plan(**{table: rows(table, 1)}, retired=[{"id": gone}])) == []


@pytest.mark.parametrize("table", COUNTED)
def test_an_id_keeps_its_row(table: str) -> None:
    """Its clause; of a clause, its text. Updates have neither."""
    column = "text" if table == "clauses" else "clause_id"
    one, two = ({} if table == "updates" else {column: each} for each in ("c1", "c2"))
    base = plan(**{table: rows(table, 1, **one)})
    assert against(base, plan(**{table: rows(table, 1, **one)})) == []
    assert [code for code, _ in against(base, plan(**{table: rows(table, 1, **two)}))] == ["id-reused"] * (
        table != "updates"
    )


@pytest.mark.parametrize(
    ("table", "row", "what"),
    [
        ("targets", {"indicator": "农" * 21, "quote": "x"}, "农" * 20),
        ("targets", {"indicator": "", "quote": "x"}, "x"),
        ("projects", {"name": "桥", "quote": "x"}, "桥"), ("tasks", {"title": "村"}, "村"),
        ("references", {"quote": "2025年"}, "2025年"),
        ("clauses", {"text": "一"}, "一"), ("updates", {"statement": "开工"}, "开工"), ("notes", {}, f"{NAME}-n001"),
    ],
)  # fmt: skip
def test_a_lost_row_is_told_by_a_few_of_its_words(table: str, row: dict[str, Any], what: str) -> None:
    base = plan(**{table: rows(table, 1, **row)})
    project: Callable[[Package], Project] = lambda made: replace(TINY_PROJECT, plans=[made])  # noqa: E731
    [(_, _, hit)] = rules.against(project(base), project(plan()), False)
    assert hit.facts["what"] == what


def test_no_plan_is_lost_and_what_cannot_be_read_is_not_compared() -> None:
    base = plan(targets=rows("targets", 1))
    assert against(base, None) == [("plan-removed", NAME)] and against(None, base) == []
    broken = plan()
    broken.broken.add("notes")
    assert against(base, broken) == []
    unread = replace(base, tables={})
    assert against(unread, plan()) == []


@pytest.mark.parametrize(
    ("old", "new", "raised"),
    [
        ({}, {}, False), ({}, {"version": "1.0.1"}, True), ({}, {"version": "1.1.0"}, True),
        ({}, {"version": "0.9.9"}, False),
        ({"version": "1.9.0"}, {"version": "1.10.0"}, True), ({}, {"version": "1.0.1", "updated": "2025-02-28"}, False),
        ({}, {"version": "1.0.1", "updated": "2025-03-02"}, True), ({"version": "0.1"}, {"version": "0.1.1"}, True),
    ],
)  # fmt: skip
def test_what_differs_from_a_release_has_a_higher_version(
    old: dict[str, str], new: dict[str, str], raised: bool
) -> None:
    one, two = rows("targets", 1, indicator="农庄"), rows("targets", 1, indicator="农场")
    below = ("0.9.9", "2025-02-28")
    lowered = [("version-lowered", new[each]) for each in ("version", "updated") if new.get(each) in below]
    assert against(plan(old, targets=one), plan(new, targets=two), released=True) == [
        *[("version-not-raised", new.get("version", "1.0.0"))] * (not raised),
        *lowered,
    ]
    assert against(plan(old, targets=one), plan(new, targets=two)) == lowered
    assert against(plan(old, targets=one), plan(new, targets=one), released=True) == lowered
    assert bool(against(plan(old, "一", targets=one), plan(new, "二", targets=one), released=True)) is not raised


def actual(number: int, value: str | None = "5", unit: str = "家", target: str = "") -> dict[str, Any]:
    thing = {"region_code": "990101", "concept_id": "" if target else "farms-total", "target_id": target}
    printed = {"value": None if value is None else Decimal(value), "unit": unit, "period": "2023"}
    return {"observation_id": f"o{number}", **thing, **printed}


def test_no_actual_figure_is_lost() -> None:
    made = plan()
    assert against(made, made, [actual(1), actual(2)], [actual(2), actual(3)]) == [("figure-removed", "o1")]
    of_plan, of_other = actual(1, target=f"{NAME}-t001"), actual(1, target="990101-other-2023-t001")
    assert against(made, made, [of_plan]) == [("figure-removed", "o1")]
    assert against(made, made, [of_other]) == []  # of a plan that was not read


@pytest.mark.parametrize(
    ("old", "new", "leaps"),
    [
        (actual(1, "10"), actual(1, "69"), False), (actual(1, "10"), actual(1, "70"), True),
        (actual(1, "70"), actual(1, "10"), True),
        (actual(1, "69"), actual(1, "10"), False), (actual(1, "10"), actual(1, "-70"), True),
        (actual(1, "10"), actual(1, "100", "名"), False),
        (actual(1, "0"), actual(1, "100"), False), (actual(1, "10"), actual(1, "0"), False),
        (actual(1, None), actual(1, "9"), False),
        (actual(1, "10"), actual(1, None), False),
    ],
)  # fmt: skip
def test_no_actual_figure_leaps(old: dict[str, Any], new: dict[str, Any], leaps: bool) -> None:
    assert against(None, None, [old], [new, actual(2, "1000")]) == [("figure-leaps", "o1")] * leaps


def test_a_clause_that_was_cut_or_joined_is_the_same_clause() -> None:
    def reused(before: str, after: str, table: str = "clauses", column: str = "text") -> bool:
        old, new = (plan(**{table: rows(table, 1, **{column: each})}) for each in (before, after))
        return [
            code for code, _, _ in rules.against(_project(old), _project(new), released=False) if code == "id-reused"
        ] == ["id-reused"]

    assert not reused("一、二", "一、") and not reused("一、", "一、二") and not reused("一 、", "一、")
    assert reused("一、二", "三、") and reused("一、二", "") and reused("", "一、二")
    assert reused("c1", "c12", "targets", "clause_id")


def _project(made: Package) -> Project:
    return replace(TINY_PROJECT, plans=[made])


@pytest.mark.parametrize(
    ("gone", "successor", "wrong"),
    [("t001", "r002", False), ("t001", "b002", False), ("p001", "t002", False), ("t001", "t002", False),
     ("t001", "", False), ("t001", "k002", True), ("k001", "t002", True), ("k001", "k002", False),
     ("n001", "c002", True), ("x", "k002", False)],
)  # fmt: skip
def test_a_successor_is_of_the_same_kind_or_accounts_for_figures_too(gone: str, successor: str, wrong: bool) -> None:
    row = {"id": f"{NAME}-{gone}", "successor": successor and f"{NAME}-{successor}"}
    assert said(rules.successor_differs, plan(retired=[row])) == [(row["id"], "successor")] * wrong


def test_what_is_called_nearly_as_a_term_that_nothing_is_called_any_more_was_changed() -> None:
    term = {"term": "安吉至龙港公路平阳段工程", "term_en": "Section in Pingyang"}

    def told(name: str, *more: dict[str, Any], **own: str) -> tuple[list[str], list[str]]:
        row = {"indicator": name, **own}
        around = world(plan(targets=[row]), plan(), terms=[term, *more])  # as many as there are folders
        return tuple(
            [hit.facts["term"] for _, hit in check(around)] for check in (terms.term_nearly_said, terms.term_unsaid)
        )  # type: ignore[return-value]

    assert told("安吉至龙港公路平阳段工程") == ([], [])
    assert told("平阳段工程") == told("安吉至龙港公路平阳段") == ([term["term"]], [])
    assert told("安吉到龙港公路平阳段工程") == ([term["term"]], [])
    assert told("工程") == told("农庄") == ([], [term["term"]])
    assert told("平阳段工程", concept_id="farms-total") == ([], [term["term"]])  # which has a name of its own
    assert told("平阳段工程", {"term": "平阳段工程", "term_en": "Section"}) == ([], [term["term"]])


@pytest.mark.parametrize(
    ("term", "name", "misspelt"),
    [
        ('"绿秀洲"品牌年销售额', "“绿秀洲”品牌年销售额", True),  # straight quotes, which nothing prints
        ("“绿秀洲”品牌年销售额", '"绿秀洲"品牌年销售额', False),
        ("“绿秀洲”品牌年销", "“绿秀洲”品牌年销售额", True),  # its end is cut off
        ("“绿秀洲”品牌年销售额", "“绿秀洲”品牌年销", False),
        ("“红秀洲”品牌年销售额", "“绿秀洲”品牌年销售额", True),
    ],
)
def test_of_a_term_and_a_name_that_is_nearly_it_the_one_is_wrong_that_is_printed_less(
    term: str, name: str, misspelt: bool
) -> None:
    text = "打造“绿秀洲”品牌，其年销售额"
    made = plan(targets=[{"indicator": name}], clauses=[{"text": text}])
    around = world(made, plan(), terms=[{"term": term, "term_en": "Sales"}])
    assert bool([*terms.term_unsaid(around)]) == misspelt != bool([*terms.term_nearly_said(around)])
