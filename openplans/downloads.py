"""The files that readers take away: CSV of each table, each package as zip, the database.

Comes in: a valid World and the database file. Goes out: files below `data/` of the
site, at addresses that can be guessed, and a list of them for the pages. A CSV is
the very file of the package, byte for byte.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from openplans import contract, database
from openplans.link import World
from openplans.read import SOURCE, Package

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a zip: the earliest that the format knows, so that same content gives same bytes."""


@dataclass(frozen=True)
class Download:
    """A file of the site: `path` from the site's root, `size` in words, `rows` of a table."""

    name: str
    path: str
    size: str
    title: str = ""
    description: str = ""
    rows: int = 0


@dataclass(frozen=True)
class PackageDownloads:
    """What can be taken of one package."""

    zip: Download
    tables: tuple[Download, ...]
    source: Download | None = None


@dataclass(frozen=True)
class Downloads:
    """All that can be taken: by the package's id, and the database with Datasette's metadata."""

    packages: dict[str, PackageDownloads]
    database: Download
    metadata: Download

    @property
    def count(self) -> int:
        """The number of files."""
        return 2 + sum(1 + len(each.tables) for each in self.packages.values())


def write(world: World, database_file: Path, staged: Path) -> Downloads:
    """Write all downloads below `staged`/data."""
    data = staged / "data"
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(database_file, data / "openplans.db")
    text = json.dumps(database.metadata(world), ensure_ascii=False, indent=2) + "\n"
    (data / "datasette-metadata.json").write_text(text, encoding="utf-8")
    return Downloads(
        {package.id: _package(package, staged) for package in world.project.packages},
        _download("openplans", data / "openplans.db", staged),
        _download("datasette-metadata", data / "datasette-metadata.json", staged),
    )


def folder(package: Package) -> str:
    """Where a package's files are below the site's root: data/plans/<plan id> or data/registry."""
    return f"data/plans/{package.id}" if package.kind == "plan" else f"data/{package.folder.name}"


def _package(package: Package, staged: Path) -> PackageDownloads:
    target = staged / folder(package)
    target.mkdir(parents=True, exist_ok=True)
    files = ["datapackage.json", *(resource["path"] for resource in contract.resources(package.kind))]
    for name in files:
        shutil.copyfile(package.folder / name, target / name)
    archive = target.with_name(f"{target.name}.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in files:
            entry = zipfile.ZipInfo(f"{target.name}/{name}", ZIP_TIME)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, (package.folder / name).read_bytes(), zipfile.ZIP_DEFLATED, 9)
    tables = tuple(
        _download(
            name, target / resource["path"], staged, resource["title"], resource["description"], len(package[name])
        )
        for name, resource in contract.tables(package.kind).items()
    )
    source = _download("source", target / SOURCE, staged) if package.kind == "plan" else None
    return PackageDownloads(_download(package.id, archive, staged), tables, source)


def _download(name: str, path: Path, staged: Path, title: str = "", description: str = "", rows: int = 0) -> Download:
    return Download(name, path.relative_to(staged).as_posix(), _size(path.stat().st_size), title, description, rows)


def _size(count: int) -> str:
    """Bytes in words, as file managers show them."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"
