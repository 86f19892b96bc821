"""The site's files while the site is swapped: each whole, the old one or the new one; and the swap itself."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from openplans import pipeline
from openplans.build import swap
from openplans.paths import Paths
from openplans.server.files import SiteFiles
from tests.conftest import Silent
from tests.server.test_deploy import apart

OLD, NEW = "old " * 50_000, "n" * 70_000


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A project with a site that is served and a fresh one."""
    paths = Paths.of(tmp_path)
    for folder, text in ((paths.output, OLD), (paths.fresh_site, NEW)):
        (folder / "data").mkdir(parents=True)
        (folder / "index.html").write_text(text, encoding="utf-8")
        (folder / "404.html").write_text(text, encoding="utf-8")
    return paths


class Interrupted:
    """An ASGI application around another that does something when the first piece of an answer has been sent."""

    def __init__(self, app: SiteFiles, work) -> None:
        self.app, self.work = app, work

    async def __call__(self, scope, receive, send) -> None:
        async def forward(message) -> None:
            if message["type"] == "http.response.start":
                self.work()
            await send(message)

        await self.app(scope, receive, forward)


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/nothing", 404)])
def test_a_request_that_meets_the_swap_gets_one_file_whole(paths: Paths, path: str, status: int) -> None:
    async def ask() -> None:
        app = Interrupted(SiteFiles(paths.output, b"no-cache"), lambda: swap.swap(paths))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            answer = await client.get(path, headers={"accept-encoding": "identity"})
            assert answer.status_code == status and answer.text == OLD
            assert answer.headers["content-length"] == str(len(OLD))
            app.work = lambda: None
            assert (await client.get(path, headers={"accept-encoding": "identity"})).text == NEW

    apart(ask)


def test_no_file_stays_open(paths: Paths) -> None:
    async def ask() -> None:
        app = SiteFiles(paths.output, b"no-cache")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            first = await client.get("/")
            before = len(list(Path("/proc/self/fd").iterdir()))
            for _ in range(5):
                assert (await client.head("/")).status_code == 200
                etag = {"if-none-match": first.headers["etag"]}
                assert (await client.get("/", headers=etag)).status_code == 304
                assert (await client.get("/", headers={"range": "bytes=1-3"})).text == "ld "
                assert (await client.get("/", headers={"range": "bytes=0-1,4-5"})).status_code == 206
                assert (await client.get("/", headers={"range": "bytes=9999999-"})).status_code == 416
            assert len(list(Path("/proc/self/fd").iterdir())) == before

    apart(ask)


def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name, encoding="utf-8")
    assert swap.exchange(one, other), "Linux can"
    assert [(folder / "name").read_text(encoding="utf-8") for folder in (one, other)] == ["other", "one"]
    assert not swap.exchange(one, tmp_path / "nothing")
    assert (one / "name").exists(), "nothing was moved"


def test_there_is_a_site_at_every_moment_of_a_swap(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen(work):
        def checked(*arguments, **options):
            assert (paths.output / "index.html").exists()
            done = work(*arguments, **options)
            assert (paths.output / "index.html").exists()
            return done

        return checked

    for name in ("rename", "rmdir"):
        monkeypatch.setattr(os, name, seen(getattr(os, name)))
    swap.swap(paths)
    assert (paths.output / "index.html").read_text(encoding="utf-8") == NEW
    assert sorted(each.name for each in paths.root.iterdir()) == ["build", "site"]
    assert (paths.fresh_site / "index.html").read_text(encoding="utf-8") == OLD, "the next is made of it"


def test_a_site_on_another_disk_is_not_kept_for_the_next(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def elsewhere(self: Path, target: Path) -> Path:
        if target == paths.fresh_site:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", elsewhere)
    swap.swap(paths)
    assert (paths.output / "index.html").read_text(encoding="utf-8") == NEW
    assert sorted(each.name for each in paths.root.iterdir()) == ["build", "site"] and not paths.fresh_site.exists()


@pytest.fixture
def by_renames(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system that cannot exchange."""
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    yield


def test_a_system_that_cannot_exchange_renames(paths: Paths, by_renames: None) -> None:
    swap.swap(paths)
    assert (paths.output / "index.html").read_text(encoding="utf-8") == NEW
    assert sorted(each.name for each in paths.root.iterdir()) == ["build", "site"]


@pytest.mark.parametrize("interruption", [OSError, KeyboardInterrupt])
def test_renames_that_are_interrupted_bring_the_old_site_back(
    paths: Paths, by_renames: None, monkeypatch: pytest.MonkeyPatch, interruption: type[BaseException]
) -> None:
    rename = Path.rename

    def stumble(self: Path, target: Path) -> Path:
        if self.name == ".site.new":
            raise interruption
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stumble)
    with pytest.raises(interruption):
        swap.swap(paths)
    assert (paths.output / "index.html").read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize("work", [pipeline.check, pipeline.make_database])
def test_check_and_database_bring_back_what_a_cut_left_aside(tiny: Path, work) -> None:
    paths = Paths.of(tiny)
    aside = paths.output.with_name(".site.old")
    aside.mkdir()
    (aside / "index.html").write_text(OLD, encoding="utf-8")
    with pipeline.alone(paths):
        pipeline.check(paths, Silent())
        assert not paths.output.exists(), "another build may be in the middle of a swap"
    work(paths, Silent())
    assert (paths.output / "index.html").read_text(encoding="utf-8") == OLD and not aside.exists()
