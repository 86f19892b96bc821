"""What more a message can say: the nearest registered name, the character that differs, how the cell should be written.

Comes in: a Problem and the World. Goes out: the Problem with a sentence more on how to mend it, where there is one to
say. Apart, so that a check yields facts only. By topic: `nearest` (registered names), `ids`, `quoted` (words of the
document), `cells` (the form of a cell).
"""

from __future__ import annotations

from collections.abc import Callable

from openplans.packages.link import World
from openplans.problems import Problem
from openplans.rules.advice.cells import (
    address_copied,
    as_written,
    beside,
    in_another_language,
    in_turn,
    multiple,
    not_accepted,
    unquoted,
    workbook,
    year_shown,
)
from openplans.rules.advice.ids import (
    above,
    around,
    copied,
    first_of_two,
    first_stated,
    left_out,
    missing,
    next_id,
    referred,
    succeeding,
)
from openplans.rules.advice.nearest import (
    NONE,
    Advice,
    full_name,
    misnamed,
    nearest_subject,
    nearest_term,
    no_concept,
    of_another_kind,
    printed_unit,
    registered,
    second_theme,
    spelling,
    spelt,
)
from openplans.rules.advice.quoted import end_missing, printed_value, quoted, said_nearly
from openplans.rules.cell_to_mend import moved
from openplans.rules.ranks import MISSING


def advised(problem: Problem, world: World) -> Problem:
    """A problem at the cell that is to be mended, with what else can be said of how to mend it."""
    problem = first_of_two(moved(problem, world), world)
    zh, en = _ADVICE.get(problem.rule, _no_advice)(problem, world)
    if not zh and problem.rule in (*MISSING, "wrong-form", "not-in-list", "wrong-type"):
        zh, en = beside(problem, world)
    return problem.advised(zh, en) if zh else problem


def _no_advice(problem: Problem, world: World) -> Advice:
    return NONE


_ADVICE: dict[str, Callable[[Problem, World], Advice]] = {
    **dict.fromkeys(("unknown-theme", "unknown-concept", "unknown-organization", "unknown-region"), registered),
    "unknown-unit": printed_unit,
    "accepted-unexplained": not_accepted,
    "alias-leads-nowhere": of_another_kind,
    "concept-differs": no_concept,
    "subject-alone": nearest_subject,
    "region-name-short": full_name,
    "theme-differs": second_theme,
    "term-unsaid": nearest_term,
    "broken-reference": referred,
    "text-not-verbatim": end_missing,
    "name-unused": spelling,
    "retired-still-there": missing,
    "value-not-in-quote": printed_value,
    "foreign-id": missing,
    "parent-not-before": above,
    "ten-times-its-series": around,
    "organization-differs": misnamed,
    "source-twice": address_copied,
    "formula-cell": unquoted,
    "no-such-day": year_shown,
    "folder-differs": copied,
    "release-order": in_turn,
    "unit-factor": multiple,
    "unknown-organization-name": spelt,
    **dict.fromkeys(("words-not-in-clause", "task-title-not-in-clause", "attachment-differs"), said_nearly),
    "successor-differs": succeeding,
    "restates-chain": first_stated,
    "wrong-language": in_another_language,
    "required": left_out,
    "duplicate-key": next_id,
    **dict.fromkeys(("stray-file", "disguised-file"), workbook),
    "quote-not-in-clause": quoted,
    **dict.fromkeys(("wrong-type", "wrong-form", "not-in-list"), as_written),
}
