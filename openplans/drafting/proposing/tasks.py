"""Numbered items and rows of responsibility lists -> tasks, each with what it is called.

Apart from `answering`, which says who answers for them, because a target asks for its task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from openplans.drafting.proposing import naming, table_cells
from openplans.drafting.proposing.outline import GENERAL
from openplans.drafting.proposing.reading import Reading
from openplans.packages.link import OVERALL_THEME
from openplans.packages.read import Row
from openplans.text.folding import CELL, folded
from openplans.text.numbering import (
    CHAPTER,
    FIFTH,
    FIRST,
    FOURTH,
    SECTION,
    THIRD,
    behind_mark,
    behind_number,
    number_at,
)
from openplans.text.organization_names import OrganizationList
from openplans.text.responsible import NONE, is_answer, organization_lists
from openplans.text.roles import ANSWERS, BRACKETS, HELPING, HELPS, LEADS
from openplans.text.told_organizations import duties, told

LABELS = re.compile(
    "(?:年度|工作|主要|具体|总体|任务|实施|完成|建设|时间|进度|责任|牵头|配合|主办|协办|参与|落实|项目|目标|资金|推进){1,2}"
    "(?:目标|任务|要求|内容|安排|进度|步骤|时限|时间|期限|节点|单位|部门|分工|来源|措施|领导)$"
    "|指(?!导|标|数|挥|定|派|引)|注(?:$|[:：])"
)
"""What numbered lines say of the task they stand under, (二)进度安排:…, and notes at the foot of a page, which are no
tasks: 1.指按国家标准评定的…"""
_OF_ITSELF = re.compile("本[\u4e00-\u9fff]{2,6}(?:自|由|有效期|所称|适用于)")
"""Of what an article tells that is about the document alone: 本措施自印发之日起施行."""
_IN_THICK_BRACKETS = re.compile("[ \u3000]*【(?P<title>[^【】]{2,40})】")
"""What an article is called: 第一条 【强化用地保障】将…"""
_OF_ORGANIZATIONS = re.compile("(?:责任|牵头|主办|落实)(?:单位|部门)")
_NUMBER_CELL = re.compile(r"[≥≤<>]?[0-9][0-9.,/%]*\S{0,4}|-")
_ONLY_NUMBERS = re.compile("(?:[第(（][0-9一二三四五六七八九十]+[)）项条号]?[至到、,，和及—~-]*)+")
"""What a row is called that tells of tasks by their numbers: （一）至（三）."""
_LABEL_BEHIND = re.compile(rf"[,，;；、 ](?:{LEADS}|{HELPS}|{ANSWERS})(?:责任)?(?:单位|部门|主体)$")
"""Behind the name of a task, that of what its units do: 改造小区,牵头单位:…"""
_NUMBER_ALONE = re.compile("^[0-9]{1,2}(?![岁年月日个项种类条届期级次分周天家名户人所座])(?=[\u4e00-\u9fff]{4})")
"""A number that no mark parts from the name of a task: 1优化创业服务."""
_OF_A_TASK = re.compile("^[\u4e00-\u9fff]{0,4}(?:工作|任务|事项|项目|名称|措施|举措|内容|目标|实事)[:：](?=.)")
"""The label before the name of a task that lines without numbers tell of: 重点工作:古民居修缮."""
_SENTENCE = re.compile("[。;]")
_WHOLE_SENTENCE = re.compile("[^。;；]+[。;；]?")
_LISTS_FIGURES = re.compile("[^,，。;；]*[0-9０-９][^,，。;；]*[,，。;；]")
"""A cell whose first part states a figure, and others follow: 新建水厂2座,改造管网30公里."""
_ENDS_A_PART = re.compile("[,，。;；]")
_APART = 14
"""Characters that part two lists of one task at most: a mark, a label."""
_OPENS_UNITS = re.compile("[(（〔【\\[][\u4e00-\u9fff]{0,8}[:：]?$|(?<=[,，;；。])[\u4e00-\u9fff]{2,8}[:：]$")
"""What stands before a list of units: a bracket, a label."""
_NEXT_LABEL = re.compile("[^\u4e00-\u9fff]*[\u4e00-\u9fff]{2,6}(?:单位|部门|主体)?:")
_TOLD_BETWEEN = re.compile("[)）〕】\\]][^(（〔【\\[。]*[\u4e00-\u9fff]{3}[^(（〔【\\[。]*[(（〔【\\[]")
"""Between two brackets what the second is about: 改造小区6个(甲局);修桥3座(乙局)."""
_A_TIME = re.compile("(?:到|至|截至)?(?:[0-9]{4} ?年)?(?:[0-9]{1,2} ?月)?[底末初前]{0,2}|每年|每季度")
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


def add(reading: Reading, works: Works, clause: Row, lists: list[OrganizationList], answered: bool) -> None:
    """Add the task that a clause is, `answered` where units are named for it; or a child of the one above it for each
    of its parts that has units of its own.
    """
    if _is_task(reading, clause, answered):
        _task(reading, works, clause, lists)
    elif _has_parts(reading, clause, lists) and (above := works.task_at(reading, clause, 0)):
        _parts(reading, works, clause, lists, above)
    elif clause["clause_id"] in reading.paragraphs_with_organizations:
        _task(reading, works, clause, lists)


def _has_parts(reading: Reading, clause: Row, lists: list[OrganizationList]) -> bool:
    """Whether a clause tells of parts of what it stands under, each with units of its own; or of one, beside others."""
    if len(lists) > 1 and not _one_group(lists, reading.text(clause)):
        return True
    return bool(lists) and clause["clause_id"] in reading.paragraphs_with_organizations


def _is_task(reading: Reading, clause: Row, answered: bool) -> bool:
    """Whether a clause is a numbered measure, or a row that asks for something; `answered` where units are named."""
    if clause["clause_id"] in reading.tasks_without_numbers:
        return True
    if (
        clause["kind"] in ("title", "signature", "annex")
        or reading.is_note(clause)
        or reading.is_heading_of_organizations(clause)
        or (not clause["number"] and not answered)
        or reading.is_of_card(clause)
    ):
        return False
    if clause["kind"] == "table_row":
        return _row_asks(reading, clause, answered)
    if not clause["number"] or LABELS.match(_title(reading, clause)) or _OF_ITSELF.match(_title(reading, clause)):
        return False
    above = reading.above(clause)
    heads = [clause, *above]
    if general := [each for each in heads if each["kind"] != "title" and GENERAL.search(_title(reading, each)[:14])]:
        return answered or (clause not in general and _is_answered(reading, clause) and not _has_items(reading, clause))
    if any(each["kind"] == "annex" for each in above) and not answered:
        return False
    number = number_at(folded(clause["text"]).strip())
    if number is None or (not answered and _is_article(reading, clause)):
        return False
    if number.level == FIFTH and not (reading.headed_by(clause) or _all_answered(reading, clause)):
        return False
    if any(re.match("附 ?件", reading.text(each)) for each in above):
        return False
    return not _is_chapter(number.level, above) or _stands_alone(reading, clause, number.level, answered)


def _row_asks(reading: Reading, clause: Row, answered: bool) -> bool:
    """Whether a row of a table asks for something, and says for what; `answered` where units are named."""
    indicators = any("指标" in cell for cell in reading.head(clause))
    if not (answered or (reading.figures(clause) and not (indicators or _heads_a_group(clause)))):
        return False
    named = clause["number"] or table_cells.numbered(reading, clause)
    said = _cell_title(reading, clause).strip()
    told = bool(said) and not _ONLY_NUMBERS.fullmatch(said)
    return told and bool(named or (answered and not reading.is_head(clause)))


def _heads_a_group(row: Row) -> bool:
    """Whether a row is but the heading of those behind it: 一、量化类任务(共14项)."""
    number = number_at(folded(row["text"]).strip())
    return number is not None and number.level == FIRST and CELL not in row["text"].strip()


def _stands_alone(reading: Reading, clause: Row, level: int, answered: bool) -> bool:
    """Whether a chapter is a task itself, and not only what its items stand under."""
    own = (
        answered
        or (level == SECTION and clause["kind"] == "heading")
        or _tells(clause)
        or _is_labelled(reading, clause)
        or _is_answered(reading, clause)
        or _is_beside(reading, clause)
    )
    return own and (not _has_items(reading, clause) or _is_over_others(reading, clause))


def is_running(clause: Row) -> bool:
    """Whether a clause is running text, whose sentences alone can say who answers: without a number, or with that of a
    chapter: 三、关于物资储备。会议责成…
    """
    number = number_at(folded(clause["text"]).strip())
    return clause["kind"] == "paragraph" and (number is None or number.level == FIRST)


def _tells(clause: Row) -> bool:
    """Whether running text says who answers."""
    return is_running(clause) and any(told(clause["text"], alone=True))


def add_sentences(reading: Reading, works: Works, clause: Row) -> None:
    """Add a task for each sentence of a running text that says who does what."""
    if clause["kind"] != "paragraph" or reading.is_note(clause) or is_answer(reading.text(clause)):
        return
    begun: list[tuple[int, str]] = []
    for sentence in _WHOLE_SENTENCE.finditer(clause["text"]):
        said = sentence.group()
        if any(told(said, alone=True)) or any(organization_lists(said, NONE)):
            parts = [each for each in re.split("[,，。;；]", said) if each and not _A_TIME.fullmatch(folded(each))]
            theme = naming.theme(reading.world, said, OVERALL_THEME)
            own = _add(reading, works, clause, "", parts[0].strip(), theme, "", "sentence-that-says-who", 0.7)
            begun.append((sentence.start(), own))
    ends = [*(start for start, _ in begun[1:]), len(clause["text"])]
    if begun:
        works.of_clause[clause["clause_id"]] = [(end, own) for end, (_, own) in zip(ends, begun, strict=True)]


def _is_article(reading: Reading, clause: Row) -> bool:
    """Whether a clause is an article of rules, which ask for nothing of their own: 第七条 of 考核办法."""
    of_rules = re.search(
        "(?:办法|细则|规[定则程]|制度|章程)(?:[(].*[)])?$", folded(str(reading.plan.descriptor["title_zh"]))
    )
    return of_rules is not None and bool(re.fullmatch("第.{1,5}条", clause["number"]))


def _is_chapter(level: int, above: list[Row]) -> bool:
    """Whether a number is that of a chapter: 第一章, 第一节, and 一、 where it stands under none of these."""
    if level != FIRST:
        return level < FIRST
    numbers = (number_at(folded(each["text"]).strip()) for each in above if each["kind"] != "title")
    return not any(number and number.level in (CHAPTER, SECTION) for number in numbers)


def _all_answered(reading: Reading, clause: Row) -> bool:
    """Whether each item of a run ①②③ has units of its own; a list behind the last is that of the whole."""
    run = _run(reading, clause)
    return len(run) > 1 and all(any(organization_lists(each["text"], NONE)) for each in run)


def _run(reading: Reading, clause: Row) -> list[Row]:
    """The numbered items that a clause stands among."""
    return [each for each in reading.children.get(clause["parent_id"], ()) if each["number"]]


def answered_as_one(reading: Reading, clause: Row) -> Row | None:
    """What a clause answers for that names units behind the last of a run of items (1)(2)(3), in a line of its own or
    in its last words, where none of the others has units: the clause over the run.
    """
    item = clause if clause["number"] else reading.by_id.get(clause["parent_id"])
    run = _run(reading, item) if item and item["kind"] == "paragraph" and item["number"] else []
    number = number_at(reading.text(item).strip()) if item else None
    lowest = FOURTH if item is clause else THIRD
    if len(run) < 2 or item is not run[-1] or number is None or number.level < lowest:
        return None
    before = [each for other in run[:-1] for each in (other, *reading.children.get(other["clause_id"], ()))]
    return (
        None
        if any(any(organization_lists(each["text"], NONE)) for each in before)
        else reading.by_id[item["parent_id"]]
    )


def _has_items(reading: Reading, clause: Row) -> bool:
    return any(
        each["number"] and not LABELS.match(_title(reading, each))
        for each in reading.children.get(clause["clause_id"], ())
    )


def _is_over_others(reading: Reading, clause: Row) -> bool:
    """Whether lines under a chapter say who answers for it (牵头部门:甲局), and its items have others who do."""
    below = reading.children.get(clause["clause_id"], ())
    plain = (reading.text(each) for each in below if not each["number"] and each["kind"] == "paragraph")
    own = any(map(_begins_with_who, plain))
    items = [each for each in below if each["number"]]
    lists = [[*organization_lists(each["text"], NONE), *_lists_under(reading, each)] for each in items] if own else []
    told_ = [any(told(each["text"])) for each in items] if own else []
    others = sum(
        any(not HELPING.search(one.role) for one in each) or here for each, here in zip(lists, told_, strict=True)
    )
    return others > 0 and others * 2 >= len(items)


def _begins_with_who(text: str) -> bool:
    """Whether the first sentence of a line says nothing but who answers: 由甲局承办,乙局协办。目标:…"""
    return is_answer(text) or is_answer(_SENTENCE.split(text)[0])


def _lists_under(reading: Reading, item: Row) -> Iterator[OrganizationList]:
    """The lists of units in the lines under an item."""
    for each in reading.children.get(item["clause_id"], ()):
        yield from organization_lists(each["text"], NONE) if not each["number"] else ()


def _is_labelled(reading: Reading, clause: Row) -> bool:
    """Whether what stands under a clause only says of it what is to be reached, when, and by whom."""
    items = [each for each in reading.children.get(clause["clause_id"], ()) if each["number"]]
    labels = [_title(reading, each) for each in items]
    return bool(items) and all(map(LABELS.match, labels)) and any(map(_OF_ORGANIZATIONS.search, labels))


def _is_answered(reading: Reading, clause: Row) -> bool:
    """Whether a paragraph without a number, right under a heading, says who answers for it; or some, who for which
    duty.
    """
    below = [each for each in reading.children.get(clause["clause_id"], ()) if each["kind"] == "paragraph"]
    others = (
        reading.answered_blocks | reading.about_others | reading.paragraphs_with_organizations | reading.headed_duties
    )
    own = [each for each in below if each["clause_id"] not in others]
    return any(any(organization_lists(each["text"], NONE)) for each in own) or tells_duties(reading, clause)


def tells_duties(reading: Reading, clause: Row) -> bool:
    """Whether a paragraph, or those right under a heading, tell the duties of several units: 甲局:负责…"""
    below = reading.children.get(clause["clause_id"], ())
    return sum(duties(each["text"]) for each in (clause, *below) if each["kind"] == "paragraph") > 1


def _is_beside(reading: Reading, clause: Row) -> bool:
    """Whether a paragraph stands in a run of numbered ones that are measures, since units answer for most of them."""
    run = _run(reading, clause)
    answered = sum(any(organization_lists(each["text"], NONE)) or _tells(each) for each in run)
    return clause["kind"] == "paragraph" and answered * 2 > len(run)


def _title(reading: Reading, clause: Row) -> str:
    """The document's words for a task: its run-in heading, or the cell that names it."""
    if clause["kind"] == "table_row":
        return _cell_title(reading, clause)
    front = reading.fronted.get(clause["clause_id"])
    begin = front.end + 1 if front else _behind_number(clause)
    if not front and (named := _IN_THICK_BRACKETS.match(clause["text"], begin)):
        return str(named["title"])
    text = clause["text"][begin : _bracket_of_organizations(clause, begin)]
    text = text if clause["number"] else _OF_A_TASK.sub("", _NUMBER_ALONE.sub("", text), count=1)
    end = re.search("[。;；]|(?<![0-9０-９])[:：]|[:：](?![0-9０-９])", text)
    title = _LABEL_BEHIND.sub("", text[: end.start()] if end else text)
    lead = re.match("[^0-9０-９,，]{4,30}(?=[,，])", title) if re.search("[0-9０-９](?![A-Z])", title) else None
    title = lead.group() if lead else title  # 推进供水一体化,保证率达到97%: no run-in heading, but a lead
    title = re.split("[,，]", title)[0] if len(title) > _LONG else title
    title = re.sub("(?<=..)[(（][^()（）]*$", "", title)  # 某项目（总投资28亿元，…
    return title.strip(" 。.\u3000")


