"""Requests as no browser sends them: each gets one answer, HEAD gives its head, and no redirect leaves the host."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from tests.server.http import asked, in_both_languages

HOST = "Host: plans.example"


def sent(server: str, first: str, *headers: str, body: str = "") -> bytes:
    """All that comes back until the connection is closed."""
    request = "\r\n".join([first, *headers, "", body]).encode("latin-1")
    with socket.create_connection((urlsplit(server).hostname, urlsplit(server).port)) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


NEXT = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
AMBIGUOUS = {
    "two lengths of a body": ("GET / HTTP/1.1", HOST, "Transfer-Encoding: chunked", "Content-Length: 6"),
    "two lengths, of Datasette": ("GET /db/ HTTP/1.1", HOST, "Transfer-Encoding: chunked", "Content-Length: 6"),
    "no path": ("GET plans/ HTTP/1.1", HOST, "Connection: close"),
    "no path, only arguments": ("GET ?x=1 HTTP/1.1", HOST, "Connection: close"),
    "a star": ("OPTIONS * HTTP/1.1", HOST, "Connection: close"),
    "a host for a path": ("CONNECT plans.example:443 HTTP/1.1", HOST, "Connection: close"),
    "a target with a wrong host": ("GET http://a@b/ HTTP/1.1", HOST, "Connection: close"),
    "a target without a host": ("GET http:///plans/ HTTP/1.1", HOST, "Connection: close"),
}


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_request_of_two_meanings_is_refused_and_the_connection_closed(server: str, name: str) -> None:
    answer = sent(server, *AMBIGUOUS[name], body=f"0\r\n\r\n{NEXT}").decode()
    assert answer.startswith("HTTP/1.1 400 ") and answer.count("HTTP/1.1 ") == 1
    head, _, told = answer.partition("\r\n\r\n")
    assert in_both_languages(told) and "x-content-type-options: nosniff" in head


@pytest.mark.parametrize(
    ("length", "body"), [("Transfer-Encoding: chunked", "1\r\nx\r\n0\r\n\r\n"), ("Content-Length: 1", "x")]
)
def test_a_body_of_one_length_is_let_be(server: str, length: str, body: str) -> None:
    answer = sent(server, "GET /robots.txt HTTP/1.1", HOST, length, "Connection: close", body=body)
    assert answer.startswith(b"HTTP/1.1 200 ") and answer.count(b"HTTP/1.1 ") == 1


def test_an_answer_says_its_length_once_and_one_without_a_body_not_at_all(server: str) -> None:
    def lengths(method: str, *headers: str) -> list[str]:
        answer = sent(
            server, f"{method} /db/openplans/themes.json?_n=once HTTP/1.1", HOST, "Connection: close", *headers
        )
        head = answer.partition(b"\r\n\r\n")[0].decode().lower().splitlines()
        return [head[0].split()[1], *(line for line in head if line.startswith(("content-length", "etag")))]

    status, length, etag = sorted(lengths("GET"))
    assert status == "200" and sorted(lengths("GET")) == [status, length, etag], "from the cache as well"
    assert lengths("GET", f"If-None-Match: {etag.removeprefix('etag: ')}") == ["304", etag]
    assert lengths("OPTIONS") == ["204"]


def test_what_is_no_request_is_refused(server: str) -> None:
    head, _, told = sent(server, "nothing of the kind").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ") and b"x-content-type-options: nosniff" in head.lower()
    assert in_both_languages(told.decode()) and f"content-length: {len(told)}".encode() in head.lower()


@pytest.mark.parametrize("path", ["/", "/data/all/targets.csv", "/db/openplans.json?sql=select+1"])
def test_a_body_that_turns_out_to_be_none_ends_in_one_answer(server: str, path: str) -> None:
    answer = sent(server, f"GET {path} HTTP/1.1", HOST, "Transfer-Encoding: chunked", body="zz\r\nabc")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_target_with_its_host_is_the_page_of_that_host(server: str) -> None:
    plain = sent(server, "GET /plans/ HTTP/1.1", HOST, "Connection: close")
    for target in ("http://other.example/plans/", "HTTPS://other.example:8443/plans/", "http://x/%70lans/"):
        found = sent(server, f"GET {target} HTTP/1.1", HOST, "Connection: close")
        assert found.partition(b"\r\n\r\n")[2] == plain.partition(b"\r\n\r\n")[2]
    of_rows = "GET http://other.example/db/openplans/targets.json?_size=1 HTTP/1.1"
    assert b'"next_url": "http://other.example/db/' in sent(server, of_rows, HOST, "Connection: close")
    assert sent(server, "GET http://other.example HTTP/1.1", HOST, "Connection: close").startswith(b"HTTP/1.1 200 ")


ANSWERED = """
    / /nothing /plans /data/all/targets.csv /data/openplans.db /robots.txt
    /db/openplans /db/openplans/nothing /db/openplans/targets.json?_size=2 /db/openplans/targets.csv?_size=2
    /db/openplans/targets.xlsx /db/openplans.csv?sql=select+nought /db/openplans.db /db/static/datasette.css
