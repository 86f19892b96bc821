"""A received document -> the files of a new package, and what the registry lacks for it.

Comes in: a region's code, a year, a title, the document, the World. Goes out: a NewPlan. What only a person can say
(the English title, a signature that the document lacks) stays open, and the check asks for it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from openplans.drafting.cutting import Clause, clauses, squeezed
from openplans.drafting.receiving import Received, Refused
from openplans.packages.link import World
from openplans.packages.write import csv_text
from openplans.rules.regions import level_of
from openplans.schema import contract
from openplans.text.folding import folded
from openplans.text.numerals import DIGITS_OF_A_YEAR, chinese
from openplans.text.period import FIVE_YEARS

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}

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

_ENGLISH = {"15": "Inner Mongolia", "45": "Guangxi", "54": "Tibet", "61": "Shaanxi", "64": "Ningxia", "65": "Xinjiang"}
"""Provinces whose English name is not the pinyin of the Chinese."""

_DATED = re.compile("20[0-9]{2}|十[一二三四五六七]五")
_SPAN = re.compile(r"(20[0-9]{2}) ?年? ?[-—–~至到]{1,2} ?(20[0-9]{2})")
_UNTIL = re.compile(r"(?:到|至|截至)(20[0-9]{2}) ?年")
_LASTS = re.compile("(?:施行|实施|生效|执行),?有效期(?:限?为)?([1-9]|[一二三四五六七八九])年")
"""For how long measures without a year in their title hold: 自印发之日起施行，有效期3年."""
_SO_LONG = re.compile(
    "(20[0-9]{2}) ?年(?:开始|起),?[用利通过]{0,2}([1-9]|[一二三四五六七八九])年(?:左右)?(?:的?时间|之?内|期间)"
)
"""For how long a plan says that it holds: 2012年起5年内, 从2023年开始用三年时间."""
_SIGNED = re.compile(
    r"(?P<y>[0-9]{4}|[二〇零○一三四五六七八九]{4}) ?年 ?(?P<m>[0-9一二三四五六七八九十]{1,3}) ?月"
    r" ?(?P<d>[0-9一二三四五六七八九十]{1,3}) ?日"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[(]20[0-9]{2}[〕\])] ?[0-9]{1,4} ?号")
_TOLD = re.compile(rf"(?:文号|发文字号|文件编号)[:\s]*(?P<number>{_NUMBER.pattern})")
_PUBLISHED = re.compile(r"(?:发布|公开|时间|日期)[^0-9]{0,6}(20[0-9]{2}) ?[-年/.] ?([0-9]{1,2}) ?[-月/.] ?([0-9]{1,2})")
_ISSUED_BY = re.compile(r"^(?P<who>[\u4e00-\u9fff ·]{3,60}?)(?:关于|印发)")
_REGION = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|省|市|县|区|旗|州|盟)")
_PLACE_ENDS = re.compile("(?:自治区|自治州|自治县|省|市|县|区|旗|州|盟)$")


@dataclass
class NewPlan:
    """A package to be: its id, its files, the rows that the registry lacks, and the lines of the web page that
    were left out as `boilerplate`, and what else of the file was `left_out`."""

    plan_id: str
    files: dict[str, str]
    regions: list[dict[str, str]] = field(default_factory=list)
    boilerplate: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def new_plan(
    region: str,
    year: int,
    title: str,
    received: Received,
    world: World,
    *,
    name: str = "",
    title_en: str = "",
    url: str = "",
) -> NewPlan:
    """The package of a document; Refused where nobody can tell what the region is called."""
    cut = clauses(received.lines, title)
    regions = [] if region in world.regions else missing_regions(region, name or _region_name(title, cut), cut, world)
    english = (world.regions.get(region) or regions[-1])["name_en"]
    plan_id = f"{region}-{re.sub('[^a-z]', '', english.lower())}-{year}"
    descriptor = _descriptor(plan_id, region, year, title, received, cut, title_en, url)
    descriptor["licenses"] = world.project.registry.descriptor.get("licenses") or [LICENCE]
    rows = [
        {
            "clause_id": f"{plan_id}-c{place:03}",
            "order": place,
            "kind": clause.kind,
            "number": clause.number,
            "text": clause.text,
            "parent_id": "" if clause.parent is None else f"{plan_id}-c{clause.parent + 1:03}",
        }
        for place, clause in enumerate(cut, 1)
    ]
    files = {
        resource["path"]: csv_text(tuple(contract.fields(resource)), [])
        for resource in contract.tables("plan").values()
    }
    files["clauses.csv"] = csv_text(tuple(contract.fields(contract.tables("plan")["clauses"])), rows)
    files["datapackage.json"] = contract.descriptor_text(descriptor)
    files["source.txt"] = received.source
    required = contract.descriptor_schema("plan")["required"]
    unsaid = [each for each in required if each not in descriptor]
    return NewPlan(
        plan_id, files, regions, [*received.boilerplate, *received.dropped], list(map(str, received.left_out)), unsaid
    )


def _descriptor(
    plan_id: str, region: str, year: int, title: str, received: Received, cut: list[Clause], title_en: str, url: str
) -> dict[str, object]:
    """The descriptor's properties in the order of the others'; what the document doesn't say is left out."""
    source = received.source
    start, end = period(title, year, cut)
    if not _DATED.search(folded(title)):  # a title without a year: the plan begins when it is issued
        start = _issued(cut) or start
    said = {
        "name": plan_id,
        "title": title,
        "title_en": title_en,
        "version": "0.1.0",
        "updated": date.today().isoformat(),
        "licenses": [LICENCE],
        "sources": [{"title": title, **({"path": url} if url else {})}],
        "plan_id": plan_id,
        "region_code": region,
        "title_zh": title,
        "doc_number": _doc_number(cut, received),
        "issuer": _issuer(cut),
        "issued": _issued(cut),
        "published": _published(received),
        "effective_start": start,
        "effective_end": end,
        "source_url": url,
    }
    descriptor = {name: value for name, value in said.items() if value}
    return {
        **descriptor,
        "boilerplate": received.boilerplate,
        "source_sha256": hashlib.sha256(source.encode()).hexdigest(),
        "source_length": len(source),
        "resources": list(contract.resources("plan")),
    }


