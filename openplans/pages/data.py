"""What can be taken away, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from openplans import routes
from openplans.downloads import catalog, flat
from openplans.downloads.files import Collection, Offer
from openplans.packages import dataset
from openplans.pages.common import Shared
from openplans.pages.contexts import Collected, Data, Dictionary, DictionaryEntry, Offered, PlanFiles
from openplans.pages.page import Page
from openplans.text.i18n import LANGUAGES


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
        versions=downloads.versions,
        history=bool(shared.months),
        released=sorted({told.day.release for told in shared.history} - {""}),
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
        entry = cast(DictionaryEntry, {**row, "allowed": row["allowed"].split(), "columns": []})
        (tables[-1]["columns"] if row["column_name"] else tables).append(entry)
    return tables
