"""Is the time of a row the one that its sentence, the head of its column or the sentences around it print?

Comes in: a plan. Goes out: targets, projects and baselines whose years or basis (by, in, annual, average) are not the
document's. Apart, because where a date may stand is a subject of its own: before the figure in its clause, in the
head of its column, in the sentence that governs a list, in a heading; where it stands nowhere, the plan's own end and
a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, islice, takewhile

from openplans.packages.link import World
from openplans.packages.quoted import occurrences
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.text import quantities
from openplans.text.folding import folded
from openplans.text.numerals import chinese
from openplans.text.period import ANNUAL_MEAN, FIVE_YEARS, year_of
from openplans.text.quantities import CELL, within

_FIVE = re.compile('[“"]?(十[一二三四五六七]五)[”"]?(?:期间|时期|末)')
"""A five-year plan that dates a sentence to its last year."""
_YEAR = re.compile(r"(到|至)?(?<![\d较比])(20\d\d)年(?!.{0,8}(?:基础上|为基数))")
_SPAN = re.compile(r"(20\d\d)[—–-]+(20\d\d)年")
_LASTING = re.compile("(?<![0-9一二三四五六七八九十])([两二三四五2-5])年(?![级期来前内均]|平均|[一以行]动)")
"""How many years of the plan something takes: 三年改造48个."""
_RISING = re.compile("逐[年步](?:稳步|不断)?[提增扩降减缩][\u4e00-\u9fff]{1,2}[,，]")
"""What leads to the figure behind it, and is not the figure of each year: 逐年提高,2030年达到50%."""
_OFTEN = re.compile(r"每(?:半年|个?季度?|个?月|周)")
_DUE = re.compile(
    r"(?:(?:完成|建设|实施|起止|办结|落实)(?:时限|时间|期限|年限)|^[\u4e00-\u9fff]{0,4}(?:时限|期限|时间|节点)[:：])[^。;]{0,40}"
)
_ENTRY = re.compile("[^。;:]{2,12}:")
"""A line that begins with a label."""

_EVERY_YEAR = re.compile(r"(?<!每[人生户亩名床])每年|逐年|分年度|年增长|高于上年|年度?新增|滚动")
_NAMED = re.compile("[\u4e00-\u9fff“”、]{4,}[0-9]")
"""A part of a sentence that names what its figure counts."""
KEPT = re.compile(
    r"稳定在|保持在|维持在|保持(?=[0-9０-９约近])|控制在|巩固在|持续巩固|动态|零增长|年播种面积|年产量|(?<!每[人生户亩名床])每年"
)
"""Words of a level that is kept: without a date it holds in each year of the plan."""
REACHED = re.compile(
    "(?:[提增扩升发降减缩压][高加大升展低少短]?[到至]|突破)[约近]{0,2}(?=[0-9一二三四五六七八九十百千万亿]|$)"
)
"""Words of a level that is not yet so, whatever else is said of it: 年产量突破150万吨."""

_BASES = {
    "count": {"in", "annual"}, "cumulative": {"by"}, "level": {"by", "annual"}, "share": {"by", "annual"},
    "growth": {"by", "in", "annual", "average"},
}  # fmt: skip
"""By measure, the bases that the reading rules allow: what is made is made in a period, a total is reached by its
end.
"""

_PART_OF_A_YEAR = re.compile("[0-9]{1,2} ?月|[一二三四1-4]季度|[上下]半年")
_EMPTY_CELL = re.compile(f"{CELL} *(?:{CELL}|$)")


def period_outside_plan(world: World, plan: Package) -> Iterator[Hit]:
    """Every period of a task or target lies inside the plan's own, in order."""
    first, last = plan.descriptor["effective_start"], plan.descriptor["effective_end"]
    for table, columns in (
        ("targets", ("period_start", "period_end")),
        ("tasks", ("period_start", "period_end")),
        ("projects", ("period_end",)),
    ):
        for row in plan[table]:
            for column in columns:
                if not quantities.within(row[column], first, last):
                    yield at(plan.tables[table], row, column, period=row[column], first=first, last=last)


def period_reversed(world: World, plan: Package) -> Iterator[Hit]:
    """A period does not end before it begins; what is counted over a period says when it begins."""
    for table in ("targets", "tasks"):
        for row in plan[table]:
            start, end = row["period_start"], row["period_end"]
            needed = table == "targets" and row["period_basis"] != "by" and not start
            if needed or _reversed(row):
                yield at(plan.tables[table], row, "period_start", start=start or "-", end=end or "-")


