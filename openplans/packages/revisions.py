"""A project as it was: a revision of git or a folder, read as any other.

Comes in: the paths of a project and the name of a revision or of a folder. Goes out: the Project there, for as long
as the context lasts. Apart, because only here git is asked; without git, or outside of a repository, there is no past
and no error.
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from openplans.packages.read import Package, Project, Row, Table, read_project
from openplans.packages.versions import numbers
from openplans.paths import Paths
from openplans.schema import contract

RELEASES = "data-*"
"""The tags of releases of the data."""


_VERSION = re.compile(rb'"version": *"([0-9.]+)"')


class UnknownRevision(Exception):
    """Neither a folder with data packages nor a revision that git knows."""


def git(root: Path, *arguments: str) -> bytes | None:
    """What a git command prints; None where git is missing, refuses, or `root` is in no repository."""
    try:
        # A folder is meant as it is called: [ and * in its name are no pattern.
        asked = ["git", "--literal-pathspecs", "-C", str(root), *arguments]
        done = subprocess.run(asked, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def in_git(root: Path) -> bool:
    """Whether the project stands in a git repository with at least one commit."""
    return git(root, "rev-parse", "--verify", "HEAD") is not None


def last_release(root: Path) -> str:
    """The newest tag of a release of the data; "" where there is none, or no git."""
    tags = (git(root, "tag", "--list", RELEASES, "--sort=-v:refname") or b"").decode().split()
    return tags[0] if tags else ""


def releases(root: Path, folder: str) -> dict[str, str]:
    """The releases of the data by the commit that last changed a folder before them."""
    found: dict[str, str] = {}
    for tag in (git(root, "tag", "--list", RELEASES, "--sort=-v:refname") or b"").decode().split():
        last = git(root, "log", "-1", "--first-parent", "--no-show-signature", "--format=%H", tag, "--", folder) or b""
        found[last.decode().strip()] = tag.removeprefix(RELEASES.rstrip("*"))
    return found


def raised(root: Path, descriptor: str) -> dict[str, str]:
    """The versions of the data by the commit that raised them, as a descriptor tells: those of releases without a tag,
    too.
    """
    asked = ("--reverse", "--first-parent", "--no-show-signature", "-G", '"version"', "--format=%H")
    found: dict[str, str] = {}
    highest: tuple[int, ...] = ()
    for commit in (git(root, "log", *asked, "--", descriptor) or b"").decode().split():
        said = _VERSION.search(git(root, "show", f"{commit}:./{descriptor}") or b"")
        version = said[1].decode() if said else ""
        if numbers(version) > highest:
            highest, found[commit] = numbers(version), version
    return found


@contextmanager
def project_at(paths: Paths, name: str) -> Iterator[Project]:
    """The project as it is in a folder or was at a revision; UnknownRevision for what is neither.

    "" is the project as it stands in its folder. What of it cannot be read is left out: the past is not judged again.
    """
    folder = Path(name) if name else paths.root
    if (folder / "datapackages").is_dir():
        yield _as_it_was(Paths.of(folder))
        return
    with tempfile.TemporaryDirectory(prefix="openplans-") as kept:
        _unpack(paths.root, name, Path(kept))
        yield _as_it_was(Paths.of(Path(kept)))


@contextmanager
def packages_at(paths: Paths, commit: str, folders: Sequence[str]) -> Iterator[Project]:
    """Of the project at a commit the packages in some folders, as far as they were there; nothing for the commit ""."""
    with tempfile.TemporaryDirectory(prefix="openplans-") as kept:
        there = git(paths.root, "ls-tree", "--name-only", "-z", commit, "--", *folders) if commit else b""
        if there:
            _unpack(paths.root, commit, Path(kept), os.fsdecode(there).rstrip("\0").split("\0"))
        yield _as_it_was(Paths.of(Path(kept)))


def _as_it_was(paths: Paths) -> Project:
    """The project in a folder. A table of another day's columns is read all the same: those it lacks are empty."""
    project, _ = read_project(paths)
    for package in project.packages:
        for name in package.broken & contract.tables(package.kind).keys():
            if table := _leniently(package, name):
                package.tables[name] = table
    return project


def _leniently(package: Package, name: str) -> Table | None:
    """A table by the columns it has; None where it is no CSV with its first column's name."""
    resource = contract.tables(package.kind)[name]
    fields = contract.fields(resource)
    try:
        text = (package.folder / resource["path"]).read_text(encoding="utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        lines = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error):
        return None
    if next(iter(fields)) not in (reader.fieldnames or ()):
        return None
    table = Table(name, resource["path"], tuple(fields))
    for number, cells in enumerate(lines, 2):
        row = Row({each: _typed(cells.get(each) or "", field["type"]) for each, field in fields.items()})
        row.line = number
        table.rows.append(row)
    return table


def _typed(cell: str, kind: str) -> str | int | Decimal | None:
    """A cell as its field's type has it; None for a number that is none."""
    if kind not in ("integer", "number"):
        return cell
    try:
        return int(cell) if kind == "integer" else Decimal(cell)
    except (ValueError, ArithmeticError):
        return None


def _unpack(root: Path, revision: str, into: Path, folders: Sequence[str] = ("datapackages",)) -> None:
    """Write a revision's data packages, or some of them, into a folder."""
    named = git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if named is None:
        raise UnknownRevision(revision)
    prefix, top = (
        os.fsdecode(git(root, "rev-parse", asked) or b"").strip() for asked in ("--show-prefix", "--show-cdup")
    )
    # From the top, for git looks for the folder that it is called in inside of the tree, too.
    archive = git(root / top, "archive", "--format=tar", f"{named.decode().strip()}:{prefix}", "--", *folders)
    if archive is None:
        raise UnknownRevision(revision)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter=_inside)


def _inside(member: tarfile.TarInfo, into: str) -> tarfile.TarInfo | None:
    """What may be unpacked: not a link out of the folder, which git keeps for ever though nobody has it any more."""
    try:
        return tarfile.data_filter(member, into)
    except tarfile.FilterError:
        return None
