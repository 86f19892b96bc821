"""Lists of figures as a clause prints them -> what each member counts.

Comes in: a figure, the figures of its clause, the folded text. Goes out: names with the words that the list says once
for all, and the years of a list of years. Apart from `targets`, which makes rows of single figures.
"""

from __future__ import annotations

import re

from openplans.drafting.proposing import months, naming
from openplans.text.lists import AND
from openplans.text.quantities import Figure

_SHARED = re.compile(
    "(?:居民)?人均可支配收入|居民收入|(?:冷链|网络|规范|综合|集中|安全|有效|基层|管理|健康|全程|无害化|资源化|常态化|免费|按时|按期|年均){0,3}"
    "(?:[\u4e00-\u9fff]{2}化|[\u4e00-\u9fff]{2})率|(?:孤儿)?基本生活费|(?:基础)?养老金|(?:低保|补助|补贴|保障|供养|救助|奖励)?标准|(?:播种|种植|栽培|养殖|建筑|造林)?面积|[亩单]产|管网|年?[存出]栏量?|年?(?:饲养|屠宰|养殖)量|总?产量|(?:使用|施用|消费|销售|(?:重点工程)?(?:减排|排放|削减))总?量|(?:年?平?均)?浓度|产值|增加值|收入|(?:种植|养殖|播种|经营)?规模|人数|(?:年均)?(?:净增|新增)(?:数量?)?|占比|比重|比例"
)
_DENOMINATOR = re.compile(
    "每(?:[百千万十]{1,2}|[0-9]+)(?:名|个)?(?:常住|户籍)?(?:人口|人|老年人|儿童|学生|户)(?:拥有|配备)?"
)
_CHANGES = re.compile("分别(?:同比)?(?P<word>(?:年均)?(?:增长|下降|提高|提升|降低|减少|增加))$")
_DATED_NAME = re.compile(
    "(?:(?P<year>20[0-9]{2})年?(?:[0-9]{1,2}月)?|[0-9]{1,2}月|上半年|下半年|[一二三四]季度)[底末份]?前?(?=$|[\u4e00-\u9fff])"
)
_DATED_END = re.compile("(?P<subject>[^0-9]{2,30})(?P<date>(?:20[0-9]{2}年?|[0-9]{1,2}月|[上下]半年)[底末前]?)")
_CLASSES = (
    "小学|初中|高中|中职|幼儿园|城镇|农村牧区|农牧区|农村|城市|乡村|[国省市县乡村]级|国家级|男性|女性|机构|居家|社区"
)
CLASS = re.compile(f"(?:{_CLASSES})$")
"""What tells apart those of one kind, and is no name alone."""
CLASS_FIRST = re.compile(f"(?:{_CLASSES})(?=.{{2}})")
_BOTH = re.compile(
    "城乡(?P<what>[^,;。:0-9]{2,20}?)(?:由|从)?分别(?:(?:同比)?(?P<change>(?:年均)?(?:提[高升]|增[加长]|上调|下降|降低|减少))(?![到至为]))?[^,;。:、]{0,12}$"
)
_VILLAGES_AND_TOWNS = re.compile(
    "(?P<of>[^,;。:0-9]{0,12}[一-鿿]{2})村镇(?P<what>[^,;。:0-9]{1,12}?)分别[^,;。:、0-9]{0,12}$"
)
_HERDS = re.compile(
    "(?P<one>[牛羊猪马驴鸡鸭鹅兔])(?P<other>[牛羊猪马驴鸡鸭鹅兔])(?P<what>年?(?:饲养|存栏|出栏|养殖|屠宰)[总量规模数]*)"
    "(?:分别|达到?|稳定在|保持在|发展到|突破)[^,;。:、0-9]{0,12}$"
)
"""牛羊饲养量分别达到5万头、20万只: two kinds of animals in one word."""
_DONE = "(?:新建|改建|扩建|改扩建|续建|改造|维修|加固|提升)"
_DONE_TO_BOTH = re.compile(
    f"(?P<one>{_DONE})[、和及与](?P<other>{_DONE})(?P<what>[\u4e00-\u9fff“”]{{2,16}}?)(?:分别为?)?$"
)
"""新建、改扩建养殖场8个和6个."""
_EACH = re.compile("(?P<names>[^,;。:0-9]{2,}?、[^,;。:0-9]{2,}?)各$")
_EACH_END = re.compile(
    "(?:高产|高效|优质|标准化|示范|生产|种植|养殖|加工|繁育|制种|育种|育苗|良种|保供|特色){0,4}(?:基地|[园片]区?|中心|[站点厂场线带所]|合作社)$|(?:新植|新造|新种|低改|改造|更新|抚育|补植)$"
)
"""What the last of several names ends with, of which so many are made each: 小麦、油菜高产示范基地各5000亩."""
_RATE = re.compile("[^0-9(]{3,24}(?:率|占比|比例|比重)")
_REACH = re.compile(
    "(?:要|应|均|都|全部)?(?:达到?|超过?|突破|[稳保维]?[持定]在|[提增升降压][高加升至低减]?[到至]|不[低高]于|为)$"
)
_ALL_DO = re.compile(
    r"(?P<names>(?:[^,;。:()0-9]|\([A-Za-z0-9.]{1,8}\)){4,40}?)(?:均|都|分别)"
    "(?P<since>(?:[比较](?:(?:19|20)[0-9]{2}年[底末]?|上年|去年))?)(?:(?P<change>(?:年均|同比)?(?:增长|下降|提高|提升|降低|减少|增加|递增))"
    f"|(?:{_REACH.pattern.removesuffix('$')}))$"
)
_GOODS = re.compile(
    "小麦|玉米|水稻|大豆|油菜|棉花|花生|马铃薯|谷子|高粱|青稞|油茶|茶叶|蔬菜|水果|生猪|肉牛|奶牛|肉羊|家禽|化肥|农药|农膜|秸秆|畜禽粪污"
)
"""What plans list side by side and say one thing of."""
_OF_TOWNSMEN = re.compile("低保|最低生活|特困|三无")
_OWN_END = re.compile("(?<=[\u4e00-\u9fff]{2})“[^“”]+”(?:品牌|系列)[^“”]*$")
"""An end with a brand of its own: 菊花、柴胡“林药”品牌产值."""
_RANKED = re.compile("级(?P<thing>[\u4e00-\u9fff]{2,6})$")
"""What those of several ranks are: 特级、一级企业."""
_SINCE = re.compile("(?:[较比](?:(?:19|20)[0-9]{2}年[底末]?|上年|去年)(?:的)?|年均|同比)$")
"""What a list says once, before 分别, of all its changes: 游客人次、收入年均分别增长."""
_PEOPLE = ("居民", "人口", "农户", "农民", "职工")
_LISTED_YEARS = "(?P<years>20[0-9]{2} ?年?(?:[、和,及与]20[0-9]{2} ?年?){1,4})"
_OPENING = re.compile(f"(?:到|至|在)?{_LISTED_YEARS}[底末前]{{0,2}}[,，](?=[^,;。]*分别)")
_YEARS_BEFORE = re.compile(f"{_LISTED_YEARS}[底末]?分别")
_SPAN = re.compile(r"(20[0-9]{2}) ?年? ?[-—–~至到]{1,2} ?(20[0-9]{2}) ?年,?")
_SHARES = re.compile("(?:各年度?|逐年)?分别(?:为|是)?")
OWN_NUMBER = re.compile(r"^ ?[0-9]{1,3}[.、] ?")
_JOINED = re.compile("(?:以上|以下|以内|左右)?[ ]?(?:、|,|和|与|及|以及|或)[ ]?(?:每[人生户亩](?:每?[年月日])?)?")
_ENDED = re.compile(f"(?:{_SHARED.pattern}|[率值额数度比次产]|(?<!需氧)量|增速|里程|人口|规模)$")
"""How a name ends that needs no word of the next."""


