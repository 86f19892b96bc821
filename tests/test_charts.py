"""The charts: their layout, their colours, and that their bytes do not hang on a machine's fonts."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from openplans.artifacts.builder import Builder
from openplans.artifacts.executor import serial
from openplans.artifacts.store import Store
from openplans.charts import NARROW, SIZES, WIDE, Chart, draw, drawings, layout
from openplans.charts.chart import MANY
from openplans.charts.style import INK, LINES, PAGE, QUIET, VARIABLES, Size
from openplans.charts.vega_lite import specification
from openplans.facts.model import Facts
from openplans.pages import concept_charts
from openplans.paths import HOUSE
from tests import colours
from tests.boxes import faults
from tests.conftest import facts_of

NAMES = {"990000": ("例省", "Wide"), "990101": ("例县", "Tiny"), "990102": ("邻县", "Next")}
WORDS = {
    **{code: names[0] for code, names in NAMES.items()},
    "unit": "亿元",
    "reached": "实际",
    "comma": "、",
    "average": "年均",
}
THEMES = {"light": 0, "dark": 1}


def point(code: str, year: int, value: float, comparator: str = "eq", **more: Any) -> dict[str, Any]:
    row = {
        "region_code": code,
        "year": year,
        "kind": "target",
        "converted": value,
        "converted_max": None,
        "main": True,
        "basis": "by",
    }
    return {**row, "comparator": comparator, "printed": f"{value:g}亿元", "quote": "原文", "link": ["p", "c"], **more}


def chart(*rows: dict[str, Any], **more: Any) -> Chart:
    return Chart(
        pd.DataFrame(rows),
        NAMES,
        ("亿元", "100 million yuan"),
        **{
            "reference": "990000",
            "reached": ("实际", "actual"),
            "comma": ("、", ", "),
            "average": ("年均", "a year"),
            **more,
        },
    )


def never(work: Callable[[Any], Any], items: Iterable[Any], waiting: int = 0) -> Iterator[Any]:
    """An executor that is asked for nothing."""
    assert list(items) == []
    return iter(())


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def points(chart: Chart) -> list[dict[str, Any]]:
    """The data of the layer of targets."""
    [layer] = [each for each in specification(chart)["layer"] if each.get("name") == "targets"]
    return values(chart, layer)


def values(chart: Chart, layer: dict[str, Any]) -> list[dict[str, Any]]:
    data = layer["data"]
    return list(data["values"] if "values" in data else specification(chart)["datasets"][data["name"]])


def labels(chart: Chart) -> dict[str, dict[str, Any]]:
    """The labels with a halo, by their text."""
    layers = [each for each in specification(chart)["layer"] if each["mark"].get("strokeJoin")]
    return {row["text"]: row for layer in layers for row in values(chart, layer)}


def test_one_region_has_its_values_at_the_points_and_its_name_at_the_end() -> None:
    world = chart(point("990101", 2023, 20), point("990101", 2025, 60), point("990101", 2027, 100, "ge"))
    assert {"20", "60", "例县 ≥100", "2023", "2025", "2027", "亿元"} <= set(texts(draw(world).svg(WORDS)))


def test_several_regions_are_named_at_the_end_of_their_lines() -> None:
    world = chart(point("990000", 2025, 85), point("990000", 2027, 95, "le"), point("990101", 2025, 80, "approx"))
    shown = texts(draw(world).svg(WORDS))
    assert {"例省 ≤95", "例县 ≈80"} <= set(shown) and "85" not in shown


def test_regions_in_one_year_stand_in_rows_the_highest_first() -> None:
    world = chart(point("990000", 2027, 90), point("990101", 2027, 95, "ge"), point("990102", 2027, 5, "gt"))
    shown = texts(draw(world).svg(WORDS))
    assert world.form == "rows" and "亿元 · 2027" in shown
    assert [each for each in shown if each in ("例省", "例县", "邻县")] == ["例县", "例省", "邻县"]
    assert {"90", "≥95", "&gt;5"} <= set(shown)


def test_a_range_shows_both_its_ends() -> None:
    world = chart(point("990101", 2025, 5, "range", converted_max=8), point("990101", 2027, 15000))
    assert {"5—8", "例县 15,000"} <= set(texts(draw(world).svg(WORDS)))


def test_a_value_is_printed_with_all_its_digits() -> None:
    shown = texts(draw(chart(point("990101", 2025, 0.329), point("990101", 2027, 99.98))).svg(WORDS))
    assert {"0.329", "例县 99.98"} <= set(shown)


def test_a_narrow_plot_has_more_room_where_labels_stand_among_its_lines() -> None:
    ends = [point(code, 2022, 40 + 5 * number, kind="reached") for number, code in enumerate(("990101", "990102"))]
    plain, crowded = chart(point("990000", 2027, 90), ends[0]), chart(point("990000", 2027, 90), *ends)
    assert draw(crowded).height > draw(plain).height
    assert draw(crowded, WIDE).height == draw(plain, WIDE).height


def test_the_province_is_drawn_in_ink_and_thicker() -> None:
    rows = [point(code, year, 50 + year % 10) for code in ("990000", "990101") for year in (2025, 2027)]
    world = chart(*rows)
    lines = [each for each in specification(world)["layer"] if each["mark"]["type"] == "line"]
    widths = {row["region_code"]: each["mark"]["strokeWidth"] for each in lines for row in values(world, each)}
    assert world.colours == {"990000": INK, "990101": LINES[0]} and widths == {"990101": 1.6, "990000": 2.6}


def test_targets_are_hollow_circles_and_reached_values_filled_diamonds() -> None:
    world = chart(point("990101", 2023, 45, kind="reached"), point("990101", 2027, 60))
    marks = {each["name"]: each["mark"] for each in specification(world)["layer"] if "name" in each}
    assert marks["targets"]["filled"] is False and "shape" not in marks["targets"]
    assert marks["reached"]["filled"] is True and marks["reached"]["shape"] == "diamond"
    assert marks["reached"]["stroke"] == INK
    assert {"例县 实际 45", "例县 60"} <= set(texts(draw(world).svg(WORDS)))


def test_every_diamond_is_called_by_its_region_and_as_an_actual_figure() -> None:
    """Beside a promise of another region it reads as that region's own."""
    world = chart(
        point("990101", 2022, 622, kind="reached"),
        point("990102", 2027, 600, "gt"),
        point("990102", 2023, 450, kind="reached"),
    )
    assert {"例县 实际 622", "邻县 实际 450", "邻县 &gt;600"} <= set(texts(draw(world).svg(WORDS)))
    rows = chart(point("990101", 2023, 622, kind="reached"), point("990102", 2023, 600, "gt"))
    assert rows.form == "rows" and {"例县", "实际 622", "&gt;600"} <= set(texts(draw(rows).svg(WORDS)))
    told = {
        row["printed"] for layer in specification(world)["layer"] for row in values(world, layer) if "printed" in row
    }
    assert {each for each in told if "\ue000reached\ue001" in each} == {
        "\ue000reached\ue001 622亿元",
        "\ue000reached\ue001 450亿元",
    }


