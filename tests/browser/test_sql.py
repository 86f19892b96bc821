"""The SQL page in a real Chromium, on the tiny and the real database, behind a strict policy of the server's own."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from openplans.database.examples import filled
from openplans.database.queries import queries
from openplans.paths import HOUSE, Paths
from openplans.server.plugins import search
from openplans.text import segmentation
from tests.browser.conftest import Quiet, served
from tests.conftest import facts_of

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "style-src 'self'; img-src 'self' data:; object-src 'none'"
)
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

Open = Callable[..., Page]


class Strict(Quiet):
    """A static server that sends the policy as a header, so that it holds for the worker too, and knows no .wasm."""

    def guess_type(self, path: str) -> str:
        return "application/octet-stream" if path.endswith((".wasm", ".db")) else super().guess_type(path)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def address(real: Paths) -> Iterator[str]:
    with served(real.output, Strict) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page in a fresh context. At the end: nothing in the console, no error, no request to another host."""
    wrong: list[str] = []
    contexts = []

    def opened(path: str = "data/sql/index.html", width: int = 1280, scripts: bool = True) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts))
        page = contexts[-1].new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda each: each.url.startswith((address, "blob:")) or wrong.append(each.url))
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def run(page: Page, sql: str | None = None) -> str:
    """Run what is there, or other SQL; return what the page says of it."""
    if sql is not None:
        page.fill("#op-sql-text", sql)
    page.click("#op-sql-run")
    page.wait_for_selector("#op-sql:not([aria-busy])")
    return page.inner_text("#op-sql-status")


def shown(page: Page) -> list[list[str]]:
    """The table of the result, its head first."""
    return page.locator("#op-sql-result tr").evaluate_all(
        "lines => lines.map(line => [...line.cells].map(cell => cell.innerText))"
    )


def downloaded(page: Page, kind: str) -> bytes:
    with page.expect_download() as waiting:
        page.click(f"[data-csv='{kind}']")
    return Path(waiting.value.path()).read_bytes()


def asked(paths: Paths, sql: str, **parameters: str) -> tuple[list[str], list[tuple]]:
    """What Python's SQLite answers: columns and rows."""
    with closing(sqlite3.connect(paths.output / "data/openplans.db")) as connection:
        connection.create_function("escape_fts", 1, segmentation.query)
        connection.create_function("near_fts", 1, lambda _: 0)
        cursor = connection.execute(sql, parameters)
        return [each[0] for each in cursor.description], cursor.fetchall()


def test_nothing_of_the_database_is_loaded_before_a_run(visit: Open) -> None:
    page = visit()
    loaded: list[str] = []
    page.on("request", lambda each: loaded.append(each.url.rsplit("/", 1)[-1]))
    assert re.fullmatch(r"打开数据库并运行（\d\.\d MB）", page.inner_text("#op-sql-run"))
    assert page.locator("#op-sql-off").is_hidden() and page.locator("#op-sql-schema").is_hidden()
    run(page)
    run(page)
    assert loaded.count("openplans.db") == loaded.count("sqlite3.wasm") == 1
    assert page.inner_text("#op-sql-run") == "运行"


def test_every_query_answers_as_python_does(visit: Open, real: Paths) -> None:
    page = visit()
    for query in filled(facts_of(HOUSE)):
        page.select_option("#op-sql-query", query.name)
        assert page.input_value("#op-sql-text") == query.served
        said = run(page)
        columns, rows = asked(real, query.served, **query.example)
        assert rows and said.startswith(f"{len(rows)} 行，用时 "), (query.name, said)
        assert shown(page)[0] == columns
        assert [len(each) for each in shown(page)[1:3]] == [len(columns)] * min(2, len(rows))


