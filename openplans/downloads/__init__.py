"""The files that readers take away, and the list of them.

Comes in: the facts and the database file. Goes out: files below `data/` of the site, at addresses that can be guessed
(docs/downloads.md), and Downloads, what the pages say of them. A module for each concept: `files` (which formats there
are), `keys` (by what they are kept), `table` (what is given away), `delimited`, `typed`, `workbook`, `calendar`, `news`
and `archive` (how), `packages`, `provinces`, `flat`, `lists`, `subscriptions`, `indicators` and `texts` (of what),
`catalog` (where).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from openplans import database, routes
from openplans.artifacts.builder import Builder
from openplans.artifacts.tree import Tree
from openplans.downloads import catalog, flat, indicators, lists, packages, provinces, subscriptions, typed
from openplans.downloads.files import (
    LARGE,
    SMALL,
    Collection,
    File,
    Job,
    Offer,
    Shelf,
    put_all,
    put_here,
)
from openplans.downloads.keys import Keys
from openplans.downloads.table import Origin, PublishedTable, dictionary, of_everything, origin, whole_origin
from openplans.facts.model import Facts
from openplans.paths import Paths
from openplans.schema import contract
from openplans.text.amounts import Language

FlatRows = dict[Language, dict[str, list[flat.Flat]]]
"""The rows of the flat tables by language and name."""


@dataclass(frozen=True)
class Downloads:
    """All that can be taken. `flat` is by name and language, `lists` by plan_id, `indicators` and `described` (all
    that is known of one; "": their index) by concept_id and language, `promises` (of an organization, with its
    docket) by org_id, `calendars` and `feeds` by the path of the page they belong to (all: the
    home page's)."""

    packages: dict[str, Collection]
    everything: Collection
    flat: dict[tuple[str, str], Offer]
    lists: dict[str, File]
    indicators: dict[tuple[str, str], Offer]
    described: dict[tuple[str, str], File]
    calendars: dict[str, File]
    feeds: dict[str, File]
    promises: dict[str, File]
    dictionary: Offer
    database: File
    metadata: File
    index: File
    catalog: File
    changes: File
    site: str
    """The site's public address with its slash, or ""."""
    count: int
    """The number of files."""


def write(facts: Facts, paths: Paths, tree: Tree, base_url: str = "", builder: Builder | None = None) -> Downloads:
    """Put all downloads below data/ of the new site; `base_url` is the site's public address, where it is known.

    What costs is a job of its own, kept by content where there is a `builder`: a package, a table of all, a plan's
    workbook. These are begun first and taken last; what costs little is made in between, in this process.
    """
    site = f"{base_url.rstrip('/')}/" if base_url else ""
    shelf, whole, keys = Shelf(tree), whole_origin(facts, site), Keys()
    origins = {package.id: origin(package, site, facts.registry.publisher) for package in facts.packages}
    collections = _packages(shelf, facts, origins, keys, builder)
    tables = _tables(shelf, of_everything(facts, whole), keys, builder)
    rows = {language: flat.rows(facts, language, whole, site) for language in flat.LANGUAGES}
    flats = _flat(shelf, rows, whole, keys, builder)
    by_province = _tables(shelf, provinces.tables(facts, whole), keys, builder, ("parquet",))
    subscribed = subscriptions.put(shelf, facts, whole, site, subscriptions.news(facts, origins), keys, builder)
    for_plans = lists.of_plans(shelf, rows["zh"], {plan_id: origins[plan_id] for plan_id in facts.plan}, keys, builder)
    promises = lists.of_organizations(shelf, rows["zh"], whole, keys, builder)
    indicators, described = _indicators(shelf, rows, whole), _described(shelf, facts, rows, whole, site)
    everything = _everything(shelf, facts, whole, list(tables), keys, builder)
    each, for_people = dict(collections), dict(flats)
    listed = catalog.dcat(whole, [everything, *each.values()], list(for_people.values()), site)
    calendars, feeds = subscriptions.by_path(subscribed)
    list(by_province)
    return Downloads(
        packages=each,
        everything=everything,
        flat=for_people,
        lists=dict(for_plans),
        indicators=indicators,
        described=described,
        calendars=calendars,
        feeds=feeds,
        promises=dict(promises),
        dictionary=shelf.put_table(dictionary(whole)),
        database=_whole_file(shelf, whole, "openplans", "db", paths.database.read_bytes()),
        metadata=_whole_file(shelf, whole, "datasette-metadata", "json", typed.dumped(database.metadata(facts))),
        changes=_whole_file(shelf, whole, "changes", "json", typed.dumped(facts.registry.releases)),
        catalog=_whole_file(shelf, whole, "catalog", "json", typed.dumped(listed)),
        index=_whole_file(shelf, whole, "index", "json", typed.dumped(catalog.index(whole, shelf.files))),
        site=site,
        count=len(shelf.files),
    )


def _packages(
    shelf: Shelf, facts: Facts, origins: dict[str, Origin], keys: Keys, builder: Builder | None
) -> Iterator[tuple[str, Collection]]:
    """Every package in all its formats, by id."""
    jobs = []
    for package in facts.packages:
        made, files = origins[package.id], packages.contents(package)
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        here = partial(packages.collection, package=package, made=made)
        away = partial(packages.unpacked, package=package.bare, files=files, made=made)
        jobs.append(Job(keys.of("package", package.folder.name, sums, made), here, away))
    return zip(origins, put_all(shelf, jobs, builder), strict=True)


def _tables(
    shelf: Shelf, tables: Iterable[PublishedTable], keys: Keys, builder: Builder | None, kinds: tuple[str, ...] = LARGE
) -> Iterator[Offer]:
    """Tables, each in these formats."""
    jobs = [Job(keys.of("table", table), partial(Shelf.put_table, table=table, kinds=kinds)) for table in tables]
    return put_all(shelf, jobs, builder)


def _everything(
    shelf: Shelf,
    facts: Facts,
    whole: Origin,
    offers: list[Offer],
    keys: Keys,
    builder: Builder | None,
) -> Collection:
    """What holds all packages, and all their tables (`offers`). One long work, done here: it would take longer to send
    it all to a worker."""
    task = partial(packages.everything, facts=facts, made=whole, offers=offers)
    tables = [offer.table for offer in offers]
    packed = [{name: file.sha256 for name, file in offer.files.items()} for offer in offers]
    sums = [
        hashlib.sha256(each).hexdigest() for package in facts.packages for each in packages.contents(package).values()
    ]
    return put_here(shelf, Job(keys.of("everything", tables, packed, sums, whole), task), builder)


def _whole_file(shelf: Shelf, whole: Origin, name: str, kind: str, content: bytes) -> File:
    return shelf.put(name, kind, content, whole, contract.file_titles(name))


def _flat(
    shelf: Shelf, rows: FlatRows, whole: Origin, keys: Keys, builder: Builder | None
) -> Iterator[tuple[tuple[str, str], Offer]]:
    """The flat tables whole, by name and language."""
    tables = {
        (name, language): flat.table(name, found, language, whole)
        for language, named in rows.items()
        for name, found in named.items()
    }
    return zip(tables, _tables(shelf, tables.values(), keys, builder), strict=True)


def _indicators(shelf: Shelf, rows: FlatRows, whole: Origin) -> dict[tuple[str, str], Offer]:
    """The targets of each concept that some plan promises."""
    offers: dict[tuple[str, str], Offer] = {}
    for language, tables in rows.items():
        for concept_id, found in flat.grouped(tables[flat.TARGETS], "concept_id").items():
            if concept_id:
                place = routes.indicator_file(concept_id, language)
                table = flat.table(flat.TARGETS, found, language, whole, place)
                offers[concept_id, language] = shelf.put_table(table, SMALL)
    return offers


def _described(shelf: Shelf, facts: Facts, rows: FlatRows, whole: Origin, site: str) -> dict[tuple[str, str], File]:
    """All that is known of each indicator that has a page, and their index."""
    found: dict[tuple[str, str], File] = {}
    shown = [each for each in facts.registry.concepts.values() if facts.shows(each.concept_id)]
    for language in flat.LANGUAGES:
        promises, listed = flat.grouped(rows[language][flat.TARGETS], "concept_id"), []
        for concept in shown:
            place = routes.indicator_file(concept.concept_id, language)
            # Machines get the same names of columns in both languages: those of the schema.
            table = flat.table(flat.TARGETS, promises.get(concept.concept_id, []), "en", whole, place)
            known = indicators.whole(facts, concept, language, whole, site, table)
            titles = (concept.name_zh, concept.name_en)
            found[concept.concept_id, language] = shelf.put(
                place, "json", typed.dumped(known), whole, titles, len(table.rows)
            )
            listed.append(indicators.about(facts, concept, language, site))
        index = {
            "version": whole.version,
            "updated": whole.updated,
            "licence": whole.licence["path"],
            "indicators": listed,
        }
        place = f"{routes.INDICATORS}{flat.LANGUAGES[language]}"
        found["", language] = shelf.put(
            place, "json", typed.dumped(index), whole, contract.file_titles("indicators"), len(listed)
        )
    return found
