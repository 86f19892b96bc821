"""A figure of a sentence -> why it promises nothing: a threshold, a rank, a reward, a name, what is so already.

Apart from what makes a promise of the others (`sentences`): each test here stands for one way of printing numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openplans.drafting.proposing.reading import REPORTS, Reading
from openplans.packages.read import Row
from openplans.text.quantities import Figure

NO_NOUN = re.compile(
    r"(?:以上|以下|以内|之内|左右|上下|及以上|\(含\)|不等|投入|用于|支持|参与|投向|进入|覆盖|受益|"
    r"[,;。:、!?)\]”》\u3000 ]|和|及|与|或|台阶|大关|关口|的?(?:目标|要求|水平|任务)|$)"
)
THRESHOLD = re.compile(r"(?:[\(]含[\)])?(?:及?以[上下内]|级|左右)?(?:的)?(?=[\u4e00-\u9fff“])")
_PAST = re.compile("已(?!建成.{0,6}目标)|现有|目前|截至目前|(?<![较比])(?:上年|去年)|现已|累计已|共有")
_BASIS = re.compile("^[\u4e00-\u9fff]{0,6}(?:的)?基础上|^为基[数期]|^\\)?的?基数")
_DONE_BY_ALL = re.compile("全[省市县区州旗镇乡村][\u4e00-\u9fff]{0,3}$")
_MAKES = re.compile(
    "打造|建成|新建|培育|创建|新增|引进|完成|建设|推进|推广|实施|开展|改造|整治|招引|培训|创成|做强|形成|组建|设立|启动|开工|举办|达|超|突破|不少于|不低于|至少|确保|实现|争创|发放|选派"
    "|吸引|提升|发展|评选|设置|布局|带动|帮扶|服务|惠及|吸纳|安排|投入"
)
_NAMED = re.compile(r"“[^“”]*$|《[^《》]*$|\"[^\"]*$")
_GROUPS = frozenset("个条项种类批轮方层级面支片位")
_FOLLOWED = re.compile(r"全覆盖|占比|比例|比重|达到|达|不低于|实现|覆盖率")
_BARE = re.compile("倍差|比值|收入比|之比|指数|比例|[率比]为?$|评分|得分|数(?:达到?|为)?$|达到?$|为$")
OF_MONEY = re.compile(
    "的?(?:财政|专项|扶持|补助|奖补|创业|信贷|担保|引导|保障){0,3}(?:资金|贷款|投资|补助|经费|债券|保费|额度|基金|授信)"
)
_AND_ANOTHER = re.compile("、(?:超过?|达到?|突破)?")
_LEVELS = re.compile(
    "(?:产值|收入|营收|投资|销售额|资产|总额|规模|增加值|资金|贷款)(?:力争|总额|额|达到?|超过?|突破|[为约近])*$"
)
_SINGLE = re.compile("单[条个项家]")
_OF_A_SCHEME = re.compile(
    "(?:方面|等级|类型|阶段|层次|环节|领域|维度|步骤|要素|关键词|部分|问题)(?![\u4e00-\u9fff]{0,2}(?:建设|试点))"
)
_FUTURE = re.compile("[将拟]|力争|争取|确保|计划|规划到")
_RANKED = re.compile("[前后]$")
_REWARD = re.compile(
    "对[^,;。]{2,40}(?:,(?:给予|一次性|按|分别|予以|再)[^,;。]{0,16})?"
    "(?:奖励|奖补|给予[^,;。]{0,8}(?:奖励|补助)|罚款)[^,;。]{0,12}$"
)
FOR_EACH = re.compile("(?:以上)?(?:[户人亩村]均|每[户人亩村])")
"""Behind a figure: what each of so many comes to (带动农户150户以上户均增收5000元)."""
_KIND_OF = re.compile("的?[^,;。]{2,16}(?:比例|占比|比重|率|户数|人数)")
"""Behind a figure with another one to follow: the share of those that have so much (20万—60万元的群体比例达到45%)."""
_IN_A_ROW = re.compile("连续$")
_ORGANS = re.compile("(?:下设|分设)$")
_ORGAN = re.compile("(?:专项|专门|工作|专业|推进){0,2}(?:组|小组|专班|办公室)")
_FORMER = re.compile('(?<![较比])[“"]?(?P<plan>十[一二三四五六七]五)[”"]?(?:期间|时期|以来|末)')
_FIRST_YEARS = {f"十{digit}五": 2006 + 5 * place for place, digit in enumerate("一二三四五六七")}
"""The first year of each five-year plan; a figure of the one before the plan's own is no promise."""
CHANGE = re.compile(
    "(?:[比较](?:(?:19|20)[0-9]{2}年|上年|去年)[底末]?)?(?:年均|同比|累计)?(?:增长|提高|提升|下降|增加|减少|增速|增幅)$"
)
_QUALIFIED = re.compile("(?:比|较|自|以|在)(?:上年|去年)?$")
_BEFORE_THAT = re.compile("[底末初]?(?:以?前|以来|以后|之前)[\u4e00-\u9fff]{0,6}的|制?(?:义务|免费)教育")
_SIZED = ("元", "斤", "吨", "亩", "平方米", "人", "户", "千瓦", "米", "公里", "岁")


