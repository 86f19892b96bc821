"""Every way of CONTRIBUTING.md, walked as it says: on a branch of a real repository the check passes, and diff says
what was done.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from openplans.paths import HOUSE
from tests.conftest import command

GUIDES = ("CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md")
FORMS = ("typo", "figure", "progress", "observation", "plan")
MOST_STEPS = 8
PLAN = "plans/990101-tiny-2023"


@pytest.fixture
def branch(tiny: Path) -> Path:
    """The tiny project in a repository, on a branch beside main."""
    for arguments in (("init", "-b", "main"), ("add", "."), ("commit", "-m", "All there is"), ("switch", "-c", "mend")):
        git(tiny, *arguments)
    return tiny


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
    subprocess.run(["git", "-C", root, *who, *arguments], check=True, capture_output=True)


def proposed(root: Path) -> list[str]:
    """What a pull request's check says of the branch: it has to pass; then the Chinese lines of its difference."""
    git(root, "add", ".")
    git(root, "commit", "-m", "Mend")
    checked = command("check", "--root", root, "--base", "main")
    assert checked.returncode == 0, checked.stdout
    told = json.loads(command("diff", "main", "HEAD", "--root", root, "--format", "json").stdout)
    return [each["zh"] for each in told["changes"]]


def append(root: Path, name: str, row: str) -> None:
    path = root / "datapackages" / name
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")


def test_a_typo_is_mended(branch: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"{PLAN}/notes.csv", "附件没有第2行。", "附件的表没有第2行。")
    assert proposed(branch) == ["疑点 3　和美乡村：说明 附件没有第2行。 → 附件的表没有第2行。"]


def test_a_figure_is_corrected(branch: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"{PLAN}/targets.csv", ",ge,90,,%,by", ",ge,80,,%,by")  # the mistake that somebody finds
    git(branch, "commit", "-am", "A mistake")
    git(branch, "branch", "-f", "main")
    assert command("check", "--root", branch).returncode == 1
    edit(f"{PLAN}/targets.csv", ",ge,80,,%,by", ",ge,90,,%,by")
    assert proposed(branch) == ["和美乡村覆盖率 2025年目标：≥80% → ≥90%"]


def test_progress_is_reported(branch: Path) -> None:
    row = "990101-tiny-2023-u003,990101-tiny-2023-k001,,,2024-11-01,done,,,例河大桥建成通车,,例县新闻,media,https://example.org/open"
    append(branch, f"{PLAN}/updates.csv", row)
    assert proposed(branch) == ["新增 进展“例河大桥建成通车”"]


def test_an_actual_figure_is_added(branch: Path) -> None:
    head, first = (branch / "datapackages/observations/observations.csv").read_text(encoding="utf-8").splitlines()[:2]
    cells = dict(zip(head.split(","), first.split(","), strict=True))
    cells |= {"observation_id": "o0011", "period": "2022", "value": "40", "replaces": ""}
    append(branch, "observations/observations.csv", ",".join(cells.values()))
    assert proposed(branch) == ["新增 例县 和美乡村覆盖率 2022 实际数：40%"]


