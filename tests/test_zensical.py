"""Zensical, which follows Material for MkDocs, builds the same pages
from the same folder: the frame is its own, what the pages say is not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from openplans.paths import HOUSE, Paths

_BODY = re.compile(r'<div class="op-page .*</div>', re.DOTALL)


def bodies(site: Path) -> dict[str, str]:
    """The body of every page by its address."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        if body := _BODY.search(path.read_text(encoding="utf-8")):
            inner = body[0].split("</article>")[0].split("</main>")[0]
            found[path.relative_to(site).as_posix()] = re.sub(r"\s+", " ", inner).strip()
    return found


def test_zensical_builds_the_same_pages(built: Paths, staged: dict[str, str], tmp_path: Path) -> None:
    for name, text in staged.items():
        file = tmp_path / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    shutil.copytree(HOUSE / "templates/overrides", tmp_path / "overrides")
    settings = yaml.safe_load((HOUSE / "mkdocs.yml").read_text(encoding="utf-8"))
    settings |= {"docs_dir": "docs", "site_dir": "site"}
    settings["theme"]["custom_dir"] = "overrides"
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    program = Path(sys.executable).with_name("zensical")
    done = subprocess.run(
        [program, "build"], cwd=tmp_path, env={"PYTHONPATH": str(HOUSE)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    ours, theirs = bodies(built.output), bodies(tmp_path / "site")
    assert len(ours) > 50 and set(ours) <= set(theirs)
    assert [name for name, body in ours.items() if theirs[name] != body] == []
