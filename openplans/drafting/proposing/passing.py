"""A figure of a sentence -> why it promises nothing: by the words around it (`reasons`), because it is so already, or
because it is part of the name of a work.

Apart from what makes a promise of the others (`sentences`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openplans.drafting.proposing import support, table_cells
from openplans.drafting.proposing.outline import REPORTS
from openplans.drafting.proposing.place import FigurePlace
from openplans.drafting.proposing.qualifying import EACH_ONE
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.reasons import FUTURE, OF_THE_PAST, TESTS, is_so_already
from openplans.drafting.proposing.told_works import Found, told
from openplans.packages.read import Row
from openplans.rules.organization_tables import is_of_organizations
from openplans.text.period import FIVE_YEARS, month_of, year_of
from openplans.text.quantities import Figure
from openplans.text.responsible import NONE, organization_lists

_AS_OF = re.compile("(?:截至|截止)((?:19|20)[0-9]{2}) ?年")
_BY_MONTH = re.compile("截[至止](?P<year>20[0-9]{2})年(?:(?P<month>[0-9]{1,2})月|年?[底末])")
_OF_THEN = re.compile("(?:19|20)[0-9]{2}年[底末]?的?[约近不足超过到]{0,2}$")
_PAST_YEAR = re.compile("(?:(?<=截至)|(?<![到至较比]))((?:19|20)[0-9]{2}) ?年(?!(?: ?[0-9]{1,2} ?月)?[底末]?以?前)")
"""A year, but none by which something is to be done (2026年6月底前)."""
_THIS_YEAR = re.compile("[今明]年|本年度?|年内|今后|下一步")
_RUN_IN = re.compile("(?P<head>[^。,;:]{2,12})。")
"""The heading that a paragraph begins with: (二)基础现状。截至2024年底,…"""
_AHEAD = re.compile(
    "[将拟]|力争|争取|确保|计划|要|必须|应当|[到至]20[0-9]{2}年|今[年后]|下一步|加快|推[动进]|进一步|着力|大力|全力|努力|持续"
)
"""Words of sentences that no longer report."""
_FORMER = re.compile('(?<![较比])(?<![较比][“"])[“"]?(?P<plan>十[一二三四五六七]五)[”"]?(?:期间|时期|以来|末)')
_PROGRAMME = re.compile("[.、)） ]*(?P<name>[百千万][^,;。:]{3,24}(?:项目|计划|工程|行动))。")
_LAYOUT = re.compile("(?:布局|格局|范围|区位|区域概况|功能分区|功能定位)$")
"""Headings of what lies where."""
_EXTENT = re.compile("(?:^|[总规划占用地国土区域幅员水建筑]|控制)(?:面积|全长|总长)(?:约|为|共|达)*$")
"""Before a figure: how large the thing is, and of nothing else; 示范区面积 is to be reached."""
_QUALIFIED = re.compile("(?:比|较|自|以|在|由|从)(?:上年|去年)?$")
_EDITION = re.compile("年?(?:本|版|修订版?|修正版?)(?![\u4e00-\u9fff])")
"""Behind the year of what a name is: 《产业结构调整指导目录》(2019年本)."""
_BEFORE_THAT = re.compile("[底末初]?(?:以?前|以来|以后|之前)[\u4e00-\u9fff]{0,6}的|制?(?:义务|免费)教育")

_OF_PLACES = re.compile("[街乡镇县市区旗村社部单企园]")
"""How begins what units are that are counted and not named: 13个街道."""


@dataclass(frozen=True)
class Passing:
    """Judges the figures of one plan."""

    reading: Reading
    _works: dict[str, tuple[Found, ...]] = field(default_factory=dict, repr=False, compare=False)
    """The works that a clause names, by clause_id: told once, however many figures the clause has."""

    def reason(self, clause: Row, figure: Figure, counted: list[Figure]) -> str:
        """ "reason:rule" of a figure that promises nothing, "baseline", or "" for a promise."""
        if self.is_in_a_column_of_the_past(clause, figure.start):
            return "other:what-is-so-already"
        at = self._place(clause, figure, counted)
        if is_so_already(at) or (not FUTURE.search(at.before) and self._is_past(clause, at.text, figure)):
            from_ = figure.role == "baseline"  # 由2023年的2.87万元提高到…: no threshold, whatever follows
            other = "" if from_ else next((reason for reason, test in OF_THE_PAST if test(at)), "")
            return other or self._reported(clause, at)
        reason = next((reason for reason, test in TESTS if test(at)), "")
        if not reason and self.reading.leads_to(clause, support.CONDITIONS_FOLLOW):
            return "threshold:who-gets-a-reward"
        if not reason and self._describes(clause, at):
            return "other:what-is-described"
        named = self._in_a_name(clause, figure) or self._in_a_title(clause, at)
        if not reason and self._in_a_unit(clause, at):
            return "name:who-answers"
        return reason or ("name:in-the-name-of-a-work" if named else "")

    def is_in_a_column_of_the_past(self, clause: Row, place: int) -> bool:
        """Whether a place is in a cell whose head says that it tells what is so already: 1-11月推进情况."""
        columns = self.reading.under_heads(clause) if clause["kind"] == "table_row" else []
        heads = (head for head, begin, cell in columns if begin <= place < begin + len(cell))
        return any(table_cells.is_past(each, self.reading.start) for each in heads)

    def _describes(self, clause: Row, at: FigurePlace) -> bool:
        """Whether a size is that of what a layout describes, where nothing says that it is to change."""
        if at.figure.comparator not in ("eq", "approx") or not _EXTENT.search(at.before):
            return False
        above = (each for each in self.reading.above(clause) if each["kind"] == "heading")
        return any(_LAYOUT.search(self.reading.heading(each)) for each in above)

    def _in_a_title(self, clause: Row, at: FigurePlace) -> bool:
        """Whether a round number in characters is in the name of a programme with which a clause begins:
        百名专家引进项目.
        """
        title = _PROGRAMME.match(at.text, self.reading.own_number(clause)) if at.in_words else None
        return title is not None and title.start("name") == at.figure.start and at.figure.end <= title.end()

    def _in_a_unit(self, clause: Row, at: FigurePlace) -> bool:
        """Whether a figure says how many of a kind answer, in a list of units or under their head: 13个街道."""
        if not _OF_PLACES.match(at.after):
            return False
        row = clause["kind"] == "table_row"
        columns = self.reading.under_heads(clause) if row else []
        spans = [(begin, begin + len(cell)) for head, begin, cell in columns if is_of_organizations(head)]
        spans += [(each.start, each.end) for each in organization_lists(at.text, NONE, row)]
        return any(begin <= at.figure.start < end for begin, end in spans)

    def _in_a_name(self, clause: Row, figure: Figure) -> bool:
        """Whether the name of a single work holds a figure: 岭西100万千瓦风电基地项目."""
        if figure.unit in EACH_ONE or not figure.unit:
            return False
        works = self._works.get(clause["clause_id"])
        if works is None:
            works = self._works[clause["clause_id"]] = tuple(told(self.reading, clause))
        return any(each.named < figure.start and figure.end <= each.end for each in works)

    def _reported(self, clause: Row, at: FigurePlace) -> str:
        """What is so already is a baseline where its year is printed."""
        return "baseline" if self.past_year(clause, at.text, at.figure) else "other:what-is-so-already"

    def _place(self, clause: Row, figure: Figure, counted: list[Figure]) -> FigurePlace:
        text = self.reading.text(clause)
        after = text[figure.end :]
        return FigurePlace(
            figure,
            text,
            before=text[self.reading.part(text, figure.start) : figure.start],
            after=after,
            until=re.split("[,;。!?\u3000]", after, maxsplit=1)[0],
            sentence=text[self.reading.sentence(text, figure.start) : figure.start],
            counted=tuple(counted),
        )

    def _is_past(self, clause: Row, text: str, figure: Figure) -> bool:
        """Whether the sentence reports: its own year lies before the
        plan's, and is nothing that a name or a rise refers to."""
        begin = self.reading.sentence(text, figure.start)
        end = figure.start
        if self._goes_on_after_a_former_plan(text, begin) and not _AHEAD.search(text, begin, end):
            return True
        if self._goes_on_reporting(text, begin) or self._is_of_a_year_before(text, begin, figure):
            return True
        years = self._years(clause, begin, figure)
        years = [each for each in years if each.start >= self.reading.part(text, figure.start)] or years
        plain = [
            each for each in years if not self.qualifies(text, each) and not text[: each.start].endswith(("从", "由"))
        ]
        last = str(plain[-1].value_max or plain[-1].value) if plain else ""
        if last < self.reading.start and self.reports(clause, text[begin : figure.start]):
            return True
        past = bool(plain) and last < self.reading.start
        return past and figure.role != "target" and len(plain) == len(years)

    def _years(self, clause: Row, begin: int, figure: Figure) -> list[Figure]:
        """The years that a sentence names before a figure; none from before 今年, since what follows is still to do."""
        text = self.reading.text(clause)
        begin = max((each.end() for each in _THIS_YEAR.finditer(text, begin, figure.start)), default=begin)
        dates = (each for each in self.reading.figures(clause) if each.kind == "date" and each.value >= 1900)
        return [each for each in dates if begin <= each.start < figure.start]

    def _goes_on_reporting(self, text: str, begin: int) -> bool:
        """Whether a part behind a semicolon goes on with 截至2023年底,…;… and no word of it looks ahead."""
        if text[begin - 1 : begin] != ";":
            return False
        first = max(text.rfind(mark, 0, begin) for mark in "。!?\n") + 1
        told = _AS_OF.search(text, first, begin)
        if told is None:
            return False
        years = (told[1], *re.findall("20[0-9]{2}", text[told.end() : begin]))
        return all(each < self.reading.start for each in years)

    def _is_of_a_year_before(self, text: str, begin: int, figure: Figure) -> bool:
        """Whether a figure is of a year right before it that is over (增加到2021年的5481万公里), or of all that was so
        by a month before the document was issued (截至2022年7月底,…).
        """
        then = self._right_before(text, begin, figure)
        if then and then < self.reading.start:
            return figure.role == "target" or not FUTURE.search(text, begin, figure.start)
        told = _BY_MONTH.search(text, begin, figure.start)
        issued = month_of(str(self.reading.plan.descriptor.get("issued", "")))
        return told is not None and f"{told['year']}-{int(told['month'] or 12):02}" < issued

    def _right_before(self, text: str, begin: int, figure: Figure) -> str:
        """The year that stands right before a figure as its own: 增加到2021年的5481万公里, not 较2010年翻一番."""
        then = _OF_THEN.search(text, begin, figure.start)
        return year_of(then[0]) if then and not _QUALIFIED.search(text[: then.start()]) else ""

    def _goes_on_after_a_former_plan(self, text: str, begin: int) -> bool:
        """Whether an earlier sentence tells of a five-year plan that is over, and none up to this one looks ahead:
        “十三五”时期，…取得进展。粮食年产量连续保持在1.3万亿斤以上，…
        """
        former = list(_FORMER.finditer(text, 0, begin))
        over = bool(former) and FIVE_YEARS[former[-1]["plan"]][1] < int(self.reading.start)
        return over and not _AHEAD.search(text, former[-1].end(), begin)

    def reports(self, clause: Row, before: str) -> bool:
        """Whether a sentence tells of an earlier five-year plan, or stands under a heading such as 发展基础."""
        former = list(_FORMER.finditer(before))
        if former and FIVE_YEARS[former[-1]["plan"]][1] < int(self.reading.start):
            return True
        own = _RUN_IN.match(self.reading.heading(clause))
        if own and REPORTS.fullmatch(own["head"]):
            return True
        above = (each for each in self.reading.above(clause) if each["kind"] == "heading")
        return any(self.reading.reports(self.reading.heading(each)) for each in above)

    def past_year(self, clause: Row, text: str, figure: Figure) -> str:
        """The year of what is so already: its sentence says it, or the heading that reports."""
        begin = self.reading.sentence(text, figure.start)
        if (then := self._right_before(text, begin, figure)) and then < self.reading.start:
            return then
        years = _PAST_YEAR.findall(text[begin : figure.start])
        past = [each for each in years if each < self.reading.start or self._is_of_then(text, begin, figure)]
        if not past:  # 截至2023年底,…;…: the sentences behind it are of that year
            past = [each for each in _AS_OF.findall(text[:begin]) if each <= self.reading.start]
        headings = [self.reading.heading(each) for each in self.reading.above(clause) if each["kind"] == "heading"]
        told = (self.reading.reported_in(each) for each in headings if not past and self.reading.reports(each))
        return past[-1] if past else next(filter(None, told), "")

    def _is_of_then(self, text: str, begin: int, figure: Figure) -> bool:
        """Whether the first year of the plan is that of a figure it stands right before, or of all that is so by then:
        由2025年的28%, 截至2025年6月; not 2025年达到100%,…从30%.
        """
        return bool(_OF_THEN.search(text, begin, figure.start) or _AS_OF.search(text, begin, figure.start))

    def qualifies(self, text: str, each: Figure) -> bool:
        """Whether a date belongs to the name of what is counted: 比2024年提高, 2000年底前建成的老旧小区."""
        if not each.is_time:
            return False
        schooling = text.endswith("学前", 0, each.start)  # 学前三年毛入园率
        named = _EDITION.match(text, each.end) or _BEFORE_THAT.match(text, each.end)
        return schooling or bool(_QUALIFIED.search(text[: each.start]) or named)