@pytest.mark.parametrize(
    ("numbers", "more", "ticks"),
    [
        ([5, 5], {"from_zero": True}, [0, 2, 4, 6]),
        ([20, 100], {"ceiling": 100}, [0, 25, 50, 75, 100]),
        ([55, 76.5], {"ceiling": 100}, [40, 60, 80, 100]),
        ([4, 5], {"ceiling": 100}, [3, 4, 5]),
        ([0, 2], {"from_zero": True}, [0, 1, 2]),
        ([1.5, 1.82], {}, [1.2, 1.4, 1.6, 1.8, 2]),
        ([0.329, 15], {"from_zero": True}, [0, 5, 10, 15]),
        ([0, 0], {"from_zero": True}, [0, 1]),
        ([-3, 5], {}, [-4, -2, 0, 2, 4, 6]),
        ([-16, -12], {}, [-20, -15, -10, -5, 0]),
        ([1.48, 1.54], {}, [1, 1.2, 1.4, 1.6]),  # a difference of 4 % is no cliff
        ([99.98, 99.99], {"ceiling": 100}, [99.96, 99.97, 99.98, 99.99, 100]),  # how far from 100 matters
        ([93, 100], {"ceiling": 100}, [85, 90, 95, 100]),
    ],
)
def test_an_axis_begins_at_zero_or_far_from_it_and_ends_at_what_cannot_be_exceeded(
    numbers: list[float], more: dict[str, Any], ticks: list[float]
) -> None:
    assert layout.ticks(numbers, **more) == ticks


