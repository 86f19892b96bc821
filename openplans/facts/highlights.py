"""The document with its figures highlighted: clauses -> trees of text and highlights.

Comes in: a plan. Goes out: for each clause its cells (one, or a table row's), each text and Highlights in order.
Highlights nest, so that every one can carry the anchor by which a page shows it (`:target`) without any script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from openplans.facts.places import OTHER_QUOTE, anchor, place
from openplans.facts.records import Place
from openplans.facts.registry import typed
from openplans.packages.read import Package, Row
from openplans.text.quantities import CELL

HIGHLIGHTED = {"targets": "target", "baselines": "baseline", "projects": "project", "notes": "note"}
"""The tables whose quotes are highlighted, and the kind of their highlights."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A highlighted piece of text. `id` is its anchor, "" where it is the rest of a highlight that begins before it."""

    id: str
    kind: str
    parts: tuple[str | Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text belong to the row with this anchor."""

    start: int
    end: int
    id: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightedClause:
    """A clause of the document: `anchor`, its `place`, `level` (depth under the title), `cells` of text and Highlights,
    and its Spans."""

    clause_id: str
    parent_id: str
    kind: str
    number: str
    text: str

    anchor: str
    place: Place
    level: int
    cells: tuple[tuple[str | Highlight, ...], ...]
    spans: tuple[Span, ...]


def document(plan: Package) -> Iterator[HighlightedClause]:
    """The clauses in order."""
    spans = _spans(plan)
    levels: dict[str, int] = {}
    for row in plan["clauses"]:
        levels[row["clause_id"]] = level = levels.get(row["parent_id"], -1) + 1
        own = spans.get(row["clause_id"], [])
        where = place(plan, row["clause_id"])
        joined = {"anchor": anchor(plan, row["clause_id"]), "place": where, "level": level}
        yield typed(HighlightedClause, row, **joined, cells=_cells(row, own), spans=tuple(own))


def nested(text: str, spans: list[Span], offset: int = 0) -> tuple[str | Highlight, ...]:
    """A text as pieces and nested Highlights; a span that outlasts
    the one it begins in is continued behind it, without id."""
    parts: list[str | Highlight] = []
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
        parts.append(Highlight(first.id, first.kind, nested(piece, inside, first.start)))
        position = first.end
        waiting = sorted(
            behind + [each for each in rest if each.start >= first.end],
            key=lambda span: (span.start, -span.end, span.id),
        )
    if position - offset < len(text):
        parts.append(text[position - offset :])
    return tuple(parts)


def ids(parts: Iterable[str | Highlight]) -> list[str]:
    """The anchors of all highlights in these pieces, inner ones too."""
    found = [part for part in parts if isinstance(part, Highlight)]
    return [each for one in found for each in ([one.id] if one.id else []) + ids(one.parts)]


def _cells(row: Row, spans: list[Span]) -> tuple[tuple[str | Highlight, ...], ...]:
    """The cells of a clause. A span over several cells highlights
    the last one only: that is where its figure stands."""
    if row["kind"] != "table_row":
        return (nested(row["text"], _notes_cut(spans)),)
    cells, start = [], 0
    for cell in row["text"].split(CELL):
        end = start + len(cell)
        own = [Span(max(each.start, start), each.end, each.id, each.kind) for each in spans if start < each.end <= end]
        cells.append(nested(cell, _notes_cut(own), start))
        start = end + len(CELL)
    return tuple(cells)


def _notes_cut(spans: list[Span]) -> list[Span]:
    """The spans with notes cut where a figure's highlight begins or ends, so that no note ever splits a figure."""
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

    def highlight(clause_id: str, quote: str, row_id: str, kind: str) -> None:
        start = texts[clause_id].index(quote)
        found[clause_id].append(Span(start, start + len(quote), row_id, kind))

    for table, kind in HIGHLIGHTED.items():
        key = plan.tables[table].columns[0]
        for row in plan[table]:
            highlight(row["clause_id"], row["quote"], anchor(plan, row[key]), kind)
    for row in plan["notes"]:
        if row["other_quote"]:
            highlight(row["other_clause_id"], row["other_quote"], anchor(plan, row["note_id"]) + OTHER_QUOTE, "note")
    return dict(found)
