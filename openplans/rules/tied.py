"""Do the columns of the registry belong together, row for row? An id, a name and a definition share words.

Comes in: the World. Goes out: rows that have each other's name or definition, and names that slid by a row or more.
Apart from names.py, which judges a name by itself: here two columns are held against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once
from openplans.rules.names import pairs, words

FEWEST = 3
"""Rows behind each other whose name is rather that of the next: of fewer, chance makes some."""


@dataclass(frozen=True)
class _Tie:
    """A group of rows in one `column` of which stands what shares words (or pairs of letters) with the `first`: `own`
    are those of the first, `tied` those of the column, row by row."""

    table: str
    first: str
    column: str
    rows: list[Row]
    own: list[set[str]]
    tied: list[set[str]]

    def held(self, own: int, tied: int) -> float:
        """How much of what is known of one row is in the column of another, which may say more."""
        return len(self.own[own] & self.tied[tied]) / (len(self.own[own]) or 1)

    def rather(self, way: int, place: int) -> bool:
        """Whether the column of a row rather tells of the row so many further."""
        return self.held(place + way, place) > self.held(place, place)


_TIES: tuple[tuple[str, str, str, str, Callable[[str], set[str]]], ...] = (
    ("concepts", "concept_id", "name_en", "", words),
    ("concepts", "name_en", "definition_en", "", words),
    ("concepts", "name_zh", "definition_zh", "", pairs),
    ("organizations", "org_id", "name_en", "region_code", words),
    ("themes", "theme_id", "name_en", "", words),
)
"""(table, two columns that share words, the column within whose equal values rows are compared, which words)."""


def exchanged(world: World) -> Iterator[tuple[Package, Hit]]:
    """No two rows have each other's name or definition: each would suit the other's row better than its own."""
    registry = world.project.registry
    told: set[tuple[str, int, int]] = set()
    for tie in (each for each in _ties(world) if not _runs(each)):
        for one, other in _crossed(tie):
            if (tie.table, one.line, other.line) not in told:  # a name is tied to two columns
                told.add((tie.table, one.line, other.line))
                facts = {"here": one[tie.column][:30], "there": other[tie.column][:30], "other": other.line}
                yield registry, at(registry.tables[tie.table], one, tie.column, **facts)


@once
def _ties(world: World) -> list[_Tie]:
    registry, found = world.project.registry, []
    for table, first, second, within, pieces in _TIES:
        groups: defaultdict[str, list[Row]] = defaultdict(list)
        for row in registry[table]:
            groups[row[within] if within else ""].append(row)
        for rows in groups.values():
            own, tied = [pieces(row[first]) for row in rows], [pieces(row[second]) for row in rows]
            found.append(_Tie(table, first, second, rows, own, tied))
    return found


def _crossed(tie: _Tie) -> Iterator[tuple[Row, Row]]:
    """The pairs of rows of which each has in one column more words of the other's other column than of its own."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    for place, text in enumerate(tie.tied):
        for word in text:
            places[word].add(place)
    better: dict[int, set[int]] = {}
    for one, name in enumerate(tie.own):
        held = tie.held(one, one)
        others = set().union(*(places.get(word, ()) for word in name)) if held < 1 else ()
        better[one] = {other for other in others if tie.held(one, other) > held}
    for one, others in better.items():
        for other in sorted(each for each in others if each > one and one in better[each]):
            yield tie.rows[one], tie.rows[other]


def of_next_row(world: World) -> Iterator[tuple[Package, Hit]]:
    """Names and definitions stand in their own rows: where those of several rows on end are rather the next row's, or
    the one's before, the column slid. Where a name did, what is tied to it is right."""
    registry, slid = world.project.registry, set[tuple[str, str]]()
    for tie in _ties(world):
        runs = _runs(tie) if (tie.table, tie.first) not in slid else []
        slid |= {(tie.table, tie.column)} if runs else set()
        for way, run in runs:
            for place in run:
                facts = {"value": tie.rows[place][tie.column][:30], "other": tie.rows[place + way].line}
                yield registry, at(registry.tables[tie.table], tie.rows[place], tie.column, **facts)


def _runs(tie: _Tie) -> list[tuple[int, list[int]]]:
    """The rows on end whose column rather tells of the row so many further, where they are several."""
    found, last = [], len(tie.rows) - 1
    for way, places in ((1, range(last)), (-1, range(1, last + 1))):
        slid = groupby(places, partial(tie.rather, way))
        runs = [list(run) for rather, run in slid if rather]
        found += [(way, run) for run in runs if len(run) >= FEWEST]
    return found
