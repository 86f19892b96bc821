"""Promises that a plan states twice are tied, by the same rule that asks for it; where their numbers differ, a
note says so. What is alike in words only, with another number, is two promises, and says why.

Apart, because it looks at all proposals together.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel

from openplans.drafting.proposing import concepts, table_cells
from openplans.drafting.proposing.reading import Reading
from openplans.packages.link import World
from openplans.packages.read import Row
from openplans.rules.periods import bases
from openplans.rules.restatements import look_alike, names_alike, same_amount

_SETS_APART = re.compile("新增|净增|新建|年均")
"""What one of two names alone says where their numbers differ because they are of two things."""
_TWO_THINGS = "restatement-unlinked: 数字不同，名称只是相近，读作两件事"
_SAID_ANOTHER_WAY = "restates-another: 同一承诺，一处写每年保持，一处写到期末"
_NEAR = 0.86
_PERIOD = ("measure", "period_basis", "period_start")


def tied(world: World, reading: Reading, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The targets with `restates`, and the notes on contradictions."""
    notes: list[Row] = []
    noted: set[tuple[str, str]] = set()
    for number, row in enumerate(rows):
        earlier = [each for each in rows[:number] if not each["restates"]]
        alike = [each for each in earlier if look_alike(world, each, row)]
        same = [each for each in alike if not _are_two(world, reading, each, row)]
        first = next(iter(same), None) or next((each for each in earlier if _is_total(world, each, row)), None)
        if first is None:
            if alike:
                row["accepted"] = "; ".join(filter(None, (row["accepted"], _TWO_THINGS)))
            continue
        if row["measure"] == "cumulative" != first["measure"]:
            first.update({name: row[name] for name in _PERIOD})
            first["concept_id"] = row["concept_id"] or first["concept_id"]
        row["restates"] = first["target_id"]
        own = {name: row[name] for name in _PERIOD}
        row.update({name: first[name] for name in ("concept_id", "scope", "period_end", *_PERIOD)})
        if row["period_basis"] not in bases(reading.plan, row):  # kept each year here, to be reached by a year there
            row.update(own)
            row["accepted"] = "; ".join(filter(None, (row["accepted"], _SAID_ANOTHER_WAY)))
        pair = (first["clause_id"], row["clause_id"])
        if world.differ(first, row) and pair not in noted:
            noted.add(pair)
            notes.append(_note(len(notes) + 1, first, row))
    return rows, notes


def _are_two(world: World, reading: Reading, one: Row, other: Row) -> bool:
    """Whether two rows that look alike have different numbers because they are of two things: 新建示范村16个,
    示范村12个; 城镇居民 6 %, 农村居民 7 %; what one of the listed works adds, and the whole.
    """
    if not world.differ(one, other):
        return False
    if {one["period_basis"], other["period_basis"]} == {"annual", "in"}:  # 每年不低于8000张, and of one year 9000张
        return True
    if any(table_cells.works(reading, reading.by_id[row["clause_id"]]) for row in (one, other)):
        return True
    names = [row["indicator"] for row in (one, other)]
    counted = {row["unit"].lstrip("十百千万亿") for row in (one, other) if row["value"] is not None}
    if len(counted) > 1:
        return True
    if len({tuple(_SETS_APART.findall(name)) for name in names}) > 1:
        return True
    plain = [concepts.one_way(name) for name in names]
    apart = concepts.apart(plain[0]) != concepts.apart(plain[1])
    same = bool(one["concept_id"]) and one["concept_id"] == other["concept_id"]
    return apart or not (same or Indel.normalized_similarity(*plain) >= _NEAR)


def _is_total(world: World, one: Row, total: Row) -> bool:
    """Whether a row of the annex says that what the text promises to make is the running total of the same number."""
    if (one["measure"], total["measure"]) != ("count", "cumulative") or one["clause_id"] == total["clause_id"]:
        return False
    if one["period_basis"] != "in" or any(one[name] != total[name] for name in ("scope", "period_end")):
        return False
    return same_amount(world, one, total) and names_alike(world, one, total)


def _note(number: int, first: Row, row: Row) -> Row:
    said, again = (f"{each['value'] if each['value'] is not None else '—'}{each['unit']}" for each in (first, row))
    return Row(
        note_id=f"draft-n{number:03}",
        kind="conflict",
        clause_id=first["clause_id"],
        quote=first["quote"],
        other_clause_id=row["clause_id"],
        other_quote=row["quote"],
        comment_zh=f"“{first['indicator']}”两处数字不同：一处为{said}，一处为{again}。",
        comment_en=f"The plan gives this promise two numbers: {said} and {again}.",
        confidence="0.80",
        rule="two-numbers",
    )
