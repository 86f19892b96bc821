"""The list of organizations, and a page for each that some plan names: what it answers for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from openplans import routes
from openplans.facts.organizations import Dossier
from openplans.facts.plan import ROLES
from openplans.pages.common import Shared
from openplans.pages.contexts import Organizations, PlanDuty, RegionUnits, Unit
from openplans.pages.data import offered
from openplans.pages.page import Page


def pages(shared: Shared) -> Iterator[Page]:
    """The list, then the pages of the organizations in its order."""
    found = shared.facts.organizations
    regions = [
        RegionUnits(region=shared.facts.registry.regions[code], units=list(units))
        for code, units in groupby(found, key=lambda dossier: dossier.region.region_code)
    ]
    kinds = sorted({dossier.organization.kind for dossier in found})
    context = Organizations(total=len(found), regions=regions, kinds=kinds)
    yield Page(routes.ORGANIZATIONS, "organizations", context)
    for dossier in found:
        yield Page(dossier.organization.path, "unit", _unit(shared, dossier))


def _unit(shared: Shared, dossier: Dossier) -> Unit:
    duties = dossier.duties
    return Unit(
        unit=dossier,
        plans=[
            PlanDuty(plan=shared.facts.plan[part.plan_id], names=part.names, duties=part.duties)
            for part in dossier.plans
        ],
        themes=shared.facts.registry.in_order({duty.task.theme.theme_id for duty in duties}),
        years=sorted({year for duty in duties for year in duty.years}),
        roles=[role for role in ROLES if dossier.counts[role]],
        downloads=offered(shared.downloads.units[dossier.organization.org_id]),
        verdicts=shared.facts.verdicts,
        docket_file=shared.downloads.dockets.get(dossier.organization.org_id),
        docket=shared.facts.dockets.get(dossier.organization.org_id),
    )
