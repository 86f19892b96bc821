"""What readers take away is what is in the packages, whatever reads it; and what goes out comes back in."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyshacl
import pytest
import rdflib
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from openplans import downloads, pipeline, routes
from openplans.artifacts.tree import Tree
from openplans.downloads import catalog, delimited, files, flat
from openplans.downloads.files import WRITERS, Collection, File, Offer
from openplans.downloads.table import Origin, PublishedTable, of_everything, whole_origin
from openplans.facts.model import Facts
from openplans.facts.verdicts import Comparable
from openplans.packages import dataset
from openplans.packages.link import World
from openplans.paths import HOUSE, Paths
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Field
from tests.conftest import FIXTURES, TINY, Silent, judge

PLAN = "990101-tiny-2023"
FOLDERS = {
    PLAN: f"plans/{PLAN}",
    "990000-wide-2025": "plans/990000-wide-2025",
    "registry": "registry",
    "observations": "observations",
}

DAYS = {"period_first_day", "period_last_day"}
"""The columns that Parquet has more than the table."""

NOTHING = Origin(
    "x",
    "甲",
    "A",
    "1.2.3",
    "2025-03-01",
    {"name": "CC-BY-4.0", "path": "https://example.org/", "title": "CC"},
    ("某文件",),
    "data/",
)
CALC = Path(shutil.which("soffice") or "").resolve().with_name("libsclo.so")
"""The library of LibreOffice that reads spreadsheets, which may be missing beside one that reads texts."""

HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    '=HYPERLINK("https://example.org","x")',
    "-3",
    "0512",
    "NA",
]


def hostile() -> PublishedTable:
    """A table whose texts would be formulas, and whose codes and numbers are easily taken for something else."""
    fields = [{"name": "text", "type": "string"}, {"name": "number", "type": "number"}]
    rows = [{"text": text, "number": Decimal("-3.50")} for text in HOSTILE]
    return PublishedTable("hostile", "甲", "A", "", "", fields, rows, NOTHING)


def tables(world: World) -> Iterator[tuple[str, contract.PackageKind, str, list[dict[str, Any]]]]:
    """(folder, kind, table, its rows as read) of every package of the tiny project."""
    for package in world.project.packages:
        for name in contract.tables(package.kind):
            yield FOLDERS[package.id], package.kind, name, package[name]


def typed_rows(kind: contract.PackageKind, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with None where a cell is empty and floats for numbers: what a reader with types should find."""
    fields = contract.fields(contract.tables(kind)[name])

    def value(cell: Any, meant: str) -> Any:
        return None if cell in ("", None) else float(cell) if meant == "number" else cell

    return [{column: value(row[column], field["type"]) for column, field in fields.items()} for row in rows]


