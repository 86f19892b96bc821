"""HTTP: what is refused, headers, redirects, endings, other sites' scripts, ETags, and what crawlers are told."""

from __future__ import annotations

import gzip
import json
import re
import socket
import urllib.request
from urllib.parse import quote, urlsplit

import pytest

from openplans.paths import Paths
from tests.server.http import asked, get, in_both_languages

REFUSED = {
    "a megabyte of SQL": ("GET", f"/db/openplans.json?sql=select+{'1,' * 500_000}1", 414),
    "ten thousand parameters": (
        "GET",
        f"/db/openplans.json?sql=select+1&{'&'.join(f'p{n}=1' for n in range(10_000))}",
        414,
    ),
    "many parameters": ("GET", f"/db/openplans.json?sql=select+1&{'&'.join(f'p{n}=1' for n in range(100))}", 400),
    "many named parameters": ("GET", f"/db/openplans.json?sql=select+{','.join(f':p{n}' for n in range(1600))}", 400),
    "many facets": (
        "GET",
        "/db/openplans/clauses.json?"
        + "&".join(f"_facet={c}" for c in ("text", "kind", "number", "order", "clause_id", "parent_id")),
        400,
    ),
    "a huge page": ("GET", "/db/openplans/targets.json?_size=1000000", 400),
    "a negative page": ("GET", "/db/openplans/targets.json?_size=-1", 400),
    "a wrong order": ("GET", "/db/openplans/targets.json?_sort=nothing", 400),
    "a wrong place": ("GET", "/db/openplans/targets_named.json?_next=abc", 400),
    "a wrong time limit": ("GET", "/db/openplans/targets.json?_timelimit=abc", 400),
    "a wrong list": ("GET", "/db/openplans/targets.json?period_end__in=%5B", 400),
    "a wrong way through": ("GET", "/db/openplans/targets.json?_through=%7B%7D", 400),
    "a way through that is a list": ("GET", "/db/openplans/targets.json?_through=%5B%5D", 400),
    "a way through that is a number": ("GET", "/db/openplans/targets.json?_through=1", 400),
    "a filter by no column": ("GET", "/db/openplans/targets.json?nought=1", 400),
    "a comparison with no column": ("GET", "/db/openplans/targets.json?valu__gt=1", 400),
    "no such comparison": ("GET", "/db/openplans/targets.json?value__over=1", 400),
    "a filter of a view by no column": ("GET", "/db/openplans/targets_named.json?region_id=1", 400),
    "rows without a key by their key": ("GET", "/db/openplans/targets_named.json?_shape=object", 400),
    "a query's rows by their key": ("GET", "/db/openplans.json?sql=select+1&_shape=object", 400),
    "a query in a wrong shape": ("GET", "/db/openplans.json?sql=select+1&_shape=round", 400),
    "JSON too deep to take apart": (
        "GET",
        f"/db/openplans.json?sql=select+'{'[' * 5_000}'+as+t&_json=t",
        400,
    ),
    "raw search": ("GET", f"/db/openplans/targets.json?_search={quote('(((')}&_searchmode=raw", 400),
    "a wrong shape": ("GET", "/db/openplans/targets.json?_shape=round", 400),
    "no such table": ("GET", "/db/openplans/nothing.json", 404),
    "no such row": ("GET", "/db/openplans/targets/nothing.json", 404),
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
    "versions": ("GET", "/db/-/versions.json", 404),
    "a token": ("GET", "/db/-/auth-token?token=x", 404),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_out_of_bounds_is_refused(server: str, name: str) -> None:
    method, path, status = REFUSED[name]
    answer = asked(server, path, method)
    assert answer[0] == status and "root:" not in answer[2]
    if path.startswith("/db/") and "/static/" not in path and path.partition("?")[0].endswith(".json"):
        assert json.loads(answer[2])["error"] and in_both_languages(answer[2])
    assert json.loads(get(f"{server}/db/openplans.json?sql=select+1+as+one&_shape=array")) == [{"one": 1}]


def test_which_shape_there_is_not_is_told(server: str) -> None:
    told = [
        asked(server, f"/db/openplans/targets_named.json?_shape={each}")[2].encode().decode("unicode_escape")
        for each in ("round", "object")
    ]
    assert ["没有这种 _shape" in each for each in told] == [True, False]
    assert ["这里的行没有编号" in each for each in told] == [False, True]


# --- Redirects and endings ------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/db//", "/db/"),
        ("/db", "/db/"),
        ("/db?sql=1", "/db/?sql=1"),
        ("/db/openplans/", "/db/openplans"),
        ("/db/openplans//", "/db/openplans"),
        ("/db/openplans/?sql=select+1", "/db/openplans?sql=select+1"),
        ("/db/openplans/targets/", "/db/openplans/targets"),
        ("/db/openplans/targets/?_size=2", "/db/openplans/targets?_size=2"),
        ("/db/openplans/targets/990101-tiny-2023-t001/", "/db/openplans/targets/990101-tiny-2023-t001"),
        ("/db/openplans/due_in_year/", "/db/openplans/due_in_year"),
        ("/db/openplans/targets%20x", "/db/openplans/targets~20x"),
        (
            "/db/openplans/targets?_filter_column=unit&_filter_op=exact&_filter_value=x",
            "/db/openplans/targets?unit__exact=x",
        ),
        ("/db/openplans/targets?_search=x", "/db/openplans/search_targets?_search=x"),
        ("/db/openplans/observations_named?_search=x", "/db/openplans/search_observations?_search=x"),
        ("/db//evil.example/", "/db/evil.example"),
    ],
)
def test_a_redirect_stays_below_the_base_and_has_the_headers(server: str, path: str, where: str) -> None:
    status, headers, _ = asked(server, path)
    location = headers["location"]
    if not location.startswith("/"):
        location = f"{path.rpartition('/')[0]}/{location}"
    assert status in (301, 302, 307) and location == where
    assert headers["x-content-type-options"] == "nosniff"
    if "evil" not in where and "~20" not in where:
        assert asked(server, where)[0] in (200, 400)


