"""Site and Datasette over HTTP: what it shows, finds and answers, and what was tried against it."""

from __future__ import annotations

import csv
import html
import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest

from openplans.database import queries, views
from openplans.paths import HOUSE, Paths
from tests.conftest import TINY

SEARCHES = list(csv.DictReader((Path(__file__).parent / "datasette_queries.csv").open(encoding="utf-8")))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def running(command: list[str | Path], port: int, cwd: Path = HOUSE, **environment: str) -> Iterator[str]:
    """A server process that answers at `port`; its address."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=cwd, env={**os.environ, **environment}
    )
    assert process.stdout
    threading.Thread(target=process.stdout.read, daemon=True).start()  # or a full pipe would stop the server
    address = f"http://127.0.0.1:{port}"
    try:
        assert eventually(lambda: urllib.request.urlopen(address).read())
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A copy of the tiny project: `build.py serve` builds its site with links to the Datasette beside it."""
    return Paths.of(Path(shutil.copytree(TINY, tmp_path_factory.mktemp("served") / "tiny")))


@pytest.fixture(scope="module")
def server(served: Paths) -> Iterator[str]:
    """`build.py serve` on the tiny project."""
    port = free_port()
    with running([sys.executable, "build.py", "serve", "--root", served.root, "--port", str(port)], port) as address:
        yield address


@pytest.fixture(scope="module")
def public(real: Paths) -> Iterator[str]:
    """The public server, as the image runs it, on the real plans."""
    port = free_port()
    environment = {"OPENPLANS_OUTPUT": str(real.output), "PORT": str(port), "WORKERS": "1"}
    with running([sys.executable, "-m", "openplans.serve"], port, **environment) as address:
        yield address


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.status == 200
        return answer.read().decode()


def asked(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of a request, sent as it is."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def eventually(true, seconds: int = 60) -> bool:
    """Whether something becomes true in time; a start or a rebuild takes some seconds."""
    for _ in range(seconds * 5):
        try:
            if true():
                return True
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.2)
    return False


# --- What it shows ---------------------------------------------------------------------


def test_site_and_datasette_share_a_port(server: str) -> None:
    assert "例县乡村振兴实施方案" in get(f"{server}/")
    assert "目标清单" in get(f"{server}/plans/990101-tiny-2023/targets/")
    assert "Open Plans" in get(f"{server}/db/")


def test_a_table_has_title_licence_source_and_the_meaning_of_its_columns(server: str) -> None:
    page = get(f"{server}/db/openplans/targets")
    assert "目标清单" in page and "CC BY 4.0" in page and "2 份计划的公开文件" in page
    assert "一字不改" in page, "the description of the column quote"


@pytest.mark.parametrize(
    "page", ["", "/targets", "/targets_named", "/targets/990101-tiny-2023-t001", "/unit_leads?unit=x", "?sql=select+1"]
)
def test_a_page_is_in_chinese_without_script_or_foreign_host(server: str, page: str) -> None:
    text = get(f"{server}/db/openplans{page}")
    assert '<html lang="zh-CN">' in text and "<script" not in text and "style=" not in text
    assert not re.search(r'(src|<link[^>]*href)="https?://(?!127\.0\.0\.1)', text)
    for word in (
        "Search:",
        "Apply",
        "This data as",
        "Run SQL",
        "Powered by",
        "View and edit",
        "rows where",
        "Custom SQL",
    ):
        assert word not in text, word


def test_a_row_leads_to_its_place_on_the_site(server: str) -> None:
    page = get(f"{server}/db/openplans/targets/990101-tiny-2023-t001")
    assert 'href="/plans/990101-tiny-2023/targets/index.html#t001"' in page
    view = get(f"{server}/db/openplans/targets_named")
    [sentence] = set(re.findall(r'href="(/plans/[^"]+/text/index.html#t001)"', view)) - {
        "/plans/990000-wide-2025/text/index.html#t001"
    }
    assert 'id="t001"' in get(server + urlsplit(sentence).path)


