"""Named works that a sentence plans, starts, goes on with or completes -> projects; what the document encloses ->
attachments.

Apart, because a work is told by its name and the verb before it, whether a figure stands there or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openplans.drafting.proposing import named_works, naming, table_cells
from openplans.drafting.proposing.quoting import Quoting
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.tasks import Works
from openplans.packages.read import Row
from openplans.text.folding import folded

_PLACES_WITH_AND = re.compile("云和|呼和浩特|太和|泰和|民和|永和|仁和|和田|和平|和静|和硕|和政|和县|和顺|和龙|和林")
"""Places whose names hold a word that parts others; masked by a letter that says nothing."""
_SEVERAL = re.compile("(?:[2-9]|[1-9][0-9]+|[两二三四五六七八九十]+) ?[个座条家处所栋]")
"""Behind a name: so many of them, which is a number to reach and no work."""
_ATTACHED = re.compile(r" ?附 ?[件表录] ?[0-9一二三四五六七八九十]{0,3} ?:? ?(?:[0-9]{1,2}[.、] ?)?")


def propose(reading: Reading, works: Works) -> list[Row]:
    """The named works of the running text, of tasks' rows and of lists of projects."""
    rows: list[Row] = []
    seen: set[str] = set()
    for clause in reading.clauses:
        if clause["kind"] not in ("paragraph", "table_row"):
            continue
        listed = table_cells.works(reading, clause) if clause["kind"] == "table_row" else ""
        if listed and table_cells.is_sum(listed):
            continue
        for found in [_listed(clause, listed)] if listed else _told(reading, clause):
            if found.name not in seen and len(found.name) >= 4 and found.name.count("“") == found.name.count("”"):
                seen.add(found.name)
                rows.append(_row(reading, works, clause, found, len(rows) + 1))
    return rows


@dataclass(frozen=True)
class _Found:
    """A work in a clause: its name as printed, its stage, and where its quote begins and ends."""

    name: str
    stage: str
    start: int
    end: int
    rule: str


def _listed(clause: Row, name: str) -> _Found:
    """The work of a row in a list of projects: planned, unless the row says that it goes on (续建)."""
    start = folded(clause["text"]).index(name)
    printed = clause["text"][start : start + len(name)]
    stage = "continue" if re.search("续建|在建", clause["text"]) else "plan"
    return _Found(printed, stage, start, start + len(name), "row-of-a-list-of-works")


def _told(reading: Reading, clause: Row) -> Iterator[_Found]:
    """The works that a sentence names behind a verb, one or several, or before it (新院区投入使用); and the one that a
    paragraph begins with and tells of.
    """
    text, printed = (
        _PLACES_WITH_AND.sub(lambda each: each.group().replace("和", "禾"), reading.text(clause)),
        clause["text"],
    )
    if work := reading.work(clause):
        stage = named_works.stage_told(text, work)
        yield _Found(printed[work.start : work.end], stage, work.start, work.end, "name-that-opens-a-paragraph")
    reached = 0
    for verb in named_works.VERB.finditer(text):
        if verb.start() < reached:
            continue
        for work in named_works.listed(text, verb.end(), reading.places):
            if _SEVERAL.match(text, work.end):
                continue
            reached = work.end
            name = printed[work.start : work.end] + work.head
            yield _Found(name, str(verb.lastgroup), verb.start(), work.end, "verb-and-name-of-a-work")
    for found in named_works.DONE.finditer(text):
        if not named_works.GENERIC.search(found["name"]):
            stage = next(stage for stage, words in named_works.STAGES.items() if re.fullmatch(words, found["verb"]))
            own = max(found.start("name"), reading.own_number(clause))
            lead = naming.LEAD.match(text[own : found.end("name")])  # 确保…竣工通车
            start = own + (lead.end() if lead else 0)
            yield _Found(printed[start : found.end("name")], stage, start, found.end(), "name-of-a-work-and-verb")


def _row(reading: Reading, works: Works, clause: Row, found: _Found, number: int) -> Row:
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
        quote=quoting.quote(found.start, found.end),
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
