"""The search page on the real site: what people type, narrowed, shared, by keyboard, without an index."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from openplans import pipeline
from openplans.artifacts.executor import SERIAL
from openplans.paths import Paths
from openplans.search import index
from openplans.search.tokens import tokens
from openplans.text import segmentation
from tests.browser.conftest import served
from tests.conftest import Silent

pytestmark = pytest.mark.browser

with (Path(__file__).parent.parent / "search_queries.csv").open(encoding="utf-8", newline="") as file:
    QUERIES = [(row["query"], row["url"]) for row in csv.DictReader(file)]

TEXTS = (
    "养老床位2027年",
    "ＡＩ养老、床位33.5万亩",
    "Urban-rural income ratio（100%）",
    "〇三产融合ＰＭ2.5",
    "é 㐀 𠮷 ㎡ ①",
    "到期未公布，未到期；Not reached, cannot reach",
    "",
    "，",
)


NUMERALS = (
    *("五百亩", "十四万平方米", "一百二", "一百零二", "三万五", "一万二千三百", "一亿五千万", "万亿", "三万亿", "百亿"),
    *(
        "零",
        "一点五万",
        "百分之九十五点五",
        "百分之百",
        "九成",
        "七成半",
        "九成宫",
        "点五",
        "〇点五",
        "十四五",
        "二〇二五",
    ),
    *("三五年", "百千万", "五个", "两亩", "不低于90%", "约3亿", "至少10家", "十"),
)


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The search page, opened once."""
    page = browser.new_page()
    page.goto(f"{address}/search/index.html")
    page.evaluate("import(document.querySelector('form').dataset.cut)")  # else loaded when somebody is about to search
    yield page
    page.close()


def settled(page: Page) -> None:
    page.wait_for_selector('#op-hits[aria-busy="false"]', state="attached")


def find(page: Page, typed: str) -> list[str]:
    """Type into the box, press Enter: the addresses of the hits shown, from the site's root."""
    page.fill("#op-q", typed)
    page.press("#op-q", "Enter")
    settled(page)
    links = page.locator("#op-hits a").evaluate_all("links => links.map((link) => link.href)")
    return [from_root(link) for link in links]


def from_root(link: str) -> str:
    return re.sub(r"^.*?/some/folder/", "", link)


ASKED = """async (typed) => {
  const box = document.querySelector("#op-q"), hits = document.querySelector("#op-hits");
  box.value = typed;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.form.requestSubmit();
  while (hits.getAttribute("aria-busy") !== "false") await new Promise((done) => setTimeout(done, 2));
  return [...hits.querySelectorAll("a")].map((link) => link.href);
}"""
"""As `find`, without leaving the page between typing and reading: a third less time for each of hundreds."""


@pytest.mark.parametrize(("typed", "url"), QUERIES, ids=[typed for typed, _ in QUERIES])
def test_what_people_type_finds_the_row_they_want(page: Page, typed: str, url: str) -> None:
    assert url in [from_root(link) for link in page.evaluate(ASKED, typed)[:10]]


def test_text_is_cut_in_the_browser_as_in_the_index(page: Page) -> None:
    cut = page.evaluate(
        "async (texts) => texts.map((await import(document.querySelector('form').dataset.cut)).tokens)", list(TEXTS)
    )
    assert cut == [tokens(text) for text in TEXTS]


def test_what_is_typed_is_parted_in_the_browser_as_in_the_database(page: Page) -> None:
    typed = [*TEXTS, *(typed for typed, _ in QUERIES), "1,000 2000万元 1:50", "2027年底，截至2025年 2023—2027年"]
    parted = page.evaluate("(texts) => texts.map(globalThis.folding.pieces)", typed)
    assert parted == [segmentation.pieces(each) for each in typed]
    apart = page.evaluate("(pieces) => pieces.map(globalThis.folding.parts)", list(chain(*parted)))
    assert apart == [segmentation.parts(each) for found in parted for each in found]
    numbers = [*chain(*parted), *NUMERALS]
    figures = page.evaluate("(pieces) => pieces.map(globalThis.folding.reckoned)", numbers)
    assert figures == [segmentation.reckoned(each) for each in numbers]