ENDINGS = {
    "/targets.xlsx": "data/all/targets.xlsx",
    "/targets.parquet": "data/all/targets.parquet",
    "/targets.xml": "data/all/targets.xlsx",
    "/targets.jsono": "data/all/targets.xlsx",
    "/targets.csv.gz": "data/all/targets.xlsx",
    "/targets.excel.csv": "data/all/targets.xlsx",
    "/targets.blob": "data/all/targets.xlsx",
    "/targets_named.xlsx": "data/targets_named.xlsx",
    "/responsibilities_named.parquet": "data/responsibilities_named.parquet",
    "/comparisons_named.parquet": "data/comparisons_named.parquet",
    "/findings.xlsx": "data/findings.xlsx",
    "/data_dictionary.xlsx": "data/dictionary.xlsx",
    "/target_facts.xlsx": "data/",
    "/search_targets.xlsx": "data/",
    "/targets/990101-tiny-2023-t001.xlsx": "data/all/targets.xlsx",
    "/targets/990101-tiny-2023-t001.csv": "data/all/targets.csv",
    ".xlsx": "data/all.xlsx",
    ".parquet": "data/all.xlsx",
    ".zip": "data/all.zip",
    ".csv": "data/all.xlsx",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_unknown_ending_is_404_with_the_address_of_the_file(server: str, built: Paths, ending: str) -> None:
    status, _, body = asked(server, f"/db/openplans{ending}")
    assert status == 404 and f"/{ENDINGS[ending]}" in body and in_both_languages(body)
    assert asked(server, f"/{ENDINGS[ending]}", "HEAD")[0] == 200, "the file is there"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("plans/990101-tiny-2023/targets.xlsx", "plans/990101-tiny-2023.xlsx"),
        ("plans/990101-tiny-2023/targets.json", "plans/990101-tiny-2023.json"),
        ("plans/990101-tiny-2023/tasks.parquet", "plans/990101-tiny-2023.parquet.zip"),
        ("registry/organization_names.excel.csv", "registry.excel.zip"),
        ("all/targets.excel.csv", "all/targets.xlsx"),
        ("targets-all.csv", "targets_named.csv"),
        ("responsibilities-all.en.json", "responsibilities_named.en.json"),
        ("comparison.en.xlsx", "comparisons_named.en.xlsx"),
        ("targets-all.en.excel.csv", "targets_named.en.xlsx"),
        ("units/990101/agriculture.csv", "responsibilities_named.csv"),
        ("units/990101/agriculture.excel.csv", "responsibilities_named.csv"),
    ],
)
def test_an_address_of_earlier_versions_leads_to_the_file_that_holds_the_same(server: str, was: str, now: str) -> None:
    status, headers, _ = asked(server, f"/data/{was}")
    assert (status, headers["location"]) == (301, f"/data/{now}")
    assert asked(server, f"/data/{now}", "HEAD")[0] == 200


def test_a_view_by_its_old_name_leads_to_the_same_rows(server: str) -> None:
    for asked_for in ("", ".json", ".json?_size=1&relation=more", ".csv"):
        status, headers, _ = asked(server, f"/db/openplans/comparison{asked_for}")
        assert (status, headers["location"]) == (301, f"/db/openplans/comparisons_named{asked_for}")
        assert asked(server, headers["location"], "HEAD")[0] == 200


