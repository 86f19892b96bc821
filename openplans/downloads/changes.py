"""What readers see changed: the section Data of CHANGELOG.md as data.

Comes in: the file. Goes out: its versions, the newest first.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypedDict

_SECTION = re.compile(r"(?ms)^## Data\n(.*?)(?=^## |\Z)")
_VERSION = re.compile(r"(?ms)^### (\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)\n(.*?)(?=^### |\Z)")


class Change(TypedDict):
    """One version of the data; `date` is YYYY-MM-DD, `text` Markdown."""

    version: str
    date: str
    text: str


def published(changelog: Path) -> list[Change]:
    """The versions of the data with what each changed; none where no change log is kept."""
    section = _SECTION.search(changelog.read_text(encoding="utf-8")) if changelog.exists() else None
    found = _VERSION.findall(section.group(1)) if section else []
    return [Change(version=version, date=date, text=text.strip()) for version, date, text in found]