def test_a_csv_is_what_python_reads_from_the_database(visit: Open, real: Paths) -> None:
    page = visit("data/sql/index.html?query=due_in_year&year=2027&region=330326")
    assert re.match(r"\d+ 行，", run(page))
    [query] = [each for each in queries() if each.name == "due_in_year"]
    columns, rows = asked(real, query.served, year="2027", region="330326")
    content = downloaded(page, "csv").decode()
    assert content.count("\r\n") == len(rows) + 1
    read = list(csv.reader(io.StringIO(content, newline="")))
    assert read[0] == columns and len(read) == len(rows) + 1
    at = columns.index("数值")
    for line, row in zip(read[1:], rows, strict=True):
        assert [each for place, each in enumerate(line) if place != at] == [
            "" if each is None else str(each) for place, each in enumerate(row) if place != at
        ]
        assert (float(line[at]) if line[at] else None) == row[at]


def test_the_csv_for_excel_starts_no_formula(visit: Open) -> None:
    page = visit()
    run(
        page,
        """SELECT '=1+1' AS a, -5 AS b, '-5' AS c, '@x' AS d, 'x,"y"' AS e,
            NULL AS f, char(9) || 'g' AS g, x'00ff' AS h""",
    )
    assert downloaded(page, "csv").decode() == 'a,b,c,d,e,f,g,h\r\n=1+1,-5,-5,@x,"x,""y""",,\tg,00ff\r\n'
    excel = downloaded(page, "excel.csv").decode()
    assert excel == '\ufeffa,b,c,d,e,f,g,h\r\n\'=1+1,-5,-5,\'@x,"x,""y""",,\'\tg,00ff\r\n'


def test_a_result_is_a_table_with_links_to_the_rows(visit: Open, address: str) -> None:
    page = visit()
    run(
        page,
        "SELECT target_id, value, page, NULL AS blank FROM targets_named WHERE value = 33 AND unit = '万亩' LIMIT 1",
    )
    assert shown(page) == [
        ["target_id", "value", "page", "blank"],
        ["330411-xiuzhou-2023-t006", "33", "…/targets/#t006", ""],
    ]
    right = page.locator("td").nth(1).evaluate("each => getComputedStyle(each).textAlign")
    assert right == "right"
    assert re.match(r"1 行，用时 \d+ 毫秒", page.locator("caption").text_content())
    links = page.locator("#op-sql-result td a").evaluate_all("all => all.map((each) => each.href)")
    assert links == [f"{address}/plans/330411-xiuzhou-2023/targets/index.html#t006"] * 2
    page.locator("#op-sql-result td a").first.click()
    expect(page.locator(":target")).to_contain_text("33")


def test_a_code_stands_beside_its_word(visit: Open) -> None:
    page = visit()
    run(page, "SELECT comparator AS 比较, comparator FROM targets WHERE target_id = '330411-xiuzhou-2023-t006'")
    assert shown(page)[1] == ["不低于 ge", "ge"], "under the column's title, as the queries have it"


def test_a_long_result_is_shown_in_part_and_given_whole(visit: Open) -> None:
    page = visit()
    said = run(page, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1500) SELECT i FROM n")
    assert "这里显示前 1000 行，下载的 CSV 有全部 1500 行" in said
    assert page.locator("#op-sql-result tbody tr").count() == 1000
    assert len(downloaded(page, "csv").splitlines()) == 1501


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELEC 1", 'SQLite 说：near "SELEC": syntax error\n核对 SQL 的写法，或从一个现成的查询改起。'),
        ("SELECT * FROM nowhere", "SQLite 说：no such table: nowhere\n表名和列名见下面的“表和列”。"),
        ("DELETE FROM targets", "SQLite 说：attempt to write a readonly database\n数据库只读，只能查询。"),
        (" \n", "先写一句 SQL，或从上面选一个查询。"),
        ("-- nothing", "这句 SQL 没有结果。"),
    ],
)
def test_what_is_wrong_is_said_plainly(visit: Open, sql: str, said: str) -> None:
    page = visit()
    assert run(page, sql) == said
    assert page.locator("#op-sql-result").is_hidden()
    assert re.match("1 行，", run(page, "SELECT 1; SELECT count(*) AS targets FROM targets -- the last one counts"))
    assert int(shown(page)[1][0]) > 0


