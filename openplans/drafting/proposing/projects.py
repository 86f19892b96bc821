"""Named works that a sentence plans, starts, goes on with or completes -> projects; what the document encloses ->
attachments.

Apart, because a work is told by its name and the verb before it, whether a figure stands there or not.
"""

from __future__ import annotations

import re

from openplans.drafting.proposing import table_cells, told_works
from openplans.drafting.proposing.quoting import Quoting
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.tasks import Works
from openplans.drafting.proposing.told_works import Found
from openplans.packages.read import Row
from openplans.text.folding import CELL, folded

_IS_DONE = re.compile(
    "[0-9年月日底末前]*(?:全面|全部)?(?:建成|竣工|完工)(?:投[用产运]|并?投入(?:使用|运营|运行)|通车)?"
)
"""A cell that says no more than that a work is completed."""
_ATTACHED = re.compile(r" ?附 ?[件表录] ?[0-9一二三四五六七八九十]{0,3} ?:? ?(?:[0-9]{1,2}[.、] ?)?")


def propose(reading: Reading, works: Works) -> list[Row]:
    """The named works of the running text, of tasks' rows and of lists of projects."""
    rows: list[Row] = []
    seen: set[str] = set()
    for clause in reading.clauses:
        if clause["kind"] not in ("paragraph", "table_row"):
            continue
        listed = table_cells.works(reading, clause) if clause["kind"] == "table_row" else ""
        if listed and (table_cells.is_sum(listed) or table_cells.is_group(reading, clause)):
            continue
        for found in [_listed(clause, listed)] if listed else told_works.told(reading, clause):
            if found.name not in seen and len(found.name) >= 4 and found.name.count("“") == found.name.count("”"):
                seen.add(found.name)
                rows.append(_row(reading, works, clause, found, len(rows) + 1))
    return rows


def _listed(clause: Row, name: str) -> Found:
    """The work of a row in a list of projects: planned, unless the row says that it goes on (续建) or is completed
    (9月底建成投用).
    """
    start = folded(clause["text"]).index(name)
    printed = clause["text"][start : start + len(name)]
    goes_on = re.search("续建(?!配套)|在建", clause["text"])
    done = any(map(_IS_DONE.fullmatch, folded(clause["text"]).split(CELL)))
    stage = "continue" if goes_on else "complete" if done else "plan"
    return Found(printed, stage, start, start, start + len(name), "row-of-a-list-of-works")


def _row(reading: Reading, works: Works, clause: Row, found: Found, number: int) -> Row:
    quoting = Quoting()
    quoting.begin(clause["text"])
    dated, due = reading.dated(clause, found.start), reading.deadline(clause)
    told = found.stage in ("start", "complete") and dated.printed and not dated.note
    return Row(
        project_id=f"draft-p{number:03}",
        clause_id=clause["clause_id"],
        task_id=works.task_at(reading, clause, found.start),
        name=found.name,
        stage=found.stage,
        period_end="-".join(filter(None, (dated.year, dated.months[1]))) if told else due.end if due else "",
        quote=quoting.quote(found.start, found.done or found.end),
        confidence="0.90" if "list" in found.rule else "0.75",
        rule=found.rule,
    )


def attachments(reading: Reading) -> list[Row]:
    """What the document says it encloses: present where anything stands under the annex."""
    rows: list[Row] = []
    annexes = [each for each in reading.clauses if each["kind"] == "annex"]
    titles = {each["clause_id"]: _enclosed(reading, each) for each in annexes}
    filled = {each["clause_id"] for each in annexes if reading.children.get(each["clause_id"])}
    bare = any(not _titled(reading, each) and each["clause_id"] in filled for each in annexes)
    for clause in annexes:
        below = bare or clause["clause_id"] in filled  # a bare 附件 holds what the list of titles names
        title = titles[clause["clause_id"]]
        if title and all(title != row["title"] for row in rows):
            rows.append(
                Row(
                    attachment_id=f"draft-a{len(rows) + 1:03}",
                    clause_id=clause["clause_id"],
                    title=title,
                    status="present" if below else "missing",
                    confidence="0.90",
                    rule="annex",
                )
            )
    return rows


def _titled(reading: Reading, annex: Row) -> str:
    """What stands behind the mark of an annex (附件1:…); "" behind a bare one."""
    mark = _ATTACHED.match(reading.text(annex))
    return str(annex["text"][mark.end() if mark else 0 :]).strip()


def _enclosed(reading: Reading, annex: Row) -> str:
    """The title of an annex: behind its mark, or the line below a bare one."""
    title = _titled(reading, annex)
    below = reading.children.get(annex["clause_id"], [])[:1]
    return title or next(
        (each["text"].strip() for each in below if each["kind"] in ("title", "heading") and not each["number"]), ""
    )
