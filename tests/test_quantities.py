"""Numbers, units and comparators as plans write them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from openplans.packages.link import World
from openplans.packages.quoted import stating
from openplans.text.quantities import figures, magnitude, spoken, within

UNITS = ("%", "亩", "万亩", "亿斤", "亿元", "元", "人次", "万人次", "个", "家", "名", "条", "万宗")


NONE_OF = ("零发生", "零事故", "零伤亡", "零新增", "零投诉", "零欠薪", "零流失", "零辍学")


def found(text: str) -> list[tuple[str, str, str]]:
    return [(each.text, str(each.value * each.magnitude), each.unit) for each in figures(text, UNITS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("播种面积33万亩", [("33万亩", "330000", "万亩")]),
        ("年产量3亿斤", [("3亿斤", "300000000", "亿斤")]),
        ("增速7.2%", [("7.2%", "7.2", "%")]),
        ("培训4.5万人次", [("4.5万人次", "45000.0", "万人次")]),
        ("30/10", [("30", "30", ""), ("10", "10", "")]),
        ("培育百名", [("百名", "100", "名")]),
        ("两家公司", [("两家", "2", "家")]),
        ("三年超千亿", [("三年", "3", "年"), ("千亿", "100000000000", "")]),
        ("五年翻一番", [("五年", "5", "年"), ("翻一番", "1", "番")]),
        ("十五条产业链", [("十五条", "15", "条")]),
        ("一体化、统一规划、千村示范", []),
        ("投资(亿元)　(万宗)", []),
        ("2023-05-31", [("2023", "2023", ""), ("05", "5", ""), ("31", "31", "")]),
    ],
)
def test_figures_of_a_text(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "unit", "stated"),
    [
        ("33万亩", "33", "万亩", True),
        ("33万亩", "330000", "亩", True),
        ("33万亩", "33", "亩", False),
        ("33", "33", "万亩", True),
        ("百名", "100", "名", True),
        ("6000宗", "0.6", "万宗", True),
        ("50000万元", "5", "亿元", True),
        ("98%", "89", "%", False),
        ("2025年", "2025", "万元", False),
    ],
)
def test_a_figure_states_a_value(text: str, value: str, unit: str, stated: bool) -> None:
    [figure] = figures(text, UNITS)
    assert figure.states(Decimal(value), unit) is stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("覆盖率达到100%", "ge"),
        ("面积不少于33万亩", "ge"),
        ("产量不低于3亿斤", "ge"),
        ("项目15个以上", "ge"),
        ("达到90%以上", "ge"),
        ("收入超6亿元", "gt"),
        ("收入突破5万元", "gt"),
        ("倍差缩小到1.54以内", "le"),
        ("缩小到1.82", "le"),
        ("不超过5%", "le"),
        ("低于3%", "lt"),
        ("保持在1.5左右", "approx"),
        ("建成农庄2家", "eq"),
        ("达标率98%", "eq"),
        ("通达率100%", "eq"),
        ("超过10家,建成5家", "eq"),
    ],
)
def test_the_words_around_the_last_figure(text: str, expected: str) -> None:
    assert figures(text, UNITS)[-1].comparator == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政村全覆盖", [("全覆盖", "100", "%")]),
        ("农药使用零增长", [("零增长", "0", "%"), ("零", "0", "")]),
        ("五年翻一番", [("五", "5", ""), ("翻一番", "100", "%")]),
        ("十万农创客", [("十万", "100000", "")]),
        ("百万“新农人”", [("百万", "1000000", "")]),
        ("隐患动态清零", [("清零", "0", ""), ("零", "0", "")]),
        ("超过半数的村", [("半数", "50", "%")]),
        ("全部建成", [("全部", "100", "%")]),
        ("收入翻了一番", [("翻了一番", "100", "%"), ("一", "1", "")]),
        ("规模翻两番", [("翻两番", "300", "%")]),
        *((f"全年{none}", [(none, "0", ""), ("零", "0", "")]) for none in NONE_OF),
    ],
)
def test_values_stated_in_words(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(each.text, str(each.value * each.magnitude), each.unit) for each in spoken(text)] == expected


def test_words_at_the_head_of_a_text_bound_a_number_in_words() -> None:
    assert [spoken(text)[0].comparator for text in ("超十万农创客", "不超过两万农创客", "十万农创客")] == [
        "gt",
        "le",
        "eq",
    ]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("超过半数的村", "gt"), ("近半数行政村", "approx"), ("半数以上农户", "ge"), ("不到一半", "lt"),
        ("建成一半", "eq"), ("合格率不低于90%、半数完成", "eq"),
    ],
)  # fmt: skip
def test_a_half_has_the_bound_of_the_words_around_it(text: str, comparator: str) -> None:
    assert spoken(text)[0].comparator == comparator


def test_nearly_all_is_about_all() -> None:
    assert [spoken(text)[0].comparator for text in ("实现全覆盖", "实现基本全覆盖")] == ["eq", "approx"]


def test_of_equal_figures_the_last_of_a_quote_states_its_value(tiny_world: World) -> None:
    """A quote that begins at the hedge of a list ends with its own figure."""
    text = "力争省级村达到80%、县级村达到80%"
    clause = {"clause_id": "c", "kind": "paragraph", "text": text}
    plan = replace(tiny_world.project.plans[0], _by_id={"clauses": {"c": clause}})
    row = {"clause_id": "c", "quote": text, "value": Decimal("80"), "unit": "%"}
    figure = stating(tiny_world, plan, row, "value")
    assert figure and figure.start == text.rindex("80%")


def test_a_word_ends_at_the_cell() -> None:
    assert figures("达标　20", UNITS)[0].comparator == "eq"


@pytest.mark.parametrize(("unit", "expected"), [("万亩", 10_000), ("亿元", 100_000_000), ("亩", 1), ("万", 1), ("", 1)])
def test_the_magnitude_of_a_unit(unit: str, expected: int) -> None:
    assert magnitude(unit) == expected


@pytest.mark.parametrize(
    ("period", "inside"),
    [("2023", True), ("2027", True), ("2023-02", False), ("2023-03-01", True), ("2028", False), ("2022", False)],
)
def test_a_period_inside_another(period: str, inside: bool) -> None:
    assert within(period, "2023-03-01", "2027-12-31") is inside
