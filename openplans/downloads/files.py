"""The files that are given away, as they are put down.

Comes in: the contents of files. Goes out: the files below data/ of the site, and what pages and indexes say of each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from openplans import routes
from openplans.artifacts.builder import Builder, Made
from openplans.artifacts.store import Blob, Files
from openplans.artifacts.tree import Tree
from openplans.downloads import delimited, texts, typed
from openplans.downloads.table import Origin, PublishedTable
from openplans.downloads.workbook import workbook

Result = TypeVar("Result")

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
    "atom.xml": "application/atom+xml",
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

    table: PublishedTable
    files: dict[str, File]

    @property
    def for_excel(self) -> File:
        """The file that opens in Excel: a workbook or, where the rows are too many for one, the CSV for Excel."""
        return self.files.get("xlsx") or self.files["excel.csv"]


@dataclass(frozen=True)
class Collection:
    """Tables that belong together, one by one and as one file
    (`whole`, by format); `source`: the document as received."""

    origin: Origin
    descriptor: File
    whole: dict[str, File]
    tables: tuple[Offer, ...]
    source: File | None = None


def in_excel(tables: list[PublishedTable], made: Origin) -> bytes:
    """Tables as one workbook."""
    return workbook(tables, made, texts.cover(made, tables=tables), texts.sheets(made.publisher.own))


def _in_excel(table: PublishedTable) -> bytes:
    return in_excel([table], table.origin)


WRITERS: dict[str, Callable[[PublishedTable], bytes]] = {
    "csv": delimited.exact,
    "excel.csv": delimited.for_excel,
    "xlsx": _in_excel,
    "json": typed.as_json,
    "parquet": typed.parquet,
}
"""What writes a table, by format."""

LARGE = ("xlsx", "csv", "json", "parquet")
"""The formats of the tables that people take one by one: the flat ones and those of all plans together."""

SMALL = ("csv", "excel.csv")
"""Those of the tables of single indicators, which have no workbook."""

EXACT = ("csv",)
"""Those of a package's own tables, for the other formats hold the package as a whole."""

MOST_IN_JSON = 5_000
"""How many rows of a table a JSON holds, some 8 MB: a reader
has to take it whole into memory. Parquet has no such bound."""


MOST_IN_EXCEL = 100_000
"""How many rows a workbook holds, some 30 MB. Excel takes ten times as many in a sheet, and minutes to open them."""


def fits(kind: str, *tables: PublishedTable) -> bool:
    """Whether a format holds these tables."""
    counts = [len(table.rows) for table in tables]
    return {"json": max(counts) <= MOST_IN_JSON, "xlsx": sum(counts) <= MOST_IN_EXCEL}.get(kind, True)


def _holding(table: PublishedTable, kinds: Iterable[str]) -> Iterator[str]:
    """Those of these formats that hold a table; the CSV for Excel where a workbook does not."""
    for kind in kinds:
        if fits(kind, table):
            yield kind
        elif kind == "xlsx":
            yield "excel.csv"


Content = bytes | Callable[[], bytes]
"""What stands in a file, or what makes it: it is not made where it is kept."""


@dataclass
class Shelf:
    """Where files are put: into `tree`, the new site, or in memory (`contents`, by path) where it is None. `files` are
    those put so far; `kept`: what the store has of them, by path."""

    tree: Tree | None
    kept: Files = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    def put(
        self, path: str, kind: str, content: Content, made: Origin, titles: tuple[str, str], rows: int | None = None
    ) -> File:
        """Put a file; `path` is below data/, without its ending `kind`."""
        whole = routes.download(path, kind)
        if self.tree and (blob := self.kept.get(whole)):
            self.tree.kept[whole] = blob
        else:
            blob = self._written(whole, content if isinstance(content, bytes) else content())
        self.files.append(File(whole, kind, blob.bytes, blob.sha256, made.version, *titles, rows))
        return self.files[-1]

    def put_table(self, table: PublishedTable, kinds: Iterable[str] = LARGE) -> Offer:
        """Put a table in those of these formats that hold it."""
        titles, rows = (table.title, table.title_en), len(table.rows)
        files = {
            kind: self.put(table.path, kind, partial(WRITERS[kind], table), table.origin, titles, rows)
            for kind in _holding(table, kinds)
        }
        return Offer(table, files)

    def read(self, file: File) -> bytes:
        """What was put there."""
        return self.tree.read(file.path) if self.tree else self.contents[file.path]

    def _written(self, path: str, content: bytes) -> Blob:
        if self.tree:
            self.tree.write(path, content)
        else:
            self.contents[path] = content
        return Blob(hashlib.sha256(content).hexdigest(), len(content))


Put = Callable[[Shelf], Result]
"""Puts files on a shelf and says what they are."""


@dataclass(frozen=True)
class Job(Generic[Result]):
    """A task, and the `key` of all that its files depend on.
    `away`: the same task for a worker that has no disk of ours."""

    key: str
    task: Put[Result]
    away: Put[Result] | None = None


def put_all(shelf: Shelf, jobs: Sequence[Job[Result]], builder: Builder | None) -> Iterator[Result]:
    """Do jobs, by whatever executor there is; their results, in order, to be taken when they are needed. What is made
    elsewhere or was made before is put on the shelf by the same task, which then has nothing to make and only says what
    the files are."""
    if builder is None:
        return (job.task(shelf) for job in jobs)
    made = builder.made(_made, ((job.key, job.away or job.task) for job in jobs))
    return (job.task(Shelf(shelf.tree, files, shelf.files)) for job, files in zip(jobs, made, strict=True))


def put_here(shelf: Shelf, job: Job[Result], builder: Builder | None) -> Result:
    """Do a job in this process, for it draws on too much to be sent to another; it is kept likewise."""
    if builder is None:
        return job.task(shelf)
    files = builder.store.get(job.key)
    if files is None:
        own = Shelf(shelf.tree)
        job.task(own)
        files = builder.store.put(job.key, {file.path: own.read(file) for file in own.files})
    return job.task(Shelf(shelf.tree, files, shelf.files))


def _made(task: Put[object]) -> Made:
    """The files that a task puts on a shelf of its own."""
    shelf = Shelf(None)
    task(shelf)
    return shelf.contents
