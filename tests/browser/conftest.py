"""A real Chromium, and the real site behind a real address, for every test of this folder."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from openplans.paths import Paths
from tests.chromium import PATIENT


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain static server that prints nothing."""

    def log_message(self, *_: object) -> None: ...


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """The address of a folder behind a static server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def address(real: Paths, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site, served from a subfolder."""
    root = tmp_path_factory.mktemp("www")
    (root / "some").mkdir()
    (root / "some/folder").symlink_to(real.output)
    with served(root) as found:
        yield f"{found}/some/folder"


def listened(page: Page, address: str, wrong: list[str]) -> Page:
    """A page whose console errors, and requests to another host, are noted."""
    page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda request: (
            request.url.startswith(("http", "ws"))
            and not request.url.startswith(address.rsplit("/", 2)[0])
            and wrong.append(request.url)
        ),
    )
    return page


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[object]:
    """Open a page in a fresh context. At the end: no console error, and no request to another host."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(path: str, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENT)
        contexts.append(context)
        page = listened(context.new_page(), address, wrong)
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def tabs(browser: Browser, address: str) -> Iterator[tuple[dict[bool, Page], list[str]]]:
    """Two pages, with scripts and without, and what goes wrong in them."""
    wrong: list[str] = []
    pages = {
        scripts: listened(browser.new_page(java_script_enabled=scripts), address, wrong) for scripts in (True, False)
    }
    for page in pages.values():
        page.set_default_timeout(PATIENT)
    yield pages, wrong
    for page in pages.values():
        page.close()


@pytest.fixture
def look(address: str, tabs: tuple[dict[bool, Page], list[str]]) -> Iterator[object]:
    """Open a page that is only looked at: as `visit` does, but where the one before it was shown. A context and a
    process for each would take most of the time."""
    pages, wrong = tabs
    wrong.clear()

    def opened(path: str, width: int = 1280, scripts: bool = True) -> Page:
        page = pages[scripts]
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{address}/{path}")
        return page

    yield opened
    assert wrong == []
