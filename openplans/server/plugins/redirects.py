"""Redirects that stay below base_url, with the headers of every answer's, and those from the old names of views.

Comes in: Datasette's answers. Goes out: the same, a Location that left the base brought back below it: Datasette
takes a slash off the end of an address (/db/openplans/ -> /openplans), and by then has forgotten where it is mounted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from openplans.routes import DATABASE
from openplans.server.plugins.responses import AsgiApp, Message, Receive, Scope, Send

RENAMED = {"comparison": "comparisons_named"}
"""Views that had another name, and what they are called now."""


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The addresses of views by their old names."""
    return [(rf"^/{DATABASE}/(?P<old>{'|'.join(RENAMED)})(?P<ending>\.[a-z]+)?$", _renamed)]


def _renamed(request: Request, datasette: Datasette) -> Response:
    """On to the same rows by the name of now."""
    view = RENAMED[request.url_vars["old"]] + (request.url_vars["ending"] or "")
    asked = f"?{request.query_string}" if request.query_string else ""
    return Response.redirect(f"{datasette.urls.database(DATABASE)}/{view}{asked}", status=301)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[AsgiApp], AsgiApp]:
    """Put the base before the Location of a redirect."""
    base = datasette.setting("base_url")

    def wrap(app: AsgiApp) -> AsgiApp:
        async def based(scope: Scope, receive: Receive, send: Send) -> None:
            async def forward(message: Message) -> None:
                if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                    headers = [(name, below(base, name, value)) for name, value in message.get("headers", [])]
                    message = {**message, "headers": headers}
                await send(message)

            await app(scope, receive, forward)

        return based

    return wrap


def below(base: str, name: bytes, value: bytes) -> bytes:
    """The value of a header; a Location from the root of the host goes below the base, and so does an empty one, which
    is left of slashes alone."""
    root = base.encode()
    inside = bool(value) and (not value.startswith(b"/") or value.startswith(root))
    if name.lower() != b"location" or inside:
        return value
    return root.rstrip(b"/") + b"/" + value.lstrip(b"/")
