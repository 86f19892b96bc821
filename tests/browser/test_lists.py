"""Long lists in a real browser: short on a phone, folded, filtered, sorted, linked to, cited, copied and printed."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from openplans.paths import Paths

pytestmark = pytest.mark.browser

DONGTOU, XIUZHOU = "plans/330305-dongtou-2023", "plans/330411-xiuzhou-2023"
TARGETS = f"{XIUZHOU}/targets/index.html"
HIGHEST = 8_000
"""Pixels of a page at 390 pixels before anything is opened: ten screens of a phone."""


def pages(site: Path) -> list[str]:
    """Of each kind of page in each edition the heaviest four; those to embed are no pages of their own."""
    found = sorted(each.relative_to(site) for each in site.rglob("index.html") if "embed" not in each.parts)
    kinds: dict[str, list[Path]] = {}
    for page in found:
        parts = page.parts[1:] if page.parts[0] == "en" else page.parts
        kinds.setdefault(page.parts[0] + "/" + parts[0], []).append(page)
    heaviest = [sorted(each, key=lambda page: -(site / page).stat().st_size)[:4] for each in kinds.values()]
    return [page.as_posix() for group in heaviest for page in group]


def test_no_page_is_long_on_a_phone_before_something_is_opened(browser: Browser, address: str, real: Paths) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    long = {}
    for path in pages(real.output):
        page.goto(f"{address}/{path}", wait_until="domcontentloaded")
        height, width = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
        if height > HIGHEST or width > 390:
            long[path] = (height, width)
    page.close()
    assert long == {}


@pytest.mark.parametrize(
    "path",
    ["plans/330411-xiuzhou-2023/text/index.html#t178", "search/index.html?q=平阳 GDP", "search/index.html?q=PM2.5"],
)
def test_what_opens_on_a_phone_is_no_wider_than_it(visit, path: str) -> None:
    """A wide table scrolls in itself, with the words in it that only a screen reader reads; a hit's lines break."""
    page = visit(path, width=390)
    expect(page.locator("tr#t178, mark#t178, li.op-hit").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_section_and_a_row_open_on_a_phone(visit, scripts: bool) -> None:
    page = visit(f"{DONGTOU}/targets/index.html", width=390, scripts=scripts)
    assert page.locator("#targets tbody tr:visible").count() == 0
    page.locator("details.op-section > summary", has_text="养老服务").click()
    row = page.locator("tr#t046")
    expect(row).to_be_visible()
    quote = row.locator("a.op-quote")
    expect(quote).to_be_hidden()
    assert row.bounding_box()["height"] < 90, "two lines"
    row.locator(".op-cite > summary").click()
    expect(quote).to_be_visible()
    expect(row.locator("[data-cite]").first).to_contain_text("洞政办发〔2023〕14号")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_link_to_a_row_opens_its_section_and_shows_it_below_the_bar(visit, scripts: bool) -> None:
    page = visit(f"{DONGTOU}/targets/index.html#t046", width=390, scripts=scripts)
    expect(page.locator("tr#t046")).to_be_in_viewport()
    bar, row = page.locator(".op-bar").bounding_box(), page.locator("tr#t046").bounding_box()
    assert bar["y"] >= 0 and row["y"] >= bar["y"] + bar["height"] - 1, "the bar stays, and covers nothing of the row"
    assert page.locator(".op-bar__back").evaluate("each => each.href").endswith("330305-dongtou-2023/index.html")


def test_a_link_to_a_row_that_a_filter_hides_shows_it_and_says_so(visit) -> None:
    page = visit(f"{TARGETS}?theme=industry#t006")
    row, kept = page.locator("tr#t006"), page.locator(".op-bar__kept")
    expect(row).to_be_in_viewport()
    expect(kept).to_contain_text("#t006")
    page.evaluate("location.hash = 't007'")
    expect(page.locator("tr#t007")).to_be_in_viewport()
    expect(kept).to_contain_text("#t007")
    expect(row).to_be_hidden()
    page.evaluate("location.hash = document.querySelector('[data-theme=industry]').id")
    expect(kept).to_be_hidden()


@pytest.mark.parametrize("asked", ["targets/index.html?theme=education#t046", "tasks/index.html?theme=education#k001"])
def test_a_row_that_a_filter_hides_stands_below_what_the_bar_says_of_it_on_a_phone(visit, asked: str) -> None:
    page = visit(f"{DONGTOU}/{asked}", width=390)
    row = page.locator(f"[id='{asked.partition('#')[2]}']")
    expect(page.locator(".op-bar__kept")).to_be_visible()
    expect(row).to_be_in_viewport()
    bar = page.locator(".op-bar").bounding_box()
    assert row.bounding_box()["y"] >= bar["y"] + bar["height"] - 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_link_to_a_step_opens_the_line_that_it_is_part_of(visit, scripts: bool) -> None:
    page = visit(f"{TARGETS}#t058", width=390, scripts=scripts)
    step, line = page.locator("li#t058"), page.locator("tr#t001")
    expect(step).to_be_in_viewport()
    expect(line).to_contain_text("2023年 20% 2025年 60% 2027年 100%")
    expect(step).to_contain_text("和美乡村建设覆盖率(%)")


def test_a_link_to_a_step_that_a_filter_hides_says_so(visit) -> None:
    page = visit(f"{TARGETS}?theme=industry#t058")
    expect(page.locator("li#t058")).to_be_in_viewport()
    expect(page.locator(".op-bar__kept")).to_contain_text("#t058")


def test_a_promise_says_where_its_units_are_named(visit) -> None:
    row = visit(f"{XIUZHOU}/targets/index.html#t005").locator("tr#t005")
    expect(row).to_contain_text(re.compile(r"正文未写；\s*附件 › 第4行：\s*区发改局\s*牵头"))
    expect(row).not_to_contain_text("文件未写责任单位")


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("33万亩", "３３ 万 亩"), ("A", "ａ"), ("100%", "１００％"), ("数字农业工厂", "数字　农业、工厂")],
)
def test_the_text_filter_takes_full_width_blanks_and_case_for_the_same(visit, printed: str, typed: str) -> None:
    page = visit("calendar/2027/330411-xiuzhou-2023/index.html")
    field, count = page.locator("[name=text]"), page.locator("output")
    field.fill(printed)
    wanted = count.inner_text()
    assert not wanted.startswith("显示 0 ")
    field.fill("")
    field.fill(typed)
    expect(count).to_have_text(wanted)


