"""A figure in its clause -> the words for what it counts: where they begin, what stands before it, the noun behind it,
what the figures before it count.

Apart from `sentences`, which makes a row of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.drafting.proposing import elliptical, listing, naming
from openplans.drafting.proposing.passing import Passing
from openplans.drafting.proposing.qualifying import (
    FOR_EACH,
    HALVED,
    NO_NOUN,
    OF_MONEY,
    SO_MANY,
    THRESHOLD,
    is_money,
    tells_how_large,
    tells_with_more,
)
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.reasons import CHANGE
from openplans.packages.read import Row
from openplans.text.quantities import Figure

YEARS_ONLY = re.compile("[一二三四五六七八九十两]年(?:内|间)?|[较比]“?十[一二三四五六七]五”?(?:期?末|时期|期间)?")
"""What only says in which time, or since when: 三年翻一番, 较“十三五”末翻一番."""
_ADDED = re.compile("(?<=[\u4e00-\u9fff]{2})(?:每年)?(?:新增|净增)$")
"""What the whole does not share with what is added: 面积每年新增3000亩,到2028年达到12万亩."""
_OF_THEM = re.compile("(?:以上)?的(?P<noun>[\u4e00-\u9fff]{2,12})")
_AT_A_RATE = re.compile(
    "(?:以上|左右)?的(?:幅度|速度|增速|增幅|比例|水平)(?:逐[年步]|每年|稳步)?(?P<noun>提[高升]|增[加长]|递增|增长|下降|降低|减少|递减)"
)
"""按照不低于3%的幅度逐年提高: by how much something grows."""
_OF_ALL = re.compile("(?:[^,;。、0-9]{0,6}全[省市县区州旗镇乡])?(?:使|让|超过?|约|近|有)?")
_DO_SO = re.compile("(?:以上)?的?(?P<noun>(?!比例|比重)[\u4e00-\u9fff(“][^,;。、:!?\u3000]{3,24})")
_FOR_SOMEONE = re.compile("(?:为|给|向|替)(?:全[省市县区州旗镇乡][\u4e00-\u9fff]{0,3})?$")
_THEM = re.compile("(?=[\u4e00-\u9fff“])[^,;。:!?\u3000()0-9]{4,40}")
"""Those for whom something is done, over the members of a list: 为10万户老人、困难家庭安装报警器."""
_REACHES = re.compile("(?:覆盖|惠及|服务|辐射)$")
SINCE = re.compile(
    "(?:(?:从|由|在)(?:每[人年月户亩]{1,2}(?:每[年月])?)?)?(?:现[在有]的?|目前的?|当前的?|现行的?|(?:19|20)[0-9]{2}年(?:[底末])?(?:已经?)?的?)?$|(?:从|由)(?:不足|不到|不超过|不低于|约|近|超过?|每[^,;。0-9]{1,8})$"
)
_BUILT = ("所", "座", "处", "条", "家", "栋", "公里")
_DATE_ENDS = re.compile("[底末初]?(?:以?前|之前|内|间)?")
_NO_NAME = re.compile(
    "(?:[到至在于从自由比较按]|每|连续|力争|争取|确保|计划|分|近|未来|今后|用)$|[0-9.、(]$|完成|建成|实现"
)
"""How what stands before a date ends where it is no name."""
_MIDDLE_DATE = re.compile(
    "(?<=[\u4e00-\u9fff]{4})(?:20[0-9]{2}年)?[0-9]{1,2}月[底末初]?(?:以?前)?(?=[\u4e00-\u9fff]{2})"
)
_FOR_EACH_OF = re.compile("(?<=[\u4e00-\u9fff]{2})[户人亩]均(?=增[收产])")
"""带动2.1万户农户户均增收: the 农户, whose income rises."""
_BOUND = re.compile("(?:及?以[上下内]|之内|左右|上下|\\(含\\))")
_NOUN = re.compile(
    r"(?:的|[0-9]{1,5}[\u4e00-\u9fff]{1,3}的)?(?P<noun>(?:[^,;。、:!?\u3000()0-9和及]{0,8}[0-9][0-9.]*[十百千万亿]{0,2}"
    r"[\u4e00-\u9fff]{1,4}?(?:级|(?:及?以[上下])?的|及?以[上下]|(?<=瓦|伏|安|吨|方|米)(?=[一-鿿]{2})))?"
    r"(?:[0-9]{1,3}周?岁(?:及?以[上下])?)?"
    r"(?:[^,;。、:!?\u3000()0-9和及]|和(?=[美谐平田])|\([一-鿿]{1,2}\)(?=[一-鿿])|[0-9][A-Z](?![A-Za-z0-9])){2,40})"
)
"""What a figure before it counts, with the size of each (3座110千伏变电站) and the age of those who are meant."""
_MORE_OF_IT = re.compile(
    rf"(?:、|和|以?及|与|或)(?!{naming.MAKES.pattern}|[推带促][动进]|支持|加[快强]|完善|实现|达|全部|每|全|其中|并|确保|力争|[总年]|若干|[一二三四五六七八九十百千万]{{1,4}}[“\u4e00-\u9fff])"
    r"[^,;。:!?\u3000()0-9]{2,40}(?=[,;。:!?(]|$)"
)
"""What else belongs to a noun of several words: 侵入式、半侵入式脑机接口产品."""
_BETWEEN = re.compile(
    "(?:以上|以下|以内|左右|上下|及以上|[底末初]?以?前|[底末内间]|大关|关口|台阶|(?:农户|农民|群众|居民|社员)(?=[户人亩]均))?"
    "(?:的)?(?:[、及与或, /]|和(?!美|谐|平|田)){0,2}"
)
"""Between a figure of a list and the name of the next."""
_SHORT_NOUN = re.compile("(?P<noun>[班村镇乡站厂库井池桥坝])(?=[,;。、:]|$)")
_PEOPLE = re.compile("(?:余|多)?(?:名)?(?:人民)?(?:群众|农民|居民|学生|老人|职工|游客|人口)(?:受益|增收|就业)?")
"""Whom a number without a unit counts: 让20余万群众受益."""


def _is_quoted(text: str, each: Figure, figure: Figure) -> bool:
    """Whether a name in quotation marks holds an earlier figure: 推广“藏青3000”等良种6万亩."""
    opened = text.rfind("“", 0, each.start)
    return opened > text.rfind("”", 0, each.start) and "”" in text[each.end : figure.start]


class Around:
    """Finds the words for what the figures of a plan count."""

    def __init__(self, reading: Reading, passing: Passing) -> None:
        self._reading, self._passing = reading, passing

    def begin(self, clause: Row, text: str, figure: Figure, found: list[Figure]) -> int:
        """Where the words for what is counted begin: behind the mark, or the figure, before them."""
        part = self.part(clause, figure.start)
        before = (each for each in found if part <= each.start < figure.start)
        earlier = [each for each in before if self._ends_a_name(text, each, figure)]
        if earlier and all(each.is_time for each in earlier) and self._names_before(text, part, earlier[-1], figure):
            earlier.clear()
        begin = part
        for each in earlier:
            end = self._behind_noun(clause, text, each)
            tail = _BETWEEN.match(text, end)
            begin = max(begin, tail.end() if tail else end)
        if begin >= figure.start and part < figure.start and not earlier:
            begin = part
        lead = naming.LEAD.match(text[begin : figure.start])
        return begin + (lead.end() if lead and begin + lead.end() < figure.start else 0)

    def _ends_a_name(self, text: str, each: Figure, figure: Figure) -> bool:
        """Whether the name of what a figure counts begins behind an earlier figure, which is no part of it."""
        inside = self._inside_name(text, each, figure) or _is_quoted(text, each, figure)
        return not inside and each.role != "baseline" and not self._passing.qualifies(text, each)

    def _behind_noun(self, clause: Row, text: str, each: Figure) -> int:
        """Where an earlier figure of a list ends, with the noun that it counts: 建成1个中心、16个网点."""
        end = self.noun(clause, each)[0] if not each.is_time else each.end
        return end if text[end : end + 1] in ("、", "和", "及") else each.end

    def _names_before(self, text: str, part: int, date: Figure, figure: Figure) -> bool:
        """Whether what a figure counts stands before a date: 治理率2025年达到65%."""
        between = naming.indicator(text[date.end : figure.start])
        return date.is_time and not between and bool(naming.indicator(text[part : date.start]))

    def part(self, clause: Row, place: int) -> int:
        """Where the part that holds a place begins, behind the clause's own number."""
        return max(self._reading.part(self._reading.text(clause), place), self._reading.own_number(clause))

    def subject(self, clause: Row, begin: int, found: list[Figure]) -> str:
        """What a figure without a name of its own counts: what the
        first figure of its part does (收入年均增长7%,突破2万元)."""
        text, own = self._reading.text(clause), self.part(clause, begin)
        if text[own - 1 : own] == "。" and naming.indicator(text[own:begin]) == "":
            return ""
        bare = naming.indicator(text[own:begin])
        part = self.part(clause, max(0, own - 2)) if not bare or YEARS_ONLY.fullmatch(bare) else own
        first = next((each for each in found if part <= each.start < begin and not each.is_time), None)
        if first is None:
            return naming.rising(naming.indicator(text[part:begin]))
        noun = self.noun(clause, first)[1] if first.role != "baseline" else ""
        before = _MIDDLE_DATE.sub("", SINCE.sub("", text[part : first.start]))
        name = _ADDED.sub("", CHANGE.sub("", naming.indicator(before, noun)))
        return elliptical.IN_TOTAL.sub("", name) or (self.subject(clause, part, found) if part < begin else "")

    def _inside_name(self, text: str, each: Figure, figure: Figure) -> bool:
        """Whether an earlier figure belongs to the name of what is
        counted (50万元以上行政村占比) and so does not end it."""
        between = text[each.end : figure.start]
        return (
            not each.is_time
            and bool(THRESHOLD.match(between))
            and not re.search("[、,;]|[及和与或]$", between)
            and not re.match("或|和|并|及(?!以)", between)
            and len(between) >= 2
            and not FOR_EACH.match(between)
        ) or any(tells(text, each, figure) for tells in (tells_how_large, tells_with_more))

    def before(self, text: str, begin: int, figure: Figure, found: list[Figure]) -> str:
        """The words before a figure; of 漏损率从18%下降到12% those before the first. 减半 belongs to the name, as the
        word that says which way.
        """
        if figure.role != "target":
            named = self._before_the_date(text, begin, found)
            way = HALVED if figure.text == HALVED else ""
            return named + text[begin : figure.start].removeprefix("内" if named else "") + way
        first = max(each.start for each in found if each.role == "baseline" and each.end <= figure.start)
        return SINCE.sub("", text[begin:first])

    def _before_the_date(self, text: str, begin: int, found: list[Figure]) -> str:
        """What a date parts from the rest of a name: 衔接资金6月底前支出进度达到60%."""
        date = next((each for each in found if each.is_time and _DATE_ENDS.fullmatch(text, each.end, begin)), None)
        part = self._reading.part(text, date.start) if date else begin
        if date is None or any(part <= each.start < date.start and not each.is_time for each in found):
            return ""
        name = listing.OWN_NUMBER.sub("", naming.indicator(text[part : date.start]))
        return (
            name if (len(name) >= 4 or name.endswith("财政")) and not _NO_NAME.search(text[part : date.start]) else ""
        )

    def noun(self, clause: Row, figure: Figure) -> tuple[int, str]:
        """Where the promise ends, and the noun that a figure before it counts: 培育3个省级中心镇."""
        text = self._reading.text(clause)
        bound = _BOUND.match(text, figure.end)
        end = bound.end() if bound else figure.end
        if said := next(self._said_behind(clause, figure, end), None):
            return said
        if figure.unit.endswith(("%", "元", "百分点")) or not figure.unit or NO_NOUN.match(text, end):
            return end, ""
        raised = CHANGE.search(text, max(0, figure.start - 4), figure.start)
        if raised and not (
            raised.group() == "提升" and figure.unit in (*_BUILT, "人")
        ):  # 提高0.3个等级; 提升12所中小学
            return end, ""
        noun = _NOUN.match(text, end) or _SHORT_NOUN.match(text, end)
        if noun is None:
            return end, ""
        more = _MORE_OF_IT.match(text, noun.end())
        more = None if more and self._counts_within(clause, *more.span()) else more
        return more.end() if more else noun.end(), _FOR_EACH_OF.sub("", noun["noun"]) + (more.group() if more else "")

    def _counts_within(self, clause: Row, begin: int, end: int) -> bool:
        return any(begin <= each.start < end for each in self._reading.figures(clause))

    def _said_behind(self, clause: Row, figure: Figure, end: int) -> Iterator[tuple[int, str]]:
        """What behind a figure of some kind is more than its noun, with where it ends: the money, the way a rate goes,
        those who are to do so, and those for whom it is done.
        """
        text, opens = self._reading.text(clause), self._opens(clause, figure)
        if figure.unit == "个" and opens and (amount := self._reached(clause, end)):
            yield amount.end, text[end : amount.end]
        share, reaches = figure.unit == "%", _REACHES.search(text, 0, figure.start)
        for words, applies, place in (
            (OF_MONEY, is_money(figure), end),
            (_AT_A_RATE, figure.unit in ("%", "‰"), figure.end),
            (_OF_THEM, share and reaches, figure.end),
            (_DO_SO, figure.unit in ("%", "成") and opens, figure.end),
            (_THEM, _FOR_SOMEONE.search(text, max(0, figure.start - 6), figure.start), end),
            (_PEOPLE, not figure.unit, end),
        ):
            if applies and (found := words.match(text, place)):
                yield found.end(), found.groupdict().get("noun", found.group().removeprefix("的"))

    def _reached(self, clause: Row, place: int) -> Figure | None:
        """The amount that so many villages reach: 30个村集体经济收入突破20万元."""
        so = SO_MANY.match(self._reading.text(clause), place)
        amount = next((each for each in self._reading.figures(clause) if so and each.start == so.end()), None)
        return amount if amount and is_money(amount) else None

    def _opens(self, clause: Row, figure: Figure) -> bool:
        """Whether a share stands before those who are to do so (全县80%的行政村达到标准)."""
        text = self._reading.text(clause)
        before = text[self.part(clause, figure.start) : figure.start].rpartition("、")[2]
        return bool(_OF_ALL.fullmatch(naming.LEAD.sub("", before)))
