"""The page for what is not found, as a plain server shows it: at any depth, in whatever folder the site lies."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, expect

from openplans.paths import Paths
from tests.browser.conftest import Quiet, served


class WithItsOwn(Quiet):
    """A static server that shows the site's 404.html, as `lost`."""

    lost = b""

    def send_error(self, code: int, *_: object) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.lost)))
        self.end_headers()
        self.wfile.write(self.lost)


@pytest.fixture(scope="module", params=["", "some/folder/"])
def site(request: pytest.FixtureRequest, built: Paths, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The tiny site, built without an address, at the root of a host or in a folder of it."""
    root = built.output
    if request.param:
        root = tmp_path_factory.mktemp("www")
        (root / request.param).parent.mkdir(parents=True)
        (root / request.param).symlink_to(built.output)
    handler = type("Handler", (WithItsOwn,), {"lost": (built.output / "404.html").read_bytes()})
    with served(root, handler) as found:
        yield f"{found}/{request.param}"


@pytest.mark.parametrize("missing", ["nought", "plans/nought.html", "a/b/c/d"])
def test_what_is_not_found_leads_back_into_the_site(browser: Browser, site: str, missing: str) -> None:
    page = browser.new_page()
    answer = page.goto(site + missing)
    assert answer and answer.status == 404
    links = [each.get_attribute("href") for each in page.locator("#main a, a.op-brand").all()]
    assert links and all(page.request.get(urljoin(site, each)).ok for each in links)
    expect(page.locator(".op-brand")).to_have_css("font-weight", "700")  # its styles are there
    page.get_by_role("link", name="搜索", exact=True).click()
    assert page.url == f"{site}search/index.html"
    page.close()


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("990101-tiny-2023-t003", "targets/index.html#t003"),
        ("en/plans/990101-tiny-2023/targets/k001/", "tasks/index.html#k001"),
        ("plans/990101-tiny-2023/u001", "index.html#u001"),
    ],
)
def test_the_id_of_a_row_leads_to_the_row(browser: Browser, site: str, address: str, place: str) -> None:
    page = browser.new_page()
    page.goto(site + address)
    page.wait_for_url(f"{site}plans/990101-tiny-2023/{place}")
    assert page.locator(f"#{place.partition('#')[2]}").count() == 1
    page.close()
