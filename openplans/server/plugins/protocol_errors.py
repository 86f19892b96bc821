"""What assistants are told of an error: a Chinese line, then the English of the protocol's library.

Comes in: an answer of the library (Model Context Protocol, JSON-RPC), or a refusal of ours. Goes out: the same as JSON
with its error in both languages. Apart from errors.py, whose answers people read.
"""

from __future__ import annotations

import json
import re

from datasette import Response

INVALID, INTERNAL = -32600, -32603
"""JSON-RPC's codes for what is no request, and for a fault of the server."""

CODES = {
    -32700: "请求不是 JSON。",
    INVALID: "这不是一个请求。",
    -32601: "没有这种方法。",
    -32602: "请求的参数不对。",
}
"""What an error of the protocol is, by its code."""

OF_TOOLS = (
    ("Unknown tool", "没有这个工具。"),
    (r"\d+ validation error", "参数不对。"),
)
"""What an error of a tool is: how its words begin (a pattern), and ours."""

_BEHIND = re.compile(r"Error executing tool \S+: ")
"""What the library puts before the words of a tool."""


def refused(status: int, told: str) -> Response:
    """A refusal as clients of the protocol read it."""
    error = {"code": INVALID if status < 500 else INTERNAL, "message": told}
    told = json.dumps({"jsonrpc": "2.0", "id": None, "error": error}, ensure_ascii=False)
    return Response(told, status=status, content_type="application/json")


def in_words(status: int, body: bytes) -> bytes:
    """An answer of the library, where it is an error in both languages."""
    if status < 400 and b'"error":' not in body and b'"isError":true' not in body:
        return body
    try:
        answer = json.loads(body)
    except ValueError:
        told = f"{CODES[INVALID]}\n{body.decode(errors='replace')}"
        return str(refused(status, told).body).encode()
    if not isinstance(answer, dict):  # several answers at once, which older versions of the protocol have
        return body
    if error := answer.get("error"):
        error["message"] = f"{CODES.get(error['code'], '服务器出错了。')}\n{error['message']}"
    elif answer.get("result", {}).get("isError"):
        for each in answer["result"]["content"]:
            each["text"] = _of_tool(each["text"])
    return json.dumps(answer, ensure_ascii=False).encode()


def _of_tool(said: str) -> str:
    """The words of a tool; ours are in both languages already."""
    told = _BEHIND.sub("", said, count=1)
    if "\n" in told and re.search("[\u4e00-\u9fff]", told.partition("\n")[0]):
        return told
    zh = next((zh for begins, zh in OF_TOOLS if re.match(begins, told)), "这个工具没能答出来。")
    return f"{zh}\n{said}"