def test_a_plan_is_added(branch: Path) -> None:
    folder, model = (branch / "datapackages/plans" / each for each in ("990101-small-2024", "990101-tiny-2023"))
    source = "例县养老服务工作计划(2024年)\n\n到2024年,养老床位达到300张。\n\n例县人民政府\n2024年1月5日\n"
    folder.mkdir()
    (folder / "source.txt").write_text(source, encoding="utf-8")
    for table in model.glob("*.csv"):
        shutil.copy(table, folder)
        (folder / table.name).write_text(table.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    descriptor = json.loads((model / "datapackage.json").read_text(encoding="utf-8"))
    for name in ("doc_number", "published", "accepted"):
        del descriptor[name]
    title = "例县养老服务工作计划(2024年)"
    descriptor |= {"name": folder.name, "plan_id": folder.name, "title": title, "title_zh": title, "title_en": "A plan"}
    descriptor |= {"issued": "2024-01-05", "effective_start": "2024-01-01", "effective_end": "2024-12-31"}
    (folder / "datapackage.json").write_text(
        json.dumps({**descriptor, "boilerplate": []}, ensure_ascii=False), encoding="utf-8"
    )
    told = command("check", "--root", branch).stdout  # step 4: the check says hash and length
    digest = re.search(r"source_sha256 现为 ([0-9a-f]{64})", told)
    assert digest and digest.group(1) == hashlib.sha256(source.encode()).hexdigest()
    descriptor |= {"source_sha256": digest.group(1), "source_length": len(source), "boilerplate": []}
    (folder / "datapackage.json").write_text(
        json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    for number, (kind, text) in enumerate(
        [
            ("title", title),
            ("paragraph", '"到2024年,养老床位达到300张。"'),
            ("signature", "例县人民政府"),
            ("signature", "2024年1月5日"),
        ],
        1,
    ):
        parent = "990101-small-2024-c001" if number > 1 else ""
        append(
            branch,
            f"plans/{folder.name}/clauses.csv",
            f"990101-small-2024-c{number:03},{parent},{number},{kind},,{text}",
        )
    told = command("check", "--root", branch).stdout  # step 6: the check names each number
    assert "“300张”" in told and "“2024年”" in told
    head = (folder / "targets.csv").read_text(encoding="utf-8").strip().split(",")
    cells = {
        "target_id": "990101-small-2024-t001",
        "clause_id": "990101-small-2024-c002",
        "indicator": "养老床位",
        "measure": "level",
    }
    cells |= {
        "comparator": "ge",
        "value": "300",
        "unit": "张",
        "period_basis": "by",
        "period_end": "2024",
        "quote": "养老床位达到300张",
    }
    append(branch, f"plans/{folder.name}/targets.csv", ",".join(cells.get(name, "") for name in head))
    for number, (clause, quote) in enumerate([("c001", "2024年"), ("c002", "到2024年"), ("c004", "2024年1月5日")], 1):
        append(
            branch,
            f"plans/{folder.name}/references.csv",
            f"990101-small-2024-r{number:03},990101-small-2024-{clause},{quote},date",
        )
    append(branch, "registry/units.csv", "张,beds,bed,张,1")
    assert proposed(branch) == ["新增 计量单位 张", f"新增 计划“{title}”"]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_way_has_at_most_eight_steps(guide: str) -> None:
    ways = (HOUSE / guide).read_text(encoding="utf-8").split("\n## ")[1:]
    steps = [len(re.findall(r"(?m)^\d+\. ", way)) for way in ways]
    assert len(ways) == len(FORMS) and all(1 < count <= MOST_STEPS for count in steps)


def test_the_guides_show_small_pictures() -> None:
    shown = [
        re.findall(r"!\[[^\]]{10,}\]\((docs/images/[\w-]+\.png)\)", (HOUSE / name).read_text(encoding="utf-8"))
        for name in ("CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md")
    ]
    assert shown[0] == shown[1] and len(shown[0]) == 2
    assert all((HOUSE / each).stat().st_size < 60_000 for each in shown[0])


@pytest.mark.parametrize("form", FORMS)
def test_every_way_has_a_form_for_issues(form: str) -> None:
    told = yaml.safe_load((HOUSE / ".github/ISSUE_TEMPLATE" / f"{form}.yml").read_text(encoding="utf-8"))
    assert told["name"] and told["description"] and all(each["attributes"]["label"] for each in told["body"])


def test_the_template_asks_for_a_second_reading() -> None:
    text = (HOUSE / ".github/pull_request_template.md").read_text(encoding="utf-8")
    assert "docs/second-reading.md" in text and text.count("- [ ]") >= 5


def test_how_the_files_are_written_is_offered_as_a_patch(branch: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"{PLAN}/targets.csv", "gt,50000", 'gt,"50,000"')
    git(branch, "commit", "-am", "As a spreadsheet program writes it")
    ours = branch / ".venv" / "bin" / "python"
    ours.parent.mkdir(parents=True)
    ours.write_text(
        f'#!/bin/sh\nshift\nexec {sys.executable} {HOUSE}/build.py "$@" --root {branch}\n', encoding="utf-8"
    )
    ours.chmod(0o755)
    told = yaml.safe_load((HOUSE / ".github/workflows/check.yml").read_text(encoding="utf-8"))
    [step] = [each for each in told["jobs"]["data"]["steps"] if each.get("name") == "How the files are written"]
    summary = branch / "summary.md"
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=branch, env=environment, check=False)
    assert done.returncode == 1 and '"50,000"' in (branch / "datapackages" / PLAN / "targets.csv").read_text("utf-8")
    assert (branch / "comment" / "fmt.patch").read_text("utf-8") in summary.read_text("utf-8")
    git(branch, "apply", "comment/fmt.patch")
    assert command("fmt", "--check", "--root", branch).returncode == 0


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_row_needs_is_named_where_a_row_is_added(guide: str) -> None:
    """Codes that a table requires, and that nobody would think of, stand in the way that adds to it."""
    ways = (HOUSE / guide).read_text(encoding="utf-8").split("\n## ")
    report, figure, plan = ways[3], ways[4], ways[5]
    assert all(f"`{name}`" in report for name in ("statement", "source_title", "source_kind", "status"))
    assert all(f"`{name}`" in figure for name in ("kind", "period", "period_kind", "bound"))
    assert all(f"`{name}`" in plan for name in ("name", "plan_id", "region_code"))
