"""What a person changed by hand in draft/ is not lost when rows are proposed again."""

from __future__ import annotations

import json
import shlex

import pytest

from openplans.drafting import drafts, program, store
from openplans.drafting.deciding import Desk, accept_all
from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.paths import Paths
from tests.drafting.test_proposing import drafted_with_clauses


def proposed(paths: Paths) -> tuple[World, Package]:
    drafted_with_clauses(paths, "二、重点任务", "1．治水。新建水厂2座，改造管网30公里。（责任单位：县水利局）")
    name = next(each.name for each in paths.plans.iterdir() if each.name.startswith("330182") and "2024" in each.name)
    world = store.world_of(paths, name)
    drafts.make(world, world.project.plans[0])
    return world, world.project.plans[0]


def test_what_was_changed_by_hand_is_told_and_not_written_over(paths: Paths) -> None:
    world, plan = proposed(paths)
    drafts.make(world, plan)  # nothing was changed
    file = plan.folder / "draft" / "targets.csv"
    changed = file.read_text(encoding="utf-8").replace("改造管网,", "改造供水管网,")
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(store.Refused, match=r"draft/targets.csv:3.*--anew.*lost: draft/targets.csv:3;"):
        drafts.make(world, plan)
    assert file.read_text(encoding="utf-8") == changed
    drafts.make(world, plan, anew=True)
    assert "改造供水管网" not in file.read_text(encoding="utf-8")


def test_what_was_accepted_changes_no_other_proposal(paths: Paths) -> None:
    world, plan = proposed(paths)
    key = store.read_draft(plan.folder)["targets"][0]["target_id"]
    desk = Desk.open(paths, plan.folder.name)
    accept_all(desk, [key])
    desk.save()
    world = store.world_of(paths, plan.folder.name)
    drafts.make(world, world.project.plans[0])
    assert [row["indicator"] for row in store.read_draft(plan.folder)["targets"]] == ["改造管网"]


@pytest.mark.parametrize(
    ("table", "cells", "told"),
    [
        ("projects", {"name": "建金铁路", "stage": "start", "quote": "新建水厂2座"}, "projects 1"),
        ("projects", {"name": "水厂", "stage": "start", "quote": "新建水厂2座"}, ""),
        ("targets", {"comparator": "ge", "value": 2}, "targets 1"),
        ("targets", {"comparator": "eq", "value": 2}, ""),
    ],
)
def test_a_program_names_no_work_and_no_bound_that_the_sentence_lacks(
    paths: Paths, table: str, cells: dict[str, str | int], told: str
) -> None:
    world, plan = proposed(paths)
    clause = next(each for each in plan["clauses"] if "水厂" in each["text"])
    target = {"indicator": "水厂", "measure": "count", "unit": "座", "period_basis": "by", "period_end": "2027"}
    row = {"clause_id": clause["clause_id"], "quote": "新建水厂2座", **(target if table == "targets" else {}), **cells}
    said = json.dumps({table: [row]}, ensure_ascii=False)
    _, refused = program.proposals(world, plan, shlex.join(["echo", said]))
    assert [each[1].split(":")[0] for each in refused] == [told][: bool(told)]
