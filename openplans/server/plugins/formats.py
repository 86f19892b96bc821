"""The endings that addresses of Datasette may have; for others the address of the file that is meant.

Comes in: the path of a request, below base_url. Goes out: None where Datasette has the format, else what to say.
Datasette answers an ending that it doesn't know with the HTML page and 200, so that a script saves a page as Parquet.
"""

from __future__ import annotations

import re
from importlib.util import find_spec

from datasette.app import Datasette

from openplans import routes

_PATH = re.compile(r"/(?P<database>[^/.]+)(?:/(?P<table>[^/.]+))?(?:/(?P<row>[^/.]+))?\.(?P<format>[^/]+)/*")

_FOR_ASSISTANTS = ("md",) if find_spec("datasette_llms_txt") else ()
"""What the plugin datasette-llms-txt adds: each table described as Markdown; llms.txt lists them."""

SERVED = {
    "database": ("json", "csv", "db", *_FOR_ASSISTANTS),
    "table": ("json", "csv", *_FOR_ASSISTANTS),
    "row": ("json",),
}
"""The endings that Datasette has for each kind of thing; a database as CSV is a query's answer."""

OF_TABLE = ("xlsx", "parquet", "csv", "json")
"""The formats of a table's file on the site (docs/downloads.md)."""

OF_ALL = ("xlsx", "json", "zip", "excel.zip", "parquet.zip")
"""Those of all tables as one file."""

_SAME = ("targets_named", "tasks_named", "projects_named", "responsibilities_named", "comparisons_named", "findings")
FLAT = {"data_dictionary": "dictionary", **dict(zip(_SAME, _SAME, strict=True))}
"""Views that the site has as flat tables, and their names there: the same but for one. Written out, since a plain
Datasette has no schema at hand."""


def unknown(path: str, query: bytes, datasette: Datasette) -> tuple[int, str] | None:
    """404 and the words, for an ending that Datasette doesn't have."""
    found = _PATH.fullmatch(path)
    if _FOR_ASSISTANTS and path.endswith("/llms.txt"):
        return None
    if not found or found["database"] not in datasette.databases:
        return None
    kind = "row" if found["row"] else "table" if found["table"] else "database"
    bare = kind == "database" and found["format"] == "csv" and b"sql=" not in query
    if found["format"] in SERVED[kind] and not bare and not path.endswith("/"):
        return None
    return 404, _told(found, kind, datasette)


def _told(found: re.Match[str], kind: str, datasette: Datasette) -> str:
    ours = datasette.plugin_config("openplans") or {}
    file = (ours.get("site") or "/") + _file(found["table"], found["format"], ours.get("files") or [])
    here = "、".join(f".{each}" for each in SERVED[kind])
    return (
        f"这里没有 .{found['format']}(有 {here})；文件在 {file}\n"
        f"There is no .{found['format']} here ({here.replace('、', ', ')} there is); the file is at {file}"
    )


def _file(table: str | None, ending: str, files: list[str]) -> str:
    """The address, from the site's root, of the file that is meant; of the page of all files where there is none."""
    if table is None:
        return routes.download("all", ending if ending in OF_ALL else OF_ALL[0])
    ending = ending if ending in OF_TABLE else OF_TABLE[0]
    if table in FLAT:
        return routes.download(FLAT[table], ending)
    return routes.download(f"all/{table}", ending) if table in files else routes.on_site(routes.DATA)