def _reversed(row: Row) -> bool:
    """Whether a row's period ends before it begins, as far as both are told."""
    size = min(len(row["period_start"]), len(row["period_end"]))
    return bool(row["period_start"][:size] > row["period_end"][:size])


def period_not_in_source(world: World, plan: Package) -> Iterator[Hit]:
    """A target ends in the year that governs its sentence, or in one that its note names; without any, with the
    plan. The years of a task are printed too, and so is each month. Works that go on have no year that is not printed,
    in a plan for one year either: what is begun or done in it has that.
    """
    first, last = (plan.descriptor[name] for name in ("effective_start", "effective_end"))
    for table in ("targets", "projects"):
        for row in plan[table]:
            end = year_of(row["period_end"])
            if not end or not within(row["period_end"], first, last):  # outside of the plan is another rule's
                continue
            goes_on = table == "projects" and row["stage"] in ("continue", "plan")
            open_ended = goes_on and not _within_the_year(plan, row)
            years = _governing(plan, row) or _due_behind(plan, row) or {"-" if open_ended else year_of(last)}
            years |= _lasting(plan, row) | (_due(plan, row) if table == "projects" else set())
            told = end in years or end in row.get("note", "")
            if not told or not _month_printed(plan, row, row["period_end"]):
                facts = {"period": row["period_end"], "printed": "/".join(sorted(years))}
                yield at(plan.tables[table], row, "period_end", **facts)
    yield from _of_tasks(plan)


_THIS_YEAR = re.compile("年内|年底|年末|[今本当]年|全年")


def _within_the_year(plan: Package, row: Row) -> bool:
    """Whether a month, or a word for the year that runs, dates a row whose clause prints no year."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    return "-" in row["period_end"] or bool(clause and _THIS_YEAR.search(clause["text"]))


def _governing(plan: Package, row: Row) -> set[str]:
    """The year that governs a row's sentence; in a table whose rows have fewer cells than years, all its years."""
    clauses = plan.by_id("clauses")
    clause = clauses.get(row["clause_id"])
    places = occurrences(clause["text"], row["quote"]) if clause else []
    if clause is None or len(places) != 1:
        return set()
    end = places[0] + len(row["quote"])
    if span := _span(clause["text"][:end], plan):
        return {span}
    if years := _years(clause["text"][:end], plan):
        return {years[-1]}
    if CELL in clause["text"]:
        return _column_years(plan, clause, end)
    for text in _texts_around(plan, clause, clauses):
        if years := _years(text, plan):
            return {years[-1]}
    return set()


_DUE_HEAD = re.compile("时限|时间|期限|节点")
"""The head of a column that says by when."""
_MONTHS = {"03": "一季度|季度末", "06": "上半年|年中|二季度", "09": "三季度", "12": "年底|年末|年内|四季度|下半年"}
"""What else says of a date that it is at the end of a month."""


def _of_tasks(plan: Package) -> Iterator[Hit]:
    """The years of tasks that neither their clauses nor those above or below print, and that are not the plan's."""
    clauses = plan.by_id("clauses")
    own = {"period_start": plan.descriptor["effective_start"], "period_end": plan.descriptor["effective_end"]}
    for row in (each for each in plan["tasks"] if each["clause_id"] in clauses):
        clause = clauses[row["clause_id"]]
        below = (each["text"] for each in plan["clauses"] if each["parent_id"] == row["clause_id"])
        above = _texts_around(plan, clause, clauses)
        printed = folded(" ".join((clause["text"], *below, *above, *_deadlines(plan, clause))))
        years = {year_of(usual) for usual in own.values()} | set(re.findall("[0-9]{4}", printed))
        for column in own if not _reversed(row) else ():
            if year_of(row[column]) not in {"", *years} and within(row[column], *own.values()):
                yield at(plan.tables["tasks"], row, column, period=row[column], printed="-")


def _month_printed(plan: Package, row: Row, period: str) -> bool:
    """Whether the month of a period is printed in the clause of its row, or stands above or before it; a year alone has
    none.
    """
    month = period[5:7]
    clauses = plan.by_id("clauses")
    clause = clauses.get(row["clause_id"])
    if not month.isdecimal() or clause is None:
        return True
    printed = re.compile(
        rf"(?<![0-9])0?{int(month)}(?:[—–-]+[0-9]+)?月|{_MONTHS.get(month, '月底')}|[0-9]{{4}}[.-]0?{int(month)}"
    )
    near = (clause["text"], row.get("note", ""), *_texts_around(plan, clause, clauses), *_deadlines(plan, clause))
    return any(printed.search(folded(text)) for text in near)


