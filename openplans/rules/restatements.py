"""Are the rows tied that state one promise, and to the right one?

The rows of one promise are tied by `restates`: to the row that states it first, and to no other. Who says that two rows
look alike but are two promises writes so into `accepted`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.schema import contract

SAME = ("concept_id", "scope", "measure", "period_basis", "period_start", "period_end")
"""What the rows of one promise have in common. Value and comparator
are not among them: where they differ, the plan contradicts itself."""

_ALIKE = ("scope", "measure", "period_end")
"""What two rows have in common that may be one promise."""

_VERBS = re.compile(
    r"累计|新增|新建|建成|打造|创建|创成|建设|推进|培育|引育|完成|实施|实现|数量|占比|比重|比例|覆盖[率面]|[数率的]|\W|_"
)
"""What one document adds to the name of a thing and another leaves out."""

_CLOSE, _VERY_CLOSE = 0.6, 0.85
"""How alike two names are (Ratcliff and Obershelp) that mean one thing: the first where the amount is the same, too.
示范型居家养老服务照料中心 and 村级居家养老服务照料中心, ten of each, are 0.8; 农创客 and 农播 0.4."""


def restates_chain(world: World, plan: Package) -> Iterator[Hit]:
    """A row restates the one that states a promise first: not itself, and none that restates another."""
    targets = plan.by_id("targets")
    for row, first in _restating(plan):
        if first["restates"] in targets:  # its own, where it is the row itself
            yield at(plan.tables["targets"], row, "restates", id=row["target_id"], first=first["target_id"])


def restates_later(world: World, plan: Package) -> Iterator[Hit]:
    """The row that states a promise first stands first in the document, unless a reader gives a reason."""
    order = {row["clause_id"]: row["order"] for row in plan["clauses"]}
    for row, first in _restating(plan):
        place, before = order.get(row["clause_id"]), order.get(first["clause_id"])
        if place and before and before > place:
            yield at(plan.tables["targets"], row, "restates", id=row["target_id"], first=first["target_id"])


def restates_another(world: World, plan: Package) -> Iterator[Hit]:
    """A row and the one it restates are of one concept, scope, measure and period. A row that meant another is
    restates_nearer's to say."""
    fields = contract.fields(contract.tables("plan")["targets"])
    for row, first in _restating(plan):
        unlike = [name for name in SAME if row[name] != first[name]] or _named_apart(world, row, first)
        if unlike and _nearer(plan, row, first) is None:
            titles = {
                "columns_zh": "、".join(fields[name]["title"] for name in unlike),
                "columns": ", ".join(unlike),
            }
            yield at(plan.tables["targets"], row, "restates", id=row["target_id"], first=first["target_id"], **titles)


def _named_apart(world: World, row: Row, first: Row) -> list[str]:
    """The indicator, where two rows share neither name nor amount."""
    known = row["value"] is not None and first["value"] is not None
    apart = known and not same_amount(world, row, first) and _closeness(row, first) < _CLOSE
    return ["indicator"] if apart and not row["concept_id"] else []


def restates_nearer(world: World, plan: Package) -> Iterator[Hit]:
    """A row restates the one that it is most like, of those before it that are of its concept, scope and period."""
    for row, first in _restating(plan):
        if nearer := _nearer(plan, row, first):
            said = {"indicator": row["indicator"], "first": first["target_id"], "other": first["indicator"]}
            said |= {"nearer": nearer["target_id"], "words": nearer["indicator"]}
            yield at(plan.tables["targets"], row, "restates", id=row["target_id"], **said)


def _nearer(plan: Package, row: Row, first: Row) -> Row | None:
    """A row before this one that it is more like than the one it restates, and very like; None where there is none."""
    if first["restates"] or first is row:  # a chain is another rule's
        return None
    before = plan["targets"][: plan["targets"].index(row)]
    others = (each for each in before if each is not first and not each["restates"] and _may_be_one(each, row))
    nearer = max(others, key=lambda each: _closeness(each, row), default=first)
    return nearer if _closeness(nearer, row) > max(_closeness(first, row), _VERY_CLOSE) else None


