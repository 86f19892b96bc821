"""Arguments that Datasette would pass over are refused, and those of JSON held to what may be asked.

Comes in: a request for a table, view or query. Goes out: 400 in words. Datasette takes a column that isn't there for a
piece of text ("nought" > 1 is true of every row), skips a comparison that it doesn't know, and answers an impossible
`_shape` with 200 and an error: a script then works on with what it never asked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import chain, count
from typing import Any

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.filters import Filters
from datasette.renderer import json_renderer
from datasette.utils import MultiParams
from datasette.utils.asgi import Request
from datasette.views.base import DatasetteError

from openplans.server.plugins.errors import refusal
from openplans.server.plugins.limits import TooLarge
from openplans.server.plugins.search import NEAR

SHAPES = ("arrays", "objects", "array", "arrayfirst", "object")

NAMED = ("objects", "array", "object")
"""Those in which a cell stands under the name of its column."""

PARSED = 500_000
"""Letters of the cells that `_json` takes apart, which all
wait for: lists of nothing take twenty times as much memory."""


@hookimpl
async def filters_from_request(request: Request, database: str, table: str, datasette: Datasette) -> None:
    """Refuse a filter by a column that the table hasn't, or by a comparison that there isn't."""
    there = {*await datasette.get_database(database).table_columns(table), "rowid"}
    for name in request.args:
        if name.startswith("_") and "__" not in name:
            continue
        [(column, comparison, _)] = Filters([(name, "")]).selections()
        if column not in there or comparison not in Filters._filters_by_key:
            status, told = refusal("filter")
            raise DatasetteError(told.format(name=name, columns=", ".join(sorted(there))), status=status)


@hookimpl
def register_output_renderer() -> dict[str, object]:
    """JSON as Datasette writes it, in the place of its own."""
    return {"extension": "json", "render": _json}


def _json(request: Request, args: Any, data: dict[str, Any], view_name: str) -> Response:
    """JSON in the shape that was asked for; a DatasetteError where there is none. What a search found says whether it
    is only `near`, in the shapes that are more than rows."""
    shape = args.get("_shape", "arrays")
    keyless = shape == "object" and not data.get("primary_keys")
    if not data.get("error") and (shape not in SHAPES or keyless):
        status, told = refusal("keyless" if keyless else "shape")
        raise DatasetteError(told, status=status)
    if shape in NAMED and data.get("columns"):
        data["columns"] = apart(data["columns"])
    wanted = {number for number, name in enumerate(data.get("columns") or ()) if name in args.getlist("_json")}
    if wanted and data.get("rows"):
        data["rows"] = _taken_apart(data["rows"], wanted)
    if parameters := (data.get("query") or {}).get("params"):
        data["query"]["params"] = {name: _finite(value) for name, value in parameters.items()}
    if NEAR in request.scope:
        data["near"] = request.scope[NEAR]
    rest = MultiParams({name: args.getlist(name) for name in args if name != "_json"})
    return json_renderer(rest, data, view_name)


def _taken_apart(rows: Sequence[Sequence[Any]], wanted: set[int]) -> list[list[Any]]:
    """The rows with what their JSON says in the place of some cells; what is no JSON stays text. Datasette's own takes
    NaN and Infinity for numbers, with which the answer is no JSON either."""
    cells = (cell for row in rows for number, cell in enumerate(row) if number in wanted)
    if sum(len(cell) for cell in cells if isinstance(cell, str)) > PARSED:
        raise TooLarge("too much to take apart")
    return [[_parsed(cell) if number in wanted else cell for number, cell in enumerate(row)] for row in rows]


def _parsed(cell: Any) -> Any:
    try:
        return json.loads(cell, parse_constant=_no_number, parse_float=lambda digits: _finite(float(digits)))
    except (TypeError, ValueError):
        return cell


def _no_number(name: str) -> None:
    raise ValueError(name)


def _finite(value: Any) -> Any:
    """A number as JSON can say it: infinity is null there, as Datasette has it in rows."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def apart(columns: Sequence[str]) -> list[str]:
    """The names of columns, each once: a second `name` is name_2, else one cell would stand for both."""
    names: list[str] = []
    for each in columns:
        others = (name for number in count(2) if (name := f"{each}_{number}") not in columns)
        names.append(next(name for name in chain([each], others) if name not in names))
    return names
