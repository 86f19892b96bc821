"""What may be said of actual figures and their sources: branches of the rules, a row or two each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules import observations as rules
from openplans.rules import series, sources
from openplans.rules.hits import Hit
from tests.rules.made import Rows, figures, plan, said, with_figures, world

OWN = {"region_code": "990101", "concept_id": "village-coverage", "unit": "%", "source_id": "s1", "value": Decimal(50),
       "period": "2023", "period_kind": "year"}  # fmt: skip
SOURCE = {
    "source_id": "s1",
    "kind": "media",
    "title": "例县新闻",
    "url": "https://example.org/1",
    "published": "2024-02-01",
}
TARGETS: Rows = [
                 {"target_id": "990101-made-2023-t1", "unit": "家", "measure": "count"},
                 {"target_id": "990101-made-2023-t2", "unit": "%", "measure": "share"},
                 {"target_id": "990101-made-2023-t3", "concept_id": "village-coverage", "measure": "share"},
]  # fmt: skip
OF_TARGET = {"concept_id": "", "target_id": "990101-made-2023-t1", "unit": "家"}

Check = Callable[[World, Package], Iterator[Hit]]


def found(check: Check, *rows: dict[str, Any], sources: Rows | None = None, targets: Rows = TARGETS) -> list[str]:
    """The rows of which a rule has something to say."""
    package = figures(
        [SOURCE] if sources is None else sources,
        [{"observation_id": f"o{number}", **OWN, **row} for number, row in enumerate(rows, 1)],
    )
    return [hit.key for hit in check(with_figures(world(plan(targets=targets)), package), package)]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({}, False),
        (OF_TARGET, False),
        ({"concept_id": ""}, True),
        ({"target_id": "990101-made-2023-t1"}, True),
        ({**OF_TARGET, "target_id": "990101-made-2023-t3"}, True),  # it has a concept
        ({**OF_TARGET, "target_id": "990101-made-2023-t9"}, False),  # which leads nowhere: another rule's
    ],
)
def test_a_figure_is_of_a_concept_or_of_a_target_without_one(row: dict[str, str], wrong: bool) -> None:
    assert found(rules.concept_or_target, row) == ["o1"] * wrong


def test_a_target_is_one_of_a_plan_that_was_read() -> None:
    there, gone = OF_TARGET, {**OF_TARGET, "target_id": "990101-made-2023-t9"}
    assert found(rules.unknown_target, {}, there, gone) == ["o3"]
    assert found(rules.unknown_target, gone, targets=[]) == []  # no plan was read
    package = figures([SOURCE], [{**OWN, **gone}])
    unread = plan({"name": "990101-other-2023", "plan_id": "990101-other-2023"})
    unread.broken.add("targets")
    around = world(plan(targets=TARGETS), unread)
    assert [hit.key for hit in rules.unknown_target(around, package)] == ["o1"]
    elsewhere = figures([SOURCE], [{**OWN, **gone, "target_id": "990101-other-2023-t9"}])
    assert list(rules.unknown_target(around, elsewhere)) == []


def test_a_figure_is_of_the_region_of_its_target() -> None:
    there = {**OF_TARGET, "region_code": "990000"}
    assert found(rules.target_elsewhere, OF_TARGET, there, {"region_code": "990000"}) == ["o2"]
    assert found(rules.target_elsewhere, {**there, "target_id": "990101-other-2023-t1"}) == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"unit": "家"}, True),
        ({**OF_TARGET, "unit": "个"}, False),
        ({**OF_TARGET, "unit": "%"}, True),
        ({"unit": "没有"}, False),
        ({"concept_id": "", "unit": "家"}, False),
    ],
)
def test_a_figure_is_in_units_of_its_concept_or_target(row: dict[str, str], wrong: bool) -> None:
    assert found(rules.observation_dimension, row) == ["o1"] * wrong


@pytest.mark.parametrize(
    ("row", "value", "wrong"),
    [
        ({}, 100, False),
        ({}, 101, True),
        ({}, 0, False),
        ({}, -1, True),
        ({"unit": "家"}, 101, False),
        ({"concept_id": "village-income", "unit": "亿元"}, -1, True),  # a total
        ({"concept_id": "village-income", "unit": "亿元"}, 101, False),
        ({"concept_id": "income-ratio", "unit": "比值"}, -1, False),  # a rate
        (OF_TARGET, -1, True),
        (OF_TARGET, 0, False),
        ({**OF_TARGET, "target_id": "990101-made-2023-t2", "unit": "%"}, 101, True),
        ({**OF_TARGET, "target_id": "990101-made-2023-t9"}, -1, False),  # of nothing known
        ({}, None, False),
    ],
)
def test_no_count_is_below_none_and_no_share_above_all(row: dict[str, str], value: int | None, wrong: bool) -> None:
    assert found(rules.figure_impossible, {**row, "value": None if value is None else Decimal(value)}) == ["o1"] * wrong


def test_what_is_promised_as_a_share_and_otherwise_may_exceed_all() -> None:
    both = [*TARGETS, {"target_id": "t9", "measure": "growth", "concept_id": "village-coverage"}]
    assert found(rules.figure_impossible, {"value": Decimal(101)}, targets=both) == []


@pytest.mark.parametrize(
    ("period", "kind", "wrong"),
    [("2023", "year", False), ("2023-05", "half", True), ("2023-02-30", "date", True), ("2023年", "year", False),
     ("2023", "unheard-of", False), ("2025/2023", "span", True), ("2023/2025", "span", False)],
)  # fmt: skip
def test_a_period_is_one_of_its_kind(period: str, kind: str, wrong: bool) -> None:
    assert found(rules.period_of_kind, {"period": period, "period_kind": kind}) == ["o1"] * wrong


@pytest.mark.parametrize(
    ("period", "state", "wrong"),
    [("2024", "", False), ("2025", "", True), ("2025", "preliminary", False), ("2026", "preliminary", True),
     ("2025", "final", True), ("2025年", "", False)],
)  # fmt: skip
def test_no_figure_is_of_a_time_that_is_not_over(period: str, state: str, wrong: bool) -> None:
    """The data is of 1 March 2025."""
    assert found(rules.period_in_future, {"period": period, "state": state}) == ["o1"] * wrong
    later = {**SOURCE, "published": "2025-03-01"}
    assert found(rules.period_after_source, {"period": period, "state": state}, sources=[later]) == ["o1"] * wrong


def left_out(check: Check, period: str, **source: str) -> list[Hit]:
    """What a rule says of a figure of a period that was left out."""
    row = {"source_id": "s1", "period": period}
    package = figures([{**SOURCE, **source}], [], [row])
    return list(check(with_figures(world(plan()), package), package))


@pytest.mark.parametrize(
    ("period", "kind"),
    [
        ("2024", ""), ("2024-02", ""), ("2024-02-29", ""), ("2024-02-30", "date"), ("2024-13", "month"),
        ("0000", "year"), ("2025/2024", "span"), ("2024/2025", ""), ("2024-02-30年", ""),
    ],
)  # fmt: skip
def test_what_is_left_out_is_of_a_time_that_there_is(period: str, kind: str) -> None:
    """What is not of the form of a period is the schema's to say."""
    assert [hit.facts["kind"] for hit in left_out(rules.period_of_kind, period)] == [kind] * bool(kind)


