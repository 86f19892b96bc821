"""Does a report of progress agree with itself: its date with its source and its words, its status with its figure?

Comes in: the updates of a plan. Goes out: Hits. Apart from updates.py, which asks whether a report can be placed: here
its cells are held against each other, and its figures against those reported before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.series import day
from openplans.rules.sources import day_of_address, years_titled
from openplans.rules.themes import pairs
from openplans.rules.updates import WORDS, value_said, words_of_rows
from openplans.text import comparators

_YEAR_SAID = re.compile(r"(?<![比较自从到由])(?<!(?<!截)至)(20\d\d)年(?!以来|相比|起|度?基[数期])")
"""A year that a statement is about, and not one that it compares with or reckons from."""

_UNTIL = re.compile(r"截[至止]到?(20\d\d)年")
"""A year up to which a statement reckons what has been done."""

_OF_LAST_YEAR = re.compile("政府工作报告")
"""A source of a year that is given in its first months."""

SPRING = (6, 30)
"""The month and day after which no report on the work of a government is given."""

YEAR_S_END = "-12-31"

OLD = 2
"""Years between a report and the newest year of its words, from which on one of them is wrong."""

ADDS_UP = ("count", "cumulative")
"""The measures of what is made once and does not go away: what has been reached stays so."""


def update_year_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A report is of a year that its words are about; of no later one where it is of the last day of a year, and of
    none before that up to which they reckon (截至2025年底).
    """
    for row in plan["updates"]:
        reported = day(str(row["date"]))
        said = [int(each) for each in _YEAR_SAID.findall(row["statement"])]
        past = [year for year in said if reported and year <= reported.year]
        until = [int(each) for each in _UNTIL.findall(row["statement"])]
        if reported and until and min(until) > reported.year:
            facts = {"id": row["update_id"], "date": row["date"], "year": min(until)}
            yield at(plan.tables["updates"], row, "date", **facts)
        if not reported or not past:
            continue
        apart = reported.year - max(past)
        if apart >= OLD or (apart and str(reported).endswith(YEAR_S_END)):
            facts = {"id": row["update_id"], "date": row["date"], "year": max(past)}
            yield at(plan.tables["updates"], row, "date", **facts)


_PART_OF_A_YEAR = re.compile("上半年|[一二三1-3]季度|1[—–~至-](?:[2-9]|1[01])月")
_WHOLE_YEAR = re.compile("全年|年底|年末|年内|12月|四季度")
"""What a statement says of a time that ends before its year does; of one that does not."""


def update_part_of_a_year(world: World, plan: Package) -> Iterator[Hit]:
    """What was so by the middle of a year is not of its last day."""
    for row in plan["updates"]:
        part = _PART_OF_A_YEAR.search(row["statement"])
        if part and str(row["date"]).endswith(YEAR_S_END) and not _WHOLE_YEAR.search(row["statement"]):
            facts = {"id": row["update_id"], "date": row["date"], "words": part[0]}
            yield at(plan.tables["updates"], row, "date", **facts)


def update_source_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A page has one title and is of one kind, whichever reports are from it."""
    first: dict[str, Row] = {}
    for row in plan["updates"]:
        other = first.setdefault(row["source_url"], row)
        if row["source_url"] and other["source_title"] != row["source_title"]:
            facts = {"id": row["update_id"], "other": other["update_id"], "title": row["source_title"]}
            yield at(plan.tables["updates"], row, "source_url", **facts, first=other["source_title"])


def update_after_source(world: World, plan: Package) -> Iterator[Hit]:
    """A report tells of what was so before its source was published: by the day in its address, or its title."""
    for row in plan["updates"]:
        reported = day(str(row["date"]))
        for column, last in _published(row):
            if reported and (reported - last).days > 1:
                wrong = column if str(reported.year) in _YEAR_SAID.findall(row["statement"]) else "date"
                facts = {"id": row["update_id"], "date": row["date"], "last": str(last), "source": row[column]}
                yield at(plan.tables["updates"], row, wrong, **facts)
                break


def _published(row: Row) -> Iterator[tuple[str, date]]:
    """The columns of an update's source that tell when it was published at the latest, with the day."""
    if printed := day_of_address({"url": row["source_url"]}):
        yield "source_url", printed
    titled = years_titled({"title": row["source_title"]})
    if titled and _OF_LAST_YEAR.search(row["source_title"]):
        yield "source_title", date(max(titled), *SPRING)


def update_reached(world: World, plan: Package) -> Iterator[Hit]:
    """What has come to the promised figure, and does not go away, is done."""
    targets = plan.by_id("targets")
    for row in plan["updates"]:
        target = targets.get(row["target_id"])
        if not target or row["status"] == "done" or target["measure"] not in ADDS_UP or None in (
            row["value"], target["value"]
        ):  # fmt: skip
            continue
        value, yearly = world.convert(row["value"], row["unit"], target["unit"]), target["period_basis"] == "annual"
        enough = value is not None and not yearly and _enough(target) and value >= target["value"]
        if enough and value_said(world, plan, row):  # else it is the value that is wrong
            facts = {"id": row["update_id"], "status": row["status"], "value": f"{row['value']}{row['unit']}"}
            promised = f"{target['value']}{target['unit']}"
            yield at(plan.tables["updates"], row, "status", **facts, target=row["target_id"], promised=promised)


def _enough(target: Row) -> bool:
    """Whether a promise is kept by as much as it says, or more."""
    return target["comparator"] == "eq" or comparators.WAYS.get(target["comparator"]) == "higher"


def update_falls(world: World, plan: Package) -> Iterator[Hit]:
    """What adds up does not become less from one report to a later one."""
    targets = plan.by_id("targets")
    before: dict[str, Row] = {}
    for row in sorted(plan["updates"], key=lambda each: (str(each["date"]), each["update_id"])):
        target = targets.get(row["target_id"])
        if not target or row["value"] is None or target["measure"] not in ADDS_UP or target["period_basis"] == "annual":
            continue
        first = before.setdefault(row["target_id"], row)
        value, earlier = (world.convert(each["value"], each["unit"], target["unit"]) for each in (row, first))
        if value is not None and earlier is not None and value < earlier and row["date"] != first["date"]:
            facts = {"id": row["update_id"], "value": f"{row['value']}{row['unit']}", "first": first["update_id"]}
            yield at(plan.tables["updates"], row, "value", **facts, earlier=f"{first['value']}{first['unit']}")
        before[row["target_id"]] = row


def update_without_target(world: World, plan: Package) -> Iterator[Hit]:
    """A figure that is reported of a task, and whose words are those of a target in units of its dimension, is told of
    that target."""
    for row in plan["updates"]:
        unit = world.units.get(row["unit"])
        if row["value"] is None or unit is None or row["target_id"] or row["project_id"]:
            continue
        said, of_targets = pairs(row["statement"]), words_of_rows(plan)
        alike = [each["target_id"] for each in plan["targets"] if _measured_alike(world, each, unit)]
        words, best = max(((len(said & of_targets[each]), each) for each in alike), default=(0, ""))
        if words >= WORDS:
            facts = {"id": row["update_id"], "value": f"{row['value']}{row['unit']}", "meant": best}
            indicator = plan.by_id("targets")[best]["indicator"]
            yield at(plan.tables["updates"], row, "target_id", **facts, words=indicator)


def _measured_alike(world: World, target: Row, unit: Row) -> bool:
    own = world.units.get(target["unit"])
    return bool(own and own["dimension"] == unit["dimension"])