def test_an_axis_that_does_not_begin_at_zero_has_a_break() -> None:
    def shapes(world: Chart) -> list[str]:
        return [each["mark"]["shape"] for each in specification(world)["layer"] if "M" in each["mark"].get("shape", "")]

    narrow = [point("990101", 2025, 1.5), point("990101", 2027, 1.6)]
    assert chart(*narrow).truncated and len(shapes(chart(*narrow))) == 1
    assert not chart(*narrow, from_zero=True).truncated and shapes(chart(*narrow, from_zero=True)) == []


def test_places_are_spread_and_kept_inside() -> None:
    assert layout.spread([10, 12, 50], 14, 0, 100) == [10, 24, 50]
    assert layout.spread([95, 99, 97], 14, 0, 100) == [72, 100, 86]
    assert layout.spread([], 14, 0, 100) == []


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        ([0], [0]),
        ([0, 15, 30], [0, 1, 2]),
        ([0, 10, 20, 30], [0, 3]),  # the third is too near to the last one, which stays
        ([0, 10, 20, 30, 50], [0, 2, 4]),
    ],
)
def test_ticks_that_stand_too_near_lose_their_labels_but_for_the_ends(places: list[float], kept: list[int]) -> None:
    assert layout.thinned(places, 15) == kept


def test_labels_of_near_values_do_not_cover_each_other() -> None:
    world = chart(point("990101", 2025, 1), point("990101", 2027, 1.5), point("990102", 2027, 1.51), from_zero=True)
    heights = sorted(row["height"] for text, row in labels(world).items() if " " in text)
    pixels_apart = (heights[1] - heights[0]) / (world.ticks[-1] - world.ticks[0]) * 150
    assert pixels_apart == pytest.approx(14, abs=0.01)


def spots(*boxes: tuple[float, float], point: layout.Box) -> list[layout.Spot]:
    """Spots of labels 40 pixels wide, the first the most wanted."""
    return [layout.Spot(layout.Box(x, y, 20, 7), point, cost) for cost, (x, y) in enumerate(boxes)]


def test_a_label_takes_the_cheapest_spot() -> None:
    mark = layout.Box(50, 40, 6, 6)
    above, below = (50, 27), (50, 53)
    wanted = spots(above, below, point=mark)

    def first(*points: layout.Box, lines: tuple[layout.Box, ...] = ()) -> tuple[float, float]:
        box = layout.ranked(wanted, [mark, *points], lines)[0].box
        return box.x, box.y

    assert first() == above
    assert first(layout.Box(50, 25, 6, 6)) == below  # another mark is left free
    assert first(layout.Box(50, 15, 3, 3)) == below  # nor is a label nearer to it than to its own
    assert first(lines=(layout.Box(50, 25, 1, 1),)) == below  # a line is left free, too
    assert first(layout.Box(50, 55, 6, 6), lines=(layout.Box(50, 25, 1, 1),)) == above  # or passes behind
    [far] = spots((50, 90), point=mark)
    assert far.far and far.leader == (50, 83) and not wanted[0].far
    blocked, free = layout.ranked([far], [mark, layout.Box(50, 60, 6, 6)], []), layout.ranked([far], [mark], [])
    assert blocked[0].cost > free[0].cost + layout.OTHERS  # the line that leads to it crosses no mark


def test_labels_make_room_for_each_other() -> None:
    """The first label would take the only place of the second."""
    left, right = layout.Box(40, 40, 6, 6), layout.Box(60, 40, 6, 6)
    one, other = spots((50, 27), (50, 53), point=left), spots((50, 27), point=right)
    assert layout.placed([one, other], []) == [one[1], other[0]]
    assert layout.placed([one], [one[0].box]) == [one[1]]
    assert layout.placed([other], [other[0].box]) == [None]  # no place: no label
    [far] = spots((50, 90), point=left)
    assert layout.placed([[far]], [layout.Box(44, 65, 3, 3)]) == [None]  # the line that leads to it covers none either