def test_every_link_of_a_page_leads_somewhere(server: str) -> None:
    paths = ["/db/", "/db/openplans", "/db/openplans/targets_named?_size=2", "/db/openplans/tasks?_where=1", "/db/openplans/due_in_year?year=2027",
             "/db/openplans/targets/990101-tiny-2023-t001", "/db/openplans/responsibilities_named", "/db/openplans/organizations_named",
             "/db/openplans/findings", "/db/openplans/unit_across_plans?unit="]  # fmt: skip
    for path in paths:
        for link in set(re.findall(r'href="([^"#]+)', get(server + path))):
            address = html.unescape(link)
            if not address.startswith(("https://creativecommons", "https://datasette")):
                assert get(urljoin(server + path, address)) is not None if not address.endswith(".db") else True, (
                    path,
                    address,
                )


def test_codes_are_shown_as_words_and_keys_by_the_name_of_what_they_lead_to(server: str) -> None:
    page = get(f"{server}/db/openplans/responsibilities")
    assert "文件未说明谁牵头 <small>listed</small>" in page
    assert re.search(r"/openplans/organizations/[\w~-]+\">县住建局</a>", page)


def test_text_of_the_data_is_escaped(server: str) -> None:
    for page in ("/targets_named", "/targets", "/due_in_year?year=2027", "/targets/990000-wide-2025-t003"):
        text = get(f"{server}/db/openplans{page}")
        assert "&lt;script&gt;" in text and "<script>" not in text


def test_the_colours_are_those_of_the_site() -> None:
    site = (HOUSE / "templates/assets/openplans.css").read_text(encoding="utf-8")
    ours = (HOUSE / "templates/datasette/static/datasette.css").read_text(encoding="utf-8")
    colours = re.findall(r"--[\w-]+: [^;]+;", ours)
    assert len(colours) > 8
    for line in colours:
        assert line in site, line


def test_datasette_answers_in_json(server: str) -> None:
    [row] = json.loads(get(f"{server}/db/openplans/targets.json?target_id=990101-tiny-2023-t003&_shape=array"))
    assert (row["value"], row["unit"], row["quote"]) == (50000.0, "万元", "2025年突破50000万元")


def test_the_database_can_be_downloaded(server: str, served: Paths) -> None:
    with urllib.request.urlopen(f"{server}/db/openplans.db") as answer:
        assert answer.read() == (served.output / "data/openplans.db").read_bytes()


# --- Queries and search ------------------------------------------------------------------


@pytest.mark.parametrize("query", queries.queries(), ids=lambda query: query.name)
def test_every_query_answers_on_both_projects(server: str, public: str, query: queries.Query) -> None:
    for address, parameters in ((server, dict.fromkeys(query.parameters, "")), (public, query.example)):
        asking = urlencode({**parameters, "_shape": "array"})
        rows = json.loads(get(f"{address}/db/openplans/{query.name}.json?{asking}"))
        assert isinstance(rows, list)
        page = get(f"{address}/db/openplans/{query.name}?{urlencode(parameters)}")
        assert query.title_zh in page and query.description_zh in page.replace("&#34;", '"')
    assert rows, "the example answers on the real data"


def test_a_query_without_what_it_needs_asks_for_it(public: str) -> None:
    page = get(f"{public}/db/openplans/unit_leads?unit=")
    assert "填好上面的“单位”再运行" in page
    [example] = re.findall(r'<p class="empty">.*?href="([^"]+)"', page)
    assert "没有符合" not in get(f"{public}{html.unescape(example)}")
    assert "没有符合条件的行" in get(f"{public}/db/openplans/unit_leads?unit=nobody")
    assert "不低于 <small>ge</small>" in get(f"{public}/db/openplans/due_in_year?year=2027&region=330411"), (
        "codes in words"
    )