@pytest.mark.parametrize(
    ("printed", "typed"), [("90%", "不低于90%"), ("90%", "不低于百分之九十"), ("1000张", "至少一千张")]
)
def test_the_text_filter_takes_what_is_said_of_a_number_for_its_sign(visit, printed: str, typed: str) -> None:
    page = visit(f"{DONGTOU}/targets/index.html")
    field, count = page.locator("[name=text]"), page.locator("output")
    field.fill(printed)
    wanted = count.inner_text()
    assert not wanted.startswith("显示 0 ")
    field.fill(typed)
    expect(count).to_have_text(wanted)


def test_a_text_that_no_row_has_leads_to_the_search_which_knows_other_words(visit) -> None:
    page = visit("indicators/index.html")
    page.locator("[name=text]").fill("城乡收入比")
    page.get_by_role("link", name="在全站搜索“城乡收入比”").click()
    expect(page.locator("#op-hits a").first).to_have_text("城乡居民收入比")
    page = visit(f"{DONGTOU}/targets/index.html?text=收入")
    expect(page.locator("[data-empty]")).to_be_hidden()


def test_the_text_filter_finds_no_word_in_its_negation(visit) -> None:
    page = visit(f"{DONGTOU}/targets/index.html")
    rows, field = page.locator("tr[data-row]:not([hidden])"), page.locator("[name=text]")
    every = rows.all_text_contents()
    for typed, hidden in (("到期", "未到期"), ("公布", "未公布"), ("未到期", ""), ("未到", "")):
        field.fill(typed)
        wanted = [each for each in every if typed in (each.replace(hidden, "") if hidden else each)]
        assert len(wanted) < len(every)
        expect(rows).to_have_count(len(wanted))


def test_a_row_that_is_copied_stays_one_row_of_a_spreadsheet(visit) -> None:
    page = visit(f"{XIUZHOU}/tasks/index.html")
    for path in (f"{DONGTOU}/targets/index.html", f"{XIUZHOU}/tasks/index.html", "calendar/2030/index.html"):
        page.goto(page.url.split("/some/folder/")[0] + f"/some/folder/{path}")
        text = page.evaluate(
            """() => [...document.querySelectorAll('tr[data-row]')].slice(0, 40).map(row => {
                const range = document.createRange(); range.selectNode(row);
                const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range);
                return selection.toString(); })"""
        )
        assert [row for row in text if "\n" in row.strip()] == [], path
        assert all(len(list(csv.reader(io.StringIO(row.strip()), delimiter="\t"))) == 1 for row in text)


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_one_button_copies_sentence_document_place_and_link(visit, address: str) -> None:
    page = visit(f"{TARGETS}?theme=industry#t006")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    row = page.locator("tr#t006")
    row.locator(".op-copy").click()
    expect(page.locator("#op-said")).to_contain_text("已复制")
    said = copied(page)
    assert said.startswith(f"“{row.locator('a.op-quote').inner_text()}”——")
    assert "《" in said and re.search(r"\d{4}-\d\d-\d\d", said) and "正文" in said
    assert said.endswith(f"{address}/{XIUZHOU}/targets/#t006"), "the row's own, without the filter"


