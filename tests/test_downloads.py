"""What readers take away is what is in the packages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import frictionless

from openplans.paths import Paths
from tests.conftest import TINY, judge

PLAN = "990101-tiny-2023"


def test_a_csv_is_the_file_of_the_package(built: Paths) -> None:
    for source in (TINY / "datapackages/plans" / PLAN).iterdir():
        assert (built.output / "data/plans" / PLAN / source.name).read_bytes() == source.read_bytes()


def test_a_zip_is_a_valid_data_package(built: Paths, tmp_path: Path) -> None:
    with zipfile.ZipFile(built.output / f"data/plans/{PLAN}.zip") as packed:
        packed.extractall(tmp_path)
    assert frictionless.Package(str(tmp_path / PLAN / "datapackage.json")).validate().valid


def test_a_zip_put_back_in_place_is_the_same_project(built: Paths, tiny: Path) -> None:
    folder = tiny / "datapackages/plans"
    for path in (folder / PLAN).iterdir():
        path.unlink()
    with zipfile.ZipFile(io.BytesIO((built.output / f"data/plans/{PLAN}.zip").read_bytes())) as packed:
        packed.extractall(folder)
    assert judge(tiny) == []


def test_every_package_is_there(built: Paths) -> None:
    files = {path.relative_to(built.output / "data").as_posix() for path in (built.output / "data").rglob("*.zip")}
    assert files == {"registry.zip", "observations.zip", f"plans/{PLAN}.zip", "plans/990000-wide-2025.zip"}
