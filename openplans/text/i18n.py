"""The words of the interface in both languages.

Comes in: the catalogues templates/locale/<language>.po. Goes out: translations for the templates' gettext calls,
and what depends on a language besides: names, dates and units. The templates' own words are Chinese, so Chinese needs
no catalogue. `python -m openplans.text.i18n` (make messages) brings the catalogues up to date with the templates.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations, Translations
from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.sandbox import safe_range
from markupsafe import Markup, escape

from openplans.paths import HOUSE
from openplans.schema import vocabulary
from openplans.text.amounts import Language, NamedUnit, amount, gap, glossed_once, named, scaled, worded
from openplans.text.period import Period, year_of

LANGUAGES: tuple[Language, ...] = ("zh", "en")

SOURCE: Language = "zh"
"""The language of the templates' own words."""

_LOCALES: dict[Language, str] = {"zh": "zh", "en": "en_GB"}
"""How a language writes dates."""

FOLDER = HOUSE / "templates" / "locale"

_RUN = re.compile(
    "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+(?:[\u2014\u201c\u201d\u2026]*[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)*"
)
"""A run of Chinese, with the signs inside it."""

_METHODS = [("**.j2", "jinja2.ext:babel_extract")]
_OPTIONS = {"**.j2": {"trimmed": "true", "newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}


@dataclass(frozen=True)
class Own:
    """What a root has in the place of this project's, file by file: `templates`, their names below templates/ and
    their text; `catalogues`, those of a language. As text, so that workers elsewhere need no folder."""

    templates: tuple[tuple[str, str], ...] = ()
    catalogues: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def files(folder: Path) -> list[Path]:
        """The templates and catalogues in a folder."""
        return sorted((*folder.rglob("*.j2"), *folder.glob("overrides/**/*.html"), *folder.glob("locale/*.po")))

    @classmethod
    def of(cls, folder: Path) -> Own:
        """What stands in a folder that is laid out as templates/ is."""
        found = {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8-sig") for path in cls.files(folder)
        }
        words = {Path(name).stem: text for name, text in found.items() if name.endswith(".po")}
        return cls(tuple(each for each in found.items() if not each[0].endswith(".po")), tuple(words.items()))


OWN = "own-templates"
"""The folder that a traceback names where a template is one of the root's own, which are text and in no folder."""

NONE = Own()
"""A root that takes all templates and words from this project."""


def catalogue(language: Language) -> Path:
    """The file of a language's words."""
    return FOLDER / f"{language}.po"


def translations(language: Language, own: Own = NONE) -> NullTranslations:
    """What the templates' gettext calls give in a language: the root's own words, then this project's."""
    words = NullTranslations() if language == SOURCE else _compiled(language, catalogue(language).stat().st_mtime_ns)
    if text := dict(own.catalogues).get(language):
        ours, words = words, _machine(read_po(io.BytesIO(text.encode()), locale=language))
        words.add_fallback(ours)
    return words


@cache
def _compiled(language: Language, _changed: int) -> Translations:
    return _machine(read(language))


def _machine(words: Catalog) -> Translations:
    compiled = io.BytesIO()
    write_mo(compiled, words)
    compiled.seek(0)
    return Translations(compiled)


def read(language: Language) -> Catalog:
    """The catalogue of a language."""
    with catalogue(language).open("rb") as file:
        return read_po(file, locale=language)


def in_language(language: Language) -> Callable[..., str]:
    """A function that picks a name in a language, of a record
    or a row: (row, "name") -> row.name_en, else row.name_zh."""

    def named(row: Any, column: str = "name") -> str:
        of = row.__getitem__ if isinstance(row, Mapping) else partial(getattr, row)
        return str(of(f"{column}_{language}") or of(f"{column}_{SOURCE}"))

    return named


@lru_cache(maxsize=4096)
def day(language: Language, period: str) -> str:
    """A period in words: YYYY, YYYY-MM or YYYY-MM-DD. A site shows some hundred periods a hundred thousand times."""
    locale = _LOCALES[language]
    moment = Period.parse(period).start
    if len(period) > 7:
        return format_date(moment, "long", locale=locale)
    return format_skeleton("yMMMM" if len(period) > 4 else "y", moment, locale=locale)


def _han(language: Language, text: str) -> Markup:
    """Text as markup in which the Chinese inside another language is marked as Chinese."""
    escaped = str(escape(text))
    return Markup(escaped if language == SOURCE else _RUN.sub(r'<span lang="zh-CN">\g<0></span>', escaped))


def _literal(text: str) -> str:
    """A value none of whose marks is one of Markdown's."""
    return re.sub(r"([\\`*_{}\[\]()#+.!-])", r"\\\1", text)


def environment(
    templates: Path,
    language: Language,
    units: Mapping[str, NamedUnit],
    terms: Mapping[str, str],
    own: Own = NONE,
    *,
    autoescape: bool,
) -> Environment:
    """The templates in a language; a name without a value is an error.

    `units`: those of the registry by the name that documents use. `terms`: the English of what documents call things.
    Globals: `codes` (the words for the codes of a column), `range` (of 100,000 steps at most: a template of a root's
    own can't keep a build for ever). The filters: `_filters`.
    """
    loader = ChoiceLoader([FunctionLoader(partial(_source, dict(own.templates))), FileSystemLoader(templates)])
    compiled = _compiled_templates(autoescape)
    env = Environment(loader=loader, autoescape=autoescape, bytecode_cache=compiled, **_WRITTEN)
    env.policies["ext.i18n.trimmed"] = True
    known = translations(language, own)
    env.install_gettext_translations(known, newstyle=True)  # type: ignore[attr-defined]  # of jinja2.ext.i18n
    said = _gettext(known, Markup if autoescape else str)
    env.globals.update(language=language, codes=partial(_codes, language), _=said, gettext=said, range=safe_range)
    env.filters.update({name: _late(each) for name, each in _filters(language, units, terms).items()})
    return env


_WRITTEN: dict[str, Any] = {
    "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True,
    "extensions": ["jinja2.ext.i18n"], "cache_size": -1, "auto_reload": False,
}  # fmt: skip
"""How the templates are written and kept."""


def _filters(
    language: Language, units: Mapping[str, NamedUnit], terms: Mapping[str, str]
) -> dict[str, Callable[..., Any]]:
    """`tr`, `day`, `year` (of a day or a period), `scaled`, `unit`, `term` (the English of a term, or ""; in Chinese
    ""), `term_en` (that in both), `han` (markup: Chinese inside English is marked as such), `literal` (a value in a
    page that is written in Markdown), `amount` (what a target promises), `worded` (any value with its unit and
    comparator), `measured` (a unit behind a number), `once` (what a unit is, in brackets, stands behind its first
    mention only).
    """
    return {
        "tr": in_language(language),
        "day": partial(day, language),
        "year": year_of,
        "scaled": partial(scaled, language, units),
        "amount": partial(amount, language, units),
        "worded": partial(worded, language, units),
        "measured": partial(named, language, units),
        "once": partial(glossed_once, units),
        "gap": gap,
        "term": lambda text: "" if language == SOURCE else terms.get(text, ""),
        "term_en": lambda text: terms.get(text, ""),
        "han": partial(_han, language),
        "literal": _literal,
        "unit": lambda unit: unit if language == SOURCE or unit not in units else units[unit].name_en,
    }


def _source(own: Mapping[str, str], name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """A template of the root's own: its text, where a traceback says that it stands, and that it stays as it is."""
    return (own[name], f"{OWN}/{name}", lambda: True) if name in own else None


def _codes(language: Language, table: str, column: str, signed: bool = False) -> dict[str, str]:
    """The words for the codes of a column in a language; `signed`: behind what stands before a number (≥ 不低于)."""
    of = in_language(language)
    found = vocabulary.codes(table, column)
    return {value: f"{code.sign if signed else ''} {of(code)}".strip() for value, code in found.items()}


def _gettext(words: NullTranslations, mark: type[str]) -> Callable[..., str]:
    """What Jinja's own gettext of the new style gives, at a sixth
    of its cost: a page says a hundred words, most of them again."""
    known = cache(lambda text: mark(words.gettext(text)))
    plain = cache(lambda text: known(text) % {})
    return lambda text, /, **values: known(text) % values if values else plain(text)


def _late(work: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that Jinja applies to constants when a page is rendered, not when its template is compiled: what is
    compiled is then the same for every language and registry."""
    return pass_context(lambda _, *given, **named: work(*given, **named))


@cache
def _compiled_templates(autoescape: bool) -> BytecodeCache | None:
    """Where compiled templates are kept, by their source and by this module, whose filters decide what they are
    compiled to: compiling takes longer than rendering a page of each."""
    kept = HOUSE / "build" / "cache" / "templates"
    folder = kept / hashlib.sha256(Path(__file__).read_bytes() + version("jinja2").encode()).hexdigest()[:16]
    try:
        for each in kept.glob("*"):
            if each != folder:  # of an older version of this module
                shutil.rmtree(each, ignore_errors=True) if each.is_dir() else each.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a project that cannot be written to compiles them every time
        return None
    return (
        FileSystemBytecodeCache(str(folder), "html-%s" if autoescape else "text-%s")
        if os.access(folder, os.W_OK)
        else None
    )


def compile_templates(templates: Path) -> None:
    """Compile each template of pages and files that is not kept yet."""
    for autoescape, folders in ((True, ("pages", "partials")), (False, ("files", "partials"))):
        env = environment(templates, SOURCE, {}, {}, autoescape=autoescape)
        if env.bytecode_cache:
            for path in (path for folder in folders for path in sorted((templates / folder).glob("*.j2"))):
                env.get_template(path.relative_to(templates).as_posix())


def macros(
    file: str,
    language: Language,
    units: Mapping[str, NamedUnit],
    terms: Mapping[str, str],
    own: Own = NONE,
) -> Any:
    """The macros of templates/files/<file>.j2 in a language, as
    functions that give plain text. To be made once: it compiles them."""
    env = environment(FOLDER.parent, language, units, terms, own, autoescape=False)
    return env.get_template(f"files/{file}.j2").module


def extracted() -> Iterator[Any]:
    """Every message, place by place: file, line, message (with its plural a tuple), comments, context."""
    return extract_from_dir(FOLDER.parent, method_map=_METHODS, options_map=_OPTIONS)


def messages() -> Catalog:
    """Every message of the templates."""
    found = Catalog(project="Open Plans", charset="utf-8", fuzzy=False)
    for name, _, message, comments, context in extracted():
        found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def main() -> None:
    """Bring every catalogue up to date: new messages empty, gone ones out, nothing guessed."""
    template = messages()
    for path in sorted(FOLDER.glob("*.po")):
        kept = read(cast("Language", path.stem))
        kept.update(template, no_fuzzy_matching=True)
        with path.open("wb") as file:
            write_po(
                file, kept, width=0, ignore_obsolete=True, omit_header=True, include_lineno=False, sort_output=True
            )


if __name__ == "__main__":
    main()
