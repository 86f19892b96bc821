"""A table that is drawn with lines (┌──┬──┐), as texts of laws on the web print it -> rows.

    ┌──┬────┬────┐      A line parts the cells of those columns under which it is drawn; the others go on: their cell is
    │1 │修桥│县交│      merged over the rows, and stands in the first of them. The lines of a cell are joined.
    │  ├────┤通局│
    │  │修路│    │
    └──┴────┴────┘

Comes in: lines. Goes out: where such a table ends that begins at one, and its rows. Apart from `plain`, whose rows have
a line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.drafting.receiving.document import Line, row

_EDGE = re.compile("[┌┏╔├┝┠┣╠└┗╚│┃║]")
_PARTS = re.compile("[┌┬┐├┼┤└┴┘│┏┳┓┣╋┫┗┻┛┃╔╦╗╠╬╣╚╩╝║┝┿┥┠╂┨]")
_DRAWN = re.compile("[─━═-]+")
_FEWEST = 3
"""Lines of a table that has one row: its edges, and what is between."""


def table(lines: list[Line], place: int) -> tuple[int, list[Line]]:
    """Where the table ends that is drawn from a place on, and its rows; (place, []) where none is."""
    drawn = list(_drawn(lines, place))
    if len(drawn) < _FEWEST:
        return place, []
    return place + len(drawn), [row(cells) for cells in _rows(drawn) if any(cells)]


def _drawn(lines: list[Line], place: int) -> Iterator[list[str]]:
    """What stands between the upright lines of each line from a place on, as long as there are as many."""
    width = 0
    for line in lines[place:]:
        text = line.text.strip()
        pieces = _PARTS.split(text)[1:-1] if _EDGE.match(text) else []
        width = width or len(pieces)
        if not pieces or len(pieces) != width:
            return
        yield pieces


def _rows(drawn: list[list[str]]) -> list[list[str]]:
    """The cells of each row; a column over which no line is drawn goes on with the row in which its cell began."""
    width = len(drawn[0])
    rows: list[list[str]] = [[""] * width]
    begun = [0] * width
    for pieces in drawn:
        ruled = [bool(_DRAWN.fullmatch(piece.strip())) for piece in pieces]
        if any(ruled) and any(rows[-1]):
            rows.append([""] * width)
        for column, piece in enumerate(pieces):
            if ruled[column]:
                begun[column] = len(rows) - 1
            else:
                rows[begun[column]][column] += piece.strip()
    return rows
