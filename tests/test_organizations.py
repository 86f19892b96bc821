"""What organizations answer for and what stands on a theme, over the plans of the tiny project."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import html

from openplans.facts.model import Facts
from openplans.facts.organizations import dossiers
from openplans.paths import Paths

PLAN = "990101-tiny-2023"


def test_organizations_stand_by_region_those_that_lead_most_first(tiny_facts: Facts) -> None:
    found = tiny_facts.organizations
    assert [(unit.organization.path, unit.counts, unit.promise_count) for unit in found] == [
        ("units/990000/forestry", {"lead": 0, "co": 0, "listed": 1}, 4),
        ("units/990101/agriculture", {"lead": 1, "co": 0, "listed": 1}, 6),
        ("units/990101/building", {"lead": 1, "co": 0, "listed": 1}, 4),
        ("units/990101/towns", {"lead": 0, "co": 1, "listed": 0}, 2),
    ]


def test_a_dossier_has_tasks_with_their_place_and_each_promise_once_by_year(tiny_facts: Facts) -> None:
    building = tiny_facts.organizations[2]
    [part] = building.plans
    assert (part.plan_id, part.names) == (PLAN, ["县住建局", "县住房和城乡建设局"])
    assert [(duty.task.anchor, duty.role, duty.task.above and duty.task.above.title) for duty in part.duties] == [
        ("k003", "lead", "农庄/农创客"),
        ("k001", "listed", None),
    ]
    due = {year: [(each.promise.target.anchor, each.role) for each in rows] for year, rows in building.due.items()}
    assert due == {
        "2025": [("t004", "lead"), ("t005", "listed"), ("t006", "listed"), ("t007", "listed")],
    }


def test_the_names_that_a_plan_has_for_a_unit_stand_in_order(tiny_facts: Facts) -> None:
    [plan] = [each for each in tiny_facts.plans if each.plan.id == PLAN]
    own = next(row for row in plan.responsibilities if row.org_id.endswith("agriculture"))
    named = tuple(replace(own, name_in_source=f"县农业局{letter}") for letter in "53142")
    [unit] = dossiers([replace(plan, responsibilities=named)], tiny_facts.registry)
    assert unit.plans[0].names == ["县农业局1", "县农业局2", "县农业局3", "县农业局4", "县农业局5"]


def test_partners_are_those_listed_for_the_same_tasks(tiny_facts: Facts) -> None:
    agriculture = tiny_facts.organizations[1]
    assert [(each.organization.path, each.count) for each in agriculture.partners] == [
        ("units/990000/forestry", 1),
        ("units/990101/building", 1),
        ("units/990101/towns", 1),
    ]


def test_an_organization_that_no_plan_names_has_no_page(built: Paths) -> None:
    pages = {path.parent.relative_to(built.output).as_posix() for path in built.output.glob("units/**/index.html")}
    assert pages == {"units", *(unit for unit in (f"units/{place}" for place in (
        "990000/forestry", "990101/agriculture", "990101/building", "990101/towns")))}  # fmt: skip


def test_a_unit_in_a_list_of_targets_leads_to_its_page(built: Paths) -> None:
    page = (built.output / f"plans/{PLAN}/targets/index.html").read_text(encoding="utf-8")
    assert 'href="../../../units/990101/agriculture/index.html"' in page


def test_a_theme_has_the_promises_of_its_concepts_those_without_and_its_tasks(tiny_facts: Facts) -> None:
    counts = [
        (each.theme.theme_id, len(each.concepts), len(each.promises), each.task_count, each.plan_count)
        for each in tiny_facts.themes
    ]
    assert counts == [("goals", 1, 4, 0, 2), ("villages", 3, 7, 3, 2)]
    villages = tiny_facts.themes[1]
    assert [each.concept.concept_id for each in villages.concepts] == [
        "village-coverage",
        "village-income",
        "farms-total",
    ]
    assert [(row.target.plan_id, row.target.anchor) for row in villages.concepts[0].promises] == [
        ("990000-wide-2025", "t003"),
        (PLAN, "t004"),
    ]
    assert [each.concept.concept_id for each in villages.shared] == ["village-coverage"]
    assert [(row.anchor, len(row.targets)) for row in villages.tasks[PLAN]] == [
        ("k001", 4),
        ("k002", 4),
        ("k003", 2),
    ]


def test_a_docket_counts_what_is_no_promise_apart(real: Paths) -> None:
    """So that 20 promises due and 22 lines below do not contradict each other."""
    told: set[bool] = set()
    for path in real.output.glob("units/*/*/index.html"):
        for fold in html.parse(path).xpath("//details[.//ul[contains(@class, 'op-due')]]"):
            others = len(fold.xpath(".//li/span[@class='op-tag' and (.='项目' or .='任务')]"))
            said = re.findall(r"其中项目和任务 (\d+)", fold.findtext("summary/small") or "")
            assert said == ([str(others)] if others else []), path
            told.add(bool(others))
    assert told == {True, False}
