"""Do head, clauses, tasks and attachments of a plan say what its document prints?

Comes in: a plan with its clauses. Goes out: the places where title, issuer, dates, the tree of clauses, tasks or
attachments are not those of the text. Apart from `quotes`, which proves quotes: here no row quotes, and the
document knows the answer all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.quotes import squeezed
from openplans.text.folding import CELL, folded
from openplans.text.numbering import behind_number, item_mark, number_at
from openplans.text.period import FIVE_YEARS, year_of
from openplans.text.responsible import is_answer

_ROW, _ANNEX = re.compile(rf"{CELL}*(\d+){CELL}"), re.compile(r"(附件\d+)")
"""The numbers that are those of no heading: of the rows of a table (behind a cell merged over several, which is empty
there), and of what is enclosed."""

_DOC_NUMBER = re.compile(r"(?:(?:发文字|文)号:?)?([\u4e00-\u9fff]+〔\d{4}〕\d+号)")
_SPAN = re.compile(r"(\d{4})[—–-]+(\d{4})年")
_YEAR = re.compile(r"(\d{4})年")
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]|[“”\"《》]")
_RUN_IN = re.compile(r"(行动|工程|体系|改革|化)$")
"""How a run-in heading ends where the web page lost the full stop behind it."""
_SENTENCE = re.compile(r"[。;:]")
_ISSUED = re.compile(r"印发$")
_ANNEXED = re.compile("附[表录][0-9一二三四五六七八九十]{0,3}")
_NOTICE = re.compile(r"印发(?:《.*》|[^。;]{4,80})的通知(\(.*\))?$")
_HEADS = re.compile(
    rf"(?:第[一二三四五六七八九十百]{{1,4}}(?:[章节篇编]|部分?)|(?:专栏|附[件表录]) ?[0-9一二三四五六七八九十]{{0,3}})"
    rf"[ {CELL}:]*[^{CELL}]*$"
)
"""A heading whose number an ideographic blank parts from its words: 第一章　发展基础 has no cells."""
_TABLE = re.compile(
    rf"(?:序 ?号|编号|类别|指标|项目|任务|事项|名称|地区|乡镇|村名|单位|责任|牵头|主办|内容|领域)[^{CELL}]{{0,8}}{CELL}"
)
"""How the head of a table begins: what stands before it is no line of the table above."""
_DATE_LINE = re.compile(r"^[^。,:;【】]*\d{4}(年\d{1,2}月(\d{1,2}日)?|\d{2,4})(印发)?$")


# --- The head -------------------------------------------------------------------------------------


def title_not_in_source(world: World, plan: Package) -> Iterator[Hit]:
    """`title_zh` is one of the titles that the document prints, `title` the same or the same without its bracket."""
    printed = [squeezed(row["text"]) for row in plan["clauses"] if row["kind"] == "title"]
    title = squeezed(plan.descriptor["title_zh"])
    if printed and folded(title) not in map(folded, printed):
        yield at(None, column="title_zh", value=plan.descriptor["title_zh"], printed="、".join(printed))
    short = squeezed(plan.descriptor["title"])
    rest = title.removeprefix(short)
    if (
        short != title
        and folded(title) in map(folded, printed or [title])
        and not (title.startswith(short) and rest.startswith("("))
    ):
        yield at(None, column="title", value=plan.descriptor["title"], printed=plan.descriptor["title_zh"])


def issuer_not_in_source(world: World, plan: Package) -> Iterator[Hit]:
    """`issuer` is who signs: the names of one signature, in their order."""
    signed = _signatures(plan)
    if any(name for name, _ in signed) and squeezed(plan.descriptor["issuer"]) not in {name for name, _ in signed}:
        facts = {"value": plan.descriptor["issuer"], "printed": "、".join(name for name, _ in signed)}
        yield at(None, column="issuer", **facts)


def issued_not_in_source(world: World, plan: Package) -> Iterator[Hit]:
    """`issued` is the date below the signature; where no day is printed, the first of the month."""
    dates = {date for _, date in _signatures(plan) if date}
    if dates and not dates & _spellings(plan.descriptor["issued"]):
        yield at(None, column="issued", value=plan.descriptor["issued"], printed="、".join(sorted(dates)))


def published_not_in_source(world: World, plan: Package) -> Iterator[Hit]:
    """`published` is a date that the web page prints."""
    page = folded(" ".join(map(squeezed, plan.descriptor["boilerplate"])))
    value = plan.descriptor.get("published")
    if value and not any(each in page for each in (value, *_spellings(value))):
        yield at(None, column="published", value=value, printed=page[:60])


def doc_number_differs(world: World, plan: Package) -> Iterator[Hit]:
    """`doc_number` is the number that the document's own title, a line of its own or the web page prints, and is there
    if they print one.
    """
    own = [squeezed(row["text"]) for row in plan["clauses"] if row["kind"] == "title"]
    own += map(squeezed, plan.descriptor["boilerplate"])
    own += [text for text in (squeezed(row["text"]) for row in plan["clauses"]) if _DOC_NUMBER.fullmatch(text)]
    printed = [number for text in own for number in _DOC_NUMBER.findall(text)]
    value = plan.descriptor.get("doc_number", "")
    if (value or printed) and value not in printed:
        yield at(None, column="doc_number", value=value, printed="、".join(printed) or "-")


def effective_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The plan's period is the years of its title; without any, from its issue to the last year that it dates a
    goal.
    """
    start, end = (plan.descriptor[each] for each in ("effective_start", "effective_end"))
    title = folded(squeezed(plan.descriptor["title_zh"]))
    if span := _SPAN.search(title) or _YEAR.search(title):
        wanted = f"{span.group(1)}-01-01", f"{span.groups()[-1]}-12-31"
    elif five := next((years for words, years in FIVE_YEARS.items() if words in title), None):
        wanted = f"{five[0]}-01-01", f"{five[1]}-12-31"
    else:
        years = [year for row in plan["clauses"] for year in _YEAR.findall(folded(squeezed(row["text"])))]
        wanted = plan.descriptor["issued"], f"{max(years, default=year_of(end))}-12-31"
    for column, value, meant in zip(("effective_start", "effective_end"), (start, end), wanted, strict=True):
        if value != meant:
            yield at(None, column=column, value=value, printed=meant)