def _bracket_of_organizations(clause: Row, begin: int) -> int:
    """Where the bracket begins that holds the first list of units behind a place of a text; its end without one."""
    text = folded(clause["text"]).translate(BRACKETS)
    first = min((each.start for each in organization_lists(text, NONE) if each.start > begin), default=len(text))
    open_: list[int] = []
    for mark in re.finditer("[()]", text[:first]):
        open_ = [*open_, mark.start()] if mark.group() == "(" else open_[:-1]
    return open_[0] if open_ else len(text)


def _cell_title(reading: Reading, clause: Row) -> str:
    if clause["clause_id"] in reading.cards:
        return str(clause["text"].split(CELL)[1]).strip()
    if told := table_cells.title(reading, clause):
        told = _ENDS_A_PART.split(told)[0] if len(told) > _LONG and _LISTS_FIGURES.match(told) else told
        told = re.split("[。；;]", told)[0] if len(told) > _LONG else told
        return table_cells.without_unit(reading, told.strip(" 。"))
    passed = ("", clause["number"], *table_cells.beside(reading, clause), *table_cells.merged(reading, clause))
    own = [cell for cell in clause["text"].split(CELL) if folded(cell).strip() not in passed]
    numbers = [
        place
        for place, cell in enumerate(own)
        if _NUMBER_CELL.fullmatch(folded(cell).strip()) and not table_cells.is_day(folded(cell).strip())
    ]
    named = own[: numbers[0]] if numbers and numbers[0] else own[:1]
    title = named[-1] if named else ""
    title = title[behind_number(folded(title)) :]
    title = _ENDS_A_PART.split(title)[0] if len(title) > _LONG or _LISTS_FIGURES.match(title) else title
    return table_cells.without_unit(reading, title.strip(" 。"))