def test_a_query_without_end_is_stopped_and_the_next_one_runs(visit: Open) -> None:
    page = visit()
    page.fill("#op-sql-text", ENDLESS)
    page.press("#op-sql-text", "Control+Enter")
    page.click("#op-sql-stop")
    page.wait_for_selector("#op-sql:not([aria-busy])")
    assert page.inner_text("#op-sql-status") == "已停止。" and page.locator("#op-sql-stop").is_hidden()
    assert run(page, "SELECT 1").startswith("1 行")


def test_a_query_without_end_ends_by_itself(visit: Open) -> None:
    page = visit("about/index.html")
    page.route(
        "**/data/sql/index.html",
        lambda route: route.fulfill(
            response=(found := route.fetch()), body=found.text().replace('"seconds": 10', '"seconds": 1')
        ),
    )
    page.goto(page.url.replace("about", "data/sql"))
    assert run(page, ENDLESS) == "超过 1 秒，已停止。加上条件或 LIMIT，让它少查一些。"


def test_an_address_keeps_the_query_and_its_parameters(visit: Open, address: str) -> None:
    page = visit()
    page.select_option("#op-sql-query", "due_in_year")
    assert page.locator("#op-sql-parameters label").all_inner_texts() == ["年份", "地区"]
    page.fill("[name=year]", "2025")
    page.fill("[name=region]", "平阳县")
    run(page)
    kept, first = page.url, shown(page)
    assert kept == f"{address}/data/sql/index.html?query=due_in_year&year=2025&region={quote('平阳县')}"
    assert page.locator("#op-sql-link").get_attribute("href") == kept
    page = visit(kept.removeprefix(f"{address}/"))
    assert page.input_value("#op-sql-query") == "due_in_year" and page.input_value("[name=region]") == "平阳县"
    run(page)
    assert shown(page) == first


def test_an_address_keeps_sql_of_ones_own(visit: Open, address: str) -> None:
    page = visit()
    run(page, "SELECT name_zh FROM regions WHERE region_code = :code")
    assert page.locator("#op-sql-parameters label").all_inner_texts() == [":code"]
    page.fill("[name=code]", "330326")
    run(page)
    assert shown(page)[1] == ["平阳县"] and page.input_value("#op-sql-query") == ""
    page = visit(page.url.removeprefix(f"{address}/"))
    assert page.input_value("#op-sql-text") == "SELECT name_zh FROM regions WHERE region_code = :code"
    run(page)
    assert shown(page)[1] == ["平阳县"]


def test_names_are_at_hand(visit: Open) -> None:
    page = visit("en/data/sql/index.html")
    run(page, "SELECT 1 FROM ")
    assert page.inner_text("#op-sql-status").startswith("SQLite says: incomplete input")
    page.click("#op-sql-schema > summary")
    page.click("#op-sql-schema summary:has-text('targets_named')")
    assert "Targets with names" in page.inner_text("#op-sql-schema summary:has-text('targets_named')")
    page.click("#op-sql-schema details[open] button >> nth=0")
    assert page.input_value("#op-sql-text") == "SELECT 1 FROM targets_named"
    assert run(page).startswith("Rows: ")
    page.select_option("#op-sql-query", "due_in_year")
    options = page.locator("#op-sql-list-region option")
    assert ("330326", "Pingyang") in [(each.get_attribute("value"), each.text_content()) for each in options.all()]


def test_a_two_character_word_is_found(visit: Open, real: Paths) -> None:
    page = visit("data/sql/index.html?query=search&q=" + quote("托位"))
    run(page)
    [query] = [each for each in queries() if each.name == "search"]
    _, rows = asked(real, query.sql, q=segmentation.query("托位"))
    assert [line[1] for line in shown(page)[1:]] == [row[1] for row in rows] != []
    assert "托位" in " ".join(shown(page)[1])


