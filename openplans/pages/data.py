"""What can be taken away, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict, cast

from openplans import routes
from openplans.downloads import catalog, flat
from openplans.downloads.files import Collection, File, Offer
from openplans.facts.records import Plan
from openplans.facts.registry_records import Release
from openplans.packages import dataset
from openplans.packages.history import Day
from openplans.pages.common import Json, Shared
from openplans.pages.page import Page
from openplans.pages.warned import Warned
from openplans.text.amounts import Language
from openplans.text.i18n import LANGUAGES


class Offered(TypedDict):
    """A table in its formats: words, the number of `rows`, `files` by format, its `entry` in the dictionary."""

    name: str
    entry: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    rows: int
    files: dict[str, File]


class Collected(TypedDict):
    """A collection likewise: its `whole` by format, its `tables`, the document as received."""

    name: str
    title_zh: str
    title_en: str
    version: str
    whole: dict[str, File]
    tables: list[Offered]
    rows: int
    source: File | None
    descriptor: File


class PlanFiles(TypedDict):
    """A plan's downloads; `lists`: its workbook for people."""

    plan: Plan
    downloads: Collected
    lists: File


class Data(TypedDict):
    """All downloads. `flat` by language, `files` by name; `plans`: none where they are too many, for each has them on
    its own page; `releases`: what each version changed, `kept`: where the repository has it as it was then;
    `history`: there are pages of what changed; `warnings` on what stands on no page of its own; `dataset`: all data as
    a schema.org Dataset."""

    flat: dict[Language, list[Offered]]
    plans: list[PlanFiles]
    others: list[Collected]
    everything: Collected
    dictionary: Offered
    files: dict[str, File]
    releases: tuple[Release, ...]
    history: bool
    kept: dict[str, str]
    warnings: list[Warned]
    dataset: Json


class DictionaryEntry(TypedDict):
    """A table or a column of the dictionary; `columns` of a table."""

    table_name: str
    column_name: str
    type: str
    allowed: list[str]
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    columns: list[DictionaryEntry]


class Dictionary(TypedDict):
    """What every column of every table means."""

    tables: list[DictionaryEntry]
    dictionary: Offered


def kept(days: Iterable[Day]) -> dict[str, str]:
    """Where below the repository's address each version is as it was: the files of its tag, or the packages at the
    commit that raised it, whose address does not change either. `days` are the newest first."""
    found: dict[str, str] = {}
    for each in days:
        if each.release:
            place = f"releases/tag/data-{each.release}" if each.tagged else f"tree/{each.new}/datapackages"
            found.setdefault(each.release, place)
    return found


def pages(shared: Shared) -> Iterator[Page]:
    """The data page and the data dictionary."""
    downloads = shared.downloads
    languages = {language: [offered(downloads.flat[name, language]) for name in flat.NAMES] for language in LANGUAGES}
    named = ("database", "metadata", "index", "catalog", "changes")
    context = Data(
        flat=languages,
        plans=[
            PlanFiles(plan=plan, downloads=collected(downloads.packages[plan_id]), lists=downloads.lists[plan_id])
            for plan_id, plan in (() if shared.parts else shared.facts.plan.items())
        ],
        others=[collected(downloads.packages[package.id]) for package in shared.facts.packages[:2]],
        everything=collected(downloads.everything),
        dictionary=offered(downloads.dictionary),
        files={name: getattr(downloads, name) for name in named} | {"indicators": downloads.described["", "zh"]},
        releases=shared.facts.registry.releases,
        history=bool(shared.months),
        kept=kept(told.day for told in shared.history),
        warnings=shared.warned_apart,
        dataset=catalog.schema_org(downloads.everything, downloads.site),
    )
    yield Page(routes.DATA, "data", context)
    yield Page(
        routes.DICTIONARY,
        "dictionary",
        Dictionary(tables=_tables(downloads.dictionary), dictionary=offered(downloads.dictionary)),
    )


def offered(offer: Offer) -> Offered:
    """A table in its formats, as templates show it: words, the number
    of `rows`, `files` by format, its `entry` in the dictionary."""
    table = offer.table
    entry = dataset.table_name(table.name.removesuffix(flat.LANGUAGES["en"]))
    return Offered(
        name=table.name,
        entry=entry,
        title_zh=table.title,
        title_en=table.title_en,
        description_zh=table.description,
        description_en=table.description_en,
        rows=len(table.rows),
        files=offer.files,
    )


def collected(collection: Collection) -> Collected:
    """A collection likewise: its `whole` by format, its `tables`, the document as received."""
    made = collection.origin
    tables = [offered(each) for each in collection.tables]
    return Collected(
        name=made.name,
        title_zh=made.title,
        title_en=made.title_en,
        version=made.version,
        whole=collection.whole,
        tables=tables,
        rows=sum(each["rows"] for each in tables),
        source=collection.source,
        descriptor=collection.descriptor,
    )


def _tables(dictionary: Offer) -> list[DictionaryEntry]:
    """The tables of the dictionary, each with its `columns`; `allowed` is a list."""
    tables: list[DictionaryEntry] = []
    for row in dictionary.table.rows:
        entry = cast(DictionaryEntry, {**row, "allowed": str(row["allowed"]).split(), "columns": []})
        (tables[-1]["columns"] if row["column_name"] else tables).append(entry)
    return tables
