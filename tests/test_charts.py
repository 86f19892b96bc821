"""The charts: their values, their words, and that their bytes do not hang on a machine's fonts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd

from openplans import charts

NAMES = {"990000": "例省", "990101": "例县"}


def points(*rows: tuple[str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"region_code": code, "year": year, "converted": value, "label": f"{value:g}", "main": True}
            for code, year, value in rows
        ]
    )


def drawn(frame: pd.DataFrame, cache: Path) -> str:
    [drawing] = charts.draw([charts.GoalPath(frame, NAMES)], cache)
    return charts.accessible(drawing, "收入比 <x>", "例县 2025 年 1.6")


def texts(svg: str) -> list[str]:
    return re.findall(r"<text [^>]*>([^<]+)</text>", svg)


def test_one_region_has_its_values_at_the_points(tmp_path: Path) -> None:
    shown = texts(drawn(points(("990101", 2023, 20), ("990101", 2025, 60), ("990101", 2027, 100)), tmp_path))
    assert [each for each in shown if each in ("20", "60", "100")][-3:] == ["20", "60", "100"]
    assert {"2023", "2025", "2027"} <= set(shown)


def test_several_regions_are_named_at_the_end_of_their_lines(tmp_path: Path) -> None:
    shown = texts(drawn(points(("990000", 2025, 85), ("990000", 2027, 95), ("990101", 2025, 80)), tmp_path))
    assert {"例省 95", "例县 80"} <= set(shown)


def test_labels_of_near_values_do_not_cover_each_other() -> None:
    spec = json.loads(charts.GoalPath(points(("990000", 2027, 1.5), ("990101", 2027, 1.51)), NAMES).specification())
    [values] = spec["datasets"].values()
    heights = sorted(row["end_at"] for row in values)
    low, high = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert (heights[1] - heights[0]) / (high - low) * charts.HEIGHT >= charts.LABEL_GAP - 0.01


def test_a_chart_speaks_and_follows_the_theme(tmp_path: Path) -> None:
    svg = drawn(points(("990101", 2023, 1.7), ("990101", 2025, 1.6)), tmp_path)
    assert (
        '<svg class="op-chart" role="img"' in svg
        and "<title>收入比 &lt;x&gt;</title><desc>例县 2025 年 1.6</desc>" in svg
    )
    assert (
        'stroke="var(--op-line-2, #D55E00)"' in svg
        and "<script" not in svg
        and "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    )


def test_the_layout_measures_no_text(tmp_path: Path) -> None:
    def box(names: dict[str, str]) -> str:
        frame = points(("990000", 2025, 85), ("990101", 2025, 80))
        [drawing] = charts.draw([charts.GoalPath(frame, names)], tmp_path)
        return re.sub(r">[^<>]+</text>", "></text>", drawing)

    assert box(NAMES) == box({"990000": "一个名字很长很长的省份", "990101": "iiii"})


def test_a_chart_is_drawn_once(tmp_path: Path) -> None:
    frame = points(("990101", 2023, 20), ("990101", 2025, 60))
    drawn(frame, tmp_path)
    [kept] = tmp_path.iterdir()
    kept.write_text('<svg viewBox="0 0 1 1"><g/></svg>', encoding="utf-8")
    assert drawn(frame, tmp_path).endswith("</desc><g/></svg>")


def test_an_axis_ends_at_a_value_that_cannot_be_exceeded() -> None:
    spec = json.loads(
        charts.GoalPath(points(("990101", 2023, 50), ("990101", 2025, 98)), NAMES, ceiling=100.0).specification()
    )
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"][1] == 100


def test_a_region_keeps_its_colour_in_every_chart(tmp_path: Path) -> None:
    alone = drawn(points(("990101", 2023, 20), ("990101", 2025, 60)), tmp_path)
    together = drawn(points(("990000", 2025, 85), ("990101", 2025, 60)), tmp_path)
    assert (
        "--op-line-1" not in alone
        and "--op-line-2" in alone
        and {"--op-line-1", "--op-line-2"} <= set(re.findall(r"--op-line-\d", together))
    )


def test_both_values_of_a_contradiction_are_drawn_and_the_line_goes_through_one(tmp_path: Path) -> None:
    frame = points(("990101", 2023, 50), ("990101", 2025, 90), ("990101", 2025, 80)).assign(main=[True, False, True])
    spec = json.loads(charts.GoalPath(frame, NAMES).specification())
    [values] = spec["datasets"].values()
    assert [row["converted"] for row in values] == [50, 90, 80]
    assert spec["layer"][0]["transform"] == [{"filter": "datum.main"}]


def test_totals_begin_at_zero_and_counts_are_not_joined() -> None:
    spec = json.loads(
        charts.GoalPath(
            points(("990101", 2023, 5), ("990101", 2025, 5)), NAMES, from_zero=True, joined=False
        ).specification()
    )
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == 0
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["point", "text", "text"]
