"""Pages over all plans that would grow too long are cut: by region or plan, every row once, every link sound."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from openplans import charts, pipeline, routes
from openplans.charts import chart
from openplans.charts.style import LINES
from openplans.facts import findings, model
from openplans.facts.model import Facts
from openplans.facts.promises import Promise, Step
from openplans.facts.records import Target
from openplans.facts.registry import Registry
from openplans.pages import (
    calendar,
    compare,
    concept_charts,
    indicators,
    organizations,
    plans,
    progress,
    regions,
    themes,
)  # fmt: skip
from openplans.pages.common import Shared
from openplans.pages.page import Page, Site, environments, render
from openplans.paths import HOUSE, Paths
from openplans.search import records
from tests.conftest import Silent, with_targets
from tests.test_pages import broken_links


def shown(page: Page) -> list[str]:
    """The target_ids of the promises on a theme's page, sorted."""
    rows = page.context["rows"]
    found = [*(row for _, listed in rows["concepts"] for row in listed), *chain.from_iterable(rows["others"].values())]
    return sorted(each["promise"].target.target_id for each in found)


def test_a_long_theme_has_a_page_per_region_with_every_row_once(drawn_from: Shared) -> None:
    for found in drawn_from.facts.themes:
        whole, *parts = themes.theme_pages(drawn_from, found, longest=0)
        [page] = themes.theme_pages(drawn_from, found, longest=10_000)
        assert sorted(row for part in parts for row in shown(part)) == shown(page) != []
        assert sum(part.context["found"].task_count for part in parts) == found.task_count
        assert shown(whole) == [] and whole.context["tasks"] == {}
        assert [part.path for part in parts] == [
            routes.theme(found.theme.theme_id, each.region_code) for each in whole.context["apart"]
        ]