def test_every_table_and_view_answers(server: str) -> None:
    tables = json.loads(get(f"{server}/db/openplans.json"))
    names = [each["name"] for each in tables["tables"] if not each["hidden"]] + [
        each["name"] for each in tables["views"]
    ]
    assert {view.name for view in views.views()} <= set(names) and "targets" in names
    for name in names:
        assert "columns" in json.loads(get(f"{server}/db/openplans/{name}.json?_size=1")), name
        assert "<table" in get(f"{server}/db/openplans/{name}") or "没有符合条件的行" in get(
            f"{server}/db/openplans/{name}"
        )


@pytest.mark.parametrize("search", SEARCHES, ids=lambda each: f"{each['table']} {each['query']}")
def test_a_search_has_its_row_among_the_first_ten(public: str, search: dict[str, str]) -> None:
    asking = urlencode({"_search": search["query"], "_shape": "array", "_size": 10})
    rows = json.loads(get(f"{public}/db/openplans/{search['table']}.json?{asking}"))
    assert search["row"] in [next(iter(row.values())) for row in rows]
    assert [row["relevance"] for row in rows] == sorted(row["relevance"] for row in rows)


def test_a_search_is_in_the_box_of_the_page_and_goes_on_with_filters_and_pages(public: str) -> None:
    page = get(f"{public}/db/openplans/targets?_search={quote('收入')}")
    assert 'name="_search" value="收入"' in page and "按相关度" in page
    asking = urlencode({"_search": "收入", "region_code": "330326", "_shape": "array"})
    rows = json.loads(get(f"{public}/db/openplans/targets.json?{asking}"))
    assert rows and {row["region"] for row in rows} == {"平阳县"}
    first = json.loads(get(f"{public}/db/openplans/search_targets.json?{urlencode({'_search': '收入', '_size': 5})}"))
    second = json.loads(get(first["next_url"]))
    assert not {row[0] for row in first["rows"]} & {row[0] for row in second["rows"]}


def test_a_search_with_an_order_stays_in_the_table(public: str) -> None:
    asking = urlencode({"_search": "养老", "_sort": "target_id", "_shape": "array"})
    rows = json.loads(get(f"{public}/db/openplans/targets.json?{asking}"))
    assert len(rows) > 5 and "relevance" not in rows[0]
    assert [row["target_id"] for row in rows] == sorted(row["target_id"] for row in rows)


@pytest.mark.parametrize("typed", ['"', "*", "AND", "养老 OR", "-", "没有的词", "'; drop table targets; --"])
def test_whatever_is_typed_is_a_search(public: str, typed: str) -> None:
    assert isinstance(
        json.loads(get(f"{public}/db/openplans/targets.json?{urlencode({'_search': typed, '_shape': 'array'})}")), list
    )


# --- What was tried against it -------------------------------------------------------------