@pytest.mark.parametrize(
    ("typed", "pages"),
    [
        ("哪个县目标没完成", ["progress/index.html", "compare/index.html"]),
        ("which targets were missed", ["progress/index.html"]),
        ("今年要完成的任务", ["calendar/index.html"]),
        ("洞头 落后", ["progress/index.html"]),
        ("农家乐 为什么不一样", ["findings/index.html"]),
        ("Excel 下載", ["data/index.html"]),
        ("最低生活保障", []),
        ("latest kept", ["progress/index.html"]),
        ("托位", []),
    ],
)
def test_what_a_page_of_the_site_answers_leads_there(page: Page, typed: str, pages: list[str]) -> None:
    find(page, typed)
    links = page.locator("#op-leads a:visible").evaluate_all("links => links.map((link) => link.href)")
    assert [from_root(link) for link in links] == pages


@pytest.mark.parametrize(
    ("typed", "lists"),
    [
        ("建德市2027年目标", {"建德 2023–2027 目标清单": "plans/330182-jiande-2023/targets/index.html?year=2027"}),
        ("平阳县今年要干什么", {"平阳 2025 任务清单": "plans/330326-pingyang-2025/tasks/index.html"}),
        ("洞头 项目", {"洞头 2023–2027 项目清单": "plans/330305-dongtou-2023/projects/index.html"}),
        ("秀洲哪些单位负责", {"秀洲 2023–2027 责任单位": "plans/330411-xiuzhou-2023/units/index.html"}),
        ("2027年目标", {"2027年到期": "calendar/2027/index.html"}),
        ("2025年要完成什么", {"2025年到期": "calendar/2025/index.html"}),
        ("2026年到期", {"2026年到期": "calendar/2026/index.html"}),
        ("2019年", {}),
        ("2027年 养老", {}),
        ("建德 2026年", {"建德 2023–2027 目标清单": "plans/330182-jiande-2023/targets/index.html?year=2026"}),
        ("建德 托位", {}),
    ],
)
def test_the_lists_of_a_place_are_a_click_away(page: Page, typed: str, lists: dict[str, str]) -> None:
    find(page, typed)
    shown = page.locator("#op-lists a:visible").evaluate_all(
        "links => links.map(each => [each.textContent, each.href])"
    )
    assert {name: from_root(link) for name, link in shown} == lists
    assert "没有写“目标”" not in page.locator("#op-answer").inner_text()


def test_where_only_a_page_answers_nothing_else_is_shown(page: Page) -> None:
    assert find(page, "哪个县目标没完成") == []
    expect(page.locator("#op-status")).to_have_text("没有找到这样的条目；这些页面或许能回答：")
    expect(page.locator("#op-none")).to_be_hidden()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("平杨县", "没有叫“平杨县”的地方。是不是：平阳"),
        ("平阳 建了", "平阳的计划没有写“建了”；其他计划也没有写“建了”。"),  # one is named: 建了 is no 建德
        ("建得市", "没有叫“建得市”的地方。是不是：建德"),
        ("秀州区 收入", "没有叫“秀州区”的地方。是不是：秀洲"),
        ("Dongtoo District", "没有叫“Dongtoo”的地方。是不是：洞头"),
        ("高铁", ""),  # is found
    ],
)
def test_a_place_that_is_misspelt_is_asked_back(page: Page, typed: str, said: str) -> None:
    find(page, typed)
    expect(page.locator("#op-answer")).to_have_text(said)


