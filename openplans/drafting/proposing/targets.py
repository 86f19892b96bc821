"""The figures of a plan -> targets, baselines, and what promises nothing, each with the rule that says so.

Comes in: a Reading and its tasks. Goes out: rows with quotes that are found once. Apart from the tables' own way of
stating figures (`cells`) and from promises without a number (`wordless`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from openplans.drafting.proposing import cells, listing, naming, wordless
from openplans.drafting.proposing.quoting import Quoting
from openplans.drafting.proposing.reading import REPORTS, Dated, Reading
from openplans.drafting.proposing.tasks import Works
from openplans.packages.read import Row
from openplans.rules.periods import KEPT
from openplans.text.folding import folded
from openplans.text.quantities import Figure
from openplans.text.units import magnitude

_NO_NOUN = re.compile(
    r"(?:以上|以下|以内|之内|左右|上下|及以上|\(含\)|不等|投入|用于|支持|参与|投向|进入|覆盖|受益|"
    r"[,;。:、!?)\]”》\u3000 ]|和|及|与|或|台阶|大关|关口|的?(?:目标|要求|水平|任务)|$)"
)
_THRESHOLD = re.compile(r"(?:[\(]含[\)])?(?:及?以[上下内]|级|左右)?(?:的)?(?=[\u4e00-\u9fff“])")
_PAST = re.compile("已(?!建成.{0,6}目标)|现有|目前|截至目前|(?<![较比])(?:上年|去年)|现已|累计已|共有")
_BASIS = re.compile("^[\u4e00-\u9fff]{0,6}(?:的)?基础上|^为基[数期]|^\\)?的?基数")
_DONE_BY_ALL = re.compile("全[省市县区州旗镇乡村][\u4e00-\u9fff]{0,3}$")
_MAKES = re.compile(
    "打造|建成|新建|培育|创建|新增|引进|完成|建设|推进|推广|实施|开展|改造|整治|招引|培训|创成|做强|形成|组建|设立|启动|开工|举办|达|超|突破|不少于|不低于|至少|确保|实现|争创|发放|选派"
    "|吸引|提升|发展|评选|设置|布局|带动|帮扶|服务|惠及|吸纳|安排|投入"
)
_MADE_ONLY = re.compile("(?:新?建成|完成|达到|实施|新增|改造|建设|实现|投资|培育|创建)*")
_NAMED = re.compile(r"“[^“”]*$|《[^《》]*$|\"[^\"]*$")
_GROUPS = frozenset("个条项种类批轮方层级面支片位")
_FOLLOWED = re.compile(r"全覆盖|占比|比例|比重|达到|达|不低于|实现|覆盖率")
_BARE = re.compile("倍差|比值|收入比|之比|指数|比例|[率比]为?$|评分|得分|数(?:达到?|为)?$|达到?$|为$")
_OF_MONEY = re.compile(
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
_FOR_EACH = re.compile("(?:以上)?(?:[户人亩村]均|每[户人亩村])")
"""Behind a figure: what each of so many comes to (带动农户150户以上户均增收5000元)."""
_KIND_OF = re.compile("的?[^,;。]{2,16}(?:比例|占比|比重|率|户数|人数)")
"""Behind a figure with another one to follow: the share of those that have so much (20万—60万元的群体比例达到45%)."""
_FOR_THEM = re.compile("^对(.{2,})做(?:到)?$")
"""对“三类户”做到应帮尽帮."""
_IN_A_ROW = re.compile("连续$")
_ORGANS = re.compile("(?:下设|分设)$")
_ORGAN = re.compile("(?:专项|专门|工作|专业|推进){0,2}(?:组|小组|专班|办公室)")
_FORMER = re.compile('(?<![较比])[“"]?(?P<plan>十[一二三四五六七]五)[”"]?(?:期间|时期|以来|末)')
_FIRST_YEARS = {f"十{digit}五": 2006 + 5 * place for place, digit in enumerate("一二三四五六七")}
"""The first year of each five-year plan; a figure of the one before the plan's own is no promise."""
_OF_TIME = re.compile(
    "(?:年限|寿命|标准|能力|周期|时限|期限)[^,;。]{0,4}(?:达到?|不低于|不少于|不超过|增[到至]|[为≥≤]"
    "|(?:提高|提升|延长|缩短|压缩|压减|增加)[到至]|控制在)$"
)
"""Before a span of time that is the promise itself: 受教育年限达到11.3年."""
_OF_THEM = re.compile("(?:以上)?的(?P<noun>[\u4e00-\u9fff]{2,12})")
_REACHES = re.compile("(?:覆盖|惠及|服务|辐射)$")
_SINCE = re.compile(
    "(?:(?:从|由|在)(?:每[人年月户亩]{1,2}(?:每[年月])?)?)?(?:现有的?|目前的?|现行的?|(?:19|20)[0-9]{2}年(?:[底末])?的?)?$"
)
_BARE_NAME = re.compile("总?产[量值]|[出存]栏量?|年?[出存]栏|总[量额值]")
"""Names that say of what only with those before them: 黄桃种植面积扩大到1.2万亩,总产值突破1.5亿元."""
_THING = re.compile("(?P<thing>[\u4e00-\u9fff“”]{2,}?)(?:种植|播种|栽培|养殖|饲养|生产)(?:总?面积|规模|量)")
_SHARE_OF_IT = re.compile("占.{2,}|与.{2,}之比")
_PART_OF = re.compile("其中")
_CHANGE = re.compile(
    "(?:[比较](?:(?:19|20)[0-9]{2}年|上年|去年)[底末]?)?(?:年均|同比|累计)?(?:增长|提高|提升|下降|增加|减少|增速|增幅)$"
)
_AGAIN = re.compile(
    "(?:^|[,;、])(?P<word>(?:同比|年均|[比较]上年)?)分别(?P<change>增长|下降|提高|提升|降低|减少|增加)$"
)
_QUALIFIED = re.compile("(?:比|较|自|以|在)(?:上年|去年)?$")
_BEFORE_THAT = re.compile("[底末初]?(?:以?前|以来|以后|之前)[\u4e00-\u9fff]{0,6}的|制?(?:义务|免费)教育")
_EACH = re.compile("每年|年均|逐年|每个?年度|年年|年增[长速幅]")
_OFTEN = re.compile("每(?:半年|个?季度?|个?月|周|学期)")
_MEAN = re.compile("(?:年均|年平均)(?!浓度|气温|降水|降雨|径流)")


