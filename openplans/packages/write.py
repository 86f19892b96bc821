"""Typed rows and descriptors -> the files of a package; the only writer of a package's files.

Comes in: columns and rows as the reader gives them. Goes out: text that reads back as the same rows, and, for what was
read and not changed, the same bytes. Apart, so that whatever edits data writes one form, and a diff shows only what
changed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from openplans.packages.read import Package, Table
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
    texts = {"datapackage.json": contract.descriptor_text(package.descriptor)}
    for name, resource in contract.tables(package.kind).items():
        texts[resource["path"]] = table_text(package.tables[name])
    return {**texts, **({"source.txt": package.source} if package.source else {})}
