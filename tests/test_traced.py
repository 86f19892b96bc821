"""What is wrong is told at the cell that a change made, with what stood there; what comes of one act is one message."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from openplans.packages.diff import compare
from openplans.packages.read import read_project
from openplans.paths import Paths
from openplans.problems import Problem
from openplans.rules import history
from openplans.rules.causes import with_way
from openplans.rules.traced import traced
from tests.conftest import TINY, command, judge

PLAN = "datapackages/plans/990101-tiny-2023"

Rows = list[dict[str, str]]


def told(root: Path) -> list[Problem]:
    """What the check says of a project of which tiny is the base."""
    base, now = read_project(Paths.of(TINY))[0], read_project(Paths.of(root))[0]
    return traced(with_way(judge(root), history.problems(base, now)), compare(base, now), now)


def rewrite(path: Path, done: Callable[[Rows], Rows]) -> None:
    """Do something to all rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(done(rows))


def put(number: int, **cells: str) -> Callable[[Rows], Rows]:
    """Other cells in the row of this number."""
    return lambda rows: [{**row, **cells} if n == number else row for n, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("file", "done", "place", "said"),
    [
        ("targets.csv", put(0, quote="居民收入增长与经济增长基本同步"),
         "targets.csv:2:19 quote", "原来是“城乡居民收入倍差缩小到1.6以内”"),
        ("targets.csv", put(0, value="1.5"), "targets.csv:2:12 value", "这一格改过，原来是“1.6”"),
        ("baselines.csv", put(0, period="2023"), "baselines.csv:2:5 period", "原来是“2022”"),
        ("responsibilities.csv", put(0, org_id="990101-towns"),
         "responsibilities.csv:2:2 org_id", "原来是“990101-agriculture”"),
        ("responsibilities.csv", lambda rows: rows[:1] + rows[2:], "responsibilities.csv:3:1 task_id", "先恢复它"),
        ("targets.csv", lambda rows: [{**row, "period_end": "2024"} if n < 3 else row for n, row in enumerate(rows)],
         "targets.csv:2:17 period_end", "一次改了 3 格（第 2 到 4 行）"),
        ("notes.csv", lambda rows: [*rows, rows[1] | {
            "note_id": "990101-tiny-2023-n009", "quote": "和美乡村",
            "comment_zh": "少了一行，或者编号写错了。", "comment_en": "A row is missing, or a number is wrong."}],
         "notes.csv:4:1 note_id", "跳了号：改为 990101-tiny-2023-n003"),
        ("targets.csv", lambda rows: [{**row, "value": rows[max(0, n - 1)]["value"]} for n, row in enumerate(rows)],
         "targets.csv:3:12 value", "恢复这一列原来的内容"),
        ("targets.csv", lambda rows: put(7, indicator="农创客")(put(8, indicator="农庄")(rows)),
         "targets.csv:9:5 indicator", "原来是“农庄”"),
    ],
)  # fmt: skip
def test_one_change_is_one_message_at_the_cell_that_changed(
    tiny: Path, file: str, done: Callable[[Rows], Rows], place: str, said: str
) -> None:
    rewrite(tiny / PLAN / file, done)
    [problem] = told(tiny)
    assert f"{problem.address} {problem.field}" == f"{PLAN}/{place}"
    assert said in problem.hint_zh


def test_a_new_row_with_the_id_of_a_retired_one_is_told_at_that_row(tiny: Path) -> None:
    base = shutil.copytree(TINY, tiny / "base")
    for root in (base, tiny):
        with (root / PLAN / "retired.csv").open("a", encoding="utf-8") as file:
            file.write("990101-tiny-2023-n001,2024-01-01,记错了,\n")
    rewrite(base / PLAN / "notes.csv", lambda rows: rows[1:])
    rewrite(base / PLAN / "targets.csv", put(12, restates=""))
    before, now = (read_project(Paths.of(root))[0] for root in (base, tiny))
    [problem] = traced(judge(tiny), [each for each in compare(before, now) if each.table == "notes"], now)
    assert (problem.file, problem.line, problem.field) == (f"{PLAN}/notes.csv", 2, "note_id")
    assert "取没有用过的号" in problem.hint_zh


