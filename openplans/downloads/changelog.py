"""What readers see changed: the section Data of CHANGELOG.md as data.

Comes in: the file. Goes out: its versions, the newest first.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypedDict

from openplans.packages.files import read_beside

_SECTION = re.compile(r"(?ms)^## Data\n(.*?)(?=^## |\Z)")
_VERSION = re.compile(r"(?ms)^### ([0-9]+\.[0-9]+\.[0-9]+) \(([0-9]{4}-[0-9]{2}-[0-9]{2})\)\n(.*?)(?=^### |\Z)")
_HAN, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]")


class Version(TypedDict):
    """One version of the data; `date` is YYYY-MM-DD, `text` Markdown, `zh`
    and `en` its first words in each language ("" where there are none)."""

    version: str
    date: str
    zh: str
    en: str
    text: str


def versions(changelog: Path) -> list[Version]:
    """The versions of the data with what each changed; none where no change log is kept."""
    section = _SECTION.search(read_beside(changelog, []))
    found = _VERSION.findall(section.group(1)) if section else []
    return [
        Version(
            version=version, date=date, zh=_first(text, chinese=True), en=_first(text, chinese=False), text=text.strip()
        )
        for version, date, text in found
    ]


def _first(text: str, *, chinese: bool) -> str:
    """The first paragraph in a language, in one line; lists and tables are none."""
    paragraphs = (" ".join(each.split()) for each in text.split("\n\n"))
    prose = [each for each in paragraphs if each and each[0] not in "|-*#"]
    return next((each for each in prose if _in_chinese(each) == chinese), "")


def _in_chinese(text: str) -> bool:
    """Whether a paragraph is Chinese: an English one may name a Chinese word, and a Chinese one a file."""
    return len(_HAN.findall(text)) > len(_LATIN.findall(text))
