"""Which row of the registry a missing one is now: its id was changed, or a spelling; or the cells that lead to it were.

Comes in: problems of what is missing, and the Graph. Goes out: the row with its file. Apart from `ties`, which knows
how rows lead to each other: here it is judged by names what a row was.
"""

from __future__ import annotations

import unicodedata
from operator import ne

from openplans.packages.link import World
from openplans.packages.read import Row
from openplans.problems import Problem
from openplans.rules.keys import REGISTRY_TABLES, led_to
from openplans.rules.names import words
from openplans.rules.quotes import squeezed
from openplans.rules.ties import Graph, Key
from openplans.text import quantities


def respelt(each: Problem, graph: Graph) -> tuple[str, Row] | None:
    """The file and row of the registered spelling of the unit of a row that no document prints, where the name that
    is not registered is printed in the row's: it is the registry that was changed.
    """
    found = graph.row(each) if each.rule == "unknown-organization-name" else None
    if found is None:
        return None
    package, _, row = found
    if squeezed(each.facts["name"]) not in squeezed(package.source):
        return None
    sources = [squeezed(plan.source) for plan in graph.world.project.plans]
    table = graph.world.project.registry.tables["organization_names"]
    own = [known for known in table.rows if known["org_id"] == row["org_id"]]
    unsaid = [known for known in own if not any(squeezed(known["name"]) in source for source in sources)]
    return (table.file, unsaid[0]) if len(unsaid) == 1 else None


def renamed(missing: Key | None, world: World) -> tuple[str, Row] | None:
    """The row of the registry that nothing leads to and that a missing one was, with the file of its row: its id
    was changed. A unit has a name that is registered for the missing one, a concept words of its id.
    """
    if missing is None or missing[1] not in REGISTRY_TABLES or missing[1] not in world.project.registry.tables:
        return None
    table, used = world.project.registry.tables[missing[1]], led_to(world, missing[1])
    unused = [row for row in table.rows if row[table.columns[0]] not in used]
    found = [row for row in unused if _was(row, *missing[1:], world)]
    return (table.file, found[0]) if len(found) == 1 else None


def _was(row: Row, table: str, missing: str, world: World) -> bool:
    """Whether a row of the registry may be the one that had an id before."""
    if table == "organizations":
        names = world.project.registry["organization_names"]
        known = {(each["region_code"], each["name"]) for each in names if each["org_id"] == missing}
        return (row["region_code"], row["name_zh"]) in known
    own = str(next(iter(row.values())))
    if table == "concepts" and (words(row["name_en"]) & words(missing) or missing.startswith(own)):
        return True
    return table == "themes" or sum(map(ne, own, missing)) == 1 < len(missing)


def as_whole(code: str) -> str:
    """A code that a program read as a number with a decimal point, as it was: 330326.0."""
    return code.removesuffix(".0")


def misprinted(alike: list[Problem], graph: Graph) -> bool:
    """Whether the cells that lead to a missing unit of measure are what is wrong, and not that it is missing: it
    looks like a registered one, or the quotes print a registered one in its place. Whether a code is one but for .0.
    """
    unit = str(alike[0].facts.get("value"))
    if alike[0].rule == "unknown-region":
        return as_whole(unit) in graph.world.regions
    if alike[0].rule != "unknown-unit":
        return False
    looks = unicodedata.normalize("NFKC", unit)
    rows = [found[2] for each in alike if (found := graph.row(each))]
    printed = any(unit in row.get("quote", "") for row in rows)
    return (looks != unit and looks in graph.world.units) or (
        not printed and any(_prints_another(row, graph.world) for row in rows)
    )


def _prints_another(row: Row, world: World) -> bool:
    """Whether the quote of a row has its value in a registered unit."""
    figures = quantities.figures(row.get("quote", ""), world.unit_names)
    return any(each.value == row["value"] and each.unit in world.units for each in figures)
