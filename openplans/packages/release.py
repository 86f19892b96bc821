"""The version that a difference asks for: major, minor or patch, as docs/versions.md says.

Comes in: the last released Project, the present one, their Changes. Goes out: for each package its new version, and
the section of the change log. Apart from `diff`: what a change weighs is a rule about versions, not about cells.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from openplans.packages import diff_words
from openplans.packages.diff import PLAN, Change, compare
from openplans.packages.diff_words import Names
from openplans.packages.files import read_beside
from openplans.packages.read import Package, Project
from openplans.packages.versions import numbers
from openplans.schema import contract

Size = Literal["major", "minor", "patch"]
SIZES: tuple[Size, ...] = ("major", "minor", "patch")
"""The sizes of a change, the weightiest first."""

_MOST_LINES = 40
"""A section of the change log names so many rows; the rest is counted."""


@dataclass(frozen=True)
class Step:
    """A package's way to its new version; `size` is what its changes ask for."""

    package: Package
    size: Size
    old: str
    new: str


def steps(old: Project, new: Project) -> list[Step]:
    """The packages whose version rises, the registry first: it rises with every change, by the weightiest of them.

    A version that was raised enough since the last release stays, so that a second run changes nothing.
    """
    before = {each.folder.name: each for each in old.packages}
    sizes = _sizes(old, new)
    if sizes:
        sizes["registry"] = min(sizes.values(), key=SIZES.index)
    found = []
    for package in new.packages:
        size, was = sizes.get(package.folder.name), before.get(package.folder.name)
        if size is not None and was is not None and was.descriptor:
            released, present = was.descriptor["version"], package.descriptor["version"]
            found.append(Step(package, size, present, max(raised(released, size), present, key=numbers)))
    return found


def _sizes(old: Project, new: Project) -> dict[str, Size]:
    """By the name of its folder, the weightiest change of each package that changed."""
    found: dict[str, Size] = {}
    for change in compare(old, new):
        found[change.package] = min(found.get(change.package, "patch"), _size(change), key=SIZES.index)
    before = {each.folder.name: each for each in old.packages}
    for package in new.packages:
        was = before.get(package.folder.name)
        if was is not None and was.descriptor and (size := _of_schema(was, package)):
            found[package.folder.name] = min(found.get(package.folder.name, "patch"), size, key=SIZES.index)
    return found


def _size(change: Change) -> Size:
    """What one change weighs: an id given up without a word is major, a row that came or went minor, a correction
    patch.
    """
    if change.table == PLAN:
        return "major" if change.kind == "removed" else "minor"
    return "patch" if change.kind == "changed" else "minor"


def _of_schema(old: Package, new: Package) -> Size | None:
    """What a change of columns and tables weighs."""
    was, now = _columns(old), _columns(new)
    if was - now:
        return "major"
    return "minor" if now - was else None


def _columns(package: Package) -> set[tuple[str, str]]:
    """Every (table, column) that a descriptor declares."""
    return {
        (resource["name"], field["name"])
        for resource in package.descriptor.get("resources", ())
        for field in resource.get("schema", {}).get("fields", ())
    }


def raised(version: str, size: Size) -> str:
    """A version after a change of a size: 1.2.3 becomes 2.0.0, 1.3.0 or 1.2.4."""
    own, place = numbers(version), SIZES.index(size)
    return ".".join(map(str, [*own[:place], own[place] + 1, *[0] * (2 - place)]))


def write(step: Step, date: str) -> None:
    """Set version and date in a package's descriptor; all else in it stays."""
    path = step.package.folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(
        contract.descriptor_text({**descriptor, "version": step.new, "updated": date}), encoding="utf-8", newline="\n"
    )


# --- The change log -------------------------------------------------------------------------------

_DATA = re.compile(r"(?m)^## Data\n")
_UNRELEASED = re.compile(r"(?ms)^### Unreleased\n(.*?)(?=^### |^## |\Z)")


def logged(log: str, version: str, date: str, changes: list[Change], names: Names) -> str:
    """The change log with a section for a version: what stands under Unreleased in *Data*, or else the changes in
    words.
    """
    if re.search(rf"(?m)^### {re.escape(version)} \(", log):
        return log
    head = _DATA.search(log)
    if head is None:
        log = f"{log.rstrip()}\n\n## Data\n" if log.strip() else "# Changes\n\n## Data\n"
        head = _DATA.search(log)
    assert head is not None
    start = head.end()
    end = log.find("\n## ", start)
    section, rest = (log[start:end], log[end:]) if end >= 0 else (log[start:], "")
    waiting = _UNRELEASED.search(section)
    words = waiting.group(1).strip() if waiting else ""
    section = _UNRELEASED.sub("", section)
    return f"{log[:start]}\n### {version} ({date})\n\n{words or _in_words(changes, names)}\n\n{section.strip()}\n{rest}"


def _in_words(changes: list[Change], names: Names) -> str:
    """The changes as a reader wants them: Chinese, then English, a line a row."""
    said = [diff_words.said(each, names) for each in changes[:_MOST_LINES]]
    more = len(changes) - len(said)
    count_zh, count_en = diff_words.counted(changes)
    zh = [count_zh, "", *(f"- {each}" for each, _ in said), *([f"- 另有 {more} 行"] if more else [])]
    en = [count_en, "", *(f"- {each}" for _, each in said), *([f"- and {more} rows more"] if more else [])]
    return "\n".join([*zh, "", *en])


def write_log(path: Path, version: str, date: str, changes: list[Change], names: Names) -> None:
    """Bring the change log up to a version."""
    log = read_beside(path, [])
    path.write_text(logged(log, version, date, changes, names), encoding="utf-8", newline="\n")
