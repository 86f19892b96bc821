"""The fresh site in the place of the last one, so that there is a whole site at every moment.

Comes in: the finished tree. Goes out: the output folder with it. Where the system can, the two folders change places
in one step (renameat2 with RENAME_EXCHANGE, on Linux); else by two renames, and what a cut between them leaves is
restored.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
from pathlib import Path

from openplans import routes
from openplans.paths import Paths

KEPT = ("README.md", ".gitignore")
"""In the output folder: the note that says how the site is made, and what git ignores. All else there is the build's.
"""

MANIFEST = routes.download("site", "json")
"""The list of what a site consists of."""

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
"""Of renameat2(2): paths are from the working folder; the two exchange their names."""


def swap(paths: Paths) -> None:
    """Put the fresh site in the place of the old one; whatever interrupts it, there is a whole one afterwards."""
    for name in KEPT:
        if (paths.output / name).exists():
            shutil.copyfile(paths.output / name, paths.fresh_site / name)
    write_manifest(paths.fresh_site)
    paths.output.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = _near(paths, "new"), _near(paths, "old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.move(paths.fresh_site, fresh)  # a copy where the file systems differ; from here on all is renaming
    if paths.output.exists() and exchange(fresh, paths.output):
        fresh.rename(old)
    else:
        _rename_both(fresh, paths.output, old)
    _set_aside(old, paths.fresh_site)


def _set_aside(old: Path, place: Path) -> None:
    """Keep the last site for the next one to be made of (artifacts/tree.py); where that is on another disk, it has
    nothing in common with the store there and is removed."""
    try:
        old.rename(place)
    except OSError:
        shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step. False where the system or the file system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # macOS, Windows, a libc before its version 2.28
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _rename_both(fresh: Path, output: Path, old: Path) -> None:
    """Put the old one aside and the fresh one in its place; if that is interrupted, the old one comes back."""
    try:
        if output.exists():
            output.rename(old)
        fresh.rename(output)
    except BaseException:
        if old.exists() and not output.exists():
            old.rename(output)
        raise


def cut_off(paths: Paths) -> bool:
    """Whether a swap by renames was cut off, by the end of the machine: the old site lies aside, and there is none."""
    return _near(paths, "old").exists() and not paths.output.exists()


def restore(paths: Paths) -> None:
    """Bring the old site back where a swap was cut off. For who has the lock: another build may be in the middle of
    one."""
    if cut_off(paths):
        _near(paths, "old").rename(paths.output)


def write_manifest(site: Path) -> None:
    """Note what a site consists of, so that the next build knows what is its own to replace."""
    names = sorted({*(each.name for each in site.iterdir()), "data"})
    (site / MANIFEST).parent.mkdir(exist_ok=True)
    (site / MANIFEST).write_text(
        json.dumps({"made_by": "Open Plans", "top": names}, indent=2) + "\n", encoding="utf-8", newline="\n"
    )


def is_own(folder: Path) -> bool:
    """Whether all that is in a folder is a site of ours, or the note that says how to make one."""
    names = {each.name for each in folder.iterdir()}
    own = set(KEPT)
    if (folder / MANIFEST).is_file():
        own |= _listed(folder / MANIFEST)
    return names <= own


def _listed(manifest: Path) -> set[str]:
    """What a manifest lists; where it is damaged (cut short, empty), what every site of ours has."""
    try:
        return set(json.loads(manifest.read_text(encoding="utf-8"))["top"])
    except (ValueError, KeyError, TypeError):
        pages = {
            each.partition("/")[0] for name, each in vars(routes).items() if name.isupper() and isinstance(each, str)
        }
        files = {"404.html", "llms.txt", "robots.txt", "sitemap.xml", "sitemap.xml.gz"}
        return {*pages, *files, "assets", "en", "pagefind"}


def _near(paths: Paths, kind: str) -> Path:
    return paths.output.with_name(f".{paths.output.name}.{kind}")
