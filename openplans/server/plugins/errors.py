"""Errors in words: a Chinese line, then the same in English, as a page, as JSON or as plain text where CSV was asked
for.

Comes in: an exception, or the code of a refusal. Goes out: a Response with its status. What a reader asked for
wrongly is a 400, also where Datasette calls it a fault of the server.
"""

from __future__ import annotations

import errno
import re
import sqlite3
import sys
import traceback
from collections.abc import Awaitable
from http import HTTPStatus
from typing import Any

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Forbidden, Request
from datasette.views.base import DatasetteError

from openplans.server.plugins.authorizer import TABLE_VALUED
from openplans.server.plugins.limits import ANSWER, LIMITS, TooLarge

OF_ARGUMENTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What Datasette raises where an argument has a value that
it did not think of (`_through=[]`, `_json` of deep JSON)."""

INTERRUPTED = "SQL Interrupted"
"""Datasette's title for a query whose time is up; error.html has a heading for it."""

ADDRESS, BODY, ARGUMENTS, FACETS = 16_000, 32_000, 60, 5
"""The longest query string and body, most arguments and facets of a request: our longest page has 9 and 3."""

REFUSALS = {
    "method": (405, "这里只能读取(GET)。", "Only reading (GET) is possible here."),
    "address": (414, f"地址太长(最多 {ADDRESS} 字节)。", f"The address is too long (at most {ADDRESS} bytes)."),
    "body": (
        413,
        f"请求太长(最多 {BODY} 字节)或太慢。",
        f"The request is too long (at most {BODY} bytes) or too slow.",
    ),
    "arguments": (400, f"参数太多(最多 {ARGUMENTS} 个)。", f"Too many arguments (at most {ARGUMENTS})."),
    "facets": (400, f"分面太多(最多 {FACETS} 个)。", f"Too many facets (at most {FACETS})."),
    "request": (400, "这个请求看不明白。", "The request cannot be understood."),
    "host": (400, "请求里的主机名(Host)不对。", "The request's host name (Host) is wrong."),
    "value": (400, "有一个参数的值不对。", "An argument has a wrong value."),
    "filter": (
        400,
        "不能按“{name}”筛选：没有这一列，或没有这种比较。列有：{columns}",
        "Nothing can be filtered by “{name}”: there is no such column, or no such comparison. The columns: {columns}",
    ),
    "shape": (400, "没有这种 _shape。", "There is no such _shape: arrays, objects, array, arrayfirst, object."),
    "keyless": (
        400,
        "这里的行没有编号，不能用 _shape=object。",
        "The rows here have no key, so _shape=object cannot be.",
    ),
    "page": (404, "没有这一页。", "There is no such page."),
    "busy": (503, "现在要的人太多，请过一会儿再试。", "Too many are asking at the moment; please try again shortly."),
    "memory": (400, "查询占用的内存超过限制。", "The query needs more memory than it may take."),
    "fault": (500, "服务器出错了。", "The server is at fault."),
    "interrupted": (
        400,
        "查询用时太长，已经停止：每条查询最多运行一秒。请加上条件(WHERE)或限制行数(LIMIT)，或下载整个数据库。",
        "SQL Interrupted: a query may run for one second. Narrow it (WHERE, LIMIT), or download the whole database.",
    ),
    "large": (
        400,
        f"答案太大(最多约 {ANSWER // 1_000_000} MB)：请少选几列、加上条件(WHERE)或限制行数(LIMIT)，或下载整个数据库。",
        f"The answer is too large (at most about {ANSWER // 1_000_000} MB): choose fewer columns, "
        "narrow it (WHERE, LIMIT), or download the whole database.",
    ),
}
"""Why something is not answered: status, and the words."""

_PRAGMA_FUNCTIONS = ", ".join(sorted(each for each in TABLE_VALUED if each.startswith("pragma_")))

SQL_ERRORS = (
    (r"not authorized to use function: (.+)", "这里不能用函数 {0}。", "The function {0} may not be used here."),
    (r"access to (.+?)(?:\.[^.]*)? is prohibited", "这里不能读 {0}。", "{0} may not be read here."),
    (r"not authorized", "这里不许这样做，只能查询数据。", "This is not allowed here; the data can be queried."),
    (r"no such table: (.+)", "没有表 {0}。", "There is no table {0}."),
    (r"no such column: (.+)", "没有列 {0}。", "There is no column {0}."),
    (r"no such function: (.+)", "没有函数 {0}。", "There is no function {0}."),
    (r'near "(.*)": syntax error', "“{0}”附近的写法不对。", "Near “{0}” the SQL is wrong."),
    (r"ambiguous column name: (.+)", "列 {0} 在几张表里都有。", "The column {0} is in several tables."),
    (
        r"user-defined function raised exception",
        "有一段文字不是 UTF-8，函数读不了。",
        "A text is not UTF-8, which the function cannot read.",
    ),
    (
        r"string or blob too big",
        f"一个值超过 {LIMITS[sqlite3.SQLITE_LIMIT_LENGTH]} 字节。",
        f"A value has more than {LIMITS[sqlite3.SQLITE_LIMIT_LENGTH]} bytes.",
    ),
)
"""What SQLite says of a query: its words (a pattern), and ours."""