SQL = {
    "insert": "insert into themes values ('x', 'x', 'x', 1)",
    "delete": "delete from targets",
    "drop": "drop table targets",
    "create": "create table x (y)",
    "attach": "attach database '/tmp/x.db' as x",
    "vacuum into": "vacuum into '/tmp/x.db'",
    "pragma": "pragma journal_mode = wal",
    "writable schema": "pragma writable_schema = 1",
    "two statements": "select 1; delete from targets",
    "write in a with": "with x as (select 1) delete from targets",
    "load_extension": "select load_extension('/tmp/x.so')",
    "readfile": "select readfile('/etc/passwd')",
    "writefile": "select writefile('/tmp/x', 'y')",
    "edit": "select edit('x', 'vi')",
    "fts write": "insert into targets_fts (targets_fts) values ('rebuild')",
    "endless": "with recursive c (x) as (select 1 union all select x + 1 from c) select count(*) from c",
    "cross join": "select count(*) from clauses a, clauses b, clauses c, clauses d, clauses e",
    "big value": "select zeroblob(1000000000)",
    "big text": "select printf('%.900000000c', 'x')",
    "big sort": "with recursive c (x) as (select 1 union all select x + 1 from c) select x, randomblob(100000) from c order by 2",
    "big group": "with recursive c (x) as (select 1 union all select x + 1 from c) select group_concat(x) from c",
    "printf": "select printf('%.100c', 'a')",
    "long text": "select replace(hex(zeroblob(9000)), '0', 'aaa')",
    "slow function": "with t (a, b) as (select replace(hex(zeroblob(9000)), '0', 'a'), replace(hex(zeroblob(9000)), '0', 'b') || 'a'), c (x) as (select 1 union all select x + 1 from c) select sum(length(trim(a || x, b))) from t, c",
    "slow search": "with recursive c (x) as (select 1 union all select x + 1 from c) select sum(instr(replace(hex(zeroblob(9000)), '0', 'a'), replace(hex(zeroblob(4000)), '0', 'a') || x)) from c",
    "slow pattern": "with recursive c (x) as (select 1 union all select x + 1 from c) select count(*) from c where x || replace(hex(zeroblob(9000)), '0', 'a') like '%a%a%a%a%a%a%ab'",
    "deep expression": "select " + "(" * 300 + "1" + ")" * 300,
    "long compound": " union all ".join(["select 1"] * 200),
    "long pattern": "select 'x' like '" + "%a" * 500 + "'",
    "not sql": "养老",
}


@pytest.mark.parametrize("name", SQL)
def test_a_bad_query_ends_with_a_message_and_others_are_answered(public: str, name: str) -> None:
    begun = asked(public, f"/db/openplans.json?{urlencode({'sql': SQL[name]})}")
    assert begun[0] == 400, begun
    answer = json.loads(begun[2])
    assert answer["ok"] is False and answer["error"]
    assert "<h1>" in asked(public, f"/db/openplans?{urlencode({'sql': SQL[name]})}")[2]
    assert json.loads(get(f"{public}/db/openplans.json?sql=select+1+as+one&_shape=array")) == [{"one": 1}]


def test_a_query_that_takes_too_long_is_told_so_in_chinese(public: str) -> None:
    status, _, page = asked(public, f"/db/openplans?{urlencode({'sql': SQL['endless']})}")
    assert status == 400 and "查询用时太长，已经停止" in page


def test_others_are_answered_while_bad_queries_run(public: str) -> None:
    bad = [
        threading.Thread(
            target=asked, args=(public, f"/db/openplans.json?{urlencode({'sql': SQL['cross join'], 'n': n})}")
        )
        for n in range(2)  # of three SQL threads
    ]
    get(f"{public}/db/openplans/concepts.json?_size=76")  # the server is warm
    for each in bad:
        each.start()
    time.sleep(0.1)  # they have begun
    assert "sewage" in get(f"{public}/db/openplans/concepts.json?_size=77")
    assert all(each.is_alive() for each in bad), "they ran meanwhile"
    for each in bad:
        each.join()


