"""The real data: floors that it may not fall under, ids that are never used again."""

from __future__ import annotations

import csv
import subprocess

import pytest

from openplans.packages.link import World, link
from openplans.packages.read import read_project
from openplans.paths import HOUSE, Paths
from openplans.problems import errors
from openplans.rules.provenance import squeezed
from openplans.rules.validate import accepted, validate
from openplans.text.quantities import figures

FLOORS = {
    # plan: clauses, tasks, responsibilities, targets, projects, baselines, notes
    "330000-zhejiang-2025": (58, 16, 0, 40, 0, 0, 8),
    "330182-jiande-2023": (64, 49, 115, 85, 31, 1, 25),
    "330305-dongtou-2023": (149, 109, 234, 143, 20, 0, 51),
    "330326-pingyang-2025": (76, 63, 188, 105, 33, 0, 31),
    "330411-xiuzhou-2023": (87, 71, 95, 181, 0, 0, 50),
}
TABLES = ("clauses", "tasks", "responsibilities", "targets", "projects", "baselines", "notes")


@pytest.fixture(scope="module")
def world() -> World:
    project, problems = read_project(Paths.of(HOUSE))
    assert problems == []
    return link(project)


def test_the_data_has_no_errors(world: World) -> None:
    assert errors(validate(world)) == []


@pytest.mark.parametrize("plan_id", sorted(FLOORS))
def test_nothing_of_a_plan_is_lost(world: World, plan_id: str) -> None:
    [plan] = [each for each in world.project.plans if each.id == plan_id]
    for table, floor in zip(TABLES, FLOORS[plan_id], strict=True):
        assert len(plan[table]) >= floor, table


def test_no_actual_figure_is_lost(world: World) -> None:
    observations = world.project.observations
    assert len(observations["observations"]) >= 244 and len(observations["sources"]) >= 64


def test_every_plan_has_a_floor(world: World) -> None:
    """Each of these plans is still there; a new one gets its floor when it is merged."""
    assert {plan.id for plan in world.project.plans} >= set(FLOORS)


def test_every_english_name_is_of_something_a_plan_says(world: World) -> None:
    said = {plan.descriptor["issuer"] for plan in world.project.plans}
    for plan in world.project.plans:
        said |= {row[column] for row in plan["targets"] for column in ("indicator", "scope")}
        said |= {row["name"] for row in plan["projects"]}
    said |= {row["scope"] for row in world.project.observations["observations"]}
    unsaid = sorted(set(world.terms) - said)
    assert unsaid == [], (
        "datapackages/registry/terms.csv: 改成计划表现在的写法，或删去这一行。Write the term as the plan now has it, or delete the row."
    )


def test_the_clauses_give_the_whole_document_back(world: World) -> None:
    for plan in world.project.plans:
        source = squeezed(plan.source)
        for piece in plan.descriptor["boilerplate"]:
            assert squeezed(piece) in source
            source = source.replace(squeezed(piece), "", 1)
        assert "".join(squeezed(row["text"]) for row in plan["clauses"]) == source


def test_every_figure_of_a_body_is_found_by_the_checks(world: World) -> None:
    """The rule that nothing is passed over rests on this: each digit of a clause is inside some figure."""
    for plan in world.project.plans:
        for row in plan["clauses"]:
            covered = {
                place for each in figures(row["text"], world.unit_names) for place in range(each.start, each.end)
            }
            assert all(
                place in covered for place, letter in enumerate(row["text"]) if letter.isascii() and letter.isdigit()
            )


def test_a_year_that_is_printed_nowhere_near_is_explained(world: World) -> None:
    """Where neither the clause nor its headings nor what stands before it under the same heading print the year, a note says so."""
    for plan in world.project.plans:
        start, end = (plan.descriptor[name][:4] for name in ("effective_start", "effective_end"))
        clauses = plan.by_id("clauses")
        for row in plan["targets"] if start != end else ():
            clause = clauses[row["clause_id"]]
            if clause["kind"] == "table_row" or row["period_basis"] not in ("by", "in") or row["note"]:
                continue
            above, near = clause, [clause]
            while above["parent_id"]:
                above = clauses[above["parent_id"]]
                near += [above] if above["kind"] != "title" else []
            near += [
                each
                for each in plan["clauses"]
                if each["parent_id"] == clause["parent_id"] and each["order"] < clause["order"]
            ]
            assert any(row["period_end"][:4] in each["text"] for each in near), row["target_id"]


def test_overrides_are_few_and_have_reasons(world: World) -> None:
    for plan in world.project.plans:
        overrides = [accepted(row) for table in ("targets", "baselines") for row in plan[table] if row["accepted"]]
        assert len(overrides) <= 5
        assert all(len(reason) >= 4 for each in overrides for reason in each.values())


def told(content: str) -> dict[str, str]:
    """By the id of each row of a plan's table what it is about: the clause it reads or, of a clause itself, its text."""
    rows = list(csv.DictReader(content.splitlines()))
    first = next(iter(rows[0]), "") if rows else ""
    return {row[first]: row["text"] if first == "clause_id" else row.get("clause_id", "") for row in rows}


def test_an_id_once_published_is_never_gone_and_used_anew() -> None:
    """An id of the last release that is no longer there may be gone, but its row may not have become another."""
    tags = subprocess.run(
        ["git", "tag", "--list", "data-*", "--sort=-v:refname"], cwd=HOUSE, capture_output=True, text=True
    ).stdout.split()
    if not tags:
        pytest.skip("nothing has been released yet")
    compared = 0
    for path in sorted((HOUSE / "datapackages/plans").rglob("*.csv")):
        name = path.relative_to(HOUSE).as_posix()
        before = subprocess.run(["git", "show", f"{tags[0]}:{name}"], cwd=HOUSE, capture_output=True, text=True)
        if before.returncode == 0:
            old, new = told(before.stdout), told(path.read_text(encoding="utf-8"))
            assert {each: old[each] for each in old.keys() & new.keys()} == {
                each: new[each] for each in old.keys() & new.keys()
            }
            compared += len(old)
    assert compared
