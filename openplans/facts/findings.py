"""Where the plans contradict themselves: what careful readers noted, and what the rows show by themselves.

Comes in: a valid World. Goes out: one row a finding with its two sides, each with the quote, the place where it stands
and the figures it states. Apart, because a finding is about two places of a document and belongs to neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from openplans.facts import restatements
from openplans.facts.joins import NOTE_KINDS, OTHER_MARK, Joined, anchor
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.quantities import stating


def findings(world: World) -> list[Joined]:
    """All findings, the weightiest kinds first, then by plan: `id`, `kind`, `plan_id`, `computed`, `comment_zh`, `comment_en`, `sides`.

    A side has the `anchor` of its sentence, `quote`, `place` and, where both sides of a conflict state figures, `figures`.
    A computed finding has no comments: no reader has looked at it yet.
    """
    found = [row for plan in world.project.plans for row in (*_noted(world, plan), *_computed(world, plan))]
    return sorted(found, key=lambda row: NOTE_KINDS.index(row["kind"]))


def contradictions(world: World, plan: Package) -> Iterator[tuple[Row, Row]]:
    """Pairs of targets that are one promise (`restates`), stated with different numbers, in the order of the document."""
    for promise in restatements.promises(plan["targets"]):
        for first, second in combinations(promise, 2):
            if world.differ(first, second):
                yield first, second


def of_targets(found: Iterable[Joined]) -> dict[str, list[str]]:
    """The ids of the conflicts that each target is part of, by target_id, so that a row can lead to what contradicts it.

    Where the two sides state one promise (`restates`) only its rows are part of it: of a table's row 4.5, 5.5, 6.5 the last.
    """
    marks: defaultdict[str, list[str]] = defaultdict(list)
    for row in found:
        sides = [side["figures"] for side in row["sides"]] if row["kind"] == "conflict" else []
        promised = [{each["restates"] or each["target_id"] for each in figures} for figures in sides]
        shared = set.intersection(*promised) if promised else set()
        for each in (each for figures in sides for each in figures):
            if not shared or (each["restates"] or each["target_id"]) in shared:
                marks[each["target_id"]].append(row["id"])
    return dict(marks)


def place(plan: Package, clause_id: str) -> Joined:
    """Where a clause stands: `part` (title, signature, body, annex), the `annex` and the `headings` above it, its `number`, and whether it is a table's `row`."""
    clauses = plan.by_id("clauses")
    own = clauses[clause_id]
    chain = [own]
    while chain[0]["parent_id"]:
        chain.insert(0, clauses[chain[0]["parent_id"]])
    annex = next((row for row in chain if row["kind"] == "annex"), None)
    part = "annex" if annex else own["kind"] if own["kind"] in ("title", "signature") else "body"
    return {
        "part": part,
        "annex": annex["number"] if annex else "",
        # Below an annex the one heading is its title again.
        "headings": [row["text"] for row in chain if row["kind"] == "heading" and not annex],
        "number": own["number"] if own["kind"] in ("paragraph", "table_row") else "",
        "row": own["kind"] == "table_row",
    }


def _noted(world: World, plan: Package) -> Iterator[Joined]:
    """The plan's notes."""
    for row in plan["notes"]:
        mark = anchor(plan, row["note_id"])
        sides = [_side(world, plan, row["clause_id"], row["quote"], mark)]
        if row["other_quote"]:
            sides.append(_side(world, plan, row["other_clause_id"], row["other_quote"], mark + OTHER_MARK))
        if row["kind"] != "conflict" or not all(side["figures"] for side in sides):
            sides = [{**side, "figures": []} for side in sides]
        said = {name: row[name] for name in ("kind", "comment_zh", "comment_en")}
        yield {"id": row["note_id"], "plan_id": plan.id, "computed": False, **said, "sides": sides}


def _computed(world: World, plan: Package) -> Iterator[Joined]:
    """The contradictions that no note speaks of."""
    noted = {frozenset((row["clause_id"], row["other_clause_id"])) for row in plan["notes"]}
    for pair in contradictions(world, plan):
        if frozenset(row["clause_id"] for row in pair) not in noted:
            marks = [anchor(plan, row["target_id"]) for row in pair]
            sides = [
                _side(world, plan, row["clause_id"], row["quote"], mark) for row, mark in zip(pair, marks, strict=True)
            ]
            said = {"kind": "conflict", "comment_zh": "", "comment_en": ""}
            yield {"id": f"{plan.id}-{'-'.join(marks)}", "plan_id": plan.id, "computed": True, **said, "sides": sides}


def _side(world: World, plan: Package, clause_id: str, quote: str, mark: str) -> Joined:
    """One place that a finding speaks of; `mark` is the anchor of its sentence in the document."""
    return {
        "anchor": mark,
        "quote": quote,
        "place": place(plan, clause_id),
        "figures": _figures(world, plan, clause_id, quote),
    }


def _figures(world: World, plan: Package, clause_id: str, quote: str) -> list[Joined]:
    """The targets of a clause whose figures stand in a quote, each with its `concept`; of one without a figure, whose own quote touches it."""
    text = plan.by_id("clauses")[clause_id]["text"]
    start = text.index(quote)
    end = start + len(quote)
    found = []
    for row in plan["targets"]:
        if row["clause_id"] == clause_id:
            figure = stating(world, plan, row, "value")
            first = figure.start if figure else text.index(row["quote"])
            last = figure.end if figure else first + len(row["quote"])
            inside = first < end and start < last
            found += [{**row, "concept": world.concepts.get(row["concept_id"])}] if inside else []
    return found
