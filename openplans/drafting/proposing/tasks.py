"""Numbered items and rows of responsibility lists -> tasks; lists of units -> who answers for them, by the
document's own rule.

Apart, because a target asks for its task, and an organization that nobody registered is proposed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from openplans.drafting.proposing import naming, organizations, table_cells, unit_columns
from openplans.drafting.proposing.reading import GENERAL, Reading
from openplans.drafting.proposing.unit_columns import HELPS, LEADS
from openplans.drafting.proposing.unit_names import names
from openplans.packages.link import OVERALL_THEME
from openplans.packages.read import Row
from openplans.text.folding import CELL, folded
from openplans.text.numbering import CHAPTER, FIFTH, FIRST, SECTION, number_at
from openplans.text.responsible import NONE, Names, UnitList, unit_lists

_FIRST = re.compile("(?:列|排)?(?:在)?(?:第一|首位)\\S{0,8}?(?:为|是)?(?:牵头|主办|第一责任)")
_HELP_LINE = re.compile("(?:配合|协办|参与|参加|协同|协作|协助)(?:责任)?(?:单位|部门):")
"""A line of those that only help those of the line before it."""
LABELS = re.compile(
    "(?:年度|工作|主要|具体|总体|任务|实施|完成|建设|时间|进度|责任|牵头|配合|主办|协办|参与|落实|项目|目标|资金|推进){1,2}"
    "(?:目标|任务|要求|内容|安排|进度|步骤|时限|时间|期限|节点|单位|部门|分工|来源|措施|领导)$"
    "|指(?!导|标|数|挥|定|派|引)|注(?:$|[:：])"
)
"""What numbered lines say of the task they stand under, (二)进度安排:…, and notes at the foot of a page, which are no
tasks: 1.指按国家标准评定的…"""
_OF_UNITS = re.compile("(?:责任|牵头|主办|落实)(?:单位|部门)")
_SAID = "said-to-lead"
_UNIT = "[省市县区州旗]?(?:(?!由)[\u4e00-\u9fff]){2,12}[局委办部]"
_UNITS = rf"(?P<units>{_UNIT}(?:[、和]{_UNIT})*)"
_IN_TEXT = re.compile(rf"(?:^|(?<=[。,;:]))(?:[^。,;:由]{{0,6}}由)?{_UNITS}(?:要|应|负责)?牵头")
_HELPER = f"(?:{_UNIT}|(?!由)[\u4e00-\u9fff]{{2,14}}(?:局|委|办|队|支行|分公司|供电公司|中心|联|政府|镇|乡|街道))"
_IN_TURN = re.compile(
    rf"(?:^|(?<=[。;])){_UNITS}(?:具体)?负责[^,;。]{{2,20}},(?P<helpers>{_HELPER}(?:[、和]{_HELPER})*)(?:等)?(?:要|做好)?(?:配合|协助)"
)
"""市发改委负责日常调度,市统计局、国家统计局某市调查队配合."""
_NUMBER_CELL = re.compile(r"[≥≤<>]?[0-9][0-9.,/%]*\S{0,4}|-")
_SENTENCE = re.compile("[。;]")
_LISTS_FIGURES = re.compile("[^,，。;；]*[0-9０-９][^,，。;；]*[,，。;；]")
"""A cell whose first part states a figure, and others follow: 新建水厂2座,改造管网30公里."""
_LONG = 40
"""Of a title that is a whole sentence no more than its first part is taken."""


@dataclass
class Works:
    """The tasks of a plan and who answers for them, as proposals; `of_clause` gives a clause's tasks in order, each
    with the place up to which it reaches."""

    tasks: list[Row] = field(default_factory=list)
    responsibilities: list[Row] = field(default_factory=list)
    organizations: list[Row] = field(default_factory=list)
    organization_names: list[Row] = field(default_factory=list)
    of_clause: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def task_at(self, reading: Reading, clause: Row, place: int) -> str:
        """The task that a place of a clause belongs to: its own, or that of what it stands under."""
        for reach, task_id in self.of_clause.get(clause["clause_id"], ()):
            if place < reach:
                return task_id
        for above in reading.above(clause):
            if own := self.of_clause.get(above["clause_id"]):
                return own[-1][1] if len(own) == 1 else own[0][1]
        return ""

    def title_at(self, reading: Reading, clause: Row, place: int) -> str:
        """What the task is called that a place of a clause belongs to."""
        task_id = self.task_at(reading, clause, place)
        return next((str(row["title"]) for row in self.tasks if row["task_id"] == task_id), "")


def propose(reading: Reading) -> Works:
    """The tasks, who answers for them, and the organizations that the registry lacks."""
    works = Works()
    registered = _registered(reading)
    rule = _rule(reading)
    missing = organizations.Missing(reading)
    by_number = reading.answered_by_number
    keyed = {row["clause_id"] for rows in by_number.values() for row in rows}
    for clause in reading.clauses:
        lists = _lists(reading, clause, registered)
        text = reading.text(clause)
        if clause["clause_id"] in keyed:
            continue
        if _is_task(reading, clause, bool(lists) or clause["clause_id"] in by_number):
            _task(reading, works, clause, lists)
        elif len(lists) > 1 and not _one_group(lists, text) and (above := works.task_at(reading, clause, 0)):
            _parts(reading, works, clause, lists, above)
        lists = lists if rule else _leading(reading, clause, lists)
        for each in lists:
            task_id = _answering(reading, works, clause, each)
            if task_id:
                works.responsibilities += _responsible(task_id, each, rule, lists, missing, works)
        works.responsibilities += _said_to_lead(reading, works, clause, lists, missing)
        for row in by_number.get(clause["clause_id"], ()):
            _by_number(reading, works, clause, row, rule, missing)
    works.organizations, works.organization_names = missing.organizations, missing.names
    return works


def _lists(reading: Reading, clause: Row, registered: Names) -> list[UnitList]:
    """The lists of units of a clause in their order; of a row those of its columns, where it has such."""
    found = unit_lists(clause["text"], registered, clause["kind"] == "table_row")
    return unit_columns.lists(reading, clause) or sorted(found, key=lambda each: each.start)


def _by_number(
    reading: Reading, works: Works, clause: Row, row: Row, rule: str, missing: organizations.Missing
) -> None:
    """Who answers for the task of a numbered clause by a row of an annex that has no more of it than its number."""
    lists = unit_columns.lists(reading, row)
    lists = lists if rule else _leading(reading, row, lists)
    for each in lists if (task_id := works.task_at(reading, clause, 0)) else ():
        works.responsibilities += _responsible(task_id, each, rule, lists, missing, works)


def _leading(reading: Reading, clause: Row, lists: list[UnitList]) -> list[UnitList]:
    """The lists, where some units only help: then those that answer lead (责任单位:甲局;配合单位:乙局)."""
    after = reading.after(clause)
    helped = any(HELPS.search(each.role) for each in lists) or (after and _HELP_LINE.match(reading.text(after)))
    if not helped or any(LEADS.search(each.role + each.text) for each in lists):
        return lists
    return [each if HELPS.search(each.role) else replace(each, role="主办") for each in lists]


def _registered(reading: Reading) -> Names:
    chain = reading.world.region_chain(reading.plan.descriptor["region_code"])
    return Names(name for code in chain for name in reading.world.names_of.get(code, ()))


def _rule(reading: Reading) -> str:
    """Who leads by the document's own rule: "star", "first", or "" where it has none."""
    for clause in reading.clauses:
        text = reading.text(clause)
        if re.search("[*＊★]", text) and re.search(r"(?:标|带|加|注)?\s*[*＊★]\S{0,8}(?:牵头|主办)", text):
            return "star"
        if _FIRST.search(text):
            return "first"
    return ""