@pytest.mark.parametrize("typed", ["建德 托位", "建德托位", "建德市、托位", "託位　建德"])
def test_a_word_that_a_places_plan_does_not_write_is_answered(page: Page, address: str, typed: str) -> None:
    hits = find(page, typed)
    expect(page.locator("#op-answer")).to_have_text("建德的计划没有写“托位”；洞头、平阳、秀洲写了“托位”。")
    assert hits[0] == "indicators/nursery-places-per-thousand/index.html", "the word, wherever it is"
    page.locator("#op-answer a", has_text="洞头").click()
    settled(page)
    assert "plans/330305-dongtou-2023/targets/index.html#t051" in page.locator("#op-hits a").first.evaluate(
        "a => a.href"
    )
    page.goto(f"{address}/search/index.html")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("杭州 托位", "本站没有杭州的计划；洞头、平阳、秀洲写了“托位”。"),
        ("平阳 火星", "平阳的计划没有写“火星”；其他计划也没有写“火星”。"),
        ("平阳 老人", "平阳的计划没有写“老人”；建德写了“老人”。意思相近的在下面。"),
        ("平阳 高速公路", "平阳的计划没有写“高速公路”；其他计划也没有写“高速公路”。意思相近的在下面。"),
        ("秀洲 2025 村级收入", "秀洲的计划没有写“村级收入”；其他计划也没有写“村级收入”。意思相近的在下面。"),
        ("平阳 火化", "平阳的计划没有写“火化”；其他计划也没有写“火化”。"),
        ("秀洲 地铁", "秀洲的计划没有写“地铁”；其他计划也没有写“地铁”。"),
        ("秀洲 农民收入", "秀洲的计划没有写“农民收入”；建德、洞头有意思相近的。"),
        ("建德 养老床位", "建德的计划没有写“养老床位”；洞头有意思相近的。"),  # 投入运营养老机构床位数
        ("停水", "收录的计划都没有写“停水”。"),
        ("平阳 PM2.5", "平阳的计划没有写“PM2.5”；建德写了“PM2.5”。公布的实际值在下面。"),
        ("建德 450.11", "建德的计划没有写“450.11”；其他计划也没有写“450.11”。公布的实际值在下面。"),
        ("t046 洞头", ""),
        ("建德市政府", ""),  # its document writes 人民政府, though none of its units is called so
        ("平阳县2025年粮食产量", ""),  # its target is called so
        ("建德 团委", "建德的计划没有写“团委”；平阳写了“团委”。"),
        ("秀洲区卫生健康局", ""),
        ("建德 2026年", ""),
        ("救护车", ""),
        ("平阳 养老", ""),
        ("平阳", ""),
        ("托位", ""),
    ],
)
def test_only_what_is_untrue_of_a_place_is_said(page: Page, typed: str, said: str) -> None:
    find(page, typed)
    expect(page.locator("#op-answer")).to_have_text(said)


@pytest.mark.parametrize(
    ("typed", "verdict", "other"), [("到期", "到期", "未到期"), ("未到期", "未到期", "未公布"), ("达到", "", "未达到")]
)
def test_a_word_is_not_found_in_its_negation(visit, typed: str, verdict: str, other: str) -> None:
    page = visit(f"search/index.html?q={typed}&kind=target")
    settled(page)
    said = page.locator("#op-hits [data-part=verdict]").all_inner_texts()
    assert said and all(verdict in each and other not in each for each in said)


def test_a_word_is_not_found_where_two_others_meet(page: Page) -> None:
    assert find(page, "调解") == [], "调解 of 协调解决"
    expect(page.locator("#op-answer")).to_have_text("收录的计划都没有写“调解”。")
    assert find(page, "病患") == [], "病患 of 慢性病患者"
    assert find(page, "协调解决") == ["plans/330305-dongtou-2023/text/index.html#c062"]


def test_what_is_one_character_from_a_name_is_no_slip_where_documents_write_it(page: Page) -> None:
    assert find(page, "教玉局")[0].startswith("units/")
    hits = find(page, "就业率")
    assert len(hits) > 3, "what has 就业, too, and not only what is called 失业率"


def test_what_is_due_in_a_year_is_found_by_it_and_not_by_the_year_of_a_figure(page: Page) -> None:
    found = page.locator("#op-hits .op-hit:has([data-part=amount])")
    for typed, when in (("2025年要完成什么", r"(到 |—)?2025年"), ("2026年到期", r"每年，2023—2027年")):
        find(page, typed)
        whens = found.locator("[data-part=when]").all_inner_texts()
        assert whens and [each for each in whens if not re.fullmatch(when, each)] == []


@pytest.mark.parametrize(("typed", "words"), [("24%", "没有一字不差的；相近的有 2 条"), ("98.5%", "找到 3 条")])
def test_a_share_is_no_count_and_no_beginning_of_one(page: Page, typed: str, words: str) -> None:
    """24% isn't 24家, nor the 24,000 of 2.4亿元."""
    find(page, typed)
    expect(page.locator("#op-status")).to_have_text(words)


def test_a_number_and_what_is_counted_are_found_also_where_english_parts_its_thousands(page: Page) -> None:
    assert find(page, "1000张")[0] == "plans/330305-dongtou-2023/targets/index.html#t046"


