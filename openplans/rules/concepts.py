"""Has a row the concept that its words and its unit ask for?

Comes in: targets and baselines, and the registry's concepts. Goes out: rows of a concept in another dimension, and
those to which another concept is nearer. Apart, because how near a name is to a concept is weighed over all concepts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once
from openplans.rules.indicators import MARKS
from openplans.rules.quotes import squeezed
from openplans.rules.wording import measures

_KINDS = {
    "growth": re.compile(r"增速|增长率"),
    "stock": re.compile(r"累计|截至期末"),
    "flow": re.compile(r"新增|当期|所写时期内"),
}
"""What a concept's name and definition say it is; most say none of it."""
_MEASURES_OF = {"growth": ("growth", ""), "stock": ("cumulative", "level", "share", ""), "flow": ("count", "")}


def concept_dimension(world: World, plan: Package) -> Iterator[Hit]:
    """A concept is measured in units of its own dimension; a bare count needs no unit."""
    for table in ("targets", "baselines"):
        for row in plan[table]:
            concept = world.concepts.get(row["concept_id"])
            unit = world.units.get(row["unit"])  # a bare count needs no unit; an unknown one is another rule's
            expected = world.units.get(concept["unit"]) if concept else None
            if unit and expected and unit["dimension"] != expected["dimension"]:
                facts = {"concept": row["concept_id"], "unit": row["unit"], "expected": expected["unit"]}
                printed = expected["unit"] in row["quote"] and row["unit"] not in row["quote"]
                alike = [each for each, own in world.units.items() if own["dimension"] == expected["dimension"]]
                printed = printed or any(f"{row['value']}{each}" in squeezed(row["quote"]) for each in alike)
                yield at(plan.tables[table], row, "unit" if printed else "concept_id", **facts)


def near_unlike(world: World, plan: Package) -> Iterator[Hit]:
    """A concept that a row is near shares words with it, by its name or another name."""
    for row in plan["targets"]:
        near = world.concepts.get(row["near_concept_id"])
        if near and not row["concept_id"] and not _pairs(row["indicator"]) & _called(world)[near["concept_id"]]:
            facts = {"id": row["target_id"], "indicator": row["indicator"], "near": near["name_zh"]}
            yield at(plan.tables["targets"], row, "near_concept_id", **facts)


@once
def _called(world: World) -> dict[str, set[str]]:
    """What the names and the aliases of each concept are made of."""
    found = {key: set(pairs) for key, pairs in _pairs_of_concepts(world).items()}
    for row in world.project.registry["aliases"]:
        if row["kind"] == "concept" and row["id"] in found:
            found[row["id"]] |= _pairs(row["alias"])
    return found


def concept_differs(world: World, plan: Package) -> Iterator[Hit]:
    """Of the concepts of its unit and kind, a row has the one that shares most words with its indicator; two alike
    have one.
    """
    for table in ("targets", "baselines"):
        for row in plan[table]:
            if table == "targets" and row["measure"] not in measures(row):  # that is another rule's
                continue
            better = nearer(world, row)
            better = _named(world, row) if better is None else better
            if better is not None:
                facts = {"concept": row["concept_id"] or "-", "nearer": better or "-", "indicator": row["indicator"]}
                yield at(plan.tables[table], row, "concept_id", **facts)


def _named(world: World, row: Row) -> str | None:
    """The concept by whose name a row is called that has none, nor one that it is near, in a unit of its dimension."""
    if row["concept_id"]:
        return None
    called = _by_name(world).get(row["indicator"], "")
    unit, own = world.units.get(row["unit"]), world.units.get(world.concepts[called]["unit"]) if called else None
    said = row.get("near_concept_id") or row.get("scope")
    said = said or row.get("measure") == "cumulative"  # which is another thing than what is new in a year
    return called if unit and own and unit["dimension"] == own["dimension"] and not said else None


@once
def _by_name(world: World) -> dict[str, str]:
    """The concepts by their names; of one name, the first."""
    return {each["name_zh"]: key for key, each in reversed(world.concepts.items())}


