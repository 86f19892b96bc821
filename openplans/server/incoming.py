"""A request as it is meant, before the site or Datasette answers it.

Comes in: the scope of an HTTP request, as the server read it. Goes out: the same with its target as a path, GET for
HEAD and no gzip where the reader refuses it; or None for a request that two servers in a row would read in two ways
(request smuggling) or that names nothing here.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from starlette.types import Scope

from openplans.server.files import COMPRESSED

ABSOLUTE = re.compile(rb"https?://([^/]*)(/.*)?", re.IGNORECASE | re.DOTALL)
"""A target with its host (absolute-form), which is the host that counts (RFC 9112, 3.2.2)."""

NO_GZIP = re.compile(rb"gzip\s*;\s*q=0(\.0*)?\s*(,|$)", re.IGNORECASE)
"""An Accept-Encoding by which gzip is refused; the middleware looks for the word alone."""


def meant(scope: Scope) -> Scope | None:
    """The request as everything behind may read it."""
    named = [name for name, _ in scope["headers"]]
    if b"transfer-encoding" in named and b"content-length" in named:
        return None
    scope = _from_the_root(scope)
    if not scope["raw_path"].startswith(b"/"):
        return None
    headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding" or not NO_GZIP.search(pair[1])]
    # HEAD has the head of GET, the length and the ETag of its gzip too; uvicorn leaves out the body. Of a file that is
    # sent as it is, nothing has to be read for it.
    whole = scope["method"] == "HEAD" and not scope["path"].endswith(COMPRESSED)
    return {**scope, "headers": headers, "method": "GET" if whole else scope["method"]}


def _from_the_root(scope: Scope) -> Scope:
    """The request with a path as its target."""
    found = ABSOLUTE.fullmatch(scope["raw_path"])
    if not found:
        return scope
    path = found[2] or b"/"
    headers = [(b"host", found[1]), *(pair for pair in scope["headers"] if pair[0] != b"host")]
    return {**scope, "path": unquote(path.decode("latin-1")), "raw_path": path, "headers": headers}