def test_what_was_published_comes_before_what_is_only_near(page: Page) -> None:
    hits = find(page, "平阳 GDP")
    expect(page.locator("#op-status")).to_have_text("公布的实际值 3 条；计划里没有一字不差的，相近的有 8 条")
    assert {each.partition("#")[0] for each in hits[:3]} == {
        f"indicators/{each}/index.html" for each in ("gdp", "gdp-growth", "per-capita-gdp")
    }
    assert [each for each in hits if "#" not in each], "the indicators themselves"
    first = page.locator("#op-hits li").first
    assert re.search(
        "实际值 人均地区生产总值 88954 元 2024年 平阳县 另有 1 个时期的数\n+来源：2024年平阳县", first.inner_text()
    )


def test_a_hit_says_what_part_of_a_place_it_holds_for(page: Page) -> None:
    find(page, "南麂岛")
    first = page.locator("#op-hits li").first
    assert first.inner_text().startswith("实际值 大黄鱼养殖年产值 (南麂岛) 3.1 亿元 截至2023年12月19日")


def test_an_actual_figure_is_found_once_for_all_its_periods(page: Page) -> None:
    def shown(typed: str) -> list[str]:
        return [each for each in find(page, typed) if each.startswith("indicators/gdp/index.html#")]

    assert shown("平阳 地区生产总值") == ["indicators/gdp/index.html#o0179"], "the newest"
    assert shown("平阳 地区生产总值 2021") == ["indicators/gdp/index.html#o0176"], "that of the year"


def test_neither_a_plans_id_nor_a_rows_is_a_number_that_is_found(page: Page) -> None:
    assert find(page, "2023 托位") == ["plans/330411-xiuzhou-2023/targets/index.html#t176"], "no target of 2027"
    assert not [each for each in find(page, "113") if each.endswith("#t113")]
    assert find(page, "330305") == ["regions/330305/index.html", "plans/330305-dongtou-2023/index.html"]


def test_a_figure_leads_to_where_it_stands_with_its_source(visit) -> None:
    for typed, said in (("450.11", "450.11 亿元"), ("89条", "89 条 截至2023年8月29日")):
        page = visit(f"search/index.html?q={typed}")
        settled(page)
        page.locator("#op-hits a").first.click()
        row = page.locator(":target")
        expect(row).to_be_visible()
        assert said in row.inner_text() and row.locator('a[href^="http"]').count() == 1, typed


def test_the_yearly_steps_of_a_promise_are_found_once(page: Page) -> None:
    hits = [hit for hit in find(page, "千人托位") if hit.startswith("plans/330411-xiuzhou-2023/targets/")]
    assert hits == ["plans/330411-xiuzhou-2023/targets/index.html#t178"]
    steps = page.locator("#op-hits [data-part=steps]").first
    expect(steps).to_have_text("别的年份：2023年 3.8 个/千人；2025年 4.6 个/千人")
    assert "plans/330411-xiuzhou-2023/targets/index.html#t177" in find(page, "千人托位 2025"), "the step of that year"


def test_what_is_found_hides_nothing_that_comes_near(page: Page) -> None:
    """Only the definition of an indicator has 生活垃圾分类; two plans promise 垃圾分类."""
    hits = find(page, "生活垃圾分类")
    expect(page.locator("#op-status")).to_have_text("找到 1 条；相近的还有 7 条")
    assert hits[0] == "indicators/garbage-demo-estates-new/index.html"
    assert {
        "plans/330182-jiande-2023/targets/index.html#t057",
        "plans/330411-xiuzhou-2023/targets/index.html#t116",
    } <= set(hits)
    rows = page.locator("#op-hits li")
    expect(rows.locator("[data-part=begins]")).to_have_text(["相近的："])
    assert rows.nth(1).inner_text().startswith("相近的：") and not rows.locator("[data-part=alias]").count()
    grain = [each for each in find(page, "粮食产量") if "/targets/" in each]
    assert {each.split("/")[1][:6] for each in grain} >= {"330182", "330305", "330411"}


def test_of_a_kind_that_only_comes_near_that_is_said(visit) -> None:
    page = visit("search/index.html?q=生活垃圾分类&kind=target")
    settled(page)
    expect(page.locator("#op-status")).to_have_text("没有一字不差的；相近的有 2 条")
    expect(page.locator("[data-part=begins]")).to_have_count(0)


@pytest.mark.parametrize("typed", ["托位", "33万亩", "平阳 养老院", "浙委发〔2025〕1号", "城乡居民收入倍差"])
def test_words_with_nothing_near_have_none(page: Page, typed: str) -> None:
    find(page, typed)
    assert "相近的还有" not in page.locator("#op-status").inner_text()