def test_a_line_is_passed_by_in_pieces_from_end_to_end() -> None:
    assert [(box.x, box.y) for box in layout.along(0, 0, 8, 2)] == [(0, 0), (4, 1), (8, 2)]
    assert len(list(layout.along(5, 5, 5, 5))) == 2


def test_labels_of_different_years_do_not_cover_each_other() -> None:
    near = [point(code, 2020 + n, 50 + n, kind="reached") for n, code in enumerate(NAMES)]
    found = labels(chart(*near, point("990101", 2027, 60)))
    spots = [(row["at"], row["height"]) for text, row in found.items() if "reached" in text]
    assert len(spots) == 3 and len({height for _, height in spots}) == 3


def test_marks_that_coincide_stay_on_their_year_and_are_named_together() -> None:
    world = chart(point("990101", 2023, 50), point("990101", 2025, 100), point("990102", 2025, 100))
    both = [row for row in points(world) if row["converted"] == 100]
    assert both[0]["area"] > both[1]["area"], "the larger one lies below"
    assert [row["at"] for row in both] == [2025, 2025] and len({row["area"] for row in both}) == 2
    assert "例县、邻县 100" in texts(draw(world).svg(WORDS))


def test_a_line_that_passes_through_the_end_of_another_is_named_there_too() -> None:
    steps = [point("990102", 2023, 20), point("990102", 2025, 60), point("990102", 2027, 100)]
    told = texts(draw(chart(point("990101", 2025, 60, "ge"), *steps)).svg(WORDS))
    assert {"例县 ≥60、邻县 60", "邻县 100"} <= set(told)
    same = texts(draw(chart(point("990101", 2025, 60), *steps)).svg(WORDS))
    assert "例县、邻县 60" in same
    wide = {**NAMES, "990102": ("一二三四五六七八九十一二三四五六七八九十", "A Very Long Name")}
    told = texts(draw(replace(chart(point("990101", 2025, 60, "ge"), *steps), names=wide)).svg(WORDS))
    assert "例县 ≥60" in told


def test_regions_that_would_take_too_much_room_together_have_a_label_each() -> None:
    names = dict.fromkeys(NAMES, ("一二三四五六七八九十", "A Very Long Name"))
    rows = [point("990101", 2023, 50), point("990101", 2025, 100), point("990102", 2025, 100)]
    world = replace(chart(*rows), names=names)
    found = [
        row["text"]
        for layer in specification(world)["layer"]
        if (layer.get("name") or "").startswith("label")
        for row in values(world, layer)
    ]
    assert len(found) == 2 and not [text for text in found if "comma" in text]


def test_values_that_are_all_equal_are_no_drawing() -> None:
    equal = chart(point("990101", 2027, 98, "ge"), point("990102", 2027, 98))
    assert equal.form == "equal" and draw(equal).body == draw(equal).vega == ""
    assert chart(point("990101", 2027, 98), point("990102", 2027, 98, kind="reached")).form == "rows"
    assert chart(point("990101", 2027, 98), point("990102", 2027, 99)).form == "rows"


def test_a_region_alone_has_a_small_form() -> None:
    alone, both = (
        chart(point("990101", 2023, 5), point("990101", 2025, 7)),
        chart(point("990101", 2023, 5), point("990102", 2025, 7)),
    )
    assert alone.alone and not both.alone
    assert draw(alone, WIDE).height < draw(both, WIDE).height and draw(alone).height < draw(both).height


def test_what_is_counted_over_years_says_so() -> None:
    world = chart(point("990101", 2027, 100), point("990102", 2027, 200), period=("2023—2027合计", "in all"))
    assert "亿元 · 2023—2027合计" in texts(draw(world).svg({**WORDS, "period": "2023—2027合计"}))
    average = chart(point("990101", 2027, 6, "ge", basis="average"), point("990102", 2025, 7))
    assert "例县 ≥6 年均" in texts(draw(average).svg(WORDS))


def test_a_wide_chart_takes_the_room_that_it_has() -> None:
    world = chart(point("990101", 2023, 20), point("990102", 2025, 60))
    for size in SIZES.values():
        spec = specification(world, size)
        assert spec["width"] + spec["padding"]["left"] + spec["padding"]["right"] == size.width
    assert draw(world, WIDE).height > draw(world, NARROW).height