def _signatures(plan: Package) -> list[tuple[str, str]]:
    """(names together, date) of each signature: clauses of the kind that follow each other."""
    found: list[tuple[str, str]] = []
    open_ = False
    for row in plan["clauses"]:
        if row["kind"] != "signature":
            open_ = False
            continue
        text = _ISSUED.sub("", folded(squeezed(row["text"])).strip("()"))
        date = re.search(r"\d.*$", text)
        name, day = text[: date.start()] if date else text, date.group() if date else ""
        if open_ and not found[-1][1]:
            found[-1] = found[-1][0] + name, day
        else:
            found.append((name, day))
        open_ = True
    return found


def _spellings(date: str) -> set[str]:
    """A date as documents print it; the run of digits is what is left where a web page lost 年, 月 and 日."""
    year, month, day = (int(each) for each in date.split("-"))
    month_only = {f"{year}年{month}月"} if day == 1 else set()
    return {f"{year}年{month}月{day}日", f"{year}年{month:02}月{day:02}日", f"{year}{month}{day}", *month_only}


# --- The clauses ----------------------------------------------------------------------------------


def printed_number(clause: Row) -> tuple[str, str]:
    """(kind of number, the number as printed) that a clause's text begins with; ("", "") where it begins with none."""
    text = "".join(each for each in clause["text"] if each == CELL or not each.isspace())
    plain = folded(text)
    if number := number_at(plain) or number_at(folded(clause["text"]).lstrip()):  # 第1条 修路: its mark is a blank
        return f"level {number.level}", text.lstrip()[: len(number.printed)]  # the first cell of a row may be empty
    for style, pattern in (("row", _ROW), ("annex", _ANNEX)):
        if found := pattern.match(plain):
            return style, text[found.start(1) : found.end(1)]
    return "", ""


