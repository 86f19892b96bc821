"""A cache of what the check says: a judgement is good as long as what was judged, and what judged it, stay the same.

Comes in: everything that a judgement depends on. Goes out: its key, and the judgement from the store. A store that
cannot be read or written costs time and nothing else. Apart, because Frictionless and our own rules are both kept so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from openplans.paths import LIBRARY, Paths

CODE = ("packages", "rules", "schema", "text", "mending")
"""The rooms whose code a judgement depends on."""


def key(parts: Iterable[Any]) -> str:
    """The hash of plain values."""
    text = json.dumps(list(parts), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def code() -> str:
    """The hash of the code that judges."""
    files = [LIBRARY / "problems.py", *(each for room in CODE for each in sorted((LIBRARY / room).rglob("*.*")))]
    kept = [each for each in files if each.suffix in (".py", ".toml", ".json")]
    return key([each.name, each.read_text(encoding="utf-8")] for each in kept)


@cache
def release(library: str) -> str:
    """The version of an installed library, without importing it: the name of its dist-info folder."""
    spec = find_spec(library)
    folder = Path(spec.origin).parent.parent if spec and spec.origin else Path()
    return ",".join(sorted(each.name for each in folder.glob(f"{library}-*.dist-info")))


def load(paths: Paths, name: str, wanted: str) -> list[Any] | None:
    """The judgement that was stored by this name under this key; None where there is none."""
    try:
        known = json.loads(_place(paths, name).read_text(encoding="utf-8"))
        return list(known["judgement"]) if known["key"] == wanted else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store(paths: Paths, name: str, wanted: str, judgement: list[Any]) -> None:
    """Keep a judgement."""
    place = _place(paths, name)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(".new")
        fresh.write_text(
            json.dumps({"key": wanted, "judgement": judgement}, ensure_ascii=False, default=str),
            encoding="utf-8",
            newline="\n",
        )
        fresh.replace(place)
    except OSError:
        return


def _place(paths: Paths, name: str) -> Path:
    return paths.build / "cache" / "judgements" / f"{name}.json"
