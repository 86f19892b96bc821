"""The files that readers take away, and the list of them.

Comes in: the facts and the database file. Goes out: files below `data/` of the site, at addresses that can be
guessed (docs/downloads.md), and Downloads, what the pages say of them. A module for each concept: `table` (what is given
away), `delimited`, `typed`, `workbook`, `calendar` and `archive` (how), `packages` and `flat` (of what), `catalog` (where).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from openplans import database, routes
from openplans.downloads import calendar, catalog, changes, flat, packages, typed
from openplans.downloads.files import Collection, File, Offer, Shelf, in_excel
from openplans.downloads.table import Origin, dictionary, folder, origin, whole_origin
from openplans.facts.model import Facts
from openplans.paths import Paths
from openplans.schema import contract

Rows = dict[str, dict[str, list[flat.Flat]]]
"""The rows of the flat tables by language and name."""

SMALL = ("csv", "excel.csv")
"""The formats of the many small tables of single indicators and units."""


@dataclass(frozen=True)
class Downloads:
    """All that can be taken. `flat` is by name and language, `lists` by plan_id, `indicators` by concept_id and language, `units` by org_id, `dockets` by org_id, `calendars` by plan_id ("": all)."""

    packages: dict[str, Collection]
    everything: Collection
    flat: dict[tuple[str, str], Offer]
    lists: dict[str, File]
    indicators: dict[tuple[str, str], Offer]
    units: dict[str, Offer]
    calendars: dict[str, File]
    dockets: dict[str, File]
    dictionary: Offer
    database: File
    metadata: File
    index: File
    catalog: File
    changes: File
    versions: list[changes.Change]
    """What changed in the data, the newest version first."""
    site: str
    """The site's public address with its slash, or ""."""
    count: int
    """The number of files."""


def write(facts: Facts, paths: Paths, base_url: str = "") -> Downloads:
    """Write all downloads below data/ of the staged site; `base_url` is the site's public address, where it is known."""
    site = f"{base_url.rstrip('/')}/" if base_url else ""
    shelf, whole = Shelf(paths.staged), whole_origin(facts, site)
    each = {package.id: packages.collection(shelf, package, origin(package, site)) for package in facts.packages}
    everything = packages.everything(shelf, facts, whole)
    rows = {language: flat.rows(facts, language, whole, site) for language in flat.LANGUAGES}
    for_people = _flat(shelf, rows, whole)
    versions = changes.published(paths.changelog)
    listed = catalog.dcat(whole, [everything, *each.values()], list(for_people.values()), site)
    return Downloads(
        packages=each,
        everything=everything,
        flat=for_people,
        lists=_lists(shelf, rows["zh"], {plan_id: each[plan_id].origin for plan_id in facts.plan}),
        indicators=_indicators(shelf, rows, whole),
        units=_units(shelf, rows["zh"], whole),
        calendars=_calendars(shelf, facts, whole, site),
        dockets=_dockets(shelf, rows["zh"], whole),
        dictionary=shelf.put_table(dictionary(whole)),
        database=_whole_file(shelf, whole, "openplans", "db", paths.database.read_bytes()),
        metadata=_whole_file(
            shelf, whole, "datasette-metadata", "json", typed.dumped(database.metadata(len(facts.plans)))
        ),
        changes=_whole_file(shelf, whole, "changes", "json", typed.dumped(versions)),
        catalog=_whole_file(shelf, whole, "catalog", "json", typed.dumped(listed)),
        index=_whole_file(shelf, whole, "index", "json", typed.dumped(catalog.index(whole, shelf.files))),
        versions=versions,
        site=site,
        count=len(shelf.files),
    )


def _whole_file(shelf: Shelf, whole: Origin, name: str, kind: str, content: bytes) -> File:
    return shelf.put(name, kind, content, whole, contract.file_titles(name))


def _flat(shelf: Shelf, rows: Rows, whole: Origin) -> dict[tuple[str, str], Offer]:
    """The flat tables whole, by name and language."""
    return {
        (name, language): shelf.put_table(flat.table(name, found, language, whole))
        for language, tables in rows.items()
        for name, found in tables.items()
    }


def _lists(shelf: Shelf, tables: dict[str, list[flat.Flat]], origins: dict[str, Origin]) -> dict[str, File]:
    """Each plan's four lists for people, with names beside codes and the state of each row, as one workbook."""
    found = {
        name: _grouped(tables[name], "plan_id")
        for name in (flat.TARGETS, flat.TASKS, flat.PROJECTS, flat.RESPONSIBILITIES)
    }
    files = {}
    for plan_id, made in origins.items():
        sheets = [
            flat.table(name, rows.get(plan_id, []), "zh", made, f"plans/{plan_id}/{name}")
            for name, rows in found.items()
        ]
        count = sum(len(sheet.rows) for sheet in sheets)
        content, titles = in_excel(sheets, made), contract.file_titles("lists")
        files[plan_id] = shelf.put(f"plans/{plan_id}/lists", "xlsx", content, made, titles, count)
    return files


def _indicators(shelf: Shelf, rows: Rows, whole: Origin) -> dict[tuple[str, str], Offer]:
    """The targets of each concept that some plan promises."""
    offers = {}
    for language, tables in rows.items():
        for concept_id, found in _grouped(tables[flat.TARGETS], "concept_id").items():
            if concept_id:
                place = f"{routes.indicator(concept_id)}{flat.LANGUAGES[language]}"
                table = flat.table(flat.TARGETS, found, language, whole, place)
                offers[concept_id, language] = shelf.put_table(table, SMALL)
    return offers


def _units(shelf: Shelf, tables: dict[str, list[flat.Flat]], whole: Origin) -> dict[str, Offer]:
    """What each unit answers for: units/<region>/<name>, the two parts of its id."""
    offers = {}
    for org_id, found in _grouped(tables[flat.RESPONSIBILITIES], "org_id").items():
        table = flat.table(flat.RESPONSIBILITIES, found, "zh", whole, routes.organization(org_id))
        offers[org_id] = shelf.put_table(table, SMALL)
    return offers


def _dockets(shelf: Shelf, tables: dict[str, list[flat.Flat]], whole: Origin) -> dict[str, File]:
    """What each unit has to answer for, as a workbook to print and to fill in."""
    files = {}
    for org_id, found in _grouped(tables[flat.DOCKET], "org_id").items():
        place = f"{routes.organization(org_id)}/docket"
        table = flat.table(flat.DOCKET, found, "zh", whole, place)
        titles = contract.file_titles("docket")
        files[org_id] = shelf.put(place, "xlsx", in_excel([table], whole), whole, titles, len(found))
    return files


def _calendars(shelf: Shelf, facts: Facts, whole: Origin, site: str) -> dict[str, File]:
    """What is due when: of every plan that has dates, and of all."""
    spoken, titles, files, everything = calendar.words(facts.registry), contract.file_titles("calendar"), {}, []
    packages = {package.id: package for package in facts.packages}
    for plan in facts.plans:
        package = packages[plan.plan.id]
        made = origin(package, site)
        if found := calendar.events(plan.due, made, site, spoken):
            content = calendar.ics(found, spoken.name(plan.plan.region), made)
            files[package.id] = shelf.put(f"{folder(package)}/calendar", "ics", content, made, titles)
            everything += found
    return {
        "": shelf.put("calendar", "ics", calendar.ics(everything, spoken.name(None), whole), whole, titles),
        **files,
    }


def _grouped(rows: list[flat.Flat], column: str) -> dict[str, list[flat.Flat]]:
    groups: defaultdict[str, list[flat.Flat]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return dict(groups)
