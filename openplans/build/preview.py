"""The pages of a plan that someone is editing, before all else is made again.

Comes in: the project, and what the last build knew. Goes out: the pages of the plans that changed, as HTML by address.
The rest of the site, the charts and the sizes of files on these pages are those of the last build: the next one, which
is begun behind this, brings them. Which plans changed, openplans/server/development.py watches. Apart, because a whole
build has an order that this does not follow.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from openplans.artifacts.digests import Digests
from openplans.build.render import Setting, Shard, html
from openplans.facts.model import facts
from openplans.packages.link import link
from openplans.packages.read import read_project
from openplans.pages import plans
from openplans.pages.common import Shared
from openplans.pages.page import Site, editions
from openplans.paths import Paths
from openplans.problems import errors
from openplans.rules.validate import validate

Pages = dict[str, bytes]
"""HTML by the path of its file from the site's root: plans/x/index.html."""


@dataclass(frozen=True)
class BuiltFrom:
    """What the pages of the last build drew on."""

    shared: Shared
    site: Site


def changed(paths: Paths, plan_ids: Collection[str], known: BuiltFrom) -> Pages:
    """The pages of these plans as their packages are now. None
    where one of them is wrong or new: the build says what of it."""
    if not set(plan_ids) <= set(known.shared.facts.plan):
        return {}
    project, problems = read_project(paths, tuple(sorted(plan_ids)))
    world = link(project)
    if errors(validate(world, problems)):
        return {}
    last = known.shared.facts
    own = replace(facts(world), observations=last.observations, version=last.version, updated=last.updated)
    shared = replace(known.shared, facts=own)
    of_plans = (page for plan in own.plans for page in plans.plan_pages(shared, plan))
    pages = editions(of_plans, own.registry.publisher.languages)
    made = html(Shard(Setting.of(known.site, own.registry, Digests()), tuple(pages)))
    return {name.removesuffix(".md") + ".html": content for name, content in made.items()}
