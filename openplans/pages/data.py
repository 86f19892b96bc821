"""What can be taken away, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openplans.downloads import catalog, flat
from openplans.downloads.files import Collection, Offer
from openplans.packages import dataset
from openplans.pages.common import Shared
from openplans.pages.contexts import Data, Dictionary
from openplans.pages.page import LANGUAGES, Page


def pages(shared: Shared) -> Iterator[Page]:
    """The data page and the data dictionary."""
    downloads = shared.downloads
    languages = {language: [offered(downloads.flat[name, language]) for name in flat.NAMES] for language in LANGUAGES}
    named = ("database", "metadata", "index", "catalog", "changes")
    context = Data(
        flat=languages,
        plans=[
            {**summary, **collected(downloads.packages[id_]), "lists": downloads.lists[id_]}
            for id_, summary in shared.summaries.items()
        ],
        others=[collected(downloads.packages[package.id]) for package in shared.world.project.packages[:2]],
        everything=collected(downloads.everything),
        dictionary=offered(downloads.dictionary),
        files={name: getattr(downloads, name) for name in named},
        versions=downloads.versions,
        dataset=catalog.schema_org(downloads.everything, downloads.site),
    )
    yield Page("data", "data", context)
    yield Page(
        "data/dictionary",
        "dictionary",
        Dictionary(tables=_tables(downloads.dictionary), dictionary=offered(downloads.dictionary)),
    )


def offered(offer: Offer) -> dict[str, Any]:
    """A table in its formats, as templates show it: words, the number of `rows`, `files` by format, its `entry` in the dictionary."""
    table = offer.table
    entry = dataset.table_name(table.name.removesuffix(flat.LANGUAGES["en"]))
    words = {
        "title_zh": table.title,
        "title_en": table.title_en,
        "description_zh": table.description,
        "description_en": table.description_en,
    }
    return {"name": table.name, "entry": entry, **words, "rows": len(table.rows), "files": offer.files}


def collected(collection: Collection) -> dict[str, Any]:
    """A collection likewise: its `whole` by format, its `tables`, the document as received."""
    made = collection.origin
    return {
        "name": made.name, "title_zh": made.title, "title_en": made.title_en, "version": made.version, "whole": collection.whole,
        "tables": [offered(each) for each in collection.tables], "rows": sum(len(each.table.rows) for each in collection.tables),
        "source": collection.source, "descriptor": collection.descriptor,
    }  # fmt: skip


def _tables(dictionary: Offer) -> list[dict[str, Any]]:
    """The tables of the dictionary, each with its `columns`; `allowed` is a list."""
    tables: list[dict[str, Any]] = []
    for row in dictionary.table.rows:
        entry = {**row, "allowed": row["allowed"].split()}
        if row["column_name"]:
            tables[-1]["columns"].append(entry)
        else:
            tables.append({**entry, "columns": []})
    return tables