@pytest.mark.parametrize(
    ("period", "future", "after"),
    [
        ("2024-01", False, False),
        ("2024-02", False, False),  # of the month of publication
        ("2024-03", False, True),
        ("2023/2024-03", False, True),
        ("2025", False, True),
        ("2025-04", True, False),
    ],
)
def test_what_is_left_out_is_over_when_its_source_tells_it(period: str, future: bool, after: bool) -> None:
    """The source is of 1 February 2024, the data of 1 March 2025."""
    assert [hit.key for hit in left_out(rules.period_in_future, period)] == ["l1"] * future
    assert [hit.key for hit in left_out(rules.period_after_source, period)] == ["l1"] * after


def test_of_a_source_whose_date_is_wrong_no_period_is_doubted() -> None:
    for amiss in ({"title": "2025年例县公报"}, {"url": "https://example.org/2025-03/01/a.html"}):
        assert left_out(rules.period_after_source, "2025", **amiss) == []
        assert found(rules.period_after_source, {"period": "2025"}, sources=[{**SOURCE, **amiss}]) == []
    assert len(left_out(rules.period_after_source, "2025", title="2024年例县公报")) == 1  # of the year of its title
    assert left_out(rules.period_after_source, "2025", published="") == []


def test_a_day_is_over_on_itself() -> None:
    for day, wrong in (("2025-03-01", False), ("2025-03-02", True)):
        assert found(rules.period_in_future, {"period": day, "period_kind": "date"}) == ["o1"] * wrong
        assert found(rules.period_in_future, sources=[{**SOURCE, "published": day}]) == ["s1"] * wrong


