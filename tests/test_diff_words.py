"""A difference in words: each table's rows by their own words, and the four formats."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from openplans.packages.diff import CellChange, Change
from openplans.packages.diff_words import FORMATS, Consequences, Difference, counted, names, parts, said, subject
from openplans.packages.link import World
from openplans.packages.read import Row

NAMES = {
    "990101": "例县", "990102": "例区", "farms": "农庄总数", "k001": "美化村庄",
    "goals": "总体目标", "villages": "村庄",
}  # fmt: skip
TARGET = {
    "indicator": "农庄",
    "period_end": "2027",
    "comparator": "ge",
    "value": Decimal(90),
    "value_max": None,
    "unit": "家",
}


def change(
    table: str, kind: Any = "added", row: dict[str, Any] | None = None, *cells: CellChange, of: Any = "plan"
) -> Change:
    """A change of a row x001 of a package p."""
    return Change("p", of, table, ("x001",), kind, Row(row or {}), cells, 7)


@pytest.mark.parametrize(
    ("table", "row", "zh", "en"),
    [
        ("targets", TARGET, "农庄 2027年目标", "Target 农庄, 2027"),
        ("baselines", {"indicator": "农庄", "period": "2022"}, "农庄 2022年已有数据", "Actual figure 农庄, 2022"),
        ("tasks", {"title": "美化村庄"}, "任务“美化村庄”", "Task 美化村庄"),
        ("projects", {"name": "例河大桥"}, "项目“例河大桥”", "Project 例河大桥"),
        (
            "responsibilities",
            {"task_id": "k001", "name_in_source": "县农业局"},
            "任务“美化村庄”的单位“县农业局”",
            "Unit 县农业局 of task k001",
        ),
        ("responsibilities", {"task_id": "k9", "name_in_source": "甲"}, "任务“k9”的单位“甲”", "Unit 甲 of task k9"),
        (
            "updates",
            {"statement": "一二三四五" * 4 + "六"},
            f"进展“{'一二三四五' * 4}”",
            f"Progress {'一二三四五' * 4}",
        ),
        ("retired", {"id": "t009"}, "停用的编号 t009", "Retired id t009"),
        ("aliases", {"alias": "田庄", "id": "farms"}, "别名“田庄”，指“农庄总数”", "Alias 田庄 of 农庄总数"),
        ("aliases", {"alias": "田庄", "id": "x"}, "别名“田庄”，指“x”", "Alias 田庄 of x"),
        ("datapackage", {}, "说明文件", "Descriptor"),
        ("plan", {"title_zh": "例县方案", "title_en": "A plan", "title": "方案"}, "计划“例县方案”", "Plan A plan"),
        ("plan", {"title": "方案"}, "计划“方案”", "Plan x001"),
        ("plan", {}, "计划“x001”", "Plan x001"),
        ("clauses", {"text": "一、总体目标"}, "条文 一、总体目标", "Clauses 一、总体目标"),
        (
            "clauses",
            {"text": "一二三四五" * 5},
            f"条文 {'一二三四五' * 4}一二三四",
            f"Clauses {'一二三四五' * 4}一二三四",
        ),
        ("references", {"quote": "到2025年", "reason": "date"}, "其他数字 到2025年", "References 到2025年"),
        ("attachments", {"title": "任务表"}, "附件 任务表", "Attachments 任务表"),
        ("notes", {"quote": ""}, "疑点 x001", "Notes x001"),
    ],
)
def test_a_row_is_called_by_what_it_is_about(table: str, row: dict[str, Any], zh: str, en: str) -> None:
    assert subject(change(table, row=row), NAMES) == (zh, en)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"concept_id": "farms"}, "农庄总数"),
        ({"concept_id": "", "target_id": "t001"}, "t001"),
        ({"concept_id": "", "target_id": ""}, ""),
        ({"concept_id": ""}, ""),  # a table of another day
    ],
)
def test_an_actual_figure_is_called_by_its_place_and_what_it_is_of(row: dict[str, str], name: str) -> None:
    made = change("observations", row={"region_code": "990101", "period": "2024", **row}, of="observations")
    assert subject(made, NAMES) == (f"例县 {name} 2024 实际数", f"Actual figure {name}, 990101, 2024")
    assert subject(made, {})[0].startswith("990101 ")


@pytest.mark.parametrize(
    ("table", "row", "zh"),
    [
        ("units", {"unit": "家", "name_en": "piece"}, "计量单位 家"),
        ("regions", {"region_code": "990101", "name_zh": "例县"}, "地区 例县"),
        ("terms", {"term": "例县人民政府", "term_en": "Government"}, "英文译名 例县人民政府"),
        ("organization_names", {"name": "县农业局", "org_id": "a"}, "单位名称写法 县农业局"),
    ],
)
def test_a_row_of_the_registry_is_called_by_its_name(table: str, row: dict[str, str], zh: str) -> None:
    assert subject(change(table, row=row, of="registry"), NAMES)[0] == zh


@pytest.mark.parametrize(
    ("more", "figure"),
    [
        ({}, "≥90家"),
        ({"comparator": "range", "value": Decimal(3), "value_max": Decimal(5)}, "3—5家"),
        ({"comparator": "approx", "unit": ""}, "约90"),
        ({"comparator": "gt", "value": Decimal("1E+4")}, ">10000家"),
        ({"comparator": "le"}, "≤90家"),
        ({"comparator": "lt"}, "<90家"),
        ({"comparator": "eq", "unit": None}, "90"),
        ({"comparator": "unheard-of", "value": 0}, "0家"),
    ],
)
@pytest.mark.parametrize("kind", ["added", "removed"])
def test_the_figure_of_a_row_that_came_or_went_is_told(more: dict[str, Any], figure: str, kind: str) -> None:
    made = change("targets", kind, {**TARGET, **more})
    zh, en = said(made, NAMES)
    assert zh == f"{'新增' if kind == 'added' else '删去'} 农庄 2027年目标：{figure}"
    assert en == f"{kind}: Target 农庄, 2027: {figure}"
    [part] = parts(made, NAMES)
    old, new = (part.old, part.old_zh), (part.new, part.new_zh)
    assert (old, new) == ((("", ""), (figure,) * 2) if kind == "added" else ((figure,) * 2, ("", "")))


@pytest.mark.parametrize("row", [{**TARGET, "value": None}, {"title": "美化村庄"}])
def test_a_row_without_a_figure_is_told_without(row: dict[str, Any]) -> None:
    made = change("tasks" if "title" in row else "targets", "removed", row)
    assert "：" not in said(made, NAMES)[0] and list(parts(made, NAMES)) == []


def test_the_columns_of_a_figure_are_told_as_one_and_before_the_others() -> None:
    made = change(
        "targets",
        "changed",
        {**TARGET, "note": "单位是家"},
        CellChange("note", None, "单位是家"),
        CellChange("value", Decimal(80), Decimal(90)),
        CellChange("comparator", "gt", "ge"),
    )
    assert said(made, NAMES) == (
        "农庄 2027年目标：>80家 → ≥90家；备注 （空） → 单位是家",
        "Target 农庄, 2027: >80家 → ≥90家; Note (empty) → 单位是家",
    )
    assert [(each.title_en, each.old, each.new) for each in parts(made, NAMES)] == [
        ("", ">80家", "≥90家"),
        ("Note", "", "单位是家"),
    ]


def test_a_figure_that_came_or_went_within_a_row_is_empty_on_one_side() -> None:
    came = change("targets", "changed", TARGET, CellChange("value", None, Decimal(90)))
    went = change("targets", "changed", {**TARGET, "value": None}, CellChange("value", Decimal(90), None))
    assert [said(each, NAMES)[1] for each in (came, went)] == [
        "Target 农庄, 2027: (empty) → ≥90家",
        "Target 农庄, 2027: ≥90家 → (empty)",
    ]


def test_every_column_of_a_figure_is_told_in_it() -> None:
    row = {**TARGET, "comparator": "range", "value_max": Decimal(95)}
    made = change("targets", "changed", row, CellChange("value_max", None, Decimal(95)), CellChange("unit", "个", "家"))
    assert said(made, NAMES)[1] == "Target 农庄, 2027: 90个 → 90—95家"


@pytest.mark.parametrize(
    ("table", "cell", "zh", "en"),
    [
        ("regions", CellChange("parent_code", "990101", "990102"), "上级 例县 → 例区", "Parent 990101 → 990102"),
        ("tasks", CellChange("theme_id", "villages", "goals"), "主题 村庄 → 总体目标", "Theme villages → goals"),
        ("projects", CellChange("stage", "start", "complete"), "阶段 要开工 → 要建成", "Stage start → complete"),
        (
            "tasks",
            CellChange("title", "villages", ""),
            "任务名称 villages → （空）",
            "Title villages → (empty)",
        ),  # no id
        ("tasks", CellChange("unheard_of", "a", "b"), "unheard_of a → b", "unheard_of a → b"),
        (
            "datapackage",
            CellChange("region_code", "990101", "990102"),
            "地区 例县 → 例区",
            "region_code 990101 → 990102",
        ),
        ("datapackage", CellChange("issuer", "990101", "乙"), "发文单位 990101 → 乙", "issuer 990101 → 乙"),
        ("datapackage", CellChange("unheard_of", "a", "b"), "unheard_of a → b", "unheard_of a → b"),
        ("units", CellChange("unit", "家", "个"), "单位 家 → 个", "Unit 家 → 个"),
    ],
)
def test_a_cell_that_changed_is_told_by_its_column_and_in_words(table: str, cell: CellChange, zh: str, en: str) -> None:
    row = {"title": "美化村庄", "name": "例河大桥", "unit": "个"}
    told = said(change(table, "changed", row, cell, of="registry" if table in ("units", "regions") else "plan"), NAMES)
    assert tuple(each.partition(mark)[2] for each, mark in zip(told, ("：", ": "), strict=True)) == (zh, en)


def test_a_long_text_is_cut_at_sixty_letters() -> None:
    kept, cut = "甲" * 60, "甲" * 61
    [part] = parts(change("tasks", "changed", {}, CellChange("title", kept, cut)), NAMES)
    assert (part.old, part.new) == (kept, "甲" * 57 + "…")


def test_the_names_of_a_project_are_those_of_regions_units_themes_concepts_and_tasks(tiny_world: World) -> None:
    found = names(tiny_world.project)
    keys = ("990101", "990101-building", "goals", "income-ratio", "990101-tiny-2023-k001")
    assert [found[each] for each in keys] == ["例县", "县住建局", "总体目标", "城乡居民收入比", "美化村庄"]
    project = tiny_world.project
    bare = replace(project, plans=[replace(each, tables={}) for each in project.plans])
    assert "990101" in names(bare) and "990101-tiny-2023-k001" not in names(bare)  # tasks that could not be read


CAME, WENT = change("targets", "added", TARGET), change("retired", "removed", {"id": '<b>[x](y) "@a'})
MENDED = Change(
    "q", "plan", "tasks", ("q|1",), "changed", Row({"title": "甲"}), (CellChange("number", Decimal(1), Decimal("1.5")),)
)
FOLLOWS = Consequences({"targets": (15, 16)}, ("甲 ↔ 乙",), ("丙 ↔ 丁",), (("t001", "more", "less"),))
WHOLE = Difference([CAME, WENT, MENDED], NAMES, FOLLOWS)


def test_rows_are_counted_by_what_became_of_them() -> None:
    assert counted([]) == ("数据没有改动。", "The data is unchanged.")
    assert counted([CAME, CAME, MENDED]) == ("新增 2 行，改动 1 行。", "2 added, 1 changed.")
    assert counted([MENDED, WENT]) == ("删去 1 行，改动 1 行。", "1 removed, 1 changed.")


def test_a_difference_is_text() -> None:
    assert FORMATS["text"](WHOLE).splitlines() == [
        "新增 1 行，删去 1 行，改动 1 行。 1 added, 1 removed, 1 changed.",
        "",
        "p",
        "  新增 农庄 2027年目标：≥90家  [x001]",
        "    added: Target 农庄, 2027: ≥90家",
        '  删去 停用的编号 <b>[x](y) "@a  [x001]',
        '    removed: Retired id <b>[x](y) "@a',
        "",
        "q",
        "  任务“甲”：序号 1 → 1.5  [q|1]",
        "    Task 甲: Number 1 → 1.5",
        "",
        "由此 What follows:",
        "  targets：15 行 → 16 行  targets: 15 rows → 16",
        "  新出现的矛盾：甲 ↔ 乙  A contradiction appeared: 甲 ↔ 乙",
        "  不再有的矛盾：丙 ↔ 丁  A contradiction is gone: 丙 ↔ 丁",
        "  与上级的比较变了：t001 more → less  Its comparison turned: t001 more → less",
    ]


def test_a_difference_is_markdown() -> None:
    assert FORMATS["markdown"](WHOLE).splitlines() == [
        "### 数据的改动 What changed",
        "",
        "新增 1 行，删去 1 行，改动 1 行。 1 added, 1 removed, 1 changed.",
        "",
        "**p**",
        "",
        "- 新增 农庄 2027年目标：≥90家 (x001)<br>added: Target 农庄, 2027: ≥90家",
        '- 删去 停用的编号 &lt;b&gt;\\[x\\](y) "@\u200ba (x001)<br>removed: Retired id &lt;b&gt;\\[x\\](y) "@\u200ba',
        "",
        "**q**",
        "",
        "- 任务“甲”：序号 1 → 1.5 (q\\|1)<br>Task 甲: Number 1 → 1.5",
        "",
        "由此 What follows:",
        "",
        "- targets：15 行 → 16 行<br>targets: 15 rows → 16",
        "- 新出现的矛盾：甲 ↔ 乙<br>A contradiction appeared: 甲 ↔ 乙",
        "- 不再有的矛盾：丙 ↔ 丁<br>A contradiction is gone: 丙 ↔ 丁",
        "- 与上级的比较变了：t001 more → less<br>Its comparison turned: t001 more → less",
    ]


def test_a_difference_is_a_page() -> None:
    told = FORMATS["html"](WHOLE)
    assert told.splitlines()[:10] == [
        "<!doctype html>",
        '<html lang="zh">',
        '<head><meta charset="utf-8"><title>数据的改动 What changed</title></head>',
        "<body>",
        "<h1>数据的改动 What changed</h1>",
        "<p>新增 1 行，删去 1 行，改动 1 行。 1 added, 1 removed, 1 changed.</p>",
        "<h2>p</h2>",
        "<ul>",
        '<li id="x001"><p>新增 农庄 2027年目标：≥90家</p>',
        '<p lang="en">added: Target 农庄, 2027: ≥90家</p></li>',
    ]
    assert told.count("<ul>") == told.count("</ul>") == 3 and "<b>" not in told and "Retired id &lt;b&gt;" in told
    assert '<li><p>targets：15 行 → 16 行</p>\n<p lang="en">targets: 15 rows → 16</p></li>' in told


@pytest.mark.parametrize("style", ["text", "markdown", "html"])
def test_where_nothing_follows_nothing_is_said_of_it(style: str) -> None:
    assert "What follows" not in FORMATS[style](Difference([CAME], NAMES))


def test_a_difference_is_json_that_people_may_read() -> None:
    text = FORMATS["json"](WHOLE)
    assert text.startswith('{\n  "changes": [\n') and "农庄" in text
    told = json.loads(text)
    assert told["changes"][2] == {
        "package": "q", "table": "tasks", "id": "q|1", "kind": "changed", "line": 0,
        "zh": "任务“甲”：序号 1 → 1.5", "en": "Task 甲: Number 1 → 1.5",
        "cells": [{"column": "number", "old": 1, "new": 1.5}],
    }  # fmt: skip
    assert [(each["line"], each["cells"]) for each in told["changes"][:2]] == [(7, []), (7, [])]
    assert told["follows"] == {
        "rows": {"targets": [15, 16]}, "findings_appeared": ["甲 ↔ 乙"], "findings_gone": ["丙 ↔ 丁"],
        "comparisons_turned": [["t001", "more", "less"]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "plain"), [("", None), (None, None), ("甲", "甲"), (Decimal("2.0"), 2), (True, True)]
)
def test_a_cell_of_json_is_plain(value: Any, plain: Any) -> None:
    made = change("tasks", "changed", {"title": "甲"}, CellChange("number", value, 1))
    [told] = json.loads(FORMATS["json"](Difference([made])))["changes"]
    assert repr(told["cells"][0]["old"]) == repr(plain)  # 2 is not 2.0
