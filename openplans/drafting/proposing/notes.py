"""Which clauses are notes: they explain a word or a table, and ask for nothing.

Comes in: clauses in their order. Goes out: the ids of the notes. Not the table `notes`, which holds what a reader
found odd.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from openplans.packages.read import Row
from openplans.text.folding import folded
from openplans.text.numbering import NOTE

_UNDER_A_TABLE = re.compile("(?:填表|编制|有关|几点)?(?:备?注|说明)(?:事项)? ?:?")
"""What notes under a table begin with, that are numbered: 说明:1.本表…"""

_NUMBERED = re.compile("[备附]?注 ?:")
"""What stands alone before notes that are numbered: 注:1.本表…"""


def notes(clauses: Iterable[Row]) -> set[str]:
    """The clauses that begin as notes do, and the numbered ones behind 注: or, under a table, 说明:."""
    found: set[str] = set()
    under = listed = False
    for clause in clauses:
        text = folded(clause["text"]).strip()
        row = clause["kind"] == "table_row"
        item = clause["kind"] == "paragraph" and bool(clause["number"])
        begins = under and not row and bool(_UNDER_A_TABLE.match(text))
        listed = (listed and item) or begins or bool(_NUMBERED.fullmatch(text))
        if listed or NOTE.match(text):
            found.add(clause["clause_id"])
        under = row
    return found