def _opening_dates(figure: Figure, listed: list[Figure], text: str) -> tuple[str, str, str] | None:
    """The same where the sentence opens with the dates: 到2025年和2027年,里程分别达到120公里和180公里."""
    begin = max(text.rfind(mark, 0, listed[0].start) for mark in "。;") + 1
    opening = _OPENING.search(text, begin, listed[0].start)
    years = re.findall("20[0-9]{2}", opening["years"]) if opening else []
    if opening is None or len(years) != len(listed) or "分别" not in text[opening.end() : listed[0].start]:
        return None
    name = naming.indicator(text[opening.end() : listed[0].start].replace("分别", ""))
    return years[listed.index(figure)], name, ""


def _dates_before(figure: Figure, listed: list[Figure], text: str) -> tuple[str, str, str] | None:
    """The same where a list before in the sentence has named the years: 2024、2025年分别新增10个、12个,占比分别达到
    35%、45%.
    """
    begin = max(text.rfind(mark, 0, listed[0].start) for mark in "。;") + 1
    part = _part(text, listed[0].start)
    named = list(_YEARS_BEFORE.finditer(text, begin, part))
    years = re.findall("20[0-9]{2}", named[-1]["years"]) if named else _of_a_span(text, begin, listed[0].start)
    said = _SPAN.sub("", text[part : listed[0].start])
    if len(years) != len(listed) or "分别" not in said or re.search("20[0-9]{2}", said):
        return None
    return years[listed.index(figure)], naming.indicator(_REACH.sub("", said.replace("分别", ""))), ""


