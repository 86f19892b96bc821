"""Is a figure the one that the title of its source prints?

Comes in: the observations, and what was left out, with their sources. Goes out: figures whose source's title has one of
their dimension and not theirs. Apart from cited.py, which asks of which place and time a source tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.text.quantities import Figure, figures


def figure_not_in_title(world: World, package: Package) -> Iterator[Hit]:
    """The one figure that is taken from a source whose title prints one of its dimension is that; a figure that stands
    in the title of a source from which none is taken is from there."""
    sources = package.by_id("sources")
    yield from _of_an_unused_source(world, package)
    for name in ("observations", "left_out"):
        table = package.tables[name]
        taken = Counter(row["source_id"] for row in table.rows)
        for row in table.rows:
            source, unit = sources.get(row["source_id"]), world.units.get(row["unit"])
            if not source or not unit or taken[row["source_id"]] > 1 or row["value"] is None:
                continue
            printed = [each for each in figures(source["title"], world.unit_names) if _alike(world, each, unit)]
            if printed and not any(_same(world, each, row) for each in printed):
                facts = {"value": f"{row['value']}{row['unit']}", "source": source["source_id"]}
                facts |= {"own": row["source_id"], "meant": printed[0].text}
                column = "unit" if any(each.value == row["value"] for each in printed) else "value"
                yield at(table, row, column, **facts)


def _of_an_unused_source(world: World, package: Package) -> Iterator[Hit]:
    """The one figure that the title of a source has from which none is taken."""
    tables = [package.tables[name] for name in ("observations", "left_out")]
    used = {row["source_id"] for table in tables for row in table.rows}
    cells = [(table, row) for table in tables for row in table.rows if row["value"] is not None]
    for source in (each for each in package["sources"] if each["source_id"] not in used):
        printed = [each for each in figures(source["title"], world.unit_names) if each.unit and not each.is_time]
        found = [(*place, each) for place in cells for each in printed if _same(world, each, place[1])]
        if len(found) == 1:
            [(table, row, figure)] = found
            facts = {"value": f"{row['value']}{row['unit']}", "source": source["source_id"], "own": row["source_id"]}
            yield at(table, row, "source_id", **facts, meant=figure.text)


def _alike(world: World, figure: Figure, unit: Row) -> bool:
    own = world.units.get(figure.unit)
    return bool(own and own["dimension"] == unit["dimension"] and not figure.is_time)


def _same(world: World, figure: Figure, row: Row) -> bool:
    return bool(world.convert(figure.value, figure.unit, row["unit"]) == row["value"])