REFUSED = {
    "a megabyte of SQL": ("GET", f"/db/openplans.json?sql=select+{'1,' * 500_000}1", 414),
    "ten thousand parameters": ("GET", f"/db/openplans.json?sql=select+1&{'&'.join(f'p{n}=1' for n in range(10_000))}", 414),
    "many parameters": ("GET", f"/db/openplans.json?sql=select+1&{'&'.join(f'p{n}=1' for n in range(100))}", 400),
    "many named parameters": ("GET", f"/db/openplans.json?sql=select+{','.join(f':p{n}' for n in range(1600))}", 400),
    "many facets": ("GET", "/db/openplans/clauses.json?" + "&".join(f"_facet={c}" for c in ("text", "kind", "number", "order", "clause_id", "parent_id")), 400),
    "a huge page": ("GET", "/db/openplans/targets.json?_size=1000000", 400),
    "a negative page": ("GET", "/db/openplans/targets.json?_size=-1", 400),
    "a wrong order": ("GET", "/db/openplans/targets.json?_sort=nothing", 400),
    "a wrong place": ("GET", "/db/openplans/targets_named.json?_next=abc", 400),
    "a wrong time limit": ("GET", "/db/openplans/targets.json?_timelimit=abc", 400),
    "a wrong list": ("GET", "/db/openplans/targets.json?period_end__in=%5B", 400),
    "a wrong way through": ("GET", "/db/openplans/targets.json?_through=%7B%7D", 400),
    "raw search": ("GET", f"/db/openplans/targets.json?_search={quote('(((')}&_searchmode=raw", 400),
    "a write by POST": ("POST", "/db/openplans", 405),
    "a write by POST to a table": ("POST", "/db/openplans/targets.json", 405),
    "a query by POST": ("POST", "/db/openplans/due_in_year", 405),
    "PUT": ("PUT", "/data/openplans.db", 405),
    "DELETE": ("DELETE", "/db/openplans.db", 405),
    "a file above": ("GET", "/db/static/../settings.json", 404),
    "a file above, encoded": ("GET", "/db/static/%2e%2e/settings.json", 404),
    "a file above the site": ("GET", "/../../etc/passwd", 404),
    "a file above the site, encoded": ("GET", "/..%2f..%2fetc/passwd", 404),
    "a file above by tilde": ("GET", "/db/~2E~2E~2Fetc~2Fpasswd", 404),
    "the internal database": ("GET", "/db/_internal", 403),
    "threads": ("GET", "/db/-/threads.json", 404),
    "permissions": ("GET", "/db/-/permissions", 404),
    "a token": ("GET", "/db/-/auth-token?token=x", 404),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_out_of_bounds_is_refused(public: str, name: str) -> None:
    method, path, status = REFUSED[name]
    answer = asked(public, path, method)
    assert answer[0] == status and "root:" not in answer[2]
    if status in (400, 414):
        assert json.loads(answer[2])["error"]
    assert json.loads(get(f"{public}/db/openplans.json?sql=select+1+as+one&_shape=array")) == [{"one": 1}]


def test_no_cell_of_the_data_comes_near_the_limit(real: Paths) -> None:
    with sqlite3.connect(f"file:{real.output / 'data/openplans.db'}?mode=ro", uri=True) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "select name from sqlite_master where type = 'view' or sql like 'create table%'"
            )
        ]
        rows = (row for name in names for row in connection.execute(f'select * from "{name}"'))
        assert max(len(str(cell).encode()) for row in rows for cell in row if isinstance(cell, str)) < 10_000


def test_the_data_is_what_it_was(public: str, real: Paths) -> None:
    with sqlite3.connect(f"file:{real.output / 'data/openplans.db'}?mode=ro", uri=True) as connection:
        count = connection.execute("select count(*) from targets").fetchone()[0]
    assert json.loads(get(f"{public}/db/openplans.json?sql=select+count(*)+n+from+targets&_shape=array")) == [
        {"n": count}
    ]


# --- Headers ------------------------------------------------------------------------------