def _of_a_span(text: str, begin: int, end: int) -> list[str]:
    """The years from the first to the last of the span that a sentence names: 2022—2024年,销售分别达到…"""
    spans = list(_SPAN.finditer(text, begin, end))
    return [str(each) for each in range(int(spans[-1][1]), int(spans[-1][2]) + 1)] if spans else []


def of_the_whole(figure: Figure, text: str, counted: list[Figure], years: list[str]) -> str:
    """The year of a figure that is the share of one in a sum: 三年建成9公里,分别为4公里、3公里、2公里."""
    listed = list_of(figure, text, counted)
    before = [each for each in counted if each.end <= listed[0].start][-1:]
    shares = _SHARES.fullmatch(text, _part(text, listed[0].start), listed[0].start)
    if not before or not shares or len(listed) != len(years) or {each.unit for each in listed} != {before[0].unit}:
        return ""
    summed = sum(each.value * each.magnitude for each in listed) == before[0].value * before[0].magnitude
    return years[listed.index(figure)] if summed else ""


def list_of(figure: Figure, text: str, found: list[Figure]) -> list[Figure]:
    """The figures of the list that one belongs to: those that no more than 、 or 以上和 parts from each other."""
    group: list[Figure] = []
    for each in (one for one in found if not one.is_time):
        if group and not _JOINED.fullmatch(text, group[-1].end, each.start):
            if figure in group:
                break
            group = []
        group.append(each)
    return group if figure in group else [figure]


def whole_names(figure: Figure, listed: list[Figure], text: str) -> tuple[str, ...]:
    """The names that a list gives a figure, with what holds for all of them: how the first begins
    (每千人口医师数、护士数), how the last ends (大豆、油料播种面积), what follows 分别 (接待人次、收入分别增长).
    """
    if not figure.names or not listed[-1].names:
        return figure.names
    whole = listed[-1].names[-1]
    since = _SINCE.search(whole)
    ending = re.search(f"(?:{_SHARED.pattern})$", whole[: since.start()] if since else whole)
    said = ending.group() if ending else ""
    said = said[-1] if said == whole and said.endswith("率") else said  # 升学和就业率
    said = own.group() if (own := _OWN_END.search(whole)) else said
    names = [OWN_NUMBER.sub("", each) for each in figure.names]
    names = _of_classes(names, listed)
    ranked = _RANKED.search(listed[-1].names[-1])
    names = [name + ranked["thing"] if ranked and name.endswith("级") else name for name in names]
    if len(names) > 1 and not any(map(_ENDED.search, names[:-1])) and _GOODS.match(names[-1]):
        names = _of_goods(names, said)
    if len(said) > 3 and any(each.names and each.names[-1].endswith(said[:2]) for each in listed[:-1]):
        said = said[2:]  # 住房安全、饮水安全保障率
    if len(said) > 3 and len(figure.names) > 1 and any(each.endswith(said[:2]) for each in figure.names[:-1]):
        said = said[2:]
    names = [each.removesuffix(since.group()) for each in names] if since else names
    shared = {each: said.removeprefix("居民") if each.endswith(_PEOPLE) else said for each in names}
    names = [each if not said or _ENDED.search(each) else each + shared[each] for each in names]
    per = _DENOMINATOR.match(OWN_NUMBER.sub("", listed[0].names[0])) if listed[0].names else None
    if per and figure.unit == listed[0].unit and len(listed) > 1:
        names = [name if name.startswith("每") else per.group() + name for name in names]
    change = _CHANGES.search(text, 0, listed[0].start)
    against = since.group() if since else ""
    return tuple(name + against + change["word"] if change else name + against for name in names)


def _of_classes(names: list[str], listed: list[Figure]) -> list[str]:
    """Names of which one is a class alone, with what the first or the last says besides: 公用经费小学、初中;
    小学、初中班额.
    """
    first, last = OWN_NUMBER.sub("", listed[0].names[0]), listed[-1].names[-1]
    end, begin = CLASS.search(first), re.match(_CLASSES, last)
    if CLASS.fullmatch(last) and end and end.start():
        return [first[: end.start()] + name if CLASS.fullmatch(name) else name for name in names]
    if CLASS.fullmatch(first) and begin and begin.end() < len(last):
        return [name + last[begin.end() :] if CLASS.fullmatch(name) else name for name in names]
    return names


def _part(text: str, place: int) -> int:
    """Where the part of a sentence begins that a place is in, or the bracket that is open there."""
    begin = max(text.rfind(mark, 0, place) for mark in ",;。:") + 1
    opened = text.rfind("(", begin, place) + 1
    return begin if ")" in text[opened:place] else max(begin, opened)


