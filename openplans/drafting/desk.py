"""`build.py desk`: a page on this machine at which a person decides about the proposals for one plan.

Comes in: HTTP from the page's own origin. Goes out: the state of the plan as JSON, and decisions into the same files
that a person would write. Nothing is kept between requests: each reads the files anew, so a restart, a lost page and an
editor beside it are all the same. Requests of other origins, to other hosts, or without the page's token are refused.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeGuard

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from openplans.drafting import shown
from openplans.drafting.checking import checked
from openplans.drafting.deciding import Conflict, Desk, accept_all
from openplans.drafting.store import Refused
from openplans.packages import cells
from openplans.paths import HOUSE, Paths

FOLDER = HOUSE / "templates" / "desk"
_FILES = {"desk.js": "text/javascript", "desk.css": "text/css"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters but tab and line feed, and halves of characters (surrogates): a NUL in a table, and nobody can
open the plan again."""

_MOST = 1_000_000
"""Bytes of a request: a decision is a row."""


def app(paths: Paths, plan: str, port: int) -> Starlette:
    """The desk for a plan, answering to 127.0.0.1 and localhost at a port."""
    desk = _Server(paths, plan)
    routes = [
        Route("/", desk.page),
        Route("/state", desk.state),
        Route("/check", desk.check),
        Route("/try", desk.tried, methods=["POST"]),
        Route("/decide", desk.decided, methods=["POST"]),
        *(Route(f"/{name}", _file(name)) for name in _FILES),
    ]
    own = Middleware(_OwnOrigin, port=port, token=desk.token)
    return Starlette(routes=routes, middleware=[own], exception_handlers={Refused: _unread})


def _unread(request: Request, refused: Exception) -> Response:
    """The answer where the plan's files cannot be decided about: somebody has edited them meanwhile."""
    return JSONResponse({"zh": getattr(refused, "zh", ""), "en": getattr(refused, "en", "")}, 422)


class _OwnOrigin(BaseHTTPMiddleware):
    """Refuses what does not come from the page itself: another Host (DNS rebinding), another Origin, no token
    (CSRF).
    """

    def __init__(self, app: Any, port: int, token: str) -> None:
        super().__init__(app)
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._token = token

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        foreign = request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
        if host not in self._hosts or (origin is not None and origin != f"http://{host}") or foreign:
            return PlainTextResponse("只回答本机自己的页面。Only this machine's own page is answered.", 403)
        data = request.url.path in ("/state", "/check", "/try", "/decide")
        if data and not secrets.compare_digest(request.headers.get("x-desk-token", "").encode(), self._token.encode()):
            return PlainTextResponse("请重新打开页面。Open the page again.", 403)
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


class _Server:
    """The endpoints. One decision at a time: the lock holds two windows of one desk apart, the revision all others."""

    def __init__(self, paths: Paths, plan: str) -> None:
        self._paths, self._plan = paths, plan
        self.token = secrets.token_urlsafe(24)
        self._lock = threading.Lock()

    def page(self, request: Request) -> Response:
        """The page, with the token that its requests carry."""
        text = (FOLDER / "desk.html").read_text(encoding="utf-8").replace("{{ token }}", self.token)
        return Response(text, media_type="text/html")

    def state(self, request: Request) -> Response:
        """Everything the page shows."""
        with self._lock:
            return JSONResponse(shown.state(Desk.open(self._paths, self._plan)))

    def check(self, request: Request) -> Response:
        """What the check says of the plan now. Outside of the lock: it takes longer than a decision may wait."""
        return JSONResponse(shown.problems(checked(self._paths, self._plan)))

    async def tried(self, request: Request) -> Response:
        """What the check would say of a row as it is being typed; nothing is written."""
        said = await _said(request)
        return said if isinstance(said, Response) else await _in_thread(lambda: self._try(said))

    async def decided(self, request: Request) -> Response:
        """Carry a decision out and write it; the new state."""
        said = await _said(request)
        return said if isinstance(said, Response) else await _in_thread(lambda: self._decide(said))

    def _try(self, said: dict[str, Any]) -> Response:
        with self._lock:
            desk = Desk.open(self._paths, self._plan)
            try:
                row_id = _carry_out(desk, said)
            except Refused as refused:
                return JSONResponse({"problems": [{"zh": f"{refused.zh}。", "en": f"{refused.en}.", "column": ""}]})
            return JSONResponse({"problems": shown.of_row(desk, said.get("table", ""), str(row_id))})

    def _decide(self, said: dict[str, Any]) -> Response:
        with self._lock:
            desk = Desk.open(self._paths, self._plan)
            if said.get("revision") != desk.revision:
                return self._conflict(desk)
            try:
                done = _carry_out(desk, said)
                desk.save(desk.revision)
            except Conflict:
                return self._conflict(Desk.open(self._paths, self._plan))
            except Refused as refused:
                return JSONResponse({"zh": f"{refused.zh}。", "en": f"{refused.en}."}, 422)
            return JSONResponse({**shown.state(Desk.open(self._paths, self._plan)), "done": done})

    def _conflict(self, desk: Desk) -> Response:
        words = {
            "zh": "另一个窗口或程序刚改过这份计划，您的这一步没有记下。页面已更新，请再看一眼。",
            "en": (
                "Another window or program has just changed this plan; your step was "
                "not recorded. The page is up to date again."
            ),
        }
        return JSONResponse({**words, "state": shown.state(desk)}, 409)


