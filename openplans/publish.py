"""Pages and files -> the finished site: stage, run MkDocs, index for search, swap.

Comes in: pages and staged downloads. Goes out: the site, in one move at the end;
whatever fails before leaves the last good one untouched.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from openplans.i18n import Language
from openplans.pages.page import Page, Site, render
from openplans.paths import Paths

KEPT = ("README.md", ".gitignore")
"""In the output folder: the note that says how the site is made, and what git ignores. All else there is the build's."""

MANIFEST = "data/site.json"
"""The list of what a site consists of."""


class PublishError(Exception):
    """A tool of the last steps failed; the message is what it printed."""


def clear(paths: Paths) -> None:
    """An empty staging folder."""
    for folder in (paths.staged, paths.fresh_site):
        shutil.rmtree(folder, ignore_errors=True)
    paths.staged.mkdir(parents=True)


def stage(pages: Iterable[Page], environments: dict[Language, Environment], paths: Paths) -> None:
    """Write the pages as Markdown beside the assets."""
    notes = shutil.ignore_patterns("*.md")  # MkDocs would make pages of them
    shutil.copytree(paths.templates / "assets", paths.staged / "assets", dirs_exist_ok=True, ignore=notes)
    for page in pages:
        file = paths.staged / page.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render(environments, page), encoding="utf-8")


def run_mkdocs(paths: Paths, site: Site) -> int:
    """Build the staged pages into the fresh site; return the number of HTML pages.

    The date of the data is the only time a build knows; MkDocs takes it from SOURCE_DATE_EPOCH.
    """
    moment = datetime.fromisoformat(site.updated).replace(tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    address = {"site_url": site.base_url} if site.base_url else {}
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
    """Put the fresh site in the place of the old one, by renames only; whatever interrupts them, the old one comes back."""
    for name in KEPT:
        if (paths.output / name).exists():
            shutil.copyfile(paths.output / name, paths.fresh_site / name)
    write_manifest(paths.fresh_site)
    paths.output.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = _near(paths, "new"), _near(paths, "old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.move(paths.fresh_site, fresh)  # a copy where the file systems differ; from here on all is renaming
    try:
        if paths.output.exists():
            paths.output.rename(old)
        fresh.rename(paths.output)
    except BaseException:
        if old.exists() and not paths.output.exists():
            old.rename(paths.output)
        raise
    shutil.rmtree(old, ignore_errors=True)


def restore(paths: Paths) -> None:
    """Bring the old site back where a swap was cut off by the end of the machine."""
    old = _near(paths, "old")
    if old.exists() and not paths.output.exists():
        old.rename(paths.output)


def write_manifest(site: Path) -> None:
    """Note what a site consists of, so that the next build knows what is its own to replace."""
    names = sorted({*(each.name for each in site.iterdir()), "data"})
    (site / MANIFEST).parent.mkdir(exist_ok=True)
    (site / MANIFEST).write_text(json.dumps({"made_by": "Open Plans", "top": names}, indent=2) + "\n", encoding="utf-8")


def is_own(folder: Path) -> bool:
    """Whether all that is in a folder is a site of ours, or the note that says how to make one."""
    names = {each.name for each in folder.iterdir()}
    own = set(KEPT)
    if (folder / MANIFEST).is_file():
        own |= set(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["top"])
    return names <= own


def _near(paths: Paths, kind: str) -> Path:
    return paths.output.with_name(f".{paths.output.name}.{kind}")