ENGLISH = (
    "plans/330411-xiuzhou-2023/targets",
    "plans/330411-xiuzhou-2023/tasks",
    "indicators/urban-rural-income-ratio",
)


@pytest.mark.parametrize("path", [*ENGLISH, "themes/industry", "calendar/2026", "findings"])
def test_an_english_page_copies_the_english_form_around_the_chinese_sentence(visit, address: str, path: str) -> None:
    page = visit(f"en/{path}/index.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".op-copy").first.dispatch_event("click")  # some stand in a fold
    expect(page.locator("#op-said")).to_contain_text("Copied")
    said = re.fullmatch(rf"“(.+?)” (.+) \d{{4}}-\d\d-\d\d(, .+)?\. Open Plans\. {address}/en/(.+)\.", copied(page))
    assert said and re.search("[\u4e00-\u9fff]", said[1]), copied(page)
    assert not re.search("[《》，。——]", said[2]) and said[2][0].isascii()
    folds = page.locator("[data-cite]").evaluate_all("found => found.map(each => each.textContent)")
    assert not [each for each in folds if "。" in each]


def test_the_forms_of_a_citation_stand_in_its_fold(visit, address: str) -> None:
    row = visit(f"{TARGETS}#t006").locator("tr#t006")
    cites = row.locator("[data-cite]").all_inner_texts()
    assert len(cites) == 3 and "[EB/OL]" in cites[1] and "Xiuzhou" in cites[2]
    assert all(f"{address}/{XIUZHOU}/targets/#t006" in each for each in cites)
    without = visit(f"{TARGETS}#t006", scripts=False).locator("tr#t006")
    expect(without.locator("[data-cite]").first).to_contain_text(f"{XIUZHOU}/targets/#t006")
    expect(without.locator("button:visible")).to_have_count(0)


def test_a_highlighted_sentence_is_cited_from_the_document(visit, address: str) -> None:
    page = visit(f"{DONGTOU}/text/index.html#t046")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-cite-mark=t046]").click()
    expect(page.locator("#op-said")).to_contain_text("已复制")
    assert re.fullmatch(
        r"“力争.*1000张以上”——.*《洞头.*》（洞政办发〔2023〕14号），2023-\d\d-\d\d，"
        rf"正文 › 二、主要任务 › \(四\)[^›]* › 12。{address}/{DONGTOU}/text/#t046",
        copied(page),
    )


