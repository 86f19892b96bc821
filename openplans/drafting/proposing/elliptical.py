"""A name that says only half, because the promise before it says the rest -> the whole name.

Comes in: the name of a figure and the row before it in the clause: 招引亿元以上项目45个,其中10亿元以上5个. Goes out:
a name that can be understood alone, "" where the name is whole. Apart from `sentences`, which asks what precedes a
figure; here a name is held against the one before it, and nothing else is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.drafting.proposing import listing, naming
from openplans.drafting.proposing.reasons import CHANGE
from openplans.packages.read import Row

_MADE_ONLY = re.compile("(?:新?建成|完成|推广|种植|发展|达到|实施|新增|改造|建设|实现|培育|创建)*")
_DONE_AT_END = re.compile("(?<=[\u4e00-\u9fff]{2})(?:新建|改造|提升|新造|新种|低改|抚育|补植|开工|竣工|完工)+$")
_RANK = "(?:国家|部|省|市|县|区)级(?:及?以上)?"
_OF_RANK = re.compile(f"(?P<thing>.{{2,}})达到?(?P<kind>{_RANK})")
"""示范社达到国家级5家: those of that rank."""
IN_TOTAL = re.compile("^(?:[一二三四五六七八九十两]年)?累计")
_VERB = re.compile(f"(?:{naming.MAKES.pattern})+(?=.{{2}})")
_TOTAL_AT_END = re.compile("(?<=.{4})(?:[一二三四五六七八九十两]年)?累计$")
_DONE_TO_IT = re.compile(
    "^(?:(?:新建|建成|改建|扩建|续建|改造|提升|维修|修复|加固|新造|新种|低改|抚育|补植|开工|竣工|完工|投用|启用|在)(?:[和及与、](?=[新改扩续提维修加]))?)+"
)
"""What is done, of what was named before."""
_BARE_NAME = re.compile("总?产[量值]|[出存]栏量?|年?[出存]栏|总[量额值]")
"""Names that say of what only with those before them: 黄桃种植面积扩大到1.2万亩,总产值突破1.5亿元."""
_INVESTED = re.compile("(?:计划)?总?投资")
_WORKS = re.compile(
    "(?:全[省市县区州旗镇乡])?(?:共)?(?:安排|实施|谋划|推进|新签约|新引进|新建)*(?P<works>[^,;。]{2,}项目)(?:总投资)?"
)
_ADDED = re.compile("^(?:新增|净增|新建|增加)")
_THING = re.compile(
    "(?P<thing>[\u4e00-\u9fff“”]{2,}?)年?(?:种植|播种|栽培|养殖|饲养|生产)?(?:总?面积|规模|总?产[量值]|量)"
)
_KIND_ONLY = re.compile(f"(?:其中)?(?P<kind>{_RANK}(?:和(?:国家|省|市|县)级)?)")
_OF_KIND = re.compile(
    "^(?:新增|新建|建设|建成|培育|打造|创建|创成|引进|认定|评选|争创|申报|发展)*(?:(?:国家|部|省|市|县|区|乡|镇|村){1,2}级(?:及?以上)?)?(?:的)?"
    "|(?:总数|数量)$"
)
"""省级以上4个, behind 建设乡村旅游重点村12个, counts 省级以上乡村旅游重点村."""
_OF_TWO = re.compile("[\u4e00-\u9fff](?P<kind>[度率])")
"""密度 behind 农业保险深度: another measure of the same."""
_PER_PERSON = re.compile("每(?:[百千万十]{1,2}|[0-9]+)(?:名|个)?(?:常住|户籍)?(?:人口|人|老年人|儿童|学生)")
_OF_STAFF = re.compile("[^每,;。]{2,}(?:数|人员|医师|护士|床位|托位)")
"""每千人口床位数达7.5张、执业医师数达3.4人: both are of a thousand people."""
_SHARE_OF_IT = re.compile("占.{2,}|与.{2,}之比")
PART_OF = re.compile("其中")
_SIZE_ONLY = re.compile(
    "(?P<over>超过?|过|突破)?(?P<number>[0-9.一二三四五六七八九十百千万亿]+(?:元|亩|吨|人|户|头|只|平方米|美元))(?P<bound>以[上下]|级)?(?:的)?(?:村(?:占比)?|占比)?"
)
"""What tells of which size those are that were named before: 招引亿元以上项目45个,其中10亿元以上5个."""
_BOUND_ONLY = re.compile(".{2,}以[上下]的")
"""年收入五百万元以上的20个: those of the things before that are so large."""
_REACHED_ONLY = re.compile("(?:共|可)?(?:惠及|覆盖|涉及|服务)")
"""改造老旧小区42个、惠及4200户: the renewal reaches so many."""
_STAGE_ONLY = re.compile("(?:开工|竣工|建成|完工|交付|投用|基本建成)")
_STAGED = re.compile("(?<=[\u4e00-\u9fff]{2})(?:开工|竣工|建成|完工|交付|投用)$")
_OF_SHARE = re.compile("(?:的)?(?:村(?:占比)?|占比)?$")
_SIZE = re.compile(
    "(?:超过?|过|突破)?[0-9.十百千万亿]+[\u4e00-\u9fff]?(?P<unit>元|亩|吨|人|户|头|只|米)(?:以[上下]|级)?"
)


def without_total(name: str) -> str:
    """The name of a sum without the word behind it that says so: 省外到位资金累计."""
    return _TOTAL_AT_END.sub("", name)


def completed(name: str, last: Row | None, text: str, begin: int) -> str:
    """The whole of a name that begins at a place of a text; "" where it says all by itself."""
    if ranked := _OF_RANK.fullmatch(name):
        return ranked["kind"] + ranked["thing"]
    if last is None or not name:
        return ""
    before = str(last["indicator"])
    return next(filter(None, (*_of_work(name, before), *_of_thing(name, before, last, text, begin))), "")


def _of_work(name: str, before: str) -> Iterator[str]:
    """What only says how large, how far, or what is done, of what was named before."""
    if size := _SIZE_ONLY.fullmatch(name):
        yield _like_it(size, before)
    if (stage := _STAGE_ONLY.fullmatch(name)) and _STAGED.search(before):
        yield _STAGED.sub(stage.group(), before)  # 棚户区改造开工320套、建成500套
    if _MADE_ONLY.fullmatch(name):  # 其中2025年、2026年分别建成7万亩、8万亩
        yield IN_TOTAL.sub("", before)
    elif _MADE_ONLY.fullmatch(IN_TOTAL.sub("", name)):  # 新建高标准农田60万亩,累计建成230万亩
        yield _ADDED.sub("", before) + name
    if _REACHED_ONLY.fullmatch(name) and naming.makes(before):
        yield before + name
    if _DONE_TO_IT.fullmatch(name) and (what := _DONE_TO_IT.sub("", before, count=1)):
        done = _DONE_AT_END.search(what)  # 新建高标准农田2万亩、改造提升1.5万亩; 油茶新造5000亩、低改1.2万亩
        yield what[: done.start()] + name if done else name + what


def done_as_well(name: str, last: Row, text: str, begin: int) -> str:
    """The name of what the verb before holds for: 遴选不超过1000名高技能人才，不超过500名技术骨干; "" for another."""
    verb = _VERB.match(str(last["indicator"])) if last["measure"] == "count" else None
    follows = verb and len(name) > 2 and text[begin - 1 : begin] in (",", "、") and not naming.makes(name)
    return verb.group() + name if verb and follows else ""


def is_in_total(name: str, last: Row | None, text: str, begin: int) -> bool:
    """Whether the first member of a list says that all are totals: 累计培育瞪羚企业1000家、独角兽企业80家."""
    totals = last is not None and last["measure"] == "cumulative" and str(last["indicator"]).startswith("累计")
    return totals and text[begin - 1 : begin] == "、" and not naming.makes(name)


def _of_thing(name: str, before: str, last: Row, text: str, begin: int) -> Iterator[str]:
    """What only says which part, class or measure of what was named before."""
    if _SHARE_OF_IT.fullmatch(name):  # 海洋生产总值达到1000亿元,占地区生产总值比重提高到22%
        yield CHANGE.sub("", before) + name
    if listing.CLASS.fullmatch(name) and (of := listing.CLASS.search(before)) and of.start():
        yield before[: of.start()] + name  # 生均图书小学达到25册、初中35册
    if listing.CLASS.fullmatch(name) and text[begin - 1] == "、" and (of := listing.CLASS_FIRST.match(before)):
        yield name + before[of.end() :]  # 小学生均图书达到25册、初中35册
    if name.startswith("用于") and PART_OF.search(text, max(0, begin - 4), begin + 3):
        yield CHANGE.sub("", before) + name  # 协作资金每年不少于5000万元,其中60%以上用于产业发展
    if _BARE_NAME.fullmatch(name):
        thing = _THING.fullmatch(CHANGE.sub("", before))
        whole = _ADDED.sub("", before)
        all_of_it = whole + name if whole != before else CHANGE.sub("", before)  # 新增床位300张、总量突破1500张
        yield thing["thing"] + name if thing else all_of_it if name == "总量" else name
    if (two := _OF_TWO.fullmatch(name)) and before.endswith(two["kind"]) and len(before) > len(name) + 1:
        yield before[: -len(name)] + name
    if _INVESTED.fullmatch(name) and (works := _WORKS.fullmatch(before)) and last["measure"] == "count":
        yield works["works"] + name  # 实施重点项目126个,总投资318亿元
    if _BOUND_ONLY.fullmatch(name) and last["measure"] in ("count", "level"):
        yield name + _OF_KIND.sub("", before)
    if (kind := _KIND_ONLY.fullmatch(name)) and last["measure"] in ("count", "level"):
        yield kind["kind"] + _OF_KIND.sub("", before)
    per = _PER_PERSON.match(before)
    if per and _OF_STAFF.fullmatch(name) and text[begin - 1 : begin] == "、":
        yield per[0] + name


def _like_it(size: re.Match[str], whole: str) -> str:
    """The name of those that were named before, with another size: 10亿元以上项目; "" where that tells no size."""
    there = next((each for each in _SIZE.finditer(whole) if each["unit"] == size["number"][-1]), None)
    if there is None:
        return ""
    if size.group().endswith("村"):  # 收入50万元以上的村占比达到35%,100万元以上的村达到40个
        return whole[: there.start()] + size.group()
    return whole[: there.start()] + _OF_SHARE.sub("", size.group()) + whole[there.end() :]
