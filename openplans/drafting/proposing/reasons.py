"""A figure where it stands -> why it promises nothing: a threshold, a rank, a reward, a name, all that there are.

Apart from `passing`, which knows the plan: what is so already, and what is the name of a work. Each test here stands
for one way of printing numbers, and asks for no more than the words around the figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from openplans.drafting.proposing import naming, scores, support
from openplans.drafting.proposing.place import FigurePlace
from openplans.drafting.proposing.qualifying import AGES, EACH_ONE, MAKES, SHARES, SPANS, qualifies

_PAST = re.compile("已(?!建成.{0,6}目标)|现有|目前|截至目前|(?<![较比以])(?:上年|去年)|现已|累计已|共有")
_HELD_AGAINST = re.compile("(?:不[低少高多]于|不超过|相当于|达到?|占)[^,;。0-9]{0,6}(?:上年|去年)")
"""不低于上年度家庭人均可支配收入的60%: only what it is held against is so already."""
FUTURE = re.compile("[将拟]|力争|争取|确保|计划|规划到")
_DONE_ALREADY = re.compile(
    "(?:成|立|造|育|展|放|供|献|动|引|造|现|到|过|破|决|升|加|获|务|办|订|盖)了[^,;。0-9]{0,16}$|先后(?!顺序)[\u4e00-\u9fff]{2}[^,;。0-9]{0,30}$"
)
"""建成了5个, 先后启动30余个: a plan says so of nothing that is to come."""
_IN_ROW = re.compile(
    "连续(?:[0-9一二三四五六七八九十多]{1,3}年)?(?:稳定)?(?:保持|位居|稳定)[^,;。0-9]{0,4}$|已经?[从由][^,;。]{0,12}[到至为]?[^,;。]{0,12}$"
)
"""连续11年保持在50%以上; 已从100亿元增加到184亿元, of both."""
_BASIS = re.compile("^[\u4e00-\u9fff]{0,6}(?:的)?基础上|^为基[数期]|^\\)?的?基数")
_DONE_BY_ALL = re.compile(
    "[全我][省市县区州旗镇乡村](?:[0-9]+个[\u4e00-\u9fff]{0,3}[乡镇道村区县市旗场](?:[(][^()]{1,6}[)])?[、和]?)*(?P<verb>[\u4e00-\u9fff]{0,3})$"
)
_ALL_OF_THEM = re.compile(r"[^,;。、0-9]{1,10}(?:\([^()]{1,6}\))?(?:实现)?(?:基本)?全覆盖")
"""实现20个镇街(园区)全覆盖: the promise is every one."""
_CONSIDERED = re.compile("(?:结合|立足|根据|针对|鉴于|基于)[^,;。0-9]{0,12}(?:[0-9][^,;。]{1,12}、)*$")
_AS_IT_IS = re.compile("[^,;。]{0,24}(?:实际|现状|特点|情况|优势|资源|禀赋)")
"""结合我镇12个行政村、86个村民小组实际: what there is to begin with."""
_ALL_DO_IT = re.compile(
    "[^,;。、0-9]{1,16}?(?:全部|均|都)(?:达到?|实现|超过?|突破|不低于|不少于|完成|建成|建有|建立|通)"
)
"""12个村集体经济收入全部达到30万元以上: what is promised is the amount, of each of them."""
_ALL_REACH = re.compile("[^,;。、0-9]{1,12}全部(?:执行|达到)[^,;。、0-9]{2,20}(?:标准|要求|水平)(?=[,;。、]|$)")
"""16个镇(场)全部达到省级要求: what is promised is every one."""
_DONE_FOR = re.compile("(?:为|给|向|替)全[省市县区州旗镇乡][\u4e00-\u9fff]{0,3}$")
_DONE = re.compile("[^,;。0-9]{0,30}(?:改善|提供|配备|安装|发放|解决|办理|建立|开展|改造|落实|购买|接种|筛查|体检)")
_NAMED = re.compile(r"“[^“”]*$|《[^《》]*$")
_QUOTED_GOALS = re.compile("[^“”]{0,40}?”的?[^,;。“”]{0,12}(?:目标|任务|指标)")
"""Behind what is promised in quotation marks: “…总量达到320万名，…”的三大目标."""
_THIS_LISTS = re.compile(
    "本(?:台账|清单|方案|计划|表|要点|措施)[^,;。]{0,6}(?:列入|纳入|涉及|包括|安排|确定|梳理|明确|共有?|合计)[^,;。0-9]{0,10}$"
)
_SHARES_OUT = re.compile("(?:涉及|分解|细化|明确|梳理|列明)(?:为|成|出)?[^,;。0-9]{0,4}$")
_THEIR_SHARE = re.compile(
    "(?:具体|重点|主要|目标)*(?:工作|任务|事项|举措|措施)(?![\u4e00-\u9fff])|(?:牵头|责任|承办|配合)(?:单位|部门)"
)
"""明确133项具体任务,涉及34个牵头单位: what is listed, and by how many it is done."""
_COUNTED = re.compile(r"(?:工作|任务|事项|措施|清单|实事)\((?:共|共计)?$")
"""Behind a heading, how many stand under it: 县发改局牵头工作(8项)."""
_IN_AN_ACTION = re.compile("(?:专项|攻坚|提升|倍增|翻番)*(?:行动|计划|工程)(?=[,;。、]|$)")
"""启动旱粮单产增一成行动: the size is in the name of what is done."""
_NAMES_SOMEONE = re.compile("明确|确定|指定")
_SOMEONE = re.compile("(?:[分主]管|主要|专职|兼职|具体)?(?:领导|联络员|负责人|负责同志|工作人员|信息员|联系人)")
"""每个单位明确1名分管领导和1名联络员."""
_TEAM = re.compile("[^,;。0-9]{0,40}(?:队伍|力量|铁军|劲旅)")
_FORECAST = re.compile("据[^,;。]{0,40}?(?:测算|预测|推算|估算)")
_MEANT = re.compile("力争|争取|确保|计划|拟|规划|目标|努力")
"""Words behind a forecast with which a document says what it wants."""
_PARTS = re.compile("[:：∶].+[:：∶]")
"""三次产业结构优化为22:32:46 gives the shares of a whole, of which no single number is promised."""
_GROUPS = frozenset("个条项种类批轮方层级面支片位")
_ORDERS = frozenset(("批", "轮", "届", "级", "层", "方面"))
_CHANGES = SHARES | {"番", "倍", "个百分点"}
_MEANS = re.compile("(?:以|依托|围绕|聚焦)[^,;。0-9]{0,24}$")
_AS_MEANS = re.compile("[^,;。0-9]{1,16}为(?:重点|依托|支撑|核心|主体|骨干|载体|抓手|示范|样板|纽带)")
_IN_VIEW = re.compile("(?:聚焦|围绕|瞄准|针对)(?:[我全本][省市县区州旗镇乡])?$")
"""聚焦3万亩菜田设施，推进…: what something is done about."""
_BARE = re.compile("倍差|比值|收入比|之比|指数|比例|[率比]为?$|评分|得分|数(?:达到?|为)?$|达到?$|为$")
_OF_A_SCHEME = re.compile(
    "(?:方面|等级|类型|阶段|层次|环节|领域|维度|步骤|要素|关键词|部分|问题|底线|红线|主线)(?![\u4e00-\u9fff]{0,2}(?:建设|试点))"
)
_DUTIES = re.compile("(?:重点|主要|具体|核心|基本)?(?:工作|任务|原则|功能|职能|内容)(?=[,;。:、]|$)")
"""主要开展两项工作, in words."""
_CLASSES = re.compile("(?:细分)?(?:标准|类[别型]|条件|情形|行业|领域|环节|要素|指标)")
_TO_DO = re.compile("(?:做好|抓好|确定|明确|部署|提出|下达|承担|安排)的$")
_THEIR_WORK = re.compile("(?:重点|主要|具体|核心|目标)?(?:工作|任务|事项)")
"""要做好的8项重点工作: those that the document lists."""
_MUST = re.compile("(?:应当?|须|必须|要)[于在]?[^,;。]{1,16}后$")
"""应于目录更新后30天内组织评估: by when each time, of whatever comes."""
_OUTPUT = ("吨", "千瓦", "瓦", "套", "台", "辆", "件", "升", "支", "片", "米")
_IN_A_LIST_OF_WORKS = re.compile("[\u4e00-\u9fff“”A-Za-z][^,;。]{1,80}等[^,;。0-9]{0,6}(?:项目|工程)")
_WORKS_ON = re.compile("抓好|推[进动]|加快|实施|开工|谋划|续建|完成|启动|引进|签约|抓")
"""重点抓好某集团25万吨己二酸、某公司10万吨针状焦等项目建设: what each of the works can make."""
_RANKED = re.compile("[前后]$")
_CLEARED = re.compile("内?动态?清零")
"""零就业家庭24小时动态清零: the promise is that there are none."""
_NOT_ONE = re.compile("(?:也|都)?不(?:能|可|得|准)?(?:少|减|漏|落|掉队)")
"""耕地一亩不少, 一户不漏."""
_IS_DEALT_WITH = re.compile("[^,;。0-9]{1,10}(?:予以|给予|进行|作出)[^,;。]{0,4}(?:通报|表扬|表彰|约谈|奖励|问责|批评)")
"""排名靠前的3个乡镇予以表扬."""
_WARNED = re.compile("(?:提醒|通报|约谈|警示|问责)(?=[,、;。])")
"""一次提醒、两次通报、三次约谈."""
_DEEDS = re.compile("(?:为民|惠民|利民|便民|民生|民盼|重点){0,2}办?实事")
"""为民办十件实事, in words: the number of those that the document lists; 每年办好十件, 办好10件 is a promise."""
_OF_A_KIND = re.compile("(?:重大|重要|主要|关键|系统|长期|艰巨|复杂|紧迫|战略|基础|崭新|特殊)性?的?[\u4e00-\u9fff]")
"""作为一项重大任务, 是一支重要力量: one that is so."""
_IS_ONE = re.compile("(?:作为|是|成为|当作|看作|属于)[^,;。0-9]{0,24}$")
_BOTH_ENDS = re.compile("(?:连|挑|抓|系)着?")
"""一头连着发展、一头连着民生."""
_THICK = re.compile("(?:直径|口径|孔径|跨度|[长宽高深厚](?!度))的?[\u4e00-\u9fff]{2}")
"""3.8米直径火箭: how large each is."""
_MAKES_ONE = re.compile("(?:构建|建设|打造|推进|实施|推行|建立|完善|健全|提供)$")
_AROUND_THE_CLOCK = re.compile("(?!服务(?=[,;。、]|$))[\u4e00-\u9fff]{4}")
"""构建24小时全生活链服务体系; 热线24小时服务 says so of itself."""
_GREAT_MATTERS = re.compile("[大要难急盛]事(?!项|件)")
_HOW_OFTEN = re.compile("每|开展|组织|举办|召开|进行|完成|提供|不少于|至少|不低于|实施|安排|达|接受|轮|享受")
_ONCE = re.compile("[\u4e00-\u9fff]")
"""通过一次检测就能…: once, and no frequency."""
_EVERY_YEAR = re.compile("每年")
_SENT = re.compile("[^,;。]{0,30}印发(?:给?你们|各)")
"""现将24项民生实事印发给你们."""
_IN_A_ROW = re.compile("连续$")
_ORGANS = re.compile("(?:下设|分设)$")
_ORGAN = re.compile("(?:专项|专门|工作|专业|推进){0,2}(?:组|小组|专班|办公室)")
CHANGE = re.compile(
    "(?:[比较](?:(?:19|20)[0-9]{2}年|上年|去年)[底末]?)?(?:年均|同比|累计){0,2}(?:增长|提高|提升|下降|增加|减少|增速|增幅|递增|递减)$"
)


def is_so_already(at: FigurePlace) -> bool:
    based = at.figure.role == "baseline" or _BASIS.match(at.after)
    told = _DONE_ALREADY.search(at.before) or _IN_ROW.search(at.before)
    return bool(
        based or (told and not FUTURE.search(at.before)) or (_is_told_of_before(at) and at.figure.role != "target")
    )


def _is_told_of_before(at: FigurePlace) -> bool:
    return bool(_PAST.search(at.before)) and not _HELD_AGAINST.search(at.before)


def _is_a_forecast(at: FigurePlace) -> bool:
    """Whether a figure is what is reckoned with: 据测算，2027年人口将达到16万; and what follows of it: 将增长3%."""
    told = [each.end() for each in _FORECAST.finditer(at.text, 0, at.figure.start)]
    if not told or _MEANT.search(at.text, told[-1], at.figure.start):
        return False
    return "。" not in at.text[told[-1] : at.figure.start] or "将" in at.before


def _is_in_quotation_marks(at: FigurePlace) -> bool:
    """Whether marks are open that close behind a figure; straight ones open and close in turn."""
    if at.text.count('"', 0, at.figure.start) % 2 and '"' in at.after:
        return True
    if re.search("“[^“”]*$", at.sentence) and _QUOTED_GOALS.match(at.after):
        return False
    return bool(_NAMED.search(at.sentence) and re.match("[^“”]*[”》]", at.after))


def _is_a_team(at: FigurePlace) -> bool:
    """打造一支高素质人才队伍 counts none."""
    return at.in_words and at.figure.value == 1 and at.figure.unit == "支" and bool(_TEAM.match(at.after))


def _bounds_in_brackets(at: FigurePlace) -> bool:
    opened = at.before.count("(") > at.before.count(")")
    return opened and at.figure.comparator in ("lt", "le", "gt") and ")" in at.after[:24]


def _is_all_there_are(at: FigurePlace) -> bool:
    """全市3.2万名学生; but what is done for them is a promise: 为全市3.2万名学生改善住宿条件."""
    of_all = _DONE_BY_ALL.search(at.before)
    share = at.figure.unit in SHARES or at.figure.unit.endswith("百分点")
    if share or not of_all or MAKES.search(of_all["verb"]):  # 全县建成3个示范村
        return False
    return not (_DONE_FOR.search(at.before) and _DONE.match(at.after))


def _all_do_it(at: FigurePlace) -> bool:
    """Whether a part begins with so many that all do or have something, and says of what more: the amount, the date."""
    opens = (not naming.LEAD.sub("", at.before) or at.before.endswith("、")) and at.figure.unit in EACH_ONE
    return opens and bool((_ALL_DO_IT.match(at.after) and at.later) or _ALL_REACH.match(at.after))


def _is_a_few(at: FigurePlace) -> bool:
    return at.in_words and at.figure.unit in _GROUPS and not (MAKES.search(at.before) or CHANGE.search(at.before))


def _is_an_attribute(at: FigurePlace) -> bool:
    """Whether a size is part of what a thing is called: 3.8米直径火箭, 24小时便民服务体系."""
    if at.figure.unit in ("米", "毫米", "厘米", "公里"):
        return bool(_THICK.match(at.after))
    hours = at.figure.unit == "小时" and at.figure.comparator == "eq"
    return hours and bool(_MAKES_ONE.search(at.before) and _AROUND_THE_CLOCK.match(at.after))


def _is_a_way_of_speaking(at: FigurePlace) -> bool:
    """Whether a numeral in characters counts nothing: 发展安全两件大事, 一头连着…, 作为一项重大任务, 通过一次检测."""
    if not at.in_words:
        return False
    if at.figure.value == 1 and _OF_A_KIND.match(at.after) and _IS_ONE.search(at.before):
        return True
    if at.figure.unit == "头" and _BOTH_ENDS.match(at.after):
        return True
    once = at.figure.unit == "次" and at.figure.value == 1 and not _HOW_OFTEN.search(at.before)
    return bool((once and _ONCE.match(at.after)) or (at.figure.unit == "件" and _GREAT_MATTERS.match(at.after)))


def _is_how_many_were_listed(at: FigurePlace) -> bool:
    """符合“…”等5项标准的企业, 包括甲、乙等两个行业: so many stand before it, and nothing is done to them."""
    listed = at.figure.unit in _GROUPS and at.before.endswith("等") and not MAKES.search(at.before)
    return listed and bool(_CLASSES.match(at.after))


def _is_bare(at: FigurePlace) -> bool:
    figure = at.figure
    return not figure.unit and figure.comparator == "eq" and figure.kind == "count" and not _BARE.search(at.before)


def _is_made_by_a_work(at: FigurePlace) -> bool:
    """Whether a figure is what one of some works can make: 抓好某集团25万吨己二酸等项目建设."""
    listed = at.figure.unit.endswith(_OUTPUT) and _IN_A_LIST_OF_WORKS.match(at.after)
    return bool(listed and at.figure.comparator == "eq" and _WORKS_ON.search(_list_before(at)))


def _list_before(at: FigurePlace) -> str:
    """What stands before a figure in its part, and the list that it goes on."""
    return re.split("[,;。]", at.text[: at.figure.start])[-1]


TESTS: tuple[tuple[str, Callable[[FigurePlace], object]], ...] = (
    ("name:inside-quotation-marks", _is_in_quotation_marks),
    ("slogan:a-saying", lambda at: at.in_words and at.figure.value == 1 and _NOT_ONE.match(at.after)),
    ("other:a-score", scores.is_score),
    ("other:a-forecast", _is_a_forecast),
    ("list_number:what-is-listed", lambda at: at.figure.unit in _GROUPS and _THIS_LISTS.search(at.before)),
    (
        "list_number:what-is-listed",
        lambda at: at.figure.unit in EACH_ONE and _SHARES_OUT.search(at.before) and _THEIR_SHARE.match(at.after),
    ),
    ("list_number:what-is-listed", lambda at: _COUNTED.search(at.before) and at.after in (")", ")。")),
    ("name:in-the-name-of-a-work", lambda at: at.figure.unit in _CHANGES and _IN_AN_ACTION.match(at.after)),
    ("threshold:by-when", lambda at: at.figure.unit in AGES and (at.after[:1] == "起" or at.before.endswith("从"))),
    ("slogan:a-saying", _is_a_team),
    ("other:parts-of-a-scheme", lambda at: _NAMES_SOMEONE.search(at.before) and _SOMEONE.match(at.after)),
    ("name:an-attribute", _is_an_attribute),
    ("slogan:a-saying", _is_a_way_of_speaking),
    ("list_number:what-is-listed", _is_how_many_were_listed),
    ("other:so-often-in-a-row", lambda at: _IN_A_ROW.search(at.before)),
    ("other:parts-of-a-scheme", lambda at: _ORGANS.search(at.before) and _ORGAN.match(at.after)),
    ("slogan:a-saying", lambda at: at.figure.unit == "篇" and re.match("大?文章", at.after)),
    (
        "list_number:what-is-listed",
        lambda at: at.figure.unit in _GROUPS and _TO_DO.search(at.before) and _THEIR_WORK.match(at.after),
    ),
    (
        "threshold:by-when",
        lambda at: at.figure.unit in SPANS and at.after[:1] == "内" and _MUST.search(at.before),
    ),
    ("name:in-the-name-of-a-work", _is_made_by_a_work),
    ("other:what-is-sent", lambda at: _SENT.match(at.after)),
    ("other:who-is-dealt-with", lambda at: at.figure.unit in EACH_ONE and _IS_DEALT_WITH.match(at.after)),
    (
        "list_number:what-is-listed",
        lambda at: at.in_words and _DEEDS.match(at.after) and not _EVERY_YEAR.search(at.before),
    ),
    ("other:who-is-dealt-with", lambda at: at.figure.unit == "次" and at.in_words and _WARNED.match(at.after)),
    ("threshold:by-when", lambda at: at.figure.unit in SPANS and _CLEARED.match(at.after)),
    ("threshold:by-when", lambda at: at.figure.unit in SPANS and at.before.endswith("最后") and at.after[:1] == "前"),
    ("ordinal:a-rank", lambda at: _RANKED.search(at.before) and at.figure.unit in ("名", "位", "")),
    ("other:a-reward", support.is_paid),
    ("other:a-reward", support.is_how_often),
    ("threshold:who-gets-a-reward", support.is_condition),
    ("other:parts-of-a-whole", lambda at: _PARTS.search(at.figure.text)),
    ("threshold:in-brackets", _bounds_in_brackets),
    ("threshold:before-what-it-qualifies", qualifies),
    ("other:all-there-are", _is_all_there_are),
    ("other:all-there-are", lambda at: at.figure.unit in EACH_ONE and _ALL_OF_THEM.match(at.after)),
    ("other:all-there-are", _all_do_it),
    ("other:all-there-are", lambda at: _CONSIDERED.search(at.before) and _AS_IT_IS.match(at.after)),
    ("other:what-it-is-about", lambda at: _IN_VIEW.search(at.before)),
    ("other:all-there-are", lambda at: _MEANS.search(at.before) and _AS_MEANS.match(at.after)),
    ("other:a-few-in-words", _is_a_few),
    ("other:parts-of-a-scheme", lambda at: at.in_words and at.figure.unit in _GROUPS and _DUTIES.match(at.after)),
    (
        "other:parts-of-a-scheme",
        lambda at: at.figure.unit in _GROUPS and _OF_A_SCHEME.match(at.after) and not CHANGE.search(at.before),
    ),
    ("brand:a-name", lambda at: at.figure.unit == "℃" and re.match("[\u4e00-\u9fff]", at.after)),
    ("ordinal:a-few-in-words", lambda at: at.in_words and at.figure.unit in _ORDERS),
    ("other:bare-number", _is_bare),
)
"""Why a figure promises nothing: the first test that holds decides."""
OF_THE_PAST = tuple(each for each in TESTS if each[1] in (qualifies, _is_all_there_are))
"""Why a figure of what is so already says nothing of how far that has come: 500千伏变电站, 全县辖12个镇."""