def nearer(world: World, row: Row) -> str | None:
    """The concept that suits a row better than its own: "" for none at all, None where its own is right."""
    own = row["concept_id"]
    if own in world.concepts and _elsewhere(world, row):  # another dimension is another rule's
        return None
    usual = _usual_concepts(world).get(_alike(row), own)
    if own != usual or own not in world.concepts:
        return usual if own != usual else None
    weights = _weights(world)
    shared = {each: _shared(world, row, each, weights) for each in _candidates(world, row)}
    best = max(shared, key=lambda each: (shared[each], each), default="")
    if not shared.get(own):
        return best if shared.get(best) else ""  # no concept has a word of it
    return best if shared[own] < shared[best] else None


def _alike(row: Row) -> tuple[str, ...]:
    """What two rows share that are about the same thing."""
    return tuple(row.get(name, "") for name in ("indicator", "scope", "measure", "unit"))


@once
def _usual_concepts(world: World) -> dict[tuple[str, ...], str]:
    """The concept that rows about the same thing have most often; "" is one too: no concept fits."""
    found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for plan in world.project.plans:
        for row in plan.tables["targets"].rows if "targets" in plan.tables else ():
            found[_alike(row)][row["concept_id"]] += 1
    return {alike: concepts.most_common(1)[0][0] for alike, concepts in found.items() if concepts.total() > 1}


def usual_concepts(world: World, plan: Package) -> list[tuple[tuple[str, ...], str]]:
    """The concepts that all plans together give to what this one's rows are about, where several rows are about it."""
    usual = _usual_concepts(world)
    about = {_alike(row) for table in ("targets", "baselines") for row in plan[table]}
    return sorted((alike, usual[alike]) for alike in about & usual.keys())


def _pairs(text: str) -> set[str]:
    letters = MARKS.sub("", text)
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


@once
def _pairs_of_concepts(world: World) -> dict[str, set[str]]:
    return {concept_id: _pairs(row["name_zh"]) for concept_id, row in world.concepts.items()}


@once
def _weights(world: World) -> Counter[str]:
    """In how many concepts' names a pair of letters is: the fewer, the more it says."""
    return Counter(pair for pairs in _pairs_of_concepts(world).values() for pair in pairs)


def _shared(world: World, row: Row, concept_id: str, weights: Counter[str]) -> float:
    """How alike a concept's name and a row's indicator and scope are (Dice's coefficient, rare pairs counting more)."""
    name = _pairs_of_concepts(world)[concept_id]
    words = _pairs(row["indicator"]) | _pairs(row.get("scope", ""))
    whole = sum(1 / (weights[pair] or 1) for each in (name, words) for pair in each)
    return 2 * sum(1 / weights[pair] for pair in name & words) / whole if whole else 0


def _candidates(world: World, row: Row) -> list[str]:
    """The concepts that a row's unit and measure admit: totals, things new in a period, and growth are kept apart."""
    unit, measure, kinds = world.units.get(row["unit"]), row.get("measure", ""), _kinds_of_concepts(world)
    found = []
    for concept_id, concept in world.concepts.items():
        own = world.units.get(concept["unit"])
        kind = kinds[concept_id]
        fits = measure in _MEASURES_OF.get(kind, (measure,)) and (measure != "growth" or kind == "growth")
        if fits and (unit is None or own is None or own["dimension"] == unit["dimension"]):
            found.append(concept_id)
    return found


def _elsewhere(world: World, row: Row) -> bool:
    """Whether a row's unit and its concept's measure different things, which another rule says."""
    own, unit = world.units.get(world.concepts[row["concept_id"]]["unit"]), world.units.get(row["unit"])
    return own is not None and unit is not None and own["dimension"] != unit["dimension"]


@once
def _kinds_of_concepts(world: World) -> dict[str, str]:
    return {concept_id: _kind_of_concept(concept) for concept_id, concept in world.concepts.items()}


def _kind_of_concept(concept: Row) -> str:
    words = concept["name_zh"] + concept["definition_zh"]
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(words)), "")