def test_a_long_part_of_a_theme_lists_its_places(drawn_from: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page has the rows of the region itself, and those of each place below have a page of their own."""
    monkeypatch.setattr(Registry, "part", lambda registry, code: "990000")
    for found in drawn_from.facts.themes:
        whole, part, *places = themes.theme_pages(drawn_from, found, longest=0)
        [page] = themes.theme_pages(drawn_from, found, longest=10_000)
        assert shown(whole) == [] and [each.region_code for each in whole.context["apart"]] == ["990000"]
        assert sorted(row for each in (part, *places) for row in shown(each)) == shown(page)
        tasks = [task for each in (part, *places) for own in each.context["tasks"].values() for task in own]
        assert len(tasks) == found.task_count
        assert [each.path for each in places] == [
            routes.theme(found.theme.theme_id, each.region_code) for each in part.context["apart"]
        ]


def test_a_long_list_of_organizations_is_one_per_region(drawn_from: Shared) -> None:
    found = drawn_from.facts.organizations
    whole, *parts = organizations.list_pages(drawn_from, found, longest=1)
    assert [unit for part in parts for each in part.context["regions"] for unit in each["organizations"]] == found
    assert whole.context["apart"] and not any(part.context["apart"] for part in parts)
    assert [page.path for page in organizations.list_pages(drawn_from, found)] == ["units"]


def test_a_note_is_found_on_the_page_that_has_it(tiny_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST", 0)
    many = replace(tiny_facts)
    urls = {record.url for record in records.records(many) if record.kind == "note"}
    assert urls == {
        f"findings/{note.note_id[:16]}/index.html#{note.note_id}" for plan in many.plans for note in plan.notes
    }


def test_a_site_of_cut_pages_has_no_broken_link(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {findings: ["MOST"], model: ["MOST_OF_A_CONCEPT", "MOST_PLANS"], progress: ["LISTED"]}
    for module, names in {**limits, compare: ["MOST", "MOST_STATEMENTS"]}.items():
        for name in names:
            monkeypatch.setattr(module, name, 0)
    for cut in (themes.theme_pages, organizations.list_pages, calendar.year_pages):
        monkeypatch.setattr(cut, "__defaults__", (0,))
    paths = Paths.of(tiny)
    pipeline.make_site(paths, Silent(), scheduler="serial")
    assert broken_links(paths.output) == []
    whole, part = (
        (paths.output / f"indicators/village-income{each}/index.html").read_text(encoding="utf-8")
        for each in ("", "/990101")
    )
    assert 'href="990101/index.html"' in whole and 'id="990101-tiny-2023-t003"' not in whole
    assert (
        'id="990101-tiny-2023-t003"' in part
        and (paths.output / "en/indicators/village-income/990101/index.html").exists()
    )
    assert (paths.output / "findings/990101-tiny-2023/index.html").exists() and (
        paths.output / "units/990101/index.html"
    ).exists()
    assert (paths.output / "en/compare/990000/villages/index.html").exists()
    for listed in ("plans", "regions/{}/places", "progress", "findings", "calendar/2025"):
        page = listed.format("990101") if "{}" in listed else f"{listed}/990101"
        text = (paths.output / page / "index.html").read_text(encoding="utf-8")
        assert "990101-tiny-2023/" in text or 'href="../index.html"' in text, page
        assert (paths.output / "en" / page / "index.html").exists()


def test_every_plan_is_in_the_list_of_one_region(drawn_from: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a province or, where that has more than one list holds, of a city of it."""
    monkeypatch.setattr(model, "MOST_PLANS", 0)
    facts = replace(drawn_from.facts)
    listed = [plan.plan.id for own in facts.parts.values() for plan in own]
    assert sorted(listed) == sorted(facts.plan) and set(facts.parts) == {"990000", "990101"}
    shared = replace(drawn_from, facts=facts)
    whole, *parts = regions.list_pages(shared, regions.links_of(shared, regions.plans_of(shared)))
    assert whole.context["regions"] == [] and [each["count"] for each in whole.context["parts"]] == [1, 1]
    assert [each["region"].region_code for part in parts for each in part.context["regions"]] == ["990000", "990101"]


def test_the_counts_of_regions_add_up_to_those_of_all(drawn_from: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = next(progress.pages(drawn_from)).context
    monkeypatch.setattr(model, "MOST_PLANS", 0)
    monkeypatch.setattr(progress, "LISTED", 1)
    first, *parts = (page.context for page in progress.pages(replace(drawn_from, facts=replace(drawn_from.facts))))
    assert first["plans"] == [] and len(first["parts"]) == len(parts) == 2
    for each in ("total", "due", "published", "verdicts"):
        assert first[each] == whole[each] == sum(part[each] for part in parts)
    assert (
        first["counts"]
        == whole["counts"]
        == {key: sum(part["counts"][key] for part in parts) for key in whole["counts"]}
    )
    assert len(first["alerts"]) == 1 < first["counts"]["alerts"]


def test_a_plan_lists_the_steps_that_its_charts_cannot_tell_apart(
    drawn_from: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overviews(colours: int, facts: Facts = drawn_from.facts) -> list[tuple[list[str], list[str]]]:
        monkeypatch.setattr(chart, "LINES", LINES[:colours])
        wanted = concept_charts.wanted(facts)
        nothing = [dict.fromkeys(charts.SIZES, charts.Drawing())] * len(wanted)
        shared = replace(drawn_from, facts=facts, charts=concept_charts.assembled(facts, wanted, nothing))
        found = [next(plans.plan_pages(shared, each)).context for each in shared.facts.plans]
        return [
            (
                [each["concept"].concept_id for each in one["charts"]],
                [each["promise"].target.target_id for each in one["paths"]],
            )
            for one in found
        ]

    charted = [(["village-coverage"], []), (["village-coverage", "farms-total"], [])]
    listed = [([], []), ([], ["990101-tiny-2023-t004", "990101-tiny-2023-t010"])]
    assert overviews(len(LINES)) == charted and overviews(0) == listed
    *others, own = drawn_from.facts.plans
    [row] = [each for each in own.targets if each.anchor == "t010"]
    once = replace(
        row, target_id="990101-tiny-2023-t099", anchor="t099", scope="沿海各镇"
    )  # a line of one step is none
    assert overviews(0, replace(drawn_from.facts, plans=(*others, with_targets(own, (*own.targets, once))))) == listed


def test_of_many_places_the_list_of_indicators_says_who_asks_the_same(drawn_from: Shared) -> None:
    """And of as many that ask each something else, the first few and how many there are besides."""
    [page] = [each for each in indicators.pages(drawn_from) if each.template == "indicators"]
    [asked] = [each for each in page.context["shared"] if each["concept"].concept_id == "income-ratio"]
    words = environments(Paths.of(HOUSE), Site("1.0.0", "2026-01-02"), drawn_from.facts.registry)

    def shown(count: int, apart: bool) -> list[str]:
        """What is said where so many places ask, of different years where they are `apart`."""
        own = asked["answer"].asks[0]
        asks = tuple(
            replace(own, region=replace(own.region, region_code=f"99{number}", name_zh=f"第{number}县"),
                    promises=tuple(_moved(each, number if apart else 0) for each in own.promises))
            for number in range(count)
        )  # fmt: skip
        many = {**asked, "answer": replace(asked["answer"], asks=asks)}
        text = render(words, replace(page, context={**page.context, "shared": [many], "single": []}))
        return [" ".join(re.sub("<[^>]*>", " ", each).split()) for each in re.findall("<li>(.*?)</li>", text, re.S)]

    assert len(shown(12, apart=True)) == 12
    assert shown(13, apart=False) == ["第0县、第1县、第2县、第3县、第4县等 13 个 约 1.8 到 2025年"]
    assert len(shown(13, apart=True)) == 6 and shown(13, apart=True)[-1] == "另有 8 种写法"


def _moved(promise: Promise, years: int) -> Promise:
    """A promise so many years later."""

    def later(target: Target) -> Target:
        return replace(target, period_end=str(int(target.period_end) + years))

    return Promise(tuple(Step(tuple(map(later, step.said))) for step in promise.steps))


def test_a_list_of_lists_is_not_filtered_by_region(drawn_from: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each indicator would name every place."""
    assert len(next(indicators.pages(drawn_from)).context["regions"]) == 2
    monkeypatch.setattr(model, "MOST_PLANS", 0)
    assert next(indicators.pages(replace(drawn_from, facts=replace(drawn_from.facts)))).context["regions"] == []
