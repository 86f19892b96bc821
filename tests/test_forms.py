"""The form that officials fill in, and the way back: what is
taken, what is refused, and that nothing is taken twice."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from openplans import pipeline
from openplans.cli import cli
from openplans.facts.model import Facts
from openplans.forms import take, write
from openplans.forms.columns import COLUMNS, SHEET
from openplans.forms.printed import changed
from openplans.forms.read import Flaw, opened, place, read
from openplans.packages import workbooks
from openplans.packages.link import World
from openplans.paths import Paths
from tests.conftest import command, facts_of, with_targets

PLAN = "990101-tiny-2023"
SOURCE = {
    "source_title": "例县统计公报2024",
    "source_kind": "政府网站",
    "publisher": "例县统计局",
    "source_url": "https://tj.example.gov.cn/2024",
    "published": "2025-02-01",
}
FIGURE = {"value": "85", "period_kind": "全年", "period": "2024", **SOURCE}
REPORT = {"status": "完成", "date": "2025-02-01", "statement": "已全部建成", **SOURCE}


def fill(path: Path, rows: dict[str, dict[str, object]]) -> None:
    """Fill in some rows, as a person would in Excel."""
    book = openpyxl.load_workbook(path)
    sheet: Worksheet = book[SHEET]
    lines = {sheet.cell(line, 1).value or "": line for line in range(sheet.max_row, 1, -1)}
    for row_id, cells in rows.items():
        line = lines.get(row_id) or sheet.max_row + 1
        sheet.cell(line, 1).value = row_id
        for key, value in cells.items():
            sheet.cell(line, place(key)).value = value
    book.save(path)


@pytest.fixture
def form(tiny_facts: Facts, tmp_path: Path) -> Path:
    """The form of the tiny county's plan, just written."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(write.form(tiny_facts, tiny_facts.plans[1]))
    return path


def data(root: Path) -> dict[str, str]:
    """Every file of the data, to see what changed."""
    files = (each for each in (root / "datapackages").rglob("*") if each.is_file())
    return {each.relative_to(root).as_posix(): each.read_text(encoding="utf-8") for each in files}


def added(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """The lines that files have more."""
    return {
        Path(name).name: text.removeprefix(before[name]).splitlines()
        for name, text in after.items()
        if text != before[name]
    }


def test_the_form_has_every_promise_project_and_task_in_the_documents_words(form: Path) -> None:
    sheet = openpyxl.load_workbook(form)[SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=18)]
    assert [row[0][-4:] for row in rows] == [
        f"t{number:03}" for number in (1, 2, 3, 4, 13, 5, 6, 7, 8, 9, 10, 11, 12)
    ] + ["p001", "k001", "k002", "k003"]
    assert rows[3][1:8] == [
        "目标",
        "和美乡村覆盖率",
        "",
        "≥90%",
        "到 2025年",
        "县住房和城乡建设局",  # by the annex it leads
        "和美乡村覆盖率达到90%以上",
    ]


