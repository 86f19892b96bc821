"""Pages and files -> the finished site: put pages, frame and search index beside the downloads, swap.

Comes in: pages and figures. Goes out: the site, in one move at the end;
whatever fails before leaves the last good one untouched.
"""

from __future__ import annotations

import base64
import gzip
import json
import shutil
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from subprocess import PIPE, STDOUT
from typing import Any, BinaryIO

from pagefind.service import get_executable

from openplans.build import PublishError
from openplans.build.needs import Digests
from openplans.build.render import SHARD, Setting, Shard, beside_a_chart, frame, html
from openplans.build.store import Files, Store, digest
from openplans.build.workshop import Workshop
from openplans.downloads import texts
from openplans.pages.contexts import Figure
from openplans.pages.page import Page, Site, in_english
from openplans.paths import Paths
from openplans.search import records
from openplans.search.records import Record

KEPT = ("README.md", ".gitignore")
"""In the output folder: the note that says how the site is made, and what git ignores. All else there is the build's."""

MOST_LISTED = 50_000
"""How many addresses a sitemap may list (sitemaps.org)."""

PAGEFIND_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")
"""What Pagefind writes besides its index: interfaces of its own, in place of which stands assets/search.js."""

MANIFEST = "data/site.json"
"""The list of what a site consists of."""


def clear(paths: Paths) -> None:
    """An empty folder for the fresh site."""
    shutil.rmtree(paths.fresh_site, ignore_errors=True)
    paths.fresh_site.mkdir(parents=True)


def put_frame(setting: Setting, shop: Workshop, paths: Paths) -> None:
    """Put what surrounds the pages: the theme's own files, then ours."""
    [files] = shop.made(frame, [(digest(setting.key, "frame"), setting.site)])
    _link(files, shop.store, paths)
    notes = shutil.ignore_patterns("*.md")
    shutil.copytree(
        paths.templates / "assets",
        paths.fresh_site / "assets",
        dirs_exist_ok=True,
        ignore=notes,
        copy_function=shutil.copyfile,
    )


def put_pages(pages: Iterable[Page], setting: Setting, shop: Workshop, paths: Paths) -> list[str]:
    """Put every page; the addresses of all. MkDocs runs over those only whose contents are not in the store."""
    digests, addresses = Digests(), []
    asked: deque[list[tuple[str, str]]] = deque()

    def shards() -> Iterator[Shard]:
        wanted: list[tuple[str, Page]] = []
        for page in pages:
            addresses.append(page.address)
            key = digest(setting.key, digests.of(page.path, page.template, page.language, page.context))
            if kept := shop.store.get(key):
                _link(kept, shop.store, paths)
                continue
            wanted.append((key, page))
            if len(wanted) == SHARD:
                yield _shard(wanted)
                wanted = []
        if wanted:
            yield _shard(wanted)

    def _shard(wanted: list[tuple[str, Page]]) -> Shard:
        asked.append([(key, page.file) for key, page in wanted])
        return Shard(setting, tuple(page for _, page in wanted))

    for made in shop.each(html, shards()):
        for key, file in asked.popleft():
            _link(shop.store.put(key, {Path(file).with_suffix(".html").as_posix(): made[file]}), shop.store, paths)
    return addresses


def put_chart_files(figures: Mapping[str, Figure], setting: Setting, shop: Workshop, paths: Paths) -> None:
    """Put what stands beside the pages of each chart."""
    digests = Digests()
    jobs = (
        (digest(setting.key, digests.of(each, figure)), (setting, each, figure)) for each, figure in figures.items()
    )
    for files in shop.made(beside_a_chart, jobs):
        _link(files, shop.store, paths)


def put_sitemap(addresses: Iterable[str], site: Site, paths: Paths) -> None:
    """Write sitemap.xml, and the same packed; beyond MOST_LISTED addresses as an index of several."""
    urls = [f"{address}/" if address else "" for address in sorted(addresses)] if site.base_url else []
    whole, names = urls, []
    files = {}
    if len(urls) > MOST_LISTED:
        for at in range(0, len(urls), MOST_LISTED):
            names.append(f"sitemap-{len(names) + 1}.xml")
            files[names[-1]] = texts.rendered("sitemap.xml", site=site, urls=urls[at : at + MOST_LISTED], parts=[])
        whole = []
    files["sitemap.xml"] = texts.rendered("sitemap.xml", site=site, urls=whole, parts=names)
    for name, text in files.items():
        (paths.fresh_site / name).write_text(text, encoding="utf-8")
    moment = int(datetime.fromisoformat(site.updated).replace(tzinfo=UTC).timestamp())
    (paths.fresh_site / "sitemap.xml.gz").write_bytes(gzip.compress(files["sitemap.xml"].encode(), mtime=moment))


def _link(files: Files, store: Store, paths: Paths) -> None:
    for name, blob in files.items():
        store.link(blob, paths.fresh_site / name)


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


def swap(paths: Paths) -> None:
    """Put the fresh site in the place of the old one, by renames only; whatever interrupts them, the old one comes back."""
    for name in KEPT:
        if (paths.output / name).exists():
            shutil.copyfile(paths.output / name, paths.fresh_site / name)
    write_manifest(paths.fresh_site)
    paths.output.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = _near(paths, "new"), _near(paths, "old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.move(paths.fresh_site, fresh)  # a copy where the file systems differ; from here on all is renaming
    try:
        if paths.output.exists():
            paths.output.rename(old)
        fresh.rename(paths.output)
    except BaseException:
        if old.exists() and not paths.output.exists():
            old.rename(paths.output)
        raise
    shutil.rmtree(old, ignore_errors=True)


def restore(paths: Paths) -> None:
    """Bring the old site back where a swap was cut off by the end of the machine."""
    old = _near(paths, "old")
    if old.exists() and not paths.output.exists():
        old.rename(paths.output)


def write_manifest(site: Path) -> None:
    """Note what a site consists of, so that the next build knows what is its own to replace."""
    names = sorted({*(each.name for each in site.iterdir()), "data"})
    (site / MANIFEST).parent.mkdir(exist_ok=True)
    (site / MANIFEST).write_text(json.dumps({"made_by": "Open Plans", "top": names}, indent=2) + "\n", encoding="utf-8")


def is_own(folder: Path) -> bool:
    """Whether all that is in a folder is a site of ours, or the note that says how to make one."""
    names = {each.name for each in folder.iterdir()}
    own = set(KEPT)
    if (folder / MANIFEST).is_file():
        own |= set(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["top"])
    return names <= own


def _near(paths: Paths, kind: str) -> Path:
    return paths.output.with_name(f".{paths.output.name}.{kind}")