def number_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A clause has the number that its text begins with; a task that of its clause, or none where it is a part of
    one.
    """
    for row in plan["clauses"]:
        _, printed = printed_number(row)
        if row["number"] != printed:
            yield at(plan.tables["clauses"], row, "number", value=row["number"], printed=printed)
    clauses, tasks = plan.by_id("clauses"), plan.by_id("tasks")
    for row in plan["tasks"]:
        clause, parent = clauses.get(row["clause_id"]), tasks.get(row["parent_id"])
        if clause:
            part = parent is not None and parent["clause_id"] == row["clause_id"]
            printed = "" if part else printed_number(clause)[1]
            if row["number"] != printed:
                yield at(plan.tables["tasks"], row, "number", value=row["number"], printed=printed)


def clause_kind_differs(world: World, plan: Package) -> Iterator[Hit]:
    """What a clause is can be seen: a table row has cells, a heading has clauses below it and no sentence ends inside
    it, and so on.
    """
    above = {row["parent_id"] for row in plan["clauses"]}
    inside = _inside_tables(plan["clauses"])
    title = squeezed(plan.descriptor["title_zh"])
    unknown = all(squeezed(row["text"]) != title for row in plan["clauses"])
    for row in plan["clauses"]:
        if unknown and row["kind"] == "title":  # which title it is, another rule asks
            continue
        meant = "table_row" if row["clause_id"] in inside else _kind(plan, row, row["clause_id"] in above)
        if row["kind"] != meant:
            yield at(plan.tables["clauses"], row, "kind", value=row["kind"], meant=meant)


_HEADING = 60
"""The letters of the longest heading that ends with a full stop."""


def _kind(plan: Package, row: Row, has_below: bool) -> str:
    """The kind of a clause outside a table by its text and its place."""
    text = squeezed(row["text"])
    if text == squeezed(plan.descriptor["title_zh"]) or _NOTICE.search(text):
        return "title"
    if (text.startswith("附件") and text != "附件:") or _ANNEXED.fullmatch(text):
        return "annex"
    line = folded(text)
    line = line[1:-1].replace(",", "") if line.startswith("(") else line  # (某办,2026年1月2日)
    if text in squeezed(plan.descriptor["issuer"]) or _DATE_LINE.search(line.strip("()")):
        return "signature"
    if has_below and row["kind"] == "heading" and len(text) <= _HEADING and "。" not in text[:-1]:  # （一）发展现状。
        return "heading"
    return "heading" if has_below and "。" not in text and not text.endswith(":") else "paragraph"


def _inside_tables(clauses: list[Row]) -> set[str]:
    """The rows with cells, and the lines between two of them that are no sentence: the headings of groups of rows."""
    cells = {row["clause_id"] for row in clauses if CELL in row["text"] and not _HEADS.match(folded(row["text"]))}
    found = set(cells)
    waiting: list[str] | None = None
    for row in clauses:
        if _HEADS.match(folded(row["text"])):
            waiting = None
        elif row["clause_id"] in cells:
            found |= set(() if _TABLE.match(folded(row["text"])) else waiting or ())
            waiting = []
        elif waiting is not None:
            waiting = [*waiting, row["clause_id"]] if not _SENTENCE.search(row["text"]) else None
    return found


def clause_parent_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A clause stands under the heading before it, beside the clause that is numbered alike; never under what is
    closed.
    """
    clauses = plan.by_id("clauses")
    before: Row | None = None
    for row in plan["clauses"]:
        if before is not None:
            open_ = list(_upwards(before["clause_id"], clauses))
            meant = _parents(row, before, open_, clauses)
            if row["parent_id"] not in meant:
                facts = {"parent": row["parent_id"] or "-", "meant": "/".join(each or "-" for each in meant)}
                yield at(plan.tables["clauses"], row, "parent_id", **facts)
        before = row


def _parents(row: Row, before: Row, open_: list[str], clauses: dict[str, Row]) -> list[str]:
    """Where a clause may hang: beside an open one that is numbered alike, below a heading just before it, or
    anywhere open.
    """
    if row["kind"] == "title":
        return [""]
    style = _style(row)
    for clause_id in open_ if style else ():
        if _style(clauses[clause_id]) == style:
            return [clauses[clause_id]["parent_id"]]
    if before["kind"] in ("heading", "title") and row["kind"] not in ("signature", "annex"):
        return [before["clause_id"]]
    if not style and row["kind"] == before["kind"] == "paragraph" and not before["number"]:
        under = item_mark(before["text"]) or is_answer(folded(row["text"]).strip())
        over = clauses.get(before["parent_id"])
        ended = over and over["kind"] in ("heading", "paragraph") and not printed_number(over)[0]
        block = [over["parent_id"]] if over and ended else []  # one without a number, which may be over
        return [before["parent_id"], *([before["clause_id"]] if under else []), *block]
    return [*open_, "", *(each for each, clause in clauses.items() if clause["kind"] == "title" and not style)]


