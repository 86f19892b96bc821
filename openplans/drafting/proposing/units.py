"""Units of measure that a document prints and the registry lacks -> proposals for the registry.

What common units measure and what they are called in English stands here, and of one by another it follows (吨/年); of
any other a person says it. Scale and base are arithmetic.
"""

from __future__ import annotations

import re
from decimal import Decimal

from openplans.packages.link import World
from openplans.packages.read import Row
from openplans.text.numerals import SCALES, scale
from openplans.text.units import magnitude

_COMMON = {
    "area": (
        "亩",
        {
            "㎡": ("m²", "0.0015"),
            "m²": ("m²", "0.0015"),
            "m2": ("m²", "0.0015"),
            "km²": ("km²", "1500"),
            "km2": ("km²", "1500"),
            "平米": ("m²", "0.0015"),
        },
    ),
    "volume": (
        "立方米",
        {"立方米": ("m³", "1"), "m³": ("m³", "1"), "m3": ("m³", "1"), "方": ("m³", "1"), "升": ("litres", "0.001")},
    ),
    "length": ("公里", {"千米": ("km", "1"), "km": ("km", "1"), "米": ("m", "0.001"), "里": ("li (0.5 km)", "0.5")}),
    "mass": ("斤", {"公斤": ("kg", "2"), "千克": ("kg", "2"), "担": ("dan (50 kg)", "100"), "克": ("g", "0.002")}),
    "time": (
        "分钟",
        {
            "小时": ("hours", "60"),
            "日": ("days", "1440"),
            "年": ("years", "525600"),
            "工作日": ("working days", "1440"),
            "个工作日": ("working days", "1440"),
        },
    ),
    "energy": (
        "千瓦时",
        {"千瓦时": ("kWh", "1"), "kWh": ("kWh", "1"), "兆瓦时": ("MWh", "1000"), "MWh": ("MWh", "1000")},
    ),
    "power": ("千瓦", {"千瓦": ("kW", "1"), "kW": ("kW", "1"), "兆瓦": ("MW", "1000"), "MW": ("MW", "1000")}),
    "coal-equivalent": (
        "吨标准煤",
        {"吨标准煤": ("tonnes of coal equivalent", "1"), "吨标煤": ("tonnes of coal equivalent", "1")},
    ),
    "people": ("人", {"位": ("people", "1")}),
    "person-times": ("人次", {"人(次)": ("person-times", "1")}),
    "occasions": (
        "次",
        {
            "次": ("occasions", "1"),
            "场次": ("occasions", "1"),
            "场": ("events", "1"),
            "批次": ("batches", "1"),
            "期": ("sessions", "1"),
            "届": ("editions", "1"),
            "家次": ("visits", "1"),
        },
    ),
    "count": (
        "个",
        {
            "台": ("machines", "1"),
            "部": ("units", "1"),
            "件": ("items", "1"),
            "套": ("sets", "1"),
            "台(套)": ("sets", "1"),
            "个(处)": ("places", "1"),
            "艘": ("vessels", "1"),
            "架": ("units", "1"),
            "根": ("units", "1"),
            "盏": ("lamps", "1"),
            "块": ("grounds", "1"),
            "门": ("courses", "1"),
            "款": ("products", "1"),
            "册": ("volumes", "1"),
            "份": ("items", "1"),
            "口": ("units", "1"),
            "眼": ("wells", "1"),
            "篇": ("articles", "1"),
            "箱": ("boxes", "1"),
            "袋": ("bags", "1"),
            "棒": ("mushroom logs", "1"),
            "粒": ("grains", "1"),
            "锭": ("spindles", "1"),
            "笔": ("transactions", "1"),
            "台(把)": ("tools", "1"),
        },
    ),
    "trees": ("株", {"株": ("plants", "1"), "棵": ("trees", "1")}),
    "animals": (
        "头",
        {
            **dict.fromkeys(("只", "匹", "头只", "头(只)", "头(只、匹)", "头(只、羽)"), ("head", "1")),
            "羽": ("birds", "1"),
            "尾": ("fish", "1"),
        },
    ),
    "colonies": ("群", {"群": ("colonies", "1")}),
    "livestock-units": ("羊单位", {"羊单位": ("sheep units", "1")}),
    "us-dollars": ("美元", {"美元": ("US dollars", "1")}),
    "area-times": ("亩次", {"亩次": ("mu-times", "1")}),
    "household-times": ("户次", {"户次": ("household-times", "1")}),
    "doses": ("剂次", {"剂次": ("doses", "1"), "剂": ("doses", "1")}),
    "points": ("分", {"分": ("points", "1")}),
    "apparent-power": ("千伏安", {"千伏安": ("kVA", "1"), "兆伏安": ("MVA", "1000")}),
    "per-hundred-thousand": ("/10万", {"/10万": ("per 100 thousand", "1")}),
    "share": ("%", {"‰": ("per mille", "0.1")}),
    "age": ("岁", {"岁": ("years of age", "1"), "周岁": ("years of age", "1")}),
    "per-thousand-people": (
        "个/千人",
        {
            "张/千人": ("per thousand people", "1"),
            "名/千人": ("per thousand people", "1"),
            "人/千人": ("per thousand people", "1"),
            **dict.fromkeys(("件/万人", "人/万人", "个/万人", "张/万人", "名/万人"), ("per 10 thousand people", "0.1")),
        },
    ),
}
"""What plans count in: for each dimension its base unit, and units with their English and their factor."""

