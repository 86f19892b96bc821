"""Tables as files, and files written all or none."""

from __future__ import annotations

import errno
from decimal import Decimal
from pathlib import Path

import pytest

from openplans.packages.link import World
from openplans.packages.write import cell_text, package_texts, write_files
from tests.conftest import TINY


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), ("x", "x"), (0, "0"), (Decimal("1E+3"), "1000"), (Decimal("0.0000001"), "0.0000001")],
)
def test_a_cell_has_all_digits_and_no_exponent(value: object, cell: str) -> None:
    assert cell_text(value) == cell


def test_a_package_is_written_as_it_was_read(tiny_world: World) -> None:
    for package in tiny_world.project.packages:
        folder = TINY / "datapackages" / package.folder.relative_to(tiny_world.project.paths.datapackages)
        assert package_texts(package) == {
            each.name: each.read_text(encoding="utf-8") for each in folder.iterdir() if each.is_file()
        }


def test_files_are_written_and_removed_at_once_with_the_rights_they_had(tmp_path: Path) -> None:
    kept, gone, never, fresh = (tmp_path / each for each in ("kept", "gone", "never", "a/b/fresh"))
    kept.write_bytes(b"old")
    kept.chmod(0o640)
    gone.write_bytes(b"old")
    for _ in range(2):  # the folders are there the second time, and what is to go is not
        write_files({kept: b"new", gone: None, never: None, fresh: b"fresh"})
    assert (kept.read_bytes(), fresh.read_bytes()) == (b"new", b"fresh")
    assert (kept.stat().st_mode & 0o7777, fresh.stat().st_mode & 0o7777) == (0o640, 0o644)
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["a", "b", "fresh", "kept"]


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError) as failed:
        write_files({tmp_path / "new": b"new", tmp_path / "file/below": b"x"})
    assert failed.value.errno in (errno.EEXIST, errno.ENOTDIR)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