def _behind_number(clause: Row) -> int:
    return behind_number(folded(clause["text"]))


def _task(reading: Reading, works: Works, clause: Row, lists: list[OrganizationList]) -> None:
    """Add the task of a clause and, where it holds several lists of units, a child for each part."""
    parent = next(
        (
            works.of_clause[each["clause_id"]][0][1]
            for each in reading.above(clause)
            if each["clause_id"] in works.of_clause
        ),
        "",
    )
    parted = len(lists) > 1 and clause["kind"] != "table_row" and not _one_group(lists, reading.text(clause))
    if parted and not clause["number"]:  # which has no task of its own beside those in it
        _parts(reading, works, clause, lists, parent)
        return
    title = _title(reading, _before_bare(clause, lists))
    theme = naming.theme(reading.world, title, "") or naming.theme(reading.world, clause["text"], OVERALL_THEME)
    own = _add(reading, works, clause, parent, title, theme, clause["number"], "numbered-item", 0.97)
    works.of_clause[clause["clause_id"]] = [(len(clause["text"]), own)]
    if parted:
        _parts(reading, works, clause, lists, own)


def _before_bare(clause: Row, lists: list[OrganizationList]) -> Row:
    """A paragraph less the names that stand alone behind what is to be done."""
    if clause["kind"] == "table_row" or not lists or lists[0].sure or not lists[0].start:
        return clause
    return Row({**clause, "text": clause["text"][: lists[0].start].rstrip(",，—–-")})


