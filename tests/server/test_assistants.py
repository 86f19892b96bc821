"""The database for assistants: the official MCP client over HTTP, within the limits of every other request."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.request
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import Client
from mcp.types import CallToolResult, Tool

from openplans.database import queries
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


def called(address: str, *calls: tuple[str, dict[str, str]]) -> list[CallToolResult]:
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
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in found.values())


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
    if answer.is_error:
        assert in_both_languages(answer.content[0].text)
    else:
        assert answer.structured_content and answer.structured_content["truncated"]
        assert len(answer.structured_content["rows"]) == 1000, "as many as a page of Datasette may have"


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
