"""Pages -> HTML: templates, then MkDocs over a shard of pages.

Comes in: pages with their contexts, and what the templates of all pages draw on. Goes out: finished HTML files. A shard
is all that a worker needs, on this machine or another: MkDocs starts in a tenth of a second and takes a thousandth of
one for a page, so pages go to it by the hundred.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment

from openplans import routes
from openplans.artifacts.builder import Made
from openplans.artifacts.digests import Digests
from openplans.artifacts.store import digest, of_folders
from openplans.build import styles
from openplans.charts import picture
from openplans.facts.registry import Registry
from openplans.pages.chart_files import chart_files
from openplans.pages.concept_charts import ConceptChart
from openplans.pages.page import Page, Site, environments, frame_words, render
from openplans.paths import HOUSE, Paths
from openplans.text.amounts import Language
from openplans.text.i18n import OWN, Own

SHARD = 120
"""How many pages a worker takes at a time: MkDocs reads its theme once for them, which takes a tenth of a second. With
more, one worker would be at its last shard while the others have nothing to do."""

_HOME = "index.md"
_STUB = "---\ntitle: Open Plans\n---\n"
"""The home page of a shard that has none: MkDocs needs one for its navigation."""


@dataclass(frozen=True)
class Setting:
    """What all pages draw on besides their contexts: the site, and the registry for its words. Equal where `key` is."""

    key: str
    site: Site = field(compare=False)
    registry: Registry = field(compare=False)

    @classmethod
    def of(cls, site: Site, registry: Registry, digests: Digests) -> Setting:
        """The setting of a site; of the registry the units and terms, which is all that templates ask it for."""
        words = replace(
            registry, regions={}, organizations={}, spellings={}, themes={}, concepts={}, aliases={}, releases=()
        )
        return cls(digest(templates(), digests.of(site, words.units, words.terms)), site, words)


@dataclass(frozen=True)
class Shard:
    """Pages to be made in one go."""

    setting: Setting
    pages: tuple[Page, ...]


def html(shard: Shard) -> Made:
    """The HTML of every page of a shard, by the page's own file name. MkDocs gets them as numbers in one folder: a
    folder for each, as in the site, takes longer to make and to remove than MkDocs itself takes."""
    words = _environments(shard.setting)
    named = {page.file: f"{number}.md" for number, page in enumerate(shard.pages)}
    texts = {named[page.file]: render(words, page) for page in shard.pages}
    with TemporaryDirectory() as folder:
        out = _mkdocs(Path(folder), texts, shard.setting.site, frame_words(words))
        return {name: (out / number).with_suffix(".html").read_bytes() for name, number in named.items()}


def frame(job: tuple[Site, tuple[str, ...]]) -> Made:
    """What MkDocs and its theme add to the pages: the page for what is not found, and of the theme's styles those that
    our pages and the stylesheets beside them use. Its scripts and pictures are on no page."""
    site, beside = job
    with TemporaryDirectory() as folder:
        out = _mkdocs(Path(folder), {}, site)
        [theme] = (out / "assets" / "stylesheets").glob("main.*.css")
        house, own = Own.files(HOUSE / "templates"), (text for _, text in site.publisher.own.templates)
        given = styles.classes([*(path.read_text("utf-8") for path in house), *own])
        css = styles.used(theme.read_text("utf-8"), given, beside)
        return {"404.html": (out / "404.html").read_bytes(), "assets/material.css": css.encode()}


def beside_a_chart(job: tuple[Setting, str, ConceptChart]) -> Made:
    """The files of one concept's chart by their addresses, MkDocs passed by."""
    setting, concept_id, chart = job
    files = chart_files({concept_id: chart}, _environments(setting))
    return {name: content.encode() for name, content in files}


def pictured(svg: str) -> Made:
    """The picture of a chart."""
    return {"chart.png": picture.png(svg)}


def templates() -> str:
    """The digest of what pages are made with: templates and words, this library, MkDocs and its theme."""
    made_with = ("jinja2", "babel", "markupsafe", "mkdocs", "mkdocs-material", "lightningcss")
    own = of_folders(HOUSE / "templates", HOUSE / "openplans", HOUSE / "mkdocs.yml")
    return digest(own, *(version(each) for each in made_with))


@lru_cache(maxsize=2)
def _environments(setting: Setting) -> dict[Language, Environment]:
    return environments(Paths.of(HOUSE), setting.site, setting.registry)


def _mkdocs(folder: Path, texts: Mapping[str, str], site: Site, said: dict[Language, Any] | None = None) -> Path:
    """Have MkDocs make HTML of Markdown files; the folder where it is. `said`: what the frame says around pages; where
    it is given there are nothing but pages: sitemap and page for what is not found are made once, without it.

    The date of the data is the only time a build knows; MkDocs takes it from SOURCE_DATE_EPOCH.
    """
    from mkdocs.commands.build import build  # late: where no page changed there is no need of it
    from mkdocs.config import load_config

    docs, out = folder / "docs", folder / "site"
    for name, text in {_HOME: _STUB, **texts}.items():
        file = docs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    moment = datetime.fromisoformat(site.updated).replace(tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    named = {"site_url": site.base_url, "site_name": site.publisher.name}
    own = {name: value for name, value in named.items() if value}
    moved = (*routes.MOVED, *routes.ROW_ADDRESSES)
    extra = {"moved": moved, "entrances": routes.entrances(), "editions": site.publisher.languages, "frame": said}
    config = load_config(str(HOUSE / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(out), extra=extra, **own)
    config.theme.update(logo=site.publisher.icon, favicon=site.publisher.icon)
    config.theme.dirs.insert(0, str(_frames(folder, site)))
    if said:
        config.theme.static_templates = set()
    build(config)
    return out


def _frames(folder: Path, site: Site) -> Path:
    """A folder with the publisher's own overrides of the theme."""
    theme = folder / OWN / "overrides"
    for name, text in site.publisher.own.templates:
        if name.startswith("overrides/"):
            file = theme / name.removeprefix("overrides/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
    return theme
