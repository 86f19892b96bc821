"""What was made is kept by what it was made of: the same bytes from nothing and from a store in any state."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePath
from threading import Event
from typing import Any

import pytest

from openplans.artifacts.builder import Builder
from openplans.artifacts.digests import Digests
from openplans.artifacts.executor import serial, windowed
from openplans.artifacts.store import Store, digest, of_folders

PAGE = {"a/index.html": b"one", "b.csv": b"two"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path / "cache")
    yield found
    found.close()


def again(store: Store) -> Store:
    """The store as the next build finds it."""
    store.close()
    return Store(store.contents.parent)


def contents(store: Store, key: str) -> dict[str, bytes] | None:
    files = store.get(key)
    return files and {name: store.read(blob) for name, blob in files.items()}


def test_what_is_put_is_found_by_the_next_build(store: Store) -> None:
    store.put("key", PAGE)
    assert contents(again(store), "key") == PAGE and again(store).get("other") is None


@pytest.mark.parametrize(
    "harm", [lambda file: file.write_bytes(b""), lambda file: file.unlink(), lambda file: file.write_bytes(b"onE")]
)
def test_a_damaged_content_counts_as_absent_and_is_mended(store: Store, harm: Callable[[Path], None]) -> None:
    harm(store.file(store.put("key", PAGE)["a/index.html"].sha256))
    found = again(store)
    assert found.get("key") is None
    found.put("key", PAGE)
    assert contents(found, "key") == PAGE


def test_a_damaged_index_begins_anew(store: Store) -> None:
    store.put("key", PAGE)
    store.close()
    index = store.contents.parent / "keys.db"
    index.write_bytes(b"no database" * 1000)
    found = Store(store.contents.parent)
    assert found.get("key") is None
    found.put("key", PAGE)
    assert contents(again(found), "key") == PAGE


def test_what_two_builds_did_not_ask_for_is_forgotten(store: Store) -> None:
    store.put("old", {"a": b"old"})
    store.put("kept", {"a": b"kept"})
    for _ in range(2):
        store = again(store)
        assert store.get("kept")
        store.prune()
    assert store.get("old") is None and [each.read_bytes() for each in store.contents.glob("*/*")] == [b"kept"]


def test_what_a_build_that_was_ended_asked_for_is_still_there_for_the_next(store: Store) -> None:
    store.put("key", PAGE)
    store = again(store)
    store.put("new", {"a": b"new"})
    assert store.get("key")  # and the build is ended before it forgets anything
    store = again(store)
    assert contents(store, "key") == PAGE
    store.prune()
    assert contents(again(store), "key") == PAGE


def test_a_content_is_read_only_where_its_time_or_length_is_another(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a cache that was copied without its times is read once."""
    read: list[str] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or read_bytes(path))
    files = store.put("key", PAGE)
    store = again(store)
    assert store.get("key") and not read
    copied = store.file(files["b.csv"].sha256)
    os.utime(copied, (1, 1))
    for _ in range(2):
        store = again(store)
        assert store.get("key") == files and read == [copied.name]


def test_an_index_of_another_shape_begins_anew(store: Store) -> None:
    store.put("key", PAGE)
    store.index.execute("ALTER TABLE made DROP COLUMN changed")
    assert again(store).get("key") is None


def test_only_what_is_missing_is_made_and_the_order_stays(store: Store) -> None:
    asked: list[str] = []

    def make(job: str) -> dict[str, bytes]:
        asked.append(job)
        return {"name": job.encode()}

    builder = Builder(store, serial)
    jobs = [("1", "one"), ("2", "two"), ("3", "three"), ("2", "two")]
    store.put("3", {"name": b"three"})
    made = [store.read(files["name"]) for files in builder.made(make, jobs)]
    assert made == [b"one", b"two", b"three", b"two"] and asked == ["one", "two"]


def test_work_begins_before_its_results_are_taken_and_no_more_of_it_than_may_wait() -> None:
    begun, taken = Event(), []

    def items() -> Iterator[int]:
        for number in range(5):
            taken.append(number)
            yield number

    def work(number: int) -> int:
        begun.set()
        return number

    with ThreadPoolExecutor(1) as pool:
        results = windowed(pool.submit, 1)(work, items(), 2)
        assert begun.wait(60) and taken == [0, 1]
        assert list(results) == taken == [0, 1, 2, 3, 4]


@dataclass(frozen=True)
class Thing:
    name: str
    value: Decimal | None


def test_equal_data_has_one_digest_and_any_difference_another() -> None:
    one = {"rows": [Thing("a", Decimal("1.0"))], "n": 1}
    same = {"rows": [Thing("a", Decimal("1.0"))], "n": 1}
    others: list[Any] = [
        {**one, "n": "1"},
        {**one, "rows": [Thing("a", Decimal("1"))]},
        {**one, "rows": [Thing("a", None)]},
        {**one, "rows": []},
    ]
    digests = Digests()
    assert digests.of(one) == Digests().of(same)
    assert len({digests.of(each) for each in [one, *others]}) == 5
    assert digests.of({1, 2}) == digests.of({2, 1}) == digests.of(frozenset({1, 2})) != digests.of([1, 2])
    assert digests.of(PurePath("a")) != digests.of("a") and digests.of(Decimal(1)) != digests.of("1")
    assert digests.of("\ud800") != digests.of("\ud801")


def test_a_record_of_another_kind_has_another_digest() -> None:
    @dataclass(frozen=True)
    class Other:
        name: str
        value: Decimal | None

    assert Digests().of(Thing("a", None)) != Digests().of(Other("a", None))


def test_a_key_is_of_all_its_parts_and_of_where_each_ends() -> None:
    assert digest("ab", "c") == digest(b"ab", b"c")
    assert len({digest("ab", "c"), digest("a", "bc"), digest("ab", "d"), digest("abc"), digest("ab", "c", "")}) == 5


def test_the_digest_of_folders_is_of_the_name_and_content_of_every_file_below_but_for_caches(tmp_path: Path) -> None:
    def found(*change: tuple[str, str]) -> str:
        shutil.rmtree(tmp_path / "code", ignore_errors=True)
        for name, text in (("a.py", "one"), ("deep/er/b.py", "two"), *change):
            path = tmp_path / "code" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return of_folders(tmp_path / "code")

    assert found() == found(("deep/__pycache__/b.pyc", "cached"))
    others = [found(each) for each in (("a.py", "One"), ("deep/er/b.py", "Two"), ("c.py", ""))]
    assert len({found(), *others}) == 4
    assert of_folders(tmp_path / "code/a.py") == digest(".", "one")


def test_what_is_put_again_replaces_all_that_was_there(store: Store) -> None:
    store.put("key", PAGE)
    store.put("key", {"b.csv": b"three"})
    assert contents(store, "key") == {"b.csv": b"three"}


def test_a_full_disk_leaves_no_half_of_a_content(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        store.put("key", {"a": b"one"})
    assert list(store.contents.glob("*/*")) == [] and store.get("key") is None


def test_a_dict_may_be_keyed_by_records() -> None:
    one, other = Thing("a", None), Thing("b", None)
    digests = Digests()
    assert digests.of({one: [1]}) == Digests().of({Thing("a", None): [1]})
    assert digests.of({one: [1]}) != digests.of({other: [1]})


def test_what_is_no_plain_data_has_no_digest() -> None:
    with pytest.raises(TypeError):
        Digests().of(object())


def test_a_store_without_its_folder_is_empty(store: Store) -> None:
    store.put("key", PAGE)
    shutil.rmtree(store.contents)
    store.contents.mkdir()
    assert again(store).get("key") is None
