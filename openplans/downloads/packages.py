"""The packages as files: each table, each package, and all of them together.

Comes in: the facts. Goes out: Collections, put on the shelf at addresses that can be guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from openplans.downloads import texts, typed
from openplans.downloads.archive import zipped
from openplans.downloads.files import EXACT, WRITERS, Collection, File, Offer, Shelf, fits, in_excel
from openplans.downloads.table import Origin, PublishedTable, folder, of_package
from openplans.facts.model import Facts
from openplans.packages import dataset
from openplans.packages.read import DESCRIPTOR, SOURCE, Package
from openplans.schema import contract

PACKAGES = "datapackages"
"""The folder of all packages in the zip, as in a project."""

Listed = dict[str, object]
"""A line of a README's list: `path` in the zip, titles and descriptions in both languages, `rows`."""


def collection(shelf: Shelf, package: Package, made: Origin) -> Collection:
    """One package. Its zip, unpacked where the package was, is the package again."""
    place, tables = folder(package), of_package(package, made)
    offers = [shelf.put_table(table, EXACT) for table in tables]
    descriptor = shelf.put(
        f"{place}/datapackage", "json", (package.folder / DESCRIPTOR).read_bytes(), made, (made.title, made.title_en)
    )
    source = _source(shelf, package, made)

    def archive() -> bytes:
        explained = _explained(made, _listed(tables, "csv"), DESCRIPTOR)
        return zipped(package.folder.name, {**explained, **contents(package)})

    return Collection(made, descriptor, _whole(shelf, place, made, tables, offers, archive), tuple(offers), source)


def unpacked(shelf: Shelf, package: Package, files: Mapping[str, bytes], made: Origin) -> Collection:
    """The same where the package's folder is not: its own files come along."""
    with TemporaryDirectory() as folder:
        there = Path(folder) / package.folder.name
        there.mkdir()
        for name, content in files.items():
            (there / name).write_bytes(content)
        return collection(shelf, replace(package, folder=there), made)


def everything(shelf: Shelf, facts: Facts, made: Origin, offers: list[Offer]) -> Collection:
    """All packages together. The zip has them side by side, as a project has; `offers` are their tables, as in
    the database, whose files are there already."""
    tables = [offer.table for offer in offers]
    descriptor = shelf.put(
        "all/datapackage", "json", typed.dumped(_descriptor(made, tables)), made, (made.title, made.title_en)
    )

    def archive() -> bytes:
        packages = {f"{PACKAGES}/{folder(each)}": each for each in facts.packages}
        listed = [_listed_package(path, package) for path, package in packages.items()]
        own = {f"{path}/{name}": content for path, each in packages.items() for name, content in contents(each).items()}
        return zipped(made.name, {**_explained(made, listed, f"{PACKAGES}/*/{DESCRIPTOR}"), **own})

    return Collection(made, descriptor, _whole(shelf, "all", made, tables, offers, archive), tuple(offers))


def _whole(
    shelf: Shelf,
    place: str,
    made: Origin,
    tables: list[PublishedTable],
    offers: list[Offer],
    archive: Callable[[], bytes],
) -> dict[str, File]:
    """Several tables as one file, in each format that can hold them."""
    name = place.rpartition("/")[2]

    def one_by_one(kind: str) -> bytes:
        return zipped(name, {**_explained(made, _listed(tables, kind)), **_each(shelf, offers, kind)})

    makers: dict[str, Callable[[], bytes]] = {
        "zip": archive,
        "xlsx": partial(in_excel, tables, made),
        "json": partial(typed.all_as_json, made, tables),
        "excel.zip": partial(one_by_one, "excel.csv"),
        "parquet.zip": partial(one_by_one, "parquet"),
    }
    rows = sum(len(table.rows) for table in tables)
    titles = (made.title, made.title_en)
    return {
        kind: shelf.put(place, kind, make, made, titles, rows) for kind, make in makers.items() if fits(kind, *tables)
    }


def _each(shelf: Shelf, offers: list[Offer], kind: str) -> dict[str, bytes]:
    """The tables in one format, from the shelf where they are put in it."""
    return {
        f"{offer.table.name}.{kind}": shelf.read(offer.files[kind])
        if kind in offer.files
        else WRITERS[kind](offer.table)
        for offer in offers
    }


def _explained(made: Origin, listed: list[Listed], descriptor: str = "") -> dict[str, bytes]:
    """What a zip has besides the data; `descriptor` is the file in it that says what the columns mean."""
    return {
        "README.md": texts.rendered(
            "README.md", made.publisher.own, origin=made, listed=listed, descriptor=descriptor
        ).encode(),
        "CITATION.cff": texts.rendered("CITATION.cff", made.publisher.own, origin=made).encode(),
    }


def _listed(tables: list[PublishedTable], kind: str) -> list[Listed]:
    """Tables as files of a zip."""
    words = ("title", "title_en", "description", "description_en")
    return [
        {"path": f"{table.name}.{kind}", "rows": len(table.rows), **{word: getattr(table, word) for word in words}}
        for table in tables
    ]


def _listed_package(path: str, package: Package) -> Listed:
    """A package as a folder of a zip."""
    words = {word: package.descriptor.get(word, "") for word in ("title", "title_en", "description", "description_en")}
    return {"path": f"{path}/", "rows": sum(len(table.rows) for table in package.tables.values()), **words}


def contents(package: Package) -> dict[str, bytes]:
    """The package's own files by name, as they are."""
    names = [DESCRIPTOR, *(resource["path"] for resource in contract.resources(package.kind))]
    return {name: (package.folder / name).read_bytes() for name in names}


def _source(shelf: Shelf, package: Package, made: Origin) -> File | None:
    """The document as received, where the package has one."""
    for resource in contract.resources(package.kind):
        if resource["path"] == SOURCE:
            content = (package.folder / SOURCE).read_bytes()
            return shelf.put(
                f"{folder(package)}/source", "txt", content, made, (resource["title"], resource["title_en"])
            )
    return None


def _descriptor(made: Origin, tables: list[PublishedTable]) -> Mapping[str, object]:
    """The descriptor of all tables, whose foreign keys reach across what were packages."""
    by_name = {resource["name"]: resource for resource in dataset.resources()}
    resources = [{**by_name[table.name], "path": f"{table.name}.csv"} for table in tables]
    sources = [{"title": source} for source in made.sources]
    about = {
        **contract.all_packages(),
        "keywords": list(made.publisher.keywords),
        "version": made.version,
        "updated": made.updated,
    }
    return {**about, "licenses": [made.licence], "sources": sources, "resources": resources}