def test_what_was_never_there_is_not_found(server: str) -> None:
    for path in ("plans/990101-nowhere-2023/targets.xlsx", "no/such.excel.csv", "nothing.json"):
        assert asked(server, f"/data/{path}")[0] == 404


def test_the_known_endings_answer(server: str) -> None:
    for path in (".json", ".db", ".json?sql=select+1", ".csv?sql=select+1", "/targets.json", "/targets.csv"):
        assert asked(server, f"/db/openplans{path}", "HEAD")[0] == 200, path
    assert asked(server, "/db/openplans/targets/990101-tiny-2023-t001.json")[0] == 200


# --- Headers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ['x>; rel="preload"', "x y", "x/y", "a@b", "例.example", "x:port", "", "x\tb", "<script>", "x" * 300]
)
@pytest.mark.parametrize("path", ["/db/openplans", "/db/openplans/targets.json", "/plans", "/"])
def test_a_host_that_is_none_is_not_repeated(server: str, host: str, path: str) -> None:
    with socket.create_connection((urlsplit(server).hostname, urlsplit(server).port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head = answer.partition(b"\r\n\r\n")[0]
    assert answer.startswith(b"HTTP/1.1 400") and (not host or host.encode() not in head)
    assert b"x-content-type-options: nosniff" in head


@pytest.mark.parametrize(
    "host", ["plans.example.org", "plans.example.org:8443", "127.0.0.1:80", "[::1]:8001", "open_plans"]
)
def test_a_host_is_repeated_as_an_address_in_brackets(server: str, host: str) -> None:
    _, headers, _ = asked(server, "/db/openplans/targets", Host=host)
    assert headers["link"].startswith(f"<http://{host}/db/openplans/targets.json>; rel=")


def test_every_answer_says_nosniff(server: str) -> None:
    for path in (
        "/",
        "/plans",
        "/nothing",
        "/robots.txt",
        "/db",
        "/db/",
        "/db/openplans/",
        "/db/nothing",
        "/data/index.json",
        "/db/openplans/targets?_search=x",
        "/db/static/datasette.css",
        "/db/openplans.db",
        "/db/openplans/x.xlsx",
    ):
        assert asked(server, path, "HEAD")[1]["x-content-type-options"] == "nosniff", path
    assert asked(server, "/", "DELETE")[1]["x-content-type-options"] == "nosniff"


def test_anyone_may_read_and_nothing_else_runs(server: str) -> None:
    for path in ("/db/openplans/targets.json", "/db/openplans", "/db/openplans/nothing", "/data/openplans.db"):
        _, headers, _ = asked(server, path, Origin="https://example.org")
        assert headers["access-control-allow-origin"] == "*"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert headers["access-control-expose-headers"]
    assert asked(server, "/db/openplans")[1]["access-control-allow-headers"] == "*"
    policy = asked(server, "/db/openplans")[1]["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy
    status, headers, _ = asked(server, "/db/openplans.json", "OPTIONS", Origin="https://example.org")
    assert status == 204 and headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/data/openplans.db", "/data/all/targets.csv", "/data/nothing"])
def test_scripts_of_other_sites_may_ask_for_pieces_of_files(server: str, path: str) -> None:
    asking = {
        "Origin": "https://example.org",
        "Access_Control_Request_Method": "GET",
        "Access_Control_Request_Headers": "range",
    }
    status, headers, _ = asked(server, path, "OPTIONS", **asking)
    assert status == 204 and headers["access-control-allow-origin"] == "*"
    assert "Range" in headers["access-control-allow-headers"] and "GET" in headers["access-control-allow-methods"]
    exposed = asked(server, path, Origin="https://example.org")[1]["access-control-expose-headers"]
    assert {"Content-Range", "Accept-Ranges", "ETag", "Content-Length"} <= set(exposed.split(", "))
    assert asked(server, "/plans/", "OPTIONS")[0] == 405, "the pages are not for them"


def test_a_piece_of_a_file_is_a_piece_of_the_file(server: str, built: Paths) -> None:
    whole = (built.output / "data/all/targets.csv").read_bytes()
    status, headers, body = asked(server, "/data/all/targets.csv", Range="bytes=10-19", Accept_Encoding="gzip")
    assert status == 206 and body.encode() == whole[10:20] and "content-encoding" not in headers
    assert headers["content-range"] == f"bytes 10-19/{len(whole)}" and headers["etag"].startswith('"')
    assert asked(server, "/data/all/targets.csv", Range="bytes=99999999-")[0] == 416


WRONG_RANGES = (
    "lines=1-2",
    "",
    "garbage",
    "bytes=",
    "bytes=,",
    "bytes=-",
    "bytes=a-b",
    "bytes=9-3",
    "bytes=0-1,9-3",
    "bytes=0--1",
    "bytes=1-2-3",
    "bytes=+1-2",
    f"bytes=0-{'9' * 5000}",
    f"bytes={'0-0,' * 1000}",
)


@pytest.mark.parametrize("wrong", WRONG_RANGES)
def test_a_range_that_is_none_is_passed_over(server: str, built: Paths, wrong: str) -> None:
    whole = (built.output / "data/all/targets.csv").read_text(encoding="utf-8")
    assert asked(server, "/data/all/targets.csv", Range=wrong)[::2] == (200, whole)


def test_a_gzip_has_another_etag_than_the_file_and_no_ranges(server: str, built: Paths) -> None:
    request = urllib.request.Request(f"{server}/data/all/targets.csv", headers={"accept-encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        packed = dict(answer.headers)
        assert gzip.decompress(answer.read()) == (built.output / "data/all/targets.csv").read_bytes()
    plain = asked(server, "/data/all/targets.csv")[1]
    assert (
        packed["etag"] == f"W/{plain['etag']}" and "accept-ranges" not in packed and plain["accept-ranges"] == "bytes"
    )
    for etag in (packed["etag"], plain["etag"]):
        assert asked(server, "/data/all/targets.csv", If_None_Match=etag, Accept_Encoding="gzip")[0] == 304


def test_an_answer_is_kept_by_browsers_and_asked_for_again_by_its_etag(server: str) -> None:
    status, headers, body = asked(server, "/db/openplans/themes.json")
    assert status == 200 and "max-age=300" in headers["cache-control"] and "public" in headers["cache-control"]
    assert asked(server, "/db/openplans/themes.json")[2] == body, "from the cache"
    assert asked(server, "/db/openplans/themes.json", If_None_Match=headers["etag"])[0] == 304
    assert (
        asked(server, "/db/openplans/themes.json", Cookie="ds_actor=x")[1]["cache-control"] == headers["cache-control"]
    )
    assert asked(server, "/db/openplans/units.json")[1]["etag"] != headers["etag"]
    assert "cache-control" not in asked(server, "/db/openplans/nothing")[1]
    assert "cache-control" not in asked(server, "/db/openplans.csv?sql=select+nought")[1]


def test_a_cached_answer_is_the_same_with_and_without_gzip(server: str) -> None:
    first, packed, again = (
        asked(server, "/db/openplans/regions.json"),
        asked(server, "/db/openplans/regions", Accept_Encoding="gzip"),
        asked(server, "/db/openplans/regions.json"),
    )
    assert first[2] == again[2] and packed[1]["content-encoding"] == "gzip"
    assert "content-encoding" not in asked(server, "/db/openplans/regions")[1]


def test_the_head_of_a_cached_answer_has_its_length_and_no_body(server: str) -> None:
    for path in ("/db/openplans/plans.json", "/db/openplans/plans.csv"):
        _, headers, body = asked(server, path)
        _, head, nothing = asked(server, path, "HEAD")
        assert nothing == "" and head["content-length"] == str(len(body.encode())) and head["etag"] == headers["etag"]


def test_the_site_is_cached_for_a_while_in_public(server: str) -> None:
    assert asked(server, "/")[1]["cache-control"] == "public, max-age=300"


def test_the_name_by_which_one_reader_asks_is_not_told_to_another(server: str) -> None:
    address = f"{server}/db/openplans/targets.json?_size=2&_n=hosts"
    request = urllib.request.Request(address, headers={"host": "other.example"})
    assert json.loads(urllib.request.urlopen(request).read())["next_url"].startswith("http://other.example/")
    assert json.loads(get(address))["next_url"].startswith(f"{server}/db/")


def test_chance_and_the_clock_have_another_answer_each_time(server: str) -> None:
    asked = [f"{server}/db/openplans.json?sql=select+random()+as+r&_shape=array&_n={number}" for number in range(2)]
    first, second = (json.loads(get(each)) for each in asked)
    assert first != second


def test_crawlers_are_kept_out_of_facets_and_queries(server: str) -> None:
    assert re.search(r"(?m)^Disallow: /db/\*\?$", get(f"{server}/robots.txt"))
    assert asked(server, "/db/openplans/targets?_facet=unit")[1]["x-robots-tag"] == "noindex, nofollow"
    assert "x-robots-tag" not in asked(server, "/db/openplans/targets")[1]
