"""Text that would be markup: a project whose names are full of it is built whole, and none of it is an element."""

from __future__ import annotations

import csv
import json
import xml.dom.minidom
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from openplans import pipeline
from openplans.paths import Paths
from openplans.server.app import Server
from tests.conftest import Silent
from tests.server.test_deploy import apart

EVIL = "\"><x-evil onclick=x>'&lt{{7*7}}{%raw%}]]>|**[x](javascript:x))"
"""What a page, a template, a feed, Markdown, an attribute could take for its own; with a bracket as of a unit."""

NAMES = {
    "registry/concepts.csv": ("name_zh", "name_en", "definition_zh", "definition_en"),
    "registry/themes.csv": ("name_zh", "name_en"),
    "registry/organizations.csv": ("name_en",),
    "registry/regions.csv": ("name_en",),
    "registry/units.csv": ("name_en",),
    "registry/terms.csv": ("term_en",),
    "registry/releases.csv": ("change_zh", "change_en"),
    "observations/sources.csv": ("title", "publisher"),
    "plans/990101-tiny-2023/notes.csv": ("comment_en",),
    "plans/990101-tiny-2023/targets.csv": ("scope",),
    "plans/990101-tiny-2023/updates.csv": ("source_title",),
}


class Elements(HTMLParser):
    """Notes what of a page is markup and shouldn't be."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "x-evil" or any(value and value.startswith("javascript:") for _, value in attrs):
            self.found.append(self.get_starttag_text() or tag)


def markup(page: str) -> list[str]:
    parser = Elements()
    parser.feed(page)
    return parser.found


def spoilt(path: Path, columns: tuple[str, ...]) -> None:
    """Put it behind every name in some columns of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update({name: row[name] + EVIL for name in columns if row[name]})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def evil(stocked: Paths) -> Paths:
    """The tiny project with such names, and its site."""
    for name, columns in NAMES.items():
        spoilt(stocked.datapackages / name, columns)
    for path in stocked.datapackages.rglob("datapackage.json"):
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        descriptor["title_en"] += EVIL
        path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    stocked.settings.write_text(f"name = {json.dumps('例省' + EVIL)}\npublisher = {json.dumps('厅' + EVIL)}\n", "utf-8")
    pipeline.make_site(stocked, Silent(), base_url="https://plans.example.org/x/")
    return stocked


def test_what_would_be_markup_stays_text_everywhere(evil: Paths) -> None:
    pages = {each: markup(each.read_text(encoding="utf-8")) for each in evil.output.rglob("*.html")}
    assert len(pages) > 50 and {page.name: found for page, found in pages.items() if found} == {}
    for path in evil.output.rglob("*"):
        if path.suffix in (".xml", ".svg"):
            xml.dom.minidom.parse(str(path))
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))

    async def ask() -> None:
        tables = (
            "",
            "/plans",
            "/targets_named",
            "/tasks_named?_facet=theme",
            "/units",
            "/comparisons_named",
            "/sources",
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(Server(evil.output)), base_url="http://x") as client:
            for each in tables:
                answer = await client.get(f"/db/openplans{each}")
                assert answer.status_code == 200 and markup(answer.text) == [], each

    apart(ask)
