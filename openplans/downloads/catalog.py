"""Where everything is: the index of all files, and the catalogue for machines (DCAT, schema.org).

Comes in: what was put on the shelf. Goes out: plain data, ready to be written as JSON. The DCAT is that of DCAT-AP 3,
the profile that European portals harvest: it asks for a resource with its class where plain DCAT lets a text pass.
"""

from __future__ import annotations

from collections.abc import Iterable

from openplans import routes
from openplans.downloads.files import Collection, File, Offer
from openplans.downloads.table import Origin
from openplans.schema import contract

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_PACKAGE = "https://specs.frictionlessdata.io/data-package/"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_LANGUAGES = {"zh": "ZHO", "en": "ENG"}
_CHECKSUM = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def index(whole: Origin, files: Iterable[File]) -> dict[str, object]:
    """All files with their paths from the site's root."""
    listed = [
        {
            "path": file.path,
            "format": file.format,
            "media_type": file.media_type,
            "bytes": file.bytes,
            "sha256": file.sha256,
            "rows": file.rows,
            "version": file.version,
            "title": file.title,
            "title_en": file.title_en,
        }
        for file in sorted(files, key=lambda file: file.path)
    ]
    return {"version": whole.version, "updated": whole.updated, "licence": whole.licence["path"], "files": listed}


def dcat(whole: Origin, collections: list[Collection], flat: list[Offer], site: str) -> dict[str, object]:
    """The catalogue as JSON-LD; addresses are relative to data/catalog.json where the site's own is not known.

    `collections`: all packages together, then each."""
    about = contract.all_packages()
    everything, *each = collections
    said = _both(about["description"], about["description_en"])
    # What is made of the packages names them as its source; a package names the documents that it was read from.
    packages = [{"@id": _named(one.origin.name, site)} for one in each]
    return {
        "@context": _CONTEXT,
        "@id": _catalogue(site),
        "@type": "dcat:Catalog",
        **_described(whole, site),
        "dct:description": said,
        "foaf:homepage": {"@id": site or "../", "@type": "foaf:Document"},
        "dcat:dataset": [
            {**_dataset(whole, list(_files(everything)), site), "dct:description": said, "dct:source": packages},
            *(_package(one, site) for one in each),
            *(_flat_dataset(offer, packages, site) for offer in flat),
        ],
    }


def schema_org(collection: Collection, site: str) -> dict[str, object]:
    """A collection as a schema.org Dataset, for search engines; only of use where the site's address is known."""
    made = collection.origin
    downloads = [
        {
            "@type": "DataDownload",
            "encodingFormat": file.media_type,
            "contentUrl": f"{site}{file.path}",
            "contentSize": str(file.bytes),
        }
        for file in collection.whole.values()
    ]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": made.title,
        "description": _contents(collection)[0],
        "alternateName": made.title_en,
        "identifier": made.name,
        "url": made.address,
        "version": made.version,
        "dateModified": made.updated,
        "license": made.licence["path"],
        "isAccessibleForFree": True,
        "inLanguage": list(made.publisher.languages),
        "creator": _creator(made),
        "distribution": downloads,
    }


def of_indicator(
    whole: Origin, named: tuple[str, str], files: list[File], page: str, language: str, site: str
) -> dict[str, object]:
    """An indicator as a schema.org Dataset in the language of its page; `named`: its name and its definition."""
    parts = [
        {"@type": "DataDownload", "encodingFormat": file.media_type, "contentUrl": f"{site}{file.path}"}
        for file in files
    ]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": named[0],
        "description": named[1],
        "url": f"{site}{page}",
        "version": whole.version,
        "dateModified": whole.updated,
        "license": whole.licence["path"],
        "isAccessibleForFree": True,
        "inLanguage": "zh-CN" if language == "zh" else language,
        "creator": _creator(whole),
        "isPartOf": {
            "@type": "Dataset",
            "name": whole.title if language == "zh" else whole.title_en,
            "url": whole.address,
        },
        "distribution": parts,
    }


def _creator(made: Origin) -> dict[str, str]:
    """Who publishes, as schema.org says it."""
    told = {"@type": "Organization", "name": made.publisher.publisher}
    if "@" in made.publisher.contact:
        return {**told, "email": made.publisher.contact}
    return {**told, "url": made.publisher.contact} if made.publisher.contact else told


def _codes(made: Origin) -> list[str]:
    """The languages of the data, as the European vocabulary calls them."""
    return [_LANGUAGES[each] for each in made.publisher.languages]


