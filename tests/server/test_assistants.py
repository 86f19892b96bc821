"""The database for assistants: the official MCP client over HTTP, within the limits of every other request."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import urllib.request
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, Tool

from openplans.database import queries
from openplans.server.app import Server
from openplans.server.plugins.errors import BODY
from tests.server.http import asked, get, in_both_languages, public_server

PATH = "/db/-/mcp"

Answer = TypeVar("Answer")


@pytest.fixture(scope="module")
def several(real_site: Path) -> Any:
    """The public server in two processes, as it is by default: requests of one conversation come to both."""
    with public_server(real_site, workers=2) as address:
        yield address


def awaited(talk: Coroutine[None, None, Answer]) -> Answer:
    """What a coroutine returns, run in a thread of its own: Playwright's event loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, talk).result()


def called(address: str, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    """What a client is answered, in one conversation."""

    async def talk() -> list[CallToolResult]:
        async with Client(address + PATH) as client:
            return [await client.call_tool(name, given) for name, given in calls]

    return awaited(talk())


def tools(address: str) -> dict[str, Tool]:
    async def talk() -> list[Tool]:
        async with Client(address + PATH) as client:
            return (await client.list_tools()).tools

    return {tool.name: tool for tool in awaited(talk())}


def posted(address: str, body: bytes) -> tuple[int, str]:
    request = urllib.request.Request(address + PATH, body, {"content-type": "application/json", "accept": "*/*"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def chinese_first(told: str) -> bool:
    """Whether an error is told in Chinese, then in English."""
    zh, _, en = told.partition("\n")
    return bool(re.search("[\u4e00-\u9fff]", zh)) and bool(re.search("[a-z]{3}", en))


def test_each_query_at_hand_is_a_tool_in_both_languages_and_none_writes(several: str) -> None:
    found = tools(several)
    assert set(found) == {
        "list_databases",
        "get_database_schema",
        "execute_sql",
        *(each.name for each in queries.queries()),
    }
    for query in queries.queries():
        tool = found[query.name]
        assert tool.title == f"{query.title_zh} / {query.title_en}"
        assert query.description_zh in str(tool.description) and query.description_en in str(tool.description)
        assert list(tool.input_schema["properties"]) == list(query.parameters)
    for tool in found.values():
        assert tool.annotations and tool.annotations.read_only_hint
        assert chinese_first(str(tool.description)) and chinese_first(str(tool.title).replace(" / ", "\n")), tool.name


def test_a_conversation_begins_with_how_to_use_the_tools_and_what_tables_there_are(several: str) -> None:
    async def talk() -> str:
        async with Client(several + PATH) as client:
            return str(client.instructions)

    told = awaited(talk())
    assert chinese_first(told)
    assert all(each in told for each in ("execute_sql", "get_database_schema", "data_dictionary", "row_address"))
    named, schema = called(several, ("list_databases", {}), ("get_database_schema", {"database": "openplans"}))
    assert named.structured_content == {"databases": ["openplans"]}
    assert schema.structured_content and schema.structured_content["database"] == "openplans"
    assert 'CREATE TABLE "targets" (' in schema.structured_content["schema"]
    assert "原文 / " in schema.structured_content["schema"], "comments say what a column means"
    assert sqlite3.complete_statement(schema.structured_content["schema"])


def test_a_row_carries_the_address_of_itself_and_of_its_sentence(several: str) -> None:
    calls = [("due_in_year", {"year": "2027", "region": "330411"}), ("search", {"q": "平阳 老人"})]
    due, found = (each.structured_content for each in called(several, *calls * 3)[:2])
    assert due and found and due["rows"] and found["rows"]
    for row in (*due["rows"], *found["rows"]):
        assert re.fullmatch(rf"{several}/plans/[\w-]+/\w+/index\.html#[tkpc]\d+", row["row_address"]), row
        assert re.fullmatch(rf"{several}/plans/[\w-]+/text/index\.html#[tpc]\d+", row["sentence_address"]), row
    assert due["address"] == f"{several}/db/openplans/due_in_year?year=2027&region=330411"
    assert "一年到期的目标" in get(due["address"])


def test_sql_carries_addresses_and_a_task_leads_to_its_clause(several: str) -> None:
    sql = "SELECT task_id FROM tasks WHERE task_id = '330326-pingyang-2025-k026'"
    [answer] = called(several, ("execute_sql", {"sql": sql}))
    assert answer.structured_content and answer.structured_content["rows"] == [
        {
            "task_id": "330326-pingyang-2025-k026",
            "row_address": f"{several}/plans/330326-pingyang-2025/tasks/index.html#k026",
            "sentence_address": f"{several}/plans/330326-pingyang-2025/text/index.html#{clause_of(several)}",
        }
    ]


def clause_of(address: str) -> str:
    row = json.loads(get(f"{address}/db/openplans/tasks/330326-pingyang-2025-k026.json?_shape=array"))[0]
    return row["clause_id"].rpartition("-")[2]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM targets",
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT * FROM pragma_database_list",
        "PRAGMA database_list",
        "SELECT * FROM targets, targets t, targets u, targets v",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "SELECT nothing",
        "SELECT a.text FROM clauses a, clauses b, clauses c ORDER BY a.text || b.text",
        "not sql",
    ],
)
def test_the_limits_of_sql_are_the_same_and_refusals_are_told_in_both_languages(real_server: str, sql: str) -> None:
    [answer] = called(real_server, ("execute_sql", {"sql": sql}))
    if sql.startswith("SELECT * FROM targets"):
        assert answer.structured_content and answer.structured_content["truncated"]
        assert len(answer.structured_content["rows"]) == 1000, "as many as a page of Datasette may have"
    else:
        assert answer.is_error and chinese_first(answer.content[0].text)


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "a tool that isn't there": ("nothing", {}),
    "no SQL": ("execute_sql", {}),
    "SQL that is none": ("execute_sql", {"sql": 1}),
    "nothing for a word": ("due_in_year", {"year": None}),
    "a list for a word": ("due_in_year", {"year": ["2027"]}),
    "an argument that isn't there": ("due_in_year", {"year": "2027", "region_code": "330411"}),
    "one of another tool": ("execute_sql", {"sql": "SELECT 1", "database": "openplans"}),
    "a database that isn't there": ("get_database_schema", {"database": "nothing"}),
    "a database of Datasette's own": ("get_database_schema", {"database": "_internal"}),
    "an argument where there is none": ("list_databases", {"database": "openplans"}),
    "no database": ("get_database_schema", {}),
    "a value that isn't given": ("execute_sql", {"sql": "SELECT :x"}),
}


