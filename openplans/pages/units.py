"""The list of organizations, and a page for each that some plan names: what it answers for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from openplans.facts import organizations
from openplans.facts.joins import ROLES, Joined
from openplans.pages.common import Shared
from openplans.pages.contexts import Organizations, Unit
from openplans.pages.data import offered
from openplans.pages.page import Page


def pages(shared: Shared) -> Iterator[Page]:
    """The list, then the pages of the organizations in its order."""
    found = organizations.dossiers(shared.world)
    regions = [
        {"region": shared.world.regions[code], "units": list(units)}
        for code, units in groupby(found, key=lambda unit: unit["region_code"])
    ]
    kinds = sorted({unit["kind"] for unit in found})
    yield Page("units", "organizations", Organizations(total=len(found), regions=regions, kinds=kinds))
    for unit in found:
        yield Page(unit["path"], "unit", _unit(shared, unit))


def _unit(shared: Shared, unit: Joined) -> Unit:
    every = [duty for part in unit["plans"] for duty in part["duties"]]
    themes = {duty["theme"]["theme_id"]: duty["theme"] for duty in every}
    return Unit(
        unit=unit,
        plans=[
            {**part, "plan": shared.summaries[part["plan_id"]], "duties": [_dated(duty) for duty in part["duties"]]}
            for part in unit["plans"]
        ],
        themes=sorted(themes.values(), key=lambda theme: theme["order"]),
        years=sorted({year for duty in every for year in _dated(duty)["years"]}),
        roles=[role for role in ROLES if unit["counts"][role]],
        downloads=offered(shared.downloads.units[unit["org_id"]]),
    )


def _dated(duty: Joined) -> Joined:
    """A duty with the `years` that its task or targets are due in."""
    ends = [duty["period_end"], *(target["period_end"] for target in duty["targets"])]
    return {**duty, "years": sorted({end[:4] for end in ends if end})}
