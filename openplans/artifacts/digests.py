"""The digest of plain data: what an output needs, as a key of the store.

Comes in: contexts of pages, tables, facts: dicts, lists and frozen records. Goes out: their digest, the same for equal
data on any machine. A record is read once, however many pages show it: in the digest of a page stands the
record's own, which makes this cheap.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import PurePath
from typing import Any


class Digests:
    """Digests of data. Records are remembered by identity: they are frozen, and kept as long as this is."""

    def __init__(self) -> None:
        self._records: dict[int, tuple[Any, str]] = {}
        self._encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=self._plain)

    def of(self, *data: Any) -> str:
        """The digest of data; TypeError for what is no plain data."""
        return hashlib.sha256(self._text(data).encode("utf-8", "surrogatepass")).hexdigest()

    def _text(self, data: Any) -> str:
        try:
            return self._encoder.encode(data)
        except TypeError:  # a dict whose keys are no text, or what is no data at all
            return self._encoder.encode(_in_pairs(data))

    def _plain(self, value: Any) -> Any:
        """What JSON has no word for, in words of JSON."""
        if is_dataclass(value) and not isinstance(value, type):
            known = self._records.get(id(value))
            if known is None:
                values = [getattr(value, name) for name in _names(type(value))]
                text = self._text([type(value).__qualname__, *values])
                known = self._records[id(value)] = (
                    value,
                    hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
                )
            return known[1]
        if isinstance(value, frozenset | set):
            return ["set", *sorted(map(self._text, value))]
        if isinstance(value, Decimal | date | PurePath):
            return [type(value).__name__, str(value)]
        raise TypeError(f"no plain data: {type(value)}")


@cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(record))


def _in_pairs(data: Any) -> Any:
    """Data whose dicts are lists of pairs, however deep they are."""
    if isinstance(data, Mapping):
        return ["dict", *([_in_pairs(key), _in_pairs(value)] for key, value in data.items())]
    return [_in_pairs(each) for each in data] if isinstance(data, list | tuple) else data
