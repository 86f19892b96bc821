"""Where everything is: the index of all files, and the catalogue for machines (DCAT, schema.org).

Comes in: what was put on the shelf. Goes out: plain data, ready to be written as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openplans import routes
from openplans.downloads.files import Collection, File, Offer
from openplans.downloads.table import Origin
from openplans.schema import contract

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_PACKAGE = "https://specs.frictionlessdata.io/data-package/"
_CHECKSUM = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def index(whole: Origin, files: Iterable[File]) -> dict[str, Any]:
    """All files with their paths from the site's root."""
    listed = [
        {
            "path": file.path, "format": file.format, "media_type": file.media_type, "bytes": file.bytes, "sha256": file.sha256,
            "rows": file.rows, "version": file.version, "title": file.title, "title_en": file.title_en,
        }
        for file in sorted(files, key=lambda file: file.path)
    ]  # fmt: skip
    return {"version": whole.version, "updated": whole.updated, "licence": whole.licence["path"], "files": listed}


def dcat(whole: Origin, collections: list[Collection], flat: list[Offer], site: str) -> dict[str, Any]:
    """The catalogue as JSON-LD; addresses are relative to data/catalog.json where the site's own is not known."""
    about = contract.all_packages()
    datasets = [_dataset(each.origin, list(_files(each)), site) for each in collections]
    datasets += [_flat_dataset(offer, site) for offer in flat]
    return {
        "@context": _CONTEXT,
        "@id": _address(routes.download("catalog", "json"), site),
        "@type": "dcat:Catalog",
        **_described(whole),
        "dct:description": _both(about["description"], about["description_en"]),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "Open Plans"},
        "dcat:dataset": datasets,
    }


def schema_org(collection: Collection, site: str) -> dict[str, Any]:
    """A collection as a schema.org Dataset, for search engines; only of use where the site's address is known."""
    made = collection.origin
    downloads = [
        {"@type": "DataDownload", "encodingFormat": file.media_type, "contentUrl": f"{site}{file.path}", "contentSize": str(file.bytes)}
        for file in collection.whole.values()
    ]  # fmt: skip
    contents = "；".join(
        f"{table.title}：{table.description}" for table in (offer.table for offer in collection.tables)
    )
    return {
        "@context": "https://schema.org/", "@type": "Dataset", "name": made.title, "description": contents, "alternateName": made.title_en, "identifier": made.name,
        "url": made.address, "version": made.version, "dateModified": made.updated, "license": made.licence["path"], "isAccessibleForFree": True,
        "inLanguage": ["zh", "en"], "creator": {"@type": "Organization", "name": "Open Plans"}, "distribution": downloads,
    }  # fmt: skip


def of_indicator(
    whole: Origin, named: tuple[str, str], files: list[File], page: str, language: str, site: str
) -> dict[str, Any]:
    """An indicator as a schema.org Dataset in the language of its page; `named`: its name and its definition."""
    parts = [
        {"@type": "DataDownload", "encodingFormat": file.media_type, "contentUrl": f"{site}{file.path}"}
        for file in files
    ]
    return {
        "@context": "https://schema.org/", "@type": "Dataset", "name": named[0], "description": named[1], "url": f"{site}{page}",
        "version": whole.version, "dateModified": whole.updated, "license": whole.licence["path"], "isAccessibleForFree": True,
        "inLanguage": "zh-CN" if language == "zh" else language, "creator": {"@type": "Organization", "name": "Open Plans"},
        "isPartOf": {"@type": "Dataset", "name": whole.title if language == "zh" else whole.title_en, "url": whole.address},
        "distribution": parts,
    }  # fmt: skip


def _files(collection: Collection) -> Iterable[File]:
    yield from collection.whole.values()
    for offer in collection.tables:
        yield from offer.files.values()


def _dataset(made: Origin, files: list[File], site: str) -> dict[str, Any]:
    return {
        "@id": _address(routes.download("catalog", "json"), site) + f"#{made.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": made.name,
        **_described(made),
        "dcat:landingPage": {"@id": made.address if site else f"../{made.address}"},
        "dcat:distribution": [_distribution(file, made, site) for file in files],
    }


def _flat_dataset(offer: Offer, site: str) -> dict[str, Any]:
    table, made = offer.table, offer.table.origin
    found = _dataset(made, list(offer.files.values()), site)
    own = {
        "@id": _address(routes.download("catalog", "json"), site) + f"#{table.name}",
        "dct:identifier": table.name,
        "dct:title": _both(table.title, table.title_en),
        "dct:description": _both(table.description, table.description_en),
    }
    return {**found, **own}


def _described(made: Origin) -> dict[str, Any]:
    return {
        "dct:title": _both(made.title, made.title_en),
        "dct:license": {"@id": made.licence["path"]},
        "dct:language": ["zh", "en"],
        "dct:modified": {"@value": made.updated, "@type": "xsd:date"},
        "dcat:version": made.version,
        "dct:source": list(made.sources),
    }


def _distribution(file: File, made: Origin, site: str) -> dict[str, Any]:
    found = {
        "@type": "dcat:Distribution",
        "dct:title": _both(file.title, file.title_en),
        "dcat:downloadURL": {"@id": _address(file.path, site)},
        "dcat:accessURL": {"@id": _address(file.path, site)},
        "dcat:mediaType": {"@id": f"{_MEDIA}{file.media_type}"},
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "dct:license": {"@id": made.licence["path"]},
        "spdx:checksum": {"spdx:algorithm": {"@id": _CHECKSUM}, "spdx:checksumValue": file.sha256},
    }
    return {**found, "dct:conformsTo": {"@id": _PACKAGE}} if file.format == "zip" else found


def _both(zh: str, en: str) -> list[dict[str, str]]:
    return [{"@value": zh, "@language": "zh"}, {"@value": en, "@language": "en"}]


def _address(path: str, site: str) -> str:
    """The public address of a file, or the way to it from data/."""
    return f"{site}{path}" if site else path.removeprefix(f"{routes.DATA}/")