def test_a_descriptor_s_property_is_told_with_what_it_was(tiny: Path) -> None:
    path = tiny / PLAN / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"region_code": "990101"', '"region_code": "例县"'))
    [problem] = told(tiny)
    assert problem.field == "region_code" and "原来是“990101”" in problem.hint_zh


def test_what_is_said_of_the_changed_cell_itself_comes_before_what_is_said_of_others(tiny: Path) -> None:
    rewrite(tiny / PLAN / "targets.csv", put(1, indicator="居民支出增长"))
    [problem] = told(tiny)
    assert (problem.rule, problem.field) == ("words-not-in-clause", "indicator")
    assert problem.follows == ("datapackages/registry/terms.csv:3:1",)


def test_the_mend_of_another_row_stands_behind_what_was_changed(tiny: Path) -> None:
    rewrite(tiny / "datapackages/observations/observations.csv", put(4, scope=""))
    [problem] = told(tiny)
    assert (problem.rule, problem.field) == ("term-unsaid", "scope")
    assert problem.hint_zh.startswith("改过的是这一格（scope），原来是“沿海各镇”。改得没错的：")


def test_two_mistakes_of_a_change_are_two_messages(tiny: Path) -> None:
    rewrite(tiny / PLAN / "targets.csv", put(0, value="1.5"))
    rewrite(tiny / PLAN / "baselines.csv", put(0, value="4"))
    assert [each.field for each in told(tiny)] == ["value", "value"]


def test_of_a_key_that_two_rows_have_no_past_is_told(tiny: Path) -> None:
    rewrite(tiny / PLAN / "notes.csv", lambda rows: [*rows, {**rows[0], "kind": "other"}])
    [problem] = told(tiny)
    assert (problem.rule, problem.field) == ("duplicate-key", "note_id")


def test_where_nothing_changed_nothing_is_added(tiny: Path) -> None:
    rewrite(tiny / PLAN / "targets.csv", put(0, value="1.5"))
    project = read_project(Paths.of(tiny))[0]
    assert traced(judge(tiny), [], project) == judge(tiny)


def committed(root: Path, *wanted: str) -> None:
    """A repository whose one commit has these files."""
    if not shutil.which("git"):
        pytest.skip("git is not here")
    who = ("-c", "user.name=n", "-c", "user.email=n@example.org")
    for asked in (["init", "-q"], ["add", *wanted], [*who, "commit", "-q", "--allow-empty", "-m", "m"]):
        subprocess.run(["git", "-C", str(root), *asked], check=True)


@pytest.mark.parametrize("only", [(), (PLAN,)])
def test_without_a_base_the_last_commit_tells_what_stood_there(tiny: Path, only: tuple[str, ...]) -> None:
    committed(tiny, ".")
    rewrite(tiny / PLAN / "targets.csv", put(0, value="1.5"))
    done = command("check", *(tiny / each for each in only), "--root", tiny, "--format", "json")
    assert "原来是“1.6”" in done.stdout


@pytest.mark.parametrize("inside", ["tiny", "."])
def test_data_that_no_commit_has_are_judged_without_a_past(tiny: Path, inside: str) -> None:
    """As a newcomer has them, who has copied a project into a repository and not added it yet."""
    committed((tiny.parent / inside).resolve())
    rewrite(tiny / PLAN / "targets.csv", put(0, value="1.5"))
    done = command("check", "--root", tiny, "--format", "json")
    assert [each["rule"] for each in json.loads(done.stdout)["problems"]] == ["value-not-in-quote"]
    assert "原来是" not in done.stdout and done.returncode == 1


def test_a_project_below_the_top_of_its_repository_has_a_past(tiny: Path) -> None:
    committed(tiny.parent, tiny.name)
    rewrite(tiny / PLAN / "targets.csv", put(0, value="1.5"))
    for base in ((), ("--base", "HEAD")):
        assert "原来是“1.6”" in command("check", "--root", tiny, "--format", "json", *base).stdout
