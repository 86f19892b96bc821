"""build.py fmt: what it mends, what it refuses, and that it changes no value."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shutil
import zipfile
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from openplans.cli import cli
from openplans.mending import packages
from openplans.mending.cells import NotMended, mended
from openplans.mending.descriptor import mended_descriptor
from openplans.mending.tables import mended_table
from openplans.packages.read import read_project
from openplans.packages.write import package_texts
from openplans.paths import HOUSE, Paths
from openplans.schema import contract
from tests.conftest import TINY, command, judge

PLAN = "datapackages/plans/990101-tiny-2023"
TARGETS = contract.tables("plan")["targets"]
FIELDS = contract.fields(TARGETS)
WORLD = [HOUSE, TINY]


@pytest.mark.parametrize("root", WORLD, ids=["real", "tiny"])
def test_what_was_read_is_written_byte_for_byte(root: Path) -> None:
    project, _ = read_project(Paths.of(root))
    for package in project.packages:
        for name, text in package_texts(package).items():
            assert text.encode() == (package.folder / name).read_bytes(), (package.id, name)


@pytest.mark.parametrize("root", WORLD, ids=["real", "tiny"])
def test_the_packages_are_in_form(root: Path) -> None:
    paths = Paths.of(root)
    assert [
        each.path for each in packages.changes(paths, paths.datapackages) if each.changes or each.mended.refused
    ] == []


@pytest.mark.parametrize(
    ("column", "cell", "wanted"),
    [
        ("value", "1,234", "1234"),
        ("value", "１２３４．５", "1234.5"),
        ("value", " 12 ", "12"),
        ("value", "1.0E+05", "100000"),
        ("value", "－５", "-5"),
        ("value", "N/A", "N/A"),
        ("value", "1.60", "1.60"),
        ("period_end", "2027年", "2027"),
        ("period_end", "二〇二七年", "2027"),
        ("period_end", "二○二七", "2027"),
        ("period_end", "二〇二七年十二月", "2027-12"),
        ("period_end", "到二〇二七年底", "2027"),
        ("period_end", "三五", "三五"),
        ("period_end", "2027年底", "2027"),
        ("period_end", "到２０２７年", "2027"),
        ("period_end", "2027年12月", "2027-12"),
        ("period_end", "2027/12/31", "2027-12-31"),
        ("period_end", "２０２７", "2027"),
        ("period_end", "2027.5.1", "2027-05-01"),
        ("period_end", "20271231", "2027-12-31"),
        ("period_end", "2027.0", "2027"),
        ("period_end", "2027-02-31", "2027-02-31"),
        ("period_end", "2027年2月31日", "2027年2月31日"),
        ("period_end", "2027年13月", "2027年13月"),
        ("comparator", "不低于", "ge"),
        ("comparator", "GE", "ge"),
        ("comparator", "≤", "le"),
        ("comparator", "＞＝", "ge"),
        ("comparator", "＝", "＝"),
        ("measure", "比例", "share"),
        ("unit", "％", "%"),
        ("unit", "㎡", "㎡"),
        ("clause_id", "990101－tiny－2023－c００１", "990101-tiny-2023-c001"),
        ("clause_id", " 990101-Tiny-2023-c001 ", "990101-tiny-2023-c001"),
        ("restates", "990101－tiny－2023－t００１", "990101-tiny-2023-t001"),
        ("note", "甲\u200b乙\u00a0", "甲乙"),
        ("note", "'=甲", "=甲"),
        ("note", "'甲", "甲"),
        ("note", "'甲'乙", "'甲'乙"),
        ("note", '="甲"', "甲"),
        ("value", '="12"', "12"),
        ("quote", "　甲", "　甲"),
        ("quote", "甲\u200b", "甲"),
        ("quote", "甲\U000f0000", "甲\U000f0000"),  # a letter of the document's own font
        ("indicator", " 甲 ", "甲"),
        ("indicator", "甲&amp;&#20057;", "甲&乙"),
        ("indicator", "甲&amp;lt;乙", "甲<乙"),
        ("indicator", "甲&nbsp;", "甲"),
        ("indicator", "R&D;A&B", "R&D;A&B"),
        ("quote", "甲&amp;乙", "甲&amp;乙"),  # as the document has it
    ],
)
def test_a_cell_is_written_as_it_should_be(column: str, cell: str, wanted: str) -> None:
    assert mended(cell, FIELDS[column]) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2027年5月1日", "2027-05-01"),
        ("2027/5/1 0:00", "2027-05-01"),
        ("2027/5/1 00:00", "2027-05-01"),
        ("2027/5/10 0:00", "2027-05-10"),
        ("2027-05-01T00:00:00", "2027-05-01"),
        ("1905-02-31", "1905-02-31"),
        ("2027-05-01 00:00:00", "2027-05-01"),
        ("二〇二七年五月三十一日", "2027-05-31"),
        ("2027年5月", "2027年5月"),
        ("2027", "2027"),
        ("明年", "明年"),
    ],
)
def test_a_date_is_a_whole_day(cell: str, wanted: str) -> None:
    assert mended(cell, contract.fields(contract.tables("plan")["updates"])["date"]) == wanted


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("value", "3.30E+05", "lost digits"),
        ("clause_id", "3.3E+05", "lost digits"),
        ("period_end", "46752", "serial date"),
        ("period_end", "1905/7/14", "it is the year 2022"),
        ("value", "1900/1/27", "it is 27,"),
        ("value", "1900-03-01", "it is 61,"),  # a program counts a 29 February that no calendar has
        ("period_end", "Dec-27", "cannot be told apart"),
        ("period_end", "5/6/2027", "cannot be told apart"),
        ("indicator", "浜垮厓", "garbled"),
        ("indicator", "浜\u200b垮\u200b厓", "garbled"),
        ("indicator", "å\x86\x9cä¸\x9a", "garbled"),  # 农业; without the letters that nobody sees it looks like a word
    ],
)
def test_what_could_only_be_guessed_is_refused(column: str, cell: str, why: str) -> None:
    with pytest.raises(NotMended, match=why):
        mended(cell, FIELDS[column])


CELLS = st.one_of(
    st.text(
        st.sampled_from("1234567890,.-+eE年月日/０９％％ 　\u200b\u00a0\ufeff不低于甲乙GEabc'=\"\n\r;\t"), max_size=12
    ),
    st.text(max_size=8),
)


@example("task_id", "' -")
@given(st.sampled_from(list(FIELDS)), CELLS)
def test_mending_a_cell_twice_is_mending_it_once(column: str, cell: str) -> None:
    try:
        once = mended(cell, FIELDS[column])
    except NotMended:
        return
    assert mended(once, FIELDS[column]) == once


@given(
    st.lists(st.lists(CELLS, min_size=17, max_size=17), max_size=4),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_mending_a_table_twice_is_mending_it_once(rows: list[list[str]], encoding: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([list(FIELDS), *rows])
    once = mended_table(buffer.getvalue().encode(encoding, errors="replace"), TARGETS)
    if once.text is not None:  # gibberish may be taken for garbled the second time: refused, never another text
        again = mended_table(once.text.encode("utf-8", "replace"), TARGETS)
        assert again.text == once.text or (again.text is None and again.refused)


NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(str)
CLEAN = st.text(
    st.characters(categories=["Lo", "Lu", "Ll", "Nd"], max_codepoint=0x9FFF, min_codepoint=0x4E00),
    min_size=1,
    max_size=9,
)


@given(
    st.lists(st.tuples(CLEAN, NUMBERS), max_size=5), st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"])
)
def test_no_value_changes(rows: list[tuple[str, str]], separator: str, line_end: str) -> None:
    names = list(FIELDS)
    cells = [["" for _ in names] for _ in rows]
    for row, (text, number) in zip(cells, rows, strict=True):
        row[names.index("indicator")], row[names.index("value")] = text, number
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator=line_end).writerows([names, *cells])
    text = mended_table(b"\xef\xbb\xbf" + buffer.getvalue().encode(), TARGETS).text
    assert text is not None
    read = list(csv.DictReader(io.StringIO(text)))
    assert [(row["indicator"], row["value"]) for row in read] == [(text, number) for text, number in rows]


def fmt(root: Path, *arguments: str | Path) -> tuple[int, str]:
    done = command("fmt", "--root", root, *arguments)
    assert done.stderr == ""
    return done.returncode, done.stdout


def same(root: Path) -> bool:
    """Whether the packages are those of the tiny project, byte for byte."""
    files = {each.relative_to(root): each.read_bytes() for each in (root / "datapackages").rglob("*") if each.is_file()}
    return files == {
        each.relative_to(TINY): each.read_bytes() for each in (TINY / "datapackages").rglob("*") if each.is_file()
    }


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_table_saved_by_excel_is_the_table_again(tiny: Path, encoding: str) -> None:
    for name in ("targets.csv", "tasks.csv"):
        path = tiny / PLAN / name
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    assert fmt(tiny, "--check")[0] == 1 and not same(tiny)
    assert fmt(tiny)[0] == 0 and same(tiny)
    assert fmt(tiny, "--check") == (0, "都已合乎规定，没有改动。Everything is in form; nothing changed.\n")


def test_of_a_table_in_form_nothing_is_told() -> None:
    data = (TINY / PLAN / "targets.csv").read_bytes()
    result = mended_table(data, TARGETS)
    assert (result.text, result.done, result.refused) == (data.decode(), [], [])


def test_a_table_with_marks_of_a_merge_is_left_as_it_is(tiny: Path) -> None:
    path = tiny / "datapackages/plans/990101-tiny-2023/targets.csv"
    text = path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n１\n=======\n２\n>>>>>>> main\n"
    path.write_text(text, encoding="utf-8")
    code, said = fmt(tiny)
    assert (code, "git 没有合并完的标记" in said, path.read_text(encoding="utf-8") == text) == (1, True, True)


def test_excels_line_of_the_separator_goes(tiny: Path) -> None:
    path = tiny / PLAN / "targets.csv"
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    text = io.StringIO("sep=;\r\n", newline="")
    text.seek(0, io.SEEK_END)
    csv.writer(text, delimiter=";").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    assert fmt(tiny)[0] == 0 and same(tiny)


def test_a_workbook_under_the_name_of_another_kind_is_read_as_what_it_is(tiny: Path) -> None:
    path = tiny / PLAN / "targets.csv"
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")):
        book.active.append(row)
    with path.with_suffix(".ods").open("wb") as file:
        book.save(file)
    assert fmt(tiny)[0] == 0 and same(tiny)


def test_chinese_titles_in_another_order_with_empty_rows_and_columns(tiny: Path) -> None:
    path = tiny / PLAN / "tasks.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[0] = ["任务编号", "上级任务", "条款", "序号", "任务名称", "主题", "开始", "截止"]
    turned = [[*reversed(row), "", ""] for row in rows] + [[""] * 10] * 3
    path.write_text("\n".join("\t".join(row) for row in turned), encoding="utf-8")
    assert fmt(tiny)[0] == 0 and same(tiny)


def test_a_row_that_full_width_commas_part_and_numbers_of_a_program(tiny: Path) -> None:
    tasks, targets = (tiny / "datapackages/plans/990101-tiny-2023" / name for name in ("tasks.csv", "targets.csv"))
    before = tasks.read_text(encoding="utf-8"), targets.read_text(encoding="utf-8")
    lines = before[0].splitlines()
    tasks.write_text("\n".join([*lines[:-1], lines[-1].replace(",", "，")]) + "\n", encoding="utf-8")
    rows = list(csv.reader(before[1].splitlines()))
    place = rows[0].index("value")
    for row in rows[1:]:
        row[place] += ".0" if row[place].isdecimal() else ""
    with targets.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    assert fmt(tiny)[0] == 0
    assert (tasks.read_text(encoding="utf-8"), targets.read_text(encoding="utf-8")) == before


def test_names_become_ids(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/tasks.csv", "美化村庄,villages", "美化村庄,村庄")
    edit("plans/990101-tiny-2023/responsibilities.csv", "990101-building,listed", "县住建局,listed")
    edit("plans/990101-tiny-2023/targets.csv", ",income-ratio,", ",城乡居民收入比,")
    edit("observations/observations.csv", "o0003,990101", "o0003,例县")
    assert fmt(tiny)[0] == 0 and same(tiny)


def test_a_name_that_nobody_knows_is_left_and_reported_by_the_check(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/tasks.csv", "美化村庄,villages", "美化村庄,乡村")
    assert fmt(tiny)[0] == 0
    assert [each.rule for each in judge(tiny)] == ["unknown-theme"]


def test_a_descriptor_with_full_width_marks_is_mended(tiny: Path) -> None:
    path = tiny / PLAN / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    spoilt = "\ufeff" + text.replace('  "version":', "  “version”：").replace("\n  ", "\n\t", 3).replace("\n}", ",\n}")
    path.write_text(spoilt, encoding="utf-8")
    assert fmt(tiny)[0] == 0 and same(tiny)


def test_what_was_done_to_a_descriptor_is_told() -> None:
    def told(text: str) -> list[tuple[str, str]]:
        return mended_descriptor(text.encode(), "plan").done

    text = (TINY / PLAN / "datapackage.json").read_text(encoding="utf-8")
    assert told(text) == []
    assert told(json.dumps(json.loads(text))) == [("缩进和换行按约定", "indented as agreed")]
    assert told(text.replace('\n  "version":', '\n  "version"：')) == [
        ("全角标点和多余的逗号改正", "marks of full width and surplus commas are mended")
    ]
    assert told('{"plan_id": "a"}') == [("表结构(resources)改为约定的", "its resources are the contract's")]


def test_a_project_without_actual_figures_is_mended_too(tiny: Path) -> None:
    shutil.rmtree(tiny / "datapackages/observations")
    assert fmt(tiny)[0] == 0


def test_a_descriptor_in_no_known_encoding_is_refused() -> None:
    result = mended_descriptor(b'{"title": "\xff\xff\xff"}', "plan")
    assert result.text is None and "读不通" in result.refused[0][0]


def test_what_a_text_of_a_descriptor_says_is_not_touched() -> None:
    result = mended_descriptor('{"title"："甲,}乙，[丙, ]：“丁”", "note": ["戊",\n], "own": [[],] , }'.encode(), "plan")
    assert result.text
    own = {name: value for name, value in json.loads(result.text).items() if name != "resources"}
    assert own == {"title": "甲,}乙，[丙, ]：“丁”", "note": ["戊"], "own": [[]]}


def test_a_descriptor_that_says_a_thing_twice_is_refused() -> None:
    result = mended_descriptor('{"title": "甲", "title": "乙"}'.encode(), "plan")
    assert result.text is None and "写了两次" in result.refused[0][0]


def test_garbled_text_is_refused_and_left(tiny: Path) -> None:
    path = tiny / "datapackages/registry/themes.csv"
    path.write_text(path.read_text(encoding="utf-8").encode().decode("gb18030", "replace"), encoding="utf-8")
    spoilt = path.read_bytes()
    code, said = fmt(tiny)
    assert code == 1 and "乱码" in said and path.read_bytes() == spoilt


def test_the_sites_own_workbooks_go_back_in(tiny: Path, built: Paths) -> None:
    data = built.output / "data/plans/990101-tiny-2023"
    shutil.copy(data / "lists.xlsx", tiny / PLAN)
    shutil.copy(data.with_suffix(".xlsx"), tiny / PLAN)
    with zipfile.ZipFile(data.with_suffix(".excel.zip")) as tables:
        [name] = [each for each in tables.namelist() if each.endswith("/targets.excel.csv")]
        (tiny / PLAN / "targets.excel.csv").write_bytes(tables.read(name))
    for name in ("targets", "notes"):
        one_sheet(built, name, tiny / PLAN / f"{name}.xlsx")
    assert fmt(tiny)[0] == 0 and same(tiny)


def one_sheet(built: Paths, name: str, path: Path) -> None:
    """A table as a workbook of its own, cut out of that of its package."""
    book = openpyxl.load_workbook(built.output / "data/plans/990101-tiny-2023.xlsx")
    for each in book.sheetnames:
        if each != name:
            del book[each]
    book.save(path)


def workbook(path: Path, sheet: str, change) -> None:
    """Change a sheet of a workbook as a person would."""
    book = openpyxl.load_workbook(path)
    rows = book[sheet]
    names = [cell.value for cell in rows[1]]
    change(rows, {name: number for number, name in enumerate(names, 1)})
    book.save(path)


def test_what_was_changed_in_a_workbook_is_changed_in_the_table(tiny: Path, built: Paths) -> None:
    path = tiny / PLAN / "targets (1).xlsx"
    one_sheet(built, "targets", path)

    def change(rows, at) -> None:
        rows.cell(5, at["value"]).value = 91
        rows.cell(5, at["note"]).value = "　改过 "

    workbook(path, "targets", change)
    code, said = fmt(tiny)
    assert code == 0 and "改 1 行，增 0 行，删 0 行" in said and not path.exists()
    row = read_project(Paths.of(tiny))[0].plans[1]["targets"][3]
    assert (str(row["value"]), row["note"]) == ("91", "改过")


@pytest.mark.parametrize(
    ("value", "form", "wanted"),
    [(1.05, "0%", "105"), (0.9, "0.00%", "90"), ("85%", "@", "85"), ("８５％", "@", "85"), (90, "0", "90")],
)
def test_a_share_is_read_as_its_cell_shows_it(tiny: Path, built: Paths, value: object, form: str, wanted: str) -> None:
    path = tiny / PLAN / "targets.xlsx"
    one_sheet(built, "targets", path)

    def change(rows, at) -> None:
        cell = rows.cell(5, at["value"])
        cell.value, cell.number_format = value, form

    workbook(path, "targets", change)
    code, said = fmt(tiny)
    row = read_project(Paths.of(tiny))[0].plans[1]["targets"][3]
    assert (code, str(row["value"]), row["unit"]) == (0, wanted, "%"), said


def test_two_sheets_of_one_table_that_differ_are_refused(tiny: Path, built: Paths) -> None:
    path = tiny / PLAN / "targets.xlsx"
    one_sheet(built, "targets", path)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["targets"]).title = "targets (2)"
    book.save(path)
    before = (tiny / PLAN / "targets.csv").read_bytes()
    assert fmt(tiny)[0] == 0  # they say the same
    one_sheet(built, "targets", path)
    book = openpyxl.load_workbook(path)
    copy = book.copy_worksheet(book["targets"])
    copy.title, copy.cell(2, 5).value = "targets (2)", "城乡收入比"
    book.save(path)
    code, said = fmt(tiny)
    assert code == 1 and "有两个工作表是" in said and path.exists()
    assert (tiny / PLAN / "targets.csv").read_bytes() == before


def test_a_filtered_copy_of_a_workbook_takes_no_rows_away(tiny: Path, built: Paths) -> None:
    path, table = tiny / PLAN / "targets.xlsx", (tiny / PLAN / "targets.csv").read_bytes()
    one_sheet(built, "targets", path)
    workbook(path, "targets", lambda rows, at: rows.delete_rows(4, 4))
    code, said = fmt(tiny)
    assert code == 1 and "少 4 行（990101-tiny-2023-t003、" in said and "筛选过" in said
    assert path.exists() and (tiny / PLAN / "targets.csv").read_bytes() == table


def test_the_few_rows_that_a_workbook_lacks_are_named(tiny: Path, built: Paths) -> None:
    one_sheet(built, "targets", tiny / PLAN / "targets.xlsx")
    workbook(tiny / PLAN / "targets.xlsx", "targets", lambda rows, at: rows.delete_rows(4, 2))
    code, said = fmt(tiny)
    assert code == 0 and "删 2 行（990101-tiny-2023-t003、990101-tiny-2023-t004）" in said
    found = {row["target_id"][-4:] for row in read_project(Paths.of(tiny))[0].plans[1]["targets"]}
    assert {"t002", "t005"} <= found and not {"t003", "t004"} & found


def test_a_workbook_as_offices_lay_it_out_changes_nothing(tiny: Path, built: Paths) -> None:
    """A title above, heads broken in two lines, cells merged downwards, the sum and who filled it in below."""
    path, table = tiny / PLAN / "targets.xlsx", (tiny / PLAN / "targets.csv").read_bytes()
    one_sheet(built, "targets", path)

    def change(rows, at) -> None:
        clauses = [rows.cell(number, at["clause_id"]).value for number in range(2, rows.max_row + 1)]
        [first] = [number for number, (one, other) in enumerate(pairwise(clauses), 2) if one == other][:1]
        rows.cell(1, at["value"]).value, rows.cell(1, at["period_end"]).value = "val\nue", " period_\nend"
        rows.append(["合　计", None, None, None, "12 项"])
        rows.append(["填表人：某某", None, "审核：某某"])
        column = rows.cell(1, at["clause_id"]).column_letter
        rows.merge_cells(f"{column}{first}:{column}{first + 1}")
        rows.insert_rows(1)
        rows.cell(1, 1).value = "例甲县目标清单"
        for each in list(rows.merged_cells.ranges):
            each.shift(row_shift=1)

    workbook(path, "targets", change)
    code, said = fmt(tiny)
    assert code == 0 and "表尾的“合　计”没有读入" in said and "表尾的“填表人：某某”没有读入" in said
    assert (tiny / PLAN / "targets.csv").read_bytes() == table


def test_what_is_empty_now_is_told_or_refused(tiny: Path, built: Paths) -> None:
    path = tiny / PLAN / "targets.xlsx"
    one_sheet(built, "targets", path)
    workbook(path, "targets", lambda rows, at: setattr(rows.cell(5, at["value"]), "value", None))
    code, said = fmt(tiny)
    assert code == 0 and "1 格原来有内容，现在空了：990101-tiny-2023-t004 value" in said
    one_sheet(built, "targets", path)
    workbook(path, "targets", lambda rows, at: setattr(rows.cell(5, at["quote"]), "value", None))
    table = (tiny / PLAN / "targets.csv").read_bytes()
    code, said = fmt(tiny)
    assert code == 1 and "没有改：1 格原来有内容，现在空了：990101-tiny-2023-t004 quote" in said
    assert (tiny / PLAN / "targets.csv").read_bytes() == table


@pytest.mark.parametrize("column", ["value", "scope", "quote"])
@pytest.mark.parametrize("content", ["=45*2", "#REF!"])
def test_a_cell_without_a_value_that_can_be_read_leaves_the_workbook_where_it_is(
    tiny: Path, built: Paths, column: str, content: str
) -> None:
    """A formula that no program has reckoned and an error read as empty: what was meant would be lost."""
    path, table = tiny / PLAN / "targets.xlsx", (tiny / PLAN / "targets.csv").read_bytes()
    one_sheet(built, "targets", path)
    place: list[str] = []

    def change(rows, at) -> None:
        rows.cell(5, at[column]).value = content
        place.append(rows.cell(5, at[column]).coordinate)

    workbook(path, "targets", change)
    code, said = fmt(tiny)
    assert code == 1 and f"targets 有 1 格是没有算出的公式或错误值（{place[0]}）" in said
    assert path.exists() and (tiny / PLAN / "targets.csv").read_bytes() == table


def test_a_comment_on_a_row_leaves_the_workbook_where_it_is(tiny: Path, built: Paths) -> None:
    path, table = tiny / PLAN / "targets.xlsx", (tiny / PLAN / "targets.csv").read_bytes()
    one_sheet(built, "targets", path)
    workbook(path, "targets", lambda rows, at: setattr(rows["A3"], "comment", Comment("应为 92", "某人")))
    code, said = fmt(tiny)
    assert code == 1 and "有 1 条批注，读不进表（A3 “应为 92”）" in said
    assert path.exists() and (tiny / PLAN / "targets.csv").read_bytes() == table


def test_a_disk_that_takes_no_more_leaves_the_table_as_it_was(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tiny / PLAN / "clauses.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as told:
        CliRunner().invoke(cli, ["fmt", "--root", str(tiny)], catch_exceptions=False)
    assert told.value.filename == str(path)
    assert path.read_bytes() == before and not list(path.parent.glob(".*"))


def test_what_means_the_same_in_a_workbook_stays_as_the_table_writes_it(tiny: Path, built: Paths, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",level,le,1.6,", ",level,le,1.60,")
    one_sheet(built, "targets", tiny / PLAN / "targets.xlsx")  # it has 1.6
    before = (tiny / PLAN / "targets.csv").read_bytes()
    assert fmt(tiny)[0] == 0 and (tiny / PLAN / "targets.csv").read_bytes() == before


def test_words_of_the_sites_lists_become_codes(tiny: Path, built: Paths) -> None:
    path = tiny / PLAN / "lists.xlsx"
    shutil.copy(built.output / "data/plans/990101-tiny-2023/lists.xlsx", path)

    def change(rows, at) -> None:
        rows.cell(2, at["要求"]).value = next(cell.value for cell in rows[5] if cell.column == at["要求"])

    workbook(path, "targets_named", change)
    assert fmt(tiny)[0] == 0
    targets = read_project(Paths.of(tiny))[0].plans[1]["targets"]
    assert targets[0]["comparator"] == targets[3]["comparator"] == "ge"


@pytest.mark.parametrize(
    ("sheet", "column", "value", "cell"),
    [
        ("targets_named", "要求", "超过", ("targets", "comparator", "gt")),
        ("targets_named", "要求代码", "gt", ("targets", "comparator", "gt")),
        ("responsibilities_named", "角色", "一起", ("responsibilities", "role", "一起")),
        ("tasks_named", "任务", "美化乡村", ("tasks", "title", "美化乡村")),
        ("tasks_named", "主题编号", "goals", ("tasks", "theme_id", "goals")),
        ("projects_named", "计划做到", "建成", ("projects", "stage", "建成")),
        ("projects_named", "项目", "例河新桥", ("projects", "name", "例河新桥")),
    ],
)
def test_a_word_that_was_changed_in_a_list_is_never_passed_over(
    tiny: Path, built: Paths, sheet: str, column: str, value: str, cell: tuple[str, str, str]
) -> None:
    path = tiny / PLAN / "lists.xlsx"
    shutil.copy(built.output / "data/plans/990101-tiny-2023/lists.xlsx", path)

    def change(rows, at) -> None:
        rows.cell(2, at[column]).value = value

    workbook(path, sheet, change)
    code, said = fmt(tiny)
    table, name, meant = cell
    with (tiny / PLAN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        assert meant in [row[name] for row in csv.DictReader(file)], said
    assert code == 0 and "其余各列是算出来的" in said


def test_a_word_and_a_code_that_were_changed_apart_are_refused(tiny: Path, built: Paths) -> None:
    path = tiny / PLAN / "lists.xlsx"
    shutil.copy(built.output / "data/plans/990101-tiny-2023/lists.xlsx", path)

    def change(rows, at) -> None:
        rows.cell(2, at["要求"]).value = "低于"
        rows.cell(2, at["要求代码"]).value = "gt"

    workbook(path, "targets_named", change)
    code, said = fmt(tiny)
    assert code == 1 and "“低于”与代码“gt”不同" in said and path.exists()
    assert (tiny / PLAN / "targets.csv").read_bytes() == (TINY / PLAN / "targets.csv").read_bytes()


@pytest.mark.parametrize("file", ["targets_named.xlsx", "all/targets.xlsx"])
def test_of_a_file_of_all_plans_the_rows_of_the_plan_go_back_in(tiny: Path, built: Paths, file: str) -> None:
    path = tiny / PLAN / Path(file).name
    shutil.copy(built.output / "data" / file, path)

    def change(rows, at) -> None:
        place = at.get("备注") or at["note"]
        for number in range(2, rows.max_row + 1):
            rows.cell(number, place).value = "改过"

    workbook(path, openpyxl.load_workbook(path).sheetnames[1], change)
    assert fmt(tiny)[0] == 0 and not path.exists()
    plans = read_project(Paths.of(tiny))[0].plans
    assert [{row["note"] for row in plan["targets"]} == {"改过"} for plan in plans] == [False, True]


def test_a_list_that_was_taken_before_it_had_its_newest_columns_goes_back_in(tiny: Path, built: Paths) -> None:
    path = tiny / PLAN / "lists.xlsx"
    shutil.copy(built.output / "data/plans/990101-tiny-2023/lists.xlsx", path)

    def change(rows, at) -> None:
        rows.cell(2, at["备注"]).value = "改过"
        new = [
            place
            for name, place in at.items()
            if name.endswith("代码") or name in ("重申的目标编号", "承诺程度", "时期最后一天")
        ]
        for place in sorted(new, reverse=True):
            rows.delete_cols(place)

    workbook(path, "targets_named", change)
    code, said = fmt(tiny)
    assert code == 0 and "改 1 行，增 0 行，删 0 行" in said
    targets = read_project(Paths.of(tiny))[0].plans[1]["targets"]
    assert targets[0]["note"] == "改过" and targets[12]["restates"] == "990101-tiny-2023-t004"


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("value", 0.9, "percentage became a fraction"),
        ("value", "9.00E+01", "lost digits"),
        ("period_end", 46022, "serial date"),
    ],
)
def test_what_a_spreadsheet_lost_is_refused(tiny: Path, built: Paths, column: str, value: object, why: str) -> None:
    path = tiny / PLAN / "targets.xlsx"
    one_sheet(built, "targets", path)
    workbook(path, "targets", lambda rows, at: setattr(rows.cell(5, at[column]), "value", value))
    code, said = fmt(tiny)
    assert code == 1 and why in said and path.exists()
    path.unlink()
    assert same(tiny)


def test_a_workbook_that_is_no_table_is_refused(tiny: Path) -> None:
    path = tiny / PLAN / "预算.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["项目", "金额"])
    book.save(path)
    (tiny / PLAN / "broken.xlsx").write_bytes(b"PK")
    code, said = fmt(tiny)
    assert code == 1 and "没有一张表的列与约定的表相同" in said and "读不通" in said and path.exists()


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="主题">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_ods_goes_in_by_the_title_of_its_sheet(tiny: Path) -> None:
    cells = [
        ["主题编号", "名称", "英文名称", "顺序"],
        ["goals", "总目标", "Overall goals", "1"],
        ["villages", "村庄", "Villages", "2"],
    ]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in cells)
    with zipfile.ZipFile(tiny / "datapackages/registry/新表.ods", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        file.writestr("content.xml", ODS.format(rows=rows))
    code, said = fmt(tiny)
    assert code == 0, said
    text = (tiny / "datapackages/registry/themes.csv").read_text(encoding="utf-8")
    assert text == "theme_id,name_zh,name_en,order\ngoals,总目标,Overall goals,1\nvillages,村庄,Villages,2\n"


def test_a_path_limits_what_is_mended(tiny: Path) -> None:
    for name in ("tasks.csv", "notes.csv"):
        path = tiny / PLAN / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert fmt(tiny, tiny / PLAN / "tasks.csv")[0] == 0
    assert not (tiny / PLAN / "tasks.csv").read_bytes().startswith(b"\xef")
    assert (tiny / PLAN / "notes.csv").read_bytes().startswith(b"\xef")