def test_anyone_may_read_and_nothing_else_runs(public: str) -> None:
    for path in ("/db/openplans/targets.json", "/db/openplans", "/db/openplans/nothing", "/data/openplans.db"):
        _, headers, _ = asked(public, path, Origin="https://example.org")
        assert headers["access-control-allow-origin"] == "*" and headers["x-content-type-options"] == "nosniff"
    policy = asked(public, "/db/openplans")[1]["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy
    status, headers, _ = asked(public, "/db/openplans.json", "OPTIONS", Origin="https://example.org")
    assert status == 204 and headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


def test_an_answer_is_kept_by_browsers_and_asked_for_again_by_its_etag(public: str) -> None:
    status, headers, body = asked(public, "/db/openplans/themes.json")
    assert status == 200 and "max-age=300" in headers["cache-control"] and "public" in headers["cache-control"]
    assert asked(public, "/db/openplans/themes.json")[2] == body, "from what is kept"
    assert asked(public, "/db/openplans/themes.json", If_None_Match=headers["etag"])[0] == 304
    assert (
        asked(public, "/db/openplans/themes.json", Cookie="ds_actor=x")[1]["cache-control"] == headers["cache-control"]
    )
    assert asked(public, "/db/openplans/units.json")[1]["etag"] != headers["etag"]
    assert "cache-control" not in asked(public, "/db/openplans/nothing")[1]


def test_a_kept_answer_is_the_same_with_and_without_gzip(public: str) -> None:
    first, packed, again = (
        asked(public, "/db/openplans/regions.json"),
        asked(public, "/db/openplans/regions", Accept_Encoding="gzip"),
        asked(public, "/db/openplans/regions.json"),
    )
    assert first[2] == again[2] and packed[1]["content-encoding"] == "gzip"
    assert "content-encoding" not in asked(public, "/db/openplans/regions")[1]


def test_the_head_of_a_kept_answer_has_its_length_and_no_body(public: str) -> None:
    _, headers, body = asked(public, "/db/openplans/plans.json")
    _, head, nothing = asked(public, "/db/openplans/plans.json", "HEAD")
    assert nothing == "" and head["content-length"] == str(len(body.encode())) and head["etag"] == headers["etag"]


def test_the_site_is_cached_for_a_while_in_public_and_never_on_ones_own_machine(public: str, server: str) -> None:
    assert asked(public, "/")[1]["cache-control"] == "public, max-age=300"
    assert asked(server, "/")[1]["cache-control"] == "no-cache"


def test_the_name_by_which_one_reader_asks_is_not_told_to_another(public: str) -> None:
    address = f"{public}/db/openplans/targets.json?_size=2&_n=hosts"
    request = urllib.request.Request(address, headers={"host": "other.example"})
    assert json.loads(urllib.request.urlopen(request).read())["next_url"].startswith("http://other.example/")
    assert json.loads(get(address))["next_url"].startswith(f"{public}/db/")


def test_chance_and_the_clock_have_another_answer_each_time(public: str) -> None:
    asked = [f"{public}/db/openplans.json?sql=select+random()+as+r&_shape=array&_n={number}" for number in range(2)]
    first, second = (json.loads(get(each)) for each in asked)
    assert first != second


def test_readers_who_have_left_keep_nobody_waiting(public: str) -> None:
    query = urlencode({"sql": SQL["endless"]})
    for number in range(60):  # twenty seconds of work, if anybody waited for it
        with socket.create_connection((urlsplit(public).hostname, urlsplit(public).port)) as left:
            left.sendall(f"GET /db/openplans.json?{query}&_n={number} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
    assert json.loads(get(f"{public}/db/openplans/plans.json?_shape=array&_n=left"))


def test_crawlers_are_kept_out_of_facets_and_queries(public: str) -> None:
    assert "Disallow: /db/*?" in get(f"{public}/robots.txt")
    assert asked(public, "/db/openplans/targets?_facet=unit")[1]["x-robots-tag"] == "noindex, nofollow"
    assert "x-robots-tag" not in asked(public, "/db/openplans/targets")[1]


# --- On one's own machine ------------------------------------------------------------------


def test_a_change_of_the_data_is_served(server: str, served: Paths) -> None:
    path = served.root / "datapackages/registry/themes.csv"
    kept = path.read_bytes()
    try:
        path.write_text(kept.decode().replace("村庄", "美丽村庄"), encoding="utf-8")
        assert eventually(lambda: "美丽村庄" in get(f"{server}/indicators/"))
        asking = f"{server}/db/openplans/themes.json?theme_id=villages&_shape=array"
        assert eventually(lambda: json.loads(get(asking))[0]["name_zh"] == "美丽村庄")
        path.write_text("theme_id\n", encoding="utf-8")
        time.sleep(3)
        assert "美丽村庄" in get(f"{server}/indicators/"), "a broken table leaves the last good site"
    finally:
        path.write_bytes(kept)
    assert eventually(lambda: "美丽村庄" not in get(f"{server}/indicators/"))
