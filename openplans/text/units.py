"""Reads the unit of measure behind a number of a document: one of the registry, a common one, one made of two (元/人).

Comes in: folded text and a place behind a numeral. Goes out: the scale, the unit and where it ends. Apart, because a
scale must never eat the head of a unit (3.1亿千瓦 counts 千瓦), nor a unit the head of a noun (10家庭农场). How they
are printed is in amounts.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from openplans.text.folding import folded
from openplans.text.numerals import SCALES, scale

TIMES = ("周年", "个月", "个季度", "季度", "年", "月", "日")
"""What makes a number a date or a span of time. Hours and days are not among them: 24小时 is a promise to keep."""

_SPOKEN = (
    "批次 场 场次 个工作日 工作日 小时 分钟 次 岁 周岁 台 辆 件 倍 成 % ‰ 篇 盏 株 艘 架次 户次 亩次"
    " 公斤 千克 千米 米 立方米 平方米 平方公里 千瓦 千瓦时 兆瓦"
)
SPOKEN = (*TIMES, *_SPOKEN.split())
"""What a Chinese numeral may count besides the registry's units, so that 三年 is a figure and 一体化 is not; one of
several characters, as 一百七十万, counts anything.
"""

_COMMON = """
% ‰ 个百分点 百分点 个基点 倍 成 番 度 分 级
元 角 美元 欧元 港元 人民币 斤 公斤 千克 克 毫克 微克 吨 标准煤 吨标准煤 吨标煤 吨二氧化碳当量 担
米 千米 公里 里 厘米 毫米 海里 车道公里 平方米 平方千米 平方公里 平米 ㎡ 公顷 亩 亩次 立方米 立方 方 升 毫升 ℃ 摄氏度
瓦 千瓦 兆瓦 吉瓦 瓦时 千瓦时 兆瓦时 度电 伏 千伏 千伏安 千卡 千焦 千帕 分贝
标箱 标准箱 箱 折合标箱 载重吨 总吨
小时 分钟 秒 天 周 工作日 个工作日 个小时 个季度 周年 个月 季度 年 月 日 学时 课时 岁 周岁
个 家 人 名 位 户 口 人次 批次 架次 车次 班次 场次 户次 轮次 次 件 条 项 座 处
所 支 宗 套 张 间 头 幢 栋 辆 台 艘 架 列 组 对 班 场 期 轮 批
篇 册 本 部 首 幅 枚 株 棵 羽 只 尾 匹 粒 盏 块 片 根 门 款 种 类 样 份 例 起 笔 单
宗次 席 层 档 道 股 届 笼 桶 袋 瓶 盒 床 册次 村次 剂次 针次 剂 人份 人年 人天 台套 件次 例次 家次 桌 把
微克每立方米 毫克每立方米 毫克每升 锭 纱锭 峰 双 副 Mbps Gbps M 兆
kWh MWh GWh kW MW GW TWh kV MVA kVA 蒸吨 kWp MWp km km² m² m³ km2 m2 m3 mm cm m kg g mg t L mL ml
头只 眼 群 羊单位 绵羊单位 个羊单位 标台 枪
MHz GHz kHz Hz 机架 标准机架 晚
dB TB GB PB P PFlops EFlops PFLOPS EFLOPS TFLOPS
"""

_NOUNS = {  # a unit whose character begins a noun: what may not stand behind it
    "家": "庭长政园",
    "人": "民才均大工员社",
    "名": "录牌",
    "条": "件例款",
    "项": "目",
    "所": "有得属",
    "处": "理置于",
    "场": "所地景",
    "支": "持出部行",
    "座": "谈",
    "个": "人体性别",
    "部": "门分署委",
    "台": "账风",
    "套": "餐种",
    "头": "部",
    "间": "隔",
    "口": "岸径",
    "期": "间末限货",
    "轮": "换训",
    "群": "众体岛主落",
    "晚": "间会稻熟育婚报",
    "次": "数要生",
    "天": "然",
    "分": "别之布类配子行局公级期",
    "度": "假",
    "元": "旦素",
    "月": "均度",
    "日": "均照常间",
    "年": "均",
    "类": "别型",
    "种": "植业子养",
    "样": "板本品",
    "门": "户",
    "批": "发准复",
    "组": "织建",
    "班": "级子组",
    "对": "接口标应于",
    "单": "位",
    "份": "额",
    "道": "路",
    "股": "份权",
    "层": "级面",
    "周": "边",
    "方": "案面式向",
    "本": "级地市县区土",
    "起": "步来",
    "成": "立员为功果效本熟长交都品绩分型人",
    "片": "区",
    "块": "状",
    "把": "关手控握戏脉好牢",
    "双": "减控千百随重向减证招拥语休",
    "峰": "会值谷",
    "副": "食业本县市主产省",
    "剂": "量型",
    "桌": "面椅",
    "根": "据",
    "列": "入为车第",
    "里": "程",
}

_OWN_HEAD = re.compile("千(?=[瓦米克伏卡焦帕赫])|百(?=分)")
"""Where 千 or 百 belongs to the unit's own name: 千瓦, 千米, 百分点."""

