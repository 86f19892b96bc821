"""JSON and Parquet: formats that keep what a column's type is, and carry their origin with them.

Comes in: a Table. Goes out: the bytes of a file. A column's type is the schema's, never a guess from its cells.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from openplans.downloads.table import Origin, Table, plain

_ARROW = {"integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
_WORDS = ("title", "title_en", "description", "description_en")


def as_json(table: Table) -> bytes:
    """One object: where the table comes from, what its columns mean, and its `rows`."""
    return _compact({**_origin(table.origin), **_contents(table)})


def all_as_json(made: Origin, tables: Iterable[Table]) -> bytes:
    """One object: where the tables come from, and each of them by name."""
    return _compact({**_origin(made), "tables": {table.name: _contents(table) for table in tables}})


def dumped(value: Any) -> bytes:
    """JSON that people may read."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def parquet(table: Table) -> bytes:
    """One table; its origin in the file's key-value metadata, a column's meaning in that of the column."""
    fields = [
        pa.field(field["name"], _ARROW.get(field["type"], pa.string()), metadata=_said(field)) for field in table.fields
    ]
    facts = {**_origin(table.origin), "title": table.title, "title_en": table.title_en}
    told = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in facts.items()
    }
    arrays = [
        pa.array(
            [_arrow(row[field["name"]], field["type"]) for row in table.rows], _ARROW.get(field["type"], pa.string())
        )
        for field in table.fields
    ]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=told)), file)
    return file.getvalue()


def _compact(value: Any) -> bytes:
    """JSON of many rows: half the size, and a tenth of the time."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _arrow(value: Any, kind: str) -> Any:
    cell = plain(value, kind)
    return date.fromisoformat(cell) if kind == "date" and isinstance(cell, str) else cell


def _origin(made: Origin) -> dict[str, Any]:
    return {
        "dataset": made.name, "dataset_title": made.title, "dataset_title_en": made.title_en, "version": made.version,
        "updated": made.updated, "licence": made.licence["path"], "sources": list(made.sources), "address": made.address,
    }  # fmt: skip


def _contents(table: Table) -> dict[str, Any]:
    fields = [{"name": field["name"], "type": field["type"], **_said(field)} for field in table.fields]
    kinds = [(field["name"], field["type"]) for field in table.fields]
    rows = [{name: plain(row[name], kind) for name, kind in kinds} for row in table.rows]
    said = {name: getattr(table, name) for name in _WORDS}
    return {"name": table.name, **said, "fields": fields, "rows": rows}


def _said(field: Mapping[str, Any]) -> dict[str, str]:
    return {name: field[name] for name in _WORDS if field.get(name)}
