"""Workbooks for people: the four lists of a plan, and what an organization answers for.

Comes in: the rows of the flat tables. Goes out: an Excel file for each plan and for each organization.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from openplans import routes
from openplans.artifacts.builder import Builder
from openplans.downloads import flat
from openplans.downloads.files import File, Job, Shelf, in_excel, put_all
from openplans.downloads.keys import Keys
from openplans.downloads.table import Origin, PublishedTable
from openplans.schema import contract


def of_plans(
    shelf: Shelf, tables: dict[str, list[flat.Flat]], origins: dict[str, Origin], keys: Keys, builder: Builder | None
) -> Iterator[tuple[str, File]]:
    """Each plan's four lists for people, with names beside codes and the state of each row, as one workbook; as CSV
    there are the tables with names of all plans together, and each plan's own tables with codes."""
    found = {
        name: flat.grouped(tables[name], "plan_id")
        for name in (flat.TARGETS, flat.TASKS, flat.PROJECTS, flat.RESPONSIBILITIES)
    }
    jobs = []
    for plan_id, made in origins.items():
        sheets = [
            flat.table(name, rows.get(plan_id, []), "zh", made, routes.plan(plan_id, name))
            for name, rows in found.items()
        ]
        jobs.append(Job(keys.of("lists", sheets, made), partial(_of_plan, plan_id=plan_id, sheets=sheets, made=made)))
    return zip(origins, put_all(shelf, jobs, builder), strict=True)


def _of_plan(shelf: Shelf, plan_id: str, sheets: list[PublishedTable], made: Origin) -> File:
    count = sum(len(sheet.rows) for sheet in sheets)
    content, titles = partial(in_excel, sheets, made), contract.file_titles("lists")
    return shelf.put(routes.plan(plan_id, "lists"), "xlsx", content, made, titles, count)


def of_organizations(
    shelf: Shelf, tables: dict[str, list[flat.Flat]], whole: Origin, keys: Keys, builder: Builder | None
) -> Iterator[tuple[str, File]]:
    """What each organization answers for, to print and to fill in: promises.xlsx beside its page, with its docket as a
    second sheet where it has one."""
    promises = flat.grouped(tables[flat.ORGANIZATION_PROMISES], "org_id")
    dockets = flat.grouped(tables[flat.DOCKET], "org_id")
    jobs = []
    for org_id, rows in promises.items():
        place = routes.organization(org_id)
        sheets = [flat.on_paper(flat.ORGANIZATION_PROMISES, rows, whole, f"{place}/promises")]
        if org_id in dockets:
            sheets.append(flat.on_paper(flat.DOCKET, dockets[org_id], whole, f"{place}/docket"))
        jobs.append(Job(keys.of("promises", sheets), partial(_of_organization, sheets=sheets)))
    return zip(promises, put_all(shelf, jobs, builder), strict=True)


def _of_organization(shelf: Shelf, sheets: list[PublishedTable]) -> File:
    first = sheets[0]
    content, titles = partial(in_excel, sheets, first.origin), contract.file_titles("promises")
    return shelf.put(first.path, "xlsx", content, first.origin, titles, len(first.rows))
