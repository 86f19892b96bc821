"""A build from a full store, one on other engines, and one that
goes on where another ended give the bytes of one from nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openplans import pipeline
from openplans.artifacts.executor import SERIAL, executor
from openplans.artifacts.store import Store
from openplans.paths import HOUSE, Paths
from openplans.problems import PublishError
from tests.conftest import TINY, Silent
from tests.test_build import fingerprints

WORDS = st.text("abcdefgh", min_size=2, max_size=8).map(str.capitalize)

PLACES = {
    "registry/concepts.csv": ("Urban over rural income", "Share of villages"),
    "registry/organizations.csv": ("Building Bureau", "Agriculture Bureau"),
    "plans/990101-tiny-2023/notes.csv": ("The annex has no row 2.",),
    "plans/990101-tiny-2023/projects.csv": ("990101-tiny-2023-p001",),
}
"""Texts of the tiny project that may be anything: a registry's words, one plan's words, the id of a row."""

EDITS = st.lists(
    st.tuples(st.sampled_from([(file, old) for file, texts in PLACES.items() for old in texts]), WORDS),
    min_size=1,
    max_size=2,
    unique_by=lambda edit: edit[0],
)


def changed(root: Path, edits: list[tuple[tuple[str, str], str]]) -> None:
    for (file, old), word in edits:
        path = root / "datapackages" / file
        new = f"990101-tiny-2023-p{100 + len(word)}" if old.endswith("p001") else word
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def build(root: Path, scheduler: str = SERIAL) -> dict[str, str]:
    paths = Paths.of(root)
    pipeline.make_site(paths, Silent(), scheduler=scheduler)
    return fingerprints(paths.output)


def copy(root: Path, name: str, source: Path = TINY) -> Path:
    return Path(shutil.copytree(source, root / name))


@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_after_any_edit_a_full_store_gives_the_bytes_of_a_build_from_nothing(built: Paths, edits: list) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept, fresh = copy(Path(folder), "kept", built.root), copy(Path(folder), "fresh")
        changed(kept, edits)
        changed(fresh, edits)
        assert build(kept) == build(fresh)


def test_a_build_that_was_stopped_goes_on_where_it_was(
    built: Paths, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, count = Store.put, 0

    def stop(self: Store, *given: object) -> object:
        nonlocal count
        count += 1
        if count == 30:
            raise KeyboardInterrupt
        return put(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "put", stop)
    with pytest.raises(KeyboardInterrupt):
        build(tiny)
    done, count = count - 1, 30
    assert build(tiny) == fingerprints(built.output)
    after = count - 30
    count = 30
    build(copy(tiny.parent, "whole"))
    assert after + done == count - 30


def test_serial_and_every_core_give_the_same_bytes(built: Paths, tiny: Path) -> None:
    assert build(tiny) == fingerprints(built.output)


ELSEWHERE = """
import sys
sys.path.insert(0, sys.argv[1])
from openplans.artifacts import executor
executor._IMPORTED = ("openplans.text.numerals",)
with executor._processes(2) as each:
    print(*each(eval, ["'openplans.text.numerals' in __import__('sys').modules"]))
"""


def test_processes_have_imported_the_library_wherever_a_build_is_begun(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ELSEWHERE, str(HOUSE)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_a_scheduler_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(PublishError, match="No scheduler answers"), executor("tcp://127.0.0.1:1"):
        pass
