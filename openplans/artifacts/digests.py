"""The digest of plain data: what an output needs, as a key of the store.

Comes in: contexts of pages, tables, facts: dicts, lists and frozen records. Goes out: their digest, the same for equal
data on any machine. A record is read once, however many pages show it: in the digest of a page stands the
record's own, which makes this cheap.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from pathlib import PurePath
from typing import Any

import orjson

_OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


class Digests:
    """Digests of data. Records are remembered by identity: they are frozen, and kept as long as this is."""

    def __init__(self) -> None:
        self._records: dict[int, tuple[Any, str]] = {}
        self._encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=self._plain)

    def of(self, *data: Any) -> str:
        """The digest of data; TypeError for what is no plain data."""
        return hashlib.sha256(self._text(data)).hexdigest()

    def _text(self, data: Any) -> bytes:
        try:
            return orjson.dumps(data, self._plain, _OPTIONS)
        except TypeError:  # a dict with records as keys, half of a surrogate pair, or what is no data at all
            return self._encoder.encode(_in_pairs(data)).encode("utf-8", "surrogatepass")

    def _plain(self, value: Any) -> Any:
        """What JSON has no word for, in words of JSON."""
        if known := self._records.get(id(value)):
            return known[1]
        kind: type = type(value)
        if cells := _cells(kind):
            told = hashlib.sha256(self._text([kind.__qualname__, cells(value)])).hexdigest()
            self._records[id(value)] = (value, told)
            return told
        if isinstance(value, frozenset | set):
            return ["set", *sorted(self._text(each).decode("utf-8", "surrogatepass") for each in value)]
        if isinstance(value, Decimal | date | PurePath):
            return [kind.__name__, str(value)]
        if isinstance(value, tuple):  # a named one
            return list(value)
        raise TypeError(f"no plain data: {kind}")


@cache
def _cells(kind: type) -> Callable[[Any], Any] | None:
    """What gives all fields of a record of this kind; None where it is no kind of record."""
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else []
    return attrgetter(*names) if names else None


def _in_pairs(data: Any) -> Any:
    """Data whose dicts are lists of pairs, however deep they are."""
    if isinstance(data, Mapping):
        return ["dict", *([_in_pairs(key), _in_pairs(value)] for key, value in data.items())]
    return [_in_pairs(each) for each in data] if isinstance(data, list | tuple) else data
