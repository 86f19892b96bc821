"""Records -> the index that assets/search.js asks: Pagefind's, and what is shown of its hits.

Comes in: records. Goes out: files below pagefind/. Up to MOST plans stand in one index; beyond, no reader could load
it, so each region has its own, and what all share (concepts, plans) stands in the first. What Pagefind would keep in a
file of its own for each record is packed, some records to a file.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedWriter
from itertools import chain
from subprocess import PIPE, STDOUT
from typing import IO, Any

from pagefind.service import get_executable

from openplans import routes
from openplans.artifacts.builder import Made
from openplans.facts.registry import Registry
from openplans.pages.page import in_english
from openplans.problems import PublishError
from openplans.search.record import Record, all_tokens, name_tokens
from openplans.search.tokens import MARK, tag

MOST = 40
"""How many plans stand in one index: about 14,000 records, 100
KB to load before the first search, 700 MB while it is made."""

SHARED = ""
"""The key of what is in no region, or of everything where there are few plans."""

PACKED = 14
"""How many records a pack holds, about: ten hits load 30 KB, and a plan has 27 packs instead of 370 files."""

_FOLDER = "pagefind"
_FRAGMENT = "fragment/"
_HEAD = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"

_INDEX = re.compile(rf"{re.escape(_ENTRY)}|.*\.pf_meta|index/.*")
"""What the search page loads of what Pagefind writes of some records; what it loads besides is the program."""

_PROGRAM = re.compile(r"pagefind(-worker)?\.js|wasm\.unknown\.pagefind")
"""Pagefind itself, which the first folder has for all; the rest are interfaces of its own."""

_SHARED_PROGRAM = "unknown/../../wasm.unknown"
"""What a region's entry calls its program: Pagefind puts it into `<folder>/wasm.<name>.pagefind`, which is thus the
first folder's. A reader who asks in a region would load the same 70 KB from each else."""

_UNSEARCHED = ("verdict", "verdict_en", "steps", "steps_en", "more", "more_en", "scope", "scope_en", "source", "url_en")
"""What is shown of a record and not asked for: Pagefind finds all that it is told, and neither the year of an actual
figure nor that in a plan's id is one in which its promise is due; the year in the title of a source is seldom that of
the figure."""

_LETTERS = re.compile("[a-z0-9]+", re.IGNORECASE)


@dataclass(frozen=True)
class IndexPart:
    """The records of one index; `region_code` is "" for the first."""

    region_code: str
    found: tuple[Record, ...]


def parts(found: Iterable[Record], registry: Registry) -> dict[str, list[Record]]:
    """Records by the region whose index they are in: a province,
    or a city of it where the province has too many plans."""
    rows = list(found)
    plans = [record.region_code for record in rows if record.kind == "plan"]
    if len(plans) <= MOST:
        return {SHARED: rows}
    crowded = registry.crowded(plans, MOST)
    found_in: defaultdict[str, list[Record]] = defaultdict(list)
    for record in rows:
        own = record.region_code and record.kind != "plan"
        found_in[registry.listed_in(record.region_code, crowded) if own else SHARED].append(record)
    return dict(sorted(found_in.items()))