_MORE = re.compile("余(?![额热下])|多(?![式元样方边功种部级平点])|来(?=[个家人名户条项亩元万])")
"""Behind a numeral or its scale: more than that (3000多个, 120余万户); not the head of another word (多式联运)."""

_SCALE_LETTERS = "".join(SCALES)
_SCALE_RUN = re.compile(f"[{_SCALE_LETTERS}]{{0,6}}")
_BLANKS = re.compile(" {0,2}")
_UNKNOWN = re.compile(
    f"(?![以左上下之多余大的级元人{_SCALE_LETTERS}])[\u4e00-\u9fff](?=[,;。、()\u3000]|$|以[上下内]|左右)"
)
"""A unit that nobody has registered, between 万 or 亿 and a mark."""
_OF_CURRENCY = re.compile(r"人民币|\(人民币\)")
"""Behind 元, which it says no more than: 5亿元人民币."""


@dataclass(frozen=True)
class Measure:
    """What stands behind a numeral: factor of its scale, unit
    ("" where none), whether it says "more", where it ends."""

    factor: int
    unit: str
    more: bool
    end: int


class Units:
    """The units that may stand behind a number; the registry's names win over the common ones."""

    def __init__(self, registered: tuple[str, ...]) -> None:
        self._names = {folded(name): name for name in registered}
        self._any = _pattern({*self._names, *_COMMON.split()})
        self._spoken = _pattern({*self._names, *SPOKEN})

    def alone(self, text: str) -> bool:
        """Whether a text is the name of a unit and nothing else: 万亩 counts nothing."""
        return text in self._names

    def behind(self, text: str, place: int, spoken: bool = False) -> Measure:
        """The measure that begins at a place; `spoken` behind a Chinese numeral, which counts fewer things."""
        start = place
        more = _says_more(text, start)
        start += more
        if not spoken:
            start = _end(_BLANKS, text, start)
        run = _end(_SCALE_RUN, text, start)
        later = run > start and _says_more(text, run)
        if later:  # 3万多户: nothing but a unit may follow
            return self._behind(text, place, start, run, run + 1, True, spoken)
        return max(
            (self._behind(text, place, start, cut, cut, more, spoken) for cut in range(start, run + 1)),
            key=lambda each: (each.end, bool(each.unit), len(each.unit)),
        )

    def _behind(self, text: str, place: int, start: int, cut: int, begin: int, more: bool, spoken: bool) -> Measure:
        """The measure with `start` to `cut` as its scale and a unit that begins at `begin`."""
        end, name = self.unit(text, begin, spoken)
        factor = scale(text[start:cut])
        if not name and cut > start and not more and (own := _UNKNOWN.match(text, begin)):  # 200万锭, 3亿穗
            return Measure(factor, own.group(), more, own.end())
        if not name or (name == "级" and cut > start):  # 500亿级 says how much, not which grade
            return Measure(factor, "", more, place if begin == start and not more else begin)
        scaled = self._names.get(text[start:cut] + name)  # 3万多户 counts 万户
        return Measure(factor * magnitude(name), scaled or name, more, end)

    def unit(self, text: str, place: int, spoken: bool = False) -> tuple[int, str]:
        """Where the unit that begins at a place ends, and its name; the registry's spelling where it is registered."""
        whole = (self._spoken if spoken else self._any).match(text, place)
        if whole is None:
            return place, ""
        end = whole.end()
        part = _second(self._any, text, end)
        end = part or end
        name = text[place:end].replace(" ", "")
        end = _end(_OF_CURRENCY, text, end) if name.endswith("元") else end
        return end, self._names.get(name, name)


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    """Where a pattern that begins at a place ends; the place itself where it fits nothing."""
    found = pattern.match(text, place)
    return found.end() if found else place


