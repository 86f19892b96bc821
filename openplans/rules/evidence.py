"""Is an actual figure of the place, the time and the size that the data speak for: its source, its series, its kin?

Comes in: the observations with their sources, and the promises on the same things. Goes out: Hits. Apart from
observations.py, which asks what a row must have: here a row that could be right is held against what stands beside it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from openplans.packages import dataset
from openplans.packages.cells import DATE
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once_a_world
from openplans.rules.observations import (
    GOVERNMENT,
    WHOLE,
    before_its_address,
    before_its_title,
    day_of_address,
    far,
    figure_in,
    host_of,
    period_of,
    series_of,
    things_measured,
    unit_of,
    years_titled,
)
from openplans.rules.regions import core
from openplans.text.period import year_of

_PAPER = "(?!(?:日报|晚报|商报|新闻|在线|网|发布|电视|广播|客户端))"
"""A newspaper is called by its town and writes about others."""

FEWEST = 3
"""Other figures of one source: from so many on they say of which place and time it is."""

OLDEST = 6
"""Years: what a source tells lies no further back than this, or is told of in `place`."""

SHARE_JUMP = 25
"""Percentage points that no share lies from the middle of its own series."""

_BOUND_WORDS = (("下限", ("more", "at_least")), ("约数", ("about",)))
"""What a note says of a figure, and the bounds that it may have then."""

_BOUNDS = {"eq", "about", "more", "at_least", "less", "at_most"}

_PRELIMINARY = re.compile("(?:^|[;；,，(（])(初步[^;；,，)）与]*)")
"""A note that calls its own figure preliminary; 与公报初步数不同 tells of another."""

_UNTIL = re.compile(r"截至(\d{4})年(\d{1,2})月(\d{1,2})日")

_TITLED = re.compile(r"\d{4}年.*(?:公报|报告|月报|年报|状况|公告)")
_BODY = re.compile("(?:局|政府|委员会|总队|日报|晚报|中心)$")
_PAPER_NAME = re.compile("[\u4e00-\u9fff]{2,6}(?:日报|晚报|商报|新闻网|在线)$")
"""The name of a newspaper, which is no title by itself."""

_GROWTH = "增速"
"""How the concept of a growth is called behind the name of what grows."""

GROWTH_APART = 12
"""Percentage points by which prices and revisions may part a growth from the one that two figures give."""

_KIND_WORDS = (
    ("上半年", ("half", "ytd")), ("下半年", ("half",)), ("当月", ("month",)), ("年末", ("year", "date")),
    ("全年", ("year",)), ("季度累计", ("ytd", "half")),
)  # fmt: skip
"""What a note says of a period, and the kinds that it may be then."""


def source_elsewhere(world: World, package: Package) -> Iterator[Hit]:
    """A figure is of the place that its source is about, or of one above or below it; where a source gives figures of
    one place only, of that one. What it tells of another has its words in `place`.
    """
    rows, sources = package["observations"], package.by_id("sources")
    regions = {
        key: Counter(row["region_code"] for row in of if not row["place"]) for key, of in _by_source(rows).items()
    }
    for number, row in enumerate(rows):
        source, own = sources.get(row["source_id"]), row["region_code"]
        if not source or row["place"] or own not in world.regions:
            continue
        named = _places(world, source)
        others = regions[row["source_id"]] - Counter([own])
        alone = len(named) == 1 and others == Counter({named[0]: others.total()}) and others.total() >= FEWEST
        of_a_part = own not in named and _of_a_part(world, source, own)
        if named and own not in named and (alone or of_a_part or not any(_related(world, own, each) for each in named)):
            beside = {each["region_code"] for each in rows[max(0, number - 1) : number + 2] if each is not row}
            column = "source_id" if beside == {own} else "region_code"
            yield at(package.tables["observations"], row, column, **_elsewhere(world, row, source, named))
    yield from left_out_elsewhere(world, package)


def left_out_elsewhere(world: World, package: Package) -> Iterator[Hit]:
    """A figure that was left out is of the place that its source is about, or of one above or below it."""
    sources = package.by_id("sources")
    for row in package["left_out"]:
        source, own = sources.get(row["source_id"]), row["region_code"]
        named = _places(world, source) if source and own in world.regions else []
        if source and named and not any(_related(world, own, each) for each in named):
            yield at(package.tables["left_out"], row, "region_code", **_elsewhere(world, row, source, named))


def _elsewhere(world: World, row: Row, source: Row, named: list[str]) -> dict[str, str]:
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


def _places(world: World, source: Mapping[str, str]) -> list[str]:
    """The regions that a source is about: those of its title, or else of its publisher; of a region and one above it,
    the region.
    """
    for text, behind in ((source["title"], ""), (source["publisher"], _PAPER)):
        cores = _cores(world).items()
        found = [code for code, core in cores if core in text and re.search(re.escape(core) + behind, text)]
        if found:
            return [code for code in found if not any(code in world.region_chain(each)[1:] for each in found)]
    return []


@once_a_world
def _cores(world: World) -> dict[str, str]:
    """The names of the regions by their codes, as titles shorten them."""
    return {code: core(row) for code, row in world.regions.items()}


_WIDE = re.compile("全[国省市]|[我各][省市县]")
"""What a title says that tells of more than the place it names."""


def _of_a_part(world: World, source: Mapping[str, str], own: str) -> bool:
    """Whether the title of a source names one place alone, and it lies within another: of that one it tells nothing."""
    named = [] if _WIDE.search(source["title"]) else _places(world, {"title": source["title"], "publisher": ""})
    return len(named) == 1 and own in world.region_chain(named[0])[1:]


def _related(world: World, one: str, other: str) -> bool:
    """Whether one region is the other, or above or below it."""
    return one in world.region_chain(other) or other in world.region_chain(one)


def source_year_differs(world: World, package: Package) -> Iterator[Hit]:
    """A source tells of no year after the last that its title names, nor of one long before it was written."""
    rows, sources = package["observations"], package.by_id("sources")
    years = {key: _years(of) for key, of in _by_source(rows).items()}
    last = dataset.updated(world)
    for row in rows:
        source, period = sources.get(row["source_id"]), period_of(row)
        if not source or not period or row["place"]:
            continue
        titled = years_titled(source)
        day = DATE.fullmatch(source["published"])  # the form of another is said elsewhere
        published = [int(year_of(source["published"]))] if day else []
        if published and (source["published"] > last or max(titled, default=0) > published[0]):
            continue  # title or day of the source are wrong themselves, which other rules say
        others = [each for each in years[row["source_id"]] if each != period.end.year]
        known = [*titled, *published, *(others if len(others) >= FEWEST else [])]
        late = bool(titled) and period.end.year > max(titled) and row["state"] != "preliminary"
        if late or (known and period.end.year < min(known) - OLDEST):
            facts = {"period": row["period"], "source": row["source_id"], "title": source["title"]}
            year = max(titled) if late else min(known)
            yield at(package.tables["observations"], row, "period", **facts, year=year)


def _years(rows: list[Row]) -> list[int]:
    return [period.end.year for row in rows if (period := period_of(row))]


def period_kind_differs(world: World, package: Package) -> Iterator[Hit]:
    """The kind of a period is the one that the row's own note tells of."""
    for row in package["observations"]:
        for words, kinds in _KIND_WORDS:
            if row["note"].startswith(words) or re.search(f"[;；,，]{words}", row["note"]):
                if row["period_kind"] not in kinds:
                    yield at(package.tables["observations"], row, "period_kind", kind=row["period_kind"], words=words)
                break