def test_every_text_stands_once() -> None:
    world = chart(point("990101", 2023, 20), point("990101", 2025, 60), point("990102", 2025, 40))
    shown = texts(draw(world).svg(WORDS))
    assert len(shown) == len(set(shown)) and draw(world).svg(WORDS).count('paint-order="stroke"') == 2
    live = json.loads(draw(world).interactive(WORDS))
    rims = {mark["name"]: "stroke" in mark["encode"]["update"] for mark in live["marks"] if mark["type"] == "text"}
    assert not [name for name in rims if name.startswith("halo")] and rims["label_left_marks"]


def drawn(facts: Facts) -> Iterator[tuple[str, str, float]]:
    """Every chart in both sizes and languages: what it is, its body and its width."""
    for concept_id, world in concept_charts.wanted(facts).items():
        for name, size in SIZES.items():
            drawing = draw(world, size)
            for number, language in enumerate(("zh", "en")):
                said = {slot: each[number] for slot, each in {**world.names, **world.words}.items()}
                yield f"{concept_id} {name} {language}", drawing.plain_svg(said), size.width


def test_no_text_covers_another_an_axis_a_mark_or_a_line_in_any_chart() -> None:
    found = {what: wrong for what, body, width in drawn(facts_of(HOUSE)) if (wrong := faults(body, width))}
    assert found == {}


def test_a_text_that_covers_what_it_may_not_is_found() -> None:
    """The measure itself: two labels at one place, one on the axis, one on a line and a mark."""
    body = (
        '<text transform="translate(10,20)">一二</text><text transform="translate(20,22)">三四</text>'
        '<line transform="translate(0,18)" x2="50" y2="0" stroke="#55656b"/>'
    )
    assert faults(body, 60) == ["一二 covers 三四", "一二 covers an axis", "三四 covers an axis"]
    assert faults(body, 40) == [*faults(body, 60), "三四 leaves the chart", " leaves the chart"]
    drawn = (
        '<text transform="translate(10,20)">一二</text><path d="M0,0L40,40" stroke="#000"/>'
        '<path transform="translate(20,16)" d="M0,-4L4,0L0,4L-4,0Z" stroke="#000"/>'
        '<path transform="translate(90,16)" d="M4,0A4,4,0,1,1,-4,0A4,4,0,1,1,4,0" stroke="#000"/>'
    )
    assert faults(drawn, 100) == ["一二 covers a line", "一二 covers a mark"]


def of_many(count: int) -> Chart:
    """A chart of so many regions beside the province."""
    codes = [f"9902{number:02d}" for number in range(count)]
    names = {code: (code, code) for code in ["990000", *codes]}
    rows = [point(code, year, number + year % 10) for number, code in enumerate(names) for year in (2025, 2027)]
    return Chart(pd.DataFrame(rows), names, ("个", "items"), reference="990000")


def test_as_many_regions_as_there_are_colours_have_one_each() -> None:
    assert sorted(of_many(len(LINES)).colours.values()) == sorted([INK, *LINES])
    assert of_many(len(LINES)).told_apart and not of_many(len(LINES) + 1).told_apart


def test_of_more_regions_than_colours_only_the_ends_and_the_province_are_named() -> None:
    world = of_many(9)
    assert {text[1:7] for text in labels(world)} == {"990000", "990208"}
    assert set(world.colours.values()) == {INK, QUIET}


def test_a_chart_whose_last_year_only_unnamed_regions_reach_is_drawn() -> None:
    codes = [f"9902{number:02d}" for number in range(9)]
    names = {code: (code, code) for code in ["990000", *codes]}
    rows = [point(code, 2025, number) for number, code in enumerate(names)] + [point("990204", 2027, 5)]
    world = Chart(pd.DataFrame(rows), names, ("个", "items"), reference="990000")
    assert points(world)[-1]["year"] == 2027 and {text[1:7] for text in labels(world)} == {"990000", "990208"}


