"""A plan's document as received: its clauses, with what was read of them marked.

Comes in: the facts of a plan. Goes out: what its page is given. Apart from plans, because nothing else shows clauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Literal, TypedDict

from openplans.facts import highlights
from openplans.facts.highlights import HighlightedClause
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Note, Plan
from openplans.facts.verdicts import Verdict
from openplans.pages.common import RetiredRow, Verdicts, WarnedRows

HIGHLIGHT_PAGES = {"target": "targets", "baseline": "targets", "project": "projects"}
"""The list that a highlight in the document leads to."""


class TextRow(TypedDict, total=False):
    """A clause; in a table how many columns each of its cells `spans`, and how many are `lost` behind the first one."""

    clause: HighlightedClause
    spans: list[int]
    lost: int


class Block(TypedDict):
    """A run of clauses of one kind: text, or a table of so many `columns`."""

    kind: Literal["text", "table"]
    rows: list[TextRow]
    columns: int


class Text(TypedDict):
    """A plan's document. `notes` and `warned` by clause_id; `pages`: kind of highlight
    -> list it leads to; `verdicts` by the mark of the target."""

    plan: Plan
    outline: list[HighlightedClause]
    blocks: list[Block]
    notes: dict[str, list[Note]]
    pages: dict[str, str]
    verdicts: Verdicts
    retired: list[RetiredRow]
    warned: WarnedRows


def text(facts: PlanFacts, verdicts: Mapping[str, Verdict], retired: list[RetiredRow], warned: WarnedRows) -> Text:
    """What the page of a plan's document is given; `verdicts` on its targets, by id."""
    years = {target.anchor: str(target.year) for target in facts.targets}
    blocks = []
    for is_table, run in groupby(facts.clauses, key=lambda clause: clause.kind == "table_row"):
        clauses = list(run)
        columns = max(len(clause.cells) for clause in clauses) if is_table else 0
        rows = [_table_row(clause, columns, years) if is_table else TextRow(clause=clause) for clause in clauses]
        blocks.append(Block(kind="table" if is_table else "text", rows=rows, columns=columns))
    beside: dict[str, list[Note]] = {clause.clause_id: [] for clause in facts.clauses}
    for note in facts.notes:
        for clause_id in dict.fromkeys(each for each in (note.clause_id, note.other_clause_id) if each):
            beside[clause_id].append(note)
    outline = [clause for clause in facts.clauses if clause.kind in ("title", "heading", "annex")]
    said = {each.target.anchor: each for each in verdicts.values()}
    return Text(
        plan=facts.plan,
        outline=outline,
        blocks=blocks,
        notes=beside,
        pages=HIGHLIGHT_PAGES,
        verdicts=said,
        retired=retired,
        warned=warned,
    )


def _table_row(clause: HighlightedClause, columns: int, years: dict[str, str]) -> TextRow:
    """How the cells of a row stand in a table of `columns`: `spans`, and how many are `lost` behind the first one.

    The received text has no empty and no merged cells. One cell that states the targets of several years was merged
    over their columns; a row of one cell is a heading. What is missing besides is left blank behind the first cell.
    """
    if len(clause.cells) == 1:
        return TextRow(clause=clause, spans=[columns], lost=0)
    spans = [max(1, len({years[each] for each in highlights.ids(cell) if each in years})) for cell in clause.cells]
    return TextRow(clause=clause, spans=spans, lost=max(0, columns - sum(spans)))
