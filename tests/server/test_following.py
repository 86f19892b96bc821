"""Datasette while another build takes the place of the site: each answer of one database, and nothing of the last one
stays behind."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import threading
import weakref
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from openplans.build import swap
from openplans.paths import Paths
from openplans.server import plugins
from openplans.server.app import Server
from tests.server.http import eventually
from tests.server.test_deploy import apart

NAMES = "/db/openplans.json?sql=select+name_zh+from+themes&_shape=arrayfirst"
SLOW = (
    "/db/openplans.json?sql=with+recursive+c(x)+as+(select+1+union+all+select+x%2B1+from+c+limit+300000)"
    "+select+name_zh+from+themes+where+(select+count(*)+from+c)&_shape=arrayfirst"
)


@pytest.fixture
def site(tmp_path: Path, built: Paths) -> Path:
    """What Datasette needs of a site; beside it another one, whose themes have longer names."""
    for name in ("site", "fresh"):
        (tmp_path / name / "data").mkdir(parents=True)
        for file in ("openplans.db", "datasette-metadata.json"):
            shutil.copyfile(built.output / "data" / file, tmp_path / name / "data" / file)
    with closing(sqlite3.connect(tmp_path / "fresh/data/openplans.db")) as connection, connection:
        connection.execute("UPDATE themes SET name_zh = '新' || name_zh")
    return tmp_path / "site"


def swapped(site: Path) -> None:
    assert swap.exchange(site, site.with_name("fresh"))


async def names(client: httpx.AsyncClient, address: str = NAMES) -> set[bool]:
    """Whether the names of an answer are those of the fresh site."""
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return {each.startswith("新") for each in answer.json()}


def talking(app: Server) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


def test_a_new_build_is_served_at_once_and_the_last_one_answers_what_it_was_asked(site: Path) -> None:
    async def ask() -> None:
        app = Server(site)
        async with talking(app) as client:
            assert await names(client) == {False}
            last = app.datasette
            slow = asyncio.create_task(names(client, SLOW))
            while not last.answering:
                await asyncio.sleep(0)
            swapped(site)
            assert await names(client) == {True}
            assert await slow == {False}
            assert last.task
            await last.task

    apart(ask)


def test_threads_that_begin_later_read_the_database_that_was_opened(site: Path) -> None:
    async def ask() -> None:
        plugins.register()
        served = Datasette(immutables=[str(site / "data/openplans.db")])
        await served.invoke_startup()
        swapped(site)
        found = await served.get_database("openplans").execute("SELECT name_zh FROM themes")
        assert found.rows and not any(row[0].startswith("新") for row in found.rows)
        served.get_database("openplans").close()

    apart(ask)


def test_a_site_that_is_not_whole_is_not_served(site: Path) -> None:
    async def ask() -> None:
        async with talking(Server(site)) as client:
            assert await names(client) == {False}
            for broken in ("openplans.db", "datasette-metadata.json"):
                aside = (site / "data" / broken).rename(site / "aside")
                assert await names(client, f"{NAMES}&_n={broken}") == {False}
                aside.rename(site / "data" / broken)
            metadata = site / "data/datasette-metadata.json"
            whole = metadata.read_text(encoding="utf-8")
            metadata.write_text(whole[:100], encoding="utf-8")
            assert await names(client, f"{NAMES}&_n=cut") == {False}
            metadata.write_text(whole, encoding="utf-8")
            swapped(site)
            assert await names(client) == {True}

    apart(ask)


def kept(site: Path) -> list[int]:
    """How many files below the folder of a site stand open, and how many threads there are but those that the event
    loop has to wait with (asyncio.to_thread), which are more on a busy machine."""
    files = [os.path.realpath(each) for each in Path("/proc/self/fd").iterdir()]
    threads = [each for each in threading.enumerate() if not each.name.startswith("asyncio_")]
    return [sum(each.startswith(str(site.parent)) for each in files), len(threads)]


def test_nothing_of_the_last_datasette_stays(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[Datasette]] = []

    def noted(**given: Any) -> Datasette:
        served = Datasette(**given)
        made.append(weakref.ref(served))
        return served

    monkeypatch.setattr("openplans.server.app.Datasette", noted)

    async def several(client: httpx.AsyncClient) -> None:
        await asyncio.gather(*(names(client, f"{NAMES}&_n={number}") for number in range(6)))

    async def ask() -> None:
        before = kept(site)
        server = Server(site)
        async with talking(server) as client:
            await several(client)
            assert kept(site) > before
            for _ in range(4):
                swapped(site)
                await several(client)
        server.datasette.end()

        def none() -> bool:
            return all(now <= then for now, then in zip(kept(site), before, strict=True))

        assert await asyncio.to_thread(eventually, none), (before, kept(site))
        assert len(made) == 5 and sum(each() is not None for each in made) <= 2, "the one that is served, and the last"

    apart(ask)


def test_the_sites_own_rules_for_crawlers_come_first(site: Path) -> None:
    (site / "robots.txt").write_text("Sitemap: https://plans.example.org/sitemap.xml\n", encoding="utf-8")

    async def ask() -> None:
        async with talking(Server(site)) as client:
            told = (await client.get("/robots.txt")).text
            assert told.startswith("Sitemap: https://plans.example.org/sitemap.xml\n") and "Disallow: /db/*?" in told

    apart(ask)
