"""What changed, as data and in words; without git there is nothing to say and no error."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from openplans.cli import cli
from openplans.facts.consequences import consequences
from openplans.packages.diff import CellChange, compare
from openplans.packages.diff_words import Consequences
from openplans.packages.link import link
from openplans.packages.read import read_project
from openplans.packages.release import raised
from openplans.paths import Paths
from tests.conftest import TINY, command


def changes(root: Path) -> list[tuple[str, str, str, tuple[CellChange, ...]]]:
    """(kind, table, id, cells) of every change from the tiny project."""
    found = compare(read_project(Paths.of(TINY))[0], read_project(Paths.of(root))[0])
    return [(each.kind, each.table, each.id, each.cells) for each in found]


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", "-C", root, *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tiny: Path) -> Path:
    """The tiny project in a repository with one commit."""
    git(tiny, "init")
    git(tiny, "add", ".")
    git(tiny, "commit", "-m", "All there is")
    return tiny


def test_nothing_changed(tiny: Path) -> None:
    assert changes(tiny) == []


def test_rows_that_came_went_and_changed_are_told_by_key(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",gt,50000,", ",gt,60000,")
    edit("plans/990101-tiny-2023/updates.csv", "990101-tiny-2023-u001", "990101-tiny-2023-u003")
    assert [(kind, table, key) for kind, table, key, _ in changes(tiny)] == [
        ("changed", "targets", "990101-tiny-2023-t003"),
        ("added", "updates", "990101-tiny-2023-u003"),
        ("removed", "updates", "990101-tiny-2023-u001"),
    ]
    [cell] = changes(tiny)[0][3]
    assert (cell.column, cell.old, cell.new) == ("value", 50000, 60000)


def test_changes_stand_by_package_those_that_all_plans_share_first(tiny: Path, edit) -> None:
    edit("plans/990000-wide-2025/targets.csv", ",95,", ",96,")
    edit("plans/990101-tiny-2023/targets.csv", ",gt,50000,", ",gt,60000,")
    edit("registry/themes.csv", "Overall goals", "Goals")
    edit("observations/observations.csv", "eq,45,%", "eq,46,%")
    assert [key for _, _, key, _ in changes(tiny)] == [
        "goals",
        "o0001",
        "990000-wide-2025-t003",
        "990101-tiny-2023-t003",
    ]


def test_a_table_that_one_side_has_not_is_empty_there(tiny: Path) -> None:
    (tiny / "datapackages/plans/990101-tiny-2023/updates.csv").unlink()
    one, other = (read_project(Paths.of(each))[0] for each in (tiny, TINY))
    for (old, new), kind in (((one, other), "added"), ((other, one), "removed")):
        assert {(each.kind, each.table) for each in compare(old, new)} == {(kind, "updates")}


def test_two_projects_without_actual_figures_are_compared(tiny: Path, tmp_path: Path) -> None:
    shutil.rmtree(tiny / "datapackages/observations")
    both = [read_project(Paths.of(tiny))[0] for _ in range(2)]
    assert compare(*both) == []


def test_the_order_of_rows_is_no_change(tiny: Path) -> None:
    path = tiny / "datapackages/plans/990101-tiny-2023/responsibilities.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    assert changes(tiny) == []


def test_a_plan_that_went_is_one_change(tiny: Path) -> None:
    shutil.rmtree(tiny / "datapackages/plans/990000-wide-2025")
    assert [(kind, table, key) for kind, table, key, _ in changes(tiny)] == [("removed", "plan", "990000-wide-2025")]


def test_the_title_of_a_plan_is_a_change_and_what_follows_from_its_tables_none(tiny: Path, edit) -> None:
    for own, other in (
        ('"version": "1.0.0"', '"version": "1.0.1"'),
        ('"updated": "2025-03-01"', '"updated": "2025-03-02"'),
        ('"source_sha256": "6920', '"source_sha256": "6921'),
        ('"source_length": 391', '"source_length": 392'),
        ('"name": "source_title"', '"name": "title_of_source"'),  # within resources
    ):
        edit("plans/990101-tiny-2023/datapackage.json", own, other)
        assert changes(tiny) == []
    edit("plans/990101-tiny-2023/datapackage.json", "Example County Rural Plan", "Example County Plan")
    [(_, table, _, [cell])] = changes(tiny)
    assert (table, cell.column, cell.new) == ("datapackage", "title_en", "Example County Plan")


def test_a_table_of_another_day_is_compared_all_the_same(tiny: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(TINY, tmp_path / "old"))
    path = old / "datapackages/plans/990101-tiny-2023/tasks.csv"
    lines = [line.rsplit(",", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = command("diff", old, tiny)
    assert done.returncode == 0 and done.stdout.splitlines()[0] == "改动 1 行。 1 changed."
    assert "任务“和美乡村覆盖率”：截止 （空） → 2025" in done.stdout


def test_an_alias_is_told_by_what_it_leads_to(tiny: Path, edit) -> None:
    edit("registry/aliases.csv", "theme,villages,乡村,zh", "theme,villages,乡村,zh\ntheme,villages,村里,zh")
    told = command("diff", TINY, tiny).stdout
    assert "别名“村里”，指“村庄”" in told


def test_a_figure_is_told_in_words_old_and_new(repository: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",gt,50000,", ",ge,60000,")
    done = command("diff", "HEAD", "--root", repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "改动 1 行。 1 changed.",
        "",
        "990101-tiny-2023",
        "  村级集体经济总收入 2025年目标：>50000万元 → ≥60000万元  [990101-tiny-2023-t003]",
        "    Target 村级集体经济总收入, 2025: >50000万元 → ≥60000万元",
    ]


def test_what_follows_is_told(repository: Path, edit) -> None:
    edit("plans/990101-tiny-2023/notes.csv", "990101-tiny-2023-n002,numbering", "990101-tiny-2023-n003,numbering")
    edit("plans/990101-tiny-2023/targets.csv", "到90%以上,,", "到90%以上,,")
    edit(
        "plans/990101-tiny-2023/updates.csv",
        "990101-tiny-2023-u001,990101-tiny-2023-k001",
        "990101-tiny-2023-u001,990101-tiny-2023-k002",
    )
    path = repository / "datapackages/plans/990101-tiny-2023/references.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("990101-tiny-2023-r001,990101-tiny-2023-c001,2023—2025年,date\n", ""),
        encoding="utf-8",
    )
    told = json.loads(command("diff", "HEAD", "--root", repository, "--format", "json").stdout)
    assert told["follows"]["rows"] == {"references": [9, 8]}
    assert {(each["kind"], each["id"]) for each in told["changes"]} >= {("removed", "990101-tiny-2023-r001")}


def test_of_rows_that_lead_nowhere_only_what_changed_is_told(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",城乡居民收入倍差缩小到1.6以内,", ",城乡居民收入倍差缩小到1.7以内,")
    done = command("diff", TINY, tiny)
    assert done.returncode == 0 and "1.7以内" in done.stdout and "有的行连不上" in done.stderr
    done = command("diff", tiny, TINY)
    assert done.returncode == 0 and "1.7以内" in done.stdout and "有的行连不上" in done.stderr


def followed(old: Path, new: Path) -> Consequences:
    projects = [read_project(Paths.of(each))[0] for each in (old, new)]
    whole = all(package.sound for project in projects for package in project.packages)
    return consequences(*map(link, projects), joined=whole)


def test_a_comparison_that_turned_is_told_and_one_that_came_is_not(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",level,le,1.6,", ",level,le,1.9,")
    assert followed(TINY, tiny) == Consequences(turned=(("990101-tiny-2023-t001", "more", "less"),))
    path = tiny / "datapackages/plans/990101-tiny-2023/targets.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "-t001," not in line), encoding="utf-8")
    assert followed(tiny, TINY) == Consequences({"targets": (15, 16)})


def test_a_contradiction_that_came_and_one_that_went_are_told_by_their_quotes(tiny: Path, edit) -> None:
    own = '50　80,"正文2025年为90%以上,附件为80%。","The body says 90% or more by 2025, the annex 80%."'
    edit("plans/990101-tiny-2023/notes.csv", own, own.replace("50　80", "50"))
    assert followed(TINY, tiny) == Consequences(
        appeared=("和美乡村覆盖率达到90%以上 ↔ 50 [990101-tiny-2023-n001]",),
        gone=("和美乡村覆盖率达到90%以上 ↔ 50　80 [990101-tiny-2023-n001]",),
    )


@pytest.mark.parametrize("which", [0, 1])
def test_of_a_project_that_cannot_be_read_whole_only_its_rows_are_counted(tiny: Path, edit, which: int) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",level,le,1.6,", ",level,le,1.9,")
    (tiny / "datapackages/plans/990101-tiny-2023/notes.csv").write_text("", encoding="utf-8")
    before_and_after = [tiny, TINY] if which else [TINY, tiny]
    assert followed(*before_and_after) == Consequences({"notes": (0, 2) if which else (2, 0)})


@pytest.mark.parametrize("style", ["markdown", "html"])
def test_what_comes_from_the_data_stays_text(repository: Path, edit, style: str) -> None:
    edit("plans/990101-tiny-2023/updates.csv", "例河大桥已开工", "<script>alert(1)</script> [x](http://e) @all")
    told = command("diff", "HEAD", "--root", repository, "--format", style).stdout
    assert "<script>" not in told and "&lt;script&gt;" in told
    assert style == "html" or not re.search(r"(?<!\\)\]\(http|@all", told)


def test_without_git_there_is_nothing_and_no_error(tiny: Path) -> None:
    done = command("diff", "HEAD", "--root", tiny, GIT_CEILING_DIRECTORIES=str(tiny.parent))
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("base", ["no-such-thing", "--output=x", "HEAD:datapackages"])
def test_an_unknown_revision_is_wrong_use(repository: Path, base: str) -> None:
    done = command("diff", "--root", repository, "--", base)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1


def test_a_table_that_is_read_in_part_is_told(repository: Path) -> None:
    path = repository / "datapackages/plans/990101-tiny-2023/targets.csv"
    head, first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    for spoilt in (first.replace(",1.6,", ",x,"), first + first):
        path.write_text("".join([head, spoilt, *rest]), "utf-8")
        done = command("diff", "HEAD", "--root", repository)
        assert "targets.csv 里有读不通的格子、列，或者重复的编号" in done.stderr, spoilt


@pytest.mark.parametrize(
    "spoil", [lambda data: data.decode().encode("gb18030"), lambda data: data + b'"', lambda _: b""]
)
def test_a_file_that_cannot_be_read_is_told_apart_from_rows_that_are_gone(repository: Path, spoil) -> None:
    path = repository / "datapackages/plans/990101-tiny-2023/tasks.csv"
    path.write_bytes(spoil(path.read_bytes()))
    done = command("diff", "HEAD", "--root", repository)
    assert "删去 3 行" in done.stdout and "tasks.csv 读不通，里面的行当作没有" in done.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tiny-2023-t002,", "tiny-2023-t001,"),  # an id twice
        (",90,", ",九十,"),
        ("target_id,", "<<<<<<< HEAD\ntarget_id,"),
        ("target_id,clause_id,", "target_id,Clause,"),
    ],
)
def test_what_of_a_table_is_not_told_is_said(repository: Path, old: str, new: str) -> None:
    path = repository / "datapackages/plans/990101-tiny-2023/targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    done = command("diff", "HEAD", "--root", repository)
    assert done.returncode == 0 and "targets.csv " in done.stderr and len(done.stderr.splitlines()) == 1
    assert command("diff", "HEAD", "HEAD", "--root", repository).stderr == ""


def test_a_table_without_rows_is_read_whatever_its_columns(repository: Path) -> None:
    path = repository / "datapackages/plans/990101-tiny-2023/retired.csv"
    path.write_text("id,date\n", encoding="utf-8")
    assert command("diff", "HEAD", "--root", repository).stderr == ""


def test_no_base_is_wrong_use(repository: Path) -> None:
    assert command("diff", "", "--root", repository).returncode == 2


def test_check_holds_the_data_against_its_base(repository: Path) -> None:
    path = repository / "datapackages/plans/990101-tiny-2023/attachments.csv"
    kept = path.read_text(encoding="utf-8").splitlines()[:-1]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = command("check", "--root", repository, "--base", "HEAD")
    assert done.returncode == 1 and "row-removed" in done.stdout and "990101-tiny-2023-a002（项目表）" in done.stdout
    retired = repository / "datapackages/plans/990101-tiny-2023/retired.csv"
    retired.write_text(
        retired.read_text(encoding="utf-8") + "990101-tiny-2023-a002,2024-01-01,写错了,\n", encoding="utf-8"
    )
    assert command("check", "--root", repository, OPENPLANS_BASE="HEAD").returncode == 0


@pytest.mark.parametrize(("size", "after"), [("major", "2.0.0"), ("minor", "1.3.0"), ("patch", "1.2.4")])
def test_a_version_rises_by_the_size_of_the_change(size, after: str) -> None:
    assert raised("1.2.3", size) == after


def test_what_a_version_of_another_day_lacks_is_nought() -> None:
    assert [raised(each, "patch") for each in ("2", "2.1", "", "２.1.0", "1.2.3.4")] == [
        *("2.0.1", "2.1.1", "0.0.1", "1.0.1", "1.2.4"),
    ]


def versions(root: Path) -> list[str]:
    """The versions of registry and tiny plan."""
    names = ("registry", "plans/990101-tiny-2023")
    return [
        json.loads((root / "datapackages" / each / "datapackage.json").read_text(encoding="utf-8"))["version"]
        for each in names
    ]


def test_release_sets_versions_and_tells_them_once(repository: Path, edit) -> None:
    git(repository, "tag", "data-1.0.0")
    edit("plans/990101-tiny-2023/targets.csv", "2025年突破50000万元,,", "2025年突破50000万元,单位是万元,")
    warned = command("check", "--root", repository, "--base", "data-1.0.0")
    assert warned.returncode == 0 and "warning version-not-raised" in warned.stdout
    done = command("release", "--root", repository, "--date", "2026-01-02")
    assert done.returncode == 0 and versions(repository) == ["1.0.1", "1.0.1"]
    path = repository / "datapackages/registry/releases.csv"
    told = path.read_text(encoding="utf-8")
    assert told.splitlines()[:4] == [
        "version,number,date,audience,change_zh,change_en",
        "1.0.1,1,2026-01-02,reusers,改动 1 行。,1 changed.",
        "1.0.1,2,2026-01-02,reusers,村级集体经济总收入 2025年目标：备注 （空） → 单位是万元,"
        '"Target “村级集体经济总收入”, 2025: Note (empty) → “单位是万元”"',
        "1.0.0,1,2025-03-01,readers,两个计划。,Two plans.",
    ]
    assert "version-not-raised" not in command("check", "--root", repository, "--base", "data-1.0.0").stdout
    command("release", "--root", repository, "--date", "2026-01-03")
    assert path.read_text(encoding="utf-8") == told and versions(repository) == ["1.0.1", "1.0.1"]
    assert command("check", "--root", repository).returncode == 0


def test_a_disk_that_fills_up_leaves_every_package_its_old_version(repository: Path, edit, monkeypatch) -> None:
    """The second of the files that are written: the registry is told of the version, the plan not."""
    git(repository, "tag", "data-1.0.0")
    edit("plans/990101-tiny-2023/targets.csv", "2025年突破50000万元,,", "2025年突破50000万元,单位是万元,")
    told, calls, written = (repository / RELEASES).read_bytes(), [0], os.fsync

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        written(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        CliRunner().invoke(cli, ["release", "--root", str(repository)], catch_exceptions=False)
    assert versions(repository) == ["1.0.0", "1.0.0"] and (repository / RELEASES).read_bytes() == told


RELEASES = "datapackages/registry/releases.csv"


@pytest.mark.parametrize("version", ["2.0.0", "0.5.0"])
def test_release_tells_of_a_version_that_was_set_by_hand(repository: Path, edit, version: str) -> None:
    git(repository, "tag", "data-1.0.0")
    edit("registry/datapackage.json", '"version": "1.0.0"', f'"version": "{version}"')
    untold = command("release", "--root", repository)
    assert untold.returncode == 1 and "release-untold" in untold.stdout  # nothing changed that could be told
    edit("registry/organizations.csv", "Agriculture Bureau", "Bureau of Agriculture")
    assert command("release", "--root", repository, "--date", "2026-01-02").returncode == 0
    assert versions(repository)[0] == max(version, "1.0.1")
    assert command("check", "--root", repository).returncode == 0


def test_release_keeps_what_was_told_before_it(repository: Path, edit) -> None:
    git(repository, "tag", "data-1.0.0")
    edit("registry/organizations.csv", "Agriculture Bureau", "Bureau of Agriculture")
    edit("registry/releases.csv", "1.0.0,1,", "1.0.1,1,2025-06-01,reusers,改了译名。,A name.\n1.0.0,1,")
    told = (repository / RELEASES).read_text(encoding="utf-8")
    done = command("release", "--root", repository, "--date", "2026-01-02")
    assert done.returncode == 0 and "releases.csv 里已有 1.0.1，没有再写" in done.stdout
    assert (repository / RELEASES).read_text(encoding="utf-8") == told and versions(repository)[0] == "1.0.1"
    assert command("check", "--root", repository).returncode == 0


def test_release_names_the_version_that_it_leaves_behind_unreleased(repository: Path, edit) -> None:
    git(repository, "tag", "data-1.0.0")
    edit("registry/organizations.csv", "Agriculture Bureau", "Bureau of Agriculture")
    command("release", "--root", repository, "--date", "2026-01-02")
    edit("registry/aliases.csv", "theme,villages,乡村,zh", "theme,villages,乡村,zh\ntheme,villages,村里,zh")
    done = command("release", "--root", repository, "--date", "2026-01-02")
    assert done.returncode == 0 and "releases.csv 里还有 1.0.1，比对照的版本新" in done.stdout
    assert versions(repository)[0] == "1.1.0" and command("check", "--root", repository).returncode == 0


@pytest.mark.parametrize("date", ["2025-02-10", "20260102", "2026-W01-1", "2206-01-02"])
def test_release_takes_no_date_that_the_check_would_refuse(repository: Path, edit, date: str) -> None:
    git(repository, "tag", "data-1.0.0")
    edit("registry/organizations.csv", "Agriculture Bureau", "Bureau of Agriculture")
    done = command("release", "--root", repository, "--date", date)
    assert done.returncode == 2 and "--date" in done.stderr and versions(repository)[0] == "1.0.0"
    assert command("check", "--root", repository).returncode == 0


def test_release_stands_below_no_later_version(repository: Path, edit) -> None:
    git(repository, "tag", "data-1.0.0")
    edit("registry/organizations.csv", "Agriculture Bureau", "Bureau of Agriculture")
    edit("registry/releases.csv", "1.0.0,1,", "9.0.0,1,2025-06-01,readers,将来。,The future.\n1.0.0,1,")
    done = command("release", "--root", repository, "--date", "2026-01-02")
    assert done.returncode == 2 and "releases.csv 里有 9.0.0" in done.stderr and versions(repository)[0] == "1.0.0"


def test_release_quotes_no_blank_that_only_a_document_may_have(repository: Path, edit) -> None:
    git(repository, "tag", "data-1.0.0")
    edit("plans/990101-tiny-2023/targets.csv", ",和美乡村覆盖率(%)\u300050\u300080", ",覆盖率(%)\u300050\u300080")
    assert command("release", "--root", repository, "--date", "2026-01-02").returncode == 0
    assert "→ 覆盖率(%) 50 80," in (repository / RELEASES).read_text(encoding="utf-8")
    assert command("check", "--root", repository).returncode == 0


def test_a_row_more_is_a_minor_version(repository: Path) -> None:
    git(repository, "tag", "data-1.0.0")
    path = repository / "datapackages/plans/990101-tiny-2023/updates.csv"
    more = "990101-tiny-2023-u003,990101-tiny-2023-k001,,,2024-09-01,done,,,例河大桥通车,,例县新闻,media,https://example.org/open\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert command("release", "--root", repository, "--date", "2026-01-02").returncode == 0
    assert versions(repository) == ["1.1.0", "1.1.0"]


def test_release_without_a_release_asks_for_the_base(repository: Path) -> None:
    done = command("release", "--root", repository)
    assert done.returncode == 2 and "name the BASE" in done.stderr


def test_codes_and_ids_are_told_in_words(repository: Path, edit) -> None:
    edit("plans/990101-tiny-2023/projects.csv", "例河大桥,start,2024,", "例河大桥,complete,2024,")
    edit("plans/990101-tiny-2023/tasks.csv", "1,美化村庄,villages,", "1,美化村庄,goals,")
    told = command("diff", "HEAD", "--root", repository).stdout
    assert "任务“美化村庄”：主题 村庄 → 总体目标  [990101-tiny-2023-k001]" in told
    assert "Task 美化村庄: Theme villages → goals" in told
    assert "项目“例河大桥”：阶段 要开工 → 要建成" in told
