"""What the project is, how it is made, the search: the pages that are no list of the data."""

from __future__ import annotations

from collections.abc import Iterator

from openplans import routes
from openplans.pages.common import Shared
from openplans.pages.contexts import About, Contribute, Method, Search
from openplans.pages.page import Page
from openplans.problems import rules


def pages(shared: Shared) -> Iterator[Page]:
    """Search, about, method and contribute."""
    facts = shared.facts
    themes = facts.registry.in_order(set(shared.found_themes))
    regions = [facts.registry.regions[code] for code in shared.found_regions]
    plans = [] if regions else list(facts.plan.values())  # a list of thousands helps nobody: their search is by region
    found = Search(kinds=list(shared.found_kinds), regions=regions, plans=plans, themes=themes)
    yield Page(routes.SEARCH, "search", found)
    yield Page(routes.ABOUT, "about", About())
    yield Page(routes.METHOD, "method", Method(rules=list(rules().values())))
    yield Page(routes.CONTRIBUTE, "contribute", Contribute(example=next(iter(facts.targets), "")))
