"""Pages and files -> the finished site beside the last one: stage, run MkDocs, index for search.

Comes in: pages and staged downloads. Goes out: the fresh site, which swap.py puts in the place of the last one; whatever
fails before leaves that one untouched.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from fnmatch import fnmatch
from itertools import chain
from subprocess import PIPE, STDOUT
from typing import Any, BinaryIO

from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from pagefind.service import get_executable

from openplans.build import PublishError
from openplans.pages.page import Page, Site, in_english, render
from openplans.paths import Paths
from openplans.search import records
from openplans.search.records import Record
from openplans.text.amounts import Language

PAGEFIND_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")
"""What Pagefind writes besides its index: interfaces of its own, in place of which stands assets/search.js."""


def clear(paths: Paths) -> None:
    """An empty staging folder."""
    for folder in (paths.staged, paths.fresh_site):
        shutil.rmtree(folder, ignore_errors=True)
    paths.staged.mkdir(parents=True)


def stage(pages: Iterable[Page], environments: dict[Language, Environment], paths: Paths) -> None:
    """Write the pages as Markdown beside the assets."""
    notes = shutil.ignore_patterns("*.md")  # MkDocs would make pages of them
    shutil.copytree(paths.templates / "assets", paths.staged / "assets", dirs_exist_ok=True, ignore=notes)
    for page in pages:
        file = paths.staged / page.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render(environments, page), encoding="utf-8")


def stage_files(files: Iterable[tuple[str, str]], paths: Paths) -> None:
    """Write files that are no pages: their addresses and contents."""
    for name, content in files:
        file = paths.staged / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def run_mkdocs(paths: Paths, site: Site) -> int:
    """Build the staged pages into the fresh site; return the number of HTML pages.

    The date of the data is the only time a build knows; MkDocs takes it from SOURCE_DATE_EPOCH.
    """
    moment = datetime.fromisoformat(site.updated).replace(tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    address = {"site_url": site.base_url} if site.base_url else {}
    config = load_config(str(paths.mkdocs_yml), docs_dir=str(paths.staged), site_dir=str(paths.fresh_site), **address)
    mkdocs_build(config)
    return sum(1 for _ in paths.fresh_site.rglob("*.html"))


def index(records: Iterable[Record], paths: Paths) -> None:
    """Have Pagefind index the records for assets/search.js.

    We speak to Pagefind's service ourselves: the package's Python client waits a tenth of a second before it reads an
    answer, which makes minutes of a thousand records. And we write the files: Pagefind says that it has written them
    before the last bytes are on the disk, and its end cuts them off.
    """
    questions = chain(
        [{"type": "NewIndex", "config": {}}],
        ({"type": "AddRecord", "index_id": 0, **_for_pagefind(record)} for record in records),
        [{"type": "GetFiles", "index_id": 0}],
    )
    with (
        subprocess.Popen([get_executable(), "--service"], bufsize=0, stdin=PIPE, stdout=PIPE, stderr=STDOUT) as service,
        ThreadPoolExecutor(1) as reader,
    ):
        found = reader.submit(_files, service.stdout)
        with suppress(BrokenPipeError):  # what it said before it ended is in the answers
            for number, question in enumerate(questions):
                message = json.dumps({"message_id": number, "payload": question})
                service.stdin.write(base64.b64encode(message.encode()) + b",")
        files = found.result()
    for each in files:
        if not any(fnmatch(each["path"], pattern) for pattern in PAGEFIND_UNUSED):
            file = paths.fresh_site / "pagefind" / each["path"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(base64.b64decode(each["content"]))


def _for_pagefind(record: Record) -> dict[str, Any]:
    """A record in Pagefind's terms. Language "zxx" (none): what is cut already is not to be cut or stemmed again.

    Filters are tokens of ours, not Pagefind's: those it writes in another order at every build.
    """
    shown = {"kind": records.tag("kind", record.kind), "name": record.name, "text": record.text, **record.shown}
    if in_english(record.url.partition("/index.html")[0]):
        shown["url_en"] = f"en/{record.url}"
    return {
        "url": record.url,
        "content": " ".join(records.all_tokens(record)),
        "language": "zxx",
        "meta": {
            "title": " ".join(records.name_tokens(record)),
            **{name: value for name, value in shown.items() if value},
        },
    }


def _files(answers: BinaryIO) -> list[dict[str, str]]:
    """Read the service's answers up to the last, which has the files; PublishError where it has an error or none."""
    parts: list[bytes] = []
    while more := answers.read(1 << 16):
        *ends, rest = more.split(b",")
        for end in ends:
            payload = json.loads(base64.b64decode(b"".join([*parts, end])))["payload"]
            if payload["type"] == "Error":
                raise PublishError(f"pagefind: {payload['message']}")
            if payload["type"] == "GetFiles":
                return payload["files"]
            parts = []
        parts.append(rest)
    raise PublishError(f"pagefind: {b''.join(parts).decode(errors='replace').strip() or 'ended without an answer'}")
