"""JSON and Parquet: formats that keep what a column's type is, and carry their origin with them.

Comes in: a PublishedTable, whose cells were typed when their file was read (packages/cells.py). Goes out: the bytes
of a file: numbers as table.plain has them. A column's type is the schema's, never a guess from its cells. A period is
a text by the schema, as exact as the document (2027, 2027-06); Parquet has its days as dates besides.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from openplans.downloads.table import Origin, PublishedTable, Value, plain
from openplans.packages.cells import is_period
from openplans.schema.shapes import Field
from openplans.text.period import Period, days

_ARROW = {"integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
"""Arrow's types by those of a Table Schema. A number is a double, as Frictionless writes it too: it holds every figure
of 15 digits, and pandas, R and DuckDB reckon with it as it is."""

_DAYS: tuple[Field, ...] = (
    {"name": "period_first_day", "type": "date", "title": "时期第一天", "title_en": "First day of the period"},
    {"name": "period_last_day", "type": "date", "title": "时期最后一天", "title_en": "Last day of the period"},
)
"""The columns that Parquet has more than the table."""

_WRITTEN = ({"period", "period_start"}, {"period", "period_end"})
"""Which column of a table tells each of them."""

_WORDS = ("title", "title_en", "description", "description_en")


def as_json(table: PublishedTable) -> bytes:
    """One object: where the table comes from, what its columns mean, and its `rows`."""
    return _compact({**_origin(table.origin), **_contents(table)})


def all_as_json(made: Origin, tables: Iterable[PublishedTable]) -> bytes:
    """One object: where the tables come from, and each of them by name."""
    return _compact({**_origin(made), "tables": {table.name: _contents(table) for table in tables}})


def dumped(value: Any) -> bytes:
    """JSON that people may read."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def parquet(table: PublishedTable) -> bytes:
    """One table; its origin in the file's key-value metadata, a column's meaning in that of the column."""
    facts = {**_origin(table.origin), "title": table.title, "title_en": table.title_en}
    told = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in facts.items()
    }
    columns: list[tuple[Field, Sequence[Value]]]
    columns = [*((field, [row[field["name"]] for row in table.rows]) for field in table.fields), *_days(table)]
    fields = [pa.field(field["name"], _type(field), metadata=_said(field)) for field, _ in columns]
    arrays = [pa.array([_arrow(cell, field["type"]) for cell in cells], _type(field)) for field, cells in columns]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=told)), file)
    return file.getvalue()


def _days(table: PublishedTable) -> Iterator[tuple[Field, list[date | None]]]:
    """The first and the last day of each row's period, where the table has such a column."""
    written = {field["name"] for field in table.fields if is_period(field)}
    found = [_bounds(row) for row in table.rows] if written else []
    for place, field in enumerate(_DAYS):
        if written & _WRITTEN[place]:
            yield field, [each[place] for each in found]


def _bounds(row: Mapping[str, Value]) -> tuple[date | None, date | None]:
    if "period" in row:
        stretch = Period.parse(str(row["period"]), str(row.get("period_kind", "")))
        return stretch.start, stretch.end
    return days(str(row.get("period_start") or ""), str(row["period_end"] or ""))


def _compact(value: Any) -> bytes:
    """JSON of many rows: half the size, and a tenth of the time."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _type(field: Field) -> pa.DataType:
    return _ARROW.get(field["type"], pa.string())


def _arrow(value: Any, kind: str) -> Any:
    cell = plain(value, kind)
    return date.fromisoformat(cell) if kind == "date" and isinstance(cell, str) else cell


def _origin(made: Origin) -> dict[str, object]:
    return {
        "dataset": made.name,
        "dataset_title": made.title,
        "dataset_title_en": made.title_en,
        "version": made.version,
        "updated": made.updated,
        "licence": made.licence["path"],
        "sources": list(made.sources),
        "address": made.address,
    }


def _contents(table: PublishedTable) -> dict[str, object]:
    fields = [{"name": field["name"], "type": field["type"], **_said(field)} for field in table.fields]
    kinds = [(field["name"], field["type"]) for field in table.fields]
    rows = [{name: plain(row[name], kind) for name, kind in kinds} for row in table.rows]
    said = {name: getattr(table, name) for name in _WORDS}
    return {"name": table.name, **said, "fields": fields, "rows": rows}


def _said(field: Field) -> dict[str, str]:
    return {name: str(value) for name, value in field.items() if name in _WORDS and value}
