"""The request that is being answered: what the database has to know of it, and what became of it.

Comes in: admission.py sets one per request (a ContextVar, so that each asyncio task has its own). Goes out:
ordering.py notes the order, database.py reads it and notes a failure, limits.py counts by the format,
admission.py turns the failure of a CSV into an error.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """How Datasette orders a page (`by`, empty for a view that nobody sorted), and what decides between ties."""

    by: str
    ties: str


@dataclass
class Current:
    """`ending`: the format that was asked for ("csv", "json", or "" for a page); `failed`: how the last query ended."""

    ending: str = ""
    order: Order | None = None
    failed: Exception | None = None


current: ContextVar[Current | None] = ContextVar("current", default=None)