def test_another_document_is_not_near(page: Page) -> None:
    assert find(page, "浙委发〔2025〕1号") == []


def test_a_year_that_a_plan_does_not_write_is_left_out_before_its_place_is(page: Page) -> None:
    assert find(page, "建德 2025年 地区生产总值")[0] == "plans/330182-jiande-2023/targets/index.html#t001"
    assert "建德的计划没有写“2025”" in page.locator("#op-answer").inner_text()


def test_what_is_odd_in_a_document_comes_last_of_what_is_near(page: Page) -> None:
    assert not find(page, "乡村教师")[0].startswith("findings/")


def test_what_a_thing_is_called_says_more_than_what_is_written_somewhere(page: Page) -> None:
    assert find(page, "村干部工资")[0] == "themes/income-jobs/index.html", "工资 is an alias of the theme"


def test_a_pair_of_characters_that_stands_nowhere_is_not_found_by_its_first(visit) -> None:
    page = visit("search/index.html?q=乡火")
    page.wait_for_selector("#op-none:visible")


def test_where_only_a_document_has_another_word_for_it_its_sentences_are_near(page: Page) -> None:
    hits = find(page, "退伍军人")
    expect(page.locator("#op-status")).to_have_text(re.compile("^没有一字不差的；相近的有"))
    assert {hit.partition("/index.html")[0].rpartition("/")[2] for hit in hits} == {"text", "findings"}
    assert find(page, "ambulance") == ["plans/330000-zhejiang-2025/text/index.html#c042"]
    assert find(page, "left-behind children")[0].startswith("plans/330"), "an alias of two words"
    expect(page.locator("#op-leads a:visible")).to_have_count(0)


def test_of_what_is_near_that_which_few_have_comes_first(page: Page) -> None:
    assert find(page, "broadband rural")[0] == "plans/330305-dongtou-2023/tasks/index.html#k100"


def test_nothing_is_said_of_all_plans_where_only_some_were_asked(visit) -> None:
    page = visit("search/index.html?q=停水&kind=target")
    settled(page)
    expect(page.locator("#op-answer")).to_be_empty()


def test_a_hit_by_an_alias_says_so(visit) -> None:
    page = visit("search/index.html?q=老人")
    settled(page)
    first, rows = page.locator("#op-hits li").first, page.locator("#op-hits li")
    assert first.inner_text().split("\n")[0] == "主题 养老服务"
    expect(first.locator("[data-part=alias]")).to_have_text("本站的别名：老人")
    expect(rows.filter(has_text="康养联合体数量").locator("[data-part=alias]")).to_have_text("按本站的别名或归类找到")
    assert page.locator("#op-hits li", has_text="原文").count() == 0, "a document has no aliases"


@pytest.mark.parametrize(
    "typed", ["洞头　托位", "洞頭，託位", "洞头/托位", "洞 头；托 位", "2027年托位、洞头", "洞头+托位+２０２７"]
)
def test_what_stands_between_words_and_how_they_are_written_is_all_one(page: Page, typed: str) -> None:
    assert "plans/330305-dongtou-2023/targets/index.html#t051" in find(page, typed)[:2]


def test_a_hit_leads_to_its_row(visit) -> None:
    page = visit("index.html")
    page.fill("#op-q", "33万亩")
    page.press("#op-q", "Enter")
    page.locator("#op-hits a").first.click()
    expect(page).to_have_url(re.compile("/plans/330411-xiuzhou-2023/targets/index.html#t006$"))
    expect(page.locator("tr:target")).to_contain_text("33 万亩")


def test_a_hit_tells_what_it_is_and_marks_what_was_typed(visit) -> None:
    page = visit("search/index.html?q=洞头 托位")
    settled(page)
    hit = page.locator("#op-hits li", has_text="每千人口拥有3岁以下婴幼儿托位数").first
    assert hit.inner_text().split("\n")[0] == "目标 每千人口拥有3岁以下婴幼儿托位数 ≥4 个/千人 到 2027年 洞头区 未到期"
    assert set(hit.locator("mark").all_inner_texts()) == {"托位", "洞头"}


