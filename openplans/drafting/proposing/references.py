"""Figures that promise nothing -> references with reasons, so that every number of the document is accounted for.

Comes in: what was passed over, and the other proposals. A figure that one of their quotes accounts for needs no row.
"""

from __future__ import annotations

import re

from openplans.drafting.proposing.quoting import Quoting
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.store import Draft
from openplans.packages.quoted import occurrences
from openplans.packages.read import Row
from openplans.rules import reasons
from openplans.text.quantities import Figure

_BOUND = re.compile("(?:[(（]含[)）])?及?(?:以[上下内]|级)")
"""What makes a figure the bound of a kind of thing; the quote of a threshold holds it."""
_LIKELY = ("date", "threshold", "other", "name")
"""Which of the reasons that words admit comes first."""
_SURE = {"date": 0.99, "threshold": 0.90, "name": 0.97, "other": 0.85, "slogan": 0.90, "ordinal": 0.90}


def propose(reading: Reading, draft: Draft, passed: list[tuple[Row, Figure, str, str]]) -> list[Row]:
    """A row for each figure that promises nothing and is in no quote that accounts for it."""
    dates, all_ = _covered(reading, draft)
    order = {row["clause_id"]: row["order"] for row in reading.clauses}
    spans: list[tuple[Row, int, int, str, str]] = []
    for clause, figure, reason, rule in sorted(passed, key=lambda each: (order[each[0]["clause_id"]], each[1].start)):
        quoted = dates if figure.is_time else all_
        if any(start <= figure.start < end for start, end in quoted.get(clause["clause_id"], ())):
            continue
        last = spans[-1] if spans else None
        if (
            last
            and last[0] is clause
            and reason == last[3] == "date"
            and not clause["text"][last[2] : figure.start].strip()
        ):
            spans[-1] = (clause, last[1], figure.end, reason, last[4])  # 2026年3月18日 is one date
        else:
            tail = _BOUND.match(clause["text"], figure.end) if reason == "threshold" else None
            rank = rule == "a-rank"  # 前 of 前3 says why
            spans.append((clause, figure.start - rank, tail.end() if tail else figure.end, reason, rule))
    return [_admitted(reading, _row(number, *span)) for number, span in enumerate(spans, 1)]


def _admitted(reading: Reading, row: Row) -> Row:
    """The row with a reason that the check admits for its words, where it does not admit its own."""
    meant = reasons.admitted(reading.world, row)
    if meant and row["reason"] not in meant:
        row.update(reason=next((each for each in _LIKELY if each in meant), meant[0]), confidence="0.70")
    return row


def _row(number: int, clause: Row, start: int, end: int, reason: str, rule: str) -> Row:
    quoting = Quoting()
    quoting.begin(clause["text"])
    return Row(
        reference_id=f"draft-r{number:03}",
        clause_id=clause["clause_id"],
        quote=quoting.quote(start, end),
        reason=reason,
        confidence=f"{_SURE.get(reason, 0.8):.2f}",
        rule=rule,
    )


def _covered(
    reading: Reading, draft: Draft
) -> tuple[dict[str, list[tuple[int, int]]], dict[str, list[tuple[int, int]]]]:
    """(where dates, where all figures) are accounted for by the quotes of other proposals."""
    dates: dict[str, list[tuple[int, int]]] = {}
    all_: dict[str, list[tuple[int, int]]] = {}
    for table in ("targets", "baselines", "projects"):
        for row in draft[table]:
            text = reading.by_id[row["clause_id"]]["text"]
            for start in occurrences(text, row["quote"])[:1]:
                span = (start, start + len(row["quote"]))
                dates.setdefault(row["clause_id"], []).append(span)
                if table == "projects":
                    all_.setdefault(row["clause_id"], []).append(span)
    return dates, all_
