"""Records that are pickled by their slots.

Comes in: nothing. Goes out: the base of every record of the facts. They are pickled by the hundred thousand, for the
store and for the processes that render pages; the methods that `dataclass` gives to frozen ones with slots
(`__getstate__`, `__setstate__`) look all fields up each time, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any


class Frozen:
    """The base of a `dataclass(frozen=True, slots=True)`."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        kind: Any = type(self)
        return _made, (kind, *(get(self, kind) for get, _ in _slots(kind)))


def _made(kind: Any, *cells: Any) -> Any:
    """The record that was pickled."""
    record = object.__new__(kind)
    for (_, put), cell in zip(_slots(kind), cells, strict=True):
        put(record, cell)
    return record


@cache
def _slots(kind: type) -> tuple[tuple[Callable[..., Any], Callable[..., None]], ...]:
    """How each field of a record is read and, past what forbids to change it, written."""
    slots = (getattr(kind, each.name) for each in fields(kind))
    return tuple((slot.__get__, slot.__set__) for slot in slots)
