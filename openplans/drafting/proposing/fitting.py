"""Proposed targets -> the same with a measure and a basis that the check admits for their words.

Apart from the rows, because it asks the rules of the check themselves, once a row is whole: what a person accepts
should pass, and a rule that reads words in another way than the draft would cost a decision for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from openplans.drafting.proposing.reading import Reading
from openplans.packages.read import Row
from openplans.rules.periods import bases
from openplans.rules.wording import measures
from openplans.text.period import year_of

_MEASURES = ("share", "level", "growth", "count", "cumulative")
_BASES = ("by", "in", "annual", "average")
"""Which of several comes first, where the words admit them all."""

_BEYOND = "period-outside-plan: 原文写明{}年"
"""A goal that looks further than the plan's title says: 到2035年."""


def fitted(reading: Reading, rows: Iterable[Row]) -> None:
    """Give each row the first measure and the first basis that its words admit, where they do not admit its own."""
    for row in rows:
        meant = measures(row)
        if row["measure"] not in meant:
            row["measure"] = next(each for each in _MEASURES if each in meant)
        admitted = bases(reading.plan, row)
        if row["period_basis"] not in admitted:
            row["period_basis"] = next(each for each in _BASES if each in admitted)
            row["period_start"] = "" if row["period_basis"] == "by" else min(reading.start, row["period_end"])
        if year_of(row["period_end"]) > year_of(reading.plan.descriptor["effective_end"]):
            row["accepted"] = "; ".join(filter(None, (row["accepted"], _BEYOND.format(row["period_end"]))))
