"""A journey through the real site in Chromium 109 (January 2023), the oldest browser that the site promises to work in.

Nightly: `make oldbrowser` fetches that browser (npm's @sparticuz/chromium) and runs this file; `make nightly` runs it
where the browser is there. What each part of the site needs stands in docs/browsers.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from openplans.paths import HOUSE, Paths
from tests.browser.test_quality import CHINESE, ENGLISH, INDICATOR
from tests.chromium import FLAGS
from tests.server.http import public_server

OLD = HOUSE / "build/chromium-109/chromium"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.nightly,
    pytest.mark.skipif(not OLD.exists(), reason="Chromium 109 is not here: make oldbrowser fetches it"),
]

XIUZHOU = "plans/330411-xiuzhou-2023"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--headless", "--disable-gpu"]
        found = playwright.chromium.launch(executable_path=OLD, args=flags, headless=False)
        assert found.version.startswith("109.")
        yield found


@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_has_its_colours_and_no_error(visit, width: int) -> None:
    for path in (*CHINESE, *ENGLISH, f"embed/{INDICATOR.rpartition('/')[2]}"):
        page = visit(f"{path}/index.html".lstrip("/"), width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("getComputedStyle(document.querySelector('h1, svg')).color") == "rgb(23, 37, 42)", path
        assert page.evaluate("document.documentElement.dataset.scripts") == "served" or path.startswith("embed/"), path
        page.context.close()


def test_a_citation_is_copied_and_unfolds_whole(visit) -> None:
    page = visit(f"{XIUZHOU}/targets/index.html")
    row = page.locator("#t006")
    row.locator(".op-copy").click()
    expect(page.locator("#op-said")).to_contain_text("#t006")
    row.locator(".op-cite > summary").click()
    expect(row.locator(".op-cite")).to_contain_text("GB/T 7714")


def test_the_calendar_leads_from_a_count_to_its_list_and_gives_its_file(visit) -> None:
    page = visit("calendar/index.html", width=390)
    with page.expect_download() as given:
        page.locator(".op-years a[href$='.ics']").first.click()
    assert given.value.suggested_filename.endswith(".ics")
    page.locator(".op-years tbody td a").first.click()
    expect(page.locator("h1")).to_be_visible()


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


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(23, 37, 42)"), ("dark", "rgb(230, 238, 240)")])
def test_datasette_has_the_colours_of_the_site(browser: Browser, real: Paths, scheme: str, ink: str) -> None:
    with public_server(real.output) as address:
        page = browser.new_page(color_scheme=scheme)
        for path in ("", "/targets?_search=养老", "/targets/330326-pingyang-2025-t005", "?sql=select+1"):
            page.goto(f"{address}/db/openplans{path}")
            colours = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
            assert page.evaluate(colours) == [ink, {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 25, 28)"}[scheme]]
        page.close()
