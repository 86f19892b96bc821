"""What is behind a verb -> the named works of a list (建成甲大桥、乙镇丙中心): where each stands and what it is called.

Apart from the rows (`projects`), because what makes a name one of a single work is a question of words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openplans.text.folding import CELL

STAGES = {
    "complete": "建成通车|建设投用|竣工通车|竣工投产|建成投用|建成并?投入(?:使用|运营|运行)|建成|完工|竣工"
    "|投入(?:使用|运营|运行)|投用|投运|通车|通水|完成",
    "start": "开工建设|新开工|开工|启动建设|启动实施|启动|新建|改扩建|扩建(?!规模|至|到|面积)|改建",
    "plan": "谋划推进|谋划实施|谋划|规划建设|(?:做好|开展|推进|加快推进|加快)(?=[^,;。、]{3,24}前期(?:工作|研究))"
    "|前期|研究|争取开工|储备",
    "continue": "加快推[进动]|全力推进|扎实推进|持续推进|大力推进|提速建设|加快建设|加快|推进|续建(?!配套)|迁建"
    "|迭代升级|迭代|培育建设|支持|建设|实施",
}
BUILT = ("新建", "改扩建", "扩建", "改建")
"""Verbs that say what is done and not how far it has come."""
VERB = re.compile("|".join(f"(?P<{stage}>{words})" for stage, words in STAGES.items()))
_ENDS = (
    r"铁路|高铁|快速通道|高速公路|高速|公路|大道|大桥|隧道|枢纽|机场|码头|航道|水库|电站|变电站|医院(?:[\u4e00-\u9fff]{0,4}(?:院区|分院))?|综合体|产业园(?!区)|湿地公园"
    r"|水厂|污水处理厂|热源厂|(?:热|发|火)电厂|(?:棚户区|城中村|街区|片区)改造|整体搬迁(?:改造)?|博物馆|体育馆|图书馆|文化馆|展览馆|体育中心|客运中心|物流[园港](?!区)|支线|连接线|互通|院区|校区|快速路|(?<=[省市州县区旗镇乡]第[一二三四五六七八九十])(?:(?:初级|高级|实验|完全|中心)?(?:中学|小学|学校)|幼儿园)|[国省县]道(?:(?![及和与])[\u4e00-\u9fff]){0,8}段"
    r"|(?:改造|建设|改建|迁建|扩建|新建|延伸|提升|治理|整治|加固|移民|搬迁|灌区|引水|调水|供水|配套|扩容|利用|防洪|排涝|灌溉|调蓄|蓄水|连通|绕城|通道)(?:二期|一期|三期)?(?:工程|项目)|[一二三]期(?:工程|项目)|小镇项目|楼|桥|[东南西北]?延(?:伸)?线|[东南西北]{1,2}(?:延|扩|进)(?:工程|项目)|[东南西北]{1,2}接线工程|[东南西北]环线|泵站|水闸|(?:游客|会展|奥体|大数据|商贸|文化艺术)(?:服务|集散)?中心"
)
_LOOSE = (
    r"外迁|提标改造|清洁提标|扩容改造|改造提升|整合提升|续建配套|配套改造"
    r"|迁建|扩建|改建|除险加固|段|(?<=[校院厂站])扩容|项目"
)
"""How the name of a work may end where nothing but a mark follows."""

_CHARACTER = (
    r"(?:(?:(?![及和与等])|(?=[和与及](?:现代化|配套|修复|保护|治理|节水|提升|改造)))"
    r"[\u4e00-\u9fffA-Za-z0-9“”·—～~至()（）-])"
)
_WORK_ON_IT = (
    "(?:改扩建|新改建|升级改造|改造升级|改造提升|改造|建设|改建|迁建|扩建|新建|延伸|提升|提质|治理|整治|加固)"
    "(?:[一二三]期)?(?:工程|项目)"
)
"""What is done to a work belongs to its name: 公路改扩建工程."""
_AFTER = "(?=$|[^\u4e00-\u9fff]|[及和与等的并建前规开投竣完通改扩迁提续增项清工])"
"""What may follow the name of a work: 县中医院 is none in 县中医院康养楼."""
_WORK = re.compile(
    rf"(?P<name>{_CHARACTER}{{2,28}}?(?:(?:{_ENDS})(?:{_WORK_ON_IT}|{_LOOSE})?{_AFTER}|{_CHARACTER}{{2,12}}?(?:{_LOOSE})(?=[,，。;；、]|$)))"
)
_NEXT = re.compile("[、和及与](?!其)")
_BY = r"(?:(?:[到至在于])?(?:20[0-9]{2}年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|年内|上半年|下半年|年)?[底末]?前?)"
"""A date between the name and the verb: 新校区9月1日前投入(?:使用|运营|运行)."""
DONE = re.compile(
    rf"(?:^|(?<=[,;:。{CELL}]))(?P<name>{_CHARACTER}{{2,28}}?(?:{_ENDS}|[一二三四]期(?:工程)?)(?:{_WORK_ON_IT}|(?:改扩建|改造|扩建|改建|加固|拓宽))?){_BY}?"
    "(?P<verb>建成通车|竣工通车|竣工投产|建成投用|建成(?=[,;。]|$)|投入(?:使用|运营|运行)|投用|竣工|完工|(?:(?<=期)|(?<=期工程))建成(?=[0-9])|开工建设|开工|(?:投运|通车|通水|通航)(?=[,;。、]|$))"
)
GENERIC = re.compile(
    r"^(?:(?!(?:[一二三四五六七八九十]|全)[\u4e00-\u9fff]{1,2}(?:[县市区镇乡村]|[至到][\u4e00-\u9fff]{2}))(?:[一二三四五六七八九十两几]|全)|各|等|一批|城乡|农村|乡村|村级|基层|重点|重大|优质|高效|国省道|高标准|公立|数字|智慧|相关|县级|民办|城市|基础|人工|现代|综合|学校|公共|养老"
    r"|互联|老旧|(?:城区|县城)?棚户区|城中村|片区|(?:项目|工程|园区|厂区|校区|港区)[一二三四]期|小麦|玉米|水稻|大豆|粮食|粮油|城镇|乡镇|县城|城区老|小型|中小|大中型|病险|中型|农田|农业|水利|生态|市政|民生|标志|产业|示范|省级|国家|市级|区域|规模|特色|绿色|红色|以|对|和|好|了|的|有|打通|提升|接入|改造|新改建|新建项目|跨|多式|土地|消费|领域|居住|重要|智能|高水平|新一轮|高速(?:公路)?连接线$|[一二三四五]级)"
    r"|^[0-9.]+[百千万亿]{0,2}(?:千伏|kV|兆瓦|千瓦|吨)|提升行动|单产|产能|良种|基础设施|系统|以上|[0-9]{1,6}[个座条公里万亩所处家户]|等(?:项目|工程)$|[类批]|(?:重点|重大|建设|示范|试点)(?:项目|工程)$|^.{0,6}配套(?:项目|工程)$"
)

_OF_SIZE = re.compile("[0-9.]+[百千万亿]{0,2}")

_KINDS = (
    r"中心|平台|集聚区|示范[区带]|样板区|风貌区|先行区|实验室|市集|市场|街区|社区|商圈|酒店|工厂|家园|之家|公园|文化园|厂房|产业园|园区|基地"
    r"|道路网|绿道|水系|水系循环|应用|综合体|学校|中学|小学|幼儿园|广场|新区|新城|渔港|停车场|加工[厂园]|[车电变气水泵]站|综合站|[馆院库段路桥闸坝塘]|[干支]线"
)
"""What a single thing may be, where its name has a mark that makes it single."""
_MARKED = re.compile(
    r"“[^“”]+”|(?<![A-Za-z])[GSXYC]?[0-9]{2,4}[国省县]道|(?<![A-Za-z])[GS][0-9]{2,4}(?![0-9])|[一二三]期"
    r"|第[一二三四五六七八九十0-9]+[家座批所个]|[A-Za-z]?[0-9]+(?:号线|线)"
)
"""What makes a name one of a single thing: its own name in quotation marks, a road, a stage, an ordinal."""
_ITEM = re.compile(rf"(?:“[^“”]*”|\([^()]*\)|[^、,;:。!?“”(){CELL}])+")
_DOING = re.compile(
    "(?:等)?(?:的)?(?:(?:项目|(?<![建造伸升理治固段通])工程)?(?:开发)?(?:建设|创建|打造|落地见效|落地|开工)(?:工作|任务)?(?:和使用)?|前期(?:工作|研究)|(?<![建造伸升理治固段通])工程建设)$"
)
"""What is done to a work and belongs to no name: 道路网建设, 样板区创建."""
_STAGED = rf"(?:\([^()]*\))?(?:[一二三四]期|{_WORK_ON_IT}|{_LOOSE}|工程|项目)?"
_SINGLE = re.compile(rf".*(?:(?:{_KINDS}|{_ENDS}){_STAGED}|{_LOOSE}|接线工程)")
_THING = re.compile(rf".*(?:{_KINDS})")
_PROGRAMME = re.compile("“[^“”]*”[^“”]*(?:项目|工程)$")
"""What has a name of its own and is many works: “千项万亿”重大项目."""
_JOINED = re.compile("[和及与]")
_OF_CAPACITY = re.compile(
    "(?!年|日|总|新增|累计|全)[一-鿿“”]{2,16}?(?:年产|年加工|年处理|日产|日处理|日供水)?"
    "[0-9.]+[百千万亿]{0,2}(?:千瓦时?|兆瓦时?|千伏|吨|立方米|方|头|只|羽|[kMG]W|kV)(?:/[日年天])?[一-鿿A-Za-z]{2,20}?"
    "(?:项目|工程|基地|[电气油]站|电[厂场]|牧场|[养猪鸡]殖?场|生产线|加工厂|光伏治沙)"
)
"""A work whose name says how large it is, behind whose or where it is: 岭西100万千瓦风电基地项目."""
_OWN_NAMES = re.compile("(?:“[^“”]+”)+")
_SEVERAL = re.compile(rf"(?P<names>(?:“[^“”]+”){{2,}})(?P<head>[\u4e00-\u9fff]{{0,14}}?(?:{_KINDS}))")
"""Own names side by side with one end: “甲”“乙”应用."""
_KIND_BEFORE = re.compile("(?:省级|国家级|市级|县级|新时代|美丽乡村|和美乡村)+(?=“[^“”]+”.{4})")
"""What a work is one of, before its own name: 省级新时代美丽乡村“三江诗路”共同富裕示范带."""
_SHARED = re.compile(
    rf"(?:等(?:[0-9一二三四五六七八九十]+[个大])?|[两三四五六七八九十]大)(?:重点|乡镇|主要)*"
    rf"(?P<head>[\u4e00-\u9fff]{{0,14}}?(?:{_KINDS}))(?=[0-9,;。、建]|$)"
)
"""What the end of a list says of all: 甲、乙等重点乡镇公共服务中心, 城东、城南两大城市新区."""
_LANDING = re.compile(
    "等(?:[0-9一二三四五六七八九十]{1,3}个)?(?:重[大点]|续建|在建|新建)?(?P<head>项目)(?=落地|开工|投产|投用|建成|建设|[,;。]|$)"
)
"""Behind a list of works that are on their way, whatever each is: 甲工厂、乙果饮等项目落地见效."""
_BOTH = re.compile(
    rf"(?P<one>.{{2,12}}?(?P<kind>镇|乡|街道|[院校馆站厂库]))[和及与](?P<other>.{{2,12}}?(?P=kind))"
    rf"(?P<head>[\u4e00-\u9fff]{{0,10}}?(?:{_KINDS}|{_LOOSE}))"
)
"""Two works that share their end: 甲镇和乙镇零工市场, 甲学校和乙职校扩容."""
_TOWN = re.compile("(?<=[、,(。和及于在])([\u4e00-\u9fff]{2,3}?)(?:镇|乡|街道)(?=[\u4e00-\u9fff、,)。\n]|$)")
_ON_A_ROAD = re.compile("(?!.?[农城])[\u4e00-\u9fff]{2,3}(?<![公道铁线水电油管网思出一])[路街](?![网灯段面基线])")
_IN_A_TOWN = re.compile(
    "(?!中心|重点|特色|建制|乡|城|各)(?:[\u4e00-\u9fff]{2,5}族|[\u4e00-\u9fff]{2,3}?)(?:镇|乡(?!村|镇)|街道)(?!级|域)"
)
_IN_A_VILLAGE = re.compile(
    "(?!.{0,4}(?:农村|乡村|中心村|每|各|新|示范|重点|和美|美丽|传统|特色|试点|搬迁|安置|行政|自然|薄弱|[省市县]级|城[市镇]|老旧|智慧|未来))"
    "[\u4e00-\u9fff]{2,5}?村(?!级|庄|镇|民|集体|[卫综服公]|[0-9])"
)
_SIDE = re.compile("城[东南西北]")
_MANY = re.compile("(?:[0-9一二三四五六七八九十两几]+[个座条家处]|一批|各|全)")


_HEADED = re.compile(r"(?P<name>[^,;。:() 、]{4,30}?)(?=[。:(]|由|位于|,(?:总投资|位于|占地|建设规模|全长))")
_TOLD = re.compile(
    "(?:总|计划|年度|完成)投资[额约为达]{0,2}[0-9]|建设(?:规模|工期)|占地[约为]?[0-9]|用地面积|(?:全|总)长[约为]?[0-9]|续建|在建"
    "|[年月][底末]?(?:以?前)?(?:全部|全面)?(?:建成|竣工|完工|完成|投入(?:使用|运营|运行)|投用|通车|投产)(?!后)"
)
"""What is said of one work and of no programme."""
_STAGE_TOLD = {
    "continue": re.compile("续建|在建|累计(?:已)?完成投资|已完成"),
    "complete": re.compile("(?:建成|竣工|完工|投入(?:使用|运营|运行)|投用|通车|投产|完成(?=[。;,]|$))(?!后|投资)"),
    "plan": re.compile("前期"),
    "start": re.compile("(?:新|正式)?开工|启动建设"),
}
"""What a paragraph about one work says of its stage: the first that it says."""


DONE_BY = re.compile(
    "(?P<when>(?:20[0-9]{2}年)?(?:[0-9]{1,2}月|[上下]半年|第?[一二三四]季度)?[底末]?(?:以?前)?)(?:全部|全面)?"
    "(?:建成|竣工|完工|投入(?:使用|运营|运行)|投用|通车|投产|完成(?=[。;,]|$))(?!后|投资)"
)
"""When a work is to be done, behind what is said of it: 建设科普馆3000平方米,2026年建成。"""

DONE_BEHIND = re.compile(
    "[,;](?:力争|确保|计划)?(?P<when>(?:20[0-9]{2} ?年)?(?:[0-9]{1,2} ?月(?:[0-9]{1,2}日)?|[上下]半年)?"
    "[底末]?(?:之?前)?)"
    "(?:全部|全面|基本)?(?:完成|建成|完工|竣工|投入(?:使用|运营|运行)|投用|投产|通车|交付)(?:使用|运营|任务)?(?=[。;]|$)"
)
"""By when all that the sentence names is done: 改造小区9个,惠及1380户,2026年8月底前投入使用; 修路9公里;10月底前完成."""

DONE_NEXT = re.compile(
    ",(?:力争|确保|计划)?(?=[0-9年上下])(?P<when>(?:20[0-9]{2}年|年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|[上下]半年)?[底末]?(?:之?前)?)"
    "(?:全部|全面|基本)?(?:建成(?:通水|通车|通航|投[产用运]|并?投入(?:使用|运营|运行))?|完工|竣工(?:通车|投产)?|投入(?:使用|运营|运行)|投[用运产]|通[车水航])(?=[,。;]|$)"
)
"""By when a work is done, right behind its name: 加快建设甲灌区工程,2027年底前建成通水,新增灌溉面积5万亩."""


@dataclass(frozen=True)
class Work:
    """A work in a text: where its name begins and ends, and what a list says of it at its end (甲、乙等镇中心)."""

    start: int
    end: int
    head: str = ""


def towns(text: str) -> frozenset[str]:
    """The townships that a text names, without 镇, 乡 or 街道."""
    return frozenset(each for each in _TOWN.findall(text) if not GENERIC.search(each))


def listed(text: str, place: int, places: frozenset[str]) -> Iterator[Work]:
    """The works of the list that begins at a place, whatever else the list holds between them."""
    items = _items(text, place)
    if not items or VERB.match(text, place):
        return
    last, end = items[-1]
    whole = _SHARED.search(text, last, end)
    shared = whole if whole and (len(items) > 1 or whole.group().startswith("等")) else None
    shared = shared or _LANDING.search(text, last, end)
    if shared:
        items[-1] = (last, shared.start())
    head = shared["head"] if shared else ""
    bare = [_bare(text, *item) for item in items]
    names = [text[start:end] for start, end in bare]
    alike = any(_is_single(name, places) for name in names) or _end_alike(names)
    near = any(_names_a_place(name, places) for name in names)
    for (_, end), (start, bare_end), name in zip(items, bare, names, strict=True):
        if each := _SEVERAL.fullmatch(name):
            yield from _with_head(start, each["names"], each["head"])
        elif _is_single(name, places) or (alike and _THING.fullmatch(name) and _may_be_single(name)):
            yield Work(start, bare_end)
        elif head and (near or head == "项目" or _OWN_NAMES.fullmatch(name)) and _may_be_single(name):
            yield from _with_head(start, name, head)
        else:
            yield from _parted(text, start, end, places)


def headed(text: str, place: int, places: frozenset[str]) -> Work | None:
    """The work whose name opens a paragraph that tells of it: 丙安水库工程。总投资9.2亿元,…"""
    found = _HEADED.match(text, place)
    if found is None or VERB.match(text, place) or not _TOLD.search(text, found.end()):
        return None
    return Work(*found.span("name")) if _is_single(found["name"], places) else None


def stage_told(text: str, work: Work) -> str:
    """The stage of a work that a paragraph tells of: planned where it says nothing else."""
    return next((stage for stage, words in _STAGE_TOLD.items() if words.search(text, work.end)), "plan")


def _items(text: str, place: int) -> list[tuple[int, int]]:
    """Begin and end of each item of a list: what 、 parts outside of quotation marks and brackets."""
    items: list[tuple[int, int]] = []
    while item := _ITEM.match(text, place):
        items.append(item.span())
        if not text.startswith("、", item.end()) or VERB.match(text, item.end() + 1):
            break
        place = item.end() + 1
    return items


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """An item without what is done to it, and without a remark: 某电站(装机80万千瓦), 某新城(以下简称新城)建设."""
    end = _unremarked(text, start, end)
    kind, doing = _KIND_BEFORE.match(text, start, end), _DOING.search(text, start, end)
    if doing and _OF_CAPACITY.fullmatch(text, start, doing.start() + 2):  # 甲100万千瓦风电项目建设
        return start, doing.start() + 2
    return kind.end() if kind else start, _unremarked(text, start, doing.start()) if doing else end


def _unremarked(text: str, start: int, end: int) -> int:
    remark = _REMARK.search(text, start, end)
    return remark.start() if remark else end


_OF_A_PLACE = re.compile(r"中心\([\u4e00-\u9fff]{2,6}\)")
"""What makes one of many a single one: 国家烟花爆竹产品质量检验检测中心(浏阳)."""
_REMARK = re.compile(r"\((?:[^()]*[0-9][^()]*|以下简称[^()]*)\)$")
_WHERE = re.compile("^(?:县城|城区|城市|市区|中心城区)(?=第[一二三四五六七八九十]|[至到])")
"""What tells of no kind before an ordinal or the end of a road: 县城第三水厂, 县城至官渡公路."""


_OTHERS_BUILD = re.compile("等(?:建设|新建|打造|推进|实施)")
"""Who builds what, in a list of those: 支持企业、科研机构等建设“甲”平台."""
_USE = re.compile("(?:融合|创新|推广|示范|规模){1,2}应用$")
"""What is done with a thing; an app (“甲”应用) is one."""


_ORDINAL = re.compile(
    "[\u4e00-\u9fff]{0,4}第[一二三四五六七八九十]{1,3}(?:[初高]级)?(?:幼儿园|[中小]学|高中|水厂|污水处理厂|医院|敬老院)"
)
"""第三幼儿园, 县第二水厂."""
_OF_A_STAGE = re.compile("(?:新建|续建|在建|新开工|拟建|储备|前期|重点|重大)+(?:项目|工程)")
"""新建项目 are many."""


def _may_be_single(name: str) -> bool:
    name = _WHERE.sub("", name)
    generic = GENERIC.match(name) and not _OF_A_PLACE.search(name)
    other = (
        name.startswith("成为")
        or _OF_A_STAGE.fullmatch(name)
        or _JOINED.search(name)
        or _MANY.match(name)
        or _OTHERS_BUILD.search(name)
        or _USE.search(name)
    )
    return 2 <= len(name) <= 30 and not (other or generic)


def _is_single(name: str, places: frozenset[str]) -> bool:
    """Whether a name says by itself that it is one of a single thing, and of which kind."""
    if _ORDINAL.fullmatch(name):
        return True
    if _OF_CAPACITY.fullmatch(name) and not _MANY.match(name) and not GENERIC.match(_OF_SIZE.sub("", name)):
        return True
    if not _SINGLE.fullmatch(name) or not _may_be_single(name) or _PROGRAMME.search(name):
        return False
    placed = (
        _IN_A_TOWN.match(name)
        or _IN_A_VILLAGE.match(name)
        or _ON_A_ROAD.match(name)
        or any(name.startswith(each) and len(name) > len(each) + 2 for each in places)
    )
    return bool(_MARKED.search(name) or placed) or bool(
        (work := _WORK.match(name)) and not GENERIC.search(_WHERE.sub("", work["name"]))
    )


def _names_a_place(name: str, places: frozenset[str]) -> bool:
    return name in places or bool(_SIDE.fullmatch(name))


def _end_alike(names: list[str]) -> bool:
    """Whether three or more end in the same thing: 甲市集、乙市集、丙市集."""
    ends = {name[-2:] for name in names}
    return len(names) > 2 and len(ends) == 1 and all(len(name) > 4 and _THING.fullmatch(name) for name in names)


def _with_head(start: int, name: str, head: str) -> Iterator[Work]:
    """An item that lacks the end which the whole list shares; several own names side by side are several works."""
    if head == "项目":
        yield Work(start, start + len(name), "" if _THING.fullmatch(name) else head)
    elif len(name) <= 3 or _OWN_NAMES.fullmatch(name):
        for each in re.finditer("“[^“”]+”|[^“”]+", name):
            yield Work(start + each.start(), start + each.end(), head)


def _parted(text: str, start: int, end: int, places: frozenset[str]) -> Iterator[Work]:
    """The works of an item that 和 parts, or that are told by their last word alone: 县中医院, 建金铁路."""
    both = _BOTH.match(text, start, _bare(text, start, end)[1])
    if both and both.end() == _bare(text, start, end)[1] and not GENERIC.match(both.group()):
        yield Work(both.start("one"), both.end("one"), both["head"])
        yield Work(both.start("other"), both.end())
        return
    middle = _JOINED.search(text, start, end)
    if middle:  # 甲镇敬老院和乙镇中心幼儿园
        halves = (start, middle.start()), _bare(text, middle.end(), end)
        if all(_is_single(text[begin:stop], places) for begin, stop in halves):
            yield from (Work(*each) for each in halves)
            return
    place: int | None = start
    while place is not None and (found := _WORK.match(text, place)):
        if GENERIC.search(_WHERE.sub("", found["name"])) or _PROGRAMME.search(found["name"]) or found.end() > end:
            return
        yield Work(place, found.end())
        following = _NEXT.match(text, found.end(), end)
        place = following.end() if following else None