def period(title: str, year: int, cut: list[Clause]) -> tuple[str, str]:
    """The first and last day of a plan: the span, the five-year plan or the year in its title; without any, from its
    year to the last that a goal is set for, or of so many from its first on.
    """
    title = folded(title)
    span = _SPAN.search(title)
    first, last = (int(span[1]), int(span[2])) if span else (year, year)
    for words, years in FIVE_YEARS.items():
        if not span and words in title:
            first, last = years
    if _DATED.search(title):
        return f"{first}-01-01", f"{last}-12-31"
    told = [int(found) for clause in cut for found in _UNTIL.findall(folded(clause.text))]
    told += [first + _number(each) for clause in cut for each in _LASTS.findall(folded(clause.text))]
    since = (found for clause in cut for found in _SO_LONG.findall(folded(clause.text)))
    told += [int(begin) + _number(years) - 1 for begin, years in since if int(begin) == first]
    last = max([last, *(each for each in told if each <= first + 30)])
    return f"{first}-01-01", f"{last}-12-31"


def _number(printed: str) -> int:
    """The value of an Arabic or Chinese numeral; 0 of what is none."""
    return int(printed) if printed.isascii() else int(chinese(printed) or 0)


def _signing(cut: list[Clause]) -> list[Clause]:
    """The first signature: names and a date."""
    first = next((place for place, clause in enumerate(cut) if clause.kind == "signature"), None)
    if first is None:
        return []
    last = next((place for place in range(first, len(cut)) if cut[place].kind != "signature"), len(cut))
    return cut[first:last]


def _issuer(cut: list[Clause]) -> str:
    names = ["".join(clause.text.split()) for clause in _signing(cut) if not _SIGNED.search(folded(clause.text))]
    if names:
        return " ".join(names)
    heads = (folded(clause.text) for clause in cut if clause.kind == "title")
    found = next((match for head in heads if (match := _ISSUED_BY.match(head))), None)
    return found["who"].strip() if found else ""


def _issued(cut: list[Clause]) -> str:
    dated = (match for clause in _signing(cut) if (match := _SIGNED.search(folded(clause.text))))
    found = next(dated, None)
    return day(found["y"], found["m"], found["d"]) if found else ""


def day(year: str, month: str, of_month: str) -> str:
    """A date as the tables have it, from Arabic or Chinese numerals; "" where it is none of the calendar."""
    try:
        return date(int(year.translate(DIGITS_OF_A_YEAR)), _number(month), _number(of_month)).isoformat()
    except ValueError:
        return ""


def _doc_number(cut: list[Clause], received: Received) -> str:
    """The document's own number: alone in a line, or in the title; else as the page tells it, behind 文号."""
    for clause in cut:
        text = folded(clause.text).strip()
        alone = _NUMBER.fullmatch(text)
        in_title = _NUMBER.search(text) if clause.kind == "title" else None
        if alone or in_title:
            found = alone or in_title
            return clause.text.strip()[found.start() : found.end()] if found else ""
    told = (found for line in received.lines if line.page and (found := _TOLD.search(folded(line.text))))
    return next((found["number"] for found in told), "")


def _published(received: Received) -> str:
    for line in received.lines:
        if line.page and (found := _PUBLISHED.search(folded(line.text))):
            return day(found[1], found[2], found[3])
    return ""


def _region_name(title: str, cut: list[Clause]) -> str:
    """What the document calls its region: the last place that its issuer or its title begins with."""
    for text in (_issuer(cut), title):
        names = []
        place = 0
        while found := _REGION.match(squeezed(text), place):
            names.append(found.group())
            place = found.end()
        if names:
            return names[-1]
    raise Refused(
        "看不出这个地区叫什么，请用 --name 写明，例如 --name 安吉县",
        "the document does not say what the region is called; give it with --name",
    )


def missing_regions(region: str, name: str, cut: list[Clause], world: World) -> list[dict[str, str]]:
    """The rows that the registry lacks for a region: its superiors first, then itself. A name nobody printed stays
    empty.
    """
    text = "".join(squeezed(clause.text) for clause in cut)
    codes = list(dict.fromkeys((f"{region[:2]}0000", f"{region[:4]}00", region[:6], region)))
    if region[2:4] == "90":  # counties that stand right under a province
        codes.remove(f"{region[:4]}00")
    rows: list[dict[str, str]] = []
    for place, code in enumerate(codes):
        if code in world.regions:
            continue
        above = re.search(rf"([\u4e00-\u9fff]{{2,6}}?市){re.escape(name)}", text)
        printed = PROVINCES.get(code[:2], "") if code.endswith("0000") else above[1] if above else ""
        called = name if code == region else printed
        level = level_of(code)
        parent = codes[place - 1] if place else ""
        rows.append(
            {
                "region_code": code,
                "name_zh": called,
                "name_en": _ENGLISH.get(code[:2], romanized(called)) if level == "province" else romanized(called),
                "level": level,
                "parent_code": parent,
            }
        )
    return rows


def romanized(name: str) -> str:
    """A place's name in pinyin, less what says its rank: Anji for 安吉县."""
    from pypinyin import lazy_pinyin

    stem = _PLACE_ENDS.sub("", name) if len(name) > 2 else name
    return "".join(lazy_pinyin(stem)).capitalize()
