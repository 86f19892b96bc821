"""What comes first in time: the form of files and cells, the text, keys, quotes, all else.

Comes in: a Problem. Goes out: its rank, by which a cause is found before what follows from it. Apart, because it is a
table of rules and knows no data.
"""

from __future__ import annotations

from functools import cache

from openplans.problems import Problem, rules

_FIRST_CONTENT_RULE = "foreign-id"
"""In rules.toml: what stands before it is about the form of files and cells."""

MISSING = {"broken-reference", *(f"unknown-{name}" for name in ("theme", "concept", "unit", "organization", "region"))}
"""The rules of a value that leads to no row."""

_RANKS: tuple[set[str], ...] = (
    {
        "source-changed",
        "no-rows",
        "unknown-region",
        "foreign-id",
        "unit-factor",
        "unit-of-law",
        "concept-unit-differs",
        "organization-id-differs",
        "name-elsewhere",
        "name-region-differs",
        "plan-region-differs",
        "wrong-language",
        "cut-off",
        "definition-unlike-name",
    },
    {"boilerplate-not-in-source"},
    {"text-not-verbatim"},
    {"title-not-in-source"},
    {"effective-differs"},
    {"retired-still-there"},
    {"id-missing", "retired-id-taken"},
    {*MISSING, "missing-theme"},
    {
        "task-title-not-in-clause",
        "issuer-not-in-source",
        "region-parent-differs",
        "nature-differs",
        "theme-called-otherwise",
        "note-differs",
        "period-kind-differs",
        "digits-exchanged",
        "figure-filled",
        "fraction-for-percent",
        "themes-filled",
        "accepted-unexplained",
        "note-kind-differs",
    },
    {"unknown-organization-name", "organization-differs"},
    {"too-deep", "name-not-in-source", "name-unused", "name-without-region"},
)
"""What comes first in time behind the form: the text, then keys; quotes and all else come behind."""

_JUDGING = ("/themes.csv", "/concepts.csv")
"""The tables by whose names rows are judged."""

COMPARING = {
    "restates-later", "restates-another", "restates-nearer", "restatement-unlinked", "restatement-conflict",
    "restates-chain", "name-twice", "hedge-passed-over", "figure-twice", "replaces-elsewhere", "source-twice",
    "ten-times-its-kin", "update-short", "update-twice",
    "quotient-differs", "part-exceeds-whole", "rate-unlikely",
}  # fmt: skip
"""The rules that hold a row against another, which their facts name: what is wrong with that one comes first."""

_LAST = {
    *COMPARING, "accepted-needless", "term-missing", "themes-apart",
    "period-start-differs",  # by the end, which may be wrong
}  # fmt: skip


def rank(problem: Problem) -> int:
    """What comes first in time: form, then the text, then keys, then quotes, then all else."""
    if problem.rule in forms() or problem.rule == "release-order":  # by which a row bears the number of another
        return 0
    of_themes = problem.rule == "name-twice" and problem.file.endswith(_JUDGING)
    if of_themes or (problem.rule == "reason-differs" and problem.field == "quote"):  # whose own figure has no row now
        return 1
    for place, codes in enumerate(_RANKS, 1):
        if problem.rule in codes:
            return place
    behind = (problem.rule.startswith("quote-"), problem.rule == "row-order", problem.rule not in _LAST, True)
    return len(_RANKS) + (5 if problem.rule in ("accepted-needless", "source-unused") else 1 + behind.index(True))


@cache
def forms() -> frozenset[str]:
    """The rules about the form of files and cells."""
    codes = list(rules())
    return frozenset(codes[: codes.index(_FIRST_CONTENT_RULE)]) - MISSING
