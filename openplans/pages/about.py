"""What the project is, how it is made, the search: the pages that are no list of the data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from openplans import routes
from openplans.pages.common import Shared
from openplans.pages.contexts import About, Contribute, Method, Search, SearchPlace
from openplans.pages.page import Page
from openplans.problems import rules

_RANK = re.compile("(?<=..)(?:自治[区州县]|[省市县区旗盟])$")
"""What a place's name ends with and people leave out: 建德 for 建德市."""


def pages(shared: Shared) -> Iterator[Page]:
    """Search, about, method and contribute."""
    facts = shared.facts
    themes = facts.registry.in_order(set(shared.found_themes))
    regions = [facts.registry.regions[code] for code in shared.found_regions]
    plans = [] if regions else list(facts.plan.values())  # a list of thousands helps nobody: their search is by region
    found = Search(kinds=list(shared.found_kinds), regions=regions, plans=plans, themes=themes, places=_places(shared))
    yield Page(routes.SEARCH, "search", found)
    yield Page(routes.ABOUT, "about", About())
    yield Page(routes.METHOD, "method", Method(rules=list(rules().values())))
    yield Page(routes.CONTRIBUTE, "contribute", Contribute(example=next(iter(facts.targets), "")))


def _places(shared: Shared) -> list[SearchPlace]:
    """Every place of the registry, with its plans and the index that they are in."""
    registry, plans = shared.facts.registry, defaultdict[str, list[str]](list)
    for plan in shared.facts.plan.values():
        plans[plan.region.region_code].append(plan.id)
    return [
        SearchPlace(
            name=(short := _RANK.sub("", region.name_zh)),
            name_en=region.name_en,
            names=list(dict.fromkeys([short, region.name_zh, region.name_en, *registry.called("region", code)])),
            plans=plans[code],
            index=next((each for each in registry.region_chain(code) if each in shared.found_regions), ""),
        )
        for code, region in registry.regions.items()
    ]