def test_a_source_that_is_not_there_or_not_dated_reports_of_anything() -> None:
    assert found(rules.period_after_source, {"period": "2026"}, sources=[]) == []
    assert found(rules.period_after_source, {"period": "2026"}, sources=[{**SOURCE, "published": ""}]) == []
    assert found(rules.period_in_future, sources=[{**SOURCE, "published": ""}]) == []


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({}, True),
        ({"period": "2022"}, False),
        ({"scope": "沿海"}, False),
        ({"region_code": "990000"}, False),
        ({"concept_id": "income-ratio"}, False),
        ({"replaces": "o1"}, False),
        ({"period": "2023-12-31", "period_kind": "date"}, False),
        ({"period": "2023-12", "period_kind": "month"}, False),
        ({"period": "2023年"}, False),
    ],
)
def test_of_one_thing_and_time_one_figure_stands(other: dict[str, str], wrong: bool) -> None:
    assert found(rules.figure_twice, {}, other) == ["o2"] * wrong


def test_one_stretch_by_two_names_is_one() -> None:
    halves = ({"period": "2023-06", "period_kind": "half"}, {"period": "2023-06", "period_kind": "ytd"})
    assert found(rules.figure_twice, *halves) == ["o2"]
    assert found(
        rules.figure_twice, {"period": "2023-01", "period_kind": "month"}, {"period": "2023-01", "period_kind": "ytd"}
    ) == ["o2"]
    assert found(rules.figure_twice, {"period": "x"}, {"period": "x"}) == []


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ({}, {}, False),
        ({"state": "preliminary"}, {"state": "final"}, False),
        ({"state": "revised"}, {"state": "revised"}, False),
        ({"state": "final"}, {"state": "revised"}, True),
        ({"state": "final"}, {"state": "preliminary"}, True),
        ({"state": "final"}, {}, False),
        ({}, {"state": "preliminary"}, False),
        ({"period": "2022"}, {}, True),
        ({}, {"scope": "沿海"}, True),
        ({}, {"replaces": "o9"}, False),
    ],
)
def test_a_figure_replaces_another_of_its_kind(old: dict[str, str], new: dict[str, str], wrong: bool) -> None:
    assert found(rules.replaces_elsewhere, old, {"replaces": "o1", **new}) == ["o2"] * wrong


def test_no_figure_replaces_itself_by_way_of_others() -> None:
    assert found(rules.replaces_elsewhere, {"replaces": "o1"}) == ["o1"]
    assert found(rules.replaces_elsewhere, {"replaces": "o3"}, {"replaces": "o1"}, {"replaces": "o2"}) == [
        "o1",
        "o2",
        "o3",
    ]
    # o3 leads into the circle of the first two, and is not in it.
    assert found(rules.replaces_elsewhere, {"replaces": "o2"}, {"replaces": "o1"}, {"replaces": "o1"}) == ["o1", "o2"]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        (["10", "11", "12"], []),
        (["10", "11", "120"], ["o3"]),
        (["10", "10", "69"], []),
        (["10", "10", "70"], ["o3"]),  # seven times
        (["70", "70", "10"], ["o3"]),
        (["70", "70", "11"], []),
        (["-10", "10", "11"], []),
        (["0", "10", "11"], []),
        (["10"], []),
        (["1", "10"], ["o2"]),  # of two the later
        (["0", "0", "10"], []),
    ],
)
def test_a_figure_is_of_the_size_of_its_series(values: list[str], wrong: list[str]) -> None:
    rows = [{"period": str(2020 + number), "value": Decimal(value)} for number, value in enumerate(values)]
    assert found(rules.ten_times_its_series, *rows) == wrong


def test_a_figure_without_a_value_is_none_in_any_unit() -> None:
    around = world()
    rows = [Row(value=value, unit=unit) for value, unit in ((Decimal(3), "亿元"), (Decimal(3), "家"), (None, "亿元"))]
    assert [series.figure_in(around, row, "万元") for row in rows] == [30000, None, None]


def test_a_series_is_of_one_thing_over_like_times_in_one_unit() -> None:
    income = {"concept_id": "village-income", "unit": "亿元", "value": Decimal(1)}
    assert (
        found(rules.ten_times_its_series, income, {**income, "period": "2022", "unit": "万元", "value": Decimal(10000)})
        == []
    )
    assert found(rules.ten_times_its_series, income, {**income, "period": "2022", "value": Decimal(10)}) == ["o2"]
    small, large = ({**income, "unit": "万元", "value": Decimal(value)} for value in (10000, 100000))
    assert found(rules.ten_times_its_series, small, {**large, "period": "2024"}) == ["o2"]  # both in another unit
    assert found(rules.ten_times_its_series, large, {**income, "period": "2024"}) == ["o1"]  # the one in another
    for other in (
        {"period": "2022-06", "period_kind": "half"},
        {"scope": "沿海"},
        {"region_code": "990000"},
        {"period": "x"},
        {"unit": "家"},
    ):
        assert found(rules.ten_times_its_series, income, {**income, "value": Decimal(10), **other}) == []
    assert found(rules.ten_times_its_series, income, {**income, "value": None}) == []
    of_it = {**OF_TARGET, "value": Decimal(1)}
    assert found(rules.ten_times_its_series, of_it, {**of_it, "period": "2022", "value": Decimal(10)}) == ["o2"]


