"""Pages over all plans that would grow too long are cut: by region or plan, every row once, every link sound."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from openplans import pipeline, routes
from openplans.facts import findings, model
from openplans.facts.model import Facts
from openplans.pages import themes, units
from openplans.pages.common import Shared
from openplans.pages.page import Page
from openplans.paths import Paths
from openplans.search import records
from tests.conftest import Silent
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


def test_a_long_list_of_organizations_is_one_per_region(drawn_from: Shared) -> None:
    found = drawn_from.facts.organizations
    whole, *parts = units.list_pages(drawn_from, found, longest=1)
    assert [unit for part in parts for each in part.context["regions"] for unit in each["units"]] == found
    assert whole.context["apart"] and not any(part.context["apart"] for part in parts)
    assert [page.path for page in units.list_pages(drawn_from, found)] == ["units"]


def test_a_note_is_found_on_the_page_that_has_it(tiny_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST", 0)
    many = replace(tiny_facts)
    urls = {record.url for record in records.records(many) if record.kind == "note"}
    assert urls == {
        f"findings/{note.note_id[:16]}/index.html#{note.note_id}" for plan in many.plans for note in plan.notes
    }


def test_a_site_of_cut_pages_has_no_broken_link(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((findings, "MOST"), (model, "MOST_OF_A_CONCEPT"), (themes, "LONGEST"), (units, "LONGEST")):
        monkeypatch.setattr(module, name, 0)
    monkeypatch.setattr(themes.theme_pages, "__defaults__", (0,))
    monkeypatch.setattr(units.list_pages, "__defaults__", (0,))
    paths = Paths.of(tiny)
    pipeline.make_site(paths, Silent(), scheduler="serial")
    assert broken_links(paths.output) == []
    whole, part = (
        (paths.output / f"indicators/village-income{each}/index.html").read_text(encoding="utf-8")
        for each in ("", "/990101")
    )
    assert "village-income/990101/index.html" in whole and 'id="990101-tiny-2023-t003"' not in whole
    assert (
        'id="990101-tiny-2023-t003"' in part
        and (paths.output / "en/indicators/village-income/990101/index.html").exists()
    )
    assert (paths.output / "findings/990101-tiny-2023/index.html").exists() and (
        paths.output / "units/990101/index.html"
    ).exists()
