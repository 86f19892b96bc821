"""What a document calls its region, and the rows that the registry lacks for it.

Comes in: the code of a region, who issued the document, its title. Goes out: the region's name, rows of regions.csv. A
name is that of a place by its form alone, since nobody keeps a list of all: many have the word of a rank in them
(甘州区, 津市市, 红旗区), and those of peoples are long.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from openplans.drafting.cutting import Clause, squeezed
from openplans.drafting.receiving import FileRefused
from openplans.rules.regions import level_of, short

PROVINCES = dict(
    each.split()
    for each in [
        "11 北京市",
        "12 天津市",
        "13 河北省",
        "14 山西省",
        "15 内蒙古自治区",
        "21 辽宁省",
        "22 吉林省",
        "23 黑龙江省",
        "31 上海市",
        "32 江苏省",
        "33 浙江省",
        "34 安徽省",
        "35 福建省",
        "36 江西省",
        "37 山东省",
        "41 河南省",
        "42 湖北省",
        "43 湖南省",
        "44 广东省",
        "45 广西壮族自治区",
        "46 海南省",
        "50 重庆市",
        "51 四川省",
        "52 贵州省",
        "53 云南省",
        "54 西藏自治区",
        "61 陕西省",
        "62 甘肃省",
        "63 青海省",
        "64 宁夏回族自治区",
        "65 新疆维吾尔自治区",
    ]
)
"""The first two digits of GB/T 2260: a document names its province where it cites it, if at all."""

_MUNICIPALITIES = ("11", "12", "31", "50")
"""Cities under the state, whose districts have no prefecture above them: 310100 is the code of all of them."""

_ENGLISH = {"15": "Inner Mongolia", "45": "Guangxi", "54": "Tibet", "61": "Shaanxi", "64": "Ningxia", "65": "Xinjiang"}
"""Provinces whose English name is not the pinyin of the Chinese."""

_GOVERNED = "人民|政府|委"
"""What stands behind a name in that of its government or party committee."""

_RANKS = f"自治[区州县旗]|[省盟]|州(?![市县区](?![场域]))|市(?![市区](?:{_GOVERNED}))|[县旗](?!区(?!域))|区"
"""How the name of a place ends. The word of a rank that the next one follows is part of the name: 甘州区, 津市市."""

_VERBS = (
    "关于|印发|推[进动]|加[快强]|促进|全面|深[化入]|建[设立]|打造|实施|支持|进一步|创建|开展|巩固|做好|持续|构建|健全|完善|优化"
    "|提升|落实|贯彻"
)
"""How titles begin that name no place first."""

_PLACE = re.compile(rf"(?!{_VERBS})(?:[^\W省市州县区盟]{{1,16}}族自治[州县旗区]|[\u4e00-\u9fff]{{1,8}}?(?:{_RANKS}))")
_MADE = re.compile("(?:示范|试验|实验|先行|开发|功能|融合)区$")
"""Areas that somebody makes; GB/T 2260 has no code for them."""

_TOWNSHIP = re.compile("[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道|苏木)")
_PARTY = re.compile("(?:中共|中国共产党)?(?:第?[一二三四五六七八九十]{1,3}师)?")
"""What a place may stand behind: the party, a division of Xinjiang's Production and Construction Corps."""


_PEOPLES = (
    "(?:回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|京|各|蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|高山|拉祜|东乡|纳西"
    "|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春"
    "|赫哲|门巴|珞巴|基诺)"
)
_PLACE_ENDS = re.compile(
    f"(?:{_PEOPLES}族)+自治[区州县旗]$|(?:蒙古|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克)?自治[区州县旗]$|地区$|[省市县区旗州盟]$"
    f"|(?:{_PEOPLES}族)*(?:民族)?(?:镇|乡|街道|苏木)$"
)
"""What is no part of a place's name in pinyin: its rank, and the peoples whose autonomy it is."""


def called(code: str, issuer: str, title: str) -> str:
    """What the document calls its region: the last place that its issuer or its title begins with and that has the rank
    of the code. Refused where there is none."""
    if level_of(code) == "province":
        return PROVINCES.get(code[:2], "")
    names = [name for text in (*issuer.split(), title) if (name := _closest(squeezed(text), code))]
    if names and names[0].endswith("市"):  # a district's plan that its city has issued
        names.sort(key=lambda name: name.endswith("市"))
    if names:
        return names[0]
    raise FileRefused(
        "看不出这个地区叫什么，请用 --name 写明，例如 --name 安吉县",
        "the document does not say what the region is called; give it with --name",
    )


def _closest(text: str, code: str) -> str:
    """The last place that a text begins with, where it has the rank of the code."""
    names = list(_places(text, level_of(code) == "township"))
    return names[-1] if names and _has_rank(names[-1], code) else ""


def _has_rank(name: str, code: str) -> bool:
    """Whether a name may be that of a region with this code: no area that a plan makes, and no province."""
    made = _MADE.search(name) or name == PROVINCES.get(code[:2])
    return not made and not short({"region_code": code, "name_zh": name})


def _places(text: str, down_to_township: bool) -> Iterator[str]:
    """The places that a text begins with, from the widest to the closest. Where one of them comes again, a second
    issuer begins: 中共甲县委员会甲县人民政府."""
    start = _PARTY.match(text)
    place, names = start.end() if start else 0, list[str]()
    while found := _PLACE.match(text, place):
        if any(name in found.group() for name in names):
            break
        names.append(found.group())
        place = found.end()
    yield from names
    if down_to_township and (found := _TOWNSHIP.match(text, place)):
        yield found.group()


def missing_regions(region: str, name: str, cut: list[Clause], known: Collection[str]) -> list[dict[str, str]]:
    """The rows that the registry, which has the codes that are `known`, lacks for a region: its superiors first, then
    itself. A name nobody printed stays empty."""
    codes = list(dict.fromkeys((f"{region[:2]}0000", f"{region[:4]}00", region[:6], region)))
    if region[2:4] == "90" or region[:2] in _MUNICIPALITIES:  # counties that stand right under a province
        codes = [each for each in codes if each[4:] != "00" or each[2:] == "0000"]
    rows: list[dict[str, str]] = []
    for place, code in enumerate(codes):
        if code in known:
            continue
        printed = PROVINCES.get(code[:2], "") if not place else _superior(code, name, cut)
        own = name if code == region else printed
        level = level_of(code)
        parent = codes[place - 1] if place else ""
        rows.append(
            {
                "region_code": code,
                "name_zh": own,
                "name_en": _ENGLISH.get(code[:2], romanized(own)) if level == "province" else romanized(own),
                "level": level,
                "parent_code": parent,
            }
        )
    return rows


def _superior(code: str, name: str, cut: list[Clause]) -> str:
    """What the document calls a superior of a place, where a clause begins with both: 张掖市甘州区人民政府; or ""."""
    chains = (list(_places(squeezed(clause.text), down_to_township=True)) for clause in cut)
    above = (each for chain in chains if name in chain for each in reversed(chain[: chain.index(name)]))
    return next((each for each in above if _has_rank(each, code)), "")


def romanized(name: str) -> str:
    """A place's name in pinyin, less what says its rank: Anji for 安吉县."""
    from pypinyin import lazy_pinyin

    stem = _PLACE_ENDS.sub("", name, count=1) if len(name) > 2 else name
    return "".join(lazy_pinyin(stem or re.sub("族?自治.$", "", name))).capitalize()