def test_a_narrowed_search_is_in_the_address(visit) -> None:
    page = visit("search/index.html?q=养老")
    settled(page)
    everything = page.locator('[data-count=""]').inner_text()
    page.locator(".op-chip", has_text="目标").click()
    page.select_option("select[name=plan]", "330326-pingyang-2025")
    settled(page)
    assert urlsplit(page.url).query == "q=%E5%85%BB%E8%80%81&kind=target&plan=330326-pingyang-2025"
    expect(page.locator("#op-status")).to_have_text("找到 5 条")
    again = visit(f"search/index.html?{urlsplit(page.url).query}")
    settled(again)
    assert again.locator("#op-hits").inner_text() == page.locator("#op-hits").inner_text(), (
        "a shared address shows the same"
    )
    assert again.locator('input[value="target"]').is_checked()
    page.go_back()
    page.go_back()
    expect(page.locator('input[value=""]')).to_be_checked()
    expect(page.locator("#op-status")).to_have_text(f"找到 {everything} 条")
    assert page.input_value("select[name=plan]") == ""


def test_the_keyboard_is_enough(visit) -> None:
    page = visit("search/index.html")
    page.focus("#op-q")
    page.keyboard.type("污水")
    page.keyboard.press("Enter")
    settled(page)
    assert page.locator("#op-hits li").count() == 10
    page.focus("#op-more")
    page.keyboard.press("Enter")
    page.wait_for_selector("#op-hits li:nth-child(11)")
    assert page.evaluate("document.activeElement === document.querySelector('#op-hits li:nth-child(11) a')")
    page.focus('input[name="kind"]:checked')
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#op-hits li:only-child, #op-hits li:nth-child(2):last-child")
    assert "kind=concept" in page.url


@pytest.mark.parametrize("asked", ["q=火星移民", "q=火星&plan=330326-pingyang-2025", "q=，"])
def test_nothing_found_says_what_to_try(visit, asked: str) -> None:
    page = visit(f"search/index.html?{asked}")
    page.wait_for_selector("#op-none:visible")
    expect(page.locator("#op-status")).to_have_text("没有找到")
    assert page.locator("#op-none a").count() == 6 and page.locator("#op-hits li").count() == 0


def test_a_word_that_no_word_begins_with_finds_nothing(visit) -> None:
    for nothing in ("organisationx", "20279"):
        page = visit(f"en/search/index.html?q={nothing}")
        page.wait_for_selector("#op-none:visible")
        assert page.locator(".op-hit").count() == 0
    page = visit("en/search/index.html?q=urbaniz")
    page.wait_for_selector(".op-hit")
    assert "Urbanization" in page.locator(".op-hit").first.inner_text(), "the beginning of a word is enough"


def test_an_english_hit_counts_as_english_does_and_marks_what_is_chinese(visit) -> None:
    page = visit("en/search/index.html?q=grain+sown+area+Xiuzhou")
    row = page.locator(".op-hit", has_text="each year").first
    row.wait_for()
    assert "330,000 mu" in row.inner_text()
    assert row.locator("[data-part=text]").get_attribute("lang") == "zh-CN"


def test_words_that_stand_nowhere_together_find_what_is_close(visit) -> None:
    page = visit("search/index.html?q=养老床位")
    expect(page.locator("#op-status")).to_have_text(re.compile("^没有一字不差的；相近的有 [0-9]+ 条$"))
    for row in page.locator("#op-hits li").all()[:4]:
        assert "养老" in row.inner_text() and "床位" in row.inner_text(), "what has both stands before what has one"


def test_without_words_a_search_lists_all_of_a_kind(visit, real: Paths) -> None:
    page = visit("search/index.html?kind=project&plan=330326-pingyang-2025")
    expect(page.locator("#op-status")).to_have_text("找到 33 条")
    page = visit("search/index.html?kind=plan")
    expect(page.locator("#op-status")).to_have_text(f"找到 {len(list(real.datapackages.glob('plans/*')))} 条")


def test_an_english_search_shows_english_names_and_leads_to_english_pages(visit) -> None:
    page = visit("en/search/index.html?q=income ratio")
    settled(page)
    first = page.locator("#op-hits a").first
    assert first.inner_text() == "Urban-rural income ratio"
    first.click()
    expect(page).to_have_url(re.compile("/en/indicators/urban-rural-income-ratio/index.html$"))


def test_markup_typed_is_text(visit) -> None:
    page = visit("search/index.html?q=<img src=x onerror=alert(1)> ) [ \\ 托位")
    page.wait_for_selector("#op-status:has-text('没有')")
    assert page.locator("#op-hits img").count() == 0


