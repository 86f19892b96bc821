"""Themes that are wrong together: a name that is another theme's, a theme filled down over the rows below it.

Comes in: the World. Goes out: themes called by the words of another, and tasks or concepts on end of whose one theme
the words of most do not speak. Apart from themes.py, which asks each row by itself and needs more to say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from openplans.packages.link import OVERALL_THEME, World
from openplans.packages.read import Package, Row, Table
from openplans.rules.hits import Hit, at, once
from openplans.rules.themes import Witness, Witnesses, cases_of, pairs, weighed, witnesses_of
from openplans.text.folding import folded

OF_A_NAME = 4.0
"""What has to speak of another theme where a theme has its name: one rare pair of letters."""
LITTLE = 0.25
"""How little of that speaks of the theme itself."""

OF_A_TASK = 5.0
"""The same where a row is one of several in doubt."""
LESS = 0.4

MANY = 3
"""Rows on end that are in doubt; two, where they are most of those that have one theme."""


def theme_called_otherwise(world: World) -> Iterator[tuple[Package, Hit]]:
    """A theme's name has words of its own concepts, tasks and aliases, rather than those of another, whose name
    is this one's: they were exchanged. A name alone may have few plans that speak for it."""
    if not world.project.all_read:
        return
    table, witnesses = world.project.registry.tables["themes"], witnesses_of(world)
    doubted, spoken = list[Row](), dict[str, str]()
    for row in table.rows:
        own, name = row["theme_id"], row["name_zh"]
        said = _said(name, witnesses, [Witness("", "", pairs(name), own)])
        best = spoken[own] = max(said, key=lambda theme: (said[theme], theme), default=own)
        if own != OVERALL_THEME and said[best] >= OF_A_NAME and said[own] <= LITTLE * said[best]:
            doubted.append(row)
    for row in doubted:
        best = spoken[row["theme_id"]]
        if spoken.get(best) == row["theme_id"]:
            hit = at(table, row, "name_zh", value=row["name_zh"], id=row["theme_id"], meant=best)
            yield world.project.registry, hit


def themes_filled(world: World, plan: Package) -> Iterator[Hit]:
    """Tasks on end that have one theme are of it, by the words of most: a theme filled down has its tasks speak for it,
    so none of their kin is asked."""
    yield from _filled(world, plan.tables["tasks"], "title")


def concept_themes_filled(world: World) -> Iterator[tuple[Package, Hit]]:
    """So are concepts."""
    registry = world.project.registry
    yield from ((registry, hit) for hit in _filled(world, registry.tables["concepts"], "name_zh"))


def _filled(world: World, table: Table, called: str) -> Iterator[Hit]:
    doubted, key = _doubted(world), table.columns[0]
    for theme, run in groupby(table.rows, lambda row: row["theme_id"]):
        _, *rows = run
        told = [row for row in rows if row[key] in doubted]
        if len(told) >= MANY or 1 < len(told) > len(rows) / 2:
            for row in told:
                facts = {"theme": theme, "words": row[called], "meant": doubted[row[key]], "count": len(told)}
                yield at(table, row, "theme_id", **facts)


def doubted_themes(world: World, plan: Package) -> list[tuple[str, str]]:
    """The tasks of a plan for which the words of all plans together speak of another theme."""
    doubted = _doubted(world)
    return [(row["task_id"], doubted[row["task_id"]]) for row in plan["tasks"] if row["task_id"] in doubted]


@once
def _doubted(world: World) -> dict[str, str]:
    """The theme that the words of a task or a concept speak of, by its id, where they hardly speak of its own."""
    if not world.project.all_read:
        return {}
    witnesses, found = witnesses_of(world), {}
    for case in cases_of(world, witnesses):
        said = _said(case.words, witnesses, case.told)
        own = said.pop(case.theme, 0.0)
        best = max(said, key=lambda theme: (said[theme], theme), default="")
        named = any(name in folded(case.words) for name in witnesses.names.get(case.theme, ()))
        if best and not named and said[best] >= OF_A_TASK and own <= LESS * said[best]:
            found[case.id] = best
    return found


def _said(words: str, witnesses: Witnesses, without: list[Witness]) -> defaultdict[str, float]:
    """How much of words speaks of each theme."""
    said = defaultdict[str, float](float)
    for shares, weight in weighed(words, witnesses, without):
        for theme, share in shares.items():
            said[theme] += weight * share
    return said
