"""Who publishes a root: site.toml, and the templates and catalogues of its own -> Publisher.

Comes in: the root of a project, and the descriptor of its registry. Goes out: Publisher; this house where the root has
none of it. Apart, so that another province publishes with files of its own and no line of code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from openplans.build import PublishError
from openplans.paths import Paths
from openplans.schema import contract
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES, NONE, SOURCE, Own

FILE = "site.toml"

_LICENCE = ("name", "title", "path")
"""What a licence is described by, as in a descriptor."""


@dataclass(frozen=True)
class Licence:
    """A licence as Frictionless describes one: `name` by SPDX, `path` its address."""

    name: str = "CC-BY-4.0"
    title: str = "Creative Commons Attribution 4.0 International"
    path: str = "https://creativecommons.org/licenses/by/4.0/"

    @property
    def short(self) -> str:
        """What people call it: CC-BY-4.0 -> CC BY 4.0."""
        return re.sub(r"^CC-|-(?=[\d.]+$)", lambda cut: cut[0].replace("-", " "), self.name)


@dataclass(frozen=True)
class Publisher:
    """What site.toml says. `name`: what stands at the head of each page and in its title, "" for that of this house;
    `publisher`: who is cited; `licence`: of all data together, that of the registry where it isn't told; `languages`:
    the editions of the site; `logo`: a picture in the root; `contact`: an e-mail address or a web page; `base_url`,
    `repository`, `datasette`: as Site says. `own`: the templates and words that are not this house's."""

    name: str = ""
    publisher: str = "Open Plans"
    licence: Licence = Licence()
    keywords: tuple[str, ...] = tuple(contract.all_packages()["keywords"])
    languages: tuple[Language, ...] = LANGUAGES
    logo: str = ""
    contact: str = ""
    base_url: str = ""
    repository: str = ""
    datasette: str = ""
    own: Own = NONE

    @property
    def contact_url(self) -> str:
        """`contact` as the address of a link."""
        return f"mailto:{self.contact}" if "@" in self.contact else self.contact

    @property
    def icon(self) -> str:
        """Its sign among the site's files."""
        return f"assets/{Path(self.logo).name}" if self.logo else "assets/openplans.svg"


def publisher(paths: Paths, registry: Mapping[str, Any]) -> Publisher:
    """The publisher of a root. PublishError for a site.toml that is no TOML, a key there is none of, or a value that
    is not what its key asks for. `registry`: the descriptor of the registry, whose licence is that of all data."""
    said = _read(paths.root / FILE)
    known = [each.name for each in fields(Publisher) if each.name != "own"]
    for name, value in said.items():
        if name not in known:
            _refuse(f"没有“{name}”这一项，只有 {'、'.join(known)}", f"has no “{name}”, only {', '.join(known)}")
        _judge(name, value, paths)
    licence: Mapping[str, str] = said.pop("licence", None) or next(iter(registry.get("licenses", ())), {})
    lists: dict[str, Any] = {name: tuple(said.pop(name)) for name in ("keywords", "languages") if name in said}
    words = {name: licence[name] for name in _LICENCE if licence.get(name)}
    own = Own.of(paths.own_templates) if paths.own_templates != paths.templates else NONE
    return Publisher(**said, **lists, licence=Licence(**words), own=own)


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PublishError(f"{FILE} 读不通：引号或等号写得不对\n{FILE} is no TOML: {error}") from None


def _judge(name: str, value: Any, paths: Paths) -> None:
    """Refuse a value that is not what its key asks for."""
    if name == "licence":
        if not isinstance(value, dict) or set(value) != set(_LICENCE) or not all(map(_line, value.values())):
            _refuse(
                '的“licence”应当写成 { name = "CC-BY-4.0", title = "…", path = "https://…" }',
                'has to say its licence as { name = "CC-BY-4.0", title = "…", path = "https://…" }',
            )
    elif name in ("keywords", "languages"):
        if not isinstance(value, list) or not all(map(_line, value)):
            _refuse(f'的“{name}”应当写成 ["…", "…"]', f'has to say “{name}” as ["…", "…"]')
        if name == "languages" and (SOURCE not in value or not set(value) <= set(LANGUAGES)):
            _refuse('的“languages”是 ["zh"] 或 ["zh", "en"]', 'has “languages” other than ["zh"] or ["zh", "en"]')
    elif not _line(value):
        _refuse(f"的“{name}”应当是引号里的一行文字", f"has to say “{name}” as one line of text in quotes")
    elif name == "logo" and not (paths.root / value).is_file():
        _refuse(f"里的 logo 没有这个文件：{value}", f"names a logo that is not there: {value}")
    elif name == "contact" and not re.fullmatch(r"[^\s@:]+@[^\s@]+|https?://\S+", value):
        _refuse("的“contact”应当是邮箱或网址", "has to say “contact” as an e-mail address or a web page")


def _line(value: Any) -> bool:
    return isinstance(value, str) and "\n" not in value


def _refuse(chinese: str, english: str) -> None:
    raise PublishError(f"{FILE} {chinese}\n{FILE} {english}")
