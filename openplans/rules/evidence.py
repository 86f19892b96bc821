"""Is an actual figure of the place, the time and the size that the data speak for: its source, its series, its kin?

Comes in: the observations with their sources, and the promises on the same things. Goes out: Hits. Apart from
observations.py, which asks what a row must have: here a row that could be right is held against what stands beside it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.cited import places_named, places_of_host, related
from openplans.rules.hits import Hit, at
from openplans.rules.observations import WHOLE
from openplans.rules.series import far, figure_in, series_of, things_measured, turned, unit_of

_PAPER = "(?!(?:日报|晚报|商报|新闻|在线|网|发布|电视|广播|客户端))"
"""A newspaper is called by its town and writes about others."""

FEWEST = 3
"""Other figures of one source: from so many on they say of which place and time it is."""

OLDEST = 6
"""Years: what a source tells lies no further back than this, or is told of in `place`."""

DIGITS = 3
"""Digits, zeros at the end apart, from which on two figures beside each other are seldom one by chance."""

SHARE_JUMP = 25
"""Percentage points that no share lies from the middle of its own series."""

_GROWTH = "增速"
"""How the concept of a growth is called behind the name of what grows."""

GROWTH_APART = 12
"""Percentage points by which prices and revisions may part a growth from the one that two figures give."""

GROWTH_OFF, GROWTH_NEAR = Decimal("6.5"), 4
"""The same where a slip of the fingers explains it, and what is left of it without the slip."""


def update_elsewhere(world: World, plan: Package) -> Iterator[Hit]:
    """An update's source is about the plan's own place, or one above or below it."""
    own = str(plan.descriptor.get("region_code", ""))
    for row in plan["updates"] if own in world.regions else ():
        for column, named in _told_of(world, row):
            if named and not any(related(world, own, each) for each in named):
                names = "、".join(world.regions[each]["name_zh"] for each in named)
                facts = {"id": row["update_id"], "title": row[column], "named": names}
                yield at(plan.tables["updates"], row, column, **facts, region=world.regions[own]["name_zh"])
                break


def _told_of(world: World, row: Row) -> Iterator[tuple[str, list[str]]]:
    """The regions that an update's source is about, that its statement begins with, and whose government's site has
    it: jiande.gov.cn is of Jiande.
    """
    yield "source_title", places_named(world, {"title": row["source_title"], "publisher": ""})
    said = _BEFORE_A_PLACE.sub("", row["statement"])
    yield "statement", [code for code, region in world.regions.items() if said.startswith(str(region["name_zh"]))]
    yield "source_url", places_of_host(world, row["source_url"])


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
        own, unit, beside = unit_of(world, targets, row), row["unit"], usual[row["concept_id"] or row["target_id"]]
        times = world.convert(Decimal(1), unit, own) if beside[own] and unit != own else None
        if times and beside[unit] == 1 and times not in (10**4, 10**8):
            yield at(package.tables["observations"], row, "unit", id=row["observation_id"], unit=unit, usual=own)


def _baselines(world: World) -> Iterator[Row]:
    for plan in world.project.plans:
        yield from plan.tables["baselines"].rows if "baselines" in plan.tables else ()


def figure_filled(world: World, package: Package) -> Iterator[Hit]:
    """No figure of three digits is that of the row above where that is in another unit, or where three rows on end have
    it: a cell was dragged down over others; nor, where it has more digits, that of another period of its series."""
    yield from (
        at(package.tables["observations"], row, "value", **facts) for row, facts in _figures_again(world, package)
    )
    for value, run in groupby(package["observations"], key=itemgetter("value")):
        first, *others = run
        several = len(others) > 1 or any(row["unit"] != first["unit"] for row in others)
        if value is not None and several and len(value.normalize().as_tuple().digits) >= DIGITS:
            for row in others:
                facts = {"id": row["observation_id"], "value": row["value"], "first": first["observation_id"]}
                yield at(package.tables["observations"], row, "value", **facts)


def _figures_again(world: World, package: Package) -> Iterator[tuple[Row, dict[str, object]]]:
    """Figures of many digits that another period of their series has, too, with what is told of them."""
    for series in series_of(world, things_measured(world), package):
        first: dict[Decimal, Row] = {}
        for row, value in series:
            other = first.setdefault(value, row)
            apart = other["period"] != row["period"] and len(value.normalize().as_tuple().digits) > DIGITS
            if apart:
                yield row, {"id": row["observation_id"], "value": row["value"], "first": other["observation_id"]}


def share_leaps(world: World, package: Package) -> Iterator[Hit]:
    """A share does not lie far from the middle of its own series."""
    targets = things_measured(world)
    shares = {row["concept_id"] or row["target_id"] for row in targets.values() if row["measure"] == "share"}
    for series in map(_near_each_other, series_of(world, targets, package)):
        for row, value in series[1:] if len(series) == 2 else series if series[2:] else ():  # of two, the later
            middle = median(each for other, each in series if other is not row)
            about = (row["concept_id"] or row["target_id"]) in shares and not far(value, middle)  # that is said already
            if about and abs(value - middle) > SHARE_JUMP and max(value, middle) <= WHOLE:
                facts = {"id": row["observation_id"], "value": row["value"], "middle": f"{middle:g}"}
                yield at(package.tables["observations"], row, "value", **facts)


def _near_each_other(series: list[tuple[Row, Decimal]]) -> list[tuple[Row, Decimal]]:
    """A series without the figures that are some ten times the others, or a tenth (0.668 of 66.8), which another rule
    says."""
    if len(series) < FEWEST:
        return series
    return [
        (row, value) for row, value in series if not far(value, median(of for other, of in series if other is not row))
    ]


LEAP, LEAST = 3, Decimal("0.25")
"""How many times more a figure of a year changes than the others of its series ever did, and by how much of itself at
least, to be doubted."""


def year_leaps(world: World, package: Package) -> Iterator[Hit]:
    """A figure of a year does not lie far out of the line of the years before and behind, where these are several and
    go their way. What is some ten times the others another rule says.
    """
    targets = things_measured(world)
    for series in series_of(world, targets, package):
        rows = [(row, value) for row, value in series if row["period_kind"] == "year" and row["period"].isdecimal()]
        rows = [each for each in rows if each[1] > 0 and each[0]["unit"] != "%"]
        for row, value in rows if len(rows) >= FEWEST else ():
            others = sorted((int(each["period"]), of) for each, of in rows if each is not row)
            usual = max((_change(one, other) for one, other in pairwise(others)), default=Decimal(1))
            near = min(others, key=lambda each: abs(each[0] - int(row["period"])))
            change = _change(near, (int(row["period"]), value))
            if change > max(LEAP * usual, LEAST) and not far(value, median(of for _, of in others)):
                facts = {"id": row["observation_id"], "value": f"{row['value']}{row['unit']}", "near": near[0]}
                yield at(package.tables["observations"], row, "value", **facts, beside=f"{near[1]:g}")


def _change(one: tuple[int, Decimal], other: tuple[int, Decimal]) -> Decimal:
    """By how much of itself a figure changes in a year, from one year to another."""
    years = max(1, abs(one[0] - other[0]))
    return (max(one[1], other[1]) / min(one[1], other[1]) - 1) / years


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
            slip = abs(own - growth["value"]) > GROWTH_OFF and _mistyped(growth["value"], own)
            if slip or abs(own - growth["value"]) > GROWTH_APART:
                signed = slip or abs(own + growth["value"]) <= GROWTH_APART  # of the growth, the sign is wrong
                facts = {"id": row["observation_id"], "value": f"{row['value']}{row['unit']}", "own": f"{own:.1f}"}
                place = growth if signed else row
                yield at(package.tables["observations"], place, "value", **facts, growth=growth["value"])


def _mistyped(growth: Decimal, own: Decimal) -> bool:
    """Whether a growth with its sign changed, or two digits exchanged, is near the one that two figures give."""
    return any(abs(own - each) <= GROWTH_NEAR for each in (-growth, *turned(growth)))


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
        _grouped((row["concept_id"], "", "", row) for row in targets.values() if row["measure"] == "share"),
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
    and scope; figures by thing and scope; promised shares by thing.
    """

    promises: _Groups
    beside: _Groups
    elsewhere: _Groups
    shares: _Groups

    def kin(self, world: World, row: Row) -> list[tuple[Row, Decimal]]:
        """The nearest of them, each with its value in the unit of the figure's concept; growths, shares have none."""
        concept, place, scope = world.concepts.get(row["concept_id"]), row["region_code"], row["scope"]
        if not concept:
            return []
        if concept["unit"] == "%":
            return self._shares(world, row)
        subject = (each for each in self.beside[place, row["period"], scope] if _of_subject(world, each, concept))
        rates = self.elsewhere[row["concept_id"], "", scope] if concept["nature"] == "rate" else []
        for group in (self.promises.get((place, row["concept_id"], scope), []), subject, rates):
            others = [(each, figure_in(world, each, concept["unit"])) for each in group if each is not row]
            if found := [(each, value) for each, value in others if value is not None]:
                return found
        return []

    def _shares(self, world: World, row: Row) -> list[tuple[Row, Decimal]]:
        """What is promised of a share, here and elsewhere: it is much alike everywhere."""
        shares = self.shares.get((row["concept_id"], "", ""), [])
        return [(each, value) for each in shares if (value := figure_in(world, each, "%")) is not None]


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
