"""Typed rows and descriptors -> the files of a package; the only writer of a package's files.

Comes in: columns and rows as the reader gives them. Goes out: text that reads back as the same rows, and, for what was
read and not changed, the same bytes. Apart, so that whatever edits data writes one form, and a diff shows only what
changed.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openplans.packages.read import DESCRIPTOR, Package, Table
from openplans.schema import contract


def cell_text(value: Any) -> str:
    """A value as its cell: "" for None, a Decimal with all its digits and no exponent."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A table as CSV: a header, LF, quotes only where they are needed."""
    return records_text([columns, *([cell_text(row[name]) for name in columns] for row in rows)])


def records_text(records: Iterable[Sequence[str]]) -> str:
    """Cells as CSV, the header among them."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(records)
    return buffer.getvalue()


def table_text(table: Table) -> str:
    """The file of a table."""
    return csv_text(table.columns, table.rows)


def package_texts(package: Package) -> dict[str, str]:
    """Every file of a sound package by its name: descriptor, tables, source."""
    texts = {DESCRIPTOR: contract.descriptor_text(package.descriptor)}
    for name, resource in contract.tables(package.kind).items():
        texts[resource["path"]] = table_text(package.tables[name])
    return {**texts, **({"source.txt": package.source} if package.source else {})}


def write_files(files: Mapping[Path, bytes | None]) -> None:
    """Write files, None removes one: all of them or, where one cannot be written (OSError), none. Each is written
    beside its place before any is renamed into it, so that a full disk leaves what was there."""
    require_writable(files)
    beside: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            if data is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
                beside[path] = Path(name)
                _fill(handle, data, path)
        for path, fresh in beside.items():
            fresh.replace(path)
    finally:
        for fresh in beside.values():
            fresh.unlink(missing_ok=True)
    for path in (path for path, data in files.items() if data is None):
        path.unlink(missing_ok=True)


def require_writable(paths: Iterable[Path]) -> None:
    """PermissionError where a file, or the folder it is in, is read-only: who made a file so wants it kept, which a
    rename would not ask; and of several files none is written where one cannot be."""
    for path in paths:
        folder = next(each for each in path.parents if each.exists())
        closed = folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK)  # of a file mkdir says what it is
        if closed or (path.exists() and not os.access(path, os.W_OK)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _fill(handle: int, data: bytes, path: Path) -> None:
    """Write an open file to the disk, with the rights of the one whose place it takes; OSError names that one."""
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