def _may_be_one(one: Row, other: Row) -> bool:
    """Whether two rows in different clauses have in common what two statements of one promise have."""
    return one["clause_id"] != other["clause_id"] and all(one[name] == other[name] for name in SAME)


def _closeness(one: Row, other: Row) -> float:
    """How alike the indicators of two rows are, but for verbs and marks."""
    names = [_VERBS.sub("", row["indicator"]) for row in (one, other)]
    return SequenceMatcher(None, names[0], names[1], autojunk=False).ratio()


def restatement_unlinked(world: World, plan: Package) -> Iterator[Hit]:
    """Two rows in different clauses that promise the same, or what looks like the same, are tied by `restates`.

    A row that restates another is not asked again: its promise is judged by the row that states it first.
    """
    earlier: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in plan["targets"]:
        near = earlier[tuple(row[name] for name in _ALIKE)]
        others = (other for other in near if not row["restates"] and other["restates"] != row["target_id"])
        alike = (other for other in others if look_alike(world, other, row))
        near.append(row)
        if other := next(alike, None):
            first = other["restates"] or other["target_id"]
            names = {"indicator": row["indicator"], "other": other["indicator"], "first": first}
            yield at(plan.tables["targets"], row, "restates", id=row["target_id"], **names)


def restatement_conflict(world: World, plan: Package) -> Iterator[Hit]:
    """Where a promise is stated twice with different numbers, a reader has written a note of kind conflict about it."""
    noted = {
        frozenset((row["clause_id"], row["other_clause_id"])) for row in plan["notes"] if row["kind"] == "conflict"
    }
    for row, first in _restating(plan):
        if world.differ(first, row) and frozenset((row["clause_id"], first["clause_id"])) not in noted:
            said = {"value": _figure(row), "other": _figure(first), "first": first["target_id"]}
            yield at(plan.tables["targets"], row, "value", id=row["target_id"], **said)


def _restating(plan: Package) -> Iterator[tuple[Row, Row]]:
    """Each row that restates with the one it points at; one that leads nowhere is the schema's."""
    targets = plan.by_id("targets")
    for row in plan["targets"]:
        if row["restates"] in targets:
            yield row, targets[row["restates"]]


def look_alike(world: World, one: Row, other: Row) -> bool:
    """Whether two rows may be one promise: of one concept or,
    where one has none, of one name or of names close to it."""
    if one["clause_id"] == other["clause_id"] or any(one[name] != other[name] for name in _ALIKE):
        return False
    if one["period_start"] and other["period_start"] and one["period_start"] != other["period_start"]:
        return False  # what is done in one year is not what is done in five
    if one["concept_id"] and other["concept_id"]:
        return bool(one["concept_id"] == other["concept_id"])
    return names_alike(world, one, other)


def names_alike(world: World, one: Row, other: Row) -> bool:
    """Whether two indicators have one name but for verbs and marks, or names close to each other."""
    names = [_VERBS.sub("", row["indicator"]) for row in (one, other)]
    if names[0] == names[1]:
        return True
    close = SequenceMatcher(None, names[0], names[1], autojunk=False).ratio()
    return bool(close >= (_CLOSE if same_amount(world, one, other) else _VERY_CLOSE))


def same_amount(world: World, one: Row, other: Row) -> bool:
    """Whether two rows have one number: 0.6万宗 and 6000宗, and also
    3930栋 and 3930间, which a document may well call one thing."""
    if one["value"] is None or other["value"] is None:
        return False
    return bool(
        one["value"] == other["value"] or world.convert(other["value"], other["unit"], one["unit"]) == one["value"]
    )


def _figure(row: Row) -> str:
    upper = "" if row["value_max"] is None else f"—{row['value_max']}"
    return "—" if row["value"] is None else f"{row['value']}{upper}{row['unit']}"
