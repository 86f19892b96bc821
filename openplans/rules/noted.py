"""Does a figure agree with its own note, and with what its `place` quotes?

Comes in: the observations. Goes out: bounds, states, kinds of periods, days, scopes and figures other than those the
row's own words tell of. Apart from evidence.py, which looks at other rows.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.series import thing

_BOUND_WORDS = (("下限", ("more", "at_least")), ("约数", ("about",)))
"""What a note says of a figure, and the bounds that it may have then."""

_BOUNDS = {"eq", "about", "more", "at_least", "less", "at_most"}

_PIECES = re.compile("[;；,，(（)）]")
"""What parts a note: each piece tells one thing."""

_STATES = (
    (re.compile("^(?:年初公布)?(?:初步|预计|快报)"), "preliminary"), (re.compile("核实数$"), "final"),
    (re.compile("修订数$"), "revised"),
)  # fmt: skip
"""What a piece of a note says of its own figure, and its state then: 与公报初步数不同 tells of another figure."""

_UNTIL = re.compile(r"(?:截[至止]|时点)(\d{4})年(\d{1,2})月(\d{1,2})日")

_REVISED = re.compile(r"(?:修订为|核实为|初步数|快报数)([0-9]+(?:\.[0-9]+)?)")
"""What a note says of the figure that replaced its own, or that its own replaced."""

_KIND_WORDS = (
    ("上半年", ("half", "ytd")), ("下半年", ("half",)), (r"(?:\d{1,2}月)?当月", ("month",)), ("年末", ("year", "date")),
    ("全年", ("year",)), ("(?:.*[0-9一二三四])?季度累计", ("ytd", "half")),
    (r"\d{1,2}(?:月?[-—至]\d{1,2})?月累计", ("ytd", "half")),
)  # fmt: skip
"""How a piece of a note begins that tells of a period, and the kinds that it may be then."""

_SCOPE = re.compile("^(?:不含|仅含|只含|含)[\u4e00-\u9fff]{2,8}$")
"""A piece of a note that says what a figure counts."""

_PER_CENT = re.compile(r"-?\d+(?:\.\d+)?(?=%)")


def period_kind_differs(world: World, package: Package) -> Iterator[Hit]:
    """The kind of a period is the one that the row's own note tells of."""
    for row in package["observations"]:
        told = ((words, kinds) for piece in _PIECES.split(row["note"]) for words, kinds in _KIND_WORDS
                if re.match(words, piece))  # fmt: skip
        words, kinds = next(told, ("", (row["period_kind"],)))
        if row["period_kind"] not in kinds:
            said = re.search(words, row["note"])
            facts = {"kind": row["period_kind"], "words": said[0] if said else words}
            yield at(package.tables["observations"], row, "period_kind", **facts)


def note_differs(world: World, package: Package) -> Iterator[Hit]:
    """A figure's bound, state, day, scope and value are those that its own note and place tell of: 下限 is no figure
    itself, 约数 is about."""
    table = package.tables["observations"]
    same = defaultdict[tuple[str, ...], set[Decimal]](set)
    scopes = {row["scope"] for row in table.rows} - {""}
    places = Counter((row["source_id"], row["place"]) for row in table.rows)
    elsewhere = {(*thing(row), row["value"]): row["period"] for row in table.rows}
    for row in table.rows:
        same[_figure(row)] |= {row["value"]} - {None}
    for row in table.rows:
        shared = places[row["source_id"], row["place"]] > 1
        for column, value, words, meant in (
            *_state(row), *_bound(row), *_value(row, same[_figure(row)], elsewhere),
            *_day(row), *_scope(row, scopes), *_quoted(row, shared),
        ):  # fmt: skip
            yield at(table, row, column, value=value or "-", words=words, meant=meant)


_Told = Iterator[tuple[str, str, str, str]]
"""(a column, what stands in it, the words of the note, what is meant)."""


_ADDRESS = re.compile("https?://|www\\.")
_PLACE = re.compile("^(?:表格?行|表[一二三四五六七八九十0-9]|第[一二三四五六七八九十0-9]+[段页行表条]|末段|首段|正文)")
"""What is no place in a source: its address; and what is one."""


def place_differs(world: World, package: Package) -> Iterator[Hit]:
    """`place` tells where in its source a figure stands, and `scope` of what it is: none of them is in the other's."""
    table = package.tables["observations"]
    scopes = {row["scope"] for row in table.rows if not _PLACE.match(row["scope"])} - {""}
    scopes |= {row["scope"] for plan in world.project.plans if "targets" in plan.tables for row in plan["targets"]}
    for row in table.rows:
        place, scope = row["place"], row["scope"]
        if _ADDRESS.match(place):
            yield at(table, row, "place", value=place, meant="sources.csv", meant_en="sources.csv")
        elif place and (place in scopes or _WHERE.fullmatch(place)):
            yield at(table, row, "place", value=place, meant="scope", meant_en="scope")
        elif _PLACE.match(scope):
            yield at(table, row, "scope", value=scope, meant="place", meant_en="place")


