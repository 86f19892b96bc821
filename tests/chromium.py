"""The browser of the tests: one for each process, since Playwright's
synchronous interface can be started only once in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)
"""The browser that is there: the shell without windows first, which needs a third of the CPU."""
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


CONTRAST = "color-contrast"
"""What axe needs most of its time for. It and the rule on links in text are what another theme can change."""

ALIKE = """() => {
  const chains = new Map(), first = new Map();
  const chain = (each) => {
    if (!each) return "";
    if (!chains.has(each)) {
      const { color, backgroundColor, backgroundImage, opacity, filter, mixBlendMode, fontSize, fontWeight, textShadow,
        textDecorationLine, borderBottom, display, position, clip, clipPath } = getComputedStyle(each);
      chains.set(each, [chain(each.parentElement), each.tagName, each.getAttribute("class"), color, backgroundColor,
        backgroundImage, opacity, filter, mixBlendMode, fontSize, fontWeight, textShadow, textDecorationLine,
        borderBottom, display, position, clip, clipPath, each.matches(":disabled, [aria-disabled=true]")].join());
    }
    return chains.get(each);
  };
  for (const each of document.body.querySelectorAll("*")) {
    const own = [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own && !each.matches("a, button, input, select, textarea") || !each.getClientRects().length) continue;
    const text = each.textContent.trim();
    const key = [chain(each), text.length > 1, /[\\p{L}\\p{N}]/u.test(text)].join();
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}"""
"""Of the elements with text that have, with all they are in, the same classes and look, the first: a row stands for its
table. axe needs milliseconds for the colours of each; a text of one letter it doesn't judge."""

Barrier = tuple[str, str, list[str]]
"""What axe finds: the rule, its help, and the first places."""


def barriers(page: Page) -> list[Barrier]:
    """What axe finds on a page by all its rules."""
    return _found(page, "document", {"rules": {CONTRAST: {"enabled": False}}}) + _contrast(page)


def in_the_dark(page: Page) -> list[Barrier]:
    """What is wrong with the colours of an open page when its reader's system goes over to the dark theme."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour is on its way to another
    return _found(page, "document", {"runOnly": ["link-in-text-block"]}) + _contrast(page)


def _contrast(page: Page) -> list[Barrier]:
    return _found(page, f"{{include: ({ALIKE})()}}", {"runOnly": [CONTRAST]})


def _found(page: Page, where: str, options: dict[str, object]) -> list[Barrier]:
    """What passes is not described, which would take most of the time."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    run = f"async options => (await axe.run({where}, options)).violations"
    found = page.evaluate(run, {"resultTypes": ["violations"], **options})
    return [(each["id"], each["help"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