"""


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_the_head_is_the_head_of_the_answer(server: str, encoding: str) -> None:
    for path in ANSWERED.split():
        whole, head = (asked(server, path, method, Accept_Encoding=encoding) for method in ("GET", "HEAD"))
        assert head[2] == ""
        assert (whole[0], {**whole[1], "date": ""}) == (head[0], {**head[1], "date": ""}), path


def test_gzip_that_is_refused_is_not_sent(server: str) -> None:
    for path in ("/", "/db/openplans"):
        for refused in ("gzip;q=0", "br, gzip; q=0.0, *", "gzip;Q=0"):
            assert "content-encoding" not in asked(server, path, Accept_Encoding=refused)[1]
        assert asked(server, path, Accept_Encoding="gzip;q=0.5")[1]["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/plans", "./plans/"),
        ("/plans?x=//evil", "./plans/?x=//evil"),
        ("/plans//", "/plans/"),
        ("/plans//?x=1", "/plans/?x=1"),
        ("//plans/", "/plans/"),
        ("//evil.example/..", "/evil.example/.."),
        ("//\\evil.example/", "/%5Cevil.example/"),
        ("/%2f/evil.example/", "/evil.example/"),
        ("//%0d%0aX-Evil:1", "/%0D%0AX-Evil%3A1"),
    ],
)
def test_a_redirect_of_the_site_stays_on_its_host(server: str, path: str, where: str) -> None:
    status, headers, _ = asked(server, path, Host="evil.example")
    assert (status, headers["location"]) == (307, where) and "x-evil" not in headers


NAMELESS = (
    "/%00",
    "/data/%00.csv",
    "/data/plans/%00/targets.xlsx",
    f"/{'a' * 300}",
    f"/data/plans/{'a' * 300}/tasks.xlsx",
    "/%C0%AE%C0%AE/",
    "/index.html/",
    "/data/openplans.db/",
    "/robots.txt/",
)


@pytest.mark.parametrize("path", NAMELESS)
def test_what_no_file_can_be_called_is_the_page_that_says_so(server: str, path: str) -> None:
    assert asked(server, path)[::2] == (404, asked(server, "/nothing")[2])


def test_a_style_that_no_file_can_be_called_is_not_found(server: str) -> None:
    for folder in ("static", "-/static"):
        assert asked(server, f"/db/{folder}/{'a' * 300}.css")[0] == 404


@pytest.mark.parametrize(
    "path", ["static/none.css", "-/static/none.css", "static/..", "static/..%2f..%2f..%2f..%2ftmp", "openplans/none.md"]
)
def test_what_a_plugin_lacks_is_told_in_both_languages_and_no_folder_is_found_out(server: str, path: str) -> None:
    status, headers, told = asked(server, f"/db/{path}")
    assert status == 404 and in_both_languages(told) and int(headers["content-length"]) == len(told.encode())


def test_whatever_was_changed_is_asked_of_what_is_there(server: str) -> None:
    """If-None-Match: * is true of what is there, and no reason to say that what isn't hasn't changed."""
    for path in ("/nothing", "/db/openplans/nothing", "/db/openplans/targets.json?_shape=round"):
        assert asked(server, path, If_None_Match="*")[0] in (400, 404)


def test_a_style_has_its_length_from_the_first_gzip_on(server: str) -> None:
    found = [asked(server, "/db/static/datasette.css?first", Accept_Encoding="gzip")[1]["content-length"] for _ in "ab"]
    assert found[0] == found[1]


def test_a_refused_method_says_which_there_are(server: str) -> None:
    for path, allowed in (("/", "GET, HEAD"), ("/db/openplans", "GET, HEAD, OPTIONS")):
        for method in ("DELETE", "POST"):
            status, headers, told = asked(server, path, method)
            assert (status, headers["allow"]) == (405, allowed) and in_both_languages(told)
    assert asked(server, "/db/-/mcp")[1]["allow"] == "POST, OPTIONS"
    status, headers, told = asked(server, "/plans/", "OPTIONS")
    assert (status, headers["allow"]) == (405, "GET, HEAD") and in_both_languages(told)
