"""Another province's plans, in a root of their own: other codes, longer names, two plans of a region in one year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from openplans.build import PublishError
from openplans.build.settings import settings
from openplans.paths import Paths
from openplans.pipeline import make_site
from tests.conftest import TINY, Silent, judge

RENAMED = (("990101-tiny-2023", "510184003-li-zhen-2023"), ("990000", "510000"), ("990101", "510184003"))
"""A township's code has nine digits (GB/T 10114), and its name two words."""

SECOND = "510184003-li-zhen-2023-water"
"""The second plan of the same township and year."""


def rewrite(folder: Path, names: tuple[tuple[str, str], ...]) -> None:
    """Replace names in all files of a folder."""
    for path in folder.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        for old, new in names:
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of files of its own: no line of code or template knows of it."""
    root = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(TINY / "datapackages", root / "datapackages")
    rewrite(root / "datapackages", RENAMED)
    plans = root / "datapackages" / "plans"
    (plans / "990000-wide-2025").rename(plans / "510000-wide-2025")
    (plans / "990101-tiny-2023").rename(plans / "510184003-li-zhen-2023")
    shutil.copytree(plans / "510184003-li-zhen-2023", plans / SECOND)
    rewrite(plans / SECOND, (("510184003-li-zhen-2023", SECOND),))
    regions = root / "datapackages" / "registry" / "regions.csv"
    regions.write_text(regions.read_text(encoding="utf-8").replace(",county,", ",township,"), encoding="utf-8")
    return root


def test_another_provinces_data_has_no_problem(elsewhere: Path) -> None:
    assert judge(elsewhere) == []


SETTINGS = """name = "某省计划公开"
base_url = "https://plans.example.org/"
"""


@pytest.mark.parametrize("wrong", ['title = "x"', "name = 1", "name = 某省"])
def test_settings_that_say_nothing_are_refused(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(PublishError, match=r"[\u4e00-\u9fff]"):
        settings(Paths.of(tmp_path))


def test_a_site_is_built_of_another_root(elsewhere: Path) -> None:
    (elsewhere / "site.toml").write_text(SETTINGS, encoding="utf-8")
    make_site(Paths.of(elsewhere), Silent(), scheduler="serial")
    for plan in ("510184003-li-zhen-2023", SECOND):
        page = (elsewhere / "site" / "plans" / plan / "targets" / "index.html").read_text(encoding="utf-8")
        assert 'id="t001"' in page and "990101" not in page
        assert f'<link rel="canonical" href="https://plans.example.org/plans/{plan}/targets/' in page
        assert "某省计划公开</title>" in page and "Open Plans 计划公开" not in page
