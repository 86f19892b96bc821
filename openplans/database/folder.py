"""A folder that `datasette serve` serves as it is: the database, everything of templates/datasette/, and the plugins.

Comes in: the written database. Goes out: Datasette's configuration directory with a copy of the code that it needs:
for a machine that has only Datasette and cachetools, and for `datasette publish`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from openplans.database.metadata import metadata
from openplans.facts.model import Facts
from openplans.paths import LIBRARY
from openplans.routes import DATABASE

_SEARCH = ("text/segmentation.py", "text/traditional.py", "text/traditional.txt")
NEEDED = ("__init__.py", "routes.py", "server/__init__.py", "text/__init__.py", *_SEARCH)
"""What the plugins import of the rest of openplans/."""


def write(facts: Facts, database: Path, sources: Iterable[Path], folder: Path) -> None:
    """Write the folder anew from `sources` (templates/datasette; of two files with one name the later counts)."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in filter(Path.exists, sources):
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    _copy_plugins(folder / "plugins")
    file = folder / f"{DATABASE}.db"
    try:
        os.link(database, file)
    except OSError:  # a file system without links, or another one
        shutil.copyfile(database, file)
    _dump(folder / "metadata.json", metadata(facts))
    _dump(folder / "inspect-data.json", {DATABASE: _inspected(file)})


def _copy_plugins(folder: Path) -> None:
    """Copy the plugins as the package they are, with the loader that registers them: Datasette runs the files of its
    folder."""
    package = folder / LIBRARY.name
    for path in (*(LIBRARY / "server" / "plugins").glob("*.py"), *(LIBRARY / name for name in NEEDED)):
        copy = package / path.relative_to(LIBRARY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (package / "server" / "plugins" / "loader.py").rename(folder / "openplans_plugins.py")


def _inspected(file: Path) -> dict[str, object]:
    """What `datasette inspect` says of the file: with it Datasette opens it as immutable, and need not count."""
    connection = sqlite3.connect(f"file:{quote(str(file))}?immutable=1", uri=True)
    try:
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    finally:
        connection.close()
    content = file.read_bytes()
    tables = {name: {"count": count} for name, count in counts.items()}
    return {"hash": hashlib.sha256(content).hexdigest(), "size": len(content), "file": file.name, "tables": tables}


def _dump(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
