"""A clause in sentences -> the targets and baselines of its figures, and its promises without a number.

Comes in: a clause and, of a row of a table, what its cells have placed already. Goes out: rows with quotes that are
found once. Apart from `passing`, which says what is no promise, from `around`, which finds the words for what is
counted, and from `rows`, which writes what is a promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from openplans.drafting.proposing import elliptical, listing, named_works, naming, scaling, table_cells, wordless
from openplans.drafting.proposing.around import SINCE, YEARS_ONLY, Around
from openplans.drafting.proposing.passing import Passing
from openplans.drafting.proposing.qualifying import HALVED
from openplans.drafting.proposing.quoting import Quoting
from openplans.drafting.proposing.reading import Dated
from openplans.drafting.proposing.reasons import CHANGE
from openplans.drafting.proposing.rows import EACH, Rows
from openplans.drafting.proposing.tasks import LABELS
from openplans.packages.read import Row
from openplans.text.folding import CELL
from openplans.text.quantities import Figure
from openplans.text.units import UNITS_OVER

_BUILDS = re.compile("(?:设立|组建|争取|新建|建成|建设|打造|开设|创建|创成|改造|改建)")
_ALL_OF = re.compile("^(?:所有|全部)?(?:[0-9]+|[一二三四五六七八九十百]+)(?:个|家|户|所|条|座)(?=[\u4e00-\u9fff(]{2,})")
"""20个镇街全覆盖 is told of the 镇街."""
_SPAN_AT_END = re.compile("[0-9]+(?:小时|天|日|个工作日)内?$")
_MADE_TRUE = re.compile("(?<=[\u4e00-\u9fff”])(?:基本)?实现(?=[\u4e00-\u9fff]{2,8}$)")
"""医疗服务实现行政村全覆盖 is told of the service in the villages."""
_IN_GENERAL = re.compile("^对?[^,;。]{2,24}的[^,;。的]{1,8}(?:尽快|逐步|加快)实现(?=[\u4e00-\u9fff]{3})")
"""What a promise of every one is not of: 有条件的村庄尽快实现村庄规划全覆盖."""
_NEARLY_DONE = re.compile("^(?:完成|做到)(?=[\u4e00-\u9fff]{4})")
"""Behind 基本, which the lead of a part has taken: 基本完成…全覆盖."""
_FROM_ALL = re.compile("(?:由|从)[^,;。]{1,12}全覆盖[到向](?=[\u4e00-\u9fff]{2})")
_FOR_THEM = re.compile("^对(.{2,})做(?:到)?$")
"""对“三类户”做到应帮尽帮."""
_OF_TIME = re.compile(
    "(?:年限|寿命|标准|能力|周期|时限|期限|时间|时长)[^,;。]{0,4}(?:达到?|不低于|不少于|不超过|增[到至]|[为≥≤]"
    "|(?:提高|提升|延长|缩短|压缩|压减|增加)[到至]|控制在)$|(?:建设|施工|计划|总)?工期(?:约为?|为|:)?$"
)
"""Before a span of time that is the promise itself: 受教育年限达到11.3年."""
_BOUND_ONLY = re.compile("不(?:超过|少于|低于|高于)|至少|至多|最多|超过?|约|近")
"""All that stands before a figure whose verb the part before has: 遴选不超过100名能手，不超过50名骨干."""
_AGAIN = re.compile(
    "(?:^|[,;、])(?P<word>(?:同比|年均|[比较]上年)?)分别(?P<change>增长|下降|提高|提升|降低|减少|增加)$"
)
_OF_A_WORK = re.compile(
    "(?:该?(?:项目|工程))?(?:估算|概算)?(?P<what>(?:计划|完成)?总?投资|占地(?:面积)?|总?用地面积|(?:总?建筑)?面积|全长|总长度?|总库容|总?装机|装机容量|(?:建设|施工)?工期)"
)
"""What is said of a work that the sentence names: 丙安水库工程。…总投资9.2亿元."""
_OF_THE_ROW = re.compile(
    "(?:新增|净增|累计)?(?:总数|总量|数量|达到)?|(?:行政村|自然村|村|社区|乡镇|镇|街道|学校)覆盖率"
)
"""What a cell says of that which its row is about."""
_DOES = re.compile("^(?:培育|新增|引进|建设|打造|创建|发展|壮大|推进|实施|推广|扩大|加强)+(?=.{2})")
_SHARE_OF = re.compile("(?:^|(?<=[。;,\u3000]))[^。;,:、\u30000-9]{4,24}(?:率|占比|比例|比重|面积|产量|标准)$")
"""What a colon gives to all that it leads to."""
_GOES_ON = re.compile("、|实现")
"""Between two promises of a list."""


def _is_the_whole(text: str, each: Figure) -> bool:
    """Whether a span is that of the whole plan, for which what follows is counted: 三年培训3000人."""
    return each.kind == "time" and each.unit == "年" and not text.endswith("每", 0, each.start)


def _told_of(before: str, nearly: bool) -> str:
    """What the words before a promise in words tell of."""
    before = _NEARLY_DONE.sub("", before) if nearly else before
    name = naming.indicator(_IN_GENERAL.sub("", _FROM_ALL.sub("", before)))
    name = _SPAN_AT_END.sub("", _MADE_TRUE.sub("", name))
    return _FOR_THEM.sub(r"\1", _ALL_OF.sub("", name))


class Sentences:
    """Reads the sentences of a plan, clause by clause, into its rows."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self._reading = rows, rows.reading
        self._passing, self._quoting = Passing(rows.reading), Quoting()
        self._around = Around(rows.reading, self._passing)

    def read(self, clause: Row, placed: set[int] | frozenset[int] = frozenset()) -> None:
        """The figures of a clause that are not `placed` by the cells of a table."""
        self._quoting.begin(clause["text"])
        found = self._reading.figures(clause)
        text = self._reading.text(clause)
        counted = [each for each in found if not each.is_time and each.start not in placed]
        lasting = [each for each in found if each.kind == "time" and _OF_TIME.search(text, 0, each.start)]
        events: list[tuple[int, Figure | wordless.Word]] = [(each.start, each) for each in (*counted, *lasting)]
        events += [(each.start, each) for each in wordless.words(clause["text"])]
        if UNITS_OVER.fullmatch(text.strip()):
            self.rows.passed += [(clause, each, "name", "units-of-a-table") for each in found]
            return
        if self._reading.is_note(clause):
            self.rows.passed += [(clause, each, "date" if each.is_time else "other", "a-note") for each in found]
            return
        for _, each in sorted(events, key=lambda event: event[0]):
            if isinstance(each, Figure):
                self._figure(clause, each, found, counted)
            elif not self._is_reported(clause, text, each.start):
                self.wordless(clause, each)
        self.rows.passed += [(clause, each, "date", "date") for each in found if each.is_time and each not in lasting]

    def _is_reported(self, clause: Row, text: str, place: int) -> bool:
        """Whether the sentence or the column that holds a place tells what is so already."""
        sentence = text[self._reading.sentence(text, place) : place]
        return self._passing.reports(clause, sentence) or self._passing.is_in_a_column_of_the_past(clause, place)

    def _figure(self, clause: Row, figure: Figure, found: list[Figure], counted: list[Figure]) -> None:
        """What a figure is: a promise, a baseline, or nothing of either."""
        reason = self._passing.reason(clause, figure, counted)
        if reason == "baseline":
            self._baseline(clause, figure)
        elif reason:
            why, _, rule = reason.partition(":")
            self.rows.passed.append((clause, figure, why, rule))
        else:
            self._target(clause, figure, found)

    def _baseline(self, clause: Row, figure: Figure) -> None:
        text = self._reading.text(clause)
        begin = self._around.begin(clause, text, figure, self._reading.figures(clause))
        before = self._around.before(text, begin, figure, self._reading.figures(clause))
        name = naming.indicator(SINCE.sub("", before))
        if not name or CHANGE.fullmatch(name):  # 森林覆盖率2023年为61.2%,较上年提高0.3个百分点
            name = self._around.subject(clause, begin, self._reading.figures(clause)) + name
        year, unit = self._passing.past_year(clause, text, figure), self.rows.unit(figure, name)
        start = self._named_from(text, name, begin, self._reading.figures(clause))
        quote = self._quoting.quote(start, figure.end)
        self.rows.baseline(clause, name, year, scaling.value(figure), unit, quote, 0.8 if name else 0.6)

    def _target(self, clause: Row, figure: Figure, found: list[Figure]) -> None:
        """The rows of a figure: one for each name that it belongs to."""
        text = self._reading.text(clause)
        begin = self._around.begin(clause, text, figure, found)
        noun = self._around.noun(clause, figure)
        listed = listing.list_of(figure, text, found)
        dated = self._reading.dated(clause, figure.start)
        of_dates = listing.of_dates(figure, listed, text)
        if of_dates and of_dates[0]:
            note = f"{of_dates[0]}年：原文并列几个年份，各归各的数" if of_dates[0] != dated.year else ""
            dated = Dated(of_dates[0], bool(of_dates[2]), True, note, ("", of_dates[2]))
        elif of_dates and (dated.months[1] or of_dates[2]):
            dated = replace(dated, until=dated.until or not dated.months[1], months=("", of_dates[2]))
        counted = [each for each in found if not each.is_time]
        if year := listing.of_the_whole(figure, text, counted, self._reading.years):
            dated = Dated(year, False, True, f"{year}年：原文按年并列，各归各年")
        before = self._around.before(text, begin, figure, found)
        names = (of_dates[1],) if of_dates else listing.of_both(figure, listed, text)
        names = names or listing.of_each(figure, text) or listing.of_rates(figure, text)
        names = names or listing.of_shared(figure, listed, text) or listing.whole_names(figure, listed, text)
        for name in names or (self._looking_back(clause, text, figure, listed) or naming.indicator(before, noun[1]),):
            self._named(clause, figure, found, self._full(clause, name, begin, before, found), noun, dated)

    def _full(self, clause: Row, name: str, begin: int, before: str, found: list[Figure]) -> str:
        """A name that can be understood alone."""
        said = (
            self._of_work(clause, name, begin, before),
            self._of_what_stood_before(clause, name, begin, before, found),
        )
        whole = next((each for each in chain.from_iterable(said) if each), name)
        if whole == name and len(name) < 3 and before.startswith(name):  # 每年投入
            return ("每年" if self._reading.text(clause).endswith("每年", 0, begin) else "") + name
        return whole

    def _of_work(self, clause: Row, name: str, begin: int, before: str) -> Iterator[str]:
        """What is said of a work that the sentence, or the name itself, tells of."""
        head, opened, inside = name.rpartition("(")
        if opened and ")" not in inside and (said := _OF_A_WORK.fullmatch(inside)):  # 竹浆林纸项目(总投资28亿元
            verb = named_works.VERB.match(head)
            yield head[verb.end() if verb else 0 :] + said["what"]
        last = self._last(clause) or self._reported_last(clause)
        if last and _BOUND_ONLY.fullmatch(before):
            yield elliptical.done_as_well(name, last, self._reading.text(clause), begin)
        yield elliptical.completed(name, last, self._reading.text(clause), begin)
        if (said := _OF_A_WORK.fullmatch(name)) and (work := self._work(clause, begin)):
            yield work + said["what"]

    def _of_what_stood_before(
        self, clause: Row, name: str, begin: int, before: str, found: list[Figure]
    ) -> Iterator[str]:
        """What is missing of a name, or only says which way: it stands in the part before, or in the row's title."""
        text, last = self._reading.text(clause), self._last(clause) or self._reported_last(clause)
        if not name or YEARS_ONLY.fullmatch(name):
            subject = self._around.subject(clause, begin, found) or (last["indicator"] if last else "")
            if not subject or LABELS.fullmatch(subject):  # 进度安排:一季度完成25%
                subject = self.rows.works.title_at(self._reading, clause, begin) or subject
            yield subject or text[begin : begin + len(before)]
        if text[begin - 1 : begin] == ":" and (share := _SHARE_OF.search(text, 0, begin - 1)):
            yield share.group() + name  # 专任教师本科以上学历占比:小学、初中分别达到92%、98%
        if CHANGE.fullmatch(name):  # 地区生产总值突破200亿元、年均增长7.5%
            subject = self._around.subject(clause, begin, found) or CHANGE.sub("", last["indicator"] if last else "")
            yield subject + name if subject != name else name
        yield self._of_its_row(clause, name, begin)

    def _work(self, clause: Row, place: int) -> str:
        """The one work that a place is about: of a row in a list of projects, its own."""
        if clause["kind"] == "table_row" and (work := table_cells.works(self._reading, clause)):
            return work
        return self._reading.work_named(clause, place)

    def _of_its_row(self, clause: Row, name: str, place: int) -> str:
        """A name of a cell, with what its row is about where it says only half: 培育龙头企业　新增5家."""
        if clause["kind"] != "table_row" or not _OF_THE_ROW.fullmatch(name):
            return name
        return _DOES.sub("", self.rows.works.title_at(self._reading, clause, place)) + name

    def _looking_back(self, clause: Row, text: str, figure: Figure, listed: list[Figure]) -> str:
        """What 同比分别增长12%和15% looks back at: as many promises of the clause as the list has figures."""
        change = _AGAIN.search(text, 0, listed[0].start)
        number = listed.index(figure)
        earlier = [row for row in self.rows.targets if row["clause_id"] == clause["clause_id"]]
        if change is None or len(listed) < 2 or len(earlier) < len(listed) + number:
            return ""
        return str(earlier[-len(listed)]["indicator"]) + change["word"] + change["change"]

    def _named(
        self, clause: Row, figure: Figure, found: list[Figure], name: str, noun: tuple[int, str], dated: Dated
    ) -> None:
        """Add the row of a figure by the name of what it counts."""
        text = self._reading.text(clause)
        begin = self._around.begin(clause, text, figure, found)
        unit = self.rows.unit(figure, name + self._around.before(text, begin, figure, found))
        name = naming.of_share(name, text[begin : figure.start]) if unit in ("%", "成") else name
        head = next((each.start for each in found if each.names and each.start > begin - 60), figure.start)
        place = min(head, figure.start) if figure.names else figure.start  # 达到 before the first of a list
        around = text[self._reading.part(text, min(begin, place - 1)) : place]
        measure = self._measure(clause, figure, name, unit, begin, around)
        name = elliptical.without_total(name) if measure == "cumulative" else name
        row = self.rows.row(clause, figure, name, unit, measure, dated, self._said(text, figure, found, measure))
        if measure == "cumulative" and elliptical.is_in_total(name, self._last(clause), text, begin):
            row["note"] = "；".join(filter(None, (row["note"], "原文并列，“累计”管到这一项")))
        self._like_the_whole(row, text, begin)
        from_ = self._named_from(text, name, begin, found)
        if row["period_basis"] == "average":  # 年均分别增长8%、10%: the quote says that it is a mean
            mean = text.rfind("年均", self._reading.sentence(text, begin), figure.start)
            from_ = min(from_, mean) if mean >= 0 else from_
        start, row["commitment"] = self._quoting.hedged(from_, noun[0])
        row["quote"] = self._quoting.quote(start, noun[0])
        row["accepted"] = self._other_unit(figure, unit) or self._parted_word(clause, name, around)
        row.update(confidence=f"{self._sure(figure, name, unit, noun[1], dated):.2f}", rule=self._rule(figure, noun[1]))
        self.rows.targets.append(row)

    def _measure(self, clause: Row, figure: Figure, name: str, unit: str, begin: int, around: str) -> str:
        """What is measured: by the figure itself, by its words, or like the promise before in a list of levels."""
        if figure.unit == "番" or figure.text == HALVED:
            return "growth"
        measure = naming.measure(name, unit, around)
        last, text = self._last(clause), self._reading.text(clause)
        if measure in ("count", "level") and elliptical.is_in_total(name, last, text, begin):
            return "cumulative"
        goes_on = measure == "count" and self._goes_on(last, unit, name, text, begin)
        reached = figure.role == "target" and measure == "count"  # 由5家发展到10家 is how many there are then
        return "level" if goes_on or reached else measure

    def _other_unit(self, figure: Figure, unit: str) -> str:
        """Why a unit may be another than is printed: one of two whose denominator stands in the name."""
        known = figure.unit in self._reading.world.units
        if not known or unit in (figure.unit, "%") or "/" not in unit:
            return ""
        return f"unit-differs: 原文单位为“{figure.unit}”，分母在指标名称里，合为{unit}"

    def _parted_word(self, clause: Row, name: str, around: str) -> str:
        """Why a name may have words that its clause lacks: one of two that the document says in a word."""
        text = self._reading.text(clause)
        villages = name not in text and re.sub("[村镇]", "村镇", name, count=1) in text.replace("分别", "")
        if "村镇" in around and villages:
            return "words-not-in-clause: 原文“村镇”，分别指村和镇"
        above = "".join(self._reading.text(each) for each in (clause, *self._reading.above(clause)))
        towns = re.match("城[镇市]|农村", name)
        return f"words-not-in-clause: 原文“城乡”，这里指{towns[0]}" if towns and towns[0] not in above else ""

    def _last(self, clause: Row) -> Row | None:
        """The promise before, in the same clause."""
        last = self.rows.targets[-1] if self.rows.targets else None
        return last if last and last["clause_id"] == clause["clause_id"] else None

    def _reported_last(self, clause: Row) -> Row | None:
        """What the same clause has reported before: 已建成高标准农田86万亩,今年再新建3万亩."""
        last = self.rows.baselines[-1] if self.rows.baselines else None
        own = last is not None and last["clause_id"] == clause["clause_id"]
        return Row(indicator=last["indicator"], measure="") if last and own else None

    def _goes_on(self, last: Row | None, unit: str, name: str, text: str, begin: int) -> bool:
        """Whether a list of levels goes on: 蜜瓜种植面积2.5万亩、红薯8万亩."""
        level = last is not None and last["measure"] == "level" and last["unit"] == unit
        return level and text[begin - 1 : begin] == "、" and not naming.makes(name)

    def _named_from(self, text: str, name: str, begin: int, found: list[Figure]) -> int:
        """Where a quote begins so that it holds the indicator: in the part before, where no other figure stands between
        (比例逐年提高,2030年达到50%).
        """
        place = text.rfind(name, self._reading.sentence(text, begin), begin) if name else -1
        between = any(place <= each.start < begin and not each.is_time for each in found)
        mean = "年均" in text[place + len(name) : begin]  # 收入年均增速快于城镇居民,期末达到4万元: that is no mean
        return begin if place < 0 or between or mean else place

    def _like_the_whole(self, row: Row, text: str, begin: int) -> None:
        """其中… of the same unit is measured as what it is a part of."""
        last = self.rows.targets[-1] if self.rows.targets else None
        part = bool(elliptical.PART_OF.search(text[max(0, begin - 4) : begin + 3]))
        if (
            part
            and last
            and (last["clause_id"], last["unit"]) == (row["clause_id"], row["unit"])
            and row["unit"] != "%"
        ):
            row.update({name: last[name] for name in ("measure", "period_basis", "period_start", "period_end")})

    def _said(self, text: str, figure: Figure, found: list[Figure], measure: str) -> str:
        """The words that may say for how long a figure holds: its part, and for what is made 每年 earlier in its
        sentence, where no date stands between.
        """
        part = self._reading.part(text, figure.start)
        begin = self._reading.sentence(text, figure.start)
        dates = [each.end for each in found if each.kind == "date" and begin <= each.start < figure.start]
        dates += [each.end for each in found if begin <= each.start < figure.start and _is_the_whole(text, each)]
        other = [each.end for each in found if begin <= each.start < part and each.unit in ("%", "成", "个百分点")]
        each_year = EACH.search(text, max([begin, *dates, *other]), part) if measure == "count" else None
        if each_year and _BUILDS.match(text, part) and not _BUILDS.search(text, each_year.end(), part):
            each_year = None  # 每年新增床位8000张,建成示范村30个
        counted = [each.end for each in found if part <= each.start < figure.start and not each.is_time]
        own = text[max([part, *counted]) : figure.start]
        said = text[part : figure.start] if "年均" in own else text[part : figure.start].replace("年均", "")
        return ("每年" if each_year and "年均" not in each_year.group() else "") + said

    def _rule(self, figure: Figure, noun: str) -> str:
        if figure.names:
            return "figures-in-a-list"
        return "figure-before-its-noun" if noun else f"figure-{figure.comparator}"

    def _sure(self, figure: Figure, name: str, unit: str, noun: str, dated: Dated) -> float:
        """How sure a proposal is: less without a comparator, a unit or a date of its own, with a long or a very
        short name.
        """
        sure = 0.99 if figure.comparator not in ("eq",) else 0.97
        sure -= 0.04 * (not unit) + 0.03 * bool(noun) + 0.05 * (len(name) < 3) + 0.04 * (len(name) > 40)
        sure -= 0.02 * (not dated.printed) + 0.1 * (unit not in self._reading.world.units and bool(unit))
        return max(0.5, sure)

    def _behind_the_last(self, clause: Row, place: int) -> int:
        """Behind the promise before, where a list goes on: 80%以上的农户入社、乡镇服务中心全覆盖;
        资产超50亿元实现收入100万元以上全覆盖.
        """
        last = self._last(clause)
        end = clause["text"].find(last["quote"]) + len(last["quote"]) if last else place
        goes_on = _GOES_ON.match(clause["text"], end) if end < place else None
        return goes_on.end() if goes_on else 0

    def _cell_before(self, clause: Row, place: int) -> str:
        """The cell that names what the words of a cell promise: 居民收入增速(%)　与经济增长基本同步."""
        text = self._reading.text(clause)
        cells = [each for each in text[:place].split(CELL) if each.strip()]
        return cells[-1] if cells and text[place - 1 : place] == CELL else ""

    def _said_again(self, clause: Row, word: wordless.Word, begin: int) -> Row | None:
        """The promise before, of which a list says more: 收入增长8%、高于全省平均水平; 覆盖率达80%、2028年全覆盖."""
        last = self._last(clause) if begin == word.start and self._behind_the_last(clause, word.start) else None
        return last if last and (word.is_held or last["indicator"].endswith("率")) else None

    def _begin_of(self, clause: Row, word: wordless.Word) -> int:
        """Where the words begin that tell of what a promise in words is: in the part before, where it is a part alone
        (村庄规划编制,应编尽编).
        """
        text = self._reading.text(clause)
        begin = max(self._around.part(clause, word.start), word.floor, self._behind_the_last(clause, word.start))
        if word.is_of_all and begin == word.start and text[begin - 1 : begin] == ",":
            begin = self._around.part(clause, begin - 1)
            begin = word.start if any(begin <= each.start for each in self._counted(clause, word.start)) else begin
        lead = naming.LEAD.match(text[begin : word.start])
        return begin + (lead.end() if lead else 0)

    def _counted(self, clause: Row, end: int) -> list[Figure]:
        """The figures of a clause that count something, up to a place."""
        return [each for each in self._reading.figures(clause) if not each.is_time and each.start < end]

    def wordless(self, clause: Row, word: wordless.Word, cell: str = "") -> None:
        """Add the row of a promise in words; `cell` is the indicator where the cells of a row give it."""
        text, begin = self._reading.text(clause), self._begin_of(clause, word)
        before = cell or (self._cell_before(clause, begin) if begin == word.start else text[begin : word.start])
        again = self._said_again(clause, word, begin)
        name = again["indicator"] if again else word.name or _told_of(before, word.comparator == "approx") + word.suffix
        name = name if cell else self._of_its_row(clause, name, word.start)
        if len(name) - len(word.suffix) < (2 if _ALL_OF.match(naming.indicator(before)) else 3):
            return
        begin = clause["text"].find(again["quote"]) if again else begin
        dated = self._reading.dated(clause, word.start)
        quoting = self._quoting if clause["kind"] != "table_row" else Quoting(clause["text"])
        from_, commitment = quoting.hedged(begin, word.end)
        period = self.rows.period("growth" if word.measure == "growth" else "share", dated, text[begin : word.end])
        row = self.rows.proposed(
            clause,
            word.start,
            **word.cells,
            indicator=naming.of_all(name),
            period=self.rows.within(period, dated),
            commitment=commitment,
            quote=quoting.quote(from_, word.end),
            note="；".join(filter(None, (word.note, dated.note))),
        )
        self.rows.targets.append(row)
