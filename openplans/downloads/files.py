"""The files that are given away, as they are put down.

Comes in: the contents of files. Goes out: the files below data/ of the site, and what pages and indexes say of each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from openplans import routes
from openplans.downloads import delimited, texts, typed
from openplans.downloads.table import Origin, Table
from openplans.downloads.workbook import workbook

MEDIA_TYPES = {
    "csv": "text/csv",
    "excel.csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "excel.zip": "application/zip",
    "parquet.zip": "application/zip",
    "db": "application/vnd.sqlite3",
    "txt": "text/plain",
    "ics": "text/calendar",
}
"""Every format by the ending of its files. `excel.csv` is the CSV for Excel; `excel.zip` holds several."""


@dataclass(frozen=True)
class File:
    """A file of the site: `path` from the site's root, `bytes` its length; `rows` is None where it is no table."""

    path: str
    format: str
    bytes: int
    sha256: str
    version: str
    title: str
    title_en: str
    rows: int | None = None

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]

    @property
    def size(self) -> str:
        """The length in words, as file managers show it."""
        return (
            f"{self.bytes / 1_000_000:.1f} MB" if self.bytes >= 1_000_000 else f"{max(1, round(self.bytes / 1000))} KB"
        )


@dataclass(frozen=True)
class Offer:
    """A table in all the formats in which it can be taken, by format."""

    table: Table
    files: dict[str, File]


@dataclass(frozen=True)
class Collection:
    """Tables that belong together, one by one and as one file (`whole`, by format); `source`: the document as received."""

    origin: Origin
    descriptor: File
    whole: dict[str, File]
    tables: tuple[Offer, ...]
    source: File | None = None


def in_excel(tables: list[Table], made: Origin) -> bytes:
    """Tables as one workbook."""
    return workbook(tables, made, texts.cover(origin=made, tables=tables), texts.sheets())


WRITERS: dict[str, Callable[[Table], bytes]] = {
    "csv": delimited.exact,
    "excel.csv": delimited.for_excel,
    "xlsx": lambda table: in_excel([table], table.origin),
    "json": typed.as_json,
    "parquet": typed.parquet,
}
"""What writes a table, by format."""


@dataclass
class Shelf:
    """Where files are put: below `site`, the staged site. `files` are those put so far."""

    site: Path
    files: list[File] = field(default_factory=list)

    def put(
        self, path: str, kind: str, content: bytes, made: Origin, titles: tuple[str, str], rows: int | None = None
    ) -> File:
        """Write a file; `path` is below data/, without its ending `kind`."""
        whole = routes.download(path, kind)
        target = self.site / whole
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.files.append(
            File(whole, kind, len(content), hashlib.sha256(content).hexdigest(), made.version, *titles, rows)
        )
        return self.files[-1]

    def put_table(self, table: Table, kinds: Iterable[str] = WRITERS) -> Offer:
        """Write a table in these formats."""
        titles = (table.title, table.title_en)
        files = {
            kind: self.put(table.path, kind, WRITERS[kind](table), table.origin, titles, len(table.rows))
            for kind in kinds
        }
        return Offer(table, files)

    def read(self, file: File) -> bytes:
        """What was put there."""
        return (self.site / file.path).read_bytes()