def note_differs(world: World, package: Package) -> Iterator[Hit]:
    """A figure's bound, state and day are those that its own note tells of: 下限 is no figure itself, 约数 is about."""
    same = defaultdict[tuple[str, ...], set[Decimal]](set)
    for row in package["observations"]:
        same[_thing(row)] |= {row["value"]} - {None}
    for row in package["observations"]:
        said = _PRELIMINARY.search(row["note"])
        if said and row["state"] in ("revised", "final"):
            facts = {"value": row["state"], "words": said[1], "meant": "preliminary"}
            yield at(package.tables["observations"], row, "state", **facts)
        for words, bounds in _BOUND_WORDS:
            if words in row["note"] and row["bound"] not in bounds and row["bound"] in _BOUNDS:
                facts = {"value": row["bound"], "words": words, "meant": "、".join(bounds)}
                yield at(package.tables["observations"], row, "bound", **facts)
                break
        beside, told = same[_thing(row)], _REVISED.search(row["note"])
        if told and Decimal(told[1]) not in beside:
            facts = {"value": "、".join(map(str, sorted(beside))), "words": told[0]}
            meant = max(beside - {row["value"]}, default="-")
            yield at(package.tables["observations"], row, "value", **facts, meant=str(meant))
        day = _UNTIL.search(row["note"])
        until = "-".join([day[1], *(each.zfill(2) for each in day.groups()[1:])]) if day else row["period"]
        if row["period_kind"] == "date" and row["period"] != until:
            facts = {"value": row["period"], "words": day[0] if day else "", "meant": until}
            yield at(package.tables["observations"], row, "period", **facts)


_REVISED = re.compile(r"(?:修订为|核实为|初步数|快报数)([0-9]+(?:\.[0-9]+)?)")
"""What a note says of the figure that replaced its own, or that its own replaced."""