def test_what_is_asked_wrongly_is_told_in_chinese_first(real_server: str) -> None:
    for (name, _), answer in zip(WRONG.items(), called(real_server, *WRONG.values()), strict=True):
        assert answer.is_error and chinese_first(answer.content[0].text), name
    [unknown] = called(real_server, WRONG["an argument that isn't there"])
    assert "没有参数 region_code；有：year、region。\nThere is no argument region_code;" in unknown.content[0].text


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"method": "no/such"}, 200, -32601),
        ({"method": "tools/call", "params": {"name": 5}}, 200, -32602),
        ({"jsonrpc": "1.0", "method": "ping"}, 400, -32602),
        (b"{not json", 400, -32700),
        (b"[]", 400, -32602),
        (b"", 400, -32700),
        (b" " * (BODY + 1), 413, -32600),
    ],
)
def test_the_protocols_own_errors_are_told_in_chinese_first(
    real_server: str, body: bytes | dict[str, object], status: int, code: int
) -> None:
    sent = body if isinstance(body, bytes) else json.dumps({"jsonrpc": "2.0", "id": 1, **body}).encode()
    answer = posted(real_server, sent)
    assert answer[0] == status
    error = json.loads(answer[1])["error"]
    assert error["code"] == code and chinese_first(error["message"])


def test_a_client_is_told_why_it_is_refused(real_server: str) -> None:
    async def talk() -> None:
        async with Client(real_server + PATH) as client:
            with pytest.raises(MCPError, match="请求太长"):
                await client.call_tool("execute_sql", {"sql": "SELECT " + "1," * BODY})

    awaited(talk())


