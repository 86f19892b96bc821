"""Where a clause stands in its document: in its body under headings, in an annex, in its title or signature."""

from __future__ import annotations

from pathlib import Path

import pytest

from openplans.facts.places import anchor, place
from openplans.facts.records import Place
from openplans.packages.read import Package, Row, Table

COLUMNS = ("clause_id", "parent_id", "kind", "number", "text")

CLAUSES = """
c01||title||某县行动方案
c02||heading|二|二、主要任务
c03|c02|heading|（三）|（三）做强产业
c04|c03|paragraph|5|5.建设农庄。
c05|c04|paragraph|①|①到2025年建成3个。
c06||signature||某县人民政府
c07||annex|附件2|附件2
c08|c07|heading||任务分工表
c09|c08|table_row|7|农庄│3个│县农业局
c10|c08|paragraph|8|注：数以年底为准。
"""


@pytest.fixture(scope="module")
def plan() -> Package:
    rows = [Row(zip(COLUMNS, line.split("|"), strict=True)) for line in CLAUSES.strip().splitlines()]
    tables = {"clauses": Table("clauses", "clauses.csv", COLUMNS, rows)}
    return Package("plan", Path("990101-tiny-2023"), "", {"plan_id": "990101-tiny-2023"}, tables)


def test_a_clause_stands_under_its_headings_the_outermost_first(plan: Package) -> None:
    headings = ("二、主要任务", "（三）做强产业")
    assert place(plan, "c04") == Place(part="body", annex="", headings=headings, number="5", row=False)
    assert place(plan, "c05") == Place(part="body", annex="", headings=headings, number="①", row=False)


def test_a_heading_stands_under_itself_and_has_no_number_of_its_own(plan: Package) -> None:
    assert place(plan, "c02") == Place(part="body", annex="", headings=("二、主要任务",), number="", row=False)


def test_below_an_annex_its_number_is_enough(plan: Package) -> None:
    assert place(plan, "c09") == Place(part="annex", annex="附件2", headings=(), number="7", row=True)
    assert place(plan, "c10") == Place(part="annex", annex="附件2", headings=(), number="8", row=False)
    assert place(plan, "c07") == Place(part="annex", annex="附件2", headings=(), number="", row=False)


def test_title_and_signature_are_parts_of_their_own(plan: Package) -> None:
    assert place(plan, "c01") == Place(part="title", annex="", headings=(), number="", row=False)
    assert place(plan, "c06") == Place(part="signature", annex="", headings=(), number="", row=False)


def test_an_anchor_is_what_an_id_has_behind_that_of_its_plan(plan: Package) -> None:
    assert anchor(plan, "990101-tiny-2023-t001") == "t001"