def _thing(row: Row) -> tuple[str, ...]:
    """What a figure is of: the thing, the place, the time."""
    return tuple(row[each] for each in ("concept_id", "target_id", "region_code", "period", "period_kind"))


def source_swapped(world: World, package: Package) -> Iterator[Hit]:
    """A publisher is a body and a title tells what it published."""
    for row in package["sources"]:
        titled = _TITLED.search(row["publisher"]) and _BODY.search(row["title"]) and not _TITLED.search(row["title"])
        paper = _PAPER_NAME.fullmatch(row["title"]) and row["title"] not in row["publisher"]
        if titled or (paper and not _BODY.search(row["publisher"])):
            yield at(package.tables["sources"], row, "title", title=row["title"], publisher=row["publisher"])


def published_before_title(world: World, package: Package) -> Iterator[Hit]:
    """A source was published in the last year that its title names, or later."""
    for row in package["sources"]:
        if before_its_title(row):
            facts = {"source": row["source_id"], "published": row["published"], "title": row["title"]}
            yield at(package.tables["sources"], row, "published", **facts)


def published_before_address(world: World, package: Package) -> Iterator[Hit]:
    """A source was published on the day that its address names, or later."""
    for row in package["sources"]:
        if before_its_address(row) and not before_its_title(row):
            facts = {"source": row["source_id"], "published": row["published"], "day": str(day_of_address(row))}
            yield at(package.tables["sources"], row, "published", **facts)


def update_elsewhere(world: World, plan: Package) -> Iterator[Hit]:
    """An update's source is about the plan's own place, or one above or below it."""
    own = str(plan.descriptor.get("region_code", ""))
    for row in plan["updates"] if own in world.regions else ():
        for column, named in _told_of(world, row):
            if named and not any(_related(world, own, each) for each in named):
                names = "、".join(world.regions[each]["name_zh"] for each in named)
                facts = {"id": row["update_id"], "title": row[column], "named": names}
                yield at(plan.tables["updates"], row, column, **facts, region=world.regions[own]["name_zh"])
                break


def _told_of(world: World, row: Row) -> Iterator[tuple[str, list[str]]]:
    """The regions that an update's source is about, that its statement begins with, and whose government's site has
    it: jiande.gov.cn is of Jiande.
    """
    yield "source_title", _places(world, {"title": row["source_title"], "publisher": ""})
    said = _BEFORE_A_PLACE.sub("", row["statement"])
    yield "statement", [code for code, region in world.regions.items() if said.startswith(str(region["name_zh"]))]
    labels = host_of(row["source_url"]).removesuffix(GOVERNMENT).split(".") if GOVERNMENT in row["source_url"] else []
    yield "source_url", [code for code, each in world.regions.items() if str(each["name_en"]).lower() in labels]


_BEFORE_A_PLACE = re.compile(
    r"^(?:截至|至|到)?(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:底|末|以来)?[,，、:：]?"
)
"""What stands before the name of the place that a sentence is about: 2024年, 截至2024年6月底."""


def unit_unusual(world: World, package: Package) -> Iterator[Hit]:
    """A figure is in a unit of its concept's rows, or in ten thousands or hundred millions of it."""
    targets, usual = things_measured(world), defaultdict[str, Counter[str]](Counter)
    for row in [*package["observations"], *targets.values(), *_baselines(world)]:
        usual[row["concept_id"] or row.get("target_id", "")][row["unit"]] += 1
    for row in package["observations"]:
        own, unit = unit_of(world, targets, row), row["unit"]
        times = world.convert(Decimal(1), unit, own) if own and unit != own else None
        if times and usual[row["concept_id"] or row["target_id"]][unit] == 1 and times not in (10**4, 10**8):
            yield at(package.tables["observations"], row, "unit", id=row["observation_id"], unit=unit, usual=own)


def _baselines(world: World) -> Iterator[Row]:
    for plan in world.project.plans:
        yield from plan.tables["baselines"].rows if "baselines" in plan.tables else ()


def share_leaps(world: World, package: Package) -> Iterator[Hit]:
    """A share does not lie far from the middle of its own series."""
    targets = things_measured(world)
    shares = {row["concept_id"] or row["target_id"] for row in targets.values() if row["measure"] == "share"}
    for series in series_of(world, targets, package):
        for row, value in series[1:] if len(series) == 2 else series if series[2:] else ():  # of two, the later
            middle = median(each for other, each in series if other is not row)
            about = (row["concept_id"] or row["target_id"]) in shares and not far(value, middle)  # that is said already
            if about and abs(value - middle) > SHARE_JUMP and max(value, middle) <= WHOLE:
                facts = {"id": row["observation_id"], "value": row["value"], "middle": f"{middle:g}"}
                yield at(package.tables["observations"], row, "value", **facts)