ALIKE = 3
"""Other figures of one source and place that all have a scope, from which on it is that of the source."""


def scope_apart(world: World, package: Package) -> Iterator[Hit]:
    """Where all other figures that a source gives of a place have one scope, a figure without any has it, too."""
    table, groups = package.tables["observations"], defaultdict[tuple[str, str], list[Row]](list)
    for row in table.rows:
        groups[row["source_id"], row["region_code"]].append(row)
    for rows in groups.values():
        without = [row for row in rows if not row["scope"]]
        scopes = {row["scope"] for row in rows} - {""}
        if len(without) == 1 and len(scopes) == 1 and len(rows) > ALIKE:
            facts = {"id": without[0]["observation_id"], "source": without[0]["source_id"], "meant": scopes.pop()}
            yield at(table, without[0], "scope", **facts)


_WHERE = re.compile("全?[省市县区]区?域?|城[区镇乡]|农村|[市城郊]区|不?含[\u4e00-\u9fff]{2,8}")
"""What a figure may be of, and no place in a source."""


_FLOW = re.compile("^全年|^当期|按所写时期计|所写时期内|年增长率|一年的|每年|年(?:总|营|经营|直接)")
"""How a definition says that a figure is of a time, and not of its last day."""

_LAST_DAY = re.compile("^(?:年|期|月|季)末(?:数|值|时点)?$")


def note_unlike_concept(world: World, package: Package) -> Iterator[Hit]:
    """A note does not name another concept than its row's, nor the last day of a time over which a figure is made."""
    table, called = package.tables["observations"], {row["name_zh"]: key for key, row in world.concepts.items()}
    for row in table.rows:
        concept = world.concepts.get(row["concept_id"])
        for piece in _PIECES.split(row["note"]) if concept else ():
            meant = called.get(piece, row["concept_id"])
            flow = _LAST_DAY.match(piece) and _FLOW.search(concept["definition_zh"] if concept else "")
            if meant != row["concept_id"] or flow:
                facts = {"words": piece, "name": concept["name_zh"] if concept else "", "meant": meant}
                yield at(table, row, "note" if flow else "concept_id", **facts)
                break


def _figure(row: Row) -> tuple[str, ...]:
    """What a figure is of: the thing, the place, the time."""
    return (*thing(row)[:3], row["period"], row["period_kind"])


def _state(row: Row) -> _Told:
    for piece in _PIECES.split(row["note"]):
        for words, state in _STATES:
            if words.search(piece):
                if row["state"] != state:
                    yield "state", row["state"], piece, state
                return


def _bound(row: Row) -> _Told:
    for words, bounds in _BOUND_WORDS:
        if words in row["note"] and row["bound"] not in bounds and row["bound"] in _BOUNDS:
            yield "bound", row["bound"], words, "、".join(bounds)
            return


def _value(row: Row, beside: set[Decimal], elsewhere: dict[tuple[object, ...], str]) -> _Told:
    """A figure that the note says replaced its own, or that its own replaced, is there; where it is there for another
    time, this row's is wrong."""
    told = _REVISED.search(row["note"])
    if not told or Decimal(told[1]) in beside:
        return
    if period := elsewhere.get((*thing(row), Decimal(told[1]))):
        yield "period", row["period"], told[0], period
    else:
        others = beside - {row["value"]}
        yield "value", "、".join(map(str, sorted(beside))), told[0], str(max(others, default="-"))


def _day(row: Row) -> _Told:
    day = _UNTIL.search(row["note"])
    if day and row["period_kind"] == "date":
        until = "-".join([day[1], *(each.zfill(2) for each in day.groups()[1:])])
        if row["period"] != until:
            yield "period", row["period"], day[0], until


def _scope(row: Row, scopes: set[str]) -> _Told:
    """A note says what the figure leaves out, or by the words of a scope what it is of: the scope says so, too."""
    for piece in _PIECES.split(row["note"]):
        if (_SCOPE.match(piece) or piece in scopes) and piece not in row["scope"]:
            yield "scope", row["scope"], piece, piece
            return


def _quoted(row: Row, shared: bool) -> _Told:
    """Of the per cents that `place` quotes one is the figure; where others have the same place, the figure is wrong."""
    quoted = _PER_CENT.findall(row["place"]) if row["unit"] == "%" and row["value"] is not None else []
    if quoted and row["value"] not in map(Decimal, quoted):
        words = "、".join(f"{each}%" for each in quoted)
        yield ("value", str(row["value"]), words, words) if shared else ("place", words, str(row["value"]), words)