def crowd(count: int, **more: Any) -> Chart:
    """A chart of so many regions and their province, in two years; of a few there are actual figures."""
    codes = [f"99{number:04d}" for number in range(101, 101 + count)]
    names = {code: (f"第{code[2:]}县", f"County {code[2:]}") for code in codes} | {"990000": ("例省", "Wide")}
    rows = [point(code, year, number + year - 2025, "ge") for number, code in enumerate(codes) for year in (2025, 2027)]
    rows += [point("990000", 2027, 12, "ge")]
    rows += [point(code, 2024, number, kind="reached") for number, code in enumerate(codes[:3])]
    words = {"lowest": ("最低", "lowest"), "median": ("中位", "median"), "highest": ("最高", "highest")}
    rows.sort(key=lambda row: (row["region_code"], row["year"], row["kind"]))
    world = chart(*rows, ends=words, **more)
    return replace(world, names=names)


CROWD_WORDS = {
    **WORDS, **{f"990{number}": f"第{number}县" for number in range(101, 160)},
    "lowest": "最低", "median": "中位", "highest": "最高",
}  # fmt: skip


def test_of_many_regions_the_spread_is_drawn() -> None:
    few, many = crowd(MANY - 1), crowd(MANY)
    assert (few.form, many.form) == ("lines", "spread")
    shown = set(texts(draw(many).svg(CROWD_WORDS)))
    assert {
        "实际 2024", "2025", "2027", "例省 ≥12", "最低 0  中位 1  最高 2",
        "最低 ≥0  中位 14.5  最高 ≥29", "最低 ≥2  中位 16.5  最高 ≥31",
    } <= shown  # fmt: skip
    marked = [(each["region_code"], each["year"], each["kind"]) for each in many.shown.to_dict("records")]
    assert marked == [
        ("990000", 2027, "target"),
        ("990101", 2024, "reached"), ("990101", 2025, "target"), ("990101", 2027, "target"),
        ("990103", 2024, "reached"), ("990130", 2025, "target"), ("990130", 2027, "target"),
    ]  # fmt: skip


def test_a_row_of_a_spread_says_once_what_is_equal_and_names_the_only_region() -> None:
    world = crowd(MANY)
    frame = world.points.astype({"converted": float})
    frame.loc[(frame.year == 2025) & (frame.kind == "target"), "converted"] = 7.0
    frame = frame[(frame.kind == "target") | (frame.region_code == "990102")].reset_index(drop=True)
    shown = set(texts(draw(replace(world, points=frame)).svg(CROWD_WORDS)))
    assert {"≥7", "第102县 1"} <= shown


def test_the_spread_of_many_regions_takes_no_more_room_than_that_of_some() -> None:
    some, many = draw(crowd(40)), draw(crowd(400))
    assert many.height == some.height and len(many.body) < 1.1 * len(some.body)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("place", [0, 15, 29], ids=["low", "middle", "high"])
@pytest.mark.parametrize("far", [29, 1234567.125], ids=["short", "long"])
def test_no_text_of_a_spread_covers_another(size: Size, place: int, far: float) -> None:
    world = crowd(MANY)
    world = replace(world, points=world.points.astype({"converted": float}))
    world.points.loc[world.points.region_code == "990000", "converted"] = float(place)
    world.points.loc[world.points.region_code == "990130", "converted"] = far
    assert faults(draw(world, size).svg(CROWD_WORDS), size.width) == []


def test_a_spread_has_both_values_of_plans_that_contradict_themselves() -> None:
    """Also where all of them do, and of the region above."""
    codes = [f"99{number:04d}" for number in range(101, 141)] + ["990000"]
    rows = [point(code, 2027, value, main=False) for code in sorted(codes) for value in (7.0, 9.0)]
    world = replace(crowd(40), points=pd.DataFrame(rows))
    assert world.form == "spread" and len(world.compared) == 80
    assert {"最低 7  中位 8  最高 9", "例省 7 / 9"} <= set(texts(draw(world).svg(CROWD_WORDS)))


def test_in_a_spread_nothing_dims_when_a_reader_points_at_a_mark() -> None:
    few, many = (json.dumps(specification(crowd(count))) for count in (MANY - 1, MANY))
    assert "focus ==" in few and "focus ==" not in many


def test_the_bar_of_a_spread_holds_the_middle_half() -> None:
    layers = specification(crowd(41))["layer"]
    [half] = [each for each in layers if each["encoding"].get("x", {}).get("field") == "lower"]
    [target] = [each for each in values(crowd(41), half) if each["height"] == "2025"]
    assert (target["lower"], target["upper"]) == (10, 30)


