"""The years that govern the places of a plan: those of the sentence, of the clause, of a deadline, of a heading.

Comes in: an Outline and a place. Goes out: the year, whether it is one to reach, and what a row says of where it was
found. Apart from `outline`, because when something holds is a subject of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from openplans.drafting.proposing import months, named_works, naming
from openplans.drafting.proposing.outline import PART, SENTENCE, Outline
from openplans.packages.read import Row
from openplans.text.period import FIVE_YEARS, year_of

_YEAR = re.compile(r"(?<![0-9〔(\[较比])((?:19|20)[0-9]{2})(?: ?年(?:年(?=底))?|(?=[目指]标|年?度))")
_SINCE = re.compile("[由从](?:19|20)[0-9]{2} ?年[底末]?的?[约近不足超过]{0,2}[0-9]")
"""The year of what is so already: 由2024年的28%提高到45%."""
_FIRST_OF = re.compile("(?:开始|起),?[用利通过]{0,2}[1-9一二三四五六七八九]年")
"""Behind the first of so many years: 2012年起5年内."""
_NEXT_YEAR = re.compile("(?P<until>[到至])?明年[底末]?前?(?!起)")
"""The year after that of a plan for one year."""
_UNTIL = re.compile(
    r"(?:到|至|截至|截止)[^0-9,;。]{0,2}((?:19|20)[0-9]{2}) ?年|((?:20)[0-9]{2}) ?年[底末前]|((?:20)[0-9]{2}) ?年,"
)
_PLAN_PERIOD = re.compile('(十[一二三四五六七]五)[”"]?(?:期间|时期|末|期末)')
_STEP = re.compile(
    "[底末前]{0,2}(?:力争|争取|确保|预计)?(?:[提增升扩降减缩压][高加大升至到低少短减]{0,2}[到至]?|达到?|超过?|突破|不[低少高]于)?"
    "[约近≥≤ ]?[0-9]"
)
_DONE_BY_THEN = re.compile(
    "[底末]?(?:以?前|之前)[^,;。0-9]{0,6}(?:完成|建立|出台|启动|取消|消除|(?:建成|新建|改造|打造|开工)[^,;。0-9]*[0-9])"
)
"""Behind a year: the deadline of one deed, 2027年底前建成物流基地4个."""
_WORK_BY_THEN = re.compile("年?[底末]?(?:以?前|之前)[^,;。0-9]{0,6}(?:建成|开工|竣工|投[产用]|启用)[^,;。0-9]*[,;。]")
"""Behind a year: the deadline of one work, which dates nothing behind a semicolon: 2026年底前建成甲路;修路80公里."""
_OPENS = re.compile("[\u3000 ]*(?:[0-9]{1,2}[.、])?(?:力争|计划|确保)?[到至在]?")
"""What may stand before the year that a sentence opens with."""
_WHEN = (
    "(?P<when>[^,;。:()0-9]{0,4}20[0-9]{2}[0-9年月日季度一二三四上下半底末前—~至到 -]{0,16}"
    "|(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|[上下]半年|第?[一二三四]季度)[底末]?前?)"
)
_DUE = re.compile(
    r"(?:(?:完成|建设|实施|办结|落实)(?:时限|时间|期限|年限|周期|节点)[】〕\])]?[:为]? ?"
    r"|(?:^|[。;(])(?:时限|期限|时间)(?:节点|安排|要求|进度)?:"
    r"|^(?![开起启]|印发|发布|更新)[\u4e00-\u9fff]{0,4}(?:时限|期限|时间|节点):)(?>"
    + _WHEN
    + ")(?!全[面部]开工|开工|启动)"
)
_DUE_WITH_ORGANIZATIONS = re.compile("[,;]" + _WHEN + r"(?:全[面部])?(?:完[成工]|办结)[)〕】\]]")
"""Behind the units in their bracket: (县住建局负责,各镇配合,2027年底前完成)."""
_ALL_YEARS = re.compile("(?P<years>[一二两三四五])年(?:内|来|共|累计|合计|总共|翻|增[加长]|$)")
_SO_MANY_YEARS = re.compile(
    "(?<![近前续去第满每届上中])(?P<years>[二两三四五])年(?:内|共|累计|合计|总共|[翻增倍]|(?=[新改引培完建打创][一-鿿])|$)[^。;]*$"
)
"""From the plan's first year on, fewer than it has: 三年改造老旧小区48个 of a plan for five. A plan for three years
may print four of them (2024—2027年).
"""
_FROM_THEN_ON = re.compile("(?<![0-9年月日])[此之]后")
"""Behind a year: until the plan ends."""
DUE_COLUMN = re.compile(
    "(?:建设)?工期$|(?:完[成工]|建成|竣工|投[产用]|交付|办结|销号|建设|实施|推进|落实|起止|工作)(?:时限|时间|日期|期限|年限|周期|进度|节点)|^时限|^时间(?:节点|要求|安排)?$|起止年"
)
_PARTS_A_TABLE = re.compile(
    r"\u3000*(?:\(?[一二三四五六七八九十]{1,3}[)、.\u3000]|.{0,4}[合小总共] *计|[^\u3000]*\([0-9]+ ?[个项]\))"
)
"""How a row begins that heads or sums a group, over which no cell is merged."""
_OF_A_YEAR = re.compile(
    "(20[0-9]{2}) ?年(?![—~至到-])度?(?:[^0-9,;。:]{0,24}(?:表|清单)"
    "|[^0-9,;。:]{0,8}(?:任务|目标|指标|计划|安排|重点|工作|项目)[^0-9,;。:]{0,8})"
    r"|[^0-9,;。:]{2,30}(?:表|清单)\((20[0-9]{2}) ?年度?\)"
)
"""The heading of what is of one year: 2026年各乡镇任务指标表, 2026年重点工作, 任务分解表(2026年)."""
_DUE_MONTH = re.compile(" ?[0-9]{1,2} ?月(?:[0-9]{1,2}日)?[底末]?前")
"""Behind a year: by that month."""
_DAY = re.compile("(20[0-9]{2})(?: ?[年./-] ?([0-9]{1,2})(?: ?月|(?=[./-][0-9])))?")
"""2027年6月, 2027.6.30."""
_SHORTEST = 4
"""Letters of a name that can be understood alone: 年均增长 has as many, but a year before it is that of the rise."""
_EACH_YEAR = re.compile("[^,;。0-9]{0,10}每年")
_ALL_OF_IT = re.compile("全[省市县区州旗镇乡]|[省市县区州旗镇乡](?:本级)?财政")
"""How a part begins that is about the whole region, whatever stands before it."""
_DASH = re.compile(r"[—–―-]{2}|[\u2022\u25a0-\u25ff]")


@dataclass(frozen=True)
class Dated:
    """The period that governs a figure: `until` where it is a state by that time; `printed` where the document
    says it; `note` what a row says of a year that stands behind the figure; `months` the first and the last month of
    the part of the year that a column or a sentence is of (一季度: 01, 03); the first is empty where it only says by
    when (6月底前).
    """

    year: str
    until: bool
    printed: bool
    note: str = ""
    months: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Deadline:
    """By when a task is to be done: `end` 2028 or 2028-09, `start` where a span is printed, and the words."""

    start: str
    end: str
    said: str

    @property
    def months(self) -> tuple[str, str]:
        """What `Dated` has of the part of a year: nothing where it is the year's end."""
        return "", self.end[5:].removesuffix("12")


