"""Does every row stand on the document? Quotes, names and the text itself."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from openplans.packages.link import World
from openplans.packages.quoted import occurrences
from openplans.packages.read import Package, Row, Table
from openplans.rules import organization_tables
from openplans.rules.hits import Hit, at
from openplans.text.responsible import Names, organization_lists, rest

QUOTED = {
    "targets": (("quote", "clause_id"),),
    "baselines": (("quote", "clause_id"),),
    "projects": (("quote", "clause_id"),),
    "references": (("quote", "clause_id"),),
    "notes": (("quote", "clause_id"), ("other_quote", "other_clause_id")),
}
"""The tables with quotes: (column of the quote, column of its clause)."""


_SEAM = 8
"""Letters on either side of a cut by which its line is found."""


def quote_not_in_clause(world: World, plan: Package) -> Iterator[Hit]:
    """Each quote is an exact piece of its clause."""
    for table, row, column, clause, count in _quotes(plan):
        if count == 0:
            yield at(table, row, column, clause=clause["clause_id"], quote=row[column])


def quote_not_unique(world: World, plan: Package) -> Iterator[Hit]:
    """Each quote stands in its clause once, so that it leads to one place."""
    for table, row, column, clause, count in _quotes(plan):
        if count > 1:
            yield at(table, row, column, clause=clause["clause_id"], quote=row[column], count=count)


def quote_missing(world: World, plan: Package) -> Iterator[Hit]:
    """A clause named as the other place needs a quote from it, and the reverse."""
    for row in plan["notes"]:
        if bool(row["other_quote"]) != bool(row["other_clause_id"]):
            yield at(plan.tables["notes"], row, "other_clause_id" if row["other_quote"] else "other_quote")


def source_changed(world: World, plan: Package) -> Iterator[Hit]:
    """source.txt is the file that was received, byte for byte."""
    found = {"source_sha256": hashlib.sha256(plan.source.encode()).hexdigest(), "source_length": len(plan.source)}
    for column, value in found.items():
        if plan.descriptor.get(column) != value:
            facts: dict[str, Any] = {"found": value, "declared": plan.descriptor.get(column, ""), **found}
            yield at(None, column=column, **facts)
            return  # the length differs with the hash; the hint gives both


def boilerplate_not_in_source(world: World, plan: Package) -> Iterator[Hit]:
    """What is said to be the page's own stands on the page."""
    source = squeezed(plan.source)
    for piece in plan.descriptor.get("boilerplate", []) if source else ():
        if squeezed(piece) not in source:
            yield at(None, column="boilerplate", text=piece[:60])


def text_not_verbatim(world: World, plan: Package) -> Iterator[Hit]:
    """The clauses in order are the source, less its boilerplate and white space; all of the source is there."""
    source = squeezed(plan.source)
    skipped = [squeezed(each) for each in plan.descriptor.get("boilerplate", [])]
    position = 0
    before: Row | None = None
    for row in plan["clauses"]:
        text = squeezed(row["text"])
        position, skipped = _skip_boilerplate(source, position, skipped, text)
        if not source.startswith(text, position):
            same = _common_length(source[position:], text)
            if before is not None and (rest := _cut_off(plan, squeezed(before["text"]), source[position:], text)):
                row, text, same = before, squeezed(before["text"]), len(squeezed(before["text"]))
                facts = {"clause": row["clause_id"], "same": text[-10:], "found": "", "expected": rest[:15]}
                yield at(plan.tables["clauses"], row, "text", **facts)
                return
            yield at(
                plan.tables["clauses"], row, "text", clause=row["clause_id"], same=text[max(0, same - 10) : same],
                found=text[same : same + 15], expected=source[position + same : position + same + 15],
            )  # fmt: skip
            return  # one difference shifts all that follows
        position, before = position + len(text), row
    position, skipped = _skip_boilerplate(source, position, skipped, None)
    if position < len(source):
        yield at(plan.tables["clauses"], None, "text", clause="-", same="", found="", expected=source[position:][:40])


def _cut_off(plan: Package, cut: str, source: str, text: str) -> str:
    """What a clause lacks at its end: what stands on the same line of the source, before the text of the next one."""
    rest = source.partition(text)[0] if text in source else ""
    seam = cut[-_SEAM:] + rest[:_SEAM]
    return rest if rest and any(seam in squeezed(line) for line in plan.source.splitlines()) else ""


def swapped(plan: Package) -> list[Row]:
    """The two clauses that have each other's text: what is printed once, in another order; none where not just two."""
    source = squeezed(plan.source)
    texts = [(row, squeezed(row["text"])) for row in plan["clauses"]]
    places = [(source.find(text), row) for row, text in texts if source.count(text) == 1]
    in_order = sorted(places, key=lambda each: each[0])
    wrong = [row for (_, row), (_, other) in zip(places, in_order, strict=True) if row is not other]
    return wrong if len(wrong) == 2 else []


