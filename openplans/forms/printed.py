"""What the form prints of the document, held against what came back: cells that are locked, and were changed.

Comes in: the file and the facts. Goes out: Flaws. Apart from `take`, because it is about every row, filled in or not:
who lowers a promise in the form believes that it is lowered.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from openplans.facts.model import Facts
from openplans.forms.columns import COLUMNS
from openplans.forms.read import NO_ID, Flaw, Returned, described, place
from openplans.forms.write import Cells, rows

PRINTED = tuple(each for each in COLUMNS if not each.open and each.key != "id")
"""The locked columns, but for the id, which says what row they are of."""

_WORDS = ("item", "quote")
"""What tells a row from another; where both are another row's, the id slipped."""


def changed(returned: Returned, facts: Facts) -> list[Flaw]:
    """Every locked cell that says something else than the form that is written today."""
    found = described(returned)
    named = {cells["id"].rpartition("-")[0] for _, cells in found}
    known = {cells["id"]: cells for plan in facts.plans if plan.plan.id in named for cells in rows(facts, plan, "")}
    return [flaw for number, cells in found for flaw in _changed(number, cells, known)]


def _changed(number: int, cells: Cells, known: dict[str, Cells]) -> Iterator[Flaw]:
    row_id = unicodedata.normalize("NFKC", cells["id"])
    if row_id not in known:
        if any(cells[each.key] for each in PRINTED):
            zh = f"编号“{row_id}”不在任何计划的填报表里：编号不能改，照原来的填报表改回去"
            said = (zh, f"no form has a row “{row_id}”: write its id as the form had it") if row_id else NO_ID
            yield Flaw(number, place("id"), *said)
        return
    printed = known[row_id]
    if all(_differs(cells, printed, key) for key in _WORDS):
        return  # `take` says so of the id, where anything is filled in
    for column in PRINTED:
        if _differs(cells, printed, column.key):
            yield _flaw(number, column.key, column.title, cells[column.key], printed.get(column.key, ""))


def _flaw(number: int, key: str, title: str, found: str, printed: str) -> Flaw:
    """A cell that was changed. Data that was corrected since changes what the form prints, too."""
    zh = (
        f"“{title}”锁着，照文件填好了“{printed}”，这里写的是“{found}”：改回去；"
        "实际数写在“实际值”。表是旧的，就用 build.py form 换一张新的填"
    )
    return Flaw(number, place(key), zh, f"this cell is locked and says “{printed}”, not “{found}”")


def _differs(cells: Cells, printed: Cells, key: str) -> bool:
    """Whether a cell says something else, blanks aside; an empty one says nothing: a row below has but its id."""
    found = "".join(cells[key].split())
    return bool(found) and found != "".join(printed.get(key, "").split())
