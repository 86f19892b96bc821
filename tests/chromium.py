"""The browser of the tests: one for each process, since Playwright's
synchronous interface can be started only once in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

PATIENT = 120_000
"""Milliseconds that a test waits for a page: far more than any
needs on a busy machine, and what never comes is told soon."""

expect.set_options(timeout=PATIENT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


COLOURS = ("color-contrast", "link-in-text-block")
"""What another theme can change of what axe judges."""


def barriers(page: Page, *rules: str) -> list[tuple[str, str, list[str]]]:
    """What axe finds on a page, by all its rules or by these: the rule, its help, and the first places. What passes
    is not described, which would take most of the time."""
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], each["help"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