def of_both(figure: Figure, listed: list[Figure], text: str) -> tuple[str, ...]:
    """城乡居民养老金分别提高30元和40元: the first of two is of the towns, the second of the country;
    文明村镇占比分别达到68%和92% are villages and towns, 牛羊饲养量分别达到5万头和20万只 two kinds of animals.
    """
    if len(listed) != 2:
        return ()
    begin = _part(text, listed[0].start)
    if both := _VILLAGES_AND_TOWNS.search(text, begin, listed[0].start):
        return (naming.indicator(both["of"] + "村镇"[listed.index(figure)] + both["what"]),)
    if done := _DONE_TO_BOTH.search(text, begin, listed[0].start):
        return (done[("one", "other")[listed.index(figure)]] + done["what"],)
    if herds := _HERDS.search(text, begin, listed[0].start):
        return (herds[("one", "other")[listed.index(figure)]] + herds["what"],)
    both = _BOTH.search(text, begin, listed[0].start)
    if both is None:
        return ()
    towns = "城市" if _OF_TOWNSMEN.search(both["what"]) else "城镇"
    name = naming.indicator(f"{both['what']}{both['change'] or ''}")
    return ((towns, "农村")[listed.index(figure)] + name,)


def of_each(figure: Figure, text: str) -> tuple[str, ...]:
    """停车场、加工厂各2座: the names of which each has the figure."""
    begin = _part(text, figure.start)
    found = _EACH.search(text, begin, figure.start)
    names = [OWN_NUMBER.sub("", each) for each in re.split("[、和]", found["names"])] if found else []
    ends = [_EACH_END.search(name) for name in names]
    last = ends[-1] if ends else None
    if last is None or not (all(ends) or last.start()):
        return ()
    return tuple(naming.indicator(name if end else name + last.group()) for name, end in zip(names, ends, strict=True))


def of_rates(figure: Figure, text: str) -> tuple[str, ...]:
    """抽检合格率和设备配套率稳定在100%: rates of which each reaches the figure."""
    said = _REACH.search(text, _part(text, figure.start), figure.start)
    if said is None or figure.names:
        return ()
    listed = text[_part(text, figure.start) : said.start()].split("、")
    names = [naming.indicator(OWN_NUMBER.sub("", name)) for each in listed for name in AND.split(each)]
    return tuple(names) if len(names) > 1 and all(map(_RATE.fullmatch, names)) else ()


def of_shared(figure: Figure, listed: list[Figure], text: str) -> tuple[str, ...]:
    """化肥、农药使用量均下降2%; 秸秆、农膜利用率分别稳定在95%: names that share an end, of which each has it."""
    said = _ALL_DO.search(text, _part(text, figure.start), figure.start)
    if said is None or figure.names or len(listed) > 1:
        return ()
    names = [OWN_NUMBER.sub("", naming.LEAD.sub("", each)) for each in said["names"].split("、")]
    names = [part for name in names for part in AND.split(name)]
    end = re.search(f"(?:{_SHARED.pattern}|[使施]用量)$", names[-1])
    if len(names) < 2 or end is None or not end.start():
        return ()
    names = _of_goods(names, end.group())
    return tuple(naming.indicator(name) + said["since"] + (said["change"] or "") for name in names)


def _of_goods(names: list[str], end: str) -> list[str]:
    """Names with the end that they share; of goods, all that is said of the last: 小麦、玉米完全成本保险参保率."""
    last = _GOODS.match(names[-1])
    if last and all(map(_GOODS.fullmatch, names[:-1])):
        return [*(name + names[-1][last.end() :] for name in names[:-1]), names[-1]]
    return [name if _ENDED.search(name) else name + end for name in names]


def of_dates(figure: Figure, listed: list[Figure], text: str) -> tuple[str, str, str] | None:
    """(year, what is counted, month) where a list names dates: 2025年、2026年分别建成7万亩和8万亩;
    6月底、11月底进度分别达到60%和95%.
    """
    dates = [_DATED_NAME.match(OWN_NUMBER.sub("", each.names[-1])) if each.names else None for each in listed]
    lead = _DATED_END.fullmatch(OWN_NUMBER.sub("", listed[0].names[0])) if listed[0].names and not dates[0] else None
    if lead:  # 治理率2025年、2027年分别达到65%和80%
        dates[0] = _DATED_NAME.match(lead["date"])
    own = dates[listed.index(figure)]
    if len(listed) > 1 and not any(dates):
        return _opening_dates(figure, listed, text) or _dates_before(figure, listed, text)
    if own is None or not all(dates) or len(dates) < 2:
        return None
    subject = listed[-1].names[-1][dates[-1].end() if dates[-1] else 0 :] or (lead["subject"] if lead else "")
    done = re.compile("分别(?P<word>[^,;:。、0-9]{2,12})$").search(text, 0, listed[0].start)
    return own["year"] or "", naming.indicator(subject or (done["word"] if done else "")), months.due(own.group())