def test_no_cell_hides_another_and_none_is_no_json(real_server: str) -> None:
    sql = "SELECT 1 AS a, 2 AS a, 9e999 AS b, x'00ff' AS c, target_id, 3 AS row_address FROM targets LIMIT 1"
    [answer] = called(real_server, ("execute_sql", {"sql": sql}))
    assert answer.structured_content
    [row] = answer.structured_content["rows"]
    assert [row[name] for name in ("a", "a_2", "b", "c", "row_address")] == [1, 2, None, 2, 3]
    assert set(answer.structured_content["columns"]) == row.keys() - {"sentence_address"}
    assert "Infinity" not in answer.content[0].text


def test_what_is_not_given_is_empty_and_a_number_is_its_digits(real_server: str) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("due_in_year", {"year": 2027, "region": 330411}),
        ("due_in_year", {"year": "2027", "region": "330411"}),
        ("due_in_year", {"year": "2027"}),
    ]
    number, word, everywhere = (each.structured_content for each in called(real_server, *calls))
    assert number == word and word and everywhere and len(everywhere["rows"]) > len(word["rows"]) > 0
    told = tools(real_server)["due_in_year"].input_schema
    assert "; e.g. 2027" in told["properties"]["year"]["description"] and not told.get("required")


def test_a_row_is_called_by_its_own_id_and_an_indicator_by_its_page(real_server: str) -> None:
    [target] = called(
        real_server, ("execute_sql", {"sql": "SELECT target_id, task_id FROM targets WHERE task_id != '' LIMIT 1"})
    )
    [concept] = called(real_server, ("execute_sql", {"sql": "SELECT 'plans/x/index.html' AS page"}))
    assert target.structured_content and concept.structured_content
    assert "/targets/index.html#t" in target.structured_content["rows"][0]["row_address"]
    assert concept.structured_content["rows"][0]["row_address"] == f"{real_server}/plans/x/index.html"


def test_addresses_are_those_that_the_operator_gives(real_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENPLANS_SITE", "https://plans.example.org/")
    params = {"name": "execute_sql", "arguments": {"sql": "SELECT target_id FROM targets LIMIT 1"}}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}

    async def ask() -> dict[str, Any]:
        transport = httpx.ASGITransport(Server(real_site))
        async with httpx.AsyncClient(transport=transport, base_url="https://db.example") as client:
            answer = await client.post(PATH, json=call, headers={"accept": "application/json"})
        found: dict[str, Any] = answer.json()["result"]["structuredContent"]
        return found

    found = awaited(ask())
    assert found["address"].startswith("https://db.example/db/openplans?sql=")
    assert found["rows"][0]["row_address"].startswith("https://plans.example.org/plans/")


def test_an_answer_that_is_too_large_is_refused(real_server: str) -> None:
    long = f"SELECT replace('{'a' * 3000}', 'a', 'ééé') AS t FROM clauses LIMIT 1000"
    [answer] = called(real_server, ("execute_sql", {"sql": long}))
    assert answer.is_error and "答案太大" in answer.content[0].text


def test_a_conversation_is_refused_in_words_where_it_is_too_long_or_no_post(real_server: str) -> None:
    for method in ("GET", "DELETE", "PUT", "HEAD"):
        assert asked(real_server, PATH, method)[0] == 405, method
    status, told = posted(real_server, b" " * (BODY + 1))
    assert status == 413 and in_both_languages(told)
    assert posted(real_server, b"{not json")[0] == 400
    status, headers, _ = asked(real_server, PATH, "OPTIONS")
    assert status == 204 and headers["access-control-allow-methods"] == "POST, OPTIONS"
    assert asked(real_server, "/db/openplans", "POST")[0] == 405, "nowhere else"


def test_tables_are_described_for_assistants(real_server: str) -> None:
    index = get(f"{real_server}/db/llms.txt")
    [address] = re.findall(r"\[openplans/targets\]\((\S+)\)", index)
    assert address == "/db/openplans/targets.md"
    assert "`quote`" in get(real_server + address)
    assert get(f"{real_server}/db/openplans/llms.txt") == get(f"{real_server}/db/openplans.md")