def test_without_scripts_the_search_says_so_and_leads_elsewhere(visit) -> None:
    page = visit("search/index.html", scripts=False)
    assert "搜索需要 JavaScript" in page.locator("main").inner_text()
    assert page.locator("noscript a").count() == 6 and not page.locator("#op-q").is_visible()


def test_from_a_disk_the_search_says_why_it_cannot(browser: Browser, real: Paths) -> None:
    page = browser.new_page()
    page.goto((real.output / "search/index.html").as_uri() + "?q=托位")
    page.wait_for_selector("#op-status:has-text('从磁盘直接打开')")
    page.close()


def test_a_first_search_downloads_little(browser: Browser, address: str) -> None:
    page, sizes = browser.new_page(), []
    page.on("response", lambda response: "/pagefind/" in response.url and sizes.append(wire_size(response.body())))
    page.goto(f"{address}/search/index.html?q=低收入农户")
    settled(page)
    page.close()
    assert 50_000 < sum(sizes) <= 300_000


@pytest.fixture
def apart(stocked: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a small site whose plans are too many for one index of the search."""
    monkeypatch.setattr(index, "MOST", 1)
    pipeline.make_site(stocked, Silent(), scheduler=SERIAL)
    with served(stocked.output) as found:
        yield found


COUNTED = """
globalThis.asked = 0;
const send = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (...given) { globalThis.asked++; return send.apply(this, given); };
"""


def test_what_was_asked_of_the_index_is_not_asked_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script(COUNTED)
    page.goto(f"{address}/search/index.html")
    first = find(page, "养老 床位")
    other = find(page, "收入")
    asked = page.evaluate("asked")
    assert find(page, "养老 床位") == first != other
    assert page.evaluate("asked") == asked > 0
    page.close()


def test_a_shared_search_in_a_region_opens_its_index_first(browser: Browser, apart: str) -> None:
    page, programs = browser.new_page(), []
    page.on("response", lambda response: "/wasm." in response.url and programs.append(response.url))
    page.goto(f"{apart}/search/index.html?q=城乡居民收入倍差&region=990101")
    settled(page)
    assert set(programs) == {f"{apart}/pagefind/wasm.unknown.pagefind"}
    assert page.locator("#op-status").inner_text().startswith("找到")
    assert (
        page.locator("#op-hits a")
        .first.get_attribute("href")
        .endswith("plans/990101-tiny-2023/targets/index.html#t001")
    )
    page.close()


def test_an_index_that_did_not_come_is_asked_for_again(browser: Browser, apart: str) -> None:
    page, gone = browser.new_page(), "**/pagefind/990101/packs.json"
    page.route(gone, lambda route: route.abort())
    page.goto(f"{apart}/search/index.html?q=城乡居民收入倍差&region=990101")
    expect(page.locator("#op-status")).to_contain_text("搜索索引没有载入")
    page.unroute(gone)
    page.press("#op-q", "Enter")
    expect(page.locator("#op-status")).to_contain_text("找到")
    page.close()


def wire_size(body: bytes) -> int:
    """The bytes of a file as a static host sends it: as it is where it is packed already."""
    return min(len(body), len(gzip.compress(body)))


def test_results_that_only_come_near_survive_a_garbage_collection(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/search/index.html?q=县级市")
    settled(page)
    before = page.locator("#op-hits li").count()
    page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    page.click("#op-more")
    expect(page.locator("#op-hits li")).not_to_have_count(before)
    expect(page.locator("#op-status")).to_contain_text("相近")
    page.close()


@pytest.mark.parametrize(("cause", "word"), [("network", "网络"), ("policy", "安全设置"), ("old", "太旧")])
def test_a_search_that_cannot_run_says_why(browser: Browser, address: str, cause: str, word: str) -> None:
    page = browser.new_page()
    if cause == "network":
        page.route("**/pagefind/*", lambda route: route.abort())
    if cause == "old":
        page.add_init_script("delete globalThis.WebAssembly; delete globalThis.Worker")
    if cause == "policy":

        def strict(route: Route) -> None:
            policy = "default-src 'self'; script-src 'self'; worker-src 'none'"
            answer = route.fetch()
            route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

        page.route("**/search/index.html*", strict)
    page.goto(f"{address}/search/index.html?q=养老")
    expect(page.locator("#op-status")).to_contain_text(word)
    page.close()
