"""A page: its address, its template, the context that the template gets, and the way to other pages.

Comes in: the words of the registry for the templates. Goes out: Page and Site, and `render`, which turns a page into
Markdown. Apart, because every family of pages makes Pages, and none knows how they are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from jinja2 import Environment

from openplans import routes
from openplans.database.queries import fitting, selected
from openplans.facts.registry import Registry
from openplans.packages.publisher import Publisher
from openplans.paths import Paths
from openplans.text import i18n
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES, SOURCE

ENGLISH = {
    routes.HOME: 0,
    routes.PLANS: 2,
    routes.ORGANIZATIONS: 2,
    routes.THEMES: 2,
    routes.INDICATORS: 2,
    routes.EMBED: 1,
    routes.COMPARE: 2,
    routes.CALENDAR: 2,
    routes.REGIONS: 2,
    routes.PROGRESS: 1,
    routes.FINDINGS: 1,
    routes.METHOD: 0,
    routes.ABOUT: 0,
    routes.CONTRIBUTE: 0,
    routes.BULLETINS: 1,
    routes.DATA: 1,
    routes.SEARCH: 0,
    routes.CHANGES: 2,
}
"""The pages of the English edition: the first part of their path,
and how many parts may follow it. A plan's text is Chinese only."""


def in_english(path: str) -> bool:
    """Whether the English edition has the page at `path`."""
    first, *rest = path.split("/")
    return first in ENGLISH and len(rest) <= ENGLISH[first] and rest[1:] != ["text"]


@dataclass(frozen=True)
class Site:
    """What every page says of the whole: the data's version and
    date (YYYY-MM-DD), and where it is, "" where that is not told.

    `base_url`: the site's public address; `repository`: where the data is kept and mistakes are reported; `datasette`:
    where Datasette answers, an address or a way from the site's root ("db/").
    """

    version: str
    updated: str
    base_url: str = ""
    repository: str = ""
    datasette: str = ""
    publisher: Publisher = field(default_factory=Publisher)


@dataclass(frozen=True)
class Page:
    """A page of the site at `path`/ ("" is the home page); in the English edition at en/`path`/."""

    path: str
    template: str
    context: Any
    language: Language = SOURCE

    def is_edition_of(self, other: Page) -> bool:
        """Whether another page is the same in some language, and draws on the very same context."""
        return (self.path, self.template) == (other.path, other.template) and self.context is other.context

    @property
    def address(self) -> str:
        """Where the page is below the site's root: plans/x or en/plans/x."""
        return routes.edition(self.path, self.language)

    def address_in(self, language: Language) -> str:
        """The page's address in an edition, as readers cite it: plans/x/, and "" for the home page."""
        address = routes.edition(self.path, language)
        return f"{address}/" if address else ""

    @property
    def root(self) -> str:
        """The way from this page to the site's root: "../../" for plans/x."""
        return "../" * (self.address.count("/") + 1 if self.address else 0)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The editions that have this page."""
        return LANGUAGES if in_english(self.path) else (SOURCE,)

    @property
    def counterpart(self) -> str:
        """The page of the other edition that is nearest to this one: itself, or what it is part of."""
        path = self.path
        while path and not in_english(path):
            path = path.rpartition("/")[0]
        return path

    def to(self, path: str, fragment: str = "", query: str = "", language: Language | None = None) -> str:
        """The relative address of another page, of this edition where it has
        it, with its index.html, so that the site also opens from a disk."""
        found = address_of(path, language or self.language)
        return f"{self.root}{found}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"

    @property
    def file(self) -> str:
        """The Markdown file that MkDocs makes the page of."""
        return f"{self.address}/index.md" if self.address else "index.md"


def address_of(path: str, language: Language) -> str:
    """Where the page at a path is below the site's root, in an edition where that has it."""
    address = routes.edition(path, language if in_english(path) else SOURCE)
    return routes.in_folder(address)


def editions(pages: Iterable[Page], languages: Iterable[Language] = LANGUAGES) -> Iterator[Page]:
    """Each page and, where there is one, its English edition; only in these languages."""
    for page in pages:
        yield from (replace(page, language=language) for language in page.languages if language in languages)


def environments(paths: Paths, site: Site, registry: Registry) -> dict[Language, Environment]:
    """The templates of each edition."""
    return {language: environment(paths, site, registry, language) for language in site.publisher.languages}


def environment(paths: Paths, site: Site, registry: Registry, language: Language = SOURCE) -> Environment:
    """The templates in one language: everything that is not markup of ours is escaped."""
    env = i18n.environment(
        paths.templates, language, registry.units, registry.terms, site.publisher.own, autoescape=True
    )
    env.globals.update(site=site, routes=routes, fitting=fitting, selected=selected)
    return env


def frame_words(environments: dict[Language, Environment]) -> dict[Language, Any]:
    """What the frame says in each edition (partials/frame.j2)."""
    return {
        language: json.loads(
            env.get_template("partials/frame.j2").render(address=partial(address_of, language=language))
        )
        for language, env in environments.items()
    }


def render(environments: dict[Language, Environment], page: Page) -> str:
    """The page as Markdown."""
    template = environments[page.language].get_template(f"pages/{page.template}.md.j2")
    text = template.render(page.context, page=page, root=page.root, to=page.to)
    return _shortened(text if page.language == SOURCE else _announced(_parted(text), page.root), page)


def _shortened(text: str, page: Page) -> str:
    """A page whose links go up no further than they must, and to its own places by their fragments alone: a list of a
    plan links a thousand times to its neighbours."""
    folders = page.address.split("/") if page.address else []
    for depth in range(len(folders), 0, -1):
        text = text.replace(f'"{page.root}{"/".join(folders[:depth])}/', f'"{"../" * (len(folders) - depth)}')
    return text.replace(f'"{routes.INDEX}#', '"#')


_TAG = "(?:a|b|code|small|span|strong)"
_WORD_BEFORE = r"(?<=[A-Za-z0-9.,;:)%”’]<)(?<!&gt;<)(?<!&lt;<)(?<!&#3[49];<)"
_WORD_AFTER = r"(?=[A-Za-z0-9(“])"
_JOINT = re.compile(rf"<{_WORD_BEFORE}(/{_TAG}>(?:</{_TAG}>)*)((?:<{_TAG}\b[^<>]*>)*){_WORD_AFTER}")
"""Where inline elements end between two words with no blank, and others may begin. It begins with its "<", and looks
back from there, so that the engine need not try every letter."""

_OPENED = re.compile(rf"<{_WORD_BEFORE}({_TAG}\b[^<>]*>(?:<{_TAG}\b[^<>]*>)*){_WORD_AFTER}")
"""Where text goes over into an inline element with no blank between two words."""


def _parted(text: str) -> str:
    """A page of the English edition with a blank between words that meet where elements do: templates are written for
    Chinese, which runs on, and who copies English or hears it read would meet "BureauLeads"."""
    return _OPENED.sub(r" <\1", _JOINT.sub(r"<\1 \2", text))


def _announced(text: str, root: str) -> str:
    """A page of the English edition whose links to pages that are in Chinese only say so, but for quotations, which are
    Chinese themselves."""
    chinese_only = re.compile(
        rf'<a (?![^>]*(?:hreflang| lang="zh-CN"))(?=[^>]*href="{re.escape(root)}(?!en/)[^"]*{re.escape(routes.INDEX)})'
    )
    return chinese_only.sub('<a hreflang="zh-CN" ', text)