_EMPTY = dict.fromkeys(
    ("restates", "concept_id", "near_concept_id", "theme_id", "scope", "commitment", "quote", "note", "accepted"), ""
)
"""What a proposed target leaves open until something is known of it."""

_SCALES = {10**4: "万", 10**8: "亿"}
_SIZED = ("元", "斤", "吨", "亩", "平方米", "人", "户", "千瓦", "米", "公里", "岁")


def _beyond_unit(figure: Figure) -> int:
    """The part of a figure's scale that its unit does not have: 10,000 of 4.5万人次."""
    left, rest = divmod(figure.magnitude, magnitude(figure.unit))
    return left if rest == 0 else 1


def _is_money(figure: Figure) -> bool:
    return figure.unit.endswith("元")


def _is_sized(figure: Figure) -> bool:
    """Whether a figure measures a size that tells things apart: money, area, people."""
    return figure.unit.endswith(_SIZED)


@dataclass
class Promises:
    """Makes the rows; `passed` are the figures that promise nothing: (clause, figure, reason, rule)."""

    reading: Reading
    works: Works
    targets: list[Row] = field(default_factory=list)
    baselines: list[Row] = field(default_factory=list)
    passed: list[tuple[Row, Figure, str, str]] = field(default_factory=list)

    def propose(self) -> Promises:
        """Read every clause in order."""
        self._quoting = Quoting()
        for clause in self.reading.clauses:
            if clause["kind"] in ("title", "signature", "annex"):
                self._pass_all(clause, "title-or-signature")
            elif clause["kind"] == "table_row" and (stated := cells.stated(self.reading, clause)) is not None:
                self._table_row(clause, stated)
            else:
                self._prose(clause)
        for row in (*self.targets, *self.baselines):
            row["indicator"] = self._as_printed(row)
        return self

    def _as_printed(self, row: Row) -> str:
        """A name with the marks that the document prints; names are found in folded text."""
        clause = self.reading.by_id[row["clause_id"]]
        for place in filter(None, (clause, self.reading.head_row(clause))):
            at = folded(place["text"]).find(row["indicator"])
            if at >= 0:
                printed = place["text"][at : at + len(row["indicator"])]
                return "".join(
                    one if one in "（）：，；" else other for one, other in zip(printed, row["indicator"], strict=True)
                )
        return str(row["indicator"])

    def _pass_all(self, clause: Row, rule: str) -> None:
        for figure in self.reading.figures(clause):
            self.passed.append((clause, figure, "date" if figure.is_time else "name", rule))

    def _table_row(self, clause: Row, stated: list[cells.Stated]) -> None:
        placed = {each.figure.start for each in stated}
        for each in stated:
            if each.past:
                self._past_cell(clause, each)
                continue
            name = around = each.indicator
            measure = each.measure or naming.measure(name, each.unit, name)
            dated = Dated(each.year, True, True) if each.year else self.reading.dated(clause, each.start)
            row = self._row(clause, each.figure, name, each.unit, measure, dated, around)
            row["scope"] = each.scope
            row["quote"] = clause["text"][each.start : each.end]
            row.update(confidence="0.97" if each.year else "0.92", rule="cell-of-a-table")
            self.targets.append(row)
        if cells.works(self.reading, clause):
            self._prose(clause, placed)
            return
        for word in () if stated else wordless.words(clause["text"]):
            self._wordless(clause, word)
        for figure in self.reading.figures(clause):
            if figure.start not in placed and not cells.works(self.reading, clause):
                self.passed.append((clause, figure, "date" if figure.is_time else "threshold", "beside-the-cells"))

    def _past_cell(self, clause: Row, each: cells.Stated) -> None:
        """A baseline, where the head says of which year it is."""
        if not each.year:
            self.passed.append((clause, each.figure, "other", "what-is-so-already"))
            return
        quote = clause["text"][each.start : each.end]
        note = f"年份取自表头的{each.year}年"
        self._baseline_row(clause, each.indicator, each.year, self._value(each.figure), each.unit, quote, 0.95, note)

    def _prose(self, clause: Row, placed: set[int] | frozenset[int] = frozenset()) -> None:
        """The figures of a clause that are not `placed` by the cells of a table."""
        self._quoting.begin(clause["text"])
        found = self.reading.figures(clause)
        text = self.reading.text(clause)
        counted = [each for each in found if not each.is_time and each.start not in placed]
        lasting = [each for each in found if each.kind == "time" and _OF_TIME.search(text, 0, each.start)]
        events: list[tuple[int, object]] = [(each.start, each) for each in (*counted, *lasting)]
        events += [(each.start, each) for each in wordless.words(clause["text"])]
        for _, each in sorted(events, key=lambda event: event[0]):
            if isinstance(each, wordless.Word):
                self._wordless(clause, each)
                continue
            assert isinstance(each, Figure)
            reason = self._promises_nothing(clause, each, counted)
            if reason == "baseline":
                self._baseline(clause, each)
            elif reason:
                self.passed.append((clause, each, *reason.split(":", 1)))  # type: ignore[arg-type]
            else:
                self._target(clause, each, found)
        self.passed += [(clause, each, "date", "date") for each in found if each.is_time and each not in lasting]

    def _promises_nothing(self, clause: Row, figure: Figure, counted: list[Figure]) -> str:
        """ "reason:rule" of a figure that promises nothing, "baseline", or "" for a promise."""
        text = self.reading.text(clause)
        part = self.reading.part(text, figure.start)
        before, after = text[part : figure.start], text[figure.end :]
        until = re.split("[,;。!?\u3000]", after, maxsplit=1)[0]
        later = [each for each in counted if figure.end <= each.start < figure.end + len(until)]
        if not _FUTURE.search(before) and self._is_past(clause, text, figure):
            return "baseline"
        if figure.role == "baseline" or _BASIS.match(after) or (_PAST.search(before) and figure.role != "target"):
            return "baseline" if self._past_year(text, figure) else "other:what-is-so-already"
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
        if _is_money(figure) and _REWARD.search(text[self.reading.sentence(text, figure.start) : figure.start]):
            return "other:a-reward"
        if before.count("(") > before.count(")") and figure.comparator in ("lt", "le", "gt") and ")" in after[:24]:
            return "threshold:in-brackets"
        if self._is_threshold(figure, before, after, until, later, counted):
            return "threshold:before-what-it-qualifies"
        if _DONE_BY_ALL.search(before):
            return "other:all-there-are"
        small = figure.kind in ("count", "word") and not any(each.isdigit() for each in figure.text)
        if small and figure.unit in _GROUPS and not (_MAKES.search(before) or _CHANGE.search(before)):
            return "other:a-few-in-words"
        if figure.unit in _GROUPS and _OF_A_SCHEME.match(after) and not _CHANGE.search(before):
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
        qualifies = _THRESHOLD.match(after)
        joined = _AND_ANOTHER.match(after)
        if joined and later and later[0].start == figure.end + joined.end():
            rest = after[joined.end() + len(later[0].text) :]
            if (
                later[0].unit == figure.unit
                and _is_money(figure)
                and _THRESHOLD.match(rest)
                and not _NO_NOUN.match(rest)
            ):
                return True
        if not qualifies or figure.unit.endswith(("%", "百分点")):
            return figure.unit in ("岁", "周岁") and bool(re.match("(?:以[上下内]|及)", after))
        bounds = bool(qualifies.group()) and qualifies.group() != "的"
        noun = after[qualifies.end() :]
        if _OF_MONEY.match(noun) or _FOR_EACH.match(after):
            return False
        if figure.comparator == "range" and later and _KIND_OF.match(after[: later[0].start - figure.end]):
            return True
        noun_follows = bool(re.match(r"[\u4e00-\u9fff“]", noun)) and not _NO_NOUN.match(noun)
        touching = any(0 <= figure.start - each.end <= 1 for each in counted if each.end <= figure.start)
        if figure.names:  # one of 分别达到5.2万元、2.4万元以上
            return False
        if (touching and (bounds or _is_money(figure))) or (bounds and (later or _FOLLOWED.search(noun[: len(until)]))):
            return True
        if not noun_follows:
            return False
        level = _LEVELS.search(before) and not _SINGLE.search(before)
        if _is_money(figure) and not bounds and not level and (later or figure.comparator != "eq"):
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
            each for each in years if not self._qualifies(text, each) and not text[: each.start].endswith(("从", "由"))
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

    def _past_year(self, text: str, figure: Figure) -> str:
        begin = self.reading.sentence(text, figure.start)
        years = re.findall("((?:19|20)[0-9]{2}) ?年", text[begin : figure.start])
        past = [each for each in years if each <= self.reading.start]
        return past[-1] if past else ""

    def _baseline(self, clause: Row, figure: Figure) -> None:
        text = self.reading.text(clause)
        begin = self._begin(clause, text, figure, self.reading.figures(clause))
        name = naming.indicator(_SINCE.sub("", text[begin : figure.start]))
        year, unit = self._past_year(text, figure), self._unit(figure, name)
        quote = self._quoting.quote(begin, figure.end)
        self._baseline_row(clause, name, year, self._value(figure), unit, quote, 0.8 if name else 0.6)

    def _baseline_row(
        self, clause: Row, name: str, year: str, value: Decimal, unit: str, quote: str, sure: float, note: str = ""
    ) -> None:
        self.baselines.append(
            Row(
                baseline_id=f"draft-b{len(self.baselines) + 1:03}",
                clause_id=clause["clause_id"],
                indicator=name,
                concept_id="",
                period=year,
                value=value,
                unit=unit,
                note=note,
                accepted="",
                quote=quote,
                confidence=f"{sure:.2f}",
                rule="from-what-to-what" if sure < 0.9 else "column-of-the-past",
            )
        )

    def _begin(self, clause: Row, text: str, figure: Figure, found: list[Figure]) -> int:
        """Where the words for what is counted begin: behind the mark, or the figure, before them."""
        part = max(self.reading.part(text, figure.start), self.reading.own_number(clause))
        earlier = [
            each
            for each in found
            if part <= each.start < figure.start
            and not self._inside_name(text, each, figure)
            and each.role != "baseline"
            and not self._qualifies(text, each)
        ]
        begin = part
        for each in earlier:
            end = each.end
            tail = re.compile(
                "(?:以上|以下|以内|左右|上下|及以上|[底末初]?以?前|[底末])?"
                "(?:的)?(?:[、及与或, ]|和(?!美|谐|平|田)){0,2}"
            ).match(text, end)
            begin = max(begin, tail.end() if tail else end)
        if begin >= figure.start and part < figure.start and not earlier:
            begin = part
        lead = naming.LEAD.match(text[begin : figure.start])
        return begin + (lead.end() if lead and begin + lead.end() < figure.start else 0)

    def _subject(self, text: str, begin: int, found: list[Figure]) -> str:
        """What a figure without a name of its own counts: what the
        first figure of its part does (收入年均增长7%,突破2万元)."""
        part = self.reading.part(text, max(0, begin - 2))
        first = next((each for each in found if part <= each.start < begin and not each.is_time), None)
        if first is None:
            return naming.indicator(text[part:begin])
        noun = self._noun(text, first)[1]
        return _CHANGE.sub("", naming.indicator(text[part : first.start], noun)) or naming.indicator(text[part:begin])

    def _inside_name(self, text: str, each: Figure, figure: Figure) -> bool:
        """Whether an earlier figure belongs to the name of what is
        counted (50万元以上行政村占比) and so does not end it."""
        between = text[each.end : figure.start]
        return (
            not each.is_time
            and bool(_THRESHOLD.match(between))
            and not re.search("[、,;]", between)
            and len(between) >= 2
            and not _FOR_EACH.match(between)
        )

    def _qualifies(self, text: str, each: Figure) -> bool:
        """Whether a date belongs to the name of what is counted: 比2024年提高, 2000年底前建成的老旧小区."""
        if not each.is_time:
            return False
        return bool(_QUALIFIED.search(text[: each.start])) or bool(_BEFORE_THAT.match(text, each.end))

    def _target(self, clause: Row, figure: Figure, found: list[Figure]) -> None:
        """The rows of a figure: one for each name that it belongs to."""
        text = self.reading.text(clause)
        begin = self._begin(clause, text, figure, found)
        noun = self._noun(text, figure)
        listed = listing.list_of(figure, text, found)
        dated = self.reading.dated(clause, figure.start)
        of_dates = listing.of_dates(figure, listed, text)
        if of_dates and of_dates[0]:
            dated = Dated(of_dates[0], False, True)
        before = self._before(text, begin, figure, found)
        names = (of_dates[1],) if of_dates else listing.whole_names(figure, listed, text)
        for name in names or (self._looking_back(clause, text, figure, listed) or naming.indicator(before, noun[1]),):
            self._named(clause, figure, found, self._full(clause, name, begin, before, found), noun, dated)

    def _before(self, text: str, begin: int, figure: Figure, found: list[Figure]) -> str:
        """The words before a figure; of 漏损率从18%下降到12% those before the first."""
        if figure.role != "target":
            return text[begin : figure.start]
        first = max(each.start for each in found if each.role == "baseline" and each.end <= figure.start)
        return _SINCE.sub("", text[begin:first])

    def _full(self, clause: Row, name: str, begin: int, before: str, found: list[Figure]) -> str:
        """A name that can be understood alone."""
        text = self.reading.text(clause)
        last = self.targets[-1] if self.targets and self.targets[-1]["clause_id"] == clause["clause_id"] else None
        if last and _MADE_ONLY.fullmatch(name) and name:  # 其中2025年、2026年分别建成7万亩、8万亩
            return str(last["indicator"])
        if not name:
            return self._subject(text, begin, found) or (
                last["indicator"] if last else text[begin : begin + len(before)]
            )
        if last and _SHARE_OF_IT.fullmatch(name):  # 海洋生产总值达到1000亿元,占地区生产总值比重提高到22%
            return _CHANGE.sub("", last["indicator"]) + name
        if last and _BARE_NAME.fullmatch(name):
            thing = _THING.fullmatch(last["indicator"])
            return thing["thing"] + name if thing else _CHANGE.sub("", last["indicator"]) if name == "总量" else name
        if _CHANGE.fullmatch(name):  # 地区生产总值突破200亿元、年均增长7.5%
            subject = self._subject(text, begin, found) or _CHANGE.sub("", last["indicator"] if last else "")
            return subject + name if subject != name else name
        if len(name) < 3 and before.startswith(name):  # 每年投入
            return ("每年" if text.endswith("每年", 0, begin) else "") + name
        return name

    def _looking_back(self, clause: Row, text: str, figure: Figure, listed: list[Figure]) -> str:
        """What 同比分别增长12%和15% looks back at: as many promises of the clause as the list has figures."""
        change = _AGAIN.search(text, 0, listed[0].start)
        number = listed.index(figure)
        earlier = [row for row in self.targets if row["clause_id"] == clause["clause_id"]]
        if change is None or len(listed) < 2 or len(earlier) < len(listed) + number:
            return ""
        return str(earlier[-len(listed)]["indicator"]) + change["word"] + change["change"]

    def _named(
        self, clause: Row, figure: Figure, found: list[Figure], name: str, noun: tuple[int, str], dated: Dated
    ) -> None:
        """Add the row of a figure by the name of what it counts."""
        text = self.reading.text(clause)
        begin = self._begin(clause, text, figure, found)
        unit = self._unit(figure, name + self._before(text, begin, figure, found))
        head = next((each.start for each in found if each.names and each.start > begin - 60), figure.start)
        place = min(head, figure.start) if figure.names else figure.start  # 达到 before the first of a list
        around = text[self.reading.part(text, min(begin, place - 1)) : place]
        measure = "growth" if figure.unit == "番" else naming.measure(name, unit, around)
        row = self._row(clause, figure, name, unit, measure, dated, self._said(text, figure, found, measure))
        self._like_the_whole(row, text, begin)
        start, row["commitment"] = self._quoting.hedged(begin, noun[0])
        row["quote"] = self._quoting.quote(start, noun[0])
        if figure.unit in self.reading.world.units and unit not in (figure.unit, "%") and "/" in unit:
            row["accepted"] = f"unit-differs: 原文单位为“{figure.unit}”，分母在指标名称里，合为{unit}"
        row.update(confidence=f"{self._sure(figure, name, unit, noun[1], dated):.2f}", rule=self._rule(figure, noun[1]))
        self.targets.append(row)

    def _like_the_whole(self, row: Row, text: str, begin: int) -> None:
        """其中… of the same unit is measured as what it is a part of."""
        last = self.targets[-1] if self.targets else None
        part = bool(_PART_OF.search(text[max(0, begin - 4) : begin + 3]))
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
        part = self.reading.part(text, figure.start)
        begin = self.reading.sentence(text, figure.start)
        dates = [each.end for each in found if each.kind == "date" and begin <= each.start < figure.start]
        other = [each.end for each in found if begin <= each.start < part and each.unit in ("%", "成", "个百分点")]
        each_year = _EACH.search(text, max([begin, *dates, *other]), part) if measure == "count" else None
        counted = [each.end for each in found if part <= each.start < figure.start and not each.is_time]
        own = text[max([part, *counted]) : figure.start]
        said = text[part : figure.start] if "年均" in own else text[part : figure.start].replace("年均", "")
        return ("每年" if each_year and "年均" not in each_year.group() else "") + said

    def _noun(self, text: str, figure: Figure) -> tuple[int, str]:
        """Where the promise ends, and the noun that a figure before it counts: 培育3个省级中心镇."""
        if found := re.compile("(?:及?以[上下内]|之内|左右|上下|\\(含\\))").match(text, figure.end):
            end = found.end()
        else:
            end = figure.end
        if money := _OF_MONEY.match(text, end) if _is_money(figure) else None:
            return money.end(), money.group().removeprefix("的")
        if figure.unit == "%" and _REACHES.search(text[: figure.start]) and (them := _OF_THEM.match(text, figure.end)):
            return them.end(), them["noun"]
        if figure.unit.endswith(("%", "元", "百分点")) or not figure.unit or _NO_NOUN.match(text, end):
            return end, ""
        if _CHANGE.search(text, max(0, figure.start - 4), figure.start):  # 提高0.3个等级
            return end, ""
        noun = re.compile(
            r"(?:的)?(?P<noun>(?:[0-9]{1,3}周?岁(?:及?以[上下])?)?(?:[^,;。、:!?\u3000()0-9和及]|和(?=[美谐平田])){2,20})"
        ).match(text, end)
        return (noun.end(), noun["noun"]) if noun else (end, "")

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
        sure -= 0.02 * (not dated.printed) + 0.1 * (unit not in self.reading.world.units and bool(unit))
        return max(0.5, sure)

    def _value(self, figure: Figure) -> Decimal:
        """The value as printed; its scale stays with the unit:
        4.5万人次 is 4.5 of 万人次. Doubling is a growth of 100 %."""
        if figure.unit == "番":
            return Decimal(2) ** int(figure.value) * 100 - 100
        value = figure.value * self._left(figure)
        return value.normalize() if value != value.to_integral() else value.quantize(Decimal(1))

    def _left(self, figure: Figure) -> int:
        """The part of a figure's scale that neither its unit nor 万 or 亿 before it takes up."""
        left = _beyond_unit(figure)
        scaled = _SCALES.get(left, "") if figure.unit and figure.unit != "%" else ""
        return 1 if scaled and figure.text.rstrip().endswith(scaled + figure.unit) else left

    def _unit(self, figure: Figure, name: str) -> str:
        if figure.unit == "番":
            return "%"
        if figure.unit:
            scaled = _SCALES.get(_beyond_unit(figure), "") if self._left(figure) == 1 else ""
            return naming.per(f"{scaled}{figure.unit}", name)
        return "比值" if re.search("倍差|收入比|比值|之比|比例[为达]?$", name) or figure.kind == "ratio" else ""

    def _row(self, clause: Row, figure: Figure, name: str, unit: str, measure: str, dated: Dated, before: str) -> Row:
        basis, start, end = self._period(measure, dated, before + name)  # 年均 in the name says it too
        upper = None
        if figure.value_max is not None:
            upper = figure.value_max * self._left(figure)
        undated = not dated.printed and self.reading.start != self.reading.end
        return self._proposed(
            clause,
            figure.start,
            indicator=name,
            measure=measure,
            comparator=figure.comparator,
            value=self._value(figure),
            value_max=upper,
            unit=unit,
            period=(basis, start, end),
            note=f"原文未写年份，按方案期末{end}年记" if undated else dated.note,
        )

    def _proposed(self, clause: Row, place: int, *, period: tuple[str, str, str], **cells: object) -> Row:
        """A proposed row of targets, printed at a place of its clause; cells that are not given stay empty."""
        basis, start, end = period
        return Row(
            target_id=f"draft-t{len(self.targets) + 1:03}",
            clause_id=clause["clause_id"],
            task_id=self.works.task_at(self.reading, clause, place),
            period_basis=basis,
            period_start=start,
            period_end=end,
            **{**_EMPTY, **cells},
        )

    def _period(self, measure: str, dated: Dated, said: str) -> tuple[str, str, str]:
        """(basis, start, end): a state by a year; what is done from the plan's start, or in the year that is named;
        what is kept without a date in each year.
        """
        first = self.reading.start if self.reading.start <= dated.year else dated.year
        if _MEAN.search(said):
            return "average", first, dated.year
        if (
            _EACH.search(said)
            or (_OFTEN.search(said) and measure == "count")
            or (KEPT.search(said) and measure != "count" and not dated.printed)
        ):
            return "annual", first, dated.year
        if measure == "count":
            return "in", first if dated.until else dated.year, dated.year
        if measure == "growth" and self.reading.start == self.reading.end:
            return "in", first, dated.year
        return "by", "", dated.year

    def _wordless(self, clause: Row, word: wordless.Word) -> None:
        text = self.reading.text(clause)
        begin = max(self.reading.part(text, word.start), word.floor, self.reading.own_number(clause))
        lead = naming.LEAD.match(text[begin : word.start])
        begin += lead.end() if lead else 0
        name = _FOR_THEM.sub(r"\1", naming.indicator(text[begin : word.start])) + word.suffix
        if len(name) - len(word.suffix) < 3:
            return
        dated = self.reading.dated(clause, word.start)
        own = Quoting()
        own.begin(clause["text"])
        quoting = self._quoting if clause["kind"] != "table_row" else own
        from_, commitment = quoting.hedged(begin, word.end)
        self.targets.append(
            self._proposed(
                clause,
                word.start,
                indicator=name,
                measure=word.measure,
                comparator=word.comparator,
                value=word.value,
                value_max=None,
                unit=word.unit,
                period=self._period("share", dated, text[begin : word.end]),
                commitment=commitment,
                quote=quoting.quote(from_, word.end),
                note="；".join(filter(None, (word.note, dated.note))),
                confidence=word.confidence,
                rule=word.rule,
            )
        )
