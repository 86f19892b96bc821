"""A figure where it stands -> whether it only tells which things are meant: 50万元以上的行政村, 亿元企业.

Apart from `reasons`, of which it is the largest: a figure that qualifies is a bound, a size or a case, and what is
promised is the number of those that it tells apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from openplans.drafting.proposing.place import FigurePlace
from openplans.text.comparators import WAYS
from openplans.text.quantities import Figure

NO_NOUN = re.compile(
    r"(?:以上|以下|以内|之内|左右|上下|及以上|\(含\)|不等|投入|用于|支持|参与|投向|进入|覆盖|受益|"
    r"[,;。:、!?)\]”》\u3000 ]|和|及|与|或|台阶|大关|关口|的?(?:目标|要求|水平|任务)|$)"
)
THRESHOLD = re.compile(r"(?:[\(]含[\)])?(?:及?以[上下内]|级|左右)?(?:的)?(?=[\u4e00-\u9fff“])")
SPANS = ("小时", "分钟", "秒", "天", "米", "个小时", "工作日", "个工作日")
_OF_SPAN = re.compile(
    "内[^,;。、0-9和及]{1,10}率(?:达到?|为|不低于|保持在|超过?)?|(?!内|以|之|左右|完成|建成|的|和|及)(?:[^,;。、0-9和及]){2,14}"
)
EACH_ONE = ("个", "家", "户", "名", "处", "座", "项", "宗")
_OF_MANY = re.compile(
    "的?(?!级)[\u4e00-\u9fff]{0,6}(?:企业|公司|项目|村|镇|乡镇|街道|园区|集群|大户|主体|基地|合作社|产业|商户|市场)"
)
_DEALT_WITH = re.compile("以[上下内]的[^,;。0-9]{1,10}(?:予以|给予|进行|由|不得|一律)")
"""滞后10个百分点以上的单位予以通报: the number says who is."""
_SO_LARGE_EACH = re.compile("的[\u4e00-\u9fff]{2,16}")
_HAS = ("人", "名", "张", "座", "亩", "吨")
_BUILT = ("个", "座", "台", "套", "条", "处", "台(套)", "项")
_POWERS = ("瓦", "伏", "伏安", "吨", "立方米", "方", "马力")
"""What tells how large each is of so many that stand right before."""
_HOW_LARGE = re.compile("(?:及?以[上下]|级)?的?")
_AND_MORE = re.compile("(?:以上)?[、且并](?:具[有备]|拥有|掌握|带动|位居|有)[^,;。0-9]{2,24}的[^,;。、0-9]{2,16}")
_FOR_WHOM = re.compile("^(?:[0-9]{1,2}[.、])?(?:[年月季]度?[底末终])?对")
_WHO = re.compile("(?:以[上下内])?的[\u4e00-\u9fff]{1,10}(?=,)")
_IS_CALLED = re.compile("(?:以[上下内])?的[\u4e00-\u9fff]{1,8},?[^,;。0-9]{0,16}(?:约谈|通报|问责|取消)")
"""未完成任务80%以上的单位,由县委办约谈."""
_IS_REWARDED = re.compile("(?:以[上下内])?的?[^,;。]{1,24}(?:奖励|奖补|补助|补贴|给予|罚款)")
_OF_A_GRADE = re.compile("级(?=[\u4e00-\u9fff“])")
"""百万千瓦级新能源基地, 千亿级产业集群."""
MAKES = re.compile(
    "打造|建成|新建|培育|创建|新增|引进|完成|建设|推进|推广|实施|开展|改造|整治|招引|培训|创成|做强|形成|组建|设立|启动|开工|举办|达|超|突破|不少于|不低于|至少|确保|实现|争创|发放|选派"
    "|吸引|提升|发展|评选|设置|布局|带动|帮扶|服务|惠及|吸纳|安排|投入"
)
_IN_THE_CASE = re.compile("(?:以[上下内])?的(?=[;。]|$)")
"""Behind the bound of a case among others: 支出进度低于92%的；被通报2次以上的。"""
_ADDS = re.compile("新增|培育|引进|引育|招引|打造|新建|建成|创建|认定|发展|壮大")
SHARES = frozenset(("%", "成"))
_REACHED_BY_THEM = re.compile(
    "(?:以上|左右)?的(?!比例|比重|占比)[^,;。、0-9]{2,14}(?:达到?|超过?|突破|不低于|不少于|增加到|提高到|在)"
)
SO_MANY = re.compile("(?:行政)?(?:村|社区)(?:[^,;。、0-9全均都]{0,12}?)(?:达到|超过?|突破)")
_OF_SO_MUCH = re.compile(
    "(?:以上)?年?(?:(?:主营业务|主营|营业|销售)?(?:收入|产值|销售额|营收|额)|产值|估值|市值)(?:达到?|超过?|过|突破)"
)
"""培育5家以上年销售收入过百亿元…的企业."""
_KEPT_BY_HEAD = ("亩", "头", "只", "羽", "匹", "尾", "株", "吨", "米", "平方米", "千瓦")
_ROUND = re.compile("[十百千万亿]+[^十百千万亿0-9]+")
_NOUN = re.compile("[\u4e00-\u9fff“”]{2,12}")
HALVED = "减半"
"""A fall by half; before a noun it only tells which are meant: 用量减半的试点村."""
_VOLTS = re.compile("(?:伏|[kMG]?V)$")
"""What tells lines and substations apart: 新建110千伏升压站1座."""
_OF_NOUN = re.compile("的[\u4e00-\u9fff“”]{1,12}")
_CAPACITY = re.compile("[年日月][\u4e00-\u9fff]{2,8}$")
_CAN_DO = re.compile("[年日月](?:处理|产|供水|加工|出栏|存栏|屠宰|储存|吞吐|发电|培训|接待)(?:能力|规模|量)?$")
_THING = re.compile("(?:以上)?的?[\u4e00-\u9fff]{2,14}")
"""日处理1万吨污水处理厂1座: what each of them can do."""
_AND_OF = re.compile("、[\u4e00-\u9fff]{1,4}")
"""Two sizes of one thing: 年屠宰牛5万头、羊50万只以上的企业."""
_FOLLOWED = re.compile(r"全覆盖|清零|淘汰|占比|比例|比重|达到|达|不低于|实现|覆盖率")
OF_MONEY = re.compile(
    "(?:的[\u4e00-\u9fff]{2,12}?|[\u4e00-\u9fff]{2,8}(?:发展|振兴|专项|建设|帮扶|衔接|引导))?的?(?:财政|专项|扶持|补助|奖补|创业|信贷|担保|引导|保障){0,3}(?:资金|贷款|投资(?!基金)|补助|经费|债券|保费|额度|基金|授信)"
)
_AND_ANOTHER = re.compile("(?:以[上下])?、(?:超过?|达到?|突破)?")
_LEVELS = re.compile(
    "(?:产值|收入|营收|投资|销售额|资产|总额|规模|增加值|资金|贷款)(?:力争|总额|额|达到?|超过?|突破|[为约近])*$"
)
_SINGLE = re.compile("单[条个项家]")
_PLANT = re.compile("[^,;。、0-9]{0,12}(?:生产线|装置|项目|[工水炼纸糖]厂|处理厂|加工厂|冷?库|码头|泊位|电站)")
"""25万吨己二酸生产线2条: what each of them can make."""
FOR_EACH = re.compile("(?:以上)?(?:(?:农户|农民|群众|居民|社员)?[户人亩村]均|每[户人亩村])")
"""Behind a figure: what each of so many comes to (带动农户150户以上户均增收5000元)."""
_KIND_OF = re.compile("的?[^,;。]{2,16}(?:比例|占比|比重|率|户数|人数)")
"""Behind a figure with another one to follow: the share of those that have so much (20万—60万元的群体比例达到45%)."""
AGES = ("岁", "周岁")
_OR_OLDER = re.compile("以[上下内]|及")
_SIZED = ("元", "斤", "吨", "亩", "平方米", "人", "户", "千瓦", "米", "公里", "岁", "标准煤", "蒸吨", "蒸吨/小时")


def _tells_which(at: FigurePlace) -> bool:
    """Whether the next figure is of a noun that a span or an amount tells apart: 24小时办结率98%, 超5亿元企业1家."""
    if not at.later or at.figure.names:
        return False
    between = at.text[at.figure.end : at.later[0].start]
    if at.figure.unit in (*SPANS, "公里") and at.figure.comparator in ("eq", "le"):
        return bool(_OF_SPAN.fullmatch(between))
    return is_money(at.figure) and at.later[0].unit in EACH_ONE and bool(_OF_MANY.fullmatch(between))


def tells_how_large(text: str, figure: Figure, counted: Figure) -> bool:
    """Whether a figure tells how large those are that the next one counts: 10亿元以上5个, 超百万元的30家."""
    between = text[figure.end : counted.start]
    sized = _is_sized(figure) and counted.unit in (*EACH_ONE, "所", "条", "人")
    return sized and bool(_HOW_LARGE.fullmatch(between)) and (bool(between) or figure.comparator != "eq")


def tells_with_more(text: str, figure: Figure, counted: Figure) -> bool:
    """Whether a figure is the first of what those have in common that the next one counts:
    培育年产值超100亿元、具备较强竞争力的龙头企业2家.
    """
    between = text[figure.end : counted.start]
    return is_money(figure) and counted.unit in EACH_ONE and bool(_AND_MORE.fullmatch(between))


def _is_what_is_rewarded(at: FigurePlace) -> bool:
    """对年接待游客超5万人次的旅行社奖励10万元: the number says who is."""
    return bool(_FOR_WHOM.search(at.before) and _IS_REWARDED.match(at.after))


def _is_who_is_meant(at: FigurePlace) -> bool:
    """对完成率低于90%的单位,取消评优资格: the number says whom something is done to."""
    bound = at.figure.comparator in WAYS
    called = _IS_CALLED.match(at.after) or _IN_THE_CASE.match(at.after)
    return bound and bool((_FOR_WHOM.search(at.before) and _WHO.match(at.after)) or called)


def _tells_of_each(at: FigurePlace) -> bool | None:
    """Whether a figure tells how large each is of so many that stand right before it: 1支50人的扑火队,
    4台70兆瓦热水锅炉; None where no such number stands there.
    """
    before = [each for each in at.counted if each.end <= at.figure.start][-1:]
    if before and at.figure.start - before[0].end <= 1 and _SO_LARGE_EACH.match(at.after):
        return at.figure.unit in _HAS and before[0].unit != at.figure.unit
    touches = bool(before) and before[0].end == at.figure.start and before[0].unit in _BUILT
    if touches and is_money(at.figure):  # 12个百亿元、70个30亿元以上项目
        return True
    return True if touches and at.figure.unit.endswith(_POWERS) and _NOUN.match(at.after) else None


def qualifies(at: FigurePlace) -> bool:
    """Whether a figure only tells which things are meant: 50万元以上行政村占比达到100%."""
    if _is_how_large(at):
        return True
    of_each = _tells_of_each(at)
    if of_each is not None:
        return of_each
    return any(test(at) for test in _TELLS_WHICH) or _is_threshold(at)


def _is_how_large(at: FigurePlace) -> bool:
    if not at.later or at.figure.names:
        return False
    return any(tells(at.text, at.figure, at.later[0]) for tells in (tells_how_large, tells_with_more))


def _is_threshold(at: FigurePlace) -> bool:
    """Whether the words behind a figure make it a bound of what follows: 以上的行政村, 亿元企业, 65岁以上."""
    figure, after = at.figure, at.after
    bound = THRESHOLD.match(after)
    if not bound or figure.unit.endswith(("%", "百分点")):
        return figure.unit in AGES and bool(_OR_OLDER.match(after))
    noun = after[bound.end() :]
    if OF_MONEY.match(noun) or FOR_EACH.match(after):
        return False
    if figure.comparator == "range" and at.later and _KIND_OF.match(after[: at.later[0].start - figure.end]):
        return True
    if figure.names:  # one of 分别达到5.2万元、2.4万元以上
        return False
    if figure.unit in EACH_ONE and _is_made(at):
        return False
    bounds = bound.group() not in ("", "的")
    touching = any(0 <= figure.start - each.end <= 1 for each in at.counted if each.end <= figure.start)
    if touching and (bounds or is_money(figure)):
        return True
    return bool(bounds and (at.later or _FOLLOWED.search(noun[: len(at.until)]))) or _is_before_a_noun(at, noun, bounds)


def _is_made(at: FigurePlace) -> bool:
    """Whether so many are to be made, whatever the next figure says: 新增30家以上企业上市、60家创新型企业;
    培育5家以上年收入过百亿元、2家以上年收入过千亿元的企业.
    """
    verb = _ADDS.search(at.before if at.before.endswith("、") else at.before[-3:])
    between = at.text[at.figure.end : at.later[0].start] if at.later else ""
    return bool(verb) and "的" not in between


def _is_before_a_noun(at: FigurePlace, noun: str, bounds: bool) -> bool:
    """Whether the noun behind a figure is what the figure tells apart: 亿元企业2户, 60岁老人, 300亩以上大户."""
    figure = at.figure
    if not re.match(r"[\u4e00-\u9fff“]", noun) or NO_NOUN.match(noun):
        return False
    level = _LEVELS.search(at.before) and not _SINGLE.search(at.before)
    if is_money(figure) and not bounds and not level and (at.later or figure.comparator != "eq"):
        return True
    return figure.unit in AGES or (bounds and _is_sized(figure) and not MAKES.search(at.before[-3:]))


def _is_one_of_two_bounds(at: FigurePlace) -> bool:
    """亿元、超10亿元企业: what holds for the second of two amounts holds for the first."""
    joined = _AND_ANOTHER.match(at.after)
    if not joined or not at.later or at.later[0].start != at.figure.end + joined.end():
        return False
    rest = at.after[joined.end() + len(at.later[0].text) :]
    return at.later[0].unit == at.figure.unit and is_money(at.figure) and _is_bound(rest)


def _is_bound(rest: str) -> bool:
    bound = THRESHOLD.match(rest)
    return bool(bound) and not NO_NOUN.match(rest[bound.end() :] if bound else rest)


def _is_what_a_share_reaches(at: FigurePlace) -> bool:
    """80%以上的行政村集体收入超过10万元: the share is promised, the amount tells of which villages."""
    before = (each for each in at.counted if each.unit in SHARES and each.end <= at.figure.start)
    shares = [each for each in before if each.text != HALVED]
    between = at.text[shares[-1].end : at.figure.start] if shares else ""
    return at.figure.unit not in SHARES and bool(_REACHED_BY_THEM.fullmatch(between))


def _is_what_so_many_reach(at: FigurePlace) -> bool:
    """30个村集体经济收入突破20万元, 5家以上年收入过亿元的企业: so many are promised, the amount tells of which."""
    before = [each for each in at.counted if each.end <= at.figure.start and each.unit in EACH_ONE]
    if not is_money(at.figure) or not before:
        return False
    between = at.text[before[-1].end : at.figure.start]
    return bool((before[-1].unit == "个" and SO_MANY.fullmatch(between)) or _OF_SO_MUCH.fullmatch(between))


def _is_before_its_number(at: FigurePlace) -> bool:
    """千头育种场3座, 超千万元的镇4个, 年屠宰牛5万头、羊50万只以上的企业1家: the number is of what the noun names."""
    if not at.later:
        return False
    figure, counted = at.figure, at.later[0]
    between = at.text[figure.end : counted.start]
    if figure.unit.endswith(_KEPT_BY_HEAD) and _ROUND.fullmatch(figure.text) and _NOUN.fullmatch(between):
        return True
    if _CAN_DO.search(at.before) and counted.unit in EACH_ONE and _THING.fullmatch(between):
        return True
    if figure.unit.endswith("吨") and counted.unit in (*EACH_ONE, "条", "套") and _PLANT.fullmatch(between):
        return True
    if figure.comparator != "eq" and is_money(figure) and _OF_NOUN.fullmatch(between):
        return True
    rest = at.text[counted.end :]
    return bool(_CAPACITY.search(at.before) and _AND_OF.fullmatch(between) and re.match("以上的?[\u4e00-\u9fff]", rest))


_TELLS_WHICH: tuple[Callable[[FigurePlace], object], ...] = (
    lambda at: at.figure.unit not in SHARES and _DEALT_WITH.match(at.after),
    _tells_which,
    _is_what_is_rewarded,
    _is_who_is_meant,
    lambda at: _OF_A_GRADE.match(at.after),
    lambda at: at.figure.text == HALVED and _OF_NOUN.match(at.after),
    lambda at: _VOLTS.search(at.figure.unit) and _NOUN.match(at.after),
    _is_one_of_two_bounds,
    _is_what_a_share_reaches,
    _is_what_so_many_reach,
    _is_before_its_number,
)
"""How a figure tells which things are meant, besides as a bound: any of these is enough."""


def is_money(figure: Figure) -> bool:
    return figure.unit.endswith("元")


def _is_sized(figure: Figure) -> bool:
    """Whether a figure measures a size that tells things apart: money, area, people."""
    return figure.unit.endswith(_SIZED)
