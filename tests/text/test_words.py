"""The parts of reading a figure, one by one: the words around a number, the unit behind it, the amount in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from openplans.text import amounts, comparators
from openplans.text.figure import Figure
from openplans.text.period import FIVE_YEARS
from openplans.text.quantities import spoken
from openplans.text.units import TIMES, Measure, Units, magnitude

UNITS = Units(
    ("亩", "万亩", "亿元", "万元", "元", "户", "万户", "家", "名", "套(间)", "人次", "%", "级", "元/人", "个", "㎡")
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5亩", Measure(1, "亩", False, 2)),
        ("5 亩", Measure(1, "亩", False, 3)),
        ("5  亩", Measure(1, "亩", False, 4)),
        ("5   亩", Measure(1, "", False, 1)),  # three blanks part
        ("5万亩", Measure(10000, "万亩", False, 3)),
        ("5万 亩", Measure(10000, "", False, 2)),
        ("5万", Measure(10000, "", False, 2)),
        ("5亿", Measure(10**8, "", False, 2)),
        ("5万亿元", Measure(10**12, "亿元", False, 4)),
        ("5余亩", Measure(1, "亩", True, 3)),
        ("5多亩", Measure(1, "亩", True, 3)),
        ("5来亩", Measure(1, "亩", True, 3)),
        ("5来自", Measure(1, "", False, 1)),
        ("5多", Measure(1, "", True, 2)),
        ("5多元", Measure(1, "", False, 1)),  # 多元, no more
        ("5万多户", Measure(10000, "万户", True, 4)),
        ("5万余名", Measure(10000, "名", True, 4)),
        ("5万多", Measure(10000, "", True, 3)),
        ("5亿千瓦", Measure(10**8, "千瓦", False, 4)),
        ("5百分点", Measure(1, "百分点", False, 4)),
        ("5百名", Measure(100, "名", False, 3)),
        ("500亿级", Measure(10**8, "", False, 4)),
        ("5级", Measure(1, "级", False, 2)),
        ("5家庭", Measure(1, "", False, 1)),
        ("5家长", Measure(1, "", False, 1)),
        ("5家企", Measure(1, "家", False, 2)),
        ("5万家庭", Measure(10000, "", False, 2)),
        ("5元/人", Measure(1, "元/人", False, 4)),
        ("5元 / 人", Measure(1, "元/人", False, 6)),
        ("5元/户·年", Measure(1, "元/户·年", False, 6)),
        ("5元/户·甲", Measure(1, "元/户", False, 4)),
        ("5元/甲", Measure(1, "元", False, 2)),
        ("5元/(人·年)", Measure(1, "元/(人·年)", False, 8)),
        ("5元/(人·年", Measure(1, "元", False, 2)),
        ("5m/s", Measure(1, "m/s", False, 4)),
        ("5m/sk", Measure(1, "m", False, 2)),
        ("5套(间)", Measure(1, "套(间)", False, 5)),
        ("5套(间、户)", Measure(1, "套(间、户)", False, 7)),
        ("5套(间", Measure(1, "套", False, 2)),
        ("5套(间、甲)", Measure(1, "套", False, 2)),
        ("5套(甲)", Measure(1, "套", False, 2)),
        ("5亩(%)", Measure(1, "亩", False, 2)),
        ("5kmh", Measure(1, "", False, 1)),
        ("5km", Measure(1, "km", False, 3)),
        ("5", Measure(1, "", False, 1)),
    ],
)
def test_a_measure_is_scale_and_unit(text: str, expected: Measure) -> None:
    place = next(number for number, each in enumerate(text) if not each.isdigit()) if len(text) > 1 else 1
    assert UNITS.behind(text, place) == expected


@pytest.mark.parametrize("unit", TIMES)
def test_a_numeral_in_words_counts_time(unit: str) -> None:
    assert TIMES == ("周年", "个月", "个季度", "季度", "年", "月", "日")
    assert UNITS.behind(f"三{unit}", 1, spoken=True) == Measure(1, unit, False, len(unit) + 1)


def test_a_numeral_in_words_counts_fewer_things_and_takes_no_blank() -> None:
    assert UNITS.behind("三支", 1, spoken=True) == Measure(1, "", False, 1) != UNITS.behind("3支", 1)
    assert UNITS.behind("三 亩", 1, spoken=True).unit == ""
    assert UNITS.alone("万亩") and not UNITS.alone("支")


@pytest.mark.parametrize(
    ("unit", "factor"),
    [("亩", 1), ("万亩", 10**4), ("亿元", 10**8), ("千瓦", 1), ("万千瓦", 10**4), ("百分点", 1), ("千户", 1000),
     ("万亿元", 10**12), ("万", 1), ("亩万", 1)],
)  # fmt: skip
def test_a_unit_begins_with_its_factor(unit: str, factor: int) -> None:
    assert magnitude(unit) == factor


@pytest.mark.parametrize(
    ("text", "unit", "rounded", "expected"),
    [
        ("不低于", "", False, "ge"), ("至少", "", False, "ge"), ("不超过", "", False, "le"), ("超过", "", False, "gt"),
        ("低于", "", False, "lt"), ("大约", "", False, "approx"), ("保持", "", False, "eq"), ("农庄", "", False, ""),
        ("超", "", False, "gt"), ("达", "", False, "ge"), ("近", "", False, "approx"), ("节约", "", False, ""),
        ("附近", "", False, ""),
        ("达到了", "", False, "ge"), ("超出", "", False, "gt"), ("突破", "", False, "gt"),
        ("上", "", True, "ge"), ("上", "", False, ""), ("过", "", False, "gt"), ("路上", "", True, ""),
        ("通过", "", True, ""),
        ("不低于全省平均水平的", "", False, "ge"), ("达到标准的村占", "", False, ""), ("至少建成", "", False, "ge"),
        ("高于全省平均", "个百分点", False, ""), ("高于", "个百分点", False, "gt"), ("高于全省平均", "%", False, "gt"),
        ("保持农庄", "", False, ""), ("至少减少", "", False, "ge"),
        ("减少至少", "", False, "ge"), ("减少至", "", False, "le"),
        ("不超过±", "", False, "le"), ("误差±", "", False, "approx"), ("不低于,", "", False, ""),
        ("不低于、", "", False, ""),
        ("到达", "", False, ""), ("“最多跑一次”占", "", False, ""), ("最多“", "", False, "le"),
        ("不超过“一次”的", "", False, "le"), ("", "", False, ""),
        ("低于五高于", "", False, "gt"),
    ],
)  # fmt: skip
def test_the_words_before_a_number_bound_it(text: str, unit: str, rounded: bool, expected: str) -> None:
    assert comparators.before(f"{text}5", len(text), 0, unit, rounded) == expected


def test_a_word_is_looked_for_in_the_clause_of_its_number_only() -> None:
    text = "突破" + "省" * 16
    assert comparators.before(f"{text}5", 18, 0, "", False) == "gt" and comparators.REACH == 18
    assert comparators.before(f"{text}省5", 19, 0, "", False) == ""
    assert comparators.before(f"{text}5", 18, 1, "", False) == ""  # another number stands before
    for word, far in (("ge", 15), ("", 16)):  # a word is never cut: 低于 of 不低于 is none
        assert comparators.before("不低于" + "省" * far + "5", far + 3, 0, "", False) == word
    assert comparators.before("超过(含)5家", 5, 0, "", False) == "gt"


@pytest.mark.parametrize(
    ("text", "measured", "expected"),
    [
        ("以上", True, "ge"), ("及以上", True, "ge"), ("以下", True, "le"), ("以内", True, "le"),
        ("左右", True, "approx"),
        ("上下", True, "approx"), ("内", True, "le"), ("内部", True, ""), ("(含)以上", True, "ge"),
        ("家以上", False, "ge"),
        ("示范企业以上", True, "ge"), ("示范企业以上的", True, ""), ("企业以上的", False, "ge"),
        ("企业以上的", True, ""), ("村占以上", True, ""),
        ("年以上", True, ""), ("农庄", True, ""), ("", True, ""),
    ],
)  # fmt: skip
def test_the_words_behind_a_number_bound_it(text: str, measured: bool, expected: str) -> None:
    assert comparators.behind(f"5{text}", 1, measured) == expected


def test_words_keep_a_value_or_a_level() -> None:
    assert [comparators.kept(each) for each in ("面积稳定在", "保持在1.05万亩、", "稳定在1万亩,", "达到")] == [
        "稳定在",
        "保持在",
        "",
        "",
    ]
    assert [comparators.keeps(each) for each in ("失业率控制在", "失业率控制在5%以内,达到", "达到")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("figure", "value", "unit", "states"),
    [
        (("2", 1, "%", "fraction"), "2", "%", True),
        (("66.67", 1, "%", "fraction"), "66.7", "%", True),
        (("66.67", 1, "%", "fraction"), "66.62", "%", True),
        (("66.67", 1, "%", "fraction"), "66.61", "%", False),
        (("66.67", 1, "%", "fraction"), "0.6667", "", True),
        (("66.67", 1, "%", "fraction"), "0.66", "", False),
        (("66.67", 1, "%", "fraction"), "66.7", "", True),
        (("66.67", 1, "%", "fraction"), "66.7", "家", False),
        (("66.67", 1, "%", "fraction"), "0.6667", "家", True),
        (("66.67", 1, "%", "count"), "66.7", "%", False),
        (("66.67", 1, "家", "fraction"), "66.7", "%", False),
        (("5", 10000, "万亩", "count"), "5", "万亩", True),
        (("5", 10000, "万亩", "count"), "5", "亩", False),
        (("5", 1, "", "count"), "5", "万亩", True),
        (("2025", 1, "年", "date"), "2025", "家", False),
        (("2025", 1, "年", "date"), "2025", "年", True),
        (("3", 1, "年", "time"), "3", "家", False),
        (("24", 1, "小时", "count"), "24", "家", True),
    ],
)
def test_a_figure_states_what_it_says(figure: tuple[str, int, str, str], value: str, unit: str, states: bool) -> None:
    number, scale, own, kind = figure
    assert Figure(0, 1, "", Decimal(number), scale, own, kind).states(Decimal(value), unit) is states


def test_a_range_states_both_ends() -> None:
    both = Figure(0, 1, "", Decimal(5), 1, "家", value_max=Decimal(7))
    assert [both.states(Decimal(each), "家") for each in (5, 6, 7)] == [True, False, True]


def test_the_national_five_year_plans() -> None:
    assert FIVE_YEARS == {
        "十一五": (2006, 2010), "十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025),
        "十五五": (2026, 2030), "十六五": (2031, 2035), "十七五": (2036, 2040),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("翻一番以上", [("翻一番", 100, "%", "ge")]),
        ("超过半数", [("半数", 50, "%", "gt")]),
        ("半数以上", [("半数", 50, "%", "ge")]),
        ("半数农户以上的", [("半数", 50, "%", "ge")]),
        ("翻一番农户以上的", [("翻一番", 100, "%", "ge")]),
        ("十万农户以上的", [("十万", 100000, "", "ge")]),
        ("基本全覆盖", [("全覆盖", 100, "%", "approx")]),
        ("生活圈基本实现全覆盖", [("全覆盖", 100, "%", "approx")]),
        ("全覆盖", [("全覆盖", 100, "%", "eq")]),
        ("基本清零", [("清零", 0, "", "approx"), ("零", 0, "", "eq")]),
        ("近十万", [("十万", 100000, "", "approx")]),
        ("过十万", [("十万", 100000, "", "gt")]),
        ("十万以上", [("十万", 100000, "", "ge")]),
        ("上十万", [("十万", 100000, "", "ge")]),
        ("十万家以上", [("十万", 100000, "", "ge")]),
    ],
)
def test_values_in_words_with_their_bounds(text: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert [
        (each.text, int(each.value * each.magnitude), each.unit, each.comparator) for each in spoken(text)
    ] == expected


# --- Amounts in words -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    name_en: str
    dimension: str


@dataclass(frozen=True)
class Printed:
    comparator: str
    value: Decimal | None
    value_max: Decimal | None = None
    unit: str = "万亩"
    measure: str = ""


NAMES = {
    "亩": Named("mu", "area"), "万亩": Named("10,000 mu", "area"), "家": Named("establishments", "count"),
    "元": Named("yuan", "money"), "%": Named("percent", "share"), "斤": Named("jin", "mass"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "zh", "en"),
    [
        (Printed("ge", Decimal("33")), "≥33 万亩", "≥330,000 mu"),
        (Printed("range", Decimal(33), Decimal(35)), "33—35 万亩", "330,000—350,000 mu"),
        (Printed("approx", Decimal(33)), "约33 万亩", "about 330,000 mu"),
        (Printed("eq", Decimal("1.41"), unit="亿斤"), "1.41 亿斤", "141 million jin"),
        (Printed("eq", Decimal("10"), unit="亿元"), "10 亿元", "1 billion yuan"),
        (Printed("eq", Decimal("9.99"), unit="亿元"), "9.99 亿元", "999 million yuan"),
        (Printed("eq", Decimal("100"), unit="万元"), "100 万元", "1 million yuan"),
        (Printed("eq", Decimal("99"), unit="万元"), "99 万元", "990,000 yuan"),
        (Printed("eq", Decimal("2"), unit="万亿元"), "2 万亿元", "2,000 billion yuan"),
        (Printed("eq", Decimal("1200"), unit="家"), "1200 家", "1,200"),
        (Printed("eq", Decimal("5"), unit="万户"), "5 万户", "5 万户"),
        (Printed("le", Decimal("1.6"), unit="比值"), "≤1.6", "≤1.6"),
        (Printed("ge", Decimal("90"), unit="%"), "≥90%", "≥90%"),
        (Printed("ge", Decimal("100"), unit="%", measure="share"), "100%", "100%"),
        (Printed("ge", Decimal("100"), unit="%", measure="growth"), "≥100%", "≥100%"),
        (Printed("gt", Decimal("100"), unit="%", measure="share"), ">100%", ">100%"),
        (Printed("ge", Decimal("100"), unit="家", measure="share"), "≥100 家", "≥100"),
    ],
)
def test_an_amount_in_both_languages(printed: Printed, zh: str, en: str) -> None:
    assert [str(amounts.amount(each, NAMES, printed)) for each in ("zh", "en")] == [zh, en]


def test_no_number_is_no_amount() -> None:
    assert amounts.amount("zh", NAMES, Printed("relative", None)) is None
    assert str(amounts.worded("zh", NAMES, Decimal(5), "亩")) == "5 亩"
