"""What git knows of the data's past: which days changed it, in which release, and what changed on each, in words.

Comes in: the paths of a project. Goes out: Days, the newest first, and for one of them its Entries as JSON. Without
git, in a shallow clone, or where the data is not in git, there are no days and no error. Apart from `diff`, which
compares two states and knows of no time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from openplans.packages import diff_words
from openplans.packages.diff import PLAN, Change, compare, of_data
from openplans.packages.diff_words import NamesById, WordedCell
from openplans.packages.revisions import git, packages_at, raised, releases
from openplans.paths import Paths

_DATA = "datapackages"
_SHARED = (f"{_DATA}/registry", f"{_DATA}/observations")
_NAMES = _SHARED[0]
"""The package that has the names of what all others speak of."""


_DESCRIPTOR = f"{_NAMES}/datapackage.json"
"""Whose version is that of the whole."""


@dataclass(frozen=True)
class Day:
    """A day on which the data changed, in one release, by its tag or the version that rose: the commits before and
    after it; `old` is "" for the first, `release` is "" while there is none yet, `tagged` whether it has a tag.
    """

    day: str
    release: str
    tagged: bool
    old: str
    new: str


@dataclass(frozen=True)
class ToldChange:
    """A change in words. `row`: the id of the row that it is told of, for a unit of a task the task's; `zh`, `en`:
    what it is about."""

    package: str
    table: str
    row: str
    kind: str
    zh: str
    en: str
    parts: tuple[WordedCell, ...]


@dataclass(frozen=True)
class DayOfChanges:
    """A day, or a part of it, with what changed."""

    day: Day
    entries: tuple[ToldChange, ...]


def days(paths: Paths) -> list[Day]:
    """The days that changed the data, the newest first; the last commit of a day and of a release each end one."""
    root = paths.root
    if (git(root, "rev-parse", "--is-shallow-repository") or b"true").strip() != b"false":
        return []
    log = git(root, "log", "--first-parent", "--no-show-signature", "--format=%H %cs", "--", _DATA) or b""
    commits = [line.split() for line in log.decode().splitlines()]
    tagged = releases(root, _DATA)
    untagged = {commit: each for commit, each in raised(root, _DESCRIPTOR).items() if each not in tagged.values()}
    released = {**untagged, **tagged}
    found: list[Day] = []
    release = ""
    for place, (commit, day) in enumerate(commits):
        ends = place == 0 or day != commits[place - 1][1] or commit in released
        release = released.get(commit, release)
        if ends:
            found.append(Day(day, release, release in tagged.values(), "", commit))
    before = [*(each.new for each in found), ""][1:]
    return [replace(each, old=old) for each, old in zip(found, before, strict=True)]


def told(paths: Paths, day: Day) -> bytes:
    """The Entries of a day, as JSON. Only the packages that changed are read; of the first day only which plans there
    were."""
    folders = _changed(paths, day)
    with packages_at(paths, day.old, folders) as old, packages_at(paths, day.new, folders) as new:
        changes = [each for each in of_data(compare(old, new)) if day.old or each.table == PLAN]
        entries = [asdict(each) for each in _entries(changes, {**diff_words.names(old), **diff_words.names(new)})]
    return json.dumps(entries, ensure_ascii=False).encode()


def entries(text: bytes) -> tuple[ToldChange, ...]:
    """What `told` gave."""
    return tuple(_entry(each) for each in json.loads(text))


def _entry(plain: dict[str, Any]) -> ToldChange:
    return ToldChange(**{**plain, "parts": tuple(WordedCell(**each) for each in plain["parts"])})


def _changed(paths: Paths, day: Day) -> list[str]:
    """The folders of the packages that a day changed, and that of the names; all there were on the first day."""
    if not day.old:
        return [_DATA]
    differing = (
        git(paths.root, "diff", "--name-only", "--no-renames", "--relative", "-z", day.old, day.new, "--", _DATA) or b""
    )
    parts = (each.split("/") for each in os.fsdecode(differing).split("\0"))
    found = {"/".join(each[: 3 if each[1] == "plans" else 2]) for each in parts if len(each) > 2}
    return sorted({*found, _NAMES})


def _entries(changes: Iterable[Change], known: NamesById) -> Iterator[ToldChange]:
    for each in changes:
        zh, en = diff_words.subject(each, known)
        row = each.key[0] if each.table == "responsibilities" else each.id
        yield ToldChange(each.package, each.table, row, each.kind, zh, en, tuple(diff_words.parts(each, known)))