def _parts(reading: Reading, works: Works, clause: Row, lists: list[OrganizationList], own: str) -> None:
    """Add a child of a task for each part of a clause that has units of its own."""
    begin, reached = _behind_number(clause), []
    for number, each in enumerate(lists):
        before = _OPENS_UNITS.sub("", folded(clause["text"])[begin : each.start]).strip(" 。()")
        words = [piece for piece in _SENTENCE.split(before) if piece.strip(" ()")]
        said = words[1] if not number and clause["number"] and len(words) > 1 else words[0] if words else ""
        said = said[behind_mark(said) :]
        first = next((each for each in said.split(",") if not _A_TIME.fullmatch(each)), "").strip(" (")[:60]
        first = first or _title(reading, clause)
        theme = naming.theme(reading.world, said, OVERALL_THEME)
        reached.append((each.end, _add(reading, works, clause, own, first, theme, "", "part-with-its-own-units", 0.85)))
        begin = each.end + 1
    works.of_clause[clause["clause_id"]] = [*reached, (len(clause["text"]), own)]


def _one_group(lists: list[OrganizationList], text: str) -> bool:
    """Whether several lists stand together: 牵头单位:…;配合单位:…"""
    between = [text[one.end : other.start] for one, other in pairwise(lists)]
    near = (len(each) < _APART and not _TOLD_BETWEEN.search(each) for each in between)
    return all(near) and all("。" not in each or _NEXT_LABEL.fullmatch(each) for each in between)


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