def _is_task(reading: Reading, clause: Row, answered: bool) -> bool:
    """Whether a clause is a numbered measure, or a row that asks for something; `answered` where units are named."""
    if (
        clause["kind"] in ("title", "signature", "annex")
        or reading.is_note(clause)
        or (not clause["number"] and not answered)
    ):
        return False
    if clause["kind"] == "table_row":
        indicators = any("指标" in cell for cell in reading.head(clause))
        asks = bool(answered or (reading.figures(clause) and not indicators))
        named = clause["number"] or table_cells.numbered(reading, clause)
        return asks and bool(named or (answered and table_cells.title(reading, clause)))
    if not clause["number"] or LABELS.match(_title(reading, clause)):
        return False
    above = reading.above(clause)
    heads = [clause, *above]
    if any(GENERAL.search(_title(reading, each)[:14]) for each in heads if each["kind"] != "title"):
        return answered
    if any(each["kind"] == "annex" for each in above) and not answered:
        return False
    number = number_at(folded(clause["text"]).strip())
    if number is None:
        return False
    if number.level == FIFTH and not _all_answered(reading, clause):
        return False
    chapter = _is_chapter(number.level, above)
    listed = any(re.match("附 ?件", reading.text(each)) for each in above)
    own = answered or (number.level == SECTION and clause["kind"] == "heading")
    own = own or _is_labelled(reading, clause) or _is_answered(reading, clause)
    return not listed and (not chapter or (own and not _has_items(reading, clause)))


def _is_chapter(level: int, above: list[Row]) -> bool:
    """Whether a number is that of a chapter: 第一章, 第一节, and 一、 where it stands under none of these."""
    if level != FIRST:
        return level < FIRST
    numbers = (number_at(folded(each["text"]).strip()) for each in above if each["kind"] != "title")
    return not any(number and number.level in (CHAPTER, SECTION) for number in numbers)


