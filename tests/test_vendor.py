"""The scripts of others: each file is listed with its licence and sum, and none is missing or changed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import vl_convert

from openplans.paths import HOUSE, Paths

VENDOR = HOUSE / "templates/assets/vendor"
LINE = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| ([\d.a-z-]+) \| ([^|]+) \| `([0-9a-f]{64})` \|$", re.MULTILINE)


def listed() -> list[tuple[str, ...]]:
    return LINE.findall((VENDOR / "README.md").read_text(encoding="utf-8"))


def test_every_file_is_listed_once_with_its_sum() -> None:
    sums = [(name, sum_) for name, _, _, _, sum_ in listed()]
    files = {path for path in VENDOR.rglob("*") if path.is_file() and path != VENDOR / "README.md"}
    assert sorted(sums) == sorted(
        (path.relative_to(VENDOR).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files
    )


def test_every_folder_has_its_licence() -> None:
    assert [folder.name for folder in VENDOR.iterdir() if folder.is_dir() and not (folder / "LICENSE").is_file()] == []


def test_vega_is_the_version_that_the_charts_are_compiled_for() -> None:
    assert {version for name, _, version, _, _ in listed() if name == "vega/vega.min.js"} == {
        vl_convert.get_vega_version()
    }


def test_the_site_has_the_scripts_and_no_page_of_the_list(built: Paths) -> None:
    shipped: Path = built.output / "assets/vendor"
    assert (shipped / "vega/vega.min.js").read_bytes() == (VENDOR / "vega/vega.min.js").read_bytes()
    assert not list(shipped.rglob("README*"))
