"""What the project is, how it is made, its downloads, the search: the pages that are no list of the data."""

from __future__ import annotations

from collections.abc import Iterator

from openplans import search
from openplans.contexts import About, Contribute, Data, Method, Search
from openplans.pages.common import Shared, data_version, updated
from openplans.pages.page import Page
from openplans.problems import rules


def pages(shared: Shared) -> Iterator[Page]:
    """Data, search, about, method and contribute."""
    yield _data(shared)
    yield _search(shared)
    plans = shared.world.project.plans
    example = next((row["target_id"] for plan in plans for row in plan["targets"]), "")
    yield Page("about", "about", About())
    yield Page("method", "method", Method(rules=list(rules().values())))
    yield Page("contribute", "contribute", Contribute(example=example))


def _search(shared: Shared) -> Page:
    kinds, themes = search.choices(shared.world)
    return Page("search", "search", Search(kinds=kinds, plans=list(shared.summaries.values()), themes=themes))


def _data(shared: Shared) -> Page:
    project, downloads = shared.world.project, shared.downloads
    packages = [
        {"id": package.id, "title": package.descriptor["title"], "downloads": downloads.packages[package.id]}
        for package in [*project.plans, project.registry, project.observations]
    ]
    context = Data(
        version=data_version(shared.world), updated=updated(shared.world),
        database=downloads.database, metadata=downloads.metadata, packages=packages,
    )  # fmt: skip
    return Page("data", "data", context)
