"""site.toml -> what the publisher of a root says of his site: its name and its addresses.

Comes in: the root of a project. Goes out: Settings; those of this house where the root has no such file. Apart, so that
another province publishes with a file of its own and no line of code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields

from openplans.build import PublishError
from openplans.paths import Paths

FILE = "site.toml"


@dataclass(frozen=True)
class Settings:
    """`name`: what stands at the head of each page and in its
    title; `base_url`, `repository`, `datasette`: as Site says."""

    name: str = ""
    base_url: str = ""
    repository: str = ""
    datasette: str = ""


def settings(paths: Paths) -> Settings:
    """What site.toml says; PublishError for a file that is no
    TOML, a key there is none of, or a value that is no text."""
    file = paths.root / FILE
    if not file.exists():
        return Settings()
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PublishError(f"{FILE} 读不通：引号或等号写得不对\n{FILE} is no TOML: {error}") from None
    known = [each.name for each in fields(Settings)]
    for name, value in said.items():
        if name not in known:
            raise PublishError(
                f"{FILE} 里没有“{name}”这一项，只有 {'、'.join(known)}\n{FILE} has no “{name}”, only {', '.join(known)}"
            )
        if not isinstance(value, str) or "\n" in value:
            raise PublishError(
                f"{FILE} 的“{name}”应当是引号里的一行文字\n“{name}” of {FILE} has to be one line of text in quotes"
            )
    return Settings(**said)
