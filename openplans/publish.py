"""Pages and files -> the finished site: stage, run MkDocs, index for search, swap.

Comes in: pages and staged downloads. Goes out: the site, in one move at the end;
whatever fails before leaves the last good one untouched.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from openplans.pages import Page, environment, render
from openplans.paths import Paths

NOTE = "README.md"
"""The note in the output folder that says how the site is made; it is kept, all else there is the build's."""


class PublishError(Exception):
    """A tool of the last steps failed; the message is what it printed."""


def clear(paths: Paths) -> None:
    """An empty staging folder."""
    for folder in (paths.staged, paths.fresh_site):
        shutil.rmtree(folder, ignore_errors=True)
    paths.staged.mkdir(parents=True)


def stage(pages: Iterable[Page], paths: Paths) -> None:
    """Write the pages as Markdown beside the assets."""
    shutil.copytree(paths.templates / "assets", paths.staged / "assets", dirs_exist_ok=True)
    env = environment(paths)
    for page in pages:
        file = paths.staged / page.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render(env, page), encoding="utf-8")


def run_mkdocs(paths: Paths, base_url: str, updated: str) -> int:
    """Build the staged pages into the fresh site; return the number of HTML pages.

    `updated` (YYYY-MM-DD) is the only time a build knows; MkDocs takes it from SOURCE_DATE_EPOCH.
    """
    moment = datetime.fromisoformat(updated).replace(tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    address = {"site_url": base_url} if base_url else {}
    config = load_config(str(paths.mkdocs_yml), docs_dir=str(paths.staged), site_dir=str(paths.fresh_site), **address)
    mkdocs_build(config)
    return sum(1 for _ in paths.fresh_site.rglob("*.html"))


def index(paths: Paths) -> int:
    """Make Pagefind's search index of the fresh site; return the number of its files."""
    command = [sys.executable, "-m", "pagefind", "--site", str(paths.fresh_site), "--force-language", "zh", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise PublishError(f"pagefind: {(done.stderr or done.stdout).strip()}")
    return sum(1 for each in (paths.fresh_site / "pagefind").rglob("*") if each.is_file())


def swap(paths: Paths) -> None:
    """Put the fresh site in the place of the old one; should the move fail, the old one comes back."""
    if (paths.output / NOTE).exists():
        shutil.copyfile(paths.output / NOTE, paths.fresh_site / NOTE)
    shutil.rmtree(paths.old_site, ignore_errors=True)
    paths.output.parent.mkdir(parents=True, exist_ok=True)
    fresh = _beside(paths.fresh_site, paths.output)
    if paths.output.exists():
        _move(paths.output, paths.old_site)
    try:
        fresh.rename(paths.output)
    except OSError:
        if paths.old_site.exists():
            _move(paths.old_site, paths.output)
        raise
    shutil.rmtree(paths.old_site, ignore_errors=True)


def _beside(fresh: Path, output: Path) -> Path:
    """The fresh site on the file system of the output, so that the last step is a rename and nothing else."""
    if fresh.stat().st_dev == output.parent.stat().st_dev:
        return fresh
    near = output.parent / f".{output.name}.new"
    shutil.rmtree(near, ignore_errors=True)
    return Path(shutil.move(fresh, near))


def _move(source: Path, target: Path) -> None:
    """Rename, or copy where the file systems differ."""
    shutil.move(source, target)