def undated(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their dates as text."""
    return [{name: f"{cell:%F}" if isinstance(cell, date) else cell for name, cell in row.items()} for row in rows]


def xlsx_rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def packed(path: str, name: str) -> io.BytesIO:
    """A file of a zip."""
    with zipfile.ZipFile(path) as archive:
        [entry] = [each for each in archive.namelist() if each.endswith(f"/{name}")]
        return io.BytesIO(archive.read(entry))


def unzipped(path: Path, target: Path) -> Path:
    with zipfile.ZipFile(path) as packed:
        packed.extractall(target)
    return target


def test_a_csv_is_the_file_of_the_package(built: Paths) -> None:
    for source in (TINY / "datapackages/plans" / PLAN).iterdir():
        assert (built.output / "data/plans" / PLAN / source.name).read_bytes() == source.read_bytes()


def test_every_table_reads_alike_from_json_parquet_and_excel(built: Paths, tiny_world: World) -> None:
    for folder, kind, name, rows in tables(tiny_world):
        path, expected = str(built.output / "data" / folder), typed_rows(kind, name, rows)
        assert json.loads(Path(f"{path}.json").read_bytes())["tables"][name]["rows"] == expected
        parquet = pq.read_table(packed(f"{path}.parquet.zip", f"{name}.parquet")).to_pylist()
        assert undated([{column: row[column] for column in row if column not in DAYS} for row in parquet]) == expected
        assert undated(xlsx_rows(Path(f"{path}.xlsx").read_bytes(), name)) == expected


def test_the_csv_for_excel_says_its_encoding_and_holds_the_same_cells(built: Paths, tiny_world: World) -> None:
    for folder, _, name, _ in tables(tiny_world):
        content = packed(str(built.output / "data" / f"{folder}.excel.zip"), f"{name}.excel.csv").read()
        assert content.startswith(b"\xef\xbb\xbf")
        mine = io.StringIO(content.decode("utf-8-sig"), newline="")
        with (built.output / "data" / folder / f"{name}.csv").open(encoding="utf-8", newline="") as exact:
            assert list(csv.reader(mine)) == list(csv.reader(exact))


def test_a_plan_as_one_workbook_or_one_json_has_all_its_tables(built: Paths, tiny_world: World) -> None:
    book = openpyxl.load_workbook(built.output / f"data/plans/{PLAN}.xlsx")
    whole = json.loads((built.output / f"data/plans/{PLAN}.json").read_bytes())
    names = list(contract.tables("plan"))
    assert book.sheetnames == ["说明 About", *names, "字典 Dictionary"] and list(whole["tables"]) == names
    [plan] = [each for each in tiny_world.project.plans if each.id == PLAN]
    for name in names:
        assert whole["tables"][name]["rows"] == typed_rows("plan", name, plan[name])
        assert book[name].max_row == len(plan[name]) + 1


def test_everything_as_one_is_what_the_database_has(built: Paths) -> None:
    database = sqlite3.connect(built.output / "data/openplans.db")
    database.row_factory = sqlite3.Row
    whole = json.loads((built.output / "data/all.json").read_bytes())["tables"]
    assert {"plans", "targets", "organizations", "observations", "figure_references"} <= set(whole)
    for name, table in whole.items():
        assert table["rows"] == [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
    database.close()


def test_all_tables_together_are_one_valid_data_package(built: Paths) -> None:
    report = frictionless.Package(str(built.output / "data/all/datapackage.json")).validate()
    assert report.flatten(["resource", "rowNumber", "fieldName", "message"]) == []


def test_a_workbook_is_ready_to_work_with(built: Paths) -> None:
    book = openpyxl.load_workbook(built.output / f"data/plans/{PLAN}.xlsx")
    cover, sheet, dictionary = (book[name] for name in (book.sheetnames[0], "targets", book.sheetnames[-1]))
    said = {row[0]: row[1] for row in cover.iter_rows(values_only=True) if row[0]}
    assert said["版本 Version"] == "1.0.0" and said["授权 Licence"] == "Creative Commons Attribution 4.0 International"
    assert said["来源 Source"] == "例县人民政府 例县乡村振兴实施方案(2023—2025年) 例政〔2023〕1号"
    assert said["引用 Cite as"].startswith("Open Plans. 例县乡村振兴实施方案[DB/OL]. 版本 1.0.0. (2025-03-01). ")
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:U14"
    assert sheet["A1"].comment.text.startswith("目标编号 / Target id\n计划编号加 -t 和序号")
    assert [row[:3] for row in dictionary.iter_rows(values_only=True) if row[0] == "targets"][:2] == [
        ("targets", "target_id", "string"),
        ("targets", "clause_id", "string"),
    ]
    assert 8 <= sheet.column_dimensions["A"].width <= 60
    assert book.custom_doc_props["version"].value == "1.0.0"


def test_text_stays_text_and_numbers_numbers_in_excel() -> None:
    rows = xlsx_rows(WRITERS["xlsx"](hostile()), "hostile")
    assert [unescape(row["text"]) for row in rows] == HOSTILE
    assert {row["number"] for row in rows} == {-3.5}
    sheet = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](hostile())))["hostile"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"} and {cell.data_type for cell in sheet["B"][1:]} == {"n"}


def test_a_text_that_no_cell_of_excel_holds_is_cut_and_says_so() -> None:
    whole, long = "甲" * 32_767, "甲" * 32_768
    rows = [{"text": text, "number": None} for text in (whole, long)]
    cells = [row["text"] for row in xlsx_rows(WRITERS["xlsx"](replace(hostile(), rows=rows)), "hostile")]
    assert cells == [whole, "甲" * 32_766 + "…"]


@pytest.mark.parametrize("name", [flat.TARGETS, flat.TASKS, flat.PROJECTS, flat.RESPONSIBILITIES, flat.DOCKET])
def test_days_are_days_in_excel(built: Paths, name: str) -> None:
    sheet = openpyxl.load_workbook(built.output / f"data/{name}.xlsx")[name]
    meant = [field["type"] for field in contract.flat()[name]["schema"]["fields"]]
    columns = [column[1:] for column, kind in zip(sheet.columns, meant, strict=True) if kind == "date"]
    days = [cell for column in columns for cell in column if cell.value is not None]
    assert days and all(isinstance(cell.value, date) for cell in days)
    assert {cell.number_format for cell in days} == {"yyyy-mm-dd"}


def test_no_cell_of_the_csv_for_excel_starts_a_formula_and_the_plain_one_is_exact() -> None:
    def cells(content: bytes) -> list[str]:
        return [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:]

    assert cells(delimited.exact(hostile())) == HOSTILE
    assert cells(delimited.for_excel(hostile())) == [
        text if text in ("-3", "0512", "NA") else f"'{text}" for text in HOSTILE
    ]
    assert b",-3.50\r\n" in delimited.for_excel(hostile())


@pytest.mark.skipif(not CALC.exists(), reason="LibreOffice Calc is not there")
@pytest.mark.parametrize("kind", ["xlsx", "excel.csv"])
def test_libreoffice_opens_what_we_give_and_computes_nothing(kind: str, tmp_path: Path) -> None:
    (tmp_path / f"hostile.{kind}").write_bytes(WRITERS[kind](hostile()))
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", every_sheet]
    encoding = ["--infilter=CSV:44,34,76"] if kind == "excel.csv" else []
    subprocess.run(
        [*command, *encoding, "--outdir", tmp_path / "out", tmp_path / f"hostile.{kind}"],
        check=True,
        capture_output=True,
    )
    [sheet] = [path for path in (tmp_path / "out").iterdir() if path.stem.endswith("hostile") or kind == "excel.csv"]
    rows = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig"), newline="")))
    shown = {row[0].lstrip("'") for row in rows[1:]}
    assert {"=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("https://example.org","x")'} <= shown
    assert {row[1] for row in rows[1:]} == {"-3.5"}


def test_json_and_parquet_carry_version_licence_and_meaning(built: Paths) -> None:
    envelope = json.loads((built.output / f"data/plans/{PLAN}.json").read_bytes())
    schema = pq.read_schema(packed(str(built.output / f"data/plans/{PLAN}.parquet.zip"), "targets.parquet"))
    assert (envelope["version"], envelope["licence"]) == ("1.0.0", "https://creativecommons.org/licenses/by/4.0/")
    assert (schema.metadata[b"version"], schema.metadata[b"dataset"]) == (b"1.0.0", PLAN.encode())
    assert schema.field("value").metadata[b"title_en"] == b"Value" and str(schema.field("value").type) == "double"
    assert str(schema.field("period_end").type) == "string"
    assert envelope["tables"]["targets"]["fields"][0]["title"] == "目标编号"


def test_parquet_has_the_types_of_the_schema_and_the_days_of_a_period_as_dates(built: Paths) -> None:
    whole = {each["name"]: each for each in dataset.resources()}
    kinds = {"integer": "int64", "number": "double", "date": "date32[day]", "string": "string"}
    for path in (built.output / "data/all").glob("*.parquet"):
        found = {field.name: str(field.type) for field in pq.read_schema(path)}
        declared = {name: kinds[field["type"]] for name, field in contract.fields(whole[path.stem]).items()}
        assert {name: kind for name, kind in found.items() if name not in DAYS} == declared
        assert {found[name] for name in DAYS & set(found)} <= {"date32[day]"}
    assert str(pq.read_schema(built.output / "data/all/plans.parquet").field("issued").type) == "date32[day]"


def test_the_days_of_a_period_are_its_first_and_its_last() -> None:
    period = {"type": "string", "constraints": {"pattern": "[0-9]{4}"}}

    def days(rows: list[dict[str, str]], *names: str) -> list[tuple[date | None, ...]]:
        fields = [{**period, "name": name} for name in names]
        read = pq.read_table(
            io.BytesIO(WRITERS["parquet"](PublishedTable("t", "甲", "A", "", "", fields, rows, NOTHING)))
        )
        return [tuple(row[name] for name in row if name.endswith("_day")) for row in read.to_pylist()]

    half = {"period": "2024-06", "period_kind": "half"}
    assert days([half], "period", "period_kind") == [(date(2024, 1, 1), date(2024, 6, 30))]
    span = {"period": "2023/2025", "period_kind": "span"}
    assert days([span], "period", "period_kind") == [(date(2023, 1, 1), date(2025, 12, 31))]
    rows = [{"period_start": "2023", "period_end": "2024-02"}, {"period_start": "", "period_end": ""}]
    assert days(rows, "period_start", "period_end") == [(date(2023, 1, 1), date(2024, 2, 29)), (None, None)]
    assert days([{"period_end": "2024-06-15"}], "period_end") == [(date(2024, 6, 15),)]


def test_a_json_is_written_as_long_as_a_reader_can_hold_it(built: Paths) -> None:
    most = PublishedTable(
        "most", "甲", "A", "", "", [{"name": "n", "type": "integer"}], [{"n": 1}] * files.MOST_IN_JSON, NOTHING
    )
    many = replace(most, path="many", rows=[*most.rows, {"n": 1}])
    assert files.fits("json", most, most) and not files.fits("json", most, many) and files.fits("parquet", many)
    assert set(files.Shelf(Tree(built.root / "build/many")).put_table(many).files) == {"xlsx", "csv", "parquet"}


def test_a_table_too_long_for_a_workbook_is_a_csv_for_excel(built: Paths) -> None:
    fields: list[Field] = [{"name": "n", "type": "integer"}]
    most = PublishedTable("most", "甲", "A", "", "", fields, [{"n": 1}] * files.MOST_IN_EXCEL, NOTHING)
    many = replace(most, path="many", rows=[*most.rows, {"n": 1}])
    assert files.fits("xlsx", most) and not files.fits("xlsx", most, replace(most, rows=[{"n": 1}]))
    offer = files.Shelf(Tree(built.root / "build/many")).put_table(many)
    assert set(offer.files) == {"excel.csv", "csv", "parquet"} and offer.for_excel.format == "excel.csv"


def test_the_folders_of_provinces_hold_every_row_once(built: Paths) -> None:
    for table in ("targets", "tasks", "clauses", "updates"):
        whole = pq.read_table(built.output / f"data/all/{table}.parquet").to_pylist()
        found = pd.read_parquet(built.output / f"data/parquet/{table}").astype({"region": str})
        assert len(found) == len(whole) and set(found["region"]) <= {"990000"}
        assert list(found.get("plan_id", [])) == [row["plan_id"] for row in whole]


def test_the_queries_of_the_docs_answer_in_duckdb(built: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.output)
    queries = re.findall(r"```sql\n(.*?)```", (HOUSE / "docs/scale.md").read_text(encoding="utf-8"), re.DOTALL)
    here = [each.replace("https://plans.example.org/", "").replace("330000", "990000") for each in queries]
    counts, named, tasks = (duckdb.connect().execute(each).fetchall() for each in here)
    database = sqlite3.connect(built.output / "data/openplans.db")
    assert counts == [("990000", *database.execute("SELECT count(*), count(DISTINCT plan_id) FROM targets").fetchone())]
    assert tasks == [("990000", *database.execute("SELECT count(*) FROM tasks").fetchone())]
    assert len(named) == database.execute("SELECT count(*) FROM targets WHERE concept_id <> ''").fetchone()[0]
    database.close()


def test_the_flat_table_has_names_beside_codes_and_links_to_the_sentence(built: Paths) -> None:
    [row] = [
        each
        for each in json.loads((built.output / "data/targets_named.json").read_bytes())["rows"]
        if each["目标编号"] == f"{PLAN}-t003"
    ]
    assert row == {
        "地区": "例县",
        "区划代码": "990101",
        "级别": "县（市、区）",
        "级别代码": "county",
        "计划": "例县乡村振兴实施方案(2023—2025年)",
        "计划编号": PLAN,
        "成文日期": "2023-05-01",
        "目标编号": f"{PLAN}-t003",
        "重申的目标编号": None,
        "主题": "村庄",
        "主题编号": "villages",
        "指标": "村级集体经济总收入",
        "指标英文名称": "Village income",
        "范围": None,
        "可比指标": "村级集体经济总收入",
        "可比指标编号": "village-income",
        "方向": "越高越好",
        "方向代码": "higher",
        "量的性质": "水平",
        "量的性质代码": "level",
        "要求": "> 超过",
        "要求代码": "gt",
        "承诺程度": None,
        "承诺程度英文": None,
        "数值": 50000,
        "上限": None,
        "单位": "万元",
        "换算值": 5,
        "换算上限": None,
        "换算单位": "亿元",
        "时间": "到 2025年",
        "时间口径": "到期末达到",
        "时间口径代码": "by",
        "开始": None,
        "截止": "2025",
        "时期第一天": None,
        "时期最后一天": "2025-12-31",
        "最新实际值": ">4.5 亿元",
        "最新实际值数字": 4.5,
        "实际值单位": "亿元",
        "实际值时期": "2024年",
        "结论": "2024年按进度（初步数）",
        "结论代码": "on-course",
        "所用规则": "straight-line",
        "算式": "基数 3 亿元（2022年） → 目标 >5 亿元，即 50000 万元（2025年）；2024年应到 4.333 亿元，实际 >4.5 亿元",
        "实际值出处": "例县经济形势",
        "出处网址": "https://example.org/copy",
        "任务": None,
        "任务编号": None,
        "牵头单位": None,
        "其他责任单位": None,
        "原文": "2025年突破50000万元",
        "备注": None,
        "本行链接": f"plans/{PLAN}/targets/#t003",
        "原文链接": f"plans/{PLAN}/text/#t003",
        "数据版本": "1.0.0",
    }


def test_a_verdict_by_a_figure_of_the_plan_leads_to_its_sentence(tiny_facts: Facts) -> None:
    [row] = [each for plan in tiny_facts.plans for each in plan.baselines]
    speaker = flat.Speaker(str, None, "https://example.org/", "1.0.0", {}, {})
    assert flat._figure_source(Comparable(row, Decimal(3)), speaker) == {
        "verdict_source": row.quote,
        "verdict_source_link": f"https://example.org/plans/{PLAN}/text/#b001",
    }


def test_a_finding_has_both_its_sides_and_a_task_its_newest_report(built: Paths) -> None:
    found, task = (
        next(
            row
            for row in json.loads((built.output / f"data/{name}.en.json").read_bytes())["rows"]
            if own in row.values()
        )
        for name, own in (("findings", f"{PLAN}-n001"), ("tasks_named", f"{PLAN}-k001"))
    )
    assert [found[f"{side}{name}"] for side in ("", "other_") for name in ("quote", "place", "sentence_link")] == [
        "和美乡村覆盖率达到90%以上", "Body › 二、主要任务 › 1", f"plans/{PLAN}/text/#n001",
        "50　80", "Annexes › row 3", f"plans/{PLAN}/text/#n001-other",
    ]  # fmt: skip
    assert [task[f"state{name}"] for name in ("", "_code", "_date", "_link")] == [
        "In progress", "in_progress", "2024-06-01", "https://example.org/bridge",
    ]  # fmt: skip


SCHEMAS = {
    "region_level_code": ("regions", "level"),
    "better_code": ("concepts", "better"),
    "measure_code": ("targets", "measure"),
    "comparator_code": ("targets", "comparator"),
    "reference_comparator_code": ("targets", "comparator"),
    "stage_code": ("projects", "stage"),
    "period_basis_code": ("targets", "period_basis"),
    "role_code": ("responsibilities", "role"),
    "state_code": ("updates", "status"),
}
"""The columns of the flat tables whose codes are those of a package's column."""


def test_a_flat_table_names_the_codes_that_stand_beside_its_words(built: Paths) -> None:
    """Each word column whose values are few is read together with its code: one word, one code."""
    for name, table in contract.flat().items():
        rows = json.loads((built.output / f"data/{name}.en.json").read_bytes())["rows"]
        fields = contract.fields(table)
        for column, field in fields.items():
            if "enum" in field.get("constraints", {}):
                allowed = field["constraints"]["enum"]
                assert {row[column] for row in rows} <= {None, *allowed}, (name, column)
                assert all(f"{code} " in field["description"] for code in allowed), (name, column)
                if column in SCHEMAS:
                    assert allowed == list(vocabulary.codes(*SCHEMAS[column])), (name, column)
                word = column.removesuffix("_code")
                assert word in fields and not [row for row in rows if row[column] and not row[word]], (name, column)


def test_a_flat_table_says_which_row_a_promise_restates_and_how_it_is_hedged(built: Paths) -> None:
    with (TINY / "datapackages/plans" / PLAN / "targets.csv").open(encoding="utf-8") as file:
        own = {row["target_id"]: row for row in csv.DictReader(file)}
    flat_rows = json.loads((built.output / "data/targets_named.en.json").read_bytes())["rows"]
    rows = {row["target_id"]: row for row in flat_rows if row["plan_id"] == PLAN}
    for column in ("restates", "commitment"):
        said = {name: row[column] or "" for name, row in rows.items()}
        assert said == {name: row[column] for name, row in own.items()} and any(said.values()), column
    assert {bool(row["commitment"]) == bool(row["commitment_en"]) for row in rows.values()} == {True}


def test_the_links_of_the_flat_table_lead_to_a_row_and_a_sentence(built: Paths) -> None:
    for name, columns in (
        ("targets_named.en", ("row_link", "sentence_link")),
        ("comparisons_named.en", ("row_link", "sentence_link", "reference_sentence_link")),
        ("responsibilities_named.en", ("row_link", "sentence_link")),
        ("findings.en", ("row_link", "sentence_link", "other_sentence_link")),
    ):
        for row in json.loads((built.output / f"data/{name}.json").read_bytes())["rows"]:
            for column in (each for each in columns if row[each]):
                page, _, fragment = row[column].partition("#")
                assert f'id="{fragment}"' in (built.output / page / "index.html").read_text(encoding="utf-8")


def test_a_county_stands_beside_its_province_or_it_is_said_why_not(built: Paths) -> None:
    rows = {
        row["目标编号"]: row for row in json.loads((built.output / "data/comparisons_named.json").read_bytes())["rows"]
    }
    ratio, income = rows[f"{PLAN}-t001"], rows[f"{PLAN}-t003"]
    assert (ratio["换算值"], ratio["与上级比"], ratio["上级地区"], ratio["上级换算值"], ratio["上级原文"]) == (
        1.6, "要求比例省更严", "例省", 1.8, "城乡居民收入比值缩小到1.8左右",
    )  # fmt: skip
    assert ratio["不能比的原因"] is None
    assert (income["与上级比"], income["不能比的原因"], income["上级数值"]) == (
        None,
        "收录的上级计划没有写这个数",
        None,
    )
    page = (built.output / "compare/index.html").read_text(encoding="utf-8")
    assert 'href="../data/comparisons_named.xlsx"' in page and 'href="../data/targets_named.csv"' in page


def test_the_flat_table_in_english_has_english_names_and_chinese_quotes(built: Paths) -> None:
    rows = json.loads((built.output / "data/targets_named.en.json").read_bytes())["rows"]
    [row] = [each for each in rows if each["target_id"] == f"{PLAN}-t013"]
    assert (row["region"], row["theme"], row["concept"], row["lead"]) == (
        "Example County",
        "Villages",
        "Village coverage",
        "Building Bureau",
    )
    assert row["quote"] == "和美乡村覆盖率(%)　50　80"


def test_an_indicator_has_its_own_part_of_the_flat_tables(built: Paths) -> None:
    def column(path: str, name: str) -> list[str]:
        with (built.output / "data" / path).open(encoding="utf-8", newline="") as file:
            return [row[name] for row in csv.DictReader(file)]

    assert column("indicators/farms-total.csv", "目标编号") == [f"{PLAN}-t008", f"{PLAN}-t010"]
    assert column("indicators/farms-total.en.csv", "target_id") == [f"{PLAN}-t008", f"{PLAN}-t010"]


def test_a_package_zip_is_a_valid_data_package_with_readme_citation_and_checksums(built: Paths, tmp_path: Path) -> None:
    folder = unzipped(built.output / f"data/plans/{PLAN}.zip", tmp_path) / PLAN
    assert frictionless.Package(str(folder / "datapackage.json")).validate().valid
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "版本 1.0.0" in readme and "Version 1.0.0" in readme and "| targets.csv | Targets" in readme
    assert 'title: "Example County Rural Plan"' in (folder / "CITATION.cff").read_text(encoding="utf-8")
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert set(sums) == {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())


def test_a_zip_put_back_in_place_is_the_same_project(built: Paths, tiny: Path) -> None:
    shutil.rmtree(tiny / "datapackages/plans" / PLAN)
    unzipped(built.output / f"data/plans/{PLAN}.zip", tiny / "datapackages/plans")
    assert judge(tiny) == []


def test_the_zip_of_everything_is_a_project(built: Paths, tmp_path: Path) -> None:
    root = unzipped(built.output / "data/all.zip", tmp_path) / "openplans"
    assert {path.relative_to(root).as_posix() for path in root.rglob("datapackage.json")} == {
        f"datapackages/{folder}/datapackage.json" for folder in FOLDERS.values()
    }
    assert judge(root) == []


def test_downloaded_csvs_put_in_place_give_the_same_downloads(built: Paths, tiny: Path) -> None:
    for folder in FOLDERS.values():
        for source in (tiny / "datapackages" / folder).glob("*.csv"):
            source.write_bytes((built.output / "data" / folder / source.name).read_bytes())
    again = Paths.of(tiny)
    pipeline.make_site(again, Silent())
    for mine in (path for path in built.output.rglob("*") if path.is_file()):
        assert (again.output / mine.relative_to(built.output)).read_bytes() == mine.read_bytes(), mine


def test_the_index_lists_every_file_with_its_size_and_sum(built: Paths) -> None:
    index = json.loads((built.output / "data/index.json").read_bytes())
    listed = {each["path"]: each for each in index["files"]}
    there = {
        path.relative_to(built.output).as_posix()
        for path in (built.output / "data").rglob("*")
        if path.is_file()
        and path.suffix != ".html"
        and path.parent.name != "charts"  # pictures of the data, told in docs/charts.md
    }
    assert set(listed) == there - {"data/index.json", "data/site.json"}
    for path, each in listed.items():
        content = (built.output / path).read_bytes()
        assert (each["bytes"], each["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert listed[f"data/plans/{PLAN}/targets.csv"]["rows"] == 13 and listed["data/openplans.db"]["rows"] is None
    assert {each["version"] for each in listed.values()} == {"1.0.0"}


def test_the_catalogue_names_every_dataset_with_its_files(built: Paths) -> None:
    found = json.loads((built.output / "data/catalog.json").read_bytes())
    assert found["@type"] == "dcat:Catalog" and found["dcat:version"] == "1.0.0"
    datasets = {each["dct:identifier"]: each for each in found["dcat:dataset"]}
    assert set(datasets) == {
        "openplans",
        *FOLDERS,
        "targets_named",
        "targets_named.en",
        "comparisons_named",
        "comparisons_named.en",
        "responsibilities_named",
        "responsibilities_named.en",
        "findings",
        "findings.en",
        *(
            f"{name}{ending}"
            for name in ("tasks_named", "projects_named", "docket", "unit-promises")
            for ending in ("", ".en")
        ),
    }
    for described in datasets.values():
        for each in described["dcat:distribution"]:
            content = (built.output / "data" / each["dcat:downloadURL"]["@id"]).read_bytes()
            assert each["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(content).hexdigest()


def test_the_workbook_of_a_unit_has_its_promises_and_its_docket(built: Paths) -> None:
    for sheet, table in (("promises", "unit-promises"), ("docket", "docket")):
        found = pd.read_excel(built.output / f"data/{table}.xlsx", sheet_name=table, dtype=str)
        for org_id, rows in found.groupby("单位编号"):
            file = built.output / f"data/{routes.organization(org_id)}/promises.xlsx"
            own = pd.read_excel(file, sheet_name=sheet, dtype=str)
            assert list(own["编号"]) == list(rows["编号"]), (sheet, org_id)


def test_the_workbook_of_a_unit_is_printed_upright_in_letters_that_can_be_read(built: Paths) -> None:
    files = sorted(built.output.glob("data/units/*/*/promises.xlsx"))
    assert files
    for _, *sheets in (openpyxl.load_workbook(file).worksheets for file in files):
        assert {sheet.title for sheet in sheets} <= {"promises", "docket"}
        for sheet in sheets:
            assert all(cell.comment for cell in sheet[1]), "what a column means, for there is no dictionary"
            assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("portrait", 9)
            columns = sheet.column_dimensions.values()
            width = sum((each.max - each.min + 1) * each.width for each in columns if not each.hidden)
            assert width < 165, "fitted to the 94 characters of an upright A4, eleven points are more than six"
            shown = {cell.value for cell in sheet[1] if not hidden(sheet, cell.column)}
            assert {"责任单位", "事项", "目标", "最新实际值"} <= shown
            assert not {"单位编号", "清单代码", "本行链接"} & shown


def test_what_a_unit_answers_for_has_how_far_it_has_come(tiny_facts: Facts) -> None:
    """A promise has the newest figure and the verdict of its last step, a task has none."""
    rows = flat.rows(tiny_facts, "zh", whole_origin(tiny_facts, ""), "")[flat.ORGANIZATION_PROMISES]
    judged = ("actual", "actual_period", "verdict", "verdict_code")
    told = {row["row_id"][-4:]: tuple(row[name] for name in judged) for row in rows if row["kind_code"] == "target"}
    assert told["t004"] == ("45%", "2023年", "未到期", "open")
    assert told["t011"] == ("2 名", "2023年", "未到期", "open")
    assert all(not row[name] for row in rows if row["kind_code"] == "task" for name in judged)


def test_a_row_of_a_workbook_is_as_high_as_its_longest_cell(built: Paths) -> None:
    found = 0
    for file in built.output.glob("data/units/*/*/promises.xlsx"):
        for sheet in openpyxl.load_workbook(file).worksheets[1:]:
            for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.alignment.wrap_text):
                if cell.value and not hidden(sheet, cell.column):
                    wide = max(each.width for each in sheet.column_dimensions.values())
                    lines = len(str(cell.value).encode("gb18030")) / wide
                    assert lines <= 1 or (sheet.row_dimensions[cell.row].height or 15) >= 15 * lines
                    found += lines > 1
    assert found


def test_a_docket_says_the_day_that_puts_a_row_into_its_group(tiny_facts: Facts) -> None:
    rows = flat.rows(tiny_facts, "en", whole_origin(tiny_facts, ""), "")[flat.DOCKET]
    past = {row["row_id"]: row["due"] for row in rows if row["group_code"] in ("unreported", "not-reached")}
    assert past and max(past.values()) < tiny_facts.as_of
    assert any(tiny_facts.targets[each].period_end == "2025" for each in past if each in tiny_facts.targets)


def hidden(sheet: Worksheet, column: int) -> bool:
    return any(each.min <= column <= each.max and each.hidden for each in sheet.column_dimensions.values())


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    """What DCAT-AP 3 asks of a catalogue."""
    graph = rdflib.Graph()
    for path in sorted((FIXTURES / "dcat-ap").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def unfit(content: bytes, shapes: rdflib.Graph) -> set[str]:
    """What a catalogue has otherwise than the shapes ask, as the names of the properties."""
    graph = rdflib.Graph().parse(data=content, format="json-ld", publicID="https://example.org/data/catalog.json")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    return {str(path).rpartition("/")[2].rpartition("#")[2] for path in report.objects(None, rdflib.SH.resultPath)}


def test_the_catalogue_is_one_of_dcat_ap_3(built: Paths, shapes: rdflib.Graph) -> None:
    content = (built.output / "data/catalog.json").read_bytes()
    assert unfit(content, shapes) == set()
    found = json.loads(content)
    del found["dcat:dataset"][0]["dct:description"]
    found["dct:language"] = ["zh"]
    found["dcat:dataset"][1]["dct:source"] = "某文件"
    found["dcat:dataset"][1]["dcat:distribution"][0]["spdx:checksum"]["spdx:checksumValue"] = "00"
    assert unfit(json.dumps(found).encode(), shapes) == {"description", "language", "source", "checksumValue"}


def test_a_dataset_names_what_it_was_taken_from(built: Paths) -> None:
    found = json.loads((built.output / "data/catalog.json").read_bytes())
    datasets = {each["dct:identifier"]: each for each in found["dcat:dataset"]}
    [document] = datasets[PLAN]["dct:source"]
    assert document["dct:title"]["@value"] == "例县人民政府 例县乡村振兴实施方案(2023—2025年) 例政〔2023〕1号"
    assert {each["@id"] for each in datasets["findings"]["dct:source"]} == {datasets[name]["@id"] for name in FOLDERS}


def test_with_a_public_address_links_are_whole(tiny_facts: Facts, tmp_path: Path, built: Paths) -> None:
    paths = Paths.of(tmp_path)
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    paths.build.mkdir()
    shutil.copyfile(built.database, paths.database)
    downloads.write(tiny_facts, paths, Tree(paths.written), "https://example.org/plans")
    [row, *_] = json.loads((paths.written / "data/targets_named.en.json").read_bytes())["rows"]
    assert row["sentence_link"] == "https://example.org/plans/plans/990000-wide-2025/text/#t001"
    found = json.loads((paths.written / "data/catalog.json").read_bytes())
    assert found["@id"] == "https://example.org/plans/data/catalog.json"
    sheet = openpyxl.load_workbook(paths.written / "data/targets_named.en.xlsx")["targets_named.en"]
    [place] = [cell.column for cell in sheet[1] if cell.value == "sentence_link"]
    assert sheet.cell(2, place).hyperlink.target == "https://example.org/plans/plans/990000-wide-2025/text/"


def test_a_readme_lists_what_is_in_its_zip(built: Paths) -> None:
    for path in (built.output / "data").rglob("*.zip"):
        with zipfile.ZipFile(path) as packed:
            folder = packed.namelist()[0].partition("/")[0]
            listed = re.findall(r"(?m)^\| ([a-z]\S*) \|", packed.read(f"{folder}/README.md").decode())
            names = [name.removeprefix(f"{folder}/") for name in packed.namelist()]
        listed = [name for name in listed if name != "file"]
        assert listed and all(any(each.startswith(name) for each in names) for name in listed), path


def test_search_engines_read_what_a_plan_is_and_where_its_files_are(tiny_facts: Facts, built: Paths) -> None:
    made = whole_origin(tiny_facts, "https://example.org/")
    [table, *_] = of_everything(tiny_facts, made)
    file = File("data/all.zip", "zip", 12, "00", "1.0.0", "甲", "A")
    found = catalog.schema_org(Collection(made, file, {"zip": file}, (Offer(table, {}),)), "https://example.org/")
    assert (found["url"], found["version"]) == ("https://example.org/data/", "1.0.0")
    assert found["description"] == "地区：行政区划，代码依 GB/T 2260"
    assert [each["contentUrl"] for each in found["distribution"]] == ["https://example.org/data/all.zip"]


def test_the_docs_name_formats_and_addresses_that_are_there(built: Paths) -> None:
    text = (HOUSE / "docs/downloads.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z.]+)`", text)) & set(files.MEDIA_TYPES)
    assert named == set(files.MEDIA_TYPES) - {"db", "txt", "ics", "atom.xml"}
    for address in re.findall(r"`(data/[^`]+)`", text):
        example = address.replace("<plan id>", PLAN).replace("<concept>", "farms-total")
        example = example.replace("<table>", "targets").replace("<code>", "990000").replace("<theme>", "villages")
        example = example.replace("<region code>/<unit>", "990101/agriculture")
        found = [path.relative_to(built.output).as_posix() for path in (built.output / "data").rglob("*")]
        assert any(each.startswith(example) for each in found), address


def test_the_dictionary_explains_every_column_of_every_table(built: Paths) -> None:
    with (built.output / "data/dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["table_name"], row["column_name"]): row for row in csv.DictReader(file)}
    assert rows["targets", "comparator"]["allowed"] == "ge gt le lt eq approx range relative"
    assert rows["targets_named", "row_link"]["title_zh"] == "本行链接"
    for resource in contract.tables("plan").values():
        if resource["name"] != "references":
            assert {(resource["name"], name) for name in contract.fields(resource)} <= set(rows)


def test_what_changed_in_the_data_is_published(built: Paths) -> None:
    assert json.loads((built.output / "data/changes.json").read_bytes()) == [
        {
            "version": "1.0.0",
            "date": "2025-03-01",
            "changes": [{"audience": "readers", "change_zh": "两个计划。", "change_en": "Two plans."}],
        },
        {
            "version": "0.9.0",
            "date": "2025-02-01",
            "changes": [
                {"audience": "readers", "change_zh": "一个计划。", "change_en": "One plan."},
                {"audience": "reusers", "change_zh": "登记表。", "change_en": "The registry."},
            ],
        },
    ]


def test_a_plan_has_a_workbook_for_people(built: Paths) -> None:
    book = openpyxl.load_workbook(built.output / f"data/plans/{PLAN}/lists.xlsx")
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    targets = next(each for each in rows.values() if "目标编号" in each[0])
    duties = next(each for each in rows.values() if "责任单位" in each[0])
    plan = json.loads((built.output / f"data/plans/{PLAN}.json").read_bytes())
    counts = {name: len(table["rows"]) for name, table in plan["tables"].items()}
    assert len(targets) - 1 == counts["targets"] and len(duties) - 1 == counts["responsibilities"]
    assert {row[targets[0].index("计划编号")] for row in targets[1:]} == {PLAN}


def test_an_indicator_is_told_whole_in_either_language(built: Paths) -> None:
    zh, en = (
        json.loads((built.output / f"data/indicators/farms-total{end}.json").read_text(encoding="utf-8"))
        for end in ("", ".en")
    )
    assert (zh["name"], en["name"]) == ("农庄累计数", "Farms")
    assert (
        [row["target_id"] for row in zh["rows"]]
        == [row["target_id"] for row in en["rows"]]
        == [f"{PLAN}-t008", f"{PLAN}-t010"]
    )
    assert set(zh["rows"][0]) == {field["name"] for field in zh["fields"]}
    assert {"definition", "unit", "better", "actual", "sources", "licence", "version"} <= set(zh)
    for known in (zh, en):
        told = [known["page"], known["json"], *known["files"].values(), *(known["chart"] or {}).values()]
        for address in (*told, *(each["page"] for each in known["sources"])):
            file = built.output / address
            assert (file / "index.html" if address.endswith("/") else file).is_file(), address
        edition = "en/" if known is en else ""
        assert [known["page"], known["chart"]["embed"]] == [
            f"{edition}indicators/farms-total/", f"{edition}embed/farms-total/"
        ]  # fmt: skip
    index = json.loads((built.output / "data/indicators.json").read_text(encoding="utf-8"))["indicators"]
    assert {each["id"] for each in index} == {
        each.stem.split(".")[0] for each in (built.output / "data/indicators").glob("*.json")
    }
    assert next(each for each in index if each["id"] == "farms-total").items() <= zh.items()


def test_the_actual_figures_of_an_indicator_are_those_of_their_table(built: Paths, tiny_world: World) -> None:
    told = json.loads((built.output / "data/indicators/village-coverage.json").read_text(encoding="utf-8"))["actual"]
    kept = tiny_world.project.observations.by_id("observations")
    names = ("region_code", "period", "period_kind", "bound", "unit", "state")
    assert told
    for each in told:
        row = kept[each["observation_id"]]
        assert [each[name] for name in names] == [row[name] for name in names] and each["value"] == float(row["value"])


def test_crawlers_and_assistants_are_told_where_to_begin(built: Paths) -> None:
    assert "Sitemap" not in (built.output / "robots.txt").read_text(encoding="utf-8"), "whose address is not known"
    told = (built.output / "llms.txt").read_text(encoding="utf-8")
    links = re.findall(r"\]\((\S+)\)", told)
    assert "plans/990101-tiny-2023/" in links
    for each in links:
        assert (built.output / each / "index.html" if each.endswith("/") else built.output / each).is_file(), each
