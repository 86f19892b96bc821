"""A table that is given away, and where it comes from.

Comes in: a World and its packages. Goes out: PublishedTables, columns and rows in one shape whatever they are made
of, so that each format is written once (`plain`: a cell for formats that know numbers); and Origins, what a cover, an
envelope and a README say of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openplans import routes
from openplans.facts.model import Facts
from openplans.packages import dataset
from openplans.packages.publisher import Publisher
from openplans.packages.read import Package
from openplans.schema import contract
from openplans.schema.shapes import Field, Resource

Value = str | int | float | Decimal | bool | date | None
"""What stands in a cell: "" or None where it is empty."""


@dataclass(frozen=True)
class Origin:
    """Where data comes from and how it may be used. `address` is the page that shows it; `updated` is YYYY-MM-DD;
    `publisher`: who gives it away."""

    name: str
    title: str
    title_en: str
    version: str
    updated: str
    licence: Mapping[str, str]
    sources: tuple[str, ...]
    address: str
    publisher: Publisher = field(default_factory=Publisher)


@dataclass(frozen=True)
class PublishedTable:
    """Columns and rows. `path` is below data/, without an ending; `file` is the CSV that it is, byte for byte; `paper`:
    the columns of a table that is made to be printed, () where all are printed that there are.

    `fields` are those of a Table Schema; a row has a value for each: text, int, Decimal, or "" or None where empty.
    """

    path: str
    title: str
    title_en: str
    description: str
    description_en: str
    fields: Sequence[Field]
    rows: Sequence[Mapping[str, Value]]
    origin: Origin
    file: Path | None = None
    paper: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The last part of the path: what the table is called."""
        return self.path.rpartition("/")[2]


def origin(package: Package, site: str, publisher: Publisher) -> Origin:
    """The origin of one package; `site` is the public address, with its slash, or ""."""
    facts = package.descriptor
    page = f"{routes.plan(package.id) if package.kind == 'plan' else routes.DATA}/"
    named = (
        [" ".join(filter(None, (facts["issuer"], facts["title_zh"], facts.get("doc_number"))))]
        if package.kind == "plan"
        else []
    )
    sources = named or [source["title"] for source in facts["sources"]]
    licence = facts["licenses"][0]
    return Origin(
        package.id,
        facts["title"],
        facts["title_en"],
        facts["version"],
        facts["updated"],
        licence,
        tuple(sources),
        f"{site}{page}",
        publisher,
    )


def whole_origin(facts: Facts, site: str) -> Origin:
    """The origin of all packages together."""
    about, publisher = contract.all_packages(), facts.registry.publisher
    each = [origin(package, site, publisher) for package in facts.packages]
    plans = tuple(source for one in each[2:] for source in one.sources)
    return Origin(
        about["name"],
        about["title"],
        about["title_en"],
        facts.version,
        facts.updated,
        asdict(publisher.licence),
        plans,
        f"{site}{routes.on_site(routes.DATA)}",
        publisher,
    )


def folder(package: Package) -> str:
    """Where a package's files are below data/: plans/<plan id>, registry or observations."""
    return routes.plan(package.id) if package.kind == "plan" else package.folder.name


def of_package(package: Package, made: Origin) -> list[PublishedTable]:
    """The tables of a package; their CSVs are its own files."""
    return [
        of_resource(resource, package[name], made, f"{folder(package)}/{name}", package.folder / resource["path"])
        for name, resource in contract.tables(package.kind).items()
    ]


def of_everything(facts: Facts, made: Origin) -> list[PublishedTable]:
    """All tables of all packages, as the database has them; the dictionary is a file of its own."""
    rows = dict(dataset.records(facts.packages))
    resources = [each for each in dataset.resources() if each["name"] != dataset.DICTIONARY["name"]]
    return [of_resource(each, rows[each["name"]], made, f"all/{each['name']}") for each in resources]


def dictionary(made: Origin) -> PublishedTable:
    """What every column of every table means, the flat tables included."""
    rows = list(dataset.dictionary([*dataset.resources(), *contract.flat().values()]))
    return of_resource(dataset.DICTIONARY, rows, made, "dictionary")


def of_resource(
    resource: Resource, rows: Sequence[Mapping[str, Value]], made: Origin, path: str, file: Path | None = None
) -> PublishedTable:
    """A table of a resource's columns."""
    return PublishedTable(
        path=path,
        title=resource["title"],
        title_en=resource["title_en"],
        description=resource["description"],
        description_en=resource["description_en"],
        fields=resource["schema"]["fields"],
        rows=rows,
        origin=made,
        file=file,
    )


def plain(value: Any, kind: str) -> str | int | float | None:
    """A cell as formats with types have it: None where empty,
    numbers as numbers, all else as text, by the schema's type."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if kind == "integer" else str(value)