def _style(row: Row) -> str:
    """What kind of number, or of mark in its place, a clause begins with."""
    return printed_number(row)[0] or item_mark(row["text"])


def _upwards(clause_id: str, clauses: dict[str, Row]) -> Iterator[str]:
    """A clause and those above it, nearest first."""
    seen: set[str] = set()
    while clause_id in clauses and clause_id not in seen:
        seen.add(clause_id)
        yield clause_id
        clause_id = clauses[clause_id]["parent_id"]


# --- The tasks ------------------------------------------------------------------------------------


def task_title_not_in_clause(world: World, plan: Package) -> Iterator[Hit]:
    """A task's title stands in its clause, whole, without its number: what is around it is no part of a word."""
    clauses = plan.by_id("clauses")
    for row in plan["tasks"]:
        clause = clauses.get(row["clause_id"])
        numbered = row["number"] and row["title"].startswith(row["number"])
        if clause and (numbered or not stands_whole(row["title"], clause["text"], world.unit_names)):
            yield at(plan.tables["tasks"], row, "title", title=row["title"], clause=row["clause_id"])


def stands_whole(words: str, text: str, units: tuple[str, ...] = ()) -> bool:
    """Whether words stand in a text between marks, numbers or units; brackets (units, lists of bureaus) may be left
    out.
    """
    for given in (text, _BRACKETS.sub("", text), text[behind_number(folded(text)) :]):
        body, wanted = "|".join(map(squeezed, given.split(CELL))) + "|", squeezed(words)
        start = body.find(wanted)
        while start >= 0:
            before, after = body[max(0, start - 1) : start], body[start + len(wanted) :]
            ended = not _WORD.match(after) or after.startswith(tuple(f"{unit}|" for unit in units))
            if not _WORD.match(before) and (ended or _RUN_IN.search(wanted)):
                return True
            start = body.find(wanted, start + 1)
    return False


def task_parent_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A task is part of the task of its own clause or of the nearest clause above that has one."""
    clauses = plan.by_id("clauses")
    first: dict[str, Row] = {}
    before: set[str] = set()
    for row in plan["tasks"]:
        meant = _task_above(first, clauses, row)
        known = not row["parent_id"] or row["parent_id"] in before
        before.add(row["task_id"])
        if known and row["parent_id"] != meant:
            yield at(plan.tables["tasks"], row, "parent_id", parent=row["parent_id"] or "-", meant=meant or "-")
        first.setdefault(row["clause_id"], row)


def task_above(plan: Package, task_id: str) -> str:
    """The task that one is part of by the clauses, as far as tasks stand before it; "" where there is none."""
    first: dict[str, Row] = {}
    for row in plan["tasks"]:
        if row["task_id"] == task_id:
            return _task_above(first, plan.by_id("clauses"), row)
        first.setdefault(row["clause_id"], row)
    return ""


def _task_above(first: dict[str, Row], clauses: dict[str, Row], task: Row) -> str:
    """The first task of the nearest clause; a clause without a number has no task of its own, so those in it stand
    beside.
    """
    own = task["clause_id"]
    for clause_id in _upwards(own, clauses):
        if clause_id in first and (clause_id != own or clauses[own]["number"]):
            return str(first[clause_id]["task_id"])
    return ""


def task_missing(world: World, plan: Package) -> Iterator[Hit]:
    """Where one of the clauses that are numbered alike under a heading is a task, all are."""
    with_task = {row["clause_id"] for row in plan["tasks"]}
    alike: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in plan["clauses"]:
        style, _ = printed_number(row)
        if style:
            alike[row["parent_id"], style].append(row)
    for group in alike.values():
        if any(row["clause_id"] in with_task for row in group):
            for row in (each for each in group if each["clause_id"] not in with_task):
                yield at(plan.tables["clauses"], row, "number", clause=row["clause_id"], text=row["text"][:20])
