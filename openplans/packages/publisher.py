"""Who publishes a root: site.toml, and the templates and catalogues of its own -> Publisher.

Comes in: the root of a project, and the descriptor of its registry. Goes out: Publisher; this house where the root has
none of it. Apart, so that another province publishes with files of its own and no line of code.
"""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel.messages.pofile import PoFileError, read_po
from jinja2 import Environment, TemplateSyntaxError

from openplans.packages.cells import CONTROL, INVISIBLE
from openplans.packages.files import read_beside
from openplans.paths import Paths
from openplans.problems import Problem, PublishError
from openplans.schema import contract
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES, NONE, SOURCE, Own

FILE = "site.toml"


class WrongSettings(PublishError):
    """A site.toml or a template of the root that says something it cannot: in which `file` and `line`, and what, in
    Chinese and in English."""

    def __init__(self, line: int, zh: str, en: str, file: str = FILE) -> None:
        super().__init__(f"{file}:{line} {zh}\n{file}:{line} {en}")
        self.file, self.line, self.zh, self.en = file, line, zh, en


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
    """The publisher of a root. WrongSettings for a site.toml that is no TOML, a key there is none of, or a value that
    is not what its key asks for. `registry`: the descriptor of the registry, whose licence is that of all data."""
    said, lines = _read(paths.settings)
    known = [each.name for each in fields(Publisher) if each.name != "own"]
    for name, value in said.items():
        wrong = None if name in known else (f"没有“{name}”这一项，只有 {'、'.join(known)}", f"there is no “{name}”")
        if wrong := wrong or _wrong(name, value, paths):
            raise WrongSettings(lines.get(name, 1), *wrong)
    licence: Mapping[str, str] = said.pop("licence", None) or next(iter(registry.get("licenses", ())), {})
    lists: dict[str, Any] = {name: tuple(said.pop(name)) for name in ("keywords", "languages") if name in said}
    said |= {name: f"{said[name].rstrip('/')}/" for name in ("base_url", "datasette") if said.get(name)}
    words = {name: licence[name] for name in _LICENCE if licence.get(name)}
    own = _own(paths) if paths.own_templates != paths.templates else NONE
    return Publisher(**said, **lists, licence=Licence(**words), own=own)


def _own(paths: Paths) -> Own:
    """The templates and words that a root has of its own."""
    changed = set(paths.changed_templates)
    for path in Own.files(paths.own_templates):
        if path in changed and (wrong := _unlike_template(path)):
            raise WrongSettings(*wrong, file=path.relative_to(paths.root).as_posix())
    own = Own.of(paths.own_templates)
    for name, zh, en in _of_no_use(own, paths.templates):
        raise WrongSettings(1, zh, en, file=(paths.own_templates / name).relative_to(paths.root).as_posix())
    return own


def _of_no_use(own: Own, house: Path) -> Iterator[tuple[str, str, str]]:
    """Templates that stand in the place of none of the house's and that no other names; in both languages why."""
    from rapidfuzz import fuzz, process

    known = [path.relative_to(house).as_posix() for path in Own.files(house)]
    for name, _ in own.templates:
        others = (other for other, said in own.templates if other != name and name in said)
        if name in known or any(others):
            continue
        meant = process.extractOne(name, known, scorer=fuzz.ratio)[0]
        zh = f"没有叫这个名字的模板，也没有别的模板用到它，所以不起作用；是不是“{meant}”？"
        yield name, zh, f"no template is called so and none uses it, so it does nothing; is “{meant}” meant?"


def _unlike_template(path: Path) -> tuple[int, str, str] | None:
    """Why a file is no template or catalogue: the line, and what is wrong in both languages."""
    problems: list[Problem] = []
    text = read_beside(path, problems, markup=True)
    for each in problems:
        return each.line or 1, each.zh, each.en
    try:
        if path.suffix == ".po":
            read_po(io.BytesIO(text.encode()), abort_invalid=True)
        else:
            Environment(extensions=["jinja2.ext.i18n"]).parse(text)
    except TemplateSyntaxError as error:
        return error.lineno, "模板读不通", f"it is no template: {error.message}"
    except PoFileError as error:
        return (error.lineno or 0) + 1, "译文的目录读不通", f"it is no catalogue: {error}"
    return None