def growth_differs(world: World, package: Package) -> Iterator[Hit]:
    """What a thing grew by from a year to the next is about the growth that is told of it, prices and revisions apart:
    digits that changed places show here.
    """
    growths = {
        row["name_zh"].removesuffix(_GROWTH): key
        for key, row in world.concepts.items()
        if row["name_zh"].endswith(_GROWTH)
    }
    told = {_of_year(row, row["concept_id"]): row for row in package["observations"] if row["value"] is not None}
    for series in series_of(world, things_measured(world), package):
        values = {_of_year(row, ""): value for row, value in series}
        for row, value in series:
            concept = world.concepts.get(row["concept_id"])
            growth = told.get(_of_year(row, growths.get(concept["name_zh"], "-"))) if concept else None
            before = values.get(_of_year(row, "", back=1)) if row["period_kind"] == "year" else None
            if not growth or not before:
                continue
            own = (value / before - 1) * 100
            if abs(own - growth["value"]) > GROWTH_APART:
                signed = abs(own + growth["value"]) <= GROWTH_APART  # of the growth, the sign is wrong
                facts = {"id": row["observation_id"], "value": f"{row['value']}{row['unit']}", "own": f"{own:.1f}"}
                place = growth if signed else row
                yield at(package.tables["observations"], place, "value", **facts, growth=growth["value"])


def _of_year(row: Row, concept_id: str, back: int = 0) -> tuple[str, ...]:
    """What a figure of a year is of: the thing, the place, the scope, the year so many before."""
    year = str(int(row["period"]) - back) if row["period"].isdecimal() else row["period"]
    return concept_id, row["region_code"], row["scope"], row["period_kind"], year


def ten_times_its_kin(world: World, package: Package) -> Iterator[Hit]:
    """A figure without a series is not some ten times, or a tenth of, what is nearest to it: its own place's promise on
    the same thing, the figures of other things of its subject in the same year, or, of a rate, those of other places.
    """
    targets, rows = things_measured(world), package["observations"]
    near = _Near(
        _grouped(
            (*_promised(key, row), row) for key, row in targets.items() if row["measure"] not in ("growth", "count")
        ),
        _grouped((row["region_code"], row["period"], row["scope"], row) for row in rows),
        _grouped((row["concept_id"], "", row["scope"], row) for row in rows),
    )
    for row, value in (series[0] for series in series_of(world, targets, package) if len(series) == 1):
        kin = near.kin(world, row)
        middle = median(of for _, of in kin) if kin else Decimal(0)
        if far(value, middle):
            facts = {"id": row["observation_id"], "value": f"{row['value']}{row['unit']}", "middle": f"{middle:g}"}
            promise = next((each["target_id"] for each, _ in kin if "indicator" in each), "-")
            unit = unit_of(world, targets, row)
            yield at(package.tables["observations"], row, "value", **facts, unit=unit, promise=promise)


_Groups = dict[tuple[str, str, str], list[Row]]


@dataclass(frozen=True)
class _Near:
    """What a figure without a series can be held against: promises by place, thing and scope; figures by place, time
    and scope; figures by thing and scope.
    """

    promises: _Groups
    beside: _Groups
    elsewhere: _Groups

    def kin(self, world: World, row: Row) -> list[tuple[Row, Decimal]]:
        """The nearest of them, each with its value in the unit of the figure's concept; growths, shares have none."""
        concept, place, scope = world.concepts.get(row["concept_id"]), row["region_code"], row["scope"]
        if not concept or concept["unit"] == "%":
            return []
        subject = (each for each in self.beside[place, row["period"], scope] if _of_subject(world, each, concept))
        rates = self.elsewhere[row["concept_id"], "", scope] if concept["nature"] == "rate" else []
        for group in (self.promises.get((place, row["concept_id"], scope), []), subject, rates):
            others = [(each, figure_in(world, each, concept["unit"])) for each in group if each is not row]
            if found := [(each, value) for each, value in others if value is not None]:
                return found
        return []


def _promised(key: str, row: Row) -> tuple[str, str, str]:
    return key.partition("-")[0], row["concept_id"], row["scope"]


def _grouped(rows: Iterable[tuple[str, str, str, Row]]) -> _Groups:
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for *key, row in rows:
        groups[key[0], key[1], key[2]].append(row)
    return groups


def _of_subject(world: World, row: Row, concept: Row) -> bool:
    other = world.concepts.get(row["concept_id"])
    return bool(
        other and concept["subject"] and other["subject"] == concept["subject"] and other["nature"] == concept["nature"]
    )
