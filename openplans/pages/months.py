"""How the history is cut into pages: a page for each month, several where one would be too long.

Comes in: what each day changed. Goes out: MonthPages, the newest first, and for each row the pages that tell of it.
Apart, because the lists of the plans lead to these pages as these pages lead to each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from openplans import routes
from openplans.packages.history import Day, DayOfChanges, ToldChange
from openplans.text.period import month_of

MOST_BYTES = 150_000
"""How much a page may tell, by `_weight`: with its markup and its frame it stays below 300 KB."""

_ORDER = {"observations": 1, "registry": 2}
"""The packages that stand behind the plans."""


@dataclass(frozen=True)
class MonthPage:
    """A page of a month: the `number`th of `of`. `days` have of their entries those that stand on it."""

    month: str
    number: int
    of: int
    days: tuple[DayOfChanges, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return routes.changes(self.month, self.number)


def parts(history: Iterable[DayOfChanges]) -> list[MonthPage]:
    """The pages of all months, the newest first."""
    months: dict[str, list[tuple[Day, ToldChange]]] = {}
    for told in history:
        rows = sorted(told.entries, key=lambda each: _ORDER.get(each.package, 0))
        months.setdefault(month_of(told.day.day), []).extend((told.day, each) for each in rows)
    found = []
    for month, entries in months.items():
        pages = list(_cut(entries))
        found += [MonthPage(month, number, len(pages), page) for number, page in enumerate(pages, 1)]
    return found


def telling(parts: Iterable[MonthPage]) -> Mapping[str, list[str]]:
    """By the id of a row, the pages that tell of it, the newest first. A plan that came whole tells of none of its
    rows."""
    found: dict[str, list[str]] = {}
    for part in parts:
        for row in dict.fromkeys(entry.row for told in part.days for entry in told.entries):
            found.setdefault(row, []).append(part.path)
    return found


def counted(entries: Iterable[ToldChange]) -> dict[str, int]:
    """How many rows came, went and changed."""
    found = Counter(each.kind for each in entries)
    return {kind: found[kind] for kind in ("added", "removed", "changed")}


def _cut(entries: list[tuple[Day, ToldChange]]) -> Iterator[tuple[DayOfChanges, ...]]:
    page: list[tuple[Day, ToldChange]] = []
    weight = 0
    for each in entries:
        weight += _weight(each[1])
        if page and weight > MOST_BYTES:
            yield _by_day(page)
            page, weight = [], _weight(each[1])
        page.append(each)
    if page:
        yield _by_day(page)


def _by_day(page: list[tuple[Day, ToldChange]]) -> tuple[DayOfChanges, ...]:
    days = groupby(page, key=lambda each: each[0])
    return tuple(DayOfChanges(day, tuple(entry for _, entry in entries)) for day, entries in days)


def _weight(entry: ToldChange) -> int:
    """About how many bytes an entry takes on its page: its words, and the markup around them."""
    said = sum(len((each.old + each.new + each.title_en).encode()) + 200 for each in entry.parts)
    return 300 + max(len(entry.zh.encode()), len(entry.en.encode())) + 3 * len(entry.row.encode()) + said