NEAR = [
    "独居老人",
    "平阳 独居老人",
    "残疾人补贴",
    "grain ouput",
    "kindergarden",
    "退伍军人",
    "平阳 退伍军人",
    "星际旅行团队",
    "托位",
    "教玉局",
    "就业率",
    "成镇化率 浙江",
    "我们村的路什么时候修好",
    "洞头区农民一年能挣多少钱",
    "农村电商",
    "浙委发〔2025〕1号",
    "调解",
    "450.11",
    "45.2%",
    "平阳 GDP",
    "建德 450.11",
]


def test_what_is_near_is_found_and_marked_as_in_datasette(visit: Open, real: Paths) -> None:
    page = visit("data/sql/index.html?query=search")
    with closing(sqlite3.connect(real.output / "data/openplans.db")) as connection:
        search.prepare_connection(connection)
        for typed in NEAR:
            run(page, "SELECT escape_fts(:typed) AS cut, near_fts(:typed) AS near")
            page.fill("[name=typed]", typed)
            run(page)
            cut, near = connection.execute("SELECT escape_fts(?1), near_fts(?1)", [typed]).fetchone()
            assert shown(page)[1] == [cut, str(near)]


def test_a_query_that_finds_only_what_is_near_says_so_in_a_column(visit: Open) -> None:
    page = visit("data/sql/index.html?query=search&q=" + quote("独居老人"))
    run(page)
    columns, *rows = shown(page)
    assert columns[-1] == "只是相近" and {row[-1] for row in rows} == {"是"}


TYPED = [
    "养老",
    "平阳 养老",
    "平阳养老",
    "urbanization Rate",
    "ＡＩ养老33.5万亩",
    "2027 养老床位",
    '"a" OR b*',
    "城乡居民收入比",
    "，。",
    "",
    "Ⅷ ½ ﬁn ß_x",
    "〇々 龘𠀀",
    "平阳县今年GDP目标 村里有没有图书馆",
]


def test_what_is_typed_is_cut_as_in_datasette(visit: Open, real: Paths) -> None:
    page = visit()
    with closing(sqlite3.connect(real.output / "data/openplans.db")) as connection:
        search.prepare_connection(connection)
        for typed in TYPED:
            run(page, "SELECT escape_fts(:typed) AS cut")
            page.fill("[name=typed]", typed)
            run(page)
            assert shown(page)[1] == [*connection.execute("SELECT escape_fts(?)", [typed]).fetchone()]


def test_without_scripts_the_page_says_how_to_query(visit: Open) -> None:
    page = visit(scripts=False)
    assert "下载 SQLite 数据库" in page.inner_text("#op-sql-off") and page.locator("#op-sql").is_hidden()
    page.click("text=一年到期的目标")
    assert "FROM targets_named" in page.locator("details[open] pre").inner_text()
    assert "sqlite3 openplans.db" in page.inner_text("main")


def test_from_a_disk_the_page_says_why_it_cannot(browser: Browser, real: Paths) -> None:
    page = browser.new_page()
    page.goto((real.output / "data/sql/index.html").as_uri())
    assert "从磁盘直接打开时，浏览器不允许读取数据库" in page.inner_text("#op-sql-off")
    page.close()


def test_a_database_that_does_not_come_is_said(visit: Open) -> None:
    page = visit()
    page.route("**/openplans.db", lambda route: route.fulfill(status=200, body="no database"))
    assert run(page).startswith("数据库没有打开（file is not a database）")
    page.unroute("**/openplans.db")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_as_wide_as_the_screen(visit: Open, width: int) -> None:
    page = visit("data/sql/index.html?query=due_in_year&year=2027", width)
    run(page)
    page.click("#op-sql-schema > summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
