"""Is a figure of the place and the year that its source tells of, and the source of the place of its publisher?

Comes in: the observations with their sources. Goes out: figures of another place or year, or the source whose title is
wrong where all its figures are. Apart from evidence.py, which looks at sizes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from openplans.packages import dataset
from openplans.packages.cells import DATE
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once
from openplans.rules.regions import core
from openplans.rules.series import out_of_order, period_of, thing
from openplans.rules.sources import GOVERNMENT, OF_A_WHOLE_YEAR, host_of, years_titled
from openplans.text.period import year_of

_PAPER = "(?!(?:日报|晚报|商报|新闻|在线|网|发布|电视|广播|客户端))"
"""A newspaper is called by its town and writes about others."""

FEWEST = 3
"""Other figures of one source: from so many on they say of which place and time it is."""

OLDEST = 6
"""Years: what a source tells lies no further back than this, or is told of in `place`."""

_OF_LAST_YEAR = re.compile("政府工作报告")
"""A source of a year that tells of the one before."""

_SETTLED = ("revised", "final")


def source_elsewhere(world: World, package: Package) -> Iterator[Hit]:
    """A figure is of the place that its source is about, or of one above or below it; where a source gives figures of
    one place only, of that one. What it tells of another has its words in `place`.
    """
    table, sources = package.tables["observations"], package.tables["sources"]
    wrong = {row.line: (source, named) for row, source, named in _elsewhere(world, package)}
    for of in _by_source(table.rows).values():
        told = [row for row in of if row.line in wrong]
        if not told:
            continue
        source, named = wrong[told[0].line]
        if _titled_otherwise(world, source, [row for row in of if not row["place"]], told):
            yield at(sources, source, "title", **_facts_of_place(world, told[0], source, named))
            continue
        for row in told:
            column = _odd_column(table.rows, row, set(wrong))
            yield at(table, row, column, **_facts_of_place(world, row, source, named))
    yield from left_out_elsewhere(world, package)


def _elsewhere(world: World, package: Package) -> Iterator[tuple[Row, Row, list[str]]]:
    """(a figure, its source, the places that one is about) where the figure is of another."""
    rows, sources = package["observations"], package.by_id("sources")
    regions = {
        key: Counter(row["region_code"] for row in of if not row["place"]) for key, of in _by_source(rows).items()
    }
    for row in rows:
        source, own = sources.get(row["source_id"]), row["region_code"]
        if not source or row["place"] or own not in world.regions:
            continue
        named = places_named(world, source)
        others = regions[row["source_id"]] - Counter([own])
        alone = len(named) == 1 and others == Counter({named[0]: others.total()}) and others.total() >= FEWEST
        of_a_part = own not in named and _of_a_part(world, source, own)
        if named and own not in named and (alone or of_a_part or not any(related(world, own, each) for each in named)):
            yield row, source, named


def _titled_otherwise(world: World, source: Row, rows: list[Row], told: list[Row]) -> bool:
    """Whether it is the title of a source that is wrong: all its figures, more than one, are of one other place; or its
    publisher or its address is of the place of its figure.
    """
    own = {row["region_code"] for row in rows}
    if len(own) != 1 or len(told) != len(rows):
        return False
    published = [*places_named(world, {"title": "", "publisher": source["publisher"]}),
                 *places_of_host(world, source["url"])]  # fmt: skip
    return len(rows) > 1 or bool(own & {*published})


def _odd_column(rows: list[Row], row: Row, wrong: set[int]) -> str:
    """Which cell of a figure of another place is wrong: its place, where the figures are out of order by it, or those
    on end have another source each; else the source, where the rows beside are of its own place."""
    number = rows.index(row)
    first = number
    while first and rows[first - 1].line in wrong and rows[first - 1]["region_code"] == row["region_code"]:
        first -= 1
    before, run = rows[first - 1], rows[first]
    begins_anew = before["region_code"] == run["region_code"] and before["concept_id"] > run["concept_id"]
    if begins_anew or out_of_order(rows, number):
        return "region_code"
    beside = {each["region_code"] for each in rows[max(0, number - 1) : number + 2] if each is not row}
    return "source_id" if beside == {row["region_code"]} else "region_code"


SHOWN = 30
"""Letters of a reason that are told."""


def left_out_elsewhere(world: World, package: Package) -> Iterator[Hit]:
    """A figure that was left out is of the place that its source is about, or of one above or below it, and the reason
    speaks of that."""
    sources, names = package.by_id("sources"), {code: each["name_zh"] for code, each in world.regions.items()}
    for row in package["left_out"]:
        told = [code for code, name in names.items() if name and name in row["reason"]]
        if told and row["region_code"] in names and not any(related(world, row["region_code"], each) for each in told):
            facts = _facts_of_place(world, row, {"title": f"{row['reason'][:SHOWN]}……"}, told)
            yield at(package.tables["left_out"], row, "reason", **facts)
        source, own = sources.get(row["source_id"]), row["region_code"]
        named = places_named(world, source) if source and own in world.regions else []
        if source and named and not any(related(world, own, each) for each in named):
            yield at(package.tables["left_out"], row, "region_code", **_facts_of_place(world, row, source, named))


def _facts_of_place(world: World, row: Row, source: Mapping[str, str], named: list[str]) -> dict[str, str]:
    """The facts of a figure of another place than those that its source names."""
    return {
        "id": row["observation_id" if "observation_id" in row else "left_out_id"] or "-",
        "region": world.regions[row["region_code"]]["name_zh"],
        "source": row["source_id"],
        "named": "、".join(world.regions[each]["name_zh"] for each in named),
        "title": source["title"],
    }


def _by_source(rows: list[Row]) -> dict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["source_id"]].append(row)
    return groups


def places_named(world: World, source: Mapping[str, str]) -> list[str]:
    """The regions that a source is about: those of its title, or else of its publisher; of a region and one above it,
    the region.
    """
    for text, behind in ((source["title"], ""), (source["publisher"], _PAPER)):
        named = cores(world).items()
        found = [code for code, core in named if core in text and re.search(re.escape(core) + behind, text)]
        if found:
            return [code for code in found if not any(code in world.region_chain(each)[1:] for each in found)]
    return []


@once
def cores(world: World) -> dict[str, str]:
    """The names of the regions by their codes, as titles shorten them."""
    return {code: core(row) for code, row in world.regions.items()}


_WIDE = re.compile("全[国省市]|[我各][省市县]")
"""What a title says that tells of more than the place it names."""


def _of_a_part(world: World, source: Mapping[str, str], own: str) -> bool:
    """Whether the title of a source names one place alone, and it lies within another: of that one it tells nothing."""
    named = [] if _WIDE.search(source["title"]) else places_named(world, {"title": source["title"], "publisher": ""})
    return len(named) == 1 and own in world.region_chain(named[0])[1:]


def related(world: World, one: str, other: str) -> bool:
    """Whether one region is the other, or above or below it."""
    return one in world.region_chain(other) or other in world.region_chain(one)


def source_year_differs(world: World, package: Package) -> Iterator[Hit]:
    """A source tells of no year after the last that its title names, nor of one long before it was written: a
    government's report of the year before, a bulletin of its own year. Where most figures of a source are later, it is
    its title that is wrong.
    """
    table, sources = package.tables["observations"], package.by_id("sources")
    for key, of in _by_source(table.rows).items():
        source, dated = sources.get(key), [row for row in of if period_of(row) and not row["place"]]
        if source is None or _dated_wrongly(source, dataset.updated(world)):
            continue
        told = [(row, year) for row in dated if (year := _other_year(source, row, dated))]
        last = max(years_titled(source), default=0)
        late = [year for year in _years(of) if last and year > last]
        most = len(told) > 1 and len(late) * 2 > len(of)
        for row, year in told[:1] if most else told:
            facts = {"period": row["period"], "source": key, "title": source["title"], "year": year}
            column = "source_id" if told_already(row, source, package) else "period"
            yield at(*(package.tables["sources"], source, "title") if most else (table, row, column), **facts)


def told_already(row: Row, source: Row, package: Package) -> bool:
    """Whether there are figures of the same thing for every year that a source tells of: then it is not the source."""
    others = [each for each in package["observations"] if each is not row]
    before = bool(_OF_LAST_YEAR.search(source["title"]))
    years = {
        *(year - before for year in years_titled(source)),
        *_years([each for each in others if each["source_id"] == row["source_id"]]),
    }
    known = {*_years([each for each in others if thing(each) == thing(row)])}
    return bool(years) and years <= known


def _dated_wrongly(source: Row, last: str) -> bool:
    """Whether title or day of a source are wrong themselves, which other rules say."""
    day = source["published"] if DATE.fullmatch(source["published"]) else ""
    return bool(day) and (day > last or max(years_titled(source), default=0) > int(year_of(day)))


def _other_year(source: Row, row: Row, beside: list[Row]) -> int:
    """The year that a source tells of where a figure of it is of another; 0 where it may be of its own."""
    period, titled = period_of(row), years_titled(source)
    if not period:
        return 0
    year = period.end.year
    published = [int(year_of(source["published"]))] if DATE.fullmatch(source["published"]) else []
    others = [each for each in _years(beside) if each != year]
    known = [*titled, *published, *(others if len(others) >= FEWEST else [])]
    runs = row["state"] == "preliminary" and not OF_A_WHOLE_YEAR.search(source["title"])
    if titled and year > max(titled) and not runs:
        return max(titled)
    before = max(titled, default=0) - 1
    if titled and year < before and _OF_LAST_YEAR.search(source["title"]):
        return before
    if titled and year <= before and OF_A_WHOLE_YEAR.search(source["title"]) and row["state"] not in _SETTLED:
        return before + 1
    return min(known) if known and year < min(known) - OLDEST else 0


def settled_too_early(world: World, package: Package) -> Iterator[Hit]:
    """The bulletin of a year does not tell its own figures settled: that the next one does."""
    sources = package.by_id("sources")
    for row in package["observations"]:
        source, period = sources.get(row["source_id"]), period_of(row)
        of_its_year = source and OF_A_WHOLE_YEAR.search(source["title"]) and years_titled(source)[-1:]
        if source and period and row["state"] in _SETTLED and of_its_year == [period.end.year]:
            facts = {"state": row["state"], "title": source["title"], "period": row["period"]}
            yield at(package.tables["observations"], row, "state", **facts)


def _years(rows: list[Row]) -> list[int]:
    return [period.end.year for row in rows if (period := period_of(row))]


def publisher_elsewhere(world: World, package: Package) -> Iterator[Hit]:
    """A government's site is that of the publisher's place, or of one above or below it; so is a title."""
    for row in package["sources"]:
        hosts = places_of_host(world, row["url"])
        titled = places_named(world, {"title": row["title"], "publisher": ""})
        named = places_named(world, {"title": "", "publisher": row["publisher"]})
        for where, places in ((host_of(row["url"]), hosts), (row["title"], titled)):
            if places and named and not any(related(world, one, other) for one in places for other in named):
                names = "、".join(world.regions[each]["name_zh"] for each in places)
                facts = {"source": row["source_id"], "publisher": row["publisher"], "named": names}
                yield at(package.tables["sources"], row, "publisher", **facts, where=where)
                break


def places_of_host(world: World, url: str) -> list[str]:
    """The regions whose government has a site: jiande.gov.cn is Jiande's."""
    labels = host_of(url).removesuffix(GOVERNMENT).split(".") if GOVERNMENT in url else []
    return [code for code, each in world.regions.items() if str(each["name_en"]).lower() in labels]
