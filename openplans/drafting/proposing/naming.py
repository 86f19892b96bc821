"""What a promise is called: its indicator, its theme, its measure.

Comes in: the words beside a figure. Goes out: the cells of a row. Knows no places and no dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from openplans.packages.link import World
from openplans.text.units import units_of

LEAD = re.compile(
    r"^(?:其中|同时|(?:项目)?(?:建成|投产|达产)后|并且?|且|全面|全力|坚决|(?:坚决|牢牢)?(?:守[住牢]|[严坚]守)(?=[^,;。]{0,8}红线|$)|确保|力争|力求|争取|努力|积极|着力|大力|加快|进一步|持续|实现|推动|推进|达到|[使让]|预计|计划(?!投资)|(?:规划|计划|方案|行动)?期末(?!考|测)|基本(?!养老|医疗|公共|农田|生活|药物|保险|型)|到(?![位户账访岸])|至(?!少)|截至|(?:此|之|以)后|已经?(?=[建完实])|再(?=[新改扩建培打引增][建造扩成育进])|完成(?=[^,;。、]{0,8}(?:播种面积|总?产量?[、0-9]))"
    r""
    r"|(?:到|至|在)? ?(?!(?:19|20)[0-9]{2} ?年[底末]?(?:以?前|之前)?建成的)"
    r"(?:19|20)[0-9]{2} ?年(?:[底末初]?(?:以?前|之前)|[底末初]|年底)?"
    r"|“?十[一二三四五六七]五”?(?:期间|时期)|规划期内?|[今明]年(?![轻级])|[一二三四五两]年(?:内|间)?(?=[新改引培完累投建发净][一-鿿])|全[省市县区州旗镇乡](?=计划|拟|力争|预计|确保)|将(?=[一-鿿]{4})(?!军|来|要|其)|为(?=[一-鿿0-9]{4,}(?:实施|配备|安装|提供|购买|建设|发放|接种|办理|开展))|共(?=[改新完实打引创投安整][建造改扩成施进资排治设])|规划期内?|[以围][^,;。]{2,30}为(?:重点|依托|支撑|核心|主体|载体|抓手)|全年|年内|今后|每年|年度"
    r"|(?:[一二三四1-4]|前三)季度末?前?|[上下]半年|年[底末]前?|(?<![0-9])[0-9]{1,2} ?月(?:[底末初中]旬?)?(?:以?前)?"
    r"|[春秋]季开学前"
    r"|[一二三四五六七八九十]是"
    r"|[\u2460-\u2473\u25a0-\u25ff\u2600-\u27bf\u2022\u00b7※→]|[、,;:。.()—–-]| |\u3000|“(?=[^”]*$))+"
)
_TAIL = re.compile(
    r"(?:不低于|不少于|不得少于|不超过|不高于|不得低于|不[小大]于|不得[高大小]于|控制在|保持在|稳定在|维持在|保持|稳定|(?:提高|提升|增加|扩大|缩小|缩短|压缩|延长|下降|减少|降低|上升|扩展|拓展|发展|调整|压减|压降|收窄|恢复|回升|优化|[增升扩减])(?:到|至|为)"
    r"|增长(?:到|至)|降至|降到|达到|达|超过|超|突破|[迈跨站]上|[迈跨越]过|高于|低于|小于|大于|[优好]于|约为|约|近|为|至少|至|到|在|可(?=达|实现|新增|$)|分别|均|都|累计(?:达|完成|实现)|年均|每年(?:完成|达到?)?(?!.)|(?:19|20)[0-9]{2}年(?:[底末]|[底末]?前)?|实现"
    r"|为?每(?:平方公里|平方千米)|为?每[人生户名床亩](?:每?[年月日天]|每?学[年期])|(?<=达到)每[人户亩]|每(?:[月周天日]|个?季度|学期)|每年|全年|全面|(?<!累计)完成"
    r"|(?:(?:比|较|由|从)(?:(?:19|20)[0-9]{2} ?年(?:[底末])?|上年|去年)的?|较)(?!.)"
    r"|在[^,;。、]{2,24}(?:的)?基础上|(?<!学前)[一二三四五两]年(?:内|间)?(?=$|累计|完成|达到|实现)|(?<=[率量值额度数年底月])[要应须]|巩固在?|保有|持续|继续|始终|已经?|进一步|逐步|(?<![可予得])以|按照?|[≥≤<>=≧≦:,、(\s]"
    r"|(?<![通经超渡])过|占|(?<![0-9])[0-9]{1,2} ?月(?:[底末初]前?)?|[上下]半年|(?:[一二三四1-4]|前三)季度末?"
    r"|总?数量(?=$)|总数(?=$)|(?:力争|争取)(?:[一二三四五]年)?|全部|常年|各|共|共计|合计|总计)+$"
)
_LIMIT = re.compile(
    "(?:至少|最少|至多|最多|不少于|不超过)(?=(?:改造|新建|打造|引进|建设|组织|实施|创建|开发|新增|选派|安排|配置|设立|建立|扶持|认定|建成|建有|建好|配备|设立|召开|开展|举办|完成|培育|[创新]建)?$)"
)
_LARGE = re.compile("(?<=[\u4e00-\u9fff]{2})(?:总?规模|总额|(?<![售易业口])额)$")
"""Between a verb and what is made: 设立规模50亿元的母基金."""
_ANNOUNCED = re.compile("^[\u4e00-\u9fff]{2,14}将(?=每(?:年|半年|个?季度|个?月|周))")
"""Who will do it: 县政府督查室将每季度通报一次."""
_HOPED = re.compile("(?<=[\u4e00-\u9fff]{2})(?:力争|争取|确保|预计)(?=(?:年均)?(?:增长|提[高升]|下降|降低|增加|减少))")
"""How far it binds stands in the quote: 总产值力争增长3%."""
_AT_LEAST = re.compile("(?<=[一-鿿])(?:至少|最少)(?=[一-鿿]{2})")
"""Before a verb: 每个镇至少培育乡村工匠5名."""
_IN_THE_MIDDLE = re.compile(
    "(?<=[一-鿿]{2})(?:[上下]半年|第?[一二三四]季度末?前?|年内)(?=完成|建成|实现|启动|开工|开展|新[建增])"
)
"""A part of a year that is none of the name: 产业园上半年完成土地平整."""
_EVERY_YEAR = re.compile(
    "(?<=[\u4e00-\u9fff)])(?:(?:每人)?每[年月](?=遴选|评选|择优|提供|提[升高]|增[加长]|递增|下降|降低|减少|新增|对口|投放)|全年(?=开展|组织))"
)
"""What a period says and no name: 保障水平每年提升."""
_AGAINST = re.compile("(?<=[\u4e00-\u9fff]{2})(?:不[低高少]于|不得[低高]于|不超过|达到|相当于)[^,;。]{3,40}的$")
"""What a share is one of, behind the name: 供养标准不低于低保标准的1.3倍."""
_CHOSEN_FROM = re.compile("^从[^,;。]{2,60}中(?=择优|遴选|评选|选拔|选派|认定)")
"""Those out of whom so many are chosen: 从获奖人员中择优认定优秀管理人20名."""
_HAS = re.compile("(?:^设|(?<=[\u4e00-\u9fff]{2})(?<![共含富拥])有)(?:至少|不少于|约)?$")
"""Between those who have and what: 每个村至少有2名医生; alone before it: 设36个教学班."""
_DOES_INSIDE = re.compile("(?:提供|开展|新增|新建|改造|建成|培训|完成)[\u4e00-\u9fff]{2}")
_DIFFICULT = re.compile("(?:技术|难题|瓶颈|产品|装备|材料|零部件|工艺)$")
"""What is overcome, so that 突破 is what is done and no comparator: 突破百项关键技术."""
_OF_BOTH = re.compile("^(?P<when>同比|年均)(?:分别|均|都)(?=增长|下降|提高)")
_BRACKET = re.compile(r"\((?P<inside>%|[^()]{1,6})\)$")
_REMARK = re.compile("不?含|按|可比|现价|当年|左右|单位|增|%")
"""What a bracket at the end of a name may say besides its unit; others belong to the name: 老年大学(学堂)."""
_PER = re.compile(
    "每?(?P<scale>[百千万十]{1,2})名?(?:常住|户籍)?(?:人口?|居民)(?=[\u4e00-\u9fff])(?!才|[\u4e00-\u9fff]{0,4}(?:计划|工程|行动|大会))"
)
"""每千人口医师数, 千人托位数; “千人计划” is of no thousand people."""
_PER_AREA = re.compile("每(平方公里|平方千米)$")
_GROWS = re.compile(
    "增长|增速|增幅|涨幅|增加值增|下降|降低|(?:压减|压降|削减)$|提高|减少|递增|降幅|同比|(?:增产|增收)(?:$|[额幅])|翻|高出|提升$|上升$|缩小$"
)
_TOTAL = re.compile("累计|总数|总量达|总数达")
MAKES = re.compile(
    "新增|新建|新植|建成|建设|培育|培养|培训|引进|引育|打造|创建|创成|完成|实施|开展|推进|改造|整治|新改建|建立|开工|投用|选派|评选|设立|发放|带动|吸引|招引"
    "|举办|组织|修复|治理|提升|新开|设置|布局|投放|开发|认定|申报|争创|招聘|帮扶|救助|服务|安排|投资|盘活|入库|落地|签约|推广|改建|扩建|创评|开通|建"
    "|打通|疏浚|加固|除险|清淤|硬化|绿化|造林|栽植|种植|配套|配备|安装|架设|铺设|敷设|更新|淘汰|拆除|迁建|消除|恢复|复垦|复耕|整合|搬迁|安置|改善|发展|谋划|统筹|筹集|筹措|撬动|引导"
    "|吸纳|改良|低改|新造|争取|撤并|单列|接种|筛查|维修|报送|召开|储备|调解|排查|巡查|惠及|覆盖|转移|输送|输转|扩繁|孵化|选育|聘请|评定|入选|收储|供应|出让|流转|减少|压减|压采|延伸|留用|扶持|投入|出资|支出|加装|改扩建|创办|遴选|择优|选树|制定|制修订|编制|研制|获批|主导|参与(?=制|编|国|行)"
)
_MADE = re.compile(
    rf"^(?:全[省市县区州旗])?(?!建成区)(?:突破(?=[\u4e00-\u9fff]{{2}})|{MAKES.pattern})(?!成区|设用地|筑|半径|能力)"
)
_AT_END = re.compile(
    "(?:新增|净增|(?<=[一-鿿]{2})(?:扩大|增加|扩容|扩面)|就业|创业|落户|提质增效|提质改造|利用外资|到位(?:市外|省外|县外)?资金|筛查|造林|新植|育草|抚育|修复|治理|改造|培训|输转|扩繁|压采|复耕|救助|慰问|体检|受益(?:人口|群众|户数))$"
)
"""How an action ends that is counted by those it reaches: 城镇新增就业 1 万人, 改造 500 户."""
_SIZE = re.compile("(?:面积|占地|产值|收入|产量|产能|规模|销售额|里程|半径|浓度|能力|保额|库容|容量|装机)$")
"""How a name ends of what has a size, whatever is made before it in the sentence: 建成基地1处、核心区面积2000亩."""
_LEVEL = re.compile(
    "面积|产值|收入|产量|总量|规模|总额|销售额|零售额|交易额|增加值|里程|倍差|营收|(?<!固定)资产|人口|浓度|评分|指数|人数达|保有量|存栏|出栏|托位数?|床位数?|时[间限长]$|周期$|寿命|年限|能力|余额|密度|强度"
    "|系数|标准$|水平$|数量?$|人次$"
)
_COUNTED = re.compile(
    "^[十百千万亿]*(?:个|家|名|人次|场次|次|条|项|座|处|所|支|宗|套|间|幢|栋|台|辆|件|场|期|批|户|公里|千米|km|米"
    "|剂次|针次|部|艘|架|口|根|盏|块|门|款|份|例|起|笔|单|届|列|组|班|册|篇|片|株|棵|趟|对)"
)
"""Units of things counted one by one, or built by length. Where the text has no verb of its own, so many are made
(建成 12 个), and no level is reached."""
_RATIO = re.compile(
    "^(?:年(?:接待|产|加工|处理|出栏|供[应水]|发电|运输|吞吐|利用|销售|营业|交易)|每(?:[百千万]|[0-9])|[日月户人村亩]均|.{0,3}日均)"
)
"""How the name of a ratio begins: 每千名老年人配备, 日均服务."""
_OWN_NAME_FIRST = re.compile("^“[^“”]+”(?=筛查|培训|改造|建设|整治)")
_FOR_THEM_FIRST = re.compile("^面向[\u4e00-\u9fff]{2,12}?(?=遴选|评选|择优|认定|开展|举办|组织|提供|培训|发放)")
"""For whom something is done, before the verb: 面向全区企业遴选."""
_YEARLY = re.compile("(?<=[\u4e00-\u9fff])(?<![当全每今明去])年(?:接待|处理|加工|发电|供水|出栏|吞吐|屠宰)")
"""What something does in a year, behind its name: 写生基地年接待学生."""
_COMPARED = re.compile("(?:平均|年均|同比|较|比)[^,、]{0,8}(?:提高|提升|增加|下降|缩短|降低)$")
_REACHED = re.compile(
    "(?:达到?|稳定在|保持在|维持在|突破|控制在|超过?|[增扩提升发][加大高展]?[到至]|[压降缩减][减缩低小短少降]?[到至])$"
)


def indicator(before: str, after: str = "") -> str:
    """The words for what is counted, from those before and behind a figure, without figure, comparator and date."""
    before = _HAS.sub("", before) if after else _AGAINST.sub("", _TURNED.sub(r"\g<of>", before))
    name = _unbracketed(_TAIL.sub("", _unbracketed(LEAD.sub("", before).rstrip())))
    name = _LARGE.sub("", _LIMIT.sub("", name)) if after else _ANNOUNCED.sub("", name)
    overcome = "突破" if before.endswith("突破") and not name and _DIFFICULT.search(after) else ""
    name = _OF_BOTH.sub(r"\g<when>", overcome + name + after)
    for said in (_CHOSEN_FROM, _EVERY_YEAR, _HOPED, _AT_LEAST, _IN_THE_MIDDLE):
        name = said.sub("", name)
    name = name.strip(" ,、;:。\u3000")
    opened, _, inside = name.rpartition("(")
    if opened and ")" not in inside and _DOES_INSIDE.match(inside):  # 提供“1131”就业服务(提供1次政策宣介
        name = inside
    return name.rstrip("“") if name.count("“") > name.count("”") else name


_TURNED = re.compile(
    "(?:提高|提升|扩大|增加|降低|减少|压减|压降)(?![到至])(?P<of>[^,;。0-9]{2,20}(?:率|占比|比例|比重|总量|强度))[至到]$"
)
"""提高机顶盒占比至75% is of 机顶盒占比."""
_MEAN_OF_ALL = re.compile("(?:平均|人均)[^,;。]{0,6}(?:年限|寿命|时间|时长)$|[户人]均就业$")
_LENGTH = re.compile("(?:全长|总长度?|总里程|工期)$")
"""How long one thing is, or takes, however it is counted."""
_HELD = re.compile("(?:稳定|保持|维持|控制)在$")
_SPENT = re.compile("^(?!.*[人生户]均).*(?<!财政性)(?:资金|经费|预算)$")
_FOR_EACH = re.compile("[户人亩]均(?:增[收产]|节[水本支])$")
"""What each of many comes to, whatever is done before it: 带动户均增收3000元."""


def _unbracketed(name: str) -> str:
    """A name without the unit or the remark in brackets that it ends with."""
    found = _BRACKET.search(name)
    if found is None:
        return name
    inside = found["inside"].lstrip("十百千万亿")
    unit = units_of(()).unit(inside, 0)[0] == len(inside) or _REMARK.match(found["inside"])
    return name[: found.start()] if unit else name


_RAISED_BY = ("元", "岁", "年", "小时", "分钟", "天", "公斤", "斤")
_RAISED = re.compile(
    "(?:标准|水平|收入|养老金|补助|补贴|待遇|工资|价格|寿命|年限|时间|时长|[期限]|单产|亩产)[^,;。]{0,6}(?:提[高升]|增加|增长|上调|缩短|延长|压缩|降低|减少)$"
)
"""By how much a level is to move: 低保标准提高30元."""
_RISING = re.compile(
    "(?:逐[年步]|稳步|不断|持续|显著|明显|大幅|有效|进一步|稳定|较快|快速|平稳)(?:提[高升]|增[加长]|扩大|改善|下降|降低|缩小|优化)$"
)
_RAISE = re.compile(
    "^(?:稳步|逐步|逐年)?(?:提[高升]|增加|扩大|降低|压减)(?=.{2,}(?:[率量数]|比例|比重|占比|水平|系数)$)"
)


_OF_ALL = re.compile("全[省市县区州旗盟师镇乡](?=.{3})(?!覆盖率$)")


def of_all(name: str) -> str:
    """An indicator without the whole region before it, which every target of a plan is about: 全县粮食产量."""
    found = _OF_ALL.match(name)
    return name[found.end() :] if found else name


_HELD_AGAINST = re.compile("(?:年均)?(?:增[速幅长])?(?:[快高]于|超过|不低于)[\u4e00-\u9fff]{2,16}$")
"""Behind the name, what it is held against: 收入年均增速快于城镇居民,期末达到4万元."""


def rising(name: str) -> str:
    """The indicator of a part that says which way it goes, for the figure behind it: 比例逐年提高,2030年达到50%."""
    return _RAISE.sub("", _RISING.sub("", _HELD_AGAINST.sub("", name)))


def per(unit: str, name: str) -> str:
    """The unit of a ratio whose denominator stands in the name: 每千人口拥有托位数 counts 个/千人."""
    if area := _PER_AREA.search(name):
        return unit if "/" in unit else f"{unit}/{area[1]}"
    found = _PER.search(name)
    return (
        f"{unit}/{found['scale']}人" if found and "/" not in unit and unit in ("个", "张", "名", "人", "件") else unit
    )


_EACH_OF_MANY = re.compile("^为?每(?:[个名村户家条所]|行政村)(?!月|年)")
_KEEPS = re.compile("配备|建有|拥有|(?<=[\u4e00-\u9fff])有|带动|补助")


def _has_each(name: str) -> bool:
    """Whether a name says how many each of many has, not what is made for each: 每村配备农技员, 每个乡镇敬老院."""
    each = _EACH_OF_MANY.match(name)
    return each is not None and bool(_KEEPS.search(name) or not MAKES.search(name, each.end()))


def measure(name: str, unit: str, around: str) -> str:
    """level, share, count, growth or cumulative, by the words and the unit; `around` is the part before the figure."""
    if unit.endswith("百分点") or _COMPARED.search(name) or (_GROWS.search(name) and unit in ("%", "倍", "成")):
        return "growth"
    if _TOTAL.search(name) or _TOTAL.search(around[-8:]):
        return "cumulative"
    if unit.endswith(_RAISED_BY) and _RAISED.search(name):
        return "growth"
    if _LENGTH.search(name) or _MEAN_OF_ALL.search(name) or (_HELD.search(around) and unit not in ("%", "成", "‰")):
        return "level"
    if unit.endswith("元") and _SPENT.search(name):
        return "count"
    if unit.endswith(("元", "斤")) and _FOR_EACH.search(name):
        return "level"
    if unit.endswith("/年") and _MADE.search(name):
        return "count"
    if unit in ("%", "成", "‰"):
        return "level" if re.search("比值|与全省|指数", name) else "share"
    yearly = _YEARLY.search(name) and not (_MADE.search(name) or _AT_END.search(name))
    if "/" in unit or unit == "比值" or _RATIO.search(name) or yearly or _has_each(name):
        return "level"
    if _SIZE.search(name) and not _MADE.search(name) and not _COUNTED.match(unit):
        return "level"
    own = _FOR_THEM_FIRST.sub("", _OWN_NAME_FIRST.sub("", name))
    if _AT_END.search(name) or _MADE.search(own) or _MADE.search(LEAD.sub("", around)):
        return "count"
    counted = bool(_COUNTED.match(unit))
    if _LEVEL.search(name if not counted else name[-4:]) or _REACHED.search(around):
        return "level"
    return "count" if MAKES.search(name) or MAKES.search(around) or counted else "level"


_SHARE = re.compile("(?<!抢)占(?:到|达|约|近|超过?|不低于|不少于)?$")
_SAYS_SO = ("率", "占比", "比重", "比例")


def of_share(name: str, before: str) -> str:
    """The name of a share, whose words before the figure say that it is one: 线上销售额占三成 is not of the sum."""
    name = name.removesuffix("的")  # 完成路基工程的60%
    return f"{name}占" if _SHARE.search(before) and not name.endswith(_SAYS_SO) else name


def makes(name: str) -> bool:
    """Whether a name says what is done rather than how many there are: 新增规上企业, 森林抚育."""
    return bool(_MADE.search(name) or _AT_END.search(name))


def theme(world: World, words: str, otherwise: str) -> str:
    """The theme whose words a text has most of: those of its name and of the concepts and aliases filed under it."""
    best, most = otherwise, 0
    for theme_id, said in _theme_words(world).items():
        score = sum(len(each) for each in said if each in words)
        if score > most:
            best, most = theme_id, score
    return best


_WORDS: dict[int, dict[str, Sequence[str]]] = {}


def _theme_words(world: World) -> dict[str, Sequence[str]]:
    """The words of each theme; made once for a World."""
    if id(world) not in _WORDS:
        _WORDS.clear()
        registry = world.project.registry
        aliases = registry.tables["aliases"].rows if "aliases" in registry.tables else []
        words: dict[str, set[str]] = {
            key: set(re.split("[与和、及]", row["name_zh"])) for key, row in world.themes.items()
        }
        for row in aliases:
            if row["kind"] == "theme" and row["language"] == "zh" and row["id"] in words:
                words[row["id"]].add(row["alias"])
        _WORDS[id(world)] = {key: sorted(each for each in found if len(each) > 1) for key, found in words.items()}
    return _WORDS[id(world)]