async def _said(request: Request) -> dict[str, Any] | Response:
    """What a request says: an object of texts and numbers, and `changes` by column; or why it is not read. A cell that
    no file can hold, or that no program would read again, never comes to the files."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST:
            return PlainTextResponse("太长。Too long.", 413)
    try:
        said = json.loads(body)
    except (RecursionError, ValueError):
        said = None
    if not _is_flat(said) or not _is_flat(said.get("changes") or {}):
        return PlainTextResponse("请求看不明白。The request cannot be understood.", 400)
    texts = list(_texts(said))
    if any(map(_UNWRITABLE.search, texts)):
        zh, en = "有看不见的控制字符，不能写进表里。", "There are control characters, which no table may hold."
        return JSONResponse({"zh": zh, "en": en}, 422)
    if max(map(len, texts), default=0) > cells.LONGEST:
        zh, en = f"有一格超过 {cells.LONGEST} 个字。", f"A cell has more than {cells.LONGEST} letters."
        return JSONResponse({"zh": zh, "en": en}, 422)
    return said


def _is_flat(said: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a value of JSON is an object of texts and numbers; `changes` are one in it."""
    if not isinstance(said, dict):
        return False
    return all(type(each) in (str, int, float, type(None)) for name, each in said.items() if name != "changes")


def _texts(said: dict[str, Any]) -> Iterator[str]:
    """Every text of a request, names of columns too."""
    yield from (str(each) for pair in (said.get("changes") or {}).items() for each in pair)
    yield from (str(each) for name, each in said.items() if name != "changes")


def _carry_out(desk: Desk, said: dict[str, Any]) -> Any:
    """Do what a request asks: the id of the row, or what was done."""
    action, table = str(said.get("action", "")), str(said.get("table", ""))
    key = str(said.get("id", ""))
    changes = {str(name): "" if value is None else str(value) for name, value in (said.get("changes") or {}).items()}
    actions: dict[str, Callable[[], Any]] = {
        "accept": lambda: desk.accept(table, key, changes or None),
        "refuse": lambda: desk.refuse(table, key, str(said.get("reason", ""))),
        "account": lambda: desk.account(str(said["clause_id"]), str(said["quote"]), str(said["reason"])),
        "add": lambda: desk.add(table, changes),
        "describe": lambda: desk.describe(changes),
        "undo": lambda: desk.undo()["number"],
        "accept-all": lambda: accept_all(desk, (), _share(said["above"])),
    }
    if action not in actions:
        raise Refused(f"不认识的动作：{action}", f"unknown action: {action}")
    try:
        return actions[action]()
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        raise Refused(f"请求不完整：{error}", f"the request is not complete: {error}") from error


def _share(said: Any) -> float:
    """How sure a proposal has to be, from 0 to 1."""
    share = float(said)
    if not 0 <= share <= 1:
        raise Refused("把握是 0 到 1 的数", "above is a number from 0 to 1")
    return share


def _file(name: str) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        return Response((FOLDER / name).read_bytes(), media_type=_FILES[name])

    return serve


async def _in_thread(work: Callable[[], Response]) -> Response:
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(work)
