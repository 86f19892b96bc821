"""Workbooks of strangers: what takes the program down, or has no end, is refused in words and changes nothing."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import nullcontext
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow

from openplans.confined import Overrun, confined
from openplans.packages import workbooks
from openplans.packages.cell_formats import CellFormats
from tests.conftest import FIXTURES, command

PLAN = "datapackages/plans/990101-tiny-2023"


def with_cells(path: Path, cells: dict[str, object]) -> Path:
    """A workbook with a sheet of targets that has these cells."""
    book = openpyxl.Workbook()
    book.active.title = "targets"
    for address, value in cells.items():
        book.active[address] = value
    book.save(path)
    return path


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*.csv")}


def test_a_cell_at_the_far_end_of_a_sheet_is_refused_and_takes_nothing_down(tiny: Path, tmp_path: Path) -> None:
    path = with_cells(tmp_path / "targets.xlsx", {"A1": "target_id", "XFD1048576": "x"})
    before = files(tiny)
    came_back = command("take", path, "--root", tiny)
    beside = Path(shutil.copy(path, tiny / PLAN))
    mending = command("fmt", tiny / PLAN, "--root", tiny)
    for done in (came_back, mending):
        assert done.returncode == 1
        assert "读不" in done.stdout and "3,000,000 cells" in done.stdout and "panicked" not in done.stderr
    assert files(tiny) == before and beside.exists()


def test_a_workbook_of_old_is_refused_and_stays_where_it_is(tiny: Path) -> None:
    """Of Excel 97 to 2003, with 92% and a formula whose value is not kept: calamine gives 0.92 and nothing."""
    old, before = FIXTURES / "workbooks" / "old.xls", files(tiny)
    came_back = command("take", old, "--root", tiny)
    beside = Path(shutil.copy(old, tiny / PLAN / "targets.xls"))
    for done in (came_back, command("fmt", tiny / PLAN, "--root", tiny)):
        assert done.returncode == 1
        assert all(each in done.stdout for each in ("旧版的 Excel 文件", "另存为 .xlsx", "save it as .xlsx"))
    assert files(tiny) == before and beside.exists()


def test_a_sheet_of_very_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST", 12)
    fits, more = (with_cells(tmp_path / f"{each}.xlsx", {each: "x"}).read_bytes() for each in ("B6", "B7"))
    assert workbooks.read(more, "all") == ([], "sheet targets has more than 12 cells")
    [(name, rows, _, _)], wrong = workbooks.read(fits, "all")
    assert (name, len(rows), wrong) == ("targets", 6, "")


def test_a_sheet_without_a_cell_has_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST", 1)
    data = with_cells(tmp_path / "a.xlsx", {}).read_bytes()
    assert workbooks.read(data, "all") == ([("targets", [], [], CellFormats())], "")


def test_the_cells_of_a_sheet_come_with_their_place(tmp_path: Path) -> None:
    path = with_cells(tmp_path / "a.xlsx", {"B2": "x", "C2": 1.5})
    rows = [["", "", ""], ["", "x", 1.5]]
    assert workbooks.read(path.read_bytes(), "all") == ([("targets", rows, [], CellFormats())], "")
    assert [(each.name, each.rows) for each in workbooks.sheets(path)] == [("targets", rows)]
    assert workbooks.names(path) == ["targets"]


def test_cells_that_are_merged_are_told_by_their_corners(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(with_cells(tmp_path / "a.xlsx", {"A1": "x", "A3": "y"}))
    book.active.merge_cells("A1:B2")
    book.save(tmp_path / "a.xlsx")
    spanned = [[{"valuetype": "string", "stringvalue": "x", "numberrowsspanned": 2, "numbercolumnsspanned": 2}]]
    for path in (tmp_path / "a.xlsx", ods(tmp_path / "a.ods", spanned)):  # of an .ods our own reader tells
        [(_, _, merged, _)], _ = workbooks.read(path.read_bytes(), "all")
        assert merged == [((0, 0), (1, 1))]


def test_a_file_without_an_end_is_read_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST", 1000)
    with pytest.raises(workbooks.NoWorkbook, match="more than 1,000 bytes"):
        workbooks.sheets(Path("/dev/zero"))
    path = with_cells(tmp_path / "a.xlsx", {"A1": "x"})
    for most, read in ((path.stat().st_size, True), (path.stat().st_size - 1, False)):
        monkeypatch.setattr(workbooks, "LARGEST", most)
        with nullcontext() if read else pytest.raises(workbooks.NoWorkbook, match=f"more than {most:,} bytes"):
            assert workbooks.names(path) == ["targets"]


def test_much_text_of_little_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LETTERS", 10)
    fits, more = (
        with_cells(tmp_path / f"{count}.xlsx", {"A1": "x" * count, "B1": 1.5}).read_bytes() for count in (10, 11)
    )
    assert workbooks.read(more, "all") == ([], "sheet targets has more than 10 letters")
    assert workbooks.read(fits, "all")[1] == ""


def test_a_process_that_dies_is_told_and_what_it_gives_comes_back() -> None:
    assert confined("codecs", "decode", b"\xd6\xd0", "gb18030") == "中"
    with pytest.raises(Overrun):
        confined("codecs", "decode", b"\xd6", "ascii")


def test_a_csv_that_is_none_is_refused_in_words(tiny: Path) -> None:
    shutil.copy(tiny / PLAN / "targets.csv", tiny / PLAN / "targets (1).csv")
    with (tiny / PLAN / "targets (1).csv").open("a") as file:
        file.write("x" * 200_000)
    done = command("fmt", tiny / PLAN, "--root", tiny)
    assert done.returncode == 1 and "读不通" in done.stdout and "Traceback" not in done.stderr


def test_excel_tells_which_cells_are_shown_as_per_cents(tmp_path: Path) -> None:
    path = with_cells(tmp_path / "a.xlsx", {"A1": 1.05, "B1": 1.05, "C1": 0.5, "A2": 0.5, "B3": 7, "AB3": 0.7})
    book = openpyxl.load_workbook(path)
    for address, shown in {
        "A1": "0%",
        "C1": "0.00%",
        "A2": '0.0"%"',
        "B3": "General",
        "AB3": "[Red]0.0 %;-0.0 %",
    }.items():
        book.active[address].number_format = shown
    book.create_chartsheet("图")
    book.save(path)
    [sheet] = [each for each in workbooks.sheets(path) if each.name == "targets"]
    assert sheet.percents == [(0, 0), (0, 2), (2, 27)]


def ods(path: Path, rows: list[list[dict[str, object]]]) -> Path:
    """An .ods with a sheet of these cells."""
    document, table = OpenDocumentSpreadsheet(), Table(name="targets")
    for cells in rows:
        row = TableRow()
        for each in cells:
            row.addElement(CoveredTableCell() if each.get("covered") else TableCell(**each))
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(path)
    return path


def test_an_ods_tells_which_cells_are_shown_as_per_cents_or_merged(tmp_path: Path) -> None:
    share: dict[str, object] = {"valuetype": "percentage", "value": "1.05"}
    plain: dict[str, object] = {"valuetype": "float", "value": "2"}
    rows = [
        [plain, share, {**plain, "numberrowsspanned": 2, "numbercolumnsspanned": 1}],
        [{**plain, "numbercolumnsrepeated": 2}, {"covered": True}, {**share, "numbercolumnsrepeated": 2}],
    ]
    [sheet] = workbooks.sheets(ods(tmp_path / "a.ods", rows))
    assert sheet.percents == [(0, 1), (1, 3), (1, 4)] and sheet.merged == [((0, 2), (1, 2))]


def test_a_workbook_whose_styles_are_broken_is_refused_in_words(tmp_path: Path) -> None:
    path = with_cells(tmp_path / "a.xlsx", {"A1": 1})
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<styles" if name == "xl/styles.xml" else old.read(name))
    with pytest.raises(workbooks.NoWorkbook):
        workbooks.sheets(tmp_path / "b.xlsx")