def test_a_region_keeps_its_colour_in_every_chart() -> None:
    alone = chart(point("990102", 2023, 20), point("990102", 2025, 60))
    together = chart(point("990000", 2025, 85), point("990101", 2023, 70), point("990102", 2025, 60))
    assert alone.colours["990102"] == together.colours["990102"] == LINES[1]


def test_both_values_of_a_contradiction_are_drawn_named_and_held_by_a_band_and_no_line_goes_through_them() -> None:
    rows = [
        point("990101", 2021, 40),
        point("990101", 2023, 50),
        point("990101", 2025, 90, main=False),
        point("990101", 2025, 80, main=False),
    ]
    world = chart(*rows, point("990102", 2025, 60))
    layers = specification(world)["layer"]
    [line] = [each for each in layers if each["mark"]["type"] == "line"]
    [band] = [each for each in layers if each["mark"].get("strokeCap") == "round"]
    assert [row["converted"] for row in points(world)] == [40, 50, 90, 80, 60]
    assert [row["height"] for row in values(world, line) if row["region_code"] == "990101"] == [40, 50]
    assert [(row["at"], row["height"], row["to"]) for row in values(world, band)] == [(2025, 80, 90)]
    assert band["mark"]["strokeWidth"] > 2 * max(row["area"] for row in points(world)) ** 0.5  # seen around the marks
    assert {"例县 90", "例县 80"} <= set(texts(draw(world).svg(WORDS)))


def test_counts_of_single_years_are_not_joined() -> None:
    world = chart(point("990101", 2023, 5), point("990101", 2025, 5), from_zero=True, joined=False)
    assert "line" not in {each["mark"]["type"] for each in specification(world)["layer"]}


def test_a_drawing_follows_the_theme_and_needs_neither_style_nor_script() -> None:
    svg = draw(chart(point("990101", 2023, 1.7), point("990101", 2025, 1.6))).svg(WORDS)
    assert f'stroke="var(--op-line-1, {LINES[0]})"' in svg and "var(--op-page, #ffffff)" in svg
    assert not re.search(r"style|script|class=|href|font-family|http", svg)
    assert set(re.findall(r"#[0-9a-f]{3,6}", svg)) <= set(VARIABLES)


def test_a_drawing_for_a_file_has_its_own_colours() -> None:
    svg = draw(chart(point("990101", 2023, 1.7), point("990101", 2025, 1.6))).plain_svg(WORDS)
    assert f'stroke="{LINES[0]}"' in svg and "var(" not in svg


def test_names_are_text() -> None:
    drawing = draw(chart(point("990101", 2023, 1), point("990101", 2025, 2)))
    names = {**WORDS, "990101": '<b>"&'}
    assert "&lt;b&gt;&quot;&amp; 2" in drawing.svg(names)
    assert '<b>"& 2' in json.dumps(json.loads(drawing.specification(names)), ensure_ascii=False).replace('\\"', '"')
    assert json.loads(drawing.interactive(names))["signals"]


def test_names_of_any_language_fit_beside_the_plot() -> None:
    rows = [point("990101", 2025, 80), point("990101", 2027, 85)]
    long = {**NAMES, "990101": ("例县", "A Long Name")}
    short, wide = specification(chart(*rows)), specification(Chart(pd.DataFrame(rows), long, ("%", "%")))
    assert wide["padding"]["right"] > short["padding"]["right"] and wide["width"] < short["width"]
    for each in (short, wide):
        assert each["width"] + each["padding"]["left"] + each["padding"]["right"] == pytest.approx(320)


def test_the_layout_hangs_on_no_font() -> None:
    """The same letters in other words of the same width: nothing but the words differs."""

    def box(name: str) -> str:
        rows = [point("990000", 2025, 85), point("990101", 2023, 80)]
        return draw(Chart(pd.DataFrame(rows), {**NAMES, "990101": (name, "Tiny")}, ("%", "%"))).body

    assert box("一二三四五六") == box("永永永永永永")


