"""/compare/ and /calendar/ in a real Chromium: the choice, its address,
the way to the sentence, and what is left without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

COMPARE = "compare/index.html"
SHARED = f"{COMPARE}?regions=330182,330411&theme=grain"


def everything(page) -> int:
    """How many indicators the matrix has, shown or not."""
    return page.locator("#matrix tbody tr").count()


def heads(page) -> list[str]:
    return page.locator("#matrix thead:visible >> nth=0 >> th:visible").all_inner_texts()


def test_a_shared_address_brings_back_the_choice(visit) -> None:
    page = visit(SHARED)
    assert heads(page) == ["指标", "建德市", "秀洲区"]
    assert page.locator("#matrix tbody tr:visible:not([data-theme=grain])").count() == 0
    assert page.locator("input[name=regions]:checked").count() == 2
    shown = page.locator("#matrix tbody tr:visible").count()
    assert 0 < shown < everything(page)
    assert page.locator("output").inner_text() == f"显示 {shown} 个指标，共 {everything(page)} 个"


def test_what_is_chosen_is_in_the_address_and_back_undoes_it(visit) -> None:
    page = visit(COMPARE)
    page.uncheck("text=平阳县")
    page.select_option("select[name=theme]", "grain")
    page.check("text=只看两地以上都有的")
    expect(page).to_have_url(re.compile(r"\?regions=330000,330182,330305,330411&theme=grain&shared=2$"))
    both = page.locator("#matrix tbody tr:visible")
    assert both.count() > 0
    for row in both.all():
        assert row.locator("td:visible:has(.op-entry:visible)").count() >= 2
    page.go_back()
    expect(page.get_by_label("只看两地以上都有的")).not_to_be_checked()
    assert page.url.endswith("&theme=grain")
    page.go_back()
    page.go_back()
    expect(page.locator("#matrix tbody tr:visible")).to_have_count(everything(page))
    assert "?" not in page.url
    page.go_forward()
    expect(page.locator("#matrix thead:visible >> nth=0").locator("th:visible")).to_have_text(
        ["指标", "浙江省", "建德市", "洞头区", "秀洲区"]
    )


def test_a_year_leaves_what_is_due_in_it(visit) -> None:
    page = visit(f"{COMPARE}?year=2023")
    entries = page.locator(".op-entry:visible")
    assert entries.count() > 0
    assert all("2023" in each.get_attribute("data-years").split() for each in entries.all())
    assert page.locator("td[data-absent='这一年没有']:visible").count() > 0


def test_nothing_to_show_is_said(visit) -> None:
    page = visit(f"{COMPARE}?regions=330000&shared=2")
    assert "没有指标可列" in page.locator("#matrix-empty").inner_text()
    page.click("button[type=reset]")
    page.wait_for_selector("#matrix tbody tr:visible")
    assert page.locator("#matrix tbody tr:visible").count() == everything(page) and "?" not in page.url


def test_what_an_address_asks_in_vain_is_passed_over(visit) -> None:
    page = visit(f"{COMPARE}?regions=999999&theme=nothing&year=1")
    assert page.locator("#matrix tbody tr:visible").count() == everything(page)


def test_the_link_is_copied(visit) -> None:
    page = visit(SHARED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("text=复制链接")
    page.wait_for_function("document.querySelector('output').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_where_the_clipboard_is_closed_the_link_is_shown(visit) -> None:
    page = visit(COMPARE)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.click("text=复制链接")
    assert page.input_value("[data-link]:visible") == page.url


def test_a_region_is_chosen_from_the_keyboard(visit) -> None:
    page = visit(COMPARE)
    page.focus("input[name=regions] >> nth=0")
    page.keyboard.press("Space")
    assert heads(page)[1] == "建德市"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert heads(page)[1] == "洞头区"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_from_a_cell_to_the_row_and_to_the_sentence(visit, scripts: bool) -> None:
    page = visit(COMPARE, scripts=scripts)
    cell = page.locator("tr", has_text="城乡居民收入比").first.locator("td[data-region='330411'] .op-entry").last
    assert "要求比浙江省更严" in cell.inner_text()
    cell.locator("a.op-quote").first.click()
    expect(page.locator("mark:target")).to_have_text("城乡居民收入倍差保持在1.5左右")
    page.go_back()
    cell.locator("a").first.click()
    page.wait_for_url("**/targets/index.html#t*")
    row = page.locator(f"tr#{page.url.partition('#')[2]}")
    expect(row).to_contain_text("城乡居民收入")
    expect(row).to_be_in_viewport()


def test_without_scripts_the_matrix_is_whole(visit) -> None:
    page = visit(SHARED, scripts=False)
    assert (
        page.locator("#matrix tbody tr:visible").count() == everything(page)
        and not page.locator("#choose").is_visible()
    )


def test_a_cell_without_a_target_says_so(visit) -> None:
    page = visit(COMPARE, width=390)
    empty = page.locator("td.op-matrix__none:visible").first
    assert empty.inner_text() == "没有"
    name = empty.evaluate("each => getComputedStyle(each, '::before').content")
    assert "浙江省" in name


def test_the_calendar_is_filtered_by_its_address(visit) -> None:
    page = visit("calendar/index.html")
    page.click("table.op-years tr:last-child a[href*='2027']")
    page.click("a.op-button[href='330411-xiuzhou-2023/index.html']")  # too many for one page: a page for each plan
    page.wait_for_selector("form[data-ready]")
    expect(page.locator("#due tr[data-row]:visible")).to_have_count(68)
    page.select_option("select[name=theme]", "industry")
    assert 0 < page.locator("#due tr[data-row]:visible").count() < 68 and "theme=industry" in page.url
    page.locator("#due a.op-quote:visible").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_the_calendar_can_be_taken_away(visit) -> None:
    page = visit("calendar/index.html")
    with page.expect_download() as waiting:
        page.click("text=下载 calendar.ics")
    assert waiting.value.suggested_filename == "calendar.ics"