def _span(before: str, plan: Package) -> str:
    """The last year of the span that a sentence gives for what follows in it (2027—2028年每年建成3万亩), none after it.
    The plan's own gives none, nor that of a name, in brackets: "".
    """
    first, last = (year_of(plan.descriptor[name]) for name in ("effective_start", "effective_end"))
    sentence = re.split("[。;]", folded(before))[-1]
    spans = (each for each in _SPAN.finditer(sentence) if sentence[each.start() - 1 : each.start()] != "(")
    found = [each for each in spans if each.groups() != (first, last)]
    return found[-1][2] if found and not _YEAR.search(sentence, found[-1].end()) else ""


def _lasting(plan: Package, row: Row) -> set[str]:
    """The last of so many years of the plan as stand before a figure: 三年改造48个, from 2026 on, ends with 2028."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    places = occurrences(clause["text"], row["quote"]) if clause else []
    before = folded(clause["text"][: places[0] + len(row["quote"])]) if clause and len(places) == 1 else ""
    counts = [int(chinese(found) or found) for found in _LASTING.findall(before)]
    return {str(int(year_of(plan.descriptor["effective_start"])) + count - 1) for count in counts}


def _due(plan: Package, row: Row) -> set[str]:
    """The years of the deadline of a row: in the row of its table, or in a line of its clause, below or behind it."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    if clause is None:
        return set()
    said = " ".join(_deadlines(plan, clause)) + (clause["text"] if CELL in clause["text"] else "")
    return set(re.findall(r"(?<![0-9])20[0-9]{2}(?=[年./-])", folded(said)))


def _due_behind(plan: Package, row: Row) -> set[str]:
    """The years of the deadline that stands in an entry behind the clause of a row, or in a cell merged over it."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    if clause is None:
        return set()
    said = [found for text in _entries(plan, clause) for found in _DUE.findall(folded(text))]
    return {year for each in said + _merged_deadline(plan, clause) for year in re.findall("20[0-9]{2}", folded(each))}


def _deadlines(plan: Package, clause: Row) -> list[str]:
    """What says by when in a clause and in its entries: 完成时限：2029年6月."""
    below = [
        each["text"] for each in plan["clauses"] if each["parent_id"] == clause["clause_id"] and not each["number"]
    ]
    texts = (clause["text"], *below, *_entries(plan, clause))
    said = [found.group() for text in texts for found in _DUE.finditer(folded(text))]
    return said + _merged_deadline(plan, clause)


def _merged_deadline(plan: Package, clause: Row) -> list[str]:
    """The cell of a column of deadlines that is merged over a row, and printed in the nearest one above that has it."""
    own = clause["text"].split(CELL)
    rows = (each["text"].split(CELL) for each in reversed(_beside(plan, clause))) if len(own) > 1 else ()
    above = list(takewhile(lambda cells: len(cells) == len(own), rows))
    heads = [place for place, head in enumerate(above[-1] if above else ()) if _DUE_HEAD.search(folded(head))]
    empty = [place for place in heads if not own[place].strip()]
    return [next(cells[place] for cells in above if cells[place].strip()) for place in empty]


def _entries(plan: Package, clause: Row) -> Iterator[str]:
    """The lines behind a clause that say something of it by a label: 牵头单位：, 完成时限：."""
    behind = dropwhile(lambda each: each["clause_id"] != clause["clause_id"], plan["clauses"])
    for each in islice(behind, 1, None):
        if each["number"] or not _ENTRY.match(folded(each["text"])):
            return
        yield each["text"]


def _years(text: str, plan: Package) -> list[str]:
    """The years of a text that lie in the plan's period, without those of its own name (2023—2027年)."""
    first, last = (year_of(plan.descriptor[name]) for name in ("effective_start", "effective_end"))
    plain = _FIVE.sub(lambda found: f"到{FIVE_YEARS[found[1]][1]}年", _SPAN.sub("", folded(text)))
    return [match.group(2) for match in _YEAR.finditer(plain) if first <= match.group(2) <= last]


