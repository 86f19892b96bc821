"""Datasette's pages in a browser: no barrier, and no wider than a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from openplans.paths import Paths
from tests.chromium import barriers, in_the_dark
from tests.server.http import public_server

PAGES = ("", "/targets?_search=养老", "/due_in_year?year=2027", "/targets/330326-pingyang-2025-t005", "?sql=nonsense")


@pytest.fixture(scope="module")
def public(real: Paths) -> Iterator[str]:
    """The public server on the real plans."""
    with public_server(real.output) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_barrier_or_is_wider_than_a_phone(browser: Browser, public: str, path: str) -> None:
    # axe is a script, which the pages' own policy would not let run
    page = browser.new_page(viewport={"width": 390, "height": 800}, bypass_csp=True)
    page.goto(f"{public}/db/openplans{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert barriers(page) + in_the_dark(page) == []
    page.close()


def test_no_field_is_so_small_that_a_phone_zooms_into_it(browser: Browser, public: str) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    for path in ("/targets?_search=养老", "/due_in_year?year=2027", "?sql=select+1"):
        page.goto(f"{public}/db/openplans{path}")
        sizes = page.locator("input:visible, select:visible, textarea:visible").evaluate_all(
            "fields => fields.map(field => parseFloat(getComputedStyle(field).fontSize))"
        )
        assert sizes and min(sizes) >= 16, path
    phone.close()


def test_a_search_in_the_box_leads_to_the_sentence_on_the_site(browser: Browser, public: str) -> None:
    page = browser.new_page()
    page.goto(f"{public}/db/openplans/targets")
    page.get_by_label("检索（几个词用空格隔开）").fill("平阳 养老")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("link", name="text#t069").click()
    expect(page).to_have_url(re.compile("/plans/330326-pingyang-2025/text/index.html#t069$"))
    expect(page.locator("#t069")).to_contain_text("持证养老护理员")
    page.close()
