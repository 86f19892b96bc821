"""The built site in a real Chromium: the way from the home page to the sentence, with and without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from openplans.paths import Paths

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_from_home_to_the_highlighted_sentence_and_back(visit, scripts: bool) -> None:
    page = visit("index.html", scripts=scripts)
    page.click("nav[aria-labelledby=places] >> text=秀洲区")
    page.click("main >> text=秀洲区深化“千村示范、万村整治”工程和促进城乡融合发展实施方案")
    page.click("nav.op-tabs >> text=目标")
    row = page.locator("tr", has_text="数字农业工厂")
    row.locator("a.op-quote").first.click()
    mark = page.locator("mark:target")
    expect(mark).to_have_text("数字农业工厂12")
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_css("background-color", "rgb(255, 210, 77)")
    anchor = page.url.partition("#")[2]
    page.click(f"a.op-ref >> text={anchor}")
    expect(page).to_have_url(re.compile(f"targets/index.html#{anchor}$"))
    expect(page.locator("tr:target")).to_contain_text("数字农业工厂")


def test_from_an_indicator_to_a_region_and_its_sentence(visit) -> None:
    page = visit("indicators/index.html")
    page.click("text=城乡居民收入比")
    page.wait_for_url("**/indicators/urban-rural-income-ratio/**")
    chart = page.locator("svg.op-chart:visible")
    drawn = dict(re.findall(r"(\w{3}) \D?(\d\.\d+)", "；".join(chart.locator("text").all_text_contents())))
    assert drawn["秀洲区"] == "1.5"
    assert "秀洲区到2027年保持在约1.5" in page.inner_text(".op-answer")
    for region, value in drawn.items():  # the table under the chart has the same numbers
        assert any(value in row for row in page.locator("tbody tr", has_text=region).all_inner_texts())
    page.locator("tbody tr", has_text="秀洲区").first.locator("a.op-quote").first.click()
    expect(page.locator("mark:target")).to_have_text("城乡居民收入倍差保持在1.5左右")


TARGETS = "plans/330411-xiuzhou-2023/targets/index.html"


def test_a_list_is_filtered_and_the_choice_is_in_the_address(visit) -> None:
    page = visit(TARGETS)
    page.select_option("select[name=theme]", "industry")
    page.select_option("select[name=year]", "2025")
    rows = page.locator("#targets tbody tr:visible")
    assert 0 < rows.count() < 40
    assert all("2025" in row.get_attribute("data-year").split() for row in rows.all())
    expect(page.locator("output")).to_have_text(f"显示 {rows.count()} 条，共 69 条")
    again = visit(page.url.split("/some/folder/")[1])
    expect(again.locator("#targets tbody tr:visible")).to_have_count(rows.count())
    again.click("button[type=reset]")
    expect(again.locator("#targets tbody tr:visible")).to_have_count(69)
    assert "theme=" not in again.url


def test_what_is_chosen_before_the_script_has_come_is_kept(visit, address: str) -> None:
    page, held = visit("about/index.html"), []
    page.route("**/table.js", lambda route: held.append(route))
    with page.expect_request("**/table.js"):
        page.goto(f"{address}/{TARGETS}", wait_until="commit")
    page.select_option("select[name=year]", "2025")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.wait_for_selector("form[data-ready]")
    assert page.input_value("select[name=year]") == "2025" and page.url.endswith("?year=2025")
    assert page.locator("#targets tbody tr:visible:not([data-year~='2025'])").count() == 0


def test_a_list_is_sorted_from_the_keyboard(visit) -> None:
    page = visit(TARGETS, width=390)

    def values() -> list[float]:
        cells = page.locator("#targets tbody td[data-label=时间]")
        return [float(each) for each in cells.evaluate_all("all => all.map(each => each.dataset.value)") if each]

    printed = values()
    page.locator("details.op-section > summary").first.click()
    page.locator("th[data-sort]:visible >> text=时间").first.focus()
    page.keyboard.press("Enter")
    assert values() == sorted(printed) and page.locator("th[aria-sort=ascending]").count() == 1
    page.keyboard.press("Enter")
    assert values() == sorted(printed, reverse=True) and len(set(printed)) > 1
    page.reload()
    page.wait_for_selector("th[aria-sort=descending]")
    assert "sort=-" in page.url and values() == sorted(printed, reverse=True), "the order can be shared"
    page.locator("[type=reset]").click()
    page.wait_for_function("!document.querySelector('th[aria-sort]')")
    assert "sort" not in page.url and values() == printed, "as the page was"


def test_numbers_are_sorted_as_numbers(visit) -> None:
    page = visit("units/index.html?sort=-牵头")
    page.wait_for_selector("th[aria-sort=descending]")
    led = page.locator("#units td[data-label=牵头]").evaluate_all("all => all.map(each => Number(each.dataset.value))")
    assert led == sorted(led, reverse=True) and led[0] >= 10


def test_a_filter_that_nothing_matches_says_so(visit) -> None:
    page = visit(TARGETS)
    page.locator("[name=text]").fill("没有这样的行")
    page.wait_for_selector("[data-empty]:visible")
    assert not page.locator("#targets").is_visible()
    page.locator("[type=reset]").click()
    page.wait_for_selector("#targets tbody tr:visible")
    assert not page.locator("[data-empty]").is_visible()


def test_without_scripts_a_list_is_whole(visit) -> None:
    page = visit(TARGETS, scripts=False)
    assert page.locator("#targets tbody tr").count() == 69 and not page.locator(".op-filters").is_visible()


def test_the_theme_is_chosen_with_a_button_and_kept(visit) -> None:
    page = visit("index.html")
    assert page.get_attribute(".op-theme", "aria-pressed") == "false"
    page.click(".op-theme")
    assert page.get_attribute(".op-theme", "aria-pressed") == "true"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.click("nav.op-menu a >> nth=0")
    expect(page).to_have_url(re.compile("/plans/index.html$"))
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 25, 28)")


def test_from_a_county_to_an_indicator_to_the_comparison(visit) -> None:
    page = visit("plans/330411-xiuzhou-2023/index.html")
    page.click("main figure a >> text=城乡居民收入比")
    page.click("text=并排比较“收入与就业”的各项指标")
    expect(page).to_have_url(re.compile(r"/compare/index\.html\?.*theme=income-jobs"))
    expect(page.locator("tr:visible", has_text="城乡居民收入比").first).to_contain_text("1.54")


def test_the_english_edition_is_english_and_leads_to_the_chinese_sentence(visit) -> None:
    page = visit("index.html")
    page.click("text=English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click("nav.op-menu >> text=Indicators")
    page.click("text=Urban-rural income ratio")
    expect(page).to_have_url(re.compile("/en/indicators/urban-rural-income-ratio/index.html$"))
    page.locator("a.op-quote").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


PAGES = (
    "index.html",
    "plans/330411-xiuzhou-2023/index.html",
    "plans/330411-xiuzhou-2023/targets/index.html",
    "plans/330411-xiuzhou-2023/tasks/index.html",
    "plans/330411-xiuzhou-2023/units/index.html",
    "plans/330411-xiuzhou-2023/text/index.html",
    "indicators/index.html",
    "indicators/hemei-village-coverage/index.html",
    "data/index.html",
    "about/index.html",
    "search/index.html",
)


WIDE = (
    "en/index.html",
    "en/plans/330000-zhejiang-2025/index.html",
    "en/indicators/grain-area/index.html",
    "en/compare/index.html",
    "en/calendar/2027/330305-dongtou-2023/index.html",
    "en/findings/index.html",
    "en/method/index.html",
    "compare/index.html",
    "findings/index.html",
)


@pytest.mark.parametrize("path", [*PAGES, *WIDE])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_the_screen(look, path: str, width: int) -> None:
    page = look(path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1 and page.title()


@pytest.mark.parametrize(
    "path", ["index.html", "plans/330411-xiuzhou-2023/text/index.html", "indicators/hemei-village-coverage/index.html"]
)
def test_the_dark_theme_is_dark(visit, path: str) -> None:
    page = visit(path, scheme="dark")
    light = [
        sum(map(int, re.findall(r"\d+", page.evaluate(f"getComputedStyle(document.body).{each}"))[:3]))
        for each in ("backgroundColor", "color")
    ]
    assert light[0] < 150 and light[1] > 500


def test_the_site_opens_from_a_disk(browser: Browser, real: Paths) -> None:
    page = browser.new_page()
    page.goto((real.output / "index.html").as_uri())
    page.click("main >> text=秀洲区深化“千村示范、万村整治”工程和促进城乡融合发展实施方案")
    page.click("nav.op-tabs >> text=原文")
    expect(page.locator("article.op-document")).to_be_visible()
    page.close()


def test_a_download_is_the_file(visit, real: Paths, tmp_path: Path) -> None:
    page = visit("plans/330411-xiuzhou-2023/index.html")
    page.click("summary:has-text('每张表单独下载')")
    with page.expect_download() as waiting:
        page.get_by_label("目标清单, CSV, ").click()
    waiting.value.save_as(tmp_path / "targets.csv")
    assert (tmp_path / "targets.csv").read_bytes() == (
        real.datapackages / "plans/330411-xiuzhou-2023/targets.csv"
    ).read_bytes()


def test_links_to_pages_in_chinese_say_so_and_those_lead_back_to_the_nearest_english_page(visit) -> None:
    page = visit("en/plans/330411-xiuzhou-2023/index.html")
    tabs = page.locator(".op-tabs a:not([aria-current])")
    assert [each.inner_text() for each in tabs.all() if each.get_attribute("hreflang") == "zh-CN"] == ["Full text"]
    assert page.locator("main a[hreflang][href*='/en/']").count() == 0, "what is in English needs no word"
    page.locator(".op-tabs a", has_text="Text").click()
    page.wait_for_url("**/plans/330411-xiuzhou-2023/text/index.html")
    page.locator("a", has_text="English").click()
    page.wait_for_url("**/en/plans/330411-xiuzhou-2023/index.html")


def test_from_a_unit_to_its_tasks_and_their_sentence(visit) -> None:
    page = visit("units/index.html")
    page.click("text=区农水局")
    page.locator("#duties tbody th a").first.click()
    expect(page.locator("tr:target")).to_contain_text("区农水局")
    page.locator("tr:target a.op-quote").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_page_for_what_is_not_found_leads_on_to_the_file_that_holds_the_same(
    browser: Browser, built: Paths
) -> None:
    def answer(route: Route) -> None:
        file = built.output / urlsplit(route.request.url).path.lstrip("/")
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404, path=built.output / "404.html")

    page = browser.new_page()
    page.route("http://plans.example.org/**", answer)
    page.goto("http://plans.example.org/data/plans/990101-tiny-2023/targets.json")
    page.wait_for_url("http://plans.example.org/data/plans/990101-tiny-2023.json")
    page.goto("http://plans.example.org/data/nowhere/targets.json")
    expect(page.locator("h1")).to_contain_text("没有这一页")
    page.close()