_PER = dict(
    each.split(" ", 1)
    for each in [
        "年 year",
        "月 month",
        "日 day",
        "天 day",
        "次 occasion",
        "人 person",
        "千人 thousand people",
        "万人 10 thousand people",
        "户 household",
        "村 village",
        "亩 mu",
        "头 head",
        "辆 vehicle",
        "公里 km",
        "平方公里 km²",
    ]
)
"""What a unit may be counted by: 吨/年, 元/人."""

_FOUND = {
    unit: (name, dimension, base, Decimal(factor))
    for dimension, (base, units) in _COMMON.items()
    for unit, (name, factor) in units.items()
}
_ENGLISH = {10**4: "10 thousand ", 10**8: "100 million "}


def propose(world: World, rows: list[Row]) -> list[Row]:
    """A row for each unit that proposals have and the registry lacks; its base first."""
    found: dict[str, Row] = {}
    for unit in dict.fromkeys(row["unit"] for row in rows):
        if unit and unit not in world.units:
            _add(world, found, unit)
    return list(found.values())


def _add(world: World, found: dict[str, Row], unit: str) -> None:
    factor = magnitude(unit)
    plain = next((unit[cut:] for cut in range(1, len(unit)) if _is_scale(unit[:cut], factor)), unit)
    if factor != scale(unit.removesuffix(plain)):
        factor, plain = 1, unit
    name, dimension, base, own = _known(world, plain)
    for each in (base, plain):
        if each not in world.units and each not in found:
            of = _FOUND.get(each) or (name if each == plain else "", dimension, base, Decimal(1))
            found[each] = _row(each, of[0], dimension, base, of[3])
    if plain != unit and unit not in found:
        found[unit] = _row(unit, name and f"{_ENGLISH.get(factor, '')}{name}", dimension, base, own * factor)


def _known(world: World, plain: str) -> tuple[str, str, str, Decimal]:
    """The English, the dimension, the base and the factor of a unit without its scale; "" for what nobody knows."""
    if known := world.units.get(plain):
        return known["name_en"], known["dimension"], known["base_unit"], known["factor"]
    name, dimension, base, own = _FOUND.get(plain, ("", "", plain, Decimal(1)))
    counted, _, by = plain.partition("/")
    if not name and counted and by in _PER:
        of = _known(world, counted)[0]
        name = of and f"{of} per {_PER[by]}"
        dimension = re.sub("[^a-z0-9]+", "-", name.lower().replace("²", "2").replace("³", "3")).strip("-")
    elif base in world.units:
        dimension = world.units[base]["dimension"]
    return name, dimension, base, own


def _is_scale(letters: str, factor: int) -> bool:
    """Whether letters are a scale of that factor: 万 of 万千瓦, not 万千."""
    return set(letters) <= {*SCALES} and scale(letters) == factor


def _row(unit: str, name: str, dimension: str, base: str, factor: Decimal) -> Row:
    sure = "0.95" if name and dimension else "0.80"
    return Row(
        unit=unit,
        name_en=name,
        dimension=dimension,
        factor=factor,
        base_unit=base,
        confidence=sure,
        rule="unit-printed",
    )