class Reading(Outline):
    """An outline with the years that govern its places."""

    def dated(self, clause: Row, place: int) -> Dated:
        """The time that governs a place of a clause: its year, and the part of the year that its sentence names."""
        text = self.text(clause)
        begin, found = self.sentence(text, place), self._year(clause, place)
        part = months.of_those_counted(text, place) or months.governing(text, begin, place)
        if part is None:
            return found
        years = [each for each in _YEAR.finditer(text, begin, part.end) if each[1] == found.year]
        if not years and self.start != self.end and "今年" in text[begin : part.end]:
            year = year_of(self.plan.descriptor["issued"])
            found = Dated(year, False, True, f"年份取自“今年”，按印发的{year}年记") if year >= self.start else found
        elif not years and self.start != self.end and found.until:  # of which year, nobody says
            return found
        reached = part.until or bool(years and _reaches(text, years[-1]))
        return replace(found, until=found.until or reached, months=("" if reached else part.first, part.last))

    def _year(self, clause: Row, place: int) -> Dated:
        """The year that governs a place of a clause: the first that one of these says, from near to far."""
        said = (self._in_the_sentence, self._before_in_the_clause, self._by_its_deadline, self._above_the_clause)
        found = (dated for source in said if (dated := source(clause, place)))
        return next(found, Dated(self.end, True, False))

    def _in_the_sentence(self, clause: Row, place: int) -> Dated | None:
        """The last year that the sentence names before the place, a five-year plan, or by when it says all is done."""
        text = self.text(clause)
        begin = self.sentence(text, place)
        own = [each for each in _YEAR.finditer(text, begin, place) if self._may_govern(clause, each, place)]
        last = own[-1].end() if own else begin
        if (not own or own[-1][1] < self.end) and self._is_until_the_end(text, last, place):
            return Dated(self.end, True, bool(own))
        next_ = _NEXT_YEAR.search(text, last, place)
        if next_ and self.start == self.end:
            return Dated(str(int(self.start) + 1), next_["until"] is not None, True, f"年份取自“{next_.group()}”")
        if own := own or self._reaching_over(text, begin):
            return Dated(own[-1][1], _reaches(text, own[-1]), True)
        if plan := self._five_years(text, begin, place) or self._so_many_years(text, begin, place):
            return Dated(plan, True, True)
        due = self._done_behind(text, place)
        told = f"年份取自“{due.said.strip(',; ')}”" if due and year_of(due.end) != self.end else ""
        return Dated(year_of(due.end), True, True, told, due.months) if due else None

    def _may_govern(self, clause: Row, year: re.Match[str], place: int) -> bool:
        """Whether a year before a place of its sentence may be that of the place: it is none of what is so already, nor
        only of another part.
        """
        since = _SINCE.match(self.text(clause), year.start() - 1) or _FIRST_OF.match(self.text(clause), year.end())
        return year[1] >= self.start and not since and not self._is_of_its_part(clause, year, place)

    def _before_in_the_clause(self, clause: Row, place: int) -> Dated | None:
        """The year to reach that an earlier sentence of the clause has opened with."""
        text = self.text(clause)
        begin = self.sentence(text, place)
        whole = _whole_sentence(text, place)
        earlier = [each for each in _UNTIL.finditer(text, 0, begin) if self._governs(clause, each)]
        own = self._is_of_each_year(text, begin)
        earlier = [
            each for each in earlier if each.start() < whole or not (own or _WORK_BY_THEN.match(text, each.end()))
        ]
        if not earlier:
            return None
        last = max([_first(earlier[-1]), *(each[1] for each in _YEAR.finditer(text, earlier[-1].end(), begin))])
        return Dated(last, True, True)

    def _by_its_deadline(self, clause: Row, place: int) -> Dated | None:
        """The deadline of the task, of what is told of a whole year only its year; the plan's end where that is
        earlier.
        """
        due = self._printed_deadline(clause) or self._deadline_beside(clause)
        if due and self._is_beyond(due):
            return Dated(self.end, True, True, f"原文“{due.said}”超出计划期，按期末{self.end}年记")
        if not due:
            return None
        text, note = self.text(clause), f"年份取自“{due.said}”"
        if "全年" in text[self.sentence(text, place) : place]:
            return Dated(year_of(due.end), False, True, note)
        return Dated(year_of(due.end), True, True, note, due.months)

    def _deadline_beside(self, clause: Row) -> Deadline | None:
        """The deadline that a line beside a clause gives to all that stands under their heading."""
        over = self.by_id.get(clause["parent_id"]) if not clause["number"] and clause["kind"] == "paragraph" else None
        heads = over and (over["number"] or over["clause_id"] in self.answered_blocks)
        return self._printed_deadline(over) if over and heads else None

    def _above_the_clause(self, clause: Row, _place: int) -> Dated | None:
        """The year of the nearest paragraph or heading above that names one."""
        for governing in self._governing(clause):
            said = list(_UNTIL.finditer(self.text(governing)))
            if said and _first(said[0]) >= self.start:
                return Dated(_first(said[0]), True, True)
            of = _OF_A_YEAR.fullmatch(self.heading(governing))
            if of and _first(of) >= self.start:
                return Dated(_first(of), False, True)
        return None

    def _is_until_the_end(self, text: str, begin: int, place: int) -> bool:
        """Whether what follows a year is told of all years, or of those from then on: 三年累计, 此后每年."""
        from_then_on = _FROM_THEN_ON.search(text, begin, place) if _YEAR.search(text, 0, begin) else None
        return bool(from_then_on) or self._of_all_years(text, begin, place)

    def _of_all_years(self, text: str, begin: int, place: int) -> bool:
        """Whether a part says that what it counts is that of all years of the plan: 三年累计."""
        said = _ALL_YEARS.search(text, max(begin, self.part(text, place)), place)
        years = int(self.end) - int(self.start) + 1
        return said is not None and "一二三四五".find(said["years"].replace("两", "二")) + 1 == years

    def _done_behind(self, text: str, place: int) -> Deadline | None:
        """The deadline that a sentence ends with, of all that stands before it."""
        mark = SENTENCE.search(text, place)
        found = named_works.DONE_BEHIND.search(text, place, mark.end() if mark else len(text))
        found = found or (named_works.DONE_BEHIND.match(text, mark.start()) if mark else None)
        due = self._due(found["when"], found.group()) if found and found["when"] else None
        return due if due and not self._is_beyond(due) and due.end >= self.start else None

    def _five_years(self, text: str, begin: int, place: int) -> str:
        """The last year of the five-year plan that a sentence names (“十四五”期间), where this plan still has it."""
        named = _PLAN_PERIOD.findall(text, begin, place)
        last = str(FIVE_YEARS[named[-1]][1]) if named else ""
        return last if self.start <= last < self.end else ""

    def _so_many_years(self, text: str, begin: int, place: int) -> str:
        """The last of so many years from the plan's first on, where it has more (三年改造48个); "" without."""
        said = _SO_MANY_YEARS.search(text, begin, place)
        last = int(self.start) - 1 + "一二三四五".find(said["years"].replace("两", "二")) + 1 if said else 0
        return str(last) if 0 < last < int(self.end) - 1 else ""

    def _governs(self, clause: Row, year: re.Match[str]) -> bool:
        """Whether a year to reach holds for the sentences behind its own: it is no past one, opens a sentence or the
        first part that tells of a year, and is neither only that of a step whose indicator stands before it
        (比例逐年提高,2025年底达到8%), nor by when one thing is done (改造小区9个,2026年底前全部完成;
        2027年底前建成4个).
        """
        text = self.text(clause)
        if _first(year) < self.start or named_works.DONE_BEHIND.match(text, self.part(text, year.start()) - 1):
            return False
        begin = max(self.sentence(text, year.start()), self.own_number(clause))
        if text[begin - 1 : begin] == ";" or _DONE_BY_THEN.match(text, year.end()):
            return False
        return bool(_OPENS.fullmatch(text, begin, year.start()) or not _STEP.match(text, year.end()))

    def _is_of_its_part(self, clause: Row, year: re.Match[str], place: int) -> bool:
        """Whether a year is that of the step of one indicator, which stands before it, and so not of another that has
        a name of its own: 覆盖率2025年达到80%、2027年达到100%,贷款余额年均增长12%.
        """
        text = self.text(clause)
        begin, part = self.part(text, year.start()), self.part(text, place)
        first = next(_YEAR.finditer(text, begin, year.end()))  # 2025年、2026年 that open a part are of no step
        opening = naming.indicator(text[max(begin, self.own_number(clause)) : first.start()])
        if begin == part or len(opening) < _SHORTEST - 1 or _ALL_OF_IT.match(opening):
            return text.startswith("其中", begin) and begin < part and self._has_a_name(text, part, place)
        parts = [begin, *(each.end() for each in PART.finditer(text, year.end(), place))]
        if any(_ALL_OF_IT.match(text, each) for each in parts[1:]):
            return True
        return bool(_STEP.match(text, year.end())) and self._has_a_name(text, part, place)

    def _has_a_name(self, text: str, part: int, place: int) -> bool:
        return len(naming.indicator(text[part:place])) >= _SHORTEST

    def _reaching_over(self, text: str, place: int) -> list[re.Match[str]]:
        """The year that opens a sentence holds for what semicolons part in it: 2026年建成3个;改造5个."""
        if text[place - 1 : place] != ";" or self._is_of_each_year(text, place):
            return []
        begin = _whole_sentence(text, place)
        years = list(_YEAR.finditer(text, begin, place))
        one = len({each[1] for each in years}) == 1  # of several, the last to reach holds
        done = one and (_DONE_BY_THEN.match(text, years[0].end()) or _WORK_BY_THEN.match(text, years[0].end()))
        opening = years[0] if one and not done else None
        return (
            [opening] if opening and opening[1] >= self.start and _OPENS.fullmatch(text, begin, opening.start()) else []
        )

    def _is_of_each_year(self, text: str, place: int) -> bool:
        """Whether what a semicolon begins is told of each year of a plan for several: 2026年底前建成3个;每年培训9人."""
        return self.start != self.end and text[place - 1 : place] == ";" and bool(_EACH_YEAR.match(text, place))

    def deadline(self, clause: Row) -> Deadline | None:
        """The deadline of a task, where it lies in the plan's period; that of a work may reach over it."""
        due = self._printed_deadline(clause)
        return due if due and not self._is_beyond(due) else None

    def _is_beyond(self, due: Deadline) -> bool:
        return year_of(due.end) > year_of(self.plan.descriptor["effective_end"])

    def _printed_deadline(self, clause: Row) -> Deadline | None:
        """The deadline that a task's label gives, in the clause or in a line below it (完成时限:2028年12月), or its
        column.
        """
        for place, (head, _, cell) in enumerate(self.under_heads(clause) if clause["kind"] == "table_row" else ()):
            cell = cell or self._cell_over(clause, place, head)
            if DUE_COLUMN.search(head) and (due := self._due(cell, f"{head}:{cell}")):
                return due
        lines = [each for each in self.children.get(clause["clause_id"], ()) if not each["number"]]
        for each in (clause, *lines):
            if found := _DUE.search(self.text(each)) or _DUE_WITH_ORGANIZATIONS.search(self.text(each)):
                return self._due(found["when"], found.group())
        if (work := self.work(clause)) and (found := named_works.DONE_BY.search(self.text(clause), work.end)):
            return self._due(found["when"], found.group())
        return None

    def _cell_over(self, clause: Row, place: int, head: str) -> str:
        """What the cell of a deadline says that is merged over a row, and printed above it; "" without."""
        merged = DUE_COLUMN.search(head) and not _PARTS_A_TABLE.match(self.text(clause))
        rows = reversed(self.rows_before(clause)) if merged else ()
        group = takewhile(lambda row: not _PARTS_A_TABLE.match(self.text(row)), rows)
        cells = (self.under_heads(row) for row in group if not self.is_head(row))
        return next((row[place][2] for row in cells if len(row) > place and row[place][2]), "")

    def _due(self, when: str, said: str) -> Deadline | None:
        """The deadline that a text says: 2025—2027年, 2028年三季度末; of a plan for one year, also 9月底前."""
        days = list(_DAY.finditer(when))
        if not days:
            last = months.due(when) if self.start == self.end else ""
            return Deadline("", f"{self.start}-{last}", said.strip()) if last else None
        years = [f"{each[1]}-{int(each[2]):02}" if each[2] else each[1] for each in days]
        last = months.due(when[days[-1].start() :])
        end = f"{days[-1][1]}-{last}" if last else years[-1]
        return Deadline(years[0] if len(years) > 1 else "", end, said.strip())

    def leads_to(self, clause: Row, line: re.Pattern[str]) -> bool:
        """Whether the line that leads to a numbered clause, and ends with a colon, says what a pattern finds."""
        lines = [each for each in self._governing(clause) if not each["number"]][:1] if clause["number"] else []
        return any(self.text(each).endswith(":") and line.search(self.text(each)) for each in lines)

    def _governing(self, clause: Row) -> list[Row]:
        """What gives a clause its year: a paragraph before dashes, and the headings above."""
        siblings = self.children.get(clause["parent_id"], [])
        before = siblings[: siblings.index(clause)] if clause in siblings else []
        led: list[Row] = []
        if _DASH.match(self.text(clause)) or (clause["number"] and clause["kind"] == "paragraph"):
            heads = [each for each in before if not _DASH.match(self.text(each)) and not each["number"]]
            led = heads[-1:]
        led += reversed(self._lines_over.get(clause["clause_id"], ()))
        return [*led, *(each for each in self.above(clause) if each["kind"] in ("heading", "paragraph"))]


def _whole_sentence(text: str, place: int) -> int:
    """Where the sentence that holds a place begins, whatever semicolons part in it."""
    return max(text.rfind(mark, 0, place) for mark in "。!?\n") + 1


def _reaches(text: str, year: re.Match[str]) -> bool:
    """Whether a year is one to reach (到2027年, 2027年底) or the one in which something is done."""
    before, after = text[max(0, year.start() - 2) : year.start()], text[year.end() : year.end() + 1]
    due = _DUE_MONTH.match(text, year.end())
    return before[-1:] in ("到", "至", "截") or after in ("底", "末", "前") or bool(due)


def _first(found: re.Match[str]) -> str:
    return next(each for each in found.groups() if each)