def clause_order(world: World, plan: Package) -> Iterator[Hit]:
    """`order` rises from row to row, so that the file reads like the document."""
    rows = [row for row in plan["clauses"] if row["order"] is not None]
    orders = [0, *(row["order"] for row in rows)]
    for number in range(1, len(orders)):
        before, own = orders[number - 1 : number + 1]
        if own > before:
            continue
        # 7, 99, 8: the 99 is too high, not the 8 too low
        place = number - 1 if number > 1 and orders[number - 2] < own < before else number
        facts = {"order": orders[place], "before": orders[place - 1], "behind": (*orders, "")[place + 1]}
        yield at(plan.tables["clauses"], rows[place - 1], "order", **facts)


def unit_not_accounted(world: World, plan: Package) -> Iterator[Hit]:
    """Every name in a list of responsible units is in responsibilities.csv, of a task of that clause or of one above
    it; in a row that has no more of a task than its number, of that task; in the heading of a chapter, of one below.
    """
    named = _names_by_clause(plan)
    for clause_id, rows in organization_tables.about_elsewhere(plan["clauses"]).items():
        for row in rows:
            named[row["clause_id"]] |= named[clause_id]
    chain = world.region_chain(plan.descriptor["region_code"])
    registered = Names(name for code in chain for name in world.names_of.get(code, ()))
    parents = {row["clause_id"]: row["parent_id"] for row in plan["clauses"]}
    heads = {row["clause_id"] for row in organization_tables.matrices(plan["clauses"]).values()}
    below = _names_below(plan, parents, named)
    for clause in plan["clauses"]:
        if clause["kind"] == "signature" or clause["clause_id"] in heads:
            continue
        lists = list(organization_lists(clause["text"], registered, clause["kind"] == "table_row"))
        told = (
            {*_names_above(clause["clause_id"], parents, named), *below.get(clause["clause_id"], ())} if lists else ()
        )
        names = Names(told) if lists else registered
        for each in lists:
            if left := rest(each.text, names):
                facts = {"clause": clause["clause_id"], "rest": left, "list": each.text}
                yield at(plan.tables["clauses"], clause, "text", **facts)


def _names_above(clause_id: str, parents: dict[str, str], named: defaultdict[str, set[str]]) -> Iterator[str]:
    """The names of the units that answer for a task of a clause or of one above it."""
    for each in _upwards(clause_id, parents):
        yield from named[each]


def _names_below(
    plan: Package, parents: dict[str, str], named: defaultdict[str, set[str]]
) -> defaultdict[str, set[str]]:
    """By clause that is no task itself (a chapter), the names of the units that answer for a task below it."""
    with_task = {row["clause_id"] for row in plan["tasks"]}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for clause_id, names in named.items():
        for over in _upwards(clause_id, parents):
            if over not in with_task:
                found[over] |= names
    return found


def _names_by_clause(plan: Package) -> defaultdict[str, set[str]]:
    """Per clause, the names of the units that answer for a task of it."""
    tasks = plan.by_id("tasks")
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in plan["responsibilities"]:
        if row["task_id"] in tasks:
            names[tasks[row["task_id"]]["clause_id"]].add(row["name_in_source"])
    return names


def _upwards(clause_id: str, parents: dict[str, str]) -> Iterator[str]:
    """A clause and those above it."""
    seen: set[str] = set()
    while clause_id and clause_id not in seen:
        seen.add(clause_id)
        yield clause_id
        clause_id = parents.get(clause_id, "")


def squeezed(text: str) -> str:
    """A text without any white space: what has to be the same in source and clauses."""
    return "".join(text.split())


def is_repeated(text: str, quote: str) -> bool:
    """Whether a text holds a quote more than once, overlapping finds included."""
    first = text.find(quote)
    return bool(quote) and first >= 0 and text.find(quote, first + 1) >= 0


def _quotes(plan: Package) -> Iterator[tuple[Table, Row, str, Row, int]]:
    """(table, row, column of the quote, clause, how often the quote occurs in it); unknown clauses are the schema's."""
    clauses = plan.by_id("clauses")
    for name, pairs in QUOTED.items():
        for row in plan[name]:
            for column, key in pairs:
                if row[column] and row[key] in clauses:
                    clause = clauses[row[key]]
                    yield plan.tables[name], row, column, clause, len(occurrences(clause["text"], row[column]))


def _skip_boilerplate(source: str, position: int, waiting: list[str], until: str | None) -> tuple[int, list[str]]:
    """Step over the boilerplate that stands here, unless the next clause begins here."""
    while waiting and source.startswith(waiting[0], position) and not (until and source.startswith(until, position)):
        position += len(waiting[0])
        waiting = waiting[1:]
    return position, waiting


def _common_length(one: str, other: str) -> int:
    """How many characters two texts share at their beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def texts_below(plan: Package) -> dict[str, list[str]]:
    """The texts of each clause and of all clauses below it."""
    parents = {row["clause_id"]: row["parent_id"] for row in plan["clauses"]}
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for row in plan["clauses"]:
        for clause_id in _upwards(row["clause_id"], parents):
            texts[clause_id].append(row["text"])
    return texts
