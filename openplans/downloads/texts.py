"""What the files say in words: READMEs, citations and covers.

Comes in: templates/files/, which speak both languages. Goes
out: text. Nothing is escaped: these are files of plain text.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment

from openplans import routes
from openplans.downloads.table import Origin
from openplans.downloads.workbook import CoverLine
from openplans.paths import HOUSE
from openplans.text import i18n
from openplans.text.i18n import Own


def rendered(name: str, own: Own, /, **context: Any) -> str:
    """A template of templates/files/ with its context."""
    return _environment(own).get_template(f"files/{name}.j2").render(context)


def cover(made: Origin, **context: Any) -> list[CoverLine]:
    """The lines of a workbook's cover."""
    lines = (
        line.partition("\t") for line in rendered("cover.txt", made.publisher.own, origin=made, **context).splitlines()
    )
    return [(label, said) for label, _, said in lines]


def sheets(own: Own) -> tuple[str, str]:
    """What a workbook's cover and its dictionary are called."""
    first, last = rendered("sheets.txt", own).split("\n")[:2]
    return first, last


@cache
def _environment(own: Own) -> Environment:
    env = i18n.environment(HOUSE / "templates", i18n.SOURCE, {}, {}, own, autoescape=False)
    env.globals["routes"] = routes
    return env
