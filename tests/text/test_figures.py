"""The table figures.txt: what a person reads in a phrase is what `figures` reads."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import cn2an
import pytest

from openplans.text.numerals import CHINESE_DIGITS, SCALES, _plain, chinese, scale
from openplans.text.quantities import Figure, figures, magnitude

NAMES = (
    "% 成 个百分点 比值 倍 亩 万亩 公顷 平方米 万平方米 平方公里 斤 万斤 亿斤 吨 万吨 元 万元 亿元 公里 人 万人 "
    "名 人次 万人次 户 万户"
    " 个 家 条 座 处 项 所 支 宗 万宗 宗(套) 套 张 个/千人 天 分钟 万套(间) 微克/立方米 万头 幢 头 栋 间 辆 套(间)"
)
UNITS = tuple(NAMES.split())
"""The registry's units, as of the first release."""

TABLES = tuple(sorted(Path(__file__).parent.glob("figures*.txt")))
SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "approx": "~"}
READING = re.compile(
    r"(?P<sign>[<>]=?|~)?\s*(?P<value>-?[0-9.]*?[0-9]|)(?P<scale>[十百千万亿]*)(?:\.\.(?P<upper>[0-9.]+))?"
    r"(?:\s+(?P<unit>[^\s#@<]+))?\s*(?:#(?P<kind>\w+))?\s*(?:@(?P<names>[^<]+?))?\s*(?:<(?P<role>\w+)>)?"
)


def cases() -> list[tuple[str, str]]:
    lines = [line for table in TABLES for line in table.read_text(encoding="utf-8").splitlines()]
    pairs = (line.rsplit("|", 1) for line in lines if line.strip() and not line.startswith("#"))
    return [(phrase[:-1], expected.strip()) for phrase, expected in pairs]


def read(reading: str) -> tuple[object, ...]:
    """A reading of the table in the form of `shown`."""
    found = READING.fullmatch(reading.strip())
    assert found, reading
    unit = found["unit"] or ""
    factor = scale(found["scale"]) * magnitude(unit)
    upper = Decimal(found["upper"]) * factor if found["upper"] else None
    names = tuple((found["names"] or "").strip().split("、")) if found["names"] else ()
    value = Decimal(found["value"] or "1") * factor
    return found["sign"] or "", value, upper, unit, found["kind"] or "count", names, found["role"] or ""


def shown(figure: Figure) -> tuple[object, ...]:
    """A figure as the table has it: its amount in the unit without scale, and the unit as read."""
    upper = None if figure.value_max is None else figure.value_max * figure.magnitude
    sign = SIGNS.get(figure.comparator, "")
    return sign, figure.value * figure.magnitude, upper, figure.unit, figure.kind, figure.names, figure.role


@pytest.mark.parametrize(("phrase", "expected"), cases())
def test_a_phrase_is_read_as_a_person_reads_it(phrase: str, expected: str) -> None:
    readings = [] if expected == "none" else [read(each) for each in expected.split(";")]
    assert [shown(each) for each in figures(phrase, UNITS)] == readings


def test_the_table_is_long_and_has_both_sides() -> None:
    read = cases()
    assert len(read) >= 250 and sum(expected == "none" for _, expected in read) >= 60
    assert len({phrase for phrase, _ in read}) == len(read)


def test_plain_numerals_are_what_cn2an_reads() -> None:
    letters = (*CHINESE_DIGITS, *SCALES)
    few = [f"{one}{other}{third}" for one in letters for other in ("", *letters) for third in ("", "十", "三", "万")]
    for printed in dict.fromkeys(few):
        plain = _plain(printed)
        if plain is not None and chinese(printed) is not None:
            begun = f"一{printed}" if printed[0] in "百千万亿" else printed
            assert plain == cn2an.cn2an(begun, "normal"), printed
    assert [_plain(each) for each in ("零", "两", "十", "二十一", "十万", "亿万", "两十")] == [
        0,
        2,
        10,
        21,
        10**5,
        None,
        None,
    ]
