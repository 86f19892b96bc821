"""Every page of the site, as plain data in a declared context; a template shows, it does not compute.

One module for each family of pages, with its contexts and with `pages(shared)`, which fills them; page.py says what a
page is, common.py what they draw on.
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
    document,
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

CONTEXTS: dict[str, type] = {
    "home": home.Home,
    "plans": plans.Plans,
    "plan": plans.PlanOverview,
    "targets": plans.Targets,
    "tasks": plans.Tasks,
    "projects": plans.Projects,
    "responsibilities": plans.Responsibilities,
    "text": document.Text,
    "regions": regions.Regions,
    "region": regions.RegionPage,
    "progress": progress.Progress,
    "bulletins": bulletins.Bulletins,
    "bulletin": bulletins.BulletinPage,
    "indicators": indicators.Indicators,
    "indicator": indicators.Indicator,
    "compare": compare.Compare,
    "calendar": calendar.Calendar,
    "year": calendar.Year,
    "organizations": organizations.Organizations,
    "organization": organizations.OrganizationPage,
    "themes": themes.Themes,
    "theme": themes.ThemePage,
    "findings": findings.Findings,
    "data": data.Data,
    "dictionary": data.Dictionary,
    "changes": changes.Changes,
    "month": changes.ChangedMonth,
    "sql": sql.Sql,
    "search": about.Search,
    "about": about.About,
    "method": about.Method,
    "contribute": about.Contribute,
}
"""Each template of templates/pages/ and what it is given: the contract between the two, to which a test holds both."""


def pages(shared: Shared) -> Iterator[Page]:
    """All pages of the site, each followed by its English edition."""
    languages = shared.facts.registry.publisher.languages
    for family in FAMILIES:
        yield from editions(family.pages(shared), languages)
