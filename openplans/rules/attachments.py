"""Are attachments what the document encloses?

Comes in: a plan. Goes out: rows that no annex names, and annexes that no row has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.document import stands_whole
from openplans.rules.hits import Hit, at
from openplans.rules.languages import HAN
from openplans.rules.quotes import squeezed
from openplans.schema.vocabulary import codes


def attachment_differs(world: World, plan: Package) -> Iterator[Hit]:
    """An attachment's title stands in its annex clause, and it is present if clauses follow; every annex has one."""
    clauses = plan.by_id("clauses")
    filled = {row["parent_id"] for row in plan["clauses"]}
    table = plan.tables["attachments"]
    for row in table.rows:
        clause = clauses.get(row["clause_id"])
        if clause is None:
            continue
        kind = clause["kind"] if clause["kind"] in codes("clauses", "kind") else "annex"  # the schema says so of others
        text = _with_its_title(plan, clause)
        cut = _goes_on(row["title"], text)
        if kind != "annex" or cut or not stands_whole(row["title"], text):
            yield at(table, row, "title", title=row["title"], clause=row["clause_id"])
        annexes = [each for each in plan["clauses"] if each["kind"] == "annex"]
        beside = [each["clause_id"] for each in annexes if len(squeezed(each["text"])) < 5] + [row["clause_id"]]
        present = any(each in filled for each in beside)
        several = sum(1 for each in table.rows if each["clause_id"] == row["clause_id"]) > 1
        if not several and (row["status"] == "present") != present:
            yield at(table, row, "status", title=row["title"], clause=row["clause_id"])
    listed = {row["clause_id"] for row in table.rows}
    known = [row for row in table.rows if row["clause_id"] in clauses]
    astray = [row for row in known if clauses[row["clause_id"]]["kind"] != "annex"]
    for clause in _titled_annexes(plan):
        own = _with_its_title(plan, clause)
        if clause["clause_id"] not in listed and not any(stands_whole(row["title"], own) for row in astray):
            yield at(plan.tables["clauses"], clause, "text", title=clause["text"][:30], clause=clause["clause_id"])


def _goes_on(title: str, text: str) -> bool:
    """Whether a text has nothing before a title but its number, and goes on behind it with a letter."""
    before, own, behind = squeezed(text).partition(squeezed(title) or "\n")
    return bool(own and HAN.match(behind)) and bool(re.fullmatch(r"附件\d*[::.]?(?:\d+[.、])?", before))


def _with_its_title(plan: Package, annex: Row) -> str:
    """The text of an annex clause; of a bare 附件1 with the line below it, where the document prints the title."""
    below = (row["text"] for row in plan["clauses"] if row["parent_id"] == annex["clause_id"])
    bare = len(squeezed(annex["text"])) < 5
    return str(next(below, annex["text"]) if bare else annex["text"])


def _titled_annexes(plan: Package) -> Iterator[Row]:
    """The annex clauses that name what is enclosed."""
    for row in plan["clauses"]:
        if row["kind"] == "annex" and re.sub(r"^附件\d*[::]?", "", squeezed(row["text"])):
            yield row