@pytest.mark.parametrize(
    ("value", "unit", "wrong"),
    [("0.042", "%", True), ("0.42", "%", True), ("0.4", "%", False), ("1.00", "%", False), ("-0.42", "%", True),
     ("-1.42", "%", False), ("0.42", "亿元", False), ("0.00", "%", False)],
)  # fmt: skip
def test_a_percentage_is_no_fraction(value: str, unit: str, wrong: bool) -> None:
    assert found(rules.fraction_for_percent, {"value": Decimal(value), "unit": unit}) == ["o1"] * wrong


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("https://example.org/1", False),
        ("", True),
        ("https://localhost/1", True),
        ("no address", False),
        ("https://[", True),
    ],
)
def test_a_source_has_an_address(url: str, wrong: bool) -> None:
    assert found(sources.source_without_address, sources=[{**SOURCE, "url": url}]) == ["s1"] * wrong


def test_a_page_is_one_source_and_is_used() -> None:
    rows = [SOURCE, {**SOURCE, "source_id": "s2"}, {**SOURCE, "source_id": "s3", "url": "https://example.org/3"}]
    assert found(sources.source_twice, sources=rows) == ["s2"]
    bare = [{**each, "url": ""} for each in rows]
    assert found(sources.source_twice, sources=bare) == []


@pytest.mark.parametrize(
    ("kind", "title", "publisher", "host", "wrong"),
    [
        ("official", "公报", "", "tj.example.gov.cn", False),
        ("official", "公报", "", "gov.cn", False),
        ("official", "公报", "", "notgov.cn", True),
        ("official", "公报", "", "example.org", True),
        ("official", "公报(转载)", "", "tj.example.gov.cn", False),
        ("media", "新闻", "", "example.org", False),
        ("media", "新闻(转载)", "", "example.org", True),
        ("media", "新闻", "镜像", "example.org", True),
        ("media", "新闻", "", "tj.example.gov.cn", True),
        ("repost", "新闻", "", "example.org", True),
        ("repost", "新闻", "某站转载", "example.org", False),
        ("unheard-of", "新闻", "", "example.org", False),
        ("official", "公报", "", "localhost", False),  # no address: another rule's
    ],
)  # fmt: skip
def test_a_source_is_of_the_kind_that_its_address_and_title_say(
    kind: str, title: str, publisher: str, host: str, wrong: bool
) -> None:
    own = {**SOURCE, "kind": kind, "title": title, "publisher": publisher, "url": f"https://{host}/1"}
    assert found(sources.source_kind_differs, sources=[own]) == ["s1"] * wrong
    if not publisher:
        update = {"source_kind": kind, "source_title": title, "source_url": f"https://{host}/1"}
        made = plan(updates=[update])
        assert [hit.key for hit in sources.source_kind_differs(world(made), made)] == ["u1"] * wrong


@pytest.mark.parametrize(
    ("url", "published", "wrong"),
    [
        ("https://a.cn/html/2025-04/08/content_38.htm", "2024-04-08", True),
        ("https://a.cn/html/2025-04/08/content_38.htm", "2025-04-07", False),  # the clocks of two places differ
        ("https://a.cn/html/2025-04/08/content_38.htm", "2025-04-09", False),
        ("https://a.cn/20250408/1.htm", "2025-04-06", True),
        ("https://a.cn/art/2025/4/8/art_12.html", "2015-04-08", True),
        ("https://a.cn/art/2025/0231/1.html", "2015-04-08", False),  # no day
        ("https://a.cn/art_1229357648_4061140.html", "2015-04-08", False),
        ("https://a.cn/2025-04/08/", "", False),
    ],
)
def test_no_source_is_published_before_the_day_in_its_address(url: str, published: str, wrong: bool) -> None:
    own = {**SOURCE, "url": url, "published": published}
    package = figures([own], [{**OWN, "observation_id": "o1", "period": "2025"}])
    assert said(sources.published_before_address, package, world()) == [("s1", "published")] * wrong
    assert not (wrong and said(rules.period_after_source, package, world()))  # one mistake, one message