def _files(collection: Collection) -> Iterable[File]:
    yield from collection.whole.values()
    for offer in collection.tables:
        yield from offer.files.values()


def _contents(collection: Collection) -> tuple[str, str]:
    """What the tables of a collection are, in Chinese and in English."""
    tables = [offer.table for offer in collection.tables]
    return (
        "；".join(f"{table.title}：{table.description}" for table in tables),
        "; ".join(f"{table.title_en}: {table.description_en}" for table in tables),
    )


def _package(collection: Collection, site: str) -> dict[str, object]:
    """A package, with the documents that it was read from."""
    made = collection.origin
    return {
        **_dataset(made, list(_files(collection)), site),
        "dct:description": _both(*_contents(collection)),
        "dct:source": [
            {
                "@id": _named(f"{made.name}-source-{number}", site),
                "@type": "dcat:Dataset",
                "dct:title": {"@value": title, "@language": "zh"},
                "dct:description": _both(*contract.file_titles("source")),
            }
            for number, title in enumerate(made.sources, 1)
        ],
    }


def _dataset(made: Origin, files: list[File], site: str) -> dict[str, object]:
    return {
        "@id": _named(made.name, site),
        "@type": "dcat:Dataset",
        "dct:identifier": made.name,
        **_described(made, site),
        "dcat:landingPage": {"@id": made.address if site else f"../{made.address}", "@type": "foaf:Document"},
        "dcat:distribution": [_distribution(file, made, site) for file in files],
    }


def _flat_dataset(offer: Offer, packages: list[dict[str, str]], site: str) -> dict[str, object]:
    table, made = offer.table, offer.table.origin
    return {
        **_dataset(made, list(offer.files.values()), site),
        "@id": _named(table.name, site),
        "dct:identifier": table.name,
        "dct:title": _both(table.title, table.title_en),
        "dct:description": _both(table.description, table.description_en),
        "dct:source": packages,
    }


def _described(made: Origin, site: str) -> dict[str, object]:
    return {
        "dct:title": _both(made.title, made.title_en),
        "dct:publisher": {
            "@id": _named("publisher", site),
            "@type": "foaf:Agent",
            "foaf:name": made.publisher.publisher,
        },
        **_contact(made, site),
        "dct:license": _licence(made),
        "dct:language": [{"@id": f"{_LANGUAGE}{code}", "@type": "dct:LinguisticSystem"} for code in _codes(made)],
        "dct:modified": {"@value": made.updated, "@type": "xsd:date"},
        "dcat:version": made.version,
        "dcat:keyword": list(made.publisher.keywords),
    }


def _distribution(file: File, made: Origin, site: str) -> dict[str, object]:
    address = {"@id": _address(file.path, site)}
    found: dict[str, object] = {
        "@type": "dcat:Distribution",
        "dct:title": _both(file.title, file.title_en),
        "dcat:downloadURL": address,
        "dcat:accessURL": address,
        "dcat:mediaType": {"@id": f"{_MEDIA}{file.media_type}", "@type": "dct:MediaType"},
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "dct:modified": {"@value": made.updated, "@type": "xsd:date"},
        "dct:license": _licence(made),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": _CHECKSUM, "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }
    return {**found, "dct:conformsTo": {"@id": _PACKAGE, "@type": "dct:Standard"}} if file.format == "zip" else found


def _contact(made: Origin, site: str) -> dict[str, object]:
    """Where questions go, where the publisher says so."""
    if not made.publisher.contact:
        return {}
    reached = "vcard:hasEmail" if "@" in made.publisher.contact else "vcard:hasURL"
    return {
        "dcat:contactPoint": {
            "@id": _named("contact", site),
            "@type": "vcard:Kind",
            "vcard:fn": made.publisher.publisher,
            reached: {"@id": made.publisher.contact_url},
        }
    }


def _licence(made: Origin) -> dict[str, str]:
    return {"@id": made.licence["path"], "@type": "dct:LicenseDocument"}


def _both(zh: str, en: str) -> list[dict[str, str]]:
    return [{"@value": zh, "@language": "zh"}, {"@value": en, "@language": "en"}]


def _address(path: str, site: str) -> str:
    """The public address of a file, or the way to it from data/."""
    return f"{site}{path}" if site else path.removeprefix(f"{routes.DATA}/")


def _catalogue(site: str) -> str:
    return _address(routes.download("catalog", "json"), site)


def _named(name: str, site: str) -> str:
    """What a thing that the catalogue describes is called."""
    return f"{_catalogue(site)}#{name}"
