"""build.py as people and workflows use it: what it prints, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from openplans.cli import foreign, main
from openplans.paths import HOUSE, Paths
from tests.conftest import command, hears_ctrl_c, started


def test_check_of_sound_data(tiny: Path) -> None:
    done = started("check", "--root", tiny)
    assert (done.returncode, done.stderr) == (0, "")
    assert "reading data packages" in done.stdout and "108 rows" in done.stdout


def test_a_problem_is_told_with_place_rule_and_both_languages(tiny: Path, edit) -> None:
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    done = command("check", "--root", tiny)
    assert done.returncode == 1
    assert done.stdout.splitlines()[2:] == [
        "datapackages/plans/990000-wide-2025/references.csv:3:3 error quote-not-in-clause",
        "    引文“到2028年”不在条款 990000-wide-2025-c003 的文字里。",
        "    The quote “到2028年” is not in the text of clause 990000-wide-2025-c003.",
        "    怎样改：从 clauses.csv 的这一条复制引文，一字不改。条款里最接近的是“到2027年”。",
        "    To mend: Copy the quote from this clause in clauses.csv, letter by letter. The nearest in the "
        "clause is “到2027年”.",
        "    docs/rules.md#quote-not-in-clause",
        "1 个问题，网站保持原样。1 problem; the last good site is left as it was.",
    ]


def test_github_gets_an_annotation_on_the_line(tiny: Path, edit) -> None:
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    done = command("check", "--root", tiny, GITHUB_ACTIONS="true")
    file = "datapackages/plans/990000-wide-2025/references.csv"
    start = f"::error file={file},line=3,col=3,title=quote-not-in-clause::引文“到2028年”不在"
    assert any(line.startswith(start) for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "--only", "330411-xiuzhou-2023/"), "There is no plan '330411-xiuzhou-2023/'"),
        (("site", "--output", "build/x"), "would overwrite the project's own files"),
        (("check", "--only", "no-such-plan"), "datapackages/plans/ 里没有计划 no-such-plan。"),
        (("check", "--root", "no/such/folder"), "--root 不对：没有 no/such/folder。"),
        (("check", "no-such-plan"), "[PATH]... 不对：没有 no-such-plan。"),
        (("check", "no/330411-xiuzhou-2023"), "[PATH]... 不对：没有 no/330411-xiuzhou-2023。"),
        (("publish",), "命令写得不对，用法见 build.py --help。Got unexpected extra argument (publish)"),
        (("fmt", "no/such/file"), "没有 no/such/file。"),
        (("take", "no/such.xlsx"), "FILE 不对：没有 no/such.xlsx。"),
        (("take", "没有的表.xlsx"), "FILE 不对：没有 没有的表.xlsx。Invalid value"),
        (("网站",), "命令写得不对，用法见 build.py --help。Got unexpected"),
        (("take",), "少写了 FILE。"),
        (("take", "."), "FILE 不对：. 不能这样用。"),
        (("check", "--format", "html"), "--format 不对：只能是 text、github、json、junit、sarif。"),
        (("site", "--base-url", "example.org"), "要以 http:// 或 https:// 开头，"),
        (("site", "--base-url", "https:///"), "--base-url 要以 http:// 或 https:// 开头，"),
        (("site", "--base-url", "https://example.org/a b/"), "不带空格、引号、?、#、账号。"),
        (("site", "--base-url", "https://example.org/\n/"), "不带空格、引号、?、#、账号。"),
        (("site", "--base-url", "https://example.org/\udcff/"), "不带空格、引号、?、#、账号。"),
        (("site", "--base-url", "https://example.org/\u202e/"), "不带空格、引号、?、#、账号。"),
        (("site", "--base-url", "https://example.org/?q="), "不带空格、引号、?、#、账号。"),
        (("site", "--repository", "https://me:secret@example.org/"), "不带空格、引号、?、#、账号。"),
        (("site", "--datasette", "javascript:alert(1)"), "--datasette 要以 http:// 或 https:// 开头，"),
        (("site", "--output", "."), "会盖掉项目自己的文件。"),
        (("site", "--output", "tests"), "里有不是构建写的文件，请用空的或新的文件夹。"),
        (("serve", "--port", "0"), "--port 不对：要一个 1 到 65535 的数。"),
        (("serve", "--port", "x"), "--port 不对：要一个 1 到 65535 的数。"),
        (("site", "--colour", "red"), "没有 --colour 这个选项。"),
        (("site", "--outptu", "x"), "没有 --outptu 这个选项，是不是 --output。"),
        (("diff", "no-such-revision"), "没有叫 no-such-revision 的版本"),
        (("form", "330411-xiuzhou-2023", "--unit", "x"), "没有一项任务写到这个单位。"),
        (("release", "--date", "2026-1-1"), "--date 要写成 2026-01-31 这样。"),
    ],
)
def test_wrong_use_is_one_line_in_both_languages_and_exit_code_2(
    arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(HOUSE)
    monkeypatch.setattr(sys, "argv", ["build.py", *arguments])
    assert main() == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and message in said
    assert re.search("[\u4e00-\u9fff].*。[A-Z]", said)


def test_an_output_that_leads_back_to_itself_is_wrong_use(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny / "site").symlink_to(tiny / "site")
    monkeypatch.setattr(sys, "argv", ["build.py", "site", "--root", str(tiny), "--output", str(tiny / "site")])
    assert main() == 2
    assert "是绕回自己的链接。It is a link" in capsys.readouterr().err


def test_a_wrong_use_ends_the_command(tmp_path: Path) -> None:
    done = command("take", "no/such.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith(
        "build.py: FILE 不对：没有 no/such.xlsx。"
    )


def test_github_gets_the_rest_in_its_summary(tiny: Path, tmp_path: Path, edit) -> None:
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    command("check", "--root", tiny, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(tmp_path / "summary"))
    assert (
        "quote\\-not" not in (summary := (tmp_path / "summary").read_text(encoding="utf-8"))
        and "references.csv:3:3" in summary
    )


def test_check_for_programs_prints_nothing_else(tiny: Path, edit) -> None:
    assert json.loads(command("check", "--root", tiny, "--format", "json").stdout) == {"problems": []}
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    done = command("check", "--root", tiny, "--format", "json")
    assert done.returncode == 1 and [each["line"] for each in json.loads(done.stdout)["problems"]] == [3]


def test_check_of_a_path_reads_the_plans_it_is_in(tiny: Path, edit) -> None:
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    plans = tiny / "datapackages/plans"
    assert command("check", "--root", tiny, plans / "990101-tiny-2023/tasks.csv").returncode == 0
    assert command("check", "--root", tiny, plans / "990000-wide-2025").returncode == 1
    assert command("check", "--root", tiny, tiny / "datapackages/registry").returncode == 1
    assert command("check", "--root", tiny, "990101-tiny-2023").returncode == 0
    assert command("check", "--root", tiny, "990000-wide-2025").returncode == 1


def test_a_check_that_changes_nothing_says_the_same_again(tiny: Path, edit) -> None:
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    first, again = (command("check", "--root", tiny, "--format", "json") for _ in range(2))
    assert first.stdout == again.stdout and (tiny / "build/cache/judgements/check.json").exists()


def test_site_is_the_default_and_takes_its_options(stocked: Paths, tmp_path: Path) -> None:
    done = command("--root", stocked.root, "--output", tmp_path / "out", "--only", "990101-tiny-2023")
    assert done.returncode == 0, done.stdout
    assert {path.name for path in (tmp_path / "out/plans").iterdir() if path.is_dir()} == {"990101-tiny-2023"}
    assert not stocked.output.exists()


def test_database_is_written_alone(tiny: Path) -> None:
    done = command("database", "--root", tiny)
    assert done.returncode == 0 and (tiny / "build/openplans.db").exists() and not (tiny / "site").exists()


def test_bad_data_loses_nothing_of_the_old_site(tiny: Path, finished: Paths, edit) -> None:
    edit("plans/990101-tiny-2023/updates.csv", "-k001", "-k009")
    done = command("--root", tiny)
    assert done.returncode == 1 and "broken-reference" in done.stdout
    assert (tiny / "site/index.html").exists() and (tiny / "site/data/openplans.db").exists()


def test_ctrl_c_is_one_line_and_exit_code_130(tiny: Path) -> None:
    building = [sys.executable, HOUSE / "build.py", "site", "--root", tiny, "--scheduler", "serial"]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "preexec_fn": hears_ctrl_c}
    with subprocess.Popen(building, **piped) as build:
        assert build.stdout and "reading data packages" in build.stdout.readline()
        build.send_signal(signal.SIGINT)
        said = build.communicate(timeout=120)[1]
    assert (build.returncode, said.strip()) == (130, "已中断。Interrupted.")
    assert not (tiny / "site").exists()


def test_rules_are_listed_from_their_table() -> None:
    done = command("check", "--rules")
    assert done.returncode == 0 and "figure-not-accounted\n    条款" in done.stdout


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_a_command_whose_streams_are_closed_does_its_work(tiny: Path, closed: str) -> None:
    wanted = [sys.executable, HOUSE / "build.py", "check", "--root", tiny]
    done = subprocess.run(["sh", "-c", f'exec "$0" "$@" {closed}', *wanted], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_too_many_open_files_are_told_in_words(tiny: Path) -> None:
    wanted = [sys.executable, HOUSE / "build.py", "site", "--root", tiny]
    done = subprocess.run(["sh", "-c", 'ulimit -n 6; exec "$0" "$@"', *wanted], capture_output=True, text=True)
    assert done.returncode == 2 and "ulimit -n" in done.stderr and "Traceback" not in done.stderr


def test_without_docstrings_it_is_said_why_nothing_is_done() -> None:
    done = started("check", PYTHONOPTIMIZE="2")
    assert done.returncode == 2 and "PYTHONOPTIMIZE=2" in done.stderr and "Traceback" not in done.stderr


def test_windows_is_told_what_does_not_hold_there() -> None:
    assert foreign("linux") is foreign("darwin") is None
    chinese, english = (foreign("win32") or "").split("\n")
    assert "两个构建不会互相避让" in chinese and "Use WSL" in english


def test_every_text_is_written_with_the_line_ends_of_every_system() -> None:
    for path in (HOUSE / "openplans").rglob("*.py"):
        for call in re.findall(
            r"\.write_text\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", path.read_text(encoding="utf-8")
        ):
            assert 'encoding="utf-8"' in call and 'newline="\\n"' in call, f"{path}: {call}"


@pytest.mark.parametrize("place", ["targets.csv", ""])
def test_what_is_read_only_is_left_and_said(tiny: Path, place: str, monkeypatch, capsys) -> None:
    """A file of a person who wants it kept, or its folder: neither that file nor another is written. Root may write
    anywhere, so the answer of the system is made."""
    folder = tiny / "datapackages/plans/990101-tiny-2023"
    for name in ("targets.csv", "tasks.csv"):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    before, asked = {path: path.read_bytes() for path in folder.iterdir()}, os.access
    kept = folder / place

    def access(path: Path, mode: int) -> bool:
        return not (mode & os.W_OK and Path(path) == kept) and asked(path, mode)

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setattr("sys.argv", ["build.py", "fmt", str(folder / "targets.csv"), "--root", str(tiny)])
    assert main() == 2
    said = capsys.readouterr().err
    assert "只读" in said and "Permission denied" in said and str(folder / "targets.csv") in said
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