def test_a_chart_is_drawn_once(tmp_path: Path) -> None:
    world, store = chart(point("990101", 2023, 20), point("990101", 2025, 60)), Store(tmp_path)
    first = list(drawings([world], Builder(store, serial)))
    assert first == [{name: draw(world, size) for name, size in SIZES.items()}]
    assert list(drawings([world], Builder(store, never))) == first


def test_a_region_that_is_not_drawn_changes_no_drawing_but_one_that_takes_its_colour() -> None:
    world = chart(point("990101", 2023, 20), point("990101", 2025, 60))
    assert replace(world, names={**NAMES, "990103": ("远县", "Far")}).identity == world.identity
    assert replace(world, names={"990100": ("前市", "Before"), **NAMES}).identity != world.identity


def palette(theme: str) -> dict[str, str]:
    """The colours of the stylesheet in a theme, by variable."""
    css = (HOUSE / "templates/assets/openplans.css").read_text(encoding="utf-8")
    pairs = re.findall(r"(--op-[a-z0-9-]+): var\(--op-light, (#\w+)\) var\(--op-dark, (#\w+)\)", css)
    return {name: both[THEMES[theme]] for name, *both in pairs if name in VARIABLES.values()}


def test_the_stylesheet_has_the_colours_of_the_charts() -> None:
    def full(colour: str) -> str:
        return colour if len(colour) == 7 else "#" + "".join(2 * each for each in colour[1:])

    assert {full(colour): name for name, colour in palette("light").items()} == VARIABLES


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", colours.SIGHTS)
def test_any_two_lines_are_told_apart(theme: str, sight: str) -> None:
    """CIEDE2000 of 13 or more; 2 is just seen side by side, 10 at a glance."""
    own = palette(theme)
    lines = [own[VARIABLES[each]] for each in (*LINES, INK)]
    nearest = min(colours.distance(one, other, sight) for one, other in itertools.combinations(lines, 2))
    assert nearest >= 13


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_labels_stand_out_from_the_page(theme: str) -> None:
    own = palette(theme)
    page = own[VARIABLES[PAGE]]
    assert min(colours.contrast(own[VARIABLES[each]], page) for each in LINES) >= 3
    assert min(colours.contrast(own[VARIABLES[each]], page) for each in (INK, QUIET)) >= 4.5


def test_the_distance_of_colours_is_that_of_its_authors() -> None:
    """Pairs 1, 7 and 17 of the test data of Sharma, Wu and Dalal (2005)."""
    pairs: list[tuple[Callable[..., float], tuple[float, ...], tuple[float, ...], float]] = [
        (colours.ciede2000, (50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        (colours.ciede2000, (50, 0, 0), (50, -1, 2), 2.3669),
        (colours.ciede2000, (50, 2.5, 0), (73, 25, -18), 27.1492),
    ]
    assert [round(distance(one, other), 4) for distance, one, other, _ in pairs] == [each[3] for each in pairs]


def expressions(part: object, key: str = "") -> list[str]:
    """Every expression of a specification in Vega."""
    if isinstance(part, dict):
        return [each for name, value in part.items() for each in expressions(value, name)]
    if isinstance(part, list):
        return [each for value in part for each in expressions(value, key)]
    return [part] if isinstance(part, str) and key in ("signal", "test", "expr", "update", "init") else []


@pytest.mark.parametrize("years", [(2025,), (2023, 2025)], ids=["rows", "lines"])
def test_no_name_stands_in_an_expression(years: tuple[int, ...]) -> None:
    """A name is data: Rui'an would break an expression, and another could say what is evaluated."""
    rows = [point(code, year, value) for year in years for code, value in (("990000", 85), ("990101", 80))]
    drawing = draw(chart(*rows))
    assert "\ue000" in drawing.vega, "names are filled in later"
    assert [each for each in expressions(json.loads(drawing.vega)) if "\ue000" in each] == []
    for name in ("Rui'an", "x' || warn('y') || '", '"\\', "</script>", "\u2028"):
        filled = json.loads(drawing.interactive({**dict.fromkeys(NAMES, name), "unit": "%"}))
        assert expressions(filled) == expressions(json.loads(drawing.interactive({"unit": "%"})))
        assert name in json.dumps(filled, ensure_ascii=False) or json.dumps(name)[1:-1] in json.dumps(filled)
