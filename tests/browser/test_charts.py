"""The charts in a real browser: legible on a phone, open to
exploration under the pages' strict policy, fit to be embedded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from openplans.paths import Paths

pytestmark = pytest.mark.browser

RATIO = "indicators/urban-rural-income-ratio/index.html"
LIVE = ".op-figure__chart--live"


def explored(page: Page) -> Page:
    page.click("[data-explore]")
    page.wait_for_selector(f"{LIVE} path[tabindex]")
    return page


@pytest.mark.parametrize("path", ["index.html", RATIO, "embed/urban-rural-income-ratio/index.html"])
def test_the_letters_of_a_chart_are_legible_on_a_phone(visit, path: str) -> None:
    page = visit(path, width=360)
    sizes = page.evaluate(
        """[...document.querySelectorAll("svg.op-chart text")].filter(each => each.getClientRects().length).map(
            each => parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a)"""
    )
    assert len(sizes) > 10 and min(sizes) >= 11


CROSSED = """pages => {
    const found = [];
    for (const [path, text] of Object.entries(pages)) {
        const there = new DOMParser().parseFromString(text, "text/html").querySelector("main");
        document.querySelector("main").replaceWith(document.importNode(there, true));
        const shown = [...document.querySelectorAll("svg.op-chart")].find(each => each.getClientRects().length);
        if (!shown) continue;
        const frame = shown.getBoundingClientRect(), seen = [];
        for (const label of shown.querySelectorAll("text")) {
            const box = label.getBoundingClientRect(), word = label.textContent;
            const inside = box.left >= frame.left - 1 && box.right <= frame.right + 1;
            if (!inside) found.push(`${path}: ${word} leaves the chart`);
            for (const [other, name] of seen) {
                const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
                const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
                const covers = name !== word && across > 2 && down > box.height / 3;
                if (covers) found.push(`${path}: ${word} covers ${name}`);
            }
            seen.push([box, word]);
        }
    }
    return found;
}"""
"""The labels that leave their chart or cover another, of pages to embed, by name. Each takes the place of the page in
view: to open a thousand pages would take minutes."""


@pytest.mark.parametrize("width", [360, 760])
@pytest.mark.parametrize("language", ["", "en/"])
def test_no_label_leaves_its_chart_or_covers_another(visit, real: Paths, language: str, width: int) -> None:
    """All charts in both sizes, with the fonts of this machine, whatever they are."""
    folder = real.output / language / "embed"
    pages = {each.name: (each / "index.html").read_text(encoding="utf-8") for each in sorted(folder.iterdir())}
    page = visit(f"{language}embed/{next(iter(pages))}/index.html", width=width)
    assert page.locator("main svg.op-chart:visible").count() == 1
    assert page.evaluate(CROSSED, pages) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_explored_with_the_mouse(visit, scheme: str) -> None:
    page = visit(RATIO, scheme=scheme)
    still = page.locator("svg.op-chart--wide text").all_text_contents()
    explored(page)
    assert set(page.locator(f"{LIVE} text").all_text_contents()) >= set(still)
    page.locator(f"{LIVE} path[aria-label^='秀洲区 2027']").hover()
    assert page.locator(".op-tip").inner_text().split("\n") == ["秀洲区 2027", "≈1.5", "城乡居民收入倍差\u30001.50左右"]
    page.locator(f"{LIVE} path[aria-label^='秀洲区 2027']").click()
    expect(page.locator("mark:target")).to_have_text("1.50左右")


def test_a_chart_is_explored_with_the_keyboard(visit) -> None:
    page = visit(RATIO)
    page.focus("[data-explore]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{LIVE} path[tabindex]")
    page.wait_for_function("document.activeElement.matches('.op-figure__chart--live')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "平阳县 2025: ≤1.82"
    assert page.locator(".op-tip").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/330326-pingyang-2025/text/index.html#t*")


def test_vega_is_loaded_only_when_asked_for(visit) -> None:
    page = visit(RATIO)
    names = "performance.getEntriesByType('resource').map(each => each.name.split('/').pop())"
    before = set(page.evaluate(names))
    assert not [name for name in before if "vega" in name]
    explored(page)
    asked = set(page.evaluate(names)) - before
    assert asked == {"vega.min.js", "vega-interpreter.js", "urban-rural-income-ratio.vg.json"}


@pytest.mark.parametrize(("width", "size"), [(390, "narrow"), (1280, "wide")])
def test_a_page_shows_the_drawing_that_fits_and_has_each_label_once(visit, width: int, size: str) -> None:
    page = visit(RATIO, width=width)
    assert page.locator("#chart svg.op-chart:visible").evaluate_all("all => all.map(each => each.dataset.size)") == [
        size
    ]
    assert page.evaluate("document.body.innerText.split(/浙江省 ≤1.8(?!\\d)/).length - 1") == 1


def test_the_interactive_chart_has_each_label_once_and_what_is_on_the_phone_is_narrow(visit) -> None:
    page = explored(visit(RATIO, width=390))
    labels = page.locator(f"{LIVE} text").all_text_contents()
    assert labels.count("浙江省 ≤1.8") == 1
    assert round(float(page.locator(f"{LIVE} svg").get_attribute("viewBox").split()[2])) == 320


def test_without_scripts_the_chart_is_there_and_no_button_that_does_nothing(visit) -> None:
    page = visit(RATIO, scripts=False)
    assert page.locator("svg.op-chart:visible").count() == 1
    assert page.locator("#chart button:visible").count() == 0
    assert page.locator(".op-chart-files a").all_inner_texts() == ["宽", "窄", "宽", "窄", "CSV", "Vega-Lite"]


def test_every_file_under_a_chart_is_there(visit, real: Paths) -> None:
    page = visit(RATIO)
    links = page.locator(".op-chart-files a").evaluate_all("all => all.map(each => each.href)")
    assert all((real.output / link.split("/some/folder/")[1]).is_file() for link in links) and len(links) == 6


def test_the_code_to_embed_shows_the_chart_in_another_page(visit, browser, address: str) -> None:
    page = visit(RATIO)
    code = page.input_value("[data-embed]")
    assert f'src="{address}/embed/urban-rural-income-ratio/"' in code
    other = browser.new_page()
    other.set_content(f"<p>An article</p>{code}")
    frame = other.frame_locator("iframe")
    link = frame.locator("h1 a")
    assert link.inner_text().startswith("城乡居民收入比：") and link.get_attribute("target") == "_blank"
    for width in (360, 800):
        other.set_viewport_size({"width": width, "height": 900})
        size = "narrow" if width < 560 else "wide"
        expect(frame.locator(f"svg.op-chart--{size}")).to_be_visible()
        main = "Math.ceil(document.querySelector('main').getBoundingClientRect().bottom)"
        expect(other.locator("iframe")).to_have_attribute("height", str(other.frames[1].evaluate(main)))
    assert other.frames[1].evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    other.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_embeds_a_chart_chooses_its_theme(visit, scheme: str) -> None:
    def ground(query: str) -> str:
        page = visit(f"embed/urban-rural-income-ratio/index.html{query}", scheme=scheme)
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light, dark = ground("?theme=light"), ground("?theme=dark")
    assert light == "rgb(255, 255, 255)" and dark != light
    assert ground("") == ground("?theme=other") == {"light": light, "dark": dark}[scheme], "else the reader's"
