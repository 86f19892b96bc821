"""The document with its figures marked: clauses -> trees of text and marks.

Comes in: a plan. Goes out: for each clause its cells (one, or a table row's), each
a list of text and Marks. Marks nest, so that every one can carry the anchor by
which a page highlights it without any script.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from openplans.facts.joins import OTHER_MARK, Joined, anchor
from openplans.packages.read import Package, Row
from openplans.text.quantities import CELL

MARKED = {"targets": "target", "baselines": "baseline", "projects": "project", "notes": "note"}
"""The tables whose quotes are marked, and the kind of their marks."""


@dataclass
class Mark:
    """A marked piece of text. `id` is its anchor, "" where it is the rest of a mark that begins before it."""

    id: str
    kind: str
    parts: list[str | Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of a text belong to the row with this anchor."""

    start: int
    end: int
    id: str
    kind: str


def document(plan: Package) -> list[Joined]:
    """Each clause with `anchor`, `level` (depth under the title), `cells` (lists of text and Marks) and `marks` (its Spans)."""
    spans = _spans(plan)
    levels: dict[str, int] = {}
    clauses = []
    for row in plan["clauses"]:
        levels[row["clause_id"]] = levels.get(row["parent_id"], -1) + 1
        own = spans.get(row["clause_id"], [])
        clauses.append(
            {
                **row,
                "anchor": anchor(plan, row["clause_id"]),
                "level": levels[row["clause_id"]],
                "cells": _cells(row, own),
                "marks": own,
            }
        )
    return clauses


def nested(text: str, spans: list[Span], offset: int = 0) -> list[str | Mark]:
    """A text as pieces and nested Marks; a span that outlasts the mark it begins in is continued behind it, without id."""
    parts: list[str | Mark] = []
    waiting = sorted(spans, key=lambda span: (span.start, -span.end, span.id))
    position = offset
    while waiting:
        first, *rest = waiting
        inside = [
            Span(each.start, min(each.end, first.end), each.id, each.kind) for each in rest if each.start < first.end
        ]
        behind = [Span(first.end, each.end, "", each.kind) for each in rest if each.start < first.end < each.end]
        if first.start > position:
            parts.append(text[position - offset : first.start - offset])
        piece = text[first.start - offset : first.end - offset]
        parts.append(Mark(first.id, first.kind, nested(piece, inside, first.start)))
        position = first.end
        waiting = sorted(
            behind + [each for each in rest if each.start >= first.end],
            key=lambda span: (span.start, -span.end, span.id),
        )
    if position - offset < len(text):
        parts.append(text[position - offset :])
    return parts


def ids(parts: list[str | Mark]) -> list[str]:
    """The anchors of all marks in these pieces, inner ones too."""
    marks = [part for part in parts if isinstance(part, Mark)]
    return [each for mark in marks for each in ([mark.id] if mark.id else []) + ids(mark.parts)]


def _cells(row: Row, spans: list[Span]) -> list[list[str | Mark]]:
    """The cells of a clause. A span over several cells marks the last one only: that is where its figure stands."""
    if row["kind"] != "table_row":
        return [nested(row["text"], _notes_cut(spans))]
    cells, start = [], 0
    for cell in row["text"].split(CELL):
        end = start + len(cell)
        own = [Span(max(each.start, start), each.end, each.id, each.kind) for each in spans if start < each.end <= end]
        cells.append(nested(cell, _notes_cut(own), start))
        start = end + len(CELL)
    return cells


def _notes_cut(spans: list[Span]) -> list[Span]:
    """The spans with notes cut where a figure's mark begins or ends, so that no note ever splits a figure."""
    figures = [span for span in spans if span.kind != "note"]
    edges = sorted({edge for span in figures for edge in (span.start, span.end)})
    cut = list(figures)
    for span in (span for span in spans if span.kind == "note"):
        crossed = [
            figure
            for figure in figures
            if figure.start < span.start < figure.end or figure.start < span.end < figure.end
        ]
        within = [figure for figure in crossed if not (figure.start <= span.start and span.end <= figure.end)]
        own = [
            edge
            for edge in edges
            if span.start < edge < span.end and any(edge in (each.start, each.end) for each in within)
        ]
        bounds = [span.start, *own, span.end]
        cut.extend(
            Span(start, end, "" if number else span.id, span.kind)
            for number, (start, end) in enumerate(pairwise(bounds))
        )
    return cut


def _spans(plan: Package) -> dict[str, list[Span]]:
    """Per clause, where the quotes of targets, baselines, projects and notes stand."""
    texts = {row["clause_id"]: row["text"] for row in plan["clauses"]}
    found: defaultdict[str, list[Span]] = defaultdict(list)

    def mark(clause_id: str, quote: str, row_id: str, kind: str) -> None:
        start = texts[clause_id].index(quote)
        found[clause_id].append(Span(start, start + len(quote), row_id, kind))

    for table, kind in MARKED.items():
        key = plan.tables[table].columns[0]
        for row in plan[table]:
            mark(row["clause_id"], row["quote"], anchor(plan, row[key]), kind)
    for row in plan["notes"]:
        if row["other_quote"]:
            mark(row["other_clause_id"], row["other_quote"], anchor(plan, row["note_id"]) + OTHER_MARK, "note")
    return dict(found)
