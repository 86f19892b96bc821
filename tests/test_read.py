"""What can be wrong with a file, and what the reader makes of a sound one."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest

from openplans import pipeline
from openplans.packages import cells
from openplans.packages.link import World
from openplans.packages.read import UnknownPlan, read_project
from openplans.paths import Paths
from tests.conftest import Silent, judge

PLAN = "datapackages/plans/990101-tiny-2023"


def test_rows_are_typed_and_know_their_line(tiny_world: World) -> None:
    row = tiny_world.project.plans[1]["targets"][0]
    assert (row["value"], row["value_max"], row["scope"], row.line) == (Decimal("1.6"), None, "", 2)
    assert tiny_world.project.plans[1]["clauses"][2]["order"] == 3


def test_all_problems_are_listed_with_their_places(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/tasks.csv", "villages,2023,2025", "villages,2023年,2025")
    edit("plans/990101-tiny-2023/projects.csv", "2024年开工建设例河大桥", "2024年开工建设例河")
    edit("registry/units.csv", "10000\n", "ten\n")
    assert [(each.address, each.rule) for each in judge(tiny)] == [
        (f"{PLAN}/projects.csv:2:7", "quote-cut-off"),
        (f"{PLAN}/tasks.csv:4:7", "wrong-form"),
        ("datapackages/registry/units.csv:5:5", "wrong-type"),
    ]


def test_a_plan_that_cannot_be_read_does_not_hide_another(tiny: Path, edit) -> None:
    (tiny / PLAN / "targets.csv").write_bytes(b"")
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    assert [each.rule for each in judge(tiny)] == ["quote-not-in-clause", "empty-file"]


def test_a_broken_registry_is_the_only_problem(tiny: Path) -> None:
    (tiny / "datapackages/registry/concepts.csv").write_text("concept_id\n", encoding="utf-8")
    assert {each.rule for each in judge(tiny)} == {"missing-column"}


def test_a_byte_that_is_no_utf8_is_found_at_its_line_and_column(tiny: Path) -> None:
    path = tiny / PLAN / "notes.csv"
    path.write_bytes(path.read_bytes().replace("附件没有".encode(), b"\xb8\xbd\xbc\xfe"))
    [problem] = judge(tiny)
    assert (problem.rule, problem.line, problem.column) == ("not-utf8", 3, 64)


def test_a_quote_that_holds_more_numbers_does_not_account_for_them(tiny: Path) -> None:
    targets = tiny / PLAN / "targets.csv"
    rows = [line for line in targets.read_text(encoding="utf-8").splitlines(keepends=True) if "-t003," not in line]
    whole = (
        "到2025年,城乡居民收入倍差缩小到1.6以内,居民收入增长与经济增长基本同步。"
        "2022年村级集体经济总收入3亿元,2025年突破50000万元。"
    )
    swallowing = "".join(rows).replace(",城乡居民收入倍差缩小到1.6以内,,", f'基本,"{whole}",,')
    targets.write_text(swallowing, encoding="utf-8")
    retired = tiny / PLAN / "retired.csv"
    retired.write_text(
        retired.read_text(encoding="utf-8") + "990101-tiny-2023-t003,2024-01-01,写错了,\n", encoding="utf-8"
    )
    assert [(each.rule, "50000万元" in each.en) for each in judge(tiny)] == [("figure-not-accounted", True)]


def test_only_reads_the_plans_asked_for(tiny: Path) -> None:
    project, problems = read_project(Paths.of(tiny), only=("990000-wide-2025",))
    assert ([plan.id for plan in project.plans], problems) == (["990000-wide-2025"], [])
    with pytest.raises(UnknownPlan):
        read_project(Paths.of(tiny), only=("no-such-plan",))


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        (
            "clauses.csv",
            "990101-tiny-2023-c001,,1",
            "990101-tiny-2023-c001,990101-tiny-2023-c002,1",
            "parent-not-before",
        ),
        (
            "tasks.csv",
            "990101-tiny-2023-k003,990101-tiny-2023-k002",
            "990101-tiny-2023-k003,990101-tiny-2023-k003",
            "parent-not-before",
        ),
    ],
)
def test_odd_rows_end_in_a_problem_and_not_in_a_crash(tiny: Path, name: str, old: str, new: str, rule: str) -> None:
    path = tiny / PLAN / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert old in text
    assert rule in {each.rule for each in judge(tiny)}


@pytest.mark.parametrize("package", ["registry", "observations", "plans/990101-tiny-2023"])
@pytest.mark.parametrize("updated", [0, None, [], {}, "", True])
def test_a_date_of_a_version_that_is_none_is_one_message(tiny: Path, package: str, updated: object) -> None:
    path = tiny / "datapackages" / package / "datapackage.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "updated": updated}), encoding="utf-8")
    assert {each.rule for each in judge(tiny)} == {"bad-descriptor"}


@pytest.mark.parametrize("text", ["[1]", '"plan"', "{}", '{"name": "x", "resources": null}', '{"plan_id": [1]}'])
def test_a_descriptor_that_is_something_else_ends_in_problems(tiny: Path, text: str) -> None:
    (tiny / PLAN / "datapackage.json").write_text(text, encoding="utf-8")
    assert {each.rule for each in judge(tiny)} <= {"not-json", "bad-descriptor", "schema-differs"}
    assert judge(tiny) != []


@pytest.mark.parametrize(
    ("name", "most"), [("note", cells.LONGEST), ("text", cells.LONGEST), ("org_id", cells.LONGEST_ID)]
)
def test_a_cell_has_no_more_letters_than_a_workbook_and_a_database_hold(name: str, most: int) -> None:
    field = {"name": name, "type": "string"}
    assert cells.wrong("字" * most, field) is None
    assert cells.wrong("字" * (most + 1), field) == ("cell-too-long", {"letters": most + 1, "most": most})


def test_cells_that_were_well_formed_are_not_looked_at_again(tiny: Path, edit, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    wrong = cells.wrong
    monkeypatch.setattr(cells, "wrong", lambda cell, *rest: looked_at.append(cell) or wrong(cell, *rest))

    def problems() -> list[str]:
        looked_at.clear()
        try:
            _, found = pipeline.check(Paths.of(tiny), Silent())
        except pipeline.Rejected as rejected:
            found = rejected.problems
        return [each.rule for each in found]

    read_project(Paths.of(tiny))
    assert not list(tiny.rglob("*.read.json")), "to read a folder writes nothing into it"
    assert problems() == [] and looked_at
    assert problems() == [] and not looked_at
    edit("plans/990101-tiny-2023/tasks.csv", "villages,2023,2025", "villages,2023年,2025")
    assert problems() == ["wrong-form"] and "2023年" in looked_at and "10000" not in looked_at
    assert problems() == ["wrong-form"], "what is wrong is told each time"
    edit("plans/990101-tiny-2023/tasks.csv", "villages,2023年,2025", "villages,2023,2025")
    assert problems() == []


def test_a_cell_is_looked_at_again_where_its_document_no_longer_has_its_signs(tiny: Path) -> None:
    """A sign that is strange in a cell is not where the document prints it."""
    source, notes = tiny / PLAN / "source.txt", tiny / PLAN / "clauses.csv"
    for each in (source, notes):
        each.write_text(each.read_text(encoding="utf-8").replace("到2025年", "到\u200b2025年", 1), encoding="utf-8")
    before = {each.rule for each in judge(tiny)}
    with suppress(pipeline.Rejected):
        pipeline.check(Paths.of(tiny), Silent())
    source.write_text(source.read_text(encoding="utf-8").replace("\u200b", ""), encoding="utf-8")
    after = {each.rule for each in judge(tiny)}
    assert "invisible-character" in after - before
