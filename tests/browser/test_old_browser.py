"""A journey through the real site in Chromium 109 (January 2023), the oldest browser that the site promises to work in.

Not part of the suite: `make oldbrowser` fetches that browser (npm's @sparticuz/chromium) and runs this file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.chromium import FLAGS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("OLD_CHROMIUM" not in os.environ, reason="make oldbrowser runs it"),
]

XIUZHOU = "plans/330411-xiuzhou-2023"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path, flags = os.environ["OLD_CHROMIUM"], ["--headless", "--disable-gpu"]
        found = playwright.chromium.launch(executable_path=path, args=FLAGS + flags, headless=False)
        assert found.version.startswith("109.")
        yield found


def test_lists_open_are_filtered_and_keep_what_is_typed(visit) -> None:
    page = visit(f"{XIUZHOU}/targets/index.html?theme=industry#t006", width=390)
    expect(page.locator("tr#t006")).to_be_visible()
    page.locator("[name=text]").fill("工厂")
    assert "text=" in page.url
    page.click("[type=reset]")
    page.locator("details.op-section > summary").first.click()
    assert page.locator("#targets tbody tr:visible").count() > 0


def test_both_themes_have_their_colours_and_charts_theirs(visit) -> None:
    page = visit("indicators/urban-rural-income-ratio/index.html")
    colours = []
    for _ in range(2):
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        stroke = page.evaluate("getComputedStyle(document.querySelector('svg.op-chart path[stroke]')).stroke")
        assert re.fullmatch(r"rgb\(.*\)", stroke)
        page.click(".op-theme")
    assert colours == ["rgb(255, 255, 255)", "rgb(16, 25, 28)"]
    page.click("[data-explore]")
    expect(page.locator(".op-figure__chart--live svg")).to_be_visible()


def test_the_matrix_is_chosen_from(visit) -> None:
    page = visit("compare/index.html")
    page.select_option("select[name=year]", "2025")
    assert "year=2025" in page.url and page.locator("tr:visible .op-entry:visible").count() > 0


def test_search_finds_and_keeps_the_query_in_the_address(visit) -> None:
    page = visit("search/index.html?q=收入比")
    expect(page.locator("#op-hits a").first).to_be_visible()
    page.fill("#op-q", "污水")
    page.press("#op-q", "Enter")
    expect(page.locator("#op-hits a").first).to_be_visible()
    assert "q=" in page.url


def test_sql_runs(visit) -> None:
    page = visit("data/sql/index.html#sql=select%201%2B1%20as%20two")
    page.click("#op-sql-run")
    expect(page.locator("#op-sql-result td").first).to_have_text("2")