def _column_years(plan: Package, clause: Row, end: int) -> set[str]:
    """The year in the head of the column in which a text ends, counted from the right: merged cells are lost on the
    left.
    """
    rows = [each for each in _beside(plan, clause) if CELL in each["text"] and not each["number"]]
    heads = [each["text"].split(CELL) for each in rows if _years(each["text"], plan)]
    if not heads:
        return set()
    head, cells = heads[-1], clause["text"].split(CELL)
    years = [years[0] if (years := _years(each, plan)) else "" for each in head]
    first, last = (
        years.index(next(filter(None, years))),
        len(head) - 1 - years[::-1].index(next(filter(None, reversed(years)))),
    )
    in_years = cells[max(0, len(cells) - (len(head) - first)) : len(cells) - (len(head) - 1 - last)]
    column = clause["text"][:end].count(CELL)
    from_right = len(cells) - column
    whole = len(in_years) == last - first + 1 and all(re.match(r"[\d-]", each) for each in in_years)
    own = {years[-from_right]} if whole and from_right <= len(years) else set(years)
    return own - {""}  # a column without a year (总投资) has that of the plan


def _beside(plan: Package, clause: Row) -> list[Row]:
    """The clauses of the same parent that stand before a clause."""
    before = takewhile(lambda each: each["clause_id"] != clause["clause_id"], plan["clauses"])
    return [each for each in before if each["parent_id"] == clause["parent_id"]]


def _texts_around(plan: Package, clause: Row, clauses: dict[str, Row]) -> Iterator[str]:
    """What may govern a clause: the paragraphs before an unnumbered one, nearest first, then the headings above it."""
    if not clause["number"]:
        yield from (each["text"] for each in reversed(_beside(plan, clause)))
    seen: set[str] = set()
    above = clauses.get(clause["parent_id"])
    while above and above["kind"] != "title" and above["clause_id"] not in seen:
        seen.add(above["clause_id"])
        yield above["text"]
        above = clauses.get(above["parent_id"])