def _all_answered(reading: Reading, clause: Row) -> bool:
    """Whether each item of a run ①②③ has units of its own; a list behind the last is that of the whole."""
    run = [each for each in reading.children.get(clause["parent_id"], ()) if each["number"]]
    return len(run) > 1 and all(any(unit_lists(each["text"], NONE)) for each in run)


def _has_items(reading: Reading, clause: Row) -> bool:
    return any(
        each["number"] and not LABELS.match(_title(reading, each))
        for each in reading.children.get(clause["clause_id"], ())
    )


def _is_labelled(reading: Reading, clause: Row) -> bool:
    """Whether what stands under a clause only says of it what is to be reached, when, and by whom."""
    items = [each for each in reading.children.get(clause["clause_id"], ()) if each["number"]]
    labels = [_title(reading, each) for each in items]
    return bool(items) and all(map(LABELS.match, labels)) and any(map(_OF_UNITS.search, labels))


def _is_answered(reading: Reading, clause: Row) -> bool:
    """Whether a paragraph without a number, right under a heading, says who answers for it."""
    below = reading.children.get(clause["clause_id"], ())
    return any(any(unit_lists(each["text"], NONE)) for each in below if each["kind"] == "paragraph")


def _title(reading: Reading, clause: Row) -> str:
    """The document's words for a task: its run-in heading, or the cell that names it."""
    if clause["kind"] == "table_row":
        return _cell_title(reading, clause)
    text = clause["text"][_behind_number(clause) :]
    end = re.search("[。;；]|(?<![0-9０-９])[:：]|[:：](?![0-9０-９])", text)
    title = text[: end.start()] if end else text
    title = re.sub(r"[(（][^()（）]*(?:牵头|责任|单位)[^()（）]*[)）]\s*$", "", title.rstrip())
    lead = re.match("[^0-9０-９,，]{4,30}(?=[,，])", title) if re.search("[0-9０-９]", title) else None
    title = lead.group() if lead else title  # 推进供水一体化,保证率达到97%: no run-in heading, but a lead
    title = re.split("[,，]", title)[0] if len(title) > _LONG else title
    title = re.sub("(?<=..)[(（][^()（）]*$", "", title)  # 某项目（总投资28亿元，…
    return title.strip(" 。.\u3000")


def _cell_title(reading: Reading, clause: Row) -> str:
    if told := table_cells.title(reading, clause):
        return table_cells.without_unit(reading, told.strip(" 。"))
    own = [cell for cell in clause["text"].split(CELL) if cell.strip() and cell.strip() != clause["number"]]
    numbers = [
        place
        for place, cell in enumerate(own)
        if _NUMBER_CELL.fullmatch(folded(cell).strip()) and not table_cells.is_day(folded(cell).strip())
    ]
    named = own[: numbers[0]] if numbers and numbers[0] else own[:1]
    title = named[-1] if named else clause["text"]
    title = re.sub(rf"^{re.escape(clause['number'])}[、.]?", "", title) if clause["number"] else title
    title = re.split("[,，。;；]", title)[0] if len(title) > _LONG or _LISTS_FIGURES.match(title) else title
    return table_cells.without_unit(reading, title.strip(" 。"))


def _behind_number(clause: Row) -> int:
    number = number_at(folded(clause["text"]).lstrip())
    lead = len(clause["text"]) - len(clause["text"].lstrip())
    return lead + number.end if number else 0


def _task(reading: Reading, works: Works, clause: Row, lists: list[UnitList]) -> None:
    """Add the task of a clause and, where it holds several lists of units, a child for each part."""
    parent = next(
        (
            works.of_clause[each["clause_id"]][0][1]
            for each in reading.above(clause)
            if each["clause_id"] in works.of_clause
        ),
        "",
    )
    title = _title(reading, clause)
    theme = naming.theme(reading.world, title, "") or naming.theme(reading.world, clause["text"], OVERALL_THEME)
    own = _add(reading, works, clause, parent, title, theme, clause["number"], "numbered-item", 0.97)
    if len(lists) < 2 or clause["kind"] == "table_row" or _one_group(lists, reading.text(clause)):
        works.of_clause[clause["clause_id"]] = [(len(clause["text"]), own)]
        return
    _parts(reading, works, clause, lists, own)