def test_ids_are_locked_and_choices_drop_down_in_chinese(form: Path) -> None:
    sheet = openpyxl.load_workbook(form)[SHEET]
    assert sheet.protection.sheet
    assert sheet.cell(2, 1).protection.locked and not sheet.cell(2, place("value")).protection.locked
    lists = {each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert '"未开始,进行中,完成,逾期,取消"' in lists and '"全年,半年,季度,当月,1 月至当月累计,时点,跨年"' in lists


def test_of_one_unit_only_what_it_answers_for(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "unit.xlsx"
    assert command("form", PLAN, "--root", tiny, "--to", path, "--unit", "990101-towns").returncode == 0
    ids = [row[0].value for row in openpyxl.load_workbook(path)[SHEET].iter_rows(min_row=2, max_row=10)]
    assert [each[-4:] for each in ids if each] == ["t008", "t009", "t010", "t011", "k002"]
    done = command("form", PLAN, "--root", tiny, "--unit", "990101-nobody")
    assert done.returncode == 2 and "No task of 990101-tiny-2023 names this unit" in done.stderr


def test_a_unit_gets_what_it_answers_for_by_another_place(tiny_facts: Facts, tmp_path: Path) -> None:
    plan = tiny_facts.plans[1]
    targets = [replace(each, responsibilities=()) if each.anchor == "t004" else each for each in plan.targets]
    (path := tmp_path / "unit.xlsx").write_bytes(write.form(tiny_facts, with_targets(plan, targets), "990101-building"))
    [row] = [row for row in openpyxl.load_workbook(path)[SHEET].iter_rows(min_row=2) if row[0].value == f"{PLAN}-t004"]
    assert row[place("units") - 1].value == "县住房和城乡建设局"  # the annex names it


def test_what_was_filled_in_becomes_rows_and_is_not_taken_twice(tiny: Path, form: Path) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-t004": {**FIGURE, "state": "初步数"}, f"{PLAN}-p001": {**REPORT, "next_step": "通车"}})
    done = command("take", form, "--root", tiny)
    assert done.returncode == 0, done.stdout
    assert "读入 1 个实际值、1 个来源、1 条进展。" in done.stdout
    after = data(tiny)
    assert added(before, after) == {
        "observations.csv": ["o0011,990101,village-coverage,,2024,year,eq,85,%,preliminary,,,s004,,"],
        "sources.csv": ["s004,official,例县统计公报2024,例县统计局,https://tj.example.gov.cn/2024,2025-02-01"],
        "updates.csv": [
            f"{PLAN}-u003,,,{PLAN}-p001,2025-02-01,done,,,已全部建成,通车,例县统计公报2024,official,https://tj.example.gov.cn/2024"
        ],
    }
    again = command("take", form, "--root", tiny)
    assert "读入 0 个实际值、0 个来源、0 条进展。" in again.stdout and data(tiny) == after


def test_a_newer_figure_of_the_same_period_replaces_the_older(tiny: Path, form: Path) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-t003": {**FIGURE, "value": "48000", "state": "最终核实数"}})
    assert command("take", form, "--root", tiny).returncode == 0
    assert added(before, data(tiny))["observations.csv"] == [
        "o0011,990101,village-income,,2024,year,eq,48000,万元,final,o0006,,s004,,"
    ]


def test_a_figure_of_what_has_no_concept_belongs_to_its_target_and_scope_is_kept(tiny: Path, form: Path) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-t006": FIGURE})
    assert command("take", form, "--root", tiny).returncode == 0
    assert added(before, data(tiny))["observations.csv"] == [
        f"o0011,990101,,{PLAN}-t006,2024,year,eq,85,%,,,已建设施,s004,,"
    ]


@pytest.mark.parametrize(
    ("row_id", "cells", "told"),
    [
        ("t004", {"value": "约八成"}, ("I5", "“约八成”不是一个数")),
        ("t004", {"value": "NaN"}, ("I5", "“NaN”不是一个数")),
        ("t004", {"bound": "大概"}, ("K5", "“大概”不在可选的里面")),
        ("t004", {"period": "2024-13", "period_kind": "当月"}, ("M5", "“2024-13”不是“当月”的写法")),
        ("t004", {"period": "去年"}, ("M5", "“去年”不是“全年”的写法")),
        ("t004", {"value": "85\n86"}, ("I5", "“85 86”不是一个数：只写数字")),
        ("t004", {"value": "1200名"}, ("I5", "“1200名”不是一个数：只写数字")),
        ("t004", {"published": 45689}, ("X5", "“45689”不是一个日期")),
        ("t004", {"period": None}, ("M5", "这一格“时期”不能空")),
        ("t004", {"source_url": "统计局网站"}, ("W5", "“统计局网站”不是网址")),
        ("t004", {"source_title": None}, ("T5", "这一格“来源标题”不能空")),
        ("t004", {"source_kind": None}, ("U5", "这一格“来源类别”不能空")),
        ("t004", {"unit": "桶"}, ("J5", "登记表里没有单位“桶”")),
        ("t004", {"published": "明年"}, ("X5", "“明年”不是一个日期")),
        ("t004", {"note": "@SUM(1)"}, ("Z5", "像是公式")),
        ("t004", {"statement": "已完成"}, ("P5", "这一格“进展”不能空")),
        ("k001", {}, ("P16", "任务和项目的数要和进展一起报")),
        ("t099", {}, ("A19", "没有编号“990101-tiny-2023-t099”的目标、项目或任务")),
    ],
)
def test_each_cell_that_cannot_be_taken_is_told_in_chinese(
    tiny_world: World, form: Path, row_id: str, cells: dict[str, object], told: tuple[str, str]
) -> None:
    fill(form, {f"{PLAN}-{row_id}": {**FIGURE, **cells}})
    entries, flaws = read(opened(form))
    [flaw] = flaws or take.take(entries, tiny_world).flaws
    assert (flaw.address, told[1] in flaw.zh, bool(flaw.en)) == (told[0], True, True)


def test_one_cell_that_cannot_be_taken_and_nothing_is_changed(tiny: Path, form: Path) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-t003": {**FIGURE, "value": "48000"}, f"{PLAN}-t004": {**FIGURE, "value": "约八成"}})
    done = command("take", form, "--root", tiny)
    assert done.returncode == 1 and data(tiny) == before
    assert done.stdout.splitlines()[-4:] == [
        "form.xlsx 填报!I5 实际值",
        "    “约八成”不是一个数：只写数字，“约”“超”写在“用词”，单位写在“单位”",
        "    “约八成” is no number",
        "1 个格子读不进来，什么也没有改。1 cells cannot be taken; nothing was changed.",
    ]


def test_rows_above_the_heading_are_told(tiny: Path, form: Path) -> None:
    book = openpyxl.load_workbook(form)
    book.worksheets[0].insert_rows(1, 2)
    book.worksheets[0]["A1"] = "例甲县填报表"
    book.save(form)
    done = command("take", form, "--root", tiny)
    assert done.returncode == 1 and "列名上面多了 2 行：删去这些行，列名要在第 1 行" in done.stdout


def test_what_the_check_refuses_changes_nothing(tiny: Path, form: Path) -> None:
    """After the date of the data; with --updated the data is newer."""
    before = data(tiny)
    fill(form, {f"{PLAN}-p001": {**REPORT, "date": "2025年4月1日"}})
    done = command("take", form, "--root", tiny)
    assert done.returncode == 1 and "form.xlsx 填报!Q15 进展日期\n" in done.stdout and data(tiny) == before
    assert command("take", form, "--root", tiny, "--updated", "2025-04-02").returncode == 0
    assert facts_of(tiny).updated == "2025-04-02"


def test_numbers_and_dates_as_a_spreadsheet_makes_them_of_what_is_typed(form: Path) -> None:
    fill(form, {
        f"{PLAN}-t004": {**FIGURE, "value": 85.5, "period": 2024},
        f"{PLAN}-t005": {**FIGURE, "period_kind": "半年", "period": datetime(2024, 6, 1)},
        f"{PLAN}-p001": {**REPORT, "date": datetime(2025, 2, 1)},
    })  # fmt: skip
    entries, flaws = read(opened(form))
    assert flaws == []
    assert [(each.cells["value"], each.cells["period"], each.cells["date"]) for each in entries] == [
        ("85.5", "2024", ""), ("85", "2024-06", ""), ("", "", "2025-02-01"),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["2025年2月1日", "2025/2/1", "２０２５－０２－０１", datetime(2025, 2, 1)])
def test_a_day_is_read_as_people_write_it(form: Path, typed: object) -> None:
    fill(form, {f"{PLAN}-t004": {**FIGURE, "published": typed}})
    [entry], flaws = read(opened(form))
    assert (entry.cells["published"], flaws) == ("2025-02-01", [])


def as_ods(form: Path) -> Path:
    """The form as LibreOffice saves it: numbers and days as such."""
    path = form.with_suffix(".ods")
    sheets = pd.read_excel(form, sheet_name=None, dtype=object, engine="openpyxl")
    with pd.ExcelWriter(path, engine="odf") as writer:
        for name, sheet in sheets.items():
            sheet.to_excel(writer, sheet_name=name, index=False)
    return path


def test_a_file_of_libreoffice_is_read_alike(tiny: Path, form: Path) -> None:
    fill(form, {
        f"{PLAN}-t004": {**FIGURE, "value": 85.5, "period": 2024},
        f"{PLAN}-t005": {**FIGURE, "period_kind": "半年", "period": datetime(2024, 6, 1)},
        f"{PLAN}-p001": {**REPORT, "date": datetime(2025, 2, 1)},
    })  # fmt: skip
    assert read(opened(as_ods(form))) == read(opened(form))
    assert "读入 2 个实际值、1 个来源、1 条进展。" in command("take", as_ods(form), "--root", tiny).stdout
    assert "读入 0 个实际值、0 个来源、0 条进展。" in command("take", form, "--root", tiny).stdout


def test_empty_rows_to_the_end_of_a_sheet_are_none(form: Path) -> None:
    """LibreOffice says them once, with the list to choose from that they have."""
    document = load(as_ods(form))
    rest, cell = TableRow(numberrowsrepeated=1_048_000), TableCell(numbercolumnsrepeated=len(COLUMNS))
    cell.setAttribute("contentvalidationname", "val1")
    rest.addElement(cell)
    document.spreadsheet.getElementsByType(Table)[0].addElement(rest)
    document.save(form.with_suffix(".ods"))
    assert read(opened(form.with_suffix(".ods"))) == read(opened(form))


def test_any_row_below_is_open_and_takes_text(form: Path) -> None:
    sheet = openpyxl.load_workbook(form)[SHEET]
    assert sheet.max_row < 40  # no empty cells are written
    for each in sheet.column_dimensions.values():
        assert (each.protection.locked, each.number_format) == (False, "@")
    lists = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    assert lists and all(str(each.sqref).endswith("1048576") for each in lists)


def zipped(**files: bytes) -> bytes:
    """A zip of these files, whose names have __ for / and end in .xml."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return data.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"not a spreadsheet", "是文本或 CSV，不是工作簿"),
        ("a.csv", "编号,实际值\n".encode("gbk"), "是文本或 CSV，不是工作簿"),
        ("a.xlsx", b"", "是空的，一个字节也没有"),
        ("~$a.xlsx", b"\x04user", "是“a.xlsx”打开时留下的锁文件，表是“a.xlsx”"),
        ("a.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "加了密码，读不出来"),
        ("a.ods", zipped(**{"META-INF__manifest": b"<x><encryption-data/></x>"}), "加了密码，读不出来"),
        ("a.xlsx", zipped(a=b"a" * 2000)[:300], "不完整，没有传完或没有存完"),
        ("a.xlsx", b"%PDF-1.4", "是PDF，不是表格"),
        ("a.xls", OLE + b"\0" * 600, "是旧版的 Excel 或 Word 文件，不是表格"),
        ("a.xlsx", zipped(word__document=b"<a/>"), "读不出来，多半没有传完"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_said_to_be_what_it_is(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    [flaw] = read(opened(tmp_path / name))[1]
    assert flaw.address == "" and flaw.zh.startswith(f"这个文件{told}") and flaw.zh.endswith("另存成 .xlsx 再交")


def test_a_sheet_that_was_renamed_is_told_by_its_heading(form: Path) -> None:
    def title(name: str) -> list[Flaw]:
        book = openpyxl.load_workbook(form)
        book.worksheets[0].title = name
        book.save(form)
        return read(opened(form))[1]

    assert title("填报 ") == []  # a blank that nobody sees
    [flaw] = title("表1")
    assert (flaw.address, flaw.zh) == ("", "工作表“表1”是填报表，名字改过了：改回“填报”")
    book = openpyxl.load_workbook(form)
    book.remove(book.worksheets[0])
    book.save(form)
    [flaw] = read(opened(form))[1]
    assert flaw.zh.startswith("没有工作表“填报”，只有“说明”：不是填报表")


def test_the_words_for_a_file_that_cannot_be_read_are_chinese(form: Path) -> None:
    form.write_bytes(b"\0\1\2")
    [flaw] = read(opened(form))[1]
    assert (flaw.address, flaw.zh.startswith("这个文件读不出来")) == ("", True)
    assert flaw.zh.isascii() is False and not any(
        letter.isalpha() and letter.isascii() for letter in flaw.zh.replace("Excel", "").replace(".xlsx", "")
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda sheet: sheet.cell(1, 9, "完成数"), ("I1", "这一列应是“实际值”，写的是“完成数”")),
        (lambda sheet: sheet.insert_cols(3), ("C1", "这一列应是“事项”，写的是“”")),
        (lambda sheet: sheet.delete_cols(4), ("D1", "这一列应是“范围”，写的是“文件要求”")),
        (lambda sheet: sheet.delete_rows(1), ("A1", f"这一列应是“编号”，写的是“{PLAN}-t001”")),
        (lambda sheet: sheet.merge_cells("T5:T7"), ("T5", "这一格和下面的合并了，到第 7 行")),
    ],
    ids=["renamed", "a column put in", "a column left out", "no header", "merged"],
)
def test_a_form_whose_shape_was_changed_is_told_where(form: Path, change: Any, told: tuple[str, str]) -> None:
    fill(form, {f"{PLAN}-t004": FIGURE})
    book = openpyxl.load_workbook(form)
    change(book[SHEET])
    book.save(form)
    [flaw] = read(opened(form))[1]
    assert (flaw.address, told[1] in flaw.zh) == (told[0], True)


def test_rows_that_slipped_are_not_taken(tiny: Path, form: Path) -> None:
    """The column of ids was sorted alone: t004 stands beside the words of t003."""
    before = data(tiny)
    fill(form, {f"{PLAN}-t004": FIGURE})
    book = openpyxl.load_workbook(form)
    book[SHEET]["A5"], book[SHEET]["A4"] = f"{PLAN}-t003", f"{PLAN}-t004"
    book.save(form)
    done = command("take", form, "--root", tiny)
    assert (
        "form.xlsx 填报!A5 编号\n    编号“990101-tiny-2023-t003”是“村级集体经济总收入”，和这一行的事项、原话对不上"
        in done.stdout
    )
    assert done.returncode == 1 and data(tiny) == before


def rewritten(form: Path, cells: dict[str, str | None]) -> Path:
    """The form, with cells of its sheet overwritten: protection has no password."""
    book = openpyxl.load_workbook(form)
    for address, text in cells.items():
        book[SHEET][address] = text
    book.save(form)
    return form


@pytest.mark.parametrize(
    ("address", "text", "told"),
    [
        ("B5", "项目", "“清单”锁着，照文件填好了“目标”，这里写的是“项目”"),
        ("C5", "乡村覆盖率", "“事项”锁着，照文件填好了“和美乡村覆盖率”"),
        ("D5", "全县", "“范围”锁着，照文件填好了“”，这里写的是“全县”"),
        ("E5", "≥80%", "“文件要求”锁着，照文件填好了“≥90%”，这里写的是“≥80%”"),
        ("F5", "到 2027年", "“时间”锁着，照文件填好了“到 2025年”"),
        ("G5", "县水利局", "“责任单位”锁着，照文件填好了“县住房和城乡建设局”"),
        ("H5", "和美乡村覆盖率达到80%以上", "“文件原话”锁着"),
        ("A5", f"{PLAN}-t094", f"编号“{PLAN}-t094”不在任何计划的填报表里"),
        ("A5", None, "这一行没有编号"),
    ],
)
def test_a_locked_cell_that_was_changed_is_told_in_a_row_that_is_empty(
    tiny_facts: Facts, form: Path, address: str, text: str | None, told: str
) -> None:
    rewritten(form, {address: text})
    sent = as_ods(form) if address == "H5" else form
    [flaw] = changed(opened(sent), tiny_facts)
    assert flaw.address == address and flaw.zh.startswith(told)


def test_a_row_of_no_form_and_one_that_slipped_are_told_by_their_id_alone(tiny_facts: Facts, form: Path) -> None:
    assert changed(opened(form), tiny_facts) == []
    rewritten(form, {"A5": f"{PLAN}-t003", "E5": "≥80%"})  # `take` says so, where anything is filled in
    assert changed(opened(form), tiny_facts) == []
    rewritten(form, {"A5": f"{PLAN}-t094", **{f"{letter}5": None for letter in "BCDEFGH"}})
    assert changed(opened(form), tiny_facts) == []  # an id that somebody wrote below
    rewritten(form, {"A5": f"{PLAN}-t004", "C5": "改过", "E5": "改过"})
    assert [each.address for each in changed(opened(form), tiny_facts)] == ["C5", "E5"]


@pytest.mark.parametrize("address", ["E5", "F4", "C3"])
def test_a_locked_cell_is_told_once_beside_what_is_filled_in(tiny: Path, form: Path, address: str) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-t004": FIGURE})
    done = command("take", rewritten(form, {address: "改过"}), "--root", tiny)
    assert f"form.xlsx 填报!{address} " in done.stdout and "1 个格子读不进来" in done.stdout
    assert done.returncode == 1 and data(tiny) == before


def test_blanks_in_a_locked_cell_and_rows_with_but_an_id_change_nothing(
    tiny: Path, tiny_facts: Facts, form: Path
) -> None:
    rewritten(form, {"E5": " ≥ 90% ", "H5": "和美乡村覆盖率\n达到90%以上", "D5": " ", "G4": None})
    assert changed(opened(form), tiny_facts) == []
    fill(form, {"": {"id": f"{PLAN}-t004", **FIGURE}})
    done = command("take", form, "--root", tiny)
    assert "读入 1 个实际值" in done.stdout, done.stdout


def test_one_form_has_one_figure_of_a_thing_and_period(tiny: Path, form: Path) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-t004": FIGURE, "": {"id": f"{PLAN}-t004", **FIGURE, "value": "86"}})
    done = command("take", form, "--root", tiny)
    assert "form.xlsx 填报!I19 实际值\n    同一事项、同一时期，这张表的上面已经填了另一个数" in done.stdout
    assert done.returncode == 1 and data(tiny) == before


def test_the_figure_of_a_work_is_part_of_its_report(tiny: Path, form: Path) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-p001": {**REPORT, "value": "12.5", "unit": "亿元"}})
    assert command("take", form, "--root", tiny).returncode == 0
    assert added(before, data(tiny)) == {
        "updates.csv": [
            f"{PLAN}-u003,,,{PLAN}-p001,2025-02-01,done,12.5,亿元,已全部建成,,例县统计公报2024,official,https://tj.example.gov.cn/2024"
        ],
    }


def test_an_old_form_does_not_undo_a_newer_one(tiny: Path, form: Path) -> None:
    for value, source in (("85", "2024"), ("86", "2024-revised")):
        fill(form, {f"{PLAN}-t004": {**FIGURE, "value": value, "source_url": f"https://tj.example.gov.cn/{source}"}})
        assert command("take", form, "--root", tiny).returncode == 0
    after = data(tiny)
    fill(form, {f"{PLAN}-t004": FIGURE})
    assert "读入 0 个实际值" in command("take", form, "--root", tiny).stdout and data(tiny) == after


def test_what_the_check_refuses_is_told_of_the_cell(tiny: Path, form: Path) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-t004": {**FIGURE, "unit": "亿元"}, f"{PLAN}-p001": {**REPORT, "date": "2025年4月1日"}})
    done = command("take", form, "--root", tiny)
    told = [line.split()[1].removeprefix("填报!") for line in done.stdout.splitlines() if line.startswith("form.xlsx")]
    assert (told, done.returncode, data(tiny) == before) == (["J5", "Q15"], 1, True)


def test_every_cell_is_told_at_once_whoever_refuses_it(tiny: Path, form: Path) -> None:
    wrong = {"t001": {"value": "约1.5"}, "t003": {"unit": "亿"}, "t004": {"unit": "亿元"}}  # read, take, check
    fill(form, {f"{PLAN}-{row}": {**FIGURE, **cells} for row, cells in wrong.items()} | {"t999": FIGURE})
    told = [line.split()[1] for line in command("take", form, "--root", tiny).stdout.splitlines() if "form.x" in line]
    told = [each.removeprefix("填报!") for each in told]
    assert told == ["I2", "J4", "J5", "A19"]


def test_what_a_source_is_said_to_be_agrees_with_what_it_is_known_to_be(tiny: Path, form: Path) -> None:
    fill(form, {f"{PLAN}-t004": FIGURE})
    assert command("take", form, "--root", tiny).returncode == 0
    before = data(tiny)
    fill(form, {f"{PLAN}-t001": {**FIGURE, "value": "1.5", "published": "2025-02-02", "source_kind": "媒体"}})
    done = command("take", form, "--root", tiny)
    told = [line.split()[1].removeprefix("填报!") for line in done.stdout.splitlines() if line.startswith("form.xlsx")]
    assert (told, data(tiny) == before) == (["U2", "X2"], True)
    fill(form, {f"{PLAN}-t001": {**FIGURE, "value": "1.5", "source_title": "统计公报"}})
    done = command("take", form, "--root", tiny)
    assert "T2 来源标题 已读入，请再核对" in done.stdout and "沿用那里的“例县统计公报2024”" in done.stdout


def test_a_column_that_the_form_does_not_have_is_told(tiny: Path, form: Path) -> None:
    book = openpyxl.load_workbook(form)
    book[SHEET].cell(1, len(COLUMNS) + 2).value = "审核人"
    book.save(form)
    [flaw] = read(opened(form))[1]
    assert (flaw.address, flaw.zh) == ("AB1", "多了一列“审核人”，不会读入：删去这一列")


@pytest.mark.parametrize(
    ("kind", "typed", "period"),
    [
        ("全年", "2024年", "2024"),
        ("全年", "２０２４", "2024"),
        ("半年", "2024年上半年", "2024-06"),
        ("半年", "2024年下半年", "2024-12"),
        ("季度", "2024年第3季度", "2024-09"),
        ("季度", "2024Q3", "2024-09"),
        ("季度", "2024-09", "2024-09"),
        ("当月", "2024年6月", "2024-06"),
        ("1 月至当月累计", "2024年1-11月", "2024-11"),
        ("1 月至当月累计", "2024年11月", "2024-11"),
        ("时点", "2024.6.30", "2024-06-30"),
        ("跨年", "2023/2024", "2023/2024"),
        ("跨年", "2023—2024年", "2023/2024"),
        ("跨年", "2023年至2024年6月", "2023/2024-06"),
        ("跨年", "2023年1月-2024年12月", "2023/2024"),
    ],
)
def test_a_period_is_read_as_people_write_it(form: Path, kind: str, typed: str, period: str) -> None:
    fill(form, {f"{PLAN}-t004": {**FIGURE, "period_kind": kind, "period": typed}})
    [entry], flaws = read(opened(form))
    assert (entry.cells["period"], flaws) == (period, [])


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("全年", datetime(1905, 7, 16)),
        ("全年", "2023-2024"),
        ("全年", "2024年1-9月"),
        ("全年", "2024年上半年"),
        ("当月", "2024年第3季度"),
        ("半年", "2024"),
        ("季度", "2024年第三季度"),
        ("跨年", "2024"),
        ("跨年", "2024-01/2024-06"),
        ("跨年", "2025/2023"),
        ("当月", "六月"),
        ("时点", "2024-06"),
        ("1 月至当月累计", "2024年3-11月"),
    ],
)
def test_a_period_that_may_be_read_in_two_ways_is_not_taken(form: Path, kind: str, typed: object) -> None:
    fill(form, {f"{PLAN}-t004": {**FIGURE, "period_kind": kind, "period": typed}})
    [flaw] = read(opened(form))[1]
    assert (flaw.address, f"不是“{kind}”的写法" in flaw.zh) == ("M5", True)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,234", "1234"),
        ("１２．５", "12.5"),
        ("-3", "-3"),
        ("85\u200b", "85"),
        (0.1 + 0.2, "0.3"),
        ("1，234.50", "1234.50"),
    ],
)
def test_a_number_is_read_as_people_write_it(form: Path, typed: object, value: str) -> None:
    fill(form, {f"{PLAN}-t003": {**FIGURE, "value": typed}})
    [entry], flaws = read(opened(form))
    assert (entry.cells["value"], flaws) == (value, [])


@pytest.mark.parametrize("typed", ["1,5", "12，34", "85%", "1_000", "1e3", "85-90", "＞85", True, datetime(2024, 1, 1)])
def test_what_may_be_another_number_is_none(form: Path, typed: object) -> None:
    fill(form, {f"{PLAN}-t003": {**FIGURE, "value": typed}})
    [flaw] = read(opened(form))[1]
    assert (flaw.address, "不是一个数" in flaw.zh) == ("I4", True)


def test_a_cell_of_per_cents_is_asked_about(form: Path) -> None:
    """Pasted from a cell that shows 85%, a program holds 0.85."""
    fill(form, {f"{PLAN}-t004": {**FIGURE, "value": 0.85}})
    [flaw] = read(opened(form))[1]
    assert (flaw.address, "是 0.85%，还是百分数格式的 85%？" in flaw.zh) == ("I5", True)
    fill(form, {f"{PLAN}-t004": {**FIGURE, "value": 0.85, "unit": None}})  # the unit is that of the promise
    assert [each.address for each in read(opened(form))[1]] == ["I5"]
    fill(form, {f"{PLAN}-t004": {**FIGURE, "value": "0.85"}})
    assert read(opened(form))[1] == []


def test_cells_are_called_as_spreadsheets_call_them() -> None:
    assert [Flaw(3, number, "", "").address for number in (1, 26, 27, 52, 53)] == ["A3", "Z3", "AA3", "AZ3", "BA3"]


def test_a_copy_of_the_sheet_that_is_filled_in_is_told_and_one_that_is_empty_is_left(tiny: Path, form: Path) -> None:
    fill(form, {f"{PLAN}-t004": FIGURE})
    book = openpyxl.load_workbook(form)
    copy: Worksheet = book.copy_worksheet(book[SHEET])
    copy.title = "汇总"
    book.save(form)
    assert not read(opened(form))[1]
    copy.cell(6, place("value")).value = "80"
    book.save(form)
    before = data(tiny)
    done = command("take", form, "--root", tiny)
    assert done.returncode == 1 and "工作表“汇总”里也填了内容" in done.stdout and data(tiny) == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("https://a.example.org/1;https://b.example.org/2", "几个网址"),
        ("https://a.example.org/1、https://b.example.org/2", "几个网址"),
        ("https://a.example.org/1\nhttps://b.example.org/2", "几个网址"),
        ("https://a.example.org/1。", "后面还有别的字"),
        ("https://a.example.org/1（附件）", "后面还有别的字"),
        ("https://archive.example.org/2024/https://b.example.org/2", ""),
    ],
)
def test_a_source_has_one_address_and_nothing_behind_it(form: Path, typed: str, told: str) -> None:
    fill(form, {f"{PLAN}-t004": {**FIGURE, "source_url": typed}})
    flaws = read(opened(form))[1]
    assert [each.column for each in flaws] == ([place("source_url")] if told else [])
    assert all(told in each.zh for each in flaws)


def test_the_date_of_the_data_is_not_put_back(tiny: Path, form: Path) -> None:
    fill(form, {f"{PLAN}-t004": FIGURE})
    before = data(tiny)
    done = command("take", form, "--root", tiny, "--updated", "2020-01-02")
    assert done.returncode == 2 and "早" in done.stderr and data(tiny) == before


@pytest.mark.parametrize(
    ("value", "shown", "unit", "taken"),
    [
        (1.05, "0%", "", "105"), (0.855, "0.00%", "", "85.5"), (85.5, '0.0"%"', "", "85.5"), ("85.5%", "@", "", "85.5"),
        ("８５％", "@", "", "85"), (1.05, "General", "", "1.05"), (0.855, "0.0%", "亿元", ""), ("85%", "@", "亿元", ""),
        (0.855, "General", "", ""),
    ],
)  # fmt: skip
def test_a_figure_is_what_its_cell_shows(form: Path, value: object, shown: str, unit: str, taken: str) -> None:
    own = {"unit": unit} if unit else {}
    fill(form, {f"{PLAN}-t004": {**FIGURE, **own, "value": value}})
    book = openpyxl.load_workbook(form)
    [row] = [row for row in book[SHEET].iter_rows(min_row=2) if row[0].value == f"{PLAN}-t004"]
    row[place("value") - 1].number_format = shown
    book.save(form)
    entries, flaws = read(opened(form))
    assert [entry.cells["value"] for entry in entries if not flaws] == ([taken] if taken else [])
    assert [each.column for each in flaws] == ([] if taken else [place("value")])


def test_cells_that_libreoffice_merged_downwards_are_told(form: Path) -> None:
    fill(form, {f"{PLAN}-t004": FIGURE, f"{PLAN}-t005": FIGURE})
    document = load(as_ods(form))
    rows = document.spreadsheet.getElementsByType(Table)[0].getElementsByType(TableRow)
    [first] = [each for each, row in enumerate(rows) if f"{PLAN}-t004" in str(row)]
    cells = rows[first].getElementsByType(TableCell)
    cells[place("publisher") - 1].setAttribute("numberrowsspanned", 2)
    document.save(form.with_suffix(".ods"))
    assert place("publisher") in [
        each.column for each in read(opened(form.with_suffix(".ods")))[1] if "合并" in each.zh
    ]


def test_a_form_is_opened_once(tiny: Path, form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(form, {f"{PLAN}-t004": FIGURE})
    told: list[Path] = []
    sheets = workbooks.sheets
    monkeypatch.setattr(workbooks, "sheets", lambda path: told.append(path) or sheets(path))
    done = CliRunner().invoke(cli, ["take", str(form), "--root", str(tiny)])
    assert done.exit_code == 0 and told == [form]


@pytest.mark.parametrize("content", ["=80+5", "#DIV/0!"])
def test_a_formula_without_a_value_and_an_error_are_called_so(tiny: Path, form: Path, content: str) -> None:
    fill(form, {f"{PLAN}-t004": {**FIGURE, "value": content}})
    [flaw] = read(opened(form))[1]
    assert flaw.address == "I5" and flaw.zh.startswith("这一格是公式，没有存下算出的数")
    fill(form, {f"{PLAN}-t004": {"value": "85", "promised": content}})  # a cell that is not filled in
    assert read(opened(form))[1] == []


def test_what_stands_beside_the_cells_is_said_not_to_be_taken(tiny: Path, form: Path) -> None:
    fill(form, {f"{PLAN}-t004": FIGURE})
    book = openpyxl.load_workbook(form)
    book[SHEET]["I5"].comment = Comment("其实是 86", "某人")
    book.create_sheet("补充")["A1"].value = "另外两条见这里"
    book.create_sheet("空")
    book.save(form)
    done = command("take", form, "--root", tiny)
    assert done.returncode == 0 and "读入 1 个实际值" in done.stdout
    assert "form.xlsx 填报!I5 实际值\n    批注“其实是 86”没有读入" in done.stdout
    assert "form.xlsx\n    工作表“补充”没有读入" in done.stdout and "“空”" not in done.stdout


def test_many_cells_of_a_column_with_one_flaw_are_told_once(tiny: Path, form: Path) -> None:
    book = openpyxl.load_workbook(form)
    for line in range(2, 19):
        book[SHEET].cell(line, 1).value = None
    book.save(form)
    done = command("take", form, "--root", tiny)
    assert done.stdout.count("form.xlsx") == 1 and "另有 16 格也是：A3、A4、A5、A6、A7……" in done.stdout
    assert "17 个格子读不进来，什么也没有改。" in done.stdout


def test_an_id_of_full_width_is_the_id(tiny: Path, form: Path) -> None:
    fill(form, {f"{PLAN}-t004": FIGURE})
    book = openpyxl.load_workbook(form)
    book[SHEET]["A5"].value = f"{PLAN}－ｔ００４ "
    book.save(form)
    assert "读入 1 个实际值" in command("take", form, "--root", tiny).stdout


@pytest.mark.parametrize("date", ["2025/3/1", "明天", "3025-01-01"])
def test_a_new_date_that_is_none_is_wrong_use(tiny: Path, form: Path, date: str) -> None:
    done = command("take", form, "--root", tiny, "--updated", date)
    assert done.returncode == 2 and "--updated 要写成 2026-01-31 这样。It has to look like" in done.stderr


def test_two_forms_are_taken_one_after_the_other(tiny: Path, form: Path) -> None:
    before = data(tiny)
    fill(form, {f"{PLAN}-t004": FIGURE})
    with pipeline.alone(Paths.of(tiny)):
        done = command("take", form, "--root", tiny)
    assert done.returncode == 2 and "等它完了再来" in done.stderr and data(tiny) == before


def test_a_disk_that_takes_no_more_changes_nothing(tiny: Path, form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of the files that are written, in the project itself, after the trial."""
    fill(form, {f"{PLAN}-t004": FIGURE, f"{PLAN}-p001": REPORT})
    before, calls, written = data(tiny), [0], os.fsync

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] == 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        written(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        CliRunner().invoke(cli, ["take", str(form), "--root", str(tiny)], catch_exceptions=False)
    assert data(tiny) == before


def test_a_table_that_is_read_only_is_named_and_nothing_is_changed(tiny: Path, form: Path, monkeypatch) -> None:
    """By its own path, and not that of the copy on which the rows are tried."""
    fill(form, {f"{PLAN}-t004": FIGURE, f"{PLAN}-p001": REPORT})
    before, asked, kept = data(tiny), os.access, tiny / "datapackages/observations/observations.csv"

    def access(path: Path, mode: int) -> bool:
        return not (mode & os.W_OK and Path(path) == kept) and asked(path, mode)

    monkeypatch.setattr(os, "access", access)
    with pytest.raises(PermissionError) as told:
        CliRunner().invoke(cli, ["take", str(form), "--root", str(tiny)], catch_exceptions=False)
    assert told.value.filename == str(kept) and data(tiny) == before


def test_a_form_that_may_be_filled_in_is_not_written_over(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "my form.xlsx"
    assert command("form", PLAN, "--root", tiny, "--to", path).returncode == 0
    assert command("form", PLAN, "--root", tiny, "--to", path).returncode == 0  # the same once more
    fill(path, {f"{PLAN}-t004": FIGURE})
    filled = path.read_bytes()
    done = command("form", PLAN, "--root", tiny, "--to", path)
    assert done.returncode == 2 and "已经有了，里面也许填过" in done.stderr and path.read_bytes() == filled
    done = command("form", PLAN, "--root", tiny, "--to", tmp_path / "form.csv")
    assert done.returncode == 2 and "名字要以 .xlsx 结尾" in done.stderr