def _read(file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """What a file says by its keys, and the lines on which they stand."""
    problems: list[Problem] = []
    text = read_beside(file, problems)
    for each in problems:
        raise WrongSettings(each.line or 1, each.zh, each.en)
    try:
        lines = {name: text[: found.start(1)].count("\n") + 1 for found in _KEY.finditer(text) for name in [found[1]]}
        return tomllib.loads(text), lines
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists
        line = int(found[1]) if (found := re.search(r"line (\d+)", str(error))) else 1
        why = "有一项写了两次，留一个" if "overwrite" in str(error) else "读不通：引号或等号写得不对"
        raise WrongSettings(line, why, f"it is no TOML: {error}") from None


_KEY = re.compile(r"^[ \t]*\[?([A-Za-z0-9_-]+)[ \t]*(?:=|\.|\])", re.MULTILINE)


def _wrong(name: str, value: Any, paths: Paths) -> tuple[str, str] | None:
    """Why a value is not what its key asks for, in both languages."""
    if name == "licence":
        right = '{ name = "CC-BY-4.0", title = "…", path = "https://…" }'
        sound = isinstance(value, dict) and set(value) == set(_LICENCE) and all(map(_line, value.values()))
        sound = sound and _address(value["path"])
        return None if sound else (f"licence 应当写成 {right}", f"a licence is written as {right}")
    if name in ("keywords", "languages"):
        if not isinstance(value, list) or not all(map(_line, value)):
            return f'{name} 应当写成 ["…", "…"]', f'{name} is written as ["…", "…"]'
        if name == "languages" and (SOURCE not in value or not set(value) <= set(LANGUAGES)):
            return 'languages 只能是 ["zh"] 或 ["zh", "en"]', 'languages is ["zh"] or ["zh", "en"]'
        return None
    if not _line(value):
        return f"{name} 应当是引号里的一行文字", f"{name} is one line of text in quotes"
    if name == "logo":
        return _wrong_logo(value, paths)
    if name == "contact" and not (_MAIL.fullmatch(value) or _address(value)):
        return "contact 应当是邮箱或网址", "contact is an e-mail address or a web page"
    if name in ADDRESSES and value and not joins(name, value):
        return (
            f"{name} 应当是完整的网址，以 https:// 开头，不带 ?、#、账号",
            f"{name} is a whole address, which begins with https:// and has no ?, # or account",
        )
    return None


ADDRESSES = ("base_url", "repository", "datasette")


def joins(name: str, value: str) -> bool:
    """Whether a value of one of ADDRESSES is one that pages can be joined to: of a web page that has no query, fragment
    or account (nor bytes of a command line that are no text), and for Datasette a folder of the site as well."""
    if name == "datasette" and _FOLDER.fullmatch(f"{value.rstrip('/')}/"):
        return True
    return _line(value) and not re.search("[?#@\ud800-\udfff]", value) and _address(value)


def _wrong_logo(value: str, paths: Paths) -> tuple[str, str] | None:
    """Why a logo is no picture in the root: what else is on the machine is nobody's to publish."""
    file = paths.root / value
    if not file.resolve().is_relative_to(paths.root.resolve()) or not file.is_file():
        return f"没有 logo 指的这个文件：{value}", f"the logo is not there: {value}"
    if not _PICTURE.fullmatch(file.name):
        kinds = "a picture (svg, png, jpg, webp, ico) with a name of letters, digits, dots, - and _"
        return "logo 应当是图片(svg、png、jpg、webp、ico)，文件名只用字母、数字、点、- 和 _", f"a logo is {kinds}"
    return None


_PICTURE = re.compile(r"[\w.-]+\.(?:svg|png|jpe?g|webp|ico)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\^`{|}]+")
_FOLDER = re.compile(r"(?:[\w.-]+/)+")
"""Below the site, as `build.py serve` has its own Datasette: db/."""

_LONGEST = 300
"""Letters of a line: the name of a site stands in the head of every page."""


def _address(value: str) -> bool:
    """Whether a text is the address of a web page, with a host and, if any, a port that there can be."""
    try:
        return bool(_ADDRESS.fullmatch(value) and urlsplit(value).hostname and urlsplit(value).port != 0)
    except ValueError:  # a bracket that is not closed, a port of six digits
        return False


def _line(value: Any) -> bool:
    """Whether a value is a line of text in which every character is seen."""
    plain = isinstance(value, str) and len(value) <= _LONGEST and "\n" not in value
    return plain and not CONTROL.search(value) and not INVISIBLE.search(value)
