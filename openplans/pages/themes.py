"""The list of themes, and a page for each: the targets and tasks of all plans."""

from __future__ import annotations

from collections.abc import Iterator

from openplans.facts import themes
from openplans.facts.joins import Joined
from openplans.pages.common import Shared, cards
from openplans.pages.contexts import Theme, Themes
from openplans.pages.page import Page


def pages(shared: Shared) -> Iterator[Page]:
    """The list, then the themes that have anything to show in the registry's order."""
    found = themes.themes(shared.world)
    yield Page("themes", "themes", Themes(themes=found))
    for theme in found:
        yield Page(f"themes/{theme['theme_id']}", "theme", _theme(shared, theme))


def _theme(shared: Shared, theme: Joined) -> Theme:
    drawn = [each["concept"]["concept_id"] for each in theme["concepts"]]
    return Theme(
        theme=theme,
        charts=cards(shared, [each for each in drawn if each in shared.figures]),
        plans=shared.summaries,
    )
