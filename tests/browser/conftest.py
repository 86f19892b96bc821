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
def served(folder: Path) -> Iterator[str]:
    """The address of a folder behind a static server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
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


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[object]:
    """Open a page in a fresh context. At the end: no console error, and no request to another host."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def listen(page: Page) -> None:
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

    def opened(path: str, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENT)
        contexts.append(context)
        page = context.new_page()
        listen(page)
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []
