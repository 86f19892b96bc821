"""Do the descriptors say what is so: id, region, licence, address, date? And does the change log beside them?

Comes in: the World. Goes out: descriptors that contradict their folder, each other or the change log. What a descriptor
prints of its document (title, issuer), document.py asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from openplans.packages.cells import DATE, no_day
from openplans.packages.files import read_beside
from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.packages.versions import numbers
from openplans.rules.hits import Hit, at

_VERSION = re.compile(r"(?m)^### ([0-9]+\.[0-9]+\.[0-9]+) \((.*)\)$")
"""The head of a version in the change log."""
_HEAD = re.compile(r"(?m)^#+ *[0-9]+\.[0-9].*$")
"""What is meant for one."""


def folder_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The plan's id is the name of its folder and of its package; so no two plans share one."""
    wrong = [column for column in ("plan_id", "name") if plan.descriptor.get(column) != plan.folder.name]
    if wrong:  # both, where the folder was renamed
        yield at(None, column=wrong[0], value=plan.descriptor.get(wrong[0], ""), folder=plan.folder.name)


def plan_region_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The plan's id begins with the code of its region."""
    renamed = plan.id == plan.descriptor.get("name") != plan.folder.name  # said by folder_differs
    if not renamed and not plan.folder.name.startswith(f"{plan.descriptor['region_code']}-"):
        yield at(None, column="region_code", value=plan.descriptor["region_code"], folder=plan.folder.name)


def change_log(world: World) -> Iterator[tuple[Package, Hit]]:
    """Every version of the change log has a day of the calendar, and is newer than the one below it. Where it has
    parts, one is that of the data.
    """
    paths, registry = world.project.paths, world.project.registry
    told = _versions(world)
    text = read_beside(paths.changelog, [])
    if re.search("(?m)^## ", text) and not re.search("(?m)^## Data$", text):
        yield registry, Hit(None, None, "version", {"value": "## Data", "below": "-"}, paths.shown(paths.changelog), 1)
    for each in _HEAD.finditer(text.partition("\n## Code")[0]):
        if not _VERSION.fullmatch(each.group()):
            line, facts = text.count("\n", 0, each.start()) + 1, {"value": each.group(), "below": "-"}
            yield registry, Hit(None, None, "version", facts, paths.shown(paths.changelog), line)
    for (line, version, date), (_, below, day) in pairwise([*told, (0, "0.0.0", "")]):
        right = DATE.fullmatch(date) and not no_day(date, {"name": "date", "type": "date"})
        if not right or numbers(version) <= numbers(below) or (DATE.fullmatch(day) and date < day):
            facts = {"value": f"{version} ({date})", "below": f"{below} ({day})" if day else "-"}
            yield registry, Hit(None, None, "version", facts, paths.shown(paths.changelog), line)


def _versions(world: World) -> list[tuple[int, str, str]]:
    """The versions of the data in the change log, each with its line and its date; none where it cannot be read."""
    text = read_beside(world.project.paths.changelog, []).partition("\n## Code")[0]
    return [(text.count("\n", 0, each.start()) + 1, each[1], each[2]) for each in _VERSION.finditer(text)]


def document_twice(world: World) -> Iterator[tuple[Package, Hit]]:
    """A plan's address and its English title are those of its own document: the address is the one that its sources
    name, and neither is another document's.
    """
    first: dict[tuple[str, str], Package] = {}
    for plan in world.project.plans:
        for column in ("source_url", "title_en"):
            value = plan.descriptor.get(column)
            if not isinstance(value, str) or not value:
                continue
            other = first.setdefault((column, value), plan)
            paths = [each.get("path") for each in plan.descriptor.get("sources") or () if isinstance(each, dict)]
            apart = column == "source_url" and any(paths) and value not in paths
            if apart or other.descriptor.get("title_zh") != plan.descriptor.get("title_zh"):
                where = "sources" if other is plan else other.folder.name
                yield plan, at(None, column=column, value=value, where=where)


def licence_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """Every package is under the licence that the registry names: one publisher gives all of them."""
    own = world.project.registry.descriptor.get("licenses")
    for package in world.project.packages:
        if own and package.descriptor.get("licenses", own) != own:
            said = _licence(package.descriptor.get("licenses"))
            yield package, at(None, column="licenses", value=said, registry=_licence(own))


def _licence(said: Any) -> str:
    names = [str(each.get("name", each)) if isinstance(each, dict) else str(each) for each in said or ()]
    return "、".join(names) or "-"


def updated_too_late(world: World) -> Iterator[tuple[Package, Hit]]:
    """No package is of more than a year after the newest version of the change log: 2099 is a slip."""
    dates = [date for _, _, date in _versions(world) if DATE.fullmatch(date)]
    for package in world.project.packages if dates else ():
        updated = str(package.descriptor.get("updated", ""))
        if updated[:4].isdecimal() and int(updated[:4]) > int(max(dates)[:4]) + 1:
            yield package, at(None, column="updated", updated=updated, newest=max(dates))
