"""Rows of draft/ that a person changed by hand: `draft` writes the files anew, and would lose them without a word.

Comes in: the proposals in a plan's draft/ and what `draft` said of them when it wrote them. Goes out: the rows that are
no longer what was proposed. Apart from the store, since accepting and the desk take rows as they stand, whoever wrote
them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from openplans.drafting import store
from openplans.drafting.store import Draft
from openplans.packages.read import DRAFT, Row
from openplans.packages.write import csv_text

PROPOSED = f"{DRAFT}/proposed.txt"
_REFERS = ("task_id", "parent_id", "restates")
"""What accepting a row changes in others that refer to it: the id of a proposal becomes one of a table."""


def marks(draft: Draft) -> str:
    """A file with a line for each proposal, by which it is known again as it was."""
    return "".join(sorted({f"{_mark(table, row)}\n" for table, rows in draft.items() for row in rows}))


def changed(folder: Path, draft: Draft) -> list[str]:
    """Where rows stand that `draft` has not written so: draft/targets.csv:12; nothing where it kept no marks."""
    path = folder / PROPOSED
    if not path.exists():
        return []
    known = set(path.read_text(encoding="utf-8").split())
    return [
        f"{DRAFT}/{table}.csv:{row.line}"
        for table, rows in draft.items()
        if table != "regions"  # written by `new`, and kept
        for row in rows
        if _mark(table, row) not in known
    ]


def _mark(table: str, row: Row) -> str:
    """A digest of what a proposal says, whatever it and those it refers to are called."""
    called = next(iter(store.fields(table))) if table in store.TABLES else ""
    columns = tuple(each for each in store.columns(table) if each != called and each not in _REFERS)
    return hashlib.sha256(f"{table}\n{csv_text(columns, [row])}".encode()).hexdigest()[:20]