def index(part: IndexPart) -> Made:
    """The files of one index, below pagefind/."""
    kept, fragments = {}, {}
    folder = f"{_FOLDER}/{part.region_code}".rstrip("/")
    for path, content in _asked(part.found):
        if path.startswith(_FRAGMENT):
            fragments[path.removeprefix(_FRAGMENT).partition(".")[0]] = content
        elif _INDEX.fullmatch(path) or (not part.region_code and _PROGRAM.fullmatch(path)):
            kept[f"{folder}/{path}"] = content
    if part.region_code:
        entry = f"{folder}/{_ENTRY}"
        kept[entry] = _with_program(kept[entry])
    count = max(1, len(fragments) // PACKED)
    packs: list[dict[str, object]] = [{} for _ in range(count)]
    shown = {record.url: _shown(record) for record in part.found}
    names = {}
    for name, content in sorted(fragments.items()):
        packed = packs[int(name.rpartition("_")[2], 16) % count][name] = _packed(content, shown)
        names[packed["url"]] = name
    kept |= {f"{folder}/packs/{number}.json": _json(pack) for number, pack in enumerate(packs)}
    return {**kept, f"{folder}/packs.json": _json({"count": count, "lines": _lines(part.found, names)})}


def _lines(found: Iterable[Record], names: Mapping[object, str]) -> list[dict[str, float]]:
    """The yearly steps of each promise and the periods of each figure:
    the time of each, by what Pagefind calls its record."""
    lines: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for record in found:
        promise, year = record.line
        if promise:
            lines[promise][names[record.url]] = year
    return list(lines.values())


def _with_program(entry: bytes) -> bytes:
    """A region's pagefind-entry.json that leads to the program in the first folder."""
    known = json.loads(entry)
    for each in known["languages"].values():
        each["wasm"] = _SHARED_PROGRAM
    return _json(known)


def _packed(fragment: bytes, shown: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """What the page shows of a record: without its tokens, but for the words in Latin letters, whose beginnings it
    compares. `shown`: by address, what else it shows."""
    record = json.loads(gzip.decompress(fragment).removeprefix(_HEAD))
    said = " ".join(each for each in record["content"].lower().split() if not each.startswith(MARK))
    words = dict.fromkeys(_LETTERS.findall(said))
    unsearched = {name: value for name in _UNSEARCHED if (value := shown[record["url"]].get(name))}
    meta = {name: value for name, value in record["meta"].items() if name != "title"} | unsearched
    return {"url": record["url"], "words": " ".join(words), "meta": meta}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _asked(found: Iterable[Record]) -> Iterator[tuple[str, bytes]]:
    """What Pagefind makes of records: paths and contents.

    We speak to its service ourselves: the package's Python client waits a tenth of a second before it reads an answer,
    which makes minutes of a thousand records. And we write the files: Pagefind says that it has written them before the
    last bytes are on the disk, and its end cuts them off.
    """
    questions = chain(
        [{"type": "NewIndex", "config": {}}],
        ({"type": "AddRecord", "index_id": 0, **_for_pagefind(record)} for record in found),
        [{"type": "GetFiles", "index_id": 0}],
    )
    with (
        subprocess.Popen(
            [str(get_executable()), "--service"], bufsize=0, stdin=PIPE, stdout=PIPE, stderr=STDOUT
        ) as service,
        ThreadPoolExecutor(1) as reader,
    ):
        assert service.stdin and service.stdout  # they are pipes
        files = reader.submit(_files, service.stdout)
        asking = BufferedWriter(service.stdin)  # a pipe by itself writes a part only where a signal interrupts it
        with suppress(BrokenPipeError):  # what it said before it ended is in the answers
            for number, question in enumerate(questions):
                message = json.dumps({"message_id": number, "payload": question})
                asking.write(base64.b64encode(message.encode()) + b",")
            asking.flush()
        for each in files.result():
            yield each["path"], base64.b64decode(each["content"])


def _for_pagefind(record: Record) -> dict[str, object]:
    """A record in Pagefind's terms. Language "zxx" (none): what is cut already is not to be cut or stemmed again.

    Filters are tokens of ours, not Pagefind's: those it writes in another order at every build.
    """
    searched = {name: value for name, value in _shown(record).items() if name not in _UNSEARCHED}
    return {
        "url": record.url,
        "content": " ".join(all_tokens(record)),
        "language": "zxx",
        "meta": {
            "title": " ".join(name_tokens(record)),
            **{name: value for name, value in searched.items() if value},
        },
    }


def _shown(record: Record) -> dict[str, str]:
    """What the page shows of a record."""
    shown = {"kind": tag("kind", record.kind), "name": record.name, "text": record.text, **record.shown}
    if in_english(record.url.partition(f"/{routes.INDEX}")[0]):
        shown["url_en"] = routes.edition(record.url, "en")
    return shown


def _files(answers: IO[bytes]) -> list[dict[str, str]]:
    """Read the service's answers up to the last, which has the files; PublishError where it has an error or none."""
    parts: list[bytes] = []
    while more := answers.read(1 << 16):
        *ends, rest = more.split(b",")
        for end in ends:
            payload = json.loads(base64.b64decode(b"".join([*parts, end])))["payload"]
            if payload["type"] == "Error":
                raise PublishError(f"pagefind: {payload['message']}")
            if payload["type"] == "GetFiles":
                return list(payload["files"])
            parts = []
        parts.append(rest)
    raise PublishError(f"pagefind: {b''.join(parts).decode(errors='replace').strip() or 'ended without an answer'}")