@dataclass(frozen=True)
class Passing:
    """Judges the figures of one plan."""

    reading: Reading

    def reason(self, clause: Row, figure: Figure, counted: list[Figure]) -> str:
        """ "reason:rule" of a figure that promises nothing, "baseline", or "" for a promise."""
        text = self.reading.text(clause)
        part = self.reading.part(text, figure.start)
        before, after = text[part : figure.start], text[figure.end :]
        until = re.split("[,;。!?\u3000]", after, maxsplit=1)[0]
        later = [each for each in counted if figure.end <= each.start < figure.end + len(until)]
        if not _FUTURE.search(before) and self._is_past(clause, text, figure):
            return "baseline"
        if figure.role == "baseline" or _BASIS.match(after) or (_PAST.search(before) and figure.role != "target"):
            return "baseline" if self.past_year(text, figure) else "other:what-is-so-already"
        if _NAMED.search(text[self.reading.sentence(text, figure.start) : figure.start]) and re.match(
            '[^“”]*[”》"]', after
        ):
            return "name:inside-quotation-marks"
        if _IN_A_ROW.search(before):
            return "threshold:so-often-in-a-row"
        if _ORGANS.search(before) and _ORGAN.match(after):
            return "other:parts-of-a-scheme"
        if figure.unit == "篇" and re.match("大?文章", after):
            return "slogan:a-saying"
        if _RANKED.search(before) and figure.unit in ("名", "位"):
            return "ordinal:a-rank"
        if is_money(figure) and _REWARD.search(text[self.reading.sentence(text, figure.start) : figure.start]):
            return "other:a-reward"
        if before.count("(") > before.count(")") and figure.comparator in ("lt", "le", "gt") and ")" in after[:24]:
            return "threshold:in-brackets"
        if self._is_threshold(figure, before, after, until, later, counted):
            return "threshold:before-what-it-qualifies"
        if _DONE_BY_ALL.search(before):
            return "other:all-there-are"
        small = figure.kind in ("count", "word") and not any(each.isdigit() for each in figure.text)
        if small and figure.unit in _GROUPS and not (_MAKES.search(before) or CHANGE.search(before)):
            return "other:a-few-in-words"
        if figure.unit in _GROUPS and _OF_A_SCHEME.match(after) and not CHANGE.search(before):
            return "other:parts-of-a-scheme"
        if figure.unit == "℃" and re.match("[\u4e00-\u9fff]", after):
            return "brand:a-name"
        if figure.unit in ("批", "轮", "届", "级", "层", "方面") and small:
            return "ordinal:a-few-in-words"
        if not figure.unit and figure.comparator == "eq" and figure.kind == "count" and not _BARE.search(before):
            return "other:bare-number"
        return ""

    def _is_threshold(
        self, figure: Figure, before: str, after: str, until: str, later: list[Figure], counted: list[Figure]
    ) -> bool:
        """Whether a figure only tells which things are meant: 50万元以上行政村占比达到100%."""
        qualifies = THRESHOLD.match(after)
        joined = _AND_ANOTHER.match(after)
        if joined and later and later[0].start == figure.end + joined.end():
            rest = after[joined.end() + len(later[0].text) :]
            if later[0].unit == figure.unit and is_money(figure) and THRESHOLD.match(rest) and not NO_NOUN.match(rest):
                return True
        if not qualifies or figure.unit.endswith(("%", "百分点")):
            return figure.unit in ("岁", "周岁") and bool(re.match("(?:以[上下内]|及)", after))
        bounds = bool(qualifies.group()) and qualifies.group() != "的"
        noun = after[qualifies.end() :]
        if OF_MONEY.match(noun) or FOR_EACH.match(after):
            return False
        if figure.comparator == "range" and later and _KIND_OF.match(after[: later[0].start - figure.end]):
            return True
        noun_follows = bool(re.match(r"[\u4e00-\u9fff“]", noun)) and not NO_NOUN.match(noun)
        touching = any(0 <= figure.start - each.end <= 1 for each in counted if each.end <= figure.start)
        if figure.names:  # one of 分别达到5.2万元、2.4万元以上
            return False
        if (touching and (bounds or is_money(figure))) or (bounds and (later or _FOLLOWED.search(noun[: len(until)]))):
            return True
        if not noun_follows:
            return False
        level = _LEVELS.search(before) and not _SINGLE.search(before)
        if is_money(figure) and not bounds and not level and (later or figure.comparator != "eq"):
            return True
        return figure.unit in ("岁", "周岁") or (bounds and _is_sized(figure) and not _MAKES.search(before[-3:]))

    def _is_past(self, clause: Row, text: str, figure: Figure) -> bool:
        """Whether the sentence reports: its own year lies before the
        plan's, and is nothing that a name or a rise refers to."""
        begin = self.reading.sentence(text, figure.start)
        years = [
            each
            for each in self.reading.figures(clause)
            if each.kind == "date" and each.value >= 1900 and begin <= each.start < figure.start
        ]
        plain = [
            each for each in years if not self.qualifies(text, each) and not text[: each.start].endswith(("从", "由"))
        ]
        last = str(plain[-1].value_max or plain[-1].value) if plain else ""
        if last < self.reading.start and self._reports(clause, text[begin : figure.start]):
            return True
        past = bool(plain) and last < self.reading.start
        return past and figure.role != "target" and len(plain) == len(years)

    def _reports(self, clause: Row, before: str) -> bool:
        """Whether a sentence tells of an earlier five-year plan, or stands under a heading such as 发展基础."""
        former = list(_FORMER.finditer(before))
        if former and _FIRST_YEARS[former[-1]["plan"]] + 4 < int(self.reading.start):
            return True
        above = (each for each in self.reading.above(clause) if each["kind"] == "heading")
        return any(REPORTS.match(self.reading.heading(each)) for each in above)

    def past_year(self, text: str, figure: Figure) -> str:
        begin = self.reading.sentence(text, figure.start)
        years = re.findall("((?:19|20)[0-9]{2}) ?年", text[begin : figure.start])
        past = [each for each in years if each <= self.reading.start]
        return past[-1] if past else ""

    def qualifies(self, text: str, each: Figure) -> bool:
        """Whether a date belongs to the name of what is counted: 比2024年提高, 2000年底前建成的老旧小区."""
        if not each.is_time:
            return False
        return bool(_QUALIFIED.search(text[: each.start])) or bool(_BEFORE_THAT.match(text, each.end))


def is_money(figure: Figure) -> bool:
    return figure.unit.endswith("元")


def _is_sized(figure: Figure) -> bool:
    """Whether a figure measures a size that tells things apart: money, area, people."""
    return figure.unit.endswith(_SIZED)
