"""The workflows give nothing away: zizmor finds nothing, actions are pinned by commit, and what may write runs no code
of ours.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from openplans.paths import HOUSE

WORKFLOWS = sorted((HOUSE / ".github/workflows").glob("*.yml"))
ZIZMOR = Path(sys.executable).with_name("zizmor")


def jobs(path: Path) -> dict[str, dict]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]


def test_zizmor_finds_nothing_of_medium_or_higher_weight() -> None:
    command = [ZIZMOR, "--offline", "--no-progress", "--format", "json", "--min-severity", "medium", HOUSE / ".github"]
    done = subprocess.run(command, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert [f"{each['ident']}: {each['desc']}" for each in found] == []


def test_zizmor_would_find_an_unpinned_action(tmp_path: Path) -> None:
    text = (HOUSE / ".github/workflows/check.yml").read_text(encoding="utf-8")
    (tmp_path / "check.yml").write_text(re.sub(r"actions/checkout@\w+", "actions/checkout@v4", text), encoding="utf-8")
    command = [
        ZIZMOR,
        "--offline",
        "--no-progress",
        "--format",
        "json",
        "--min-severity",
        "medium",
        tmp_path / "check.yml",
    ]
    assert "unpinned-uses" in {
        each["ident"] for each in json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    }


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_shells_see_no_expression(path: Path) -> None:
    for job in jobs(path).values():
        for step in job["steps"]:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step.get("uses", "actions/none@" + "0" * 40))
            assert "${{" not in step.get("run", "") + step.get("with", {}).get("script", "")
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_that_may_write_checks_nothing_out(path: Path) -> None:
    for name, job in jobs(path).items():
        if "write" in job.get("permissions", {}).values():
            assert not any(step.get("uses", "").startswith("actions/checkout@") for step in job["steps"]), name


def test_a_pull_request_is_checked_first_and_with_rights_to_read_only() -> None:
    told = yaml.safe_load((HOUSE / ".github/workflows/check.yml").read_text(encoding="utf-8"))
    assert told["permissions"] == {"contents": "read"}
    assert [name for name, job in told["jobs"].items() if "needs" not in job] == ["data"]


def test_the_site_of_a_pull_request_is_measured_beside_that_of_main(tmp_path: Path) -> None:
    for name, page in (("here", "<html>" * 500), ("main", "<html>" * 250)):
        (tmp_path / name / "plans").mkdir(parents=True)
        (tmp_path / name / "plans/index.html").write_text(page)
        (tmp_path / name / "a.css").write_text("a" * 3000)
    command = [sys.executable, HOUSE / ".github/measures.py", "here", "90", "main", "60"]
    said = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    assert said.splitlines()[2:] == [
        "| 用时 time (s) | 90 | 60 | +50.0 % |",
        "| 大小 size (MB) | 0.0 | 0.0 | +33.3 % |",
        "| 文件 files | 2 | 2 | +0.0 % |",
        "| 最大的网页 largest page (KB) | 3 | 1.5 | +100.0 % |",
    ]
    gone = subprocess.run([*command[:4], "none", "9"], capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    assert "| 用时 time (s) | 90 | — |  |" in gone


def test_the_summary_says_what_it_takes_and_what_is_wrong() -> None:
    told = jobs(HOUSE / ".github/workflows/check.yml")
    steps = {job: " ".join(step.get("run", "") for step in told[job]["steps"]) for job in told}
    assert ".github/measures.py site" in steps["site"] and "make -C base site" in steps["site"]
    assert "make check" in steps["data"] and "build.py diff" in steps["data"]
