"""The figures of a plan -> targets, baselines, and what promises nothing, each with the rule that says so.

Apart from how each kind of clause is read: `sentences` and `table_rows`.
"""

from __future__ import annotations

from openplans.drafting.proposing import table_cells
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.rows import Rows
from openplans.drafting.proposing.sentences import Sentences
from openplans.drafting.proposing.table_rows import TableRows
from openplans.drafting.proposing.tasks import Works


def propose(reading: Reading, works: Works) -> Rows:
    """The rows of every clause in order."""
    rows = Rows(reading, works)
    sentences = Sentences(rows)
    table_rows = TableRows(rows, sentences)
    for clause in reading.clauses:
        if clause["kind"] in ("title", "signature", "annex"):
            rows.pass_all(clause, "title-or-signature")
        elif clause["kind"] == "table_row" and (stated := table_cells.stated(reading, clause)) is not None:
            table_rows.read(clause, stated)
        else:
            sentences.read(clause)
    for row in (*rows.targets, *rows.baselines):
        row["indicator"] = rows.as_printed(row)
    return rows
