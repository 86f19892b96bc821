"""Do the descriptors say what is so: id, region, licence, address, date?

Comes in: the World. Goes out: descriptors that contradict their folder, each other or the releases. What a descriptor
prints of its document (title, issuer), document.py asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from openplans.packages.cells import DATE
from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.rules.hits import Hit, at
from openplans.rules.sources import is_no_page, paths_of
from openplans.text.period import year_of


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


def document_twice(world: World) -> Iterator[tuple[Package, Hit]]:
    """A plan's address and its English title are those of its own document: the address is the one that its sources
    name, and neither is another document's.
    """
    first: dict[tuple[str, str], Package] = {}
    misnamed = {plan.id for plan, _ in title_en_differs(world)}
    addresses = {str(plan.descriptor.get("source_url")): plan for plan in world.project.plans}
    for plan in world.project.plans:
        for column in ("source_url", "title_en"):
            value = plan.descriptor.get(column)
            if not isinstance(value, str) or not value:
                continue
            paths = [path for path in paths_of(plan) if not is_no_page(path)]  # which another rule tells
            apart = column == "source_url" and bool(paths) and value not in paths
            other = first.get((column, value), plan) if apart else first.setdefault((column, value), plan)
            if column == "title_en" and {plan.id, other.id} & misnamed:
                continue  # which says whose it is
            if apart or other.descriptor.get("title_zh") != plan.descriptor.get("title_zh"):
                where = "sources" if other is plan else other.folder.name
                copied = [each for each in paths if apart and addresses.get(each, plan) is not plan]
                if copied and other is plan:  # it is the sources that are another document's
                    yield plan, at(None, column="sources", value=copied[0], where=addresses[copied[0]].folder.name)
                else:
                    yield plan, at(None, column=column, value=value, where=where)


_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


def title_en_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A plan's English title names its own region and no other, and the years of the Chinese one, if any."""
    names = {code: str(row["name_en"]) for code, row in world.regions.items()}
    for plan in world.project.plans:
        title, own = plan.descriptor.get("title_en"), plan.folder.name.partition("-")[0]
        if not isinstance(title, str) or own not in names:
            continue
        chain = [names[each] for each in world.region_chain(own) if each in names]
        others = [name for name in names.values() if name and name in title and name not in chain]
        years = [set(_YEAR.findall(each)) for each in (str(plan.descriptor.get("title_zh")), title)]
        if others and not any(name in title for name in chain):
            yield plan, at(None, column="title_en", value=others[0], meant=names[own])
        elif all(years) and not years[0] & years[1]:
            yield (
                plan,
                at(None, column="title_en", value="、".join(sorted(years[1])), meant="、".join(sorted(years[0]))),
            )


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
    """No package is of more than a year after the newest release: 2099 is a slip."""
    dates = [row["date"] for row in world.project.registry["releases"] if DATE.fullmatch(row["date"])]
    for package in world.project.packages if dates else ():
        updated = str(package.descriptor.get("updated", ""))
        if (year := year_of(updated)) and int(year) > int(year_of(max(dates))) + 1:
            yield package, at(None, column="updated", updated=updated, newest=max(dates))
