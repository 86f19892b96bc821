"""How good the proposals are: each plan's tables emptied, the registry's words for it taken away, against its real
tables.

`make bench` prints it; `python -m tests.drafting.score -v` shows what is wrong. Asserts nothing.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from openplans.drafting import store
from openplans.drafting.proposing import propose
from openplans.packages.link import World, link
from openplans.packages.quoted import stating
from openplans.packages.read import Package, Project, Row
from openplans.paths import HOUSE, Paths
from openplans.text.quantities import figures

Found = dict[tuple[str, int], list[Row]]
"""Rows by where the figure that they state begins."""


def held_out(root: Path, plan: str) -> World:
    """The registry without the words that only a plan brought in, and the plan with empty tables."""
    world = store.world_of(Paths.of(root), plan)
    project = world.project
    region = project.plans[0].descriptor["region_code"]
    tables = project.registry.tables
    for name in ("organizations", "organization_names"):
        tables[name].rows = [row for row in tables[name].rows if row["region_code"] != region]
    others = [each for each in sorted((root / "datapackages/plans").iterdir()) if each.name != plan]
    printed = "".join((each / "clauses.csv").read_text(encoding="utf-8") for each in others)
    used: set[str] = set()
    for each in others:
        rows = store.world_of(Paths.of(root), each.name).project.plans[0]["targets"]
        used |= {row["concept_id"] for row in rows} | {"unit:" + row["unit"] for row in rows}
    tables["concepts"].rows = [row for row in tables["concepts"].rows if row["concept_id"] in used]
    kept = {"unit:" + row["base_unit"] for row in tables["units"].rows if "unit:" + row["unit"] in used} | used
    tables["units"].rows = [row for row in tables["units"].rows if "unit:" + row["unit"] in kept]
    tables["aliases"].rows = [row for row in tables["aliases"].rows if row["alias"] in printed or row["kind"] != "word"]
    for name in store.TABLES:
        project.plans[0].tables[name].rows = []
    return link(Project(project.paths, project.registry, project.observations, project.plans))


def stated(world: World, plan: Package, rows: list[Row]) -> Found:
    """The targets that state a printed figure, by its place."""
    found: Found = {}
    for row in rows:
        figure = stating(world, plan, row, "value_max" if row["value_max"] is not None else "value")
        if figure and row["value"] is not None:
            found.setdefault((row["clause_id"], figure.start), []).append(row)
    return found


def score(root: Path, plan: str, verbose: bool = False) -> Counter[str]:
    """What was hit and what was missed, counted."""
    full = store.world_of(Paths.of(root), plan)
    real = full.project.plans[0]
    world = held_out(root, plan)
    begun = time.perf_counter()
    draft = propose(world, world.project.plans[0])
    count: Counter[str] = Counter(seconds=round(1000 * (time.perf_counter() - begun)))
    gold, mine = stated(full, real, real["targets"]), stated(full, real, draft["targets"])
    for place, rows in gold.items():
        count["figures"] += 1
        count["found"] += place in mine
        if verbose and place not in mine:
            print("MISSED", rows[0]["quote"][-60:])
        for row, own in zip(rows, mine.get(place, ()), strict=False):
            _compare(count, row, own, world, verbose)
    wrong = [rows[0] for place, rows in mine.items() if place not in gold]
    count["proposed"], count["hits"] = len(mine), len(mine) - len(wrong)
    if verbose:
        for row in wrong:
            print(
                "NO TARGET",
                row["rule"],
                row["confidence"],
                row["indicator"],
                row["value"],
                row["unit"],
                "|",
                row["quote"][-50:],
            )
    _sure(count, draft["targets"], full, real, gold)
    _units(count, real, draft, verbose)
    for name in ("tasks", "projects", "notes", "attachments", "references", "baselines"):
        _by_place(count, name, real, draft, world)
    _by_name(count, real, draft, verbose)
    _restated(count, full, real, draft)
    return count


def _by_place(count: Counter[str], name: str, real: Package, draft: store.Draft, world: World) -> None:
    """Rows of a table by the clause that they stand in; those that quote, by what they quote there. Of the references
    those that account for a figure: a name (“千万工程”, 5G) holds none, and needs no row.
    """
    places = {row["clause_id"]: row["text"] for row in real["clauses"]}

    def stands(row: Row, others: list[Row]) -> bool:
        near = [each for each in others if each["clause_id"] == row["clause_id"]]
        if name not in ("references", "baselines"):
            return bool(near)
        begin, end = _span(places[row["clause_id"]], row["quote"])
        spans = [_span(places[each["clause_id"]], each["quote"]) for each in near]
        return any(begin < last and first < end for first, last in spans)

    asked = real[name]
    if name == "references":
        asked = [row for row in asked if figures(row["quote"], world.unit_names)]
    count[f"{name} real"], count[f"{name} proposed"] = len(asked), len(draft[name])
    count[f"{name} found"] = sum(stands(row, draft[name]) for row in asked)
    count[f"{name} hits"] = sum(stands(row, real[name]) for row in draft[name])


def _span(text: str, quote: str) -> tuple[int, int]:
    begin = text.find(quote)
    return begin, begin + len(quote)


def _by_name(count: Counter[str], real: Package, draft: store.Draft, verbose: bool) -> None:
    """Works by what they are called, letter by letter."""
    names = {(row["clause_id"], row["name"]) for row in real["projects"]}
    own = {(row["clause_id"], row["name"]) for row in draft["projects"]}
    count["named"] = len(names & own)
    for each in sorted(names ^ own) if verbose else ():
        print("PROJECT", "missed" if each in names else "too many", *each)


def _restated(count: Counter[str], world: World, real: Package, draft: store.Draft) -> None:
    """Pairs of places where the plan says a thing twice; promises without a number by the end of their quotes."""

    def pairs(rows: list[Row]) -> set[frozenset[tuple[str, int]]]:
        places = {row["target_id"]: place for place, each in stated(world, real, rows).items() for row in each}
        said = [(row["target_id"], row["restates"]) for row in rows if row["restates"]]
        return {frozenset((places[one], places[two])) for one, two in said if one in places and two in places}

    def wordless(rows: list[Row]) -> set[tuple[str, str]]:
        return {(row["clause_id"], row["quote"][-3:]) for row in rows if row["value"] is None}

    for name, asked in (("restated", pairs), ("wordless", wordless)):
        there, own = asked(real["targets"]), asked(draft["targets"])  # type: ignore[operator]
        count[f"{name} real"], count[f"{name} proposed"] = len(there), len(own)
        count[f"{name} found"] = len(there & own)


def _compare(count: Counter[str], row: Row, own: Row, world: World, verbose: bool) -> None:
    """A concept that this plan alone brought in is taken away with its words: then none is the right answer."""
    count["compared"] += 1
    concept = row["concept_id"] if row["concept_id"] in world.concepts else ""
    checks = {
        "value and unit": (row["value"], row["value_max"], row["unit"])
        == (own["value"], own["value_max"], own["unit"]),
        "comparator": row["comparator"] == own["comparator"],
        "year": row["period_end"] == own["period_end"],
        "basis": row["period_basis"] == own["period_basis"],
        "measure": row["measure"] == own["measure"],
        "commitment": row["commitment"] == own["commitment"],
        "concept": concept == own["concept_id"],
    }
    for name, right in checks.items():
        count[name] += right
        if verbose and not right and name != "commitment":
            shown = [" ".join(str(each[column]) for column in SHOWN) for each in (row, own)]
            print(name.upper(), " / ".join(shown), "|", row["quote"][-50:])


def _sure(count: Counter[str], rows: list[Row], world: World, plan: Package, gold: Found) -> None:
    for row in rows:
        if float(row["confidence"]) >= 0.95 and row["value"] is not None:
            count["sure"] += 1
            place = next(iter(stated(world, plan, [row])), None)
            there = gold.get(place, []) if place else []
            count["sure and right"] += any(
                (row["value"], row["unit"], row["comparator"]) == (each["value"], each["unit"], each["comparator"])
                for each in there
            )


def _units(count: Counter[str], real: Package, draft: store.Draft, verbose: bool) -> None:
    """Names of units and their roles, by the clause of the task they answer for."""
    clause = {row["task_id"]: row["clause_id"] for row in [*real["tasks"], *draft["tasks"]]}
    own = Counter((clause[row["task_id"]], row["name_in_source"], row["role"]) for row in draft["responsibilities"])
    for row in real["responsibilities"]:
        key = (clause[row["task_id"]], row["name_in_source"], row["role"])
        names = {(each[0], each[1]) for each in own}
        count["units"] += 1
        count["units found"] += key[:2] in names
        count["roles right"] += key in own
        if verbose and key not in own:
            print("UNIT", key)
    count["units proposed"] = own.total()
    count["units hits"] = (own & _answering(real, clause)).total()


def _answering(plan: Package, clause: Mapping[str, str]) -> Counter[tuple[str, str, str]]:
    rows = plan["responsibilities"]
    return Counter((clause[row["task_id"]], row["name_in_source"], row["role"]) for row in rows)


SHOWN = ("indicator", "value", "unit", "comparator", "measure", "period_basis", "period_end", "concept_id")

ROWS = (
    ("figures that are targets", "found", "figures"),
    ("proposals that are targets", "hits", "proposed"),
    ("value and unit", "value and unit", "compared"),
    ("comparator", "comparator", "compared"),
    ("year", "year", "compared"),
    ("measure", "measure", "compared"),
    ("basis", "basis", "compared"),
    ("commitment", "commitment", "compared"),
    ("concept", "concept", "compared"),
    ("units", "units found", "units"),
    ("units with role", "roles right", "units"),
    ("sure (0.95) and right", "sure and right", "sure"),
    ("proposals that are units", "units hits", "units proposed"),
    ("tasks", "tasks found", "tasks real"),
    ("proposals that are tasks", "tasks hits", "tasks proposed"),
    ("projects", "projects found", "projects real"),
    ("projects by name", "named", "projects real"),
    ("proposals that are projects", "projects hits", "projects proposed"),
    ("restatements", "restated found", "restated real"),
    ("proposed restatements", "restated found", "restated proposed"),
    ("without a number", "wordless found", "wordless real"),
    ("proposed without a number", "wordless found", "wordless proposed"),
    ("baselines", "baselines found", "baselines real"),
    ("proposed baselines", "baselines hits", "baselines proposed"),
    ("references", "references found", "references real"),
    ("proposed references", "references hits", "references proposed"),
    ("attachments", "attachments found", "attachments real"),
)


def table(root: Path = HOUSE, verbose: bool = False) -> str:
    """The score of every plan as text."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(root / "datapackages", Path(folder) / "datapackages")).parent
        plans = [each.name for each in sorted((copy / "datapackages/plans").iterdir())]
        scores = {}
        for plan in plans:
            if verbose:
                print("=====", plan)
            scores[plan] = score(copy, plan, verbose)
    lines = ["proposals, in %".ljust(28) + "".join(f"{plan.split('-')[1]:>12}" for plan in plans) + f"{'all':>12}"]
    return "\n".join([*lines, *measures(scores, ROWS)])


def measures(scores: Mapping[str, Counter[str]], rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """A line for each measure, with what each plan and all of them reach; then what they took."""
    total: Counter[str] = sum(scores.values(), Counter())
    for words, part, whole in rows:
        cells = [f"{100 * each[part] / each[whole]:.1f}" if each[whole] else "-" for each in (*scores.values(), total)]
        yield words.ljust(28) + "".join(f"{cell:>12}" for cell in cells)
    yield "milliseconds".ljust(28) + "".join(f"{each['seconds']:>12}" for each in scores.values())


if __name__ == "__main__":
    print(table(verbose="-v" in sys.argv))
