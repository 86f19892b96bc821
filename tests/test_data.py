"""The real data: what its own check says of it. Every rule about the data is a rule of the check, none stands here."""

from __future__ import annotations

from pathlib import Path

from openplans.paths import HOUSE
from openplans.problems import errors
from tests import bench
from tests.conftest import judge


def test_the_data_has_no_errors() -> None:
    assert errors(judge(HOUSE)) == []


def test_the_made_up_plans_of_the_benchmark_pass_the_check(tmp_path: Path) -> None:
    """One copy of a plan, under a made-up county, city and province."""
    assert errors(judge(bench.project(tmp_path, 6).root)) == []
