"""Promises without a number: 全覆盖, 清零, 应保尽保, and what keeps pace with something else (与经济增长同步).

Comes in: a text. Goes out: where each stands and what a row says of it. Apart, because such a promise has no
figure, and none of these words is one everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from openplans.text.folding import folded
from openplans.text.quantities import CLEARED, ENTITLED, NEARLY, NONE

_PACE = re.compile(
    r"(?:与|和|同)(?P<what>[^,;。、\u3000]{2,14}?)(?:增长|发展)?(?:基本)?(?:保持)?(?<!不)(?<!协商)(?:同步|持平|一致)(?!推[进出]|规划|建设|实施|设计|改造|更新|开展|完成|上线|投入|跟进|部署|到位)"
    r"|(?:均|要)?(?:高于|快于|低于|超过|[优好]于|不低于)(?P<rate>[^,;。、\u30000-9“”]{2,16}?(?:增[速幅长]|增长幅度|平均水平))(?=[,;。\u3000、]|$)"
    r"|(?:不低于|不少于|不高于|不超过)(?P<task>(?:上级|国家|[省市州县]级?)(?:下达|核定|规定|考核|确定|定)的?(?:目标)?(?:任务|指标|目标|要求|标准)[数值量]?)(?=[,;。\u3000、]|$)"
    r"|(?:不超过|不高于|不低于|优于|低于|好于)(?P<then>(?:19|20)[0-9]{2}年(?:同期)?(?:的)?水平)"
    r"|(?:快于|高于)(?P<group>城镇(?:常住)?居民|全[国省市州县区])(?=[,;。\u3000、]|$)"
    r"|均?(?:高于|快于|低于|超过|[优好]于|达到|接近|位居|不低于|不少于)(?P<mean>上年度?(?:同期)?(?:水平)?|(?:全[国省市州县区]|[省市]级?|城镇居民|当地|各项"
    r"|发达)[^,;。、\u30000-9]{0,16}?(?:平均)?(?:水平|平均|增[速幅]))(?=[,;。\u3000、]|$)"
)
_YEARLY = re.compile(
    "逐年只增不减|(?:逐年|每年)(?:稳步|持续)?(?:上升|提[高升]|增[加长]|下降|降低|减少|缩小|递增|递减)(?=[,;。、]|$)"
    "|(?:逐年|分年度)(?:稳步|持续)?(?:提[高升]|增加|扩大|降低|减少)(?P<what>[\u4e00-\u9fff]{3,20}?(?:[率量]|比例|比重|占比|投入|规模|标准))(?=[,;。、]|$)"
)
"""Every year more, or less, than in the last; without 逐年 it is a wish, and a figure behind it is the promise."""
_FIGURE_FOLLOWS = re.compile("[,、](?:到|至)?(?:20[0-9]{2}年[底末前]?)?(?:达到?|超过?|提高到|不低于|控制在)?[0-9]")
_TOLD_BEFORE = re.compile("(?:达到?|约|近)?[0-9][0-9.]*(?:%|万?元|个百分点)(?:左右|以[上内下])?[、,]$")
"""A figure of the same indicator, which is held against something as well."""
_MEASURED = re.compile(
    "(?:率|收入|[占之]?比[例重值]?|增[速长幅]|产值|生产总值|增加值|GDP|面积|浓度|投入|经费|(?<!质)量|[人户床位总]数|贷款|余额|支出|标准|寿命|年限|待遇"
    "|工资|价格|规模|水平|产出|效益|[密深强]度|消费|投资|税收)(?:基本|普遍|均|都|要|力争|年均|总体|始终|持续|继续)*$"
)
"""What a name ends with that can be held against something: 质量 cannot."""
_OF_A_SYSTEM = (
    "的?[\u4e00-\u9fff]{0,6}(?:产业链|体系|网络|格局|模式|机制|布局|链条|矩阵)|[到向](?=[\u4e00-\u9fff]{2,12}全覆盖)"
)
"""Behind 全覆盖: a system that is so (全覆盖产业链), or what it goes on to (由制度全覆盖到法定人群全覆盖)."""
_EVERY = re.compile(
    rf"(?P<almost>基本)?(?:实现|达到)?(?P<word>全覆盖(?!{_OF_A_SYSTEM})|全面覆盖|(?:动态)?{CLEARED}|零增长|(?:{'|'.join(NONE)})(?!率)"
    rf"|{ENTITLED}(?:[、,]{ENTITLED})*)"
)


_ALL = re.compile(
    "全部(?P<done>(?:执行|达到)[\u4e00-\u9fff“”]{2,20}(?:标准|要求|水平)|改造完成|完成改造|整改到位|整改完成|达标|通(?:硬化路|客车|公交|自来水|光纤|快递|5G))(?=[,;。、]|$)"
    "|覆盖到?全部(?P<whom>[\u4e00-\u9fff]{3,14})(?=[,;。、]|$)"
)
"""老旧小区全部改造完成; 系统覆盖全部行政村; 任务全部完成 names nothing."""


def _told_of(match: re.Match[str]) -> str:
    """What the name of such a promise ends with."""
    return match["done"] or f"覆盖{match['whom']}"


@dataclass(frozen=True)
class Word:
    """A promise in words: characters `start` to `end`; what a row says of it. `floor` is where its name begins at
    the earliest; `name` the indicator where it is part of the words.
    """

    start: int
    end: int
    comparator: str
    value: Decimal | None
    unit: str
    measure: str
    note: str
    rule: str
    confidence: str
    suffix: str = ""
    floor: int = 0
    name: str = ""

    @property
    def cells(self) -> dict[str, object]:
        """The cells of its row that it says itself."""
        said = ("measure", "comparator", "value", "unit", "confidence", "rule")
        return {"value_max": None, **{each: getattr(self, each) for each in said}}

    @property
    def is_of_all(self) -> bool:
        """Whether it promises something to everyone entitled to it: 应保尽保."""
        return self.rule == "everyone-entitled"

    @property
    def is_held(self) -> bool:
        """Whether what it promises is held against something else."""
        return self.rule == "keeps-pace"


def words(text: str) -> list[Word]:
    """The promises in words of a text, in order."""
    plain = folded(text)
    found = [_pace(plain, match) for match in _PACE.finditer(plain) if match["what"] or _is_measured(plain, match)]
    found += [_yearly(match) for match in _YEARLY.finditer(plain) if _is_yearly(plain, match)]
    found += [_whole(each, "eq", _told_of(each), "原文为“全部”，记作100%") for each in _ALL.finditer(plain)]
    for match in _EVERY.finditer(plain):
        if not any(each.start < match.end() and match.start() < each.end for each in found):
            found.append(_every(plain, match))
    return sorted((each for each in found if each.start or each.name), key=lambda each: each.start)


def _is_measured(text: str, match: re.Match[str]) -> bool:
    told = _TOLD_BEFORE.search(text, 0, match.start())  # 收入增长8%左右、高于全省平均水平
    end = told.start() if told else match.start()
    return _MEASURED.search(text, max(0, end - 12), end) is not None


def _is_yearly(text: str, match: re.Match[str]) -> bool:
    return not _FIGURE_FOLLOWS.match(text, match.end()) and bool(match["what"] or _is_measured(text, match))


def _yearly(match: re.Match[str]) -> Word:
    words = match.group().removesuffix(match["what"] or "")
    note = f"没有数字，原文为“{words}”：每年与上年相比"
    name = match["what"] or ""
    return Word(*match.span(), "relative", None, "", "level", note, "year-by-year", "0.70", name=name)


def _pace(text: str, match: re.Match[str]) -> Word:
    against = match["what"] or match["then"] or match["rate"] or match["mean"] or match["task"] or match["group"]
    way = match.group().replace(against, "…")
    grows = "增" in text[max(0, match.start() - 10) : match.end()]
    return Word(
        *match.span(),
        "relative",
        None,
        "",
        "growth" if grows else "level",
        f"没有数字，以{against}为参照（{way.strip('…')}）",
        "keeps-pace",
        "0.85",
    )


def _every(text: str, match: re.Match[str]) -> Word:
    word = match["word"]
    nearly = match["almost"] or NEARLY.search(text, 0, match.start())
    comparator = "approx" if nearly else "eq"
    if re.match(ENTITLED, word):
        return Word(
            *match.span(), "relative", None, "", "share", f"没有数字，原文为“{word}”", "everyone-entitled", "0.60"
        )
    if "零" in word:
        return Word(
            *match.span(),
            comparator,
            Decimal(0),
            "%" if word == "零增长" else "",
            "growth" if word == "零增长" else "level",
            f"原文为“{word}”，记作0",
            "none-left",
            "0.70",
        )
    suffix = "" if text[: match.start()].endswith("率") else "覆盖率"
    return _whole(match, comparator, suffix, f"原文为“{word}”，记作100%")


def _whole(match: re.Match[str], comparator: str, suffix: str, note: str) -> Word:
    """A promise of every one."""
    return Word(*match.span(), comparator, Decimal(100), "%", "share", note, "every-one", "0.80", suffix)