def _parts(reading: Reading, works: Works, clause: Row, lists: list[UnitList], own: str) -> None:
    """Add a child of a task for each part of a clause that has units of its own."""
    begin, reached = _behind_number(clause), []
    for number, each in enumerate(lists):
        words = [
            piece
            for piece in _SENTENCE.split(folded(clause["text"])[begin : each.start].strip(" 。()"))
            if piece.strip(" ()")
        ]
        said = words[1] if not number and clause["number"] and len(words) > 1 else words[0] if words else ""
        first = said.split(",")[0].strip(" (")[:60] or _title(reading, clause)
        theme = naming.theme(reading.world, said, OVERALL_THEME)
        reached.append((each.end, _add(reading, works, clause, own, first, theme, "", "part-with-its-own-units", 0.85)))
        begin = each.end + 1
    works.of_clause[clause["clause_id"]] = [*reached, (len(clause["text"]), own)]


def _one_group(lists: list[UnitList], text: str) -> bool:
    """Whether several lists stand together: 牵头单位:…;配合单位:…"""
    return all(other.start - one.end < 14 and "。" not in text[one.end : other.start] for one, other in pairwise(lists))


def _add(
    reading: Reading,
    works: Works,
    clause: Row,
    parent: str,
    title: str,
    theme: str,
    number: str,
    rule: str,
    sure: float,
) -> str:
    task_id = f"draft-k{len(works.tasks) + 1:03}"
    due = reading.deadline(clause)
    works.tasks.append(
        Row(
            task_id=task_id,
            parent_id=parent,
            clause_id=clause["clause_id"],
            number=number,
            title=title,
            theme_id=theme,
            period_start=due.start if due and due.start >= reading.start else "",
            period_end=due.end if due else "",
            confidence=f"{sure:.2f}",
            rule=rule,
        )
    )
    return task_id


def _answering(reading: Reading, works: Works, clause: Row, each: UnitList) -> str:
    """The task that a list of units answers for."""
    own = works.of_clause.get(clause["clause_id"])
    if own:
        return next((task_id for reach, task_id in own if each.end <= reach), own[-1][1])
    return works.task_at(reading, clause, each.start)


def _responsible(
    task_id: str,
    each: UnitList,
    rule: str,
    lists: list[UnitList],
    missing: organizations.Missing,
    works: Works,
) -> Iterator[Row]:
    """The rows of a list of units in the document's order."""
    before = [row for row in works.responsibilities if row["task_id"] == task_id]
    taken = {row["org_id"] for row in before}
    led = any(LEADS.search(other.role) for other in lists) and len(lists) > 1
    led = led or (not rule and any(row["rule"] == _SAID for row in before))  # 牵头单位:… on the line before
    for rank, (name, said) in enumerate(names(each), len(before) + 1):
        org_id, known = missing.found(name)
        if org_id in taken:
            continue
        taken.add(org_id)
        yield Row(
            task_id=task_id,
            org_id=org_id,
            role=_role(each, said, rule, rank, led),
            rank=rank,
            name_in_source=name,
            confidence="0.98" if known else "0.85",
            rule=f"lead-{rule}" if rule else _SAID if _role(each, said, rule, rank, led) != "listed" else "listed",
        )


def _said_to_lead(
    reading: Reading, works: Works, clause: Row, lists: list[UnitList], missing: organizations.Missing
) -> Iterator[Row]:
    """The units that a sentence of the running text says take the lead, and those that it says help them:
    区农业农村局、区发改局要牵头细化方案; 市发改委负责日常调度,市统计局配合.
    """
    own = works.of_clause.get(clause["clause_id"])
    taken = {(row["task_id"], row["org_id"]) for row in works.responsibilities}
    text = reading.text(clause)
    for said in (*_IN_TEXT.finditer(text), *_IN_TURN.finditer(text)) if own else ():
        if any(each.start <= said.start() < each.end for each in lists):
            continue
        task_id = works.task_at(reading, clause, said.start())
        before = sum(row["task_id"] == task_id for row in works.responsibilities)
        for rank, (name, role) in enumerate(_told_apart(clause["text"], said), before + 1):
            org_id, known = missing.found(name)
            if (task_id, org_id) not in taken:
                yield Row(
                    task_id=task_id,
                    org_id=org_id,
                    role=role,
                    rank=rank,
                    name_in_source=name,
                    confidence="0.90" if known else "0.80",
                    rule="said-to-lead-in-the-text",
                )


def _told_apart(text: str, said: re.Match[str]) -> Iterator[tuple[str, str]]:
    """(name, role) of the units of a sentence that says who leads, and who helps."""
    for part, role in (("units", "lead"), ("helpers", "co")):
        if said.groupdict().get(part):
            start, end = said.span(part)
            yield from ((name, role) for name in re.split("[、和]", text[start:end]))


def _role(each: UnitList, said: str, rule: str, rank: int, led: bool) -> str:
    if said in ("lead", "co"):
        return said
    if LEADS.search(each.role):
        return "lead"
    if HELPS.search(each.role) or led:
        return "co"
    if rule == "first":
        return "lead" if rank == 1 else "co"
    if rule == "star":
        return "lead" if said == "star" else "co"
    return "listed"
