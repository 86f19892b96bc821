"""Findings: what readers noted and what the rows show, with both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from openplans.facts import findings
from openplans.facts.model import Facts
from openplans.facts.records import Place
from openplans.paths import Paths
from openplans.schema import contract
from tests.conftest import facts_of

PLAN = "990101-tiny-2023"
NOTE = f"{PLAN}-n001,conflict,{PLAN}-c005,和美乡村覆盖率达到90%以上,{PLAN}-c010,50　80"


def test_the_weightiest_findings_come_first(tiny_facts: Facts) -> None:
    assert [(row.id, row.kind, row.computed) for row in tiny_facts.findings] == [
        (f"{PLAN}-n001", "conflict", False),
        (f"{PLAN}-n002", "numbering", False),
    ]


def test_every_kind_of_note_has_its_weight() -> None:
    kinds = contract.fields(contract.tables("plan")["notes"])["kind"]["constraints"]["enum"]
    assert sorted(findings.NOTE_KINDS) == sorted(kinds)


def test_both_sides_of_a_conflict_have_their_place_their_quote_and_their_figures(tiny_facts: Facts) -> None:
    body, annex = tiny_facts.findings[0].sides
    assert (body.anchor, body.quote) == ("n001", "和美乡村覆盖率达到90%以上")
    assert body.place == Place(part="body", annex="", headings=("二、主要任务",), number="1", row=False)
    assert [str(row.value) for row in body.figures] == ["90"]
    assert (annex.anchor, annex.quote) == ("n001-other", "50　80")
    assert annex.place == Place(part="annex", annex="", headings=(), number="3", row=True)
    assert [str(row.value) for row in annex.figures] == ["50", "80"]


def test_a_finding_that_is_no_conflict_has_one_side_and_no_figures(tiny_facts: Facts) -> None:
    [side] = tiny_facts.findings[1].sides
    assert (side.quote, side.figures) == ("3　和美乡村", ())


@pytest.mark.parametrize(
    ("quote", "anchors"),
    [
        ("50　80", ["t012", "t013"]),
        ("50　", ["t012"]),  # ends where 80 begins
        ("　80", ["t013"]),  # begins where 50 ends
        ("5", ["t012"]),
    ],
)
def test_a_side_has_the_figures_that_its_quote_touches(
    tiny: Path, edit: Callable[[str, str, str], None], quote: str, anchors: list[str]
) -> None:
    edit(f"plans/{PLAN}/notes.csv", ",50　80,", f",{quote},")
    side = facts_of(tiny).findings[0].sides[1]
    assert [row.anchor for row in side.figures] == anchors


def test_a_conflict_of_which_one_side_has_no_figure_has_none(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"plans/{PLAN}/notes.csv", ",50　80,", ",(%)　,")
    assert [side.figures for side in facts_of(tiny).findings[0].sides] == [(), ()]


@pytest.mark.parametrize(
    ("quote", "anchors"),
    [
        ("1.6以内,", ["t001"]),  # ends where the sentence of t002, which has no figure, begins
        ("1.6以内,居", ["t001", "t002"]),
        ("同步", ["t002"]),
        ("。2022年", []),  # begins where the sentence of t002 ends
    ],
)
def test_a_target_without_a_figure_is_touched_where_its_sentence_is(
    tiny: Path, edit: Callable[[str, str, str], None], quote: str, anchors: list[str]
) -> None:
    edit(f"plans/{PLAN}/notes.csv", "c010,50　80,", f'c003,"{quote}",')
    side = facts_of(tiny).findings[0].sides[1]
    assert [row.anchor for row in side.figures] == anchors


def test_a_contradiction_without_a_note_is_found_by_program(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    path = f"plans/{PLAN}/notes.csv"
    edit(path, f'{NOTE},"正文2025年为90%以上,附件为80%。","The body says 90% or more by 2025, the annex 80%."\n', "")
    first, *_ = facts_of(tiny).findings
    assert (first.id, first.kind, first.computed) == (f"{PLAN}-t004-t013", "conflict", True)
    assert [side.quote for side in first.sides] == ["和美乡村覆盖率达到90%以上", "和美乡村覆盖率(%)　50　80"]


def test_a_conflict_marks_the_rows_of_its_promise_and_not_the_other_years_of_the_table(tiny_facts: Facts) -> None:
    marked = {target_id: [each.id for each in found] for target_id, found in tiny_facts.conflicts.items()}
    assert marked == {f"{PLAN}-t004": [f"{PLAN}-n001"], f"{PLAN}-t013": [f"{PLAN}-n001"]}


def test_a_conflict_of_no_one_promise_marks_all_its_figures(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"plans/{PLAN}/targets.csv", f"-k003,{PLAN}-t004,", "-k003,,")
    assert sorted(facts_of(tiny).conflicts) == [f"{PLAN}-t004", f"{PLAN}-t012", f"{PLAN}-t013"]


def test_one_amount_in_two_units_is_no_contradiction(tiny_facts: Facts) -> None:
    targets = tiny_facts.plans[1].targets
    [income] = tiny_facts.by_concept["village-income"]
    again = replace(
        income,
        target_id=f"{PLAN}-t099",
        clause_id=f"{PLAN}-c005",
        restates=income.target_id,
        value=Decimal(5),
        unit="亿元",
    )
    assert (income.value, income.unit) == (50000, "万元")
    pairs = findings.contradictions([*targets, again], tiny_facts.registry)
    assert [row.anchor for pair in pairs for row in pair] == ["t004", "t013"]


def test_the_page_shows_both_quotes_and_leads_to_both_sentences(built: Paths) -> None:
    page = (built.output / "findings/index.html").read_text(encoding="utf-8")
    for mark in ("n001", "n001-other"):
        assert f'href="../plans/{PLAN}/text/index.html#{mark}"' in page
        assert f'<mark id="{mark}"' in (built.output / f"plans/{PLAN}/text/index.html").read_text(encoding="utf-8")
    assert f'id="{PLAN}-n001"' in page and "附件 › 第3行" in page and "正文 › 二、主要任务 › 1" in page


def test_the_english_page_has_english_comments_and_chinese_quotes(built: Paths) -> None:
    page = (built.output / "en/findings/index.html").read_text(encoding="utf-8")
    assert "The body says 90% or more by 2025, the annex 80%." in page and "和美乡村覆盖率达到90%以上" in page