OF_REQUESTS = (
    (
        "Statement must be a SELECT.*",
        "这里只能查询：语句要以 SELECT 或 WITH 开头。",
        "Only querying is possible here: a statement begins with SELECT or WITH.",
    ),
    (
        "Statement contained a disallowed PRAGMA.*",
        f"这里不能用这个 PRAGMA；能用的函数：{_PRAGMA_FUNCTIONS}。",
        f"This PRAGMA may not be used here; the functions that may: {_PRAGMA_FUNCTIONS}.",
    ),
    ("_size must be a positive integer", "_size 要写正整数：一页几行。", ""),
    ("_size must be <= (.+)", "_size 最多写 {0}。", ""),
    ("Cannot sort table by (.+)", "不能按“{0}”排序：没有这一列，或这一列不能排序。", ""),
    ("Cannot use _sort and _sort_desc at the same time", "_sort 和 _sort_desc 只能写一个。", ""),
    ("(_(?:no)?col)=(.+) - invalid columns", "{0} 写的列里没有这些：{1}。", ""),
    ("Cannot search by that column", "不能只在这一列里搜索。", ""),
    ("_next not allowed for CSV streaming", "整张表的 CSV(_stream)不分页，不能写 _next。", ""),
    ("Invalid _through.*", "_through 写的表没有指向这张表的列。", ""),
    ("Table not found.*", "没有这张表。", ""),
    ("Record not found.*", "没有这一行。", ""),
    ("Database not found.*", "没有这个数据库。", ""),
)
"""What Datasette says of a request that it does not answer: its words (a pattern), and ours; its own English stays
where ours is empty."""


def words(error: Exception) -> str:
    """An error of a query in both languages; SQLite's own words stand at the end."""
    said = str(error)
    if isinstance(error, TooLarge):
        return refusal("large")[1]
    if isinstance(error, MemoryError):
        return refusal("memory")[1]
    if isinstance(error, QueryInterrupted):
        return refusal("interrupted")[1]
    for pattern, zh, en in SQL_ERRORS:
        if found := re.fullmatch(pattern, said):
            return f"{zh.format(*found.groups())}\n{en.format(*found.groups())} (SQLite: {said})"
    return said if "\n" in said else f"这条 SQL 不能执行。\nThe SQL cannot be run: {said}"


def refusal(code: str) -> tuple[int, str]:
    """Status and words of a refusal."""
    status, zh, en = REFUSALS[code]
    return status, f"{zh}\n{en}"


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Awaitable[Response] | None:
    """Datasette's exceptions in our words. Where the server is at fault, no more is said than that; the log has it."""
    path = request.path.partition("?")[0]
    title = getattr(exception, "title", None)
    if isinstance(exception, QueryInterrupted) or title == INTERRUPTED:
        return page(datasette, path, *refusal("interrupted"), title=INTERRUPTED)
    if isinstance(exception, MemoryError):
        return page(datasette, path, *refusal("memory"))
    if isinstance(exception, (sqlite3.Error, sqlite3.Warning)):
        return page(datasette, path, 400, words(exception), title="Invalid SQL")
    if isinstance(exception, DatasetteError):
        status = 400 if exception.status == 500 else exception.status
        return page(datasette, path, status, _told(status, exception.message), title=title)
    if isinstance(exception, Base400):
        return page(datasette, path, exception.status, _told(exception.status, str(exception)))
    if isinstance(exception, Forbidden):
        return None  # `forbidden` below is asked
    if isinstance(exception, OSError) and exception.errno == errno.ENAMETOOLONG:
        return page(datasette, path, *refusal("page"))  # of a style that no file can be
    if request.query_string and isinstance(exception, OF_ARGUMENTS):
        print(f"{path}?{request.query_string[:200]}: {exception!r}", file=sys.stderr)
        return page(datasette, path, *refusal("value"))
    traceback.print_exception(exception, file=sys.stderr)
    return page(datasette, path, *refusal("fault"))


@hookimpl(tryfirst=True)
def forbidden(datasette: Datasette, request: Request, message: str) -> Awaitable[Response]:
    """What nobody may see."""
    return page(datasette, request.path, 403, _told(403, message))


def _told(status: int, said: str) -> str:
    """Datasette's English with a Chinese line before it."""
    if "\n" in said:
        return said
    for pattern, zh, en in OF_REQUESTS:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return f"{zh.format(*found.groups())}\n{en or said}"
    zh = {403: "不能访问。", 404: "没有这一页。"}.get(status, "请求不对。")
    return f"{zh}\n{said if said and said != str(status) else HTTPStatus(status).phrase}"


def publisher(datasette: Datasette) -> dict[str, str]:
    """What every page says of who publishes (openplans/database/metadata.py): `name`, `cited`, licence."""
    told: dict[str, str] = (datasette.plugin_config("openplans") or {}).get("publisher", {})
    return told


async def page(datasette: Datasette, path: str, status: int, told: str, title: str | None = None) -> Response:
    """An error in words: JSON where JSON was asked for, plain text for CSV, else a page."""
    if path.endswith(".json"):
        return Response.json({"ok": False, "error": told, "status": status, "title": title}, status=status)
    if path.endswith(".csv"):
        return Response.text(f"{told}\n", status=status)
    template = datasette.jinja_env.get_template("error.html")
    context: dict[str, Any] = {
        "status": status,
        "title": title,
        "error": told,
        "urls": datasette.urls,
        "site": "/",
        "publisher": publisher(datasette),
    }
    return Response.html(await template.render_async(context), status=status)


async def failed(datasette: Datasette, path: str, error: Exception) -> Response:
    """The answer to a query that failed with an error, whichever it was."""
    title = INTERRUPTED if isinstance(error, QueryInterrupted) else "Invalid SQL"
    return await page(datasette, path, 400, words(error), title=title)