@pytest.mark.parametrize(
    ("path", "row"),
    [
        (f"{DONGTOU}/targets", "t046"),
        (f"{DONGTOU}/tasks", "k069"),
        (f"{DONGTOU}/projects", "p015"),
        (f"{DONGTOU}/text", "p015"),
        ("calendar/2025/330326-pingyang-2025", "p"),
        ("calendar/2025/330326-pingyang-2025", "t"),
        ("indicators/urban-rural-income-ratio", "t"),
        ("themes/industry", "t"),
        ("regions/330411", "t"),
        ("findings", "330411-xiuzhou-2023-n046"),
    ],
)
def test_a_citation_of_every_kind_has_sentence_document_place_and_link(visit, path: str, row: str) -> None:
    """Of every kind of row on every kind of page."""
    page = visit(f"{path}/index.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(f'.op-copy[data-way*="#{row}"], .op-copy[data-cite-mark="{row}"]').first.dispatch_event("click")
    expect(page.locator("#op-said")).to_contain_text("已复制")
    said = r"“.+”——.+《.+》.*，20\d\d-\d\d-\d\d，(正文|附件[^›]*) › .+。http://.+/#"
    assert re.match(said + row, copied(page)), copied(page)


def test_from_the_income_ratio_to_the_copied_sentence_in_three_steps(visit, address: str) -> None:
    page = visit("index.html", width=390)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("#op-q", "城乡收入比")
    page.press("#op-q", "Enter")
    page.locator("#op-hits a[href*='indicators/urban-rural-income-ratio']").first.click()
    page.wait_for_url("**/indicators/urban-rural-income-ratio/**")
    line = page.locator("tbody tr", has_text="秀洲区").first
    if not line.locator(":scope > td > .op-copied .op-copy").is_visible():
        line.locator(":scope > td > .op-cite > summary").click()  # on a phone a row opens first
    line.locator(":scope > td > .op-copied .op-copy").click()
    expect(page.locator("#op-said")).to_contain_text("已复制")
    said = copied(page)
    assert said.startswith("“城乡居民收入倍差保持在1.5左右”——") and said.endswith(f"{address}/{XIUZHOU}/targets/#t005")


def test_without_a_clipboard_a_citation_is_copied_all_the_same(visit) -> None:
    page = visit(f"{TARGETS}#t006")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not here')); }")
    page.locator("tr#t006 .op-copy").click()
    expect(page.locator("#op-said")).to_contain_text("已复制")
    assert "#t006" in copied(page)


def printed(page: Page, tmp_path: Path) -> list[tuple[tuple[int, int], str]]:
    """The printed pages: their size in points, their text."""
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    sheets = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    return [(tuple(map(round, each.get_size())), each.get_textpage().get_text_range()) for each in sheets]


def test_a_unit_is_one_upright_sheet_with_one_list(visit, tmp_path: Path) -> None:
    [(size, text)] = printed(visit("units/330326/housing-construction/index.html"), tmp_path)
    assert size == (595, 842)
    for words in ("角色", "承诺或任务", "时间", "原文", "新建绿地", "绿地6公顷"):
        assert words in text
    assert text.count("新建绿地") == 1
    assert len(re.findall("#t[0-9]{3}", text)) == 27, "every promise that it leads or helps with, once"
    assert text.count("到期未公布") == 27, "what is to be asked after is on paper too"


def test_what_a_card_says_stays_in_it_on_paper(visit) -> None:
    page = visit("plans/330182-jiande-2023/index.html", width=690)  # what margins leave of A4, in CSS pixels
    page.emulate_media(media="print")
    beyond = """cards => cards.flatMap(card => [...card.querySelectorAll("*")]
        .filter(each => each.getBoundingClientRect().right > card.getBoundingClientRect().right)
        .map(each => each.textContent))"""
    assert page.locator(".op-goals > li").evaluate_all(beyond) == []


@pytest.mark.parametrize(
    "path",
    [
        *("indicators/urban-rural-income-ratio", "en/indicators/sewage-village-coverage"),
        *("indicators/urbanization-rate", "en/units/330326/housing-construction"),  # the longest
        *("units/330326/finance", "units/330182/agriculture-rural"),  # some fifty rows
    ],
)
def test_an_indicator_or_a_unit_is_one_upright_sheet(visit, tmp_path: Path, path: str) -> None:
    [(size, text)] = printed(visit(f"{path}/index.html"), tmp_path)
    assert size == (595, 842)
    assert any(words in text for words in ("98%", "1.81", "Due, not published", "到期未公布"))


def test_a_list_is_printed_whole_with_the_names_of_its_columns(visit, tmp_path: Path) -> None:
    sheets = printed(visit(TARGETS, width=390), tmp_path)
    first, second = sheets[0][1], sheets[1][1]
    assert "粮食年播种面积" in first, "the first page is not empty, and what was folded is there"
    assert "时间" in second and "谁负责" in second, "the names of columns that can be sorted, again"


def test_a_count_of_the_home_page_is_that_of_the_list_it_leads_to(visit) -> None:
    page = visit("index.html")
    for words in ("个指标", "个承诺", "项任务", "个责任单位"):
        link = page.locator("main a", has_text=re.compile(rf"^\D*\d+ {words}$"))
        for each in link.all():
            if "#" in (target := each.get_attribute("href") or ""):
                continue
            listed = visit(target).locator("[data-row]").count()
            assert listed == int(re.sub(r"\D", "", each.inner_text())), target


def test_the_names_of_themes_have_room_on_a_phone(visit) -> None:
    page = visit(f"{DONGTOU}/index.html", width=390)
    heights = page.locator("table[aria-labelledby=themes] tbody th").evaluate_all(
        "cells => cells.map(c => c.offsetHeight)"
    )
    assert heights and max(heights) < 70, "two lines at most"


@pytest.mark.parametrize(
    "path",
    [
        f"{DONGTOU}/targets/index.html?theme=elderly-care",
        "themes/elderly-care/index.html",
        "regions/330305/index.html",
        "indicators/nursery-places-per-thousand/index.html",
    ],
)
def test_a_card_on_a_phone_tells_the_verdict_before_it_is_opened(visit, path: str) -> None:
    rows = visit(path, width=390).locator(".op-rows tbody tr:not(.op-group)")
    words = ("已达到", "按进度", "落后", "未到期", "到期未公布", "无法判断")
    for row in [each for each in rows.all() if each.is_visible()]:
        assert sum(word in row.inner_text() for word in words) == 1, row.inner_text()
        assert row.bounding_box()["height"] < 130


def test_a_section_can_be_shut_where_there_is_room(visit) -> None:
    page = visit("compare/index.html")
    section = page.locator("details.op-section").first
    before = section.bounding_box()["height"]
    section.locator("summary").click()
    assert section.bounding_box()["height"] < before / 2
    page.locator("[data-open-all]").click()
    assert section.bounding_box()["height"] == before
    page = visit("compare/index.html", scripts=False)
    assert page.locator("details.op-section").first.bounding_box()["height"] > before / 2, "open without a script"


def test_the_units_of_a_calendar_have_room(visit) -> None:
    cells = visit("en/calendar/index.html").locator(".op-due tbody td:nth-child(4)")
    assert min(cells.evaluate_all("cells => cells.map(cell => cell.offsetWidth)")) > 150


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_folded_is_on_paper_where_it_is_data(visit, tmp_path: Path, scripts: bool) -> None:
    theme = "".join(text for _, text in printed(visit("themes/elderly-care/index.html", scripts=scripts), tmp_path))
    assert "农村养老服务" in theme and "推动养老服务更暖心" in theme, "the tasks of every plan"
    region = printed(visit("regions/330305/index.html", scripts=scripts), tmp_path)
    assert "怎样问" not in "".join(text for _, text in region), "an arrow on paper leads nowhere"


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(visit, tmp_path: Path) -> None:
    for path in ("index.html", "en/index.html"):
        for _, text in printed(visit(path), tmp_path):
            assert not re.search(r"(不是实际数|actual figures)[^。.]*[。.]\s*(实心菱形是实际值。)?\s*$", text), path


@pytest.mark.parametrize("path", ["plans/330182-jiande-2023/projects", "plans/330326-pingyang-2025/units", "units"])
def test_a_short_cell_stays_on_one_line_on_a_desk(visit, path: str) -> None:
    cells = visit(f"{path}/index.html", width=1280).locator("td.op-kind:visible, td.op-brief > .op-unknown:visible")
    tops = "cell => { const all = document.createRange(); all.selectNodeContents(cell); return all.getClientRects(); }"
    lines = cells.evaluate_all(f"cells => cells.map((cell) => new Set([...({tops})(cell)].map((box) => box.top)).size)")
    assert set(lines) == {1}


def test_no_sheet_holds_the_foot_of_a_page_only(visit, tmp_path: Path) -> None:
    for path in ("themes/elderly-care", "regions/330305", "progress", "bulletins/2025-12"):
        assert len(printed(visit(f"{path}/index.html"), tmp_path)[-1][1]) > 50, path


def test_a_filtered_list_prints_how_many_of_how_many(visit, tmp_path: Path) -> None:
    page = visit(f"{TARGETS}?theme=industry")
    shown = page.locator("output").inner_text()
    text = "".join(each for _, each in printed(page, tmp_path))
    assert f"{shown}: 产业发展" in re.sub(r"\s+", " ", text)
    assert "粮食年播种面积" not in text


def test_from_a_disk_lists_are_filtered_and_sorted(browser: Browser, real: Paths) -> None:
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((real.output / TARGETS).as_uri())
    page.select_option("select[name=year]", "2025")
    assert page.locator("#targets tbody tr:visible:not([data-year~='2025'])").count() == 0
    page.locator("th[data-sort] button:visible", has_text="时间").first.click()
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.goto((real.output / "data/sql/index.html").as_uri())
    assert page.locator("#op-sql-off").is_visible()
    assert page.locator(".op-place").bounding_box()["height"] < 300, "no hole where the form would be"
    page.goto((real.output / "compare/index.html").as_uri())
    page.select_option("select[name=year]", "2025")
    assert "共" in page.locator("output").inner_text()
    page.close()
    assert wrong == []
