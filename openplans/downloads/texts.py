"""What the files say in words: READMEs, citations and covers.

Comes in: templates/files/, which speak both languages. Goes
out: text. Nothing is escaped: these are files of plain text.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment

from openplans.downloads.workbook import Line
from openplans.paths import HOUSE
from openplans.text import i18n


def rendered(name: str, **context: Any) -> str:
    """A template of templates/files/ with its context."""
    return _environment().get_template(f"files/{name}.j2").render(context)


def cover(**context: Any) -> list[Line]:
    """The lines of a workbook's cover."""
    lines = (line.partition("\t") for line in rendered("cover.txt", **context).splitlines())
    return [(label, said) for label, _, said in lines]


def sheets() -> tuple[str, str]:
    """What a workbook's cover and its dictionary are called."""
    first, last = rendered("sheets.txt").split("\n")[:2]
    return first, last


@cache
def _environment() -> Environment:
    return i18n.environment(HOUSE / "templates", i18n.SOURCE, {}, {}, autoescape=False)
