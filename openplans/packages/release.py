"""The version that a difference asks for: major, minor or patch, as docs/versions.md says.

Comes in: the last released Project, the present one, their Changes. Goes out: for each package its new version, and
the files that say so. Apart from `diff`: what a change weighs is a rule about versions, not about cells.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from openplans.packages import diff_words
from openplans.packages.cells import INVISIBLE
from openplans.packages.diff import PLAN, RELEASES, Change, compare, of_data
from openplans.packages.diff_words import NamesById
from openplans.packages.read import DESCRIPTOR, Package, Project, Row
from openplans.packages.versions import numbers
from openplans.packages.write import csv_text
from openplans.schema import contract

Bump = Literal["major", "minor", "patch"]
SIZES: tuple[Bump, ...] = ("major", "minor", "patch")
"""The sizes of a change, the weightiest first."""

_CHINESE = re.compile("[\u3400-\u9fff]+")
_MARKS = str.maketrans("，。；：、（）！？“”", ",.;:,()!?''")
"""Marks of Chinese as English has them; its quotes stand around what is Chinese."""

_MOST_ROWS = 40
"""A release names so many rows; the rest is counted."""


@dataclass(frozen=True)
class NewVersion:
    """A package's way to its new version; `size` is what its changes ask for."""

    package: Package
    size: Bump
    old: str
    new: str


def steps(old: Project, new: Project) -> list[NewVersion]:
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
            found.append(NewVersion(package, size, present, max(raised(released, size), present, key=numbers)))
    return found


def _sizes(old: Project, new: Project) -> dict[str, Bump]:
    """By the name of its folder, the weightiest change of each package that changed."""
    found: dict[str, Bump] = {}
    for change in of_data(compare(old, new)):
        found[change.package] = min(found.get(change.package, "patch"), _size(change), key=SIZES.index)
    before = {each.folder.name: each for each in old.packages}
    for package in new.packages:
        was = before.get(package.folder.name)
        if was is not None and was.descriptor and (size := _of_schema(was, package)):
            found[package.folder.name] = min(found.get(package.folder.name, "patch"), size, key=SIZES.index)
    return found


def _size(change: Change) -> Bump:
    """What one change weighs: an id given up without a word is major, a row that came or went minor, a correction
    patch.
    """
    if change.table == PLAN:
        return "major" if change.kind == "removed" else "minor"
    return "patch" if change.kind == "changed" else "minor"


def _of_schema(old: Package, new: Package) -> Bump | None:
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


def raised(version: str, size: Bump) -> str:
    """A version after a change of a size: 1.2.3 becomes 2.0.0, 1.3.0 or 1.2.4. What an old one lacks is 0."""
    own, place = (*numbers(version), 0, 0, 0)[:3], SIZES.index(size)
    return ".".join(map(str, [*own[:place], own[place] + 1, *[0] * (2 - place)]))


def descriptor_of(step: NewVersion, date: str) -> dict[Path, bytes | None]:
    """A package's descriptor with its new version and date, by its path; all else in it stays."""
    path = step.package.folder / DESCRIPTOR
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    return {path: contract.descriptor_text({**descriptor, "version": step.new, "updated": date}).encode("utf-8")}


# --- What it is told as ---------------------------------------------------------------------------


def told(
    registry: Package, version: str, date: str, changes: list[Change], names: NamesById
) -> dict[Path, bytes | None]:
    """releases.csv, by its path, with a version on top and what it changed, a row for each change; nothing where the
    version is told there. They are for reusers, who read rows: whoever puts them in readers' words says which are for
    readers.
    """
    table = registry.tables[RELEASES]
    if any(row["version"] == version for row in table.rows):
        return {}
    rows = [
        {"version": version, "number": number, "date": date, "audience": "reusers", "change_zh": zh, "change_en": en}
        for number, (zh, en) in enumerate(_in_words(changes, names), 1)
    ]
    return {registry.folder / f"{RELEASES}.csv": csv_text(table.columns, [*rows, *table.rows]).encode("utf-8")}


def later(registry: Package, version: str, date: str) -> Row | None:
    """The row of releases.csv that would have to stand above a version of a date: of a later version or day."""
    for row in registry[RELEASES]:
        if numbers(row["version"]) > numbers(version) or (row["version"] != version and row["date"] > date):
            return row
    return None


def told_since(registry: Package, released: str) -> list[str]:
    """The versions in releases.csv that are newer than a released one, the newest first."""
    versions = dict.fromkeys(row["version"] for row in registry[RELEASES])
    return [each for each in versions if numbers(each) > numbers(released)]


def _in_words(changes: list[Change], names: NamesById) -> list[tuple[str, str]]:
    """How many rows changed, and which: Chinese and English."""
    more = len(changes) - _MOST_ROWS
    rest = [(f"另有 {more} 行", f"And {more} rows more")] if more > 0 else []
    said = [diff_words.counted(changes), *(diff_words.said(each, names) for each in changes[:_MOST_ROWS]), *rest]
    return [(_visible(zh), _in_english(_visible(en))) for zh, en in said]


def _visible(words: str) -> str:
    """Words as a cell may have them: of a document they may quote blanks of its own, and letters that nobody sees."""
    return " ".join(INVISIBLE.sub(lambda found: " " if found.group().isspace() else "", words).split())


def _in_english(words: str) -> str:
    """English words that quote what they say of a document in Chinese, with its marks as English has them."""
    return _CHINESE.sub(r"“\g<0>”", words.translate(_MARKS)) if _CHINESE.search(words) else words