def of_its_column(plan: Package, row: Row) -> bool:
    """Whether the year of a row of a table is that in the head of its column."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    place = clause["text"].find(row["quote"]) if clause and CELL in row["quote"] else -1
    years = _column_years(plan, clause, place + len(row["quote"])) if clause and place >= 0 else set()
    return years == {year_of(row["period_end"])}


def period_start_differs(world: World, plan: Package) -> Iterator[Hit]:
    """What is reached `by` a date has no start; what is counted begins with the plan or, within one year, in that
    year.
    """
    first = year_of(plan.descriptor["effective_start"])
    for row in plan["targets"]:
        start, end = year_of(row["period_start"]), year_of(row["period_end"])
        allowed = {""} if row["period_basis"] == "by" else {first, end} if _one_year(plan, row) else {first}
        if start not in allowed and start not in row["note"]:
            facts = {"period": row["period_start"] or "-", "printed": "/".join(sorted(allowed)) or "-"}
            yield at(plan.tables["targets"], row, "period_start", **facts)


def _one_year(plan: Package, row: Row) -> bool:
    """Whether a row's figure is dated with a year alone (2023年建成, the head of a column), not with one to be reached
    (到2025年).
    """
    clause = plan.by_id("clauses").get(row["clause_id"])
    if clause is None:
        return False
    before = folded(clause["text"][: clause["text"].find(row["quote"]) + len(row["quote"])])
    found = [match for match in _YEAR.finditer(before) if match.group(2) == year_of(row["period_end"])]
    return not found[-1].group(1) if found else CELL in clause["text"]


def year_not_explained(world: World, plan: Package) -> Iterator[Hit]:
    """Where neither the clause nor what stands above or before it prints a target's year, its note says where it is
    from.
    """
    start, end = (year_of(plan.descriptor[name]) for name in ("effective_start", "effective_end"))
    clauses = plan.by_id("clauses")
    for row in plan["targets"] if start != end else ():
        clause = clauses.get(row["clause_id"])
        if clause is None or row["period_basis"] not in ("by", "in") or CELL in clause["text"] or row["note"]:
            continue
        beside = [each["text"] for each in _beside(plan, clause)]
        near = [clause["text"], *beside, *_texts_around(plan, clause, clauses), *_deadlines(plan, clause)]
        near += _lasting(plan, row)
        if not any(year_of(row["period_end"]) in folded(text) for text in near):
            yield at(plan.tables["targets"], row, "note", period=row["period_end"])


def task_period_unsaid(world: World, plan: Package) -> Iterator[Hit]:
    """A task has a period of its own where its clause prints the year, of a plan for one year the month; that of the
    plan is not repeated.
    """
    clauses = plan.by_id("clauses")
    first, last = (year_of(plan.descriptor[name]) for name in ("effective_start", "effective_end"))
    for row in (each for each in plan["tasks"] if each["period_start"] or each["period_end"]):
        clause = clauses.get(row["clause_id"])
        heads = [each["text"] for each in _beside(plan, clause) if not each["number"]] if clause else []
        said = [clause["text"], *(heads if CELL in clause["text"] else []), *_deadlines(plan, clause)] if clause else []
        printed = folded("\n".join([*said, *(_merged_over(plan, clause) if clause else [])]))
        for column in ("period_start", "period_end"):
            year = year_of(row[column]) if row[column] else ""
            by_month = first == last == year and _PART_OF_A_YEAR.search(printed)
            if clause and year and year not in printed and not by_month:
                yield at(plan.tables["tasks"], row, column, period=row[column], clause=row["clause_id"])


def _merged_over(plan: Package, clause: Row) -> list[str]:
    """The text of the nearest row above with a date, where a row has an empty cell: one may be merged over both."""
    if not _EMPTY_CELL.search(clause["text"]):
        return []
    rows = plan["clauses"]
    place = next((number for number, row in enumerate(rows) if row["clause_id"] == clause["clause_id"]), 0)
    above = takewhile(lambda row: row["kind"] == "table_row", reversed(rows[:place]))
    return next(([row["text"]] for row in above if _PART_OF_A_YEAR.search(folded(row["text"]))), [])


def period_basis_differs(world: World, plan: Package) -> Iterator[Hit]:
    """年均 is `average`, 每年 is `annual`, what is kept without a date too; else things are made `in`, states reached
    `by`.
    """
    for row in plan["targets"]:
        if row["measure"] not in _BASES:  # which the schema says
            continue
        meant = bases(plan, row)
        if row["period_basis"] not in meant:
            facts = {"basis": row["period_basis"], "meant": "/".join(sorted(meant)), "measure": row["measure"]}
            yield at(plan.tables["targets"], row, "period_basis", **facts)


def bases(plan: Package, row: Row) -> set[str]:
    """The bases that the words of a target and of its sentence admit."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    text = clause["text"] if clause else row["quote"]
    sentence = re.split(r"[。;]", folded(text[: text.find(row["quote"]) + len(row["quote"])]))[-1]
    allowed = _BASES[row["measure"]]
    own = _own_part(folded(row["quote"]))
    if ANNUAL_MEAN.search(own) or (CELL in text and "average" in allowed and ANNUAL_MEAN.search(row["indicator"])):
        return allowed & {"average"} or {"average"}
    if row["measure"] == "count" and row["unit"].endswith("/年"):
        return {"annual"}
    if _EVERY_YEAR.search(_RISING.sub("", own)):
        return {"annual"}
    if _OFTEN.search(own):
        return allowed | {"annual"}
    if KEPT.search(own) and "by" in allowed and not REACHED.search(own):
        dated = _governing(plan, row) or "年份取自" in row["note"]
        return {"by", "annual"} if dated else {"annual"}
    if _EVERY_YEAR.search(sentence) or KEPT.search(sentence) or "每年" in row["note"]:
        return (allowed - {"average"}) | {"annual"}
    return allowed - {"annual", "average"}


def _own_part(quote: str) -> str:
    """What a quote says of its own figure, where it begins with the hedge of a list and holds other promises before it:
    力争销售额年均增长15%,举办博览会5届.
    """
    before, _, last = quote.rpartition(",")
    return last if re.search("[0-9]", before) and _NAMED.match(last) else quote


def baseline_period_differs(world: World, plan: Package) -> Iterator[Hit]:
    """An actual figure lies before the plan's issue, in the year that its quote or its clause before it prints."""
    clauses = plan.by_id("clauses")
    for row in plan["baselines"]:
        clause = clauses.get(row["clause_id"])
        if clause is None:
            continue
        before = folded(clause["text"][: clause["text"].find(row["quote"]) + len(row["quote"])])
        printed = re.findall(r"(?<!\d)(20\d\d)年", before)[-1:]
        late = row["period"] > plan.descriptor["issued"][: len(row["period"])]
        late = late or not _month_printed(plan, row, row["period"])
        if late or (printed and year_of(row["period"]) not in printed) or (not printed and not row["note"]):
            facts = {"period": row["period"], "printed": "/".join(printed) or "-", "issued": plan.descriptor["issued"]}
            yield at(plan.tables["baselines"], row, "period", **facts)
