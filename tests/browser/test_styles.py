"""Of Material's stylesheet what our pages use, and nothing a reader would miss."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from openplans.build import styles
from openplans.paths import Paths

pytestmark = pytest.mark.browser

WHOLE = next(Path(str(files("material"))).glob("templates/assets/stylesheets/main.*.css")).read_text(encoding="utf-8")

STYLED = """() => {
  const names = [...getComputedStyle(document.body)].filter((name) => !/^--|^background-position/.test(name));
  const looks = (style) => names.map((name) => name + ":" + style.getPropertyValue(name)).join(";");
  return [...document.querySelectorAll("*")].map((each) => looks(getComputedStyle(each)) + ["::before", "::after"].map(
    (part) => getComputedStyle(each, part)).filter((style) => style.content !== "none").map(looks).join("|"));
}"""
"""How every element of a page looks, and what is put before and behind it, where something is; but for where a
background picture stands, which elements have whether they have one or not."""


@pytest.mark.parametrize("path", ["index.html", "method/index.html", "about/index.html"])
def test_a_page_looks_as_it_does_with_all_of_the_themes_styles(visit, path: str) -> None:
    page = visit(path)
    page.emulate_media(reduced_motion="reduce")  # else some are on their way from one look to another
    lean = page.evaluate(STYLED)
    page.route("**/assets/material.css", lambda route: route.fulfill(body=WHOLE, content_type="text/css"))
    page.reload()
    assert len(lean) > 30 and page.evaluate(STYLED) == lean


def test_what_matches_nothing_is_left_out_with_the_variables_only_it_reads() -> None:
    css = """:root { --a: 1px; --b: var(--a); --c: 2px; --d: 3px; --e: var(--c) } p { margin: var(--b) }
      .gone { margin: var(--e) } .op-x .gone, .op-x { top: 0 } .op-x--c:hover { top: 1px }"""
    kept = styles.used(css, styles.classes(['<p class="op-x {{ more }} op-x--c">']), [".own{left:var(--d)}"])
    assert kept == (
        ":root{--a:1px;--b:var(--a);--d:3px}p{margin:var(--b)}.op-x .gone,.op-x{top:0}.op-x--c:hover{top:1px}"
    )


def test_shorter_forms_that_older_browsers_do_not_read_are_not_used() -> None:
    assert styles.minified("@media (min-width: 35em) { a { inset: 0; color: #ff0000 } }  /* so */ }") == (
        "@media (min-width:35em){a{color:red;inset:0}}"
    )


def test_of_the_site_every_stylesheet_is_lean(real: Paths) -> None:
    shipped = {path.name: path.read_text(encoding="utf-8") for path in (real.output / "assets").rglob("*.css")}
    assert set(shipped) == {"material.css", "openplans.css"}
    assert ".md-typeset" in shipped["material.css"] and ".md-nav" in WHOLE and ".md-nav" not in shipped["material.css"]
