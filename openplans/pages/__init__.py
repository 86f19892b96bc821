"""Every page of the site, as plain data in the contexts that
contexts.py declares; a template shows, it does not compute.

One module a family of pages, each with `pages(shared)`; page.py says what a page is, common.py what they draw on.
"""

from __future__ import annotations

from collections.abc import Iterator

from openplans.pages import (
    about,
    bulletins,
    calendar,
    changes,
    compare,
    data,
    findings,
    home,
    indicators,
    organizations,
    plans,
    progress,
    regions,
    sql,
    themes,
)
from openplans.pages.common import Shared
from openplans.pages.page import Page, editions

FAMILIES = (
    home,
    plans,
    regions,
    progress,
    bulletins,
    indicators,
    compare,
    calendar,
    organizations,
    themes,
    findings,
    data,
    changes,
    sql,
    about,
)


def pages(shared: Shared) -> Iterator[Page]:
    """All pages of the site, each followed by its English edition."""
    languages = shared.facts.registry.publisher.languages
    for family in FAMILIES:
        yield from editions(family.pages(shared), languages)
