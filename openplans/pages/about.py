"""What the project is, how it is made, the search: the pages that are no list of the data."""

from __future__ import annotations

from collections.abc import Iterator

from openplans.pages.common import Shared
from openplans.pages.contexts import About, Contribute, Method, Search
from openplans.pages.page import Page
from openplans.problems import rules
from openplans.search import records


def pages(shared: Shared) -> Iterator[Page]:
    """Search, about, method and contribute."""
    yield _search(shared)
    plans = shared.world.project.plans
    example = next((row["target_id"] for plan in plans for row in plan["targets"]), "")
    yield Page("about", "about", About())
    yield Page("method", "method", Method(rules=list(rules().values())))
    yield Page("contribute", "contribute", Contribute(example=example))


def _search(shared: Shared) -> Page:
    kinds, themes = records.choices(shared.world)
    return Page("search", "search", Search(kinds=kinds, plans=list(shared.summaries.values()), themes=themes))