def _says_more(text: str, place: int) -> bool:
    return _MORE.match(text, place) is not None


@lru_cache(maxsize=8)
def units_of(registered: tuple[str, ...]) -> Units:
    """The Units of a registry, kept, since every clause asks for the same."""
    return Units(registered)


def magnitude(unit: str) -> int:
    """The factor that a unit's name begins with: 10 000 for 万亩, 1 for 亩, 1 for 千瓦, which is a unit of its own."""
    factor = 1
    for place, letter in enumerate(unit[:-1]):
        if letter not in SCALES or _OWN_HEAD.match(unit, place):
            break
        factor *= SCALES[letter]
    return factor


def _pattern(names: set[str]) -> re.Pattern[str]:
    """Longest name first, and none where it is only the head of a noun."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(_guarded(name) for name in ordered))


_LONGER_NOUNS = {"家": "乡(?![村镇])"}
"""Nouns that more than a letter tells: 家乡, but 5家乡镇企业 counts them."""


def _guarded(name: str) -> str:
    nouns = _NOUNS.get(name[-1], "") if re.fullmatch(rf"[{_SCALE_LETTERS}]*.", name) else ""
    nouns = "均" if name == "人年" else nouns
    if name.isascii() and name.isalpha():
        return re.escape(name) + "(?![A-Za-z0-9])"
    heads = [f"[{nouns}]"] if nouns else []
    heads += [_LONGER_NOUNS[name[-1]]] if heads and name[-1] in _LONGER_NOUNS else []
    return re.escape(name) + (f"(?!{'|'.join(heads)})" if heads else "")


UNITS_OVER = re.compile(r"[(\[]?(?:计量|金额|面积)?单位 ?: ?(?P<units>[^:。()]{1,24}(?:\([^()]{1,4}\))?)[)\]]?")
"""The line over a table that gives its units: 单位:万亩、家."""
_PER = re.compile(rf" ?/ ?(?:10{{0,4}})?[{_SCALE_LETTERS}]{{0,4}}")
"""What parts the halves of a unit; a number that is not round begins a figure of its own (200MW/400MWh)."""
_SECOND_ONLY = re.compile("[shda](?![A-Za-z0-9])|[村镇乡县校](?![\u4e00-\u9fff])")
"""Seconds, hours, days and years, and places, as second halves only: m³/s, t/d, 万元/村."""


def _second(unit: re.Pattern[str], text: str, end: int) -> int:
    """Where the second half of a unit ends (元/人·年, 套(间), 头(只、匹)); 0 where there is none."""
    if text.startswith("(", end):
        inner = unit.match(text, end + 1)
        while inner and text.startswith(("、", ",", "/"), inner.end()):
            inner = unit.match(text, inner.end() + 1)
        return inner.end() + 1 if inner and text.startswith(")", inner.end()) and inner.group() != "%" else 0
    per = _PER.match(text, end)
    bracket = bool(per) and text.startswith("(", per.end() if per else 0)
    end = _product(unit, text, per.end() + bracket) if per else 0
    if bracket and end:
        return end + 1 if text.startswith(")", end) else 0
    return end


def _product(unit: re.Pattern[str], text: str, place: int) -> int:
    """Where a unit, or two multiplied (人·年, s·km²), that begins at a place ends; 0 where none does."""
    end = 0
    while found := unit.match(text, place) or _SECOND_ONLY.match(text, place):
        if end := found.end():
            place = end + 1
        if text[end : end + 1] not in ("\u00b7", ".", "\u2022"):
            break
    return end
