"""The new site is what the store has of it and what was written, whatever older site it is made of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from openplans.artifacts.store import Store
from openplans.artifacts.tree import Tree

PAGES = {"index.html": b"home", "a/index.html": b"one", "a/b/index.html": b"two", "data/x.csv": b"x"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "cache")) as found:
        yield found


@pytest.fixture
def tree(tmp_path: Path, store: Store) -> Tree:
    found = Tree(tmp_path / "written", store)
    found.clear()
    return found


@pytest.fixture
def site(tmp_path: Path, store: Store, tree: Tree) -> Path:
    """A site that was made of PAGES and a file that every build writes."""
    made(tree, store, PAGES)
    tree.write("robots.txt", "old")
    tree.renew(tmp_path / "site")
    return tmp_path / "site"


def made(tree: Tree, store: Store, pages: dict[str, bytes]) -> None:
    tree.clear()
    tree.kept.update(store.put(str(sorted(pages.items())), pages))


def contents(site: Path) -> dict[str, bytes]:
    return {each.relative_to(site).as_posix(): each.read_bytes() for each in site.rglob("*") if each.is_file()}


def folders(site: Path) -> set[str]:
    return {each.relative_to(site).as_posix() for each in site.rglob("*") if each.is_dir()}


def test_a_site_is_made_of_nothing(site: Path, store: Store, tree: Tree) -> None:
    assert contents(site) == {**PAGES, "robots.txt": b"old"}
    assert all((site / name).samefile(store.file(blob.sha256)) for name, blob in tree.kept.items())


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        (PAGES | {"a/index.html": b"changed"}, {"a", "a/b", "data"}),
        ({"index.html": b"home"}, set()),
        ({"a/index.html": b"one", "c/d/index.html": b"new"}, {"a", "c", "c/d"}),
        ({"a": b"a file where a folder was", "index.html/x": b"and a folder where a file was"}, {"index.html"}),
        ({"index.html": b"two", "a/b/index.html": b"home"}, {"a", "a/b"}),
    ],
)
def test_an_older_site_becomes_the_new_one(
    site: Path, store: Store, tree: Tree, pages: dict[str, bytes], left: set[str]
) -> None:
    made(tree, store, pages)
    tree.write("robots.txt", "new")
    tree.renew(site)
    assert contents(site) == {**pages, "robots.txt": b"new"} and folders(site) == left


def test_what_is_right_stays_as_it_is(site: Path, store: Store, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    linked: list[str] = []
    link = os.link
    monkeypatch.setattr(os, "link", lambda file, target: linked.append(Path(target).name) or link(file, target))
    made(tree, store, PAGES | {"data/x.csv": b"y"})
    before = {name: (site / name).stat().st_ino for name in PAGES}
    monkeypatch.setattr(os, "rmdir", lambda path: pytest.fail(f"{path} is still needed"))
    tree.renew(site)
    assert linked == ["x.csv"]
    assert [name for name in PAGES if (site / name).stat().st_ino != before[name]] == ["data/x.csv"]


def test_what_others_left_in_the_older_site_goes(site: Path, store: Store, tree: Tree, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "thesis.doc").write_bytes(b"mine")
    (site / "a/linked").symlink_to(own)
    (site / "index.html").unlink()
    (site / "index.html").write_bytes(b"home, but another file")
    (site / "data/x.csv").unlink()
    (site / "data/x.csv").symlink_to(store.file(tree.kept["data/x.csv"].sha256))
    made(tree, store, PAGES)
    tree.renew(site)
    assert contents(site) == PAGES and (own / "thesis.doc").read_bytes() == b"mine"
    assert not any(each.is_symlink() for each in site.rglob("*"))
    assert all((site / name).samefile(store.file(blob.sha256)) for name, blob in tree.kept.items())


def test_what_is_written_never_reaches_the_store(site: Path, store: Store, tree: Tree) -> None:
    """What a build kept once and another writes anew: the older site has the store's own file there."""
    tree.clear()
    tree.write("data/x.csv", "written")
    tree.renew(site)
    assert contents(site) == {"data/x.csv": b"written"}
    kept = store.get(str(sorted(PAGES.items())))
    assert kept and store.read(kept["data/x.csv"]) == b"x"


def test_files_are_plain_to_read_whatever_the_umask(tmp_path: Path, store: Store, tree: Tree) -> None:
    before = os.umask(0o077)
    try:
        made(tree, store, PAGES)
    finally:
        os.umask(before)
    tree.renew(tmp_path / "site")
    assert {(tmp_path / "site" / name).stat().st_mode & 0o777 for name in PAGES} == {0o644}


def test_a_file_system_without_links_has_copies(
    site: Path, store: Store, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    made(tree, store, PAGES | {"data/x.csv": b"y"})
    monkeypatch.setattr(os, "link", none)
    for _ in range(2):  # over what stands there as well
        tree.renew(site)
        assert contents(site) == PAGES | {"data/x.csv": b"y"}
    assert not (site / "data/x.csv").samefile(store.file(tree.kept["data/x.csv"].sha256))
