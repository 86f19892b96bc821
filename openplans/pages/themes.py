"""The list of themes, and a page for each: the targets and tasks of all plans."""

from __future__ import annotations

from collections.abc import Iterator

from openplans import routes
from openplans.facts.themes import ThemeFacts
from openplans.pages.common import Shared
from openplans.pages.contexts import Theme, Themes
from openplans.pages.page import Page


def pages(shared: Shared) -> Iterator[Page]:
    """The list, then the themes that have anything to show in the registry's order."""
    found = shared.facts.themes
    yield Page(routes.THEMES, "themes", Themes(themes=found))
    for each in found:
        yield Page(routes.theme(each.theme.theme_id), "theme", _theme(shared, each))


def _theme(shared: Shared, found: ThemeFacts) -> Theme:
    charts = shared.cards(each.concept.concept_id for each in found.concepts)
    return Theme(found=found, charts=charts, plans=dict(shared.facts.plan), verdicts=shared.facts.verdicts)
