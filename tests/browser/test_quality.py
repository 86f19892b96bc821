"""What every page has to reach: accessible in both themes and editions,
light, strict, whole without scripts, no wider than a phone."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Browser, Response

from openplans.paths import Paths
from tests.chromium import barriers, in_the_dark

PLAN, SHORT = "plans/330411-xiuzhou-2023", "plans/330000-zhejiang-2025"
INDICATOR = "indicators/urban-rural-income-ratio"
CHINESE = [
    "",
    "regions",
    "regions/330182",
    "progress",
    "bulletins",
    "bulletins/2024-02",
    "bulletins/2025-q4",
    "plans",
    PLAN,
    f"{SHORT}/targets",
    "plans/330182-jiande-2023/tasks",
    "plans/330326-pingyang-2025/projects",
    f"{PLAN}/units",
    f"{SHORT}/text",
    "plans/330305-dongtou-2023/text",
    "indicators",
    INDICATOR,
    "compare",
    "calendar",
    "calendar/2030",
    "units",
    "units/330411/agriculture-water",
    "themes",
    "themes/grain",
    "findings",
    "data",
    "data/dictionary",
    "data/sql",
    "search",
    "about",
    "method",
    "contribute",
]
ENGLISH = [
    f"en/{path}".rstrip("/")
    for path in [
        "",
        "plans",
        "regions/330182",
        "progress",
        "bulletins",
        "bulletins/2024-02",
        PLAN,
        "indicators",
        INDICATOR,
        "compare",
        "calendar",
        "findings",
        "data",
        "search",
        "method",
    ]
]
PAGES = [f"{path}/index.html".lstrip("/") for path in CHINESE + ENGLISH]
"""A page of each kind in each edition; of long kinds a short
one, since what has to hold does not hang on the length."""

FIRST_VIEW, REQUESTS = 150_000, 15
"""What the first view may weigh (bytes, gzip) and ask for: an old phone on a slow line opens it at once."""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_in_both_themes_and_fits_a_phone(look, path: str) -> None:
    page = look(path, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("h1").count() == 1 and page.title()
    in_light = barriers(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert in_light + in_the_dark(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, "also where a wide window became narrow"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_without_scripts(look, path: str) -> None:
    page = look(path, scripts=False)
    sections = page.locator("main section:visible")
    assert [each.get_attribute("aria-labelledby") for each in sections.all() if not each.inner_text().strip()] == []
    assert len(page.locator("main").inner_text()) > 120
    controls = page.locator("main :is(button, select, input):visible")
    assert controls.count() == 0, "what needs scripts is not shown"


_SMALL = """() => [...document.querySelectorAll("main *")].filter((each) => !each.closest("svg, template, script")
  && [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim())
  && 0 < parseFloat(getComputedStyle(each).fontSize) && parseFloat(getComputedStyle(each).fontSize) < 10)
  .map((each) => each.textContent)"""
"""What has letters below 10 pixels; of 0 is what is folded away."""


@pytest.mark.parametrize("path", ["regions/330182", "plans/330305-dongtou-2023/targets"])
def test_no_letters_are_too_small_to_read(look, path: str) -> None:
    assert look(f"{path}/index.html", width=390).evaluate(_SMALL) == []


@pytest.mark.parametrize("path", ["data/index.html", "en/data/index.html"])
def test_what_releases_changed_has_the_width_of_a_phone(look, path: str) -> None:
    page = look(path, width=390, scripts=False)
    page.locator("details:has(.op-sentences) > summary").click()
    lines = page.locator(".op-sentences li")
    assert lines.count() > 10
    assert {each["width"] > 300 for each in (line.bounding_box() for line in lines.all())} == {True}


@pytest.mark.parametrize(
    ("path", "scripts"),
    [
        ("index.html", ["theme.js", "page.js"]),
        (f"{INDICATOR}/index.html", ["theme.js", "page.js", "chart.js"]),
        ("en/index.html", ["theme.js", "page.js"]),
        ("search/index.html", ["theme.js", "page.js", "search.js"]),
    ],
)
def test_the_first_view_is_light(browser: Browser, address: str, path: str, scripts: list[str]) -> None:
    """In a context of its own: nothing is kept from another page."""
    page = browser.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # Playwright marks its handlers: no builtin
    page.goto(f"{address}/{path}", wait_until="networkidle")
    weights = {each.url: len(gzip.compress(each.body(), 6)) for each in answers if each.status == 200}
    assert sum(weights.values()) <= FIRST_VIEW and len(answers) <= REQUESTS, weights
    assert [each.url for each in answers if each.request.resource_type == "font"] == []
    assert sorted(url.rpartition("/")[2] for url in weights if url.endswith(".js")) == sorted(scripts)
    page.close()


def test_the_keyboard_is_enough_to_reach_the_content(visit) -> None:
    page = visit(f"{PLAN}/index.html")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_print_shows_the_document_and_no_menu(visit) -> None:
    page = visit(f"{PLAN}/targets/index.html")
    page.emulate_media(media="print")
    assert page.locator("#targets tbody tr").first.is_visible()
    assert not page.locator(".op-header").is_visible() and not page.locator(".op-filters").is_visible()


def test_no_page_has_a_script_or_a_style_in_its_text(real: Paths) -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")|<style|\son[a-z]+=\"|\sstyle=\""
    )
    found = {}
    for page in real.output.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if hits := inline.findall(text):
            found[page.relative_to(real.output).as_posix()] = hits[:3]
        policy = re.search(r'Content-Security-Policy"\s+content="([^"]+)"', text)
        assert policy and "unsafe-inline" not in policy[1] and "'unsafe-eval'" not in policy[1], page
    assert found == {}
